"""Everything that the judge looks at: a report's tellings, and the parties, places, dates and sources it could choose.

A telling is a word that may tell an event, with what the rules read of it; whether it is one, and of which event of
the report, is what the judge decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dateline.coder.encoder.reader import LINKS, Reader, Whole
from dateline.model import Attribution, Date, Place, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    def link(self, tellings: Sequence[int], spans: Sequence[Span], what: str) -> float:
        """The greatest chance that one of the phrases is something to one of the tellings."""
        columns = [self._number[s.start, s.end] for s in spans if (s.start, s.end) in self._number]
        if not columns or not tellings:
            return 0.0
        return float(self._links[np.ix_(list(tellings), columns)][..., LINKS.index(what)].max())

    @cached_property
    def same(self) -> Floats:
        """The reader's chance that two tellings tell the same event [tellings, tellings]."""
        return self.reader.same(self.whole, [t.pieces for t in self.tellings])

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

    def own_type(self, n: int) -> float:
        """The reader's chance of the telling's own type; 0 for a type that it never learned."""
        at = self.reader.number.get(self.tellings[n].mention.type)
        return float(self.types[n, at]) if at is not None else 0.0
