"""Typed reading of the nodes of a codebook file: every fault becomes a problem, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.errors import Problem, did_you_mean
from dateline.files.yaml_tree import Mapping, Node, Scalar, Sequence

_KINDS = {Scalar: "a text", Sequence: "a list", Mapping: "a set of `key: value` lines"}


class Fields:
    """Reads values of one file and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def problem(self, line: int, what: str, mend: str) -> None:
        """Note a fault."""
        self.problems.append(Problem(self.file, line, what, mend))

    def mapping(self, node: Node | None, known: Iterable[str], what: str) -> Mapping:
        """``node`` as a mapping whose keys are all known; an empty one where it is something else."""
        if node is None:
            return Mapping(0)
        if not isinstance(node, Mapping):
            self._wrong(node, "a set of `key: value` lines", what)
            return Mapping(node.line)
        allowed = set(known)
        for key in list(node.items):
            if key not in allowed:
                mend = did_you_mean(key, allowed, what="keys")
                self.problem(node.lines[key], f"`{key}` is not a key of {what}.", mend)
        return node

    def text(self, parent: Mapping, key: str, default: str = "", *, required: bool = False) -> str:
        """The text under ``key``, its line breaks folded to spaces."""
        node = parent.items.get(key)
        if node is None or (isinstance(node, Scalar) and node.plain and not node.text):
            if required:
                self.problem(parent.line, f"`{key}` is missing.", f"Add a line `{key}: ...`.")
            return default
        if not isinstance(node, Scalar):
            self._wrong(node, "a text", f"`{key}`")
            return default
        return " ".join(node.text.split())

    def optional(self, parent: Mapping, key: str) -> str | None:
        """The text under ``key``, or None."""
        return self.text(parent, key) or None

    def named(self, parent: Mapping, key: str, pattern: str, like: str) -> str:
        """A required name that fits ``pattern``; ``like`` shows one that does."""
        name = self.text(parent, key, required=True)
        if name and not re.fullmatch(pattern, name):
            line = parent.lines.get(key, parent.line)
            self.problem(line, f"{name!r} cannot be a {key} here.", f"Write it like {like!r}.")
        return name

    def integer(self, parent: Mapping, key: str, low: int, high: int) -> int | None:
        """The whole number under ``key``, between ``low`` and ``high``, or None where there is none."""
        text = self.text(parent, key)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,4}", text) or not low <= int(text) <= high:
            self.problem(parent.lines[key], f"`{key}` is {text!r}.", f"Write a whole number from {low} to {high}.")
            return None
        return int(text)

    def flag(self, parent: Mapping, key: str) -> bool:
        """Yes or no under ``key``; no where there is none."""
        text = self.text(parent, key).lower()
        if text not in {"", "true", "yes", "false", "no"}:
            self.problem(parent.lines[key], f"`{key}` is {text!r}.", "Write `true` or `false`.")
        return text in {"true", "yes"}

    def nodes(self, parent: Mapping, key: str) -> list[Node]:
        """The items under ``key``; a single value counts as a list of one."""
        node = parent.items.get(key)
        if node is None or (isinstance(node, Scalar) and node.plain and not node.text):
            return []
        return node.items if isinstance(node, Sequence) else [node]

    def texts(self, parent: Mapping, key: str) -> tuple[str, ...]:
        """The texts listed under ``key``."""
        found = []
        for node in self.nodes(parent, key):
            if not isinstance(node, Scalar):
                self._wrong(node, "a text", f"an item of `{key}`")
            elif node.text.strip():
                found.append(" ".join(node.text.split()))
            else:
                self.problem(node.line, f"An item of `{key}` is empty.", "Write a word or take the line out.")
        return tuple(found)

    def words(self, parent: Mapping, key: str) -> tuple[str, ...]:
        """The texts listed under ``key``, lower case."""
        return tuple(t.lower() for t in self.texts(parent, key))

    def _wrong(self, node: Node, expected: str, what: str) -> None:
        got = "empty" if isinstance(node, Scalar) and not node.text else _KINDS[type(node)]
        self.problem(node.line, f"{what[:1].upper()}{what[1:]} must be {expected}, but is {got}.", _HINTS[expected])


_HINTS = {
    "a text": "Write words, between quotation marks if they hold a colon.",
    "a set of `key: value` lines": "Write `key: value` lines, indented by two spaces.",
}
