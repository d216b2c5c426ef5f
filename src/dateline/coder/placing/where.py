"""The place of an event: the one that its own clause supports, else its sentence, else the scene of its report.

Every place name of the event word's sentence is weighed by readable features
(:mod:`dateline.coder.placing.where_features`); what stands in a quotation that the event is not in, in a job title, or
in a name is never the place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.coder.placing.scene import in_title, same_words, scene
from dateline.coder.placing.where_features import (
    PLACE_NOUNS,
    PREPOSITIONS_OF_PLACE,
    features,
    governor,
    name_spans,
    path,
    verbs_of_places,
)
from dateline.coder.syntax.model import Parse
from dateline.lang.lexicon import words
from dateline.model import Because, Place
from dateline.resolve.places.find import is_in_town

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from dateline.resolve.gazetteer.lookup import Gazetteer

THRESHOLD = -1.1
"""The least worth of the best name for it to be the place at all; the figure that gives the best F1."""
SITE_REACH = 12
"""A site stands within so many characters of its town ("Trafalgar Square in central London")."""
FRONTED = 3
"""A name among so many first words of its sentence speaks for the whole of it ("In Mosul, officials said that ...")."""

_OF_COUNTRIES = PREPOSITIONS_OF_PLACE | {"into", "from", "to", "between"}
_TOPICS = words("placing.topics")
_THERE = words("placing.there")
_AGAINST = words("placing.against")
_GATHERINGS = words("placing.gatherings")
_LISTING = words("placing.listing")
_BETWEEN_LISTED = words("placing.between_listed")
_KNOWN = {"town": "town", "site": "town", "district": "admin2", "province": "admin1", "country": "country"}


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each feature is worth; fitted by ``training/where.py``."""
    lines = files("dateline").joinpath("data", "where_weights.tsv").read_text(encoding="utf-8").splitlines()
    out = {}
    for line in lines:
        if line and not line.startswith("#"):
            feature, worth = line.rsplit("\t", 1)
            out[feature] = float(worth)
    return out


WHERE_STEPS = 6
"""How many heads are climbed from an event to the clause that begins with where."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Names that stand or fall together, as indices: one name, or a list ("Tehran, Kerman and Zanjan").

    ``opener`` is the larger place that a list follows ("across Iran, including ..."): the list takes its place.
    """

    members: tuple[int, ...]
    opener: int | None = None

    @property
    def first(self) -> int:
        """The name whose syntax speaks for all."""
        return self.members[0] if self.opener is None else self.opener


def event_places(
    parse: Parse, trigger: Token, places: Sequence[Place], *, background: bool = False, apart: Sequence[Place] = ()
) -> tuple[tuple[Place, ...], Because | None]:
    """Where the event that a word names happened, with the reason; ``((), None)`` where the text does not say.

    ``places`` are those of :func:`dateline.resolve.places.find.find_places` for the report, in order. Several come back
    where the event is spread over a list of places ("in Tehran, Kerman and Zanjan"), the most local of each. What is
    told as ``background`` does not take the report's scene; ``apart`` are the names that stand inside other names.
    """
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
    known = [_KNOWN.get(p.precision, "region" if p.lat is not None else "unknown") for p in own]
    groups = grouped(parse.doc, spans)
    allowed = [g for g in groups if _may_place(parse, trigger, spans[g.first], own[g.first])]
    named = _own_name(trigger, spans, own)
    if named is not None and same_words(parse, trigger, spans[named].root):
        return (own[named],), Because("place", "part of the event's own name", own[named].quote)
    best = _best(trigger, spans, known, groups, allowed)
    if best is not None:
        group, reason = best
        if group.opener is not None:
            reason = "the places listed after the larger one"
        members = [_site_of(i, own, spans, trigger) for i in group.members if same_words(parse, trigger, spans[i].root)]
        chosen = tuple(own[i] for i in members)
        return chosen, Because("place", f"its own sentence: {reason}", own[group.first].quote)
    return scene(parse, trigger, places, own, background=background, apart=apart)


