"""What a year of a public crawl of news would take: unit costs times pages, with every assumption in one place.

Nothing is measured here: :mod:`benchmarks.crawl` measures, and writes the page with what this module reckons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

Kind = Literal["no article", "another language", "English, nothing told", "English, an event told"]
"""What a page of a crawl may be to a coder."""

HOUR = 3600
TERABYTE = 1e12


@dataclass(frozen=True, slots=True)
class Unit:
    """What one page of a kind costs: seconds of the processor by step, and bytes in each form."""

    pages: int
    """Pages that it was measured on."""
    reading: float
    """The record out of the archive, its text found, its language told."""
    coding: float
    writing: float
    """As JSON Lines and as Parquet, both."""
    archived: float
    """Bytes in the packed archive."""
    jsonl: float
    parquet: float


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking costs: seconds of the processor a mention, in a project of so many; mentions a report of events."""

    seconds: float
    mentions: int
    a_report: float


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is not measured. Shares are from 0 to 1; prices in US dollars."""

    pages: float = 200e6
    articles: float = 0.9
    """Of all pages: those that are one article, and not a list of them."""
    english: float = 0.4
    """Of the articles."""
    events: float = 0.3
    """Of the English articles: those that tell an event."""
    copies: float = 0.25
    """Of the English articles: those whose text another one has."""
    speed: float = 1.0
    """How fast a rented core is, next to one of the machine that this was measured on."""
    busy: float = 0.85
    """The part of the paid time in which a core works; the rest goes for starting, waiting, and shards done again."""
    machines: int = 20
    cores: int = 16
    """Of each machine."""
    core_hour: float = 0.045
    """The price of one core for an hour, bought as needed."""
    spot: float = 0.35
    """The part of that price that is paid for a machine that may be taken back at any time."""
    terabyte_month: float = 23.0
    """The price of a terabyte in an object store for a month."""
    months: float = 12.0
    """For which all is kept."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a year takes: seconds of the processor by step, and bytes by form."""

    seconds: Mapping[str, float]
    stored: Mapping[str, float]
    mentions: float

    @property
    def coded(self) -> float:
        """Seconds of all that runs on many cores: all but linking."""
        return sum(value for step, value in self.seconds.items() if step != "linking")


def pages_of(assumed: Assumed) -> dict[Kind, float]:
    """How many pages there are of each kind."""
    articles = assumed.pages * assumed.articles
    english = articles * assumed.english
    return {
        "no article": assumed.pages - articles,
        "another language": articles - english,
        "English, nothing told": english * (1 - assumed.events),
        "English, an event told": english * assumed.events,
    }


def plan(units: Mapping[Kind, Unit], linking: Linking, assumed: Assumed, *, once: bool = False) -> Plan:
    """The whole of it. ``once``: a text is not coded again for its copies, which is not what dateline does."""
    numbers = pages_of(assumed)
    coded = {
        kind: number * (1 - assumed.copies if once and kind.startswith("English") else 1)
        for kind, number in numbers.items()
    }
    mentions = coded["English, an event told"] * linking.a_report
    return Plan(
        {
            "reading": sum(numbers[kind] * unit.reading for kind, unit in units.items()) / assumed.speed,
            "coding": sum(coded[kind] * unit.coding for kind, unit in units.items()) / assumed.speed,
            "writing": sum(coded[kind] * unit.writing for kind, unit in units.items()) / assumed.speed,
            "linking": mentions * linking.seconds / assumed.speed,
        },
        {
            "archives, packed": sum(numbers[kind] * unit.archived for kind, unit in units.items()),
            "codings, JSON Lines": sum(coded[kind] * unit.jsonl for kind, unit in units.items()),
            "codings, Parquet": sum(coded[kind] * unit.parquet for kind, unit in units.items()),
        },
        mentions,
    )


@dataclass(frozen=True, slots=True)
class Bill:
    """Core hours that are paid, days by the clock of coding and of linking, and dollars."""

    core_hours: float
    days: float
    linking_days: float
    on_demand: float
    on_spot: float
    storage: float


def bill(found: Plan, assumed: Assumed) -> Bill:
    """What a plan costs. Kept are the archives, and the codings as Parquet."""
    hours = sum(found.seconds.values()) / HOUR / assumed.busy
    coding = found.coded / HOUR / assumed.busy
    kept = found.stored["archives, packed"] + found.stored["codings, Parquet"]
    return Bill(
        core_hours=hours,
        days=coding / (assumed.machines * assumed.cores) / 24,
        linking_days=found.seconds["linking"] / HOUR / 24,
        on_demand=hours * assumed.core_hour,
        on_spot=hours * assumed.core_hour * assumed.spot,
        storage=kept / TERABYTE * assumed.terabyte_month * assumed.months,
    )


def turned(units: Mapping[Kind, Unit], assumed: Assumed) -> list[tuple[str, Assumed, Mapping[Kind, Unit], bool]]:
    """The plan again with one thing twice and half as large, each told in words; no share goes above 1."""
    found: list[tuple[str, Assumed, Mapping[Kind, Unit], bool]] = [("as assumed", assumed, units, False)]
    for name, told in (("articles", "articles"), ("english", "English ones"), ("events", "those with an event")):
        for factor, word in ((2.0, "twice"), (0.5, "half")):
            before = getattr(assumed, name)
            share = min(1.0, before * factor)
            note = f"{word} the share of {told}" if share == before * factor else f"all are {told}"
            found.append((f"{note} ({before:g} → {share:g})", replace(assumed, **{name: share}), units, False))
    for factor, word in ((2.0, "twice"), (0.5, "half")):
        scaled = {kind: replace(unit, coding=unit.coding * factor) for kind, unit in units.items()}
        found.append((f"{word} the time of coding", assumed, scaled, False))
    found.append((f"no text coded twice ({assumed.copies:g} are copies): not done today", assumed, units, True))
    return found


