"""Who does what a verb says, and to whom, on parses that were built by hand."""

from __future__ import annotations

import pytest

from dateline.lang.en.grammar.voice import agents, coordinated, is_passive, objects, spread, subjects
from hand_built import built, texts, word


def who(doc, verb: str) -> list[str]:
    return texts(subjects(word(doc, verb)))


def whom(doc, verb: str) -> list[str]:
    return texts(objects(word(doc, verb)))


# The voice of a verb.


def test_a_passive_auxiliary_makes_a_passive():
    doc = built("""
        Nurses   nurse   NNS  praised  passive subject
        were     be      VBD  praised  passive auxiliary
        praised  praise  VBN  -        root
    """)
    assert is_passive(word(doc, "praised"))


def test_a_past_form_alone_is_active():
    doc = built("""
        Nurses   nurse   NNS  praised  subject
        praised  praise  VBD  -        root
        him      he      PRP  praised  object
    """)
    assert not is_passive(word(doc, "praised"))


def described(participle: str, lemma: str, tag: str = "VBN", rest: str = ""):
    return built(f"""
        They          they     PRP    read     subject
        read          read     VBD    -        root
        letters       letter   NNS    read     object
        {participle}  {lemma}  {tag}  letters  noun clause
        {rest}
    """)


BY_NURSES = """
        by      by     IN   {verb}  agent
        nurses  nurse  NNS  by      preposition object
"""


@pytest.mark.parametrize(
    ("participle", "lemma", "tag", "rest", "passive"),
    [
        ("signed", "sign", "VBN", "", True),
        ("signed", "sign", "VBD", "", False),
        ("signed", "sign", "VBD", BY_NURSES.format(verb="signed"), True),
        ("praising", "praise", "VBG", "", False),
        ("given", "give", "VBN", "medals medal NNS given object", False),
        ("arrived", "arrive", "VBN", "", False),
    ],
)
def test_a_participle_behind_its_noun(participle: str, lemma: str, tag: str, rest: str, *, passive: bool):
    assert is_passive(word(described(participle, lemma, tag, rest), participle)) is passive


def test_a_participle_before_its_noun_is_a_passive():
    doc = built("""
        The      the    DT   march  determiner
        planned  plan   VBN  march  adjective
        march    march  NN   began  subject
        began    begin  VBD  -      root
    """)
    assert is_passive(word(doc, "planned"))
    assert whom(doc, "planned") == ["march"]


STOPPED = """
    Cars      car      NNS    stopped  passive subject
    were      be       VBD    stopped  passive auxiliary
    stopped   stop     VBN    -        root
    and       and      CC     stopped  coordinator
    {second}  {lemma}  {tag}  stopped  conjunct
"""


def test_a_second_participle_shares_the_auxiliary():
    doc = built(STOPPED.format(second="towed", lemma="tow", tag="VBN"))
    assert is_passive(word(doc, "towed"))
    assert whom(doc, "towed") == ["Cars"]


def test_a_second_verb_with_an_object_of_its_own_does_not():
    doc = built(STOPPED.format(second="blocked", lemma="block", tag="VBD") + "roads road NNS blocked object")
    assert not is_passive(word(doc, "blocked"))
    assert who(doc, "blocked") == ["Cars"]


# Agents.


def test_by_names_who_did_what_a_passive_says():
    doc = built("""
        Nurses    nurse    NNS  praised  passive subject
        were      be       VBD  praised  passive auxiliary
        praised   praise   VBN  -        root
        by        by       IN   praised  agent
        the       the      DT   mayor    determiner
        mayor     mayor    NN   by       preposition object
        and       and      CC   mayor    coordinator
        patients  patient  NNS  mayor    conjunct
    """)
    assert texts(agents(word(doc, "praised"))) == ["mayor", "patients"]
    assert who(doc, "praised") == ["mayor", "patients"]
    assert whom(doc, "praised") == ["Nurses"]


def test_by_after_an_active_verb_names_nobody():
    doc = built("""
        Nurses   nurse   NNS  arrived  subject
        arrived  arrive  VBD  -        root
        by       by      IN   arrived  preposition
        train    train   NN   by       preposition object
    """)
    assert agents(word(doc, "arrived")) == ()


