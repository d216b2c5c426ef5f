"""YAML text to a tree of nodes that know their lines.

The events of the YAML parser are read one by one, so that nothing is built before its size and depth are known:
aliases (which can blow a few lines up to gigabytes), deep nesting and repeated keys are refused here. Every scalar is
kept as the text that was written, so that ``on``, ``no`` or ``010`` mean what the author sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from dateline.errors import KnowledgeError, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 16


@dataclass(slots=True)
class Scalar:
    """A word or a text. ``plain`` is False where it was quoted or written as a block."""

    line: int
    text: str
    plain: bool = True


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order written."""

    line: int
    items: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Sort:
    """What a file is: the error that its faults are raised as, its name in a sentence, and what helps a beginner."""

    error: type[KnowledgeError]
    name: str
    start_from: str
    begin_with: str


def read_tree(text: str, file: str, sort: Sort) -> Mapping:
    """The top-level mapping of a YAML text. Raises the error of its sort, naming ``file`` and the line."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise sort.error([Problem(file, 1, f"The file is too large for a {sort.name}.", "Keep it under 2 MB.")])
    if not text.strip():
        raise sort.error([Problem(file, 1, "The file is empty.", f"Start from `{sort.start_from}`.")])
    root = _Builder(file, sort).build(text)
    if not isinstance(root, Mapping):
        line = root.line if root else 1
        raise sort.error(
            [Problem(file, line, f"A {sort.name} is a list of `key: value` lines.", f"Begin with {sort.begin_with}.")]
        )
    return root


class _Builder:
    """Builds one tree; holds the nodes that are still open."""

    def __init__(self, file: str, sort: Sort) -> None:
        self.file, self.sort = file, sort
        self.open: list[Sequence | Mapping] = []
        self.keys: list[str | None] = []
        self.root: Node | None = None

    def build(self, text: str) -> Node | None:
        import yaml

        # The C parser is some twenty times as fast; a PyYAML that was built without it reads the same.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        documents = 0
        try:
            for event in yaml.parse(text, Loader=loader):
                line = event.start_mark.line + 1 if event.start_mark else 1
                if isinstance(event, yaml.AliasEvent):
                    self.fail(line, f"`*{event.anchor}` repeats another part.", "Write the words out.")
                elif isinstance(event, yaml.NodeEvent) and event.anchor:
                    self.fail(line, f"`&{event.anchor}` names a part.", "Leave it out; parts cannot be repeated.")
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.fail(line, "A second document starts here.", "Take the `---` line out.")
                elif isinstance(event, yaml.ScalarEvent):
                    self.add(Scalar(line, event.value, plain=not event.style))
                elif isinstance(event, yaml.SequenceStartEvent):
                    self.start(Sequence(line))
                elif isinstance(event, yaml.MappingStartEvent):
                    self.start(Mapping(line))
                elif isinstance(event, yaml.CollectionEndEvent):
                    self.open.pop()
                    self.keys.pop()
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
            self.fail(line, "There is a character that YAML does not allow.", "Delete the invisible character.")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.fail(line, *_yaml_mend(text, line, error.problem or "the text cannot be read"))
        return self.root

    def start(self, node: Sequence | Mapping) -> None:
        if len(self.open) >= MAX_DEPTH:
            self.fail(node.line, "Lists are nested too deeply.", "Check the indentation and the brackets.")
        self.add(node)
        self.open.append(node)
        self.keys.append(None)

    def add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is not None:
            parent.items[key] = node
            self.keys[-1] = None
            return
        if not isinstance(node, Scalar):
            self.fail(node.line, "A key must be a single word.", "Check the brackets and the colon.")
        if node.text in parent.items:
            first = parent.lines[node.text]
            self.fail(node.line, f"`{node.text}` stands twice (first in line {first}).", "Join the two.")
        parent.lines[node.text] = node.line
        self.keys[-1] = node.text

    def fail(self, line: int, what: str, mend: str) -> NoReturn:
        raise self.sort.error([Problem(self.file, line, what, mend)])


def _yaml_mend(text: str, line: int, problem: str) -> tuple[str, str]:
    lines = text.splitlines()
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    before = lines[line - 2] if 1 < line <= len(lines) + 1 else ""
    if any("\t" in w[: len(w) - len(w.lstrip())] for w in (words, before)) or "\\t" in problem:
        return "The line begins with a tab.", "Indent with spaces."
    what = f"This is not valid YAML ({problem})."
    if "mapping values are not allowed" in problem or words.count(": ") > 1:
        return what, "Put text that holds a colon between quotation marks."
    if "@" in words or "*" in words or "`" in words:
        return what, 'Put words that begin with @ or * between quotation marks: "@name".'
    if "[" in before + words or "{" in before + words or '"' in before + words:
        return what, "Check that every bracket and quotation mark is closed."
    return what, "Check the indentation here and in the line before."
