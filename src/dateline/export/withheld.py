"""Codings without the words of their reports, for whoever may not pass on texts that name people.

What was coded stays: types, neutral names and sentences, places, dates, numbers, and where in the text each was found.
A mark stands for each letter of the text, the title and every quotation, so that all offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dateline.model import Because, Coding, Evidence, Note, Report, Span

MARK = "█"
QUOTES_WITHHELD = Note("quotes-withheld", "Texts and quotations are withheld: a mark stands for each of their letters.")
_LETTER = re.compile(r"\w")
T = TypeVar("T")


def withheld(told: T) -> T:
    """The same without the words of the reports: a coding, or whatever holds codings and spans of them."""
    made: T = _without_words(told)
    return made


def are_withheld(codings: Iterable[Coding]) -> bool:
    """Whether one of the codings is without the words of its report."""
    return any(note.code == QUOTES_WITHHELD.code for coding in codings for note in coding.notes)


def _without_words(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_without_words, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Report):
        return replace(value, text=_marked(value.text), title=_marked(value.title or "") or None, author=None)
    if isinstance(value, Because):
        return replace(value, matched="")
    changed = {field.name: _without_words(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Span):
        changed["quote"] = _marked(value.quote)
    if isinstance(value, Evidence):
        changed |= {"prefix": _marked(value.prefix), "suffix": _marked(value.suffix)}
    if isinstance(value, Coding) and not are_withheld([value]):
        changed["notes"] = (*value.notes, QUOTES_WITHHELD)
    return replace(value, **changed)


def _marked(text: str) -> str:
    return _LETTER.sub(MARK, text)
