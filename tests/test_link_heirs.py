"""Which event of a newer coding takes the place of one of an older."""

from __future__ import annotations

import pytest

from dateline.link.heirs import heirs
from dateline.model import EventMention, Evidence, Span

TEXT = "Guards fired tear gas and beat two dockers. Later the guards opened fire again. Dockers marched."
SENTENCES = [(0, 43), (44, 79), (80, 96)]


def event(id: str, *words: str, type: str = "ASSAULT") -> EventMention:
    """An event told by these words; its evidence is the sentences that they stand in."""
    spans = [Span(at := TEXT.index(word), at + len(word), word) for word in words]
    within = [(a, b) for a, b in SENTENCES if any(a <= span.start < b for span in spans)]
    evidence = tuple(Evidence(a, b, TEXT[a:b]) for a, b in within)
    return EventMention(id, type, spans[0], evidence=evidence, tellings=tuple(sorted(spans, key=lambda s: s.start)))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([event("e1", "fired")], [event("e1", "beat"), event("e2", "fired")], {"e1": "e2"}),
        # The whole phrase, or a word of it; another type.
        ([event("e1", "opened fire")], [event("e4", "opened")], {"e1": "e4"}),
        ([event("e1", "fired")], [event("e1", "fired", type="PROTEST")], {"e1": "e1"}),
        ([event("e1", "fired")], [event("e1", "fired", type="PROTEST"), event("e2", "fired")], {"e1": "e2"}),
        # Told as one now, or apart: the one that is told where the trigger stood.
        ([event("e1", "fired"), event("e2", "opened")], [event("e1", "fired", "opened")], {"e1": "e1", "e2": "e1"}),
        ([event("e1", "opened", "fired")], [event("e1", "fired"), event("e2", "opened")], {"e1": "e2"}),
        # Another word of the sentence, where only one event can be meant.
        ([event("e1", "fired")], [event("e1", "tear gas")], {"e1": "e1"}),
        ([event("e1", "fired")], [event("e1", "tear gas"), event("e2", "beat")], {}),
        ([event("e1", "fired"), event("e2", "beat")], [event("e1", "beat")], {"e2": "e1"}),
        ([event("e1", "fired"), event("e2", "beat")], [event("e1", "tear gas")], {}),
        # Elsewhere, or of another kind in the same sentence.
        ([event("e1", "fired")], [event("e1", "opened")], {}),
        ([event("e1", "fired")], [event("e1", "beat", type="PROTEST")], {}),
        ([event("e1", "fired")], [], {}),
    ],
)
def test_the_heir_is_told_where_the_old_one_was(
    old: list[EventMention], new: list[EventMention], found: dict[str, str]
) -> None:
    assert heirs(old, new) == found
    assert heirs(old[::-1], new[::-1]) == found
