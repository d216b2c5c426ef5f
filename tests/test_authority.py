"""The authority list: its file, its faults, who is meant by a name, and what they were when. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.coder.actors.known import Known
from dateline.errors import AuthorityError
from dateline.resolve.authority.file import SECTORS, read_rows
from dateline.resolve.authority.lists import (
    Authority,
    Entry,
    Standing,
    built_in_authority,
    load_authority,
    name_key,
    read_authority,
)

HEADER = "name,aliases,kind,country,sector,role,from,to,source\n"
LIST = (
    HEADER + "Movement for Water,MFW|Water Movement,body,KE,OPP,,,,statutes\n"
    "Jane Whitfield,J. Whitfield,person,KE,GOV,interior minister,2019-03,2021-11-04,gazette\n"
    "Jane Whitfield,,person,KE,LEG,member of parliament,2021-11-05,,gazette\n"
    "Harbour Council,HC,body,KE,GOV,,,,\n"
    "Highland Congress,HC,body,UG,PTY,,,,\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def faults(text: str) -> list[str]:
    return [str(problem) for problem in read_rows(text.encode(), "mine.csv")[1]]


@pytest.fixture
def mine(tmp_path: Path) -> Authority:
    return read_authority(written(tmp_path, LIST))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",MFW,,,,,,,", "mine.csv:2: The row has no name. Write the name under which the actor is shown."),
        (
            "A,,club,,,,,,",
            "mine.csv:2: 'club' is no kind of actor. Write one of body, person, country; empty is a body.",
        ),
        ("A,,,Kenya,,,,,", "mine.csv:2: 'Kenya' is no country code. Write KE (the two letters of ISO 3166-1)."),
        ("A,,,KE,OPO,,,,", "mine.csv:2: 'OPO' is no sector code. Did you mean OPP?"),
        (
            "A,,person,KE,,mayor,04.11.2021,,",
            "mine.csv:2: '04.11.2021' under `from` is no date here. Write the year first: 2021-11-04.",
        ),
        (
            "A,,person,KE,,mayor,spring,,",
            "mine.csv:2: 'spring' under `from` is no date here. Write it as 2021, 2021-11 or 2021-11-04.",
        ),
        (
            "A,,person,KE,,mayor,2021,2019-05,",
            "mine.csv:2: It ends (2019-05) before it begins (2021). Exchange the two dates.",
        ),
        (
            "A,,,,,,,,,extra",
            "mine.csv:2: The row has more cells than the first line. Put a cell that holds a comma between quotation "
            'marks: "a, b".',
        ),
    ],
)
def test_a_fault_names_its_line_and_its_mend(row: str, expected: str) -> None:
    assert faults(f"{HEADER}{row}\n") == [expected]


def test_faults_of_the_whole_table_are_told_at_once() -> None:
    assert faults("title,aliases\nA,B\n")[0].startswith(
        "mine.csv:1: There is no column `name`. Begin with this line: name,"
    )
    assert faults("name,alias\nA,B\n") == ["mine.csv:1: `alias` is not a column of a list. Did you mean aliases?"]
    twice = faults(f"{HEADER}A,,,KE,,,,,\nB,,,,,,,,\na,,,KE,,,,,\n")
    assert twice == ["mine.csv:4: 'a' stands here as in line 2. Take one of the two out."]
    kinds = faults(f"{HEADER}A,,body,,,,,,\nA,,person,KE,,mayor,,,\n")
    assert kinds == [
        "mine.csv:3: 'A' is a person here and a body in line 2. "
        "Write the same kind, or tell the two apart by their names."
    ]
    assert len(faults(f"{HEADER},,,,GOV,,,,\nA,,,XX,,,,,\nB,,,,ZZZ,,,,\n")) == 3


def test_files_of_spreadsheets_are_read_as_they_come() -> None:
    rows, problems = read_rows("\ufeffName;Aliases;Country\r\nMovement; MFW | Water ;KE\r\n\r\n".encode(), "x.csv")
    assert problems == []
    assert [(r.name, r.aliases, r.country, r.line) for r in rows] == [("Movement", ("MFW", "Water"), "KE", 2)]
    assert "UTF-8" in str(read_rows("name\nRené\n".encode("latin-1"), "x.csv")[1][0])


@pytest.mark.parametrize(
    "text", ["", "\n", "name", '"', 'name\n"open', "name\n" + "x" * 200_000, "\0\0\0", "name,name\na,b\n"]
)
def test_any_file_is_read_or_refused(text: str) -> None:
    rows, problems = read_rows(text.encode(), "x.csv")
    assert all(row.name for row in rows)
    assert rows or problems or text == "name"


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        ("2019-03", "2021-11-04", "2019-03-01", True),
        ("2019-03", "2021-11-04", "2019-02-28", False),
        ("2019-03", "2021-11-04", "2021-11-04", True),
        ("2019-03", "2021-11-04", "2021-11-05", False),
        ("2019", "2021", "2021-12-31", True),
        (None, "2021", "1990-01-01", True),
        ("2019", None, "2030-01-01", True),
    ],
)
def test_a_standing_holds_from_its_first_to_its_last_day(
    start: str | None, end: str | None, day: str, holds: bool
) -> None:
    assert Standing(start=start, end=end).holds(day) is holds


def test_rows_of_one_name_are_one_actor_at_different_times(mine: Authority) -> None:
    entry = mine.find("J. Whitfield")
    assert entry is not None
    told = {
        day: Known(mine, day).standing(entry)[1]
        for day in ("2018-01-01", "2020-05-05", "2022-01-01", "2021-11-04", None)
    }
    assert told == {
        "2018-01-01": "",
        "2020-05-05": "interior minister",
        "2021-11-04": "interior minister",
        "2022-01-01": "member of parliament",
        None: "",
    }
    assert Known(mine, None).standing(entry)[2] == "what they were depends on a date that the report does not give"


def test_who_has_left_an_office_is_its_former_holder() -> None:
    entry = Entry(
        "A",
        "person",
        (),
        (Standing("KE", "GOV", "mayor", "2001", "2003"), Standing("KE", "GOV", "judge", "2004", "2005")),
    )
    now, role, remark = Known(Authority([entry]), "2010-01-01").standing(entry)
    assert (now, role, remark) == (None, "former judge", "")


def test_an_office_is_held_by_one_on_its_day(mine: Authority) -> None:
    described = "the Kenyan interior minister"
    assert getattr(Known(mine, "2020-05-05").holder(described), "name", None) == "Jane Whitfield"
    assert getattr(Known(mine, "2020-05-05").holder("Kenya's interior minister"), "name", None) == "Jane Whitfield"
    assert getattr(Known(mine, "2020-05-05").holder("the interior minister of Kenya"), "name", None) == "Jane Whitfield"
    assert Known(mine, "2022-05-05").holder(described) is None
    assert Known(mine, None).holder(described) is None
    assert Known(mine, "2020-05-05").holder("the interior minister") is None
    assert Known(mine, "2020-05-05").holder("the Ugandan interior minister") is None


def test_a_name_that_several_bear_is_told_by_the_country_or_not_at_all(mine: Authority) -> None:
    assert mine.find("HC") is None
    assert getattr(Known(mine, None).find("HC", "Uganda's HC"), "name", None) == "Highland Congress"
    assert getattr(Known(mine, None, {"KE"}).find("HC", "HC"), "name", None) == "Harbour Council"
    assert Known(mine, None, {"KE", "UG"}).find("HC", "HC") is None
    assert Known(mine).several("HC") == ("Harbour Council", "Highland Congress")


def test_a_list_goes_over_the_built_in_one(tmp_path: Path) -> None:
    text = HEADER + "Interpol,,body,,NGO,,,,\nHarbour Watch,HRW,body,KE,NGO,,,,\n"
    both = load_authority(written(tmp_path, text))
    assert both.name == "mine.csv over built-in"
    assert [e.list_name for e in both.named("Interpol")] == ["mine.csv"]
    assert [e.name for e in both.named("HRW")] == ["Harbour Watch"]
    assert [e.name for e in both.named("Human Rights Watch")] == ["Human Rights Watch"]
    assert getattr(both.find("UN"), "name", None) == "United Nations"


def test_acronyms_keep_their_case() -> None:
    assert name_key("WHO") != name_key("who")
    assert name_key("U.N.") == name_key("UN")
    assert name_key("the White House") == name_key("White House")
    assert name_key("UNICEF") == name_key("Unicef")


def test_the_built_in_list_is_neutral_and_can_be_checked() -> None:
    from dateline.lang.en.neutral.loaded_words import neutral

    entries = built_in_authority().entries
    assert {s.sector for e in entries for s in e.standings} <= {*SECTORS, None}
    assert [e.name for e in entries if not e.source] == []
    assert [e.name for e in entries if neutral(e.name).lower() != e.name.lower() and "’" not in neutral(e.name)] == []
    assert not any(s.dated for e in entries for s in e.standings)
    assert len({name_key(e.name) for e in entries}) == len(entries)


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="cannot be read"):
        load_authority(tmp_path / "none.csv")
    broken = written(tmp_path, "name,sector\nA,XYZ\n")
    result = CliRunner().invoke(app, ["authority", "check", str(broken)])
    assert result.exit_code == 2
    assert "mine.csv:2: 'XYZ' is no sector code." in result.output


def test_the_commands_show_and_check_a_list(tmp_path: Path) -> None:
    path = str(written(tmp_path, LIST))
    checked = CliRunner().invoke(app, ["authority", "check", path]).output
    assert checked.splitlines() == [
        "mine.csv: 4 actors with 8 names; rows with dates: 2.",
        "    'HC' is shared by Harbour Council, Highland Congress; their countries decide.",
    ]
    shown = CliRunner().invoke(app, ["authority", "show", "J. Whitfield", "--authority", path]).output
    assert "interior minister, KE, GOV (2019-03..2021-11-04)" in shown
    assert "member of parliament, KE, LEG (2021-11-05..)" in shown
    nobody = CliRunner().invoke(app, ["authority", "show", "Nobody of That Name"])
    assert nobody.exit_code == 1


def test_what_list_prints_can_be_read_again(tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["authority", "list", "--country", "ke"]).output
    again = read_authority(written(tmp_path, printed))
    assert [e.name for e in again.entries] == [e.name for e in built_in_authority().entries if "KE" in e.countries]
