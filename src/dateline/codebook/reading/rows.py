"""The rows of crosswalks and conditions in a codebook file: what an event must be like."""

from __future__ import annotations

from dateline.codebook.model import Condition, Row
from dateline.codebook.reading.fields import Fields
from dateline.files.yaml_tree import Mapping, Node

ROW_KEYS = ("type", "modes", "contexts", "conditions", "words")


def read_row(fields: Fields, entry: Mapping) -> Row:
    """One row; the mapping may hold other keys, which are the caller's."""
    return Row(
        type=fields.text(entry, "type"),
        modes=fields.texts(entry, "modes"),
        contexts=fields.texts(entry, "contexts"),
        conditions=fields.texts(entry, "conditions"),
        words=fields.words(entry, "words"),
        line=entry.line,
        file=fields.file,
    )


def read_condition(fields: Fields, node: Node) -> Condition:
    """A condition of the codebook's own."""
    entry = fields.mapping(node, ("name", "definition", "itself", "beside"), "a condition")
    rows = {
        key: tuple(read_row(fields, fields.mapping(n, ROW_KEYS, "a row")) for n in fields.nodes(entry, key))
        for key in ("itself", "beside")
    }
    name = fields.named(entry, "name", r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "people_fled")
    if not any(rows.values()):
        mend = "Write `itself:` or `beside:` with rows such as {type: PROTEST, modes: [riot]}."
        fields.problem(entry.line, f"The condition {name!r} says nothing.", mend)
    definition = fields.text(entry, "definition", required=True)
    return Condition(name, definition, rows["itself"], rows["beside"], entry.line, fields.file)


def plain(name: str) -> tuple[str, bool]:
    """The name of a mode or condition without its ``not``, and whether it had one."""
    bare = name.removeprefix("not ")
    return bare, bare != name
