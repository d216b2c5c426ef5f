"""How many inputs of each kind that coders get wrong are coded as a careful reader codes them.

``python benchmarks/kinds.py [FOLDER ...]`` prints a line a kind, then every fault with ``-v``. The inputs are those of
``tests/kinds`` unless folders are given. One that is known to fail counts as a fault here.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kind_cases import FOLDER, Case, cases, faults


def measured(folders: Sequence[Path]) -> dict[str, list[tuple[Case, list[str]]]]:
    """Every case with what is wrong in its coding, by kind."""
    from dateline.api import machine_coder

    coder = machine_coder()
    found: dict[str, list[tuple[Case, list[str]]]] = defaultdict(list)
    for folder in folders:
        for case in cases(folder):
            found[case.kind].append((case, faults(case, coder)))
    return dict(found)


def table() -> str:
    """One row a kind, as Markdown; a case that is known to fail counts as one that does."""
    rows = ["| kind | inputs | right |", "| --- | ---: | ---: |"]
    found = measured([FOLDER])
    rows += (f"| {kind.replace('_', ' ')} | {len(tried)} | {_right(tried)} |" for kind, tried in found.items())
    everything = [one for tried in found.values() for one in tried]
    return "\n".join([*rows, f"| all | {len(everything)} | {_right(everything)} |"])


def _right(tried: Sequence[tuple[Case, list[str]]]) -> int:
    return sum(not wrong for _, wrong in tried)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Count the inputs of each kind that are coded right.")
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[FOLDER], help="folders of kinds (default: tests/kinds)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print each fault")
    given = parser.parse_args()
    found = measured(given.folders)
    for kind, tried in found.items():
        print(f"{kind}: {_right(tried)} of {len(tried)}")
        for case, wrong in tried:
            if wrong and given.verbose:
                print(f"    {case.text}", *(f"        {fault}" for fault in wrong), sep="\n")
    everything = [one for tried in found.values() for one in tried]
    print(f"all: {_right(everything)} of {len(everything)}")


if __name__ == "__main__":
    main()
