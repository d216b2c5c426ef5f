"""What the judge asks of a case, as features by name: is it an event, do two tell the same one, is a row right.

Each question is answered by trees that were learned from hand codings (:mod:`dateline.coder.encoder.trees`). A feature
is a fact about the words, a rule's verdict or the reader's chance; none is a name of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dateline.coder.encoder.reader import MODALITIES
from dateline.coder.events.find import ONLY_READ
from dateline.lang.clause import clause_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dateline.coder.encoder.trees import Column, Columns
    from dateline.coder.judge.case import Case
    from dateline.lang.links import Link

Features = dict[str, float]

QUALIFYING: frozenset[Link] = frozenset({"adjective", "compound"})
"""How a word stands that only tells more of the noun behind it."""

DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "RETREAT", "SANCTION", "COOPERATE"})
"""Types that are done rather than said."""


def telling(case: Case, n: int) -> Features:
    """Whether a telling is an event of its type."""
    one = case.tellings[n]
    mention = one.mention
    root = mention.root
    own = case.type_of(n, mention.type)
    number = case.reader.number.get(mention.type)
    others = [p for k, p in enumerate(case.types[n].tolist()) if k != number]
    event = float(case.events[n])
    near = [float(case.events[k]) for k in case.in_sentence[one.sentence] if k != n]
    same = case.same[n, np.arange(len(case.tellings)) != n]
    chain = one.placed[0].chain
    own_clause = clause_of(root)
    found: Features = {
        "event": event,
        "own type": own,
        "event of own type": event * own,
        "other type": max(others, default=0.0),
        "own type ahead": own - max(others, default=0.0),
        "against": float(bool(mention.against)),
        "only read": float(mention.against == ONLY_READ),
        "against the company": float(mention.against.startswith("the codebook")),
        "against the quotation": float("quotation" in mention.against),
        "against nobody": float("nobody" in mention.against),
        "confidence": mention.confidence,
        "verb": float(root.pos_ == "VERB"),
        "noun": float(root.pos_ in {"NOUN", "PROPN"}),
        "in front of a noun": float(own_clause.link in QUALIFYING),
        "quoted": float(own_clause.quotation is not None),
        "actors": float(len(mention.actors)),
        "recipients": float(len(mention.recipients)),
        "counts": float(len(mention.counts)),
        "placed": float(one.placed[0].place is not None),
        "dated": float(one.placed[0].date is not None),
        "places": float(len(one.placed)),
        "chain": float(len(chain)),
        "mode": float(mention.mode is not None),
        "sentence": float(one.sentence),
        "sentences": float(len(case.sentences)),
        "position": one.pieces.start / max(1, len(case.whole.pieces)),
        "sentence words": float(len(case.whole.pieces.within(root.sent.start_char, root.sent.end_char))),
        "tellings": float(len(case.tellings)),
        "best beside": max(near, default=0.0),
        "beside": float(len(near)),
        "most same": float(same.max(initial=0.0)),
        "words": float(len(mention.tokens)),
        "capital": float(root.text[:1].isupper()),
        "deed": float(mention.type in DEEDS),
        "historical": float(mention.historical),
        f"type {mention.type}": 1.0,
        f"modality {mention.modality}": 1.0,
    }
    found.update({f"read {name}": p for name, p in zip(MODALITIES, case.modalities[n].tolist(), strict=True)})
    return found


def pairs(case: Case, which: Sequence[tuple[int, int]], chances: Sequence[float]) -> Columns:
    """Whether two tellings, the first of each pair the earlier one, tell the same event: a column a feature.

    All pairs of a report are asked together, as they are many: what is compared is numbered or counted once a telling.
    """
    a, b = np.array(which, dtype=np.int64).reshape(-1, 2).T
    told = case.tellings
    mentions = [t.mention for t in told]
    first = [t.placed[0] for t in told]
    actors, recipients = ([sides[n] for sides in case.ruled] for n in (0, 1))
    kinds = numbered(m.type for m in mentions)
    crossed = case.crossed_types
    forth, back = crossed[a, b], crossed[b, a]
    sentence = np.array([t.sentence for t in told])
    nouns = np.array([m.root.pos_ in {"NOUN", "PROPN"} for m in mentions])
    deeds = np.array([m.type in DEEDS for m in mentions], dtype=np.float64)
    held = np.array(chances, dtype=np.float64)
    spoken = [w.sentence for w in case.words]
    sizes = np.array([len(s) for s in spoken])
    across = shared_by(actors, recipients)
    found: dict[str, Column] = {
        "same": case.same[a, b],
        "same type": kinds[a] == kinds[b],
        "crossed": np.minimum(forth, back),
        "crossed most": np.maximum(forth, back),
        "same word": shared_by([w.own for w in case.words])[a, b] > 0,
        "sentences between": sentence[b] - sentence[a],
        "pieces between": case.starts[b] - case.starts[a],
        "first sentence": sentence[a],
        "early both": sentence[b] <= 1,
        "same actor": _share(actors)[a, b],
        "same recipient": _share(recipients)[a, b],
        "actor is recipient": (across[a, b] > 0) | (across[b, a] > 0),
        "same place": _agree(numbered(p.place and p.place.name for p in first), a, b),
        "same date": _agree(numbered(p.date and p.date.edtf for p in first), a, b),
        "same numbers": _share([w.numbers for w in case.words])[a, b],
        "same modality": _equal(numbered(m.modality for m in mentions), a, b),
        "same source": _equal(numbered(p.chain for p in first), a, b),
        "points back": np.array([w.points_back for w in case.words])[b],
        "toll": np.array([w.toll for w in case.words])[b],
        "noun": nouns[b],
        "nouns": nouns[a],
        "chance": np.minimum(held[a], held[b]),
        "chances": np.maximum(held[a], held[b]),
        "words shared": shared_by(spoken)[a, b] / np.maximum(1, np.minimum(sizes[a], sizes[b])),
        "under": [
            told[k].sentence == told[n].sentence
            and (mentions[k].root.is_ancestor(mentions[n].root) or mentions[n].root.is_ancestor(mentions[k].root))
            for k, n in which
        ],
        "between": b - a,
        "deeds": deeds[a] + deeds[b],
    }
    for kind, number in {m.type: n for m, n in zip(mentions, kinds, strict=True)}.items():
        found[f"type {kind}"] = (kinds[a] == number) | (kinds[b] == number)
    return found


class Near(NamedTuple):
    """How like another row is: its mean and greatest chance of telling the same event, and whether it is likelier."""

    mean: float
    most: float
    likelier: bool


def row(case: Case, members: Sequence[int], chances: Sequence[float], others: Sequence[Near]) -> Features:
    """Whether a row is one event of the report that no other row tells; the first member is its head."""
    head = members[0]
    found = telling(case, head)
    told = sorted((chances[m] for m in members), reverse=True)
    found |= {
        "chance": told[0],
        "chance of the second": told[1] if len(told) > 1 else 0.0,
        "members": float(len(members)),
        "sum": sum(told),
        "none": _none(told),
        "nearest": max((n.mean for n in others), default=0.0),
        "nearest likelier": max((n.mean for n in others if n.likelier), default=0.0),
        "most like a likelier": max((n.most for n in others if n.likelier), default=0.0),
        "likelier": float(sum(n.likelier for n in others)),
        "rows": float(len(others)),
        "first member": float(min(case.tellings[m].sentence for m in members)),
        "ruled": float(sum(not case.tellings[m].mention.against for m in members)),
        "counted": float(sum(len(case.tellings[m].mention.counts) for m in members)),
    }
    return found


def _none(chances: Sequence[float]) -> float:
    """The chance that none is one, were they nothing to each other."""
    product = 1.0
    for chance in chances:
        product *= 1 - chance
    return product


def numbered(values: Iterable[object]) -> NDArray[np.int64]:
    """A number for each value, the same for equal ones; -1 for nothing."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) if value else -1 for value in values], dtype=np.int64)


