"""A lexicon: the words of a language by class, each with what it means, as it stands in files that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from dateline.files.read import ReadFile

Kind = Literal["words", "classes", "table"]
NO_WORDS: Mapping[str, Any] = {}


class Members(frozenset[str]):
    """The words of a class; ``order`` has them as they stand in the file."""

    order: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> Members:
        """The words as a class, each once."""
        order = tuple(dict.fromkeys(words))
        members = cls(order)
        members.order = order
        return members


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with one word of the list between square brackets; ``text`` is without them, ``word`` their inside."""

    text: str
    start: int
    word: str
    file: str
    line: int

    @property
    def marked(self) -> str:
        """The sentence with its word between square brackets."""
        end = self.start + len(self.word)
        return f"{self.text[: self.start]}[{self.word}]{self.text[end:]}"


@dataclass(frozen=True)
class WordList:
    """One list of a lexicon.

    ``values`` has what the list says of each word: True for plain words, a text, number or frozen set of texts for a
    table, the words themselves (a frozen set) for each class of a list of classes. ``lines`` has file and line of each
    word. ``includes`` names the lists whose words it has too, with the class or the value that they have here ("" in a
    list of words). ``excludes`` names lists that no word may share with it. ``allowed`` has what a table of sets may
    say of a word: texts, and names of lists ("grammar.prepositions") whose words they are; empty where it may say
    anything. ``fixed`` says why a project cannot change the list.
    """

    name: str
    means: str
    kind: Kind
    values: Mapping[str, Any]
    lines: Mapping[str, str]
    where: str
    includes: tuple[tuple[str, str], ...] = ()
    excludes: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    fixed: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the list."""
        if self.kind == "classes":
            return frozenset(word for members in self.values.values() for word in members)
        return frozenset(self.values)

    @cached_property
    def class_by_word(self) -> Mapping[str, str]:
        """The class of each word of a list of classes, the first that has it; nothing for other lists."""
        found: dict[str, str] = {}
        for name, members in self.values.items() if self.kind == "classes" else ():
            for word in members:
                found.setdefault(word, name)
        return found

    def source(self, word: str) -> str:
        """File and line of a word; of the list where it has not the word."""
        return self.lines.get(word, self.where)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The lists of a language; ``files`` are those laid over the built-in ones, in order. Equal only to itself."""

    language: str
    lists: Mapping[str, WordList]
    files: tuple[ReadFile, ...] = ()

    def __getitem__(self, name: str) -> WordList:
        return self.lists[name]

    def __iter__(self) -> Iterator[WordList]:
        return (self.lists[name] for name in sorted(self.lists))

    def lists_with(self, word: str) -> tuple[WordList, ...]:
        """The lists that have a word: all that the lexicon knows of it, in the order of their names."""
        return tuple(one for one in self if word in one.words)
