"""What a coding tells of police, as labels of its sentences."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.tasks.police_events import labels

from dateline.model import (
    Actor,
    Attribution,
    CoderInfo,
    Coding,
    EventMention,
    Evidence,
    Modality,
    Participant,
    Report,
)

TEXT = "Inspector Ada Sample said it rained. They stopped the lorry near the gate. Sample said so."
SENTENCES = [{"start": 0, "end": 36}, {"start": 37, "end": 74}, {"start": 75, "end": len(TEXT)}]
REPORT = Report("r", TEXT)


def mention(
    kind: str, word: str, by: str | None = None, *, modality: Modality = "asserted", **more: Any
) -> EventMention:
    start = TEXT.index(word)
    sentence = next(s for s in SENTENCES if s["start"] <= start < s["end"])
    span = REPORT.span(sentence["start"], sentence["end"])
    actors: tuple[Participant, ...] = ()
    if by is not None:
        at = TEXT.index(by)
        actors = (Participant(at, at + len(by), by, "p"),)
    return EventMention(
        f"e-{kind}-{start}",
        kind,
        REPORT.span(start, start + len(word)),
        actors=actors,
        modality=modality,
        evidence=(Evidence(span.start, span.end, span.quote),),
        **more,
    )


def coded(*events: EventMention, police: bool = True, said: tuple[Attribution, ...] = ()) -> list[list[str]]:
    actors = (Actor("p", "police", sector="COP" if police else "CVL"), Actor("s", "somebody"))
    coding = Coding(REPORT, CoderInfo("c", "1", "police 1.0"), events, said, actors=actors)
    return labels(coding, SENTENCES)


@pytest.mark.parametrize(
    ("events", "second"),
    [
        ([mention("POLICE_NAMED", "lorry")], ["ANY_ACTION"]),
        ([mention("POLICE_NAMED", "lorry"), mention("POLICE_ADDRESSED", "stopped")], []),
        ([mention("POLICE_NAMED", "lorry", modality="planned")], []),
        ([mention("POLICE_NAMED", "lorry"), mention("INACTION", "stopped", "They")], ["FAIL"]),
        ([mention("PRISON", "gate")], []),
        ([mention("MOBILIZE", "stopped")], []),
        ([mention("POLICING", "stopped")], ["ANY_ACTION"]),
    ],
)
def test_police_who_are_named_act_unless_told_otherwise(events: list[EventMention], second: list[str]) -> None:
    assert coded(*events)[1] == second


@pytest.mark.parametrize(
    ("police", "modality", "second"),
    [(True, "asserted", ["ANY_ACTION"]), (False, "asserted", []), (True, "negated", ["ANY_ACTION"])],
)
def test_any_deed_of_theirs_is_asked_for(police: bool, modality: Any, second: list[str]) -> None:
    assert coded(mention("DEED", "stopped", "They", modality=modality), police=police)[1] == second


@pytest.mark.parametrize(
    ("event", "second"),
    [
        (mention("ASSAULT", "stopped", "They"), ["ANY_ACTION", "FORCE"]),
        (mention("ASSAULT", "stopped", "They", contexts=("deaths",)), ["ANY_ACTION", "FORCE", "KILL"]),
        (mention("ASSAULT", "stopped", mode="crowd-control"), ["ANY_ACTION", "FORCE"]),
        (mention("ASSAULT", "stopped", mode="firearms"), []),
        (mention("COERCE", "stopped", mode="arrest"), ["ANY_ACTION", "ARREST"]),
        (mention("INACTION", "stopped"), []),
        (mention("INACTION", "stopped", contexts=("police",)), ["FAIL"]),
    ],
)
def test_labels_are_read_off_types_modes_and_contexts(event: EventMention, second: list[str]) -> None:
    assert coded(event)[1] == second


def test_what_police_say_is_a_deed() -> None:
    at = TEXT.index("said")
    said = Attribution("a", REPORT.span(0, 20), REPORT.span(at, at + 4), speaker="p")
    assert coded(said=(said,)) == [["ANY_ACTION"], [], []]
