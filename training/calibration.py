"""Fits how the encoder's chances become the chance that people mark an attribution too.

``python -m training.calibration --data DIR`` prints the slope and shift of ``dateline.coder.attribution.pairing``: how
the mean chance of an attribution's words becomes the chance that people mark it too (Platt 1999), fitted on the
articles that were kept from training.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.annotated import read
from benchmarks.calibration import attribution_chances
from benchmarks.tools import Tools

from dateline.coder.attribution import pairing
from training.attribution import HELD_OUT


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
    parser = argparse.ArgumentParser(description="Fit the chance of an attribution.")
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "attribution"
    pairing.SLOPE, pairing.SHIFT = 1.0, 0.0  # the plain means are what the curve is fitted to
    kept = [record for n, record in enumerate(read(folder / "train.jsonl.gz")) if n % HELD_OUT == 0]
    chances, right = zip(*attribution_chances(kept, Tools(folder)), strict=True)
    print(*slope_and_shift(np.array(chances), np.array(right, dtype=float)))


if __name__ == "__main__":
    main()
