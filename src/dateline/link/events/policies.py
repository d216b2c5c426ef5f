"""Policies: how one value of an event's field is chosen from what its accounts state. None of them averages.

Every policy is a function of the statements as a set: their order never matters, and ties are broken by what the
docstring says. Independent sources are counted, not reports: an owner counts once, and so does a copied text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.link.model import Bounds, Chosen, Scalar


@dataclass(frozen=True, slots=True)
class Statement:
    """What one account states on one field.

    ``value`` is a code, a name, an EDTF date, whether something is so, or the (low, best, high) of a count. ``source``
    is the key of the independent source, ``voice`` whose word it is, ``party`` whether that is a party to the event; a
    finer ``precision`` is a higher number; ``published`` is an ISO 8601 date or "".
    """

    value: Scalar | Bounds
    account: str
    source: str
    voice: str
    party: bool = False
    precision: int = 0
    published: str = ""


Policy = Callable[[Sequence[Statement]], Chosen]


def majority(statements: Sequence[Statement]) -> Chosen:
    """What most independent sources state.

    Ties: what more sources that are no party state, then more accounts, then the finer value, then the earlier
    published, then by value.
    """
    return min(_by_value(statements).items(), key=_weight)[0]


def most_precise(statements: Sequence[Statement]) -> Chosen:
    """Among the finest statements (a town before a province, a day before a month), what most sources state."""
    finest = max(s.precision for s in statements)
    return majority([s for s in statements if s.precision == finest])


def earliest(statements: Sequence[Statement]) -> Chosen:
    """What was published first; ties by majority."""
    first = min(s.published or "9999" for s in statements)
    return majority([s for s in statements if (s.published or "9999") == first])


def latest(statements: Sequence[Statement]) -> Chosen:
    """What was published last, as tolls are corrected; ties by majority."""
    last = max(s.published for s in statements)
    return majority([s for s in statements if s.published == last])


def every(statements: Sequence[Statement]) -> Chosen:
    """Every value, sorted: nothing is chosen, nothing is lost."""
    return tuple(sorted({s.value for s in statements if isinstance(s.value, str | bool)}))


def extent(statements: Sequence[Statement]) -> Chosen:
    """From the earliest day to the latest one that any account gives, as (first, last)."""
    days = sorted({s.value for s in statements if isinstance(s.value, str)})
    return (days[0], days[-1]) if days else None


def envelope(statements: Sequence[Statement]) -> Chosen:
    """The lowest low and the highest high that anybody gives, and between them the best figure of most sources.

    Where as many sources give each of several best figures, the largest of them: early figures grow.
    """
    bounds = [(s, s.value) for s in statements if isinstance(s.value, tuple)]
    lows = [low for _, (low, best, high) in bounds for low in (low, best, high) if low is not None]
    highs = [high for _, (low, best, high) in bounds for high in (low, best, high) if high is not None]
    sources: dict[int, set[str]] = defaultdict(set)
    for statement, (_, best, _) in bounds:
        if best is not None:
            sources[best].add(statement.source)
    best = max(sources, key=lambda figure: (len(sources[figure]), figure), default=None)
    return (min(lows, default=None), best, max(highs, default=None))


POLICIES: Mapping[str, Policy] = {
    "majority": majority,
    "most precise": most_precise,
    "earliest": earliest,
    "latest": latest,
    "every": every,
    "extent": extent,
    "envelope": envelope,
}
"""The policies by the name under which settings and values call them."""


def agreement(statements: Sequence[Statement], chosen: Chosen) -> float | None:
    """The share of the independent sources stating a field that state what was chosen; None where none states it.

    Of a count, its best figure is compared; of a list, a source agrees that states all of it.
    """
    sources = {s.source for s in statements}
    if not sources or chosen is None:
        return None
    if isinstance(chosen, tuple) and any(isinstance(s.value, tuple) for s in statements):
        agreeing = {s.source for s in statements if isinstance(s.value, tuple) and s.value[1] == chosen[1]}
    elif isinstance(chosen, tuple):
        stated: dict[str, set[object]] = defaultdict(set)
        for s in statements:
            stated[s.source].add(s.value)
        agreeing = {source for source, values in stated.items() if values.issuperset(chosen)}
    else:
        agreeing = {s.source for s in statements if s.value == chosen}
    return len(agreeing) / len(sources)


def _by_value(statements: Sequence[Statement]) -> dict[Scalar | Bounds, list[Statement]]:
    found: dict[Scalar | Bounds, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.value].append(statement)
    return found


def _weight(item: tuple[Scalar | Bounds, list[Statement]]) -> tuple[object, ...]:
    value, statements = item
    return (
        -len({s.source for s in statements}),
        -len({s.source for s in statements if not s.party}),
        -len(statements),
        -max(s.precision for s in statements),
        min(s.published or "9999" for s in statements),
        str(value),
    )
