"""What the encoder reads: word pieces in overlapping windows, and sentences with the two sides of a pair marked.

Training and coding share this module, so that both cut a text the same way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from dateline.lang.en.neutral.stand_ins import StandIn

WINDOW = 256
"""Pieces the encoder reads at a time, with the two at the ends that stand for nothing."""

OVERLAP = 46
"""Pieces that two windows share: each is taken from where it has 23 others or more around it."""

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What a piece is to an attribution."""

MARKS = {"source": ("[unused1]", "[unused2]"), "target": ("[unused3]", "[unused4]")}
"""The pieces that stand around the two sides of a pair; the vocabulary keeps them free for such use."""

ANYBODY = "the government"
"""What stands for either side of a pair when its relation is read."""

FIRST, LAST = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text in order; piece ``i`` is ``text[starts[i]:ends[i]]``."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def within(self, start: int, end: int) -> range:
        """The numbers of the pieces that begin in ``[start, end)`` of the text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """A sentence as the encoder reads it, with the piece ranges ``[first, last)`` of both sides, marks included.

    A side that the sentence does not name has the empty range ``(0, 0)``.
    """

    ids: list[int]
    source: tuple[int, int]
    target: tuple[int, int]


def pieces_of(text: str, parts: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Pieces:
    """The pieces of the parts ``[start, end)`` of a text, one after the other."""
    found = Pieces([], [], [])
    encodings = tokenizer.encode_batch([text[start:end] for start, end in parts], add_special_tokens=False)
    for (start, _), encoding in zip(parts, encodings, strict=True):
        found.ids.extend(encoding.ids)
        found.starts.extend(start + a for a, _ in encoding.offsets)
        found.ends.extend(start + b for _, b in encoding.offsets)
    return found


def renamed(pieces: Pieces, names: Iterable[StandIn], tokenizer: Tokenizer) -> Pieces:
    """The pieces with those of each name left out for those of the word that stands for it."""
    found = Pieces([], [], [])

    def keep(first: int, last: int) -> None:
        found.ids.extend(pieces.ids[first:last])
        found.starts.extend(pieces.starts[first:last])
        found.ends.extend(pieces.ends[first:last])

    at = 0
    for name in names:
        covered = pieces.within(name.start, name.end)
        if not covered or covered.start < at:
            continue
        keep(at, covered.start)
        for piece in tokenizer.encode(name.word, add_special_tokens=False).ids:
            found.ids.append(piece)
            found.starts.append(name.at)
            found.ends.append(name.end)
        at = covered.stop
    keep(at, len(pieces))
    return found


def windows(length: int, size: int = WINDOW - 2, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Ranges ``[first, last)`` over so many pieces: as few as can be, of the same size, each overlapping the next."""
    number = max(1, -(-(length - overlap) // (size - overlap)))
    for n in range(number):
        first = (length - overlap) * n // number
        yield first, (length - overlap) * (n + 1) // number + overlap if n + 1 < number else length


def marked_pair(
    text: str, source: tuple[int, int] | None, target: tuple[int, int] | None, tokenizer: Tokenizer
) -> MarkedPair:
    """A sentence with marks around the source and the target, cut to one window around them where it is longer."""
    sides: Mapping[str, tuple[int, int] | None] = {"source": source, "target": target}
    cuts: list[tuple[int, int, str]] = []
    for name, side in sides.items():
        if side is not None:
            # Where one side ends at the offset at which the other begins, the end comes first.
            cuts += [(side[0], 1, MARKS[name][0]), (side[1], 0, MARKS[name][1])]
    ids: list[int] = []
    at = 0
    for cut, _, mark in [*sorted(cuts), (len(text), 2, "")]:
        ids += tokenizer.encode(text[at:cut], add_special_tokens=False).ids
        if mark:
            ids.append(piece_id(mark, tokenizer))
        at = max(at, cut)
    marks = {name: [piece_id(mark, tokenizer) for mark in pair] for name, pair in MARKS.items()}
    inside = [n for n, piece in enumerate(ids) if any(piece in pair for pair in marks.values())]
    first = _window_start(len(ids), inside)
    ids = wrapped(ids[first : first + WINDOW - 2], tokenizer)
    ranges = {}
    for name, (opens, closes) in marks.items():
        both = opens in ids and closes in ids
        ranges[name] = (ids.index(opens), ids.index(closes) + 1) if both else (0, 0)
    return MarkedPair(ids, ranges["source"], ranges["target"])


def without_names(
    text: str, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """The sentence with both sides called alike: who they are must not decide what they are said to do.

    Sides that share words are left as they are.
    """
    sides = sorted((side, name) for side, name in ((source, "source"), (target, "target")) if side is not None)
    if len(sides) == 2 and sides[0][0][1] > sides[1][0][0]:
        return text, source, target
    made, at = "", 0
    found: dict[str, tuple[int, int]] = {}
    for (start, end), name in sides:
        made += text[at:start]
        found[name] = (len(made), len(made) + len(ANYBODY))
        made += ANYBODY
        at = end
    return made + text[at:], found.get("source"), found.get("target")


def wrapped(pieces: Sequence[int], tokenizer: Tokenizer) -> list[int]:
    """A window's pieces with the two at the ends that the encoder expects."""
    return [piece_id(FIRST, tokenizer), *pieces, piece_id(LAST, tokenizer)]


def piece_id(piece: str, tokenizer: Tokenizer) -> int:
    """The number of a piece that stands for nothing in a text; raises :class:`ValueError` where there is none."""
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no piece {piece!r}: it is not the one that the encoder was trained with")
    return number


def _window_start(length: int, inside: Sequence[int]) -> int:
    """The first piece of the window that has the marks in its middle."""
    size = WINDOW - 2
    if length <= size:
        return 0
    middle = (inside[0] + inside[-1]) // 2 if inside else 0
    return max(0, min(middle - size // 2, length - size))


def load_tokenizer(contents: bytes) -> Tokenizer:
    """The tokenizer of a file's contents, without the padding and the cutting that the file asks for."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(contents)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
