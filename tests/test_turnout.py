"""Turnouts stated apart from the protest itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.coder.counts.turnout import find_turnout

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "quote", "best"),
    [
        ("The front put the turnout at nearly 2 million.", "2 million", 2_000_000),
        ("The police put the figure at 338,000 at the peak.", "338,000", 338_000),
        ("The governor put the crowd at more than 900 people.", "900", 900),
        ("A news site counted more than 4,000 demonstrators.", "4,000", 4_000),
        ("Turnout was 700, the union said.", "700", 700),
    ],
)
def test_a_turnout_is_found(nlp: Language, text: str, quote: str, best: int) -> None:
    (found,) = find_turnout(nlp(text)[:])
    assert quote in text[found.start : found.end]
    assert best in {found.low, found.best, found.high}
    assert found.kind == "participants"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry put the number of dead at 46.",
        "The company put the price at 40 dollars.",
        "Police counted 40 shell casings.",
        "The crowd threw 20 bottles.",
    ],
)
def test_other_numbers_are_no_turnout(nlp: Language, text: str) -> None:
    assert list(find_turnout(nlp(text)[:])) == []
