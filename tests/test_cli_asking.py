"""Which column of a table is which is asked for once, where somebody sits at the terminal, and kept in a project."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.intake.records.unnamed import Unnamed, unnamed

TABLE = "Nr;Datum;Meldung\n1;2024-03-04;Police arrested twelve teachers in Lima on Monday.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TABLE, Unnamed(("Nr", "Datum", "Meldung"), ("1", "2024-03-04", TABLE.rsplit(";", maxsplit=1)[-1].strip()))),
        (
            f"A title\n{TABLE}",
            Unnamed(("Nr", "Datum", "Meldung"), ("1", "2024-03-04", TABLE.rsplit(";", maxsplit=1)[-1].strip())),
        ),
        ("id,text\n1,Police arrested twelve.\n", None),
        ("url,seen\nhttps://news.example/1,x\n", None),
        ("just words\n", None),
        ("", None),
    ],
)
def test_tables_that_need_somebody_to_say(text: str, found: Unnamed | None, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(text, "utf-8")
    assert unnamed(path) == found
    assert unnamed(path, lambda cells: {"text": "Meldung"} if "Meldung" in cells else {}) is None
    assert unnamed(tmp_path / "nowhere.csv") is None


def at_a_terminal(words: list[str], answers: str) -> tuple[int, str]:
    """The exit code of a command, and what a terminal shows of it, where a person types these answers."""
    master, slave = pty.openpty()
    env = os.environ | {"TERM": "dumb", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN, *words],
        stdin=slave, stdout=slave, stderr=slave, env=env,
    )  # fmt: skip
    os.close(slave)
    os.write(master, answers.encode())
    shown, ends = b"", time.monotonic() + 60
    while time.monotonic() < ends:
        ready, _, _ = select.select([master], [], [], 0.2)
        if ready:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data
        elif process.poll() is not None:
            break
    os.close(master)
    return process.wait(10), shown.decode(errors="replace")


_MAIN = "import sys\nfrom dateline.cli.app import main\nmain()"


def test_columns_are_asked_for_once_and_kept(tmp_path: Path) -> None:
    sheet, project = tmp_path / "sheet.csv", tmp_path / "project"
    sheet.write_text(TABLE, "utf-8")
    subprocess.run([sys.executable, "-c", _MAIN, "init", str(project)], check=True, capture_output=True)
    code, shown = at_a_terminal(["add", str(sheet), "-p", str(project)], "3\n1\n2\n\n\n\n")
    assert code == 0, shown
    assert "Column of the texts" in shown and "Police arrested twelve" in shown
    assert "--column text=Meldung --column id=Nr --column published=Datum" in shown
    assert "Added 1 report" in shown
    sheet.write_text(TABLE.replace("1;", "2;").replace("twelve", "nine"), "utf-8")
    code, shown = at_a_terminal(["add", str(sheet), "-p", str(project)], "")
    assert code == 0, shown
    assert "Column of" not in shown and "Added 1 report" in shown


def test_nobody_is_asked_without_a_terminal(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(TABLE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _MAIN, "code", str(sheet)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--column text=" in done.stderr
