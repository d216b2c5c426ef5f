"""Who says so: each source with its cue and its content, nested as deep as the report nests them.

Speech counts, and so do belief, attitude and judgement. Cues are found in the syntax
(:mod:`dateline.coder.attribution.verbs`, :mod:`dateline.coder.attribution.nouns`) and the layout
(:mod:`dateline.coder.attribution.layout`), quotations are given to their speakers
(:mod:`dateline.coder.attribution.quotations`); here all become :class:`Attribution` objects. A speaker who goes on in
another sentence makes a further statement, which is an attribution of its own with the same source and cue. Words in
quotation marks that nobody is credited with are no attribution.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Candidate, Offsets, runs
from dateline.coder.attribution.cues import ADJECTIVES, HEARSAY, HEARSAY_NOUNS, NOUNS, VERBS
from dateline.coder.attribution.layout import LABEL, TELLER, with_layout
from dateline.coder.attribution.nouns import (
    according_candidate,
    adjective_candidate,
    hearsay_candidate,
    noun_candidate,
    rumour_candidate,
)
from dateline.coder.attribution.pairing import Found, Layout, combined, cut, pair
from dateline.coder.attribution.proposals import propose
from dateline.coder.attribution.quotations import with_quotations
from dateline.coder.attribution.verbs import verb_candidate
from dateline.coder.syntax.model import Parse
from dateline.coder.text.headlines import headline_speaker, headline_teller
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_nobody, names_speaker
from dateline.lang.en.grammar.speakers import passive_subject, speech_above, subtree, told_source
from dateline.lang.en.grammar.voice import is_overtly_passive
from dateline.lang.lexicon import words
from dateline.lang.quotation import Quotation, innermost_quotation
from dateline.model import Attribution, AttributionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

UNDERGOING = words("speech.undergoing")
SEEMING = words("speech.seeming")
_EDGES = frozenset(" \t\r\n.,;:!?-–—…")
_QUOTE_MARKS = frozenset("\"“”„‟‘’‚‛«»‹›'`")


def find_attributions(parse: Parse) -> tuple[Attribution, ...]:
    """The attributions of a report in the order of the text, ids ``a1``, ``a2``, ...

    ``parent`` is the innermost attribution whose content holds this one's cue, or None. The publisher's own voice is
    not among them. Where the encoder read the report, its proposals come first
    (:mod:`dateline.coder.attribution.pairing`); without it the syntax alone decides.
    """
    found = sorted((*_told_by_headings(parse), *_by_syntax(parse)), key=lambda one: one.cue)
    if parse.reading is not None:
        words = [(token.idx, token.idx + len(token)) for token in parse.doc if not token.is_space]
        layout = Layout(
            text=parse.report.text,
            sentence_starts=[sentence.start_char for sentence in parse.doc.sents],
            quotations=[(q.start, q.end) for q in parse.quotations if q.depth == 0],
        )
        proposed = pair(propose(parse.reading, words), found, parse.reading, layout)
        found = combined(proposed, found, parse.reading, layout, lambda cue: _subject(parse, cue))
    kept = (_without_hearer(one, parse) for one in found if not _nobodys(one, parse))
    starts = [sentence.start_char for sentence in parse.doc.sents]
    return _nested([statement for one in kept for statement in _statements(one, starts)], parse)


def _told_by_headings(parse: Parse) -> Iterator[Found]:
    """Who says what a headline tells, where either end names him; no sentence of a heading is read otherwise."""
    for block in parse.report.blocks:
        if block.kind == "heading" and (opener := headline_speaker(parse.report.text, block.start, block.end)):
            at = parse.report.text.index(":", opener.end)
            yield Found(
                (opener.start, opener.end), (at, at + 1), ((opener.mark, block.end),), LABEL.because(), sure=True
            )
        elif block.kind == "heading" and (teller := headline_teller(parse.report.text, block.start, block.end)):
            mark = parse.report.text[teller.mark : teller.start]
            at = teller.mark + len(mark) - len(mark.lstrip())
            cue = teller.verb or (at, at + len(mark.strip()))
            source = teller.start, teller.end
            yield Found(source, cue, ((block.start, teller.mark),), TELLER.because(), sure=True)


def _statements(found: Found, sentence_starts: Sequence[int]) -> Iterator[Found]:
    """What one cue brings in, statement by statement: "We lost", she said. "We go on." are two."""
    said: list[list[Offsets]] = []
    for span in sorted(found.content):
        sentence = bisect_right(sentence_starts, span[0])
        if said and bisect_left(sentence_starts, said[-1][-1][1]) >= sentence:
            said[-1].append(span)
        else:
            said.append([span])
    return (replace(found, content=tuple(spans)) for spans in said)


def _nobodys(one: Found, parse: Parse) -> bool:
    """Whether nobody says it: "nobody has claimed the attack", "the region has seen heavy fighting"."""
    source = parse.doc.char_span(*one.source, alignment_mode="expand") if one.source else None
    if source is not None and names_nobody(source.root):
        return True
    cue = parse.doc.char_span(*one.cue, alignment_mode="expand")
    if cue is None or cue.root.lemma_.lower() not in UNDERGOING:
        return False
    clause = clause_of(cue.root)
    as_something = any(t.lower_ == "as" for t in cue.root.children)
    return clause.has("object") and not clause.has("content clause") and not as_something


def _without_hearer(one: Found, parse: Parse) -> Found:
    """The attribution without a source that is only spoken to: "the court was told that" does not say by whom."""
    cue = parse.doc.char_span(*one.cue, alignment_mode="expand")
    if one.source is None or cue is None or "person" not in VERBS.get(cue.root.lemma_.lower(), ()):
        return one
    hearer = passive_subject(cue.root) if is_overtly_passive(cue.root) else frozenset()
    heard = any(one.source[0] <= parse.doc[i].idx < one.source[1] for i in hearer)
    return replace(one, source=None, source_by_syntax=False) if heard else one


def _subject(parse: Parse, cue: Offsets) -> Offsets | None:
    """Who says so, by the syntax of a cue that the rules have no word for: its subject, or whose it is."""
    words = list(parse.doc.char_span(*cue, alignment_mode="expand") or ())
    for token in reversed(words):
        if token.pos_ in ("VERB", "AUX"):
            return None if token.lemma_.lower() in SEEMING else _span(told_source(token), parse)
    nouns = (token for token in words if token.pos_ in ("NOUN", "PROPN"))
    owners = (owner for noun in nouns for owner in clause_of(noun).hung("possessor"))
    owner = next((owner for owner in owners if names_speaker(owner)), None)
    return _span(sorted(subtree(owner)), parse) if owner is not None else None


def _by_syntax(parse: Parse) -> Iterator[Found]:
    """What the rules find, in the order of the text."""
    sentences = list(parse.sentences())
    rows = tuple(
        tuple(replace(c, spans=_spans(c.content, parse)) for c in find_candidates(sentence)) for sentence in sentences
    )
    rows = with_quotations(parse, sentences, with_layout(parse, sentences, rows))
    kept = [c for row in rows for c in row if c.spans]
    for candidate in sorted(kept, key=lambda c: (c.head, c.cue)):
        content = _settle(candidate, parse)
        cue = _span(candidate.cue, parse)
        if content and cue is not None:
            stop = None if candidate.stop is None else parse.doc[candidate.stop].idx
            source = _span(candidate.source, parse)
            found = Found(source, cue, tuple(content), candidate.because, sure=candidate.sure, stop=stop)
            yield found if stop is None else cut(found, stop, parse.report.text)


def find_candidates(sentence: SpacySpan) -> list[Candidate]:
    """The cues of a sentence in order, each with its source and its content."""
    found: list[Candidate] = []
    for token in sentence:
        candidate = _candidate(token)
        if candidate is None:
            continue
        if (said := speech_above(token)) is not None:
            own = subtree(token)
            stop = min(own) - (token.doc[min(own) - 1].pos_ == "CCONJ")
            kept = (c.content - own - {stop} for c in found)
            found = [
                replace(c, content=k, stop=stop) if c.head == said.i else c for c, k in zip(found, kept, strict=True)
            ]
        found.append(candidate)
    return found


def _candidate(token: Token) -> Candidate | None:
    """The cue that a word is, by its part of speech."""
    word = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        frames = VERBS.get(word)
        return according_candidate(token) or (verb_candidate(token, frames) if frames else None)
    if token.pos_ in ("NOUN", "PROPN") and (word in NOUNS or word in HEARSAY_NOUNS):
        owned = noun_candidate(token, NOUNS[word]) if word in NOUNS else None
        return owned or (rumour_candidate(token, HEARSAY_NOUNS[word]) if word in HEARSAY_NOUNS else None)
    if token.pos_ == "ADJ" and word in ADJECTIVES:
        return adjective_candidate(token, ADJECTIVES[word])
    return hearsay_candidate(token) if token.lower_ in HEARSAY else according_candidate(token)


def _spans(indices: Iterable[int], parse: Parse) -> tuple[Offsets, ...]:
    """Tokens to offsets, without punctuation at the edges, but with the quotation marks that belong to the words."""
    doc = parse.doc
    found: list[Offsets] = []
    for first, last in runs(indices, doc):
        words = [i for i in range(first, last + 1) if not _is_edge(doc, i)]
        if words:
            found.append(_with_marks(doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]]), parse))
    return tuple(found)


def _is_edge(doc: Doc, i: int) -> bool:
    token = doc[i]
    return token.is_space or all(c in _EDGES or c in _QUOTE_MARKS for c in token.text)


def _with_marks(start: int, end: int, parse: Parse) -> Offsets:
    """The span with the quotation marks that stand directly around its words."""
    text = parse.report.text
    first = innermost_quotation(parse.quotations, start)
    if first is not None and not any(c.isalnum() for c in text[first.start : start]):
        start = first.start
    last = innermost_quotation(parse.quotations, end - 1)
    if last is not None and start <= last.start and not any(c.isalnum() for c in text[end : last.end]):
        end = last.end
    return start, end


def _settle(candidate: Candidate, parse: Parse) -> list[Offsets]:
    """The content's offsets merged, kept inside the quotation that holds the cue, and without the cue and source."""
    doc = parse.doc
    home = innermost_quotation(parse.quotations, doc[candidate.head].idx)
    own = sorted((doc[i].idx, doc[i].idx + len(doc[i])) for i in {*candidate.cue, *candidate.source})
    merged: list[Offsets] = []
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


