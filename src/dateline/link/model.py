"""The nouns of linking, frozen: mentions as they are compared, links with their reasons, and events.

A :class:`Mention` is what is comparable of one event mention of one coding; an :class:`Account` is the same mention
with everything that people want to read of it. Links are decided on the former, values and pages are made from the
latter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.model import Because, Coding, Count, CountKind, EventMention, Modality, PlacePrecision

Interest = Literal["party", "organiser", "opponent", "third party", "unknown"]
Status = Literal["reported", "reported, unverified", "possible", "confirmed"]
Answer = Literal["same", "different"]
Scalar = str | int
Bounds = tuple[int | None, int | None, int | None]
"""The low, best and high of a count; None is "not stated"."""
Chosen = Scalar | tuple[Scalar | None, ...] | None
"""What a policy makes of the statements on a field; None where nobody states it."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a mention puts its event; ``town`` is a GeoNames id or a folded name, ``lat`` and ``lon`` are WGS 84."""

    precision: PlacePrecision
    town: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people that a mention gives; None is "not stated"."""

    kind: CountKind
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """What is comparable of one event mention.

    ``id`` is ``report id + "#" + event id``, with the turn of a report's later codings before the event ("r1#2.e1"):
    :func:`report_of` and :func:`told_of` take it apart. ``published`` and ``days`` (first and last possible day, both
    inclusive) are proleptic Gregorian ordinals. ``actors`` and ``recipients`` are folded neutral names, sorted;
    ``words`` the content words of the evidence, ``scene`` those of the report's title and beginning, both folded,
    sorted, unique; ``scene_days`` and ``scene_towns`` the days and towns of the report's events, sorted. ``subject``
    is true of the one mention that the report is about, ``historical`` of background. ``original`` is the id of the
    report that this mention's report copies, or of its own report.
    """

    id: str
    report: str
    original: str
    published: int | None
    type: str
    quad: int | None
    modality: Modality
    trigger: str
    days: tuple[int, int] | None = None
    where: Where | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    words: tuple[str, ...] = ()
    scene: tuple[str, ...] = ()
    scene_days: tuple[int, ...] = ()
    scene_towns: tuple[str, ...] = ()
    subject: bool = False
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a mention is enough to tell most of those that it cannot be one event with: read without its words."""

    type: str
    days: tuple[int, int] | None = None


def outline(mention: Mention) -> Outline:
    """The outline of a mention."""
    return Outline(mention.type, mention.days)


def report_of(mention: str) -> str:
    """The report of a mention's id."""
    return mention.rpartition("#")[0]


def told_of(mention: str) -> tuple[int, str]:
    """Of a mention's id, which coding of its report it is from (from 1), and the event's id in that coding."""
    turn, _, event = mention.rpartition("#")[2].rpartition(".")
    return int(turn or 1), event


def in_turn(mention: str, turn: int) -> str:
    """The id of a mention of the first coding, for the same event in a later one: the two are not the same mention."""
    report, _, event = mention.rpartition("#")
    return mention if turn == 1 else f"{report}#{turn}.{event}"


@dataclass(frozen=True, slots=True)
class Edge:
    """How much two mentions (``first`` < ``second``) look like one event: 0 to 1, with reasons; None is a conflict."""

    first: str
    second: str
    score: float | None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two mentions. It outranks every score and survives relinking; the last one on a pair holds."""

    first: str
    second: str
    answer: Answer
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A mention's place in an event, and why."""

    mention: str
    event: str
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An event that is no more: its mentions went to ``successors`` (one: merged; several: split up)."""

    event: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What linking changed: links made or moved, new events, and events that gave way."""

    links: tuple[Link, ...] = ()
    born: tuple[str, ...] = ()
    gone: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a report: outlet, the owner that speaks through it, and its interest in what it reports."""

    publisher: str | None
    owner: str | None = None
    interest: Interest = "unknown"


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word a value is: the publisher's own, or a speaker's whom it quotes (neutral name, outermost first)."""

    names: tuple[str, ...]
    party: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One report's telling of an event: the mention in its coding, who published it, and by whose word.

    ``original`` is as in :class:`Mention`; ``actors`` and ``recipients`` hold neutral names; ``voice`` who says so;
    ``figures`` each count with the voice that gives it; ``because`` why the mention belongs to its event.
    """

    id: str
    coding: Coding
    event: EventMention
    source: Source
    original: str
    voice: Voice
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    figures: tuple[tuple[Count, Voice], ...] = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of a field and the accounts that give it; ``sources`` counts them by independent source."""

    value: Scalar | Bounds
    accounts: tuple[str, ...]
    voices: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Value:
    """What a policy made of the claims on one field. None where no account states it.

    ``agreement`` is the share of independent sources stating the field that state the chosen value, 0 to 1.
    """

    field: str
    value: Chosen
    policy: str
    claims: tuple[Claim, ...] = ()
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, by the accounts of it. ``sources`` counts independent sources: owners and copies once."""

    id: str
    accounts: tuple[str, ...]
    values: tuple[Value, ...]
    sources: int
    status: Status
    because: tuple[Because, ...] = ()
