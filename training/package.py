"""The trained network to the files in ``src/dateline/data/encoder``: graphs, tokenizer, manifest and model card."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
from benchmarks.annotated import read
from benchmarks.calibration import calibration_error, tag_chances
from scipy.optimize import minimize_scalar

from dateline.codebook import load_codebook
from dateline.coder.encoder.network import MANIFEST, Encoder, softmax
from training import relations
from training.attribution import HELD_OUT
from training.export import export_encoder, export_pair
from training.network import SHARPNESS, Network

NAME = "dateline-encoder 1"
GRAPHS = ("encoder.onnx", "pair.onnx", "tokenizer.json")
OUT = Path(__file__).parents[1] / "src/dateline/data/encoder"
CARD = Path(__file__).with_name("model-card.md")


def package(network: Network, tokenizer: Path, data: Path, folds: Sequence[Path]) -> None:
    """Write the files that the package ships. ``folds`` are the scores of the sentences each fold did not learn."""
    OUT.mkdir(parents=True, exist_ok=True)
    export_encoder(network, OUT / "encoder.onnx")
    export_pair(network, OUT / "pair.onnx")
    shutil.copy(tokenizer, OUT / "tokenizer.json")
    manifest: dict[str, Any] = {
        "name": NAME,
        "codebook": "plover",
        "roots": relations.roots(),
        "sharpness": SHARPNESS,
        "heat": {"tags": 1.0, "roots": 1.0},
        "sha256": {name: hashlib.sha256((OUT / name).read_bytes()).hexdigest() for name in GRAPHS},
    }
    _write(manifest)
    # The graphs as they are shipped, in eight bits, are what is calibrated and measured.
    scores, labels = _tags(Encoder.load(OUT), data)
    manifest["heat"]["tags"] = heat(scores, labels)
    fold_scores, fold_labels, figures = _relations(data, folds)
    manifest["heat"]["roots"] = heat(fold_scores, fold_labels)
    figures["ece_roots"] = calibration_error(softmax(fold_scores, manifest["heat"]["roots"]), fold_labels)
    figures["ece_tags"] = calibration_error(softmax(scores, manifest["heat"]["tags"]), labels)
    manifest["figures"] = {name: round(value, 4) for name, value in figures.items()}
    _write(manifest)
    shown = {name: f"{value:.3f}" for name, value in figures.items()} | {"megabytes": f"{_size() / 1e6:.1f}"}
    (OUT / "MODEL_CARD.md").write_text(Template(CARD.read_text(encoding="utf-8")).substitute(shown), encoding="utf-8")


def heat(scores: Any, labels: Any) -> float:
    """The heat at which the chances of the right labels are likeliest (Guo, Pleiss, Sun and Weinberger 2017)."""

    def loss(value: float) -> float:
        chances = softmax(scores, value)
        return float(-np.log(np.maximum((chances * labels).sum(axis=1), 1e-9)).mean())

    return round(float(minimize_scalar(loss, bounds=(0.3, 4.0), method="bounded").x), 3)


def _tags(encoder: Encoder, data: Path) -> tuple[Any, Any]:
    """Log chances and right labels [pieces, tags] of the documents that were kept from training."""
    records = read(data / "attribution" / "train.jsonl.gz")
    chances, labels = tag_chances(encoder, (record for n, record in enumerate(records) if n % HELD_OUT == 0))
    return np.log(np.maximum(chances, 1e-9)), labels


def _relations(data: Path, folds: Sequence[Path]) -> tuple[Any, Any, dict[str, float]]:
    """Scores and allowed types of the annotated pairs, each by the fold that had not learnt it, and the figures."""
    seen = {row["id"]: row["scores"] for path in folds for row in read(path)}
    pairs = relations.gold(data)
    kinds = relations.roots()
    scores = np.array([[seen[p["id"]][kind] for kind in kinds] for p in pairs], dtype=np.float32)
    allowed = np.array([[float(kind in p["roots"]) for kind in kinds] for p in pairs])
    joined = {part: whole for whole, parts in relations.PARTS.items() for part in parts}
    quads = {kind.name: kind.quad for kind in load_codebook("plover").types}
    best = [kinds[n] for n in scores.argmax(axis=1)]
    guessed = [joined.get(kind, kind) for kind in best]
    wanted = [p["root"] for p in pairs]
    return (
        scores,
        allowed,
        {
            "root_macro_f1": _macro_f1(wanted, guessed),
            "root_accuracy": float(np.mean([a == b for a, b in zip(wanted, guessed, strict=True)])),
            "quad_macro_f1": _macro_f1([p["quad"] for p in pairs], [quads[kind] for kind in best]),
        },
    )


def _macro_f1(wanted: Sequence[Any], guessed: Sequence[Any]) -> float:
    figures = []
    for kind in sorted(set(wanted)):
        both = sum(a == b == kind for a, b in zip(wanted, guessed, strict=True))
        figures.append(2 * both / (wanted.count(kind) + guessed.count(kind)))
    return float(np.mean(figures))


def _write(manifest: dict[str, Any]) -> None:
    (OUT / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _size() -> int:
    return sum((OUT / name).stat().st_size for name in GRAPHS)
