"""Event words that only the reader sees: verbs, nouns and adjectives that are no trigger of the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from dateline.codebook.model import Codebook, Trigger
from dateline.coder.encoder.reader import Whole
from dateline.coder.triggers.match import Match, read_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as SpacySpan

SEEN = 0.25
"""The chance of being an event word from which on a word is proposed."""

PARTS: dict[str, Literal["VERB", "NOUN"]] = {"VERB": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "VERB"}


def proposed(
    sentence: SpacySpan, taken: frozenset[int], whole: Whole, kinds: Sequence[str], codebook: Codebook
) -> Iterator[Match]:
    """The sentence's words, none of them ``taken``, that the reader sees as event words, each of its likeliest type."""
    by_name = {kind.name: kind for kind in codebook.types}
    for token in sentence:
        if token.i in taken or token.pos_ not in PARTS or not token.is_alpha:
            continue
        pieces = whole.pieces.within(token.idx, token.idx + len(token))
        if not pieces or whole.events[pieces.start : pieces.stop].max() < SEEN:
            continue
        name = kinds[int(whole.types[pieces.start : pieces.stop].mean(axis=0).argmax())]
        if name in by_name:
            yield read_alone(by_name[name], Trigger(token.lemma_.lower(), PARTS[token.pos_]), (token,))
