"""What a page of a crawl costs, measured by doing it, and what a year of a public crawl would: docs/crawl.md.

    python benchmarks/crawl.py --data DIR                       # prints the page
    python benchmarks/crawl.py --data DIR --out docs/crawl.md --english 0.6 --core-hour 0.03

Pages are packed into web archives, which are read, coded and written shard by shard as ``dateline shards run`` does it,
each step by itself. With ``--data``, English pages are the real ones of its folder ``web_pages``, and their codings say
which of them tell an event; without, those that come with the project. Pages that are no article or in another language
are made up. The reckoning is :mod:`benchmarks.crawl_plan`'s.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.archive_memory import record
from benchmarks.crawl_plan import Assumed, Kind, Linking, Unit, page
from benchmarks.store_speed import Growing
from dateline.api import load_coder
from dateline.coder.encoder.network import reading_in_line
from dateline.engine.coder import Coder
from dateline.engine.local import run
from dateline.engine.shards.cutting import cut
from dateline.engine.shards.manifest import Manifest, Written
from dateline.engine.shards.reading import items
from dateline.engine.shards.writing import ShardWriter
from dateline.intake import Failure, Limits
from dateline.intake.bounded.worker import WORKER
from dateline.link.pairs.score import Scorer
from dateline.model import Coding, Report
from dateline.samples import sample_paths
from dateline.settings import CoderSettings
from dateline.store.shelf import Cache

ROOT = Path(__file__).resolve().parent.parent
PAGES = 100
"""Pages of each kind at the most."""
MENTIONS = 60_000
BATCHES = 20
"""Batches of reports that are linked to measure it."""
SETTINGS = CoderSettings()
FORMS: tuple[Written, ...] = ("jsonl", "parquet")

FOREIGN = (
    "Le conseil municipal a adopté lundi soir le budget de la ville, après quatre heures de débats parfois vifs.",
    "La mairie prévoit de rénover deux écoles et d'ouvrir une médiathèque dans l'ancienne gare avant l'hiver.",
    "Les habitants du quartier, réunis devant la halle, ont demandé que la ligne de tramway passe par leur rue.",
    "Selon le maire, les travaux commenceront au printemps et dureront au moins dix-huit mois.",
    "L'opposition juge le projet trop cher et regrette qu'aucune étude n'ait été publiée.",
    "Une réunion publique est annoncée pour le mois prochain à la salle des fêtes.",
)
"""Sentences of our own in another language, of which pages are made."""


@dataclass(frozen=True, slots=True)
class Steps:
    """One archive, done once: seconds of the processor of each step, and bytes."""

    reading: float
    coding: tuple[float, ...]
    """Of each item, in order."""
    items: tuple[Coding | Failure, ...]
    archived: int


def processor() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def made_page(title: str, paragraphs: Iterable[str], dice: random.Random) -> bytes:
    """A page with as much around its text as pages have: sections, a list of others, scripts."""
    links = "".join(f'<li><a href="/s/{dice.randrange(10**6)}">Section {n}</a></li>' for n in range(120))
    text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    script = "".join(f"window.slot{n}={dice.randrange(10**9)};" for n in range(400))
    body = f"<article><h1>{html.escape(title)}</h1>{text}</article>" if text else ""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title></head><body>"
        f"<nav><ul>{links}</ul></nav>{body}<aside><ul>{links}</ul></aside><script>{script}</script></body></html>"
    ).encode()


def no_articles(number: int) -> Iterator[bytes]:
    """Pages of nothing but links."""
    dice = random.Random(1)
    for n in range(number):
        yield made_page(f"News {n}", (), dice)


def in_another_language(number: int) -> Iterator[bytes]:
    """Pages of articles of some 400 words that are not in English."""
    dice = random.Random(2)
    for n in range(number):
        yield made_page(f"Conseil municipal {n}", (" ".join(dice.sample(FOREIGN, 4)) for _ in range(6)), dice)


def in_english(number: int, data: Path | None) -> Iterator[bytes]:
    """Real pages of the data; without it, pages made of texts that come with the project: of conflict and of others."""
    if data is not None:
        with gzip.open(data / "web_pages" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line, _ in zip(lines, range(number), strict=False):
                yield gzip.decompress((data / "web_pages" / json.loads(line)["html"]).read_bytes())
        return
    dice = random.Random(3)
    told = [path.read_bytes() for path in sample_paths() if path.suffix == ".html"]
    others = [
        made_page(f"Story {n}", text.strip().split("\n\n"), dice)
        for path in sorted((ROOT / "tests" / "off_topic").glob("*.yaml"))
        for n, text in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["pages"])
    ]
    mixed = [one for pair in zip(told, others, strict=False) for one in pair]
    yield from (mixed + others[len(told) :])[:number]


def archived(pages: Iterable[bytes], path: Path) -> int:
    """Pack pages as crawlers do; how many bytes that is."""
    with path.open("wb") as out:
        for n, body in enumerate(pages):
            out.write(gzip.compress(record(f"https://example.org/{n}", "text/html", body), 6, mtime=0))
    return path.stat().st_size


def done(pages: Sequence[bytes], coder: Coder, folder: Path) -> Steps:
    """Read and code an archive of the pages. What starting the process that parses takes is measured, and taken off."""
    archive, first = folder / "crawl.warc.gz", folder / "first.warc.gz"
    size = archived(pages, archive)
    archived(pages[:1], first)
    alone, _ = _read(first, coder, folder / "first")
    whole, found = _read(archive, coder, folder / "read")
    reading = max(0.0, whole - alone) / max(1, len(pages) - 1) * len(pages)
    seconds, outcomes = [], []
    with reading_in_line():
        for item in found:
            before = time.process_time()
            outcomes += list(run([item], coder))
            seconds.append(time.process_time() - before)
    return Steps(reading, tuple(seconds), tuple(outcomes), size)


def _read(archive: Path, coder: Coder, folder: Path) -> tuple[float, list[Report | Failure]]:
    manifest = _manifest(archive, coder, folder, "jsonl")
    WORKER.close()
    before = processor()
    found = [item for shard in manifest.shards for item in items(shard, manifest)]
    WORKER.close()
    return processor() - before, found


def _manifest(archive: Path, coder: Coder, folder: Path, form: Written) -> Manifest:
    return cut([str(archive)], str(folder), coder, SETTINGS, Limits(), written=form)


def unit(steps: Steps, which: Sequence[int], pages: int, coder: Coder, folder: Path) -> Unit:
    """What one of the items of a kind costs; of those that were read with others, reading and size are the mean."""
    kept = [steps.items[n] for n in which]
    sizes, writing = [], 0.0
    for form in FORMS:
        manifest = _manifest(folder.parent / "crawl.warc.gz", coder, folder / form, form)
        (folder / form).mkdir(parents=True)
        before = time.process_time()
        with ShardWriter(manifest.shards[0], manifest) as writer:
            for outcome in kept:
                writer.add(outcome)
            marker = writer.finish()
        writing += time.process_time() - before
        sizes.append(marker.bytes)
    number = max(1, len(kept))
    return Unit(
        pages=len(kept),
        reading=steps.reading / pages,
        coding=sum(steps.coding[n] for n in which) / number,
        writing=writing / number,
        archived=steps.archived / pages,
        jsonl=sizes[0] / number,
        parquet=sizes[1] / number,
    )


def tells(outcome: Coding | Failure) -> bool:
    """Whether an item tells an event."""
    return isinstance(outcome, Coding) and bool(outcome.events)


def units(data: Path | None, number: int) -> tuple[dict[Kind, Unit], float]:
    """The unit costs of every kind of page, and the mentions of a report that tells an event."""
    coder = load_coder(settings=SETTINGS)
    made: dict[str, list[bytes]] = {
        "no article": list(no_articles(number)),
        "another language": list(in_another_language(number)),
        "English": list(in_english(number, data)),
    }
    found: dict[Kind, Unit] = {}
    with tempfile.TemporaryDirectory() as scratch:
        # The first codings and files fill what is kept between them, and are not counted.
        warm = Path(scratch, "warm")
        warm.mkdir()
        unit(done(made["English"][:3], coder, warm), range(3), 3, coder, warm / "kind")
        for name, pages in made.items():
            folder = Path(scratch, name)
            folder.mkdir()
            steps = done(pages, coder, folder)
            print(f"{name}: {len(steps.items)} items, {sum(map(tells, steps.items))} with an event", file=sys.stderr)
            every = range(len(steps.items))
            parts: list[tuple[Kind, list[int]]] = (
                [
                    ("English, nothing told", [n for n in every if not tells(steps.items[n])]),
                    ("English, an event told", [n for n in every if tells(steps.items[n])]),
                ]
                if name == "English"
                else [("no article" if name == "no article" else "another language", list(every))]
            )
            for kind, which in parts:
                if not which:
                    raise RuntimeError(f"no page was found that is: {kind}; take more pages (--pages)")
                found[kind] = unit(steps, which, len(pages), coder, folder / kind)
        telling = [outcome for outcome in steps.items if tells(outcome)]
    # Pages that are made up are smaller than real ones: in the archive, every page is as large as an English one.
    size = found["English, nothing told"].archived
    found = {kind: replace(one, archived=size) for kind, one in found.items()}
    mentions = sum(len(outcome.events) for outcome in telling if isinstance(outcome, Coding)) / len(telling)
    return found, mentions


def linking(number: int, a_report: float) -> Linking:
    """What linking a mention costs a project of so many made-up ones, its database included."""
    with tempfile.TemporaryDirectory() as folder:
        growing = Growing(Path(folder))
        growing.fill(number)
        before = growing.mentions
        _, spent = growing.link(BATCHES, Scorer(), Cache())
        growing.close()
    return Linking(spent / (growing.mentions - before), before, a_report)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure what a page of a crawl costs, and reckon a year of them.")
    parser.add_argument("--data", type=Path, help="folder with a folder web_pages of real pages (default: our own)")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of each kind at the most (default: {PAGES})")
    parser.add_argument(
        "--mentions",
        type=int,
        default=MENTIONS,
        help=f"mentions of the project they are linked in (default: {MENTIONS:,})",
    )
    parser.add_argument("--out", type=Path, help="the page to write (default: print it)")
    assumed = parser.add_argument_group("assumptions")
    for field in fields(Assumed):
        name = "--crawl" if field.name == "pages" else f"--{field.name.replace('_', '-')}"
        kind = type(field.default)
        assumed.add_argument(
            name, dest=f"assumed_{field.name}", type=kind, default=field.default, help=f"(default: {field.default:g})"
        )
    given = parser.parse_args()
    costs, mentions = units(given.data, given.pages)
    told = costs["English, an event told"].pages
    about = (
        f"{'Real' if given.data else 'Our own'} pages in English, of which {told} of "
        f"{told + costs['English, nothing told'].pages} told an event, and made-up ones of the other kinds; archives "
        "packed record by record. The English kinds were read together, and share the mean of reading; in the "
        "archive, pages of every kind are as large as theirs."
    )
    values = {field.name: getattr(given, f"assumed_{field.name}") for field in fields(Assumed)}
    text = page(costs, linking(given.mentions, mentions), Assumed(**values), about)
    if given.out is None:
        print(text)
    else:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
