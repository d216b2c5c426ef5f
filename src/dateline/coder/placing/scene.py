"""Where a report puts its reader when the sentence of an event names no place: its paragraph, dateline, or scene."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from dateline.coder.syntax.model import Parse
from dateline.lang.en.placing.places import attached_name, describes, is_in_title, is_nationwide
from dateline.lang.quotation import innermost_quotation
from dateline.model import CODED_BLOCKS, Because, Block, Place
from dateline.resolve.gazetteer.points import distance_km
from dateline.resolve.places.find import DATELINE, ITEM
from dateline.resolve.places.site_points import force_town
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Token

SCARE_QUOTE = 6
"""A quotation of so few words marks a word, not somebody's speech: its event may be placed outside of it."""
DATELINE_REACH = 1500
"""How many characters from the top a report's dateline may place the events of, on its own authority."""
OPENING = 200
"""How many places from the top tell the scene of a report; a bound, so that a long one costs no more."""
MENTIONS_READ = 20
"""How many mentions of a town are read for whether anything is told to have happened there."""
ONE_SPOT_KM = 15.0
"""A country whose point lies so near to a town's is a city of its own."""
LEAST_OF_COUNTRY = 2
"""So many mentions of a country make a report one of the country."""
MAJORITY = 0.6
"""The share of a report's mentions of towns that must be of one town for it to be the scene."""

PARAGRAPH = rule("place.paragraph", "the only place of its paragraph so far")
FROM_DATELINE = rule("place.from-dateline", "the report's dateline")
FROM_ITEM = rule("place.from-item", "the place at the head of its item in the list")
SCENE = rule("place.scene", "the scene of the report: the town that it names most")
POLICE = rule("place.police", "the town whose police or fire service the report names")


def scene(
    parse: Parse,
    trigger: Token,
    places: Sequence[Place],
    own: Sequence[Place],
    *,
    background: bool = False,
    apart: Sequence[Place] = (),
) -> tuple[tuple[Place, ...], Because | None]:
    """The place that an event takes from the text around its sentence; ``((), None)`` where that would be a guess.

    ``own`` are the places of the sentence itself, none of which is the event's. Where they are of somewhere else than
    the scene, the event has no place: the sentence may well speak of there. What is told as ``background`` happened at
    another time, and so perhaps elsewhere: the paragraph alone can place it.
    """
    block = _paragraph(parse, trigger)
    if block is None or not _is_told_by_report(parse, trigger):
        return (), None
    low = bisect_left(places, block.start, key=lambda p: p.start)
    high = bisect_left(places, trigger.sent.start_char, key=lambda p: p.start)
    earlier = [p for p in places[low:high] if _sets_scene(parse, p)]
    if len({p.name for p in earlier}) == 1:
        return _unless_elsewhere(parse, earlier[-1], own, PARAGRAPH)
    if earlier or background or is_nationwide(trigger):
        return (), None
    item = next((p for p in places[low:high] if any(b.id == ITEM.id for b in p.because)), None)
    if item is not None:
        return _unless_elsewhere(parse, item, own, FROM_ITEM)
    main = _main_town(parse, places)
    head = next((p for p in islice(places, OPENING) if any(b.id == DATELINE.id for b in p.because)), None)
    if head is not None and head.start <= trigger.idx:
        agrees = main is None or _key(head) == _key(main)
        if agrees or trigger.idx - head.start <= DATELINE_REACH:
            others = [p for p in own if p.start != head.start]
            return _unless_elsewhere(parse, head, others, FROM_DATELINE)
    if main is not None:
        return _unless_elsewhere(parse, main, own, SCENE)
    if (town := force_town(parse.report.text, (*places, *apart))) is not None:
        return _unless_elsewhere(parse, replace(town, use="place"), own, POLICE)
    return (), None


def _paragraph(parse: Parse, trigger: Token) -> Block | None:
    """The block that the word stands in; None where it is none whose events are coded."""
    blocks = parse.report.blocks
    at = bisect_right(blocks, trigger.idx, key=lambda b: b.start) - 1
    if at < 0 or trigger.idx >= blocks[at].end or blocks[at].kind not in CODED_BLOCKS:
        return None
    return blocks[at]


