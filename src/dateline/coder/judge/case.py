"""Everything that the judge looks at: a report's tellings, and the parties, places, dates and sources it could choose.

A telling is a word that may tell an event, with what the rules read of it; whether it is one, and of which event of
the report, is what the judge decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dateline.coder.encoder.reader import LINKS, Reader, Whole
from dateline.lang.en.placing.told_again import is_toll, pointing_noun
from dateline.model import Attribution, Date, LeftOut, Place, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

    from dateline.coder.actors.find import ActorsResolved
    from dateline.coder.events.model import Mention
    from dateline.coder.placing.place import Placed
    from dateline.coder.syntax.model import Parse

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A word that may tell an event: the mention at each of its places, as the rules read it, and its pieces."""

    placed: tuple[Placed, ...]
    pieces: range
    sentence: int
    """The number of its sentence in the report."""

    @property
    def mention(self) -> Mention:
        """What the rules read of it."""
        return self.placed[0].mention

    @property
    def at(self) -> int:
        """Where it stands in the text."""
        return self.mention.trigger.start


@dataclass(frozen=True, slots=True)
class Words:
    """What a telling is told with, looked up once."""

    own: frozenset[str]
    """The base forms of its words."""
    sentence: frozenset[str]
    """Those of the nouns and verbs of its sentence."""
    numbers: frozenset[tuple[str, int | None, int | None, int | None]]
    points_back: bool
    toll: bool


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The mentions of one thing that a row could have, with where they stand, looked up once for all rows."""

    spans: Sequence[Span]
    starts: Sequence[int]
    """The first piece of each."""
    sentences: Sequence[int]
    """The sentence of each, by number."""
    between: NDArray[np.int64]
    """How many pieces lie between each and each telling [phrases, tellings]."""


@dataclass(frozen=True, eq=False)
class Case:
    """One report before it is judged."""

    parse: Parse
    whole: Whole
    reader: Reader
    tellings: tuple[Telling, ...]
    actors: ActorsResolved
    places: tuple[Place, ...]
    dates: tuple[Date, ...]
    attributions: tuple[Attribution, ...]
    vetoed: tuple[LeftOut, ...] = ()
    """What no chance makes an event of."""

    @cached_property
    def sentences(self) -> list[int]:
        """The offsets at which the report's sentences begin."""
        return [s.start_char for s in self.parse.doc.sents]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return max(0, bisect_right(self.sentences, offset) - 1)

    def pieces(self, span: Span) -> range:
        """The pieces of words of the text; empty where they were not read."""
        return self.whole.pieces.within(span.start, span.end)

    def word(self, span: Span) -> Token | None:
        """The word that stands for a phrase in its sentence; None for words that no token holds."""
        key = (span.start, span.end)
        if key not in self._words:
            held = self.parse.doc.char_span(*key, alignment_mode="expand")
            self._words[key] = held.root if held else None
        return self._words[key]

    @cached_property
    def _words(self) -> dict[tuple[int, int], Token | None]:
        return {}

    def place_in(self, span: Span) -> Place | None:
        """The place name that a phrase has for its head, as "Goma" has and "the police in Goma" does not."""
        word = self.word(span)
        return self._place_at.get(word.i) if word is not None else None

    @cached_property
    def _place_at(self) -> dict[int, Place]:
        held = (
            (place, self.parse.doc.char_span(place.start, place.end, alignment_mode="expand")) for place in self.places
        )
        return {token.i: place for place, tokens in held if tokens for token in tokens}

    @cached_property
    def parties(self) -> dict[str, list[Span]]:
        """The mentions of each actor that were read, in the order of the text."""
        found = {a.id: [m for m in a.mentions if self.pieces(m)] for a in self.actors.actors}
        return {name: mentions for name, mentions in found.items() if mentions}

    @cached_property
    def _phrases(self) -> list[tuple[int, int]]:
        spans = [m for mentions in self.parties.values() for m in mentions]
        spans += [s for row in (self.places, self.dates) for s in row if self.pieces(s)]
        spans += [c for t in self.tellings for c in t.mention.counts if self.pieces(c)]
        return sorted({(s.start, s.end) for s in spans})

    @cached_property
    def _number(self) -> dict[tuple[int, int], int]:
        return {key: n for n, key in enumerate(self._phrases)}

    @cached_property
    def _links(self) -> Floats:
        ranges = [self.whole.pieces.within(start, end) for start, end in self._phrases]
        return self.reader.links(self.whole, [t.pieces for t in self.tellings], ranges)

    def phrases(self, what: str, options: Sequence[Sequence[Span]]) -> list[Phrases]:
        """Each option's mentions with where they stand; ``what`` names the options as for :meth:`linked`."""
        if what not in self._looked_up:
            self._looked_up[what] = [self._phrases_of(spans) for spans in options]
        return self._looked_up[what]

    @cached_property
    def _looked_up(self) -> dict[str, list[Phrases]]:
        return {}

    def _phrases_of(self, spans: Sequence[Span]) -> Phrases:
        starts = [self.pieces(s).start for s in spans]
        between = np.abs(np.array(starts, dtype=np.int64)[:, None] - self.starts[None, :])
        return Phrases(spans, starts, [self.sentence_at(s.start) for s in spans], between)

    def linked(self, what: str, options: Sequence[Sequence[Span]]) -> Floats:
        """The greatest chance of each link that a phrase of each option has to each telling [tellings, options, links].

        ``what`` names the options, which are the same for every row of the report, so that they are looked up once.
        """
        if what not in self._linked:
            self._linked[what] = (
                np.stack([self.links_to(spans) for spans in options], axis=1)
                if options
                else np.zeros((len(self.tellings), 0, len(LINKS)), dtype=np.float32)
            )
        return self._linked[what]

    def linked_here(self, n: int, what: str, options: Sequence[Sequence[Span]]) -> Floats:
        """The same for one telling and the phrases of its own sentence [options, links]."""
        found = np.zeros((len(options), len(LINKS)), dtype=np.float32)
        for k, phrases in enumerate(self.phrases(what, options)):
            here = [
                s for s, at in zip(phrases.spans, phrases.sentences, strict=True) if at == self.tellings[n].sentence
            ]
            known = self._known(here)
            if known:
                found[k] = self._links[n, known].max(axis=0)
        return found

    def links_to(self, spans: Sequence[Span]) -> Floats:
        """The greatest chance of each link that one of the phrases has to each telling [tellings, links]."""
        known = self._known(spans)
        if not known:
            return np.zeros((len(self.tellings), len(LINKS)), dtype=np.float32)
        found: Floats = self._links[:, known].max(axis=1)
        return found

    def _known(self, spans: Sequence[Span]) -> list[int]:
        return [n for s in spans if (n := self._number.get((s.start, s.end))) is not None]

    @cached_property
    def _linked(self) -> dict[str, Floats]:
        return {}

    @cached_property
    def ruled(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The actors and the recipients of each telling as the rules read them, by the actor's id."""
        ids = self.actors.by_span

        def known(spans: Sequence[Span]) -> frozenset[str]:
            return frozenset(name for s in spans if (name := ids.get((s.start, s.end))))

        return [(known(t.mention.actors), known(t.mention.recipients)) for t in self.tellings]

    @cached_property
    def _taken(self) -> tuple[Counter[str], Counter[str]]:
        return Counter(a for sides in self.ruled for a in sides[0]), Counter(
            r for sides in self.ruled for r in sides[1]
        )

    @cached_property
    def _totals(self) -> tuple[int, int]:
        return self._taken[0].total(), self._taken[1].total()

    def prominence(self, name: str, side: int) -> float:
        """The share of all tellings with somebody on a side (0 the actor's, 1 the recipient's) that have this one."""
        return self._taken[side][name] / max(1, self._totals[side])

    @cached_property
    def followed(self) -> dict[tuple[str, str, str | None], list[int]]:
        """The sentences of the tellings that rules give a place or a day, by what they give."""
        found: dict[tuple[str, str, str | None], list[int]] = {}
        for telling in self.tellings:
            first = telling.placed[0]
            if first.place:
                found.setdefault(("place", first.place.name, first.place.country), []).append(telling.sentence)
            if first.date and first.date.edtf:
                found.setdefault(("date", first.date.edtf, None), []).append(telling.sentence)
        return found

    @cached_property
    def same(self) -> Floats:
        """The reader's chance that two tellings tell the same event [tellings, tellings]."""
        return self.reader.same(self.whole, [t.pieces for t in self.tellings])

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first piece of each telling [tellings]."""
        return np.array([t.pieces.start for t in self.tellings])

    @cached_property
    def events(self) -> Floats:
        """The reader's chance that each telling's words are an event's [tellings]."""
        return np.array([self.whole.events[t.pieces.start : t.pieces.stop].max() for t in self.tellings])

    @cached_property
    def types(self) -> Floats:
        """The reader's chance of each type for each telling [tellings, types]."""
        rows = [self.whole.types[t.pieces.start : t.pieces.stop].max(axis=0) for t in self.tellings]
        return np.array(rows).reshape(len(rows), len(self.reader.kinds))

    @cached_property
    def modalities(self) -> Floats:
        """The reader's chance of each modality for each telling [tellings, modalities]."""
        rows = [self.whole.modalities[t.pieces.start : t.pieces.stop].mean(axis=0) for t in self.tellings]
        return np.array(rows).reshape(len(rows), -1)

    @cached_property
    def in_sentence(self) -> dict[int, list[int]]:
        """The tellings of each sentence that has one, by number."""
        found: dict[int, list[int]] = {}
        for n, telling in enumerate(self.tellings):
            found.setdefault(telling.sentence, []).append(n)
        return found

    @cached_property
    def crossed_types(self) -> NDArray[np.float64]:
        """The reader's chance that a telling is of the type of another [tellings, tellings], as :meth:`type_of`."""
        number = self.reader.number
        kinds = [number.get(t.mention.type) for t in self.tellings]
        found = np.ones((len(kinds), len(kinds)))
        for n, kind in enumerate(kinds):
            if kind is not None:
                found[:, n] = self.types[:, kind]
        return found

    @cached_property
    def words(self) -> list[Words]:
        """What each telling is told with."""
        sentences: dict[int, frozenset[str]] = {}
        found = []
        for telling in self.tellings:
            mention = telling.mention
            if telling.sentence not in sentences:
                told = (t.lemma_.lower() for t in mention.root.sent if t.pos_ in {"NOUN", "VERB"})
                sentences[telling.sentence] = frozenset(told)
            found.append(
                Words(
                    frozenset(t.lemma_.lower() for t in mention.tokens),
                    sentences[telling.sentence],
                    frozenset((c.kind, c.low, c.best, c.high) for c in mention.counts),
                    pointing_noun(mention.tokens) is not None,
                    is_toll(mention.root),
                )
            )
        return found

    def learned(self, n: int) -> bool:
        """Whether a telling is of a type that the reader learned; of others the rules say whether they are events."""
        return self.tellings[n].mention.type in self.reader.number

    def type_of(self, n: int, kind: str) -> float:
        """The reader's chance that a telling is of a type; of a type that it never learned it doubts nothing."""
        return float(self.types[n, self.reader.number[kind]]) if kind in self.reader.number else 1.0
