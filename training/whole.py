"""Make the judge: ``python -m training.whole --data DIR --out DIR``. Stopped, it goes on where it was.

The reader of whole reports is trained once without each fold and once on all; the trees are learned on what the
readers say of the reports that they did not learn. What is made lies in ``OUT/judge``: load it with
:meth:`dateline.coder.judge.judge.Judge.load`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any

import torch

from dateline.coder.encoder.network import Encoder, default_encoder
from dateline.coder.encoder.reader import GRAPHS, Reader
from dateline.coder.judge.case import Case
from dateline.coder.judge.judge import TREES
from dateline.coder.machine import MachineCoder
from dateline.intake import read_text
from dateline.lang.lexicon import using
from dateline.model import Report
from training import judge, reader
from training.__main__ import pretrained
from training.export import export_reader
from training.reports import FOLDS, Blind, Record, ReportItem, fold_of, gold, items, roots
from training.train import SEED, train

NAME = "dateline-judge 1"
EPOCHS, AT_A_TIME = 7, 8
ALL = "all"
CARD = Path(__file__).with_name("judge-card.md")


def reports(records: list[Record]) -> list[Report]:
    """The hand-coded reports as they are coded."""
    return [
        read_text(r["text"], id=r["id"], published=r["published"], publisher=r["publisher"], title=r["title"])
        for r in records
    ]


def plan(kept: list[ReportItem], chance: random.Random) -> list[list[ReportItem]]:
    """Batches of windows of like length, all of them once an epoch."""
    out: list[list[ReportItem]] = []
    for _ in range(EPOCHS):
        ordered = sorted(kept, key=lambda item: (len(item.ids) // 64, chance.random()))
        batches = [ordered[n : n + AT_A_TIME] for n in range(0, len(ordered), AT_A_TIME)]
        chance.shuffle(batches)
        out += batches
    return out


def make_reader(kept: list[ReportItem], out: Path) -> None:
    """Train one reader and write its graphs with their manifest, the last file to appear."""
    torch.manual_seed(SEED)
    network = reader.Reader(pretrained(), len(roots()))
    state = out.with_suffix(".pt")
    train(network, plan(kept, random.Random(SEED)), state, rate=2e-4, head_rate=1e-3, losses=reader.losses)
    export_reader(network, out)
    manifest(out, GRAPHS)


def manifest(folder: Path, names: tuple[str, ...]) -> None:
    """Write what the files are, with their hashes."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    text = json.dumps({"name": NAME, "kinds": roots(), "sha256": hashes}, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def cases(records: list[Record], reader_of: Callable[[str], Reader], coder: MachineCoder) -> dict[str, Case]:
    """Every report as the judge looks at it, read by the reader that is given for its name."""
    kept = reports(records)
    return {
        report.id: coder.case(parse, reader_of(report.id))
        for report, parse in zip(kept, coder.parsed(kept), strict=True)
    }


def windows_of(records: list[Record], coder: MachineCoder, encoder: Encoder) -> dict[str, list[ReportItem]]:
    """The windows of each report, with what they should give."""
    kinds = roots()
    blind: Any = Blind(kinds, encoder.tokenizer)
    found = cases(records, lambda _: blind, coder)
    return {record["id"]: list(items(record, found[record["id"]], kinds, encoder.tokenizer)) for record in records}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Make the judge of whole reports.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    records, encoder = gold(given.data), default_encoder()
    coder = replace(MachineCoder.load(encoder=False), encoder=encoder)
    missing = [n for n in (*map(str, range(FOLDS)), ALL) if not (given.out / f"reader-{n}" / "manifest.json").exists()]
    windows = windows_of(records, coder, encoder) if missing else {}
    for name in missing:
        kept = [item for report, made in windows.items() if str(fold_of(report)) != name for item in made]
        make_reader(kept, given.out / f"reader-{name}")
    readers = {n: Reader.load(given.out / f"reader-{n}", encoder.tokenizer) for n in range(FOLDS)}
    found = cases(records, lambda name: readers[fold_of(name)], coder)
    learned = []
    with using(coder.lexicon):
        for one in judge.learn(found, {r["id"]: r for r in records}):
            print(one.question, {name: round(value, 3) for name, value in one.figures.items()}, flush=True)
            learned.append(one)
    folder = given.out / "judge"
    folder.mkdir(exist_ok=True)
    for name in GRAPHS:
        shutil.copy(given.out / f"reader-{ALL}" / name, folder / name)
    judge.write({one.question: one.whole for one in learned}, folder / TREES)
    manifest(folder, (*GRAPHS, TREES))
    coded = sum("/" in record["id"] for record in records)
    (folder / "MODEL_CARD.md").write_text(card(learned, folder, len(records) - coded, coded), encoding="utf-8")


QUESTIONS = {
    "telling": "is a word an event's, of its type",
    "pair": "do two words tell the same event",
    "row": "is a row an event that no likelier row tells",
    "actors": "is a party an actor of the row",
    "recipients": "is a party a recipient of the row",
    "place": "is a place where it was",
    "date": "is a date when it was",
    "no actors": "is no actor told",
    "no recipients": "is no recipient told",
    "no place": "is no place told",
    "no date": "is no date told",
    "modality": "is it told so",
    "source": "is it told on this one's word",
    "counts": "is a number one of it",
}


def card(learned: Sequence[judge.Learned], folder: Path, given: int, coded: int) -> str:
    """The model card, with the figures of every question."""
    lines = [
        "| question | asked | right | average precision | calibration error |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for one in learned:
        f = one.figures
        shown = f"{f['asked']:,.0f} | {f['right']:.3f} | {f['average_precision']:.3f} | {f['error']:.3f}"
        lines.append(f"| {QUESTIONS[one.question]} | {shown} |")
    size = sum((folder / name).stat().st_size for name in (*GRAPHS, TREES))
    return Template(CARD.read_text(encoding="utf-8")).substitute(
        megabytes=f"{size / 1e6:.1f}", given=given, coded=coded, folds=FOLDS, questions="\n".join(lines)
    )


if __name__ == "__main__":
    main()
