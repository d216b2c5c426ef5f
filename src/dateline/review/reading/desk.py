"""A report as a reviewer has it before them: its text, its rows, the row in focus, and how far people are with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.export.formats.columns import read_facts
from dateline.export.page.segments import ShownBlock, shown_blocks
from dateline.export.page.views import LeftOutRow, about, web_address
from dateline.export.phrases import label
from dateline.export.safe import one_line
from dateline.export.words import listed, reviewed, title_words
from dateline.model import Coding
from dateline.review.deciding.holding import Made, codings_of, held, history
from dateline.review.deciding.standing import standing_of
from dateline.review.reading.again import Again, again
from dateline.review.reading.inputs import Input, inputs_of, starting
from dateline.review.reading.rows import Focus, Row, focus_of, rows_of
from dateline.review.reading.text import marks
from dateline.review.veil import unnamed
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query
from dateline.store.review.acts import Act
from dateline.store.review.marks import marks_of
from dateline.store.review.people import Person
from dateline.store.review.states import Standing

_FEW, _DIGITS, _LAST, _LONGEST = 4, 10, 20, 80
_VERBS = {row["verb"]: row["past"] for row in read_facts("review_verbs.tsv")}


@dataclass(frozen=True, slots=True)
class Told:
    """An act of the report's history in words; ``before`` is the coding that it was made from, where it made one."""

    who: str
    words: str
    made: str
    why: str
    before: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """A report before a reviewer.

    ``seen`` is the number of the coding shown; ``types`` are those of the codebook in its order, ``digits`` those that
    a digit sets: the ten that the project has most of, in the same order. ``left`` counts the rows that nobody has
    decided on, ``onward`` is the row to go on with. ``history`` has the last of the acts, the newest first. ``secret``
    are the report's id and the keys of its rows, those that are marked as confidential; ``event`` is the one that the
    row in focus is linked to.
    """

    id: str
    number: int
    seen: int
    title: str
    about: tuple[str, ...]
    url: str | None
    evidence: str | None
    language: str
    blocks: tuple[ShownBlock, ...]
    graphic: int
    rows: tuple[Row, ...]
    focus: Focus | None
    left: int
    standing: Standing
    coder: str
    by_hand: bool
    notes: tuple[str, ...]
    left_out: tuple[LeftOutRow, ...]
    types: tuple[tuple[str, str], ...]
    digits: tuple[tuple[str, str], ...]
    adding: tuple[Input, ...]
    history: tuple[Told, ...]
    acts: int
    codings: tuple[Made, ...]
    onward: str
    again: tuple[Again, ...]
    secret: frozenset[str]
    event: str | None


def desk(workspace: Workspace, report: str, person: Person, *, row: str = "", everything: bool = False) -> Desk:
    """The desk of a report. ``row`` is in focus where it is there, else the first that nobody has decided on.

    Raises :class:`ReviewError` where there is no such report, or it is not coded.
    """
    now = held(workspace, report, person)
    made, book, shown = codings_of(workspace, report, person), workspace.known.codebook, person.may("reader")
    coding = now.coding if shown else unnamed(now, made)
    rows = rows_of(coding)
    chosen = _chosen(rows, row)
    event = next((one for one in coding.rows if chosen and one.id == chosen.id), None)
    types = tuple((kind.name, label(kind.name, None)) for kind in book.types)
    acts = history(workspace, report, person) if shown else ()
    line = workspace.index.row(chosen.key) if chosen else None
    over = marks(coding, event, everything=everything)
    return Desk(
        id=report,
        number=now.report,
        seen=now.number,
        title=title_words(coding.report),
        about=about(coding.report),
        url=web_address(coding.report.url),
        evidence=coding.report.sha256,
        language=coding.report.language or "",
        blocks=shown_blocks(coding.report, over),
        graphic=sum(mark.kind == "graphic" for mark in over),
        rows=rows,
        focus=focus_of(coding, chosen, rows, over, book) if chosen else None,
        left=sum(one.said is None and not one.doubtful for one in rows),
        standing=standing_of(workspace, report, person),
        coder=one_line(f"{coding.coder.name} {coding.coder.version}", _LONGEST),
        by_hand=now.by_hand,
        notes=tuple(note.message for note in coding.notes),
        left_out=tuple(LeftOutRow(one.what, one.quote, one.why, "") for one in coding.left_out),
        types=types,
        digits=_digits(workspace, types),
        adding=starting(inputs_of({}, book), "added"),
        history=tuple(_told(rows, act) for act in acts[: -_LAST - 1 : -1]),
        acts=len(acts),
        codings=made if shown else (),
        onward=waiting(coding, onward_from(coding, chosen.id)) if chosen else "",
        secret=frozenset(one.about for one in marks_of(workspace.project, [report, *(row.key for row in rows)])),
        event=line.event if line else None,
        again=again(workspace, report, person, rows) if now.by_hand and shown else (),
    )


def onward_from(coding: Coding, row: str) -> tuple[str, ...]:
    """The ids of a coding's rows behind a row, and around to it; the row itself is not among them."""
    ids = [event.id for event in coding.rows]
    at = ids.index(row) if row in ids else -1
    return tuple(ids[at + 1 :] + ids[: max(at, 0)])


def waiting(coding: Coding, onward: Sequence[str]) -> str:
    """The first of these rows that nobody has decided on; without one, the first that is there; empty: none is."""
    there = {event.id: event for event in coding.events}
    still = [row for row in onward if row in there]
    return next((row for row in still if reviewed(there[row]) is None), next(iter(still), ""))


def _chosen(rows: Sequence[Row], wanted: str) -> Row | None:
    for row in rows:
        if row.id == wanted:
            return row
    waiting = next((row for row in rows if row.said is None and not row.doubtful), None)
    return waiting or next(iter(rows), None)


def _digits(workspace: Workspace, types: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    [facet] = workspace.index.facets(Query(), ["type"], most=_DIGITS)
    first = [name for name, _ in facet.values] + [name for name, _ in types]
    chosen = [name for name in dict.fromkeys(first) if name in dict(types)][:_DIGITS]
    # The order of the codebook stays when the counts change: fingers learn it.
    return tuple(one for one in types if one[0] in chosen)


def past(verb: str) -> str:
    """What a person did, in a word: "accepted"."""
    return _VERBS.get(verb, verb)


def _told(rows: Sequence[Row], act: Act) -> Told:
    numbers = {row.id: row.number for row in rows}
    named = [f"row {numbers[row]}" if row in numbers else "a row that is gone" for row in act.rows[:_FEW]]
    more = [f"{len(act.rows) - _FEW} more"] if len(act.rows) > _FEW else []
    words = " ".join(filter(None, (past(act.verb), listed([*dict.fromkeys(named), *more]))))
    return Told(act.who, words, act.made, act.why, act.before)
