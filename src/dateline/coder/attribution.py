"""Who says so: each source with its cue and its content, nested as deep as the report nests them.

Speech counts, and so do belief, attitude and judgement. Cues are found in the syntax
(:mod:`dateline.coder.attribution_verbs`, :mod:`dateline.coder.attribution_nouns`) and the layout
(:mod:`dateline.coder.attribution_layout`), quotations are given to their speakers
(:mod:`dateline.coder.attribution_quotes`); here all become :class:`Attribution` objects. Words in quotation marks
that nobody is credited with are no attribution.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.coder.attribution_layout import LayoutReader
from dateline.coder.attribution_nouns import (
    according_candidate,
    adjective_candidate,
    hearsay_candidate,
    noun_candidate,
)
from dateline.coder.attribution_quotes import QuotationGiver
from dateline.coder.attribution_syntax import Candidate, runs, said_beside, subtree
from dateline.coder.attribution_verbs import verb_candidate
from dateline.coder.attribution_words import cue_words
from dateline.coder.parse import Parse, Quotation, innermost_quotation
from dateline.model import Attribution, AttributionKind, Because, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

_EDGES = frozenset(" \t\r\n.,;:!?-–—…")
_QUOTE_MARKS = frozenset("\"“”„‟‘’‚‛«»‹›'`")


def find_attributions(parse: Parse) -> tuple[Attribution, ...]:
    """The attributions of a report in the order of the text, ids ``a1``, ``a2``, ...

    ``parent`` is the innermost attribution whose content holds this one's cue, or None. The publisher's own voice is
    not among them.
    """
    sentences = list(parse.sentences())
    rows = [find_candidates(sentence) for sentence in sentences]
    for row in rows:
        for candidate in row:
            candidate.spans = _spans(candidate.content, parse)
    LayoutReader(parse, sentences, rows).read()
    QuotationGiver(parse, sentences, rows).give()
    kept = [c for row in rows for c in row if c.spans]
    for candidate in kept:
        candidate.spans = _settle(candidate, parse)
    kept = [c for c in kept if c.spans and c.cue]
    return _nested(sorted(kept, key=lambda c: (c.head, c.cue)), parse)


def find_candidates(sentence: SpacySpan) -> list[Candidate]:
    """The cues of a sentence in order, each with its source and its content."""
    words = cue_words()
    found: list[Candidate] = []
    for token in sentence:
        candidate: Candidate | None = None
        if token.pos_ in ("VERB", "AUX"):
            frames = words.verbs.get(token.lemma_.lower())
            candidate = according_candidate(token) or (verb_candidate(token, frames) if frames else None)
        elif token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in words.nouns:
            candidate = noun_candidate(token, words.nouns[token.lemma_.lower()])
        elif token.pos_ == "ADJ" and token.lemma_.lower() in words.adjectives:
            candidate = adjective_candidate(token, words.adjectives[token.lemma_.lower()])
        elif token.lower_ in words.hearsay:
            candidate = hearsay_candidate(token)
        elif token.lower_ in ("according", "per"):
            candidate = according_candidate(token)
        if candidate is not None:
            if (said := said_beside(token)) is not None:
                for outer in found:
                    if outer.head == said.i:
                        outer.content -= subtree(token)
            found.append(candidate)
    return found


def _spans(indices: set[int], parse: Parse) -> list[tuple[int, int]]:
    """Tokens to offsets, without punctuation at the edges, but with the quotation marks that belong to the words."""
    doc = parse.doc
    found: list[tuple[int, int]] = []
    for first, last in runs(indices, doc):
        words = [i for i in range(first, last + 1) if not _is_edge(doc, i)]
        if words:
            found.append(_with_marks(doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]]), parse))
    return found


def _is_edge(doc: Doc, i: int) -> bool:
    token = doc[i]
    return token.is_space or all(c in _EDGES or c in _QUOTE_MARKS for c in token.text)


def _with_marks(start: int, end: int, parse: Parse) -> tuple[int, int]:
    """The span with the quotation marks that stand directly around its words."""
    text = parse.report.text
    first = innermost_quotation(parse.quotations, start)
    if first is not None and not any(c.isalnum() for c in text[first.start : start]):
        start = first.start
    last = innermost_quotation(parse.quotations, end - 1)
    if last is not None and start <= last.start and not any(c.isalnum() for c in text[end : last.end]):
        end = last.end
    return start, end


def _settle(candidate: Candidate, parse: Parse) -> list[tuple[int, int]]:
    """The content's offsets merged, kept inside the quotation that holds the cue, and without the cue and source."""
    doc = parse.doc
    home = innermost_quotation(parse.quotations, doc[candidate.head].idx)
    own = sorted((doc[i].idx, doc[i].idx + len(doc[i])) for i in {*candidate.cue, *candidate.source})
    merged: list[tuple[int, int]] = []
    for start, end in sorted(candidate.spans):
        if home is not None:
            start, end = max(start, home.start), min(end, home.end)  # noqa: PLW2901
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [piece for span in merged for piece in _without(span, own, parse.report.text)]


