"""What speaks for and against a name being a place, on sentences built by hand and a gazetteer of four places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from dateline.lang.name_keys import fold
from dateline.resolve.gazetteer.entry import PRIMARY, USAGE, Entry, Kind
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.places.datelines import dateline_places
from dateline.resolve.places.document import Document
from dateline.resolve.places.doubts import IN_ORGANISATION, IN_PERSON, Doubts
from dateline.resolve.places.sites import Sites
from hand_built import built, word


def entry(number: int, name: str, kind: Kind, population: int, rank: int = PRIMARY) -> Entry:
    return Entry(number, None, name, kind, "GB", None, None, 50.0, 0.0, population, False, "made", rank)


ENTRIES = {
    fold(e.name): (e,)
    for e in (
        entry(1, "Lima", "town", 8_000_000),
        entry(2, "Paris", "town", 20_000),
        entry(3, "Peru", "country", 30_000_000, USAGE),
        entry(4, "Union", "town", 500),
    )
}


@dataclass
class Few:
    """A gazetteer of a few places."""

    def lookup(self, name: str) -> tuple[Entry, ...]:
        return ENTRIES.get(fold(name), ())


FEW = cast("Gazetteer", Few())


def doubt(doc, name: str, *, listed: bool = False):
    at = word(doc, name).i
    return Doubts(Document(doc, FEW)).about(at, at, FEW.lookup(name), listed)


SANG = built("""
    Choirs      choir       NNS  sang        subject
    sang        sing        VBD  -           root
    at          at          IN   sang        preposition
    Lima        Lima        NNP  University  compound
    University  University  NNP  at          preposition object
    with        with        IN   sang        preposition
    Judge       judge       NN   Paris       compound
    Paris       Paris       NNP  with        preposition object
    in          in          IN   sang        preposition
    Union       Union       NNP  in          preposition object
""")


def test_a_name_inside_an_organisations_is_told_to_be_so() -> None:
    found = doubt(SANG, "Lima")
    assert found is not None and found.why is IN_ORGANISATION


def test_a_name_behind_a_title_is_a_surname() -> None:
    found = doubt(SANG, "Paris")
    assert found is not None and found.why is None


def test_a_preposition_vouches_for_a_small_place() -> None:
    assert doubt(SANG, "Union") is None


def test_a_small_place_that_nothing_vouches_for_is_none() -> None:
    doc = built("""
        Union    Union    NNP  won  subject
        won      win      VBD  -    root
    """)
    assert doubt(doc, "Union") is not None
    assert doubt(doc, "Union", listed=True) is None


def test_a_name_in_general_use_needs_nobody_to_vouch_for_it() -> None:
    doc = built("""
        Peru  Peru  NNP  won  subject
        won   win   VBD  -    root
    """)
    assert doubt(doc, "Peru") is None


def test_a_name_that_the_recogniser_takes_for_a_person_is_worth_a_remark_where_it_is_a_large_towns() -> None:
    doc = built("Lima Lima NNP won subject\nwon win VBD - root", names={"Lima": "PERSON"})
    found = doubt(doc, "Lima")
    assert found is not None and found.why is IN_PERSON


@pytest.mark.parametrize(
    ("words", "inside"), [("the Bank of Lima", True), ("the streets of Lima", False), ("the Lima Symphony", True)]
)
def test_a_word_before_or_behind_makes_a_name_an_organisations(words: str, inside: bool) -> None:
    rows = "\n".join(f"{w}  {w.lower()}  {'NNP' if w[0].isupper() else 'IN'}  -  root" for w in words.split())
    doc = built(rows)
    at = word(doc, "Lima").i
    assert Document(doc, FEW).is_in_organisation(at, at) == inside


SQUARE = built("""
    Choirs   choir   NNS  sang    subject
    sang     sing    VBD  -       root
    on       on      IN   sang    preposition
    Foss     Foss    NNP  Square  compound
    Square   Square  NNP  on      preposition object
    and      and     CC   sang    coordinator
    a        a       DT   Square/2  determiner
    Dale     Dale    NNP  Square/2  compound
    Square/2 Square  NNP  sang    unclear
""")


def test_a_capitalised_name_with_a_word_for_a_site_is_one_where_something_is_there() -> None:
    sites = Sites(Document(SQUARE, FEW))
    found = sites.at(word(SQUARE, "Foss"))
    assert found is not None and SQUARE.text[found[0].start : found[0].end] == "Foss Square"
    assert sites.at(word(SQUARE, "Dale")) is None
    assert sites.at(word(SQUARE, "sang")) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("LIMA (Wire) - A choir sang.", "LIMA"),
        ("Choirs sing. LIMA (Wire) - A choir sang.", "LIMA"),
        ("NOWHERE (Wire) - A choir sang.", None),
        ("A choir sang in LIMA.", None),
    ],
)
def test_a_dateline_opens_a_block_or_follows_its_headline(text: str, place: str | None) -> None:
    _, found = dateline_places(text, 0, len(text), FEW)
    assert next((text[one.start : one.end] for one in found), None) == place
