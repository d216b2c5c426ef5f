"""Writes the reference pages from the code: ``python docs/generate.py`` (or ``make docs``).

Nothing in ``docs/reference`` is written by hand, nor is what other pages have between ``<!-- generated: NAME -->`` and
``<!-- end -->``; a test compares both with what the code, and the measured figures, say now. With ``--check`` nothing
is written, and the exit code is 1 where a page has drifted.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
REFERENCE = DOCS / "reference"
HEAD = "<!-- Written by docs/generate.py from the code; change the code, then run `make docs`. -->\n\n"
WIDTH = 96

ENTRY_POINTS = {
    "dateline.exporters": (
        "Formats that `-f` can write. The name is the format's name; the object is a function "
        "`write(codings: Iterable[Coding], out: TextIO) -> None`, called with a text stream opened as UTF-8. Write "
        "each coding as it comes if the format allows it, and write something that says why where there is none."
    ),
    "dateline.event_exporters": (
        "Formats that `dateline export --what events -f` can write. The name is the format's name; the object is a "
        "function `write(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None`: "
        "`dateline.export.tables.events.event_row` gives the row of an event, and `statement.plain()` the data "
        "statement, once all events have come."
    ),
    "dateline.coders": (
        "Who codes: what `--coder` and `coder = ...` in a project take. The name is the coder's name; the object is a "
        "function `make(settings: CoderSettings) -> Coder`. A coder has `info` (who codes), `files` (what was read for "
        "it) and `code_many(reports: Iterable[Report]) -> Iterator[Coding]`, one coding a report, in order."
    ),
    "dateline.readers": (
        "Forms of file that reports are read from. The name is told where the reader breaks; the object has `form` "
        "(what it reads, in words), `endings` (how such files are named), `sniff(head: bytes) -> bool` and "
        "`read(source: Source) -> Iterator[Report | Failure | Link]`. Readers of plugins are asked before dateline's "
        "own."
    ),
    "dateline.languages": (
        "Languages whose reports can be coded. The name is the ISO 639 code; the object has all that "
        "[the list](../languages.md) names."
    ),
    "dateline.codebooks": (
        "Codebooks known by name. The name is the codebook's name; the object gives the path of its YAML file. "
        "[The codebook guide](../codebook-guide.md) tells what stands in it."
    ),
}
"""What each entry-point group is for. A group without an entry here fails the run: nothing stays undocumented."""


def main() -> int:
    """Write the pages, or with ``--check`` name those that have drifted."""
    check = "--check" in sys.argv[1:]
    REFERENCE.mkdir(exist_ok=True)
    drifted = False
    pages = {REFERENCE / name: writer() for name, writer in WRITERS.items()}
    pages |= {ROOT / name: with_parts(name) for name in PARTS}
    for page, text in pages.items():
        if page.exists() and page.read_text(encoding="utf-8") == text:
            continue
        drifted = True
        if not check:
            page.write_text(text, encoding="utf-8")
        print(f"{'drifted:' if check else 'wrote'} {page.relative_to(ROOT).as_posix()}")
    return 1 if check and drifted else 0


PART = re.compile(r"(?<=^<!-- generated: )(?P<name>\w+)( -->\n).*?(?=^<!-- end -->$)", re.M | re.S)


def with_parts(name: str) -> str:
    """A page that people write, with the parts of it that are written from the code as they are now."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if sorted(found["name"] for found in PART.finditer(text)) != sorted(PARTS[name]):
        raise SystemExit(f"{name}: the generated parts should be {', '.join(PARTS[name])}, each once")
    return PART.sub(lambda found: f"{found['name']}{found[2]}{PARTS[name][found['name']]()}\n", text)


def _accuracy() -> str:
    """How many rows are right, in one sentence, from the measured figures."""
    right, reports = figure("reports", "rows right in every field")
    sound, _ = figure("reports", "rows without a wrong value")
    return (
        f"Of 100 rows coded in {reports} reports from which nothing was learned, {100 * right:.0f} are right in every "
        f"field, and {100 * sound:.0f} hold\nnothing wrong (a field may be empty that the report has a value for), "
        "measured against a coding of the same reports by\nhand, in every field, by one careful reader, a large "
        "language model ([the figures](docs/figures.md), task `reports`)."
    )


