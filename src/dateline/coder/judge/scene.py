"""Where and when a row could be: every place and day of the report, and what the day of publication gives.

A report tells the day in its first sentence, the toll in its last: nearness alone decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

from dateline.coder.encoder.reader import LINKS, MODALITIES
from dateline.coder.judge.option import Features, Option, nearest, ranked, standing
from dateline.coder.judge.questions import DEEDS
from dateline.model import Date, DatePrecision, Place, PlacePrecision

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case

PLACE, DATE = LINKS.index("place"), LINKS.index("date")

_PRECISION = get_args(PlacePrecision)[::-1]


def places(case: Case, members: Sequence[int]) -> list[Option]:
    """Every place of the report, once a name and country."""
    head = case.tellings[members[0]]
    groups = _places_of(case)
    named = [p for p in case.places if p.use == "place"]
    spans = list(groups.values())
    phrases = case.phrases("places", spans)
    linked = case.linked("places", spans)[:, :, PLACE]
    whole, own = linked[list(members)].max(axis=0), linked[members[0]]
    beside = case.linked_here(members[0], "places", spans)[:, PLACE]
    ruled = [{(p.place.name, p.place.country) for p in case.tellings[m].placed if p.place} for m in members]
    first = min((p.start for p in case.places if p.use == "place"), default=0)
    last = max((p.start for p in case.places if p.use == "place" and p.start < head.at), default=-1)
    shared = {
        "rule has": float(any(ruled)),
        "head has": float(bool(ruled[0])),
        "deed": float(head.mention.type in DEEDS),
        "members": float(len(members)),
        "sentence": float(head.sentence),
        "counted": float(any(case.tellings[m].mention.counts for m in members)),
        f"type {head.mention.type}": 1.0,
    }
    out = []
    for n, (key, found) in enumerate(groups.items()):
        held = phrases[n]
        here = [p for p, at in zip(found, held.sentences, strict=True) if at == head.sentence]
        same_country = sum(p.country == key[1] for p in named) / max(1, len(named))
        finer = any(
            p.country == key[1] and _PRECISION.index(p.precision) > _PRECISION.index(found[0].precision) for p in named
        )
        names = [p for p in found if p.use == "place"]
        out.append(
            Option(
                max(found, key=lambda p: (p in here, p.use == "place", -p.start)),
                shared
                | _followed(case, ("place", *key), head.sentence)
                | {
                    "by rule": float(key in ruled[0]),
                    "of a member": sum(key in r for r in ruled) / len(members),
                    "ever": float(any(key in r for r in ruled)),
                    "place": float(whole[n]),
                    "head place": float(own[n]),
                    "here place": float(beside[n]),
                    "here": float(bool(here)),
                    "after": float(any(p.start > head.at for p in here)),
                    "last before": float(any(p.start == last for p in found)),
                    "mentions": float(len(found)),
                    "named": float(len(names)),
                    "share": len(names) / max(1, len(named)),
                    "first": float(held.sentences[0]),
                    "the first": float(any(p.start == first for p in found)),
                    "dateline": float(held.starts[0] < 10),
                    "precision": float(_PRECISION.index(found[0].precision)),
                    "finer": float(finer),
                    "country's share": same_country,
                    "point": float(found[0].lat is not None),
                    "metonym": float(all(p.use == "metonym" for p in found)),
                    "in a name": float(all(p.use == "in a name" for p in found)),
                }
                | nearest(case, members, held)
                | standing(case, members[0], held),
            )
        )
    return ranked(out, "place", "here place", "of a member")


def _places_of(case: Case) -> dict[tuple[str, str | None], list[Place]]:
    """The places of a report by name and country: those that are listed, and those that rules found for a telling.

    A nationality is no place: where an event was must not be weighed by who took part.
    """
    groups: dict[tuple[str, str | None], list[Place]] = {}
    ruled = [p.place for t in case.tellings for p in t.placed if p.place]
    for place in (*(p for p in case.places if p.use != "adjective"), *ruled):
        mentions = groups.setdefault((place.name, place.country), [])
        if place not in mentions:
            mentions.append(place)
    return groups


def _followed(case: Case, key: tuple[str, str, str | None], sentence: int) -> Features:
    """How many of the tellings near one, and of all, the rules give a value: where the report is just then."""
    told = case.followed.get(key, [])
    every = sum(len(v) for k, v in case.followed.items() if k[0] == key[0])
    before = [at for at in told if at <= sentence]
    return {
        "given beside": float(sum(abs(at - sentence) <= 1 for at in told)),
        "given in all": len(told) / max(1, every),
        "since given": float(sentence - before[-1]) if before else 99.0,
    }


def dates(case: Case, members: Sequence[int]) -> list[Option]:
    """Every day and period of the report, once a date, and those that the day of publication gives."""
    head = case.tellings[members[0]]
    published = case.parse.report.published
    by_publication = dict(_by_publication(published[:10])) if published else {}
    written = _dates_of(case)
    spans = list(written.values())
    phrases = case.phrases("dates", spans)
    linked = case.linked("dates", spans)[:, :, DATE]
    whole, own = linked[list(members)].max(axis=0), linked[members[0]]
    beside = case.linked_here(members[0], "dates", spans)[:, DATE]
    ruled = [(p.date.edtf if (p := case.tellings[m].placed[0]).date else None) for m in members]
    days = [d.edtf for d in case.dates if d.edtf and len(d.edtf) >= len("2000-01-01") and "/" not in d.edtf]
    last = max((d.start for d in case.dates if d.edtf and d.start < head.at), default=-1)
    shared = {
        "rule has": float(any(ruled)),
        "head has": float(ruled[0] is not None),
        "days": float(len(set(days))),
        "has publication": float(published is not None),
        "deed": float(head.mention.type in DEEDS),
        "sentence": float(head.sentence),
        "members": float(len(members)),
        "historical": float(head.mention.historical),
        "read historical": float(case.modalities[members[0], MODALITIES.index("historical")]),
        "read planned": float(case.modalities[members[0], MODALITIES.index("planned")]),
        "past tense": float(head.mention.root.tag_ in {"VBD", "VBN"}),
        f"modality {head.mention.modality}": 1.0,
        f"type {head.mention.type}": 1.0,
    }
    out = []
    for n, (edtf, found) in enumerate(written.items()):
        held = phrases[n]
        here = [d for d, at in zip(found, held.sentences, strict=True) if at == head.sentence]
        out.append(
            Option(
                max(found, key=lambda d: (d in here, -d.start)),
                shared
                | _followed(case, ("date", edtf, None), head.sentence)
                | _dated(edtf, published, by_publication)
                | {
                    "by rule": float(edtf == ruled[0]),
                    "of a member": sum(edtf == r for r in ruled) / len(members),
                    "ever": float(edtf in ruled),
                    "date": float(whole[n]),
                    "head date": float(own[n]),
                    "here date": float(beside[n]),
                    "written": 1.0,
                    "here": float(bool(here)),
                    "after": float(any(d.start > head.at for d in here)),
                    "last before": float(any(d.start == last for d in found)),
                    "mentions": float(len(found)),
                    "first": float(held.sentences[0]),
                    "share of days": days.count(edtf) / max(1, len(days)),
                    "duration": float(found[0].timex_type == "DURATION"),
                    "set": float(found[0].timex_type == "SET"),
                    "words beside": max(_words_beside(case, d) for d in found),
                }
                | nearest(case, members, held)
                | standing(case, members[0], held),
            )
        )
    words = head.mention.trigger
    for edtf, basis in by_publication.items():
        if edtf not in written:
            precision: DatePrecision = "year" if len(edtf) == 4 else "month" if len(edtf) == 7 else "day"
            told = Date(words.start, words.end, words.quote, edtf, precision, basis)
            unwritten = {"far": 9999.0, "sentences": 99.0, "nearer": 9.0, "first": 99.0, "since given": 99.0}
            out.append(Option(told, shared | _NOTHING | unwritten | _dated(edtf, published, by_publication)))
    days_and_periods = ranked(out, "date", "here date", "of a member")
    return [*days_and_periods, *_months(days_and_periods, {*written, *by_publication})]


def _months(days: Sequence[Option], told: Collection[str]) -> list[Option]:
    """The months of the days of a report: what can be said where the month is sure and the day is not."""
    out: dict[str, Option] = {}
    counted = Counter(option.value.edtf[:7] for option in days if option.value.precision == "day")
    for day in sorted(days, key=lambda o: -o.features["date"]):
        month = day.value.edtf[:7]
        if day.value.precision != "day" or not _MONTH.fullmatch(month) or month in told or month in out:
            continue
        value = replace(day.value, edtf=month, precision="month", basis=f"the month of {day.value.quote!r}")
        more = {"month of a day": 1.0, "days of the month": float(counted[month]), "length": float(len(month))}
        out[month] = Option(value, day.features | more)
    return list(out.values())


def _words_beside(case: Case, told: Date) -> float:
    """How many words its line has beside a date, at most ten: a line that holds hardly more is the page's own."""
    text = case.parse.report.text
    before = text[max(0, told.start - A_LINE) : told.start].rpartition("\n")[2]
    after = text[told.end : told.end + A_LINE].partition("\n")[0]
    return float(min(10, len(before.split()) + len(after.split())))


