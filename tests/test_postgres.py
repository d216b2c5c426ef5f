"""A project in PostgreSQL: what may go wrong at the server is told with its mend, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError
from tests.correction_cases import copied, made_project
from tests.postgres_cases import PostgresServer, running
from tests.store_cases import CODER, MARCHES, NOON, by_hand, event_of, groups, project_with
from typer.testing import CliRunner

import dateline
from dateline.cli.app import app
from dateline.store import Project, StoreError
from dateline.store.databases import words
from dateline.store.databases.places import DATABASE, IDENTITY, VARIABLE
from dateline.store.databases.postgres import Server, without_password
from dateline.store.seals import SEALED, seal
from dateline.store.tables import events, evidence, log, reports, seals
from dateline.store.watching.lock import alone

HERE = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(dateline.__file__).parents[1]), str(Path.cwd())])}


@pytest.fixture
def project(tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Four reports, coded and linked, and a decision."""
    monkeypatch.setattr("dateline.store.project.Project.create", postgres.project)
    with project_with(tmp_path / "p", *MARCHES) as made:
        made.decide("r2#e1", "r3#e1", "same", who="A. Editor", why="one strike")
        yield made


# Addresses and passwords


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://a:s3cret@db.example/x", "postgresql://a@db.example/x"),
        ("postgres://a:s3cret@[::1]:5433/x?sslmode=require", "postgres://a@[::1]:5433/x?sslmode=require"),
        ("postgresql://db.example/x?user=a&password=s3cret&sslmode=require", None),
        ("postgresql:///x?password=s3cret", "postgresql:///x"),
        ("postgresql://a:p%40ss%3Aword@db.example/x", "postgresql://a@db.example/x"),
        ("postgresql://db.example/x", "postgresql://db.example/x"),
    ],
)
def test_no_password_is_shown(address: str, shown: str | None) -> None:
    told = without_password(address)
    assert "s3cret" not in told and "ss" not in told.replace("sslmode", "")
    assert shown is None or told == shown
    if "example" in address:
        before = psycopg.conninfo.conninfo_to_dict(address)
        assert psycopg.conninfo.conninfo_to_dict(told) == {k: v for k, v in before.items() if k != "password"}


