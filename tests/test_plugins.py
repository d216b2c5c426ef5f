"""Coders and readers of other packages: found by name, held to the bounds, and told by name where they break."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from tests.plugin_cases import Site
from typer.testing import CliRunner

from dateline.api import code, load_coder
from dateline.cli.app import app
from dateline.engine import coders
from dateline.errors import PluginError, UnknownCoderError
from dateline.intake import Failure, Limits, read_path
from dateline.intake.registry import readers
from dateline.lang.base import languages
from dateline.lang.lexicon import built_in
from dateline.lang.lexicon.load import read_folder
from dateline.model import Report
from dateline.plugins import Plugins
from dateline.store import Project

READER = """
from dateline.intake import read_text

class Slips:
    form = "slips"
    endings = (".slips", ".txt")
    def sniff(self, head):
        return head.startswith((b"SLIPS", b"PK"))
    def read(self, source):
        lines = source.data().decode("latin-1").splitlines()[1:]
        for n, line in enumerate(lines):
            if line == "break":
                raise KeyError("slip")
            if line == "other":
                yield line
            else:
                yield read_text(line, id=f"{source.id}-{n}", **source.meta)

SLIPS = Slips()
"""
SLIPS = {"dateline.readers": {"slips": "slips:SLIPS"}}
CODER = """
from dateline.model import CoderInfo, Coding, EventMention

class Marches:
    info = CoderInfo("marches", "1", "none 1")
    files = ()
    def code_many(self, reports):
        for report in reports:
            if "poison" in report.text:
                raise RuntimeError("poisoned")
            if "silence" in report.text:
                continue
            at = report.text.find("marched")
            events = (EventMention("e1", "PROTEST", report.span(at, at + 7)),) if at >= 0 else ()
            yield Coding(report, self.info, events)

def make(settings):
    if settings.names == "keep":
        raise TypeError("no names")
    return Marches()

def nothing(settings):
    return None
