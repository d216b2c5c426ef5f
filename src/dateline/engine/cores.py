"""How many processes may code side by side here: by the cores and the memory that this process may use."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

WORKER_BYTES = 1_000_000_000
"""Memory that a process which codes may come to use of its own, beside what it shares with the others."""

_GROUPS = Path("/sys/fs/cgroup")
"""Where Linux tells what a container may use."""


def default_jobs() -> int:
    """As many processes as there are cores that this process may use, and no more than memory is free for."""
    memory = free_memory()
    return max(1, cores() if memory is None else min(cores(), memory // WORKER_BYTES))


def cores(groups: Path = _GROUPS) -> int:
    """The cores that this process may use: those that it is bound to, within what its container is given."""
    # A machine shared by a scheduler such as Slurm has more cores than one task of it may use.
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = (groups / "cpu.max").read_text().split()
        if quota != "max":
            return max(1, min(bound, int(quota) // int(period)))
    return bound


def free_memory(groups: Path = _GROUPS, about: Path = Path("/proc/meminfo")) -> int | None:
    """The bytes of memory that may still be taken; None where the system does not tell."""
    told = []
    with suppress(OSError, ValueError, StopIteration):
        line = next(line for line in about.read_text().splitlines() if line.startswith("MemAvailable:"))
        told.append(int(line.split()[1]) * 1024)
    with suppress(OSError, ValueError):
        most = (groups / "memory.max").read_text().strip()
        if most != "max":
            told.append(int(most) - int((groups / "memory.current").read_text()))
    return max(0, min(told)) if told else None


def memory_used() -> int | None:
    """The bytes of memory that this process holds, shared ones too; None where the system does not tell."""
    with suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return None
