"""Files coded by hand: what is read from them, and what is said of those that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import SheetError
from dateline.evaluate import CodedFile, compare, read_both, read_codings
from dateline.evaluate.gold.columns import COLUMNS
from dateline.export.formats.sheet import COLUMNS as WRITTEN
from dateline.export.formats.sheet import write as write_csv
from dateline.form import to_dict, to_json
from dateline.intake import read_text
from dateline.model import Coding
from evaluate_cases import FIRST, SECOND, TEXT
from export_cases import water_coding

ROOT = Path(__file__).resolve().parent.parent
HEAD = "report,text,sentence,trigger,type,actor,recipient,place,date,killed,arrested"


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    """Writes lines into a file and reads it."""

    def read(*lines: str, name: str = "gold.csv", **more: Any) -> CodedFile:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_codings(path, **more)

    return read


def only(read: CodedFile) -> Coding:
    assert read.failures == ()
    (coding,) = read.codings
    return coding


def test_a_row_becomes_an_event_whose_values_point_at_their_words(sheet: Any) -> None:
    row = f'r1,"{TEXT}","{SECOND}",detained,COERCE,police,Strikers,Lyon,2024-01-17,,12'
    coding = only(sheet(HEAD, row))
    (event,) = coding.events
    assert (event.type, event.trigger.quote, event.evidence[0].quote) == ("COERCE", "detained", SECOND)
    assert [p.quote for p in (*event.actors, *event.recipients)] == ["police", "Strikers"]
    assert event.actors[0].start > len(FIRST), "the nearest words are meant, not the first"
    assert event.place is not None
    assert (event.place.name, event.place.quote) == ("Lyon", "Lyon")
    assert event.date is not None
    assert (event.date.edtf, event.date.precision) == ("2024-01-17", "day")
    assert [(c.kind, c.low, c.best, c.high) for c in event.counts] == [("arrested", None, 12, None)]
    assert coding.report.blocks, "the machine codes what has blocks"


def test_an_empty_cell_is_not_stated_and_nought_is_a_number(sheet: Any) -> None:
    for cell in ("", "NA", "n/a", "null", "-", " "):
        (event,) = only(sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,{cell},,,{cell},{cell},')).events
        assert (event.actors, event.date, event.counts) == ((), None, ())
    (event,) = only(sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,,,,,0,"1,200"')).events
    assert [(c.kind, c.best) for c in event.counts] == [("killed", 0), ("arrested", 1200)]


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2024-02-01", "2024-02-01"),
        ("2024-02-01 00:00:00", "2024-02-01"),
        ("2024-02-01T00:00", "2024-02-01"),
        ("1 February 2024", "2024-02-01"),
        ("01-Feb-2024", "2024-02-01"),
        ("2024-02", "2024-02"),
        ("2024-02-01/2024-02-03", "2024-02-01/2024-02-03"),
    ],
)
def test_dates_that_can_mean_one_day_only_are_read(sheet: Any, cell: str, edtf: str) -> None:
    (event,) = only(sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,,,,{cell},,')).events
    assert event.date is not None
    assert event.date.edtf == edtf


def test_only_columns_that_are_there_are_fields_that_the_sheet_codes(sheet: Any) -> None:
    assert sheet("report,text,type", f'r1,"{TEXT}",ASSAULT').fields == ("event", "type")
    fields = sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,,,,,,').fields
    assert fields == ("event", "type", "trigger", "actors", "recipients", "place", "date", "killed", "arrested")


def test_headings_are_known_by_other_names_and_others_can_be_named(sheet: Any) -> None:
    row = f'r1,"{TEXT}",PROTEST,3,x'
    read = sheet("Article ID,Full text,Event_Type,Fatalities,notes", row)
    assert (only(read).events[0].type, only(read).events[0].counts[0].best) == ("PROTEST", 3)
    assert "notes" in read.notes[0]
    read = sheet("a,b,c,d,e", row, columns={"report": "a", "text": "b", "type": "c", "killed": "d"})
    assert only(read).events[0].counts[0].best == 3


def test_a_row_without_a_type_says_that_the_report_holds_no_event(sheet: Any) -> None:
    read = sheet("report,text,type", f'r1,"{TEXT}",')
    assert only(read).events == ()


def test_rows_of_one_report_are_one_coding_wherever_they_stand(sheet: Any) -> None:
    read = sheet(
        "report,text,trigger,type",
        *(f'r1,"{TEXT}",beat,ASSAULT', 'r2,"Bread was sold out.",,', "r1,,marched,PROTEST"),
    )
    assert [(c.report.id, len(c.events)) for c in read.codings] == [("r1", 2), ("r2", 0)]


def test_sentences_alone_are_the_text(sheet: Any) -> None:
    read = sheet("id,sentence,type", f'a,"{FIRST}",ASSAULT', f'a,"{SECOND}",PROTEST', f'b,"{SECOND}",')
    assert [c.report.text for c in read.codings] == [f"{FIRST}\n\n{SECOND}", SECOND]
    assert [e.trigger.quote for e in read.codings[0].events] == [FIRST, SECOND]
    assert read.texts() == {}


def test_texts_are_taken_from_elsewhere_by_id(sheet: Any) -> None:
    report = read_text(TEXT, id="r1", publisher="Sample Courier")
    coding = only(sheet("report,trigger,type", "r1,beat,ASSAULT", reports={"r1": report}))
    assert coding.report is report


def test_two_sheets_share_the_text_that_one_of_them_has(tmp_path: Path) -> None:
    whole, bare = tmp_path / "a.csv", tmp_path / "b.csv"
    whole.write_text(f'report,text,trigger,type\nr1,"{TEXT}",beat,ASSAULT\n', encoding="utf-8")
    bare.write_text(f'report,sentence,trigger,type\nr1,"{FIRST}",beat,ASSAULT\n', encoding="utf-8")
    for first, second in ((whole, bare), (bare, whole)):
        ours, theirs = read_both(first, second, reports={})
        assert not ours.failures + theirs.failures
        assert compare(ours.codings, theirs.codings, fields=["event", "type"]).errors == ()


def test_retyped_words_are_found_all_the_same(sheet: Any) -> None:
    text = "Police said:\n\u201cWe\u00a0don\u2019t   know\u201d \u2014 and left."
    report = {"r": read_text(text, id="r")}
    (event,) = only(sheet("report,trigger,type", 'r,"""we don\'t know"" - and",ACCUSE', reports=report)).events
    assert event.trigger.quote == "\u201cWe\u00a0don\u2019t   know\u201d \u2014 and"


