"""Copies, back-ups and what is restored from them: every row as it was, from either database to either."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from tests.postgres_cases import PostgresServer
from tests.store_cases import MARCHES, code_anew, project_with, unguard
from tests.test_store_versions import old_seal
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.store import Project, StoreError
from dateline.store.copies.backup import SUMS, back_up, restore
from dateline.store.copies.copy import copy_database, copy_project
from dateline.store.copies.rows import _plain
from dateline.store.databases.places import DATABASE, IDENTITY
from dateline.store.databases.postgres import Server
from dateline.store.databases.sqlite import File
from dateline.store.review.accounts import Account, add
from dateline.store.tables import entries, evidence, metadata, seals, sources

BOTH = ("sqlite", "postgresql")
Rows = dict[str, list[tuple[object, ...]]]


def told(what: str, done: int, of: int) -> None:
    assert what and 0 < done <= of


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something in most tables: codings of two coders, decisions, sources, an account, odd texts."""
    folder = tmp_path_factory.mktemp("whole") / "p"
    with project_with(folder, *MARCHES) as project:
        project.decide("r2#e1", "r3#e1", "same", who="A. \0 \x01 Editor", why="one strike")
        code_anew(project)
        list(project.link())
        with project.database.writing() as db:
            own = {
                "title": None,
                "depth": 0,
                "added": "",
                "since": "",
                "fresh": 0,
                "due": "",
                "failures": 0,
                "state": "on",
            }
            db.execute(insert(sources).values(url="https://a.example/", rhythm={"b": 1, "a": [1.0, "é"]}, **own))
            db.execute(insert(sources).values(url="https://b.example/", parent=1, **own))
            row = {"source": 1, "found": "", "tries": 0, "taken": 0}
            db.execute(insert(entries), [row | {"name": name} for name in ("zz", "aa", "mm")])
            add(db, Account("ada", "Ada", "admin", project.now()))
        # What an older version sealed.
        db_of_row = select(evidence).limit(1)
        with project.database.writing() as db:
            kept = db.execute(db_of_row).one()
            old = old_seal(*(None if value is None else str(value).encode() for value in kept))
            db.execute(seals.update().where(seals.c.kind == "evidence", seals.c.row == kept.sha256).values(seal=old))
        (project.folder / "actors.csv").write_text("name\n", encoding="utf-8")
        path = project.folder / "dateline.toml"
        path.write_text('authority = "actors.csv"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
        assert list(project.verify()) == []
    return folder


def rows(project: Project) -> Rows:
    def of(db: Connection, name: str) -> list[tuple[object, ...]]:
        plain = _plain(metadata.tables[name])
        return sorted((tuple(row) for row in db.execute(select(plain))), key=repr)

    with project.database.reading() as db:
        return {name: of(db, name) for name in metadata.tables}


@pytest.fixture
def made(whole: Path, tmp_path: Path, postgres: PostgresServer) -> Iterator[dict[str, Project]]:
    """The same project in both databases, the second copied from the first."""
    file, served = Path(shutil.copytree(whole, tmp_path / "file")), tmp_path / "served"
    with Project.open(file) as first:
        copy_project(first, served, postgres.fresh(), told)
        with Project.open(served) as second:
            yield {"sqlite": first, "postgresql": second}


@pytest.mark.parametrize(("of", "into"), list(product(BOTH, BOTH)))
def test_a_copy_has_every_row_as_it_was(
    made: dict[str, Project], postgres: PostgresServer, tmp_path: Path, of: str, into: str
) -> None:
    source = made[of]
    before = rows(source)
    assert len([name for name, found in before.items() if found]) >= 20
    done = copy_project(source, tmp_path / "copy", postgres.fresh() if into == "postgresql" else None, told)
    assert done.evidence == source.state().evidence and done.left == ()
    with Project.open(tmp_path / "copy") as copied:
        assert isinstance(copied.database.place, Server if into == "postgresql" else File)
        assert rows(copied) == before == rows(made["sqlite"])
        assert list(copied.verify()) == []
        assert copied.state() == source.state()
        assert (copied.folder / "actors.csv").read_text(encoding="utf-8") == "name\n"
        # It goes on as the other one would: numbers, seals and the chain begin where they ended.
        for one in (source, copied):
            code_anew(one, version="3")
            list(one.link())
            assert list(one.verify()) == []
        skipped = {"codings", "log", "chain", "seals", "events"}  # they say when
        mine, its = rows(copied), rows(source)
        assert {n: r for n, r in mine.items() if n not in skipped} == {n: r for n, r in its.items() if n not in skipped}
        assert [row[0] for row in mine["log"]] == [row[0] for row in its["log"]]


def test_the_rows_alone_go_into_a_database_which_the_settings_may_name(
    made: dict[str, Project], postgres: PostgresServer
) -> None:
    source, address = made["sqlite"], postgres.fresh()
    copy_database(source, address, told)
    before = rows(source)
    source.close()
    path = source.folder / "dateline.toml"
    path.write_text(f'database = "{address}"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    with Project.open(source.folder) as served:
        assert isinstance(served.database.place, Server)
        assert rows(served) == before and list(served.verify()) == []


def test_what_is_not_as_it_was_kept_is_not_copied(
    made: dict[str, Project], postgres: PostgresServer, tmp_path: Path
) -> None:
    for n, source in enumerate(made.values()):
        with source.database.writing() as db:
            unguard(db, "decisions")
            if n == 0:
                db.exec_driver_sql("DROP TRIGGER decisions_seal_update")
            else:
                db.exec_driver_sql("ALTER TABLE decisions DISABLE TRIGGER USER")
            db.exec_driver_sql("UPDATE decisions SET why = 'none'")
        for address in (None, postgres.fresh()):
            target = tmp_path / f"copy{n}{address is None}"
            with pytest.raises(StoreError, match="row 1 of decisions is not as it was written"):
                copy_project(source, target, address, told)
            with pytest.raises(StoreError, match=r"holds no project|does not say|no tables"):
                Project.open(target)
    evidence_of = made["sqlite"].evidence
    [first, *_] = sorted(path for path in evidence_of.folder.rglob("*") if path.is_file())
    first.chmod(0o644)
    first.write_bytes(b"other")
    with pytest.raises(StoreError, match=r"evidence \w+ is not as it was kept"):
        back_up(made["sqlite"], tmp_path / "b.zip", told)
    first.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        copy_project(made["sqlite"], tmp_path / "none", None, told)
    assert not (tmp_path / "b.zip").exists() and not list(tmp_path.glob("*.partial"))


def test_a_copy_that_was_stopped_leaves_no_project_and_goes_on(
    made: dict[str, Project], postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = made["postgresql"]
    for address in (None, postgres.fresh()):

        def stopped(what: str, done: int, of: int) -> None:
            if what == "rows" and done > of // 2:
                raise KeyboardInterrupt

        target = tmp_path / f"copy{address is None}"
        with pytest.raises(KeyboardInterrupt):
            copy_project(source, target, address, stopped)
        with pytest.raises(StoreError):
            Project.open(target)
        copy_project(source, target, address, told)
        with Project.open(target) as copied:
            assert rows(copied) == rows(source) and list(copied.verify()) == []
        assert not list(target.glob(".copying*"))


def test_rows_are_of_one_moment_while_others_write(made: dict[str, Project], tmp_path: Path) -> None:
    for name, source in made.items():
        before = rows(source)
        with Project.open(source.folder) as other:
            written = False

            def meanwhile(what: str, done: int, of: int) -> None:
                nonlocal written
                if what == "rows" and not written:
                    written = True
                    other.decide("r0#2.e1", "r2#2.e1", "different", who="B. Editor")

            copy_project(source, tmp_path / f"copy-{name}", None, meanwhile)
            assert written
        with Project.open(tmp_path / f"copy-{name}") as copied:
            assert rows(copied) == before and list(copied.verify()) == []
        assert source.state().decisions == copied_decisions(before) + 1


def copied_decisions(before: Rows) -> int:
    return len(before["decisions"])


@pytest.mark.parametrize(("of", "into"), list(product(BOTH, BOTH)))
def test_what_is_restored_is_what_was_backed_up(
    made: dict[str, Project], postgres: PostgresServer, tmp_path: Path, of: str, into: str
) -> None:
    source, path = made[of], tmp_path / "b.zip"
    assert back_up(source, path, told).evidence == source.state().evidence
    assert path.stat().st_mode & 0o077 == 0
    number = restore(path, tmp_path / "again", postgres.fresh() if into == "postgresql" else None, told)
    assert number == source.state().evidence
    with Project.open(tmp_path / "again") as again:
        assert isinstance(again.database.place, Server if into == "postgresql" else File)
        assert rows(again) == rows(source) and list(again.verify()) == []
        assert (again.folder / "actors.csv").exists()
    assert (tmp_path / "again" / DATABASE).exists() == (into == "sqlite")
    assert (tmp_path / "again" / IDENTITY).exists() == (into == "postgresql")
    for there in (tmp_path / "again", source.folder):
        with pytest.raises(StoreError, match="not written over"):
            restore(path, there, None, told)
    with pytest.raises(StoreError, match="is there already"):
        back_up(source, path, told)


def test_a_back_up_that_was_changed_is_not_restored(made: dict[str, Project], tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    back_up(made["sqlite"], path, told)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = files[SUMS].decode()
    piece = next(name for name in files if name.startswith("evidence/"))
    for name, changed in {
        "a bit": files | {"publishers.csv": b"publisher,owner\n"},
        "a piece": files | {piece: b"other"},
        "one more": files | {"more.txt": b"x"},
        "one less": {name: data for name, data in files.items() if name != piece},
        "elsewhere": files | {SUMS: (sums + f"{'0' * 64}  ../out\n").encode(), "../out": b""},
        "no sums": {name: data for name, data in files.items() if name != SUMS},
    }.items():
        with zipfile.ZipFile(tmp_path / "changed.zip", "w") as archive:
            for inner, data in changed.items():
                archive.writestr(inner, data)
        with pytest.raises(StoreError, match=r"take another"):
            restore(tmp_path / "changed.zip", tmp_path / "again", None, told)
        assert not (tmp_path / "again").exists() and not (tmp_path / "out").exists(), name
        assert not list(tmp_path.glob(".restoring*")), name
    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StoreError, match="no whole back-up"):
        restore(tmp_path / "cut.zip", tmp_path / "again", None, told)


def test_the_verbs(made: dict[str, Project], postgres: PostgresServer, tmp_path: Path) -> None:
    file, served = made["sqlite"].folder, made["postgresql"].folder
    outside = tmp_path / "places.csv"
    outside.write_text("name,lat,lon\n", encoding="utf-8")
    path = served / "dateline.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\n", f'\ngazetteer = ["{outside}"]\n', 1), encoding="utf-8"
    )
    said = run("copy", served, tmp_path / "laptop").stderr
    assert "Copied" in said and f"{outside} lies outside the project's folder" in said
    run("verify", "-p", tmp_path / "laptop")
    with_password = postgres.fresh().replace("dateline@", "dateline:s3cret@")
    said = run("copy", file, with_password).stderr
    assert "s3cret" not in said and f"at the top of {file / 'dateline.toml'}: database =" in said
    run("backup", tmp_path / "b.zip", "-p", served)
    run("restore", tmp_path / "b.zip", tmp_path / "back", "--database", postgres.fresh())
    assert "as they were kept" in run("verify", "-p", tmp_path / "back").stdout
    assert "name another file" in run("backup", tmp_path / "b.zip", "-p", served, code=2).stderr
    assert "holds a project already" in run("copy", file, served, code=2).stderr
    assert "in the folder of the project" in run("copy", file, file / "inner", code=2).stderr
    assert "two databases" in run("copy", file, with_password, "--database", postgres.fresh(), code=2).stderr


def test_rows_into_a_database_that_is_none_of_ours_are_refused(
    made: dict[str, Project], postgres: PostgresServer
) -> None:
    with pytest.raises(StoreError, match="holds a project already"):
        copy_database(made["sqlite"], made["postgresql"].database.place.address, told)  # type: ignore[union-attr]
