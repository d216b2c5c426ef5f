"""``dateline review`` and ``dateline people`` as one types them."""

from __future__ import annotations

import builtins
import http.client
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dateline.cli.app import app
from quick_coder import DATELINE
from store_cases import MARCHES, project_with


@pytest.fixture
def folder(tmp_path: Path, either: str) -> Path:
    with project_with(tmp_path / "p", *MARCHES) as project:
        return project.folder


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@contextmanager
def running(*words: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The workspace in a process of its own, and the address that it printed."""
    command = [*DATELINE, "review", "--no-browser", *map(str, words)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, line + process.stderr.read()
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


def ask(address: str, path: str = "", **headers: str) -> http.client.HTTPResponse:
    host, _, rest = address.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path or f"/{rest}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_the_address_that_it_prints_opens_the_workspace_and_ctrl_c_ends_it(folder: Path, tmp_path: Path) -> None:
    told = tmp_path / "access.jsonl"
    with running("-p", folder, "--port", 0, "--access-log", told, "--who", "Ada") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        answer = ask(address)
        assert (answer.status, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].partition(";")[0]
        assert ask(address, "/settings").status == 303
        assert ask(address, "/settings", Cookie=cookie).status == 200
        assert ask(address, "/settings", Cookie=cookie, Host="evil.example").status == 421
        assert "server" not in answer.headers
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "the workspace is closed" in err
        assert "Traceback" not in err
    text = told.read_text()
    assert text.count("\n") == 4
    assert "key" not in text
    assert told.stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_told_with_the_mend(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run("review", "-p", folder, "--port", port, "--no-browser", code=2).stderr
    assert said == (
        f"dateline: 127.0.0.1:{port} cannot be listened on (Address already in use); end what listens there, or take "
        "another port: --port 0 takes any that is free\n"
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_another_address_than_the_machines_own_needs_accounts(folder: Path, host: str) -> None:
    said = run("review", "-p", folder, "--host", host, "--who", "Ada", "--no-browser", code=2).stderr
    assert "has no accounts" in said
    assert f"dateline people add ada --role admin -p {folder}" in said


def test_behind_a_proxy_there_are_accounts_and_a_name(folder: Path) -> None:
    behind = ("review", "-p", folder, "--proxy", "127.0.0.1", "--no-browser")
    assert "has no accounts" in run(*behind, "--name", "archive.example", code=2).stderr
    run("people", "add", "ada", "--role", "admin", "-p", folder)
    assert "--name archive.example" in run(*behind, code=2).stderr


def test_with_accounts_people_log_in_and_other_addresses_are_listened_on(folder: Path) -> None:
    run("people", "add", "ada", "--role", "admin", "-p", folder)
    with running("-p", folder, "--port", 0, "--host", "0.0.0.0", "--name", "archive.example") as (_, address):
        assert "key" not in address
        assert ask(address, "/settings").headers["location"] == "/login?next=%2Fsettings"
        assert ask(address, "/login", Host="archive.example").status == 200
        assert ask(address, "/login", Host="evil.example").status == 421
        # Whoever asks does not choose the address under which log-ins are counted.
        assert ask(address, "/login", **{"X-Forwarded-Host": "evil.example"}).status == 200


def test_what_is_not_installed_is_named_with_the_mend(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "fastapi":
            raise ImportError("no", name="fastapi")
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    said = run("review", "-p", folder, "--no-browser", code=2).stderr
    assert said == "dateline: the workspace needs fastapi, which is not installed; write: pip install 'dateline[web]'\n"


def test_people_are_added_listed_given_roles_reset_and_closed(folder: Path) -> None:
    added = run("people", "add", "Ada", "--role", "admin", "--shown", "Ada Lovelace", "-p", folder)
    assert re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}\n", added.stdout)
    assert added.stdout.strip() not in added.stderr
    run("people", "add", "bo", "-p", folder)
    run("people", "role", "bo", "adjudicator", "-p", folder)
    assert run("people", "reset", "bo", "-p", folder).stdout != added.stdout
    run("people", "close", "bo", "-p", folder)
    assert run("people", "list", "-p", folder).stdout.splitlines() == [
        "ada                   admin        Ada Lovelace  (not set up)",
        "bo                    adjudicator  bo  (closed)",
    ]
    for words, why in (
        (("role", "ada", "coder"), "last admin"),
        (("close", "eve"), "no account 'eve'"),
        (("add", "bo"), "already"),
        (("reset", "bo"), "was closed"),
    ):
        assert why in run("people", *words, "-p", folder, code=2).stderr
