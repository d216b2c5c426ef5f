"""Codings without the words of their reports, for whoever may not pass on texts that name people.

What was coded stays: types, neutral names and sentences, places, dates, numbers, and where in the text each was found.
A mark stands for each letter of the text, the title and every quotation, so that all offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dateline.model import Because, Coding, Evidence, Note, Report, Span

MARK = "█"
QUOTES_WITHHELD = Note("quotes-withheld", "Texts and quotations are withheld: a mark stands for each of their letters.")
_LETTER = re.compile(r"\w")
T = TypeVar("T")

_Done = dict[int, tuple[Coding, Coding]]
"""Codings by their identity, each with what was made of it: events of one report share its coding."""
_MOST_DONE = 2_000


def withheld(told: T) -> T:
    """The same without the words of the reports: a coding, or whatever holds codings and spans of them."""
    made: T = _without_words(told, {})
    return made


def all_withheld(told: Iterable[T]) -> Iterator[T]:
    """The same of many; a coding that several of them hold is gone through once."""
    done: _Done = {}
    for one in told:
        made: T = _without_words(one, done)
        yield made
        if len(done) > _MOST_DONE:
            done.clear()


def are_withheld(codings: Iterable[Coding]) -> bool:
    """Whether one of the codings is without the words of its report."""
    return any(note.code == QUOTES_WITHHELD.code for coding in codings for note in coding.notes)


def _without_words(value: Any, done: _Done) -> Any:
    if isinstance(value, tuple):
        return tuple(_without_words(part, done) for part in value)
    if isinstance(value, Coding):
        if id(value) not in done:
            done[id(value)] = value, _of_coding(value, done)
        return done[id(value)][1]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Report):
        return replace(value, text=_marked(value.text), title=_marked(value.title or "") or None, author=None)
    if isinstance(value, Because):
        return replace(value, matched="")
    changed = _parts(value, done)
    if isinstance(value, Span):
        changed["quote"] = _marked(value.quote)
    if isinstance(value, Evidence):
        changed |= {"prefix": _marked(value.prefix), "suffix": _marked(value.suffix)}
    return replace(value, **changed)


def _of_coding(coding: Coding, done: _Done) -> Coding:
    changed = _parts(coding, done)
    if not are_withheld([coding]):
        changed["notes"] = (*coding.notes, QUOTES_WITHHELD)
    return replace(coding, **changed)


def _parts(value: Any, done: _Done) -> dict[str, Any]:
    return {field.name: _without_words(getattr(value, field.name), done) for field in fields(value)}


def _marked(text: str) -> str:
    return _LETTER.sub(MARK, text)
