"""Programs that have the rights that files give and no others, also where root runs the tests."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dateline

_DROP_FROM_BOUNDS = 24  # PR_CAPBSET_DROP
_OVERRIDE, _READ_AND_SEARCH = 1, 2  # what lets root pass over the rights of files


def _give_up() -> None:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for right in (_OVERRIDE, _READ_AND_SEARCH):
            if libc.prctl(_DROP_FROM_BOUNDS, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root keeps its rights here")


def python(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with this dateline, by the rights of files alone; skip where that cannot be had."""
    if os.name != "posix" or (os.geteuid() == 0 and sys.platform != "linux"):
        pytest.skip("needs rights of files")
    try:
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(Path(dateline.__file__).parents[1])},
            preexec_fn=_give_up,
            capture_output=True,
            text=True,
            check=False,
        )
    except subprocess.SubprocessError as error:
        pytest.skip(str(error))
