"""Places of a report: found, resolved to points together, and what was taken for a place but is none."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.lang.name_keys import demonym, fold
from dateline.model import CODED_BLOCKS, Date, LeftOut, Place, PlaceUse, Report
from dateline.resolve.gazetteer.lookup import Entry, Gazetteer
from dateline.resolve.places.choose import INSIDE, Choice, Name, choose, place_of_entry
from dateline.resolve.places.datelines import dateline_places
from dateline.resolve.places.document import FoundName, NameKind
from dateline.resolve.places.names import meant, name_key, publisher_names
from dateline.resolve.places.names_in_text import find_names
from dateline.resolve.places.site_points import Towns, force_town, site_place
from dateline.resolve.places.stated import LARGE, Stated, bind, stated_of
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.lang.en.placing.datelines import Dateline

DATELINE = rule("place.dateline", "the report's dateline")
ITEM = rule("place.item-head", "the place at the head of an item in a list")
CHOSEN = rule("place.chosen", "{gazetteer}: {reasons}")
CONTAINER = rule("place.container", "what the text says that a place lies in")
NOT_LISTED = rule("place.not-listed", "a name that the gazetteer lacks")
HOME = rule("place.home", "the country of the report's dateline")
NOT_THERE = rule("place.not-there", "the gazetteer has no such name where the text puts it: {container}")
SPELLING = rule("place.spelling", "a spelling close to a town of the report's country; to be checked")
PART_OF_TOWN = rule(
    "place.part-of-town",
    "a name that the gazetteer lacks, at the point of the town whose police or fire service the report names",
)

DATELINE_BLOCKS = 30
"""A dateline stands at the head of one of the first blocks, after headings and captions."""
LARGE_DIVISION = 250_000
"""A division abroad of so many people is meant by its name, whatever the dateline, as is a town that is large."""
HOME_REACH = 300
"""Characters around a name that the gazetteer lacks in which a place abroad says that it may not be the dateline's."""
LEAST_RESPELT = 5
"""A shorter name is like too many others to be one of them spelt in another way."""
_APART: dict[NameKind, PlaceUse] = {"adjective": "adjective", "in a name": "in a name"}


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """What was found in a report, each in order.

    ``places`` are those of the coded blocks and ``context`` those of captions, headings and other blocks that are
    never coded; ``left_out`` are words that were considered and are no places. ``apart`` are the names of coded blocks
    that are kept apart: those inside other names and the adjectives, which never place an event.
    """

    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    context: tuple[Place, ...] = ()
    apart: tuple[Place, ...] = ()

    def all(self) -> tuple[Place, ...]:
        """The places of the coded blocks and what is kept apart, in order, a name before what stands in it."""
        return tuple(sorted((*self.places, *self.apart), key=lambda p: (p.start, -p.end)))


def find_places(doc: Doc, report: Report, gazetteer: Gazetteer, dates: Sequence[Date] = ()) -> PlacesFound:
    """Finds and resolves the places of a report. ``doc`` is parsed from ``report.text``, offset for offset.

    No name within one of the ``dates`` is a place, where that has a number too ("March 30").
    """
    text = report.text
    opening = [b for b in report.blocks[:DATELINE_BLOCKS] if b.kind in CODED_BLOCKS]
    read = [dateline_places(text, b.start, b.end, gazetteer) for b in opening]
    heads = [name for _, found in read for name in found]
    items = [name for head, found in read if head is not None and head.item for name in found]
    datelines = [head for head, _ in read if head is not None]
    others = [f for f in find_names(doc, gazetteer) if not _is_of_dateline(f, heads, datelines)]
    days = [d for d in dates if any(c.isdigit() for c in d.quote)]
    names = sorted((f for f in (*others, *heads) if not _is_within(f, days)), key=lambda f: f.start)
    towns = [f.town for f in names if f.town is not None]
    spans = [(f.start, f.end) for f in names if f.kind in {"place", *_APART}]
    resolver = _Resolver.of(text, [*spans, *towns], gazetteer, report.publisher)
    resolver = resolver.at_home(heads, spans)
    resolved, apart = _resolved(names, heads, items, resolver)
    home = force_town(text, (*resolved, *apart))
    resolved = [_part_of(p, home) if home is not None and _is_unknown(p) else p for p in resolved]
    resolved = [_of_home(p, resolved, resolver.home) for p in resolved]
    resolved += _sites(names, resolved, home, resolver)
    resolved.sort(key=lambda p: p.start)
    coded = [(b.start, b.end) for b in report.blocks if b.kind in CODED_BLOCKS] or [(0, len(text))]
    inside = [_is_covered(p, coded) for p in resolved]
    return PlacesFound(
        tuple(p for p, yes in zip(resolved, inside, strict=True) if yes),
        tuple(_left_out(f, report) for f in names if f.kind == "left out"),
        tuple(p for p, yes in zip(resolved, inside, strict=True) if not yes),
        tuple(p for p in apart if p.lat is not None and _is_covered(p, coded)),
    )


