"""What was learned of a coder's chances, told: as text, as JSON, as a page with the reliability curves drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TextIO, get_args

from dateline.errors import UnknownFormatError
from dateline.evaluate.calibration.learn import Bin, Learned, Reliability, Result
from dateline.export.page.fill import asset, environment, fingerprint
from dateline.export.safe import json_line, one_line
from dateline.export.statement import number
from dateline.store.calibration.model import ROW

Format = Literal["text", "json", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
_HOME = ("evaluate",)
_SIZE, _LEFT, _TOP = 240.0, 40.0, 12.0
_LARGEST, _SMALLEST = 7.0, 2.5


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin as it is drawn: where it stands, how large, from where to where its interval goes, and in words."""

    x: float
    y: float
    r: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A reliability curve, drawn."""

    name: str
    words: str
    dots: tuple[Dot, ...]


def check_format(name: str) -> None:
    """Raise :class:`UnknownFormatError` for a form that there is not."""
    if name not in FORMATS:
        raise UnknownFormatError(f"a calibration cannot be told as {name!r}; use one of {', '.join(FORMATS)}")


def write(result: Result, out: TextIO, format: str) -> None:
    """Tell what was learned."""
    if format == "json":
        out.write(json_line(json.dumps(asdict(result), ensure_ascii=False, indent=1, allow_nan=False)) + "\n")
    elif format == "html":
        _page(result, out)
    else:
        out.write("\n".join(lines(result)) + "\n")


def heading(result: Result) -> str:
    """How much was learned of whom."""
    of = one_line(f"{result.coder.name} {result.coder.version}".strip(), 80)
    return f"{of}: {number(result.rows, 'reviewed row')} in {number(result.reports, 'report')}"


def method_words(learned: Learned) -> str:
    """What becomes of a field's chances."""
    if learned.method is None:
        return "no curve comes so much nearer to what people found that these chances should change"
    curve = "a logistic curve (Platt)" if learned.method == "platt" else "rising steps (isotonic)"
    return f"by {curve}, which comes nearer on reports that it was not fitted to"


def lines(result: Result) -> Iterator[str]:
    """The text: of each field its measures before and after, and the reliability curve of the rows."""
    yield heading(result)
    yield from notes(result)
    yield ""
    yield f"{'':14}{'cases':>7}{'right':>8}  {'loss':>15}{'Brier':>15}{'off by':>15}"
    for one in result.learned:
        before, after = one.before, one.after
        pairs = ((before.loss, after.loss), (before.brier, after.brier), (before.error, after.error))
        told = "".join(f"{f'{was:.3f} → {now:.3f}':>15}" for was, now in pairs)
        yield f"{_name(one.field):14}{one.cases:>7,}{one.right / one.cases:>8.0%}  {told}"
    for one in result.learned:
        yield f"  {_name(one.field)}: {method_words(one)}"
    for lacking in result.lacking:
        yield f"  {_name(lacking.field)}: stays as it is; {lacking.lacks} are lacking"
    yield ""
    yield "The chance of a row: how often it came true, before and after"
    yield f"{'chance':>11}{'rows':>7}{'mean':>7}{'right':>7}  {'95%':12}{'':4}{'rows':>5}{'mean':>7}{'right':>7}  95%"
    for was, now in zip(result.row.before.bins, result.row.after.bins, strict=True):
        span = f"{was.low:.1f} to {was.high:.1f}"
        yield f"{span:>11}{_cells(was)}{'':2}{_cells(now)}".rstrip()


def notes(result: Result) -> tuple[str, ...]:
    """What goes with every figure."""
    told = [
        f"After is cross-validated in {result.folds} folds of whole reports: a chance by the curve of the other folds.",
        "Rows are not drawn by lot: people review first what is at stake, and what holds of those may not hold of all.",
    ]
    if result.others:
        told.append(f"Passed over: {number(result.others, 'reviewed report')} of another coder or version.")
    return tuple(told)


def _name(field: str) -> str:
    return "the row" if field == ROW else field


def _cells(one: Bin) -> str:
    if one.chance is None or one.right is None:
        return f"{0:>7}{'–':>7}{'–':>7}  {'':12}"
    return f"{one.cases:>7,}{one.chance:>7.2f}{one.right:>7.2f}  {f'{one.least:.2f} to {one.most:.2f}':12}"


def _page(result: Result, out: TextIO) -> None:
    """One HTML file that opens offline and has no script."""
    style = asset("style.css") + asset("evaluate.css", _HOME) + asset("calibration.css", _HOME)
    for part in (
        environment(_HOME)
        .get_template("calibration.html")
        .generate(
            heading=heading(result),
            notes=notes(result),
            fields=[(one, _name(one.field), method_words(one), panels(one)) for one in result.learned],
            lacking=[(_name(one.field), one.lacks) for one in result.lacking],
            size=_SIZE,
            left=_LEFT,
            top=_TOP,
            ticks=[(f"{tick / 4:.2f}".rstrip("0").rstrip("."), _SIZE * tick / 4) for tick in range(5)],
            style=style,
            style_hash=fingerprint(style),
        )
    ):
        out.write(part)


def panels(learned: Learned) -> tuple[Panel, Panel]:
    """The reliability curves of a field, before and after."""
    return _panel("before", learned.before), _panel("after, cross-validated", learned.after)


def _panel(name: str, told: Reliability) -> Panel:
    most = max(one.cases for one in told.bins)
    words = f"logarithmic loss {told.loss:.3f}, Brier’s score {told.brier:.3f}, off by {told.error:.3f} in the mean"
    return Panel(name, words, tuple(_dots(told.bins, most)))


def _dots(bins: Sequence[Bin], most: int) -> Iterator[Dot]:
    for one in bins:
        if one.chance is None or one.right is None or one.least is None or one.most is None:
            continue
        yield Dot(
            x=round(_SIZE * one.chance, 1),
            y=round(_SIZE * (1 - one.right), 1),
            r=round(max(_LARGEST * (one.cases / most) ** 0.5, _SMALLEST), 1),
            top=round(_SIZE * (1 - one.most), 1),
            bottom=round(_SIZE * (1 - one.least), 1),
            words=f"{number(one.cases, 'row')} with a mean chance of {one.chance:.2f}: {one.right:.0%} right "
            f"({one.least:.0%} to {one.most:.0%})",
        )
