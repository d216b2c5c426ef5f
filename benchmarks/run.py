"""All figures in one table: ``python benchmarks/run.py --data DIR`` writes docs/figures.md.

DIR holds one folder a task; the scorers are the package ``score`` beside it (``--scorers`` where they are elsewhere).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.predict import TASKS, predict
from benchmarks.throughput import measure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a task: its name in the table, its path in the scorer's output, and the floor it must meet."""

    name: str
    path: str
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One file of one task, with the figures that the table shows."""

    task: str
    file: str
    figures: tuple[Figure, ...]
    also: tuple[str, ...] = ()
    """Files that are measured with the first."""
    own_reading: bool = False
    """Whether rules of the benchmark stand between what a user gets and the figures."""

    @property
    def files(self) -> tuple[str, ...]:
        """All files."""
        return self.file, *self.also


_POLICE = tuple(
    Figure(f"{level} {label} F1", f"{level}.{label}.f1", 0.60 if (level, label) == ("sentence", "ANY_ACTION") else None)
    for level in ("sentence", "document")
    for label in ("KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION")
)
_DATES = (
    Figure("relaxed F1", "relaxed.f1"),
    Figure("strict F1", "strict.f1"),
    Figure("value F1", "value.f1", 0.60),
    Figure("type F1", "type.f1"),
)
_TOPONYMS = (
    Figure("within 161 km, all names", "acc_at_161km_all", 0.45),
    Figure("median error, km", "median_km"),
)
_FOUND = (
    Figure("detection F1", "detection.f1"),
    Figure("within 161 km, all names", "acc_at_161km_all"),
)
_INCIDENTS = (
    Figure("killed exact, all", "killed_all"),
    Figure("killed exact, where given", "killed_confident", 0.75),
    Figure("killed given", "killed_coverage"),
    Figure("injured exact, where given", "injured_confident"),
    Figure("date exact, where given", "date_confident"),
    Figure("date given", "date_coverage"),
    Figure("city, where given", "city_confident"),
    Figure("city given", "city_coverage"),
)
_TEMPLATES = (
    Figure("incident type F1", "strict.incident_type.f1"),
    Figure("perpetrator (person) F1", "strict.perp_individual.f1"),
    Figure("perpetrator (organisation) F1", "strict.perp_org.f1"),
    Figure("physical target F1", "strict.phys_target.f1"),
    Figure("human target F1", "strict.human_target.f1"),
    Figure("perpetrator (person) F1, relaxed", "relaxed.perp_individual.f1"),
    Figure("physical target F1, relaxed", "relaxed.phys_target.f1"),
    Figure("human target F1, relaxed", "relaxed.human_target.f1"),
    Figure("relevant documents F1", "document_relevant.f1"),
)
_AGGREGATION = tuple(
    Figure(f"{words}{name.replace('_', ' ')} as the human event has it", f"{level}.{name}", floor)
    for level, words in (("all", ""), ("two_or_more_reports", "two reports or more: "))
    for name, floor in (
        *(("date_start", 0.90), ("date_end", 0.90), ("city", 0.90)),
        *((f"{kind}_{bound}", 0.85) for kind in ("deaths", "injuries") for bound in ("low", "best", "high")),
    )
)


def _coref(floor: float) -> tuple[Figure, ...]:
    return (
        Figure("CoNLL F1, all reports in one pool", "exact.conll_f1", floor),
        Figure("MUC F1", "exact.muc.f1"),
        Figure("B3 F1", "exact.b3.f1"),
        Figure("CEAFe F1", "exact.ceafe.f1"),
        Figure("CoNLL F1 within reports", "within_document.exact.conll_f1"),
    )


MEASUREMENTS = (
    Measurement(
        "attribution",
        "attribution/dev.jsonl",
        (
            Figure("content token F1", "content.f1", 0.70),
            Figure("source token F1", "source.f1"),
            Figure("cue token F1", "cue.f1"),
            Figure("attribution F1", "attribution.f1"),
        ),
    ),
    Measurement(
        "calibration",
        "attribution/dev.jsonl",
        (
            Figure("expected calibration error, tags of word pieces", "tags.error"),
            Figure("expected calibration error, attributions", "attributions.error"),
            Figure("mean chance of an attribution", "attributions.chance"),
            Figure("attributions of which people marked the same content", "attributions.right"),
        ),
    ),
    Measurement(
        "gate",
        "attribution/dev.jsonl",
        (
            Figure("attributions kept (cue)", "attributions.kept", 0.99),
            Figure("attributions kept with source, content and kind", "attributions_whole.kept"),
            Figure("event mentions kept (type and trigger)", "events.kept", 0.99),
            Figure("event mentions kept with all values", "events_whole.kept"),
            Figure("sentences not parsed", "unparsed"),
        ),
        also=("police_events/docs.jsonl.gz", "protest_news/docs.jsonl.gz"),
    ),
    Measurement(
        "relation_folds",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, five folds", "root_macro_f1", 0.50),
            Figure("root accuracy, five folds", "root_accuracy"),
            Figure("quad macro-F1, five folds", "quad_macro_f1"),
            Figure("expected calibration error, five folds", "ece_roots"),
        ),
    ),
    Measurement(
        "relation_rules",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, rules alone", "root.macro_f1", 0.50),
            Figure("quad macro-F1, rules alone", "quad.macro_f1"),
        ),
    ),
    Measurement(
        "relation_typing",
        "relation_typing/train.jsonl",
        (
            Figure("root macro-F1, seen in training", "root.macro_f1"),
            Figure("quad macro-F1, seen in training", "quad.macro_f1"),
        ),
    ),
    Measurement(
        "relation_reports",
        "relation_typing/train.jsonl",
        (
            Figure("source and target found in an event", "coverage"),
            Figure("root right, where found", "root_on_covered.accuracy"),
        ),
    ),
    Measurement("police_events", "police_events/docs.jsonl.gz", _POLICE),
    Measurement("protest_news", "protest_news/docs.jsonl.gz", (Figure("documents macro-F1", "macro_f1"),)),
    Measurement("protest_news", "protest_news/sentences.jsonl", (Figure("sentences macro-F1", "macro_f1"),)),
    Measurement("toponyms", "toponyms/lgl.jsonl.gz", _TOPONYMS),
    Measurement("toponyms", "toponyms/geovirus.jsonl", _TOPONYMS),
    Measurement(
        "toponyms held",
        "toponyms/lgl.jsonl.gz",
        (
            Figure("lgl: names that the gazetteer holds within 161 km (the ceiling)", "lgl.held", 0.92),
            Figure("lgl: within 161 km, all names", "lgl.right", 0.66),
            Figure("lgl: within 161 km, names held", "lgl.right_of_held", 0.92),
            Figure("geovirus: names that the gazetteer holds within 161 km (the ceiling)", "geovirus.held", 0.84),
            Figure("geovirus: within 161 km, all names", "geovirus.right", 0.78),
            Figure("geovirus: within 161 km, names held", "geovirus.right_of_held", 0.96),
        ),
        also=("toponyms/geovirus.jsonl",),
    ),
    Measurement("toponyms found", "toponyms/lgl.jsonl.gz", _FOUND),
    Measurement("toponyms found", "toponyms/geovirus.jsonl", _FOUND),
    Measurement("dates", "dates/timebank.jsonl", _DATES),
    Measurement("dates", "dates/aquaint.jsonl", _DATES),
    Measurement("incidents", "incidents/gva.jsonl.gz", _INCIDENTS),
    Measurement("aggregation", "aggregation/events.jsonl", _AGGREGATION, also=("aggregation/reports.jsonl.gz",)),
    Measurement("incidents", "incidents/gvdb.jsonl.gz", _INCIDENTS),
    Measurement("templates", "templates/dev.jsonl.gz", _TEMPLATES),
    Measurement(
        "roles",
        "roles/train.jsonl",
        (
            Figure("actor and recipient, overlap F1", "overlap.source_and_target.f1"),
            Figure("actor and recipient, exact F1", "exact.source_and_target.f1"),
        ),
    ),
    Measurement(
        "event_location",
        "event_location/train.jsonl.gz",
        (Figure("overlap F1", "overlap.f1"), Figure("exact F1", "exact.f1")),
    ),
    Measurement(
        "linking",
        "incidents/gva.jsonl.gz",
        (
            Figure("reports in one pool, B3 F1", "b3.f1", 0.92),
            Figure("B3 precision", "b3.precision"),
            Figure("B3 recall", "b3.recall"),
            Figure("CEAFe F1", "ceafe.f1"),
        ),
    ),
    Measurement("web_pages", "web_pages/pages.jsonl.gz", (Figure("shingle F1", "shingle_f1"),)),
    Measurement("incidents_tallied", "incidents/gva.jsonl.gz", _INCIDENTS[:4], own_reading=True),
    Measurement("incidents_tallied", "incidents/gvdb.jsonl.gz", _INCIDENTS[:4], own_reading=True),
    Measurement("coref", "coref/ecb_dev.jsonl.gz", _coref(0.72), own_reading=True),
    Measurement("coref", "coref/meantime.jsonl.gz", _coref(0.66), own_reading=True),
)
SCORED_AS = {
    "relation_reports": "relation_typing",
    "relation_rules": "relation_typing",
    "incidents_tallied": "incidents",
}
"""The scorer of a task, where it is another task's."""
OWN = {"calibration": "calibration", "gate": "gate", "relation_folds": "folds", "toponyms held": "held"}
"""Tasks that no scorer is needed for, and the module here that measures each from the folder of the data."""
WITHOUT_SPANS = {"toponyms found": ("toponyms", "toponyms")}
"""A task run again with its spans taken out, so that dateline finds its own: (task, the key that is taken out)."""


