"""The tables of a new project in SQLite: made by all migrations once a run, and copied from then on.

Making them anew for each of some thousand projects was a fifth of the time of the tests that have one. So it is with
databases of a server (:mod:`tests.postgres_cases`). What the migrations do is tested where they run.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from dateline.store.database import Database
from dateline.store.databases.sqlite import File
from dateline.store.seals import seal


@contextmanager
def made_once(folder: Path) -> Iterator[None]:
    """Meanwhile a new file gets its tables from the first that was made, which is kept in a folder."""
    kept = folder / "migrated.sqlite"
    really = Database._migrate

    def migrate(database: Database, new: bool, again: bool) -> None:
        place = database.place
        if not new or not isinstance(place, File) or place.path.exists() or not place.path.parent.is_dir():
            really(database, new, again)
            return
        if kept.exists():
            try:
                shutil.copyfile(kept, place.path)
            except OSError:
                really(database, new, again)  # which tells why
                return
            # From the root: a folder may be called as an address begins ("file:p").
            with closing(sqlite3.connect(place.path.absolute())) as own:
                own.create_function("seal", -1, seal, deterministic=True)
                own.execute("DELETE FROM identity")
                own.execute("INSERT INTO identity (id) VALUES (?)", (str(uuid4()),))
                own.commit()
            really(database, False, False)
            return
        really(database, new, again)
        with closing(sqlite3.connect(place.path.absolute())) as made, closing(sqlite3.connect(kept)) as copy:
            made.backup(copy)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_migrate", migrate)
        yield
