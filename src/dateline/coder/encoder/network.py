"""The encoder: one small network that reads a whole report before it is parsed.

It says of each word piece what it is to an attribution (source, cue or content) and whether it is an event word; and
of a marked pair, what kind of act is between the two. It proposes; rules decide. How it was made, on what, and how far
it can be trusted: the model card beside its files.

A window is read by itself, never together with those of other reports: in eight-bit arithmetic neighbours would change
its figures, and a report's coding must not depend on what else is in its batch.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coder.encoder.pieces import TAGS, Pieces, load_tokenizer, marked_pair, pieces_of, windows, wrapped
from dateline.coder.text.plain import printable
from dateline.errors import EncoderError
from dateline.lang.en.neutral.loaded_words import NeutralReading, neutral_reading
from dateline.model import CODED_BLOCKS, Report

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

FOLDER = "encoder"
MANIFEST = "manifest.json"
GRAPHS = ("encoder.onnx", "pair.onnx")
TOKENIZER = "tokenizer.json"
VALUES = ("name", "codebook", "roots", "sharpness", "heat")
"""What the manifest must say beside the hashes of the files."""

WIDTH = 384
"""Numbers in the vector of a piece."""

AHEAD = 16
"""Reports that are read before the first of them is asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder made of a report's coded text, a row a word piece.

    ``tags`` are the chances of :data:`~dateline.coder.encoder.pieces.TAGS` [pieces, 7], ``events`` those of being an
    event word [pieces].
    """

    pieces: Pieces
    tags: Floats
    events: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """The network with its tokenizer. Safe to share between threads."""

    name: str
    codebook: str
    """The name of the codebook whose types and words it was trained on."""
    roots: tuple[str, ...]
    """The types that it was trained on, in the order of its scores."""
    sharpness: float
    """What the likeness of two vectors, from -1 to 1, is multiplied by to be a score."""
    tokenizer: Tokenizer
    session: Any
    pair_session: Any
    heat: dict[str, float]
    """What a head's scores are divided by before they become chances, fitted on texts kept from training."""

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 1) -> Encoder:
        """From the package's own files or those of a folder; raises :class:`EncoderError` where they cannot be used."""
        try:
            import onnxruntime
        except ImportError as error:
            raise EncoderError(
                f"onnxruntime cannot be loaded ({error}); install it with: pip install onnxruntime"
            ) from None
        manifest, contents = checked_files(
            folder if folder is not None else default_folder(), (*GRAPHS, TOKENIZER), VALUES
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        sessions = [
            onnxruntime.InferenceSession(contents[name], options, providers=["CPUExecutionProvider"]) for name in GRAPHS
        ]
        return cls(
            name=manifest["name"],
            codebook=manifest["codebook"],
            roots=tuple(manifest["roots"]),
            sharpness=manifest["sharpness"],
            tokenizer=load_tokenizer(contents[TOKENIZER]),
            session=sessions[0],
            pair_session=sessions[1],
            heat=manifest["heat"],
        )

    def read(self, report: Report) -> Reading:
        """The coded blocks of a report, one after the other, in plain words for those that judge."""
        return self.read_pieces(self.pieces(report))

    def pieces(self, report: Report) -> Pieces:
        """The word pieces of the coded blocks of a report, as they are read."""
        text = printable(report.text, report.blocks)
        pieces = Pieces([], [], [])
        for block in report.blocks:
            if block.kind in CODED_BLOCKS:
                plain = neutral_reading(text[block.start : block.end])
                found = pieces_of(plain.text, [(0, len(plain.text))], self.tokenizer)
                pieces.ids.extend(found.ids)
                for start, end in _in_the_text(found, plain):
                    pieces.starts.append(block.start + start)
                    pieces.ends.append(block.start + end)
        return pieces

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order. A thread reads some reports ahead, so that a second core has work to do."""
        if _Ahead.is_off:
            yield from map(self.read, reports)
            return
        waiting: deque[Future[Reading]] = deque()
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder") as pool:
            try:
                for report in reports:
                    waiting.append(pool.submit(self.read, report))
                    if len(waiting) > AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def read_pieces(self, pieces: Pieces) -> Reading:
        """What the encoder makes of pieces, window by window."""
        if not len(pieces):
            return Reading(pieces, np.zeros((0, len(TAGS)), dtype=np.float32), np.zeros(0, dtype=np.float32))
        tags, events = self._by_window(pieces, PER_PIECE)
        return Reading(pieces, softmax(tags, self.heat["tags"]), np.float32(1) / (np.float32(1) + np.exp(-events)))

    def vectors(self, pieces: Pieces) -> Floats:
        """The vector of each piece in its context [pieces, 384]."""
        return self._by_window(pieces, ("hidden",))[0] if len(pieces) else np.zeros((0, WIDTH), dtype=np.float32)

    def _by_window(self, pieces: Pieces, names: Sequence[str]) -> list[Floats]:
        """The named outputs; a piece is taken from the window in which it stands farthest from both ends."""
        spans = list(windows(len(pieces)))
        rows: list[tuple[Floats, ...]] = []
        at = 0
        for n, (first, last) in enumerate(spans):
            until = last if n + 1 == len(spans) else (last + spans[n + 1][0]) // 2
            found = self._run(pieces.ids[first:last], names)
            rows.append(tuple(values[at - first : until - first] for values in found))
            at = until
        return [np.concatenate(column) for column in zip(*rows, strict=True)]

    def pair(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> PairReading:
        """What kind of act is told between two sides of a sentence, given as offsets; None for a side not named."""
        marked = marked_pair(text, source, target, self.tokenizer)
        (hidden,) = self._run(marked.ids[1:-1], ("hidden",), ends=True)
        sides = [
            hidden[a:b].mean(axis=0) if b > a else np.zeros_like(hidden[0]) for a, b in (marked.source, marked.target)
        ]
        pooled = np.concatenate([hidden[0], hidden.mean(axis=0), *sides])[None, :]
        vector, scores = self.pair_session.run(["vector", "scores"], {"pooled": pooled})
        return PairReading(vector[0], scores[0])

    def _run(self, ids: Sequence[int], names: Sequence[str], *, ends: bool = False) -> list[Floats]:
        """The named outputs for a window of pieces, a row a piece, with or without the two at the ends."""
        whole = wrapped(ids, self.tokenizer)
        fed = {"pieces": np.array([whole], dtype=np.int64)}
        return [values[0] if ends else values[0][1:-1] for values in self.session.run(list(names), fed)]


class _Ahead:
    """Whether reports are read ahead in this process."""

    is_off = False


@contextmanager
def reading_in_line() -> Iterator[None]:
    """Meanwhile this process reads no report ahead: for one that has a core, beside others that have theirs."""
    before, _Ahead.is_off = _Ahead.is_off, True
    try:
        yield
    finally:
        _Ahead.is_off = before


def _in_the_text(pieces: Pieces, plain: NeutralReading) -> Iterator[tuple[int, int]]:
    """The offsets of the pieces in the text that was read in plain words; a changed word is taken whole."""
    at = shift = 0
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        while at < len(plain.changed) and plain.changed[at][3] <= start:
            shift = plain.changed[at][1] - plain.changed[at][3]
            at += 1
        if at < len(plain.changed) and plain.changed[at][2] < end:
            yield plain.changed[at][0], plain.changed[at][1]
        else:
            yield start + shift, end + shift


PER_PIECE = ("tags", "events")


@dataclass(frozen=True, slots=True)
class PairReading:
    """A marked pair as the encoder sees it: a vector of length 1, and a score for each of the encoder's types."""

    vector: Floats
    scores: Floats


def softmax(scores: Floats, heat: float = 1) -> Floats:
    """Scores to chances that add up to 1 along the last axis; the more heat, the more alike they are."""
    raised = np.exp((scores - scores.max(axis=-1, keepdims=True, initial=-np.inf)) / np.float32(heat))
    chances: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return chances


def default_folder() -> Path:
    """Where the package keeps the encoder's files."""
    return Path(str(files("dateline.data").joinpath(FOLDER)))


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """The package's own encoder, loaded once a process; raises :class:`EncoderError` as :meth:`Encoder.load` does."""
    return Encoder.load()


def checked_files(folder: Path, names: Sequence[str], values: Sequence[str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the files it names, each of which must have the hash it had when it was made.

    Raises :class:`EncoderError` where a file of ``names`` is missing or damaged, or the manifest lacks one of
    ``values``.
    """
    mend = "install dateline again, or go on without: the rules code alone"
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        wanted: dict[str, str] = manifest["sha256"]
        contents = {name: (folder / name).read_bytes() for name in wanted}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(f"the encoder's files in {folder.name!r} cannot be read ({error}); {mend}") from None
    for name, digest in wanted.items():
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            raise EncoderError(
                f"the encoder's file {name!r} is damaged (its SHA-256 is not that of the manifest); {mend}"
            )
    missing = [name for name in names if name not in contents]
    missing += [value for value in values if value not in manifest]
    if missing:
        raise EncoderError(f"the encoder's manifest in {folder.name!r} has no {missing[0]!r}; {mend}")
    return manifest, contents
