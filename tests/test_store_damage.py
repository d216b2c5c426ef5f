"""Mishaps of a project, told or mended: flipped bits, lost files, odd paths, two processes at once."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from tests.store_cases import CODER, MARCHES, by_hand, code_anew, groups, make_older, project_with

from dateline.intake import Failure
from dateline.link.events.compare import Comparison
from dateline.model import Coding, Report
from dateline.store import Project, StoreError
from dateline.store.copying import look_up, to_compare
from dateline.store.seals import SEALED
from dateline.store.tables import addresses, bands, edges, keys, sketches


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project's folder: reports coded twice, linked, decided on, and closed."""
    with project_with(tmp_path_factory.mktemp("whole") / "p", *MARCHES) as project:
        project.decide("r2#e1", "r3#e1", "same", who="A. Editor", why="one strike")
        code_anew(project)
        list(project.link())
        assert list(project.verify()) == []
    return project.folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "p"))


def flip(path: Path, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def use(folder: Path) -> list[Comparison]:
    """Everything that a project is asked, on a copy that may be written to."""
    with Project.open(folder) as project:
        project.state()
        list(project.codings())
        code_anew(project, version="3")
        list(project.link())
        shown = list(project.comparisons())
        project.decide(shown[0].event.id, shown[-1].event.id, "same", who="A. Editor")
        return shown


def verified(folder: Path) -> list[str]:
    with Project.open(folder) as project:
        return [str(flaw) for flaw in project.verify()]


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (b"Dockers marched in Arden on 04 May", "reports"),
        (b"A. Editor", "decisions"),
        (b'"trigger":"marched"', "mentions"),
        (b"hand1plover 1.0", "codings"),
    ],
)
def test_one_bit_of_a_row_is_found(folder: Path, words: bytes, table: str) -> None:
    path = folder / "dateline.sqlite"
    at = path.read_bytes().find(words)
    assert at >= 0
    flip(path, 8 * (at + 4))
    assert any(f" of {table} is not as it was written; restore a copy" in flaw for flaw in verified(folder))


def test_any_bit_is_found_or_without_effect_and_no_verb_falls_over_it(folder: Path, tmp_path: Path) -> None:
    path = folder / "dateline.sqlite"
    sound, right = path.read_bytes(), use(Path(shutil.copytree(folder, tmp_path / "right")))
    chosen = random.Random(5)
    for n in range(12):
        path.write_bytes(sound)
        flip(path, chosen.randrange(8 * len(sound)))
        tried = Path(shutil.copytree(folder, tmp_path / f"tried{n}"))
        try:
            flaws = verified(folder)
        except StoreError:
            continue
        try:
            shown = use(tried)
        except StoreError:
            shown = []
        assert flaws or shown == right


def test_rows_that_are_gone_are_found_in_every_table(folder: Path) -> None:
    with sqlite3.connect(folder / "dateline.sqlite") as db:
        for table in SEALED:
            for verb in ("delete", "seal_delete"):
                db.execute(f"DROP TRIGGER IF EXISTS {table.name}_{verb}")
            db.execute(f"DELETE FROM {table.name} WHERE rowid = (SELECT max(rowid) FROM {table.name})")
        filled = {
            table.name for table in SEALED if db.execute("SELECT 1 FROM seals WHERE kind = ?", (table.name,)).fetchone()
        }
    flaws = "\n".join(verified(folder))
    assert filled >= {"reports", "codings", "mentions", "links", "decisions", "heirs", "evidence", "log"}
    assert all(f"of {name} is gone" in flaws for name in filled)


def test_every_table_is_sealed_but_what_is_looked_up_by(folder: Path) -> None:
    with sqlite3.connect(folder / "dateline.sqlite") as db:
        triggers = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in SEALED:
        assert {f"{table.name}_seal_{verb}" for verb in ("insert", "update", "delete")} <= triggers
    looked_up = {table.name for table in (keys, edges, bands, addresses)}
    assert tables - {t.name for t in SEALED} == looked_up | {"chain", "seals", "alembic_version"}


def test_a_project_of_an_older_version_is_sealed_as_it_is(folder: Path) -> None:
    make_older(folder, "0002")
    assert verified(folder) == []
    with Project.open(folder) as project:
        list(project.link())
        assert project.unheeded() == () and list(project.verify()) == []


@pytest.mark.parametrize("data", [b"", None])
def test_an_empty_database_is_no_new_project(folder: Path, data: bytes | None) -> None:
    path = folder / "dateline.sqlite"
    path.unlink()
    if data is None:
        sqlite3.connect(path).execute("CREATE TABLE notes (words TEXT)").connection.close()
    else:
        path.write_bytes(data)
    with pytest.raises(StoreError, match=r"no tables of a project .* restore a copy"):
        Project.open(folder)
    with pytest.raises(StoreError, match="a project already"):
        Project.create(folder)


