"""The place of an event: the one that its own clause supports, else its sentence, else the scene of its report.

Every place name of the event word's sentence is weighed by readable features
(:mod:`dateline.lang.en.placing.features`); what stands in a quotation that the event is not in, in a job title, or in
a name is never the place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.coder.placing.name_groups import NameGroup, name_groups
from dateline.coder.placing.scene import same_words, scene
from dateline.coder.syntax.model import Parse
from dateline.lang.en.placing.features import features
from dateline.lang.en.placing.names import name_spans
from dateline.lang.en.placing.places import (
    is_done_there,
    is_elsewhere,
    is_in_own_phrase,
    is_in_title,
    names_a_side,
    opens_with_where,
)
from dateline.model import Because, Place
from dateline.resolve.places.site_points import is_in_town
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from dateline.resolve.gazetteer.lookup import Gazetteer

OWN_NAME = rule("place.own-name", "part of the event's own name")
WHERE_CLAUSE = rule("place.where-clause", "its own sentence: the event's clause begins with where, and follows it")
LISTED = rule("place.listed", "its own sentence: the places listed after the larger one")
WEIGHED = rule("place.weighed", "its own sentence: {feature}")

THRESHOLD = -1.1
"""The least worth of the best name for it to be the place at all; the figure that gives the best F1."""
SITE_REACH = 12
"""A site stands within so many characters of its town ("Trafalgar Square in central London")."""
WEIGHTS = "where_weights.tsv"
_KINDS = {"town": "town", "site": "town", "district": "admin2", "province": "admin1", "country": "country"}
_WIDE = ("country", "region")


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, str]]:
    """What each feature is worth, with file and line."""
    lines = files("dateline").joinpath("data", WEIGHTS).read_text(encoding="utf-8").splitlines()
    known: dict[str, tuple[float, str]] = {}
    for n, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            feature, _, worth = line.rpartition("\t")
            known[feature] = float(worth), f"{WEIGHTS}:{n}"
    return known


def weights() -> dict[str, float]:
    """What each feature is worth; fitted by ``training/where.py``."""
    return {feature: worth for feature, (worth, _) in _weights().items()}


def event_places(
    parse: Parse, trigger: Token, places: Sequence[Place], *, background: bool = False, apart: Sequence[Place] = ()
) -> tuple[tuple[Place, ...], Because | None]:
    """Where the event that a word names happened, with the reason; ``((), None)`` where the text does not say.

    ``places`` are those of :func:`dateline.resolve.places.find.find_places` for the report, in order. Several come back
    where the event is spread over a list of places ("in Tehran, Kerman and Zanjan"), the most local of each. What is
    told as ``background`` does not take the report's scene; ``apart`` are the names that stand inside other names.
    """
    own, spans = _of_sentence(parse, trigger, places)
    for place, span in zip(own, spans, strict=True):
        if is_in_own_phrase(trigger, span.root, wide=place.precision in _WIDE):
            if same_words(parse, trigger, span.root):
                return (place,), OWN_NAME.because(place.quote)
            break
    groups = name_groups(spans)
    allowed = [g for g in groups if _may_place(parse, trigger, spans[g.first], own[g.first])]
    kinds = [_KINDS.get(p.precision, "region" if p.lat is not None else "unknown") for p in own]
    likeliest = _likeliest(trigger, spans, kinds, groups, allowed)
    if likeliest is None:
        return scene(parse, trigger, places, own, background=background, apart=apart)
    group, why = likeliest
    members = [i for i in group.members if same_words(parse, trigger, spans[i].root)]
    chosen = tuple(own[_site_of(i, own, spans, trigger)] for i in members)
    return chosen, _because(group, why, own[group.first].quote)


def _of_sentence(parse: Parse, trigger: Token, places: Sequence[Place]) -> tuple[list[Place], list[SpacySpan]]:
    """The places of the event's sentence, of two that overlap the first, with their words."""
    sentence = trigger.sent
    low = bisect_left(places, sentence.start_char, key=lambda p: p.start)
    high = bisect_left(places, sentence.end_char, key=lambda p: p.start)
    own: list[Place] = []
    spans: list[SpacySpan] = []
    for place in places[low:high]:
        span = parse.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and span.end <= sentence.end and not (spans and span.start < spans[-1].end):
            own.append(place)
            spans.append(span)
    return own, spans


def _because(group: NameGroup, feature: str, quote: str) -> Because:
    """Why the names are the event's place; ``feature`` is the one that spoke most for it, "" for that of a clause."""
    if group.opener is not None:
        return LISTED.because(quote)
    if not feature:
        return WHERE_CLAUSE.because(quote)
    _, source = _weights().get(feature, (0.0, ""))
    return WEIGHED.because(quote, source=source, feature=feature)