def figure(task: str, name: str) -> tuple[float, int]:
    """A measured figure of ``docs/figures.md``, and on how many records it was measured."""
    for line in (DOCS / "figures.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and (cells[0], cells[3]) == (task, name):
            return float(cells[4]), int(cells[2])
    raise SystemExit(f"docs/figures.md: the task {task} has no figure '{name}'")


def _names_of_fields() -> str:
    """The keys of a record, with all other names under which each is read."""
    from dateline.intake.records.fields import OTHER_NAMES

    rows = ["| name | what it is | also read as |", "| --- | --- | --- |"]
    for field, others in OTHER_NAMES.items():
        listed = ", ".join(f"`{other}`" for other in others.split(", "))
        rows.append(f"| `{field}` | {FIELDS_OF_RECORDS[field]} | {listed} |")
    return "\n".join(rows)


FIELDS_OF_RECORDS = {
    "id": "the report's name, your own",
    "text": "the words of the report, left exactly as they are",
    "published": "the day or time of publication: 2024-02-01, 2024-02-01T14:30:00+01:00, 2024-02, 2024",
    "publisher": "who published it",
    "title": "its title",
    "url": "where it was",
    "author": "who wrote it",
    "language": "its language (`en`); left out, it is found",
    "retrieved": "when it was fetched",
}
"""What each key of a record is. A key without an entry here fails the run."""

PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"accuracy": _accuracy},
    "docs/input.md": {"names": _names_of_fields},
}
"""What writes the generated parts of the pages that people write."""


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Every command of the command line: its words ("codebook check"), its click command and a context for it."""
    from typer.main import get_command

    from dateline.cli.app import app

    command = get_command(app)
    root = command.make_context("dateline", [], resilient_parsing=True)
    yield "dateline", command, root
    yield from _commands_below("dateline", command, root)


def _commands_below(words: str, group: Any, parent: Any) -> Iterator[tuple[str, Any, Any]]:
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        context = command.make_context(name, [], parent=parent, resilient_parsing=True)
        yield f"{words} {name}", command, context
        if hasattr(command, "list_commands"):
            yield from _commands_below(f"{words} {name}", command, context)


def _command_line() -> Iterator[str]:
    yield "# The command line\n"
    yield "What each command says with `--help`. Results go to standard output, everything else to standard error.\n"
    yield "| exit code | says |\n| ---: | --- |"
    yield from (f"| {code} | {says} |" for code, says in EXIT_CODES.items())
    yield (
        "\n`DATELINE_PROJECT` stands for `-p`, `DATELINE_WHO` for `--who` and `DATELINE_CONTACT` for `--contact`. "
        "`NO_COLOR` is obeyed."
    )
    yield "`dateline --install-completion` lets bash, zsh, fish or PowerShell complete commands and options.\n"
    for words, command, context in commands():
        context.terminal_width = context.max_content_width = WIDTH
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        yield f"## {words}\n\n```text\n{text}\n```\n"


EXIT_CODES = {
    0: "all is well",
    1: "something that was named could not be read, and the rest was done; or what was checked is not as it should be",
    2: "the command cannot run, or nothing could be read: nothing was written over",
    130: "interrupted (Ctrl-C): what is kept, and how to go on, is told",
    141: "whoever read the output (such as `head`) has seen enough",
}
"""What the exit codes say."""


def _python() -> Iterator[str]:
    import dateline
    from dateline import errors

    yield "# Python\n"
    yield "The public names. They are importable from `dateline`; everything else may change between versions.\n"
    for name in dateline.__all__:
        value = getattr(dateline, name)
        if inspect.isfunction(inspect.unwrap(value)):
            yield f"## {name}\n\n```python\n{_signature(name, inspect.unwrap(value))}\n```\n\n{_doc(value)}\n"
    yield from _dataclass(dateline.CoderSettings)
    yield "# The errors\n"
    yield f"`dateline.DatelineError` is the base of them; all are in `dateline.errors`.\n\n{_doc(errors)}\n"
    yield "# The nouns\n"
    yield "Frozen dataclasses of `dateline.model`, which is also what the JSON form holds.\n"
    for noun in nouns():
        yield from _dataclass(noun)
    yield "## The closed lists\n"
    yield "| list | values |\n| --- | --- |"
    for name, values in _lists():
        yield f"| `{name}` | {', '.join(f'`{v}`' for v in values)} |"
    yield ""


def _dataclass(noun: Any) -> Iterator[str]:
    yield f"## {noun.__name__}\n\n{_doc(noun)}\n"
    yield "| field | type | default |\n| --- | --- | --- |"
    yield from (
        f"| `{f.name}` | `{_type(f.type).replace('|', 'or')}` | {_default(f)} |" for f in dataclasses.fields(noun)
    )
    yield ""


def _coded_report() -> Iterator[str]:
    schema = _schema()
    yield "# The coded report\n"
    yield f"{schema['description']}\n"
    yield "One JSON object a report. The JSON Schema is in [coded-report.schema.json](coded-report.schema.json);"
    yield "`dateline schema` prints it.\n"
    yield "## At the top\n"
    yield from _properties(schema)
    for name, definition in sorted(schema["$defs"].items()):
        if "properties" in definition:
            yield f"## {name}\n"
            yield f"{_plain(definition.get('description', ''))}\n"
            yield from _properties(definition)


def _properties(definition: dict[str, Any]) -> Iterator[str]:
    required = definition.get("required", ())
    yield "| key | value | |\n| --- | --- | --- |"
    for key, value in definition["properties"].items():
        yield f"| `{key}` | {_value(value)} | {'always' if key in required else ''} |"
    yield ""


def _value(value: dict[str, Any]) -> str:
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in value:
        return " or ".join(_value(v) for v in value["anyOf"])
    if "enum" in value:
        return ", ".join(f"`{v}`" for v in value["enum"])
    if value.get("type") == "array":
        return f"list of {_value(value['items'])}" if "items" in value else "list"
    return str(value.get("type", "anything"))


def _codebook() -> Iterator[str]:
    from dateline.codebook import builtin_codebooks, load_codebook
    from dateline.codebook.show import written

    yield "# The built-in codebooks\n"
    yield "`dateline codebook show NAME TYPE` prints a type whole, with its triggers and worked examples."
    yield "[The codebook guide](../codebook-guide.md) tells how to change one.\n"
    for book in map(load_codebook, builtin_codebooks()):
        yield f"## {book.name} {book.version}\n\n{_plain(book.description)}\n"
        yield "| type | what it is | quad class | CAMEO root | triggers | examples |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for kind in book.types:
            facts = (kind.quad or "", kind.cameo or "", len(written(kind)), len(kind.examples))
            yield f"| {kind.name} | {_plain(kind.definition)} | {' | '.join(map(str, facts))} |"
        yield from _modes(book)
        if book.contexts:
            yield "\n### Contexts\n\n| context | what it is |\n| --- | --- |"
        yield from (f"| {context.name} | {_plain(context.definition)} |" for context in book.contexts)
        yield ""


def _modes(book: Any) -> Iterator[str]:
    from dateline.codebook.show import found_as

    if book.recodes is None:
        yield "\n### Modes\n\n| type | mode | what it is |\n| --- | --- | --- |"
        for kind in book.types:
            yield from (f"| {kind.name} | {mode.name} | {_plain(mode.definition)} |" for mode in kind.modes)
        return
    yield f"\n### Modes, and the events of {book.recodes.name} that become them\n"
    yield "The rows are tried in the order of the crosswalk; an event that meets none is not coded.\n"
    yield "| type | mode | what it is | found as |\n| --- | --- | --- | --- |"
    for kind in book.types:
        for mode in kind.modes:
            rows = "; ".join(dict.fromkeys(found_as(book, mode)))
            yield f"| {kind.name} | {mode.name} | {_plain(mode.definition)} | {_plain(rows)} |"


def _notes() -> Iterator[str]:
    yield "# Notes\n"
    yield "A coding that holds nothing says why, and one made without the encoder, though it was wanted, says so."
    yield "A note's code is stable, its message is for people.\n"
    yield "| code | message |\n| --- | --- |"
    for code, message in sorted(notes().items()):
        yield f"| `{code}` | {message} |"
    yield ""


def notes() -> dict[str, str]:
    """The code and the message of every ``Note`` that the package makes, as the source has them."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "src" / "dateline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
                code, message = (*node.args, *(k.value for k in node.keywords))[:2]
                if not isinstance(code, ast.Constant):
                    raise SystemExit(f"{path}:{node.lineno}: write a note's code as plain words, so that it is listed")
                found[str(code.value)] = _message(message)
    return found


