"""Running a manifest on this machine: what is not done is coded, on all cores, shard by shard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from dateline.engine.coder import Coder
from dateline.engine.jobs import Outcome, run_jobs
from dateline.engine.shards.manifest import Manifest, Shard
from dateline.engine.shards.places import place_of
from dateline.engine.shards.reading import items
from dateline.engine.shards.writing import Marker, ShardWriter, marker_of
from dateline.errors import ManifestError
from dateline.intake import Failure
from dateline.model import Report

Counting = Callable[[Iterable[Outcome]], Iterator[Outcome]]
"""What passes outcomes on and counts them."""


def waiting(manifest: Manifest, shards: Iterable[Shard]) -> tuple[Shard, ...]:
    """Those of some shards that are not done."""
    return tuple(shard for shard in shards if marker_of(shard, manifest) is None)


def run_shards(
    manifest: Manifest,
    shards: Iterable[Shard],
    coder: Coder,
    jobs: int | None = None,
    *,
    count: Counting = iter,
) -> Iterator[Marker]:
    """Code shards on this machine and write them; a marker as soon as its shard is done.

    The reports of all shards are one stream: no core waits at the end of one for the others.
    Raises :class:`ManifestError` where the input has changed or the coder is another.
    """
    manifest.check(coder)
    todo = list(shards)
    ends: deque[tuple[int, int]] = deque()
    faults: list[ManifestError] = []

    def stream() -> Iterator[Report | Failure]:
        for shard in todo:
            number = 0
            try:
                for number, item in enumerate(items(shard, manifest), start=1):  # noqa: B007
                    yield item
            except ManifestError as error:
                # What was read before it is coded and written first.
                faults.append(error)
                return
            ends.append((shard.number, number))

    outcomes = count(run_jobs(stream(), coder, jobs, settings=manifest.settings))
    held: Outcome | None = None
    try:
        for shard in todo:
            taken = 0
            with ShardWriter(shard, manifest) as writer:
                # Where a shard ends is known once the stream was read beyond it, maybe with the first of the next one.
                while not (ends and ends[0] == (shard.number, taken)):
                    outcome = next(outcomes, None) if held is None else held
                    held = None
                    if outcome is None and faults:
                        raise faults[0]
                    if outcome is not None and ends and ends[0] == (shard.number, taken):
                        held = outcome
                    elif outcome is not None:
                        writer.add(outcome)
                        taken += 1
                ends.popleft()
                yield writer.finish()
    finally:
        if close := getattr(outcomes, "close", None):
            close()


def check_outputs(manifest: Manifest) -> Iterator[str]:
    """What is not as its marker says, in words, after all outputs were read."""
    for shard in manifest.shards:
        marker = marker_of(shard, manifest)
        if marker is not None and _hash(manifest.output(shard)) != marker.sha256:
            yield f"{manifest.output(shard)} is not as its marker says"


def joined_lines(manifest: Manifest) -> Iterator[str]:
    """The lines of all shards in order: what one run over all of the input would have written.

    Raises :class:`ManifestError` where a shard is not done, not as its marker says, or written as Parquet.
    """
    if manifest.written != "jsonl":
        raise ManifestError(
            "the shards are written as Parquet, which is not joined line by line",
            "read the folder as one table: DuckDB and pandas take all its .parquet files together",
        )
    if left := waiting(manifest, manifest.shards):
        raise ManifestError(f"{len(left):,} shards are not done", "run them: dateline shards run")
    for fault in check_outputs(manifest):
        raise ManifestError(fault, "delete its .done.json, and run the shards again")
    for shard in manifest.shards:
        path = manifest.output(shard)
        with place_of(path).open(path) as file:
            for line in file:
                yield line.decode()


def _hash(path: str) -> str:
    digest = sha256()
    with place_of(path).open(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
