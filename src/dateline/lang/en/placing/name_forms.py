"""The forms in which English text writes a place's name: with other words around it, and beside what it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.lang.lexicon import any_of, words

_BEFORE = any_of(words("places.qualifiers_before"), before="(?:", after=r")\s+")
_AFTER = any_of(words("places.qualifiers_after"), before=r"[\s-]+(?:", after=")$")
_ARTICLE = any_of(words("places.arabic_articles"), before="^(?:", after=")[ -]")
_POSSESSIVE = re.compile(r"['’]s?$")
_FOLLOWING = re.compile(
    r"(?:['’]s)?\s{0,2}(?:,\s{0,2}(?:in\s+)?|\(|\s+in\s+(?:the\s+)?)"
    r"((?:[A-Z][\w.'’-]*\.?)(?:\s+(?:of\s+)?[A-Z][\w.'’-]*\.?){0,3})"
)
_PRECEDING = re.compile(r"((?:[A-Z][\w.-]*)(?:\s+[A-Z][\w.-]*){0,3})['’]s\s+(?:\w+\s+){0,2}$")
_REACH = 90
"""Characters before and after a name in which the one of its container stands."""


def bare(name: str) -> str:
    """A name on one line, without a possessive ending."""
    return _POSSESSIVE.sub("", " ".join(name.split()))


def unqualified(name: str) -> Iterator[str]:
    """The name without words that do not belong to it in a gazetteer ("northern Iraq", "Tehran province").

    Each form is followed by itself with the article of an Arabic name added or left out ("Hasakah", "Al Hasakah").
    """
    before = _BEFORE().sub("", name, count=1)
    for shorter in (before, _AFTER().sub("", name), _AFTER().sub("", before)):
        if shorter != name:
            yield shorter
        yield _other_article(shorter)


def _other_article(name: str) -> str:
    without = _ARTICLE().sub("", name)
    return without if without != name else f"Al {name}"


def container_names(text: str, start: int, end: int) -> Iterator[str]:
    """Names that the place at ``[start, end)`` may be said to lie in, as long as can be first.

    "X, Texas" and "X in Iran" name it behind, "Iran's X" before.
    """
    if match := _FOLLOWING.match(text, end, min(len(text), end + _REACH)):
        parts = match.group(1).split()
        yield from (" ".join(parts[:n]) for n in range(len(parts), 0, -1))
    if match := _PRECEDING.search(text, max(0, start - _REACH), start):
        parts = match.group(1).split()
        yield from (" ".join(parts[n:]) for n in range(len(parts)))
