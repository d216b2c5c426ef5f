"""Whether a file was written here: such a file may be written anew, what anybody else wrote is left alone."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from dateline.export.formats.columns import names
from dateline.export.formats.xlsx import SHEETS

_HEAD = 8_000
_PAGE = '<meta name="generator" content="dateline">'
_CODING = re.compile(r'(?:\[\s*)?\{"id":.*"retrieved":.*"sha256":"[0-9a-f]{64}"', re.DOTALL)


def is_ours(path: Path) -> bool:
    """Whether a file is a page, a sheet, a workbook or codings as they are written here.

    A table in the columns of another project is not taken for ours, as that project's own would look the same.
    """
    if not path.is_file():
        return False
    if zipfile.is_zipfile(path):
        return _is_workbook(path)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        head = file.read(_HEAD)
    return _PAGE in head or head.startswith(",".join(names("csv")[:4])) or _CODING.match(head) is not None


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            named = re.findall(r'<sheet [^>]*\bname="([^"]*)"', book.read("xl/workbook.xml").decode())
    except (KeyError, ValueError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile):
        return False  # another archive, a damaged one, or one with a password
    return tuple(named) == SHEETS
