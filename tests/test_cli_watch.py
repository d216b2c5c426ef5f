"""The verbs of sources, as they are typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import Result
from tests.feed_cases import OPML, RSS
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.store import Project
from dateline.store.watching.lock import alone


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def project(tmp_path: Path, either: str) -> Path:
    run("init", tmp_path / "port")
    return tmp_path / "port"


def listed(project: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("sources", "-p", project, "--json").stdout)
    return found


def test_a_file_of_feeds_is_put_in_while_another_process_polls(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.opml"
    path.write_text(OPML, encoding="utf-8")
    with Project.open(project) as store, alone(store):
        told = run("watch", path, "-p", project, "--since", "2024-02-01").stderr
    assert "Watching 2 new sources from 2024-02-01 on." in told and "it polls what you add" in told
    assert [(one["url"], one["title"], one["since"]) for one in listed(project)] == [
        ("https://post.example/rss", "Zürich Post", "2024-02-01"),
        ("https://coast.example/atom", "Coast", "2024-02-01"),
    ]
    with Project.open(project) as store, alone(store):
        assert "0 new sources" in run("watch", path, "-p", project, "--since", "2023-01-01").stderr
        run("watch", "--once", "-p", project, code=2)
    assert {one["since"] for one in listed(project)} == {"2023-01-01"}


def test_a_source_is_paused_resumed_and_taken_out(project: Path) -> None:
    with Project.open(project) as store, alone(store):
        run("watch", "https://post.example/rss", "https://coast.example/atom", "-p", project)
    run("sources", "-p", project, "--pause", "https://post")
    assert [one["state"] for one in listed(project)] == ["paused", "on"]
    assert "not polled yet, paused; 0 reports" in run("sources", "-p", project).stdout
    run("sources", "-p", project, "--resume", "https://post.example/rss")
    run("sources", "-p", project, "--remove", "https://coast")
    assert [(one["url"], one["state"]) for one in listed(project)] == [("https://post.example/rss", "on")]
    assert "no source of this project" in run("sources", "-p", project, "--pause", "https://x", code=2).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "this project watches nothing"),
        (("--since", "2024-02-01"), "name the sources"),
        (("post.example/rss",), "write the address whole"),
        (("https://post.example/rss", "--since", "2024"), "is no day"),
        (("ftp://post.example/rss",), "is not fetched"),
        (("feed.rss",), "which does not change"),
    ],
)
def test_what_cannot_be_watched_is_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "feed.rss").write_text(RSS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert told in run("watch", *words, "--once", "-p", project, code=2).stderr
    assert listed(project) == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="without systemd")
def test_the_units_of_the_guide_are_sound(tmp_path: Path) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "watch.md").read_text(encoding="utf-8")
    units = re.findall(r"<!-- file: (\S+) -->\n```ini\n(.*?)```", guide, re.S)
    for name, body in units:
        (tmp_path / name).write_text(body, encoding="utf-8")
    assert [name for name, _ in units] == ["dateline-watch.service", "dateline-watch.timer"]
    paths = [str(tmp_path / name) for name, _ in units]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