def _message(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_message(v) if isinstance(v, ast.Constant) else "…" for v in node.values)
    return "…"


def _rules() -> Iterator[str]:
    yield "# Rules\n"
    yield "Every value of a coding says why (`because`), with the id of the rule that decided. Ids stay; the words may"
    yield "change. `{...}` is what a case adds. Where a word of a list, a trigger or a table decided, `source` is"
    yield "its file and line, else the line of the rule in the module below.\n"
    yield "| id | what it says | module |\n| --- | --- | --- |"
    for id, (says, module) in sorted(rules().items()):
        yield f"| `{id}` | {_plain(says)} | `{module}` |"
    yield ""


def rules() -> dict[str, tuple[str, str]]:
    """What every declared rule says and the module it stands in, by id, as the source has them."""
    found: dict[str, tuple[str, str]] = {}
    source = ROOT / "src" / "dateline"
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rule":
                if len(node.args) != 2 or not isinstance(node.args[0], ast.Constant):
                    continue
                id = str(node.args[0].value)
                if re.fullmatch(r"[a-z_]+(\.[a-z0-9-]+)+", id):
                    found[id] = (_message(node.args[1]), path.relative_to(source).as_posix())
    return found


def _extending() -> Iterator[str]:
    from dateline.conformance import RULES

    yield "# Extending dateline\n"
    yield "A plugin is an installed Python package that names its parts as entry points. The built-in parts are named"
    yield "in the same way, in this project's `pyproject.toml`; a plugin's part goes before one of them of its name."
    yield "[Extending](../extending.md) makes a package with three parts.\n"
    for group, points in sorted(entry_points().items()):
        yield f"## {group}\n\n{ENTRY_POINTS[group]}\n"
        yield "| name | object |\n| --- | --- |"
        yield from (f"| `{name}` | `{target}` |" for name, target in sorted(points.items()))
        yield ""
    yield "## The rules\n"
    yield "What `dateline.conformance` asks of every coder, reader and shelf. A broken rule is told by its name.\n"
    yield "| rule | what it says |\n| --- | --- |"
    yield from (f"| `{name}` | {_plain(rule)} |" for name, rule in RULES.items())
    yield ""


