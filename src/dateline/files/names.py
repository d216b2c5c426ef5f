"""Names of files as text."""

from __future__ import annotations

import os
from pathlib import Path


def name_as_text(path: str | Path) -> str:
    r"""A name or path as text that can be kept: bytes of it that are not UTF-8 stand as ``\xff``, so that names differ.

    Systems allow any bytes in names; Python hands them on as halves of characters, which no file or table can hold.
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")
