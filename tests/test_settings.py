"""The settings of coding: what they say, from where their paths are, and when a project codes anew."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import Result
from tests.store_cases import make_older
from typer.testing import CliRunner

import dateline
from dateline.cli.app import app
from dateline.codebook import load_codebook
from dateline.errors import StoreError
from dateline.files.read import ReadFile
from dateline.resolve.authority.lists import load_authority
from dateline.resolve.gazetteer.own import read_places
from dateline.settings import CoderSettings
from dateline.store import Project
from dateline.store.settings import KEYS, STARTER, Settings

DOCS = Path(__file__).parent.parent / "docs"

BOOK = """\
name: water
version: "1"
extends: base.yaml
include: [part.yaml]
types: [{name: LEAK, definition: Water is lost., verbs: [leak]}]
"""
BASE = """\
name: base
version: "1"
types: [{name: CUT, definition: Water is cut off., verbs: [drain], wording: [empty, a basin, "a basin of {}"]}]
"""
PART = "contexts: [{name: summer, definition: In summer., words: [summer]}]\n"


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def names(files: tuple[ReadFile, ...], folder: Path) -> list[str]:
    return [file.name_in(folder) for file in files]


def test_what_is_given_as_text_or_alone_is_kept_as_paths() -> None:
    given = CoderSettings(authority="a.csv", gazetteer="b.csv", lexicon=["c.yaml"])  # type: ignore[arg-type]
    assert given == CoderSettings(authority=Path("a.csv"), gazetteer=(Path("b.csv"),), lexicon=(Path("c.yaml"),))


def test_paths_are_from_a_folder_and_names_stay(tmp_path: Path) -> None:
    given = CoderSettings(authority=Path("a.csv"), gazetteer=(Path("b.csv"), Path("/c.csv")), lexicon=(Path("d.yaml"),))
    here = given.within(tmp_path)
    assert here.authority == tmp_path / "a.csv" and here.gazetteer == (tmp_path / "b.csv", Path("/c.csv"))
    assert here.lexicon == (tmp_path / "d.yaml",) and here.codebook == "plover"
    assert replace(given, codebook="own.yaml").within(tmp_path).codebook == tmp_path / "own.yaml"


def test_options_go_before_settings_and_these_before_the_defaults() -> None:
    chosen = CoderSettings.chosen("conflict", CoderSettings(names="keep", encoder=False), {"encoder": True})
    assert chosen == CoderSettings(codebook="conflict", names="keep", encoder=True)
    assert CoderSettings.chosen(None, None, {}) == CoderSettings()


def test_a_codebook_says_which_files_it_was_read_from(tmp_path: Path) -> None:
    folder = write(tmp_path, water_yaml=BOOK, base_yaml=BASE, part_yaml=PART)
    assert names(load_codebook(folder / "water.yaml").files, folder) == ["water.yaml", "part.yaml", "base.yaml"]
    built_in = names(load_codebook("conflict").files, folder)
    assert built_in[:2] == [f"dateline/codebook/builtin/{name}.yaml" for name in ("conflict", "plover")]


def test_lists_say_which_files_they_were_read_from(tmp_path: Path) -> None:
    folder = write(tmp_path, a_csv="name,kind\nWater Forum,body\n", b_csv="name,lat,lon\nLower Mill,1.5,2.5\n")
    assert names(load_authority(folder / "a.csv").files, folder) == ["a.csv"]
    read = read_places(folder / "b.csv").read
    assert read is not None and read.name_in(folder) == "b.csv"


def fingerprint(*files: ReadFile, folder: Path | None = None) -> str:
    return CoderSettings().record(files, folder).fingerprint


def test_two_files_of_one_name_are_two(tmp_path: Path) -> None:
    one, two = (ReadFile.of(tmp_path / name / "places.csv", b"x") for name in ("north", "south"))
    changed = ReadFile.of(tmp_path / "north" / "places.csv", b"y")
    assert len({fingerprint(one), fingerprint(two), fingerprint(one, two), fingerprint(changed, two)}) == 4
    assert fingerprint(one, two) != fingerprint(two, one), "a later list goes over an earlier one"


def test_what_lies_in_a_project_moves_with_it(tmp_path: Path) -> None:
    here, there = (ReadFile.of(tmp_path / name / "own.yaml", b"x") for name in ("here", "there"))
    assert fingerprint(here, folder=tmp_path / "here") == fingerprint(there, folder=tmp_path / "there")
    assert fingerprint(here, folder=tmp_path / "elsewhere") != fingerprint(there, folder=tmp_path / "elsewhere")


@pytest.mark.parametrize("other", [{"names": "keep"}, {"encoder": False}, {"coder": "other"}, {"at_least": 0.3}])
def test_every_setting_is_in_the_fingerprint(other: dict[str, object]) -> None:
    assert replace(CoderSettings(), **other).record(()).fingerprint != fingerprint()  # type: ignore[arg-type]


@pytest.mark.parametrize("bound", [-0.1, 1.5, float("nan")])
def test_a_bound_that_is_no_chance_is_refused(bound: float) -> None:
    with pytest.raises(ValueError, match="at_least"):
        CoderSettings(at_least=bound)


def test_one_bound_has_one_fingerprint() -> None:
    assert CoderSettings(at_least=1).record(()) == CoderSettings(at_least=1.0).record(())


def read(folder: Path, text: str) -> Settings:
    write(folder, dateline_toml=text)
    return Settings.read(folder)


def test_a_project_gives_the_settings_of_its_coder(tmp_path: Path) -> None:
    text = 'coder = "machine"\ncodebook = "own.yaml"\nnames = "keep"\nauthority = "a.csv"\ngazetteer = ["b.csv"]\n'
    given = read(
        tmp_path, text + 'lexicon = ["c.yaml"]\nencoder = false\nat_least = 0.3\n[policies]\nkilled = "latest"\n'
    )
    paths = Path("a.csv"), (Path("b.csv"),), (Path("c.yaml"),)
    assert given == Settings(
        CoderSettings("machine", "own.yaml", "keep", *paths, False, 0.3), policies={"killed": "latest"}
    )
    assert read(tmp_path, STARTER) == read(tmp_path, "") == Settings()


def test_the_starter_shows_every_setting_and_its_default_can_be_read(tmp_path: Path) -> None:
    shown = re.sub(r"^# (\w+ = |\[)", r"\1", STARTER, flags=re.MULTILINE)
    assert {line.split(" = ")[0].strip("[]") for line in shown.splitlines() if re.match(r"\w+ =|\[", line)} >= set(KEYS)
    assert read(tmp_path, shown).coding.codebook == "plover"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("coder = 3", "coder: "),
        ('codebok = "x"', "codebok: there is no such setting"),
        ('coding = "x"', "coding: there is no such setting"),
        ('gazetteer = "x"', "gazetteer: "),
        ('encoder = "perhaps"', "encoder: "),
        ("at_least = 2", "Value error, at_least is 2.0, and chances go from 0 to 1"),
        ('at_least = "half"', "at_least: "),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(StoreError, match=f"dateline.toml: {told}.*the settings are coder, codebook, "):
        read(tmp_path, text)


def test_every_setting_is_documented() -> None:
    page = (DOCS / "projects.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", page, flags=re.MULTILINE))
    assert list(table) == list(KEYS)
    for setting in fields(CoderSettings):
        default = "none" if setting.default is None else f"`{json.dumps(setting.default)}`"
        assert table[setting.name] == default


# From here on with the coder itself: a project of one report.

REPORT = "MILLBRIDGE - Workers drained the basin of the mill in Millbridge on Monday, the owner said."


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def coded(project: Path) -> int:
    found = re.search(r"Coded (\d+)", run("code", "-p", project).output)
    assert found is not None
    return int(found[1])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = tmp_path / "mill"
    run("init", made)
    write(made, water_yaml=BOOK, base_yaml=BASE, part_yaml=PART)
    write(made, dateline_toml='codebook = "water.yaml"\nencoder = false\n')
    report = {"id": "mill", "publisher": "Mill Post", "published": "2024-03-05", "text": REPORT}
    run("add", write(tmp_path, mill_jsonl=json.dumps(report)) / "mill.jsonl", "-p", made)
    assert coded(made) == 1 and coded(made) == 0
    return made


@pytest.mark.model
@pytest.mark.parametrize(("name", "text"), [("part.yaml", PART + "# changed\n"), ("base.yaml", BASE + "# changed\n")])
def test_a_change_of_what_a_codebook_includes_or_extends_codes_anew(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    assert coded(project) == 1 and coded(project) == 0


@pytest.mark.model
def test_a_change_of_either_of_two_lists_of_one_name_codes_anew(project: Path) -> None:
    toml = (project / "dateline.toml").read_text(encoding="utf-8")
    write(project, dateline_toml=toml + 'gazetteer = ["north/places.csv", "south/places.csv"]\n')
    for name in ("north", "south"):
        write(project / name, places_csv="name,lat,lon\nMillbridge,1.5,2.5\n")
    assert coded(project) == 1 and coded(project) == 0
    for name in ("north", "south"):
        write(project / name, places_csv="name,lat,lon\nMillbridge,1.5,3.5\n")
        assert coded(project) == 1


@pytest.mark.model
def test_a_list_of_words_counts_too(project: Path) -> None:
    toml = (project / "dateline.toml").read_text(encoding="utf-8")
    own = "modality.governors:\n  {}: {{plan: opt}}\n  examples: ['They [opted] to meet.']\n"
    write(project, dateline_toml=toml + 'lexicon = ["words.yaml"]\n', words_yaml=own.format("add"))
    assert coded(project) == 1 and coded(project) == 0
    write(project, words_yaml=own.format("add").replace("opt}", "opt elect}"))
    assert coded(project) == 1


@pytest.mark.model
def test_a_project_that_is_moved_is_not_coded_anew(project: Path, tmp_path: Path) -> None:
    moved = tmp_path / "far" / "away"
    shutil.copytree(project, moved)
    assert coded(moved) == 0


@pytest.mark.model
def test_what_codings_were_made_by_is_kept_once(project: Path) -> None:
    with sqlite3.connect(project / "dateline.sqlite") as db:
        [(name, form)] = db.execute("SELECT fingerprint, form FROM settings").fetchall()
        assert db.execute("SELECT settings FROM codings").fetchall() == [(name,)]
    kept = json.loads(form)
    assert (kept["coder"], kept["names"], kept["encoder"]) == ("machine", "roles", False)
    assert [file for file, _ in kept["files"]] == ["water.yaml", "part.yaml", "base.yaml", "gazetteer"]


@pytest.mark.model
def test_a_project_of_before_is_coded_anew_and_opens(project: Path) -> None:
    make_older(project, "0001")
    with sqlite3.connect(project / "dateline.sqlite") as db:
        db.executescript(
            "DROP TRIGGER codings_update;"
            """UPDATE codings SET settings = '{"files": {"water.yaml": "00"}, "names": "roles"}';"""
        )
    assert coded(project) == 1 and coded(project) == 0
    with Project.open(project) as store:
        assert store.state().codings == 2


@pytest.mark.model
def test_a_projects_events_are_told_in_its_own_codebooks_words(project: Path) -> None:
    run("link", "-p", project)
    told = "Workers emptied a basin"
    shown = run("show", "-p", project).stdout
    assert told in shown
    load_codebook(project / "water.yaml")
    assert run("show", "-p", project).stdout == shown
    assert told in run("digest", "--since", "2024-03-01", "-p", project).stdout
    page = project / "event.html"
    run("show", shown.split()[0], "-p", project, "-o", page)
    assert told in page.read_text(encoding="utf-8")


@pytest.mark.model
def test_a_codebook_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    book = write(tmp_path, base_yaml=BASE) / "base.yaml"
    assert [e.type for e in dateline.code(REPORT, codebook=book, encoder=False).events] == ["CUT"]
    write(tmp_path, base_yaml=BASE.replace("CUT", "DRAINING"))
    settings = CoderSettings(codebook=book, encoder=False)
    assert [e.type for e in dateline.code(REPORT, settings=settings).events] == ["DRAINING"]
