"""When two coders mean the same words, or the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from dateline.evaluate.model import Spans
from dateline.lang.lexicon import words
from dateline.model import Coding, EventMention, Evidence, Span

AROUND = 60
"""Characters of the report shown on each side of a quote."""
MOST_SHOWN = 400
"""Characters of a report that is short enough to be its own evidence."""

_WORD = re.compile(r"\w+")
_ARTICLES = words("text.articles")
_SMALL = words("text.small_words_between_values")


def evidence(coding: Coding, span: Span) -> Evidence | None:
    """The words with what stands around them; None for a whole report, which points at nothing in it."""
    text = coding.report.text
    if span.end - span.start == len(text) > MOST_SHOWN:
        return None
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return Evidence(span.start, span.end, span.quote, before, after)


def shared(a: Span, b: Span) -> int:
    """How many characters both spans hold."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def dice(a: Span, b: Span) -> float:
    """Dice's coefficient of the characters of two spans, 0 to 1."""
    return 2 * shared(a, b) / (a.end - a.start + b.end - b.start)


def same_words(a: Span, b: Span, spans: Spans) -> bool:
    """``overlap``: the spans share a letter or digit. ``exact``: they are one but for articles and outer marks."""
    if spans == "exact":
        return _trimmed(a) == _trimmed(b)
    start, end = max(a.start, b.start), min(a.end, b.end)
    return start < end and any(c.isalnum() for c in a.quote[start - a.start : end - a.start])


def same_name(a: str, b: str, spans: Spans) -> bool:
    """``overlap``: one name holds all words of the other, but for small words. ``exact``: they have the same words."""
    left, right = name_words(a), name_words(b)
    if not left or not right:
        return False
    return left == right if spans == "exact" else left <= right or right <= left


def name_words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and small words; all of its words where there are no others."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = frozenset(_WORD.findall(plain))
    return words - _SMALL or words


def points(span: Span, event: EventMention, text: str) -> bool:
    """Whether the span points at a value's own words, and not at the sentence or the report that it was read from."""
    if (span.start, span.end) == (0, len(text)):
        return False
    return all((span.start, span.end) != (e.start, e.end) for e in event.evidence)


def best_pairs(keys: Iterable[tuple[tuple[float, ...], int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs of two lists' places, the highest key first; of equal keys the earlier places win."""
    pairs: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(keys, key=lambda k: (tuple(-x for x in k[0]), k[1], k[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def most_pairs(keys: Iterable[tuple[tuple[float, ...], int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs, as many as there can be: those of :func:`best_pairs`, changed where that lets in another.

    The same words may stand for two of the other list: which of them is taken first must not leave one without.
    """
    known = sorted(keys, key=lambda k: (tuple(-x for x in k[0]), k[1], k[2]))
    near: dict[int, list[int]] = {}
    for _, i, j in known:
        near.setdefault(i, []).append(j)
    taken = dict(best_pairs(known))
    owners = {j: i for i, j in taken.items()}
    for alone in [i for i in near if i not in taken]:
        # From one without a partner, over partners of others who may have another, to one that is free.
        came: dict[int, int] = {}
        free: int | None = None
        waiting = [alone]
        for i in waiting:
            for j in near[i]:
                if j not in came:
                    came[j] = i
                    if j not in owners:
                        free = j
                        break
                    waiting.append(owners[j])
            if free is not None:
                break
        while free is not None:
            i = came[free]
            before = taken.get(i)
            taken[i], owners[free] = free, i
            free = before
    return sorted(taken.items())


def covered(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The spans as sorted stretches that do not overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((s.start, s.end) for s in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def jaccard(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The characters that both lists of spans cover, of those that either covers."""
    left, right = covered(a), covered(b)
    i = j = both = 0
    while i < len(left) and j < len(right):
        both += max(0, min(left[i][1], right[j][1]) - max(left[i][0], right[j][0]))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    either = sum(e - s for s, e in left) + sum(e - s for s, e in right) - both
    return both / either if either else 0.0


def _trimmed(span: Span) -> tuple[int, int]:
    """The ends of the span without outer marks and space, and without articles at its beginning."""
    words = list(_WORD.finditer(span.quote))
    while len(words) > 1 and words[0][0].casefold() in _ARTICLES:
        words.pop(0)
    if not words:
        return span.start, span.end
    return span.start + words[0].start(), span.start + words[-1].end()
