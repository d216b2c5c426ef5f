"""The place of an event: the one that its own clause supports, else its sentence, else the scene of its report.

Every place name of the event word's sentence is weighed by readable features (:mod:`dateline.coder.where_features`);
what stands in a quotation that the event is not in, in a job title, or in a name is never the place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.coder.parse import Parse, innermost_quotation
from dateline.coder.where_features import PREPOSITIONS_OF_PLACE, features, governor, name_spans
from dateline.model import Because, Place
from dateline.resolve.places import DATELINE_RULE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from dateline.resolve.gazetteer import Gazetteer

THRESHOLD = -0.9
"""The least worth of the best name for it to be the place at all; the figure that gives the best F1."""
SCARE_QUOTE = 6
"""A quotation of so few words marks a word, not somebody's speech: its event may be placed outside of it."""
DATELINE_REACH = 3
"""How many coded blocks from the top a report's dateline may place the events of."""

_TITLES = frozenset(
    "minister ministry secretary ambassador envoy president premier chancellor governor mayor mp member senator "
    "congressman congresswoman lawmaker representative spokesman spokeswoman spokesperson director chairman "
    "chairwoman chair chief head leader commander king queen prince professor lecturer bishop archbishop rapporteur "
    "correspondent reporter editor judge commissioner delegate deputy consul embassy expert specialist".split()
)
_LISTING = frozenset({"including", "like", "namely", "particularly", "notably", "especially", "as"})
_BETWEEN_LISTED = frozenset(
    {",", "and", "or", "&", "as", "well", "the", "in", "city", "cities", "of", "towns", "–", "-"}
)
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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A name of the sentence with its worth and the feature that spoke most for it."""

    at: int
    span: SpacySpan
    worth: float
    reason: str


def event_places(parse: Parse, trigger: Token, places: Sequence[Place]) -> tuple[tuple[Place, ...], Because | None]:
    """Where the event that a word names happened, with the reason; ``((), None)`` where the text does not say.

    ``places`` are those of :func:`dateline.resolve.places.find_places` for the report, in order. Several come back
    where the event is spread over a list of places ("in Tehran, Kerman and Zanjan"), the most local of each.
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
    allowed = [_may_place(parse, trigger, span) for span in spans]
    weighed = _weigh(
        trigger, spans, [_KNOWN.get(p.precision, "region" if p.lat is not None else "unknown") for p in own]
    )
    best = max((w for w in weighed if allowed[w.at]), key=lambda w: w.worth, default=None)
    if best is not None and best.worth >= THRESHOLD:
        chosen = _joined(parse.doc, spans, best.at, allowed)
        return tuple(own[i] for i in chosen), Because("place", f"its own sentence: {best.reason}", own[best.at].quote)
    return _scene(parse, trigger, places, own)


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
    weighed = _weigh(trigger, spans, [known(s.text) for s in spans])
    best = max(weighed, key=lambda w: w.worth, default=None)
    if best is None or best.worth < THRESHOLD:
        return []
    return [(spans[i].start_char, spans[i].end_char) for i in _joined(doc, spans, best.at, [True] * len(spans))]


def known_by(gazetteer: Gazetteer | None) -> Callable[[str], str]:
    """Says in a word what the gazetteer holds a name to be: its most populous reading's kind, or "unknown"."""

    def known(name: str) -> str:
        from dateline.resolve.places_names import candidates

        entries = [e for e in candidates(name, gazetteer) if e.rank > 1] if gazetteer is not None else []
        if not entries:
            return "unknown"
        kind = max(entries, key=lambda e: (e.population, -e.id)).kind
        return "region" if kind == "continent" else kind

    return known


def _weigh(trigger: Token, spans: list[SpacySpan], known: Sequence[str]) -> list[_Weighed]:
    worth = weights()
    out = []
    for i, (span, what) in enumerate(zip(spans, known, strict=True)):
        named = features(trigger, span, spans, what)
        values = [worth.get(name, 0.0) for name in named]
        strongest = max(range(len(named)), key=lambda k: (values[k], -k))
        out.append(_Weighed(i, span, sum(values), named[strongest]))
    return out


def _may_place(parse: Parse, trigger: Token, span: SpacySpan) -> bool:
    """Whether a name may be the place of the event: not in another's words, and not in a title."""
    return _same_words(parse, trigger, span.root) and not _in_title(span.root)


def _same_words(parse: Parse, trigger: Token, head: Token) -> bool:
    """Whether the name stands in the same quotation as the event word, or both in none."""
    own = innermost_quotation(parse.quotations, trigger.idx)
    others = innermost_quotation(parse.quotations, head.idx)
    if own == others:
        return True
    if others is not None and not (own is not None and others.start <= own.start and own.end <= others.end):
        return False
    return own is None or len(parse.report.text[own.start : own.end].split()) <= SCARE_QUOTE


