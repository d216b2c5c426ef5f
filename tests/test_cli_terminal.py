"""At the terminal: what is piped, what is shown meanwhile, what an interrupt says, how soon the program answers."""

from __future__ import annotations

import io
import json
import logging
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress
from tests import quick_coder
from tests.export_cases import water_coding
from tests.plugin_cases import Site
from tests.quick_coder import DATELINE, environment, run, start
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.cli.counting.progress import _Fetching, _Log
from dateline.export.formats.table import write
from dateline.intake.folders.listing import expected

TEXT = "Nurses marched through Lima on Monday, the union said."
CODE = ("code", "--coder", "quick", "-f", "jsonl")


@pytest.fixture(autouse=True)
def _coder(site: Site) -> None:
    quick_coder.install(site)


def records(number: int) -> str:
    return "".join(json.dumps({"id": f"r{n}", "text": TEXT}) + "\n" for n in range(number))


def test_what_is_piped_in_is_read_without_a_dash(site: Site, tmp_path: Path) -> None:
    status, out, err = run(site, *CODE, cwd=tmp_path, given=records(3).encode())
    assert (status, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["r0", "r1", "r2"]
    status, out, _ = run(site, "explain", "--coder", "quick", cwd=tmp_path, given=TEXT.encode())
    assert status == 0 and "no title" in out


def test_what_is_piped_into_the_folder_of_a_project_is_not_passed_over(site: Site, tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path / "port")])
    status, _, err = run(site, "code", cwd=tmp_path / "port", given=TEXT.encode())
    assert status == 2
    assert "dateline code -;" in err and "dateline code -p ." in err
    status, out, _ = run(site, *CODE, "-", cwd=tmp_path / "port", given=TEXT.encode())
    assert status == 0 and json.loads(out)["text"] == TEXT


