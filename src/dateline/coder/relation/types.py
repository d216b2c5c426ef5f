"""What one party does to another in a sentence: the encoder's chances of each type of a codebook, or the rules' choice.

A type that the encoder was not trained on is given the mean vector of the codebook's own examples of it (imprinted
weights: Qi, Brown and Lowe 2018), so that it competes with the others without training.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dateline.codebook.model import Codebook, EventType
from dateline.coder.encoder.network import Encoder, PairReading, softmax
from dateline.coder.encoder.pieces import without_names
from dateline.coder.relation.rules import relation
from dateline.coder.syntax.parse import parse
from dateline.lang.clause import forget_clauses
from dateline.lang.en.neutral.loaded_words import neutral_reading
from dateline.model import Because, Block, Report
from dateline.rules import rule

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

BY_ENCODER = rule("type.between-parties-by-encoder", "encoder ({chance})")

Offsets = tuple[int, int]
Side = str | Offsets | None


@dataclass(frozen=True, slots=True)
class Relation:
    """The type of an act and its quad class, and ``chance``, how likely it is (None: the rules chose, without one).

    ``chances`` are those of all types, likeliest first; they add up to 1.
    """

    type: str
    quad: int | None
    chance: float | None = None
    chances: tuple[tuple[str, float], ...] = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True)
class RelationReader:
    """Types pairs by one codebook."""

    codebook: Codebook
    nlp: Language
    encoder: Encoder | None

    def read(self, text: str, source: Side = None, target: Side = None) -> Relation | None:
        """The relation of two sides given by their words or as offsets; None where the codebook has no type.

        Raises :class:`ValueError` where a side is not in the text, or its words stand there more than once.
        """
        sides = offsets_of(text, source, "source"), offsets_of(text, target, "target")
        chances = self.chances(text, *sides)
        if not chances:
            return self._by_rules(text, *sides)
        ranked = sorted(chances.items(), key=lambda c: (-c[1], c[0]))
        name, chance = ranked[0]
        kind = next(kind for kind in self.codebook.types if kind.name == name)
        why = BY_ENCODER.because(chance=f"{chance:.2f}")
        return Relation(name, kind.quad, chance, tuple(ranked), (why,))

    def chances(self, text: str, source: Offsets | None, target: Offsets | None) -> dict[str, float]:
        """The chance of each type of the codebook; empty without an encoder, or where it can tell no type."""
        if self.encoder is None or not self._scored:
            return {}
        seen = _seen(self.encoder, text, source, target)
        scores = [self._score(seen, name) for name in self._scored]
        found = softmax(np.array(scores, dtype=np.float32), self.encoder.heat["roots"])
        return {name: float(chance) for name, chance in zip(self._scored, found, strict=True)}

    def _score(self, seen: PairReading, name: str) -> float:
        known = self._scored[name]
        if isinstance(known, int):
            return float(seen.scores[known])
        return float(seen.vector @ known) * (self.encoder.sharpness if self.encoder else 1)

    @cached_property
    def _scored(self) -> Mapping[str, int | NDArray[np.float32]]:
        """For each type its number among those the encoder was trained on, or the mean vector of its examples."""
        found: dict[str, int | NDArray[np.float32]] = {}
        if self.encoder is not None:
            for kind in self.codebook.types:
                if kind.name in self.encoder.roots:
                    found[kind.name] = self.encoder.roots.index(kind.name)
                elif (vector := _imprinted(kind, self.encoder)) is not None:
                    found[kind.name] = vector
        return found

    def _by_rules(self, text: str, source: Offsets | None, target: Offsets | None) -> Relation | None:
        report = Report("relation", text, (Block(0, len(text), "paragraph"),))
        spans = [report.span(*side) if side else None for side in (source, target)]
        parsed = parse(report, self.nlp)
        read = relation(parsed, spans[0], spans[1], self.codebook)
        forget_clauses(parsed.doc)
        return Relation(read[0], read[1], because=(read[2],)) if read else None


def offsets_of(text: str, side: Side, name: str) -> Offsets | None:
    """A side as offsets; raises :class:`ValueError` where it is not to be found in the text."""
    if side is None:
        return None
    if isinstance(side, str):
        places = [m.span() for m in re.finditer(re.escape(side), text)] if side else []
        if len(places) != 1:
            often = "more than once" if places else "not"
            raise ValueError(f"the {name} {side!r} stands {often} in the text; give it as (start, end) offsets into it")
        return places[0]
    start, end = side
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the {name} [{start}, {end}) is not inside the text of {len(text)} characters")
    return start, end


def _seen(encoder: Encoder, text: str, source: Offsets | None, target: Offsets | None) -> PairReading:
    """The pair as the encoder sees it: in plain words, and without names."""
    plain = neutral_reading(text)
    sides = [(plain.neutral(side[0]), plain.neutral(side[1])) if side else None for side in (source, target)]
    return encoder.pair(*without_names(plain.text, sides[0], sides[1]))


def _imprinted(kind: EventType, encoder: Encoder) -> NDArray[np.float32] | None:
    """The mean direction of a type's examples; None where none of them names a party."""
    vectors = []
    for example in kind.examples:
        for event in example.expect:
            sides = [first_of(example.text, words) for words in (event.actors, event.recipients)]
            vectors.append(_seen(encoder, example.text, sides[0], sides[1]).vector)
    if not vectors:
        return None
    mean: NDArray[np.float32] = np.mean(vectors, axis=0)
    return mean / np.linalg.norm(mean)


def first_of(text: str, words: tuple[str, ...]) -> Offsets | None:
    """Where the first of the words that an example expects stands in it."""
    found = (re.search(rf"\b{re.escape(word)}\b", text) for word in words)
    return next((match.span() for match in found if match), None)
