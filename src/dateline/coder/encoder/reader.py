"""What the network that reads a report whole makes of it: event words, their types, and what belongs to which.

It reads as many pieces at a time as it can take, which for most reports is all of them, so that the toll in the last
paragraph is read with the attack in the first. How it was made, on what, and how far it can be trusted: the model card
beside its files. It reads the neutral words that the encoder reads (:meth:`Encoder.pieces`), with one word for each
name (:func:`~dateline.lang.en.neutral.stand_ins.stand_ins`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from dateline.coder.encoder.network import checked_files
from dateline.coder.encoder.pieces import Pieces, windows, wrapped
from dateline.model import Modality

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

READER_WINDOW = 512
"""Pieces that are read at a time, with the two at the ends."""

READER_OVERLAP = 192

LINKS = ("actor", "recipient", "teller", "place", "date", "count")
"""What a phrase may be to an event word."""

MODALITIES: tuple[str, ...] = (*get_args(Modality), "historical")
"""What the network tells apart: to it, background is one more way in which an event stands to the facts."""

OUTPUTS = ("hidden", "event", "types", "modality")
"""What the first graph says of each piece."""

GRAPHS = ("reader.onnx", "links.onnx", "same.onnx")

_EDGES = (3, 6, 11, 21, 41, 81, 161)
BUCKETS = 2 * (len(_EDGES) + 1)


def buckets(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """The class of each distance in pieces, from the event word to the phrase."""
    far = np.searchsorted(_EDGES, np.abs(distances), side="right")
    return np.where(distances >= 0, far, far + len(_EDGES) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A report as the reader sees it, a row a piece: vectors [pieces, width] and scores before they are chances."""

    pieces: Pieces
    vectors: Floats
    events: Floats
    """The chance of being an event word [pieces]."""
    types: Floats
    """The chance of each type, if it is one [pieces, types]."""
    modalities: Floats
    """The chance of each of :data:`MODALITIES`, if it is one [pieces, modalities]."""


@dataclass(frozen=True, eq=False)
class Reader:
    """The network. Safe to share between threads."""

    kinds: tuple[str, ...]
    """The types that it was trained on, in the order of its scores."""
    tokenizer: Tokenizer
    whole: Any
    links_session: Any
    same_session: Any

    @classmethod
    def load(cls, folder: Path, tokenizer: Tokenizer) -> Reader:
        """From the files of a folder; raises :class:`EncoderError` where they cannot be used."""
        import onnxruntime

        manifest, contents = checked_files(folder, GRAPHS, ("kinds",))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        sessions = [
            onnxruntime.InferenceSession(contents[name], options, providers=["CPUExecutionProvider"]) for name in GRAPHS
        ]
        return cls(tuple(manifest["kinds"]), tokenizer, *sessions)

    def read(self, pieces: Pieces) -> Whole:
        """What it makes of a report's pieces; a piece is taken from the window in which it stands farthest inside."""
        rows: list[list[Floats]] = []
        spans = list(windows(len(pieces), READER_WINDOW - 2, READER_OVERLAP)) if len(pieces) else []
        at = 0
        for n, (first, last) in enumerate(spans):
            until = last if n + 1 == len(spans) else (last + spans[n + 1][0]) // 2
            ids = wrapped(pieces.ids[first:last], self.tokenizer)
            found = self.whole.run(OUTPUTS, {"pieces": np.array([ids], dtype=np.int64)})
            rows.append([values[0][1:-1][at - first : until - first] for values in found])
            at = until
        if not rows:
            empty = [np.zeros((0, n), dtype=np.float32) for n in (1, 1, len(self.kinds), len(MODALITIES))]
            return Whole(pieces, empty[0], empty[1][:, 0], empty[2], empty[3])
        vectors, events, types, modalities = (np.concatenate(column) for column in zip(*rows, strict=True))
        return Whole(pieces, vectors, _chance(events[:, 0]), _chance(types), _shares(modalities))

    def links(self, whole: Whole, triggers: Sequence[range], phrases: Sequence[range]) -> Floats:
        """The chance of each of :data:`LINKS` between event words and phrases [triggers, phrases, links]."""
        if not triggers or not phrases:
            return np.zeros((len(triggers), len(phrases), len(LINKS)), dtype=np.float32)
        starts, others = (np.array([r.start for r in row]) for row in (triggers, phrases))
        near = buckets(others[None, :] - starts[:, None])
        fed = {"triggers": _means(whole, triggers), "phrases": _means(whole, phrases), "near": near}
        return _chance(self.links_session.run(["links"], fed)[0])

    def same(self, whole: Whole, triggers: Sequence[range]) -> Floats:
        """The chance that two event words tell the same event [triggers, triggers]."""
        if not triggers:
            return np.zeros((0, 0), dtype=np.float32)
        return _chance(self.same_session.run(["same"], {"triggers": _means(whole, triggers)})[0])

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each type."""
        return {name: n for n, name in enumerate(self.kinds)}


def _means(whole: Whole, ranges: Sequence[range]) -> Floats:
    return np.stack([whole.vectors[r.start : r.stop].mean(axis=0) for r in ranges])


def _chance(scores: Floats) -> Floats:
    return np.float32(1) / (np.float32(1) + np.exp(-scores))


def _shares(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
