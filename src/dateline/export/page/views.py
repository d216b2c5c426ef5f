"""What the page's templates show: each coding turned into plain words with the links between its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.export.chances import in_words, of_fields, to_check
from dateline.export.page.segments import ShownBlock, shown_blocks
from dateline.export.page.spans import Ids, marks_of
from dateline.export.phrases import label
from dateline.export.statement import number
from dateline.export.words import (
    according_to,
    actors,
    count_words,
    country_name,
    date_words,
    headline,
    listed,
    marks,
    place_words,
    publisher,
    quoted,
    recipients,
    sentence,
    source,
    status,
    title_words,
)
from dateline.model import Attribution, Chances, Codes, Coding, Count, EventMention, PlaceUse, Report, Span

_DEEPEST = 20
_USES: dict[PlaceUse, str] = {
    "place": "",
    "in a name": ", in a name",
    "adjective": ", as an adjective",
    "metonym": ", for its government",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere on the page, or nowhere."""

    words: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """An evidence sentence with the trigger's words apart, and where it stands in the text."""

    before: str
    trigger: str
    after: str
    href: str
    where: str


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a card: its heading, values, in small what they rest on, and their chance where one should look."""

    heading: str
    values: tuple[str, ...]
    basis: str = ""
    chance: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One event mention."""

    id: str
    number: int
    type: str
    type_href: str
    heading: str
    marks: tuple[str, ...]
    status: str
    sentence: str
    fields: tuple[Field, ...]
    chain: tuple[Link, ...]
    quotes: tuple[Quote, ...]
    same_as: Link | None
    codes: str
    contexts: str
    chance: str
    chances: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One attribution with those that stand inside it."""

    id: str
    label: str
    source: str
    cue: str
    kind: str
    quotes: tuple[str, ...]
    href: str
    events: tuple[Link, ...]
    inside: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A person or group under its neutral name."""

    name: str
    about: str
    flags: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A place or date that was found: the report's words, what they were resolved to, and on what basis."""

    id: str
    quote: str
    resolved: str
    basis: str
    href: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Words that were considered and not coded: a candidate that was left out, or a row below the bound."""

    what: str
    quote: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report with all that was made of it."""

    id: str
    title: str
    about: tuple[str, ...]
    url: str | None
    language: str
    summary: str
    blocks: tuple[ShownBlock, ...]
    cards: tuple[Card, ...]
    suggestions: tuple[LeftOutRow, ...]
    voices: tuple[Voice, ...]
    actors: tuple[ActorRow, ...]
    places: tuple[FoundRow, ...]
    dates: tuple[FoundRow, ...]
    left_out: tuple[LeftOutRow, ...]
    notes: tuple[str, ...]


def report_view(coding: Coding, at: int, types: dict[str, str]) -> ReportView:
    """The ``at``-th report of a page. ``types`` gives the id of each event type's definition."""
    ids = Ids(f"r{at}")
    report = coding.report
    voices = voices_of(coding, ids)
    numbers = ids.attribution_numbers(coding)
    labels = {
        a.id: Link(source(coding, a), f"#{ids.attribution(numbers[a.id])}" if a.id in numbers else None)
        for a in coding.attributions
    }
    return ReportView(
        id=ids.report,
        title=title_words(report),
        about=about(report),
        url=web_address(report.url),
        language=report.language or "",
        summary=", ".join(
            (
                number(len(coding.events), "event mention"),
                *([number(len(coding.suggestions), "suggestion")] if coding.suggestions else []),
                number(len(coding.left_out), "candidate") + " left out",
            )
        ),
        blocks=shown_blocks(report, marks_of(coding, ids)),
        cards=tuple(
            card_of(coding, event, (n, first), ids, labels, types)
            for n, (event, first) in enumerate(zip(coding.events, _told_first(coding.events), strict=True), 1)
        ),
        suggestions=tuple(
            LeftOutRow(
                label(row.type, row.mode),
                row.trigger.quote,
                f"{in_words(row.chance)}: {sentence(coding, row)}",
                f"#{ids.suggestion(n)}",
            )
            for n, row in enumerate(coding.suggestions, 1)
        ),
        voices=voices,
        actors=tuple(
            ActorRow(
                name=actor.name,
                about=", ".join(filter(None, (actor.role, actor.sector, country_name(actor.country)))),
                flags=actor.flags,
                mentions=len(actor.mentions),
            )
            for actor in coding.actors
        ),
        places=tuple(
            FoundRow(
                ids.place(n),
                place.quote,
                f"{place_words(place)} ({place.precision}{_USES[place.use]})",
                "; ".join(because_words(b.rule, b.matched) for b in place.because) or "no basis given",
                f"#{ids.place_words(n)}",
            )
            for n, place in enumerate(coding.places, 1)
        ),
        dates=tuple(
            FoundRow(
                ids.date(n),
                date.quote,
                f"{date_words(date)} ({date.edtf})" if date.edtf else "no calendar date",
                date.basis,
                f"#{ids.date_words(n)}",
            )
            for n, date in enumerate(coding.dates, 1)
        ),
        left_out=tuple(
            LeftOutRow(item.what, item.quote, item.why, f"#{ids.left_out(n)}")
            for n, item in enumerate(coding.left_out, 1)
        ),
        notes=tuple(note.message for note in coding.notes),
    )