def test_a_passive_without_by_has_nobody_who_does_it():
    doc = built("""
        Nurses   nurse   NNS  praised  passive subject
        were     be      VBD  praised  passive auxiliary
        praised  praise  VBN  -        root
    """)
    assert who(doc, "praised") == []


# Lists and relative pronouns.


def test_a_list_of_people_is_several():
    doc = built("""
        Pupils    pupil    NNS  sang     subject
        ,         ,        ,    Pupils   punctuation
        parents   parent   NNS  Pupils   conjunct
        and       and      CC   parents  coordinator
        teachers  teacher  NNS  parents  conjunct
        sang      sing     VBD  -        root
    """)
    assert who(doc, "sang") == ["Pupils", "parents", "teachers"]
    assert texts(coordinated(word(doc, "parents"))) == ["parents", "teachers"]


def test_a_verb_coordinated_with_a_noun_is_nobody():
    doc = built("""
        Pupils  pupil  NNS  sang    subject
        and     and    CC   Pupils  coordinator
        danced  dance  VBD  Pupils  conjunct
        sang    sing   VBD  -       root
    """)
    assert who(doc, "sang") == ["Pupils"]


def test_each_word_is_spread_once_and_in_the_order_of_the_text():
    doc = built("""
        Pupils   pupil   NNS  sang    subject
        and      and     CC   Pupils  coordinator
        parents  parent  NNS  Pupils  conjunct
        sang     sing    VBD  -       root
    """)
    assert texts(spread([word(doc, "parents"), word(doc, "Pupils")])) == ["Pupils", "parents"]


def test_a_relative_pronoun_stands_for_its_noun():
    doc = built("""
        People   people  NNS  chanted  subject
        who      who     WP   marched  subject
        marched  march   VBD  People   relative clause
        chanted  chant   VBD  -        root
    """)
    assert who(doc, "marched") == ["People"]


def test_that_as_a_determiner_stands_for_nothing():
    doc = built("""
        Nobody  nobody  NN   saw  subject
        saw     see     VBD  -    root
        that    that    DT   saw  object
    """)
    assert whom(doc, "saw") == ["that"]


def test_a_relative_clause_without_a_pronoun_has_its_own_subject():
    doc = built("""
        The     the    DT   hall    determiner
        hall    hall   NN   stands  subject
        they    they   PRP  built   subject
        built   build  VBD  hall    relative clause
        stands  stand  VBZ  -       root
    """)
    assert who(doc, "built") == ["they"]


def told_on(deed: str, verb: str, lemma: str, pronoun: str = "which"):
    return built(f"""
        The        the        DT   {deed}  determiner
        {deed}     {deed}     NN   ended   subject
        at         at         IN   {deed}  preposition
        the        the        DT   works   determiner
        works      works      NN   at      preposition object
        ,          ,          ,    works   punctuation
        {pronoun}  {pronoun}  WDT  {verb}  subject
        {verb}     {lemma}    VBD  works   relative clause
        two        two        CD   {verb}  object
        ,          ,          ,    works   punctuation
        ended      end        VBD  -       root
    """)


def test_what_a_deed_did_to_people_is_not_told_on_its_place():
    assert who(told_on("explosion", "injured", "injure"), "injured") == ["explosion"]


@pytest.mark.parametrize(("deed", "verb", "lemma"), [("exhibition", "injured", "injure"), ("blast", "made", "make")])
def test_other_nouns_and_other_verbs_tell_on_the_place(deed: str, verb: str, lemma: str):
    assert who(told_on(deed, verb, lemma), verb) == ["works"]


# Subjects that stand elsewhere.


def governed(governor: str, lemma: str):
    return built(f"""
        The         the      DT   captain     determiner
        captain     captain  NN   {governor}  subject
        {governor}  {lemma}  VBD  -           root
        the         the      DT   crew        determiner
        crew        crew     NN   {governor}  object
        to          to       TO   leave       auxiliary
        leave       leave    VB   {governor}  open clause
    """)


def test_whoever_is_ordered_does_it():
    assert who(governed("ordered", "order"), "leave") == ["crew"]


def test_whoever_promises_does_it_himself():
    assert who(governed("promised", "promise"), "leave") == ["captain"]


