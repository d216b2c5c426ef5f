"""One event after a person's edits of its row: each value anew, resting on the words that hold it in the report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from dateline.codebook.crosswalk.precision import with_precision
from dateline.codebook.model import Codebook
from dateline.corrections.codes import recoded
from dateline.corrections.people import People
from dateline.corrections.places import Places, placed
from dateline.errors import SheetError, did_you_mean
from dateline.evaluate.gold.columns import bounds_of, edtf_of, is_background, modality_of, split
from dateline.evaluate.gold.locate import nearest
from dateline.evaluate.model import COUNT_KINDS
from dateline.export.formats.columns import fields_of
from dateline.export.formats.rows import days
from dateline.model import Chances, Coding, Count, CountKind, Date, EventMention, Span
from dateline.rules import rule

CORRECTED = rule("review.corrected", "corrected by {who}")
ACCEPTED = rule("review.accepted", "accepted by {who}")
ADDED = rule("review.added", "added by {who}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a correction is read by: the project's codebook, its gazetteer, and the types that its codings have."""

    codebook: Codebook
    places: Places
    types: frozenset[str] = frozenset()


def corrected(coding: Coding, event: EventMention, edits: Mapping[str, str], known: Known, who: str) -> Coding:
    """The coding with one of its events as a person's edits of its columns have it; the others stay as they are.

    Raises :class:`SheetError` for a value that cannot be read, with what to write instead.
    """
    people = People(coding, CORRECTED, who)
    made = _described(event, edits, known)
    of = _by_field(edits)
    if own := of.get("actors"):
        made = replace(made, actors=people.parties(event, "actor", own))
    if own := of.get("recipients"):
        made = replace(made, recipients=people.parties(event, "recipient", own))
    if "according_to" in edits:
        made = replace(made, attribution=people.told(event, edits["according_to"]))
    if where := of.get("place"):
        made = replace(made, place=placed(event, where, _words_of_place(coding, event, where), known.places))
    if "date" in edits:
        made = replace(made, date=_date(event, edits["date"], CORRECTED.because(who=who).rule))
    for kind in COUNT_KINDS:
        if numbers := {name: value for name, value in edits.items() if name.partition("_")[0] == kind}:
            made = replace(made, counts=_counts(made, kind, numbers))
    made = replace(made, chances=_chances(event.chances, of), chance=None if "type" in edits else event.chance)
    whole = replace(
        coding,
        events=tuple(made if other.id == event.id else other for other in coding.events),
        actors=tuple(people.actors.values()),
        attributions=tuple(people.attributions.values()),
    )
    # Who did what to whom, and whether it happened, decides the codes of other schemes.
    if of.keys() - {"place", "date", "source", "counts"}:
        return instead(whole, recoded(whole, event, made, known.codebook))
    return instead(whole, replace(made, codes=with_precision(made.codes, made.place, made.date)))


def said_of(event: EventMention, was: Mapping[str, str], who: str) -> EventMention:
    """The event with what a person said of it: the columns corrected, each with what it held; none: it is right."""
    said = [CORRECTED.because(old, field=column, who=who) for column, old in was.items()]
    return replace(event, because=(*event.because, *(said or [ACCEPTED.because(who=who)])))


def instead(coding: Coding, event: EventMention) -> Coding:
    """The coding with an event in the stead of the one of its id."""
    return replace(coding, events=tuple(event if other.id == event.id else other for other in coding.events))


def _described(event: EventMention, edits: Mapping[str, str], known: Known) -> EventMention:
    """Type, mode, contexts, modality and whether it is background."""
    made = event
    if "type" in edits:
        kind = _among(edits["type"], known.types | {t.name for t in known.codebook.types}, "types")
        made = replace(made, type=kind)
    modes = {t.name: [m.name for m in t.modes] for t in known.codebook.types}.get(made.type)
    if edits.get("mode"):
        mode = edits["mode"] if modes is None else _among(edits["mode"], modes, f"modes of {made.type}")
        made = replace(made, mode=mode)
    elif "mode" in edits or (made.type != event.type and modes is not None and made.mode not in modes):
        made = replace(made, mode=None)
    if "contexts" in edits:
        there = [context.name for context in known.codebook.contexts]
        told = split(edits["contexts"])
        made = replace(made, contexts=tuple(_among(name, there, "contexts") if there else name for name in told))
    if "modality" in edits:
        made = replace(made, modality=modality_of(edits["modality"]))
    if "historical" in edits:
        made = replace(made, historical=is_background("", edits["historical"]))
    return made


def _among(told: str, names: Collection[str], what: str) -> str:
    for name in names:
        if told.casefold() == name.casefold():
            return name
    raise SheetError(f"{told[:40]!r} is not among the {what}", did_you_mean(told, names, what=what))


def _words_of_place(coding: Coding, event: EventMention, edits: Mapping[str, str]) -> Span:
    """The report's words for the place: the old ones, or those of another name that stand nearest."""
    within = event.evidence[0] if event.evidence else None
    name = edits.get("place")
    if name is None and event.place is not None:
        return _plain(event.place)
    found = None
    for words in (name or "", (name or "").partition(",")[0]):
        found = found or nearest(words, coding.report, event.trigger, within)
    return found or within or event.trigger


def _plain(span: Span) -> Span:
    return Span(span.start, span.end, span.quote)


def _date(event: EventMention, told: str, basis: str) -> Date | None:
    if not told:
        return None
    edtf, precision = edtf_of(told)
    words = event.date or event.trigger
    made = Date(words.start, words.end, words.quote, edtf, precision, basis)
    if "/" in edtf and all(days(made)):
        made = replace(made, precision="days")
    return made


def _counts(event: EventMention, kind: CountKind, edits: Mapping[str, str]) -> tuple[Count, ...]:
    """The numbers with the first of a kind as it was corrected; without any number left it goes, also where words
    stay that state none.
    """
    first = next((count for count in event.counts if count.kind == kind), None)
    was = {"low": first and first.low, "best": first and first.best, "high": first and first.high}
    # The best figure's column is called by the kind alone where numbers are read.
    cells = {
        kind if part == "best" else f"{kind}_{part}": edits.get(f"{kind}_{part}", "" if n is None else str(n))
        for part, n in was.items()
    }
    numbers = bounds_of(kind, cells)
    if numbers is None:
        return tuple(count for count in event.counts if count is not first)
    if first is not None:
        made = replace(first, low=numbers[0], best=numbers[1], high=numbers[2], chance=None)
        return tuple(made if count is first else count for count in event.counts)
    where = event.evidence[0] if event.evidence else event.trigger
    return (*event.counts, Count(where.start, where.end, where.quote, kind, *numbers))


def _by_field(edits: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The edits of each field of the event."""
    found: dict[str, dict[str, str]] = {}
    for name, value in edits.items():
        found.setdefault(fields_of()[name], {})[name] = value
    return found


def _chances(chances: Chances, edited: Collection[str]) -> Chances:
    """What a machine thought of a value says nothing of the one that a person put in its stead."""
    touched: dict[str, None] = {f.name: None for f in fields(Chances) if f.name in edited}
    return replace(chances, **touched)
