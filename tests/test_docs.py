"""The documentation: its examples run, its reference pages say what the code says, and nothing is undocumented.

In README.md and docs/*.md a fenced ``console`` block holds commands after ``$`` and their output; a ``pycon`` block a
Python session. In an output ``...`` stands for anything. ``<!-- file: NAME -->`` before a block writes the block to
a file first; ``pip install ./FOLDER`` installs a package that was written so, for the page alone, and ``pytest
FOLDER`` runs its tests. ``pytest --update-snapshots`` writes the outputs anew.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import importlib.util
import io
import re
import runpy
import shlex
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.plugin_cases import Site
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate, blocks = _module("generate"), _module("blocks")
BLOCK: re.Pattern[str] = blocks.BLOCK


def _shown_commands() -> list[str]:
    """Every command of dateline that is shown without its output: in ``sh`` blocks, set in, and in the help."""
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    typed = [block["body"] for text in pages for block in BLOCK.finditer(text) if block["kind"] == "sh"]
    shown = [line for body in typed for line in body.replace("\\\n", " ").splitlines()]
    shown += [line.strip() for text in pages for line in re.findall(r"^    dateline .*$", text, re.M)]
    shown += [
        line.strip()
        for _, command, _ in generate.commands()
        for line in re.findall(r"^ +dateline .*$", command.help or "", re.M)
    ]
    parts = [part.strip() for line in shown for part in re.split(r" #| && | [|<>] |   \(", line)]
    return sorted({part for part in parts if part.startswith("dateline ") and "-completion" not in part})


COMMANDS = _shown_commands()


@pytest.mark.parametrize("name", generate.WRITERS)
def test_reference_pages_are_current(name: str) -> None:
    kept = generate.REFERENCE / name
    now = generate.WRITERS[name]().splitlines()
    before = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    drift = list(difflib.unified_diff(before, now, "kept", "now", lineterm="", n=0))
    assert not drift, "run: make docs\n" + "\n".join(drift[:20])


@pytest.mark.parametrize("name", generate.PARTS)
def test_generated_parts_of_pages_are_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == generate.with_parts(name), "run: make docs"


def test_the_readme_says_the_measured_figures_of_rows() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    said = re.search(r"Of 100 rows coded in (\d+) reports .*?, (\d+) are right in every field, and (\d+) hold", readme)
    assert said is not None
    rows = [line.split("|") for line in (ROOT / "docs" / "figures.md").read_text(encoding="utf-8").splitlines()]
    of = {cells[4].strip(): cells for cells in rows if len(cells) > 5 and cells[1].strip() == "reports"}
    right, sound = (of[name] for name in ("rows right in every field", "rows without a wrong value"))
    assert said.groups() == (right[3].strip(), f"{float(right[5]):.0%}"[:-1], f"{float(sound[5]):.0%}"[:-1])


def test_every_ending_that_is_read_is_in_the_guide() -> None:
    from dateline.intake.registry import readers

    guide = (ROOT / "docs" / "input.md").read_text(encoding="utf-8")
    assert [ending for ending in readers().endings if f"`{ending}`" not in guide] == []


@cache
def _command() -> Any:
    """The command line, built once."""
    from typer.main import get_command

    from dateline.cli.app import app

    return get_command(app)


@pytest.mark.parametrize("words", COMMANDS)
def test_commands_that_are_shown_can_be_typed(words: str) -> None:
    command = _command()
    context, (_, *rest) = command.make_context("dateline", [], resilient_parsing=True), shlex.split(words)
    while hasattr(command, "list_commands"):
        name, *rest = rest
        command = command.get_command(context, name)
        assert command is not None, f"there is no command {name!r}"
        if not rest or not hasattr(command, "list_commands"):
            # An option that there is not, or a value that it does not take, is a usage error.
            context = command.make_context(name, list(rest), parent=context)
        else:
            context = command.make_context(name, [], parent=context, resilient_parsing=True)


def test_every_command_argument_and_option_is_explained() -> None:
    explained = [(words, command.help) for words, command, _ in generate.commands()]
    for words, command, _ in generate.commands():
        explained += [(f"{words}: {p.name}", getattr(p, "help", "")) for p in command.params if p.name != "help"]
    assert [what for what, help in explained if not (help or "").strip()] == []


def test_every_entry_point_group_is_explained() -> None:
    assert sorted(generate.entry_points()) == sorted(generate.ENTRY_POINTS)


def test_every_public_name_and_noun_has_a_docstring() -> None:
    import dateline

    public = [getattr(dateline, name) for name in dateline.__all__ if not name.startswith("__")]
    # A dataclass without a docstring is given its signature as one, which says nothing.
    assert [
        v.__name__ for v in [*public, *generate.nouns()] if not v.__doc__ or v.__doc__.startswith(v.__name__ + "(")
    ] == []


def test_every_command_is_shown_in_the_guides() -> None:
    guides = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    shown = [words for words, command, _ in generate.commands() if not hasattr(command, "list_commands")]
    assert [words for words in shown if words not in guides] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [t for t in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in t and "mailto:" not in t]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.model
@pytest.mark.parametrize(
    "page", [p for p in PAGES if re.search("^```(console|pycon)$", p.read_text("utf-8"), re.M)], ids=lambda p: p.name
)
def test_examples_run(
    page: Path, coder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, site: Site
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))  # of this tree is also what a command starts, such as a reader
    before = page.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    after = BLOCK.sub(lambda block: _run_block(block, names, site), before)
    if request.config.getoption("update_snapshots"):
        page.write_text(after, encoding="utf-8")
    elif before != after:
        difference = difflib.unified_diff(
            before.splitlines(), after.splitlines(), page.name, "as it runs", lineterm="", n=1
        )
        pytest.fail("accept with: pytest --update-snapshots\n" + "\n".join(difference))


def _run_block(block: re.Match[str], names: dict[str, Any], site: Site) -> str:
    """The block as it should read: its commands with the output that they give now."""
    kind, body = block["kind"], block["body"]
    blocks.write_file(block, Path())
    if kind == "console":
        parts = re.split(r"^\$ ", body, flags=re.M)[1:]
        now = "".join(_run_command(part, site) for part in parts)
    elif kind == "pycon":
        now = _run_session(body, names)
    else:
        return block[0]
    return block[0].replace(body, now)


def _run_command(part: str, site: Site) -> str:
    """A command (with its continuation lines) and its output."""
    command, expected = "", part
    # A command goes on after a backslash at the end of a line, and until its quotation marks are closed.
    while not command or command.endswith("\\\n") or command.count("'") % 2:
        line, end, expected = expected.partition("\n")
        command += line + end
    printed = _tidy(_shell(command.replace("\\\n", " ").strip(), site))
    return "$ " + command + (expected if _alike(expected, printed) else printed)


def _shell(command: str, site: Site) -> str:
    """``[printf WORDS |] dateline ...`` or ``cat FILE``, without a shell and in this process, where all is loaded."""
    from dateline.cli.app import app

    words = shlex.split(command)
    given = None
    if words[0] in {"echo", "printf"}:
        given, words = words[1] + "\n", words[words.index("|") + 1 :]
    if words[:2] == ["pip", "install"]:
        site.install(Path(words[2]))
        return ""
    if words[0] == "pytest":
        return _tested(Path(words[1]))
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8")
    assert words[0] == "dateline", f"the examples run dateline, echo and cat alone, not {words[0]!r}"
    result = CliRunner().invoke(app, words[1:], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _tested(folder: Path) -> str:
    """The tests of a package, run in this process."""
    tests = [
        test
        for path in sorted(folder.glob("test_*.py"))
        for name, test in runpy.run_path(str(path)).items()
        if name.startswith("test_")
    ]
    for test in tests:
        test()
    return f"{'.' * len(tests)} [100%]\n{len(tests)} passed in 0.10s\n"


def _run_session(body: str, names: dict[str, Any]) -> str:
    out = ""
    for example in doctest.DocTestParser().get_examples(body):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "<documentation>", "single"), names)
        now = _tidy(printed.getvalue())
        first, *more = example.source.splitlines()
        out += "\n".join([f">>> {first}", *(f"... {line}" for line in more)]) + "\n"
        out += example.want if _alike(example.want, now) else now
    return out


def _alike(expected: str, printed: str) -> bool:
    return re.fullmatch(".*?".join(map(re.escape, expected.split("..."))), printed, re.DOTALL) is not None


def _tidy(printed: str) -> str:
    """Without the spaces that a table leaves at the ends of its lines, and the empty lines around it."""
    lines = "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")
    return lines + "\n" if lines else ""
