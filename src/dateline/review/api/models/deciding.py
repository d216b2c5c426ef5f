"""What people decide, as programs say it, and what comes of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dateline.review.api.models.base import MOST, UNNAMED, Asked, Number, Told, example, same
from dateline.review.deciding import model
from dateline.review.deciding.decide import Refused
from dateline.store.index.query import State
from dateline.store.review.acts import Act

Id = Annotated[str, Field(min_length=1, max_length=300)]
Words = Annotated[str, Field(max_length=10_000)]
Why = Annotated[str, Field(max_length=2_000, description="The reason; it stands in the log.")]
Edits = Annotated[
    dict[Id, Words],
    Field(
        max_length=60,
        description="New values by the columns of the sheet (`type`, `mode`, `place`, `date`, `killed_best`, ...), "
        "written as in the sheet; an empty value is not stated.",
    ),
]


class Accept(Asked):
    """A row, or a suggestion, is right as it stands."""

    verb: Literal["accept"]
    row: Id


class Correct(Asked):
    """Other values for some columns of a row."""

    verb: Literal["correct"]
    row: Id
    edits: Edits


class Reject(Asked):
    """A row, or a suggestion, is no event of the report."""

    verb: Literal["reject"]
    row: Id


class Split(Asked):
    """A row is several events: each has the row's values, but for its own edits. The first keeps the row's id."""

    verb: Literal["split"]
    row: Id
    parts: Annotated[list[Edits], Field(min_length=2, max_length=50)]


class Merge(Asked):
    """Rows that are one event: the receiver stays and takes the others' tellings and what it lacks."""

    verb: Literal["merge"]
    receiver: Id
    donors: Annotated[list[Id], Field(min_length=1, max_length=50)]


class Add(Asked):
    """An event that the coder missed, told by the words `[start, end)` of the report's text (code points)."""

    verb: Literal["add"]
    start: Annotated[int, Field(ge=0, le=MOST)]
    end: Annotated[int, Field(ge=1, le=MOST)]
    type: Id
    edits: Edits = Field(default_factory=dict)


class Restore(Asked):
    """The report as an earlier coding of it has it; `rows`: these alone."""

    verb: Literal["restore"]
    coding: Number
    rows: Annotated[tuple[Id, ...], Field(max_length=500)] = ()


One = Annotated[Accept | Correct | Reject | Split | Merge | Add | Restore, Field(discriminator="verb")]


def decision(told: One) -> model.Decision:
    """What a program decides as the workspace carries it out."""
    match told:
        case Accept():
            return model.Accept(told.row)
        case Correct():
            return model.Correct(told.row, told.edits)
        case Reject():
            return model.Reject(told.row)
        case Split():
            return model.Split(told.row, tuple(told.parts))
        case Merge():
            return model.Merge(told.receiver, tuple(told.donors))
        case Add():
            return model.Add(told.start, told.end, told.type, told.edits)
        case Restore():
            return model.Restore(told.coding, told.rows)


class Decisions(Asked):
    """Decisions on rows of one report: all are carried out, in their order, or none."""

    model_config = example(
        decisions=[
            {"verb": "correct", "row": "e1", "edits": {"mode": "strike"}},
            {"verb": "reject", "row": "e2"},
        ],
        why="the second is the same strike, told again",
        seen=12,
    )

    decisions: Annotated[list[One], Field(min_length=1, max_length=200)]
    why: Why = ""
    seen: Annotated[
        int | None,
        Field(ge=1, le=MOST, description="The coding that was looked at: a row that was changed since is a conflict."),
    ] = None


class OfReport(Asked):
    """Decisions on rows of one of several reports."""

    report: Id
    decisions: Annotated[list[One], Field(min_length=1, max_length=200)]
    seen: Annotated[int | None, Field(ge=1, le=MOST)] = None


class ManyDecisions(Asked):
    """Decisions on rows of several reports; those of each report are carried out all or not at all."""

    model_config = example(
        reports=[{"report": "port-1", "decisions": [{"verb": "accept", "row": "e1"}], "seen": 12}],
        why="read in full",
    )

    reports: Annotated[list[OfReport], Field(min_length=1, max_length=500)]
    why: Why = ""


class Reason(Asked):
    """Why something is done."""

    model_config = example(why="it was the other row")

    why: Why = ""


class NewState(Asked):
    """How far people are with a report."""

    model_config = example(state="ready for review", why="")

    state: State
    why: Why = ""


class NewFlag(Asked):
    """Whether others should look at a report."""

    model_config = example(flagged=True, why="the two sources name different towns")

    flagged: bool
    why: Why = ""


class ChangeTold(Told):
    """One value that was changed; an empty column is the whole row."""

    what: str
    about: str
    column: str
    old: str
    new: str


class Done(Told):
    """What came of a decision. Where nothing was to be changed, `act` is 0."""

    model_config = example(
        act=7,
        report="port-1",
        verb="correct",
        coding=13,
        rows=["e1"],
        changes=[{"what": "corrected", "about": "port-1#e1", "column": "mode", "old": "demo", "new": "strike"}],
    )

    act: int
    report: str
    verb: str
    coding: int | None
    """The coding that holds now; null where none was made."""
    rows: list[str]
    changes: list[ChangeTold]


class Outcome(Told):
    """What came of the decisions on one report: `done`, or why they were not carried out."""

    report: str
    done: Done | None
    refused: str | None

    @classmethod
    def of(cls, outcome: model.Done | Refused) -> Outcome:
        """From what the workspace says."""
        if isinstance(outcome, Refused):
            return cls(report=outcome.report, done=None, refused=outcome.why)
        return cls(report=outcome.report, done=Done.model_validate(outcome), refused=None)


class ActTold(Told):
    """Something that a person did, which can be undone."""

    model_config = example(
        number=7,
        report="port-1",
        who="A. Editor",
        made="2024-06-01T12:00:00+00:00",
        verb="correct",
        rows=["e1"],
        before=12,
        after=13,
        of=None,
        why="the report says so",
    )

    number: int
    report: str | None
    who: str
    made: str
    verb: str
    rows: list[str]
    before: int | None
    """The coding that it was made from."""
    after: int | None
    """The coding that it made."""
    of: int | None
    """The act that it undid or did again."""
    why: str

    @classmethod
    def of_act(cls, act: Act, *, named: bool) -> ActTold:
        """From what the store has; ``named``: with who did it."""
        return cls(**same(cls, act, "who"), who=act.who if named else UNNAMED)


class Steps(Told):
    """What the person would undo, and do again, next."""

    undo: ActTold | None
    redo: ActTold | None


class StandingTold(Told):
    """How far people are with a report, who said so last and when."""

    model_config = example(state="in progress", flagged=False, who="A. Editor", since="2024-06-01T12:00:00+00:00")

    state: State
    flagged: bool
    who: str
    since: str


class CodingTold(Told):
    """One coding of a report."""

    model_config = example(
        number=12,
        coder="dateline",
        version="0.1.0",
        codebook="plover 1.0",
        model=None,
        made="2024-06-01T12:00:00+00:00",
        by_hand=False,
        blind=False,
        events=4,
        holds=True,
    )

    number: int
    coder: str
    version: str
    codebook: str
    model: str | None
    made: str
    by_hand: bool
    blind: bool
    events: int
    holds: bool
    """Whether it is the one that the person works on."""
