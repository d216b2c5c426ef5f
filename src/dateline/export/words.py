"""Neutral sentences from a coding alone.

Only an actor's neutral name, a type's own phrase, and the names of places stand outside quotation marks; where
there is nothing but the report's wording, it stands between them. Nothing here depends on who the actors are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import cast

from dateline.export.phrases import Phrase, phrase
from dateline.export.safe import one_line
from dateline.lang.lexicon import table, words
from dateline.model import Actor, Attribution, Coding, Count, Date, EventMention, Modality, Participant, Place, Report

MODALITY_WORDS: Mapping[Modality, str] = cast("Mapping[Modality, str]", table("phrases.modality_words"))
COUNT_WORDS = {"participants": "taking part"}
EARLIER = "earlier background"
NO_PLACE = "place not stated"
NO_DATE = "date not stated"
NO_ACTOR = "not named"
_MOST = 160
_MONTHS = words("phrases.months")
_SEASONS = table("phrases.seasons")
_QUARTERS = table("phrases.quarters")
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)\S*)?)?)?([?~%])?", re.ASCII)
_ANY_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?", re.ASCII)
_ROUGH_YEAR = re.compile(r"(\d\d)(\d)?X{1,2}([?~%])?", re.ASCII)
_DOUBT = table("phrases.doubt")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up in a coding for each of its rows."""

    coding: Coding
    actors: dict[str, Actor]
    attributions: dict[str, Attribution]
    chains: dict[tuple[str, ...], tuple[str, ...]]


_last: _Known | None = None


def _known(coding: Coding) -> _Known:
    """The same of a coding, kept until another one is asked about: rows of one report are told together."""
    global _last  # noqa: PLW0603 - what another thread may put there is looked at before it is used
    known = _last
    if known is None or known.coding is not coding:
        known = _Known(coding, {a.id: a for a in coding.actors}, {a.id: a for a in coding.attributions}, {})
        _last = known
    return known


def sentence(coding: Coding, event: EventMention) -> str:
    """One event as a sentence that says who says so, who did what to whom, where and when."""
    told = _modal(coding, event)
    where, when = _where(event.place), _when(event.date)
    comma = "," if when and "," in where else ""
    return f"According to {according_to(coding, event.attribution)}, {told}{where}{comma}{when} (as reported)."


def headline(coding: Coding, event: EventMention) -> str:
    """The sentence of :func:`sentence` without its source, place and date."""
    told = _modal(coding, event)
    return told[:1].upper() + told[1:]


def actors(coding: Coding, event: EventMention) -> tuple[str, ...]:
    """Neutral names of those who acted, each once."""
    return tuple(name for name, _ in participants(coding, event.actors))


def recipients(coding: Coding, event: EventMention) -> tuple[str, ...]:
    """Neutral names of those to whom it was done, each once."""
    return tuple(name for name, _ in participants(coding, event.recipients))


def chain(coding: Coding, attribution: Sequence[str]) -> tuple[str, ...]:
    """Who says so, the innermost speaker first and the publisher last; who quotes himself is told once."""
    known = _known(coding)
    names = tuple(attribution)
    if names not in known.chains:
        speakers = [known.attributions[name] for name in names if name in known.attributions]
        told = [source(coding, a) for a in reversed(speakers) if not _is_publisher(a)]
        known.chains[names] = (*(name for name, _ in groupby(told)), publisher(coding))
    return known.chains[names]


def according_to(coding: Coding, attribution: Sequence[str]) -> str:
    """The chain in words: "X, cited by Y, cited by the publisher Z"."""
    return ", cited by ".join(chain(coding, attribution))


def source(coding: Coding, attribution: Attribution) -> str:
    """Who speaks in one attribution, by neutral name, or in the report's words between quotation marks."""
    if _is_publisher(attribution):
        return publisher(coding)
    actor = None if attribution.speaker is None else _known(coding).actors.get(attribution.speaker)
    if actor is not None:
        return one_line(actor.name, _MOST)
    return quoted(attribution.source.quote) if attribution.source else "a source that is not named"