def _tables() -> Iterator[str]:
    from dateline.export.formats.columns import columns

    yield "# The columns of the tables\n"
    yield '[Formats](../formats.md) tells what holds for all of them. An empty cell is "not stated", never 0.\n'
    for name, what in TABLES.items():
        yield f"## {name}\n\n{what}\n"
        yield "| column | what it holds |\n| --- | --- |"
        yield from (f"| `{column.name}` | {_plain(column.holds)} |" for column in columns(name))
        yield ""
        if corrected := [column.name for column in columns(name) if column.field]:
            yield f"`dateline apply` takes back what a person writes in {', '.join(f'`{c}`' for c in corrected)}.\n"
    yield from _arrow_tables()


def _arrow_tables() -> Iterator[str]:
    from dateline.export.tables.arrow import arrow_type
    from dateline.export.tables.columns import OF_PARTS, TABLES, columns_of

    yield "# The tables of a project\n"
    yield "As Parquet, DuckDB, JSON Lines of rows and the Python tables (`dateline.export.tables`) have them, with the"
    yield 'type of each column in Apache Arrow. Null is "not stated"; a list without anything is `[]`.\n'
    for name in (*TABLES, *OF_PARTS):
        yield f"## {'a part of ' if name in OF_PARTS else ''}{name}\n"
        yield "| column | Arrow type | what it holds |\n| --- | --- | --- |"
        for column in columns_of(name):
            kind = f"`{_arrow_words(arrow_type(column.kind))}`"
            if column.kind in OF_PARTS:
                kind = f"list of [{column.kind}](#a-part-of-{column.kind})"
            yield f"| `{column.name}` | {kind} | {_plain(column.holds)} |"
        yield ""


