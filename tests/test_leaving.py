"""Whatever is written of a project, in every format that is installed: nothing confidential and no private name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.export.linked.registry import event_exporters
from dateline.export.registry import exporters
from dateline.export.tables import TABLES, Reading, Selection
from dateline.store import Project
from dateline.store.index.query import Query
from leaving_cases import NAME, SECRETS, content, marked_project, tables_of
from plugin_cases import Site, site  # noqa: F401 - a fixture

KINDS = [("mentions", name) for name in exporters()] + [("events", name) for name in event_exporters()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with marked_project(tmp_path_factory.mktemp("marked") / "p") as made:
        yield made


def run(project: Project, *words: str) -> Result:
    return CliRunner().invoke(app, ["export", "-p", str(project.folder), *words])


def all_of(path: Path, form: str) -> str:
    told = str(tables_of(path)) if form == "duckdb" else content(path.read_bytes())
    beside = path.with_name(path.name + ".statement.json")
    return told + (beside.read_text(encoding="utf-8") if beside.exists() else "")


@pytest.mark.parametrize(("what", "form"), KINDS)
def test_nothing_secret_is_in_any_format(project: Project, tmp_path: Path, what: str, form: str) -> None:
    path = tmp_path / "out"
    if form == "html":
        path = tmp_path / "out.html"
    done = run(project, "--what", what, "-f", form, "-o", str(path))
    assert done.exit_code == 0, done.output
    told = all_of(path, form)
    assert [secret for secret in SECRETS if secret in told] == []
    # What is open is there, so that the test could fail.
    assert form == "acled" or "open-1" in told
    assert "confidential and left out" in done.stderr


@pytest.mark.parametrize("what", ["mentions", "events"])
def test_names_that_a_project_keeps_leave_where_that_is_asked_for_and_it_is_said(
    project: Project, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "out.csv"
    assert run(project, "--what", what, "--names", "keep", "-o", str(path)).exit_code == 0
    assert NAME in path.read_text(encoding="utf-8")
    stated = json.loads((tmp_path / "out.csv.statement.json").read_text(encoding="utf-8"))
    assert stated["names"] == "private people by name"
    assert run(project, "--what", what, "-o", str(path)).exit_code == 0
    stated = json.loads((tmp_path / "out.csv.statement.json").read_text(encoding="utf-8"))
    assert stated["names"] == "private people by role"
    assert stated["quotations"] == "withheld"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "query", [Query(), Query(country=("ke",)), Query(actor=("a docker",)), Query(type=("PROTEST",))]
)
def test_no_row_of_a_table_tells_of_what_is_confidential(project: Project, table: str, query: Query) -> None:
    reading = Reading(project, Selection(query))
    told = str(list(reading.rows(table)))  # type: ignore[arg-type]
    assert [secret for secret in SECRETS if secret in told] == []
    assert "open-1" in told or "open-3" in told


def test_how_much_is_confidential_says_nothing_of_what_a_filter_looks_for(project: Project) -> None:
    """Otherwise the number would tell whether there is something secret in a town."""
    counted = set()
    for query in (Query(), Query(place=("Brook",)), Query(place=("Arden",)), Query(since="2024-05-10")):
        reading = Reading(project, Selection(query))
        list(reading.codings())
        list(reading.events())
        counted.add(str(reading.kept_back))
    assert counted == {"2 events, 1 report and 2 rows of others are confidential and left out"}


def test_a_format_of_a_plugin_is_given_no_more(project: Project, site: Site) -> None:  # noqa: F811
    code = "def write(codings, out):\n    for coding in codings:\n        print(repr(coding), file=out)\n"
    events = "def write_events(events, out, statement):\n    for told in events:\n        print(repr(told), file=out)\n"
    groups = {
        "dateline.exporters": {"whole": "plain:write"},
        "dateline.event_exporters": {"whole": "plain:write_events"},
    }
    site.write("plain", code + events, groups)
    for what in ("mentions", "events"):
        done = run(project, "--what", what, "-f", "whole")
        assert done.exit_code == 0, done.output
        assert "Arden" in done.stdout
        assert [secret for secret in SECRETS if secret in done.stdout] == []


def test_a_sheet_by_role_is_taken_back_without_a_change_where_the_project_keeps_names(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    assert run(project, "-o", str(path)).exit_code == 0
    assert "a docker" in path.read_text(encoding="utf-8")
    words = ["apply", str(path), "-p", str(project.folder), "--who", "B", "--dry-run"]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing was changed" in done.stderr
