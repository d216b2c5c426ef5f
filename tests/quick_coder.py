"""A coder of a plugin that codes nothing, as slowly as a test wants it to: for what the command line does meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.plugin_cases import Site

CODE = """
import os, time
from dateline.model import CoderInfo, Coding

class Quick:
    info, files = CoderInfo("quick", "1", "none 1"), ()

    def code_many(self, reports):
        for report in reports:
            time.sleep(float(os.environ.get("QUICK_SECONDS", "0")))
            yield Coding(report, self.info)

def make(settings):
    return Quick()
"""

# Where the tests themselves run in the background, interrupts are ignored, and so they would be by what they start.
SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv[0] = "dateline"
from dateline.cli.app import main
main()
"""

DATELINE = (sys.executable, "-c", SCRIPT)
"""The command under its own name, which completion asks for."""


def install(site: Site) -> None:
    """Install it under the name ``quick``."""
    site.write("quick", CODE, {"dateline.coders": {"quick": "quick:make"}})


def environment(site: Site, **more: str) -> dict[str, str]:
    """What a process needs to find it."""
    # The process runs in another folder: paths that are relative to this one are none there.
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(site.folder), *(str(Path(path).resolve()) for path in given if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


def start(site: Site, *words: object, cwd: Path, **more: str) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, with pipes."""
    pipe = subprocess.PIPE
    command = [*DATELINE, *map(str, words)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=cwd, env=environment(site, **more))


def run(
    site: Site, *words: object, cwd: Path, given: bytes = b"", variables: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Its exit code and what it says on both ways, for something piped in."""
    with start(site, *words, cwd=cwd, **(variables or {})) as process:
        out, err = process.communicate(given, timeout=120)
        return process.returncode, out.decode(), err.decode()
