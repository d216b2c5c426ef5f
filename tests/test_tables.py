"""The tables of the trade: what each holds, shown in snapshots that a person can read, and read back as it was."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.codebook.reading.codes import acled_disorders, acled_sub_events
from dateline.errors import MissingPartError, SheetError
from dateline.evaluate import compare, read_codings
from dateline.export.countries import alpha_2, cow_number, iso3, iso_number
from dateline.export.formats import acled, polecat, sheet, xlsx
from dateline.export.formats.columns import columns, fields_of, read_facts
from dateline.export.formats.rows import key
from dateline.intake import read_text
from dateline.model import Actor, Chances, Codes, Coding, Count, Date, EventMention, Evidence, Participant, Place
from dateline.resolve.authority.file import SECTORS
from export_cases import CODER, empty_coding, hostile_coding, water_coding

SNAPSHOTS = Path(__file__).parent / "snapshots"

CLASH = (
    "Soldiers of the Sample Republic shelled a rebel camp near Port Sample on 4 March 2024, killing at least five "
    "fighters and two farmers. A rebel spokesman said that nine fighters were killed."
)


def clash_coding() -> Coding:
    """One event of two armed sides, with two tolls and a date of three days."""
    report = read_text(CLASH, id="clash-1", publisher="Sample Wire", published="2024-03-05")
    report = replace(report, language="en", retrieved="2024-03-05T10:00:00+00:00")

    def who(words: str, actor: str) -> Participant:
        start = CLASH.index(words)
        return Participant(start, start + len(words), words, actor)

    def at(words: str) -> tuple[int, int, str]:
        start = CLASH.index(words)
        return start, start + len(words), words

    place = Place(*at("Port Sample"), "Port Sample", None, "SD", "Sample State", 19.6, 37.2, "town")
    date = Date(*at("4 March 2024"), "2024-03-03/2024-03-05", "days", "stated")
    first = CLASH.index(" A rebel")
    tolls = (
        Count(*at("at least five"), "killed", 5, 5, None, chance=0.7),
        Count(*at("nine"), "killed", 9, 9, 9),
    )
    clash = EventMention(
        "e1",
        "ASSAULT",
        report.span(*at("shelled")[:2]),
        "heavy-weapons",
        (),
        Codes("194", "Armed clash", 4),
        (who("Soldiers of the Sample Republic", "s"), who("rebel spokesman", "un")),
        (who("fighters", "r"), who("farmers", "f")),
        place,
        date,
        counts=tolls,
        evidence=(Evidence(0, first, CLASH[:first]),),
        chance=0.9,
        chances=Chances(type=0.8),
    )
    planned = replace(clash, id="e2", modality="planned", codes=Codes("194", None, 4), counts=())
    actors = (
        Actor("s", "soldiers of the Sample Republic", None, "SD", "MIL"),
        Actor("un", "Sample Mission", "mission", None, "IGO"),
        Actor("r", "rebel fighters", None, "SD", "REB"),
        Actor("f", "farmers", None, None, "AGR"),
    )
    return Coding(report, CODER, (clash, planned), places=(place,), actors=actors)


def records(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def written(write: object, *codings: Coding) -> str:
    out = io.StringIO(newline="")
    write(iter(codings), out)  # type: ignore[operator]
    return out.getvalue()


def readable(rows: Iterable[dict[str, str]]) -> str:
    """Records one below the other: the cells that hold something."""
    return "\n".join("\n".join(f"{name}: {value}" for name, value in row.items() if value) + "\n" for row in rows)


FORMATS = {"csv": (sheet.write, ","), "acled": (acled.write, ","), "polecat": (polecat.write, "\t")}


@pytest.mark.parametrize("name", FORMATS)
def test_snapshot_of_a_table(name: str, request: pytest.FixtureRequest) -> None:
    write, delimiter = FORMATS[name]
    text = written(write, water_coding(), clash_coding(), empty_coding())
    path, now = SNAPSHOTS / f"table-{name}.txt", readable(records(text, delimiter))
    if request.config.getoption("update_snapshots"):
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now, "accept with: pytest --update-snapshots"
    assert tuple(text.splitlines()[0].split(delimiter)) == tuple(column.name for column in columns(name))


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_is_one_line_whatever_a_report_holds(name: str) -> None:
    write, delimiter = FORMATS[name]
    codings = (water_coding(), hostile_coding(), clash_coding(), empty_coding())
    text = written(write, *codings)
    assert len(text.splitlines()) == 1 + len(records(text, delimiter))
    text.encode("utf-8")


def test_the_mark_is_before_everything_else_and_reads_back(tmp_path: Path) -> None:
    text = written(sheet.write_for_spreadsheets, water_coding())
    assert text == "\ufeff" + written(sheet.write, water_coding())
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    assert not read_codings(path, reports={"water-1": water_coding().report}).failures


class TestAcled:
    rows = records(written(acled.write, water_coding(), clash_coding(), empty_coding(), hostile_coding()))

    def test_only_what_happened_and_has_a_sub_event_is_a_row(self) -> None:
        assert [row["event_id_cnty"] for row in self.rows] == ["water-1#e1", "water-1#e2", "clash-1#e1"]

    def test_sides_of_a_battle(self) -> None:
        clash = self.rows[2]
        assert [clash[n] for n in ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2")] == [
            "soldiers of the Sample Republic", "Sample Mission", "1", "rebel fighters", "farmers", "2"
        ]  # fmt: skip
        assert (clash["interaction"], clash["event_type"], clash["disorder_type"]) == (
            "12", "Battles", "Political violence"
        )  # fmt: skip

    def test_the_least_toll_is_given_and_none_is_no_nought(self) -> None:
        assert [row["fatalities"] for row in self.rows] == ["", "", "5"]

    def test_the_middle_of_some_days_and_no_day_of_more_than_a_month(self) -> None:
        clash = clash_coding()
        assert [self.rows[2][n] for n in ("event_date", "year", "time_precision")] == ["2024-03-04", "2024", "2"]
        for edtf, told in (("2024", ["", "2024", ""]), ("2024-03", ["2024-03-16", "2024", "3"]), ("../2024", [""] * 3)):
            date = replace(clash.events[0].date, edtf=edtf)  # type: ignore[type-var]
            [row] = records(written(acled.write, replace(clash, events=(replace(clash.events[0], date=date),))))
            assert [row[n] for n in ("event_date", "year", "time_precision")] == told

    def test_a_crowd_is_told_in_the_report_s_words(self) -> None:
        assert [row["tags"] for row in self.rows] == ["crowd size=Hundreds", "", ""]

    def test_a_force_of_another_country_is_external(self) -> None:
        clash = clash_coding()
        abroad = replace(clash, actors=(replace(clash.actors[0], country="EG"), *clash.actors[1:]))
        [row] = records(written(acled.write, abroad))
        assert (row["inter1"], row["interaction"]) == ("8", "28")

    def test_every_sub_event_has_its_disorder(self) -> None:
        assert acled_disorders().keys() == acled_sub_events().keys()
        told = {part for name in acled_disorders().values() for part in name.split("; ")}
        assert told == {"Political violence", "Demonstrations", "Strategic developments"}


class TestPolecat:
    rows = records(written(polecat.write, water_coding(), clash_coding(), hostile_coding()), "\t")

    def test_only_what_is_told_as_having_happened_is_a_row(self) -> None:
        keys = [row["Event ID"] for row in self.rows[:4]]
        assert keys == ["water-1#e1", "water-1#e2", "water-1#e3", "clash-1#e1"]

    def test_countries_and_sectors_are_those_of_plover(self) -> None:
        clash = self.rows[3]
        assert [clash[f"Actor {n}"] for n in ("Country", "COW", "Sectors")] == ["SDN; IGO", "625; ", "MIL; "]
        assert (clash["Primary Actor Sector"], clash["Primary Recipient Sector"]) == ("MIL", "REB")

    def test_intensity_is_that_of_the_mode_else_of_the_type(self) -> None:
        assert [row["Intensity"] for row in self.rows[:4]] == ["-5.0", "-7.0", "-7.5", "-9.5"]
        clash = clash_coding()
        bare = replace(clash.events[0], mode=None)
        assert records(written(polecat.write, replace(clash, events=(bare,))), "\t")[0]["Intensity"] == "-9.0"

    def test_a_day_is_given_where_it_is_one(self) -> None:
        assert [row["Event Date"] for row in self.rows[:4]] == ["2020-01-17", "2020-01-17", "", ""]


@given(st.text(), st.text(), st.text(), st.text())
def test_a_key_is_no_other_row_s(report: str, event: str, other: str, second: str) -> None:
    same = (report, event) == (other, second)
    assert (key(report, event) == key(other, second)) is same


def test_codes_of_countries() -> None:
    assert (iso3("FR"), iso_number("FR"), cow_number("FR")) == ("FRA", 250, 220)
    assert [alpha_2(told) for told in ("fra", "FR", "France", "XK", "Atlantis")] == ["FR", "FR", "FR", "XK", None]
    assert iso3(None) is iso3("XX") is cow_number("PS") is None
    assert all(iso3(alpha_2(row["iso3"])) == row["iso3"] for row in read_facts("correlates_of_war.tsv"))


def test_every_sector_is_told_elsewhere() -> None:
    assert {row["sector"] for row in read_facts("sectors_elsewhere.tsv")} == set(SECTORS)


def test_every_column_says_what_it_holds() -> None:
    assert all(column.holds for name in FORMATS for column in columns(name))
    assert set(fields_of()) < set(sheet.COLUMNS)


class TestWorkbook:
    @pytest.fixture(autouse=True)
    def _library(self) -> None:
        pytest.importorskip("openpyxl")

    @staticmethod
    def saved(path: Path, *codings: Coding) -> bytes:
        with path.open("w", encoding="utf-8", newline="") as out:
            xlsx.write(codings, out)
        return path.read_bytes()

    def test_it_holds_what_the_csv_holds_and_texts_stay_texts(self, tmp_path: Path) -> None:
        import openpyxl

        path = tmp_path / "s.xlsx"
        codings = (water_coding(), clash_coding(), empty_coding(), hostile_coding())
        data = self.saved(path, *codings)
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["events", "columns", "about"]
        heading, *rows = book["events"].iter_rows(values_only=True)
        expected = records(written(sheet.write, *codings))
        assert len(rows) == len(expected)
        told = dict(zip(heading, rows[6], strict=True))
        assert (told["cameo"], told["latitude"], told["date"]) == ("194", 19.6, "2024-03-03/2024-03-05")
        assert all(cell.data_type != "f" for row in book["events"].iter_rows() for cell in row)
        assert self.saved(tmp_path / "again.xlsx", *codings) == data

    def test_it_reads_back_as_the_csv_does(self, tmp_path: Path) -> None:
        codings = (water_coding(), clash_coding())
        self.saved(tmp_path / "s.xlsx", *codings)
        path = tmp_path / "s.csv"
        path.write_text(written(sheet.write, *codings), encoding="utf-8")
        known = {c.report.id: c.report for c in codings}
        first, second = (read_codings(p, reports=known) for p in (tmp_path / "s.xlsx", path))
        assert not first.failures
        assert [replace(c, coder=CODER) for c in first.codings] == [replace(c, coder=CODER) for c in second.codings]

    def test_a_damaged_workbook_is_told(self, tmp_path: Path) -> None:
        data = self.saved(tmp_path / "s.xlsx", water_coding())
        (tmp_path / "s.xlsx").write_bytes(data[: len(data) // 2])
        with pytest.raises(SheetError, match="workbook is damaged"):
            read_codings(tmp_path / "s.xlsx")


def test_without_the_library_what_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with (tmp_path / "s.xlsx").open("w") as out, pytest.raises(MissingPartError, match=r"pip install 'dateline\[xlsx"):
        xlsx.write([water_coding()], out)
    with pytest.raises(MissingPartError, match=r"-o FILE\.xlsx"):
        xlsx.write([water_coding()], io.StringIO())


def untouched(codings: list[Coding], folder: Path) -> list[str]:
    """The figures of an untouched sheet against its own codings that are not 1, and what could not be read."""
    path = folder / "sheet.csv"
    path.write_text(written(sheet.write, *codings), encoding="utf-8")
    read = read_codings(path, reports={c.report.id: c.report for c in codings})
    result = compare(read.codings, codings, fields=read.fields, resamples=0)
    scores = [(f.field, f.all) for f in result.fields]
    return [
        *map(str, read.failures),
        *(f"{e.report} {e.field} {e.gold} {e.coded}" for e in result.errors),
        *(name for name, score in scores if not score.gold == score.coded == score.right),
    ]


def test_an_untouched_sheet_is_its_own_coding(tmp_path: Path) -> None:
    assert untouched([water_coding(), clash_coding(), empty_coding()], tmp_path) == []


WORDS = st.sampled_from(("Soldiers", "fighters", "farmers", "rebel spokesman", "rebel camp", "said", "five"))
NUMBERS = st.none() | st.integers(0, 9)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(WORDS, st.none() | st.sampled_from(("s", "un", "r"))), max_size=3),
    st.lists(st.tuples(WORDS, st.sampled_from(("killed", "injured")), NUMBERS, NUMBERS, NUMBERS), max_size=3),
    WORDS,
    st.sampled_from((None, "2024", "2024-03-04", "../2024-03")),
)
@example([("fighters", "s"), ("fighters", None)], [], "Soldiers", None)
@example([("Soldiers", "un"), ("Soldiers", "s")], [], "Soldiers", None)
@example([("Soldiers", "un"), ("fighters", "s")], [], "Soldiers", None)
def test_an_untouched_sheet_is_its_own_coding_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[str, str | None]],
    figures: list[tuple[str, str, int | None, int | None, int | None]],
    trigger: str,
    edtf: str | None,
) -> None:
    coding = clash_coding()

    def at(words: str) -> tuple[int, int, str]:
        start = CLASH.index(words)
        return start, start + len(words), words

    counts = tuple(
        Count(*at(words), kind, *sorted(n for n in numbers if n is not None), *[None] * numbers.count(None))  # type: ignore[arg-type]
        for words, kind, *numbers in figures
    )
    event = replace(
        coding.events[0],
        trigger=coding.report.span(*at(trigger)[:2]),
        actors=tuple(Participant(*at(words), actor) for words, actor in people),
        counts=counts,
        date=edtf and replace(coding.events[0].date, edtf=edtf),  # type: ignore[type-var]
    )
    assert untouched([replace(coding, events=(event,))], tmp_path_factory.mktemp("untouched")) == []


def test_a_row_marked_as_no_event_is_none_to_evaluate(tmp_path: Path) -> None:
    rows = records(written(sheet.write, water_coding()))
    rows[0]["type"] = "No event"
    rows[1]["reviewed"] = "no event"
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    [coding] = read_codings(path, reports={"water-1": water_coding().report}).codings
    assert [event.id for event in coding.events] == ["e3", "e4", "e5", "e6"]


def test_figures_that_are_none_are_told(tmp_path: Path) -> None:
    rows = records(written(sheet.write, water_coding()))
    rows[0]["other_figures"] = "many more"
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    [failure] = read_codings(path, reports={"water-1": water_coding().report}).failures
    assert "'many more' in the column 'other_figures' is no figure" in failure.error
