"""Files of word lists to a :class:`Lexicon`, every fault with its line and its mend.

The built-in lists of a language stand in the folder that it names (``lang/en/lexicon/*.yaml``); the list ``telling``
of ``modality.yaml`` is ``modality.telling``. A list may include others, and follows what a project changes in them; a
table says which value their words have (``includes: {killed: harm.killing}``), a list of classes which class. A
project's own file names lists so and says what it adds and removes::

    modality.governors:
      add:
        plan: opt
      remove: agree
      examples:
        - The nurses have [opted] to march on Friday.

A table with a line ``values:`` gives each word a set of these values and no others; a name with a point in it is a list
whose words may be values too::

    cues.verbs:
      add: {whisper: [clause, quote]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError, Problem, did_you_mean
from dateline.files.yaml_tree import Mapping, Node, Scalar, Sequence, Sort, read_tree
from dateline.lang.base import DEFAULT, load_language
from dateline.lang.lexicon.agreement import exclusions, strange_values
from dateline.lang.lexicon.model import Example, Kind, Lexicon, Members, WordList

SORT = Sort(LexiconError, "file of word lists", "dateline lexicon new FILE", "the name of a list")
KINDS: tuple[Kind, ...] = ("words", "classes", "table")
KEYS = ("means", *KINDS, "values", "from", "includes", "without", "excludes", "fixed", "examples")
_MARKED = re.compile(r"\[([^\[\]]+)\]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def built_in(language: str = DEFAULT) -> Lexicon:
    """The lexicon that an installed language brings. Raises :class:`LexiconError` where its files have a fault."""
    return _built_in(language)


@cache  # on a function without a default: `built_in()` and `built_in("en")` are one lexicon
def _built_in(language: str) -> Lexicon:
    files = sorted(load_language(language).lexicon.glob("*.yaml"))
    return Lexicon(language, _joined(map(_built_in_file, files)).finished())


def built_in_list(name: str) -> WordList:
    """One list of :func:`built_in`: of a file whose lists take nothing from others, that file alone is read.

    So what only tells what was coded need not wait for the words by which it is coded.
    """
    file = load_language(DEFAULT).lexicon / f"{name.partition('.')[0]}.yaml"
    alone = _standing_alone(file) if file.is_file() else None
    return built_in()[name] if alone is None or name not in alone else alone[name]


@cache
def _standing_alone(file: Path) -> dict[str, WordList] | None:
    read = _joined([_built_in_file(file)])
    return read.finished() if read.stands_alone() else None


@cache
def _built_in_file(file: Path) -> _Reader:
    return _read(file)


def read_folder(folder: Path, language: str) -> Lexicon:
    """The lexicon of a folder of YAML files. Raises :class:`LexiconError` with every fault found."""
    return Lexicon(language, _joined(map(_read, sorted(folder.glob("*.yaml")))).finished())


def _read(file: Path) -> _Reader:
    read = _Reader()
    read.file(file)
    return read


def _joined(files: Iterable[_Reader]) -> _Reader:
    whole = _Reader()
    for read in files:
        whole.lists |= read.lists
        whole.leaves |= read.leaves
        whole.problems += read.problems
    return whole


class _Reader:
    """Reads the files of one lexicon; a list may include lists of files that come later."""

    def __init__(self) -> None:
        self.lists: dict[str, WordList] = {}
        self.leaves: dict[str, tuple[str, ...]] = {}
        """For lists that include others, the lists whose words they leave out again."""
        self.problems: list[Problem] = []

    def file(self, path: Path) -> None:
        tree = read_tree(path.read_text(encoding="utf-8"), path.name, SORT)
        for key, node in tree.items.items():
            name = f"{path.stem}.{key}"
            if isinstance(node, Mapping):
                self.lists[name] = self.one(name, node, path)
            else:
                self.fault(path, tree.lines[key], f"`{key}` is no list.", "Write `means:` and `words:` under it.")

    def one(self, name: str, node: Mapping, path: Path) -> WordList:
        for key in node.items:
            if key not in KEYS:
                mend = did_you_mean(key, KEYS, what="keys")
                self.fault(path, node.lines[key], f"`{key}` is no key of a list.", mend)
        kinds = [kind for kind in KINDS if kind in node.items]
        taken = tuple(_taken(node.items.get("includes"), path))
        if len(kinds) != 1 and not taken and "from" not in node.items:
            self.fault(path, node.line, f"{name} has no words.", "Write one of `words:`, `classes:`, `table:`.")
        means = node.items.get("means")
        if not isinstance(means, Scalar) or not means.text.strip():
            self.fault(path, node.line, f"{name} does not say what it means.", "Write a line `means: ...`.")
        kind: Kind = kinds[0] if kinds else "words"
        if any(bool(key) != (kind != "words") for _, key in taken):
            mend = f"Write `includes: [LIST, ...]` in a list of words, and `includes: {{KEY: LIST}}` in one of {kind}."
            self.fault(path, node.line, f"{name} cannot say so what it includes.", mend)
        lines: dict[str, str] = {}
        allowed = tuple(word.text for word in scalars(node.items.get("values")))
        values = self.values(name, node.items[kind], kind, path, lines, bool(allowed)) if kinds else {}
        if isinstance(source := node.items.get("from"), Scalar):
            for word, line in _of_file(path.with_name(source.text)):
                values[word], lines[word] = True, f"{source.text}:{line}"
        found = tuple(self.examples(name, node, path))
        fixed = node.items.get("fixed")
        self.leaves[name] = tuple(_full(word.text, path) for word in scalars(node.items.get("without")))
        return WordList(
            name=name,
            means=means.text.strip() if isinstance(means, Scalar) else "",
            kind=kind,
            values=values,
            lines=lines,
            where=f"{path.name}:{node.line - 1}",
            includes=taken,
            excludes=tuple(_full(word.text, path) for word in scalars(node.items.get("excludes"))),
            allowed=allowed,
            examples=found,
            fixed=fixed.text if isinstance(fixed, Scalar) else "",
        )

    def values(
        self, name: str, node: Node, kind: Kind, path: Path, lines: dict[str, str], as_sets: bool
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        raw = path.read_text(encoding="utf-8").splitlines()
        if kind == "words":
            for word, line in words_of(node, raw):
                if word in values:
                    mend = f"It stands in line {lines[word].rpartition(':')[2]} already; take one out."
                    self.fault(path, line, f"{name} has `{word}` twice.", mend)
                values[word], lines[word] = True, f"{path.name}:{line}"
        elif not isinstance(node, Mapping):
            self.fault(path, node.line, f"{name} wants `key: value` lines.", "Write one a line, indented.")
        elif kind == "classes":
            for key, members in node.items.items():
                found = list(words_of(members, raw))
                values[key] = Members.of(word for word, _ in found)
                lines.update((word, f"{path.name}:{line}") for word, line in reversed(found) if word not in lines)
        else:
            for key, item in node.items.items():
                values[key], lines[key] = value_of(item, as_sets), f"{path.name}:{node.lines[key]}"
        return values

    def examples(self, name: str, node: Mapping, path: Path) -> Iterator[Example]:
        given = node.items.get("examples")
        if not isinstance(given, Sequence) or not given.items:
            mend = "Write `examples:` with a sentence that has one of its words between [ and ]."
            self.fault(path, node.line, f"{name} has no example.", mend)
            return
        for item in given.items:
            example = read_example(item, path.name)
            if isinstance(example, Example):
                yield example
            else:
                self.fault(path, item.line, f"An example of {name} {example}", 'Write it so: "He [planned] to march."')

    def stands_alone(self) -> bool:
        """Whether its lists name none that it has not read."""
        named = {other for found in self.leaves.values() for other in found}
        for one in self.lists.values():
            named.update(other for other, _ in one.includes)
            named.update(one.excludes)
            named.update(other for other in one.allowed if "." in other)
        return named <= self.lists.keys()

    def finished(self) -> dict[str, WordList]:
        """The lists with what they include, once all files are read."""
        whole: dict[str, WordList] = {}
        for name in self.lists:
            self.complete(name, whole, ())
        for one in whole.values():
            for other in one.excludes:
                if other not in whole:
                    self.unknown(one, other)
            for name in one.allowed:
                if "." in name and name not in whole:
                    self.unknown(one, name)
        self.problems += [*exclusions(whole.values()), *strange_values(whole)]
        if self.problems:
            raise LexiconError(sorted(self.problems))
        return whole

    def complete(self, name: str, whole: dict[str, WordList], above: tuple[str, ...]) -> WordList:
        if name in whole:
            return whole[name]
        one = self.lists[name]
        for other, _ in one.includes:
            if other not in self.lists or other in (*above, name):
                self.unknown(one, other)
            else:
                part = self.complete(other, whole, (*above, name))
                one = with_included(one, part, part.words)
        for other in self.leaves.get(name, ()):
            if other not in self.lists or other in (*above, name):
                self.unknown(one, other)
            else:
                left = self.complete(other, whole, (*above, name))
                one = leave_out(one, left.words - self.lists[name].words)
        whole[name] = one
        return one

    def unknown(self, one: WordList, other: str) -> None:
        file, _, line = one.where.rpartition(":")
        mend = did_you_mean(other, set(self.lists) - {one.name}, what="lists")
        self.problems.append(Problem(file, int(line), f"{one.name} names the list {other}, which it cannot.", mend))

    def fault(self, path: Path, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(path.name, line, what, mend))


def _full(name: str, path: Path) -> str:
    return name if "." in name else f"{path.stem}.{name}"


def _taken(node: Node | None, path: Path) -> Iterator[tuple[str, str]]:
    """The lists that a node names, each with the class or value that its words have here: none in a list of words."""
    if isinstance(node, Mapping):
        yield from ((_full(one.text, path), key) for key, item in node.items.items() for one in scalars(item))
    else:
        yield from ((_full(one.text, path), "") for one in scalars(node))


def with_included(one: WordList, part: WordList, words: Set[str]) -> WordList:
    """A list with words of one that it includes; what it says of a word itself goes before."""
    values, lines, new = dict(one.values), dict(one.lines), sorted(words - one.words)
    for key in (key for name, key in one.includes if name == part.name):
        if one.kind == "classes":
            values[key] = Members.of((*values.get(key, Members.of(())).order, *new))
        else:
            values |= dict.fromkeys(new, frozenset(key.split()) if one.allowed else key or True)
        lines |= {word: part.source(word) for word in new}
    return replace(one, values=values, lines=lines)


def leave_out(one: WordList, words: Set[str]) -> WordList:
    """A list without some words."""
    values = {word: value for word, value in one.values.items() if word not in words}
    if one.kind == "classes":
        values = {name: Members.of(w for w in members.order if w not in words) for name, members in one.values.items()}
    return replace(one, values=values)


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """The words of a node that may be one text or a list."""
    if isinstance(node, Scalar):
        return tuple(Scalar(node.line, word) for word in node.text.split())
    if isinstance(node, Sequence):
        return tuple(item for item in node.items if isinstance(item, Scalar))
    return ()


def words_of(node: Node, raw: list[str]) -> Iterator[tuple[str, int]]:
    """The words of a node with their lines: a text is parted at its spaces, an item of a list is one word as it is."""
    if isinstance(node, Sequence):
        yield from ((item.text, item.line) for item in node.items if isinstance(item, Scalar))
    elif isinstance(node, Scalar):
        line = node.line
        for word in node.text.split():
            at = next((n for n in range(line, len(raw) + 1) if word in _tokens(raw[n - 1])), line)
            line = at
            yield word, at


def _tokens(line: str) -> list[str]:
    return line.replace(",", " ").replace('"', " ").replace("'", " ").split() + line.split()


def _of_file(path: Path) -> Iterator[tuple[str, int]]:
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            yield from ((word, n) for word in line.split())


def value_of(node: Node, as_set: bool) -> Any:
    """What a table says of a word: a text, a number, or a frozen set of texts (``as_set``: one text is a set too)."""
    if as_set and not isinstance(node, Sequence):
        return frozenset(node.text.split() if isinstance(node, Scalar) else node.items)
    if isinstance(node, Sequence):
        return frozenset(item.text for item in node.items if isinstance(item, Scalar))
    text = node.text if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and node.plain and _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return text


def read_example(node: Node, file: str) -> Example | str:
    """An example with its marked word, or what is wrong with it."""
    if not isinstance(node, Scalar):
        return "is no sentence."
    marked = list(_MARKED.finditer(node.text))
    if len(marked) != 1:
        return f"has {len(marked)} words between [ and ], and should have one: {node.text!r}"
    (found,) = marked
    text = node.text[: found.start()] + found.group(1) + node.text[found.end() :]
    return Example(text, found.start(), found.group(1), file, node.line)
