"""Word lists as rules ask for them: by name, under the lexicon in use.

A rule holds a handle, made once at the top of its module: ``TELLING = words("modality.telling")`` is asked like any
set (``lemma in TELLING``). What it holds is the built-in list, or, while a coder with lists of its own is at work
(:func:`using`), that coder's. Nothing else is remembered between two reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Generic, TypeVar

from dateline.lang.lexicon.load import built_in, built_in_list
from dateline.lang.lexicon.model import Lexicon, Members

T = TypeVar("T")
V = TypeVar("V")

_IN_USE: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


def in_use() -> Lexicon:
    """The lexicon that lists are read from: the built-in one, or the one of the coder at work."""
    return _IN_USE.get() or built_in()


@contextmanager
def using(lexicon: Lexicon) -> Iterator[None]:
    """Have all lists read from a lexicon, in this thread and until the block ends."""
    token = _IN_USE.set(None if lexicon is built_in() else lexicon)
    try:
        yield
    finally:
        _IN_USE.reset(token)


class Made(Generic[T]):
    """What is made of lists (a pattern, a table turned round): called, it gives that of the lexicon in use."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[Lexicon, T] | None = None

    def __call__(self) -> T:
        """What was made, under the lexicon in use."""
        lexicon = in_use()
        if self._made is None or self._made[0] is not lexicon:
            # The last lexicon's is kept and no more, so it never matters which came before.
            self._made = lexicon, self._make()
        return self._made[1]


class Words(Set[str]):
    """The words of a list, asked like a set."""

    __slots__ = ("_own", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._own: frozenset[str] | None = None

    def now(self) -> frozenset[str]:
        """The words, under the lexicon in use."""
        lexicon = _IN_USE.get()
        if lexicon is not None:
            return lexicon[self.name].words
        if self._own is None:
            self._own = built_in_list(self.name).words
        return self._own

    def ordered(self) -> tuple[str, ...]:
        """The words in the order of the file, for lists that say what is tried first."""
        lexicon = _IN_USE.get()
        return tuple((built_in_list(self.name) if lexicon is None else lexicon[self.name]).values)

    def source(self, word: str) -> str:
        """File and line where the list has the word ("modality.yaml:14")."""
        return in_use()[self.name].source(word)

    def __contains__(self, word: object) -> bool:
        lexicon = _IN_USE.get()
        if lexicon is None and self._own is not None:
            return word in self._own
        return word in self.now()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.now()))

    def __len__(self) -> int:
        return len(self.now())

    def __or__(self, other: Set[Any]) -> frozenset[Any]:
        return self.now().union(other)

    __ror__ = __or__

    def __sub__(self, other: Set[Any]) -> frozenset[str]:
        return self.now().difference(other)

    def __and__(self, other: Set[Any]) -> frozenset[str]:
        return self.now().intersection(other)

    __rand__ = __and__

    def __rsub__(self, other: Set[Any]) -> frozenset[Any]:
        return frozenset(other).difference(self.now())

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and other.name == self.name

    def __repr__(self) -> str:
        return f"words({self.name!r})"


class Table(Mapping[str, V]):
    """What a list says of each of its words, asked like a mapping."""

    __slots__ = ("_own", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self._own: Mapping[str, V] | None = None

    def now(self) -> Mapping[str, V]:
        """What is said of each word, under the lexicon in use."""
        lexicon = _IN_USE.get()
        if lexicon is not None:
            return lexicon[self.name].values
        if self._own is None:
            self._own = built_in_list(self.name).values
        return self._own

    def source(self, word: str) -> str:
        """File and line where the list has the word."""
        return in_use()[self.name].source(word)

    def ordered(self, name: str) -> tuple[str, ...]:
        """The words of a class in the order of the file, for lists that say what is tried first."""
        members: Members = in_use()[self.name].values[name]
        return members.order

    def __getitem__(self, word: str) -> V:
        return self.now()[word]

    def __contains__(self, word: object) -> bool:
        return word in self.now()

    def __iter__(self) -> Iterator[str]:
        return iter(self.now())

    def __len__(self) -> int:
        return len(self.now())


@cache
def words(name: str) -> Words:
    """The words of the list ``FILE.LIST``, whose file is ``lang/en/lexicon/FILE.yaml``."""
    return Words(name)


@cache
def table(name: str) -> Table[Any]:
    """What the list ``FILE.LIST`` says of each of its words: a text, a number, or a frozen set of texts."""
    return Table(name)


@cache
def classes(name: str) -> Table[frozenset[str]]:
    """The words of each class of the list ``FILE.LIST``, by class, in the order of the file."""
    return Table(name)


def class_of(name: str, word: str) -> str | None:
    """The class that a list of classes has a word in; None where in none."""
    return in_use()[name].class_by_word.get(word)


def any_of(*lists: Words, before: str = r"\b(?:", after: str = r")\b") -> Made[re.Pattern[str]]:
    """A pattern that finds any word of the lists, longest first, whatever its case."""

    def make() -> re.Pattern[str]:
        every = sorted({word for one in lists for word in one}, key=lambda w: (-len(w), w))
        return re.compile(before + "|".join(map(re.escape, every)) + after, re.IGNORECASE)

    return Made(make)