def publisher(coding: Coding) -> str:
    """The publisher as the last link of every chain."""
    name = one_line(coding.report.publisher or "", _MOST)
    return f"the publisher {name}" if name else "the publisher"


def title_words(report: Report) -> str:
    """The report's title, else its first heading, between quotation marks; else its id."""
    headings = (report.text[b.start : b.end] for b in report.blocks if b.kind == "heading")
    title = report.title or next(headings, "")
    return quoted(title) if title.strip() else one_line(report.id, _MOST)


def place_words(place: Place | None) -> str:
    """A place with its country: "Lyon, France"."""
    if place is None:
        return NO_PLACE
    name = one_line(place.name, _MOST)
    country = country_name(place.country)
    return name if country is None or country == name else f"{name}, {country}"


def date_words(date: Date | None) -> str:
    """A date as people write it: "17 January 2020", or the report's own words where no calendar date is supported."""
    if date is None:
        return NO_DATE
    return edtf_words(date.edtf)[1] or quoted(date.quote)


def count_words(count: Count) -> str:
    """A number with its bounds: "killed: at least 12", or the report's words where it states no number."""
    kind = COUNT_WORDS.get(count.kind, count.kind)
    low, best, high = count.low, count.best, count.high
    if low is None and best is None and high is None:
        return f"{kind}: {quoted(count.quote)}, no number stated"
    if low == high and best in {None, low}:
        return f"{kind}: {low:,}"
    if high is None:
        number = f"at least {low:,}" if low is not None else f"{best:,}"
        middle = best if low is not None and best != low else None
    elif low is None:
        number, middle = f"up to {high:,}", best if best != high else None
    else:
        number, middle = f"{low:,} to {high:,}", best
    return f"{kind}: {number}" + (f" (best {middle:,})" if middle is not None else "")


def number_words(event: EventMention, count: Count) -> str:
    """The report's words for a number; where it has none but the act ("killed" of somebody by name), the number."""
    alone = (count.start, count.end) == (event.trigger.start, event.trigger.end)
    return str(count.best) if alone and count.best is not None else count.quote


def marks(event: EventMention) -> tuple[str, ...]:
    """What sets an event apart from what is told as having happened now: "planned", "historical"."""
    told = () if event.modality == "asserted" else (event.modality,)
    return (*told, "historical") if event.historical else told


def status(event: EventMention) -> str:
    """How an event stands to the facts: "planned or expected", "reported as having happened; earlier background"."""
    told = MODALITY_WORDS[event.modality]
    return f"{told}; {EARLIER}" if event.historical else told


def quoted(words: str) -> str:
    """The report's own words between quotation marks, on one line."""
    return f"“{one_line(words, _MOST)}”"


