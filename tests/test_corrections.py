"""A sheet of a project, corrected and taken back: what holds then, what is logged, and what is refused by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correction_cases import KNOWN, NOON, coded, copied, made_project
from dateline.corrections import CorrectionError, Outcome, apply
from dateline.corrections.same import same
from dateline.export.formats.columns import columns
from dateline.export.formats.sheet import COLUMNS, write
from dateline.intake import Failure
from dateline.model import CoderInfo, Coding, Report
from dateline.store import Project
from dateline.store.kept.corrections import changes, last_coding
from export_cases import CODER, TEXT

EDITOR = "A. Editor"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two reports of six events each, and one without any."""
    return made_project(tmp_path_factory.mktemp("made"))


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    """A project of the test's own."""
    with copied(made, tmp_path) as project:
        yield project


def sheet_of(project: Project) -> Rows:
    out = io.StringIO(newline="")
    write(project.codings(), out, as_of=last_coding(project))
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def saved(rows: Rows, path: Path, header: Iterable[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(header), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


Apply = Callable[..., Outcome]


@pytest.fixture
def take(project: Project, tmp_path: Path) -> Apply:
    """Applies rows to the project."""

    def applied(rows: Rows, *, who: str = EDITOR, header: Iterable[str] = COLUMNS, **options: Any) -> Outcome:
        return apply(project, saved(rows, tmp_path / "sheet.csv", header), KNOWN, who=who, **options)

    return applied


def row_of(rows: Rows, key: str) -> dict[str, str]:
    return next(row for row in rows if row["key"] == key)


def edited(project: Project, key: str, **cells: str) -> Rows:
    rows = sheet_of(project)
    row_of(rows, key).update(cells)
    return rows


def problems(error: pytest.ExceptionInfo[CorrectionError]) -> str:
    return "\n".join(map(str, error.value.problems))


def test_an_untouched_sheet_changes_nothing(project: Project, take: Apply) -> None:
    assert take(sheet_of(project)) == Outcome((), ())
    assert (project.state().codings, list(changes(project))) == (3, [])


def test_a_corrected_value_holds_and_the_rest_of_the_row_and_project_stays(project: Project, take: Apply) -> None:
    before = sheet_of(project)
    outcome = take(edited(project, "one#e2", arrested_low="20", arrested_best="21", modality="possible"))
    assert [(c.column, c.old, c.new) for c in outcome.changes] == [
        ("modality", "asserted", "possible"),
        ("arrested_low", "12", "20"),
        ("arrested_best", "12", "21"),
    ]
    assert outcome.reports == ("one",)
    after = sheet_of(project)
    differing = {
        (row["key"], name)
        for row, was in zip(after, before, strict=True)
        for name in COLUMNS
        if row[name] != was[name] and name not in {"as_of", "coder"}
    }
    derived = {"sentence", "because", "reviewed", "acled"}
    assert {name for _, name in differing} <= {"modality", "arrested_low", "arrested_best"} | derived | {
        "acled_geo_precision", "acled_time_precision", "ucdp_where_prec", "ucdp_date_prec"
    }  # fmt: skip
    assert {key for key, _ in differing} == {"one#e2"}
    row = row_of(after, "one#e2")
    assert (row["reviewed"], row["coder"]) == (
        "corrected by A. Editor",
        "A. Editor, corrected dateline 0.1.0, rules alone",
    )
    assert "may have detained" in row["sentence"]
    assert row["acled"] == "", "what may have happened has no sub-event"


def test_every_change_is_logged_with_who_when_old_and_new(project: Project, take: Apply) -> None:
    take(edited(project, "one#e1", mode="strike"))
    [one] = changes(project)
    assert (one.made, one.who) == (NOON, EDITOR)
    assert (one.change.about, one.change.column, one.change.old, one.change.new) == ("one#e1", "mode", "demo", "strike")
    assert list(changes(project, who="Somebody else")) == list(changes(project, about="two")) == []
    assert list(changes(project, about="one")) == list(changes(project, about="one#e1")) == [one]


def test_a_deleted_row_and_one_marked_no_event_are_rejected(project: Project, take: Apply) -> None:
    rows = [row for row in sheet_of(project) if row["key"] != "one#e3"]
    row_of(rows, "one#e4")["type"] = "no event"
    row_of(rows, "two#e5")["reviewed"] = "No event"
    outcome = take(rows)
    assert [(c.what, c.about) for c in outcome.changes] == [
        ("rejected", "one#e3"),
        ("rejected", "one#e4"),
        ("rejected", "two#e5"),
    ]
    assert "beat two students" in outcome.changes[0].old
    keys = {row["key"] for row in sheet_of(project)}
    assert not {"one#e3", "one#e4", "two#e5"} & keys and len(keys) == 10
    coding = next(c for c in project.codings() if c.report.id == "one")
    assert [left.why for left in coding.left_out if "rejected" in left.why] == ["rejected by A. Editor"] * 2


def test_a_report_whose_rows_are_all_gone_says_so(project: Project, take: Apply) -> None:
    take([row for row in sheet_of(project) if row["report"] != "two"])
    coding = next(c for c in project.codings() if c.report.id == "two")
    assert coding.events == () and "rejected every event" in coding.notes[-1].message


def test_a_part_of_a_sheet_rejects_nothing_else(project: Project, take: Apply) -> None:
    rows = [row_of(edited(project, "one#e1", mode="strike"), "one#e1")]
    assert [c.column for c in take(rows, part=True).changes] == ["mode"]
    assert project.state().codings == 4


def test_a_sheet_of_no_project_speaks_of_its_own_reports_alone(project: Project, take: Apply) -> None:
    rows = [{**row, "as_of": ""} for row in sheet_of(project) if row["key"] == "one#e1"]
    assert {c.about for c in take(rows).changes} == {f"one#e{n}" for n in range(2, 7)}


def test_reports_that_came_after_the_sheet_are_left_alone(project: Project, take: Apply, tmp_path: Path) -> None:
    rows = sheet_of(project)
    (tmp_path / "late.txt").write_text(TEXT + "\n\nAnd so on.", encoding="utf-8")
    list(project.add(tmp_path / "late.txt"))
    list(project.code(coded, CODER, "{}"))
    assert take(rows) == Outcome((), ())


def test_accepting_a_row_is_kept_and_counted(project: Project, take: Apply) -> None:
    from dateline.export.statement import Statement

    outcome = take(edited(project, "one#e2", reviewed="yes"))
    assert [(c.what, c.about) for c in outcome.changes] == [("accepted", "one#e2")]
    assert row_of(sheet_of(project), "one#e2")["reviewed"] == "accepted by A. Editor"
    statement = Statement()
    for coding in project.codings():
        statement.add(coding)
    assert dict(statement.rows())["Reviewed by people"] == "8% of event mentions (1 of 12)"


def test_what_a_person_corrected_survives_a_new_coding_and_linking(project: Project, take: Apply) -> None:
    list(project.link())
    take(edited(project, "one#e1", type="ASSAULT", mode="beat", place="Bordeaux"))
    list(project.link())
    newer = CoderInfo("dateline", "0.2.0", "plover 1.0")

    def anew(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for report in reports:
            yield Coding(report, newer)

    assert len(list(project.code(anew, newer, "{}"))) == 3
    list(project.link())
    told = [account.event for event in project.comparisons() for account in event.accounts]
    corrected = [e for e in told if e.type == "ASSAULT" and e.place is not None and e.place.name == "Bordeaux"]
    assert len(corrected) == 1
    assert row_of(sheet_of(project), "one#e1")["type"] == "ASSAULT"
    assert not any(row["key"] == "two#e1" for row in sheet_of(project)), "what nobody corrected is coded anew"


def test_another_place_brings_its_point_number_and_division(project: Project, take: Apply) -> None:
    take(edited(project, "one#e1", place="Bordeaux"))
    row = row_of(sheet_of(project), "one#e1")
    told = [row[name] for name in ("place", "country", "admin1", "geonameid", "latitude", "longitude")]
    assert told == ["Bordeaux", "FR", "Nouvelle-Aquitaine", "3031582", "44.84", "-0.58"]
    take(edited(project, "one#e1", place="Nowhere-sur-Mer", country="France", latitude="46.5", longitude="2.5"))
    row = row_of(sheet_of(project), "one#e1")
    assert [row[name] for name in ("country", "geonameid", "latitude")] == ["FR", "", "46.5"]
    take(edited(project, "one#e1", place=""))
    assert not any(row_of(sheet_of(project), "one#e1")[n] for n in ("place", "country", "iso3", "latitude"))


def test_people_with_their_countries_and_sectors(project: Project, take: Apply) -> None:
    cells = {"actors": "residents | a drummer", "actor_countries": "FRA | ", "actor_sectors": "LAB | cvl"}
    take(edited(project, "one#e1", **cells))
    row = row_of(sheet_of(project), "one#e1")
    assert (row["actors"], row["actor_countries"], row["actor_sectors"]) == (
        "residents | a drummer", "FR | ", "LAB | CVL"
    )  # fmt: skip
    assert row_of(sheet_of(project), "two#e1")["actor_sectors"] == "CVL"
    coding = next(c for c in project.codings() if c.report.id == "one")
    first = coding.events[0].actors[0]
    assert first.quote == "Hundreds of residents", "who stays points at the same words"


def test_who_says_so(project: Project, take: Apply) -> None:
    words = "a nurse, cited by the city council, cited by the publisher Sample Courier"
    take(edited(project, "one#e1", according_to=words))
    assert row_of(sheet_of(project), "one#e1")["according_to"] == words
    take(edited(project, "one#e1", according_to=""))
    assert row_of(sheet_of(project), "one#e1")["according_to"] == "the publisher Sample Courier"


def test_dates_and_numbers(project: Project, take: Apply) -> None:
    take(edited(project, "one#e1", date="2020-01-16/2020-01-18", killed_best="0"))
    row = row_of(sheet_of(project), "one#e1")
    told = [row[name] for name in ("date_start", "date_end", "date_precision", "killed_best", "acled_time_precision")]
    assert told == ["2020-01-16", "2020-01-18", "days", "0", "2"]
    take(edited(project, "one#e1", date="", killed_best=""))
    row = row_of(sheet_of(project), "one#e1")
    assert (row["date"], row["date_words"], row["killed_best"]) == ("", "", "")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"type": "PROTST"}, "'PROTST' is not among the types. Did you mean 'PROTEST'?"),
        ({"mode": "dmo"}, "'dmo' is not among the modes of PROTEST"),
        ({"modality": "maybe"}, "'maybe' is no modality"),
        ({"historical": "perhaps"}, "neither yes nor no"),
        ({"date": "3/4/20"}, "not in a form that is safe to read"),
        ({"killed_best": "many"}, "'many' in the column 'killed' is no number"),
        ({"killed_low": "5", "killed_high": "3"}, "do not rise"),
        ({"country": "Atlantis"}, "'Atlantis' is no country"),
        ({"place": "Zürich"}, "correct the column 'country' too (there is one in CH)"),
        ({"latitude": "95"}, "are no degrees"),
        ({"latitude": ""}, "both a latitude and a longitude"),
        ({"actor_sectors": "XYZ"}, "'XYZ' is no sector code"),
        ({"actor_countries": "FR | DE"}, "2 values for 1 names"),
        ({"sentence": "Something else."}, "The column 'sentence' says 'Something else.'"),
        ({"evidence": "Something else."}, "The column 'evidence'"),
        ({"date_start": "2021-01-01"}, "The column 'date_start'"),
        ({"reviewed": "dunno"}, "'dunno' in the column 'reviewed'"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_nothing_is_taken(
    project: Project, take: Apply, cells: Mapping[str, str], told: str
) -> None:
    rows = edited(project, "one#e1", **cells)
    row_of(rows, "two#e1")["mode"] = "strike"
    with pytest.raises(CorrectionError) as error:
        take(rows)
    assert told.casefold() in problems(error).casefold()
    assert "sheet.csv:2:" in problems(error)
    assert (project.state().codings, list(changes(project))) == (3, [])


def test_unknown_columns_rows_and_doubles_are_refused_by_name(project: Project, take: Apply) -> None:
    rows = sheet_of(project)
    with pytest.raises(CorrectionError, match=r"no column 'actr'\. Did you mean 'actors'\?"):
        take(rows, header=[*COLUMNS, "actr"])
    assert take(rows, header=[*COLUMNS, "my notes"], ignored=["my notes"]) == Outcome((), ())
    with pytest.raises(CorrectionError, match="no column 'mine' to ignore"):
        take(rows, ignored=["mine"])
    with pytest.raises(CorrectionError, match=r"no row 'one#e9' in the project\. Did you mean 'one#e"):
        take([*rows, {**rows[0], "key": "one#e9"}])
    with pytest.raises(CorrectionError, match="'one#e1' is there twice"):
        take([*rows, rows[0]])
    with pytest.raises(CorrectionError, match="no column 'key'"):
        take(rows, header=[name for name in COLUMNS if name not in {"key", "event"}])
    with pytest.raises(CorrectionError, match="'as_of' is not the same"):
        take([{**rows[0], "as_of": "1"}, *rows[1:]])
    with pytest.raises(CorrectionError, match="a project with 99 codings"):
        take([{**row, "as_of": "99"} for row in rows])
    with pytest.raises(CorrectionError, match="Nobody is named"):
        take(rows, who=" ")
    with pytest.raises(CorrectionError, match="Rows cannot be added"):
        take(edited(project, "quiet#", type="PROTEST"))


def test_columns_that_were_deleted_are_left_as_they_are(project: Project, take: Apply) -> None:
    assert take(edited(project, "one#e1", mode="strike"), header=["key", "mode", "as_of"]).changes[0].new == "strike"


def test_two_people_correct_two_copies_unless_they_contradict_each_other(project: Project, take: Apply) -> None:
    first, second = edited(project, "one#e1", mode="strike"), edited(project, "one#e1", modality="planned")
    third, late = edited(project, "one#e1", mode="riot"), [r for r in sheet_of(project) if r["key"] != "one#e1"]
    take(first)
    take(second, who="B. Reader")
    row = row_of(sheet_of(project), "one#e1")
    assert (row["mode"], row["modality"]) == ("strike", "planned")
    assert take(first) == Outcome((), ()), "a sheet that was taken already changes nothing"
    with pytest.raises(CorrectionError, match="corrected to 'strike' after the sheet was written"):
        take(third, who="C. Third")
    assert [c.what for c in take(late).changes] == ["rejected"]
    with pytest.raises(CorrectionError, match="rejected after the sheet was written"):
        take(third)
    assert take(late) == Outcome((), ())


def test_a_report_that_was_coded_anew_wants_a_new_sheet(project: Project, take: Apply) -> None:
    rows = edited(project, "one#e1", mode="strike")
    newer = CoderInfo("dateline", "0.2.0", "plover 1.0")
    list(project.code(lambda reports: (Coding(report, newer) for report in reports), newer, "{}"))
    with pytest.raises(CorrectionError, match="coded anew after the sheet was written"):
        take(rows)


def test_nothing_is_kept_where_it_is_only_asked_for(project: Project, take: Apply) -> None:
    assert len(take(edited(project, "one#e1", mode="strike"), keeping=False).changes) == 1
    assert project.state().codings == 3


@pytest.mark.parametrize(
    ("was", "given"),
    [
        ("046", "46"),
        (True, "TRUE"),
        (4.847, "4.8470"),
        (12, "12.0"),
        ("2020-01-17", "17/01/2020"),
        ("2020-01-17", "1/17/20"),
        ("2020-01-17", "2020-01-17 00:00:00"),
        ("=1+1", "'=1+1"),
        ("two\nlines", "two lines"),
        ("x" * 40_000, "x" * 32_767),
        (None, " "),
    ],
)
def test_what_a_spreadsheet_does_is_no_correction(was: Any, given: str) -> None:
    assert same(was, given.strip())


@pytest.mark.parametrize(
    ("was", "given"),
    [("046", "47"), (True, "false"), ("2020-01-17", "18/01/2020"), ("Lyon", "lyon"), ("x", ""), (0, "")],
)
def test_what_a_person_wrote_is_one(was: Any, given: str) -> None:
    assert not same(was, given)


CELLS = {
    "type": st.sampled_from(("PROTEST", "ASSAULT", "ACCUSE")),
    "modality": st.sampled_from(("asserted", "negated", "planned", "possible", "hypothetical")),
    "historical": st.sampled_from(("true", "false")),
    "date": st.sampled_from(("", "2020-01-15", "2020-01", "2019", "2020-01-15/2020-01-16")),
    "actors": st.lists(st.sampled_from(("police", "residents", "a drummer", "“people”")), unique=True).map(" | ".join),
    "recipients": st.lists(
        st.text("abc é'", min_size=1).map(lambda name: " ".join(name.split())).filter(bool), max_size=4, unique=True
    ).map(" | ".join),
    "killed_best": st.sampled_from(("", "0", "7")),
    "place": st.sampled_from(("", "Lyon", "Bordeaux")),
}


@settings(max_examples=15)
@given(
    edits=st.dictionaries(
        st.sampled_from([f"one#e{n}" for n in range(1, 7)]), st.fixed_dictionaries({}, optional=CELLS)
    )
)
def test_what_is_written_in_a_sheet_is_what_the_next_one_says(
    made: Path, tmp_path_factory: pytest.TempPathFactory, edits: dict[str, dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with copied(made, folder) as project:
        before = sheet_of(project)
        rows = sheet_of(project)
        for key, cells in edits.items():
            row = row_of(rows, key)
            row.update(cells)
            if cells.get("place"):
                row["country"] = "FR"
        outcome = apply(project, saved(rows, folder / "s.csv"), KNOWN, who=EDITOR)
        after = sheet_of(project)
        written = [column.name for column in columns("csv") if column.field not in {"", "review", "place"}]
        for was, given_row, now in zip(before, rows, after, strict=True):
            left = not edits.get(was["key"])
            names = [n for n in COLUMNS if n not in {"as_of", "coder"}] if left else written
            wanted = {n: given_row[n] for n in names}
            if not left:
                # Who is gone or new has no country and sector of the old; a mode goes with its type.
                wanted = {n: v for n, v in wanted.items() if n in edits[was["key"]]}
            assert {n: now[n] for n in wanted} == wanted
        assert apply(project, saved(after, folder / "t.csv"), KNOWN, who=EDITOR) == Outcome((), ())
        assert apply(project, folder / "s.csv", KNOWN, who=EDITOR).changes == ()
        assert len(list(changes(project))) == len(outcome.changes)