A_LINE = 200
"""Characters on each side of a date that are looked at: more hold ten words."""

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}|XXXX-[0-9]{2}")

_NOTHING = {"date": 0.0, "here date": 0.0, "of a member": 0.0}


def _dates_of(case: Case) -> dict[str, list[Date]]:
    """The dates of a report by what they are: those that are listed, and those that rules found for a telling."""
    groups: dict[str, list[Date]] = {}
    for one in (*case.dates, *(p.date for t in case.tellings for p in t.placed if p.date)):
        if one.edtf and one not in groups.setdefault(one.edtf, []):
            groups[one.edtf].append(one)
    return groups


def _dated(edtf: str, published: str | None, by_publication: Mapping[str, str]) -> Features:
    """What a date is beside the day of publication."""
    return {
        "since publication": _since(edtf, published),
        "published": float(edtf in by_publication),
        "the day of publication": float(edtf == (published or "")[:10]),
        "length": float(len(edtf)),
        "interval": float("/" in edtf),
    }


def _by_publication(day: str) -> list[tuple[str, str]]:
    """What a reader who knows the day of publication could say of the day of an event without one of its own."""
    try:
        published = date.fromisoformat(day)
    except ValueError:
        return []
    return [
        (day, "the day of publication, as no other day is told"),
        ((published - timedelta(1)).isoformat(), "the day before publication, as no other day is told"),
        (day[:7], "the month of publication, as no day is told"),
        (day[:4], "the year of publication, as no day is told"),
    ]


def _since(edtf: str, published: str | None) -> float:
    try:
        return float((date.fromisoformat((published or "")[:10]) - date.fromisoformat(edtf[:10])).days)
    except ValueError:  # one of the two is not known to the day
        return -999.0