def test_whoever_was_ordered_does_it():
    doc = built("""
        The      the    DT   crew     determiner
        crew     crew   NN   ordered  passive subject
        was      be     VBD  ordered  passive auxiliary
        ordered  order  VBN  -        root
        to       to     TO   leave    auxiliary
        leave    leave  VB   ordered  open clause
    """)
    assert who(doc, "leave") == ["crew"]


def test_whoever_is_ready_does_it():
    doc = built("""
        The    the    DT   mayor  determiner
        mayor  mayor  NN   is     subject
        is     be     VBZ  -      root
        ready  ready  JJ   is     adjective complement
        to     to     TO   speak  auxiliary
        speak  speak  VB   ready  open clause
    """)
    assert who(doc, "speak") == ["mayor"]


def test_a_verb_coordinated_with_another_has_its_subject():
    doc = built("""
        The     the    DT   choir  determiner
        choir   choir  NN   sang   subject
        sang    sing   VBD  -      root
        and     and    CC   sang   coordinator
        danced  dance  VBD  sang   conjunct
    """)
    assert who(doc, "danced") == ["choir"]


def test_an_active_verb_behind_a_passive_has_the_passive_s_subject():
    doc = built("""
        The       the      DT   guest     determiner
        guest     guest    NN   welcomed  passive subject
        was       be       VBD  welcomed  passive auxiliary
        welcomed  welcome  VBN  -         root
        and       and      CC   welcomed  coordinator
        gave      give     VBD  welcomed  conjunct
        a         a        DT   talk      determiner
        talk      talk     NN   gave      object
    """)
    assert who(doc, "gave") == ["guest"]


def followed_by_a_participle(what: str):
    return built(f"""
        A         a       DT   {what}    determiner
        {what}    {what}  NN   dropped   passive subject
        was       be      VBD  dropped   passive auxiliary
        dropped   drop    VBN  -         root
        ,         ,       ,    dropped   punctuation
        breaking  break   VBG  dropped   adverbial clause
        a         a       DT   window    determiner
        window    window  NN   breaking  object
    """)


def test_a_weapon_does_what_follows_its_use():
    assert who(followed_by_a_participle("grenade"), "breaking") == ["grenade"]


def test_another_thing_does_not():
    assert who(followed_by_a_participle("parcel"), "breaking") == []


STATEMENT = """
    The     the      DT   union   determiner
    union   union    NN   {verb}  subject
    {verb}  {lemma}  VBD  -       root
    a       a        DT   {noun}  determiner
    {noun}  {noun}   NN   {verb}  object
    {clause}
"""
ASKING = "asking ask VBG {noun} noun clause"
TO_OPEN = """
    to    to    TO  open    auxiliary
    open  open  VB  {noun}  noun clause
"""


def owned(verb: str, lemma: str, noun: str, clause: str):
    return built(STATEMENT.format(verb=verb, lemma=lemma, noun=noun, clause=clause.format(noun=noun)))


def test_whoever_issues_a_statement_asks_what_it_asks():
    assert who(owned("issued", "issue", "statement", ASKING), "asking") == ["union"]


def test_a_nurse_who_asks_does_it_herself():
    assert who(owned("met", "meet", "nurse", ASKING), "asking") == ["nurse"]


def test_whoever_rejects_a_statement_does_not_ask():
    assert who(owned("rejected", "reject", "statement", ASKING), "asking") == ["statement"]


def test_whoever_announces_a_plan_carries_it_out():
    assert who(owned("announced", "announce", "plan", TO_OPEN), "open") == ["union"]


def test_whoever_rejects_a_plan_does_not():
    assert who(owned("rejected", "reject", "plan", TO_OPEN), "open") == []


def test_whose_plan_it_is_carries_it_out():
    doc = built("""
        The     the    DT   union   determiner
        union   union  NN   plan    possessor
        's      's     POS  union   case marker
        plan    plan   NN   failed  subject
        to      to     TO   march   auxiliary
        march   march  VB   plan    noun clause
        failed  fail   VBD  -       root
    """)
    assert who(doc, "march") == ["union"]


def behind_a_preposition(governor: str, lemma: str, preposition: str):
    return built(f"""
        The            the            DT   guard          determiner
        guard          guard          NN   {governor}     subject
        {governor}     {lemma}        VBD  -              root
        the            the            DT   crew           determiner
        crew           crew           NN   {governor}     object
        {preposition}  {preposition}  IN   {governor}     preposition
        leaving        leave          VBG  {preposition}  preposition clause
    """)


