"""What speaks for two marked event words being one event: a number a feature and pair, all pairs of a group at once.

Every feature is an array [n, n] for n words, the same both ways round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.coreference.groups import groups
from benchmarks.coreference.mentions import EventWord
from benchmarks.coreference.senses import senses
from dateline.link.pairs.words import rarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Features = dict[str, Floats]

SAYING = frozenset("say tell report announce ask call add note claim state comment statement announcement".split())
WORD_SETS = ("words", "subjects", "objects", "names", "places", "days", "numbers", "near")
SHORTEST_STEM = 3
"""Letters that two lemmas must begin with alike, to be taken for relatives."""
ANOTHER_REPORT = 4.0
"""The logarithm of the sentences between two words of different reports, as it were."""
LOOSE, FIRM = 0.25, 0.5
"""Mean chances down to which the groups are joined that second looks see."""


@dataclass(frozen=True, eq=False)
class Group:
    """Words of some reports. ``place`` is the number of each one's report [n]; ``alike`` how alike two reports are and
    ``joined`` the likeness at which their groups were joined [reports, reports].
    """

    words: Sequence[EventWord]
    place: NDArray[np.int64]
    alike: Floats
    joined: Floats


def word_likeness(sets: Sequence[Collection[str]], others: Sequence[Collection[str]]) -> Floats:
    """Cosines of sets of words, each word as long as it is rare [sets, others]."""
    column = {word: n for n, word in enumerate(sorted({word for row in (*sets, *others) for word in row}))}
    rare = np.array([rarity(word) for word in column], dtype=np.float32)

    def matrix(rows: Sequence[Collection[str]]) -> Floats:
        made = np.zeros((len(rows), len(column)), np.float32)
        for n, row in enumerate(rows):
            at = [column[word] for word in row]
            made[n, at] = rare[at]
        made /= np.linalg.norm(made, axis=1, keepdims=True) + np.float32(1e-9)
        return made

    left = matrix(sets)
    return left @ (left if others is sets else matrix(others)).T


def pair_features(group: Group, projection: Floats) -> Features:
    """What is known before any pair is judged.

    ``projection`` [1152, n] makes of a word's three vectors one whose cosines count.
    """
    words, at = group.words, group.place
    found: Features = {}
    for name in WORD_SETS:
        sets = [getattr(word, name) for word in words]
        found[name] = word_likeness(sets, sets)
        if name != "words":
            found[f"both with {name}"] = _product([bool(one) for one in sets])
    around = [word.subjects | word.objects | word.others for word in words]
    found["participants"] = word_likeness(around, around)
    found["both with participants"] = _product([bool(one) for one in around])
    found["sides exchanged"] = _either(word_likeness([w.subjects for w in words], [w.objects for w in words]))
    found["participants near"] = _either(word_likeness(around, [word.near for word in words]))
    found |= _lemmas(group)
    vectors = np.stack([np.concatenate([word.vector, word.alone, word.around]) for word in words]) @ projection
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-9)
    found["vectors"] = vectors @ vectors.T
    same = _equal(at.tolist())
    found["one report"] = same
    sentence = np.array([word.sentence for word in words], np.float32)
    gap = np.log1p(np.abs(sentence[:, None] - sentence[None, :]))
    found["sentences between"] = np.where(same > 0, gap, np.float32(ANOTHER_REPORT))
    found |= _least_and_most("sentence", np.minimum(sentence, 20))
    found["reports alike"] = group.alike[np.ix_(at, at)]
    found["reports joined"] = group.joined[np.ix_(at, at)]
    found["same type"] = np.array([[bool(a.types & b.types) for b in words] for a in words], np.float32)
    found["other type"] = _product([bool(word.types) for word in words]) * (1 - found["same type"])
    found["nouns"] = _sum([word.noun for word in words])
    found["same tense"] = _equal([word.tense for word in words])
    found["one negated"] = np.asarray(_sum([word.negated for word in words]) == 1, np.float32)
    found["saying"] = _product([word.lemma in SAYING for word in words])
    return found


def second_look(chances: Floats) -> Features:
    """What the chances of all pairs [n, n] say of each: whether two words go with the same others."""
    others = chances.astype(np.float32)
    np.fill_diagonal(others, 0)
    shared = others @ others
    total, best = others.sum(axis=1), others.max(axis=1, initial=0)
    length = np.linalg.norm(others, axis=1) + np.float32(1e-6)
    found = {
        "chance": chances.astype(np.float32),
        "same company": shared / np.outer(length, length),
        "support": shared / (np.minimum.outer(total, total) + np.float32(1e-6)),
        "best chance least": np.minimum.outer(best, best),
        "chance beside best": others / (np.maximum.outer(best, best) + np.float32(1e-6)),
    }
    found |= _least_and_most("company", total)
    for name, bound in (("loosely together", LOOSE), ("firmly together", FIRM)):
        found[name] = _equal(groups(chances, bound).tolist())
    return found


def _lemmas(group: Group) -> Features:
    """What the lemmas say: how near they are in form and meaning, how rare, how much told of in these reports."""
    words, at = group.words, group.place
    lemmas = sorted({word.lemma for word in words})
    number = {lemma: n for n, lemma in enumerate(lemmas)}
    of = np.array([number[word.lemma] for word in words])
    stems = np.eye(len(lemmas), dtype=np.float32)
    for n, one in enumerate(lemmas):
        for m, other in enumerate(lemmas[:n]):
            alike = _letters_alike(one, other)
            if alike >= SHORTEST_STEM:
                stems[n, m] = stems[m, n] = alike / max(len(one), len(other))
    told = np.zeros((len(group.alike), len(lemmas)), np.float32)
    told[at, of] = 1
    near = np.clip(group.joined, 0, None) ** 2
    share = (near @ told) / (near.sum(axis=1, keepdims=True) + np.float32(1e-9))
    repeated = Counter(zip(of.tolist(), at.tolist(), strict=True))
    crowd = Counter(at.tolist())
    return {
        "same lemma": _equal(of.tolist()),
        "stems": stems[np.ix_(of, of)],
        "meanings": senses().likeness(lemmas)[np.ix_(of, of)],
        **_least_and_most("rarity", [rarity(word.lemma) for word in words]),
        **_least_and_most("repeated", [min(repeated[pair], 8) for pair in zip(of.tolist(), at.tolist(), strict=True)]),
        **_least_and_most("crowd", [min(crowd[n], 30) for n in at.tolist()]),
        **_least_and_most("share of reports", share[at, of]),
    }


def _letters_alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _row(values: Iterable[Any]) -> Floats:
    return np.array(list(values), dtype=np.float32)


def _product(values: Iterable[Any]) -> Floats:
    row = _row(values)
    return np.outer(row, row)


def _sum(values: Iterable[Any]) -> Floats:
    row = _row(values)
    return row[:, None] + row[None, :]


def _equal(values: Sequence[Hashable]) -> Floats:
    numbers: dict[Hashable, int] = {}
    row = np.array([numbers.setdefault(value, len(numbers)) for value in values])
    return np.asarray(row[:, None] == row[None, :], np.float32)


def _either(values: Floats) -> Floats:
    return np.maximum(values, values.T)


def _least_and_most(name: str, values: Iterable[Any]) -> Features:
    row = _row(values)
    return {f"{name} least": np.minimum.outer(row, row), f"{name} most": np.maximum.outer(row, row)}
