"""The kind of act between a marked source and a marked target."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.codebook.load import load_codebook
from dateline.codebook.model import Codebook
from dateline.coder.relation.rules import relation
from dateline.coder.syntax.parse import parse_many
from dateline.model import Block, Report, Span

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook("plover")


CASES = [
    ("Norway praised Chad after Ghana bombed Togo.", "Norway", "Chad", "SUPPORT", 1),
    ("Norway praised Chad after Ghana bombed Togo.", "Ghana", "Togo", "ASSAULT", 4),
    ("The rebels threatened to attack the port.", "The rebels", "the port", "THREATEN", 3),
    ("Malta refused to extradite the banker to Cyprus.", "Malta", "Cyprus", "REJECT", 3),
    ("Peru will not lift the ban on Bolivia.", "Peru", "Bolivia", "REJECT", 3),
    ("Kenya agreed to send doctors to Uganda.", "Kenya", "Uganda", "AGREE", 1),
    ("Students were arrested by police in Lagos.", "police", "Students", "COERCE", 4),
]


@pytest.mark.parametrize(("text", "source", "target", "type", "quad"), CASES)
def test_the_act_between_two_sides(
    nlp: Language, codebook: Codebook, text: str, source: str, target: str, type: str, quad: int
) -> None:
    report = Report("r", text, (Block(0, len(text), "paragraph"),))
    parse = next(parse_many([report], nlp))
    first, second = (report.span(text.index(w), text.index(w) + len(w)) for w in (source, target))
    found = relation(parse, first, second, codebook)
    assert found is not None
    assert found[:2] == (type, quad)
    assert found[2].matched


def test_a_side_may_be_missing_and_something_is_always_given(nlp: Language, codebook: Codebook) -> None:
    for text in ("Gunmen stormed the hotel.", "The lake is blue.", "."):
        report = Report("r", text, (Block(0, len(text), "paragraph"),))
        found = relation(next(parse_many([report], nlp)), Span(0, 1, text[:1]), None, codebook)
        assert found is not None
        assert found[0] in {kind.name for kind in codebook.types}
        assert found[2].rule


DUES = """
name: dues
version: "1"
types:
  - {name: CUT_OFF, definition: Someone cuts another off., quad: 4, threatened_as: NOTICE, verbs: [unplug]}
  - {name: OUST, definition: Someone puts another out., quad: 4, verbs: [oust]}
  - {name: NOTICE, definition: Someone warns another., quad: 3, verbs: [notify]}
  - {name: THREATEN, definition: Not what anything here counts as., quad: 3, verbs: [menace]}
"""


@pytest.mark.parametrize(("verb", "type"), [("unplug", "NOTICE"), ("oust", "OUST")])
def test_the_codebook_says_what_an_act_to_come_counts_as(nlp: Language, tmp_path: Path, verb: str, type: str) -> None:
    path = tmp_path / "dues.yaml"
    path.write_text(DUES, encoding="utf-8")
    text = f"The council will {verb} the tenants."
    report = Report("r", text, (Block(0, len(text), "paragraph"),))
    sides = [report.span(text.index(w), text.index(w) + len(w)) for w in ("council", "tenants")]
    found = relation(next(parse_many([report], nlp)), sides[0], sides[1], load_codebook(str(path)))
    assert found is not None
    assert found[0] == type
