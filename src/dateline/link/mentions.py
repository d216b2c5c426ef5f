"""What is comparable of a coding: one :class:`~dateline.link.model.Mention` an event mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from dateline.errors import EdtfError
from dateline.lang.dates.edtf import bounds
from dateline.link.model import Figure, Mention, Where
from dateline.link.pairs.words import folded, telling
from dateline.model import Coding, Date, EventMention, Participant, Place, Report

SCENE = 1500
"""Characters of a report, after its title, whose words say what it is about. Later ones are of older events."""

EVIDENCE = 2000
"""Characters of a mention's evidence whose words are compared."""

MOST_NAMED = 12
"""Days and towns of a report that are compared, the most frequent first."""

DEED = 3
"""How many words one deed outweighs, for what a report is about."""

SUBJECT_ID = "subject"
"""What stands for the event's id in the mention of a report without coded events."""

Value = TypeVar("Value", int, str, tuple[int, int])

_EXACT = {"site", "town"}
_MATERIAL = {2, 4}
_SURE = {"asserted", "possible"}


def mentions(coding: Coding, original: str | None = None) -> tuple[Mention, ...]:
    """The comparable mentions of a coding, in its order. ``original`` is the report that the coded one copies."""
    report = coding.report
    scene, days, towns = _scene(coding)
    subject = _subject(coding.events)
    names = {actor.id: folded(actor.name) for actor in coding.actors}
    return tuple(
        Mention(
            id=f"{report.id}#{event.id}",
            report=report.id,
            original=original or report.id,
            published=_day(report.published),
            type=event.type,
            quad=event.codes.quad,
            modality=event.modality,
            trigger=folded(event.trigger.quote),
            days=days_of(event.date),
            where=_where(event.place),
            actors=_named(event.actors, names),
            recipients=_named(event.recipients, names),
            figures=tuple(
                sorted(
                    {Figure(c.kind, c.low, c.best, c.high) for c in event.counts},
                    key=lambda f: (f.kind, *(-1 if n is None else n for n in (f.low, f.best, f.high))),
                )
            ),
            words=telling(" ".join(evidence.quote for evidence in event.evidence)[:EVIDENCE]),
            scene=scene,
            scene_days=days,
            scene_towns=towns,
            subject=event is subject,
            historical=event.historical,
        )
        for event in coding.events
    )


def report_mention(coding: Coding, original: str | None = None) -> Mention:
    """A mention for the report as a whole, of no type: what links a report in which nothing was coded.

    It has the words of the report's beginning as its evidence, and the one day and the one town that are named most,
    where no other is named as often.
    """
    report = coding.report
    scene, days, towns = _scene(coding)
    spoken = Counter(found for found in (days_of(d) for d in coding.dates) if found and found[1] - found[0] <= 1)
    places = Counter(_town(place) for place in coding.places if _is_exact(place))
    town = _most(places)
    place = next((p for p in coding.places if _is_exact(p) and _town(p) == town), None)
    return Mention(
        id=f"{report.id}#{SUBJECT_ID}",
        report=report.id,
        original=original or report.id,
        published=_day(report.published),
        type="",
        quad=None,
        modality="asserted",
        trigger="",
        days=_most(spoken),
        where=_where(place),
        words=scene,
        scene=scene,
        scene_days=days or tuple(sorted({day for found in spoken for day in found}))[:MOST_NAMED],
        scene_towns=towns,
        subject=True,
    )


def _is_exact(place: Place) -> bool:
    """Whether a place is a town or a site, and none that only stands inside another name."""
    return place.precision in _EXACT and place.use == "place"


def days_of(found: Date | None) -> tuple[int, int] | None:
    """The first and last possible day of a date, as ordinals; None where either is open or the date has no value."""
    if found is None or found.edtf is None:
        return None
    try:
        first, last = bounds(found.edtf)
    except EdtfError:
        return None
    return (first.toordinal(), last.toordinal()) if first and last else None


def _scene(coding: Coding) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """The words of the report's beginning, the days of its events and its towns."""
    report = coding.report
    exact = [days_of(event.date) for event in coding.events]
    days = Counter(days[0] for days in exact if days and days[1] - days[0] <= 1)
    towns = Counter(_town(place) for place in coding.places if _is_exact(place))
    return telling(_beginning(report)), _first(days), _first(towns)


def _beginning(report: Report) -> str:
    title = report.title or ""
    return f"{title}\n{report.text[:SCENE]}"


def _first(counted: Counter[Value]) -> tuple[Value, ...]:
    """The most frequent, sorted."""
    return tuple(sorted(sorted(counted, key=lambda item: (-counted[item], item))[:MOST_NAMED]))


def _most(counted: Counter[Value]) -> Value | None:
    """The most frequent one, where it is one."""
    ranked = counted.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _subject(events: Iterable[EventMention]) -> EventMention | None:
    """The event that a report is about.

    Of the type with most evidence among what is said to have happened (or may have), the event of which most is told:
    its day, its place, its numbers; of several the first. Deeds weigh more than words: a report of a trial is about
    what is judged.
    """
    told = list(events)
    told = [event for event in told if event.modality in _SURE and not event.historical] or told
    weight: Counter[str] = Counter()
    for event in told:
        weight[event.type] += (DEED if event.codes.quad in _MATERIAL else 1) * (len(event.evidence) or 1)
    return min(
        told,
        key=lambda e: (-weight[e.type], e.type, -_told(e), e.trigger.start, e.trigger.end, e.id),
        default=None,
    )


def _told(event: EventMention) -> int:
    day = days_of(event.date)
    exact = event.place is not None and event.place.precision in _EXACT
    return (day is not None and day[1] - day[0] <= 1) + exact + bool(event.counts)


def _where(place: Place | None) -> Where | None:
    if place is None:
        return None
    town = _town(place) if place.precision in _EXACT else None
    return Where(place.precision, town, place.admin1, place.country, place.lat, place.lon)


def _town(place: Place) -> str:
    return str(place.geonameid) if place.geonameid is not None else folded(place.name)


def _named(participants: Iterable[Participant], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted({names[p.actor] for p in participants if p.actor is not None}))


def _day(published: str | None) -> int | None:
    """The ordinal of an ISO 8601 date or time; None where there is none that the calendar has."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