def look_up(scores: dict[str, Any], path: str) -> float | None:
    """The number at a dotted path."""
    value: Any = scores
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int | float) else None


def score(scorers: Path, task: str, gold: Path, predictions: Path) -> dict[str, Any]:
    """What the scorer prints."""
    command = [sys.executable, "-m", "score", task, str(gold.resolve()), str(predictions)]
    done = subprocess.run(command, cwd=scorers, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"scoring {task} on {gold.name} failed: {done.stderr.strip()[-400:]}")
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


def run(
    data: Path, scorers: Path, only: Sequence[str], jobs: int = 1, kept: Path | None = None
) -> Iterator[tuple[Measurement, dict[str, Any]]]:
    """Every measurement whose file is there, with its scores, in order; talk goes to standard error.

    What was measured is written to the folder ``kept``, and what is there already is not measured again.
    """
    wanted = [m for m in MEASUREMENTS if not only or m.task in only]
    missing = {m: [file for file in m.files if not (data / file).exists()] for m in wanted}
    there = [m for m in wanted if not missing[m]]
    for measurement, files in missing.items():
        if files:
            print(f"{measurement.task}: no {', '.join(files)}, left out", file=sys.stderr)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from zip(there, pool.map(_measured, there, repeat(data), repeat(scorers), repeat(kept)), strict=True)


