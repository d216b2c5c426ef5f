"""What who keeps a workspace running asks of it, and what the deployment files say, against what there is."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.guard_cases import PASSWORD, Shop, shop
from typer.testing import CliRunner

from dateline.cli.app import app as verbs
from dateline.cli.telling.talk import _REQUESTS, LogForm, say, talk_in, tell
from dateline.review.guard.gate import accesses
from dateline.store.review import tokens

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def at(tmp_path: Path, either: str) -> Iterator[Shop]:
    with shop(tmp_path) as opened:
        yield opened


def here(at: Shop, **headers: str) -> TestClient:
    """Somebody on the machine itself."""
    return TestClient(at.app, base_url="http://127.0.0.1", client=("127.0.0.1", 5), headers=headers)


def figures(text: str) -> dict[str, float]:
    return {
        name: float(number)
        for name, number in (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    }


def test_health_is_told_to_anybody_and_says_no_more(at: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = at.browser().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    at.project.close()
    with at.project.database.writing() as db:
        db.exec_driver_sql("DROP TABLE identity")
    answer = at.browser().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})


def test_metrics_are_counts_without_names(at: Shop) -> None:
    coder = at.add("zquist", "admin")
    assert coder.get("/reports/r0").status_code == 200
    assert at.browser().get("/nowhere").status_code in {303, 404}
    answer = here(at).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    told = figures(answer.text)
    assert told["dateline_reports"] == 4 and told["dateline_codings"] == 4
    assert told["dateline_events"] == len(list(at.project.comparisons()))
    assert told['dateline_requests_total{method="GET",status="2xx"}'] >= 1
    buckets = [number for name, number in told.items() if "_bucket" in name]
    assert buckets == sorted(buckets) and buckets[-1] == told["dateline_request_seconds_count"] >= 2
    assert "zquist" not in answer.text.lower() and "r0" not in answer.text
    described = set(re.findall(r"^# TYPE (\w+)", answer.text, re.M))
    assert {re.sub(r"_(bucket|sum|count)$", "", name.partition("{")[0]) for name in told} == described


def test_metrics_are_for_the_machine_itself_or_a_token(at: Shop) -> None:
    at.add("ada", "admin")
    assert at.browser().get("/metrics").status_code == 303
    assert here(at, **{"X-Forwarded-For": "203.0.113.9"}).get("/metrics", follow_redirects=False).status_code == 303
    with at.project.database.writing() as db:
        secret = tokens.make(db, "ada", "metrics", "read", at.project.now(), None)
    assert at.browser(Authorization=f"Bearer {secret}").get("/metrics").status_code == 200
    assert at.browser(Authorization="Bearer no").get("/metrics").status_code == 303


def test_the_log_is_an_object_a_line_without_secrets(at: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    at.add("ada", "admin")
    capsys.readouterr()
    talk_in(LogForm.json)
    try:
        at.log_in("ada", PASSWORD)
        at.browser().get("/reports/r0?key=s3cret&words=dockers")
        tell("https://ada:s3cret@news.example/rss?key=s3cret cannot be\nread")
        say("Polled 1 source")
    finally:
        talk_in(LogForm.text)
    err = capsys.readouterr().err
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["message"] for line in lines][-2:] == [
        "https://news.example/rss?key= cannot be\nread",
        "Polled 1 source",
    ]
    assert {"time", "level", "message"} <= set.intersection(*(set(line) for line in lines))
    assert [line["path"] for line in lines if line["message"] == "request"] == ["/login", "/reports/r0"]
    assert "s3cret" not in err and PASSWORD not in err and "dockers" not in err.lower()
    assert _REQUESTS not in accesses.handlers
    tell("plain")
    assert capsys.readouterr().err == "dateline: plain\n"


def test_a_verb_that_fails_says_so_in_json_and_the_next_in_words(tmp_path: Path) -> None:
    done = CliRunner().invoke(verbs, ["watch", "--once", "--log", "json", "-p", str(tmp_path)])
    assert done.exit_code == 2
    assert "holds no project" in json.loads(done.stderr)["message"]
    assert CliRunner().invoke(verbs, ["status", "-p", str(tmp_path)]).stderr.startswith("dateline: ")


# What is deployed


def commands(text: str) -> list[list[str]]:
    """The commands of dateline in a file: after ``ENTRYPOINT``, ``CMD``, ``ExecStart=`` and the like."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        told = re.match(r"(?:ENTRYPOINT|CMD|HEALTHCHECK.* CMD) (\[.*\])|Exec\w+=(.*)", line.strip())
        if told:
            words = json.loads(told[1]) if told[1] else shlex.split(told[2])
            found.append(
                shlex.split(words[-1].replace("$(date -u +%%F)", "DAY"))[1:] if words[0] == "/bin/sh" else words
            )
    return found


DEPLOYED = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda path: path.name)
def test_what_is_deployed_calls_verbs_and_options_that_there_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    called = [words for words in commands(text) if Path(words[0]).name == "dateline" or words[0] in _verbs()]
    assert called or path.suffix == ".timer", path
    for words in called:
        verb, *rest = words if words[0] in _verbs() else words[1:] or ["--help"]
        help = CliRunner().invoke(verbs, [verb, "--help"], env={"COLUMNS": "200"})
        assert help.exit_code == 0, verb
        for option in (word for word in rest if word.startswith("-")):
            assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", help.stdout), f"{verb} {option}"


def _verbs() -> set[str]:
    from dateline.cli.app import SUMMARIES

    return {verb.__name__ for verb in SUMMARIES}


def test_the_container_copies_what_there_is() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    instructions = re.findall(r"^([A-Z]+) ", text, re.M)
    assert instructions[0] == "FROM" and instructions[-1] == "CMD"
    assert set(instructions) <= {
        "FROM",
        "RUN",
        "COPY",
        "USER",
        "WORKDIR",
        "VOLUME",
        "EXPOSE",
        "ENV",
        "ENTRYPOINT",
        "CMD",
        "HEALTHCHECK",
        "LABEL",
    }
    assert "USER" in instructions[: instructions.index("ENTRYPOINT")], "it does not run as root"
    for sources in re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", text, re.M):
        for source in sources.split():
            assert (ROOT / source).exists(), source


@pytest.mark.parametrize(
    "path", [p for p in DEPLOYED if p.suffix in {".service", ".timer"}], ids=lambda path: path.name
)
def test_the_units_are_sound(path: Path, tmp_path: Path) -> None:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    assert "Unit" in parser and {"Service", "Timer"} & set(parser.sections())
    if not shutil.which("systemd-analyze"):
        return
    text = re.sub(r"^(Exec\w+=)\S+", r"\1/bin/true", path.read_text(encoding="utf-8"), flags=re.M)
    (tmp_path / path.name).write_text(re.sub(r"^User=.*$", "User=root", text, flags=re.M), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / path.name)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