def test_whoever_is_kept_from_it_would_do_it():
    assert who(behind_a_preposition("stopped", "stop", "from"), "leaving") == ["crew"]


def test_before_doing_it_is_told_of_the_subject():
    assert who(behind_a_preposition("called", "call", "before"), "leaving") == ["guard"]


def test_a_preposition_on_a_passive_is_told_of_its_subject():
    doc = built("""
        The      the    DT   crew  determiner
        crew     crew   NN   kept  passive subject
        was      be     VBD  kept  passive auxiliary
        kept     keep   VBN  -     root
        from     from   IN   kept  preposition
        leaving  leave  VBG  from  preposition clause
    """)
    assert who(doc, "leaving") == ["crew"]


def test_a_preposition_on_a_noun_is_told_of_its_owner():
    doc = built("""
        The      the      DT   council  determiner
        council  council  NN   habit    possessor
        's       's       POS  council  case marker
        habit    habit    NN   ended    subject
        of       of       IN   habit    preposition
        meeting  meet     VBG  of       preposition clause
        ended    end      VBD  -        root
    """)
    assert who(doc, "meeting") == ["council"]


def test_whoever_is_accused_did_it_and_not_the_accuser():
    doc = built("""
        Neighbours  neighbour  NNS  accused  subject
        accused     accuse     VBD  -        root
        the         the        DT   mayor    determiner
        mayor       mayor      NN   accused  object
        of          of         IN   accused  preposition
        hiding      hide       VBG  of       preposition clause
        letters     letter     NNS  hiding   object
    """)
    assert who(doc, "hiding") == ["mayor"]


def test_the_accuser_did_not_do_it_even_where_nobody_is_accused():
    doc = built("""
        Neighbours  neighbour  NNS  spoke     subject
        spoke       speak      VBD  -         root
        accusing    accuse     VBG  spoke     adverbial clause
        of          of         IN   accusing  preposition
        hiding      hide       VBG  of        preposition clause
        letters     letter     NNS  hiding    object
    """)
    assert who(doc, "hiding") == []


def test_a_gerund_taken_for_an_adjective_of_what_was_done():
    doc = built("""
        She      she     PRP  accused  subject
        accused  accuse  VBD  -        root
        guards   guard   NNS  accused  object
        of       of      IN   accused  preposition
        hiding   hide    VBG  letters  compound
        letters  letter  NNS  of       preposition object
    """)
    assert (who(doc, "hiding"), whom(doc, "hiding")) == (["guards"], ["letters"])


# Subjects that the parser hung elsewhere.


def test_a_verb_made_to_describe_the_one_who_did_it():
    doc = built("""
        The     the     DT   envoy   determiner
        envoy   envoy   NN   -       root
        ,       ,       ,    envoy   punctuation
        a       a       DT   lawyer  determiner
        lawyer  lawyer  NN   envoy   apposition
        ,       ,       ,    envoy   punctuation
        called  call    VBD  envoy   noun clause
        for     for     IN   called  preposition
        talks   talk    NNS  for     preposition object
    """)
    assert who(doc, "called") == ["envoy"]


VISIT = """
    On       on      IN   praised  preposition
    a        a       DT   visit    determiner
    visit    visit   NN   On       preposition object
    to       to      IN   visit    preposition
    Chad     Chad    NNP  to       preposition object
    {comma}
    the      the     DT   envoy    determiner
    envoy    envoy   NN   Chad     apposition
    praised  praise  VBD  -        root
    the/2    the     DT   school   determiner
    school   school  NN   praised  object
"""


def test_a_subject_made_a_part_of_the_phrase_before_it():
    doc = built(VISIT.format(comma=", , , Chad punctuation"))
    assert who(doc, "praised") == ["envoy"]


def test_no_subject_is_made_of_a_phrase_that_no_comma_opens():
    doc = built(VISIT.format(comma=""))
    assert who(doc, "praised") == []


def two_subjects(first: str, mark: str, second: str, tag: str):
    return built(f"""
        {first}   {first}   NNP    said  subject
        {mark}    {mark}    :      said  punctuation
        {second}  {second}  {tag}  said  subject
        said      say       VBD    -     root
    """)


