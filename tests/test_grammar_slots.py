"""Who stands where beside a verb or an event noun, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.grammar.slots import clauses_of_object, named_act, noun_slots, verb_slots
from hand_built import built, texts, word


def of_verb(doc, verb: str, trigger: frozenset[int] = frozenset()) -> dict[str, list[str]]:
    return {name: texts(tokens) for name, tokens in verb_slots(word(doc, verb), trigger).items()}


def of_noun(doc, noun: str, trigger: frozenset[int] = frozenset()) -> dict[str, list[str]]:
    return {name: texts(tokens) for name, tokens in noun_slots(word(doc, noun), trigger).items()}


# Verbs.


def test_subject_object_and_the_phrases_behind_prepositions():
    doc = built("""
        Pupils   pupil   NNS  carried  subject
        carried  carry   VBD  -        root
        flowers  flower  NNS  carried  object
        from     from    IN   carried  preposition
        the      the     DT   school   determiner
        school   school  NN   from     preposition object
        to       to      IN   carried  preposition
        the/2    the     DT   hall     determiner
        hall     hall    NN   to       preposition object
        and      and     CC   hall     coordinator
        museum   museum  NN   hall     conjunct
    """)
    assert of_verb(doc, "carried") == {
        "subject": ["Pupils"],
        "object": ["flowers"],
        "from": ["school"],
        "to": ["hall", "museum"],
    }


def test_a_particle_that_the_parser_makes_a_preposition():
    doc = built("""
        Buses   bus     NNS  pulled  subject
        pulled  pull    VBD  -       root
        out     out     IN   pulled  preposition
        of      of      IN   out     preposition
        the     the     DT   square  determiner
        square  square  NN   of      preposition object
    """)
    slots = of_verb(doc, "pulled")
    assert slots["particle"] == ["out"]
    assert slots["out of"] == slots["of"] == ["square"]


@pytest.mark.parametrize(("noun", "slot"), [("support", "in support of"), ("memory", None)])
def test_three_words_that_are_one_preposition(noun: str, slot: str | None):
    doc = built(f"""
        Pupils  pupil   NNS  sang    subject
        sang    sing    VBD  -       root
        in      in      IN   sang    preposition
        {noun}  {noun}  NN   in      preposition object
        of      of      IN   {noun}  preposition
        the     the     DT   mayor   determiner
        mayor   mayor   NN   of      preposition object
    """)
    slots = of_verb(doc, "sang")
    assert slots["in"] == [noun]
    assert {name for name in slots if name.startswith("in ")} == ({slot} if slot else set())
    assert slot is None or slots[slot] == ["mayor"]


def test_the_rest_of_a_trigger_is_no_party_but_its_words_may_name_one():
    doc = built("""
        police   police  NN   lathi    compound
        lathi    lathi   NN   charged  subject
        charged  charge  VBD  -        root
        pupils   pupil   NNS  charged  object
    """)
    assert of_verb(doc, "charged", frozenset({1, 2}))["subject"] == ["police"]
    assert of_verb(doc, "charged")["subject"] == ["lathi"]


@pytest.mark.parametrize(("tag", "objects"), [("RP", ["fields"]), ("IN", None)])
def test_the_object_of_a_particle_that_the_parser_makes_a_preposition(tag: str, objects: list[str] | None):
    doc = built(f"""
        Farmers  farmer  NNS    fenced  subject
        fenced   fence   VBD    -       root
        in       in      {tag}  fenced  preposition
        the      the     DT     fields  determiner
        fields   field   NNS    in      preposition object
    """)
    assert of_verb(doc, "fenced").get("object") == objects


@pytest.mark.parametrize(
    ("form", "tag", "link", "slot"),
    [
        ("not", "RB", "negation", "negation"),
        ("never", "RB", "adverb", "negation"),
        ("off", "RP", "particle", "particle"),
        ("away", "RB", "adverb", "particle"),
        ("soon", "RB", "adverb", None),
    ],
)
def test_words_that_turn_the_verb(form: str, tag: str, link: str, slot: str | None):
    doc = built(f"""
        Pupils  pupil   NNS    went  subject
        went    go      VBD    -     root
        {form}  {form}  {tag}  went  {link}
    """)
    assert {name: words for name, words in of_verb(doc, "went").items() if name != "subject"} == (
        {slot: [form]} if slot else {}
    )


def test_an_infinitive_is_a_complement():
    doc = built("""
        They   they  PRP  tried  subject
        tried  try   VBD  -      root
        to     to    TO   sing   auxiliary
        sing   sing  VB   tried  open clause
    """)
    assert of_verb(doc, "tried")["complement"] == ["sing"]


def called_to_talk(clause: str = ""):
    return built(f"""
        They    they   PRP  called  subject
        called  call   VBD  -       root
        the     the    DT   mayor   determiner
        mayor   mayor  NN   called  object
        to      to     TO   talk    auxiliary
        talk    talk   VB   called  adverbial clause
        {clause}
    """)


def test_a_purpose_is_a_complement_where_there_is_no_other():
    assert of_verb(called_to_talk(), "called")["complement"] == ["talk"]
    assert of_verb(called_to_talk("late late JJ called object predicate"), "called")["complement"] == ["late"]


def said_that(helper: str, helper_tag: str, lemma: str = "sing", tag: str = "VB", rest: str = "", who: str = "choir"):
    return built(f"""
        She    she      PRP    said   subject
        said   say      VBD    -      root
        that   that     IN     act    clause marker
        the    the      DT     {who}  determiner
        {who}  {who}    NN     act    subject
        {f"{helper} {helper} {helper_tag} act auxiliary" if helper else ""}
        act    {lemma}  {tag}  said   content clause
        {rest}
    """)


@pytest.mark.parametrize("helper", ["must", "should"])
def test_who_must_do_it_is_obliged(helper: str):
    assert of_verb(said_that(helper, "MD"), "said")["obliged"] == ["choir"]


def test_a_bare_form_obliges():
    assert of_verb(said_that("", ""), "said")["obliged"] == ["choir"]


def test_having_to_obliges():
    rest = "to to TO sing auxiliary\n sing sing VB act open clause"
    assert of_verb(said_that("", "", "have", "VBZ", rest), "said")["obliged"] == ["choir"]


@pytest.mark.parametrize(
    "doc",
    [
        said_that("may", "MD"),
        said_that("", "", "sing", "VBD"),
        said_that("", "", "have", "VBZ"),
        said_that("must", "MD", who="ceiling"),
    ],
)
def test_who_may_do_it_did_it_or_cannot_act_is_not_obliged(doc):
    assert "obliged" not in of_verb(doc, "said")


def in_a_statement(marker: str):
    return built(f"""
        They       they       PRP  said       subject
        said       say        VBD  -          root
        in         in         IN   said       preposition
        a          a          DT   statement  determiner
        statement  statement  NN   in         preposition object
        {marker}   {marker}   IN   closed     clause marker
        schools    school     NNS  closed     subject
        closed     close      VBD  statement  noun clause
    """)


def test_what_is_said_in_a_statement_is_what_is_said():
    doc = in_a_statement("that")
    assert texts(clauses_of_object(word(doc, "in"))) == ["closed"]
    assert of_verb(doc, "said")["complement"] == ["closed"]


def test_another_clause_on_the_statement_is_not():
    assert clauses_of_object(word(in_a_statement("while"), "in")) == []


@pytest.mark.parametrize("at", ["suspected", "group"])
def test_what_somebody_is_suspected_of(at: str):
    doc = built(f"""
        Police     police   NNS  suspected  subject
        suspected  suspect  VBD  -          root
        the        the      DT   group      determiner
        group      group    NN   suspected  object
        of         of       IN   {at}       preposition
        hiding     hide     VBG  of         preposition clause
    """)
    assert of_verb(doc, "suspected")["of"] == ["hiding"]


def test_at_whom_it_is_thrown_may_hang_on_what_is_thrown():
    doc = built("""
        Fans     fan     NNS  threw    subject
        threw    throw   VBD  -        root
        flowers  flower  NNS  threw    object
        at       at      IN   flowers  preposition
        the      the     DT   band     determiner
        band     band    NN   at       preposition object
    """)
    assert of_verb(doc, "threw")["at"] == ["band"]


def test_to_whom_it_is_returned_may_hang_below_what_is_returned():
    doc = built("""
        They      they    PRP  returned  subject
        returned  return  VBD  -         root
        dozens    dozen   NNS  returned  object
        of        of      IN   dozens    preposition
        vases     vase    NNS  of        preposition object
        to        to      IN   vases     preposition
        the       the     DT   museum    determiner
        museum    museum  NN   to        preposition object
    """)
    slots = of_verb(doc, "returned")
    assert slots["to"] == ["museum"]
    assert "of" not in slots


# Gerunds that are nouns but for their tag.


def in_singing(rest: str = "", tag: str = "VBG"):
    return built(f"""
        They     they   PRP    met      subject
        met      meet   VBD    -        root
        in       in     IN     met      preposition
        choir    choir  NN     singing  compound
        singing  sing   {tag}  in       preposition clause
        {rest}
    """)


def test_a_gerund_behind_a_noun_is_a_noun():
    assert named_act(word(in_singing(), "singing")).text == "singing"
    assert of_verb(in_singing(), "met")["in"] == ["singing"]


@pytest.mark.parametrize("rest", ["songs song NNS singing object", "loudly loudly RB singing adverb"])
def test_a_gerund_with_words_of_a_verb_is_none(rest: str):
    assert named_act(word(in_singing(rest), "singing")) is None


def test_a_finite_verb_is_none():
    assert named_act(word(in_singing(tag="VBD"), "singing")) is None


def test_a_gerund_behind_the_object_of_a_preposition_is_one():
    doc = built("""
        They     they   PRP  met    subject
        met      meet   VBD  -      root
        in       in     IN   met    preposition
        choir    choir  NN   in     preposition object
        singing  sing   VBG  choir  noun clause
    """)
    assert named_act(word(doc, "choir")).text == "singing"


# Event nouns.


def test_whose_march_it_is():
    doc = built("""
        The      the      DT   union    determiner
        union    union    NN   march    possessor
        's       's       POS  union    case marker
        march    march    NN   ended    subject
        against  against  IN   march    preposition
        the/2    the      DT   plan     determiner
        plan     plan     NN   against  preposition object
        ended    end      VBD  -        root
    """)
    assert of_noun(doc, "march") == {"possessive": ["union"], "against": ["plan"]}


@pytest.mark.parametrize(("entity", "slots"), [("NORP", {"compound": ["Ghanaian"]}), ("DATE", {})])
def test_an_adjective_of_origin_names_a_party(entity: str, slots: dict):
    doc = built(
        """
        Ghanaian  Ghanaian  JJ   vote   adjective
        vote      vote      NN   ended  subject
        ended     end       VBD  -      root
        """,
        {"Ghanaian": entity},
    )
    assert of_noun(doc, "vote") == slots


def test_words_of_the_trigger_name_no_party():
    doc = built("""
        street  street  NN   party  compound
        party   party   NN   ended  subject
        ended   end     VBD  -      root
    """)
    assert of_noun(doc, "party", frozenset({0, 1})) == {}


def test_who_stages_a_rally_may_stand_in_a_clause_on_it():
    doc = built("""
        A       a      DT   rally   determiner
        rally   rally  NN   ended   subject
        staged  stage  VBN  rally   noun clause
        by      by     IN   staged  agent
        nurses  nurse  NNS  by      preposition object
        ended   end    VBD  -       root
    """)
    assert of_noun(doc, "rally") == {"subject": ["nurses"]}


def test_between_whom_it_was_may_stand_in_a_clause_on_it():
    doc = built("""
        A        a        DT   quarrel  determiner
        quarrel  quarrel  NN   ended    subject
        that     that     WDT  arose    subject
        arose    arise    VBD  quarrel  relative clause
        between  between  IN   arose    preposition
        farmers  farmer   NNS  between  preposition object
        ended    end      VBD  -        root
    """)
    assert of_noun(doc, "quarrel")["between"] == ["farmers"]


def test_by_whom_may_hang_on_what_was_painted():
    doc = built("""
        The       the       DT   painting  determiner
        painting  painting  NN   ended     subject
        of        of        IN   painting  preposition
        a         a         DT   hall      determiner
        hall      hall      NN   of        preposition object
        by        by        IN   hall      preposition
        pupils    pupil     NNS  by        preposition object
        ended     end       VBD  -         root
    """)
    assert of_noun(doc, "painting") == {"of": ["hall"], "by": ["pupils"]}


def light(verb: str, lemma: str):
    return built(f"""
        The     the      DT   union   determiner
        union   union    NN   {verb}  subject
        {verb}  {lemma}  VBD  -       root
        a       a        DT   rally   determiner
        rally   rally    NN   {verb}  object
        at      at       IN   {verb}  preposition
        the/2   the      DT   hall    determiner
        hall    hall     NN   at      preposition object
    """)


def test_the_subject_of_a_light_verb_acts_and_its_place_stands_beside():
    assert of_noun(light("staged", "stage"), "rally") == {"subject": ["union"], "beside": ["hall"]}


def test_whoever_sees_it_does_not_act():
    assert of_noun(light("saw", "see"), "rally") == {"beside": ["hall"]}


def test_other_verbs_have_no_part_in_it():
    assert of_noun(light("filmed", "film"), "rally") == {}


def test_to_whom_a_light_verb_gives_it():
    doc = built("""
        She      she      PRP  gave     subject
        gave     give     VBD  -        root
        him      he       PRP  gave     indirect object
        a        a        DT   warning  determiner
        warning  warning  NN   gave     object
    """)
    assert of_noun(doc, "warning") == {"subject": ["She"], "object": ["him"]}


def test_a_second_event_has_the_owner_of_the_first():
    doc = built("""
        Nurses  nurse  NNS  march   possessor
        '       '      POS  Nurses  case marker
        march   march  NN   ended   subject
        and     and    CC   march   coordinator
        vigil   vigil  NN   march   conjunct
        ended   end    VBD  -       root
    """)
    assert of_noun(doc, "vigil") == {"possessive": ["Nurses"]}


def told_of(verb: str, lemma: str, preposition: str, *, passive: bool):
    return built(f"""
        The            the            DT   prank          determiner
        prank          prank          NN   {verb}         {"passive subject" if passive else "subject"}
        {f"was be VBD {verb} passive auxiliary" if passive else ""}
        {verb} {lemma} {"VBN" if passive else "VBD"} - root
        {preposition}  {preposition}  IN   {verb}         {"agent" if preposition == "by" else "preposition"}
        boys           boy            NNS  {preposition}  preposition object
    """)


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "passive", "slots"),
    [
        ("began", "begin", "between", False, {"between": ["boys"]}),
        ("plotted", "plot", "by", True, {"by": ["boys"]}),
        ("condemned", "condemn", "by", True, {}),
        ("began", "begin", "after", False, {}),
    ],
)
def test_what_the_verb_over_it_says_of_its_parties(verb: str, lemma: str, preposition: str, slots, *, passive: bool):
    assert of_noun(told_of(verb, lemma, preposition, passive=passive), "prank") == slots


@pytest.mark.parametrize(
    ("verb", "lemma", "slots"), [("involved", "involve", {"between": ["boys"]}), ("amused", "amuse", {})]
)
def test_whom_it_involves_is_a_party(verb: str, lemma: str, slots: dict):
    doc = built(f"""
        The      the      DT   quarrel  determiner
        quarrel  quarrel  NN   {verb}   subject
        {verb}   {lemma}  VBD  -        root
        boys     boy      NNS  {verb}   object
    """)
    assert of_noun(doc, "quarrel") == slots