def listed(names: Iterable[str]) -> str:
    """The names as a list in a sentence: "a", "a and b", "a, b and c"."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


@cache
@cache
def country_name(alpha_2: str | None) -> str | None:
    """The common English name of a country by its ISO 3166-1 alpha-2 code; the code where it is not listed."""
    if not alpha_2:
        return None
    import pycountry

    country = pycountry.countries.get(alpha_2=alpha_2)
    return str(getattr(country, "common_name", country.name)) if country else alpha_2


def participants(
    coding: Coding, people: Sequence[Participant], *, once: bool = True
) -> tuple[tuple[str, Actor | None], ...]:
    """Neutral names of participants, each with its actor; ``once``: each name once, with the first actor of it."""
    by_id = _known(coding).actors
    told: list[tuple[str, Actor | None]] = []
    for person in people:
        actor = by_id.get(person.actor or "")
        named = actor is not None and actor.name.strip()
        name = one_line(actor.name, _MOST) if actor and named else quoted(person.quote)
        if not once or all(name != other for other, _ in told):
            told.append((name, actor))
    return tuple(told)


def reviewed(event: EventMention) -> str | None:
    """What a person said of an event ("corrected by A. Editor"); None where nobody has looked at it."""
    said = [because for because in event.because if because.id.partition(".")[0] == "review"]
    return said[-1].rule if said else None


def _is_publisher(attribution: Attribution) -> bool:
    return attribution.source is None and attribution.cue is None and not attribution.content


def _modal(coding: Coding, event: EventMention) -> str:
    words = phrase([coding], event.type, event.mode)
    who, whom = actors(coding, event), recipients(coding, event)
    return clause(words, event.modality, who, whom, historical=event.historical)


def clause(
    words: Phrase, modality: Modality, who: Sequence[str], whom: Sequence[str], *, historical: bool = False
) -> str:
    """Who did what to whom in a type's own words, as sure as the modality is; the names are neutral."""
    subject = listed(who) if who else "an actor who is not named"
    rest = words.toward.replace("{}", listed(whom)) if whom else words.alone
    rest = f" {rest}" if rest else ""
    earlier, was = (" at an earlier time", "had been") if historical else ("", "was")
    match modality:
        case "asserted" if historical:
            return f"{subject} had {words.participle}{rest}{earlier}"
        case "negated" if historical:
            return f"{subject} had not {words.participle}{rest}{earlier}"
        case "asserted":
            return f"{subject} {words.past}{rest}"
        case "negated":
            return f"{subject} did not {words.base}{rest}"
        case "planned":
            return f"it {was} planned or expected{earlier} that {subject} would {words.base}{rest}"
        case "possible":
            return f"{subject} may have {words.participle}{rest}{earlier}"
        case "hypothetical":
            return f"it {was} a condition, a wish or a demand{earlier} that {subject} {words.base}{rest}"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return f" {'at' if place.precision == 'site' else 'in'} {place_words(place)}"


def _when(date: Date | None) -> str:
    if date is None:
        return ""
    preposition, words = edtf_words(date.edtf)
    return f" {preposition} {words}" if words else f" at a time given as {quoted(date.quote)}"


def edtf_words(edtf: str | None) -> tuple[str, str]:
    """Preposition and words of an EDTF value; no words where it holds no calendar date."""
    if not edtf:
        return "", ""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        start, end = edtf_words(first)[1], edtf_words(last)[1]
        if start and end:
            return ("on", start) if start == end else ("between", f"{start} and {end}")
        if start or end:
            return ("from", f"{start} on") if start else ("up to", end)
        return "", ""
    if found := _EDTF.fullmatch(edtf):
        year, month, day, time, doubt = found.groups()
        about = f"{_DOUBT[doubt]} " if doubt else ""
        year = str(int(year))
        if month in _SEASONS or month in _QUARTERS:
            part = _SEASONS.get(month) or f"{_QUARTERS[month]} quarter of"
            return "in", f"{about}{'the ' if month in _QUARTERS else ''}{part} {year}"
        if month and not 1 <= int(month) <= 12:
            return "in", f"{about}{year}"
        if day and month:
            clock = f" at {time}" if time else ""
            return "on", f"{about}{int(day)} {_MONTHS.ordered()[int(month) - 1]} {year}{clock}"
        return "in", f"{about}{_MONTHS.ordered()[int(month) - 1]} {year}" if month else f"{about}{year}"
    if found := _ANY_YEAR.fullmatch(edtf):
        month, day = int(found[1]), found[2]
        if 1 <= month <= 12:
            told = f"{_MONTHS.ordered()[month - 1]} of a year that is not stated"
            return ("on", f"{int(day)} {told}") if day else ("in", told)
    if found := _ROUGH_YEAR.fullmatch(edtf):
        century, decade, doubt = found.groups()
        about = f"{_DOUBT[doubt]} " if doubt else ""
        return "in", f"{about}the {century}{decade or '0'}0s"
    return ("at", f"EDTF {one_line(edtf, _MOST)}") if any(c.isdigit() for c in edtf) else ("", "")
