"""Which column of a table gives which field: said once, and kept in a project."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.intake import Failure
from dateline.store import Project

ROWS = "Words;Posted;No\nNurses marched, in Lima.;2024-02-01;1\n"
MAPPED = {"text": "Words", "published": "Posted"}


def test_what_is_said_of_columns_is_kept_for_tables_with_the_same_ones(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    with Project.create(tmp_path / "p") as store:
        [refused] = store.add(sheet)
        assert isinstance(refused, Failure) and "--column text=" in refused.mend
        [first] = store.add(sheet, columns=MAPPED)
        assert not isinstance(first, Failure) and first.new
    sheet.write_text(ROWS.replace("Nurses", "Workers"), encoding="utf-8")
    with Project.open(tmp_path / "p") as store:
        [second] = store.add(sheet)
        assert not isinstance(second, Failure) and second.new


def test_the_option_is_taken_and_a_field_that_is_none_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    run = CliRunner().invoke
    run(app, ["init", str(tmp_path / "p")])
    done = run(app, ["add", str(sheet), "-p", str(tmp_path / "p"), "--column", "text=Words"])
    assert done.exit_code == 0, done.output
    refused = run(app, ["add", str(sheet), "-p", str(tmp_path / "p"), "--column", "words=Words"])
    assert refused.exit_code == 2 and "no field is called" in refused.output