@pytest.mark.parametrize("mark", ["--", "—", ":"])
def test_a_dateline_is_no_subject(mark: str):
    assert who(two_subjects("ROME", mark, "judges", "NNS"), "said") == ["judges"]


def test_of_a_body_and_its_name_the_name_is_the_subject():
    assert who(two_subjects("group", ",", "Watch", "NNP"), "said") == ["Watch"]


def test_other_subjects_are_both_kept():
    assert who(two_subjects("Roe", ",", "judges", "NNS"), "said") == ["Roe", "judges"]


# Objects.


def test_both_to_whom_and_what_is_given_are_objects():
    doc = built("""
        They    they   PRP  gave  subject
        gave    give   VBD  -     root
        nurses  nurse  NNS  gave  indirect object
        medals  medal  NNS  gave  object
    """)
    assert whom(doc, "gave") == ["nurses", "medals"]


def test_whom_it_is_given_to_may_stand_behind_to():
    doc = built("""
        They    they   PRP  gave  subject
        gave    give   VBD  -     root
        medals  medal  NNS  gave  object
        to      to     IN   gave  indirect object
        nurses  nurse  NNS  to    preposition object
    """)
    assert whom(doc, "gave") == ["medals", "nurses"]


def test_a_quality_is_no_object():
    doc = built("""
        They    they    PRP  called  subject
        called  call    VBD  -       root
        it      it      PRP  called  object
        unfair  unfair  JJ   called  object predicate
    """)
    assert whom(doc, "called") == ["it"]


TWO_VERBS = """
    Police   police  NNS  praised  subject
    praised  praise  VBD  -        root
    {between}
    and      and     CC   praised  coordinator
    {own}
    thanked  thank   VBD  praised  conjunct
    the      the     DT   nurses   determiner
    nurses   nurse   NNS  thanked  object
"""


def test_the_object_of_the_second_verb_is_the_first_one_s_too():
    assert whom(built(TWO_VERBS.format(between="", own="")), "praised") == ["nurses"]


@pytest.mark.parametrize(
    ("between", "own"),
    [
        ("her she PRP praised object", ""),
        ("", "he he PRP thanked subject"),
        ("at at IN praised preposition\n noon noon NN at preposition object", ""),
        ("very very RB praised adverb\n very very RB praised adverb\n much much RB praised adverb", ""),
    ],
)
def test_unless_the_first_verb_has_words_of_its_own(between: str, own: str):
    assert "nurses" not in whom(built(TWO_VERBS.format(between=between, own=own)), "praised")


# Headlines, which leave the auxiliary out.


def headline(lemma: str, rest: str = ""):
    return built(f"""
        Two  two  CD  done  subject
        done  {lemma}  VBD  -  root
        in  in  IN  done  preposition
        Kano  Kano  NNP  in  preposition object
        {rest}
    """)


def test_a_past_that_always_has_an_object_is_the_passive_of_a_headline_where_none_is_there():
    doc = headline("abduct")
    assert (who(doc, "done"), whom(doc, "done")) == ([], ["Two"])


def test_with_an_object_it_is_active():
    doc = headline("abduct", "men  man  NNS  done  object")
    assert (who(doc, "done"), whom(doc, "done")) == (["Two"], ["men"])


def test_a_past_that_may_stand_alone_is_active():
    assert who(headline("march"), "done") == ["Two"]


def test_whoever_is_shot_dead_shoots_nobody():
    doc = built("""
        Clerk  clerk  NN   shot  subject
        shot   shoot  VBD  -     root
        dead   dead   JJ   shot  adjective complement
    """)
    assert (who(doc, "shot"), whom(doc, "shot")) == ([], ["Clerk"])


def test_those_whom_a_participle_describes_do_not_act():
    doc = built("""
        Abducted   abducted  JJ   villagers  adjective
        villagers  villager  NNS  left       subject
        left       leave     VBD  -          root
    """)
    assert who(doc, "Abducted") == []


def test_a_bare_gerund_before_a_verb_is_its_subject():
    doc = built("""
        Shelling  shelling  VBG  hit  auxiliary
        hit       hit       VBD  -    root
        farms     farm      NNS  hit  object
    """)
    assert who(doc, "hit") == ["Shelling"]
