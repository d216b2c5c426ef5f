"""Where a person's words stand in a report, allowing for what retyping and spreadsheets do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from dateline.errors import SheetError
from dateline.export.safe import on_one_line
from dateline.model import Report, Span

_MOST = 20
_ALIKE = ("'‘’‚‛′`´", '"“”„‟«»″', "-‐‑‒–—―−")
_CLASSES = {c: f"[{re.escape(group)}]" for group in _ALIKE for c in group} | {"…": r"(?:…|\.\.\.)"}


def places(words: str, report: Report, within: Span | None = None) -> list[Span]:
    """Where the words stand whole, in the order of the text, at most 20 of them.

    Runs of white space, the kinds of quotation marks and dashes, and capital letters make no difference.
    """
    return list(islice(_found(words, report, within), _MOST))


def _found(words: str, report: Report, within: Span | None) -> Iterator[Span]:
    parts = words.split()
    if not parts:
        return
    pattern = r"\s+".join("".join(_CLASSES.get(c, re.escape(c)) for c in part) for part in parts)
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    start, end = (within.start, within.end) if within else (0, len(report.text))
    for found in re.compile(before + pattern + after, re.I).finditer(report.text, start, end):
        yield report.span(found.start(), found.end())


def sentence(words: str, report: Report) -> Span:
    """Where a sentence stands: the first of several. Raises :class:`SheetError` where it stands nowhere."""
    found = next(_found(words, report, None), None)
    if found is None:
        raise SheetError(
            f"the sentence {_short(words)!r} is not in the text of report {report.id[:60]!r}",
            "copy it from the text as it stands there",
        )
    return found


def at(words: str, report: Report, start: int | None, end: int | None) -> Span | None:
    """The span from ``start`` to ``end``, if it has these words; None where the sheet does not say or errs."""
    if start is None or end is None or not 0 <= start < end <= len(report.text):
        return None
    same = _line(report.text[start:end]) == _line(words)
    return report.span(start, end) if same else None


def trigger(words: str, report: Report, within: Span | None, nth: int, start: int | None) -> Span:
    """Where a trigger stands, in its sentence if that is known.

    ``nth`` is how many rows before this one have the same words in the same sentence: each takes the next of them.
    Raises :class:`SheetError` where they stand nowhere, or in several places of a report with nothing to choose by.
    """
    where = "its sentence" if within else f"the text of report {report.id[:60]!r}"
    found = places(words, report, within)
    if start is not None:
        found = [span for span in found if span.start == start]
        where = f"{where} at character {start}"
    if not found:
        raise SheetError(f"the words {_short(words)!r} are not in {where}", "copy them from the text as they stand")
    if within is None and len(found) > 1:
        raise SheetError(
            f"the words {_short(words)!r} stand in several places of report {report.id[:60]!r}",
            "say which is meant: give the sentence in a column 'evidence', or the first character in 'trigger_start'",
        )
    return found[min(nth, len(found) - 1)]


def nearest(words: str, report: Report, to: Span, within: Span | None) -> Span | None:
    """The words in the sentence, else anywhere, where they stand nearest to the trigger; None where nowhere.

    Words that were cut short ("…") are found by what is left of them.
    """
    if words.endswith("…"):
        words = words[:-1].rstrip()
    found = (places(words, report, within) if within else []) or places(words, report)
    return min(found, key=lambda span: (max(to.start - span.end, span.start - to.end, 0), span.start), default=None)


def _line(words: str) -> str:
    """How a sheet shows words: on one line, with signs for what cannot be seen."""
    return " ".join(on_one_line(words).split()).casefold()


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"