def about(report: Report) -> tuple[str, ...]:
    """Who published a report, when, and who wrote it."""
    parts = (
        report.publisher or "publisher not stated",
        f"published {report.published}{_where(report)}" if report.published else "no publication date",
        f"changed {report.updated}" if report.updated else "",
        f"by {report.author}" if report.author else "",
    )
    return tuple(filter(None, parts))


def _where(report: Report) -> str:
    return "".join(f" ({stated.where})" for stated in report.stated if stated.field == "published")


def voices_of(coding: Coding, ids: Ids) -> tuple[Voice, ...]:
    """The attributions as a tree, the outermost speakers first; the publisher's own voice is the ground of all."""
    own = {a.id for a in coding.attributions if a.source is None and a.cue is None and not a.content}
    children: dict[str | None, list[Attribution]] = {}
    for attribution in coding.attributions:
        if attribution.id not in own:
            parent = None if attribution.parent in own else attribution.parent
            children.setdefault(parent, []).append(attribution)
    events: dict[str, list[Link]] = {}
    for n, event in enumerate(coding.events, 1):
        if event.attribution:
            events.setdefault(event.attribution[-1], []).append(Link(f"event {n}", f"#{ids.event(n)}"))
    numbers = ids.attribution_numbers(coding)

    def voice(attribution: Attribution, above: frozenset[str]) -> Voice:
        # A chain that bites its own tail, or goes deeper than any person speaks, is cut rather than followed.
        inside = [a for a in children.get(attribution.id, ()) if a.id not in above and len(above) < _DEEPEST]
        n = numbers[attribution.id]
        return Voice(
            id=ids.attribution(n),
            label=f"S{n}",
            source=source(coding, attribution),
            cue=quoted(attribution.cue.quote) if attribution.cue else "",
            kind=attribution.kind,
            quotes=tuple(content.quote for content in attribution.content),
            href=f"#{ids.attribution_words(n)}",
            events=tuple(events.get(attribution.id, ())),
            inside=tuple(voice(a, above | {a.id}) for a in inside),
        )

    return tuple(voice(attribution, frozenset({attribution.id})) for attribution in children.get(None, ()))


