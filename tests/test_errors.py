"""Every error has its place in the tree, and the command line tells each in one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from dateline import errors
from dateline.cli.app import app
from dateline.cli.console import told
from dateline.coder.encoder.network import MANIFEST, Encoder
from dateline.errors import DatelineError, InputError, KnowledgeError, Problem
from dateline.store import Project, StoreError


def tree(error: type[DatelineError], depth: int = 0) -> Iterator[tuple[int, type[DatelineError]]]:
    yield depth, error
    for below in error.__subclasses__():
        yield from tree(below, depth + 1)


ALL = [error for _, error in tree(DatelineError)]


def made(error: type[DatelineError], said: str) -> DatelineError:
    if issubclass(error, KnowledgeError):
        return error([Problem("mine.yaml", 3, said, "Write it anew.")])
    return error(said, "write it anew") if issubclass(error, InputError) else error(said)


def run(*words: object, code: int = 2) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def said(*words: object) -> str:
    """The one line that a person gets instead of a traceback."""
    (line,) = run(*words).stderr.splitlines()
    return str(line)


def test_the_docstring_draws_the_tree() -> None:
    drawn = re.findall(r"^( *)\* ``(\w+)``", errors.__doc__ or "", re.M)
    assert [(len(indent) // 2, name) for indent, name in drawn] == [(d, e.__name__) for d, e in tree(DatelineError)]


def test_all_public_errors_of_the_package_are_defined_in_one_place() -> None:
    package = Path(errors.__file__).parent
    found = {
        (path.relative_to(package).as_posix(), name)
        for path in package.rglob("*.py")
        for name in re.findall(r"^class ([A-Z]\w*)\(.*(?:Error|Exception)\):", path.read_text(encoding="utf-8"), re.M)
    }
    assert found == {("errors.py", error.__name__) for error in ALL}


@pytest.mark.parametrize("error", ALL)
def test_every_error_is_told_in_one_line(error: type[DatelineError], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, told():
        raise made(error, "it is\x1b[2J\nbroken")
    assert left.value.exit_code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("dateline: ") and "broken" in line and line.isprintable()


def test_a_file_with_several_faults_gets_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [Problem("mine.csv", n, "It is wrong.", "Mend it.") for n in (1, 2)]
    with pytest.raises(typer.Exit), told():
        raise errors.AuthorityError(faults)
    assert [line.removeprefix("dateline: ") for line in capsys.readouterr().err.splitlines()] == list(map(str, faults))


def test_what_the_system_refuses_is_told_but_no_broken_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), told():
        raise PermissionError(13, "Permission denied", "mine.txt")
    assert "mine.txt" in capsys.readouterr().err
    with pytest.raises(typer.Exit) as left, told():
        raise BrokenPipeError
    assert (left.value.exit_code, capsys.readouterr().err) == (141, "")


def test_errors_are_still_caught_as_what_they_were() -> None:
    for name in ("Intake", "Codebook", "Authority", "Policy", "Form", "Span", "Edtf"):
        assert issubclass(getattr(errors, f"{name}Error"), ValueError)
    for name in ("Store", "Gazetteer", "Pipeline", "Encoder"):
        assert issubclass(getattr(errors, f"{name}Error"), RuntimeError)
    assert issubclass(errors.UnknownFormatError, LookupError)


# What a person can have wrong


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "port"
    Project.create(folder).close()
    return folder


@pytest.mark.parametrize("verb", ["show", "digest --since 2024-01-01"])
def test_a_wrong_policy_in_the_settings_is_told_with_its_file(project: Path, verb: str) -> None:
    (project / "dateline.toml").write_text('policies = {killed = "nope"}\n', encoding="utf-8")
    line = said(*verb.split(), "-p", project)
    assert "dateline.toml" in line and "'nope'" in line and "envelope" in line


@pytest.mark.parametrize("text", ["policies = {", "names = 'all'", "codebook = 3"])
@pytest.mark.parametrize("verb", ["show", "code"])
def test_settings_that_cannot_be_read_are_told(project: Path, text: str, verb: str) -> None:
    (project / "dateline.toml").write_text(text, encoding="utf-8")
    assert "dateline.toml" in said(verb, "-p", project)


def test_settings_that_are_no_file_are_told(project: Path) -> None:
    (project / "dateline.toml").unlink()
    (project / "dateline.toml").mkdir()
    assert "dateline.toml" in said("show", "-p", project)


@pytest.mark.parametrize("verb", ["add x.txt", "link", "show", "status", "verify"])
def test_a_database_with_a_damaged_page_is_told(project: Path, verb: str) -> None:
    path = project / "dateline.sqlite"
    for beside in ("dateline.sqlite-wal", "dateline.sqlite-shm"):
        (project / beside).unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    assert "restore a copy" in said(*verb.split(), "-p", project)


def test_a_database_that_is_locked_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.databases.sqlite.WAIT_MILLISECONDS", 1)
    with (
        Project.open(project) as one,
        Project.open(project) as other,
        one.database.writing(),
        pytest.raises(StoreError, match="wait for"),
        other.database.writing(),
    ):
        raise AssertionError("two wrote at once")


def test_a_missing_pipeline_is_told_by_every_verb_that_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise errors.PipelineError("no English pipeline is installed; install one with: pip install it")

    for maker in ("load_coder", "machine_coder"):
        monkeypatch.setattr(f"dateline.api.{maker}", missing)
    gold = tmp_path / "gold.csv"
    gold.write_text("report,text,type\nr1,Workers marched in Lima.,PROTEST\n", encoding="utf-8")
    for words in (("code", gold), ("explain", gold), ("codebook", "check", "plover"), ("demo",)):
        assert "pip install" in said(*words)
    assert "pip install" in run("evaluate", gold).stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "told_of"),
    [
        ("codebook new {0}/mine.yaml --name #1", "cannot be a codebook's name"),
        ("codebook show {0}", "folder"),
        ("codebook show nowhere", "no such codebook"),
        ("authority check {0}/nowhere.csv", "cannot be read"),
        ("gazetteer check {0}/nowhere.csv", "cannot be read"),
        ("evaluate {0}/nowhere.csv", "nowhere.csv"),
        ("evaluate {0}/nowhere.csv -f xls", "'xls'"),
        ("evaluate {0}/nowhere.csv --field dead", "the fields are"),
        ("evaluate {0}/nowhere.csv --column type", "--column A=B"),
        ("add x.txt -p {0}/port --limit pages=3", "the limits are"),
        ("code x.txt -f xls", "'xls'"),
        ("show -p {0}", "holds no project"),
        ("init {0}/port", "a project already"),
        ("show e0 -p {0}/port", "no event 'e0'"),
        ("digest --since 2024-13-40 -p {0}/port", "2024-13-40"),
    ],
)
def test_what_was_given_wrong_is_told(project: Path, words: str, told_of: str) -> None:
    assert told_of in said(*words.format(project.parent).split())


def test_an_output_that_cannot_be_written_is_told(project: Path) -> None:
    (project / "folder.json").mkdir()
    assert "folder.json" in said("show", "-f", "json", "-p", project, "-o", project / "folder.json")


def test_a_manifest_of_the_encoder_without_a_value_is_told(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"sha256": {}}), encoding="utf-8")
    with pytest.raises(errors.EncoderError, match=r"no 'encoder\.onnx'; install dateline again"):
        Encoder.load(tmp_path)


def test_an_error_comes_whole_out_of_another_process():
    import pickle

    told = errors.CodebookError([errors.Problem("own.yaml", 3, "This is wrong.", "Mend it.")])
    again = pickle.loads(pickle.dumps(told))
    assert (type(again), str(again), again.problems) == (type(told), str(told), told.problems)
    given = pickle.loads(pickle.dumps(errors.IntakeError("too long", "split it")))
    assert (given.error, given.mend, str(given)) == ("too long", "split it", "too long; split it")
