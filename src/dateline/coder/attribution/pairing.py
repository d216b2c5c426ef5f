"""From proposals to attributions: which source and which words go with which cue.

The encoder proposes runs of words; the rules here decide. A run goes with the nearest cue; a cue has one source; a
quotation is whoever's the syntax gives it to, and belongs whole to whoever is credited with most of it; where syntax
and encoder nearly agree on a clause, it ends where the syntax says; what the syntax finds inside a content is nested
there; and what only the syntax finds counts where the encoder half sees it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Offsets
from dateline.coder.attribution.proposals import Proposal
from dateline.coder.encoder.pieces import TAGS
from dateline.lang.lexicon import any_of, words
from dateline.model import Because
from dateline.rules import rule

if TYPE_CHECKING:
    from dateline.coder.encoder.network import Reading

FARTHEST = 1500
"""Characters between a run of words and its cue at the most."""

SENTENCE = 15
"""Words that the end of a sentence counts for in a distance."""

FARTHEST_SOURCE = 35
"""The distance of a source from its cue at the most, counted like this."""

GAP = 3
"""Words that the encoder may leave out inside a content."""

FEW = 8
"""Words of a content that gives a number and little else."""

SLOPE, SHIFT = 1.33, -1.06
"""How the log odds of the mean chance of an attribution's words become those of the attribution (Platt 1999).

Fitted by ``training/calibration.py`` on articles that the encoder did not learn from.
"""

SEEN = 0.4
"""The chance that a cue, or a content, is part of an attribution, from which on the syntax's finding of it counts."""

BY_ENCODER = rule("cue.encoder", "encoder ({chance:.2f})")
BY_BOTH = rule("cue.encoder-and-syntax", "encoder and syntax: {syntax} ({chance:.2f})")
SOURCE_BY_SYNTAX = rule("cue.encoder-source-by-syntax", "encoder, its source by the syntax ({chance:.2f})")

_NUMBER = any_of(words("speech.counting"), before=r"\d|\b(?:")
_NO_PEOPLE = any_of(words("speech.amounts"), before=r"[$€£¥%]|\b(?:")
_CONTENT = [TAGS.index("B-content"), TAGS.index("I-content")]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution as offsets.

    ``syntax`` says why the syntax gave it its content, None where the encoder did; ``chance`` is how sure the encoder
    is of it, None where the syntax alone found it. ``source_by_syntax``: of the encoder's, only the source is the
    syntax's. ``sure``: it is one by its words alone, whatever the encoder makes of them. ``stop``: where the syntax
    sees something begin that is none of the content.
    """

    source: Offsets | None
    cue: Offsets
    content: tuple[Offsets, ...]
    syntax: Because | None = None
    chance: float | None = None
    source_by_syntax: bool = False
    sure: bool = False
    stop: int | None = None

    @property
    def because(self) -> Because:
        """The reason that a reader is shown."""
        if self.chance is None:
            return self.syntax or BY_ENCODER.because(chance=0)
        if self.syntax is not None:
            return BY_BOTH.because(syntax=self.syntax.rule, chance=self.chance, source=self.syntax.source)
        return (SOURCE_BY_SYNTAX if self.source_by_syntax else BY_ENCODER).because(chance=self.chance)

    @property
    def size(self) -> int:
        """Characters of content."""
        return sum(end - start for start, end in self.content)


@dataclass(frozen=True, slots=True)
class Layout:
    """What pairing knows of a report: its text, where its sentences start, and its outermost quotations, in order."""

    text: str
    sentence_starts: Sequence[int]
    quotations: Sequence[Offsets]

    def quotations_in(self, start: int, end: int) -> range:
        """The numbers of the quotations that share words with the offsets."""
        first = bisect_right(self.quotations, (start, math.inf)) - 1
        if first < 0 or self.quotations[first][1] <= start:
            first += 1
        return range(first, max(first, bisect_left(self.quotations, (end, 0))))

    def words(self, start: int, end: int) -> int:
        """How far apart two offsets are: words, and :data:`SENTENCE` more for each start of a sentence."""
        starts = bisect_right(self.sentence_starts, end) - bisect_right(self.sentence_starts, start)
        return len(self.text[start:end].split()) + SENTENCE * starts


def pair(proposals: Sequence[Proposal], rules: Sequence[Found], reading: Reading, layout: Layout) -> list[Found]:
    """The attributions that the encoder proposes, in the order of their cues. ``rules`` are what the syntax found.

    The nearest go together first. A cue has one source and as much content as is nearest to it, from other sentences
    only what is quoted; without content it is none.
    """
    cues = [(p.start, p.end) for p in proposals if p.part == "cue"]
    numbers = {cue: n for n, cue in enumerate(cues)}
    sources = _sources([p for p in proposals if p.part == "source"], cues, layout)
    known = [r for r in rules if next(_touching(cues, r.cue), None) is not None or _is_seen(r, reading)]
    speakers = _speakers(known, layout)
    contents: dict[int, list[Proposal]] = {}
    for content in (p for p in proposals if p.part == "content"):
        quoted = layout.quotations_in(content.start, content.end)
        given = [speakers[n] for n in quoted if n in speakers]
        if given:
            same = next(_touching(cues, given[0]), None)
            if same is not None:
                contents.setdefault(numbers[same], []).append(content)
            continue
        for far, number in sorted(_near(content, cues, layout))[:1]:
            if far < SENTENCE or quoted:
                contents.setdefault(number, []).append(content)
    by_cue = [p for p in proposals if p.part == "cue"]
    return [_found(by_cue[n], sources.get(n), contents[n], layout) for n in sorted(contents)]


def _found(cue: Proposal, source: Proposal | None, contents: Sequence[Proposal], layout: Layout) -> Found:
    parts = [*([source] if source else []), cue, *contents]
    own = [(p.start, p.end) for p in parts[: len(parts) - len(contents)]]
    spans = [(p.start, p.end) for p in contents]
    whole = [
        quotation
        for start, end in spans
        for quotation in (layout.quotations[n] for n in layout.quotations_in(start, end))
        if 2 * (min(end, quotation[1]) - max(start, quotation[0])) > quotation[1] - quotation[0]
    ]
    return Found(
        source=own[0] if source else None,
        cue=(cue.start, cue.end),
        content=_without_gaps(_joined([*spans, *whole]), own, layout.text),
        chance=likely(sum(p.chance for p in parts) / len(parts)),
    )


def likely(mean: float) -> float:
    """The chance that people would mark the attribution too, from the mean chance of its words."""
    mean = min(max(mean, 0.01), 0.995)
    return 1 / (1 + math.exp(-(SLOPE * math.log(mean / (1 - mean)) + SHIFT)))


def _speakers(rules: Sequence[Found], layout: Layout) -> dict[int, Offsets]:
    """For each quotation that the syntax gives to somebody its cue, by the quotation's number."""
    found: dict[int, Offsets] = {}
    for one in rules:
        for start, end in one.content:
            for n in layout.quotations_in(start, end):
                if not layout.quotations[n][0] < one.cue[0] < layout.quotations[n][1]:
                    found.setdefault(n, one.cue)
    return found


