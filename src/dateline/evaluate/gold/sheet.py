"""A sheet with one row an event, as people code by hand, turned into codings.

What the rows say in words is looked up in the report: the trigger in its sentence, the actors where they stand
nearest to it. A name that the report does not hold stays a name, resting on the sentence or the report it was read
from. A row without a type says that its report holds no event. A row that cannot be read costs its whole report: with
one event short, everything that a coder finds there would wrongly count as added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from dateline.errors import InputError, SheetError
from dateline.evaluate.gold.columns import (
    bounds_of,
    edtf_of,
    is_background,
    is_empty,
    is_no_event,
    modality_of,
    several,
    split,
    whole_number,
)
from dateline.evaluate.gold.figures import figures_of
from dateline.evaluate.gold.locate import at, nearest, sentence, trigger
from dateline.evaluate.model import COUNT_KINDS
from dateline.evaluate.values import UNNAMED_SOURCE
from dateline.export.safe import unguarded
from dateline.intake import Failure, read_text
from dateline.model import (
    Actor,
    Attribution,
    CoderInfo,
    Coding,
    Count,
    Date,
    EventMention,
    Evidence,
    Participant,
    Place,
    Report,
    Span,
)

BASIS = "stated in the sheet"
_ABOUT = ("published", "publisher", "title", "url")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file and its cells by our names of the columns."""

    line: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The cell without outer space; empty where it is not stated."""
        words = unguarded(self.cells.get(name, "").strip())
        return "" if is_empty(words) else words

    def number(self, name: str) -> int | None:
        """The whole number in a cell; None where it is not stated."""
        return whole_number(name, self.cell(name))


def codings(
    rows: Iterable[Row], path: str, coder: CoderInfo, reports: Mapping[str, Report], renamed: Mapping[str, str]
) -> Iterator[Coding | Failure]:
    """A coding a report, in the order in which reports come first; a :class:`Failure` for each report that has none.

    ``reports`` are texts known from elsewhere, by id: they go before a column of texts. ``renamed`` maps a type of
    the sheet, casefolded, to the type (or ``TYPE/mode``) that is meant.
    """
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if any(not is_empty(cell) for cell in row.cells.values()):
            # Without an id, rows of one text are of one report.
            name = row.cell("report") or row.cell("text") or row.cell("evidence")
            grouped.setdefault(name, []).append(row)
    for name, members in grouped.items():
        line = members[0].line
        try:
            report = _report(name if members[0].cell("report") else f"row {line}", members, reports)
            whole = name in reports or any(row.cell("text") for row in members)
            hand = _Hand(report, coder, renamed, whole)
            for row in members:
                line = row.line
                hand.add(row)
            yield hand.coding()
        except InputError as error:
            yield Failure(path, line, f"{error.error} (its report is left out whole)", error.mend)


def _report(name: str, rows: list[Row], reports: Mapping[str, Report]) -> Report:
    if name in reports:
        return reports[name]
    about = {key: next((row.cell(key) for row in rows if row.cell(key)), None) for key in _ABOUT}
    texts = tuple(dict.fromkeys(row.cells["text"] for row in rows if row.cell("text")))
    if len(texts) > 1:
        raise SheetError(
            f"report {name[:60]!r} has {len(texts)} different texts in its rows",
            "give the same whole text in each of its rows; a column of single sentences is called 'evidence'",
        )
    # Sheets of single sentences have no other text: the sentences of one report are its paragraphs.
    sentences = tuple(dict.fromkeys(row.cell("evidence") for row in rows if row.cell("evidence")))
    text = texts[0] if texts else "\n\n".join(sentences)
    if not text:
        raise SheetError(
            f"the text of report {name[:60]!r} is not known",
            "add a column 'text', or give the reports with --reports FILE",
        )
    return read_text(
        text,
        id=name,
        published=about["published"],
        publisher=about["publisher"],
        title=about["title"],
        url=about["url"],
    )


@dataclass(slots=True)
class _Hand:
    """A coding as it is put together row by row."""

    report: Report
    coder: CoderInfo
    renamed: Mapping[str, str]
    whole: bool
    events: list[EventMention] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    attributions: list[Attribution] = field(default_factory=lambda: [Attribution("publisher")])
    seen: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """The event of one row, if it has one. Raises :class:`InputError` with the mend where it cannot be read."""
        if is_no_event(row.cells):
            return
        if not row.cell("type"):
            _check_nothing_is_lost(row)
            return
        within = self._evidence(row)
        where = self._where(row, within)
        kind, _, mode = self.renamed.get(row.cell("type").casefold(), row.cell("type")).partition("/")
        proof = (Evidence(within.start, within.end, within.quote),) if within else ()
        self.events.append(
            EventMention(
                id=self._id(row),
                type=kind.strip(),
                trigger=where,
                mode=row.cell("mode") or mode.strip() or None,
                actors=self._parties(row, "actors", where, within),
                recipients=self._parties(row, "recipients", where, within),
                place=self._place(row, where, within),
                date=self._date(row, where, within),
                modality=modality_of(row.cell("modality")),
                historical=is_background(row.cell("modality"), row.cell("historical")),
                counts=tuple(self._counts(row, where, within)),
                attribution=self._told(row, where, within),
                evidence=proof,
                tellings=(where,),
            )
        )

    def coding(self) -> Coding:
        """The coding of the rows so far."""
        return Coding(
            self.report,
            self.coder,
            tuple(self.events),
            tuple(self.attributions),
            actors=tuple(self.actors.values()),
        )

    def _id(self, row: Row) -> str:
        used = {event.id for event in self.events}
        name = row.cell("event")
        return name if name and name not in used else next(n for n in _numbered(len(used) + 1) if n not in used)

    def _evidence(self, row: Row) -> Span | None:
        words = row.cell("evidence")
        if not words:
            return None
        # Offsets are those of the whole text, which a sheet of sentences does not have.
        known = self.whole and at(words, self.report, row.number("evidence_start"), row.number("evidence_end"))
        return known or sentence(words, self.report)

    def _where(self, row: Row, within: Span | None) -> Span:
        """What locates the event: its trigger, else its sentence, else the whole report."""
        words = row.cell("trigger")
        if words:
            key = (" ".join(words.casefold().split()), within.start if within else -1)
            start = row.number("trigger_start")
            if start is not None and (there := at(words, self.report, start, start + len(words))):
                return there
            start = start if self.whole or not row.cell("key") else None
            found = trigger(words, self.report, within, self.seen[key], start)
            self.seen[key] += 1
            return found
        return self._rest(within)

    def _rest(self, within: Span | None) -> Span:
        """What a name rests on that the report does not hold: the sentence it was read from, or the whole report."""
        return within or self.report.span(0, len(self.report.text))

    def _parties(self, row: Row, column: str, where: Span, within: Span | None) -> tuple[Participant, ...]:
        found = []
        own = bool(row.cell("key"))
        for name in (split if own else several)(row.cell(column)):
            span = nearest(name.strip("“”") if own else name, self.report, where, within)
            told = span or self._rest(within)
            found.append(Participant(told.start, told.end, told.quote, None if span else self._actor(name)))
        return tuple(found)

    def _actor(self, name: str) -> str:
        """The id of an actor that the report does not name so."""
        return self.actors.setdefault(name, Actor(f"p{len(self.actors) + 1}", name)).id

    def _place(self, row: Row, where: Span, within: Span | None) -> Place | None:
        name, country = row.cell("place"), row.cell("country") or None
        if not name:
            return None
        words = nearest(name, self.report, where, within) or nearest(name.split(",")[0], self.report, where, within)
        told = words or self._rest(within)
        number = row.number("geonameid")
        return Place(told.start, told.end, told.quote, name=name, geonameid=number, country=country)

    def _date(self, row: Row, where: Span, within: Span | None) -> Date | None:
        words = nearest(row.cell("date_words"), self.report, where, within)
        told = words or where
        if row.cell("date"):
            return Date(told.start, told.end, told.quote, *edtf_of(row.cell("date")), BASIS)
        return Date(told.start, told.end, told.quote, None, "unknown", BASIS) if words else None

    def _counts(self, row: Row, where: Span, within: Span | None) -> Iterator[Count]:
        for kind in COUNT_KINDS:
            bounds = bounds_of(kind, row.cells)
            words = nearest(row.cell(f"{kind}_words"), self.report, where, within)
            told = words or where
            # Words that state no number ("scores of people") are a count all the same.
            if bounds or words:
                yield Count(told.start, told.end, told.quote, kind, *(bounds or (None, None, None)))
        for figure in figures_of(row.cell("other_figures")):
            told = nearest(figure.words, self.report, where, within) or where
            yield Count(told.start, told.end, told.quote, figure.kind, figure.low, figure.best, figure.high)

    def _told(self, row: Row, where: Span, within: Span | None) -> tuple[str, ...]:
        name = row.cell("according_to")
        publisher = (self.report.publisher or "").casefold()
        if name.casefold().removeprefix("the publisher").strip() in {"", publisher}:
            return ("publisher",)
        # As the CSV of codings writes it: "a student leader, cited by the publisher Sample Daily".
        name = name.split(", cited by ")[0].strip(' “”"')
        source = nearest(name, self.report, where, within)
        made = Attribution(
            f"a{len(self.attributions)}",
            source,
            None,
            (within or where,),
            parent="publisher",
            speaker=None if source or name == UNNAMED_SOURCE else self._actor(name),
        )
        self.attributions.append(made)
        return ("publisher", made.id)


def _numbered(first: int) -> Iterator[str]:
    return (f"e{n}" for n in count(first))


def _check_nothing_is_lost(row: Row) -> None:
    coded = [name for name in ("trigger", "actors", "recipients", "mode", *COUNT_KINDS) if row.cell(name)]
    if coded:
        raise SheetError(
            f"the row has no type, but {' and '.join(coded)}",
            "write the type; a row that says that a report holds no event has neither",
        )
