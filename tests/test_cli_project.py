"""The verbs of a project from the command line, with the real coder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dateline.cli.app import app

pytestmark = pytest.mark.model

REPORTS = [
    {
        "id": "wire",
        "publisher": "Harbour Wire",
        "published": "2024-03-05",
        "text": "VALPARAISO, Chile - Police fired tear gas at striking dockers in Valparaiso on Monday. Two dockers "
        "were killed, the hospital said.",
    },
    {
        "id": "union",
        "publisher": "The <b>Anchor</b>",
        "published": "2024-03-06",
        "text": "VALPARAISO, Chile - Police fired tear gas at dockers in Valparaiso on Monday. Five dockers were "
        "killed, the dockers' union said.",
    },
    {
        "id": "cape",
        "publisher": "Cape Paper",
        "published": "2024-03-06",
        "text": "CAPE TOWN, South Africa - Nurses went on strike in Cape Town on Tuesday.",
    },
]


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    path = folder / "reports.json"
    path.write_text(json.dumps(REPORTS), encoding="utf-8")
    made = folder / "port"
    run("init", made)
    run("add", path, "-p", made)
    run("code", "-p", made)
    run("link", "-p", made)
    return made


def shown(project: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("show", "-p", project, "-f", "json").stdout.splitlines()]


def test_two_reports_are_one_event_with_both_tolls(project: Path) -> None:
    [event] = [event for event in shown(project) if len(event["accounts"]) == 2]  # type: ignore[arg-type]
    values = {value["field"]: value["value"] for value in event["event"]["values"]}  # type: ignore[index]
    assert values["type"] == "ASSAULT" and values["killed"][0] == 2 and values["killed"][2] == 5
    assert event["event"]["sources"] == 2  # type: ignore[index]
    text = run("show", event["event"]["id"], "-p", project).stdout  # type: ignore[index]
    assert "Harbour Wire" in text and "dockers' union" in text and "Only one source says" in text


def test_the_page_of_an_event_escapes_what_reports_say(project: Path, tmp_path: Path) -> None:
    [event] = [event for event in shown(project) if len(event["accounts"]) == 2]  # type: ignore[arg-type]
    page = tmp_path / "event.html"
    run("show", event["event"]["id"], "-p", project, "-o", page)  # type: ignore[index]
    html = page.read_text(encoding="utf-8")
    assert "The &lt;b&gt;Anchor&lt;/b&gt;" in html and "<b>" not in html
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'; base-uri", html)


def test_the_page_of_all_events_has_each_with_its_sources(project: Path, tmp_path: Path) -> None:
    page = tmp_path / "events.html"
    run("show", "-p", project, "-o", page)
    html = page.read_text(encoding="utf-8")
    events = shown(project)
    assert f"<h1>{len(events)} events from" in html
    assert all(f"event <bdi>{event['event']['id']}</bdi>" in html for event in events)  # type: ignore[index]
    assert "The &lt;b&gt;Anchor&lt;/b&gt;" in html and "<b>" not in html


def test_the_digest_says_who_says_so_and_nothing_unlinked(project: Path) -> None:
    digest = run("digest", "--since", "2024-03-05", "-p", project).stdout
    assert "South Africa" in digest and "according to Cape Paper" in digest
    assert "confirmed" not in digest and "withheld" not in digest
    assert "withheld" in run("digest", "--since", "2024-03-05", "-p", project, "--quotes", "withhold").stdout
    assert "0 events" in run("digest", "--since", "2024-04-01", "-p", project).stdout


def test_an_event_may_be_named_by_how_it_alone_begins(project: Path) -> None:
    ids = [event["event"]["id"] for event in shown(project)]  # type: ignore[index]
    assert len(ids) > 1
    short = next(ids[0][:n] for n in range(1, 14) if sum(id.startswith(ids[0][:n]) for id in ids) == 1)
    assert run("show", short, "-p", project).stdout == run("show", ids[0], "-p", project).stdout
    assert "several events begin" in run("show", "e", "-p", project, code=2).output
    assert "no event 'e%'" in run("show", "e%", "-p", project, code=2).output


def test_no_event_to_show_writes_nothing_over_a_file(project: Path, tmp_path: Path) -> None:
    kept = tmp_path / "events.json"
    kept.write_text("good", encoding="utf-8")
    assert "as it was" in run("show", "--since", "2030-01-01", "-p", project, "-o", kept, code=2).output
    assert kept.read_text(encoding="utf-8") == "good"
    run("show", "-p", project, "-o", tmp_path / "events.jsonl")
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"]["id"] for line in lines] == [
        event["event"]["id"]  # type: ignore[index]
        for event in shown(project)
    ]


def test_a_decision_from_the_command_line(project: Path) -> None:
    first, second = (event["event"]["id"] for event in shown(project)[:2])  # type: ignore[index]
    run("decide", first, second, "same", "--who", "A. Editor", "-p", project)
    assert json.loads(run("status", "--json", "-p", project).stdout)["decisions"] >= 1
    assert "gave way to" in run("show", second, "-p", project).output + run("show", first, "-p", project).output


def test_mistakes_are_told_in_one_line(project: Path, tmp_path: Path) -> None:
    assert "holds no project" in run("link", "-p", tmp_path, code=2).output
    assert "a project already" in run("init", project, code=2).output
    assert "no event 'e0'" in run("show", "e0", "-p", project, code=2).output
    assert "2024-13-40" in run("digest", "--since", "2024-13-40", "-p", project, code=2).output
    assert run("verify", "-p", project).output.startswith("1 pieces of evidence and all rows")
