"""The values that a field of a row could have, each with features by name: who, to whom, where, when, on whose word.

Every party, place and date of the report is an option: a report tells the day in its first sentence, the toll in its
last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

from dateline.coder.encoder.reader import MODALITIES
from dateline.coder.judge.questions import DEEDS
from dateline.lang.clause import clause_of
from dateline.model import Count, Date, DatePrecision, Place, PlacePrecision, Span

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a field could have, and the features by which it is weighed."""

    value: Any
    features: Features


def _ranked(options: Sequence[Option], *names: str) -> list[Option]:
    """The options with how far each is ahead of or behind the best of the others, by some features."""
    out = []
    for n, option in enumerate(options):
        more = {"options": float(len(options))}
        for name in names:
            rest = max((o.features[name] for k, o in enumerate(options) if k != n), default=0.0)
            more[f"{name} ahead"] = option.features[name] - rest
        out.append(Option(option.value, option.features | more))
    return out


def _nearest(case: Case, members: Sequence[int], spans: Sequence[Span]) -> tuple[float, float]:
    """The fewest characters between a member and a mention, and the fewest sentences."""
    far = min(abs(s.start - case.tellings[m].at) for s in spans for m in members)
    sentences = min(abs(case.sentence_at(s.start) - case.tellings[m].sentence) for s in spans for m in members)
    return float(far), float(sentences)


def parties(case: Case, members: Sequence[int]) -> list[Option]:
    """Every party of the report, as an actor or a recipient of the row, by the actor's id."""
    head = members[0]
    ids = case.actors.by_span
    by_rule = [
        (
            {ids.get((s.start, s.end)) for s in case.tellings[m].mention.actors},
            {ids.get((s.start, s.end)) for s in case.tellings[m].mention.recipients},
        )
        for m in members
    ]
    root = case.tellings[head].mention.root
    kind = case.tellings[head].mention.type
    speaking = {case.actors.speaker_by_attribution.get(a) for m in members for a in case.tellings[m].placed[0].chain}
    known = {a.id: a for a in case.actors.actors}
    some_actor, some_recipient = any(a for a, _ in by_rule), any(r for _, r in by_rule)
    out = []
    for name, spans in case.parties.items():
        far, sentences = _nearest(case, members, spans)
        here = [s for s in spans if case.sentence_at(s.start) == case.tellings[head].sentence]
        actor = known[name]
        out.append(
            Option(
                name,
                {
                    "actor by rule": float(name in by_rule[0][0]),
                    "recipient by rule": float(name in by_rule[0][1]),
                    "actor of a member": sum(name in a for a, _ in by_rule) / len(members),
                    "recipient of a member": sum(name in r for _, r in by_rule) / len(members),
                    "ever actor": float(any(name in a for a, _ in by_rule)),
                    "ever recipient": float(any(name in r for _, r in by_rule)),
                    "rule has actor": float(some_actor),
                    "rule has recipient": float(some_recipient),
                    "actor": case.link(members, spans, "actor"),
                    "recipient": case.link(members, spans, "recipient"),
                    "teller": case.link(members, spans, "teller"),
                    "head actor": case.link([head], spans, "actor"),
                    "head recipient": case.link([head], spans, "recipient"),
                    "here actor": case.link([head], here, "actor"),
                    "here recipient": case.link([head], here, "recipient"),
                    "far": far,
                    "sentences": sentences,
                    "here": float(bool(here)),
                    "before": float(any(s.start < case.tellings[head].at for s in here)),
                    "mentions": float(len(spans)),
                    "first": float(case.sentence_at(spans[0].start)),
                    "speaks": float(name in speaking),
                    "sector": float(actor.sector is not None),
                    "civilian": float(actor.sector == "CVL"),
                    "person": float(name in case.actors.persons),
                    "words": float(len(spans[0].quote.split())),
                    "passive": float(clause_of(root).passive),
                    "noun": float(root.pos_ in {"NOUN", "PROPN"}),
                    "deed": float(kind in DEEDS),
                    "members": float(len(members)),
                    f"type {kind}": 1.0,
                },
            )
        )
    return _ranked(out, "actor", "recipient", "here actor", "here recipient")


_PRECISION = get_args(PlacePrecision)[::-1]


