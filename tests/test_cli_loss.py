"""Nothing is lost without a word: what was not read, what would be written over, which options do not apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import quick_coder
from tests.plugin_cases import Site
from typer.testing import CliRunner, Result

from dateline.cli.app import app

TEXT = "Nurses marched through Lima on Monday, the union said."
PAGE = f"<html><head><title>March</title></head><body><article><p>{TEXT}</p></article></body></html>"


@pytest.fixture(autouse=True)
def _coder(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_coder.install(site)
    monkeypatch.chdir(tmp_path)


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def code(*words: object, code: int = 0) -> Result:
    return run("code", *words, "--coder", "quick", code=code)


def put(name: str, text: str = TEXT) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(output: str) -> list[str]:
    return [json.loads(line)["id"] for line in output.splitlines()]


@pytest.mark.parametrize("ending", ["html", "csv", "jsonl", "json", "geojson", "txt"])
def test_a_mistyped_folder_writes_nothing_over_the_last_good_output(ending: str) -> None:
    put("pages/a.txt")
    good = Path(f"good.{ending}")
    code("pages", "-o", good)
    before = good.read_bytes()
    told = code("pagse", "-o", good, code=2).stderr
    assert "pagse: there is no such file" in told and "nothing is written; good." in told and "as it was" in told
    assert good.read_bytes() == before
    assert sorted(path.name for path in Path().glob("good*")) == [good.name]


def test_where_nothing_is_read_nothing_is_printed_either() -> None:
    put("empty.txt", "")
    assert code("empty.txt", "nowhere.txt", code=2).stdout == ""


def test_options_that_do_not_apply_to_a_project_are_refused_by_name() -> None:
    run("init", "port")
    told = run("code", "-p", "port", "-f", "html", "-o", "port.html", "--codebook", "conflict", code=2).stderr
    assert "--codebook, --format and --output do not go with this" in told
    assert not Path("port.html").exists()
    told = run("code", "-p", "port", "--published", "2024-02-01", code=2).stderr
    assert "--published does not go with this" in told


def test_a_project_beside_a_path_is_refused() -> None:
    run("init", "port")
    put("a.txt")
    told = code("a.txt", "-p", "port", code=2).stderr
    assert "--project does not go with this" in told and "dateline add" in told


def test_options_of_show_that_do_not_apply_are_refused() -> None:
    assert "--since does not go" in run("show", "e1", "--since", "2024-01-01", code=2).stderr
    assert "--format does not go" in run("show", "--policies", "-f", "json", code=2).stderr


def test_a_codebook_beside_a_coding_is_refused() -> None:
    put("gold.csv", "report\n")
    told = run("evaluate", "gold.csv", "gold.csv", "--codebook", "conflict", code=2).stderr
    assert "--codebook does not go with this" in told


@pytest.mark.parametrize("name", ["events.csv", "events.geojson", "events.xlsx", "events.tsv", "events.odd"])
def test_an_event_is_not_shown_as_prose_in_a_file_of_data(name: str) -> None:
    run("init", "port")
    told = run("show", "-p", "port", "-o", name, code=2).stderr
    assert name in told
    assert not Path(name).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("code", "a.txt", "-f", "html", "-o", "events.csv"),
        ("code", "a.txt", "-f", "csv", "-o", "page.html"),
        ("explain", "a.txt", "-o", "events.csv"),
        ("show", "-f", "text", "-o", "events.csv"),
        ("digest", "--since", "2024-01-01", "-o", "events.csv"),
        ("export", "-f", "html", "-o", "events.csv"),
        ("code", "a.txt", "-f", "polecat", "-o", "events.csv"),
    ],
)
def test_a_format_and_an_ending_that_do_not_agree_are_refused(words: tuple[str, ...]) -> None:
    put("a.txt")
    told = run(*words, code=2).stderr
    assert "by its ending" in told and words[-1] in told
    assert not Path(words[-1]).exists()


@pytest.mark.parametrize(
    ("format", "name", "begins"),
    [
        ("acled", "a.csv", "event_id_cnty,"),
        ("csv-bom", "b.csv", "\ufeffkey,"),
        ("polecat", "c.tsv", "Event ID\t"),
        ("polecat", "d.txt", "Event ID\t"),
    ],
)
def test_a_format_in_the_form_of_another_is_written_under_its_ending(format: str, name: str, begins: str) -> None:
    put("a.txt")
    code("a.txt", "-f", format, "-o", name)
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_a_format_may_be_written_into_a_file_with_an_ending_that_says_little() -> None:
    put("a.txt")
    code("a.txt", "-f", "geojson", "-o", "map.json")
    code("a.txt", "-f", "csv", "-o", "events.txt")
    assert json.loads(Path("map.json").read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert Path("events.txt").read_text(encoding="utf-8").startswith("key,report,")


def test_an_output_that_cannot_be_written_is_told_by_its_own_name_before_anything_is_coded() -> None:
    put("a.txt")
    told = code("a.txt", "-o", "sub/x.csv", code=2).stderr
    assert "the folder sub of sub/x.csv is not there" in told and "partial" not in told
    Path("folder.csv").mkdir()
    assert "folder.csv is a folder" in code("a.txt", "-o", "folder.csv", code=2).stderr
    assert "a.txt is read and would be written over" in code("a.txt", "-f", "table", "-o", "a.txt", code=2).stderr
    assert Path("a.txt").read_text(encoding="utf-8") == TEXT


def test_what_is_written_into_the_folder_that_is_read_is_no_report_of_it() -> None:
    put("pages/a.txt")
    for _ in range(2):
        code("pages", "-o", "pages/codings.jsonl")
        assert ids(Path("pages/codings.jsonl").read_text(encoding="utf-8")) == ["a.txt"]


@pytest.mark.parametrize("ending", ["html", "csv", "json", "jsonl", "xlsx"])
def test_in_the_folder_that_is_read_only_what_was_written_here_is_written_anew(ending: str) -> None:
    put("pages/a.txt")
    output = Path(f"pages/codings.{ending}")
    for _ in range(2):
        code("pages", "-o", output)
    good = output.read_bytes()
    output.write_text(TEXT, encoding="utf-8")
    assert "is read and would be written over" in code("pages", "-o", output, code=2).stderr
    assert output.read_text(encoding="utf-8") == TEXT and good


def test_files_of_a_folder_that_are_not_read_are_counted_and_those_asked_for_by_name_fail() -> None:
    for name in ("report.txt", "a.odt", "a.rtf", "report.xyz"):
        put(f"mixed/{name}")
    result = code("mixed", "-f", "jsonl")
    assert ids(result.stdout) == ["report.txt"]
    assert "dateline: mixed: 3 files were not read: .odt 1, .rtf 1, .xyz 1" in result.stderr
    put("mixed/real.rtf", "{\\rtf1 no text}")
    told = code("mixed/real.rtf", "mixed/report.txt", "-f", "jsonl", code=1).stderr
    assert "mixed/real.rtf: this looks like an RTF document; save it as DOCX" in told


def test_a_spreadsheet_is_reports_and_no_text() -> None:
    rows = f'id,text,published,publisher,memo\nr1,"{TEXT}",2024-02-05,Sample Daily,x\nr2,"{TEXT}",2024-02-06,,\n'
    put("sheet.csv", rows)
    result = code("sheet.csv", "-f", "jsonl")
    codings = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(c["id"], c["text"], c["published"], c["publisher"]) for c in codings] == [
        ("r1", TEXT, "2024-02-05", "Sample Daily"),
        ("r2", TEXT, "2024-02-06", None),
    ]
    assert result.stderr.count("'memo'") == 1


def test_a_spreadsheet_that_grows_adds_its_new_rows_alone() -> None:
    rows = f'text,publisher\n"{TEXT}",Sample Daily\n'
    put("sheet.csv", rows)
    run("init", "port")
    assert "Added 1 report." in run("add", "sheet.csv", "-p", "port").stderr
    put("sheet.csv", rows + '"Men met in Lima.",Sample Post\n')
    assert "Added 1 report; 1 there already." in run("add", "sheet.csv", "-p", "port").stderr
    assert "are as they were kept" in run("verify", "-p", "port").stdout


def test_the_frames_of_a_saved_page_are_no_reports_however_the_folder_is_named() -> None:
    put("pages/story.html", PAGE)
    put("pages/story_files/frame.html", PAGE)
    result = code("pages", "-f", "jsonl")
    assert ids(result.stdout) == ["story.html"]
    assert "1 file belongs to saved pages" in result.stderr
    result = code(*sorted(Path("pages").iterdir()), "-f", "jsonl")
    assert ids(result.stdout) == ["story.html"]
    assert "pages/story_files belongs to the saved page pages/story.html" in result.stderr
    assert ids(code("pages/story_files", "-f", "jsonl").stdout) == ["frame.html"]


def test_an_address_is_told_that_nothing_is_fetched_offline() -> None:
    told = code("https://news.example/a", "--offline", code=2).stderr
    assert "https://news.example/a: this is an address, and nothing is fetched here; leave out --offline" in told


def test_an_export_writes_what_is_coded_and_nothing_over_the_last_good_one() -> None:
    put("a.txt")
    run("init", "port")
    good = put("good.csv", "good")
    told = run("export", "-p", "port", "-o", good, code=2).stderr
    assert "no report of the project is coded, so nothing is written; good.csv is as it was" in told
    run("add", "a.txt", "-p", "port")
    put("port/dateline.toml", 'coder = "quick"\n')
    run("code", "-p", "port")
    assert "by its ending" in run("export", "-p", "port", "-f", "csv", "-o", "page.html", code=2).stderr
    assert "says" in run("export", "-p", "port", "-f", "html", "-o", good, code=2).stderr
    assert good.read_text(encoding="utf-8") == "good"
    run("export", "-p", "port", "-o", good)
    assert "a.txt" in good.read_text(encoding="utf-8")
    run("export", "-p", "port", "-f", "html", "-o", "out")
    assert {"index.html"} < {path.name for path in Path("out").iterdir()}
