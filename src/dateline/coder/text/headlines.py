"""Who says so at the end of a headline: "Nine killed in raid - doctors say", "Gunmen kill six – police"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.lang.en.people import is_role, sector, singular
from dateline.lang.lexicon import words

_TELLERS = words("speech.tellers")
_SAYING = words("speech.saying_in_headlines")
_STARTERS = words("text.sentence_openers")
_ARTICLES = words("text.articles")
LONGEST = 240
"""Characters of a headline, at the most."""
_TAIL = re.compile(r"(?<=\S)(?P<mark> ?[-–—]{1,2} |: )(?P<name>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,4}?)[.!]?\Z")
_INNER_END = re.compile(r"[.!?][\"”’]? +[A-Z\"“]")


@dataclass(frozen=True, slots=True)
class Teller:
    """The name ``[start, end)`` of who says so behind a headline that ends at ``mark``, with the verb, if any."""

    mark: int
    start: int
    end: int
    verb: tuple[int, int] | None = None


def headline_teller(text: str, start: int, end: int) -> Teller | None:
    """Who says what stands in the block ``[start, end)``, where its end alone tells; else None.

    With a verb ("- doctors say") anybody may; without one a noun for people who tell things must stand there, and no
    full stop, or "We lost it all - house, car" would have a teller.
    """
    if end - start > LONGEST:
        return None
    told = text[start:end].rstrip()
    match = _TAIL.search(told)
    if match is None or _INNER_END.search(told):
        return None
    name = match["name"].rstrip(".")
    before, _, verb = name.rpartition(" ")
    at = start + match.start("name")
    if before and verb.lower() in _SAYING and not _opens_sentence(before):
        return Teller(start + match.start(), at, at + len(before), (at + len(before) + 1, at + len(name)))
    remark = told.endswith((".", "!")) or " and " in f" {name} " or _opens_sentence(name)
    if remark or not _tells(name.split()[-1]) or len(told[: match.start()].split()) < 2:
        return None
    return Teller(start + match.start(), at, at + len(name))


def _tells(word: str) -> bool:
    """Whether the noun is one for people or bodies, or for what they put out."""
    noun = singular(word.lower())
    return word.lower() in _TELLERS or is_role(noun) or sector(noun) is not None


def _opens_sentence(words: str) -> bool:
    first = words.split(maxsplit=1)[0]
    return first.lower() in _STARTERS - _ARTICLES and not _tells(first)
