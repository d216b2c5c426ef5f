"""Running a manifest on Ray: workers that keep their models, each with a shard at a time, on this machine or on many.

What goes through Ray are the numbers of shards and the markers of what was written: the texts are read, and the codings
written, by the workers themselves.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from dateline.coder.encoder.network import reading_in_line
from dateline.engine.coder import Coder, coder_of
from dateline.engine.cores import WORKER_BYTES, default_jobs
from dateline.engine.jobs import DEATHS, run_jobs
from dateline.engine.local import run
from dateline.engine.shards.manifest import Manifest, Shard, read_manifest
from dateline.engine.shards.reading import items
from dateline.engine.shards.writing import Marker, ShardWriter
from dateline.errors import DatelineError, ManifestError, MissingPartError

AT_WORKER = 2
"""Shards that a worker holds: the one that it codes, and the next. More wait here."""
_OBJECTS = 100_000_000
"""Bytes for objects that workers share: markers alone, so the least that Ray takes."""


class ShardCoder:
    """A worker: it loads the coder once, and codes the shards of one manifest that it is told of, by their numbers."""

    def __init__(self, folder: str) -> None:
        self._manifest = read_manifest(folder)
        self._coder: Coder = coder_of(self._manifest.settings)
        self._manifest.check(self._coder)

    def code(self, number: int, guarded: bool = False) -> Marker:
        """Code and write a shard. ``guarded``: in a process of its own, whose death costs one report alone."""
        shard = self._manifest.shards[number]
        found = items(shard, self._manifest)
        settings = self._manifest.settings
        with reading_in_line(), ShardWriter(shard, self._manifest) as writer:
            # A worker of Ray has threads, and must not be copied as it is: the process that guards it starts anew.
            outcomes = (
                run_jobs(found, self._coder, 1, settings=settings, start="spawn", guarded=True)
                if guarded
                else run(found, self._coder)
            )
            for outcome in outcomes:
                writer.add(outcome)
            return writer.finish()


def run_on_ray(
    manifest: Manifest, shards: Iterable[Shard], workers: int | None = None, *, address: str | None = None
) -> Iterator[Marker]:
    """Code shards on so many workers; a marker as soon as its shard is done, in the order in which they are.

    ``address`` is that of a cluster, which is joined; without one the workers are started on this machine and listen
    on it alone. ``workers`` left out are as many as there are processors in the cluster, or here as
    :func:`default_jobs` says. A shard over which a worker died is given to another, and after a second death coded in
    a process of its own, so that a report that cannot be coded costs itself alone.
    Raises :class:`MissingPartError` where Ray is not installed, and :class:`ManifestError` as :func:`run_shards` does.
    """
    with _joined(address, workers or (None if address else default_jobs())) as (ray, number):
        # A shard that was under way when its worker died is handed out here again, and not by Ray: it is counted.
        actor = ray.remote(num_cpus=1, memory=None if address is None else WORKER_BYTES, max_restarts=-1)(ShardCoder)
        yield from _Workers(ray, [actor.remote(manifest.folder) for _ in range(number)], shards).markers()


class _Workers:
    """The workers and what each holds."""

    def __init__(self, ray: Any, workers: list[Any], shards: Iterable[Shard]) -> None:
        self._ray = ray
        self._load = dict.fromkeys(range(len(workers)), 0)
        self._workers = workers
        self._waiting = deque(shards)
        self._under_way: dict[Any, tuple[int, Shard]] = {}
        self._deaths: dict[int, int] = {}

    def markers(self) -> Iterator[Marker]:
        """The marker of each shard."""
        from ray.exceptions import RayActorError, RayTaskError

        while self._waiting or self._under_way:
            self._hand_out()
            done, _ = self._ray.wait(list(self._under_way), num_returns=1)
            for reference in done:
                worker, shard = self._under_way.pop(reference)
                self._load[worker] -= 1
                try:
                    marker: Marker = self._ray.get(reference)
                except RayTaskError as error:
                    # What the worker raised on purpose is raised here as what it is.
                    raise (error.cause if isinstance(error.cause, DatelineError) else error) from None
                except RayActorError as error:
                    self._died(shard, error)
                else:
                    yield marker

    def _hand_out(self) -> None:
        while self._waiting:
            worker = min(self._load, key=lambda each: (self._load[each], each))
            if self._load[worker] >= AT_WORKER:
                return
            shard = self._waiting.popleft()
            guarded = self._deaths.get(shard.number, 0) >= DEATHS
            self._under_way[self._workers[worker].code.remote(shard.number, guarded)] = worker, shard
            self._load[worker] += 1

    def _died(self, shard: Shard, error: Exception) -> None:
        self._deaths[shard.number] = deaths = self._deaths.get(shard.number, 0) + 1
        if deaths > 2 * DEATHS:
            raise ManifestError(
                f"workers of Ray die over the shard {shard.number} ({str(error).splitlines()[0][:200]})",
                "see that they have 1 GB of memory each, and run the same again: what is done stays",
            )
        self._waiting.appendleft(shard)


@contextmanager
def _joined(address: str | None, workers: int | None) -> Iterator[tuple[Any, int]]:
    """Ray, and how many workers there are to be."""
    # What a program does is told to nobody; and Ray asks for it when it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError:
        raise MissingPartError(
            'the engine ray needs Ray, which is not installed; install it with: pip install "dateline[cluster]", or '
            "code on this machine: --engine local"
        ) from None
    quiet = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": True}
    try:
        if address is None:
            # On this machine alone: nothing listens where another one could reach it.
            ray.init(
                address="local",
                num_cpus=workers,
                include_dashboard=False,
                _node_ip_address="127.0.0.1",
                object_store_memory=_OBJECTS,
                **quiet,
            )
        else:
            ray.init(address=address, **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        where = "on this machine" if address is None else f"at {address}"
        told = str(error).splitlines()[0][:300]
        raise ManifestError(
            f"no workers of Ray can be had {where} ({told})", "see that the cluster runs, or use --engine local"
        ) from error
    try:
        yield ray, workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        ray.shutdown()
