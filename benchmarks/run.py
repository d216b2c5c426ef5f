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
from importlib import import_module
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import judged, kinds
from benchmarks.measurements import MEASUREMENTS, OWN, SCORED_AS, WITHOUT_SPANS, Measurement
from benchmarks.predict import TASKS, predict


def look_up(scores: dict[str, Any], path: str) -> float | None:
    """The number at a path of keys with dots between them, or slashes where a key has a dot."""
    value: Any = scores
    for key in path.split("/" if "/" in path else "."):
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
            records = scores["run"]["gold_records"] if "run" in scores else scores["reports"]
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
    parser.add_argument("--jobs", type=int, default=1, help="measurements at a time")
    parser.add_argument("--kept", type=Path, help="folder of results: what a stopped run left is not measured again")
    given = parser.parse_args()
    data = given.data.resolve()
    if given.kept:
        given.kept.mkdir(parents=True, exist_ok=True)
    results = list(run(data, given.scorers or data.parent, given.only, given.jobs, given.kept))
    figures, own = (table([r for r in results if r[0].own_reading is mine]) for mine in (False, True))
    print(figures, own, sep="\n\n", end="\n\n")
    if not given.only:
        page = PAGE.format(
            **{"figures": figures, "own": own, "judged": judged.table(), "kinds": kinds.table()},
            hash=_hash(data),
        )
        given.out.write_text(page, encoding="utf-8")
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

Read `reports` first: it says what a row is worth from end to end, on whole reports that one careful reader (a large
language model) coded by hand in every field, and from which nothing was learned. A row is right in every field where
its type, actor, recipient, place, date, modality and source are those of an event of the report; it is without a wrong
value where a field may be empty as well. All other tasks are single steps, or what other people asked of reports. A low
value among these need not be a wrong coding: `templates` wants the noun or the name that people wrote into a form,
where a coding has the report's words ("two soldiers"), and counts what a coding has of wars, which they left out
([its errors](../benchmarks/errors/templates.md)).

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

## Are the sentences true?

Sentences that dateline wrote about the reports of `reports/dev.jsonl`, drawn by a seed and judged against the text by
one careful reader (a large language model, which did not know which version wrote which): `benchmarks/judged.py`.
"Before" is the version before the kinds below were mended.

{judged}

## Kinds of reports that coders get wrong

Inputs that people who do this job try first, and variants of them (`tests/kinds`); what each should give was written by
hand. All rows right, none too many: `benchmarks/kinds.py`.

{kinds}

How fast all of it is: [speed](speed.md).
"""

if __name__ == "__main__":
    sys.exit(main())
