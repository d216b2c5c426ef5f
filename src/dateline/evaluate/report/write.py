"""The forms in which a comparison can be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from dateline.errors import UnknownFormatError
from dateline.evaluate.model import Comparison
from dateline.evaluate.report import json_form, page, table
from dateline.model import Coding

FORMATS = ("table", "json", "html")


def check_format(name: str) -> None:
    """Raise :class:`UnknownFormatError` for a form that there is not."""
    if name not in FORMATS:
        raise UnknownFormatError(f"a comparison cannot be written as {name!r}; use one of {', '.join(FORMATS)}")


def write(
    comparison: Comparison, gold: Sequence[Coding], out: TextIO, format: str, *, errors: int = table.ERRORS
) -> None:
    """Write the comparison; ``gold`` gives the page its texts, and ``errors`` is how many of them the table shows."""
    if format == "json":
        json_form.write(comparison, out)
    elif format == "html":
        page.write(comparison, gold, out)
    else:
        table.write(comparison, out, errors=errors)
