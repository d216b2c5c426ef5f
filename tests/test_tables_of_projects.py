"""The tables of a project as data: real types, the same in every reader, and the filters of the workspace."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.errors import OptionError, ReviewError
from dateline.export.columnar import lines, parquet
from dateline.export.linked.registry import event_exporters
from dateline.export.statement import Statement
from dateline.export.tables import TABLES, Reading, Selection, batches, columns_of, schema
from dateline.export.tables.columns import OF_PARTS, TableName
from dateline.export.tables.selection import REVIEWED, Box, Near
from dateline.store import Project
from dateline.store.index.query import Query
from dateline.store.kept.codings import BY_HAND, put_coding
from export_cases import water_coding
from leaving_cases import tables_of
from review_cases import Desk, desk
from store_cases import event_of


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Four marches and a report with rows of every kind; a person corrected one and accepted another."""
    from dataclasses import replace

    from dateline.corrections.values import said_of

    with desk(tmp_path_factory.mktemp("tables") / "p") as made:
        first, second, *_ = made.project.codings()
        with made.project.database.writing() as db:
            for number, (coding, changed) in enumerate(((first, {"date"}), (second, set())), 1):
                by_hand = replace(
                    coding, events=tuple(said_of(e, dict.fromkeys(changed, ""), "A") for e in coding.events)
                )
                put_coding(db, number, by_hand, BY_HAND, made.project.now())
        list(made.project.link())
        made.index.catch_up()
        yield made


def run(project: Project, *words: str) -> Result:
    return CliRunner().invoke(app, ["export", "-p", str(project.folder), *words])


