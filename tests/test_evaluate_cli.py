"""The verb, and what it writes: a table, JSON and a page on which every error leads to its words."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.evaluate import Comparison, compare
from dateline.evaluate.report.json_form import write as write_json
from dateline.evaluate.report.page import write as write_page
from dateline.evaluate.report.table import write as write_table
from dateline.form import to_json
from dateline.model import Coding
from evaluate_cases import TEXT, coding, count, date, event, place, who
from export_cases import empty_coding, hostile_coding, water_coding
from test_page import Page

GOLD = coding(
    event("ASSAULT", "beat", actors=(who("Police"),), place=place("Lyon"), date=date("2024-01-17")),
    event("PROTEST", "marched", actors=(who("Strikers"),)),
    event("COERCE", "detained", counts=(count("arrested", 12),)),
)
OTHER = coding(
    event("COERCE", "beat", actors=(who("the union"),), place=place("Lyon")),
    event("COERCE", "detained", counts=(count("arrested", 12),)),
    event("AGREE", "said"),
    coder="machine",
)
PAIRS = pytest.mark.parametrize(
    ("gold", "other"),
    [
        ((), ()),
        ((GOLD,), (OTHER,)),
        ((GOLD,), (GOLD,)),
        ((water_coding(), empty_coding()), (empty_coding(),)),
        ((hostile_coding(),), ()),
        ((), (hostile_coding(),)),
        ((hostile_coding(), GOLD), (Coding(hostile_coding().report, hostile_coding().coder), OTHER)),
    ],
    ids=["none", "one", "same", "several", "hostile", "hostile-added", "hostile-missed"],
)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *words])


def table(result: Comparison, errors: int = 20) -> str:
    out = io.StringIO()
    write_table(result, out, errors=errors)
    return out.getvalue()


def page(gold: tuple[Coding, ...], other: tuple[Coding, ...]) -> Page:
    out = io.StringIO()
    write_page(compare(gold, other, resamples=20), gold, out)
    return Page(out.getvalue())


def test_the_table_has_figures_types_confusions_and_errors() -> None:
    text = table(compare([GOLD], [OTHER], resamples=0))
    assert "machine 1 against hand 1\n1 report, 3 events in the gold, 3 events in the coding" in text
    assert "event found, any type       3      3      2       0.67    0.67  0.67" in text
    assert "event found, right type     3      3      1       0.33    0.33  0.33             0.50" in text
    confusions = text.partition("Gold in rows")[2].partition("\n\n")[0].splitlines()
    assert [line.split() for line in confusions[1:]] == [
        ["1", "2", "3", "4", "missed"],
        ["1", "AGREE", *"····", "·"],
        ["2", "ASSAULT", *"··1·", "·"],
        ["3", "COERCE", *"··1·", "·"],
        ["4", "PROTEST", *"····", "1"],
        ["added", *"1···"],
    ]
    assert "r1 [7–11] type: wrong\n    gold: ASSAULT | coding: COERCE\n    … Police [beat] two students in Lyon" in text


def test_the_table_shows_as_many_errors_as_are_asked_for_and_tells_of_the_rest() -> None:
    result = compare([GOLD], [OTHER], resamples=0)
    assert table(result, 2).count("\n    gold: ") == 2
    assert f"{len(result.errors)} errors, the first 2 here" in table(result, 2)


def test_a_terminal_gets_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "dumb")
    result, out = compare([GOLD], [OTHER], resamples=0), Terminal()
    write_table(result, out)
    assert out.getvalue().split() == table(result).split()


@PAIRS
def test_json_holds_the_whole_comparison_and_is_the_same_bytes_each_time(
    gold: tuple[Coding, ...], other: tuple[Coding, ...]
) -> None:
    outs = [io.StringIO(), io.StringIO()]
    for out in outs:
        write_json(compare(gold, other, resamples=20), out)
    form = json.loads(outs[0].getvalue())
    assert outs[0].getvalue() == outs[1].getvalue()
    assert outs[0].getvalue().encode("utf-8")
    assert [row["field"] for row in form["fields"]][:2] == ["event", "type"]
    texts = {c.report.id: c.report.text for c in gold}
    for error in form["errors"]:
        for value in (error["gold"], error["coded"]):
            if value and value["evidence"]:
                found = value["evidence"]
                assert texts[error["report"]][found["start"] : found["end"]] == found["quote"]


@PAIRS
def test_the_table_obeys_no_control_character(gold: tuple[Coding, ...], other: tuple[Coding, ...]) -> None:
    text = table(compare(gold, other, resamples=20))
    assert text.isprintable() or not {c for c in text if not c.isprintable()} - {"\n"}
    text.encode("utf-8")


@PAIRS
def test_the_page_is_whole_has_no_script_and_its_links_lead_somewhere(
    gold: tuple[Coding, ...], other: tuple[Coding, ...]
) -> None:
    shown = page(gold, other)
    assert shown.open == []
    ids = shown.values("id")
    assert len(ids) == len(set(ids))
    hrefs = shown.values("href")
    assert all(href.startswith("#") for href in hrefs)
    assert {href[1:] for href in hrefs} <= set(ids)
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(shown.tags)
    assert not [name for _, name, _ in shown.attributes if name.startswith("on") or name in {"style", "src"}]
    assert shown.tags.count("style") == 1
    assert not set("\x00\x1b\u202e\u2069\ud800") & set(shown.html)
    assert shown.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(shown.headings, shown.headings[1:], strict=False))


def test_every_error_on_the_page_leads_to_its_words_and_back() -> None:
    result = compare([GOLD], [OTHER], resamples=20)
    shown = page((GOLD,), (OTHER,))
    ids, hrefs = set(shown.values("id")), shown.values("href")
    for n, error in enumerate(result.errors, 1):
        assert f"r1-x{n}" in ids
        for name, value in (("gold", error.gold), ("coding", error.coded)):
            assert (f"#r1-{name}{n}" in hrefs) == (f"r1-{name}{n}" in ids) == bool(value and value.evidence)
    assert "#r1-x1" in hrefs


def test_a_page_of_two_codings_that_agree_says_so() -> None:
    assert "The coding says all that the gold says, and nothing else." in page((GOLD,), (GOLD,)).html


# The verb


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    gold, other = tmp_path / "gold.jsonl", tmp_path / "other.jsonl"
    gold.write_text(to_json(GOLD) + "\n", encoding="utf-8")
    other.write_text(to_json(OTHER) + "\n", encoding="utf-8")
    return str(gold), str(other)


def test_two_files_are_compared(files: tuple[str, str]) -> None:
    result = run(*files)
    assert result.exit_code == 0, result.stderr
    assert "machine 1 against hand 1" in result.stdout


def test_options_reach_the_comparison(files: tuple[str, str]) -> None:
    words = ("--field", "event", "--field", "type", "--type", "ASSAULT", "--exact", "--resamples", "7", "--seed", "3")
    form = json.loads(run(*files, *words, "--level", "0.9", "-f", "json").stdout)
    assert form["settings"] == {
        **{"fields": ["event", "type"], "types": ["ASSAULT"], "spans": "exact"},
        **{"resamples": 7, "level": 0.9, "seed": 3},
    }
    form = json.loads(run(*files, "--rename", "assault=COERCE", "-f", "json").stdout)
    assert "ASSAULT" not in {row["type"] for row in form["types"]}


def test_the_ending_of_the_output_file_chooses_the_form(files: tuple[str, str], tmp_path: Path) -> None:
    for name, starts in (("e.html", "<!doctype html>"), ("e.json", "{"), ("e.txt", "machine 1 against")):
        assert run(*files, "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(starts)


def test_a_field_that_one_file_does_not_code_is_not_compared(files: tuple[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "gold.csv"
    sheet.write_text("report,trigger,type\nr1,beat,ASSAULT\n", encoding="utf-8")
    form = json.loads(run(str(sheet), files[1], "-f", "json").stdout)
    assert form["settings"]["fields"] == ["event", "type", "trigger"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--field", "kiled"), "no field is called 'kiled'"),
        (("-f", "xls"), "cannot be written as 'xls'"),
        (("--rename", "a"), "--rename A=B"),
        (("--column", "=b"), "--column A=B"),
        (("--reports", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--level", "95"), "--level"),
    ],
)
def test_a_bad_option_is_refused_with_its_mend(files: tuple[str, str], words: tuple[str, str], says: str) -> None:
    result = run(*files, *words)
    assert result.exit_code in {1, 2}
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_record_is_named_and_the_rest_is_compared(files: tuple[str, str]) -> None:
    path = Path(files[0])
    path.write_text(path.read_text(encoding="utf-8") + '{"id": "x", \n', encoding="utf-8")
    result = run(*files)
    assert result.exit_code == 1
    assert "gold.jsonl:2" in result.stderr
    assert "machine 1 against hand 1" in result.stdout


def test_a_gold_without_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("report,type\nr1,ASSAULT\n", encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 2
    assert "gold.csv:2" in result.stderr
    assert "no report can be compared" in result.stderr
    assert run(str(tmp_path / "nowhere.csv")).exit_code == 2
    path.write_text("report,text,type\n", encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 2
    assert "put a row for each event into it" in result.stderr and "named above" not in result.stderr


@pytest.mark.model
def test_without_a_second_file_the_machine_codes_the_texts_and_gives_its_reasons(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    rows = [f'r1,"{TEXT}",detained,COERCE,police', 'r2,"Police detained four men.",four,Arrest,']
    path.write_text("\n".join(["report,text,trigger,type,actor", *rows]) + "\n", encoding="utf-8")
    result = run(str(path), "-f", "json")
    assert result.exit_code == 0, result.stderr
    form = json.loads(result.stdout)
    assert form["reports"] == 2
    assert form["coders"][0].startswith("dateline ")
    assert "no types of the codebook plover: Arrest" in result.stderr
    added = [error for error in form["errors"] if error["kind"] == "added" and error["field"] == "event"]
    assert added
    assert all("type: " in error["because"][0] for error in added)


@pytest.mark.model
def test_texts_come_from_a_file_of_reports(tmp_path: Path) -> None:
    reports, sheet = tmp_path / "texts.jsonl", tmp_path / "gold.csv"
    reports.write_text(json.dumps({"id": "r1", "text": TEXT}) + "\n", encoding="utf-8")
    sheet.write_text("report,trigger,type\nr1,detained,COERCE\n", encoding="utf-8")
    form = json.loads(run(str(sheet), "--reports", str(reports), "-f", "json").stdout)
    assert {row["type"]: row["score"]["right"] for row in form["types"]}["COERCE"] == 1