def _is_of_dateline(name: FoundName, heads: Sequence[FoundName], datelines: Sequence[Dateline]) -> bool:
    """Whether a name is that of a dateline's town, or part of its day or of its agency's name, and so no place."""
    if any(name.overlaps(head) for head in heads):
        return True
    return any(d.start <= name.start < d.end and d.is_no_name(name.start, name.end) for d in datelines)


def resolve_spans(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, publisher: str | None = None
) -> tuple[Place, ...]:
    """The places that given names of a text refer to, in the order given; a name without a point stays a name.

    Adjectives of nationality are given their country's point.
    """
    resolver = _Resolver.of(text, spans, gazetteer, publisher)
    return tuple(resolver.place(start, end) for start, end in spans)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """The names of a text with the readings chosen for them, and the country that most are of.

    ``within`` is what names lie in that the gazetteer lacks there; ``senses`` the readings of mentions, by offset.
    """

    text: str
    choices: dict[str, Choice]
    gazetteer: Gazetteer
    country: str | None
    within: dict[str, Entry]
    senses: dict[int, Entry]
    home: Entry | None = None
    """The country of the report's datelines; None where it has none, or of several countries."""

    @classmethod
    def of(cls, text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer, publisher: str | None) -> _Resolver:
        """With one reading for each distinct name of the spans, chosen together."""
        names: dict[str, Name] = {}
        stated: dict[str, list[Stated]] = {}
        for start, end in spans:
            if not (key := name_key(text, start, end, gazetteer)):
                continue
            said = stated_of(text, start, end, gazetteer)
            stated.setdefault(key, []).extend(said)
            known = names.get(key)
            entries = known.candidates if known else meant(key, text[start:end], gazetteer)
            if entries:
                parents = (known.parents if known else ()) + tuple(e for one in said for e in one.parents)
                names[key] = Name(key, entries, parents)
        homes = publisher_names(publisher, gazetteer) if publisher else ()
        company = [Name(f"\n{i}", entries) for i, entries in enumerate(homes)]
        choices = choose([*names.values(), *company])
        bound = bind(names, stated, choices, gazetteer)
        if bound.names != names:
            choices = choose([*bound.names.values(), *company])
        return cls(text, choices, gazetteer, _main_country(choices), bound.within, bound.senses)

    def at_home(self, heads: Sequence[FoundName], spans: Sequence[tuple[int, int]]) -> _Resolver:
        """As it reads a report of these datelines: a small place abroad is a namesake of one at home.

        It is so where the gazetteer has none of the name at home, and nothing else of the report, by its names at
        ``spans``, is of its country.
        """
        datelines = {p.country for p in (self.place(head.start, head.end) for head in heads)}
        home = self.gazetteer.country(next(iter(datelines)) or "") if len(datelines) == 1 else None
        if home is None:
            return self
        named = {self._key(*span) for span in spans} & self.choices.keys()
        countries = Counter(self.choices[key].entry.country for key in named)
        abroad = {
            key
            for key, choice in self.choices.items()
            if choice.entry.country not in {None, home.country}
            and choice.entry.kind in INSIDE
            and choice.entry.population < (LARGE if choice.entry.kind == "town" else LARGE_DIVISION)
            and countries[choice.entry.country] == 1
        }
        choices = {key: choice for key, choice in self.choices.items() if key not in abroad}
        return replace(self, choices=choices, within=self.within | dict.fromkeys(abroad, home), home=home)

    def _key(self, start: int, end: int) -> str:
        return name_key(self.text, start, end, self.gazetteer)

    def place(self, start: int, end: int) -> Place:
        """What the words ``[start, end)`` refer to; their name alone where that is not known."""
        quote = self.text[start:end]
        if (sense := self.senses.get(start)) is not None and demonym(quote) is None:
            return place_of_entry(start, end, quote, sense, (CONTAINER.because(quote),))
        key = self._key(start, end)
        choice = self.choices.get(key)
        if choice is not None:
            if demonym(quote) is not None and choice.entry.kind != "town":
                reasons = "the country or region of the adjective"
            else:
                reasons = "; ".join(choice.reasons) or "the likeliest of its namesakes"
            source = f"gazetteer {choice.entry.source}" if choice.entry.own else "gazetteer"
            because = CHOSEN.because(quote, gazetteer=source, reasons=reasons)
            return place_of_entry(start, end, quote, choice.entry, (because,))
        inside = self.within.get(key)
        country = inside.country if inside is not None else self.country
        if country is not None and (town := _respelt(quote, country, self.gazetteer)) is not None:
            return place_of_entry(start, end, quote, town, (SPELLING.because(quote),))
        if inside is None:
            return Place(start, end, quote, quote, because=(NOT_LISTED.because(quote),))
        because = NOT_THERE.because(quote, container=inside.name)
        return Place(start, end, quote, quote, country=inside.country, because=(because,))


