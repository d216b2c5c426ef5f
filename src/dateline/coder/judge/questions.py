"""What the judge asks of a case, as features by name: is it an event, do two tell the same one, is a row right.

Each question is answered by trees that were learned from hand codings (:mod:`dateline.coder.encoder.trees`). A feature
is a fact about the words, a rule's verdict or the reader's chance; none is a name of anybody.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.coder.encoder.reader import MODALITIES
from dateline.coder.events.find import ONLY_READ
from dateline.lang.clause import clause_of

if TYPE_CHECKING:
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
    others = [float(p) for k, p in enumerate(case.types[n]) if k != number]
    event = float(case.events[n])
    near = [float(case.events[k]) for k, t in enumerate(case.tellings) if t.sentence == one.sentence and k != n]
    same = [float(case.same[n, k]) for k in range(len(case.tellings)) if k != n]
    chain = one.placed[0].chain
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
        "in front of a noun": float(clause_of(root).link in QUALIFYING),
        "quoted": float(clause_of(root).quotation is not None),
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
        "most same": max(same, default=0.0),
        "words": float(len(mention.tokens)),
        "capital": float(root.text[:1].isupper()),
        "deed": float(mention.type in DEEDS),
        "historical": float(mention.historical),
        f"type {mention.type}": 1.0,
        f"modality {mention.modality}": 1.0,
    }
    found.update({f"read {name}": float(p) for name, p in zip(MODALITIES, case.modalities[n], strict=True)})
    return found


def pair(case: Case, a: int, b: int, chances: Sequence[float]) -> Features:
    """Whether two tellings, ``a`` the earlier one, tell the same event."""
    one, other = case.tellings[a], case.tellings[b]
    first, second = one.mention, other.mention
    here, there = one.placed[0], other.placed[0]
    (actors, recipients), (actors_after, recipients_after) = case.ruled[a], case.ruled[b]
    words, words_after = case.words[a], case.words[b]
    crossed = case.type_of(a, second.type), case.type_of(b, first.type)
    return {
        "same": float(case.same[a, b]),
        "same type": float(first.type == second.type),
        "crossed": min(crossed),
        "crossed most": max(crossed),
        "same word": float(not words.own.isdisjoint(words_after.own)),
        "sentences between": float(other.sentence - one.sentence),
        "pieces between": float(other.pieces.start - one.pieces.start),
        "first sentence": float(one.sentence),
        "early both": float(other.sentence <= 1),
        "same actor": _shared(actors, actors_after),
        "same recipient": _shared(recipients, recipients_after),
        "actor is recipient": float(not (actors.isdisjoint(recipients_after) and actors_after.isdisjoint(recipients))),
        "same place": _agree(here.place and here.place.name, there.place and there.place.name),
        "same date": _agree(here.date and here.date.edtf, there.date and there.date.edtf),
        "same numbers": _shared(words.numbers, words_after.numbers),
        "same modality": float(first.modality == second.modality),
        "same source": float(here.chain == there.chain),
        "points back": float(words_after.points_back),
        "toll": float(words_after.toll),
        "noun": float(second.root.pos_ in {"NOUN", "PROPN"}),
        "nouns": float(first.root.pos_ in {"NOUN", "PROPN"}),
        "chance": min(chances[a], chances[b]),
        "chances": max(chances[a], chances[b]),
        "words shared": len(words.sentence & words_after.sentence)
        / max(1, min(len(words.sentence), len(words_after.sentence))),
        "under": float(
            one.sentence == other.sentence
            and (first.root.is_ancestor(second.root) or second.root.is_ancestor(first.root))
        ),
        "between": float(b - a),
        "deeds": float(first.type in DEEDS) + float(second.type in DEEDS),
        f"type {first.type}": 1.0,
        f"type {second.type}": 1.0,
    }


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


def _shared(one: Set[Any], other: Set[Any]) -> float:
    """1 where they share one, -1 where both have some and share none, 0 where nothing differs."""
    if not one or not other:
        return 0.0
    return -1.0 if one.isdisjoint(other) else 1.0


def _agree(one: object, other: object) -> float:
    return 0.0 if not one or not other else 1.0 if one == other else -1.0


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
