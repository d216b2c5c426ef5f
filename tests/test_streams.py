"""Where results and talk go: closed and full streams, devices, outputs that are read, and very many refusals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import dateline
from dateline.cli.app import app
from dateline.cli.console import Refusals, destination, keep_apart
from dateline.errors import OptionError
from dateline.intake import Failure, Limits, read_html
from dateline.store import Project

STORY = "Police arrested a man in Lyon."
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    Project.create(tmp_path / "p").close()
    return tmp_path / "p"


def run(*words: object, code: int) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line as a shell runs it; ``dateline`` is this one."""
    quoted = f'dateline() {{ "{sys.executable}" -m dateline "$@"; }}; {command}'
    here = os.environ | {"PYTHONPATH": str(Path(dateline.__file__).parents[1])}
    return subprocess.run(["sh", "-c", quoted], cwd=folder, env=here, capture_output=True, text=True, check=False)


# Streams


@ON_POSIX
@pytest.mark.parametrize("command", ["schema", "status -p p", "digest --since 2024-01-01 -p p", "--help"])
@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_an_output_that_takes_no_more_is_told_in_one_line(project: Path, command: str) -> None:
    done = in_shell(f"dateline {command} > /dev/full", project.parent)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("dateline: the output cannot be written (No space left on device); ")


@ON_POSIX
def test_closed_streams_are_told_or_done_without(project: Path) -> None:
    (project.parent / "a.txt").write_text(STORY, encoding="utf-8")
    done = in_shell("dateline add - -p p <&-", project.parent)
    assert (done.returncode, "standard input: it is closed; " in done.stderr) == (1, True)
    done = in_shell("dateline digest --since 2024-01-01 -p p >&-", project.parent)
    assert done.returncode == 2
    assert done.stderr.startswith("dateline: the standard output is closed; ")
    # What is talked goes nowhere, and above all into no file that was opened in the place of standard error.
    done = in_shell("dateline add a.txt no.txt -p p 2>&-; echo $?; dateline status -p p <&- | head -2", project.parent)
    assert done.stdout.splitlines()[0] == "1"
    assert done.stdout.splitlines()[2].split() == ["reports", "1"]
    assert in_shell("dateline verify -p p", project.parent).returncode == 0


@ON_POSIX
def test_a_reader_that_has_seen_enough_is_no_fault(project: Path) -> None:
    done = in_shell("(dateline schema; echo $? >&2) | true", project.parent)
    assert done.stderr.strip() in {"141", "0"}


