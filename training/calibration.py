"""How far the encoder's chances can be taken at their word: measured when it is made, and by the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coder.encoder import Encoder
from dateline.coder.encoder_input import TAGS, pieces_of
from training.data import Record, document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

BINS = 10


def tag_chances(encoder: Encoder, records: Iterable[Record]) -> tuple[Floats, Floats]:
    """The encoder's chances of each tag and the annotated tags as ones and zeros, both [pieces, tags]."""
    chances, labels = [], []
    for record in records:
        text = record["text"]
        found = encoder.read_pieces(pieces_of(text, [(0, len(text))], encoder.tokenizer))
        chances.append(found.tags)
        labels.append(np.eye(len(TAGS))[document(text, encoder.tokenizer, record["attributions"], None).tags])
    return np.concatenate(chances), np.concatenate(labels)


def calibration_error(chances: Any, labels: Any, bins: int = BINS) -> float:
    """The expected calibration error of the likeliest class; ``chances`` and ``labels`` are [items, classes]."""
    best = chances.argmax(axis=1)
    return binned_error(chances.max(axis=1), labels[np.arange(len(best)), best], bins)


def binned_error(sure: Any, right: Any, bins: int = BINS) -> float:
    """The mean distance of chance and share of right answers over equally wide bins, weighted by their size."""
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    sums = [abs(sure[bin_of == b].sum() - right[bin_of == b].sum()) for b in range(bins)]
    return float(sum(sums) / len(sure))