def _site_of(at: int, places: Sequence[Place], spans: Sequence[SpacySpan], trigger: Token) -> int:
    """The site that is named beside its town ("London's Trafalgar Square"), or that the event is done to or at.

    That site may lie in a division or country named elsewhere in the sentence ("attacked the camp ... in Turkana").
    Where there is none it is the place itself.
    """
    for near in (at + 1, at - 1):
        if 0 <= near < len(places) and places[near].precision == "site" and places[at].precision == "town":
            gap = max(places[near].start - places[at].end, places[at].start - places[near].end)
            if gap <= SITE_REACH and is_in_town(places[near], places[at]):
                return near
    if places[at].precision != "site":
        for i, place in enumerate(places):
            if not _is_in(place, places[at]):
                continue
            preposition, attached, _ = governor(spans[i].root)
            there = preposition is None or preposition.lower_ in PREPOSITIONS_OF_PLACE
            if there and (attached.head if attached.dep_ in {"object", "passive subject"} else attached) == trigger:
                return i
    return at


def _is_in(site: Place, place: Place) -> bool:
    """Whether a site of its own point, or at its town's, lies in another place of its sentence."""
    if site.precision != "site" or site.country != place.country:
        return False
    if place.precision == "town":
        return is_in_town(site, place)
    return place.precision == "country" or (place.precision == "province" and site.admin1 == place.admin1)


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
    known = known_by(gazetteer)
    groups = grouped(doc, spans)
    best = _best(trigger, spans, [known(s.text) for s in spans], groups, groups)
    return [(spans[i].start_char, spans[i].end_char) for i in best[0].members] if best is not None else []


def grouped(doc: Doc, spans: list[SpacySpan]) -> list[_Group]:
    """The names of a sentence as groups, in order."""
    out: list[_Group] = []
    at = 0
    while at < len(spans):
        opener = at if _opens_list(doc, spans, at) else None
        first = last = at if opener is None else at + 1
        while last + 1 < len(spans) and _same_list(doc, spans[last], spans[last + 1], opener is not None):
            last += 1
        out.append(_Group(tuple(range(first, last + 1)), opener))
        at = last + 1
    return out


def _best(
    trigger: Token, spans: list[SpacySpan], known: Sequence[str], groups: list[_Group], allowed: list[_Group]
) -> tuple[_Group, str] | None:
    """The group of names most likely to be the place, with the feature that spoke most for it."""
    for group in groups:
        if _where_follows(trigger, spans[group.members[-1]]):
            return group, "the event's clause begins with where, and follows it"
    worth = weights()
    others = [spans[g.first] for g in groups]
    best: tuple[float, _Group, str] | None = None
    for group in allowed:
        named = features(trigger, spans[group.first], others, known[group.first])
        values = [worth.get(name, 0.0) for name in named]
        total = sum(values)
        if total >= THRESHOLD and (best is None or total > best[0]):
            strongest = max(range(len(named)), key=lambda k: (values[k], -k))
            best = total, group, named[strongest]
    return (best[1], best[2]) if best is not None else None


def _where_follows(trigger: Token, span: SpacySpan) -> bool:
    """As in "from Yangon and Bago, where shots were fired": the clause of the event tells of the names before it."""
    clause = trigger
    for _ in range(WHERE_STEPS):
        for child in clause.children:
            if child.lower_ == "where" and child.dep_ == "adverb":
                between = trigger.doc[span.end : child.i] if span.end <= child.i else None
                return between is not None and len(between) <= 1 and all(t.text == "," for t in between)
        if clause.head == clause:
            return False
        clause = clause.head
    return False


def known_by(gazetteer: Gazetteer | None) -> Callable[[str], str]:
    """Says in a word what the gazetteer holds a name to be: its most populous reading's kind, or "unknown"."""

    def known(name: str) -> str:
        from dateline.resolve.places.names import candidates

        entries = [e for e in candidates(name, gazetteer) if e.rank > 1] if gazetteer is not None else []
        if not entries:
            return "unknown"
        kind = max(entries, key=lambda e: (e.population, -e.id)).kind
        return "region" if kind == "continent" else kind

    return known


