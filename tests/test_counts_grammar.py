"""What numbers count, sentence by sentence, on parses that were built by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.coder.counts.find import find_counts
from dateline.coder.counts.owners import over_a_period
from dateline.coder.counts.signs import has_other_cause, in_limb, tells_death, to_hospital
from dateline.coder.counts.turnout import find_turnout
from dateline.lang.en.numbers import find_periods
from dateline.lang.lexicon import words
from hand_built import built, word

if TYPE_CHECKING:
    from spacy.tokens import Doc


def told(doc: Doc, *, deaths: bool = True, protests: frozenset[int] = frozenset()) -> list[str]:
    """The counts of a document of one sentence: "killed 2 (Two men)"."""
    found = find_counts(doc[:], protests, deaths=deaths)
    return [f"{c.kind} {c.best} ({doc.text[c.start : c.end]})" for c in found]


def acted_upon(verb: str, lemma: str, auxiliary: str = "were") -> Doc:
    return built(f"""
        Two          two      CD   men        number
        men          man      NNS  {verb}     passive subject
        {auxiliary}  be       VBD  {verb}     passive auxiliary
        {verb}       {lemma}  VBN  -          root
        on           on       IN   {verb}     preposition
        Monday       Monday   NNP  on         preposition object
    """)


@pytest.mark.parametrize(
    ("verb", "lemma", "kind"),
    [
        ("killed", "kill", "killed"),
        ("maimed", "maim", "injured"),
        ("detained", "detain", "arrested"),
        ("evacuated", "evacuate", "displaced"),
    ],
)
def test_a_verb_counts_those_it_acts_upon(verb: str, lemma: str, kind: str) -> None:
    assert told(acted_upon(verb, lemma)) == [f"{kind} 2 (Two men)"]


def test_other_verbs_count_nobody() -> None:
    assert told(acted_upon("praised", "praise")) == []


@pytest.mark.parametrize(
    ("verb", "lemma", "kind"),
    [
        ("perished", "perish", "killed"),
        ("vanished", "vanish", "missing"),
        ("fled", "flee", "displaced"),
        ("marched", "march", "participants"),
    ],
)
def test_a_verb_counts_its_subject(verb: str, lemma: str, kind: str) -> None:
    doc = built(f"""
        Forty   forty    CD   nurses  number
        nurses  nurse    NNS  {verb}  subject
        {verb}  {lemma}  VBD  -       root
    """)
    assert told(doc) == [f"{kind} 40 (Forty nurses)"]


def test_a_verb_with_other_senses_counts_people_only_with_a_subject() -> None:
    doc = built("""
        Join   join   VB   -     root
        forty  forty  CD   men   number
        men    man    NNS  Join  object
    """)
    assert told(doc) == []


def test_a_list_of_people_is_their_sum() -> None:
    doc = built("""
        Fire    fire    NN   killed  subject
        killed  kill    VBD  -       root
        two     two     CD   women   number
        women   woman   NNS  killed  object
        and     and     CC   women   coordinator
        three   three   CD   men     number
        men     man     NNS  women   conjunct
    """)
    assert told(doc) == ["killed 5 (two women and three men)"]


def test_nobody_is_a_number() -> None:
    doc = built("""
        Nobody  nobody  NN   hurt  passive subject
        was     be      VBD  hurt  passive auxiliary
        hurt    hurt    VBN  -     root
    """)
    assert told(doc) == ["injured 0 (Nobody)"]


def test_nobody_else_is_none() -> None:
    doc = built("""
        Nobody  nobody  NN   hurt    passive subject
        else    else    RB   Nobody  adverb
        was     be      VBD  hurt    passive auxiliary
        hurt    hurt    VBN  -       root
    """)
    assert told(doc) == []


def test_another_is_one_more() -> None:
    doc = built("""
        Fire     fire     NN   injured  subject
        injured  injure   VBD  -        root
        another  another  DT   injured  object
    """)
    assert told(doc) == ["injured 1 (another)"]


def part_of(rest: str) -> Doc:
    return built(f"""
        Forty   forty   CD   nurses  number
        nurses  nurse   NNS  took    subject
        took    take    VBD  -       root
        {rest}  {rest}  NN   took    object
    """)


def test_a_verb_and_the_words_after_it_count_together() -> None:
    assert told(part_of("part")) == ["participants 40 (Forty nurses)"]
    assert told(part_of("courses")) == []


CUSTODY = """
    Police   police   NNS  took    subject
    took     take     VBD  -       root
    two      two      CD   men     number
    men      man      NNS  took    object
    into     into     IN   took    preposition
    {place}  {place}  NN   into    preposition object
