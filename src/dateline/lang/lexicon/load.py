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
from dateline.files.read import ReadFile
from dateline.files.yaml_tree import Mapping, Node, Scalar, Sequence, Sort, read_tree
from dateline.lang.base import DEFAULT, load_language
from dateline.lang.lexicon.agreement import exclusions, strange_values
from dateline.lang.lexicon.model import Example, Kind, Lexicon, Members, WordList

SORT = Sort(LexiconError, "file of word lists", "dateline lexicon new FILE", "the name of a list")
KINDS: tuple[Kind, ...] = ("words", "classes", "table")
KEYS = ("means", *KINDS, "values", "from", "includes", "excludes", "fixed", "examples")
OWN_KEYS = ("add", "remove", "examples")
_MARKED = re.compile(r"\[([^\[\]]+)\]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


@cache
def built_in(language: str = DEFAULT) -> Lexicon:
    """The lexicon that an installed language brings. Raises :class:`LexiconError` where its files have a fault."""
    return read_folder(load_language(language).lexicon, language)


def read_folder(folder: Path, language: str) -> Lexicon:
    """The lexicon of a folder of YAML files. Raises :class:`LexiconError` with every fault found."""
    read = _Reader()
    files = sorted(folder.glob("*.yaml"))
    for file in files:
        read.file(file)
    return Lexicon(language, read.finished())


def lay_over(lexicon: Lexicon, paths: Iterable[str | Path]) -> Lexicon:
    """The lexicon with a project's own files laid over it, a later one over an earlier one.

    Raises :class:`LexiconError` with every fault found.
    """
    lists, files = dict(lexicon.lists), list(lexicon.files)
    for path in map(Path, paths):
        data, text = _text(path)
        changed, problems = _changes(path, text, lists)
        if not problems:
            lists = _followed(lists, changed)
            problems = [*exclusions(lists.values(), path.name), *strange_values(lists)]
        if problems:
            raise LexiconError(problems)
        files.append(ReadFile.of(path, data))
    return Lexicon(lexicon.language, lists, tuple(files)) if files != list(lexicon.files) else lexicon


def _text(path: Path) -> tuple[bytes, str]:
    try:
        data = path.read_bytes()
        return data, data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError([Problem(path.name, 1, f"The file cannot be read ({error}).", "Check its path.")]) from error


class _Reader:
    """Reads the files of one lexicon; a list may include lists of files that come later."""

    def __init__(self) -> None:
        self.lists: dict[str, WordList] = {}
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
        allowed = tuple(word.text for word in _scalars(node.items.get("values")))
        values = self.values(name, node.items[kind], kind, path, lines, bool(allowed)) if kinds else {}
        if isinstance(source := node.items.get("from"), Scalar):
            for word, line in _of_file(path.with_name(source.text)):
                values[word], lines[word] = True, f"{source.text}:{line}"
        found = tuple(self.examples(name, node, path))
        fixed = node.items.get("fixed")
        return WordList(
            name=name,
            means=means.text.strip() if isinstance(means, Scalar) else "",
            kind=kind,
            values=values,
            lines=lines,
            where=f"{path.name}:{node.line - 1}",
            includes=taken,
            excludes=tuple(_full(word.text, path) for word in _scalars(node.items.get("excludes"))),
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
                values[key], lines[key] = _value(item, as_sets), f"{path.name}:{node.lines[key]}"
        return values

    def examples(self, name: str, node: Mapping, path: Path) -> Iterator[Example]:
        given = node.items.get("examples")
        if not isinstance(given, Sequence) or not given.items:
            mend = "Write `examples:` with a sentence that has one of its words between [ and ]."
            self.fault(path, node.line, f"{name} has no example.", mend)
            return
        for item in given.items:
            example = read_example(item)
            if isinstance(example, Example):
                yield example
            else:
                self.fault(path, item.line, f"An example of {name} {example}", 'Write it so: "He [planned] to march."')

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
                one = _with_included(one, part, part.words)
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
        yield from ((_full(one.text, path), key) for key, item in node.items.items() for one in _scalars(item))
    else:
        yield from ((_full(one.text, path), "") for one in _scalars(node))


def _with_included(one: WordList, part: WordList, words: Set[str]) -> WordList:
    """A list with words of one that it includes; what it says of a word itself goes before."""
    values, lines, new = dict(one.values), dict(one.lines), sorted(words - one.words)
    for key in (key for name, key in one.includes if name == part.name):
        if one.kind == "classes":
            values[key] = Members.of((*values.get(key, Members.of(())).order, *new))
        else:
            values |= dict.fromkeys(new, frozenset(key.split()) if one.allowed else key or True)
        lines |= {word: part.source(word) for word in new}
    return replace(one, values=values, lines=lines)


def _without(one: WordList, words: Set[str]) -> WordList:
    values = {word: value for word, value in one.values.items() if word not in words}
    if one.kind == "classes":
        values = {name: Members.of(w for w in members.order if w not in words) for name, members in one.values.items()}
    return replace(one, values=values)


def _followed(lists: dict[str, WordList], changed: dict[str, WordList]) -> dict[str, WordList]:
    """All lists once some have changed: those that include a changed list have gained and lost the same words."""
    after = lists | changed
    done: set[str] = set()

    def follow(name: str) -> WordList:
        if name in done:
            return after[name]
        done.add(name)
        one = after[name]
        for other, _ in one.includes:
            old, new = lists[other], follow(other)
            if new is not old:
                gone = {word for word in old.words - new.words if one.source(word) == old.source(word)}
                one = _with_included(_without(one, gone), new, new.words - old.words)
        after[name] = one
        return one

    for name in lists:
        follow(name)
    return after


def _scalars(node: Node | None) -> tuple[Scalar, ...]:
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


def _value(node: Node, as_set: bool) -> Any:
    """What a table says of a word: a text, a number, or a frozen set of texts (``as_set``: one text is a set too)."""
    if as_set and not isinstance(node, Sequence):
        return frozenset(node.text.split() if isinstance(node, Scalar) else node.items)
    if isinstance(node, Sequence):
        return frozenset(item.text for item in node.items if isinstance(item, Scalar))
    text = node.text if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and node.plain and _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return text


def read_example(node: Node) -> Example | str:
    """An example with its marked word, or what is wrong with it."""
    if not isinstance(node, Scalar):
        return "is no sentence."
    marked = list(_MARKED.finditer(node.text))
    if len(marked) != 1:
        return f"has {len(marked)} words between [ and ], and should have one: {node.text!r}"
    (found,) = marked
    text = node.text[: found.start()] + found.group(1) + node.text[found.end() :]
    return Example(text, found.start(), found.group(1), node.line)


def _changes(path: Path, text: str, lists: dict[str, WordList]) -> tuple[dict[str, WordList], list[Problem]]:
    """The lists as a project's file changes them, and what is wrong with the file."""
    tree, raw = read_tree(text, path.name, SORT), text.splitlines()
    changed: dict[str, WordList] = {}
    problems: list[Problem] = []
    for name, node in tree.items.items():
        line = tree.lines[name]
        if name not in lists:
            mend = did_you_mean(name, lists, what="lists") + " (`dateline lexicon list` shows them all.)"
            problems.append(Problem(path.name, line, f"`{name}` is no list.", mend))
        elif not isinstance(node, Mapping):
            problems.append(Problem(path.name, line, f"`{name}` says nothing.", "Write `add:` or `remove:` under it."))
        elif lists[name].fixed:
            problems.append(Problem(path.name, line, f"`{name}` cannot be changed:", lists[name].fixed))
        else:
            changed[name] = _changed(lists[name], node, path, raw, problems)
    return changed, problems


def _changed(one: WordList, node: Mapping, path: Path, raw: list[str], problems: list[Problem]) -> WordList:
    for key in node.items:
        if key not in OWN_KEYS:
            mend = did_you_mean(key, OWN_KEYS, what="keys")
            problems.append(Problem(path.name, node.lines[key], f"`{key}` is no key here.", mend))
    values, lines = dict(one.values), dict(one.lines)
    for word, line in words_of(node.items.get("remove", Sequence(node.line)), raw):
        if word not in one.words:
            mend = did_you_mean(word, one.words, what="words")
            problems.append(Problem(path.name, line, f"{one.name} has no `{word}` to remove.", mend))
        values.pop(word, None)
        if one.kind == "classes":
            values = {name: Members.of(w for w in members.order if w != word) for name, members in values.items()}
    add = node.items.get("add", Sequence(node.line))
    if one.kind == "words":
        for word, line in words_of(add, raw):
            values[word], lines[word] = True, f"{path.name}:{line}"
    elif isinstance(add, Mapping):
        for key, item in add.items.items():
            if one.kind == "table":
                values[key], lines[key] = _value(item, bool(one.allowed)), f"{path.name}:{add.lines[key]}"
            elif key in values:
                found = dict(words_of(item, raw))
                # a word has one class: what a project says of it goes before what the built-in list says
                values = {n: Members.of(w for w in members.order if w not in found) for n, members in values.items()}
                values[key] = Members.of((*values[key].order, *found))
                lines |= {word: f"{path.name}:{line}" for word, line in found.items()}
            else:
                mend = did_you_mean(key, values, what="classes")
                problems.append(Problem(path.name, add.lines[key], f"{one.name} has no class `{key}`.", mend))
    elif "add" in node.items:
        what = f"{one.name} is a list of `key: value` lines."
        problems.append(Problem(path.name, node.lines["add"], what, "Write so under `add:`."))
    examples: list[Example] = []
    given = node.items.get("examples")
    for item in given.items if isinstance(given, Sequence) else ():
        example = read_example(item)
        if isinstance(example, Example):
            examples.append(example)
        else:
            problems.append(Problem(path.name, item.line, f"An example {example}", 'Write: "He [planned] to march."'))
    if "add" in node.items and not examples:
        mend = "Write `examples:` with a sentence that has one of the words between [ and ]."
        problems.append(Problem(path.name, node.line, f"What is added to {one.name} has no example.", mend))
    return replace(one, values=values, lines=lines, examples=(*one.examples, *examples))
