"""How a format is written of a project: with what it can be taken back by, and with what was left out of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import signature

from dateline.export.registry import Exporter, exporters
from dateline.export.statement import KeptBack
from dateline.store.kept.corrections import last_coding
from dateline.store.project import Project


def writer_of(format: str, project: Project, kept_back: KeptBack) -> Exporter:
    """The writer of a format. Raises :class:`UnknownFormatError` where none of that name is installed."""
    write: Callable[..., None] = exporters()[format]
    takes = signature(write).parameters
    if "as_of" in takes:  # a sheet that can be taken back says what it was written of
        write = partial(write, as_of=last_coding(project))
    if "kept_back" in takes:
        write = partial(write, kept_back=kept_back)
    return write