def shared_by(one: Sequence[Set[Any]], other: Sequence[Set[Any]] | None = None) -> NDArray[np.int64]:
    """How many members each set shares with each of the others [one, other]; with each of its own row without them."""
    numbers: dict[object, int] = {}
    for held in (*one, *(other or ())):
        for member in held:
            numbers.setdefault(member, len(numbers))
    rows = [_marked(sets, numbers) for sets in (one, other) if sets is not None]
    # counted in floats, in which small numbers are whole and products quick
    counted: NDArray[np.int64] = (rows[0] @ rows[-1].T).astype(np.int64)
    return counted


def _marked(sets: Sequence[Set[Any]], numbers: dict[object, int]) -> NDArray[np.float32]:
    marks = np.zeros((len(sets), len(numbers)), dtype=np.float32)
    for n, held in enumerate(sets):
        marks[n, [numbers[member] for member in held]] = 1
    return marks


def _share(sets: Sequence[Set[Any]]) -> NDArray[np.float64]:
    """1 where two sets share a member, -1 where both have some and share none, 0 where nothing differs."""
    some = np.array([bool(held) for held in sets])
    return np.where(some[:, None] & some[None, :], np.where(shared_by(sets) > 0, 1.0, -1.0), 0.0)


def _equal(numbers: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = numbers[a] == numbers[b]
    return same


def _agree(numbers: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    known = (numbers[a] >= 0) & (numbers[b] >= 0)
    return np.where(known, np.where(_equal(numbers, a, b), 1.0, -1.0), 0.0)


def nothing(case: Case, members: Sequence[int], chances: Sequence[float]) -> Features:
    """Whether the report tells no value of a field of a row, by the chances of those that it could have."""
    head = case.tellings[members[0]].mention
    first, second, third = [*sorted(chances, reverse=True), 0.0, 0.0, 0.0][:3]
    return {
        "first": first,
        "second": second,
        "third": third,
        "sum": sum(chances),
        "none of them": _none(chances),
        "options": float(len(chances)),
        "members": float(len(members)),
        "deed": float(head.type in DEEDS),
        "historical": float(head.historical),
        "verb": float(head.root.pos_ == "VERB"),
        f"modality {head.modality}": 1.0,
        f"type {head.type}": 1.0,
    }
