"""Whether a cell still says what it said, allowing for what spreadsheets do to text that a person never touched."""

from __future__ import annotations

import re
from itertools import permutations

from dateline.export.formats.rows import Cell
from dateline.export.formats.sheet import shown
from dateline.export.formats.xlsx import LONGEST
from dateline.export.safe import unguarded

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?Z?\Z", re.ASCII)
_PARTS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", re.ASCII)


def text(value: Cell) -> str:
    """What a cell of the sheet holds, as it is read back."""
    told = shown(value)
    return "" if told is None else unguarded(str(told)).strip()


def same(was: Cell, given: str) -> bool:
    """Whether a cell was left as it was.

    White space, capital letters of true and false, the noughts of a number ("046" as 46) and the order in which a
    spreadsheet shows a day (17/01/2020) make no difference, and neither does what a cell has no room for.
    """
    before, now = _plain(text(was)), _plain(unguarded(given))
    if before == now:
        return True
    if isinstance(was, bool):
        return before == now.casefold()
    if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(now):
        return float(before) == float(now)
    if day := _DAY.fullmatch(before):
        return _is_day(day.groups(), now)
    return len(now) >= LONGEST - 1 and before.startswith(now.removesuffix("…"))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _is_day(day: tuple[str | None, ...], given: str) -> bool:
    """Whether these are the same year, month and day in whatever order, the year perhaps in two digits."""
    parts = _PARTS.fullmatch(_MIDNIGHT.sub("", given))
    if parts is None:
        return False
    year, month, number = (int(part or 0) for part in day)
    told = [int(part) for part in parts.groups()]
    return any(told == list(order) for y in (year, year % 100) for order in permutations((y, month, number)))