def _main_country(choices: dict[str, Choice]) -> str | None:
    """The country of most of the report's names, where half of them agree."""
    counts = Counter(c.entry.country for c in choices.values() if c.entry.country)
    if not counts:
        return None
    country, number = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return country if 2 * number >= sum(counts.values()) else None


def _respelt(quote: str, country: str, gazetteer: Gazetteer) -> Entry | None:
    """The one town of the country that the name is another spelling of; None where several compare."""
    if len(fold(quote)) < LEAST_RESPELT:
        return None
    towns = list({e.id: e for e in gazetteer.similar(quote, country)}.values())
    if len(towns) > 1 and towns[0].population < 5 * towns[1].population:
        return None
    return towns[0] if towns else None


def _resolved(
    names: Sequence[FoundName], heads: Sequence[FoundName], items: Sequence[FoundName], resolver: _Resolver
) -> tuple[list[Place], list[Place]]:
    """The places of names in order, sites left out, and those that are kept apart.

    ``heads`` are those of datelines, ``items`` those among them of the items of lists.
    """
    places: list[Place] = []
    apart: list[Place] = []
    for name in names:
        if name.kind in _APART:
            apart.append(replace(resolver.place(name.start, name.end), use=_APART[name.kind]))
        elif name.kind == "place":
            place = resolver.place(name.start, name.end)
            if name in heads:
                why = ITEM if name in items else DATELINE
                place = replace(place, because=(why.because(place.quote), *place.because))
            places.append(place)
        if name.town is not None:
            town = resolver.place(*name.town)
            if name.town_inside:
                apart.append(replace(town, use="in a name"))
            else:
                places.append(town)
    places.sort(key=lambda p: p.start)
    return places, apart


def _sites(names: Sequence[FoundName], places: Sequence[Place], home: Place | None, resolver: _Resolver) -> list[Place]:
    """The sites among the names, at points that the other places of the report give them."""
    towns = Towns.of(places, home)
    countries = {p.country for p in places if p.country}
    sites = []
    for name in names:
        if name.kind != "site":
            continue
        named = resolver.place(*name.town) if name.town is not None and name.town_inside else None
        if named is not None and countries and named.country not in countries:
            # A town of a country that the report does not speak of only shares its name with the site.
            named = None
        sites.append(site_place(resolver.text, name, places, towns, resolver.gazetteer, named))
    return sites


def _of_home(place: Place, places: Sequence[Place], home: Entry | None) -> Place:
    """A name that the gazetteer lacks, with the country of the report's dateline where nothing near says another."""
    if home is None or not _is_unknown(place):
        return place
    near = (p for p in places if abs(p.start - place.start) <= HOME_REACH)
    if any(p.country not in {None, home.country} for p in near):
        return place
    return replace(place, country=home.country, because=(HOME.because(home.name), *place.because))


def _is_unknown(place: Place) -> bool:
    return place.lat is None and place.country is None


def _part_of(place: Place, town: Place) -> Place:
    """A name that the gazetteer lacks, as a part of the town whose police the report names."""
    return replace(
        place,
        name=f"{place.quote}, {town.name}",
        geonameid=town.geonameid,
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        precision="site",
        because=(PART_OF_TOWN.because(town.quote), *place.because),
    )


def _left_out(name: FoundName, report: Report) -> LeftOut:
    span = report.span(name.start, name.end)
    return LeftOut(span.start, span.end, span.quote, "place", name.why)


def _is_within(name: FoundName, days: Sequence[Date]) -> bool:
    """Whether the name is words of one of the days, which are in order."""
    at = bisect_right(days, name.start, key=lambda d: d.start) - 1
    return at >= 0 and name.end <= days[at].end


def _is_covered(place: Place, blocks: Sequence[tuple[int, int]]) -> bool:
    """Whether the place stands in one of the blocks, which are in order."""
    at = bisect_right(blocks, place.start, key=lambda b: b[0]) - 1
    return at >= 0 and place.end <= blocks[at][1]
