"""Who somebody is, by the words of a phrase: on sentences built by hand, without a model."""

from __future__ import annotations

import pytest

from dateline.coder.actors.indefinite import pointed_at, read_indefinite
from dateline.coder.actors.mentions import role_beside
from dateline.coder.actors.persons import depicted, holds_office, is_attribute, is_person, person_apposed_to
from dateline.lang.en.descriptions import (
    core,
    counted,
    is_definite,
    is_minor,
    names_nobody,
    unnamed,
    without_article,
    without_article_of_another,
)
from dateline.lang.en.grammar.agents import names_agent, names_person
from dateline.lang.en.people import gender_of, head_words, is_honorific, is_role, sector_of, whom
from hand_built import built, word


@pytest.mark.parametrize(
    ("phrase", "rest"),
    [
        ("two groups of villagers", "villagers"),
        ("hundreds of members of the union", "members of the union"),
        ("a number of the strikers", "the strikers"),
        ("villagers of the valley", "villagers of the valley"),
        ("a row", "a row"),
    ],
)
def test_an_amount_is_whom_it_counts(phrase: str, rest: str) -> None:
    assert whom(phrase) == rest


def test_the_head_stands_before_the_first_preposition() -> None:
    assert head_words("the workers from the port") == ["workers", "the"]
    assert head_words("teachers") == ["teachers"]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("an attorney general", "JUD"),
        ("a general", "MIL"),
        ("rebel forces", "REB"),
        ("government forces", "MIL"),
        ("a police patrol", "COP"),
        ("three fishers", "AGR"),
        ("UN monitors", "IGO"),
        ("the river", None),
        ("the U.N.", "IGO"),
        ("the union's spokeswoman", "LAB"),
    ],
)
def test_sectors(phrase: str, code: str | None) -> None:
    found = sector_of(phrase)
    assert (found.code if found else None) == code


def test_nouns_tell_gender_and_roles() -> None:
    assert [gender_of(role) for role in ("a nun", "the monk", "a nurse")] == ["f", "m", ""]
    assert is_role("mayor")
    assert is_role("farmer")
    assert not is_role("river")
    assert is_honorific("Dr.")
    assert not is_honorific("doctor")


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("no nurse", True),
        ("no more than 20", False),
        ("not a single one", True),
        ("each other", True),
        ("nurses", False),
    ],
)
def test_phrases_for_nobody(text: str, nobody: bool) -> None:
    assert names_nobody(text) is nobody


def test_descriptions_are_trimmed() -> None:
    assert core("the nurses, who had come early") == "the nurses"
    assert core("the nurses who came") == "the nurses"
    assert without_article("a nurse of the town") == "nurse of the town"
    assert without_article("another nurse") == "another nurse"
    assert without_article_of_another("a workers") == "workers"
    assert without_article_of_another("a few workers") == "a few workers"
    assert [is_definite(t) for t in ("the nurses", "those who came", "nurses")] == [True, True, False]
    assert [is_minor(t) for t in ("a 14-year-old", "Ali, 9", "Ali, 40", "aged 17")] == [True, True, False, True]


def test_who_is_not_told_is_worded() -> None:
    assert unnamed("someone") == ("an unidentified person", False)
    assert unnamed("others") == ("other unidentified people", True)
    doc = built("""
        Thousands  thousand  NNS  came  subject
        came       come      VBD  -     root
    """)
    assert counted("thousands", doc[0]) == "thousands of people"


SOME_OF_THEM = """
    Some      some    DT    sang    subject
    of        of      IN    Some    preposition
    them      they    PRP   of      preposition object
    sang      sing    VBD   -       root
"""


def test_a_part_points_at_its_whole() -> None:
    doc = built(SOME_OF_THEM)
    assert pointed_at(doc[0]) == doc[2]
    assert read_indefinite(doc[:3], doc[0]) == "partitive"


def test_those_alone_point_back_and_those_who_are_described_do_not() -> None:
    alone = built("""
        Those  those  DT   sang  subject
        sang   sing   VBD  -     root
    """)
    described = built("""
        Those  those  DT   sang   subject
        who    who    WP   came   subject
        came   come   VBD  Those  relative clause
        sang   sing   VBD  -      root
    """)
    assert read_indefinite(alone[:1], alone[0]) is None
    assert read_indefinite(described[:3], described[0]) == "indefinite"


def test_what_stands_before_a_noun_is_no_body_of_its_own() -> None:
    doc = built("""
        Harbour    Harbour   NNP  activists  compound
        activists  activist  NNS  sang       subject
        sang       sing      VBD  -          root
    """)
    assert is_attribute(doc[0])
    assert not is_attribute(doc[1])


PORTRAIT = """
    A         a         DT   portrait  determiner
    portrait  portrait  NN   hung      subject
    of        of        IN   portrait  preposition
    Roe       Roe       NNP  of        preposition object
    hung      hang      VBD  -         root
"""


def test_a_picture_stands_for_whom_it_shows() -> None:
    doc = built(PORTRAIT, {"Roe": "PERSON"})
    shown = depicted(doc[1], 4)
    assert shown is not None
    assert shown.text == "Roe"
    assert depicted(word(doc, "hung"), 5) is None


def test_whose_government_it_is_holds_office() -> None:
    doc = built(
        """
        The      the      DT   cabinet  determiner
        cabinet  cabinet  NN   met      subject
        of       of       IN   cabinet  preposition
        Roe      Roe      NNP  of       preposition object
        met      meet     VBD  -        root
        """,
        {"Roe": "PERSON"},
    )
    assert holds_office(doc[3])
    assert not holds_office(built(PORTRAIT)[3])


def test_a_name_with_an_article_is_no_persons() -> None:
    doc = built(
        """
        The     the     DT   Adler  determiner
        Adler   Adler   NNP  sang   subject
        sang    sing    VBD  -      root
        """,
        {"Adler": "PERSON"},
    )
    assert not is_person(doc[1:2], frozenset())
    bare = built(
        """
        Adler   Adler   NNP  sang   subject
        sang    sing    VBD  -      root
        """,
        {"Adler": "PERSON"},
    )
    assert is_person(bare[:1], frozenset())
    assert not is_person(bare[:1], frozenset({0}))


def test_the_role_of_somebody_stands_after_a_comma() -> None:
    doc = built(
        """
        Adler  Adler  NNP  sang   subject
        ,      ,      ,    Adler  punctuation
        a      a      DT   nurse  determiner
        nurse  nurse  NN   Adler  apposition
        ,/2    ,      ,    Adler  punctuation
        sang   sing   VBD  -      root
        """,
        {"Adler": "PERSON"},
    )
    assert role_beside(doc, 0, 1) == "a nurse"
    apposed = person_apposed_to(doc[3])
    assert apposed is not None
    assert apposed.text == "Adler"


@pytest.mark.parametrize(("noun", "lemma", "person"), [("medics", "medic", True), ("orchestra", "orchestra", False)])
def test_nouns_for_people_and_for_bodies(noun: str, lemma: str, person: bool) -> None:
    doc = built(f"""
        {noun}  {lemma}  NN   sang  subject
        sang    sing     VBD  -     root
    """)
    assert names_agent(doc[0])
    assert names_person(doc[0]) is person


def test_days_and_happenings_cannot_act() -> None:
    doc = built("""
        Monday  Monday  NNP  ended  subject
        rally   rally   NN   ended  subject
        ended   end     VBD  -      root
    """)
    assert not names_agent(doc[0])
    assert not names_agent(doc[1])
