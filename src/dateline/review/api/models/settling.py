"""What settles where coders differ: two codings beside each other, what is wanted of each row, what came of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.review.api.models.base import Asked, Number, Told, example, same
from dateline.review.api.models.deciding import ActTold, Edits, Id, Why
from dateline.review.team.adjudicating import Case, Outcome, Taken, Wish
from dateline.review.team.beside import RowBeside
from dateline.store.review.team.coded import Version


class WaitingTold(Told):
    """A report that several code blind: how many do, how many of them are done."""

    model_config = example(report="port-1", title="Cranes stand still", coders=2, done=2)

    report: str
    title: str
    coders: int
    done: int


class VersionTold(Told):
    """A coding as one side of a comparison."""

    number: int
    coder: str
    blind: bool
    machine: bool
    made: str


class FieldOfTwo(Told):
    """A field as two codings have it, in words; `is_alike`: they mean one value, however it is worded."""

    field: str
    left: str
    right: str
    is_alike: bool


class RowOfTwo(Told):
    """An event of both codings, or of one of them."""

    name: str
    """What the wishes for it name."""
    left: str | None
    """The id of the left coding's row; null: it has none."""
    right: str | None
    left_sentence: str
    right_sentence: str
    evidence: str
    fields: list[FieldOfTwo]
    differs: bool

    @classmethod
    def of(cls, row: RowBeside) -> RowOfTwo:
        """From what stands beside each other on the page."""
        given = same(cls, row, "left", "right", "fields")
        fields = [FieldOfTwo.model_validate(one) for one in row.fields]
        return cls(left=row.left and row.left.id, right=row.right and row.right.id, fields=fields, **given)


class CaseTold(Told):
    """Two codings of a report beside each other. `seen` goes into what settles it."""

    model_config = example(
        report="port-1",
        left={"number": 4, "coder": "A. Editor", "blind": True, "machine": False, "made": "2024-06-01T12:00:00+00:00"},
        right={"number": 5, "coder": "B. Editor", "blind": True, "machine": False, "made": "2024-06-01T12:30:00+00:00"},
        others=[],
        rows=[
            {
                "name": "1",
                "left": "e1",
                "right": "e1",
                "left_sentence": "dockers went on strike",
                "right_sentence": "dockers marched",
                "evidence": "Dockers stopped work and marched.",
                "fields": [{"field": "mode", "left": "strike", "right": "demo", "is_alike": False}],
                "differs": True,
            }
        ],
        seen=3,
        settled=None,
    )

    report: str
    left: VersionTold
    right: VersionTold
    others: list[VersionTold]
    rows: list[RowOfTwo]
    seen: int
    settled: ActTold | None

    @classmethod
    def of(cls, case: Case) -> CaseTold:
        """From what the page of adjudication shows."""
        return cls(
            report=case.report,
            left=_version(case.left),
            right=_version(case.right),
            others=[_version(one) for one in case.others],
            rows=[RowOfTwo.of(row) for row in case.rows],
            seen=case.seen,
            settled=case.settled and ActTold.of_act(case.settled, named=True),
        )


def _version(version: Version) -> VersionTold:
    return VersionTold.model_validate(version)


class WishTold(Asked):
    """What is wanted of one row: nothing of it, or from whom each field is taken.

    A field that is not named is taken from the left. `own` are values for columns of the sheet, in place of both.
    """

    keep: bool = True
    fields: Annotated[dict[Id, Taken], Field(max_length=40)] = Field(default_factory=dict)
    own: Edits = Field(default_factory=dict)

    @property
    def wish(self) -> Wish:
        """The same as the workspace carries it out."""
        return Wish(self.keep, self.fields, self.own)


class Settlement(Asked):
    """What holds of a report that two coded differently; rows that are not named are kept as the left has them."""

    model_config = example(
        left=4,
        right=5,
        seen=3,
        rows={"1": {"keep": True, "fields": {"mode": "right"}, "own": {}}},
        why="the report says that they stopped work",
    )

    left: Number
    right: Number
    seen: Number
    rows: Annotated[dict[Id, WishTold], Field(max_length=500)]
    why: Why = ""


class OutcomeTold(Told):
    """What somebody coded blind (left) beside what was settled (right)."""

    model_config = example(
        report="port-1",
        settled={
            "number": 9,
            "report": "port-1",
            "who": "C. Editor",
            "made": "2024-06-02T12:00:00+00:00",
            "verb": "adjudicate",
            "rows": ["e1"],
            "before": 3,
            "after": 6,
            "of": None,
            "why": "the report says that they stopped work",
        },
        rows=[],
    )

    report: str
    settled: ActTold
    rows: list[RowOfTwo]

    @classmethod
    def of(cls, outcome: Outcome) -> OutcomeTold:
        """From what the page shows."""
        return cls(
            report=outcome.report,
            settled=ActTold.of_act(outcome.settled, named=True),
            rows=[RowOfTwo.of(row) for row in outcome.rows],
        )