def test_the_settings_name_the_database_without_the_password_and_the_environment_has_it(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.empty().replace("dateline@", "dateline:s3cret@")
    monkeypatch.setenv(VARIABLE, address)
    done = CliRunner().invoke(app, ["init", str(tmp_path / "p")])
    assert done.exit_code == 0, done.output
    for path in (tmp_path / "p").iterdir():
        assert b"s3cret" not in path.read_bytes()
    assert "s3cret" not in done.output
    assert not (tmp_path / "p" / DATABASE).exists()
    with Project.open(tmp_path / "p") as project:
        assert isinstance(project.database.place, Server)
        assert project.database.place.address == address
        assert project.settings.database == without_password(address)
    monkeypatch.delenv(VARIABLE)
    with Project.open(tmp_path / "p") as project:
        assert project.state().reports == 0
    with pytest.raises(StoreError, match="a project already"):
        Project.create(tmp_path / "p")


def test_a_folder_with_its_own_file_stays_with_it_whatever_the_environment_says(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.create(tmp_path / "p").close()
    monkeypatch.setenv(VARIABLE, postgres.fresh())
    with Project.open(tmp_path / "p") as project:
        assert str(project.database.place).endswith(DATABASE)


# What goes wrong


def refused(folder: Path, address: str) -> str:
    """What opening a project with this database says, which is never the password."""
    path = folder / "dateline.toml"
    path.write_text(f'database = "{address}"\n', encoding="utf-8")
    with pytest.raises(StoreError) as told:
        Project.open(folder)
    assert "s3cret" not in str(told.value)
    return str(told.value)


def test_each_refusal_of_the_server_has_its_own_mend(project: Project, postgres: PostgresServer) -> None:
    folder = project.folder
    postgres.sql("CREATE ROLE locked LOGIN PASSWORD 'other'")
    postgres.sql("CREATE ROLE guest LOGIN")
    away = "postgresql://a:s3cret@127.0.0.1:1/x?connect_timeout=2"
    assert "look at the server and the way to it" in refused(folder, away)
    assert "createdb" in refused(folder, postgres.address("nowhere"))
    assert "no address of a database" in refused(folder, "mysql://a:s3cret@db.example/x")
    assert "no tables of a project" in refused(folder, postgres.empty())
    hba = postgres.folder / "data" / "pg_hba.conf"
    before = hba.read_text(encoding="utf-8")
    hba.write_text(f"local all locked scram-sha-256\n{before}", encoding="utf-8")
    try:
        postgres.sql("SELECT pg_reload_conf()")
        time.sleep(0.3)
        locked = postgres.address("postgres", "locked")
        assert "name and password" in refused(folder, locked.replace("locked@", "locked:s3cret@"))
        assert "name and password" in refused(folder, f"{locked}&passfile=/none")
    finally:
        hba.write_text(before, encoding="utf-8")
        postgres.sql("SELECT pg_reload_conf()")
    name = postgres.fresh().split("@/")[1].split("?")[0]
    assert "the right to" in refused(folder, postgres.address(name, "guest"))


def test_another_database_than_the_folders_own_is_refused(
    project: Project, postgres: PostgresServer, tmp_path: Path
) -> None:
    (tmp_path / "q").mkdir()
    address = postgres.empty()
    with Project.create(tmp_path / "q2", database=address):
        pass
    assert "holds another project" in refused(project.folder, address)
    with pytest.raises(StoreError, match="holds a project already"):
        Project.create(tmp_path / "q", database=address)
    other = postgres.empty()
    postgres.sql("CREATE TABLE notes (words text)", other.split("@/")[1].split("?")[0])
    with pytest.raises(StoreError, match="tables of another program"):
        Project.create(tmp_path / "q", database=other)
    postgres.sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc")
    with pytest.raises(StoreError, match=r"text in LATIN1.*createdb -E UTF8"):
        Project.create(tmp_path / "q", database=postgres.address("latin"))


def test_a_writer_waits_for_another_and_says_so_in_the_end(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.databases.postgres.WAIT_MILLISECONDS", 50)
    with Project.open(project.folder) as other, project.database.writing():
        with pytest.raises(StoreError, match="wait for the other program and run this again"):
            list(other.link(only=[1]))
        assert other.state().reports == 4  # who reads waits for nobody


def test_two_projects_in_schemas_of_one_database_do_not_meet(
    project: Project, postgres: PostgresServer, tmp_path: Path
) -> None:
    name = postgres.empty().split("@/")[1].split("?")[0]
    for schema in ("one", "two"):
        postgres.sql(f"CREATE SCHEMA {schema}", name)
    address = postgres.address(name) + "&options=-csearch_path%3D"
    with (
        Project.create(tmp_path / "one", database=f"{address}one") as one,
        Project.create(tmp_path / "two", database=f"{address}two") as two,
        one.database.writing() as db,
    ):
        db.execute(insert(events).values(id="e1", born=NOON))
        with two.database.writing() as other:  # it does not wait for the writer of another project
            assert other.execute(select(events.c.id)).all() == []


def test_one_watch_at_a_time_wherever_it_runs(project: Project) -> None:
    with Project.open(project.folder) as other:
        with alone(project), pytest.raises(StoreError, match="watched by another process"), alone(other):
            raise AssertionError("two watched at once")
        with alone(other):
            pass


# What is kept


ODD = "A\0B \x01\x01\x02 \0\0 \U0001f525\u200f"


def test_every_character_is_kept_and_sealed_as_in_a_file(project: Project, tmp_path: Path) -> None:
    names = ["b", "B", "a\0", "a", "a\x01", "a\x02", "é", "z", "Z", "_", "a b", "ab", "\U0001f525", "\uffff"]
    with project.database.writing() as db:
        db.execute(
            insert(evidence),
            [{"sha256": f"{n}", "bytes": n, "origin": ODD, "added": one} for n, one in enumerate(names)],
        )
    with project.database.reading() as db:
        rows = db.execute(select(evidence).where(evidence.c.origin == ODD).order_by(evidence.c.added)).all()
        assert [row.added for row in rows] == sorted(names, key=str.encode)
        assert {row.origin for row in rows} == {ODD}
        kept = dict(db.execute(select(seals.c.row, seals.c.seal).where(seals.c.kind == "evidence")).all())  # type: ignore[arg-type]
    for row in rows:
        values = (row.sha256, str(row.bytes), row.origin, row.added)
        assert kept[row.sha256] == seal(*(value.encode() for value in values), None)
    assert [str(flaw) for flaw in project.verify() if "rows" in str(flaw) or "database" in str(flaw)] == []


def test_what_the_database_writes_for_a_nul_is_read_back() -> None:
    chosen = random.Random(3)
    texts = ["".join(chosen.choices("\0\x01\x02a", k=chosen.randrange(8))) for _ in range(300)]
    assert [words.read(words.written(one)) for one in texts] == texts
    assert sorted(texts, key=words.written) == sorted(texts)
    assert not any("\0" in words.written(one) for one in texts)


def test_large_numbers_and_half_characters(project: Project) -> None:
    with project.database.writing() as db:
        db.execute(insert(evidence).values(sha256="x", bytes=1 << 40, origin="", added=""))
        assert db.execute(select(evidence.c.bytes).where(evidence.c.sha256 == "x")).scalar_one() == 1 << 40
    with pytest.raises(StoreError, match="is not UTF-8"), project.database.writing() as db:
        db.execute(insert(evidence).values(sha256="y", bytes=1, origin="\udcff", added=""))


def test_rows_are_numbered_without_gaps_also_where_some_were_not_kept(project: Project) -> None:
    row = {"made": NOON, "who": "A", "what": "said", "about": "", "details": {}}
    with project.database.reading() as db:
        before = db.execute(select(log.c.number).order_by(log.c.number)).scalars().all()
    assert list(before) == list(range(1, len(before) + 1))
    with pytest.raises(ZeroDivisionError), project.database.writing() as db:
        db.execute(insert(log).values(row))
        raise ZeroDivisionError
    with project.database.writing() as db:
        done = db.execute(insert(log).values(row))
        assert done.inserted_primary_key == (len(before) + 1,)
    assert list(project.verify()) == []


def test_every_table_has_its_guards(project: Project, postgres: PostgresServer) -> None:
    with project.database.reading() as db:
        rows = db.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).scalars()
        there = set(rows)
    for table in SEALED:
        assert {f"{table.name}_seal_{verb}" for verb in ("insert", "update", "delete")} <= there
    for table in ("codings", "decisions", "log", "chain", "acts", "comments", "retrievals", "stamps", "stamped"):
        assert {f"{table}_{verb}" for verb in ("update", "delete", "truncate")} <= there
    with pytest.raises(IntegrityError, match="only ever added to"), project.database.writing() as db:
        db.exec_driver_sql("TRUNCATE decisions CASCADE")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE decisions SET why = 'none'", "row 1 of decisions is not as it was written"),
        ("UPDATE reports SET text = replace(text, '04 May', '05 May')", "of reports is not as it was written"),
        ("DELETE FROM links WHERE mention = 1", "row 1 of links is gone"),
        ("UPDATE log SET who = 'Eve' WHERE number = 2", "row 2 of the log is not what its chain says"),
        ("UPDATE links SET event = 'e0' WHERE mention = 1", "points at a row of events that is not there"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(project: Project, change: str, told: str) -> None:
    assert list(project.verify()) == []
    with project.database.writing() as db:
        db.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no trigger fires, nor is a key looked up
        db.exec_driver_sql(change)
    assert any(told in str(flaw) for flaw in project.verify()), [str(flaw) for flaw in project.verify()]


def test_verbs_on_the_command_line(project: Project, tmp_path: Path) -> None:
    project.close()

    def run(*told: str) -> str:
        done = CliRunner().invoke(app, [*told, "-p", str(project.folder)])
        assert done.exit_code == 0, done.output
        return done.stdout

    report = tmp_path / "more.txt"
    report.write_text("Nurses marched in Kisumu on 9 May 2024.", encoding="utf-8")
    run("add", str(report), "--published", "2024-05-10")
    state = json.loads(run("status", "--json"))
    assert (state["reports"], state["decisions"], state["languages"]) == (5, 1, [["en", 4], ["none", 1]])
    assert "as they are kept" in run("verify").replace("as they were kept", "as they are kept")
    event = event_of(project, "r0#e1")
    assert event in run("show") and "Paper 0" in run("show", event)
    assert event in run("digest", "--since", "2024-05-01")
    assert "r0" in run("export", "-f", "jsonl")
    assert "Paper" not in run("sources")
    assert "more.txt" in run("evidence", "list")


def test_what_people_do_on_the_command_line(postgres: PostgresServer, tmp_path: Path) -> None:
    with copied(made_project(tmp_path), tmp_path / "served", postgres.fresh()) as served:
        folder = served.folder

    def run(*told: str) -> str:
        done = CliRunner().invoke(app, [*told, "-p", str(folder)])
        assert done.exit_code == 0, done.output
        return done.stdout

    sheet = tmp_path / "sheet.csv"
    run("export", "-f", "csv", "-o", str(sheet))
    rows = sheet.read_text(encoding="utf-8")
    assert "PROTEST" in rows
    sheet.write_text(rows.replace("PROTEST", "ASSAULT", 1), encoding="utf-8")
    run("apply", str(sheet), "--who", "Ada")
    assert "ASSAULT" in run("changes")
    run("people", "add", "ada", "--role", "admin")
    assert "ada" in run("people", "list")
    run("link")
    with Project.open(folder) as project:
        first, second, *_ = (event.event.id for event in project.comparisons())
    run("decide", first, second, "same", "--who", "Ada")
    run("agreement")
    run("verify")


# Killed, and at once


WRITER = """
import sys
from tests.store_cases import CODER, by_hand
from dateline.store import Project
with Project.open({folder!r}) as project:
    for verb in (project.add({reports!r}), project.code(by_hand, CODER, "{{}}")):
        for outcome in verb:
            print(getattr(outcome, "id", None) or outcome.report.id, flush=True)
    for done in project.link():
        print("linked", flush=True)
    for n in range(400):
        project.decide("r0#e1", "r1#e1", "different" if n % 2 else "same", who="A", why=str(n))
        print("decided", n, flush=True)
"""


@pytest.mark.parametrize(
    ("killed", "lines"),
    [("the writer", 40), ("the writer", 140), ("the writer", 220), ("the server", 70), ("the server", 230)],
)
def test_what_was_acknowledged_survives(tmp_path: Path, synced: PostgresServer, lines: int, killed: str) -> None:
    many = tmp_path / "many.jsonl"
    texts = [f"Dockers{n} marched in Arden on {1 + n % 28:02} May 2024." for n in range(100)]
    many.write_text(
        "".join(
            json.dumps({"id": f"r{n}", "text": one, "published": "2024-05-29"}) + "\n" for n, one in enumerate(texts)
        ),
        encoding="utf-8",
    )
    with synced.project(tmp_path / "p", clock=lambda: NOON) as made:
        folder = made.folder
    program = WRITER.format(folder=str(folder), reports=str(many))
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdout=pipe, stderr=pipe, text=True, env=HERE) as process:
        assert process.stdout is not None and process.stderr is not None
        told = [process.stdout.readline().strip() for _ in range(lines)]
        if killed == "the writer":
            os.kill(process.pid, signal.SIGKILL)
        else:
            synced.kill()
            error = process.stderr.read()
            assert "StoreError" in error or process.wait() == 0, error
        told += process.stdout.read().split("\n")[:-1]
    if killed == "the server":
        synced.go()
    added = {one for one in told[:100] if one.startswith("r")}
    coded = {one for one in told[100:200] if one.startswith("r")}
    decided = [one for one in told if one.startswith("decided")]
    with Project.open(folder, clock=lambda: NOON) as again:
        # Evidence is kept before what is read from it: a piece may have been kept and not acknowledged.
        assert all("no row names it" in str(flaw) for flaw in again.verify())
        with again.database.reading() as db:
            assert added <= set(db.execute(select(reports.c.id)).scalars())
        assert coded <= {coding.report.id for coding in again.codings()}
        assert again.state().decisions >= len(decided)
        list(again.add(many))
        list(again.code(by_hand, CODER, "{}"))
        list(again.link())
        state = again.state()
        assert (state.reports, state.coded, state.codings, state.to_link) == (100, 100, 100, 0)
        assert list(again.verify()) == []


@pytest.fixture(scope="module")
def synced() -> Iterator[PostgresServer]:
    """A server as people run it: what it acknowledges is on the disk."""
    with running(synced=True) as server:
        yield server


AT_ONCE = """
import sys
from tests.store_cases import CODER, by_hand
from dateline.store import Project
with Project.open({folder!r}) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    list(project.add({reports!r}))
    list(project.code(by_hand, CODER, "at once"))
    list(project.link())
"""


def test_two_processes_that_do_everything_at_once_come_to_what_one_does(
    project: Project, postgres: PostgresServer, tmp_path: Path
) -> None:
    with project_with(tmp_path / "one", *MARCHES) as one, postgres.project(tmp_path / "two") as two:
        program = AT_ONCE.format(folder=str(two.folder), reports=str(tmp_path / "one.json"))
        pipe = subprocess.PIPE
        processes = [
            subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, text=True, env=HERE)
            for _ in range(2)
        ]
        for process in processes:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in processes:
            process.communicate("go\n")
        assert [process.returncode for process in processes] == [0, 0]
        assert two.state().codings == 4
        assert groups(two) == groups(one) and list(two.verify()) == []


def test_a_service_of_libpq_names_the_database(
    project: Project, tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = tmp_path / "services.conf"
    name = str(project.database.place).split("@/")[1].split("?")[0]
    service.write_text(f"[team]\nhost={postgres.folder}\ndbname={name}\nuser=dateline\n", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    (project.folder / "dateline.toml").write_text('database = "postgresql://?service=team"\n', encoding="utf-8")
    with Project.open(project.folder) as again:
        assert again.state().reports == 4
    assert (project.folder / IDENTITY).exists()
