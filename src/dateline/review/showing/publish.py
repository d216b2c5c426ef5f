"""A view of the data as one page that can be published, and set into another: it holds everything and runs nothing.

Names stay at home, and so does what is confidential: a row says what, when and where, how many, and which outlet
published it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from markupsafe import Markup

from dateline.export.page.fill import asset, environment, fingerprint
from dateline.export.phrases import label
from dateline.export.safe import address, one_line
from dateline.export.statement import LIMITS, OUTLINES, Statement, number
from dateline.export.words import COUNT_WORDS, MODALITY_WORDS, edtf_words
from dateline.review.blind import all_seen
from dateline.review.showing import shown
from dateline.review.showing.drawing import box_of, draw, whole_view, window
from dateline.review.showing.filters import Chip, chips_of
from dateline.review.showing.line_drawing import draw_line
from dateline.review.showing.lines import line_shown
from dateline.review.showing.marks import Mark, place_key
from dateline.review.web.page import HOME
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.index.lines import RowLine, Totals
from dateline.store.index.query import Query
from dateline.store.kept.codings import coders
from dateline.store.review.acts import put_log
from dateline.store.review.people import Person

PUBLISHED = "published"
"""What the log calls it."""
MOST = 2000
"""Rows that a page tells one by one; its numbers count all."""
_AT_ONCE = 500
_PUBLISHERS = 500
NAMES = "left out: who took part, who was harmed and who said so does not stand on this page"
QUOTATIONS = "left out, as are the titles of reports"


@dataclass(frozen=True, slots=True)
class Told:
    """A row as a line of the page; ``href`` leads to the report where its outlet has it."""

    when: str
    what: str
    marks: tuple[str, ...]
    counts: tuple[str, ...]
    publisher: str
    published: str
    href: str
    status: str


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place of the page with its rows; ``mark`` is None for rows without a place."""

    id: str
    name: str
    mark: Mark | None
    told: tuple[Told, ...]


def published(workspace: Workspace, query: Query, *, view: str = "", title: str = "") -> str:
    """The page of a view. Raises :class:`ReviewError` for a part of the world that is none, and
    :class:`NotAllowedError` for who codes reports blind.
    """
    all_seen(workspace)
    kept = shown.to_publish(query)
    marks = shown.found_marks(workspace, kept)
    drawn = [mark for mark in marks if mark.kind != "beside"]
    box = box_of(view)
    times = line_shown(workspace, kept)
    rows = tuple(_rows(workspace, kept))
    covered = workspace.index.totals(kept)
    ids = {mark.key: f"place-{at}" for at, mark in enumerate(marks, 1)}
    secret = 0 if query.confidential else workspace.index.totals(replace(query, confidential="yes")).rows
    styles = Markup("").join((asset("style.css"), asset("published.css", (*HOME, "static"))))
    template = environment(HOME).get_template("published.html")
    return template.render(
        heading=one_line(title, 120) or "What is told, where and when",
        style=styles,
        style_hash=fingerprint(styles),
        limits=LIMITS,
        outlines=OUTLINES,
        chips=tuple(_chips(query)),
        covered=covered,
        map_drawing=draw(drawn, window(box) if box else whole_view(drawn)) if drawn else None,
        line_drawing=draw_line(times),
        times=times,
        ids=ids,
        days={bar.key: f"day-{at}" for at, bar in enumerate(times.bars, 1)},
        places=tuple(_places(workspace, marks, rows, ids)),
        told=len(rows),
        secret=secret,
        statement=_statement(workspace, kept, covered, secret),
    )


def publish(workspace: Workspace, query: Query, person: Person, *, view: str = "", title: str = "") -> str:
    """The page of a view for somebody who takes it out of the project: the log says who did, and of what view.

    Raises as :func:`published` does.
    """
    made = published(workspace, query, view=view, title=title)
    kept = shown.to_publish(query)
    covered = workspace.index.totals(kept)
    details = {
        "filters": [list(one) for one in kept.parameters()],
        "view": view,
        "title": one_line(title, 120),
        "rows": covered.rows,
        "reports": covered.reports,
        "sha256": sha256(made.encode()).hexdigest(),
    }
    with workspace.project.database.writing() as db:
        put_log(db, person, PUBLISHED, kept.address(shown.PATH, view=view), workspace.project.now(), details)
    return made


