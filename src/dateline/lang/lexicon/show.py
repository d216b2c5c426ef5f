"""A lexicon for people: its lists in an overview, a list whole, and all that is known of a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from dateline.errors import OptionError, did_you_mean
from dateline.lang.lexicon.model import Lexicon, WordList

WIDTH = 100


def overview(lexicon: Lexicon, about: str = "") -> list[str]:
    """A line a list whose name or meaning has the text: its name, how many words it has, what they mean."""
    wanted = about.lower()
    kept = [one for one in lexicon if wanted in one.name.lower() or wanted in one.means.lower()]
    width = max((len(one.name) for one in kept), default=0)
    return [f"{one.name:<{width}} {len(one.words):>5}  {one.means}" for one in kept]


def show(lexicon: Lexicon, name: str) -> str:
    """A list by its name, or a word with every list it is in.

    Raises :class:`OptionError` where there is neither a list nor a word of the name.
    """
    if name in lexicon.lists:
        excluding = {one.name for one in lexicon if name in one.excludes}
        return "\n".join(_list(lexicon[name], sorted({*lexicon[name].excludes, *excluding})))
    found = lexicon.lists_with(name) or lexicon.lists_with(name.lower())
    if not found:
        every = {*lexicon.lists, *(word for one in lexicon for word in one.words)}
        raise OptionError(f"there is no list and no word {name!r}", did_you_mean(name, every, what="lists and words"))
    return "\n".join(line for one in found for line in _entry(one, name if name in one.words else name.lower()))


def _list(one: WordList, apart_from: Sequence[str]) -> Iterator[str]:
    yield f"{one.name} ({one.where})"
    yield from wrap(one.means, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if one.includes:
        yield f"  with the words of: {', '.join(name for name, _ in one.includes)}"
    if apart_from:
        yield f"  shares no word with: {', '.join(apart_from)}"
    if one.fixed:
        yield f"  cannot be changed: {one.fixed}"
    yield ""
    if one.kind == "words":
        yield from wrap(" ".join(sorted(one.words)), WIDTH, initial_indent="  ", subsequent_indent="  ")
    for key, value in one.values.items() if one.kind != "words" else ():
        told = " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
        yield from wrap(f"{key}: {told}", WIDTH, initial_indent="  ", subsequent_indent="      ")
    yield ""
    yield from (f"  e.g. {example.marked}" for example in one.examples)


def _entry(one: WordList, word: str) -> Iterator[str]:
    said = one.values.get(word) if one.kind == "table" else one.class_by_word.get(word)
    told = " ".join(sorted(said)) if isinstance(said, frozenset) else said
    yield f"{one.name}{'' if said is None else f': {told}'} ({one.source(word)})"
    yield from wrap(one.means, WIDTH, initial_indent="  ", subsequent_indent="  ")
