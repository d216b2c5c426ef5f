"""Event words that only the reader sees: verbs, nouns and adjectives that are no trigger of the codebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.codebook.model import Codebook, Trigger
from dateline.coder.encoder.reader import Whole
from dateline.coder.triggers.match import Match, read_alone

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

SEEN = 0.25
"""The chance of being an event word from which on a word is proposed."""

PARTS: dict[str, Literal["VERB", "NOUN"]] = {"VERB": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "VERB"}


GLIMPSED = 0.03
"""The chance below which words that rules leave out are not looked at."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a reader that saw the whole report says of a sentence's words."""

    whole: Whole
    kinds: Sequence[str]
    codebook: Codebook

    def sees(self, tokens: Sequence[Token]) -> bool:
        """Whether words that rules leave out may be an event's all the same."""
        return any(self._chance(token) >= GLIMPSED for token in tokens)

    def beside(self, sentence: SpacySpan, taken: frozenset[int]) -> Iterator[Match]:
        """The sentence's words, none of them ``taken``, that are seen as event words, each of its likeliest type."""
        by_name = {kind.name: kind for kind in self.codebook.types}
        for token in sentence:
            if token.i in taken or token.pos_ not in PARTS or not token.is_alpha or self._chance(token) < SEEN:
                continue
            pieces = self._pieces(token)
            name = self.kinds[int(self.whole.types[pieces.start : pieces.stop].mean(axis=0).argmax())]
            if name in by_name:
                yield read_alone(by_name[name], Trigger(token.lemma_.lower(), PARTS[token.pos_]), (token,))

    def _pieces(self, token: Token) -> range:
        return self.whole.pieces.within(token.idx, token.idx + len(token))

    def _chance(self, token: Token) -> float:
        pieces = self._pieces(token)
        return float(self.whole.events[pieces.start : pieces.stop].max(initial=0.0))
