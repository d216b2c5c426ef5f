"""How a coding is read as incident templates."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.tasks.templates import templates

from dateline.model import CoderInfo, Codes, Coding, Count, EventMention, Participant, Report

TEXT = "Three men shot the judge near the mill. A charge exploded at the bridge. The army fought rebels. A shed burned."


def event(word: str, **more: Any) -> EventMention:
    start = TEXT.index(word)
    return EventMention(f"e{start}", "ASSAULT", Report("r", TEXT).span(start, start + len(word)), **more)


def who(words: str) -> tuple[Participant, ...]:
    start = TEXT.index(words)
    return (Participant(start, start + len(words), words),)


def read(*events: EventMention) -> list[dict[str, Any]]:
    return templates(Coding(Report("r", TEXT), CoderInfo("c", "1", "attacks 1.0"), events))


def test_people_things_and_bodies_have_slots_of_their_own() -> None:
    at = TEXT.index("the judge")
    killed = Count(at, at + 9, "the judge", "killed", 1, 1, 1)
    shot = event("shot", mode="firearms", actors=who("Three men"), recipients=who("the judge"), counts=(killed,))
    (found,) = read(shot, event("fought", actors=who("The army"), recipients=who("the bridge")))
    assert found["incident_type"] == "ATTACK"
    assert (found["perp_individual"], found["perp_org"]) == (["Three men"], ["The army"])
    assert (found["human_target"], found["phys_target"]) == (["the judge"], ["the bridge"])
    assert found["human_effect"] == ["DEATH"]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (event("exploded", mode="explosives"), "BOMBING"),
        (event("burned", mode="destroy", contexts=("fire",)), "ARSON"),
        (event("burned", mode="destroy"), "ATTACK"),
        (event("fought"), "ATTACK"),
    ],
)
def test_the_kind_is_that_of_the_mode(told: EventMention, kind: str) -> None:
    assert [one["incident_type"] for one in read(told)] == [kind]


def test_events_of_one_kind_are_one_incident() -> None:
    assert len(read(event("shot"), event("fought"), event("exploded", mode="explosives"))) == 2


def test_war_and_what_is_not_told_as_fact_are_no_incidents() -> None:
    war = event("fought", codes=Codes(acled="Armed clash"))
    assert read(war, event("shot", modality="planned"), event("burned", historical=True)) == []