def _in_title(head: Token) -> bool:
    """Whether the name belongs to somebody's office ("the minister for Northern Ireland", "Iran's president")."""
    token = head
    for _ in range(6):
        above = token.head
        if above.i == token.i:
            return False
        if above.lemma_.lower() in _TITLES and token.dep_ in {"prep", "poss", "compound", "nmod", "amod"}:
            return token.dep_ != "prep" or token.lower_ in {"of", "for", "to", "at", "from", "in"}
        if above.pos_ in {"VERB", "AUX"}:
            return False
        token = above
    return False


def _joined(doc: Doc, spans: list[SpacySpan], best: int, allowed: Sequence[bool]) -> list[int]:
    """The chosen name with those listed beside it; a list that follows a larger place stands in its stead.

    "across Iran, including Tehran, Kerman and Zanjan" is three towns; "in Paris, Texas" is one.
    """
    if _opens_list(doc, spans, best):
        return [i for i in _list_from(doc, spans, best + 1) if allowed[i]] or [best]
    first = best
    while first > 0 and allowed[first - 1] and _same_list(doc, spans[first - 1], spans[first]):
        first -= 1
    last = best
    while last + 1 < len(spans) and allowed[last + 1] and _same_list(doc, spans[last], spans[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _opens_list(doc: Doc, spans: list[SpacySpan], at: int) -> bool:
    if at + 1 >= len(spans):
        return False
    between = [t.lower_ for t in doc[spans[at].end : spans[at + 1].start]]
    return 0 < len(between) <= 5 and any(w in _LISTING or w == ":" for w in between)


def _list_from(doc: Doc, spans: list[SpacySpan], first: int) -> list[int]:
    out = [first]
    while out[-1] + 1 < len(spans):
        between = doc[spans[out[-1]].end : spans[out[-1] + 1].start]
        if len(between) == 0 or len(between) > 5 or any(t.lower_ not in _BETWEEN_LISTED for t in between):
            break
        out.append(out[-1] + 1)
    return out


def _same_list(doc: Doc, left: SpacySpan, right: SpacySpan) -> bool:
    """Whether two neighbouring names are joined by the parser, with no more than commas and "and" between them."""
    between = doc[left.end : right.start]
    if len(between) == 0 or len(between) > 5 or any(t.lower_ not in _BETWEEN_LISTED for t in between):
        return False
    if any(t.lower_ == "of" for t in between):
        return False
    if any(t.lower_ in {"and", "or", "&"} for t in between):
        return True
    return _chain(right.root) & _chain(left.root) != set() and right.root.dep_ == "conj"


def _chain(token: Token) -> set[int]:
    """A token with those that it is joined to by coordination, upwards."""
    out = {token.i}
    while token.dep_ == "conj" and token.head.i not in out:
        token = token.head
        out.add(token.i)
    return out


def _scene(
    parse: Parse, trigger: Token, places: Sequence[Place], own: Sequence[Place]
) -> tuple[tuple[Place, ...], Because | None]:
    """Where the paragraph or the dateline puts the reader, when the event's sentence names no place of its own."""
    quotation = innermost_quotation(parse.quotations, trigger.idx)
    if quotation is not None and len(parse.report.text[quotation.start : quotation.end].split()) > SCARE_QUOTE:
        return (), None
    if any(p.lat is not None for p in own):
        # The sentence speaks of somewhere else; to place its event by the paragraph would be a guess.
        return (), None
    blocks = list(parse.coded_blocks())
    at = bisect_right(blocks, trigger.idx, key=lambda b: b.start) - 1
    if at < 0 or trigger.idx >= blocks[at].end:
        return (), None
    low = bisect_left(places, blocks[at].start, key=lambda p: p.start)
    high = bisect_left(places, trigger.sent.start_char, key=lambda p: p.start)
    earlier = [p for p in places[low:high] if _sets_scene(parse, p)]
    if earlier and len({p.name for p in earlier}) == 1:
        return (earlier[-1],), Because("place", "the only place of its paragraph so far", earlier[-1].quote)
    if at < DATELINE_REACH and not earlier:
        for place in places:
            if any(b.rule == DATELINE_RULE for b in place.because) and place.start <= trigger.idx:
                return (place,), Because("place", DATELINE_RULE, place.quote)
    return (), None


def _sets_scene(parse: Parse, place: Place) -> bool:
    """Whether a place of an earlier sentence is told as a scene: a town, site or division after "in" or "at"."""
    if place.lat is None or place.precision in {"country", "region"}:
        return False
    if innermost_quotation(parse.quotations, place.start) is not None:
        return False
    span = parse.doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None or _in_title(span.root):
        return False
    preposition, _, _ = governor(span.root)
    return preposition is not None and preposition.lower_ in PREPOSITIONS_OF_PLACE
