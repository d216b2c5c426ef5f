"""A release opened in DuckDB: its tables, ready views, and answers as rows, in pandas and in polars.

::

    with open_release("strikes/releases/2024.1") as release:
        release.sql("SELECT type, events FROM by_type").fetchall()
        release.pandas("by_week").plot(x="week", y=["events", "reports_published"])
        release.polars("events").group_by("country").len()
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, Self

from dateline.errors import MissingPartError, ReleaseError
from dateline.export.release.folder import Folder
from dateline.export.tables.columns import TABLES

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars

_VIEW = re.compile(r"^-- name: (?P<name>\w+)\n(?P<body>.*?);\n", re.M | re.S)


def open_release(path: Path | str, database: Path | str | None = None) -> OpenRelease:
    """A release's folder, opened in DuckDB in memory, over its Parquet files.

    With ``database`` the tables are copied into a new file that stands alone, and the views with them. Raises
    :class:`ReleaseError` where the folder is no release, or the file is there already; :class:`MissingPartError`
    without duckdb.
    """
    return OpenRelease(Folder.open(path), None if database is None else Path(database))


class OpenRelease:
    """A release in DuckDB. Close it, or open it with ``with``."""

    def __init__(self, folder: Folder, database: Path | None = None) -> None:
        library = _library()
        self.folder = folder
        if database is not None and database.exists():
            raise ReleaseError(f"{database} is there already", "name a new file, or take that one away")
        for table in TABLES:
            if not folder.parquet(table).is_file():
                mend = "check the release: sha256sum -c SHA256SUMS"
                raise ReleaseError(f"{folder.parquet(table)} is not there", mend)
        if database is not None:
            _fill(folder, database)
        self.database: duckdb.DuckDBPyConnection = library.connect(str(database or ":memory:"))
        if database is None:
            try:
                _define(self.database, folder, "VIEW")
            except BaseException:
                self.close()
                raise

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables and of the views."""
        return (*TABLES, *views())

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """What a query gives, to be fetched, or taken on as a table. Raises :class:`ReleaseError` for a wrong query."""
        try:
            return self.database.sql(query)
        except _library().Error as error:
            mend = f"the tables and views are {', '.join(self.tables)}"
            raise ReleaseError(f"the query cannot be run ({str(error).strip()})", mend) from error

    def pandas(self, table: str) -> pandas.DataFrame:
        """A table or a view as a frame of pandas. Raises :class:`ReleaseError` for a name that there is not."""
        frame: pandas.DataFrame = self._table(table).df()
        return frame

    def polars(self, table: str) -> polars.DataFrame:
        """A table or a view as a frame of polars. Raises :class:`ReleaseError` for a name that there is not."""
        frame: polars.DataFrame = self._table(table).pl()
        return frame

    def _table(self, name: str) -> duckdb.DuckDBPyRelation:
        if name not in self.tables:
            raise ReleaseError(f"{name!r} is no table or view", f"there are {', '.join(self.tables)}")
        return self.database.table(name) if name in TABLES else self.database.view(name)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _fill(folder: Folder, database: Path) -> None:
    """Make a database of a release, beside where it is to be: no half of it is ever seen."""
    with TemporaryDirectory(dir=database.resolve().parent, prefix=".dateline-") as beside:
        path = Path(beside) / "new.duckdb"
        with _library().connect(str(path)) as made:
            _define(made, folder, "TABLE")
        path.rename(database)


def _define(database: duckdb.DuckDBPyConnection, folder: Folder, kind: Literal["TABLE", "VIEW"]) -> None:
    try:
        for table in TABLES:
            source = str(folder.parquet(table).resolve()).replace("'", "''")
            database.execute(f"CREATE {kind} {table} AS SELECT * FROM read_parquet('{source}')")
        for name, body in views().items():
            database.execute(f"CREATE VIEW {name} AS {body}")
    except _library().Error as error:
        mend = "check the release: sha256sum -c SHA256SUMS"
        raise ReleaseError(f"{folder.path} cannot be opened ({error})", mend) from error


@cache
def views() -> dict[str, str]:
    """The ready views, as queries by their names."""
    return dict(_views())


def _views() -> Iterator[tuple[str, str]]:
    text = (files("dateline.data") / "release_views.sql").read_text(encoding="utf-8")
    for found in _VIEW.finditer(text):
        yield found["name"], found["body"]


def _library() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingPartError(
            "releases are opened by duckdb, which is not installed; write: pip install 'dateline[analysis]'"
        ) from error
    return duckdb
