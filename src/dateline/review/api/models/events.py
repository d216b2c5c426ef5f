"""One event with its sources in parallel, its history, and what is marked as confidential."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.link.model import Answer
from dateline.review.api.models.base import UNNAMED, Asked, Told, example, same
from dateline.review.api.models.deciding import ActTold, Id, Why
from dateline.review.events import shown
from dateline.store.review.marks import Kind
from dateline.store.review.told import EventHistory


class ClaimTold(Told):
    """A value that is claimed, whose word it is, and the numbers of the sources that give it."""

    words: str
    voices: str
    sources: list[int]
    alone: bool
    """Whether one independent source alone says so, though others report the event."""


class FieldOfEvent(Told):
    """A field: what is claimed, what was chosen and by which policy, whether sources differ on it."""

    field: str
    name: str
    differs: bool
    claims: list[ClaimTold]
    chosen: str
    """Empty where there is nothing to choose."""


class SourceTold(Told):
    """One report's telling. `cells` are its values by field; `review` is what a person said of the row."""

    number: int
    mention: str
    publisher: str
    published: str
    title: str
    url: str | None
    voice: str
    modality: str
    quote: str
    cells: dict[str, str]
    because: list[str]
    review: str | None
    confidential: bool

    @classmethod
    def of(cls, source: shown.Source) -> SourceTold:
        """From what the page of an event shows."""
        given = same(cls, source.view, "mention", "cells", "review", "confidential")
        told = {"mention": source.mention, "cells": dict(source.cells), "review": source.review}
        return cls.model_validate({**given, **told, "confidential": source.hidden})


class WholeEvent(Told):
    """An event that stands, its fields and its sources; `left_out` sources are confidential and not shown."""

    model_config = example(
        id="e2d8502fa1d6",
        heading="Dockers went on strike in Arden, Kenya on 4 May 2024",
        words="reported; 2 reports by 2 independent sources",
        why="its reports tell of the same",
        status="reported",
        fields=[
            {
                "field": "type",
                "name": "type",
                "differs": False,
                "claims": [{"words": "PROTEST", "voices": "Sample Courier; Wire", "sources": [1, 2], "alone": False}],
                "chosen": "",
            }
        ],
        silent="killed",
        sources=[],
        denied=[],
        reviewed=1,
        left_out=0,
        limits="Events are as reported.",
    )

    id: str
    heading: str
    words: str
    why: str
    status: str
    fields: list[FieldOfEvent]
    silent: str
    """The fields that nobody states."""
    sources: list[SourceTold]
    denied: list[str]
    """The mentions that say it did not happen."""
    reviewed: int
    left_out: int
    limits: str

    @classmethod
    def of(cls, event: shown.EventShown) -> WholeEvent:
        """From what the page of an event shows."""
        given = same(cls, event, "fields", "sources", "denied")
        return cls(
            fields=[FieldOfEvent.model_validate(field) for field in event.fields],
            sources=[SourceTold.of(source) for source in event.every],
            denied=[source.mention for source in event.denied],
            **given,
        )


class DecisionTold(Told):
    """A person's word on whether two mentions are of one event."""

    first: str
    second: str
    answer: Answer
    who: str
    when: str
    why: str


class HistoryTold(Told):
    """How an event came to be, and what it gave way to (`after`); the last decisions and acts first."""

    model_config = example(born="2024-06-01T12:00:00+00:00", gone=None, before=[], after=[], decisions=[], acts=[])

    born: str
    gone: str | None
    """null: it stands."""
    before: list[str]
    after: list[str]
    decisions: list[DecisionTold]
    acts: list[ActTold]

    @classmethod
    def of(cls, history: EventHistory) -> HistoryTold:
        """From what the store has."""
        given = same(cls, history, "decisions", "acts")
        decisions = [DecisionTold.model_validate(one) for one in history.decisions]
        acts = [ActTold.of_act(act, named=act.who != UNNAMED) for act in history.acts]
        return cls(decisions=decisions, acts=acts, **given)


class Together(Asked):
    """Another event that is the same one."""

    model_config = example(other="e9d0c4a17b2f", why="both tell of the strike at the east quay")

    other: Id
    why: Why = ""


class Apart(Asked):
    """Mentions that are another event than the rest."""

    model_config = example(mentions=["port-2#e1"], why="this one was the day after")

    mentions: Annotated[list[Annotated[str, Field(min_length=1, max_length=900)]], Field(min_length=1, max_length=500)]
    why: Why = ""


class EventNow(Told):
    """The event that came of it."""

    model_config = example(event="e2d8502fa1d6")

    event: str


class NewMark(Asked):
    """Whether a report, a row or an event is confidential: it then leaves the project in no export."""

    model_config = example(kind="row", about="port-1#e1", confidential=True, why="the witness would be known by it")

    kind: Kind
    about: Annotated[str, Field(min_length=1, max_length=900, description="The id, or of a row the key.")]
    confidential: bool
    why: Why = ""


class Marked(Told):
    """Whether anything was changed: false where it was so already."""

    model_config = example(changed=True)

    changed: bool


class MarkTold(Told):
    """Something that is confidential, by whom, since when and why."""

    model_config = example(
        kind="row",
        about="port-1#e1",
        who="A. Editor",
        made="2024-06-01T12:00:00+00:00",
        why="the witness would be known by it",
    )

    kind: Kind
    about: str
    who: str
    made: str
    why: str


class FormatTold(Told):
    """A format that the project can be written in."""

    model_config = example(name="csv", media_type="text/csv")

    name: str
    media_type: str