def _sources(sources: Sequence[Proposal], cues: Sequence[Offsets], layout: Layout) -> dict[int, Proposal]:
    """By the number of the cue, the closest pairs first."""
    pairs = sorted((far, n, number) for n, source in enumerate(sources) for far, number in _near(source, cues, layout))
    found: dict[int, Proposal] = {}
    given: set[int] = set()
    for far, n, number in pairs:
        if far <= FARTHEST_SOURCE and number not in found and n not in given:
            found[number] = sources[n]
            given.add(n)
    return found


def _near(run: Proposal, cues: Sequence[Offsets], layout: Layout) -> Iterator[tuple[int, int]]:
    """The distances of the cues that are near enough to be the run's own, each with the cue's number."""
    for n in range(bisect_left(cues, (run.start - FARTHEST, 0)), bisect_left(cues, (run.end + FARTHEST, 0))):
        start, end = cues[n]
        low, high = (end, run.start) if end <= run.start else (run.end, start)
        yield (layout.words(low, high) if low < high else 0), n


def combined(
    encoder: Sequence[Found],
    rules: Sequence[Found],
    reading: Reading,
    layout: Layout,
    subject: Callable[[Offsets], Offsets | None],
) -> list[Found]:
    """The encoder's attributions, with those of the rules that are nested in them or that the encoder half sees.

    Where both found a cue, the source is what either took for it; where neither did, it is the cue's ``subject``.
    """
    mine = {found.cue: found for found in encoder}
    cues = sorted(mine)
    held = _joined([span for found in encoder for span in found.content])
    others: list[Found] = []
    for one in rules:
        same = next(_touching(cues, one.cue), None)
        if same is not None and one.sure:
            mine[same] = _named_as(replace(one, chance=mine[same].chance), mine[same].source, layout.text)
        elif same is not None:
            both = _with_source(_with_content(mine[same], one, layout), one.source)
            mine[same] = both if one.stop is None else cut(both, one.stop, layout.text)
        elif one.sure or _within(held, one.cue[0]) or _is_seen(one, reading) or _gives_a_number(one, layout.text):
            others.append(one)
    sure = [one for one in others if one.sure and one.source]
    mine = {cue: found for cue, found in mine.items() if not any(_is_lesser(found, one) for one in sure)}
    whole = (f if f.source is not None else _with_source(f, subject(f.cue)) for f in mine.values())
    return sorted([*whole, *others], key=lambda f: f.cue)


