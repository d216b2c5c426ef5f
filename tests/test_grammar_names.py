"""The named entities of some words, without a walk over those of the whole report."""

from __future__ import annotations

import pytest
from spacy.tokens import Span

from dateline.lang.en.grammar.names import names_in
from hand_built import built

DOC = built(
    """
    Roe    Roe    NNP  met    subject
    met    meet   VBD  -      root
    Ada    Ada    NNP  Moe    compound
    Moe    Moe    NNP  met    object
    in     in     IN   met    preposition
    Port   Port   NNP  Louis  compound
    Louis  Louis  NNP  in     preposition object
    """
)
DOC.set_ents([Span(DOC, 0, 1, "PERSON"), Span(DOC, 2, 4, "PERSON"), Span(DOC, 5, 7, "GPE")])


@pytest.mark.parametrize(
    ("start", "end", "names"),
    [
        (0, 7, ["Roe", "Ada Moe", "Port Louis"]),
        (1, 4, ["Ada Moe"]),
        (1, 3, []),
        (3, 7, ["Port Louis"]),
        (1, 2, []),
    ],
)
def test_names_that_stand_wholly_inside_the_words(start: int, end: int, names: list[str]):
    found = names_in(DOC[start:end])
    assert [name.text for name in found] == names
    assert [name.label_ for name in found] == [e.label_ for e in DOC.ents if e.text in names]