def _is_told_by_report(parse: Parse, trigger: Token) -> bool:
    """Whether the word is the report's own, or stands in a quotation of so few words that it only marks it."""
    quotation = innermost_quotation(parse.quotations, trigger.idx)
    return quotation is None or len(parse.report.text[quotation.start : quotation.end].split()) <= SCARE_QUOTE


def _unless_elsewhere(
    parse: Parse, place: Place, own: Sequence[Place], why: Rule
) -> tuple[tuple[Place, ...], Because | None]:
    """The place of the scene, unless the event's sentence names one that it neither is nor lies in.

    Where the sentence names it too, that mention was found not to be the event's place; unless it only describes
    somebody ("Louisville police"), the report's scene cannot say otherwise.
    """
    for other in own:
        if other.lat is None:
            continue
        if _key(other) == _key(place):
            if not _only_describes(parse, other):
                return (), None
            continue
        inside = other.precision == "country" or other.admin1 == place.admin1
        if other.country != place.country or not inside or other.precision in {"town", "site"}:
            return (), None
    return (place,), why.because(place.quote)


def _key(place: Place) -> tuple[int | None, float | None, float | None]:
    """What makes two mentions the same town, a site counting as its town."""
    return place.geonameid, place.lat, place.lon


def _main_town(parse: Parse, places: Sequence[Place]) -> Place | None:
    """The town that most of the report's opening is about, at its first mention; None where several compete."""
    towns = [
        p
        for p in islice(places, OPENING)
        if p.precision in {"town", "site"} and innermost_quotation(parse.quotations, p.start) is None
    ]
    counts = Counter(_key(p) for p in towns)
    if not counts:
        return None
    (key, number), *_ = counts.most_common(1)
    if number < MAJORITY * len(towns) or (number == 1 and _is_of_a_country(places)):
        return None
    mentions = [p for p in towns if _key(p) == key]
    if not any(_sets_scene(parse, p) or _only_describes(parse, p) for p in mentions[:MENTIONS_READ]):
        return None
    town = next((p for p in mentions if p.precision == "town"), mentions[0])
    # Hong Kong is a country to the gazetteer, and the town to whoever names a part of it once.
    return next((p for p in islice(places, OPENING) if p.precision == "country" and _at_one_spot(p, town)), town)


def _at_one_spot(country: Place, town: Place) -> bool:
    """Whether a country is no more than a town, of which the other is a part."""
    if country.lat is None or country.lon is None or town.lat is None or town.lon is None:
        return False
    return distance_km((country.lat, country.lon), (town.lat, town.lon)) <= ONE_SPOT_KM


def _is_of_a_country(places: Sequence[Place]) -> bool:
    """Whether the opening names one country again and again: a town that it names once is not what it is about."""
    named = Counter(p.country for p in islice(places, OPENING) if p.precision == "country")
    return any(number >= LEAST_OF_COUNTRY for number in named.values())


def _head(parse: Parse, place: Place) -> Token | None:
    """The head of a place's words; None where they are no words of the parse."""
    span = parse.doc.char_span(place.start, place.end, alignment_mode="expand")
    return span.root if span is not None else None


def _only_describes(parse: Parse, place: Place) -> bool:
    head = _head(parse, place)
    return head is not None and describes(head)


def _sets_scene(parse: Parse, place: Place) -> bool:
    """Whether a place of an earlier sentence is told as a scene: a town, site or division after "in" or "at"."""
    if place.lat is None or place.precision in {"country", "region"}:
        return False
    if innermost_quotation(parse.quotations, place.start) is not None:
        return False
    head = _head(parse, place)
    return head is not None and not is_in_title(head) and attached_name(head).is_there


def same_words(parse: Parse, trigger: Token, head: Token) -> bool:
    """Whether the name stands in the same quotation as the event word, or both in none."""
    own = innermost_quotation(parse.quotations, trigger.idx)
    others = innermost_quotation(parse.quotations, head.idx)
    if own == others:
        return True
    if others is not None and not (own is not None and others.start <= own.start and own.end <= others.end):
        return False
    return own is None or len(parse.report.text[own.start : own.end].split()) <= SCARE_QUOTE