@pytest.mark.parametrize("number", ["inf", "-inf", "nan", "1e300"])
@pytest.mark.parametrize("name", ["seconds", "memory", "bytes"])
def test_a_limit_that_is_no_number_to_count_to_is_told(tmp_path: Path, name: str, number: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{STORY}</p>", encoding="utf-8")
    line = run("code", path, "--limit", f"{name}={number}", code=2).stderr.strip()
    assert f"'{name}={number}' is no limit; write {name}= and a number above 0" in line


def test_the_highest_limits_hold_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    highest = Limits().lifted(f"{name}={2**53}" for name in ("bytes", "characters", "nodes", "seconds", "memory"))
    page = f"<html><body><article><p>{STORY} It was {STORY.lower()}</p><p>{STORY * 9}</p></article></body></html>"
    assert STORY in read_html(page.encode(), limits=highest).text
    assert raised == []


# Outputs


@ON_POSIX
def test_a_device_or_a_pipe_is_written_to_and_stays_what_it_is(project: Path) -> None:
    folder = project.parent
    os.mkfifo(folder / "pipe")
    done = in_shell("cat pipe & dateline digest --since 2024-01-01 -p p -o pipe; wait", folder)
    assert done.stdout.startswith("Reported since 2024-01-01: 0 events")
    assert (folder / "pipe").is_fifo()
    assert in_shell("dateline digest --since 2024-01-01 -p p -o /dev/null", folder).returncode == 0
    assert Path("/dev/null").is_char_device()


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "out.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("there/out.txt")
    with destination(tmp_path / "link.txt") as out:
        out.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["out.txt"]
    assert (tmp_path / "there" / "out.txt").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize(
    "words",
    [
        "code {0}/a.txt -o {0}/a.txt",
        "code {0}/b.txt {0}/a.txt -o {0}/pages/../a.txt",
        "code {0}/a.txt -o {0}/link.txt -f csv",
        "code {0}/pages -o {0}/pages/deep/c.html",
        "code {0}/a.txt --codebook {0}/book.yaml -o {0}/book.yaml -f csv",
        "code {0}/a.txt --authority {0}/actors.csv -o {0}/actors.csv",
        "code {0}/a.txt --gazetteer {0}/actors.csv -o {0}/actors.csv",
        "explain {0}/a.txt --lexicon {0}/book.yaml -o {0}/book.yaml",
        "evaluate {0}/actors.csv -o {0}/actors.csv -f json",
        "evaluate {0}/b.txt --reports {0}/a.txt -o {0}/a.txt",
        "show -p {0}/p -f json -o {0}/p/dateline.sqlite",
        "digest --since 2024-01-01 -p {0}/p -o {0}/p/dateline.toml",
        "export -p {0}/p -f csv -o {0}/p/dateline.sqlite",
        "export -p {0}/p -o {0}/p/publishers.csv",
        "gazetteer build --geonames {0}/a.txt -o {0}/a.txt",
    ],
)
def test_no_output_takes_the_place_of_what_is_read(project: Path, words: str) -> None:
    folder = project.parent
    (folder / "pages" / "deep").mkdir(parents=True)
    names = ("a.txt", "b.txt", "book.yaml", "actors.csv", "pages/deep/c.html")
    for name in names:
        (folder / name).write_text(STORY, encoding="utf-8")
    (folder / "link.txt").symlink_to("a.txt")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    line = run(*words.format(folder).split(), code=2).stderr.strip()
    assert "is read and would be written over; write to another file" in line
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@ON_POSIX
def test_nor_that_of_the_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    done = in_shell("dateline code - < a.txt -o a.txt", tmp_path)
    assert (done.returncode, "a.txt is read and would be written over" in done.stderr) == (2, True)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == STORY


def test_an_output_beside_what_is_read_is_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "out.csv").write_text("old", encoding="utf-8")
    (tmp_path / "new").mkdir()
    for read in ([tmp_path / "a.txt"], [tmp_path / "new"], [tmp_path / "no.txt"]):
        keep_apart(tmp_path / "out.csv", read)
    keep_apart(tmp_path / "new.csv", [tmp_path])
    for taken in ("a.txt", "out.csv"):
        with pytest.raises(OptionError, match=f"{taken} is read"):
            keep_apart(tmp_path / taken, [tmp_path])


# Refusals


def test_of_very_many_bad_lines_the_first_are_told_and_then_their_number(project: Path) -> None:
    bad = project.parent / "bad.jsonl"
    bad.write_text("x\n" * 70 + '{"id": "a", "text": "Two were hurt."}\n' + "y\n" * 9, encoding="utf-8")
    other = project.parent / "other.jsonl"
    other.write_text("z\n", encoding="utf-8")
    lines = run("add", bad, other, "-p", project, code=1).stderr.splitlines()
    assert len(lines) == Refusals.MOST + 4
    assert lines[Refusals.MOST - 1].startswith(f"dateline: {bad}:{Refusals.MOST}: not JSON")
    assert lines[Refusals.MOST :] == [
        f"dateline: {bad}: and {79 - Refusals.MOST} more, the last in line 80",
        f"dateline: {other}:1: not JSON at column 1 (Expecting value); "
        'write one record a line: {"id": "1", "text": "...", "published": "2020-01-19"}',
        "Added 1 report.",
        "80 could not be read.",
    ]


def test_refusals_of_each_file_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    refusals = Refusals()
    for path in ("a\x1b.json", "b.json"):
        for n in range(Refusals.MOST + 3):
            refusals.add(Failure(path, None, f"fault {n}", "mend it"))
    refusals.add(Failure("c.json", None, "fault", "mend it"))
    refusals.finish()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 * (Refusals.MOST + 1) + 1 == len(set(lines))
    assert lines[Refusals.MOST] == "dateline: a\ufffd.json: and 3 more"
    assert refusals.number == 2 * (Refusals.MOST + 3) + 1
