"""Who says so at either end of a headline: "Nine killed in raid - doctors say", "Army to rebels: Surrender arms"."""

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
_INNER_TAIL = re.compile(r"[^.!?:\n]+(?P<mark>: )(?P<name>[^\W\d_][\w'’-]*(?: [\w'’-]+){0,2})\.(?= [A-Z\"“])")
_LAST = re.compile(r",(?= (?P<verb>[^\W\d_]+) (?P<name>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})\Z)")
_LAST_VERB = re.compile(r",(?= (?P<name>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,4}) (?P<verb>[^\W\d_]+)\Z)")
_HEAD = re.compile(r"\s*(?P<name>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}?)(?: to [^:.!?\n]{2,40})?(?P<mark>: )(?=\S)")
_INITIALS = re.compile(r"[A-Z]{3,6}")
_FEWEST_WORDS = 4
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
        return _opening_teller(text, start, end)
    told = text[start:end].rstrip()
    for last in filter(None, (_LAST.search(told), _LAST_VERB.search(told))):
        whole = len(told[: last.start()].split()) >= _FEWEST_WORDS and not _INNER_END.search(told)
        if whole and last["verb"].lower() in _SAYING and not _opens_sentence(last["name"]):
            says = start + last.start("verb"), start + last.end("verb")
            return Teller(start + last.start(), start + last.start("name"), start + last.end("name"), says)
    match = _TAIL.search(told)
    if match is None or _INNER_END.search(told):
        return _opening_teller(text, start, end)
    name = match["name"].rstrip(".")
    before, _, verb = name.rpartition(" ")
    at = start + match.start("name")
    if before and verb.lower() in _SAYING and not _opens_sentence(before):
        return Teller(start + match.start(), at, at + len(before), (at + len(before) + 1, at + len(name)))
    remark = told.endswith((".", "!")) or " and " in f" {name} " or _opens_sentence(name)
    tells = _tells(name.split()[-1]) or (_INITIALS.fullmatch(name) is not None and not told.isupper())
    if remark or not tells or len(told[: match.start()].split()) < 2:
        return None
    return Teller(start + match.start(), at, at + len(name))


def headline_speaker(text: str, start: int, end: int) -> Teller | None:
    """Who says what a headline tells behind a colon: "Army to rebels: Surrender arms", "Police: Six killed".

    ``mark`` is then where the words begin. "Lagos: Six killed" says where, and "Exposed: The deal" nobody says.
    """
    match = _HEAD.match(text, start, min(end, start + LONGEST))
    if match is None or _opens_sentence(match["name"]) or len(text[match.end() : end].split()) < _FEWEST_WORDS - 1:
        return None
    last = match["name"].split()[-1]
    if not _tells(last) and not (_INITIALS.fullmatch(last) and " to " in match.group()):
        return None
    return Teller(match.end(), *match.span("name"))


def _opening_teller(text: str, start: int, end: int) -> Teller | None:
    """As :func:`headline_teller`, of a headline that a page's text runs into its first paragraph, behind a colon."""
    match = _INNER_TAIL.match(text, start, min(end, start + LONGEST))
    if match is None or not _tells(match["name"].split()[-1]) or _opens_sentence(match["name"]):
        return None
    if len(text[start : match.start("mark")].split()) < _FEWEST_WORDS:
        return None
    return Teller(match.start("mark"), *match.span("name"))


def _tells(word: str) -> bool:
    """Whether the noun is one for people or bodies, or for what they put out."""
    noun = singular(word.lower())
    return word.lower() in _TELLERS or is_role(noun) or sector(noun) is not None


def _opens_sentence(words: str) -> bool:
    first = words.split(maxsplit=1)[0]
    return first.lower() in _STARTERS - _ARTICLES and not _tells(first)
