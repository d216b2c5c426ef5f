"""How a format is written of a project: with what it can be taken back by, and with what was left out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

from dateline.export.linked.registry import event_exporters
from dateline.export.registry import Exporter, exporters
from dateline.export.safe import json_line
from dateline.export.statement import Statement
from dateline.export.tables.reading import Reading
from dateline.export.tables.stated import EventStatement
from dateline.files.write import replace_whole
from dateline.store.kept.corrections import last_coding

Within = Literal["annotations", "duckdb", "geojson", "html", "jsonld", "parquet", "table", "xlsx"]
"""Formats that have a place for the data statement; with others it stands beside the file."""


def writer_of(format: str, reading: Reading) -> Exporter:
    """The writer of a format. Raises :class:`UnknownFormatError` where none of that name is installed."""
    write: Callable[..., None] = exporters()[format]
    takes = signature(write).parameters
    if "as_of" in takes:  # a sheet that can be taken back says what it was written of
        write = partial(write, as_of=last_coding(reading.project))
    if "kept_back" in takes:
        write = partial(write, kept_back=reading.kept_back)
    if "reading" in takes:
        write = partial(write, reading=reading)
    return write


def event_writer_of(format: str, reading: Reading, statement: EventStatement) -> Callable[[Any, TextIO], None]:
    """The writer of events in a format. Raises :class:`UnknownFormatError` where none of that name is installed."""
    write: Callable[..., None] = event_exporters()[format]
    if "reading" in signature(write).parameters:
        write = partial(write, reading=reading)
    return partial(write, statement=statement)


def state_beside(output: Path, format: str, statement: Statement | EventStatement) -> Path | None:
    """Write the data statement beside a file whose format has no place for it; where it stands, None for others."""
    if format in get_args(Within):
        return None
    path = output.with_name(f"{output.name}.statement.json")
    told = json.dumps(statement.plain(), ensure_ascii=False, indent=1)
    replace_whole(path, json_line(told) + "\n")
    return path
