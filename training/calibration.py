"""How far the encoder's chances can be taken at their word: measured when it is made, and by the benchmarks.

``python -m training.calibration --data DIR`` prints the slope and shift of ``dateline.coder.attribution.pairing``: how
the mean chance of an attribution's words becomes the chance that people mark it too (Platt 1999), fitted on the
articles that were kept from training.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.coder.encoder.network import Encoder
from dateline.coder.encoder.pieces import TAGS, pieces_of
from training.data import Record, document, read

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


def slope_and_shift(chances: Any, right: Any) -> tuple[float, float]:
    """Of the logistic curve from the log odds of chances to being right that makes what was seen likeliest."""
    from scipy.optimize import minimize

    odds = np.log(np.clip(chances, 0.01, 0.995) / (1 - np.clip(chances, 0.01, 0.995)))

    def loss(values: Any) -> float:
        sure = 1 / (1 + np.exp(-(values[0] * odds + values[1])))
        return float(-(right * np.log(sure) + (1 - right) * np.log(1 - sure)).mean())

    slope, shift = minimize(loss, [1.0, 0.0]).x
    return round(float(slope), 2), round(float(shift), 2)


def main() -> None:
    """Run from the command line."""
    from benchmarks.calibration import attribution_chances
    from benchmarks.tools import Tools

    from dateline.coder.attribution import pairing as attribution_pairing
    from training.attribution import HELD_OUT

    parser = argparse.ArgumentParser(description="Fit the chance of an attribution.")
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "attribution"
    attribution_pairing.SLOPE, attribution_pairing.SHIFT = 1.0, 0.0  # the plain means are what the curve is fitted to
    kept = [record for n, record in enumerate(read(folder / "train.jsonl.gz")) if n % HELD_OUT == 0]
    chances, right = zip(*attribution_chances(kept, Tools(folder)), strict=True)
    print(*slope_and_shift(np.array(chances), np.array(right, dtype=float)))


if __name__ == "__main__":
    main()