def _arrow_words(kind: Any) -> str:
    """A type in words: a dictionary by what it holds."""
    words = str(kind)
    return "dictionary of strings" if words.startswith("dictionary") else words.replace("<item: ", "<")


TABLES = {
    "csv": "The sheet: `-f csv`, `-f csv-bom`, `-f xlsx`. One row an event mention, one for a report without any.",
    "acled": "`-f acled`: CSV, one row an event that has a sub-event and is told as having happened.",
    "polecat": "`-f polecat`: tab-separated, one row an event that is told as having happened.",
}
"""What each table is. One without an entry here is not shown."""


def _languages() -> Iterator[str]:
    from dateline.lang.lexicon import built_in

    yield "# What a language brings\n"
    yield "[Another language](../languages.md) tells what each part is for.\n"
    yield "## Word lists\n"
    yield "Each is a list of the lexicon; `dateline lexicon show NAME` prints one with its words and examples.\n"
    yield "| list | kind | what it holds |\n| --- | --- | --- |"
    yield from (f"| `{one.name}` | {one.kind} | {_plain(one.means)} |" for one in built_in())
    yield "\n## What rules ask of English directly\n"
    yield "What modules outside `dateline.lang` take from English without asking the language of the report.\n"
    yield "| module of `dateline.lang.en` | what is taken | by |\n| --- | --- | --- |"
    for module, (names, users) in sorted(asked_of_english().items()):
        yield f"| `{module}` | {_listed(names)} | {_listed(users)} |"
    yield ""


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def asked_of_english() -> dict[str, tuple[set[str], set[str]]]:
    """The modules of English that others import: what they take, and which modules do, as the source has it."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    source = ROOT / "src" / "dateline"
    for path in sorted(source.rglob("*.py")):
        if path.is_relative_to(source / "lang"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("dateline.lang.en."):
                names, users = found.setdefault(module.removeprefix("dateline.lang.en."), (set(), set()))
                assert isinstance(node, ast.ImportFrom)
                names.update(alias.name for alias in node.names)
                users.add(path.relative_to(source).with_suffix("").as_posix().replace("/", "."))
    return found


def entry_points() -> dict[str, dict[str, str]]:
    """The project's entry points by group, as ``pyproject.toml`` has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups: dict[str, dict[str, str]] = project.get("entry-points", {})
    return groups


def nouns() -> Iterator[Any]:
    """The dataclasses of the model, in the order of its file."""
    from dateline import model

    for value in vars(model).values():
        if inspect.isclass(value) and value.__module__ == model.__name__ and dataclasses.is_dataclass(value):
            yield value


def _lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    from dateline import model

    for name, value in vars(model).items():
        values = get_args(value)
        if values and all(isinstance(v, str) for v in values):
            yield name, values


def _schema() -> dict[str, Any]:
    from dateline.form import schema

    return schema()


def _openapi() -> dict[str, Any]:
    from fastapi import FastAPI

    from dateline.review.api import router
    from dateline.review.api.document import document

    app = FastAPI()
    app.include_router(router)
    return document(app.routes, "dateline")