def test_evidence_that_no_row_names_is_found(folder: Path) -> None:
    with Project.open(folder) as project:
        name = project.evidence.keep(b"kept before the process was killed")
        [flaw] = project.verify()
        assert name in str(flaw) and "add its file again" in str(flaw)
        path = folder / "again.txt"
        path.write_bytes(b"kept before the process was killed")
        list(project.add(path))
        assert list(project.verify()) == []


def test_adding_the_original_again_mends_evidence(folder: Path) -> None:
    with Project.open(folder) as project:
        original = folder.parent / "reports.txt"
        original.write_text("Workers marched.", encoding="utf-8")
        list(project.add(original))
        sound = set(project.evidence.folder.rglob("*"))
        [kept] = [path for path in sound if path.is_file() and path.read_bytes() == original.read_bytes()]
        kept.chmod(0o644)
        for damaged in (b"Workers marched!", b"", b"Workers marched. And more"):
            kept.write_bytes(damaged)
            assert len(list(project.verify())) == 1
            assert [added.new for added in project.add(original) if not isinstance(added, Failure)] == [False]
            assert list(project.verify()) == []
        kept.unlink()
        list(project.add(original))
        assert list(project.verify()) == [] and set(project.evidence.folder.rglob("*")) == sound


def test_what_killed_processes_left_half_written_is_swept(folder: Path) -> None:
    with Project.open(folder) as project:
        [inner, *_] = [path for path in project.evidence.folder.iterdir() if path.is_dir()]
        left, written = inner / ".part-left", inner / ".part-now"
        for part in (left, written):
            part.write_bytes(b"half")
        day_ago = time.time() - 86_400
        os.utime(left, (day_ago, day_ago))
        assert list(project.verify()) == []
        project.evidence.keep(b"more")
        assert (left.exists(), written.exists()) == (False, True)


@pytest.mark.parametrize(
    "name", ["Who shot?", "a%20b", "a b", "50%", "#1", "x&y=z", "p?mode=memory", "é\u4e2d", ":memory:", "file:p"]
)
def test_a_project_has_its_database_in_its_folder_whatever_that_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.txt"
    report.write_text("Workers marched.", encoding="utf-8")
    with Project.create(name) as project:
        list(project.add(report))
    assert {path.name for path in tmp_path.iterdir()} == {name, "report.txt"}
    Path(name).rename("moved?x%41")
    with Project.open("moved?x%41") as project:
        assert project.state().reports == 1
    assert {path.name for path in tmp_path.iterdir()} == {"moved?x%41", "report.txt"}


def test_two_that_code_at_once_make_one_coding_a_report(folder: Path) -> None:
    """The one codes everything while the other is at its first batch."""
    with Project.open(folder) as one, Project.open(folder) as other:

        def slowly(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
            assert len(list(other.code(by_hand, CODER, "anew"))) == 4
            return by_hand(reports)

        before = one.state().codings
        assert list(one.code(slowly, CODER, "anew")) == []
        assert one.state().codings == before + 4


def test_two_that_link_at_once_look_reports_up_once(folder: Path) -> None:
    with Project.open(folder) as one, Project.open(folder) as other:
        more = folder / "more.txt"
        more.write_text(MARCHES[0] + " More of it.", encoding="utf-8")
        list(one.add(more))
        with one.database.writing() as db:
            for table in (bands, sketches):  # as older versions left what they had not linked yet
                db.execute(delete(table))
            numbers = list(db.execute(to_compare()).scalars())
        list(other.link())
        with one.database.writing() as db:
            look_up(db, numbers)
        assert numbers and list(one.verify()) == []


AT_ONCE = """
import sys, time
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from tests.store_cases import CODER, by_hand
from dateline.store import Project
with Project.open({folder!r}) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    list(project.add({reports!r}))
    list(project.code(by_hand, CODER, "at once"))
    list(project.link())
"""


def test_two_processes_that_do_everything_at_once_come_to_what_one_does(tmp_path: Path) -> None:
    tests = Path(__file__).parent
    with project_with(tmp_path / "one", *MARCHES) as one, project_with(tmp_path / "two") as two:
        program = AT_ONCE.format(
            tests=str(tests), root=str(tests.parent), folder=str(two.folder), reports=str(tmp_path / "one.json")
        )
        processes = [
            subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for process in processes:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait() for process in processes] == [0, 0]
        for process in processes:
            process.communicate()
        assert two.state().codings == 4
        assert groups(two) == groups(one) and list(two.verify()) == []
