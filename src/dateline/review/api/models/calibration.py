"""The calibration of the coder's chances: what it is, and how far chances come true."""

from __future__ import annotations

from dateline.evaluate.calibration.learn import Learned, Reliability, Result
from dateline.model import CoderInfo
from dateline.review.api.models.base import Told, example, same
from dateline.store.calibration.model import Calibration, Curve, Method

_STEPS = 20


class CoderTold(Told):
    """A coder of a version."""

    name: str
    version: str
    codebook: str
    model: str | None


class PointTold(Told):
    """What a chance of the coder becomes."""

    chance: float
    becomes: float


class CurveTold(Told):
    """The curve of one field: `row`, or a value of the row."""

    field: str
    method: Method
    points: list[PointTold]
    """From 0 to 1 in equal steps."""

    @classmethod
    def of(cls, field: str, curve: Curve) -> CurveTold:
        """From what the project's file has."""
        chances = [step / _STEPS for step in range(_STEPS + 1)]
        return cls(
            field=field,
            method=curve.method,
            points=[PointTold(chance=chance, becomes=round(curve(chance), 4)) for chance in chances],
        )


class CalibrationTold(Told):
    """The calibration that holds; `coder` is null where the chances are the coder's own."""

    model_config = example(
        coder={"name": "dateline", "version": "1.0", "codebook": "plover 1.0", "model": "encoder 1.0"},
        rows=420,
        reports=160,
        made="2024-06-01T12:00:00+00:00",
        curves=[{"field": "row", "method": "platt", "points": [{"chance": 0.5, "becomes": 0.62}]}],
        waiting=0,
    )

    coder: CoderTold | None
    """Whose chances it is for."""
    rows: int
    """Reviewed rows that it was fitted to."""
    reports: int
    made: str | None
    curves: list[CurveTold]
    """A field without one has the coder's own chances."""
    waiting: int
    """Reports whose codings do not have these chances yet: `dateline calibrate` goes on with them."""

    @classmethod
    def of(cls, made: Calibration | None, waiting: int) -> CalibrationTold:
        """From what the project has."""
        if made is None:
            return cls(coder=None, rows=0, reports=0, made=None, curves=[], waiting=waiting)
        return cls(
            coder=_coder(made.coder),
            rows=made.rows,
            reports=made.reports,
            made=made.made,
            curves=[CurveTold.of(field, curve) for field, curve in made.curves.items()],
            waiting=waiting,
        )


class BinTold(Told):
    """The rows with a chance in `[low, high)`: their mean chance, the share that came true, its 95% interval."""

    low: float
    high: float
    cases: int
    chance: float | None
    """null: there is no such row."""
    right: float | None
    least: float | None
    most: float | None


class ScoresTold(Told):
    """How far chances come true; of all three figures 0 is best."""

    loss: float
    """The logarithmic loss."""
    brier: float
    error: float
    """The mean distance from what came true."""
    bins: list[BinTold]

    @classmethod
    def of(cls, one: Reliability) -> ScoresTold:
        """From what was learned."""
        bins = [BinTold.model_validate(part) for part in one.bins]
        return cls(bins=bins, **same(cls, one, "bins"))


class FieldLearned(Told):
    """One field: before, and after on reports that the curve was not fitted to."""

    field: str
    cases: int
    right: int
    reports: int
    method: Method | None
    """null: no curve is better than the chances as they are."""
    before: ScoresTold
    after: ScoresTold

    @classmethod
    def of(cls, one: Learned) -> FieldLearned:
        """From what was learned."""
        given = same(cls, one, "before", "after")
        return cls(before=ScoresTold.of(one.before), after=ScoresTold.of(one.after), **given)


class ReliabilityTold(Told):
    """How far the chances of a coder come true, by the rows that people reviewed."""

    model_config = example(
        coder={"name": "dateline", "version": "1.0", "codebook": "plover 1.0", "model": "encoder 1.0"},
        rows=420,
        reports=160,
        fields=[],
        lacking={"date": "2 right ones and 40 wrong ones are too few"},
    )

    coder: CoderTold
    rows: int
    reports: int
    fields: list[FieldLearned]
    lacking: dict[str, str]
    """Fields of which too little was reviewed, and what is lacking."""

    @classmethod
    def of(cls, result: Result) -> ReliabilityTold:
        """From what was learned."""
        return cls(
            coder=_coder(result.coder),
            rows=result.rows,
            reports=result.reports,
            fields=[FieldLearned.of(one) for one in result.learned],
            lacking={one.field: one.lacks for one in result.lacking},
        )


def _coder(coder: CoderInfo) -> CoderTold:
    return CoderTold.model_validate(coder)