def test_the_same_trigger_twice_in_a_sentence_is_one_occurrence_a_row(sheet: Any) -> None:
    text = "A march in Lyon followed a march in Lille."
    rows = [f'r1,"{text}","{text}",march,PROTEST' for _ in range(2)]
    coding = only(sheet("report,text,sentence,trigger,type", *rows))
    assert [e.trigger.start for e in coding.events] == [2, 27]


def test_trigger_start_chooses_among_several(sheet: Any) -> None:
    text = "A march in Lyon. A march in Lille."
    coding = only(sheet("report,text,trigger,trigger_start,type", f'r1,"{text}",march,19,PROTEST'))
    assert coding.events[0].trigger.start == 19


def test_a_name_that_the_report_does_not_hold_stays_a_name(sheet: Any) -> None:
    (event,) = (coding := only(sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,Government of France | police,,,,,'))).events
    assert [p.quote for p in event.actors] == [TEXT, "Police"]
    assert coding.actors[0].name == "Government of France"
    assert event.actors[0].actor == coding.actors[0].id


def test_who_says_so_is_an_attribution_unless_it_is_the_publisher(sheet: Any) -> None:
    head = "report,publisher,text,trigger,type,according_to"
    row = f'r1,Sample Courier,"{TEXT}",beat,ASSAULT,'
    coding = only(sheet(head, row + '"the union, cited by the publisher Sample Courier"'))
    assert coding.attributions[-1].source is not None
    assert coding.attributions[-1].source.quote == "the union"
    assert coding.events[0].attribution == ("publisher", coding.attributions[-1].id)
    for words in ("", "the publisher", "Sample Courier", "the publisher Sample Courier"):
        assert only(sheet(head, row + words)).events[0].attribution == ("publisher",)


def test_types_are_renamed_with_their_mode(sheet: Any) -> None:
    read = sheet("report,text,type", f'r1,"{TEXT}",Arrest', renamed={"arrest": "COERCE/arrest"})
    assert (only(read).events[0].type, only(read).events[0].mode) == ("COERCE", "arrest")


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_and_encodings_are_read(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "gold.csv"
    text = "Die Polizei in Orl\xe9ans."
    path.write_bytes(f"report{sign}text{sign}type\r\nr1{sign}{text}{sign}ASSAULT\r\n".encode("cp1252"))
    assert only(read_codings(path)).report.text == text
    path.write_bytes(b"\xef\xbb\xbf" + f"report{sign}text{sign}type\r\nr1{sign}{text}{sign}ASSAULT\r\n".encode())
    assert only(read_codings(path)).report.text == text


def test_a_sheet_can_be_json_lines_or_a_list_and_compressed(tmp_path: Path) -> None:
    row = {
        "report": "r1",
        "text": TEXT,
        "trigger": "beat",
        "type": "ASSAULT",
        "actors": ["Police", "the union"],
        "killed": 2,
    }
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    (event,) = only(read_codings(path)).events
    assert ([p.quote for p in event.actors], event.counts[0].best) == (["Police", "the union"], 2)
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([row], indent=1), encoding="utf-8")
    assert only(read_codings(path)).events == (event,)


def test_coded_reports_are_read_as_they_are_and_code_every_field(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(to_json(water_coding()) + "\n", encoding="utf-8")
    read = read_codings(path)
    assert only(read) == water_coding()
    assert len(read.fields) == 20


def test_coded_reports_written_by_hand_may_leave_out_quotes_coder_and_fields(sheet: Any) -> None:
    record = {"id": 7, "text": TEXT, "events": [{"id": "e", "type": "ASSAULT", "trigger": {"start": 7, "end": 11}}]}
    read = sheet(json.dumps(record), name="gold.jsonl")
    coding = only(read)
    assert (coding.report.id, coding.events[0].trigger.quote, coding.coder.name) == ("7", "beat", "gold.jsonl")
    assert read.fields == ("event", "type", "trigger")
    assert coding.report.blocks


def test_the_csv_that_dateline_writes_is_read_back_the_same(tmp_path: Path) -> None:
    coding = water_coding()
    path = tmp_path / "codings.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv([coding], out)
    read = read_codings(path, reports={coding.report.id: coding.report})
    assert read.failures == ()
    result = compare(read.codings, [coding], fields=read.fields, resamples=0)
    assert [(e.field, e.kind, e.event) for e in result.errors] == []


@pytest.mark.parametrize(
    ("modality", "historical", "read"),
    [
        ("", "", ("asserted", False)),
        ("negated", "True", ("negated", True)),
        ("possible", "no", ("possible", False)),
        ("historical", "", ("asserted", True)),
    ],
)
def test_background_is_told_beside_the_modality(sheet: Any, modality: str, historical: str, read: object) -> None:
    row = f'r1,"{TEXT}",detained,COERCE,{modality},{historical}'
    (event,) = only(sheet("report,text,trigger,type,modality,historical", row)).events
    assert (event.modality, event.historical) == read


def test_what_is_neither_yes_nor_no_is_refused(sheet: Any) -> None:
    (failure,) = sheet("report,text,trigger,type,historical", f'r1,"{TEXT}",detained,COERCE,perhaps').failures
    assert "'perhaps' in the column 'historical'" in failure.error


BAD = {
    "a trigger that is not there": (
        'r1,"{TEXT}",,marches,PROTEST,,,,,,',
        "'marches' are not in the text",
        "as they stand",
    ),
    "a trigger in several places": ('r1,"{TEXT}",,police,COERCE,,,,,,', "several places", "'evidence'"),
    "a sentence that is not there": ('r1,"{TEXT}",Nobody came.,,PROTEST,,,,,,', "'Nobody came.' is not in", "copy it"),
    "a trigger outside its sentence": ('r1,"{TEXT}","{FIRST}",marched,PROTEST,,,,,,', "not in its sentence", "copy"),
    "a date of a spreadsheet": ('r1,"{TEXT}",,beat,ASSAULT,,,,17/01/2024,,', "'17/01/2024'", "2020-01-19"),
    "a month cut short with a dot": ('r1,"{TEXT}",,beat,ASSAULT,,,,1 Jun. 2024,,', "'1 Jun. 2024'", "2020-01-19"),
    "a day of a month that has fewer": (
        'r1,"{TEXT}",,beat,ASSAULT,,,,31 February 2024,,',
        "'31 February 2024'",
        "2020",
    ),
    "a day that does not exist": ('r1,"{TEXT}",,beat,ASSAULT,,,,2024-02-31,,', "'2024-02-31'", "2020-01-19"),
    "a number in words": ('r1,"{TEXT}",,beat,ASSAULT,,,,,two,', "'two' in the column 'killed'", "killed_low"),
    "a number that may be nought or not": ('r1,"{TEXT}",,beat,ASSAULT,,,,,none,', "'none'", "leave it empty"),
    "a negative number": ('r1,"{TEXT}",,beat,ASSAULT,,,,,-99,', "'-99'", "leave it empty"),
    "no text": ("r1,,,beat,ASSAULT,,,,,,", "the text of report 'r1' is not known", "--reports"),
    "values without a type": ('r1,"{TEXT}",,beat,,police,,,,,', "no type, but trigger and actors", "write the type"),
    "another text": ('r1,"{TEXT}",,beat,ASSAULT,,,,,,\nr1,"Other words.",,,ASSAULT,,,,,,', "2 different texts", "same"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_named_with_its_line_and_mend_and_costs_its_report_alone(sheet: Any, what: str) -> None:
    row, error, mend = BAD[what]
    row = row.replace("{TEXT}", TEXT).replace("{FIRST}", FIRST)
    good = [f'r0,"{TEXT}",,beat,ASSAULT,,,,,,', f'r2,"{TEXT}",,marched,PROTEST,,,,,,']
    read = sheet(HEAD, good[0], row, good[1])
    assert [c.report.id for c in read.codings] == ["r0", "r2"]
    (failure,) = read.failures
    assert failure.path.endswith("gold.csv")
    assert failure.line == 3
    assert error in failure.error
    assert "its report is left out whole" in failure.error
    assert mend in failure.mend


def test_a_bad_row_costs_the_good_rows_of_its_report_too(sheet: Any) -> None:
    read = sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,,,,,,', "r1,,,nowhere,PROTEST,,,,,,")
    assert read.codings == ()
    assert [f.line for f in read.failures] == [3]


def test_lines_are_counted_in_the_file_and_not_in_rows(sheet: Any) -> None:
    read = sheet(HEAD, f'r0,"{TEXT}\n\nTwo more\nlines.",,beat,ASSAULT,,,,,,', "", "r1,,,beat,ASSAULT,,,,,,")
    assert [f.line for f in read.failures] == [7]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": "x", "text": ', "not JSON"),
        ("[1]", "no object"),
        (f'{{"id": "x", "text": "Police.", "events": {"[" * 2000}{"]" * 2000}}}', "nested too deep"),
        ('{"id": "x", "text": "Police.", "events": [{"id": "e", "type": "A"}]}', "events.0.trigger"),
        (
            '{"id": "x", "text": "Police.", "events": [{"id": "e", "type": "A", "trigger": {"start": 3, "end": 99}}]}',
            "span",
        ),
        ('{"id": "x", "events": []}', "the text of report 'x' is not known"),
        ('{"id": "x", "text": "Police.", "events": 3}', "events"),
        ('{"id": "x", "text": "Police.", "events": [3]}', "events"),
        ('{"id": "x", "text": 3, "events": []}', "text"),
        ('{"id": "x", "text": "", "events": []}', "no words"),
    ],
)
def test_a_bad_record_is_named_with_its_line_and_costs_itself(sheet: Any, line: str, error: str) -> None:
    good = {"id": "g", "text": TEXT, "events": []}
    read = sheet(json.dumps(good), line, json.dumps(good | {"id": "h"}), name="gold.jsonl")
    assert [c.report.id for c in read.codings] == ["g", "h"]
    (failure,) = read.failures
    assert failure.line == 2
    assert error in failure.error
    assert failure.mend


def test_a_report_coded_twice_is_told_of(sheet: Any) -> None:
    line = json.dumps({"id": "g", "text": TEXT, "events": []})
    read = sheet(line, line, name="gold.jsonl")
    assert len(read.codings) == 1
    assert "coded twice" in read.failures[0].error


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04...", "save it anew as XLSX, or as CSV"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
        (b"report,text\nr1,Words.\n", "no column for the type"),
        (b"type,actor\nPROTEST,police\n", "which report"),
        (b"[{]", "not JSON"),
        (b"report,type,x\n", "no report"),
    ],
)
def test_a_file_that_is_no_gold_is_refused_by_name_with_a_mend(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "gold.csv"
    path.write_bytes(data)
    if says == "no report":
        assert read_codings(path).codings == ()
        return
    with pytest.raises(SheetError, match=says) as raised:
        read_codings(path)
    assert "gold.csv" in raised.value.error


def test_a_column_that_is_not_there_is_refused_with_the_one_that_is_meant(sheet: Any) -> None:
    with pytest.raises(SheetError, match=r"'Evnt'.*did you mean 'Event'"):
        sheet("report,text,Event", 'r1,"Words.",x', columns={"type": "Evnt"})
    with pytest.raises(SheetError, match=r"'typ'.*did you mean 'type'"):
        sheet("report,text,Event", 'r1,"Words.",x', columns={"typ": "Event"})


def test_hostile_cells_are_read_or_refused_and_never_crash(sheet: Any) -> None:
    bad = "\u202e=1+1 \U0001f642 \u05e9\u05dc\u05d5\u05dd"
    read = sheet(HEAD, f'{bad},"{TEXT} {bad}",,beat,{bad},{bad},{bad},{bad},,,', 'n,"a\x00b",,a,X,,,,,,')
    assert [c.report.id for c in read.codings] == [bad.strip()]
    assert ["NUL" in f.error for f in read.failures] == [True]


def test_every_column_stands_in_the_guide_and_those_of_the_csv_are_known() -> None:
    guide = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
    bounds = ("_low", "_high", "_words")
    assert [name for name in COLUMNS if f"`{name}`" not in guide and not name.endswith(bounds)] == []
    assert "`killed_low`" in guide
    known = {heading for headings in COLUMNS.values() for heading in headings}
    assert {"report", "type", "mode", "actors", "killed_low", "killed_best", "evidence", "date_words"} <= known & set(
        WRITTEN
    )


def test_what_was_read_can_be_written_as_coded_reports(sheet: Any) -> None:
    out = io.StringIO()
    json.dump(to_dict(only(sheet(HEAD, f'r1,"{TEXT}",,beat,ASSAULT,police,,Lyon,2024-01-17,1,'))), out)
    assert json.loads(out.getvalue())["events"][0]["trigger"]["quote"] == "beat"
