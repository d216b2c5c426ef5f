"""The words by which a report says that it corrects an earlier version of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.lang.lexicon import Made, any_of, words
from dateline.model import Report

_NOTES: Made[re.Pattern[str]] = any_of(words("pages.correction_notes"))
_EARLIER: Made[re.Pattern[str]] = any_of(words("pages.earlier_versions"))
_OPENING = re.compile(r"[\s\W]*")
_MARK = re.compile(r"\s*(?:[:.;,()\]–—-]|$)")


def correction_in(report: Report) -> str | None:
    """The title or paragraph in which a report calls itself a correction of what was said before; None without one.

    A note opens so ("Correction: ...", "(Corrects the name ...)"), or names an earlier version anywhere.
    """
    for text in _paragraphs(report):
        at = _OPENING.match(text)
        start = at.end() if at else 0
        note = _NOTES().match(text, start)
        bracketed = text[:start].strip().endswith(("(", "["))
        if note and (bracketed or _MARK.match(text, note.end())):
            return text
        if _EARLIER().search(text):
            return text
    return None


def _paragraphs(report: Report) -> Iterator[str]:
    if report.title:
        yield report.title
    for block in report.blocks:
        yield report.text[block.start : block.end]
