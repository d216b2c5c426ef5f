"""A project copied: into another folder, whichever database either of them has, or its rows into another database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from dateline.errors import StoreError
from dateline.store.copies.belongings import belongings, pieces
from dateline.store.copies.rows import copy_rows
from dateline.store.database import Database, Place
from dateline.store.databases.places import DATABASE, IDENTITY, name_in, name_of, place_of, server_at, settle
from dateline.store.databases.sqlite import File
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.project import EVIDENCE, Project
from dateline.store.tables import evidence

PART = ".copying-"
"""How the name of a database begins that is being written beside where it is to be."""

Told = Callable[[str, int, int], None]
"""Hears of what is copied (rows, pieces of evidence) how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: pieces of evidence in number, and the files that the settings name and that were left."""

    evidence: int
    left: tuple[Path, ...]


def copy_project(source: Project, folder: Path, address: str | None, told: Told) -> Copied:
    """Copy a project into a folder that holds none, its database into a file there or the database of an address.

    The same call again goes on where evidence was copied; the rows come whole or not at all, and last: until then the
    folder holds no project. Raises :class:`StoreError`.
    """
    if place_of(folder) is not None:
        raise StoreError(f"{folder} holds a project already; name another folder")
    if folder.resolve().is_relative_to(source.folder.resolve()):
        raise StoreError(f"{folder} is in the folder of the project; name one outside of it")
    folder.mkdir(parents=True, exist_ok=True)
    with source.database.reading() as db:
        source.database.place.begin_snapshot(db)
        names = list(db.execute(select(evidence.c.sha256).order_by(evidence.c.sha256)).scalars())
        kept = EvidenceFolder(folder / EVIDENCE)
        for done, (name, data) in enumerate(pieces(source.evidence, names), 1):
            if kept.keep(data) != name:
                raise StoreError(f"evidence {name} is not as it was kept; write: dateline verify")
            told("pieces of evidence", done, len(names))
        inside, left = belongings(source)
        for path in inside:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source.folder / path, folder / path)
        name_in(folder, None)

        def rows(done: int, of: int) -> None:
            told("rows", done, of)

        if address is None:
            into_file(db, folder, rows)
        else:
            into_server(db, folder, address, rows)
    return Copied(len(names), left)


def copy_database(source: Project, address: str, told: Told) -> None:
    """Copy the rows of a project alone into an empty database, which the settings of its folder may name afterwards."""
    with source.database.reading() as db:
        source.database.place.begin_snapshot(db)
        target = _empty(server_at(address, "the address"))
        try:
            copy_rows(db, target, lambda done, of: told("rows", done, of))
            (source.folder / IDENTITY).write_text(name_of(db) + "\n", encoding="utf-8")
        finally:
            target.close()


def into_file(db: Connection, folder: Path, told: Callable[[int, int], None]) -> None:
    """Copy the rows of a database into the file of a folder; the file has its name once it is whole."""
    temporary = folder / f"{PART}{DATABASE}"
    for path in folder.glob(f"{PART}*"):
        path.unlink()
    target = _empty(File(temporary))
    try:
        copy_rows(db, target, told)
    finally:
        target.close()
    temporary.replace(folder / DATABASE)


def into_server(db: Connection, folder: Path, address: str, told: Callable[[int, int], None]) -> None:
    """Copy the rows of a database into that of an address, and have a folder name it."""
    target = _empty(server_at(address, "--database"))
    try:
        copy_rows(db, target, told)
        settle(folder, target, address)
    finally:
        target.close()


def _empty(place: Place) -> Database:
    # A copy that was stopped has made the tables, and put nothing into them.
    return Database.open(place, new=True, again=True)
