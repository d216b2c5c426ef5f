"""The public JSON form: JSON Lines, one coded report a line, and one JSON array of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dateline.export.safe import json_line
from dateline.form import to_json
from dateline.model import Coding


def write_jsonl(codings: Iterable[Coding], out: TextIO) -> None:
    """One line a coded report, in the order in which they come."""
    for coding in codings:
        out.write(json_line(to_json(coding)) + "\n")


def write_json(codings: Iterable[Coding], out: TextIO) -> None:
    """An array of coded reports, one a line."""
    separator = "[\n"
    for coding in codings:
        out.write(separator + json_line(to_json(coding)))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
