"""Assignments, comments, the feed, what coders agree on, and what settles where they do not."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.review.api.models.base import MOST, Asked, Number, Told, example
from dateline.review.api.models.deciding import ChangeTold, Id
from dateline.store.index.query import State
from dateline.store.review.people import Role
from dateline.store.review.team.comments import Kind


class PersonTold(Told):
    """Somebody at work."""

    model_config = example(name="ada", shown="A. Editor", role="coder")

    name: str
    """What comments call upon and assignments name."""
    shown: str
    role: Role


class AssignmentTold(Told):
    """A report that somebody is to code."""

    model_config = example(
        report="port-1",
        title="Cranes stand still",
        account="ada",
        blind=True,
        state="to do",
        who="B. Editor",
        made="2024-06-01T12:00:00+00:00",
    )

    report: str
    title: str
    account: str
    blind: bool
    """Without seeing what others make of it."""
    state: State
    """The person's own."""
    who: str
    """Who assigned it."""
    made: str


class NewAssignments(Asked):
    """How the reports that fit the filters are dealt out, at random and to each person as many."""

    model_config = example(people=["ada", "ben"], each=2, blind=True, many=50, seed=1)

    people: Annotated[list[Id], Field(min_length=1, max_length=200)]
    each: Annotated[int, Field(ge=1, le=200, description="To how many of the people each report goes.")] = 1
    blind: bool = False
    many: Annotated[int, Field(ge=0, le=MOST, description="So many of the reports are drawn; 0: all.")] = 0
    seed: Annotated[int, Field(ge=0, le=MOST, description="The same seed deals the same.")] = 1


class Pair(Told):
    """A report and somebody who cannot code it blind, having coded it with the others."""

    report: str
    account: str


class Dealt(Told):
    """What came of assigning: how many assignments were made, and how many were there before."""

    model_config = example(made=100, there=0, seen=[{"report": "port-1", "account": "ada"}])

    made: int
    there: int
    seen: list[Pair]
    """Who cannot code a report blind, and was not assigned it."""


class LoadTold(Told):
    """How much somebody has to code, by the state of it; so many of them blind."""

    model_config = example(account="ada", states={"to do": 4, "done": 2}, blind=6, total=6)

    account: str
    states: dict[str, int]
    blind: int
    total: int


class CommentTold(Told):
    """What somebody said of a report, a row or an event."""

    model_config = example(
        number=3,
        kind="row",
        about="port-1#e1",
        who="A. Editor",
        made="2024-06-01T12:00:00+00:00",
        words="@ben is this the same strike?",
        mentions=["ben"],
        answers=None,
    )

    number: int
    kind: Kind
    about: str
    """The id of the report or event, or the key of the row."""
    who: str
    made: str
    words: str | None
    """null: it was taken back."""
    mentions: list[str]
    """The accounts that it calls upon."""
    answers: int | None
    """The comment that it answers."""


class NewComment(Asked):
    """Something to say; an `@` before the name of an account calls upon that person."""

    model_config = example(kind="row", about="port-1#e1", words="@ben is this the same strike?", answers=None)

    kind: Kind
    about: Annotated[str, Field(min_length=1, max_length=600)]
    words: Annotated[str, Field(min_length=1, max_length=4000)]
    answers: Annotated[int | None, Field(ge=1, le=MOST)] = None


class News(Told):
    """Something that somebody did. `reason` tells why it is meant for who asks; null: it is not."""

    model_config = example(
        number=17,
        made="2024-06-01T12:00:00+00:00",
        who="A. Editor",
        verb="correct",
        about="port-1",
        report="port-1",
        changes=[{"what": "corrected", "about": "port-1#e1", "column": "mode", "old": "", "new": "strike"}],
        comment=None,
        words="",
        to=[],
        why="the report says so",
        reports=1,
        reason="of a report of yours",
    )

    number: int
    made: str
    who: str
    verb: str
    about: str
    report: str | None
    changes: list[ChangeTold]
    comment: int | None
    words: str
    to: list[str]
    """To whom reports were assigned."""
    why: str
    reports: int
    """So many reports it is about."""
    reason: str | None


class Unread(Told):
    """How many entries that are meant for the person are new, and up to which row of the log all was read."""

    model_config = example(unread=2, read=15)

    unread: int
    read: int


class ReadUpTo(Asked):
    """The feed was seen up to this row of the log."""

    model_config = example(number=17)

    number: Number


class Share(Told):
    """A figure with the ends of its interval; null where there is too little to work it out from."""

    value: float | None
    low: float | None
    high: float | None


class FieldTold(Told):
    """How far coders agree on one field, by Krippendorff's alpha."""

    field: str
    scale: str
    units: int
    values: int
    same: int
    alone: int
    alpha: Share
    reading: str


class PairTold(Told):
    """Two coders, over the reports that both coded."""

    first: str
    second: str
    reports: int
    rows: int
    both: int
    fields: list[FieldTold]


class StretchTold(Told):
    """The reports of a month, or of a batch."""

    name: str
    reports: int
    fields: list[FieldTold]


class AgreementTold(Told):
    """How far coders agree, over all reports that two of them or more coded."""

    model_config = example(
        coders=["A. Editor", "B. Editor"],
        reports=12,
        rows=40,
        both=33,
        fields=[
            {
                "field": "type",
                "scale": "nominal",
                "units": 33,
                "values": 66,
                "same": 30,
                "alone": 0,
                "alpha": {"value": 0.87, "low": 0.72, "high": 1.0},
                "reading": "reliable",
            }
        ],
        pairs=[],
        stretches=[],
        by="month",
        resamples=1000,
        level=0.95,
        seed=1,
        unfinished=1,
    )

    coders: list[str]
    reports: int
    rows: int
    both: int
    fields: list[FieldTold]
    pairs: list[PairTold]
    stretches: list[StretchTold]
    by: str
    resamples: int
    level: float
    seed: int
    unfinished: int
    """Codings that were passed over, because rows in them are undecided."""
