"""The sample reports that ship with the package: documented public events, told by invented outlets.

They feed the demonstration, the documentation and the snapshot tests. The outlets do not exist, the words are ours;
the events and the disputed figures are real (``docs/data-and-licences.md`` says more).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_paths() -> tuple[Path, ...]:
    """The files of the sample reports in order of name: web pages, plain text, and JSON Lines of several reports.

    The two plain texts carry no publication date, as plain text does not: a weekday in them belongs to an unknown
    week unless the reader is told the date.
    """
    folder = Path(str(files("dateline").joinpath("data", "samples")))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in {".html", ".txt", ".jsonl"}))
