"""Projects of every earlier version of the tables, with what those versions wrote, come up whole in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, insert, inspect, select
from tests.store_cases import MARCHES, code_anew, groups, project_with

from dateline.store import Project, migrations
from dateline.store.copies.rows import _plain
from dateline.store.database import NEWEST, Database
from dateline.store.databases.places import DATABASE, IDENTITY, name_in
from dateline.store.databases.postgres import Server
from dateline.store.databases.sqlite import File
from dateline.store.review.tables import chain
from dateline.store.seals import SEALED
from dateline.store.tables import addresses, bands, edges, identity, keys, metadata, seals

if TYPE_CHECKING:
    from tests.postgres_cases import PostgresServer

VERSIONS = [f"{n:04}" for n in range(1, int(NEWEST))]
OWN = {"identity", "seals", "chain", "alembic_version"}
"""Tables that the database fills by itself."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """What the versions wrote: reports coded, linked, decided on, coded and linked again."""
    with project_with(tmp_path_factory.mktemp("whole") / "p", *MARCHES) as project:
        project.decide("r2#e1", "r3#e1", "same", who="A. Editor", why="one strike")
        code_anew(project)
        list(project.link())
        yield project


def old_seal(*values: bytes | None) -> bytes:
    """The seal of the versions before the eighth."""
    digest = blake2b(digest_size=16)
    for value in values:
        digest.update(b"-" if value is None else b"%d:%b" % (len(value), value))
    return digest.digest()


def upgrade(db: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = db
    command.upgrade(config, version)


def rows_of(db: Connection, name: str) -> list[tuple[Any, ...]]:
    plain = _plain(metadata.tables[name])
    order = [plain.c[key.name] for key in metadata.tables[name].primary_key]
    return [tuple(row) for row in db.execute(select(plain).order_by(*order))]


def write(db: Connection, whole: Project) -> set[str]:
    """The rows of a project as an older version has them; the tables that have some."""
    there = set(inspect(db).get_table_names()) - OWN
    written = set()
    with whole.database.reading() as source:
        for table in metadata.sorted_tables:
            if table.name in there and (rows := source.execute(select(_plain(table))).all()):
                db.execute(insert(_plain(table)), [dict(row._mapping) for row in rows])
                written.add(table.name)
    return written


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> File | Server:
    (tmp_path / "p").mkdir()
    if request.param == "sqlite":
        return File(tmp_path / "p" / DATABASE)
    server: PostgresServer = request.getfixturevalue("postgres")
    return Server(server.empty())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_what_an_older_version_wrote_comes_up_whole(
    whole: Project, place: File | Server, version: str, tmp_path: Path
) -> None:
    folder, old = tmp_path / "p", Database(place)
    with old.writing() as db:
        if isinstance(place, File):
            db.connection.dbapi_connection.create_function("seal", -1, old_seal, deterministic=True)  # type: ignore[union-attr]
        upgrade(db, version)
        written = write(db, whole)
        if isinstance(place, File) and version >= "0004":
            assert set(db.execute(select(func.length(seals.c.seal))).scalars()) == {16}
    old.close()
    assert written >= {"evidence", "reports", "codings", "mentions", "links", "decisions", "log"}
    opened = Database.open(place)
    with opened.reading() as db, whole.database.reading() as source:
        for name in written:
            assert rows_of(db, name) == rows_of(source, name)
        assert rows_of(db, chain.name) == rows_of(source, chain.name)
        (folder / IDENTITY).write_text(db.execute(select(identity.c.id)).scalar_one(), encoding="utf-8")
        sealed = dict(db.execute(select(seals.c.kind, func.count()).group_by(seals.c.kind)).all())  # type: ignore[arg-type]
        assert sealed == {t.name: len(rows_of(db, t.name)) for t in SEALED if rows_of(db, t.name)}
    opened.close()
    if isinstance(place, Server):
        name_in(folder, place.address)
    (folder / "evidence").symlink_to(whole.folder / "evidence")
    with Project.open(folder, clock=whole.now) as project:
        assert list(project.verify()) == []
        list(project.link())
        assert groups(project) == groups(whole) and project.unheeded() == ()
        code_anew(project, version="3")
        list(project.link())
        anew = {frozenset(mention.replace("#3.", "#2.") for mention in group) for group in groups(project)}
        assert anew == groups(whole) and list(project.verify()) == []


def test_each_table_is_of_what_is_sealed_or_of_what_is_looked_up_by() -> None:
    looked_up = {table.name for table in (addresses, bands, edges, keys, chain, seals)}
    assert {table.name for table in SEALED} | looked_up == set(metadata.tables)