"""


def test_whom_the_words_after_a_verb_count_may_be_its_object() -> None:
    assert told(built(CUSTODY.format(place="custody"))) == ["arrested 2 (two men)"]
    assert told(built(CUSTODY.format(place="town"))) == []


def test_who_is_taken_to_a_hospital_is_hurt() -> None:
    assert told(built(CUSTODY.format(place="hospital"))) == ["injured 2 (two men)"]


def test_who_dies_there_is_not_told_as_hurt() -> None:
    rest = """
        where     where     WRB  died      adverb
        they      they      PRP  died      subject
        died      die       VBD  hospital  relative clause
    """
    assert told(built(CUSTODY.format(place="hospital") + rest)) == []


def test_who_is_looked_at_there_is_not_told_as_hurt() -> None:
    rest = """
        for          for          IN   took  preposition
        observation  observation  NN   for   preposition object
    """
    assert told(built(CUSTODY.format(place="hospital") + rest)) == []


def test_two_words_can_name_a_hospital() -> None:
    doc = built("""
        took     take     VBD  -       root
        him      he       PRP  took    object
        to       to       IN   took    preposition
        a        a        DT   center  determiner
        medical  medical  JJ   center  adjective
        center   center   NN   to      preposition object
    """)
    assert to_hospital(word(doc, "took"))


def left(state: str, tag: str = "JJ") -> Doc:
    return built(f"""
        Storms   storm    NNS  left   subject
        left     leave    VBD  -      root
        two      two      CD   men    number
        men      man      NNS  left   object
        {state}  {state}  {tag}  men  adjective
    """)


@pytest.mark.parametrize(
    ("state", "kind"), [("dead", "killed"), ("injured", "injured"), ("missing", "missing"), ("homeless", "displaced")]
)
def test_a_word_of_state_counts_those_it_describes(state: str, kind: str) -> None:
    assert told(left(state))[0].startswith(f"{kind} 2")


def test_other_qualities_count_nobody() -> None:
    assert told(left("tired")) == []


SHOT = """
    Somebody  somebody  NN   shot  subject
    shot      shoot     VBD  -     root
    two       two       CD   men   number
    men       man       NNS  shot  object
    in        in        IN   shot  preposition
    the       the       DT   {part}  determiner
    {part}    {part}    NN   in    preposition object
"""


def test_who_is_shot_in_a_limb_is_hurt() -> None:
    assert told(built(SHOT.format(part="leg"))) == ["injured 2 (two men)"]
    assert told(built(SHOT.format(part="head"))) == []


def test_who_is_shot_lives_where_the_report_tells_of_no_death() -> None:
    assert told(built(SHOT.format(part="head")), deaths=False) == ["injured 2 (two men)"]


def test_any_of_several_parts_of_the_body_may_be_a_limb() -> None:
    rest = """
        and  and  CC  chest  coordinator
        arm  arm  NN  chest  conjunct
    """
    assert in_limb(word(built(SHOT.format(part="chest") + rest), "shot"))
    assert not in_limb(word(built(SHOT.format(part="chest")), "shot"))


MURDER = """
    A        a         DT   murder  determiner
    {what}   {what}    JJ   murder  adjective
    murder   murder    NN   shocked  subject
    shocked  shock     VBD  -       root
    all      all       DT   shocked  object
