"""What the words around an act say of it, on sentences that were built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from dateline.coder.triggers.background import before_then, historical
from dateline.coder.triggers.governors import refused
from dateline.coder.triggers.modality import standing
from dateline.lang.en.grammar.tense import clause_tense
from dateline.lang.governors import GOVERNORS, MODALS, governor, modal
from dateline.lang.lexicon import built_in, classes, lay_over, using
from hand_built import built, word


def judged(doc: Doc, text: str, year: int | None = None) -> tuple[str, str]:
    """The modality of the word, and the id of the rule that decided."""
    found = standing(word(doc, text), doc[:], year)
    return found.modality, found.because.id


@pytest.mark.parametrize("name", ["governors", "governing_adjectives", "governing_nouns"])
def test_every_class_of_governors_says_something(name: str) -> None:
    assert classes(f"modality.{name}").keys() <= GOVERNORS.keys()
    assert classes("modality.modals").keys() == MODALS.keys()


@pytest.mark.parametrize("name", ["governors", "governing_adjectives", "governing_nouns", "modals"])
def test_a_word_is_in_one_class(name: str) -> None:
    found = classes(f"modality.{name}")
    assert sum(map(len, found.values())) == len(built_in()[f"modality.{name}"].words)


GOVERNED = """
    Nurses  nurse    NNS  {verb}  subject
    have    have     VBP  {verb}  auxiliary
    {verb}  {lemma}  VBN  -       root
    to      to       TO   march   auxiliary
    march   march    VB   {verb}  open clause
"""


@pytest.mark.parametrize(
    ("verb", "lemma", "expected", "rule"),
    [
        ("arranged", "arrange", "planned", "planned-by-governor"),
        ("threatened", "threaten", "planned", "planned-by-governor"),
        ("hoped", "hope", "planned", "planned-by-governor"),
        ("sought", "seek", "asserted", "asserted"),
        ("asked", "ask", "hypothetical", "asked-by-governor"),
        ("refused", "refuse", "negated", "negated-by-governor"),
        ("failed", "fail", "negated", "negated-by-governor"),
        ("seemed", "seem", "possible", "believed"),
        ("ordered", "order", "planned", "planned-by-governor"),
        ("tried", "try", "asserted", "asserted"),
        ("begun", "begin", "asserted", "asserted"),
        ("helped", "help", "asserted", "asserted"),
    ],
)
def test_the_verb_above_says_how_an_act_stands_to_the_facts(verb: str, lemma: str, expected: str, rule: str) -> None:
    doc = built(GOVERNED.format(verb=verb, lemma=lemma))
    assert judged(doc, "march") == (expected, f"modality.{rule}")


@pytest.mark.parametrize(
    "lemma", sorted(classes("modality.governors")["plan"] | classes("modality.governors")["promise"])
)
def test_what_is_planned_by_modality_is_future_by_tense(lemma: str) -> None:
    doc = built(GOVERNED.format(verb=f"{lemma}ed", lemma=lemma))
    assert judged(doc, "march")[0] == "planned"
    assert clause_tense(word(doc, "march")) == clause_tense(word(doc, f"{lemma}ed")) == "future"


def test_the_reason_names_the_line_of_the_list() -> None:
    doc = built(GOVERNED.format(verb="arranged", lemma="arrange"))
    source = standing(word(doc, "march"), doc[:], None).because.source
    assert source == built_in()["modality.governors"].source("arrange")
    assert source.startswith("modality.yaml:")


def test_a_projects_own_word_serves_modality_and_tense(tmp_path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "modality.governors:\n  add: {plan: pencil}\n  examples: ['They have [pencilled] a walk.']\n",
        encoding="utf-8",
    )
    table = GOVERNED.format(verb="pencilled", lemma="pencil")
    assert judged(built(table), "march")[0] == "asserted"
    with using(lay_over(built_in(), [own])):
        doc = built(table)
        found = standing(word(doc, "march"), doc[:], None)
        assert (found.modality, found.because.source) == ("planned", "own.yaml:2")
        assert clause_tense(word(doc, "pencilled")) == "future"


@pytest.mark.parametrize(
    ("adjective", "expected"),
    [
        ("due", "planned"),
        ("willing", "planned"),
        ("able", "hypothetical"),
        ("unable", "negated"),
        ("likely", "possible"),
    ],
)
def test_the_adjective_above(adjective: str, expected: str) -> None:
    doc = built(f"""
        Nurses       nurse        NNS  are          subject
        are          be           VBP  -            root
        {adjective}  {adjective}  JJ   are          adjective complement
        to           to           TO   march        auxiliary
        march        march        VB   {adjective}  open clause
    """)
    assert judged(doc, "march")[0] == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("plan", "planned"),
        ("demand", "hypothetical"),
        ("right", "hypothetical"),
        ("refusal", "negated"),
        ("attempt", "asserted"),
    ],
)
def test_the_noun_above(noun: str, expected: str) -> None:
    doc = built(f"""
        The     the     DT   {noun}  determiner
        {noun}  {noun}  NN   was     subject
        to      to      TO   march   auxiliary
        march   march   VB   {noun}  noun clause
        was     be      VBD  -       root
        old     old     JJ   was     adjective complement
    """)
    assert judged(doc, "march")[0] == expected


AUXILIARY = """
    Nurses  nurse  NNS  march  subject
    {word}  {word} MD   march  auxiliary
    {more}
    march   march  VB   -      root
