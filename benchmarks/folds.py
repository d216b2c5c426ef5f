"""How well the encoder types pairs that it has not learnt: the figures of five folds, taken when it was made."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.annotated import read
from dateline.coder.encoder.network import MANIFEST, default_folder

FILE = "relation_typing/train.jsonl"


def measure(data: Path) -> dict[str, Any]:
    """The figures as the encoder's manifest has them; none, and a word why, where it has none."""
    manifest = default_folder() / MANIFEST
    figures: dict[str, float] = {}
    if not manifest.exists():
        print("relation_folds: the package has no encoder", file=sys.stderr)
    else:
        figures = json.loads(manifest.read_text(encoding="utf-8")).get("figures", {})
        if not figures:
            print(f"relation_folds: {MANIFEST} has no figures; `python -m training` writes them", file=sys.stderr)
    return {**figures, "run": {"gold_records": sum(1 for _ in read(data / FILE))}}
