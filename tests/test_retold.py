"""An event that is named again is one event, however often."""

from __future__ import annotations

import pytest

from dateline.coder.machine import MachineCoder
from dateline.intake import read_text

pytestmark = pytest.mark.model

OPENING = "Teachers held a rally in Cork on Monday."


def rallies(coder: MachineCoder, text: str) -> list[tuple[str | None, int]]:
    coding = coder.code(read_text(text, published="2024-02-01"))
    return [(e.place and e.place.name, len(e.evidence)) for e in coding.events if e.type == "PROTEST"]


def test_every_sentence_that_points_back_is_evidence_of_the_one_event(coder: MachineCoder) -> None:
    text = f"{OPENING} The rally began at noon. Rain fell on the rally. This rally ended at two."
    assert rallies(coder, text) == [("Cork", 4)]


def test_another_place_makes_another_event(coder: MachineCoder) -> None:
    assert rallies(coder, f"{OPENING} The rally in Galway was smaller.") == [("Cork", 1), ("Galway", 1)]


def test_an_indefinite_noun_is_another_event(coder: MachineCoder) -> None:
    assert len(rallies(coder, f"{OPENING} Nurses staged a rally in Cork too.")) == 2


def test_numbers_told_later_belong_to_the_event(coder: MachineCoder) -> None:
    coding = coder.code(read_text("A bomb attack hit a market in Jos. The attack killed nine people.", language="en"))
    killed = [c.best for e in coding.events for c in e.counts if c.kind == "killed"]
    assert killed == [9]