"""


def test_an_adjective_can_count_the_killed() -> None:
    assert told(built(MURDER.format(what="triple"))) == ["killed 3 (triple murder)"]
    assert told(built(MURDER.format(what="second"))) == []


def of_two(noun: str, quality: str = "recent") -> Doc:
    return built(f"""
        The        the        DT   {noun}   determiner
        {quality}  {quality}  JJ   {noun}   adjective
        {noun}     {noun}     NN   shocked  subject
        of         of         IN   {noun}   preposition
        two        two        CD   men      number
        men        man        NNS  of       preposition object
        shocked    shock      VBD  -        root
        all        all        DT   shocked  object
    """)


def test_of_names_those_to_whom_it_happened() -> None:
    assert told(of_two("arrest")) == ["arrested 2 (two men)"]
    assert told(of_two("murder")) == ["killed 2 (two men)"]
    assert told(of_two("picture")) == []


def test_what_was_only_attempted_killed_nobody() -> None:
    assert told(of_two("murder", "attempted")) == []


def test_an_attack_that_is_fatal_kills() -> None:
    assert told(of_two("stabbing", "fatal")) == ["killed 2 (two men)"]
    assert told(of_two("stabbing")) == []


def test_the_bodies_of_people_are_dead() -> None:
    assert told(of_two("body")) == ["killed 2 (two men)"]


def test_the_number_of_a_crowd_is_that_of_its_people() -> None:
    assert told(of_two("crowd")) == ["participants 2 (two men)"]


def toll(before: str) -> Doc:
    return built(f"""
        The       the       DT   toll  determiner
        {before}  {before}  NN   toll  compound
        toll      toll      NN   rose  subject
        rose      rise      VBD  -     root
        to        to        IN   rose  preposition
        12        12        CD   to    preposition object
    """)


def test_a_toll_counts_the_killed_where_it_is_one_of_death() -> None:
    assert told(toll("death")) == ["killed 12 (12)"]
    assert told(toll("bridge")) == []


def test_who_is_in_a_hospital_bed_is_hurt() -> None:
    table = """
        Two        two        CD   men        number
        men        man        NNS  are        subject
        are        be         VBP  -          root
        in         in         IN   are        preposition
        {what}     {what}     JJ   condition  adjective
        condition  condition  NN   in         preposition object
    """
    assert told(built(table.format(what="critical"))) == ["injured 2 (Two men)"]
    assert told(built(table.format(what="mint"))) == []


def test_numbers_beside_words_of_state_need_no_parse() -> None:
    doc = built("""
        Two      two      CD   -        root
        dead     dead     JJ   Two      unclear
        ,        ,        ,    Two      punctuation
        five     five     CD   Two      unclear
        injured  injured  JJ   Two      unclear
    """)
    assert told(doc) == ["killed 2 (Two)", "injured 5 (five)"]


def test_ages_and_sums_are_no_people() -> None:
    doc = built("""
        Aged    age     VBN  died  aside
        12      12      CD   Aged  object
        ,       ,       ,    died  punctuation
        he      he      PRP  died  subject
        died    die     VBD  -     root
        over    over    IN   died  preposition
        $       $       $    9     quantifier
        9       9       CD   over  preposition object
    """)
    assert told(doc) == ["killed 1 (he)"]


def test_what_is_no_attack_is_another_cause() -> None:
    table = """
        died     die      VBD  -     root
        in       in       IN   died  preposition
        a        a        DT   {cause}  determiner
        {cause}  {cause}  NN   in    preposition object
    """
    assert has_other_cause(word(built(table.format(cause="flood")), "died"))
    assert not has_other_cause(word(built(table.format(cause="raid")), "died"))


def test_a_charge_of_murder_is_no_death() -> None:
    telling = words("harm.telling_death")
    doc = built("""
        Murder      murder     NN   detectives  compound
        detectives  detective  NNS  probed      subject
        probed      probe      VBD  -           root
        a           a          DT   murder      determiner
        murder      murder     NN   probed      object
    """)
    assert [tells_death(t, telling) for t in doc] == [False, False, False, False, True]


def test_periods_over_which_numbers_add_up_are_found() -> None:
    assert find_periods("40 were hurt so far this year , and two now".split()) == (5,)
    assert find_periods("12 are hurt each month".split()) == (4,)
    assert find_periods("earlier this year two were hurt".split()) == ()


def test_a_number_of_a_period_belongs_to_no_one_event() -> None:
    table = """
        Forty   forty   CD   men     number
        men     man     NNS  killed  passive subject
        were    be      VBD  killed  passive auxiliary
        killed  kill    VBN  -       root
        {when}  {when}  DT   year    determiner
        year    year    NN   killed  noun as adverb
    """
    (count,) = find_counts(built(table.format(when="this"))[:])
    assert over_a_period(count)
    (count,) = find_counts(built(table.format(when="last"))[:])
    assert not over_a_period(count)


def test_somebody_puts_a_crowd_at_a_number() -> None:
    table = """
        Police   police   NNS  put      subject
        put      put      VBD  -        root
        the      the      DT   {noun}   determiner
        {noun}   {noun}   NN   put      object
        {of}     {of}     IN   put      preposition
        900      900      CD   {of}     preposition object
    """
    (found,) = find_turnout(built(table.format(noun="crowd", of="at"))[:])
    assert (found.kind, found.best) == ("participants", 900)
    assert not list(find_turnout(built(table.format(noun="price", of="at"))[:]))
    assert not list(find_turnout(built(table.format(noun="number", of="of"))[:]))


def test_participants_are_the_subjects_of_a_coded_protest() -> None:
    doc = built("""
        Forty   forty   CD   nurses  number
        nurses  nurse   NNS  held    subject
        held    hold    VBD  -       root
        a       a       DT   vigil   determiner
        vigil   vigil   NN   held    object
    """)
    assert told(doc, protests=frozenset({4})) == ["participants 40 (Forty nurses)"]
    assert told(doc) == []