"""


@pytest.mark.parametrize(
    ("auxiliary", "more", "expected"),
    [
        ("will", "", "planned"),
        ("might", "", "possible"),
        ("should", "", "hypothetical"),
        ("can", "", "hypothetical"),
        ("will", "not  not  RB  march  negation", "negated"),
    ],
)
def test_a_denial_goes_before_the_auxiliary(auxiliary: str, more: str, expected: str) -> None:
    assert judged(built(AUXILIARY.format(word=auxiliary, more=more)), "march")[0] == expected


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"), [("said", "say", "planned"), ("hoped", "dream", "hypothetical")]
)
def test_would_in_reported_words_is_will(verb: str, lemma: str, expected: str) -> None:
    doc = built(f"""
        They    they     PRP  {verb}  subject
        {verb}  {lemma}  VBD  -       root
        nurses  nurse    NNS  march   subject
        would   would    MD   march   auxiliary
        march   march    VB   {verb}  content clause
    """)
    assert judged(doc, "march")[0] == expected


@pytest.mark.parametrize(
    ("lemma", "particle", "expected"),
    [("call", "off", "negated"), ("call", "in", "asserted"), ("rule", "out", "negated")],
)
def test_some_verbs_negate_with_a_particle_only(lemma: str, particle: str, expected: str) -> None:
    doc = built(f"""
        Nurses      nurse       NNS  {lemma}ed  subject
        {lemma}ed   {lemma}     VBD  -          root
        {particle}  {particle}  RP   {lemma}ed  particle
        the         the         DT   march      determiner
        march       march       NN   {lemma}ed  object
    """)
    assert judged(doc, "march")[0] == expected


@pytest.mark.parametrize(("noun", "expected"), [("march", "asserted"), ("report", "negated")])
def test_a_march_that_is_blocked_may_have_begun_and_a_report_that_is_dismissed_is_false(
    noun: str, expected: str
) -> None:
    doc = built(f"""
        Nurses     nurse    NNS  dismissed  subject
        dismissed  dismiss  VBD  -          root
        a          a        DT   {noun}     determiner
        {noun}     {noun}   NN   dismissed  object
    """)
    assert judged(doc, noun)[0] == expected


def test_two_denials_make_none() -> None:
    doc = built("""
        Nurses   nurse    NNS  failed   subject
        failed   fail     VBD  -        root
        to       to       TO   prevent  auxiliary
        prevent  prevent  VB   failed   open clause
        the      the      DT   march    determiner
        march    march    NN   prevent  object
    """)
    assert judged(doc, "march")[0] == "asserted"
    assert refused(word(doc, "prevent"))
    assert not refused(word(doc, "march"))


@pytest.mark.parametrize(("determiner", "expected"), [("a", "planned"), ("the", "asserted")])
def test_a_gathering_that_is_announced_is_to_come_unless_it_is_known(determiner: str, expected: str) -> None:
    doc = built(f"""
        Nurses        nurse         NNS  announced  subject
        announced     announce      VBD  -          root
        {determiner}  {determiner}  DT   march      determiner
        march         march         NN   announced  object
    """)
    assert judged(doc, "march")[0] == expected


def test_what_is_set_for_a_day_is_to_come_and_dated_so() -> None:
    table = """
        A        a       DT   strike  determiner
        strike   strike  NN   called  passive subject
        was      be      VBD  called  passive auxiliary
        called   call    VBN  -       root
        for      for     IN   called  preposition
        {day}    {day}   NNP  for     preposition object
    """
    doc = built(table.format(day="Friday"), names={"Friday": "DATE"})
    assert judged(doc, "strike") == ("planned", "modality.announced")
    assert clause_tense(word(doc, "Friday")) == "future"
    assert judged(built(table.format(day="pay")), "strike")[0] == "asserted"


@pytest.mark.parametrize(("words", "lemma", "expected"), [("remembered", "remember", True), ("saw", "see", False)])
def test_what_is_only_remembered_is_background(words: str, lemma: str, expected: bool) -> None:
    doc = built(f"""
        Nurses   nurse    NNS  {words}  subject
        {words}  {lemma}  VBD  -        root
        the      the      DT   flood    determiner
        flood    flood    NN   {words}  object
    """)
    found = standing(word(doc, "flood"), doc[:], None)
    assert (found.modality, found.historical) == ("asserted", expected)


@pytest.mark.parametrize(("adverb", "expected"), [("just", "asserted"), ("yet", "negated")])
def test_not_only_denies_nothing(adverb: str, expected: str) -> None:
    doc = built(f"""
        They      they      PRP  march  subject
        did       do        VBD  march  auxiliary
        n't       not       RB   march  negation
        {adverb}  {adverb}  RB   march  adverb
        march     march     VB   -      root
    """)
    assert judged(doc, "march")[0] == expected


LONG_AGO = """
    The     the     DT   mill    determiner
    mill    mill    NN   burned  subject
    burned  burn    VBD  -       root
    {one}   {one}   {tag}  {two}   {link}
    {two}   {two}   {tag2}  burned  noun as adverb
    {three}
