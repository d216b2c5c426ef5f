"""What one coder made of one report: events, attributions, places, dates, actors, each with its words and reasons.

A value that claims words carries them: a :class:`Span` is made by :meth:`Report.span`, and a :class:`Coding` refuses
any span whose quote is not exactly the text it points at. The public JSON form of a coding is in :mod:`dateline.form`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from dateline.errors import SpanError
from dateline.model.report import Report, Span

Modality = Literal["asserted", "negated", "planned", "possible", "hypothetical"]
AttributionKind = Literal["direct", "indirect", "mixed"]
CountKind = Literal["killed", "injured", "arrested", "participants", "missing", "displaced"]
PlacePrecision = Literal["site", "town", "district", "province", "country", "region", "unknown"]
DatePrecision = Literal[
    "time", "day", "days", "week", "month", "season", "year", "decade", "century", "duration", "unknown"
]
PlaceUse = Literal["place", "in a name", "adjective", "metonym"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a value is what it is: the field it explains, the rule that decided, and the words the rule matched.

    ``rule`` is for people and may be worded anew; ``id`` names the rule for good ("modality.plan"). ``source`` is the
    file and line of the list, the trigger or the code that decided ("modality.yaml:14"). Both are empty where a coding
    was made elsewhere.
    """

    field: str
    rule: str
    matched: str = ""
    id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Participant(Span):
    """An actor or recipient of one event, as the report words it; ``actor`` is the id of a resolved :class:`Actor`.

    ``chance`` is that it is one of them (see :class:`EventMention`).
    """

    actor: str | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who the words refer to, resolved within the report.

    ``name`` is neutral: an authority name, a public person's name, or a description by role for a private person.
    ``flags`` tells what a person should check, such as two spellings of one name.
    """

    id: str
    name: str
    role: str | None = None
    country: str | None = None
    sector: str | None = None
    mentions: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Place(Span):
    """A place name and the point it refers to (WGS 84 degrees), or a name alone where no point is supported.

    ``country`` is ISO 3166-1 alpha-2, ``admin1`` the name of the first-order division. ``use`` tells what the words
    do in the text: name a place, name it inside another name ("Tehran University"), stand for it as an adjective
    ("Iranian"), or name it for its government ("Tehran said"). An event's place is always of use ``place``; ``chance``
    is that the event was there (see :class:`EventMention`).
    """

    name: str
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    because: tuple[Because, ...] = ()
    use: PlaceUse = "place"
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A date in words. ``edtf`` is ISO 8601-2 (level 1 or 2); ``basis`` tells what it was worked out from.

    ``chance`` is that an event that has it was then (see :class:`EventMention`).
    """

    edtf: str | None
    precision: DatePrecision
    basis: str
    timex_type: TimexType = "DATE"
    timex_value: str | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Count(Span):
    """A number of people with its bounds. None is "not stated", never 0; ``attribution`` tells whose figure it is.

    ``chance`` is that it is a number of the event that has it (see :class:`EventMention`).
    """

    kind: CountKind
    low: int | None
    best: int | None
    high: int | None
    attribution: tuple[str, ...] = ()
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence(Span):
    """The sentence that supports an event, with its surroundings (a W3C text quote selector)."""

    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """The same event in other schemes; None where the scheme's own conditions are not met.

    The last four tell how exact its place and its date are, on the scales of ACLED (1 to 3) and of UCDP's
    Georeferenced Event Dataset (places 1 to 7, dates 1 to 5).
    """

    cameo: str | None = None
    acled: str | None = None
    quad: int | None = None
    acled_geo_precision: int | None = None
    acled_time_precision: int | None = None
    ucdp_where_prec: int | None = None
    ucdp_date_prec: int | None = None


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of each field of an event that it is right as it is given, and where it is empty, rightly so.

    ``source`` is that of the event's attribution. None is a field that nothing judged.
    """

    type: float | None = None
    actors: float | None = None
    recipients: float | None = None
    place: float | None = None
    date: float | None = None
    modality: float | None = None
    source: float | None = None
    counts: float | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One event as one report tells it. ``attribution`` holds attribution ids, outermost (the publisher) first.

    ``tellings`` are the words of every place in the report that tells it, in the order of the text, the trigger's
    among them. ``historical`` is true of background: of long before the report's own story, whatever the modality.
    ``chance`` is a calibrated probability, from 0 to 1, that it is one event of the report and of its type: of many
    rows with .8, eight in ten are. None: rules alone coded. ``chances`` are those of its fields; spans have their own.
    """

    id: str
    type: str
    trigger: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    codes: Codes = Codes()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    place: Place | None = None
    date: Date | None = None
    modality: Modality = "asserted"
    counts: tuple[Count, ...] = ()
    attribution: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    tellings: tuple[Span, ...] = ()
    chance: float | None = None
    chances: Chances = Chances()
    because: tuple[Because, ...] = ()
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what. ``parent`` is the attribution this one stands inside; ``speaker`` the id of an :class:`Actor`.

    The attribution with no source, no cue and no content is the publisher's own voice, the parent of all others.
    """

    id: str
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    kind: AttributionKind = "indirect"
    parent: str | None = None
    speaker: str | None = None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut(Span):
    """Words that were considered and not coded, and why."""

    what: Literal["event", "place", "date", "count", "attribution"]
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the whole report, such as why nothing was coded. ``code`` is stable; ``message`` is for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CoderInfo:
    """Who coded, by which codebook (``name version``) and which model (None: rules alone)."""

    name: str
    version: str
    codebook: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """How a neutral sentence tells of an event: a verb in its dictionary form, and its object.

    ``toward`` is the object with the recipient at ``{}`` ("a visit to {}"), ``alone`` the object without one.
    """

    verb: str
    alone: str
    toward: str


@dataclass(frozen=True, slots=True)
class TypeWording(Wording):
    """How a neutral sentence tells of events of a type, or of one of its modes. A mode without any goes by its type."""

    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder made of one report.

    ``suggestions`` are rows whose chance is below the bound from which on rows are shown: no events, kept for whoever
    reviews the coding.

    ``wordings`` are the codebook's for the types and modes of the events: neutral sentences are made from the coding
    alone.

    Raises :class:`SpanError` where a span's quote is not the report's text, and :class:`ValueError` where an id
    is used twice or points at nothing, or a chance is none.
    """

    report: Report
    coder: CoderInfo
    events: tuple[EventMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    actors: tuple[Actor, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()
    wordings: tuple[TypeWording, ...] = ()
    suggestions: tuple[EventMention, ...] = ()

    def __post_init__(self) -> None:
        for span in self.spans():
            if self.report.text[span.start : span.end] != span.quote:
                raise SpanError(
                    f"{type(span).__name__} [{span.start}, {span.end}) says {span.quote[:60]!r}, but the text of "
                    f"report {self.report.id!r} there is {self.report.text[span.start : span.end][:60]!r}"
                )
        attributions = _ids("attribution", [a.id for a in self.attributions])
        actors = _ids("actor", [a.id for a in self.actors])
        _ids("event", [e.id for e in self.rows])
        for attribution in self.attributions:
            _refers("parent", attribution.parent, attributions)
            _refers("speaker", attribution.speaker, actors)
        for event in self.rows:
            _chances(event)
            for name in (*event.attribution, *(a for count in event.counts for a in count.attribution)):
                _refers("attribution", name, attributions)
            for participant in (*event.actors, *event.recipients):
                _refers("actor", participant.actor, actors)

    @property
    def rows(self) -> tuple[EventMention, ...]:
        """The events, then the suggestions."""
        return (*self.events, *self.suggestions)

    def spans(self) -> Iterator[Span]:
        """Every span of the coding, in no particular order."""
        for part in (self.rows, self.attributions, self.places, self.dates, self.actors, self.left_out):
            yield from _spans(part)

    def _repr_html_(self) -> str:
        """The coding as a notebook shows it."""
        from dateline.export.notebook import coding_html

        return coding_html(self)


def _ids(what: str, ids: list[str]) -> frozenset[str]:
    if len(set(ids)) != len(ids):
        raise ValueError(f"two {what}s of one coding share an id: {sorted(i for i in set(ids) if ids.count(i) > 1)}")
    return frozenset(ids)


def _refers(what: str, name: str | None, known: frozenset[str]) -> None:
    if name is not None and name not in known:
        raise ValueError(f"{what} {name!r} points at nothing in this coding")


def _chances(event: EventMention) -> None:
    parts = (event, *event.actors, *event.recipients, *event.counts, event.place, event.date)
    own = [part.chance for part in parts if part is not None]
    for chance in (*own, *(getattr(event.chances, name) for name in _CHANCES)):
        if chance is not None and not 0 <= chance <= 1:
            raise ValueError(f"event {event.id!r} has a chance of {chance}, and chances go from 0 to 1")


_CHANCES = tuple(field.name for field in fields(Chances))


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
        return
    if isinstance(value, Span):
        yield value
    for name in _holding(type(value)):
        part = getattr(value, name)
        if part:
            yield from _spans(part)


# A coding is checked whenever it is made: what cannot hold a span is not searched for one.
@cache
def _holding(kind: type) -> tuple[str, ...]:
    """The fields of a class that can hold spans."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _can_hold(hints[field.name]))


def _can_hold(hint: object) -> bool:
    if isinstance(hint, type) and is_dataclass(hint):
        return issubclass(hint, Span) or bool(_holding(hint))
    return any(map(_can_hold, get_args(hint)))
