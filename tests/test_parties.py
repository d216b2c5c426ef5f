"""Who in a report could take part in its events."""

from __future__ import annotations

import pytest

from dateline.coder.events.parties import parties
from dateline.coder.syntax.model import Parse
from dateline.intake import read_text
from hand_built import built


def listed(table: str, names: dict[str, str] | None = None) -> list[str]:
    doc = built(table, names)
    return [span.quote for span in parties(Parse(read_text(doc.text.strip(), id="r", language="en"), doc))]


def test_everybody_is_listed_whatever_part_they_have() -> None:
    table = """
        Kenyan     kenyan     JJ   proposals  adjective
        proposals  proposal   NNS  angered    subject
        angered    anger      VBD  -          root
        Whitfield  Whitfield  NNP  friends    possessor
        's         's         POS  Whitfield  case marker
        friends    friend     NNS  angered    object
        in         in         IN   angered    preposition
        Arden      Arden      NNP  in         preposition object
    """
    names = {"Kenyan": "NORP", "Whitfield": "PERSON", "Arden": "GPE"}
    assert listed(table, names) == ["Kenyan", "Whitfield", "Whitfield 's friends"]


@pytest.mark.parametrize(("noun", "found"), [("officers", ["Kenyan officers"]), ("boats", ["Kenyan"])])
def test_a_word_of_origin_is_listed_where_its_noun_is_nobody(noun: str, found: list[str]) -> None:
    table = f"""
        Kenyan   kenyan  JJ   {noun}  adjective
        {noun}   {noun.removesuffix("s")}  NNS  left    subject
        left     leave   VBD  -       root
    """
    assert listed(table, {"Kenyan": "NORP"}) == found


def test_numbers_weapons_and_relative_pronouns_are_nobody() -> None:
    table = """
        Two      two     CD   miners  number
        miners   miner   NNS  threw   subject
        who      who     WP   struck  subject
        struck   strike  VBD  miners  relative clause
        threw    throw   VBD  -       root
        bombs    bomb    NNS  threw   object
    """
    assert listed(table) == ["Two miners"]


def test_without_a_parse_nouns_for_somebody_are_listed_alone() -> None:
    table = """
        The      the     DT   The     root
        miners   miners  XX   The     unclear
        sang     sang    XX   The     unclear
    """
    assert listed(table) == ["miners"]


def test_a_name_is_whole_without_a_parse() -> None:
    table = """
        Jane   Jane   XX  Jane  root
        Roe    Roe    XX  Jane  unclear
        sang   sang   XX  Jane  unclear
    """
    doc = built(table)
    doc.ents = [doc.char_span(0, 8, label="PERSON")]
    parse = Parse(read_text(doc.text.strip(), id="r", language="en"), doc)
    assert [span.quote for span in parties(parse)] == ["Jane Roe"]