def _site_of(at: int, places: Sequence[Place], spans: Sequence[SpacySpan], trigger: Token) -> int:
    """The site that is named beside its town ("London's Trafalgar Square"), or that the event is done to or at.

    That site may lie in a division or country named elsewhere in the sentence ("attacked the camp ... in Turkana").
    Where there is none it is the place itself.
    """
    for beside in (at + 1, at - 1):
        if 0 <= beside < len(places) and places[beside].precision == "site" and places[at].precision == "town":
            gap = max(places[beside].start - places[at].end, places[at].start - places[beside].end)
            if gap <= SITE_REACH and is_in_town(places[beside], places[at]):
                return beside
    if places[at].precision != "site":
        for i, place in enumerate(places):
            if _is_in(place, places[at]) and is_done_there(trigger, spans[i].root):
                return i
    return at


def _is_in(site: Place, place: Place) -> bool:
    """Whether a site of its own point, or at its town's, lies in another place of its sentence."""
    if site.precision != "site" or site.country != place.country:
        return False
    if place.precision == "town":
        return is_in_town(site, place)
    return place.precision == "country" or (place.precision == "province" and site.admin1 == place.admin1)


def are_elsewhere(some: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether none of some places is one of the others, lies in one, or holds one; no places are nowhere else."""
    return bool(some and others) and not any(_may_be_one(one, other) for one in some for other in others)


def _may_be_one(one: Place, other: Place) -> bool:
    if one.name == other.name or (one.lat, one.lon) == (other.lat, other.lon) != (None, None):
        return True
    for inner, outer in ((one, other), (other, one)):
        if outer.precision in _WIDE and inner.country == outer.country:
            return True
        if outer.precision == "province" and (inner.country, inner.admin1) == (outer.country, outer.admin1):
            return True
        if _is_in(inner, outer):
            return True
    return False


def places_of_word(doc: Doc, start: int, end: int, gazetteer: Gazetteer | None = None) -> list[tuple[int, int]]:
    """The words, as offsets ``[start, end)`` into the text, that say where the event of a given word happened.

    Unlike :func:`event_places` this needs no resolved places: any name can be one. The gazetteer, where it is given,
    says which names are known places.
    """
    word = doc.char_span(start, end, alignment_mode="expand")
    if word is None:
        return []
    trigger = word.root
    spans = [s for s in name_spans(trigger.sent) if not (s.start_char < end and start < s.end_char)]
    kind = kind_reader(gazetteer)
    groups = name_groups(spans)
    likeliest = _likeliest(trigger, spans, [kind(s.text) for s in spans], groups, groups)
    return [(spans[i].start_char, spans[i].end_char) for i in likeliest[0].members] if likeliest is not None else []


def _likeliest(
    trigger: Token, spans: list[SpacySpan], kinds: Sequence[str], groups: list[NameGroup], allowed: list[NameGroup]
) -> tuple[NameGroup, str] | None:
    """The group of names most likely to be the place, with the feature that spoke most for it.

    A clause that begins with where needs no weighing: the feature is "".
    """
    for group in groups:
        if opens_with_where(trigger, spans[group.members[-1]]):
            return group, ""
    worth = _weights()
    others = [spans[g.first] for g in groups]
    best: tuple[float, NameGroup, str] | None = None
    for group in allowed:
        named = features(trigger, spans[group.first], others, kinds[group.first])
        values = [worth[name][0] if name in worth else 0.0 for name in named]
        total = sum(values)
        if total >= THRESHOLD and (best is None or total > best[0]):
            strongest = max(range(len(named)), key=lambda k: (values[k], -k))
            best = total, group, named[strongest]
    return (best[1], best[2]) if best is not None else None


def kind_reader(gazetteer: Gazetteer | None) -> Callable[[str], str]:
    """Says in a word what the gazetteer holds a name to be: its most populous reading's kind, or "unknown"."""

    def kind_of(name: str) -> str:
        from dateline.resolve.places.names import candidates

        entries = [e for e in candidates(name, gazetteer) if e.rank > 1] if gazetteer is not None else []
        if not entries:
            return "unknown"
        kind = max(entries, key=lambda e: (e.population, -e.id)).kind
        return "region" if kind == "continent" else kind

    return kind_of


def _may_place(parse: Parse, trigger: Token, span: SpacySpan, place: Place) -> bool:
    """Whether a name may be the place of the event: not in another's words, not in a title, and not one who acts."""
    head = span.root
    if not same_words(parse, trigger, head) or is_in_title(head):
        return False
    return not names_a_side(trigger, head, wide=place.precision in _WIDE) and not is_elsewhere(trigger, head)