def _api() -> Iterator[str]:
    from dataclasses import fields

    from dateline.review.api.document import rooms
    from dateline.store.index.query import ABOUT, Query

    whole = _openapi()
    yield "# The API\n"
    yield f"{whole['info']['description']}"
    where = "The workspace gives the document (OpenAPI 3.1) at `/api/openapi.json`"
    yield f"{where}; [the guide](../api.md) has examples.\n"
    yield "## The filters\n\nLists of rows, events and reports take them; all that are given must hold.\n"
    yield "| parameter | holds | what it is |\n| --- | --- | --- |"
    yield from (
        f"| `{field.name}` | {'text, any number of times' if field.default == () else 'text'} | "
        f"{_plain(field.metadata[ABOUT])} |"
        for field in fields(Query)
    )
    yield ""
    for room in rooms(whole):
        yield f"## {room.name.capitalize()}\n\n{room.about}\n"
        for one in room.operations:
            yield f"### {one.name}\n\n`{one.method} {one.path}`\n\n{one.about}\n"
            own = [value for value in one.parameters if value.name not in {field.name for field in fields(Query)}]
            has_filters = len(one.parameters) - len(own) > 5
            if has_filters:
                yield "It takes [the filters](#the-filters).\n"
            else:
                own = list(one.parameters)
            if own:
                yield "| parameter | where | holds | what it is |\n| --- | --- | --- | --- |"
                yield from (
                    f"| `{value.name}`{' (needed)' if value.required else ''} | {value.place} | {_plain(value.kind)} | "
                    f"{_plain(value.about)} |"
                    for value in own
                )
                yield ""
            for words, example in (("It takes", one.body), ("It gives", one.gives)):
                if example:
                    yield f"{words}:\n\n```json\n{example}\n```\n"
            yield f"It answers {'; '.join(f'{status}: {about}' for status, about in one.answers)}.\n"


def _signature(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    parts: list[str] = []
    starred = False
    for parameter in signature.parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
        stars = "**" if parameter.kind is inspect.Parameter.VAR_KEYWORD else ""
        parts.append(f"{stars}{parameter.name}: {_type(parameter.annotation)}{default}")
    one_line = f"{name}({', '.join(parts)}) -> {_type(signature.return_annotation)}"
    if len(one_line) <= WIDTH:
        return one_line
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f") -> {_type(signature.return_annotation)}"


def _doc(value: Any) -> str:
    return _markdown(inspect.cleandoc(value.__doc__ or ""))


def _markdown(text: str) -> str:
    """Docstring markup (double backticks, roles) as Markdown."""
    for role in (":class:", ":meth:", ":func:", ":mod:", ":attr:", ":data:"):
        text = text.replace(role, "")
    return text.replace("``", "`")


def _plain(text: str) -> str:
    """Text for a table's cell: one line, no bars."""
    return _markdown(" ".join(text.split())).replace("|", "\\|")


def _type(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _default(field: dataclasses.Field[Any]) -> str:
    return "" if field.default is dataclasses.MISSING else f"`{field.default!r}`".replace("|", "\\|")


def _markdown_page(lines: Callable[[], Iterator[str]]) -> Callable[[], str]:
    return lambda: HEAD + "\n".join(lines())


WRITERS: dict[str, Callable[[], str]] = {
    "command-line.md": _markdown_page(_command_line),
    "python.md": _markdown_page(_python),
    "coded-report.md": _markdown_page(_coded_report),
    "coded-report.schema.json": lambda: json.dumps(_schema(), indent=2, ensure_ascii=False) + "\n",
    "codebook.md": _markdown_page(_codebook),
    "notes.md": _markdown_page(_notes),
    "rules.md": _markdown_page(_rules),
    "extending.md": _markdown_page(_extending),
    "languages.md": _markdown_page(_languages),
    "tables.md": _markdown_page(_tables),
    "api.md": _markdown_page(_api),
}
"""What writes each reference page, by its file name."""


if __name__ == "__main__":
    raise SystemExit(main())