def _named_as(found: Found, source: Offsets | None, text: str) -> Found:
    """The attribution with the source that the encoder sees, where both end alike behind the content.

    No comma parts the name from what is said then, and where it begins the encoder knows better.
    """
    own = found.source
    if source is None or own is None or source == own or source[1] != own[1] or found.stop is not None:
        return found
    last = max(found.content)
    if last[1] > own[0] or text[last[1] : own[0]].strip():
        return found
    end = last[0] + len(text[last[0] : source[0]].rstrip(" \t\r\n,;:–—-"))
    content = tuple((a, end) if (a, b) == last else (a, b) for a, b in found.content)
    return replace(found, source=source, content=content) if end > last[0] else found


def _is_lesser(found: Found, other: Found) -> bool:
    """Whether the encoder saw half of what the words say: nobody as the source, and the same content."""
    shares = any(a < d and c < b for a, b in found.content for c, d in other.content)
    return found.source is None and shares and found.cue[0] < other.content[0][0]


def _with_content(found: Found, other: Found, layout: Layout) -> Found:
    """With the clause that the syntax finds, where both share most or begin alike; else with its quotations."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in found.content for c, d in other.content)
    cut_short = shared == found.size and found.content[0][0] == other.content[0][0]
    if cut_short or shared * 2 >= found.size + other.size - shared:
        return replace(found, content=other.content, syntax=other.syntax)
    quoted = [span for span in other.content for n in layout.quotations_in(*span) if layout.quotations[n] == span]
    return replace(found, content=_joined([*found.content, *quoted]))


def cut(found: Found, stop: int, text: str) -> Found:
    """The attribution without the words from ``stop`` on in the stretch of content that runs over it."""
    kept = tuple(
        (a, a + len(text[a:stop].rstrip(" \t\r\n,;:–—-"))) if a < stop < b else (a, b) for a, b in found.content
    )
    return replace(found, content=kept)


def _with_source(found: Found, source: Offsets | None) -> Found:
    """The attribution with the source that the syntax gives, or with both where they share words."""
    for start, end in (found.cue, *found.content):
        if source is not None and start < source[1] and source[0] < end:
            source = (source[0], start) if start > source[0] else None
    if source is None:
        return found
    if found.source is not None and found.source[0] < source[1] and source[0] < found.source[1]:
        source = min(found.source[0], source[0]), max(found.source[1], source[1])
    if source == found.source or any(start < source[1] and source[0] < end for start, end in found.content):
        return found
    return replace(found, source=source, source_by_syntax=True)


def _is_seen(found: Found, reading: Reading) -> bool:
    """Whether the encoder sees a part of an attribution in the cue, or content in the content."""
    cue = reading.pieces.within(*found.cue)
    if cue and 1 - reading.tags[cue.start : cue.stop, 0].min() >= SEEN:
        return True
    chances = [float(reading.tags[i, _CONTENT].sum()) for span in found.content for i in reading.pieces.within(*span)]
    return bool(chances) and sum(chances) >= SEEN * len(chances)


def _gives_a_number(found: Found, text: str) -> bool:
    """Whose a number of people is must be known, however little the encoder learnt of "put the crowd at 500"."""
    content = " ".join(text[start:end] for start, end in found.content)
    short = found.source is not None and len(content.split()) <= FEW
    return short and _NUMBER().search(content) is not None and _NO_PEOPLE().search(content) is None


def _joined(spans: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The spans in order, those that meet as one."""
    out: list[Offsets] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _without_gaps(spans: Sequence[Offsets], own: Sequence[Offsets], text: str) -> tuple[Offsets, ...]:
    """The spans with the few words between two of them, unless these are the cue or the source."""
    out = [spans[0]]
    for start, end in spans[1:]:
        gap = out[-1][1], start
        between = text[slice(*gap)]
        if len(between.split()) <= GAP and "\n" not in between and not any(a < gap[1] and gap[0] < b for a, b in own):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _within(spans: Sequence[Offsets], offset: int) -> bool:
    """Whether one of the sorted spans, which share no words, holds the offset."""
    at = bisect_right(spans, (offset, math.inf)) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]


def _touching(cues: Sequence[Offsets], cue: Offsets) -> Iterator[Offsets]:
    at = bisect_left(cues, (cue[0], 0))
    for other in cues[max(0, at - 1) : at + 2]:
        if other[0] < cue[1] and cue[0] < other[1]:
            yield other
