"""Where the database of a project's folder is: beside its evidence, or at the address that its settings name."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from sqlalchemy import Connection, select

from dateline.errors import StoreError
from dateline.files.write import replace_whole
from dateline.store.database import Database, Place
from dateline.store.databases.postgres import Server, is_address, without_password
from dateline.store.databases.sqlite import File
from dateline.store.settings import FILE
from dateline.store.tables import identity

DATABASE = "dateline.sqlite"
IDENTITY = "project.id"
"""The file that says which project the database of a folder is of, where it is not in the folder."""
VARIABLE = "DATELINE_DATABASE"
"""The environment variable with the address of a database, which may have the password that no file should."""

_NAMED = re.compile(r"^[ \t]*database[ \t]*=.*$\n?", re.MULTILINE)


def place_of(folder: Path) -> Place | None:
    """Where the database of the project in a folder is; None where it holds none.

    The environment goes before the settings, which say which database is meant, and both before a file of the folder;
    the file stays with a folder whose settings name no other one. Raises :class:`StoreError` for what is no address.
    """
    told, file = named_in(folder), folder / DATABASE
    if told is None and file.exists():
        return File(file)
    address = os.environ.get(VARIABLE) if told is not None or (folder / IDENTITY).exists() else None
    address = address or told
    return None if address is None else server_at(address, folder / FILE)


def lack(folder: Path) -> str:
    """What is wrong with a folder that has no database, and the mend."""
    if (folder / IDENTITY).exists():
        return f"does not say where its database is; write it into {folder / FILE} (database = ...) or {VARIABLE}"
    return f"holds no project; to begin one, write: dateline init {folder}"


def named_in(folder: Path) -> str | None:
    """The address that a folder's settings name; None where they name none, or cannot be read as settings."""
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8")).get("database")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return None if told is None else str(told)


def server_at(address: str, where: Path | str) -> Server:
    """The server of an address. Raises :class:`StoreError` where it is none."""
    if not is_address(address):
        raise StoreError(
            f"{where}: {without_password(address)!r} is no address of a database; "
            "write it as postgresql://USER@HOST/NAME, or leave it out"
        )
    return Server(address)


def name_in(folder: Path, address: str | None) -> None:
    """Have a folder's settings name a database, without its password; None: the file beside them."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    head, table, rest = text.partition("\n[")
    head = _NAMED.sub("", head)
    if address is not None:
        told = without_password(address).replace("\\", "\\\\").replace('"', '\\"')
        head = f'database = "{told}"\n{head}'
    replace_whole(path, head + table + rest)


def open_place(folder: Path, place: Place) -> Database:
    """The database of a folder. Raises :class:`StoreError` where it is that of another project."""
    database = Database.open(place)
    if isinstance(place, Server):
        try:
            with database.reading() as db:
                found = name_of(db)
            known = _known(folder)
            if found != known:
                raise StoreError(
                    f"{place} holds another project ({found}) than {folder} is of "
                    f"({known or f'it has no {IDENTITY}'}); name its own in {folder / FILE} or {VARIABLE}"
                )
        except BaseException:
            database.close()
            raise
    return database


def name_of(db: Connection) -> str:
    """The name of the project in a database: letters and digits that no other project has."""
    return str(db.execute(select(identity.c.id)).scalar_one())


def settle(folder: Path, database: Database, address: str) -> None:
    """Have a folder say where its database is, without the password, and which project that is of."""
    with database.reading() as db:
        replace_whole(folder / IDENTITY, name_of(db) + "\n")
    name_in(folder, address)


def _known(folder: Path) -> str | None:
    try:
        return (folder / IDENTITY).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