def card_of(
    coding: Coding,
    event: EventMention,
    numbers: tuple[int, int],
    ids: Ids,
    voices: dict[str, Link],
    types: dict[str, str],
) -> Card:
    """An event's card; ``numbers`` are its own and that of the first event that is told in the same words."""
    at, first = numbers
    who, whom = actors(coding, event), recipients(coding, event)
    place, date, sure = event.place, event.date, event.chances
    fields = [Field("Who", who, chance=to_check(sure.actors))] if who else []
    if whom:
        fields.append(Field("To whom", whom, chance=to_check(sure.recipients)))
    if place:
        basis = "; ".join((place.precision, *(because_words(b.rule, b.matched) for b in place.because)))
        fields.append(Field("Where", (place_words(place),), basis if basis != "unknown" else "", to_check(sure.place)))
    if date:
        fields.append(Field("When", (date_words(date),), date.basis, to_check(sure.date)))
    if event.counts:
        figures = tuple(_figure(coding, event, count) for count in event.counts)
        fields.append(Field("Numbers", figures, chance=to_check(sure.counts)))
    missing = [name for name, value in (("who", who), ("where", place), ("when", date)) if not value]
    if missing:
        fields.append(Field("Not stated", (listed(missing),)))
    if first != at:
        alike = {"Who", "To whom", "Numbers"} | ({"When"} if date == coding.events[first - 1].date else set())
        fields = [field for field in fields if field.heading not in alike]
    spoken = [voices[name] for name in event.attribution if name in voices]
    return Card(
        id=ids.event(at),
        number=at,
        type=label(event.type, event.mode),
        type_href=f"#{types[event.type]}",
        heading=headline(coding, event),
        marks=marks(event),
        status=status(event),
        sentence=sentence(coding, event),
        fields=tuple(fields),
        chain=tuple(spoken) or (Link(publisher(coding)),),
        quotes=tuple(_quotes(event, at, ids)),
        same_as=Link(f"event {first}", f"#{ids.event(first)}") if first != at else None,
        codes="; ".join(
            f"{name} {value}"
            for name, value in (("CAMEO", event.codes.cameo), ("ACLED", event.codes.acled), ("quad", event.codes.quad))
            if value is not None
        ),
        contexts=", ".join(event.contexts),
        chance=in_words(event.chance),
        chances=of_fields(event),
        because=tuple(f"{b.field}: {because_words(b.rule, b.matched)}" for b in event.because),
    )


def _told_first(events: Sequence[EventMention]) -> list[int]:
    """For each event the number of the first that is told in the same words, and differs in place or date alone."""
    first: dict[EventMention, int] = {}
    bare = (
        replace(e, id="", place=None, date=None, codes=Codes(), chance=None, chances=Chances(), because=())
        for e in events
    )
    return [first.setdefault(event, n) for n, event in enumerate(bare, 1)]


def _figure(coding: Coding, event: EventMention, count: Count) -> str:
    words = count_words(count)
    if count.attribution and count.attribution != event.attribution:
        return f"{words}, according to {according_to(coding, count.attribution)}"
    return words


def _quotes(event: EventMention, at: int, ids: Ids) -> Iterator[Quote]:
    for n, evidence in enumerate(event.evidence or (event.trigger,), 1):
        href = f"#{ids.evidence(at, n)}" if event.evidence else f"#{ids.trigger(at)}"
        yield quote_of(event, evidence, href)


def quote_of(event: EventMention, evidence: Span, href: str = "") -> Quote:
    """An evidence sentence of an event as the page shows it."""
    quote, trigger = evidence.quote, event.trigger
    start, end = trigger.start - evidence.start, trigger.end - evidence.start
    if not 0 <= start < end <= len(quote):
        start = end = len(quote)
    return Quote(quote[:start], quote[start:end], quote[end:], href, f"{evidence.start:,}–{evidence.end:,}")


def web_address(url: str | None) -> str | None:
    """An address that a page may link to; None for any other scheme."""
    return url if (url or "").startswith(("https://", "http://")) else None


def because_words(rule: str, matched: str) -> str:
    """A rule, and the words that it matched."""
    return f"{rule} ({quoted(matched)})" if matched else rule


@dataclass(frozen=True, slots=True)
class TypeRow:
    """An event type that occurs on the page, with the definition by which it was coded."""

    id: str
    name: str
    definition: str


def types_of(codings: Sequence[Coding]) -> tuple[TypeRow, ...]:
    """The types that occur, sorted, defined by the codebooks that coded them where those are installed."""
    from dateline.codebook.load import installed_codebook

    books = map(installed_codebook, sorted({coding.coder.codebook for coding in codings if coding.rows}))
    definitions = {kind.name: kind.definition for book in books if book for kind in book.types}
    used = sorted({event.type for coding in codings for event in coding.rows})
    return tuple(
        TypeRow(f"type-{n}", name, definitions.get(name, "The codebook that defines this type is not installed here."))
        for n, name in enumerate(used, 1)
    )