def _without(span: tuple[int, int], own: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    at, end = span
    for a, b in own:
        if a < end and b > at:
            pieces.append((at, a))
            at = max(at, b)
    pieces.append((at, end))
    if len(pieces) == 1:
        return pieces
    trimmed = []
    for start, stop in pieces:
        while start < stop and (text[start] in _EDGES or text[start].isspace()):
            start += 1  # noqa: PLW2901
        while stop > start and text[stop - 1].isspace():
            stop -= 1  # noqa: PLW2901
        if any(c.isalnum() for c in text[start:stop]):
            trimmed.append((start, stop))
    return trimmed


def _nested(candidates: Sequence[Candidate], parse: Parse) -> tuple[Attribution, ...]:
    parents = _parents(candidates, parse)
    ids = {id(c): f"a{n}" for n, c in enumerate(candidates, start=1)}
    return tuple(
        Attribution(
            id=ids[id(candidate)],
            source=_span(candidate.source, parse),
            cue=_span(candidate.cue, parse),
            content=tuple(parse.report.span(a, b) for a, b in candidate.spans),
            kind=_kind(candidate.spans, parse),
            parent=ids[id(parent)] if parent is not None else None,
            because=(Because("cue", candidate.rule, _words(candidate.cue, parse)),),
        )
        for candidate, parent in zip(candidates, parents, strict=True)
    )


def _parents(candidates: Sequence[Candidate], parse: Parse) -> list[Candidate | None]:
    """For each candidate the one with the shortest content that holds its cue."""
    offsets = [parse.doc[c.head].idx for c in candidates]
    best: list[Candidate | None] = [None] * len(candidates)
    sizes = [sum(b - a for a, b in c.spans) for c in candidates]
    chosen = [0] * len(candidates)
    for number, outer in enumerate(candidates):
        for start, end in outer.spans:
            for i in range(bisect_left(offsets, start), bisect_right(offsets, end - 1)):
                smaller = best[i] is None or sizes[number] < chosen[i]
                if i != number and smaller and (sizes[number], number) > (sizes[i], i):
                    best[i], chosen[i] = outer, sizes[number]
    return best


def _span(indices: Sequence[int], parse: Parse) -> Span | None:
    """One span over the tokens' first run: sources and cues are told in one piece."""
    for first, last in runs(indices, parse.doc):
        while first <= last and (parse.doc[first].is_punct or parse.doc[first].is_space) and last > first:
            first += 1  # noqa: PLW2901
        while last > first and (parse.doc[last].is_space or parse.doc[last].text in _EDGES):
            last -= 1  # noqa: PLW2901
        return parse.report.span(parse.doc[first].idx, parse.doc[last].idx + len(parse.doc[last]))
    return None


def _words(indices: Sequence[int], parse: Parse) -> str:
    span = _span(indices, parse)
    return span.quote if span else ""


def _kind(spans: Sequence[tuple[int, int]], parse: Parse) -> AttributionKind:
    """Direct where all the words stand in quotation marks of their own, mixed where some do."""
    text = parse.report.text
    quoted = [q for a, b in spans for q in _inside(parse.quotations, a, b)]
    if not quoted:
        return "indirect"
    return "direct" if all(_is_quoted(text, a, b, quoted) for a, b in spans) else "mixed"


def _inside(quotations: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """The quotations that lie wholly within the offsets."""
    first = bisect_left(quotations, start, key=lambda q: q.start)
    last = bisect_left(quotations, end, key=lambda q: q.start)
    return [q for q in quotations[first:last] if q.end <= end]


def _is_quoted(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> bool:
    at = start
    for quotation in quoted:
        if quotation.end <= at or quotation.start >= end:
            continue
        if any(c.isalnum() for c in text[at : quotation.start]):
            return False
        at = quotation.end
    return not any(c.isalnum() for c in text[at:end])
