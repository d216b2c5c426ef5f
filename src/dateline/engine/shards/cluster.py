"""Running a manifest on Ray: workers that keep their models, each with a shard at a time, on this machine or on many.

What goes through Ray are the numbers of shards and the markers of what was written: the texts are read, and the codings
written, by the workers themselves.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from dateline.coder.encoder.network import reading_in_line
from dateline.engine.coder import Coder, coder_of
from dateline.engine.cores import WORKER_BYTES, default_jobs
from dateline.engine.jobs import DEATHS, run_jobs
from dateline.engine.local import run
from dateline.engine.shards.manifest import Manifest, Shard, read_manifest
from dateline.engine.shards.places import absolute
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
        self._folder = folder

    @cached_property
    def _loaded(self) -> tuple[Manifest, Coder]:
        # With the first shard: what is wrong with a manifest is then told as what it is, and not as a worker's death.
        manifest = read_manifest(self._folder)
        coder = coder_of(manifest.settings)
        manifest.check(coder)
        return manifest, coder

    def code(self, number: int, guarded: bool = False) -> Marker:
        """Code and write a shard. ``guarded``: in a process of its own, whose death costs one report alone."""
        manifest, coder = self._loaded
        shard = manifest.shards[number]
        found = items(shard, manifest)
        with reading_in_line(), ShardWriter(shard, manifest) as writer:
            # A worker of Ray has threads, and must not be copied as it is: the process that guards it starts anew.
            outcomes = (
                run_jobs(found, coder, 1, settings=manifest.settings, start="spawn", guarded=True)
                if guarded
                else run(found, coder)
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
        # Workers of a cluster are in another folder than this process.
        # A worker that died is replaced here, and not by Ray: over which shard it died is counted.
        actor = ray.remote(num_cpus=1, memory=None if address is None else WORKER_BYTES)(ShardCoder)
        yield from _Workers(ray, lambda: actor.remote(absolute(manifest.folder)), number, shards).markers()


class _Workers:
    """The workers, and the shards that each holds in the order in which it codes them."""

    def __init__(self, ray: Any, new: Callable[[], Any], number: int, shards: Iterable[Shard]) -> None:
        self._ray, self._new = ray, new
        self._workers = [new() for _ in range(number)]
        self._held: list[deque[tuple[Any, Shard]]] = [deque() for _ in range(number)]
        self._waiting = deque(shards)
        self._deaths: Counter[int] = Counter()

    def markers(self) -> Iterator[Marker]:
        """The marker of each shard."""
        from ray.exceptions import RayActorError, RayTaskError

        while self._waiting or any(self._held):
            self._hand_out()
            [done], _ = self._ray.wait([reference for held in self._held for reference, _ in held], num_returns=1)
            [at] = [at for at, held in enumerate(self._held) if done in [reference for reference, _ in held]]
            try:
                marker: Marker = self._ray.get(done)
            except RayTaskError as error:
                # What the worker raised on purpose is raised here as what it is.
                raise (error.cause if isinstance(error.cause, DatelineError) else error) from None
            except RayActorError as error:
                self._replace(at, error)
            else:
                self._held[at] = deque((reference, shard) for reference, shard in self._held[at] if reference != done)
                yield marker

    def _hand_out(self) -> None:
        """Give shards to workers: no more than the next one waits at a worker."""
        while self._waiting:
            at = min(range(len(self._held)), key=lambda each: len(self._held[each]))
            if len(self._held[at]) >= AT_WORKER:
                return
            shard = self._waiting.popleft()
            guarded = self._deaths[shard.number] >= DEATHS
            self._held[at].append((self._workers[at].code.remote(shard.number, guarded), shard))

    def _replace(self, at: int, error: Exception) -> None:
        """Another worker for one that died; what it held is handed out again, its death laid to what it was coding."""
        left = [shard for _, shard in self._held[at]]
        self._deaths[left[0].number] += 1
        if self._deaths[left[0].number] > 2 * DEATHS:
            raise ManifestError(
                f"workers of Ray die over the shard {left[0].number} ({str(error).splitlines()[0][:200]})",
                "see that they have 1 GB of memory each, and run the same again: what is done stays",
            )
        self._waiting.extendleft(reversed(left))
        self._held[at], self._workers[at] = deque(), self._new()


@contextmanager
def _joined(address: str | None, workers: int | None) -> Iterator[tuple[Any, int]]:
    """Ray, and how many workers there are to be."""
    # What a program does is told to nobody; and Ray asks for it when it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address is None:
        # Ray takes any other address of this machine in the place of the loopback one, unless it is made for one alone.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        import ray
    except ImportError:
        raise MissingPartError(
            'the engine ray needs Ray, which is not installed; install it with: pip install "dateline[cluster]", or '
            "code on this machine: --engine local"
        ) from None
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": True}
    begin: Any = ray.init
    try:
        if address is None:
            # On this machine alone: nothing listens where another one could reach it.
            begin(
                address="local",
                num_cpus=workers,
                include_dashboard=False,
                _node_ip_address="127.0.0.1",
                object_store_memory=_OBJECTS,
                **quiet,
            )
        else:
            begin(address=address, **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        where = "on this machine" if address is None else f"at {address}"
        told = str(error).splitlines()[0][:300]
        raise ManifestError(
            f"no workers of Ray can be had {where} ({told})", "see that the cluster runs, or use --engine local"
        ) from error
    try:
        there: Any = ray.cluster_resources
        yield ray, workers or max(1, int(there().get("CPU", 1)))
    finally:
        ray.shutdown()