def _chips(query: Query) -> Iterable[Chip]:
    return (chip for chip in chips_of(query, "", {}) if chip.name != "confidential")


def _rows(workspace: Workspace, query: Query) -> Iterator[RowLine]:
    after: str | None = None
    left = MOST
    while left > 0:
        page = workspace.index.rows(query, order="-date", after=after, limit=min(left, _AT_ONCE))
        # The index may be a moment behind a mark: what it says of each row decides as well.
        yield from (row for row in page.lines if not row.confidential)
        left, after = left - len(page.lines), page.after
        if after is None:
            return


def _places(
    workspace: Workspace, marks: Iterable[Mark], rows: Iterable[RowLine], ids: Mapping[str, str]
) -> Iterator[PlaceTold]:
    by_place: dict[str, list[Told]] = defaultdict(list)
    links: dict[int, str] = {}
    for row in rows:
        if row.number not in links:
            report = workspace.index.report(row.number)
            links[row.number] = _link(report.url if report else None)
        key = place_key(row.country, row.precision or "unknown", row.place) if row.place else ""
        by_place[key].append(_told(row, links[row.number]))
    seen: set[str] = set()
    for mark in marks:
        if mark.key not in seen:
            seen.add(mark.key)
            yield PlaceTold(ids[mark.key], mark.name, mark, tuple(by_place.get(mark.key, ())))
    if by_place.get(""):
        yield PlaceTold("no-place", "Place not stated", None, tuple(by_place[""]))


def _told(row: RowLine, href: str) -> Told:
    marks = () if row.modality == "asserted" else (_modality(row.modality),)
    return Told(
        when=edtf_words(row.edtf)[1] or "date not stated",
        what=label(row.type, row.mode),
        marks=(*marks, "earlier background") if row.historical else marks,
        counts=tuple(f"{COUNT_WORDS.get(kind, kind)}: {count:,}" for kind, count in row.counts),
        publisher=one_line(row.publisher or "", 120) or "publisher not stated",
        published=(row.published or "")[:10],
        href=href,
        status="" if row.status == "suggested" else row.status,
    )


def _modality(told: str) -> str:
    return next((words for modality, words in MODALITY_WORDS.items() if modality == told), told)


def _link(url: str | None) -> str:
    """Where the outlet has the report: what else an address may be, such as a file at home, stands in no page."""
    safe = address(url) or ""
    return safe if safe.lower().startswith(("http://", "https://")) else ""


def _statement(workspace: Workspace, query: Query, covered: Totals, secret: int) -> tuple[tuple[str, str], ...]:
    index = workspace.index
    publishers = _counted(index, query, "publisher", query.publisher)
    status = _counted(index, query, "status", query.status)
    first, last = (
        next((line.published for line in index.reports(query, order=order, limit=1).lines), None)
        for order in ("published", "-published")
    )
    with workspace.project.database.reading() as db:
        made = coders(db)
    told = Statement(
        reports=covered.reports,
        events=covered.rows,
        publishers=Counter({one_line(name, 120): count for name, count in publishers}),
        coders=Counter({f"{one.name} {one.version}, {one.model or 'rules alone'}": n for one, n in made.items()}),
        codebooks=Counter({one_line(one.codebook, 120): n for one, n in made.items()}),
        first=(first or "")[:10] or None,
        last=(last or first or "")[:10] or None,
        reviewed=sum(count for name, count in status if name != "suggested"),
    )
    own = {"Names": NAMES, "Quotations": QUOTATIONS}
    rows = tuple((name, own.get(name, words)) for name, words in told.rows())
    left = f"{number(secret, 'row')} left out" if secret else "nothing had to be left out"
    return (*rows[:-1], ("Confidential", left), rows[-1])


def _counted(index: Index, query: Query, name: str, chosen: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The values of a filter that the rows have: what could be chosen besides is counted with them, and is not here."""
    [facet] = index.facets(query, [name], most=_PUBLISHERS)
    return tuple((value, count) for value, count in facet.values if not chosen or value in chosen)
