"""``dateline shards``: much to code, cut into shards that are coded once, on one machine or on many."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import console
from dateline.cli.options import (
    AtLeastOption,
    AuthorityOption,
    CodebookOption,
    CoderOption,
    GazetteerOption,
    JobsOption,
    LexiconOption,
    LimitOption,
    Names,
    NamesOption,
    PublishedOption,
    PublisherOption,
    RulesOnlyOption,
    coder_settings,
    coding_limits,
)
from dateline.errors import OptionError, printable_line
from dateline.settings import AT_LEAST

if TYPE_CHECKING:
    from dateline.engine.shards.manifest import Manifest, Shard
    from dateline.engine.shards.writing import Marker

shards_app = typer.Typer(
    help="Much to code, cut into shards. Each is coded by itself, once, wherever that is: on this machine, in the "
    "tasks of a scheduler, or on a cluster of Ray. What is stopped goes on where it was, with the same command.",
    short_help="Code very much: in shards, on one machine or many.",
    no_args_is_help=True,
)


class Engine(StrEnum):
    """Where shards are coded."""

    local = "local"
    ray = "ray"


class Written(StrEnum):
    """What shards are written as."""

    jsonl = "jsonl"
    parquet = "parquet"


FolderArgument = Annotated[
    str, typer.Argument(metavar="DIR|URL", help="The folder of the manifest, here or in an object store (s3://...).")
]


@shards_app.command("make", short_help="Cut files into shards, and list them.")
def shards_make(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL...",
            help="JSON Lines, Parquet, web archives and all else that is read, folders of them, or addresses of object "
            "stores (s3://...).",
        ),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR|URL", help="The folder that the shards will be written to.")
    ],
    reports: Annotated[
        int, typer.Option("--reports", metavar="N", min=1, help="Reports of a shard: what a stop may cost.")
    ] = 500,
    format: Annotated[Written, typer.Option("-f", "--format", help="What shards are written as.")] = Written.jsonl,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    coder: CoderOption = "machine",
    codebook: CodebookOption = "plover",
    names: NamesOption = Names.roles,
    authority: AuthorityOption = None,
    gazetteer: GazetteerOption = None,
    lexicon: LexiconOption = None,
    rules_only: RulesOnlyOption = False,
    at_least: AtLeastOption = AT_LEAST,
    limit: LimitOption = None,
) -> None:
    """Cut files into shards, and list them in a manifest: what each reads, with its hash, and what it is coded by.

    JSON Lines are cut between lines and Parquet between groups of rows; other files stay whole, and small ones share a
    shard. All is read once for the hashes; nothing is coded yet.

    \b
        dateline shards make archive.jsonl -o coded
        dateline shards make crawl/ -o coded --format parquet
        dateline shards make s3://news/2024/ -o s3://news/coded
    """
    from dateline.api import load_coder
    from dateline.engine.shards.cutting import cut
    from dateline.engine.shards.manifest import write_manifest

    limits = coding_limits(limit)
    settings = coder_settings(coder, codebook, names, authority, gazetteer, lexicon, rules_only, at_least, limits.words)
    loaded = load_coder(settings=settings)
    console.warn_without_encoder(loaded)
    meta = tuple((key, value) for key, value in (("published", published), ("publisher", publisher)) if value)
    manifest = cut(paths, output, loaded, settings, limits, written=format.value, reports=reports, meta=meta)
    if not manifest.shards:
        raise OptionError("nothing was found to code", "name a file, or a folder that holds some")
    write_manifest(manifest)
    number = len(manifest.shards)
    print(
        f"{number:,} shard{'' if number == 1 else 's'} to code, numbered from 0 to {number - 1}; "
        f"next: dateline shards run {output}",
        file=sys.stderr,
    )


@shards_app.command("run", short_help="Code the shards that are not done.")
def shards_run(
    folder: FolderArgument,
    shard: Annotated[
        list[str] | None,
        typer.Option(
            "--shard",
            metavar="N|N/M",
            help="Code this shard alone; N/M: every M-th from the N-th on, for a scheduler with M tasks. Can be given "
            "again. Left out: all that are not done.",
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Where: on this machine, or on workers of Ray, each with whole shards.")
    ] = Engine.local,
    jobs: JobsOption = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="HOST:PORT|auto",
            envvar="RAY_ADDRESS",
            help="The cluster of Ray to join. Left out: workers are started on this machine alone.",
        ),
    ] = None,
) -> None:
    """Code the shards of a manifest that are not done. Each is written whole, and then marked as done.

    Stopped or killed anywhere, the same command goes on with what is not done; what comes out is the same.

    \b
        dateline shards run coded
        dateline shards run coded --shard $SLURM_ARRAY_TASK_ID
        dateline shards run coded --engine ray --jobs 16
        dateline shards run s3://news/coded --engine ray --address auto
    """
    from dateline.engine.shards.manifest import read_manifest
    from dateline.engine.shards.running import waiting

    manifest = read_manifest(folder)
    chosen = manifest.chosen(shard or ())
    todo = waiting(manifest, chosen)
    there = len(chosen) - len(todo)
    left = len(todo)

    def so_far() -> str:
        return f"{there + len(todo) - left:,} of {len(chosen):,} shards are done; the same command goes on"

    refusals, coded = console.Refusals(), 0
    with console.going_on(so_far):
        for marker in _markers(manifest, todo, engine, jobs, address):
            left -= 1
            coded += marker.reports
            for failure in marker.failures:
                refusals.add(failure)
    refusals.finish()
    done = f"{len(todo):,} done now" + (f", {there:,} before" if there else "")
    print(
        printable_line(
            f"Coded {coded:,} reports; of {len(chosen):,} shards {done}; next: dateline shards status {folder}"
        ),
        file=sys.stderr,
    )
    if refusals.number:
        raise typer.Exit(1)


def _markers(
    manifest: Manifest, todo: tuple[Shard, ...], engine: Engine, jobs: int | None, address: str | None
) -> Iterator[Marker]:
    """The marker of each shard as it is done, with the reports counted."""
    from dateline.engine.shards.running import run_shards

    if not todo:
        return
    numbers = [shard.reports for shard in todo]
    total = sum(number for number in numbers if number is not None) if None not in numbers else None
    with console.counted("Coding reports", total) as count:
        if engine is Engine.ray:
            from dateline.engine.shards.cluster import run_on_ray

            for marker in run_on_ray(manifest, todo, jobs, address=address):
                for _ in count(range(marker.items)):
                    pass
                yield marker
            return
        from dateline.api import load_coder

        coder = load_coder(settings=manifest.settings)
        console.warn_without_encoder(coder)
        yield from run_shards(manifest, todo, coder, jobs, count=count)


@shards_app.command("status", short_help="Show which shards are done.")
def shards_status(
    folder: FolderArgument,
    check: Annotated[
        bool, typer.Option("--check", help="Read every shard that is done, and compare it with its hash.")
    ] = False,
) -> None:
    """Show how many shards are done, and which are not. The exit code is 1 where some are not, or are damaged.

    \b
        dateline shards status coded
        dateline shards status coded --check
    """
    from dateline.engine.shards.manifest import read_manifest, told
    from dateline.engine.shards.running import check_outputs
    from dateline.engine.shards.writing import marker_of

    manifest = read_manifest(folder)
    markers = [marker_of(shard, manifest) for shard in manifest.shards]
    done = [marker for marker in markers if marker is not None]
    print(f"coder      {told(manifest.coder)}")
    print(f"shards     {len(markers):>9,}  written as {manifest.written}")
    print(f"done       {len(done):>9,}")
    print(f"reports    {sum(marker.reports for marker in done):>9,}  coded")
    print(f"events     {sum(marker.events for marker in done):>9,}  as reports tell them")
    print(f"failures   {sum(len(marker.failures) for marker in done):>9,}  could not be read or coded")
    waiting = [number for number, marker in enumerate(markers) if marker is None]
    if waiting:
        print(f"not done   {','.join(_ranges(waiting))}")
    faults = list(check_outputs(manifest)) if check else []
    for fault in faults:
        print(printable_line(fault))
    if waiting or faults:
        raise typer.Exit(1)


@shards_app.command("join", short_help="Put the coded shards together.")
def shards_join(
    folder: FolderArgument,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here instead of standard output."),
    ] = None,
) -> None:
    """Put the coded shards together as JSON Lines, in the order of the input: what one long run would have written.

    \b
        dateline shards join coded -o coded.jsonl
    """
    from dateline.engine.shards.manifest import read_manifest
    from dateline.engine.shards.running import joined_lines

    lines = joined_lines(read_manifest(folder))
    first = next(lines, None)
    with console.destination(output) as out:
        out.writelines(_again(first, lines))


def _again(first: str | None, rest: Iterable[str]) -> Iterator[str]:
    if first is not None:
        yield first
        yield from rest


def _ranges(numbers: list[int]) -> Iterator[str]:
    """Numbers as a scheduler takes them: "0-3", "7"."""
    start = last = numbers[0]
    for number in (*numbers[1:], None):
        if number != last + 1:
            yield str(start) if start == last else f"{start}-{last}"
            start = number if number is not None else start
        last = number if number is not None else last