def _measured(wanted: Measurement, data: Path, scorers: Path, kept: Path | None) -> dict[str, Any]:
    """The scores of one measurement."""
    file = kept and kept / f"{wanted.task} {Path(wanted.file).name}.json".replace(" ", "-")
    if file and file.exists():
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found
    began = time.perf_counter()
    if wanted.task in OWN:
        scores: dict[str, Any] = import_module(f"benchmarks.{OWN[wanted.task]}").measure(data)
    else:
        scores = _scored(wanted, data, scorers)
    print(f"{wanted.task} {wanted.file}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if file:
        file.write_text(json.dumps(scores), encoding="utf-8")
    return scores


def _scored(wanted: Measurement, data: Path, scorers: Path) -> dict[str, Any]:
    """What the scorer says of the task's predictions."""
    gold = data / wanted.file
    task, without = WITHOUT_SPANS.get(wanted.task, (wanted.task, None))
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        source = gold
        if without:
            source = Path(folder) / "input.jsonl"
            _take_out(gold, without, source)
        predict(task, source, predictions)
        return score(scorers, SCORED_AS.get(task, task), gold, predictions)


def table(results: Sequence[tuple[Measurement, dict[str, Any]]]) -> str:
    """The figures as a Markdown table."""
    rows = ["| task | file | records | figure | value | floor |", "| --- | --- | ---: | --- | ---: | ---: |"]
    for wanted, scores in results:
        for figure in wanted.figures:
            value = look_up(scores, figure.path)
            shown = "none" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") if value > 1 else f"{value:.3f}"
            floor = "" if figure.floor is None else f"{figure.floor:.2f}"
            records = scores["run"]["gold_records"]
            rows.append(
                f"| {wanted.task} | {', '.join(wanted.files)} | {records} | {figure.name} | {shown} | {floor} |"
            )
    return "\n".join(rows)


def _take_out(gold: Path, key: str, target: Path) -> None:
    from benchmarks.predict import read
    from benchmarks.tasks import toponyms

    keys = {name: inner for name, inner in toponyms.INPUTS.items() if name != key}
    target.write_text("".join(json.dumps(record) + "\n" for record in read(gold, keys)), encoding="utf-8")


def _hash(data: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted({file for m in MEASUREMENTS for file in m.files}):
        if (data / file).exists():
            digest.update((data / file).read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    """Run from the command line; exit code 1 where a floor is not met."""
    parser = argparse.ArgumentParser(description="Measure dateline on annotated data and write the table of figures.")
    parser.add_argument("--data", type=Path, required=True, help="folder with one folder a task")
    parser.add_argument("--scorers", type=Path, help="folder that holds the package 'score' (default: beside --data)")
    parser.add_argument("--out", type=Path, default=Path("docs/figures.md"), help="the page to write")
    parser.add_argument(
        "--only", nargs="*", default=[], help=f"tasks to run ({', '.join([*TASKS, *OWN])}); prints, writes nothing"
    )
    parser.add_argument("--jobs", type=int, default=1, help="measurements at a time (speed is measured alone)")
    parser.add_argument("--kept", type=Path, help="folder of results: what a stopped run left is not measured again")
    given = parser.parse_args()
    data = given.data.resolve()
    if given.kept:
        given.kept.mkdir(parents=True, exist_ok=True)
    results = list(run(data, given.scorers or data.parent, given.only, given.jobs, given.kept))
    figures, own = (table([r for r in results if r[0].own_reading is mine]) for mine in (False, True))
    print(figures, own, sep="\n\n", end="\n\n")
    if not given.only:
        speed = measure(data)
        print(speed)
        given.out.write_text(PAGE.format(figures=figures, own=own, speed=speed, hash=_hash(data)), encoding="utf-8")
    missed = [
        f"{wanted.task} {wanted.file}: {figure.name} is {value} and should be at least {figure.floor}"
        for wanted, scores in results
        for figure in wanted.figures
        if figure.floor is not None and ((value := look_up(scores, figure.path)) is None or value < figure.floor)
    ]
    print("\n".join(missed), file=sys.stderr)
    return int(bool(missed))


PAGE = """# Figures

Written by `benchmarks/run.py`; not edited by hand. The data are hand-annotated sets that are not part of the project
(see [data and licences](data-and-licences.md)); the hash of the files measured on begins with `{hash}`. "Floor" is the
value below which a change is not accepted.

## Accuracy

What is measured is what a user gets: the codings themselves, put into the form of the task. `police_events` are
codings with [codebooks/police.yaml](../codebooks/police.yaml), `templates` with
[codebooks/attacks.yaml](../codebooks/attacks.yaml), all others with PLOVER.

{figures}

Of relation typing, the rows `relation_folds` are those to trust: five times a network learnt four fifths of the
sentences and typed the rest. The weights in the package have learnt all of them, so the rows `relation_typing` only say
that nothing was broken on the way; `relation_rules` is what is left without the encoder. `gate` compares codings in
which the gate passes over sentences with codings of the same reports in which every sentence is parsed, over all
reports of the first file and every second one of the others. A calibration error is the mean distance, over ten bins,
between how sure the encoder was and how often it was right.

On an earlier version of this page `police_events`, `templates`, `roles`, `incidents` and `protest_news` were read from
codings by rules and word lists of the benchmark's own. Where these rows are lower now, the difference says what such
rules were worth, not that codings became worse. What they knew of the police stands in the codebook; what no codebook
holds was taken out.

## With a benchmark's own reading

Here rules of a benchmark stand between dateline and the figure: a user of dateline alone does not get these values.
`incidents_tallied` brings the dead and hurt of a report to one number by `benchmarks/tally.py`; `coref` finds events
among words that people marked by `benchmarks/coreference`.

{own}

## Speed

{speed}
"""

if __name__ == "__main__":
    sys.exit(main())
