"""Which sentences are parsed: those that may hold an event or an attribution, by the encoder or by a trigger's words.

The others keep their words and, where they may hold a name, their names; their syntax is a flat tree, in which no
trigger and no cue is found. What the gate costs and saves is measured (docs/figures.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dateline.lang.lexicon import any_of, words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from dateline.coder.encoder.network import Reading
    from dateline.lang.quotation import Quotation

EVENT = 0.05
"""The chance that a word is an event word from which on its sentence is parsed."""

SAID = 0.3
"""The chance that a word is part of an attribution from which on its sentence is parsed."""

WORTH = 0.95
"""The share of a report's words that need a parse above which taking it apart costs more than it saves."""

COUNTED = any_of(words("text.counted"), before=r"\b(?:(?!(?:1[5-9]|20)\d\d\b)\d+|", after=r")\b")
"""Numbers, in words or figures, and words for what befell people; a year is none."""

CAPITALS = 40
"""One capital in so many words inside sentences, or the report is in small letters and any sentence may hold names."""

ATTRIBUTES = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")

NAME_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE")
UNKNOWN_PART_OF_SPEECH, OUTSIDE_NAMES = 101, 2
"""spaCy's numbers for the part of speech X and for a word that is no part of a name."""

Need = Literal["parse", "names", "words"]


@dataclass(frozen=True, slots=True)
class Gate:
    """The chances from which on a sentence is parsed."""

    event: float = EVENT
    said: float = SAID
    may_hold_trigger: Callable[[Iterable[Token]], bool] | None = None
    """Whether all the words of one of the codebook's triggers stand in a sentence: it is then parsed."""

    def needs(self, doc: Doc, reading: Reading, quotations: Sequence[Quotation]) -> list[Need] | None:
        """What each sentence of the report needs, in order; None where so many need a parse that all may have one.

        ``doc`` has its sentences set and nothing else. A quotation is parsed whole: what is said in it may be somebody
        else's word, which the encoder does not look for. So is a sentence with a number of people, or of the dead and
        hurt: whose figure it is must be known ("the police put the crowd at 500").
        """
        starts = np.array(reading.pieces.starts, dtype=np.int64)
        wanted = (reading.events >= self.event) | (1 - reading.tags[:, 0] >= self.said)
        for quotation in quotations:
            wanted[np.searchsorted(starts, quotation.start) : np.searchsorted(starts, quotation.end)] = True
        before = np.concatenate([[0], np.cumsum(wanted)])
        ranges = sentence_ranges(doc)
        offsets = np.array([doc[first].idx for first, _ in ranges] + [len(doc.text)], dtype=np.int64)
        counts = np.diff(before[np.searchsorted(starts, offsets)])
        for counted in COUNTED().finditer(doc.text):
            counts[np.searchsorted(offsets, counted.start(), side="right") - 1] += 1
        if self.may_hold_trigger is not None:
            for n in np.flatnonzero(counts == 0):
                counts[n] += self.may_hold_trigger(doc[slice(*ranges[n])])
        cased = CAPITALS * sum(token.text[:1].isupper() for token in doc if not token.is_sent_start) >= len(doc)
        parsed = sum(last - first for (first, last), count in zip(ranges, counts, strict=True) if count)
        if parsed > WORTH * len(doc):
            return None
        return [
            "parse" if count else "names" if not cased or _may_name(doc, first, last) else "words"
            for (first, last), count in zip(ranges, counts, strict=True)
        ]


def sentence_ranges(doc: Doc) -> list[tuple[int, int]]:
    """The sentences as tokens ``[first, last)``."""
    starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
    return list(zip(starts, [*starts[1:], len(doc)], strict=True))


def _may_name(doc: Doc, first: int, last: int) -> bool:
    """A capital that is not only that of a sentence's first word; a common first word is no name."""
    words = [token for token in doc[first:last] if token.is_alpha or token.is_title]
    if not words:
        return False
    return any(word.text[:1].isupper() for word in words[1:]) or not words[0].is_stop


def parse_needed(docs: Iterable[tuple[Doc, Sequence[Need]]], nlp: Language, batch_size: int) -> Iterator[Doc]:
    """The documents, each with the syntax and the names of the sentences that need them, in order."""
    batch = list(docs)
    if not batch:
        return
    parsed = nlp.pipe((_part(doc, needs, "parse") for doc, needs in batch), batch_size=batch_size)
    ner: Any = nlp.get_pipe("ner")
    named = ner.pipe((_part(doc, needs, "names") for doc, needs in batch), batch_size=batch_size)
    for (doc, needs), syntax, names in zip(batch, parsed, named, strict=True):
        yield _joined(doc, needs, syntax, names)


def _tokens(doc: Doc, needs: Sequence[Need], need: Need) -> NDArray[np.int64]:
    """The numbers of the tokens whose sentences have the need."""
    ranges = [np.arange(a, b) for (a, b), one in zip(sentence_ranges(doc), needs, strict=True) if one == need]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)


def _part(doc: Doc, needs: Sequence[Need], need: Need) -> Doc:
    """A document of the sentences that have the need, one after the other."""
    from spacy.tokens import Doc as SpacyDoc

    kept = [doc[int(i)] for i in _tokens(doc, needs, need)]
    return SpacyDoc(
        doc.vocab,
        words=[token.text for token in kept],
        spaces=[bool(token.whitespace_) for token in kept],
        sent_starts=[bool(token.is_sent_start) for token in kept],
    )


def _joined(doc: Doc, needs: Sequence[Need], syntax: Doc, names: Doc) -> Doc:
    """The document with what was found of its parts."""
    values: Any = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
    column = {name: n for n, name in enumerate(ATTRIBUTES)}
    strings = doc.vocab.strings
    for first, last in sentence_ranges(doc):
        values[first:last, column["HEAD"]] = np.arange(0, first - last, -1).astype(np.int64).view(np.uint64)
        values[first:last, column["DEP"]] = strings.add("unclear")
        values[first, column["DEP"]] = strings.add("root")
    values[:, column["POS"]] = UNKNOWN_PART_OF_SPEECH
    values[:, column["LEMMA"]] = doc.to_array("LOWER")
    values[:, column["ENT_IOB"]] = OUTSIDE_NAMES
    _fill(values, doc, needs, "parse", syntax, ATTRIBUTES)
    _fill(values, doc, needs, "names", names, NAME_ATTRIBUTES)
    return doc.from_array(list(ATTRIBUTES), values)


def _fill(values: Any, doc: Doc, needs: Sequence[Need], need: Need, part: Doc, attributes: Sequence[str]) -> None:
    rows = _tokens(doc, needs, need)
    if len(rows):
        columns = np.array([ATTRIBUTES.index(name) for name in attributes])
        values[np.ix_(rows, columns)] = part.to_array(list(attributes))
