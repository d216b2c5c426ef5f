"""A value that a field of a row could have, with the features by which it is weighed against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dateline.coder.judge.case import Case
    from dateline.model import Span

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a field could have, and the features by which it is weighed."""

    value: Any
    features: Features


def ranked(options: Sequence[Option], *names: str) -> list[Option]:
    """The options with how far each is ahead of or behind the best of the others, by some features."""
    best = {name: sorted((o.features[name] for o in options), reverse=True)[:2] for name in names}
    out = []
    for option in options:
        more = {"options": float(len(options))}
        for name, (first, *second) in best.items():
            own = option.features[name]
            rest = first if own < first else second[0] if second else 0.0
            more[f"{name} ahead"] = own - rest
        out.append(Option(option.value, option.features | more))
    return out


def nearest(case: Case, members: Sequence[int], spans: Sequence[Span]) -> Features:
    """The fewest pieces between a member and a mention, and the fewest sentences; and how many other events stand
    nearer to that mention, counted by the reader's chances.
    """
    starts = np.array([case.pieces(s).start for s in spans])
    between = np.abs(starts[:, None] - case.starts[None, :])
    own = between[:, list(members)].min(axis=1)
    at = int(own.argmin())
    sentences = min(abs(case.sentence_at(s.start) - case.tellings[m].sentence) for s in spans for m in members)
    nearer = between[at] < own[at]
    return {"far": float(own[at]), "sentences": float(sentences), "nearer": float(case.events[nearer].sum())}


def standing(case: Case, head: int, spans: Sequence[Span]) -> Features:
    """How the mention nearest to a telling stands in its sentence: what it is to the word above it, and whether the
    telling is that word, or the word over that.
    """
    at = case.tellings[head].pieces.start
    span = min(spans, key=lambda s: (abs(case.pieces(s).start - at), s.start))
    word = case.word(span)
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