def _without(span: Offsets, own: Sequence[Offsets], text: str) -> list[Offsets]:
    pieces: list[Offsets] = []
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


def _nested(found: Sequence[Found], parse: Parse) -> tuple[Attribution, ...]:
    report = parse.report
    parents = _parents(found)
    return tuple(
        Attribution(
            id=f"a{n}",
            source=report.span(*one.source) if one.source else None,
            cue=report.span(*one.cue),
            content=tuple(report.span(*span) for span in one.content),
            kind=_kind(one.content, parse),
            parent=f"a{parent + 1}" if parent is not None else None,
            because=(replace(one.because, matched=report.text[slice(*one.cue)]),),
        )
        for n, (one, parent) in enumerate(zip(found, parents, strict=True), start=1)
    )


def _parents(found: Sequence[Found]) -> list[int | None]:
    """For each attribution the number of the one with the shortest content that holds its cue."""
    cues = [one.cue[0] for one in found]
    best: list[int | None] = [None] * len(found)
    for number, outer in enumerate(found):
        for start, end in outer.content:
            for i in range(bisect_left(cues, start), bisect_right(cues, end - 1)):
                before = best[i]
                smaller = before is None or (outer.size, number) < (found[before].size, before)
                if i != number and smaller and (outer.size, number) > (found[i].size, i):
                    best[i] = number
    return best


def _span(indices: Sequence[int], parse: Parse) -> Offsets | None:
    """One span over the tokens' first run: sources and cues are told in one piece."""
    for first, last in runs(indices, parse.doc):
        while first <= last and (parse.doc[first].is_punct or parse.doc[first].is_space) and last > first:
            first += 1  # noqa: PLW2901
        while last > first and (parse.doc[last].is_space or parse.doc[last].text in _EDGES):
            last -= 1  # noqa: PLW2901
        return parse.doc[first].idx, parse.doc[last].idx + len(parse.doc[last])
    return None


def _kind(spans: Sequence[Offsets], parse: Parse) -> AttributionKind:
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