def page(units: Mapping[Kind, Unit], linking: Linking, assumed: Assumed, about: str) -> str:
    """The page; ``about`` says on what and where the unit costs were measured."""
    numbers = pages_of(assumed)
    found = plan(units, linking, assumed)
    cost = bill(found, assumed)
    told = {
        "pages": "pages a year",
        "articles": "of these are one article, share",
        "english": "of the articles are in English, share",
        "events": "of the English ones tell an event, share",
        "copies": "of the English ones have another's text, share",
        "speed": "speed of a rented core, next to the one measured on",
        "busy": "of the paid time a core works, share",
        "machines": "machines",
        "cores": "cores of each",
        "core_hour": "price of a core for an hour, $",
        "spot": "of that price for a machine that may be taken back, share",
        "terabyte_month": "price of a terabyte for a month, $",
        "months": "months for which all is kept",
    }
    lines = [
        "# A year of a public crawl of news, on paper",
        "",
        f"Written by `benchmarks/crawl.py`; not edited by hand. What {assumed.pages / 1e6:,.0f} million pages would "
        "take: unit costs are **measured**, shares and prices are **assumed**, and nobody has run it. Every "
        "assumption is an option of the script: put in what you know of your crawl, and your prices.",
        "",
        "## Measured: what one page costs",
        "",
        about,
        "",
        "| a page that is | measured on | reading, s | coding, s | writing, s | archived, kB | JSON Lines, kB "
        "| Parquet, kB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {kind} | {unit.pages} | {unit.reading:.4f} | {unit.coding:.4f} | {unit.writing:.4f} "
            f"| {unit.archived / 1e3:.1f} | {unit.jsonl / 1e3:.1f} | {unit.parquet / 1e3:.1f} |"
            for kind, unit in units.items()
        ),
        "",
        f"A report of an event has {linking.a_report:.1f} mentions. Linking one takes {1e3 * linking.seconds:.1f} ms, "
        f"measured in a project of {linking.mentions:,} made-up ones ([how that grows](growth.md)). Seconds are of one "
        "processor, of all processes. Reading is the record out of the archive, its text found in a process of its "
        "own, and its language told; what is no article or in another language leaves there, and is kept with the "
        "reason.",
        "",
        "## Assumed",
        "",
        "| what | value |",
        "| --- | ---: |",
        *(f"| {told[field.name]} | {getattr(assumed, field.name):,.10g} |" for field in fields(assumed)),
        "",
        "## Reckoned",
        "",
        "| pages that are | million |",
        "| --- | ---: |",
        *(f"| {kind} | {number / 1e6:,.1f} |" for kind, number in numbers.items()),
        "",
        "| step | core hours |",
        "| --- | ---: |",
        *(f"| {step} | {seconds / HOUR:,.0f} |" for step, seconds in found.seconds.items()),
        f"| all, with the time in which cores wait | {cost.core_hours:,.0f} |",
        "",
        "| form | TB |",
        "| --- | ---: |",
        *(f"| {form} | {size / TERABYTE:,.2f} |" for form, size in found.stored.items()),
        "",
        f"- **Machines and time**: {assumed.machines} machines of {assumed.cores} cores code for {cost.days:,.1f} "
        f"days; one machine for {cost.days * assumed.machines:,.0f}. A core needs 1 GB of memory. Keeping pace with a "
        f"crawl as it comes in takes {found.coded / HOUR / assumed.busy / 24 / 365:,.1f} cores all year.",
        f"- **Linking** {found.mentions / 1e6:,.1f} million mentions is one process: {cost.linking_days:,.1f} days by "
        "the clock if a mention goes on to cost what was measured. So many were never linked in one go: cut them by "
        "what can be one event, such as regions.",
        f"- **Money**: ${cost.on_demand:,.0f} for cores bought as needed, ${cost.on_spot:,.0f} for ones that may be "
        f"taken back, and ${cost.storage:,.0f} to keep archives and Parquet for {assumed.months:g} months.",
        "",
        "## If an assumption is off by two",
        "",
        "| | core hours | days | $ as needed | $ taken back | $ storage |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for note, other, costs, once in turned(units, assumed):
        one = bill(plan(costs, linking, other, once=once), other)
        lines.append(
            f"| {note} | {one.core_hours:,.0f} | {one.days:,.1f} | {one.on_demand:,.0f} | {one.on_spot:,.0f} "
            f"| {one.storage:,.0f} |"
        )
    hours = ARCHIVE * found.coded / assumed.pages / HOUR
    return "\n".join([*lines, "", *HOW.format(archive=f"{ARCHIVE:,}", hours=f"{hours:.1f}").splitlines(), ""])


ARCHIVE = 30_000
"""Pages of an archive, in the example of what is lost with a machine."""

HOW = """## How it is run

Web archives are shards as they are, one archive each ([all cores and many machines](scale.md)):

```sh
dateline shards make s3://crawl/2024/ -o s3://coded/2024 --format parquet
```

- **Slurm**: `sbatch --array=0-319` of `dateline shards run s3://coded/2024 --shard $SLURM_ARRAY_TASK_ID/320 --jobs 1`.
- **Ray**: `dateline shards run s3://coded/2024 --engine ray --address auto` on a cluster that runs.
- **Machines that may be taken back**: the same commands, started again by whatever starts the machines. A shard is
  there whole or not at all, and what was done is not done again: a machine that goes costs the archives that it was at.
  One of {archive} pages takes a core {hours} hours, so cut large ones smaller.

`dateline shards status s3://coded/2024 --check` says what is missing. DuckDB reads the Parquet of all shards together.
"""
