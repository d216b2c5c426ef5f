"""The R example on a release: its counts are those of DuckDB, and it draws a plot. Skipped where R is not installed."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from dateline.analysis import open_release
from release_cases import Two, two_releases

SCRIPT = Path(__file__).resolve().parent.parent / "docs" / "notebooks" / "release.R"

pytestmark = pytest.mark.skipif(which("Rscript") is None, reason="R is not installed")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with two_releases(tmp_path_factory.mktemp("r") / "p") as made:
        yield made


def run(*words: Path) -> subprocess.CompletedProcess[str]:
    command = ["Rscript", "--vanilla", str(SCRIPT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_weeks_and_types_are_those_of_the_views(two: Two, tmp_path: Path) -> None:
    plot = tmp_path / "plot.pdf"
    done = run(two.second.folder, plot)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(done.stdout.splitlines()))
    with open_release(two.second.folder) as release:
        counted = "SELECT week, type, CAST(sum(events) AS INT) FROM weekly_events WHERE week IS NOT NULL GROUP BY ALL"
        told = sorted((str(week), type, events) for week, type, events in release.sql(counted).fetchall())
        published = dict(release.sql("SELECT CAST(week AS VARCHAR), reports_published FROM by_week").fetchall())
    assert told
    assert [(r["week"], r["type"], int(r["events"])) for r in rows if r["events"] != "0"] == told
    assert all(int(row["reports_published"]) == published.get(row["week"], 0) for row in rows)
    assert plot.read_bytes().startswith(b"%PDF")


def test_what_is_no_release_is_told(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert "name the folder of a release" in done.stderr
