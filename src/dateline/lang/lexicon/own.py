"""A project's own words, laid over the lists of a lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dateline.errors import LexiconError, Problem, did_you_mean
from dateline.files.read import ReadFile
from dateline.files.yaml_tree import Mapping, Sequence, read_tree
from dateline.lang.lexicon.agreement import exclusions, strange_values
from dateline.lang.lexicon.load import SORT, leave_out, read_example, value_of, with_included, words_of
from dateline.lang.lexicon.model import Example, Lexicon, Members, WordList

KEYS = ("add", "remove", "examples")


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
                one = with_included(leave_out(one, gone), new, new.words - old.words)
        after[name] = one
        return one

    for name in lists:
        follow(name)
    return after


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
        if key not in KEYS:
            mend = did_you_mean(key, KEYS, what="keys")
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
    placed: dict[str, str] = {}
    if one.kind == "words":
        for word, line in words_of(add, raw):
            values[word], lines[word] = True, f"{path.name}:{line}"
    elif isinstance(add, Mapping):
        shared = one.kind == "classes" and len(one.words) < sum(map(len, one.values.values()))
        for key, item in add.items.items():
            if one.kind == "table":
                values[key], lines[key] = value_of(item, bool(one.allowed)), f"{path.name}:{add.lines[key]}"
            elif key in values:
                found = dict(words_of(item, raw))
                if not shared:
                    # a word has one class: what a project says of it goes before what the built-in list says
                    for word in sorted(found.keys() & placed.keys()):
                        what = f"`{word}` has two classes of {one.name}, {placed[word]} and {key}."
                        problems.append(Problem(path.name, found[word], what, "Take it out of one of them."))
                    placed |= dict.fromkeys(found, key)
                    values = {
                        n: Members.of(w for w in members.order if w not in found) for n, members in values.items()
                    }
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
        example = read_example(item, path.name)
        if isinstance(example, Example):
            examples.append(example)
        else:
            problems.append(Problem(path.name, item.line, f"An example {example}", 'Write: "He [planned] to march."'))
    if "add" in node.items and not examples:
        mend = "Write `examples:` with a sentence that has one of the words between [ and ]."
        problems.append(Problem(path.name, node.line, f"What is added to {one.name} has no example.", mend))
    return replace(one, values=values, lines=lines, examples=(*one.examples, *examples))