def test_without_anything_to_read_a_verb_says_what_to_give() -> None:
    with Path(os.devnull).open("rb") as nothing:
        done = subprocess.run([*DATELINE, "explain"], stdin=nothing, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nothing to read; give a file or a folder" in done.stderr


def test_the_first_record_of_a_pipe_comes_as_soon_as_it_is_coded(site: Site, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(records(40), encoding="utf-8")
    with start(site, *CODE, "r.jsonl", cwd=tmp_path, QUICK_SECONDS="0.5") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["id"] == "r0"
        assert process.poll() is None
        process.kill()


def test_a_reader_that_has_seen_enough_is_no_error(site: Site, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(records(200), encoding="utf-8")
    with start(site, *CODE, "r.jsonl", cwd=tmp_path, QUICK_SECONDS="0.01") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr.read() == b""


def test_an_interrupt_of_a_project_says_what_is_kept_and_how_to_go_on(site: Site, tmp_path: Path) -> None:
    # Reports are kept 32 at a time: behind them are so many more that a late interrupt still finds it at work.
    (tmp_path / "r.jsonl").write_text(records(100), encoding="utf-8")
    run(site, "init", "port", cwd=tmp_path)
    run(site, "add", "r.jsonl", "-p", "port", cwd=tmp_path)
    (tmp_path / "port" / "dateline.toml").write_text('coder = "quick"\n', encoding="utf-8")
    with start(site, "code", "-p", "port", cwd=tmp_path, QUICK_SECONDS="0.05") as process:
        while kept(tmp_path / "port") < 32:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().splitlines() == [
        "dateline: interrupted: 32 of 100 reports are coded and kept; to go on: dateline code -p port"
    ]
    assert "Coded 68 reports" in run(site, "code", "-p", "port", cwd=tmp_path)[2]


def kept(project: Path) -> int:
    with closing(sqlite3.connect(f"file:{project}/dateline.sqlite?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM codings").fetchone()[0])


def test_an_interrupt_of_a_file_says_where_its_beginning_is(site: Site, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(records(400), encoding="utf-8")
    (tmp_path / "out.jsonl").write_text("good", encoding="utf-8")
    beside = tmp_path / "out.jsonl.partial"
    with start(site, *CODE, "r.jsonl", "-o", "out.jsonl", cwd=tmp_path, QUICK_SECONDS="0.05") as process:
        while not (beside.exists() and beside.read_text(encoding="utf-8").count("\n") > 1):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "what was done so far is in out.jsonl.partial; out.jsonl is as it was" in err.decode()
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "good"
    assert beside.read_text(encoding="utf-8").endswith("}\n")


def test_progress_knows_the_total_and_goes_on_a_report_at_a_time(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for n in range(9):
        (tmp_path / "pages" / f"{n}.txt").write_text(TEXT, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [*DATELINE, *CODE, "pages", "-o", "out.jsonl", "--jobs", "1"]
    variables = environment(site, QUICK_SECONDS="0.3", TERM="xterm", COLUMNS="80")
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, env=variables) as process:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:
            pass  # the other end is closed
    os.close(ours)
    assert process.returncode == 0, seen
    shown = set(re.findall(r"(\d)/9", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())))
    assert len(shown - {"0"}) >= 6


def test_how_many_reports_are_expected_shows_where_it_can(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    for name in ("a.html", "b.txt", "sub/c.txt"):
        (pages / name).parent.mkdir(exist_ok=True, parents=True)
        (pages / name).write_text(TEXT, encoding="utf-8")
    assert expected(pages) == 3
    (pages / "d.jsonl").write_text(records(5) + "\n", encoding="utf-8")
    assert (expected(pages), expected(pages / "d.jsonl"), expected("-")) == (8, 5, None)
    (pages / "e.csv").write_text("id,text\n", encoding="utf-8")
    assert expected(pages) is None


class Window(io.StringIO):
    """A terminal, as far as a writer can see."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [60, 80, 109])
def test_values_stand_one_under_the_other_in_a_narrow_window(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    window = Window()
    write([water_coding()], window)
    lines = window.getvalue().splitlines()
    first = next(n for n, line in enumerate(lines) if re.match(r" *1 +What", line))
    below = lines[first : next(n for n, line in enumerate(lines) if "│" in line)]
    headings = [
        found[1] for line in below if (found := re.match(r" *\d* +(What|Who|To whom|Where|When|Acc\w+ to) ", line))
    ]
    events = len(water_coding().events)
    assert headings == ["What", "Who", "To whom", "Where", "When", "According to"] * events
    assert all(len(line.rstrip()) <= width for line in below)


def test_a_wide_window_has_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    window = Window()
    write([water_coding()], window)
    assert "─────" in window.getvalue()


def groups() -> list[list[str]]:
    return [[], ["codebook"], ["lexicon"], ["gazetteer"], ["authority"]]


@pytest.mark.parametrize("words", groups(), ids=lambda words: " ".join(words) or "dateline")
def test_summaries_of_commands_are_whole_in_80_columns(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    commands = CliRunner().invoke(app, [*words, "--help"]).stdout.partition("Commands:\n")[2]
    assert commands
    assert [line for line in commands.splitlines() if line.rstrip().endswith("...") or len(line) > 80] == []


def complete(shell: str, typed: str) -> str:
    words = typed.split(" ")
    variables = {
        "_DATELINE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return subprocess.run(DATELINE, capture_output=True, text=True, env=os.environ | variables, check=False).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(shell: str) -> None:
    found = complete(shell, "dateline co")
    assert "code" in found and "codebook" in found and "explain" not in found
    assert "--published" in complete(shell, "dateline code --pub")
    script = subprocess.run(
        DATELINE, capture_output=True, text=True, env=os.environ | {"_DATELINE_COMPLETE": f"source_{shell}"}, check=True
    ).stdout
    assert "_DATELINE_COMPLETE" in script and "dateline" in script


def test_the_short_option_for_the_version() -> None:
    assert CliRunner().invoke(app, ["-V"]).stdout == CliRunner().invoke(app, ["--version"]).stdout != ""


@pytest.mark.parametrize(
    ("words", "status", "not_loaded"),
    [
        (("code", "nowhere.txt"), 2, ("alembic", "numpy", "spacy", "sqlalchemy", "onnxruntime")),
        (("code", "--help"), 0, ("alembic", "numpy", "spacy", "lxml", "sqlalchemy", "rich", "trafilatura")),
        (
            ("status", "-p", "port"),
            0,
            ("alembic", "numpy", "spacy", "lxml", "rich", "trafilatura", "onnxruntime", "dateline.link.events.compare"),
        ),
        (("show", "-p", "port"), 0, ("alembic", "numpy", "spacy", "lxml", "trafilatura", "onnxruntime")),
        (
            ("digest", "-p", "port", "--since", "2024-05-01"),
            0,
            ("alembic", "numpy", "spacy", "lxml", "trafilatura", "onnxruntime"),
        ),
    ],
)
def test_verbs_that_read_nothing_load_nothing_that_does(
    words: tuple[str, ...], status: int, not_loaded: tuple[str, ...], tmp_path: Path, site: Site
) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path / "port")])
    script = (
        f"import sys; sys.argv = ['dateline', *{words!r}]\nfrom dateline.cli.app import main\n"
        f"try:\n    main()\nfinally:\n    print([m for m in {not_loaded!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, env=environment(site), check=False
    )
    assert done.returncode == status
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_log_is_told_now_and_then_how_many_are_done_how_fast_and_what_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = [0.0]
    log = _Log("Coding reports", 500, lambda: at[0])
    for _ in log.count(range(200)):
        at[0] += 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 6
    assert lines[0] == "dateline: Coding reports: 31 of 500, 30.0/min, left: 0:15:38"
    unknown = _Log("Coding reports", None, lambda: at[0])
    for _ in unknown.count(range(1_000)):
        at[0] += 0.25
    assert capsys.readouterr().err.splitlines()[0] == "dateline: Coding reports: 241, 4.0/s"


def test_what_is_being_fetched_is_said_beside_the_count() -> None:
    log = logging.getLogger("dateline.intake.fetch.fetcher")
    with Progress(console=Console(file=io.StringIO())) as bar, _Fetching(bar, "Adding reports") as fetching:
        fetching.task = bar.add_task("Adding reports")
        log.info("fetching %s", "https://news.example/[bold]\x1b[2J")
        [task] = bar.tasks
        assert task.description == "Adding reports, fetching https://news.example/\\[bold]\ufffd[2J"
    assert not logging.getLogger("dateline.intake.fetch").handlers and not log.isEnabledFor(logging.INFO)
