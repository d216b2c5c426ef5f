"""The fenced blocks of the pages; ``<!-- file: NAME -->`` stands before one that is a file."""

from __future__ import annotations

import re
from pathlib import Path

BLOCK = re.compile(r"(?:<!-- file: (?P<file>[\w./-]+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S)


def write_file(block: re.Match[str], folder: Path) -> None:
    """Write a block that is a file into a folder, and no other."""
    if block["file"]:
        path = folder / block["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["body"], encoding="utf-8")