def _may_place(parse: Parse, trigger: Token, span: SpacySpan, place: Place) -> bool:
    """Whether a name may be the place of the event: not in another's words, not in a title, and not one who acts."""
    head = span.root
    if not same_words(parse, trigger, head) or in_title(head):
        return False
    return not _acts(trigger, head, place) and not _is_elsewhere(trigger, head)


def _acts(trigger: Token, head: Token, place: Place) -> bool:
    """Whether a place's name stands for its government or people ("Tehran condemned", "called on the UK").

    A name that no preposition of place governs is one, unless it is the object of a verb that is done to places
    ("stormed Homs") or part of the event word's own phrase ("the Baghdad bombing").
    """
    preposition, attached, links = governor(head)
    if preposition is not None:
        if place.precision not in {"country", "region"} or preposition.lower_ in _OF_COUNTRIES:
            return False
        if preposition.lower_ == "of":
            # "The streets of Iran" and "the invasion of Iraq" are places; "the people of Iran" are not.
            return attached != trigger and attached.lemma_.lower() not in PLACE_NOUNS
        return True
    if attached == trigger and links and links[-1] in {"compound", "noun modifier"}:
        return False
    if attached.dep_ in {"object", "passive subject"}:
        return attached.head.lemma_.lower() not in verbs_of_places()
    # A name in apposition or without syntax of its own, as in headlines and datelines, is left to its worth.
    return (
        attached.dep_ in {"subject", "preposition object", "indirect object", "attribute", "object predicate"}
        or "possessor" in links
    )


def _opens_list(doc: Doc, spans: list[SpacySpan], at: int) -> bool:
    """Whether a name is followed by examples of what it holds ("across Iran, including Tehran")."""
    if at + 1 >= len(spans):
        return False
    between = [t.lower_ for t in doc[spans[at].end : spans[at + 1].start]]
    return 0 < len(between) <= 5 and any(w in _LISTING or w == ":" for w in between)


def _same_list(doc: Doc, left: SpacySpan, right: SpacySpan, opened: bool) -> bool:
    """Whether two neighbouring names are of one list, with no more than commas and "and" between them.

    "Paris, Texas" is none: a comma alone joins names only after words that open a list, or where the parser does.
    """
    between = [t.lower_ for t in doc[left.end : right.start]]
    if not 0 < len(between) <= 5 or any(w not in _BETWEEN_LISTED for w in between):
        return False
    return opened or any(w in {"and", "or", "&"} for w in between) or right.root.dep_ == "conjunct"


def _is_elsewhere(trigger: Token, head: Token) -> bool:
    """Whether a name places something that only speaks of the event: a rally against it, a person who did it once.

    "A rally in Rome against the killing of two men" puts the rally in Rome, not the killing.
    """
    preposition, attached, _ = governor(head)
    up, down = path(trigger, attached)
    there = preposition is not None and preposition.lower_ in _THERE
    if not there and any(t.dep_ == "preposition object" and t.head.lower_ in _AGAINST and t.head in down for t in down):
        return True
    fronted = head.i < trigger.i and head.i - head.sent.start <= FRONTED
    for token in up:
        above = token.head
        if token.dep_ == "preposition object" and above.lower_ in _TOPICS and above in up:
            return True
        if token.dep_ == "relative clause" and above != attached and above not in head.ancestors:
            return True
        if token.dep_ == "content clause" and above == attached and not fronted:
            return True
    return False


def _own_name(trigger: Token, spans: list[SpacySpan], places: Sequence[Place]) -> int | None:
    """The name that is part of the event word's own phrase: "the Baghdad bombing", "Iran protests"."""
    for i, (span, place) in enumerate(zip(spans, places, strict=True)):
        head = span.root
        part = head.head == trigger and head.dep_ in {"compound", "noun modifier"} and trigger.pos_ in {"NOUN", "PROPN"}
        # Before a word for an attack a country is who attacks ("US strikes").
        if part and (place.precision not in {"country", "region"} or trigger.lemma_.lower() in _GATHERINGS):
            return i
    return None
