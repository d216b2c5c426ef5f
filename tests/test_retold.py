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


ONE_EVENT = [
    "Gunmen stormed a chapel in Jos on Sunday and killed nine nuns. The attack lasted an hour.",
    "Gunmen stormed a chapel in Jos on Sunday and shot dead nine nuns. The attack lasted an hour.",
    "Raiders shot dead nine farmers in Jos. The chief condemned the massacre.",
    "Troops shelled a farm near Jos. The shelling killed two farmers.",
    "A bomb killed nine farmers and wounded four in Jos, a nurse said. The bombing was the first in Jos.",
    "Gunmen ambushed a bus near Jos on Sunday. Nine farmers were killed.",
    "A drone hit a depot in Jos. No one was killed.",
    "Nine years ago raiders shot dead nine farmers. The shooting shocked the town.",
]


@pytest.mark.parametrize("text", ONE_EVENT)
def test_an_attack_told_in_other_words_is_one_event(coder: MachineCoder, text: str) -> None:
    coding = coder.code(read_text(text, published="2024-02-01", language="en"))
    assert [len(e.evidence) for e in coding.events if e.type == "ASSAULT"] == [2]


def test_whose_arrest_it_is_suffers_it(coder: MachineCoder) -> None:
    text = "Police arrested Lina Haddad in Tunis on Friday. Ms Haddad's detention was condemned by the bishop."
    arrests = [e for e in coder.code(read_text(text, published="2024-02-01")).events if e.type == "COERCE"]
    assert [(len(e.evidence), [a.quote for a in e.actors]) for e in arrests] == [(2, ["Police"])]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two farmers in Jos. Two others were killed in Bauchi.",
        "Gunmen killed two farmers in Jos on Monday. A third attack on farmers came on Tuesday.",
    ],
)
def test_what_differs_is_another_event(coder: MachineCoder, text: str) -> None:
    coding = coder.code(read_text(text, published="2024-02-01", language="en"))
    assert len([e for e in coding.events if e.type == "ASSAULT"]) == 2
