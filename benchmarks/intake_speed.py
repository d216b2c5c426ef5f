"""How many small pages a second come into a project, beside trafilatura alone on the same pages in the same run.

    python benchmarks/intake_speed.py --pages 10000

Makes the pages in a scratch folder (sentences of our own), reads them with ``trafilatura.bare_extraction`` in this
process, then adds them to a new project, and prints pages a second for both, their ratio, and the highest memory of
this process after a tenth of the pages and after all of them.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from dateline.store import Project

TOWNS = ("Lyon", "Brest", "Graz", "Lima", "Cusco", "Puno", "Gao", "Mopti", "Zaria", "Kano")
GROUPS = ("Teachers", "Farmers", "Miners", "Students", "Nurses", "Drivers")
TENTH = 10


def page(number: int, chance: random.Random) -> str:
    """A page of a few paragraphs, no two alike."""
    told = [
        f"{chance.choice(GROUPS)} of {name(chance)} marched in {chance.choice(TOWNS)} past the {name(chance)} bridge, "
        f"and {chance.randrange(20, 4000)} people took part, {name(chance)} {name(chance)} told a paper."
        for _ in range(6)
    ]
    body = "".join(f"<p>{sentence} It was number {number} of the {name(chance)} list.</p>" for sentence in told)
    return (
        f"<html><head><title>Report {number}</title><meta property='og:site_name' content='The Sample Post'>"
        f"<meta property='article:published_time' content='2024-02-{number % 28 + 1:02d}'></head><body><nav>"
        f"<a href='/'>Home</a></nav><article><h1>Report {number}</h1>{body}</article><footer>All rights reserved."
        "</footer></body></html>"
    )


def name(chance: random.Random) -> str:
    """A word that nobody has."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()


def megabytes() -> float:
    """The highest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    number: int = parser.parse_args().pages
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "pages")
        folder.mkdir()
        for n in range(number):
            (folder / f"{n:06}.html").write_text(page(n, chance), "utf-8")
        files = sorted(folder.iterdir())

        from trafilatura import bare_extraction

        began = time.perf_counter()
        read = sum(bare_extraction(file.read_text("utf-8"), include_comments=False) is not None for file in files)
        alone = time.perf_counter() - began

        with Project.create(Path(scratch, "project")) as project:
            began, added, tenth = time.perf_counter(), 0, 0.0
            for item in project.add(folder):
                added += getattr(item, "new", False)
                if added == number // TENTH:
                    tenth = megabytes()
            ours = time.perf_counter() - began
        if read != number or added != number:
            sys.exit(f"of {number} pages trafilatura read {read}, and {added} were added")
    print("| | pages a second | seconds |\n| --- | ---: | ---: |")
    print(f"| trafilatura alone | {number / alone:,.0f} | {alone:.1f} |")
    print(f"| into a project | {number / ours:,.0f} | {ours:.1f} |")
    print(f"\nratio {alone / ours:.2f}; highest memory {tenth:.0f} MB after a tenth, {megabytes():.0f} MB after all")


if __name__ == "__main__":
    main()
