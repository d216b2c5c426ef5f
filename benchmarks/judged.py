"""Are dateline's sentences true? A sample drawn by a seed, judged by a reader against the reports, counted by type.

``python benchmarks/judged.py draw --data DIR`` prints a sheet (JSON Lines) of event mentions of ``reports/dev.jsonl``,
each with its sentence and the text around its words. A judgement is one line of a file in ``benchmarks/judgements``,
without text: report, start and end of the trigger, type, and the verdict, separated by tabs. ``... table`` prints the
shares.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

FILE = "reports/dev.jsonl"
FOLDER = Path(__file__).resolve().parent / "judgements"
VERDICTS = ("true", "place", "false")
"""The sentence is true; true but for where it puts the act; false or badly misleading."""
MATERIAL = ("ASSAULT", "COERCE", "PROTEST")
NUMBER, SEED = 60, 11
_AROUND = 700
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader says of one sentence."""

    report: str
    start: int
    end: int
    type: str
    verdict: str

    @classmethod
    def read(cls, line: str) -> Judgement:
        """From a line of a file. Raises ``ValueError`` where it has no known verdict."""
        report, start, end, type_, verdict = line.rstrip("\n").split("\t")
        if verdict not in VERDICTS:
            raise ValueError(f"{verdict!r} is no verdict; there are {', '.join(VERDICTS)}")
        return cls(report, int(start), int(end), type_, verdict)


def draw(data: Path, number: int, seed: int) -> Iterator[dict[str, object]]:
    """``number`` mentions of all that are coded, in random order, with what a reader needs to judge them."""
    from dateline.api import machine_coder
    from dateline.export.words import sentence
    from dateline.intake import read_text

    records = [json.loads(line) for line in (data / FILE).read_text(encoding="utf-8").splitlines()]
    codings = machine_coder().code_many(
        read_text(r["text"], id=r["id"], published=r["published"], publisher=r["publisher"], title=r["title"])
        for r in records
    )
    drawn = random.Random(seed).sample([(c, e) for c in codings for e in c.events], number)
    for coding, event in drawn:
        text, at = coding.report.text, event.trigger
        yield {
            **{"report": coding.report.id, "published": coding.report.published, "start": at.start, "end": at.end},
            **{"type": event.type, "sentence": sentence(coding, event)},
            "text": f"{text[max(0, at.start - _AROUND) : at.start]}>>{at.quote}<<{text[at.end : at.end + _AROUND]}",
        }


def judgements(path: Path) -> list[Judgement]:
    """Those of one file; lines that begin with # say how they were made."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Judgement.read(line) for line in lines if line and not line.startswith("#")]


def interval(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score (Journal of the American Statistical Association, 1927)."""
    share, square = right / of, _Z * _Z
    middle, half = share + square / (2 * of), _Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)


def table(folder: Path = FOLDER) -> str:
    """One row a file and kind of type, as Markdown."""
    rows = ["| sample | types | sentences | true | place wrong | false | share true (95 %) |"]
    rows.append("| --- | --- | ---: | ---: | ---: | ---: | --- |")
    for path in sorted(folder.glob("*.tsv"), reverse=True):
        judged = judgements(path)
        kinds = {
            "all": judged,
            ", ".join(MATERIAL): [j for j in judged if j.type in MATERIAL],
            "all others": [j for j in judged if j.type not in MATERIAL],
        }
        for kind, some in kinds.items():
            if some:
                counted = Counter(j.verdict for j in some)
                low, high = interval(counted["true"], len(some))
                cells = [path.stem, kind, str(len(some)), *(str(counted[verdict]) for verdict in VERDICTS)]
                rows.append(f"| {' | '.join(cells)} | {counted['true'] / len(some):.2f} ({low:.2f} to {high:.2f}) |")
    return "\n".join(rows)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("draw", "table"))
    parser.add_argument("--data", type=Path, help="the folder of the data")
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    if given.what == "table":
        print(table())
    else:
        for line in draw(given.data, given.number, given.seed):
            print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
