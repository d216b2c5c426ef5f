"""What the system or the database refuses, as an error that says what to do: few refusals mean that all is lost."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError

_ROOM = 1 << 20
"""Free bytes below which a disk is full: the database cannot even be read without a little room beside it."""

_FULL = "the disk is full: free some room and run this again; what was acknowledged is kept"
_RIGHTS = "it must be writable for you, and so must the folder {}"
_DISK = "look at the disk and the way to it, and run this again"
_REFUSED = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _RIGHTS),
}
_MENDS = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: "wait for the other program and run this again",
    sqlite3.SQLITE_LOCKED: "wait for the other program and run this again",
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_CANTOPEN: _RIGHTS,
    sqlite3.SQLITE_IOERR: f"{_DISK}; the database itself may be sound",
    sqlite3.SQLITE_NOMEM: "leave it more memory and run this again",
}
DAMAGED = "restore a copy (`dateline verify` tells what is damaged)"
"""The mend where the file is not what was written."""


def of_database(path: Path, error: DBAPIError) -> StoreError:
    """The error for what SQLite would not do, with the mend for what it says is the matter."""
    # The low byte is the kind; the others say where in SQLite it happened.
    kind = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if kind in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and is_full(path.parent):
        kind = sqlite3.SQLITE_FULL
    # A text that cannot be decoded is quoted whole: the beginning will do.
    mend = _MENDS.get(kind, DAMAGED).format(path.parent)
    return StoreError(f"{path} cannot be used as a project's database ({str(error.orig)[:200]}); {mend}")


def of_system(path: Path, error: OSError) -> StoreError:
    """The error for evidence that the system would not keep."""
    mend = _REFUSED.get(error.errno or 0, _FULL if is_full(path) else _DISK).format(path)
    return StoreError(f"the evidence cannot be kept in {path} ({error.strerror or error}); {mend}")


def is_full(folder: Path) -> bool:
    """Whether the disk that holds a folder has no room left."""
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False
