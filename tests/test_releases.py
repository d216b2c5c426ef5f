"""Releases: whole, the same again, checked by the validators of their formats, and never with what must stay."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.errors import ReleaseError
from dateline.export.release.cut import _beside, cut
from dateline.export.release.folder import FACTS, SUMS, files_of, sha256_of
from dateline.export.release.model import BESIDE, Citation, release_columns
from dateline.export.tables import TABLES, Reading
from dateline.store import Project
from dateline.store.log.entries import Wanted, entries
from dateline.store.log.releases import Released, put_release, state_of
from leaving_cases import SECRETS, content, marked_project
from postgres_cases import PostgresServer
from release_cases import CITED, Two, cited, two_releases
from store_cases import CODER, MARCHES, NOON, by_hand, code_anew, event_of, project_with, records


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with two_releases(tmp_path_factory.mktemp("releases") / "p") as made:
        yield made


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*files_of(folder), SUMS)}


def test_a_release_has_every_row_that_may_leave_as_parquet_and_as_csv(two: Two) -> None:
    from pyarrow import parquet

    folder = two.second.folder
    assert folder == two.project.folder / "releases" / "1.1"
    for table in TABLES:
        told = parquet.read_table(folder / "parquet" / f"{table}.parquet").to_pylist()
        sheet = rows_of(folder / "csv" / f"{table}.csv")
        assert len(told) == len(sheet) == two.second.rows[table] > 0
        lists = [column.name for column in release_columns(table) if column.is_list]
        assert [[json.loads(row[name]) for name in lists] for row in sheet] == [
            [row[name] or [] for name in lists] for row in told
        ]
        assert list(sheet[0]) == list(told[0]) == [column.name for column in release_columns(table)]
    assert two.second.rows["events"] == len(list(Reading(two.project).rows("events")))
    assert {row["status"] for row in rows_of(folder / "csv" / "events.csv")} == {"reported"}


def test_what_changed_is_told_by_the_ids_of_the_events(two: Two) -> None:
    told = {row["event"]: row for row in rows_of(two.second.folder / "csv" / "changes.csv")}
    assert two.both == two.teachers
    assert {event: row["change"] for event, row in told.items()} == {
        two.drivers: "added",
        two.dockers: "changed",
        two.teachers: "changed",
        two.fishers: "withdrawn",
    }
    changed = json.loads(told[two.dockers]["fields"])
    assert {"mentions", "reports", "sources", "last_published"} <= set(changed)
    assert not {"place", "type", "born"} & set(changed)
    gone = [row for row in told.values() if row["change"] == "withdrawn"]
    assert gone
    assert all(json.loads(row["successors"]) == [two.both] for row in gone)
    first = [row["change"] for row in rows_of(two.first.folder / "csv" / "changes.csv")]
    assert first == ["added"] * 3


def test_the_facts_say_who_coded_and_what_was_covered(two: Two) -> None:
    facts = json.loads((two.second.folder / FACTS).read_text(encoding="utf-8"))
    assert facts["before"] == {"name": "1.0", "sha256": sha256_of(two.first.folder / SUMS)}
    assert [(one["name"], one["version"]) for one in facts["coders"]] == [("hand", "1")]
    assert facts["codebooks"][0]["codebook"] == "plover 1.0"
    assert all((two.second.folder / path).is_file() for path in facts["codebooks"][0]["files"])
    assert facts["reviewed"] == {"mentions": 0, "of": 6}
    assert facts["statement"]["mentions"]["covered"] == "6 event mentions in 6 reports"
    covered = rows_of(two.second.folder / "csv" / "coverage.csv")
    assert sum(int(row["reports"]) for row in covered) == 6
    assert {"month": "2024-06", "publisher": "Courier", "reports": "2"}.items() <= covered[-1].items()
    readme = (two.second.folder / "README.md").read_text(encoding="utf-8")
    assert "Since 1.0: " in readme
    assert "Place data: GeoNames, CC BY 4.0." in readme
    assert "6 event mentions in 6 reports" in readme


def test_settings_are_those_that_were_recorded(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        record = project.keep_settings(())
        list(project.code(by_hand, CODER, record))
        made = cut(project, cited("1.0"))
    [coder] = json.loads((made.folder / FACTS).read_text(encoding="utf-8"))["coders"]
    assert coder["settings"]["coder"] == "machine"
    assert coder["settings"]["at_least"] == 0.4


def test_the_hashes_are_right_and_find_a_changed_file(two: Two, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(two.second.folder, folder)
    check = ["sha256sum", "-c", "--quiet", "--strict", SUMS]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    named = {line.split("  ", 1)[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    assert named == {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {SUMS}
    path = folder / "csv" / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"PROTEST", b"PROTESt", 1))
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_frictionless_finds_the_data_package_valid_and_a_broken_row_not(two: Two, tmp_path: Path) -> None:
    from frictionless import validate

    folder = tmp_path / "copy"
    shutil.copytree(two.second.folder, folder)
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert {task.name for task in report.tasks} >= {*TABLES, *BESIDE, "events-parquet"}
    path = folder / "csv" / "links.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(two.drivers, "nobody"), encoding="utf-8")
    types = {type for [type] in validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert {"foreign-key", "hash-count"} & types


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_croissant_is_valid_and_its_records_are_the_rows(two: Two) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(str(two.second.folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert not issues.errors
    # A release goes by the name that people gave it, which may be a year.
    assert [issue for issue in issues.warnings if "version" not in issue] == []
    for table in TABLES:
        records = list(dataset.records(table))
        assert len(records) == two.second.rows[table]
        column = release_columns(table)[0].name
        kept = [row[column] for row in rows_of(two.second.folder / "csv" / f"{table}.csv")]
        assert [record[f"{table}/{column}"].decode() for record in records] == kept


def test_the_citation_file_keeps_the_rules_of_its_format(two: Two, tmp_path: Path) -> None:
    """Those of the Citation File Format 1.2.0: what is needed, which keys there are, and the forms of the values."""
    cff = yaml.safe_load((two.second.folder / "CITATION.cff").read_text(encoding="utf-8"))
    known = {"cff-version", "message", "type", "title", "version", "date-released", "authors", "abstract"}
    assert set(cff) == known | {"license", "url"}
    assert (cff["cff-version"], cff["type"], cff["version"]) == ("1.2.0", "dataset", "1.1")
    assert all(isinstance(cff[key], str) and cff[key] for key in set(cff) - {"authors"})
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", cff["date-released"])
    assert cff["authors"] == [{"family-names": "Doe", "given-names": "Ann"}, {"name": CITED[1]}]
    with project_with(tmp_path / "p", MARCHES[0]) as project:
        bare = cut(project, Citation("2024", "2024-06-01", "Marches: of dockers"))
    cff = yaml.safe_load((bare.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(cff) == known
    assert cff["authors"] == [{"name": "Marches: of dockers"}]
    assert cff["version"] == "2024"


def test_the_same_project_name_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        with two_releases(tmp_path / place / "p") as two:
            made.append((all_bytes(two.first.folder), all_bytes(two.second.folder)))
    assert made[0] == made[1]


@pytest.mark.parametrize("quotes", ["withhold", "keep"])
def test_nothing_secret_is_in_any_file_of_a_release(tmp_path: Path, quotes: str) -> None:
    with marked_project(tmp_path / "p") as project:
        done = run("release", "1.0", "-p", project.folder, "--quotes", quotes, "--date", "2024-06-01")
        assert done.exit_code == 0, done.output
        assert "confidential and left out" in done.stderr
        folder = project.folder / "releases" / "1.0"
        told = {name: content((folder / name).read_bytes()) for name in (*files_of(folder), SUMS)}
    # The codebooks are words of nobody's report.
    own = {name: text for name, text in told.items() if not name.startswith("codebooks/")}
    assert [(name, secret) for name, text in own.items() for secret in SECRETS if secret in text] == []
    # What is open is there, so that the test could fail.
    assert all("open-1" in own[f"csv/{table}.csv"] for table in TABLES)
    assert "private people by role" in own["README.md"]


def test_an_event_that_became_confidential_is_withdrawn_without_a_word_of_it(tmp_path: Path) -> None:
    from dateline.store.review.marks import set_mark

    with project_with(tmp_path / "p", *MARCHES) as project:
        teachers = event_of(project, "r2#e1")
        cut(project, cited("1.0"))
        set_mark(project, "event", teachers, True, who="A")
        made = cut(project, cited("1.1"))
    [change] = made.difference.changes
    assert (change.event, change.what, change.successors) == (teachers, "withdrawn", ())
    for name in files_of(made.folder):
        if name != "csv/changes.csv":
            assert teachers not in content((made.folder / name).read_bytes()), name


def test_a_release_is_logged_with_its_hash(two: Two) -> None:
    found, _ = entries(two.project, Wanted(what="released"))
    assert [(one.about, one.details["folder"]) for one in found] == [("1.1", "releases/1.1"), ("1.0", "releases/1.0")]
    assert found[0].details["sha256"] == sha256_of(two.second.folder / SUMS)
    assert found[0].details["changes"]["added"] == two.second.difference.counts()["added"]


def test_nothing_is_written_over_and_no_name_is_given_twice(two: Two, tmp_path: Path) -> None:
    before = all_bytes(two.first.folder)
    done = run("release", "1.0", "-p", two.project.folder, "-o", tmp_path / "other")
    assert done.exit_code == 2
    assert "a release 1.0 was cut already" in done.stderr
    done = run("release", "1.2", "-p", two.project.folder, "-o", two.first.folder)
    assert done.exit_code == 2
    assert "never written over" in done.stderr
    assert all_bytes(two.first.folder) == before
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["", "../up", ".hidden", "a b", "x" * 65, "é"])
def test_a_name_that_can_be_no_folder_is_refused(name: str) -> None:
    with pytest.raises(ReleaseError, match="no name of a release"):
        Citation(name, "2024-06-01", "Marches")


@pytest.mark.parametrize("day", ["May", "2024-13-01", "20240601", "2024-06-01T12:00"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ReleaseError, match="is no day"):
        Citation("1.0", day, "Marches")


def test_a_project_that_changes_meanwhile_gets_no_release(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        before = state_of(project)
        code_anew(project)
        list(project.link())
        published: list[str] = []
        with pytest.raises(ReleaseError, match="changed while the release was cut"):
            put_release(project, Released("1.0", "f", "0"), {}, before, "A", lambda: published.append("it"))
        assert not published


def test_where_nothing_is_coded_nothing_is_left_behind(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p") as project:
        pass
    done = run("release", "1.0", "-p", project.folder)
    assert done.exit_code == 2
    assert "next: dateline code" in done.stderr
    assert list((project.folder / "releases").iterdir()) == []


def test_what_a_killed_release_left_is_taken_away_and_what_another_is_at_stays(tmp_path: Path) -> None:
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    at = "import sys, time; print(flush=True); time.sleep(60)"
    script = "from pathlib import Path; from dateline.export.release.cut import _beside\nwith _beside(Path({!r})): {}"
    target = tmp_path / "releases" / "1.0"
    with subprocess.Popen([sys.executable, "-c", script.format(str(target), at)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        held = set(target.parent.iterdir())
        subprocess.run([sys.executable, "-c", script.format(str(target), killed)], check=False)
        (target.parent / ".1.0.notes").mkdir()
        assert len(list(target.parent.iterdir())) == 3
        with _beside(target) as making:
            assert set(target.parent.iterdir()) == {*held, making, target.parent / ".1.0.notes"}
        other.kill()
    with _beside(target) as making:
        assert set(target.parent.iterdir()) == {making, target.parent / ".1.0.notes"}


def test_a_release_before_that_is_gone_or_changed_is_asked_for(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        first = cut(project, cited("1.0"), tmp_path / "away")
        moved = tmp_path / "moved"
        first.folder.rename(moved)
        with pytest.raises(ReleaseError, match="--since FOLDER"):
            cut(project, cited("1.1"))
        shutil.copytree(moved, tmp_path / "away")
        (tmp_path / "away" / SUMS).write_text("", encoding="utf-8")
        with pytest.raises(ReleaseError, match=r"not the release 1\.0 as it was cut"):
            cut(project, cited("1.1"))
        made = cut(project, cited("1.1"), since=moved)
        assert made.difference.counts() == {"added": 0, "changed": 0, "withdrawn": 0}
        assert made.difference.same == 3


def test_diff_tells_the_same_as_text_json_and_csv(two: Two) -> None:
    folders = two.first.folder, two.second.folder
    text, told, sheet = (run("diff", *folders, "-f", form) for form in ("text", "json", "csv"))
    assert [done.exit_code for done in (text, told, sheet)] == [1, 1, 1]
    assert sheet.stdout == (two.second.folder / "csv" / "changes.csv").read_text(encoding="utf-8")
    plain = json.loads(told.stdout)
    assert (plain["before"], plain["after"]) == ("1.0", "1.1")
    assert plain["counts"] == two.second.difference.counts() | {"same": two.second.difference.same}
    lines = text.stdout.splitlines()
    assert lines[0].startswith("Since 1.0: ")
    assert len(lines) == 1 + len(plain["changes"])
    assert f"added     {two.drivers}" in lines
    assert any(line.startswith("withdrawn ") and line.endswith(f", now {two.both}") for line in lines)


def test_diff_ends_by_what_it_found(two: Two, tmp_path: Path) -> None:
    assert run("diff", two.first.folder, two.first.folder).exit_code == 0
    done = run("diff", two.first.folder, tmp_path)
    assert done.exit_code == 2
    assert "is no release" in done.stderr
    back = run("diff", two.second.folder, two.first.folder, "-f", "json")
    assert back.exit_code == 1
    counts: Any = json.loads(back.stdout)["counts"]
    assert counts["withdrawn"] == two.second.difference.counts()["added"]


def test_a_diff_says_what_it_cannot_compare(two: Two, tmp_path: Path) -> None:
    from pyarrow import parquet

    older = tmp_path / "older"
    shutil.copytree(two.first.folder, older)
    path = older / "parquet" / "events.parquet"
    parquet.write_table(parquet.read_table(path).drop_columns(["denied"]), path)
    done = run("diff", older, two.first.folder)
    assert done.exit_code == 0
    assert "only one of the releases has, so not compared: denied" in done.stderr
    path.write_bytes(b"PAR1")
    done = run("diff", older, two.first.folder)
    assert done.exit_code == 2
    assert "sha256sum -c SHA256SUMS" in done.stderr


def test_postgresql_gives_the_bytes_that_sqlite_gives(postgres: PostgresServer, tmp_path: Path) -> None:
    made = []
    for place, database in (("file", None), ("served", postgres.empty())):
        folder = tmp_path / place / "p"
        folder.parent.mkdir()
        path = folder.with_suffix(".json")
        path.write_text(json.dumps(records(*MARCHES)), encoding="utf-8")
        with Project.create(folder, database=database, clock=lambda: NOON) as project:
            list(project.add(path))
            list(project.code(by_hand, CODER, "{}"))
            list(project.link())
            first = cut(project, cited("1.0"))
            project.decide(event_of(project, "r2#e1"), event_of(project, "r3#e1"), "same", who="A")
            list(project.link())
            second = cut(project, cited("1.1"))
        assert second.difference.counts()["withdrawn"] == 1
        made.append((all_bytes(first.folder), all_bytes(second.folder)))
    assert made[0] == made[1]
