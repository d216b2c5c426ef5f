"""A project in one file, and back: a ZIP with its database, its evidence, its settings, and a checksum of each.

The database is always a file of SQLite: what is in the back-up can be read in a hundred years without a server.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import select

from dateline.errors import StoreError
from dateline.store.copies.belongings import belongings, pieces
from dateline.store.copies.copy import Copied, Told, into_file, into_server
from dateline.store.database import Database
from dateline.store.databases.places import DATABASE, name_in, place_of
from dateline.store.databases.sqlite import File
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.project import EVIDENCE, Project
from dateline.store.tables import evidence

SUMS = "SHA256SUMS"
"""The file in the ZIP that has the SHA-256 of every other one, as ``sha256sum`` writes and checks them."""
_BLOCK = 1 << 20
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Files of a ZIP have a time; that of the back-up is the file's own."""


def back_up(project: Project, path: Path, told: Told) -> Copied:
    """Write a project into one file, whole or not at all, while others go on working on it.

    The database is of one moment, and evidence is written before the rows that name it: all of these rows' evidence is
    there. Raises :class:`StoreError` where the file is there already, or the project is not as it was kept.
    """
    if path.exists():
        raise StoreError(f"{path} is there already; name another file")
    partial = path.with_name(f"{path.name}.partial")
    try:
        with tempfile.TemporaryDirectory(prefix=".backing-up-", dir=path.parent) as room, _zip(partial) as out:
            copy = Path(room)
            names = _database(project, copy, told)
            sums = [(DATABASE, out.put(DATABASE, copy / DATABASE))]
            for done, (name, data) in enumerate(pieces(project.evidence, names), 1):
                kept = f"{EVIDENCE}/{name[:2]}/{name}"
                sums.append((kept, out.put_bytes(kept, data)))
                if sums[-1][1] != name:
                    raise StoreError(f"evidence {name} is not as it was kept; write: dateline verify")
                told("pieces of evidence", done, len(names))
            inside, left = belongings(project)
            sums += [(inner.as_posix(), out.put(inner.as_posix(), project.folder / inner)) for inner in inside]
            out.put_bytes(SUMS, "".join(f"{sha256}  {name}\n" for name, sha256 in sums).encode())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Copied(len(names), left)


def _database(project: Project, folder: Path, told: Told) -> list[str]:
    """Write the database as it is at one moment into a file of a folder; the names of the evidence that it knows."""
    place = project.database.place
    if isinstance(place, File):
        with closing(sqlite3.connect(place.path)) as own, closing(sqlite3.connect(folder / DATABASE)) as copy:
            own.backup(copy, pages=4096, progress=lambda _, left, of: told("pages", of - left, of))
            return [name for (name,) in copy.execute("SELECT sha256 FROM evidence ORDER BY sha256")]
    with project.database.reading() as db:
        place.begin_snapshot(db)
        into_file(db, folder, lambda done, of: told("rows", done, of))
        return list(db.execute(select(evidence.c.sha256).order_by(evidence.c.sha256)).scalars())


def restore(path: Path, folder: Path, address: str | None, told: Told) -> int:
    """Make a project of a back-up in a folder that is not there, its database in a file or that of an address.

    Every file is checked before the folder has its name. Gives the pieces of evidence. Raises :class:`StoreError`.
    """
    if folder.exists() and (place_of(folder) is not None or any(folder.iterdir())):
        raise StoreError(f"{folder} is there already and is not written over; name a folder that is not there")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder.parent) as room:
        made = Path(room) / "project"
        made.mkdir()
        number = _unpack(path, made, told)
        name_in(made, None)
        if address is not None:
            _serve(made, address, told)
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return number


def _serve(made: Path, address: str, told: Told) -> None:
    own = Database.open(File(made / DATABASE))
    try:
        with own.reading() as db:
            into_server(db, made, address, lambda done, of: told("rows", done, of))
    finally:
        own.close()
    (made / DATABASE).unlink()


def _unpack(path: Path, folder: Path, told: Told) -> int:
    kept = EvidenceFolder(folder / EVIDENCE)
    number = 0
    try:
        with zipfile.ZipFile(path) as archive:
            sums = dict(_sums(archive, path))
            for done, (name, sha256) in enumerate(sorted(sums.items()), 1):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as read:
                    if target.parent.parent == kept.folder:
                        found = kept.keep(read.read())
                        number += 1
                    else:
                        with target.open("xb") as out:
                            found = _copied(read, out)
                if found != sha256:
                    raise StoreError(f"{path}: {name} is not what was backed up; take another back-up")
                told("files", done, len(sums))
    except (OSError, zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.filename is None and error.errno:
            raise
        raise StoreError(f"{path} is no whole back-up of a project ({error}); take another one") from error
    return number


def _sums(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, str]]:
    inside = {name for name in archive.namelist() if name != SUMS}
    for line in archive.read(SUMS).decode("utf-8", "replace").splitlines():
        sha256, _, name = line.partition("  ")
        parts = Path(name).parts
        if name not in inside or not parts or Path(name).is_absolute() or ".." in parts:
            raise StoreError(f"{path}: {name!r} is not what was backed up; take another back-up")
        inside.discard(name)
        yield name, sha256
    if inside:
        raise StoreError(f"{path}: {min(inside)!r} was put in later; take another back-up")


class _Out:
    """A ZIP that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def put(self, name: str, path: Path) -> str:
        """Put a file in; its SHA-256."""
        with path.open("rb") as read, self._archive.open(_info(name), "w", force_zip64=True) as out:
            return _copied(read, out)

    def put_bytes(self, name: str, data: bytes) -> str:
        """Put bytes in; their SHA-256."""
        self._archive.writestr(_info(name), data)
        return hashlib.sha256(data).hexdigest()


@contextmanager
def _zip(path: Path) -> Iterator[_Out]:
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        # Reports may be confidential: nobody else reads the copy.
        path.chmod(0o600)
        yield _Out(archive)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _copied(read: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := read.read(_BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()