"""
MARCHES = {"dateline.coders": {"marches": "marches:make", "nothing": "marches:nothing", "gone": "marches:gone"}}


def given(path: Path, **options: object) -> list[str]:
    found = read_path(path, **options)  # type: ignore[arg-type]
    return [f"{o.id}: {o.text}" if isinstance(o, Report) else o.error for o in found]


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def slips(site: Site, tmp_path: Path) -> Path:
    site.write("slips", READER, SLIPS)
    folder = tmp_path / "slips"
    folder.mkdir()
    return folder


# Readers


def test_a_reader_is_chosen_by_the_ending_and_by_the_first_bytes(slips: Path) -> None:
    for name in ("a.slips", "b.txt", "no-ending", "c.slips.gz"):
        (slips / name).write_bytes(b"SLIPS\nTwo were hurt.")
    (slips / "d.txt").write_bytes(b"Three were hurt.")
    assert given(slips) == [
        *(f"{n}: Two were hurt." for n in ("a.slips-0", "b.txt-0", "c.slips.gz-0")),
        "d.txt: Three were hurt.",
        "no-ending-0: Two were hurt.",
    ]
    assert given(slips / "no-ending") == ["no-ending-0: Two were hurt."]
    forms = readers().told.removeprefix("dateline reads ").replace(" and ", ", ").split(", ")
    assert [form for form in forms if form in ("slips", "text", "CSV", "HTML")] == ["CSV", "HTML", "slips", "text"]


def test_bytes_that_look_like_no_text_are_read_where_a_reader_knows_them(slips: Path) -> None:
    (slips / "a.slips").write_bytes(b"PK\x03\x04\nTwo were hurt.")
    (slips / "b.slips").write_bytes(b"\x89PNG\nTwo were hurt.")
    read, refused = given(slips)
    assert read == "a.slips-0: Two were hurt."
    assert "looks like an image" in refused


def test_a_reader_that_breaks_costs_one_file_and_is_named(slips: Path) -> None:
    (slips / "a.slips").write_bytes(b"SLIPS\nOne was hurt.\nbreak\nTwo were hurt.")
    (slips / "b.slips").write_bytes(b"SLIPS\nother\nTwo were hurt.")
    (slips / "c.slips").write_bytes(b"SLIPS\n")
    (slips / "d.txt").write_bytes(b"Three were hurt.")
    assert given(slips) == [
        "a.slips-0: One was hurt.",
        "the reader 'slips' broke on it (KeyError: 'slip')",
        "the reader 'slips' broke on it (TypeError: it gave str, neither a report nor a failure)",
        "the reader 'slips' found no report in it",
        "d.txt: Three were hurt.",
    ]


def test_a_reader_that_breaks_on_the_first_bytes_costs_the_files_that_it_is_asked_of(slips: Path, site: Site) -> None:
    code = READER.replace("return head.startswith", "return {}[0] and head.startswith").replace('".txt"', '".odd"')
    (site.folder / "slips.py").write_text(code, encoding="utf-8")
    (slips / "a.slips").write_bytes(b"SLIPS\nTwo were hurt.")
    (slips / "b.txt").write_bytes(b"Three were hurt.")
    assert given(slips) == ["the reader 'slips' broke on its first bytes (KeyError: 0)", "b.txt: Three were hurt."]


def test_what_is_no_reader_is_told_by_name(slips: Path, site: Site) -> None:
    site.write("odd", "class Odd: endings = '.odd'", {"dateline.readers": {"odd": "odd:Odd"}})
    with pytest.raises(PluginError, match="the reader 'odd' is type, which does not have all of form, endings"):
        given(slips)


def test_the_limits_hold_for_a_reader_of_a_plugin(slips: Path) -> None:
    (slips / "a.slips").write_bytes(b"SLIPS\nOne.\n" + b"long " * 20 + b"\nTwo.")
    one, long, two = given(slips, limits=Limits(characters=50))
    assert (one, two) == ("a.slips-0: One.", "a.slips-2: Two.")
    assert "limit of 50 characters" in long
    (whole,) = given(slips, limits=Limits(bytes=50))
    assert "limit of 50 bytes" in whole


def test_the_evidence_of_a_report_is_what_was_read_for_it(slips: Path, tmp_path: Path) -> None:
    data = b"SLIPS\nOne was hurt.\nTwo were hurt."
    (slips / "a.slips").write_bytes(data)
    kept: list[bytes] = []
    found = list(read_path(slips, keep=lambda data, _: kept.append(data)))
    assert kept == [data]
    assert {o.sha256 for o in found if isinstance(o, Report)} == {hashlib.sha256(data).hexdigest()}
    with Project.create(tmp_path / "port") as project:
        list(project.add(slips))
        assert project.state().reports == 2
        assert list(project.verify()) == []


def test_a_part_that_cannot_be_loaded_is_told_by_name(slips: Path, site: Site) -> None:
    site.write("broken", "import nowhere_at_all", {"dateline.readers": {"broken": "broken:READER"}})
    (slips / "a.txt").write_bytes(b"Two were hurt.")
    with pytest.raises(PluginError, match=r"the reader 'broken' \(broken:READER\) cannot be loaded \(ModuleNotFound"):
        given(slips)


def test_a_part_of_a_plugin_goes_before_dateline_s_own_of_its_name(site: Site, tmp_path: Path) -> None:
    site.write("slips", READER, {"dateline.readers": {"html": "slips:SLIPS"}})
    assert not Plugins[object]("dateline.readers", "reader").is_own("html")
    assert readers().by_name["html"].form == "slips"


def test_reading_reaches_for_no_network() -> None:
    code = (
        "import sys, dateline.intake as i; list(i.read_path('nowhere')); "
        "print({'ssl', 'http.client', 'urllib.request', 'urllib3', 'requests'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# Coders


@pytest.fixture
def marches(site: Site, tmp_path: Path) -> Path:
    site.write("marches", CODER, MARCHES)
    path = tmp_path / "reports.jsonl"
    texts = ("Workers marched in Lyon.", "A poison was found.", "Dockers marched too.")
    records = [{"id": f"r{n}", "text": text, "published": "2024-05-04"} for n, text in enumerate(texts)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_the_coders_are_listed_without_loading_one(marches: Path) -> None:
    assert list(coders()) == ["gone", "machine", "marches", "nothing"]


def test_a_coder_of_a_plugin_codes_and_a_report_that_it_fails_on_costs_one(marches: Path) -> None:
    result = run("code", marches, "--coder", "marches", "-f", "jsonl", code=1)
    coded = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(c["id"], c["coder"]["name"], len(c["events"])) for c in coded] == [
        ("r0", "marches", 1),
        ("r2", "marches", 1),
    ]
    assert "r1: could not be coded (RuntimeError: poisoned)" in result.stderr
    assert "marched" in run("explain", marches, "--coder", "marches", code=1).stdout


def test_a_coder_that_leaves_a_report_out_is_refused_by_name(marches: Path) -> None:
    marches.write_text('{"id": "r0", "text": "There was silence."}', encoding="utf-8")
    (line,) = run("code", marches, "--coder", "marches", code=2).stderr.splitlines()
    assert line.startswith("dateline: the coder 'marches' cannot be used: it gave 0 for 1 report where")


def test_a_coder_s_codings_are_kept_and_linked_as_the_machine_s_are(marches: Path, tmp_path: Path) -> None:
    folder = tmp_path / "port"
    run("init", folder)
    (folder / "dateline.toml").write_text('coder = "marches"\n', encoding="utf-8")
    run("add", marches, "-p", folder)
    assert "r1: could not be coded" in run("code", "-p", folder, code=1).stderr
    run("link", "-p", folder)
    with Project.open(folder) as project:
        state = project.state()
        assert (state.reports, state.coded, state.mentions) == (3, 2, 2)
        assert {coding.coder.name for coding in project.codings()} == {"marches"}
    assert "Protest" in run("show", "-p", folder).stdout


def test_in_python_a_coder_is_an_option_as_any(marches: Path) -> None:
    assert load_coder(coder="marches").info.name == "marches"
    assert [event.type for event in code("They marched on.", coder="marches").events] == ["PROTEST"]


def test_an_unknown_coder_is_told_with_those_that_there_are(marches: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownCoderError, match="no coder is named 'march'; there are gone, machine, marches, nothing"):
        load_coder(coder="march")
    (line,) = run("code", marches, "--coder", "march", code=2).stderr.splitlines()
    assert line.startswith("dateline: no coder is named 'march'; there are ")
    Project.create(tmp_path / "port").close()
    (tmp_path / "port" / "dateline.toml").write_text('coder = "march"\n', encoding="utf-8")
    assert "no coder is named 'march'" in run("code", "-p", tmp_path / "port", code=2).stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"coder": "gone"}, r"the coder 'gone' \(marches:gone\) cannot be loaded \(AttributeError"),
        ({"coder": "nothing"}, "the coder 'nothing' is NoneType, which does not have all of info, files and code_many"),
        ({"coder": "marches", "names": "keep"}, r"the coder 'marches' cannot be made \(TypeError: no names\)"),
    ],
)
def test_a_coder_that_cannot_be_made_is_told_by_name(marches: Path, options: dict[str, str], told: str) -> None:
    with pytest.raises(PluginError, match=told):
        load_coder(**options)  # type: ignore[arg-type]


def test_a_language_of_a_plugin_is_found_by_its_code(site: Site) -> None:
    code = "from dateline.lang.en.language import ENGLISH\nclass Toy(type(ENGLISH)):\n    code = 'xx'\nTOY = Toy()"
    site.write("toyish", code, {"dateline.languages": {"xx": "toyish:TOY"}})
    assert list(languages()) == ["en", "xx"]
    assert languages()["xx"].code == "xx"
    assert set(read_folder(languages()["xx"].lexicon, "xx").lists) == set(built_in().lists)


def test_failures_pass_the_readers_as_they_are() -> None:
    (failure,) = read_path("nowhere.txt")
    assert isinstance(failure, Failure) and failure.error == "there is no such file"
