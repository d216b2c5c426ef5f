"""Neutral names of bodies and descriptions, and private people's names kept out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.coder.actors.country import country_of
from dateline.coder.actors.registry import Referent
from dateline.lang.en.descriptions import bare, is_indefinite
from dateline.lang.en.neutral.loaded_words import neutral
from dateline.lang.en.people import words_of

_LONGEST_NAME = 120


def plain_name(referent: Referent) -> str:
    """The name of a body, or a description, without loaded words, articles that point back and long tails."""
    text = referent.name
    plain = neutral(text if is_indefinite(text) else bare(text))
    if len(plain) > _LONGEST_NAME:
        plain = plain[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    return plain or "people"


def hidden_names(people: Iterable[Referent], others: Iterable[Referent]) -> list[re.Pattern[str]]:
    """Patterns of the names of private people, longest first; a word that also names a body or country stays."""
    shared = {word for other in others for word in words_of(other.name)}
    names = {
        name
        for person in people
        for name in (person.name, person.name.split()[-1])
        if len(name) > 2 and not set(words_of(name)) & shared and country_of(name) is None
    }
    return [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in sorted(names, key=lambda n: (-len(n), n))[:500]]


def hide(text: str, hidden: Sequence[re.Pattern[str]]) -> str:
    """The text with "a person" in the place of hidden names."""
    for pattern in hidden:
        text = pattern.sub("a person", text)
    return text
