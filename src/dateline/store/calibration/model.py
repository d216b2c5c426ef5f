"""How a chance becomes another one, and the file that a project keeps it in."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import Any, Literal, get_args

from dateline.coder.shown import all_suggested
from dateline.errors import StoreError
from dateline.files.write import replace_whole
from dateline.form import plain
from dateline.model import Chances, CoderInfo
from dateline.rules import rule

FILE = "calibration.json"
FORMAT = 1

ROW = "row"
"""The chance of a row as a whole; the others are those of :class:`dateline.model.Chances`."""
FIELDS: tuple[str, ...] = (ROW, *(field.name for field in fields(Chances)))

LEAST, MOST = 0.01, 0.99
"""No figure of a coder is taken for certain, and none is made so."""

_PLACES = 2
_CALIBRATED = rule("chance.calibrated", "{old:.2f} by the coder, {new:.2f} as the rows that people reviewed tell")
_SUGGESTED, _LEFT_OUT = "all-suggested", "all-left-out"

_Again = Literal["place", "date"]
Method = Literal["platt", "isotonic"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Curve:
    """What a chance becomes.

    ``platt``: the logistic curve of ``slope`` and ``shift`` over the log odds. ``isotonic``: straight lines between
    ``knots``, pairs of a chance and what it becomes, in order.
    """

    method: Method
    slope: float = 1.0
    shift: float = 0.0
    knots: tuple[tuple[float, float], ...] = ()

    def __call__(self, chance: float) -> float:
        """The chance that it becomes, from :data:`LEAST` to :data:`MOST`."""
        if self.method == "platt":
            odds = max(-50.0, min(50.0, self.slope * log_odds(chance) + self.shift))
            return _bounded(1 / (1 + exp(-odds)))
        at = bisect_left(self.knots, chance, key=lambda knot: knot[0])
        if at == 0 or at == len(self.knots):
            return _bounded(self.knots[min(at, len(self.knots) - 1)][1])
        (left, low), (right, high) = self.knots[at - 1], self.knots[at]
        # No rounding makes a line rise above its end.
        return _bounded(min(high, low + (high - low) * (chance - left) / (right - left)))


def log_odds(chance: float) -> float:
    """The logarithm of a chance's odds, the chance within the bounds of what is taken for uncertain."""
    sure = min(max(chance, LEAST), MOST)
    return log(sure / (1 - sure))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curves of a project for one coder's chances, by field; a field without one stays as it is.

    ``rows`` and ``reports`` are those reviewed ones that they were fitted to; ``made`` is when.
    """

    coder: CoderInfo
    curves: Mapping[str, Curve]
    rows: int
    reports: int
    made: str

    def to_json(self) -> str:
        """The file's text: the same bytes for the same calibration."""
        curves = {name: asdict(self.curves[name]) for name in FIELDS if name in self.curves}
        told = {
            "format": FORMAT,
            "coder": asdict(self.coder),
            "rows": self.rows,
            "reports": self.reports,
            "made": self.made,
            "curves": curves,
        }
        return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of what decides a chance: who reviewed when makes no difference to it."""
        curves = {name: asdict(curve) for name, curve in sorted(self.curves.items())}
        text = json.dumps([FORMAT, asdict(self.coder), curves], sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    def write(self, path: Path) -> None:
        """Write the file, whole, in the place of an earlier one."""
        replace_whole(path, self.to_json())

    @classmethod
    def read(cls, path: Path) -> Calibration | None:
        """The calibration of a file; None where there is no file. Raises :class:`StoreError` for another file."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{path} cannot be read ({error}); {_MEND}") from error
        try:
            if told["format"] != FORMAT:
                raise StoreError(f"{path} was written by another version of dateline; {_MEND}")
            curves = {str(name): _curve(name, curve) for name, curve in told["curves"].items()}
            return cls(CoderInfo(**told["coder"]), curves, int(told["rows"]), int(told["reports"]), str(told["made"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StoreError(f"{path} is no calibration ({error}); {_MEND}") from error


_MEND = "write it anew: dateline calibrate; or do without: dateline calibrate --undo"


def _curve(name: str, told: Mapping[str, Any]) -> Curve:
    method = next((method for method in METHODS if method == told["method"]), None)
    if name not in FIELDS or method is None:
        raise ValueError(f"there is no curve of {name!r} by {told['method']!r}")
    knots = tuple((float(a), float(b)) for a, b in told["knots"])
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(knots))
    if not rising or (method == "isotonic" and not knots):
        raise ValueError(f"the knots of {name!r} do not rise")
    return Curve(method, float(told["slope"]), float(told["shift"]), knots)


def recalibrated(form: Mapping[str, Any], calibration: Calibration, at_least: float) -> dict[str, Any]:
    """The form of a coding of the calibration's coder with its chances as the curves have them, nothing else changed.

    It is the form that is changed: a coding of which nothing but chances is looked at need not be built and taken apart
    again, which costs five times as much.

    The bound ``at_least`` is put to the new chances: rows can become events, and events suggestions. A row without a
    chance stays what it is.
    """
    every = (*form["events"], *form.get("suggestions", ()))
    rows = sorted((_row(row, calibration.curves) for row in every), key=_in_text)
    shown = [row for row in rows if row["chance"] is None or row["chance"] >= at_least]
    suggested = [row for row in rows if not (row["chance"] is None or row["chance"] >= at_least)]
    notes = [note for note in form.get("notes", ()) if note["code"] != _SUGGESTED]
    if shown:
        notes = [note for note in notes if note["code"] != _LEFT_OUT]
    elif suggested:
        notes = [plain(all_suggested(len(suggested))), *notes]
    return {**form, "events": shown, "suggestions": suggested, "notes": notes}


def _in_text(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["trigger"]["start"], row["trigger"]["end"]


def _row(row: Mapping[str, Any], curves: Mapping[str, Curve]) -> dict[str, Any]:
    before = {field.name: (row.get("chances") or {}).get(field.name) for field in fields(Chances)}
    chances = {name: _through(curves.get(name), chance) for name, chance in before.items()}
    old = row.get("chance")
    chance = _through(curves.get(ROW), old)
    made = {**row, "chance": chance, "chances": chances}
    if old is not None and chance != old:
        made["because"] = [*row.get("because", ()), plain(_CALIBRATED.because(field=ROW, old=old, new=chance))]
    # A place or a date that is there has the chance of its field, given once more with its words.
    for name in get_args(_Again):
        part = row.get(name)
        if part is not None and part.get("chance") == before[name]:
            made[name] = {**part, "chance": chances[name]}
    return made


def _through(curve: Curve | None, chance: float | None) -> float | None:
    return chance if curve is None or chance is None else round(curve(chance), _PLACES)


def _bounded(chance: float) -> float:
    return min(max(chance, LEAST), MOST)
