"""The peak memory of a process, as the system tells it."""

from __future__ import annotations

from pathlib import Path


def peak(process: int | str = "self") -> int | None:
    """The most kilobytes that a process held at once; None where the system does not tell, or it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
