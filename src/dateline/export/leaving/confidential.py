"""What may leave a project: its codings and events without what people marked as confidential.

Of a report with a confidential row the other rows leave, without the report's words: these tell the row too. An event
is worked out again from the accounts that may leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dateline.export.statement import KeptBack, number
from dateline.export.withheld import withheld
from dateline.form import unchecked
from dateline.link.events.accounts import accounts
from dateline.link.events.compare import Comparison, compare
from dateline.link.model import Account
from dateline.model import Attribution, Coding, EventMention, Note
from dateline.store.project import Project
from dateline.store.review.marks import Confidential, confidential


def open_codings(project: Project, kept_back: KeptBack | None = None) -> Iterator[Coding]:
    """The coding that holds of each report, in order, without what is confidential; ``kept_back`` counts that."""
    counted = KeptBack() if kept_back is None else kept_back
    with project.database.reading() as db:
        marked = confidential(db)
    for coding in project.codings():
        if coding.report.id in marked.reports:
            counted.reports += 1
        elif marked.touches(coding.report.id):
            made = without_confidential(coding, marked, counted)
            # Without its events it would pass for a report in which nothing happened.
            if made.events or not coding.events:
                yield made
        else:
            yield coding


def open_coding(project: Project, coding: Coding) -> Coding | None:
    """A coding of a report without what is confidential; None where the whole report is."""
    with project.database.reading() as db:
        marked = confidential(db)
    if coding.report.id in marked.reports:
        return None
    return without_confidential(coding, marked, KeptBack()) if marked.touches(coding.report.id) else coding


def open_comparisons(
    project: Project, comparisons: Iterable[Comparison], kept_back: KeptBack | None = None
) -> Iterator[Comparison]:
    """Events of a project as the accounts tell them that may leave; those without any are counted in ``kept_back``."""
    counted = KeptBack() if kept_back is None else kept_back
    with project.database.reading() as db:
        marked = confidential(db)
    if not marked:
        yield from comparisons
        return
    own = project.settings.policies
    for comparison in comparisons:
        kept = _open_accounts(comparison, marked)
        if not kept:
            counted.events += 1
        elif kept != comparison.accounts:
            yield compare(comparison.event.id, kept, own)
        else:
            yield comparison


def _open_accounts(comparison: Comparison, marked: Confidential) -> tuple[Account, ...]:
    if comparison.event.id in marked.events:
        return ()
    kept = []
    for account in comparison.accounts:
        report = account.coding.report.id
        if not marked.touches(report):
            kept.append(account)
        elif account.event.id not in marked.left_out(account.coding):
            made = without_confidential(account.coding, marked, KeptBack())
            told = next(a for a in accounts(made, account.source, account.original) if a.event.id == account.event.id)
            kept.append(replace(told, id=account.id, because=tuple(replace(b, matched="") for b in account.because)))
    return tuple(kept)


def without_confidential(coding: Coding, marked: Confidential, counted: KeptBack) -> Coding:
    """A coding without the rows that are confidential, and where there is one, without the words of the report."""
    if any(note.code == "confidential" for note in coding.notes):
        return coding  # it is without them already
    gone = marked.left_out(coding)
    counted.rows += len(gone)
    told = f"Confidential: {number(len(gone), 'row')} of this report left out, and its words withheld."
    made = without_rows(coding, gone)
    return withheld(replace(made, notes=(*made.notes, Note("confidential", told))))


def without_rows(coding: Coding, gone: Iterable[str]) -> Coding:
    """The coding without some of its rows, and without what these alone hold: people, speakers, places, dates."""
    left = frozenset(gone)
    out = [row for row in coding.rows if row.id in left]
    kept = [row for row in coding.rows if row.id not in left]
    said = {attribution.id: attribution for attribution in coding.attributions}
    heard = _attributions(out, said) - _attributions(kept, said)
    attributions = tuple(one for one in coding.attributions if one.id not in heard)
    speakers = {one.speaker for one in attributions}
    nobody = _people(out, said) - _people(kept, said) - speakers
    spans = _spans(out) - _spans(kept)
    # What is left of a coding that was checked is as it was, also where the report's text is not at hand.
    return unchecked(
        coding,
        events=tuple(row for row in coding.events if row.id not in left),
        suggestions=tuple(row for row in coding.suggestions if row.id not in left),
        attributions=attributions,
        actors=tuple(actor for actor in coding.actors if actor.id not in nobody),
        places=tuple(place for place in coding.places if (place.start, place.end) not in spans),
        dates=tuple(date for date in coding.dates if (date.start, date.end) not in spans),
    )


def _attributions(rows: Iterable[EventMention], said: dict[str, Attribution]) -> set[str]:
    """The attributions of rows and of their numbers, with those that they stand in."""
    todo = [name for row in rows for name in (*row.attribution, *(a for c in row.counts for a in c.attribution))]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [parent] if (parent := said[name].parent) else []
    return found


def _people(rows: Iterable[EventMention], said: dict[str, Attribution]) -> set[str | None]:
    told = list(rows)
    acting = {person.actor for row in told for person in (*row.actors, *row.recipients)}
    return acting | {said[name].speaker for name in _attributions(told, said)}


def _spans(rows: Iterable[EventMention]) -> set[tuple[int, int]]:
    return {(span.start, span.end) for row in rows for span in (row.place, row.date) if span is not None}
