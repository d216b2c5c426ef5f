"""The page as text: the first screen, and behind it every report with what was coded of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from dateline.export.page.fill import filled
from dateline.export.page.overview.entries import entry_of
from dateline.export.page.overview.view import Group, Noun, Overview, overview
from dateline.export.page.spans import Ids
from dateline.export.page.views import about, report_view, types_of
from dateline.export.statement import LIMITS, OUTLINES, KeptBack, Statement, how_reviewed, number
from dateline.export.words import title_words
from dateline.model import Coding

MENTIONS = Noun("event mention", "report")
STYLE = ("style.css", "overview.css")
REPORT_SCRIPT = ("script/light.js",)
_MAP = ("vendor/d3-zoom.js", "script/map.js")
_MANY = ("script/open.js", "script/filter.js")


def write(codings: Iterable[Coding], out: TextIO, *, kept_back: KeptBack | None = None) -> None:
    """One HTML file of all codings. It holds them at once: the first screen needs every one.

    ``kept_back`` counts what is confidential and not among them.
    """
    everything = list(codings)
    for part in index(everything, within=True, kept_back=kept_back):
        out.write(part)


def index(codings: Sequence[Coding], *, within: bool, kept_back: KeptBack | None = None) -> Iterator[str]:
    """The first screen, and ``within`` it the reports; else each is on a page of its own (:func:`report_page`)."""
    statement = Statement(kept_back=kept_back)
    for coding in codings:
        statement.add(coding)
    types = types_of(codings)
    type_ids = {row.name: row.id for row in types}
    seen = overview([_group(coding, at, within) for at, coding in enumerate(codings, 1)], MENTIONS)
    return filled(
        "page.html",
        STYLE,
        scripts(seen, len(codings)),
        reviewed=how_reviewed(event for coding in codings for event in coding.events),
        heading=f"{number(statement.events, 'event mention')} in {number(statement.reports, 'report')}",
        limits=LIMITS,
        seen=seen,
        within=within,
        reports=(report_view(coding, at, type_ids) for at, coding in enumerate(codings, 1)) if within else (),
        many=len(codings) > 1,
        none=not codings,
        keyed=within and any(coding.rows or coding.attributions or coding.places for coding in codings),
        outlines=OUTLINES,
        types=types,
        statement=statement.rows(),
    )


def report_page(coding: Coding, at: int, reports: int) -> Iterator[str]:
    """The page of the ``at``-th of so many reports, in a folder of pages."""
    types = types_of([coding])
    view = report_view(coding, at, {row.name: row.id for row in types})
    return filled(
        "report_page.html",
        STYLE,
        REPORT_SCRIPT,
        reviewed=how_reviewed(coding.events),
        heading=view.title,
        limits=LIMITS,
        report=view,
        at=at,
        reports=reports,
        keyed=bool(coding.rows or coding.attributions or coding.places),
        types=types,
    )


def scripts(seen: Overview, parts: int) -> tuple[str, ...]:
    """The scripts of a page: what it has no use for is left away."""
    return (*(_MANY if parts > 1 else ()), *REPORT_SCRIPT, *(_MAP if seen.drawing else ()))


def _group(coding: Coding, at: int, within: bool) -> Group:
    ids = Ids(f"r{at}")
    page = "" if within else f"{ids.report}.html"
    entries = (
        entry_of(coding, event, ids.event(n), f"{page}#{ids.event(n)}") for n, event in enumerate(coding.events, 1)
    )
    return Group(ids.report, f"{page}#{ids.report}", title_words(coding.report), about(coding.report), tuple(entries))