def places(case: Case, members: Sequence[int]) -> list[Option]:
    """Every place of the report, once a name and country."""
    head = case.tellings[members[0]]
    groups: dict[tuple[str, str | None], list[Place]] = {}
    for place in case.places:
        groups.setdefault((place.name, place.country), []).append(place)
    ruled = [{(p.place.name, p.place.country) for p in case.tellings[m].placed if p.place} for m in members]
    for m in members:  # a rule may have found a place that is not listed by its name
        for p in case.tellings[m].placed:
            if p.place:
                groups.setdefault((p.place.name, p.place.country), []).append(p.place)
    first = min((p.start for p in case.places if p.use == "place"), default=0)
    out = []
    for key, found in groups.items():
        far, sentences = _nearest(case, members, found)
        here = [p for p in found if case.sentence_at(p.start) == head.sentence]
        same_country = sum(p.country == key[1] for p in case.places) / max(1, len(case.places))
        finer = any(
            p.country == key[1] and _PRECISION.index(p.precision) > _PRECISION.index(found[0].precision)
            for p in case.places
        )
        names = [p for p in found if p.use == "place"]
        out.append(
            Option(
                max(found, key=lambda p: (p in here, p.use == "place", -p.start)),
                {
                    "by rule": float(key in ruled[0]),
                    "of a member": sum(key in r for r in ruled) / len(members),
                    "ever": float(any(key in r for r in ruled)),
                    "rule has": float(any(ruled)),
                    "head has": float(bool(ruled[0])),
                    "place": case.link(members, found, "place"),
                    "head place": case.link(members[:1], found, "place"),
                    "here place": case.link(members[:1], here, "place"),
                    "far": far,
                    "sentences": sentences,
                    "here": float(bool(here)),
                    "after": float(any(p.start > head.at for p in here)),
                    "mentions": float(len(found)),
                    "named": float(len(names)),
                    "share": len(found) / max(1, len(case.places)),
                    "first": float(case.sentence_at(found[0].start)),
                    "the first": float(any(p.start == first for p in found)),
                    "dateline": float(found[0].start < 40),
                    "precision": float(_PRECISION.index(found[0].precision)),
                    "finer": float(finer),
                    "country's share": same_country,
                    "point": float(found[0].lat is not None),
                    "metonym": float(all(p.use == "metonym" for p in found)),
                    "adjective": float(all(p.use == "adjective" for p in found)),
                    "in a name": float(all(p.use == "in a name" for p in found)),
                    "deed": float(head.mention.type in DEEDS),
                    "members": float(len(members)),
                    "sentence": float(head.sentence),
                    "counted": float(any(case.tellings[m].mention.counts for m in members)),
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return _ranked(out, "place", "here place", "of a member")


def dates(case: Case, members: Sequence[int]) -> list[Option]:
    """Every day and period of the report, once a date, and those that the day of publication gives."""
    head = case.tellings[members[0]]
    groups: dict[str, list[Date]] = {}
    for one in case.dates:
        if one.edtf:
            groups.setdefault(one.edtf, []).append(one)
    ruled = [(p.date.edtf if (p := case.tellings[m].placed[0]).date else None) for m in members]
    for m in members:
        own = case.tellings[m].placed[0].date
        if own is not None and own.edtf:
            groups.setdefault(own.edtf, []).append(own)
    published = case.parse.report.published
    by_publication = dict(_by_publication(published[:10])) if published else {}
    for edtf, basis in by_publication.items():
        if edtf not in groups:
            words = head.mention.trigger
            precision: DatePrecision = "year" if len(edtf) == 4 else "month" if len(edtf) == 7 else "day"
            groups[edtf] = [Date(words.start, words.end, words.quote, edtf, precision, basis)]
    days = [d.edtf for d in case.dates if d.edtf and len(d.edtf) >= len("2000-01-01") and "/" not in d.edtf]
    out = []
    for edtf, found in groups.items():
        written = [d for d in found if d in case.dates]
        far, sentences = _nearest(case, members, written) if written else (9999.0, 99.0)
        here = [d for d in written if case.sentence_at(d.start) == head.sentence]
        out.append(
            Option(
                max(found, key=lambda d: (d in here, -d.start)),
                {
                    "by rule": float(edtf == ruled[0]),
                    "of a member": sum(edtf == r for r in ruled) / len(members),
                    "ever": float(edtf in ruled),
                    "rule has": float(any(ruled)),
                    "head has": float(ruled[0] is not None),
                    "date": case.link(members, written, "date"),
                    "head date": case.link(members[:1], written, "date"),
                    "here date": case.link(members[:1], here, "date"),
                    "written": float(bool(written)),
                    "far": far,
                    "sentences": sentences,
                    "here": float(bool(here)),
                    "mentions": float(len(written)),
                    "first": float(case.sentence_at(written[0].start)) if written else 99.0,
                    "share of days": days.count(edtf) / max(1, len(days)),
                    "days": float(len(set(days))),
                    "since publication": _since(edtf, published),
                    "has publication": float(published is not None),
                    "published": float(edtf in by_publication),
                    "length": float(len(edtf)),
                    "interval": float("/" in edtf),
                    "duration": float(found[0].timex_type == "DURATION"),
                    "set": float(found[0].timex_type == "SET"),
                    "deed": float(head.mention.type in DEEDS),
                    "sentence": float(head.sentence),
                    "members": float(len(members)),
                    "read historical": float(case.modalities[members[0], MODALITIES.index("historical")]),
                    "read planned": float(case.modalities[members[0], MODALITIES.index("planned")]),
                    "past tense": float(head.mention.root.tag_ in {"VBD", "VBN"}),
                    f"modality {head.mention.modality}": 1.0,
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return _ranked(out, "date", "here date", "of a member")


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


def modalities(case: Case, members: Sequence[int]) -> list[Option]:
    """Every modality but background, which is told beside."""
    head = case.tellings[members[0]]
    out = []
    for n, name in enumerate(MODALITIES[:5]):
        out.append(
            Option(
                name,
                {
                    "by rule": float(_plain(head.mention.modality) == name),
                    "of a member": sum(_plain(case.tellings[m].mention.modality) == name for m in members)
                    / len(members),
                    "read": float(case.modalities[members[0], n]),
                    "read of a member": max(float(case.modalities[m, n]) for m in members),
                    "chain": float(len(head.placed[0].chain)),
                    "quoted": float(clause_of(head.mention.root).quotation is not None),
                    "members": float(len(members)),
                    "deed": float(head.mention.type in DEEDS),
                    "noun": float(head.mention.root.pos_ in {"NOUN", "PROPN"}),
                    f"is {name}": 1.0,
                    f"rule {head.mention.modality}": 1.0,
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return _ranked(out, "read", "of a member")


def _plain(modality: str) -> str:
    return "asserted" if modality == "historical" else modality


def sources(case: Case, members: Sequence[int]) -> list[Option]:
    """The publisher, and every attribution whose content a member stands in or near, as the chain that leads to it."""
    head = case.tellings[members[0]]
    chains = {case.tellings[m].placed[0].chain for m in members}
    chains.add(head.placed[0].chain[:1])
    own = {c[:n] for c in chains for n in range(1, len(c) + 1)}
    by_id = {a.id: a for a in case.attributions}
    for a in case.attributions:
        if any(abs(case.sentence_at(s.start) - head.sentence) <= 1 for s in a.content):
            own.add((*head.placed[0].chain[:1], a.id))
    ids = case.actors.by_span
    out = []
    for chain in sorted(own):
        last = by_id.get(chain[-1])
        speaker = case.actors.speaker_by_attribution.get(chain[-1])
        spans = case.parties.get(speaker or "", [])
        inside = [
            m for m in members if any(s.start <= case.tellings[m].at < s.end for s in (last.content if last else ()))
        ]
        out.append(
            Option(
                chain,
                {
                    "by rule": float(chain == head.placed[0].chain),
                    "of a member": sum(case.tellings[m].placed[0].chain == chain for m in members) / len(members),
                    "publisher": float(len(chain) == 1),
                    "nested": float(len(chain)),
                    "inside": len(inside) / len(members),
                    "head inside": float(members[0] in inside),
                    "teller": case.link(members, spans, "teller"),
                    "head teller": case.link(members[:1], spans, "teller"),
                    "quoted": float(clause_of(head.mention.root).quotation is not None),
                    "acts": float(
                        speaker is not None and speaker in {ids.get((s.start, s.end)) for s in head.mention.actors}
                    ),
                    "direct": float(last is not None and last.kind == "direct"),
                    "sourceless": float(last is not None and last.source is None),
                    "rule's length": float(len(head.placed[0].chain)),
                    "members": float(len(members)),
                    "deed": float(head.mention.type in DEEDS),
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return _ranked(out, "teller", "of a member")


def counts(case: Case, members: Sequence[int]) -> list[Option]:
    """Every number of the members, once a kind and number."""
    head = case.tellings[members[0]]
    groups: dict[tuple[str, int | None, int | None, int | None], list[tuple[int, Count]]] = {}
    for m in members:
        for count in case.tellings[m].mention.counts:
            groups.setdefault((count.kind, count.low, count.best, count.high), []).append((m, count))
    kinds = [key[0] for key in groups]
    out = []
    for key, found in groups.items():
        number = key[2] or key[1] or key[3] or 0
        out.append(
            Option(
                found[0][1],
                {
                    "of the head": float(any(m == members[0] for m, _ in found)),
                    "of members": float(len({m for m, _ in found})),
                    "against": float(all(case.tellings[m].mention.against for m, _ in found)),
                    "count": case.link(members, [c for _, c in found], "count"),
                    "number": float(min(number, 10_000)),
                    "one": float(number == 1),
                    "rivals": float(kinds.count(key[0])),
                    "sentence": float(case.sentence_at(found[0][1].start)),
                    "members": float(len(members)),
                    f"kind {key[0]}": 1.0,
                    f"type {head.mention.type}": 1.0,
                },
            )
        )
    return _ranked(out, "count")


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """How a field of a row is chosen.

    ``options`` lists the values it could have. ``sure`` is the chance from which on the likeliest is given; below, the
    field is silent. ``beside`` is the chance from which on others stand beside it (above 1: never).
    """

    options: Callable[[Case, Sequence[int]], list[Option]]
    sure: float = 0.0
    beside: float = 2.0


FIELDS = {
    "actors": FieldQuestion(parties, sure=0.4, beside=0.5),
    "recipients": FieldQuestion(parties, sure=0.4, beside=0.5),
    "place": FieldQuestion(places, sure=0.4),
    "date": FieldQuestion(dates, sure=0.4),
    "modality": FieldQuestion(modalities),
    "source": FieldQuestion(sources),
    "counts": FieldQuestion(counts, sure=0.5, beside=0.5),
}
"""The fields of a row, and how each is chosen."""
