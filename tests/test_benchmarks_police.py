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


def mention(kind: str, word: str, by: str | None = None, *, modality: Modality = "asserted") -> EventMention:
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
    [(True, "asserted", ["ANY_ACTION"]), (False, "asserted", []), (True, "negated", [])],
)
def test_what_they_did_is_police_work_where_they_are_police(police: bool, modality: Any, second: list[str]) -> None:
    assert coded(mention("DEED", "stopped", "They", modality=modality), police=police)[1] == second


def test_who_is_called_by_an_officers_name_speaks_as_one() -> None:
    def said(id: str, source: str, start: int, speaker: str) -> Attribution:
        at, cue = TEXT.index(source, start), TEXT.index("said", start)
        return Attribution(id, REPORT.span(at, at + len(source)), REPORT.span(cue, cue + 4), speaker=speaker)

    first, last = said("a", "Inspector Ada Sample", 0, "p"), said("b", "Sample", 75, "s")
    assert coded(said=(first, last)) == [["ANY_ACTION"], [], ["ANY_ACTION"]]
    assert coded(said=(last,)) == [[], [], []]
