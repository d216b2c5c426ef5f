"""A release opened in DuckDB: views that count what they say, in SQL, in pandas and in polars."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dateline.analysis import open_release, views
from dateline.cli.app import app
from dateline.errors import ReleaseError
from dateline.export.tables import TABLES
from release_cases import Two, two_releases


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with two_releases(tmp_path_factory.mktemp("analysis") / "p") as made:
        yield made


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["analysis", *map(str, words)])


def rows(two: Two, query: str) -> list[tuple[Any, ...]]:
    with open_release(two.first.folder) as release:
        return release.sql(query).fetchall()


def test_a_week_has_its_events_beside_the_reports_published_in_it(two: Two) -> None:
    assert rows(two, "SELECT * FROM by_week") == [
        (date(2024, 4, 29), 1, 2, 0),
        (date(2024, 5, 13), 1, 1, 0),
        (date(2024, 5, 20), 1, 1, 4),
    ]


def test_places_types_and_sources_are_counted(two: Two) -> None:
    assert rows(two, "SELECT country, place, events, mentions FROM by_place") == [
        ("KE", "Arden", 1, 2),
        ("KE", "Brook", 1, 1),
        ("KE", "Corrie", 1, 1),
    ]
    assert rows(two, "SELECT type, events, reported, mentions, mentions_reviewed FROM by_type") == [
        ("PROTEST", 3, 3, 4, 0)
    ]
    assert rows(two, "SELECT publisher, reports, events, events_alone FROM by_source ORDER BY 1") == [
        ("Paper 0", 1, 1, 0),
        ("Paper 1", 1, 1, 0),
        ("Paper 2", 1, 1, 1),
        ("Paper 3", 1, 1, 1),
    ]


def test_weeks_places_and_types_are_counted_together(two: Two) -> None:
    told = [("Arden", "PROTEST", 1, 2), ("Brook", "PROTEST", 1, 1), ("Corrie", "PROTEST", 1, 1)]
    assert rows(two, "SELECT place, type, events, mentions FROM weekly_events ORDER BY place") == told
    by_mention = [(date(2024, 4, 29), "Arden", 2), (date(2024, 5, 13), "Brook", 1), (date(2024, 5, 20), "Corrie", 1)]
    assert rows(two, "SELECT week, place, mentions FROM weekly_mentions ORDER BY week") == by_mention
    out = run(two.first.folder, "-q", "weekly_mentions", "-f", "csv").stdout.splitlines()
    assert out[0] == "week,country,admin1,place,type,mentions"
    assert [row.split(",")[0] for row in out[1:]] == [str(week) for week, _, _ in by_mention]


def test_coverage_has_the_reports_beside_the_events(two: Two) -> None:
    with open_release(two.second.folder) as release:
        told = release.sql("SELECT month, reports, publishers, mentions, events_first_told FROM coverage").fetchall()
    assert told == [(date(2024, 5, 1), 4, 4, 4, 2), (date(2024, 6, 1), 2, 1, 2, 1)]


@pytest.mark.parametrize("name", [*TABLES, *views()])
def test_pandas_and_polars_have_what_sql_has(two: Two, name: str) -> None:
    with open_release(two.second.folder) as release:
        told = release.sql(f"SELECT * FROM {name}")
        width, height = len(told.columns), len(told.fetchall())
        assert height > 0
        assert release.pandas(name).shape == (height, width)
        assert release.polars(name).shape == (height, width)


def test_each_sum_of_a_view_is_that_of_the_tables(two: Two) -> None:
    with open_release(two.second.folder) as release:
        for view in ("by_week", "weekly_events", "by_place", "by_type"):
            counted = f"SELECT sum(events), sum(mentions) FROM {view}"
            whole = "SELECT count(*), sum(mentions) FROM events"
            assert release.sql(counted).fetchall() == release.sql(whole).fetchall(), view
        counted = "SELECT sum(reports), sum(mentions) FROM by_source"
        assert release.sql(counted).fetchall() == release.sql("SELECT count(*), sum(mentions) FROM reports").fetchall()


def test_a_database_stands_without_its_release(two: Two, tmp_path: Path) -> None:
    import shutil

    import duckdb

    folder, path = tmp_path / "r", tmp_path / "r.duckdb"
    shutil.copytree(two.second.folder, folder)
    done = run(folder, "--database", path, "-f", "csv")
    assert done.exit_code == 0, done.output
    shutil.rmtree(folder)
    with duckdb.connect(str(path), read_only=True) as db:
        assert db.execute("SELECT sum(events) FROM by_week").fetchall() == [(two.second.rows["events"],)]
    assert [left.name for left in tmp_path.iterdir()] == ["r.duckdb"]
    again = run(two.second.folder, "--database", path)
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_the_tables_are_listed_and_answers_written_in_each_format(two: Two) -> None:
    listed = run(two.first.folder)
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["table", *TABLES, *views()]
    query = "SELECT place, events, CAST(NULL AS INTEGER) AS nothing FROM by_place LIMIT 1"
    assert run(two.first.folder, "-q", query).stdout == "place  events  nothing\nArden       1        -\n"
    assert run(two.first.folder, "-q", query, "-f", "csv").stdout == "place,events,nothing\nArden,1,\n"
    told = json.loads(run(two.first.folder, "-q", query, "-f", "json").stdout)
    assert told == {"place": "Arden", "events": 1, "nothing": None}
    assert run(two.first.folder, "-q", "by_week").stdout.splitlines()[1].split() == ["2024-04-29", "1", "2", "0"]


def test_what_is_wrong_is_told_with_the_mend(two: Two, tmp_path: Path) -> None:
    done = run(two.first.folder, "-q", "SELECT colour FROM events")
    assert done.exit_code == 2
    assert "the tables and views are mentions, events" in done.stderr
    assert "is no release" in run(tmp_path).stderr
    with open_release(two.first.folder) as release, pytest.raises(ReleaseError, match="no table or view"):
        release.pandas("weeks")


def test_a_release_whose_files_are_damaged_is_not_opened_and_leaves_no_database(two: Two, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "r"
    shutil.copytree(two.first.folder, folder)
    (folder / "parquet" / "links.parquet").write_bytes(b"PAR1PAR1")
    for words in ((), ("--database", tmp_path / "r.duckdb")):
        done = run(folder, *words)
        assert done.exit_code == 2
        assert "sha256sum -c SHA256SUMS" in done.stderr
    assert [left.name for left in tmp_path.iterdir()] == ["r"]


def test_the_made_up_release_of_the_benchmark_is_opened_and_each_mention_counted(tmp_path: Path) -> None:
    from benchmarks.analysis_scale import ask, make

    make(tmp_path / "made", 1_500)
    with open_release(tmp_path / "made") as release:
        assert release.sql("SELECT sum(mentions) FROM weekly_mentions").fetchall() == [(1_500,)]
        assert release.sql("SELECT count(*) FROM links JOIN mentions USING (mention)").fetchall() == [(1_500,)]
    assert ask(tmp_path / "made", "by_source")["rows"] > 100