"""


@pytest.mark.parametrize(
    ("one", "two", "three", "expected"),
    [
        ("three", "decades", "ago  ago  RB  burned  adverb", True),
        ("last", "year", "", True),
        ("last", "week", "", False),
        ("three", "days", "ago  ago  RB  burned  adverb", False),
    ],
)
def test_long_past_by_its_own_words(one: str, two: str, three: str, expected: bool) -> None:
    doc = built(LONG_AGO.format(one=one, two=two, three=three, tag="CD", tag2="NNS", link="number"))
    found = historical(word(doc, "burned"), doc[:], None)
    assert (found is not None) is expected
    assert found is None or found.id == "historical.long-past"


@pytest.mark.parametrize(("year", "expected"), [("1957", True), ("2023", False)])
def test_long_past_by_its_year(year: str, expected: bool) -> None:
    doc = built(f"""
        The     the     DT   mill    determiner
        mill    mill    NN   burned  subject
        burned  burn    VBD  -       root
        in      in      IN   burned  preposition
        {year}  {year}  CD   in      preposition object
    """)
    assert (historical(word(doc, "burned"), doc[:], 2024) is not None) is expected


@pytest.mark.parametrize(("auxiliary", "expected"), [("had", "the week before"), ("has", None)])
def test_before_what_was_told(auxiliary: str, expected: str | None) -> None:
    doc = built(f"""
        The          the     DT   mill    determiner
        mill         mill    NN   burned  subject
        {auxiliary}  have    VBZ  burned  auxiliary
        burned       burn    VBN  -       root
        the          the     DT   week    determiner
        week         week    NN   burned  noun as adverb
        before       before  RB   week    adverb
    """)
    assert before_then(word(doc, "burned")) == expected


def test_a_word_that_governs_nothing_says_nothing() -> None:
    doc = built("""
        They   they  PRP  will  subject
        will   will  MD   sing  auxiliary
        sing   sing  VB   -     root
    """)
    assert governor(word(doc, "sing")) is None
    assert modal(word(doc, "sing")) is None
    assert modal(word(doc, "will")).says.day == "ahead"