def as_lines(project: Project, name: TableName) -> list[Any]:
    out = io.StringIO()
    lines.write_rows(Reading(project).rows(name), name, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def plain(rows: list[dict[str, Any]]) -> list[Any]:
    """Rows as JSON has them: a reader's own numbers, times and lists without their types."""
    return [json.loads(json.dumps(row, default=_plain)) for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value.tolist()


@pytest.mark.parametrize("name", TABLES)
def test_every_reader_of_parquet_sees_what_json_lines_say(table: Desk, tmp_path: Path, name: TableName) -> None:
    import duckdb
    import pandas
    import polars
    from pyarrow import parquet as reader

    path = tmp_path / "t.parquet"
    with path.open("wb") as out:
        parquet.write_table(Reading(table.project).rows(name), name, out, dict)
    told = as_lines(table.project, name)
    assert told
    assert plain(reader.read_table(path).to_pylist()) == told
    assert plain(polars.read_parquet(path).to_dicts()) == told
    with duckdb.connect() as db:
        found = db.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    moments = [column.name for column in columns_of(name) if column.kind == "moment"]
    rows = [row | {one: row[one] and row[one].astimezone(tz=None) for one in moments} for row in rows]
    assert [_less(row, moments) for row in plain(rows)] == [_less(row, moments) for row in told]
    frame = pandas.read_parquet(path)
    by_pandas = frame.astype(object).where(frame.notna(), None).to_dict("records")
    floating = {c.name for c in columns_of(name) if c.kind in {"integer", "number", "moment"}}
    assert [_less(row, floating) for row in plain(by_pandas)] == [_less(row, floating) for row in told]
    whole = [column.name for column in columns_of(name) if column.kind in {"integer", "number"}]
    assert [[row[one] for one in whole] for row in plain(by_pandas)] == [[row[one] for one in whole] for row in told]


def _less(row: dict[str, Any], names: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_is_of_the_documented_columns_and_every_one_of_them_is_filled_or_could_be(
    table: Desk, name: TableName
) -> None:
    fields = schema(name)
    assert fields.names == [column.name for column in columns_of(name)]
    assert all(field.metadata[b"holds"] for field in fields)
    rows = list(Reading(table.project).rows(name))
    assert {key for row in rows for key in row} <= set(fields.names)
    [first, *_] = batches(Reading(table.project), name)
    assert first.schema == fields
    assert all(columns_of(kind) for kind in OF_PARTS)


def test_dates_are_days_and_lists_are_lists(table: Desk) -> None:
    march = next(row for row in Reading(table.project).rows("mentions") if row["report"] == "press/water 1")
    assert (march["date_start"], march["date_precision"], march["place"]) == (date(2020, 1, 17), "day", "Lyon")
    assert march["actors"] == ["residents"]
    assert march["actor_countries"] == ["FR"]
    assert march["status"] == "suggested"
    assert march.get("killed_low") is None


def test_an_event_is_a_row_with_what_was_chosen_and_how_far_its_sources_agree(table: Desk) -> None:
    rows = {row["event"]: row for row in Reading(table.project).rows("events")}
    event = event_of(table.project, "r0#2.e1")
    row = rows[event]
    assert (row["type"], row["place"], row["date"]) == ("PROTEST", "Arden", "2024-05-04")
    assert (row["mentions"], row["reports"], row["publishers"], row["sources"]) == (2, 2, 2, 2)
    assert row["agreement_type"] == 1
    assert row["reviewed"] == 2
    assert row["mention_ids"] == ["r0#e1", "r1#e1"]
    told = [row for row in Reading(table.project).rows("links") if row["event"] == event]
    assert [row["mention"] for row in told] == ["r0#e1", "r1#e1"]
    mentions = [row for row in Reading(table.project).rows("mentions") if row["event"] == event]
    assert [row["report"] for row in mentions] == ["r0", "r1"]


def joined(project: Project) -> dict[str, object]:
    """The event of each mention, once all that the tables say of that was found to be the same, and of nothing else."""
    tables = {name: list(Reading(project).rows(name)) for name in TABLES}
    linked = {str(row["mention"]): row["event"] for row in tables["mentions"]}
    assert len(linked) == len(tables["mentions"])
    by_links = {str(row["mention"]): row["event"] for row in tables["links"]}
    assert by_links == {mention: event for mention, event in linked.items() if event is not None}
    assert all(row["report"] == str(row["mention"]).rpartition("#")[0] for row in tables["links"])
    for row in tables["events"]:
        named: Any = row["mention_ids"]
        claims: Any = row["claims"]
        assert named == [mention for mention in sorted(linked) if linked[mention] == row["event"]]
        assert {mention for claim in claims for mention in claim["mentions"]} <= set(named)
    return linked


def test_tables_join_by_one_key_also_where_reports_were_coded_again(tmp_path: Path) -> None:
    from dataclasses import replace

    from store_cases import MARCHES, code_anew, project_with

    with project_with(tmp_path / "p", *MARCHES) as project:
        before = joined(project)
        assert set(before) == {"r0#e1", "r1#e1", "r2#e1", "r3#e1"}
        code_anew(project)
        # Until linking takes them up the new mentions are in no event, and the old ones in no table.
        assert joined(project) == dict.fromkeys(before)
        assert all(row["mentions"] for row in Reading(project).rows("events"))
        list(project.link())
        after = joined(project)
        assert set(after) == set(before) and None not in after.values()
        assert after["r0#e1"] == after["r1#e1"] != after["r2#e1"]
        # A person's coding has the event under another name, and that of another report under the same.
        first, second, *_ = project.codings()
        with project.database.writing() as db:
            event = replace(first.events[0], id="e%9")
            put_coding(db, 1, replace(first, events=(event,)), BY_HAND, project.now())
            put_coding(db, 2, replace(second, events=()), BY_HAND, project.now())
        waiting = joined(project)
        assert waiting == {"r0#e%259": None, "r2#e1": after["r2#e1"], "r3#e1": after["r3#e1"]}
        list(project.link())
        assert joined(project) == waiting | {"r0#e%259": event_of(project, "r0#3.e%9")}


def test_a_reason_of_a_link_names_the_other_mention_by_its_key(table: Desk) -> None:
    rows = list(Reading(table.project).rows("links"))
    keys = {row["mention"] for row in rows}
    why: Any = [part for row in rows for part in row["because"]]  # type: ignore[union-attr]
    named = {part["matched"] for part in why if "#" in part["matched"]}
    assert named and named <= keys


def test_an_event_that_gave_way_names_its_successors(tmp_path: Path) -> None:
    from store_cases import MARCHES, project_with

    with project_with(tmp_path / "p", *MARCHES) as project:
        one, other = event_of(project, "r0#e1"), event_of(project, "r2#e1")
        project.decide(one, other, "same", who="A")
        rows = {row["event"]: row for row in Reading(project, gone=True).rows("events")}
        gone = next(row for row in rows.values() if row["status"] == "gone")
        [successor] = gone["successors"]  # type: ignore[misc]
        assert gone["event"] in {one, other}
        assert rows[successor]["replaces"] == [gone["event"]]
        assert gone.get("type") is None
        assert {row["event"] for row in Reading(project).rows("events")} == set(rows) - {gone["event"]}
        out = run(project, "--what", "events", "--gone", "-f", "csv")
        assert f",{successor},\n" in out.stdout or f",{successor}," in out.stdout


QUERIES = (
    Query(),
    Query(type=("PROTEST",)),
    Query(type=("protest", "ASSAULT")),
    Query(country=("KE",), since="2024-05-05"),
    Query(until="2024-05-04"),
    Query(since="2020-01-01", until="2020-12-31"),
    Query(admin1=("coast",)),
    Query(place=("Arden", "Lyon")),
    Query(precision=("town",)),
    Query(status=("suggested",)),
    Query(status=REVIEWED),
    Query(publisher=("Courier",)),
    Query(publisher=("paper 0", "Nobody")),
    Query(modality=("negated", "planned")),
    Query(counted=("injured", "arrested")),
    Query(said_by=("Water Forum",)),
    Query(actor=("police",)),
    Query(recipient=("two students",)),
    Query(historical="no"),
    Query(chance_from="0.5"),
    Query(published_since="2024-01-01"),
    Query(published_until="2023-12-31"),
    Query(interest=("unknown",)),
    Query(report=("r3",)),
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query.parameters()))
def test_a_filter_means_what_it_means_in_the_workspace(table: Desk, query: Query) -> None:
    """The index that the workspace looks things up in is another program for the same question."""
    reading = Reading(table.project, Selection(query))
    shown = table.index.rows(query, limit=1000).lines
    assert sorted(str(row["mention"]) for row in reading.rows("mentions")) == sorted(line.key for line in shown)
    events = table.index.events(query, limit=1000).lines
    assert sorted(str(row["event"]) for row in reading.rows("events")) == sorted(line.id for line in events)
    of_codings = [f"{coding.report.id}#{event.id}" for coding in reading.codings() for event in coding.events]
    assert sorted(of_codings) == sorted(line.key for line in shown)


def test_mentions_in_a_box_and_near_a_point(table: Desk) -> None:
    def places(**area: Any) -> set[object]:
        return {row.get("place") for row in Reading(table.project, Selection(**area)).rows("mentions")}

    assert places(box=Box.read("-5,40,10,52")) == {"Lyon", "Bellecour, Lyon", "Grenoble"}
    assert places(box=Box.read("30,-2,40,2")) == {"Arden", "Brook"}
    assert places(near=Near.read("45.75,4.85,20")) == {"Lyon", "Bellecour, Lyon"}
    assert places(near=Near.read("0,33,500")) == {"Arden", "Brook"}
    assert Box.read("170,-50,-170,0").holds(-40, 175)
    assert not Box.read("170,-50,-170,0").holds(-40, 0)


@pytest.mark.parametrize(
    "words",
    [
        ("--box", "1,2,3"),
        ("--near", "95,0,1"),
        ("--filter", "colour=red"),
        ("--filter", "words=march"),
        ("--since", "May"),
        ("--chance", "2"),
    ],
)
def test_a_filter_that_is_none_is_told_and_nothing_is_written(
    table: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    out = tmp_path / "out.csv"
    done = run(table.project, *words, "-o", str(out))
    assert done.exit_code == 2
    assert done.stderr.startswith("dateline: ")
    assert not out.exists()


def test_values_that_are_none_are_refused_by_the_selection() -> None:
    with pytest.raises(OptionError, match="do not go by 'state'"):
        Selection(Query(state=("done",)))
    with pytest.raises(ReviewError, match="no status of an event"):
        Selection(event_status=("true",))


def test_the_data_statement_says_by_what_was_chosen_and_of_how_many(table: Desk, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    done = run(table.project, "--what", "events", "--country", "KE", "--reviewed", "-o", str(path))
    assert done.exit_code == 0, done.output
    stated = json.loads(path.with_name("e.jsonl.statement.json").read_text(encoding="utf-8"))
    assert stated["chosen_by"] == (
        "status=accepted; status=corrected; status=added; country=KE, of 5 reports in the project"
    )
    assert stated["reviewed_by_people"] == "100% of event mentions (2 of 2)"
    assert stated["covered"] == "1 event told by 2 event mentions"
    assert "killed: envelope" in stated["policies"]
    from pyarrow import parquet as reader

    path = tmp_path / "e.parquet"
    assert run(table.project, "--what", "events", "--country", "KE", "--reviewed", "-o", str(path)).exit_code == 0
    assert json.loads(reader.read_metadata(path).metadata[b"dateline.statement"]) == stated


def test_where_nothing_fits_no_file_is_written(table: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    for what in ("mentions", "events"):
        done = run(table.project, "--what", what, "--country", "NZ", "-o", str(out))
        assert done.exit_code == 2
        assert "nothing fits country=NZ, so nothing is written" in done.stderr
        assert not out.exists()


def test_a_duckdb_file_has_all_tables_and_takes_the_place_of_an_older_one_whole(table: Desk, tmp_path: Path) -> None:
    path = tmp_path / "p.duckdb"
    path.write_text("an older one", encoding="utf-8")
    for words in ((), ("--what", "events")):
        done = run(table.project, *words, "-o", str(path))
        assert done.exit_code == 0, done.output
        tables = tables_of(path)
        assert {name: len(tables[name]) for name in TABLES} == {
            name: len(list(Reading(table.project).rows(name))) for name in TABLES
        }
        assert {row[1] for row in tables["statement"]} > {"Covered", "Limits", "Policies"}
    assert [left.name for left in tmp_path.iterdir()] == ["p.duckdb"]


@pytest.mark.parametrize("form", sorted(set(event_exporters()) - {"duckdb"}))
def test_the_same_project_gives_the_same_bytes(table: Desk, tmp_path: Path, form: str) -> None:
    written = []
    for name in ("a", "b"):
        assert run(table.project, "--what", "events", "-f", form, "-o", str(tmp_path / name)).exit_code == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_codings_that_no_project_holds_are_written_as_rows_too() -> None:
    coding = water_coding()
    out = io.StringIO()
    lines.write([coding], out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["row"] for row in rows] == [event.id for event in coding.events]
    assert {row["event"] for row in rows} == {None}
    statement = Statement()
    assert len(list(parquet.of_codings([coding], statement))) == statement.events == len(rows)


def test_who_goes_through_all_of_a_project_keeps_little_of_it_at_hand(table: Desk) -> None:
    held = "PRAGMA cache_size"
    with table.project.database.reading() as db:
        before = abs(db.exec_driver_sql(held).scalar_one())
    with table.project.database.passing() as db:
        assert abs(db.exec_driver_sql(held).scalar_one()) < before / 10
    with table.project.database.reading() as db:
        assert abs(db.exec_driver_sql(held).scalar_one()) == before
