"""A value that a field of a row could have, with the features by which it is weighed against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case, Phrases
    from dateline.model import Span

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a field could have, and the features by which it is weighed."""

    value: Any
    features: Features


def ranked(options: Sequence[Option], *names: str) -> list[Option]:
    """The options with how far each is ahead of or behind the best of the others, by some features."""
    best = [(name, f"{name} ahead", sorted((o.features[name] for o in options), reverse=True)[:2]) for name in names]
    number = {"options": float(len(options))}
    out = []
    for option in options:
        features = option.features | number
        for name, ahead, (first, *second) in best:
            own = features[name]
            features[ahead] = own - (first if own < first else second[0] if second else 0.0)
        out.append(Option(option.value, features))
    return out


def nearest(case: Case, members: Sequence[int], phrases: Phrases) -> Features:
    """The fewest pieces between a member and a mention, and the fewest sentences; and how many other events stand
    nearer to that mention, counted by the reader's chances.
    """
    between = phrases.between
    own = between[:, members[0]] if len(members) == 1 else between[:, list(members)].min(axis=1)
    at = int(own.argmin()) if len(own) > 1 else 0
    sentences = min(abs(n - case.tellings[m].sentence) for n in phrases.sentences for m in members)
    nearer = between[at] < own[at]
    return {"far": float(own[at]), "sentences": float(sentences), "nearer": float(case.events[nearer].sum())}


def standing(case: Case, head: int, phrases: Phrases) -> Features:
    """How the mention nearest to a telling stands in its sentence: what it is to the word above it, and whether the
    telling is that word, or the word over that.
    """
    word = case.word(_nearest_to(case.tellings[head].pieces.start, phrases))
    if word is None:
        return {}
    found: Features = {f"stands as {word.dep_}": 1.0}
    above = word.head
    if word.dep_ == "preposition object":
        found[f"stands under {above.lower_}"] = 1.0
        above = above.head
    root = case.tellings[head].mention.root
    found["hangs on the head"] = float(above == root)
    found["hangs near the head"] = float(above.head == root or root.head == above)
    return found


def _nearest_to(at: int, phrases: Phrases) -> Span:
    """The mention with the fewest pieces between it and a piece, the first of several."""
    spans = phrases.spans
    if len(spans) == 1:
        return spans[0]
    return min(zip(phrases.starts, spans, strict=True), key=lambda one: (abs(one[0] - at), one[1].start))[1]
