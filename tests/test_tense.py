"""The tense around a date decides between the last and the next such day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.lang.en.grammar.tense import tense_reader

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The union plans a march in Santiago on Friday.", "future"),
        ("The union will march on Friday.", "future"),
        ("The union marched on Friday.", "past"),
    ],
)
def test_what_is_planned_is_yet_to_come(nlp: Language, text: str, tense: str) -> None:
    at = text.index("Friday")
    assert tense_reader(nlp(text))(at, at + len("Friday")) == tense
