"""The writers: what each format holds, in neutral words, and that no text of a report can act on its reader."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UnknownFormatError
from dateline.export.events import digest
from dateline.export.events.comparison import write_list, write_text
from dateline.export.formats.sheet import COLUMNS
from dateline.export.registry import exporters
from dateline.export.safe import cell, json_line, one_line, visible
from dateline.export.statement import Statement
from dateline.form import from_json, to_json
from dateline.link.events.accounts import accounts
from dateline.link.events.compare import compare
from dateline.link.model import Source
from dateline.model import Coding
from export_cases import empty_coding, hostile_coding, water_coding, water_report

ACTS_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|\r(?!\n)")
TEXT_FORMATS = ("acled", "csv", "csv-bom", "explain", "geojson", "html", "json", "jsonl", "polecat", "table")


def written(name: str, *codings: Coding) -> str:
    out = io.StringIO(newline="")
    exporters()[name](iter(codings), out)
    return out.getvalue()


def rows(*codings: Coding) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", *codings), newline="")))


def test_every_built_in_format_is_registered_as_a_plugin_would_be() -> None:
    assert set(TEXT_FORMATS) <= set(exporters())
    assert len(exporters()) == len(list(exporters()))


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"'xls'.*csv, csv-bom, duckdb, explain, geojson"):
        exporters()["xls"]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_the_same_codings_give_the_same_bytes_and_hostile_text_can_be_written(name: str) -> None:
    codings = (water_coding(), empty_coding(), hostile_coding())
    first = written(name, *codings)
    assert first.encode("utf-8") == written(name, *codings).encode("utf-8")
    # What begins the file tells spreadsheets that it is UTF-8.
    assert ACTS_UNSEEN.findall(first.removeprefix("\ufeff") if name == "csv-bom" else first) == []


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_no_coding_at_all_still_gives_a_whole_file(name: str) -> None:
    text = written(name)
    assert text == "" if name in {"jsonl", "explain"} else text.strip()
    if name in {"json", "geojson"}:
        json.loads(text)


def test_json_lines_read_back_as_the_same_codings() -> None:
    codings = (water_coding(), empty_coding(), hostile_coding())
    lines = written("jsonl", *codings).splitlines()
    assert [from_json(line) for line in lines] == list(codings)


def test_the_json_array_holds_what_the_lines_hold() -> None:
    codings = (water_coding(), hostile_coding())
    lines = [json.loads(line) for line in written("jsonl", *codings).splitlines()]
    assert json.loads(written("json", *codings)) == lines


class TestCsv:
    def test_one_row_an_event_in_words_of_the_field(self) -> None:
        march, arrest, *_ = rows(water_coding())
        assert list(march) == list(COLUMNS)
        assert march["actors"] == "residents"
        assert march["according_to"] == "“the city council”, cited by the publisher Sample Courier"
        assert (march["place"], march["country"], march["latitude"]) == ("Lyon", "FR", "45.748")
        assert (march["date"], march["date_basis"]) == ("2020-01-17", "stated in full")
        assert (march["evidence_start"], march["evidence_end"]) == ("34", "147")
        assert (arrest["arrested_low"], arrest["arrested_high"]) == ("12", "")

    def test_a_vague_number_keeps_its_words_and_gets_no_figure(self) -> None:
        march = rows(water_coding())[0]
        assert march["participants_words"] == "Hundreds"
        assert march["participants_low"] == march["participants_best"] == march["participants_high"] == ""

    def test_not_stated_is_empty_and_never_zero(self) -> None:
        march = rows(water_coding())[0]
        assert [march[name] for name in COLUMNS if name.startswith(("killed", "injured", "missing"))] == [""] * 15

    def test_a_second_figure_of_one_kind_stands_beside_the_first(self) -> None:
        from dataclasses import replace

        coding = water_coding()
        event = coding.events[2]
        second = replace(event.counts[0], low=3, best=None, high=None, attribution=("a0", "a6"))
        row = rows(replace(coding, events=(replace(event, counts=(*event.counts, second)),)))[0]
        assert row["injured_best"] == "2"
        assert row["other_figures"].startswith(
            "injured: low 3 “two students”, according to spokesman of the city council"
        )

    def test_a_report_without_events_has_a_row_that_says_why(self) -> None:
        (row,) = rows(empty_coding())
        assert (row["event"], row["type"]) == ("", "")
        assert row["notes"] == "No word of the report is a trigger of codebook plover."

    def test_every_column_is_documented(self) -> None:
        documented = re.findall(
            r"`(\w+)`", Path(__file__).parents[1].joinpath("docs", "reference", "tables.md").read_text("utf-8")
        )
        assert set(COLUMNS) <= set(documented)

    def test_no_cell_starts_a_formula(self) -> None:
        for row in rows(hostile_coding()):
            for name, value in row.items():
                number = name in {"latitude", "longitude"}
                assert number or not value.lstrip().startswith(("=", "+", "-", "@")), name

    def test_background_is_true_or_false(self) -> None:
        coding = water_coding()
        old = replace(coding, events=(replace(coding.events[0], historical=True), *coding.events[1:]))
        assert [row["historical"] for row in rows(old)] == ["true", *["false"] * 5]
        features = json.loads(written("geojson", old))["features"]
        assert [f["properties"]["historical"] for f in features] == [True, *[False] * 5]


class TestGeoJson:
    def test_points_are_longitude_first_and_missing_where_none_is_supported(self) -> None:
        collection = json.loads(written("geojson", water_coding()))
        points = [f["geometry"] and f["geometry"]["coordinates"] for f in collection["features"]]
        assert points == [[4.847, 45.748], [4.847, 45.748], None, None, None, [5.715, 45.179]]

    def test_properties_say_who_says_so_and_hold_the_evidence(self) -> None:
        properties = json.loads(written("geojson", water_coding()))["features"][2]["properties"]
        assert properties["according_to"] == ["Water Forum", "the publisher Sample Courier"]
        assert properties["evidence"]["quote"].startswith("“The so-called rescuers")

    def test_the_collection_carries_its_statement_and_why_a_report_is_empty(self) -> None:
        collection = json.loads(written("geojson", empty_coding()))
        assert collection["features"] == []
        assert collection["reports"][0]["notes"] == ["No word of the report is a trigger of codebook plover."]
        assert "Reports are not events" in collection["statement"]["limits"]


class TestTable:
    def test_shows_neutral_columns_evidence_and_the_statement(self) -> None:
        text = written("table", water_coding())
        assert "rescue workers" in text
        assert "[34–147]" in text
        assert "Considered and left out: 1 event and 1 place." in text
        assert "Reviewed by people: 0%" in text

    def test_an_empty_report_says_why(self) -> None:
        assert "Note: No word of the report is a trigger" in written("table", empty_coding())

    def test_is_plain_where_it_is_no_terminal(self) -> None:
        assert "\x1b" not in written("table", water_coding(), hostile_coding())


def test_a_notebook_shows_the_events_and_runs_nothing() -> None:
    shown = water_coding()._repr_html_()
    assert "According to Water Forum" in shown
    assert "[34" not in shown
    hostile = hostile_coding()._repr_html_()
    assert "<img" not in hostile
    assert "<script" not in hostile
    assert "No word of the report is a trigger" in empty_coding()._repr_html_()


def test_the_statement_counts_sources_and_period() -> None:
    statement = Statement()
    for coding in (water_coding(), empty_coding()):
        statement.add(coding)
    stated = dict(statement.rows())
    assert stated["Covered"] == "6 event mentions in 2 reports, 1 report without any"
    assert stated["Period"] == "published 2020-01-19; 1 report without a date"
    assert stated["Reviewed by people"].startswith("0%")


@given(st.text())
def test_visible_text_holds_nothing_that_acts_unseen(text: str) -> None:
    shown = visible(text)
    assert not any(c in shown for c in "\x00\x07\x1b\x9b\u202d\u202e\u2067\ufeff")
    shown.encode("utf-8")
    assert "\n" not in one_line(text)


@given(st.text(min_size=1))
def test_a_guarded_cell_holds_the_same_words(text: str) -> None:
    guarded = cell(text)
    assert guarded.removeprefix("'") == visible(text).replace("\r", "␍").replace("␍\n", "\r\n") or text[0] == "'"
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert ACTS_UNSEEN.findall(guarded) == []


@pytest.mark.parametrize(
    "before", ["", " ", "\n", "\r", "\t", "\v", "\f", "\x00", "\xa0", "\u200b", "\u200e", "\ufeff", " \u3000"]
)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"])
def test_no_sign_of_a_formula_stands_first_behind_what_is_not_seen(before: str, sign: str) -> None:
    guarded = cell(f"{before}{sign}1+1")
    shown_before = (before and visible(before) not in {before, ""}) or before == "\r"
    assert guarded.startswith("'") or shown_before
    assert cell(f"a{before}{sign}1").startswith("a")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "\x01vbscript:x", "DATA:text/html,x"]
)
def test_an_address_that_would_run_is_in_no_table_and_on_no_map(url: str) -> None:
    coding = water_coding()
    coding = replace(coding, report=replace(coding.report, url=url))
    assert {row["url"] for row in rows(coding)} == {""}
    assert {feature["properties"]["url"] for feature in json.loads(written("geojson", coding))["features"]} == {None}
    assert json.loads(written("jsonl", coding))["url"] == url


@pytest.mark.parametrize(
    "url", ["https://a.example/?q=data:x", "urn:isbn:0", "doi:10.1/x", "a/b.html", "data", "C:\\a.html"]
)
def test_any_other_address_stays_as_it_is(url: str) -> None:
    coding = water_coding()
    coding = replace(coding, report=replace(coding.report, url=url))
    assert {row["url"] for row in rows(coding)} == {url}


# What a value of a report could forge

FORGED = "\x1b]0;OWNED\x07 x. [e1: 1 independent source]\n- Soldiers killed 500 people, a wire says.\r\n\u2028- y\x85"

NOT_FREE = {
    *("id", "text", "quote", "kind", "modality", "precision", "use", "timex_type", "what"),
    *("actor", "speaker", "attribution", "parent"),
}
"""What names something else in the coding, or is one of a few words."""


def forged_coding() -> Coding:
    """A coding whose every text tries to begin a line of its own and to steer the terminal."""

    def forged(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: forged(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [forged(part, key) for part in value]
        return f"{value} {FORGED}" if isinstance(value, str) and key not in NOT_FREE else value

    form = forged(json.loads(to_json(water_coding())))
    assert isinstance(form, dict)
    return from_json(json.dumps({**form, "id": FORGED, "publisher": None, "published": "2020-01-19"}))


def test_no_value_of_a_report_adds_a_line_to_what_is_told_of_events(capsys: pytest.CaptureFixture[str]) -> None:
    def told(coding: Coding) -> list[str]:
        comparisons = [
            compare(f"e{n}", [account], {}) for n, account in enumerate(accounts(coding, Source(None), None))
        ]
        out = io.StringIO()
        digest.write(comparisons, "2020-01-01", out)
        write_list(comparisons, out)
        for comparison in comparisons:
            write_text(comparison, out)
        return out.getvalue().split("\n")

    plain, forged = told(replace(water_coding(), report=water_report(publisher=None))), told(forged_coding())
    assert len(forged) == len(plain) > 60
    assert all(len(line.splitlines()) <= 1 and ACTS_UNSEEN.findall(line) == [] for line in forged)
    assert not any(line.startswith(("- Soldiers", "- y")) for line in forged)
    assert "␛]0;OWNED" in "\n".join(forged)


def test_no_value_of_a_report_adds_a_line_to_an_explanation() -> None:
    plain, forged = written("explain", water_coding()), written("explain", forged_coding())
    assert len(forged.splitlines()) == len(plain.splitlines()) == len(forged.split("\n")) - 1
    assert ACTS_UNSEEN.findall(forged) == []


@given(st.text(alphabet=st.characters()))
def test_a_line_of_json_means_the_same(text: str) -> None:
    line = json_line(json.dumps(text, ensure_ascii=False))
    assert json.loads(line) == text
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
