"""Names of people, told before a sentence is parsed by how they are written: whose name it is must change nothing.

A tagger knows the names it has read. What stands here knows none by heart alone: a name on the lists, or words with
capitals that no dictionary has, beside one another, are somebody's unless the words around them say otherwise. The
models then read one and the same name in all these places (:func:`as_read`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.lang.en.neutral.origins import country_names, origin_words
from dateline.lang.en.people import PRIVATE_ROLES, PUBLIC_ROLES, sector, singular
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc

FIRST, MIDDLE, LAST = "John", "Paul", "Miller"
"""The name that the models read for every other one."""

GIVEN = words("names.given")
ALSO_WORDS = words("names.also_words")
FAMILY = words("names.family")
ALSO_TITLES = words("names.also_titles")
PARTICLES = words("names.particles")
JOINED_BEFORE = words("names.joined_before")
BEGINS_BODY = words("names.begins_body")
ENDS_BODY = words("names.ends_body")
WHERE = words("names.where")
WHEN = words("names.when")
ADDRESS = words("names.address")
_BODIES = words("origins.bodies")
_GROUPS = words("people.group_nouns")
_TIMES = words("dates.heads")

MOST_WORDS = 6
_INITIAL = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]{1,2}")
_NICKNAME_MARKS = frozenset("\"“”'‘’«»")
_OPENING = "“\"«‘"


@dataclass(frozen=True, slots=True)
class NameWords:
    """What tells a name: the words that are no names (a dictionary), and the names that are a body's or a place's."""

    common: Container[str]
    is_known: Callable[[str], bool]
    is_place: Callable[[str], bool]
    """Whether a place of any size has the name."""

    def is_common(self, word: str) -> bool:
        """Whether a dictionary has the word, or the word that it is a form of."""
        low = word.lower()
        forms = (low, singular(low), low.removesuffix("ed"), low.removesuffix("d"), low.removesuffix("ing"))
        return any(form in self.common for form in forms) or f"{low.removesuffix('ing')}e" in self.common


def personal_names(doc: Doc, known: NameWords) -> list[tuple[int, int]]:
    """The people's names of a document, as tokens ``[start, end)`` in order; its sentences are set and no more."""
    reader = _Reader(doc, known)
    found = [name for start, end in reader.runs() for name in reader.names(start, end)]
    surnames = {
        doc[i].text for start, end in found for i in range(start, end) if end - start > 1 and reader.is_telling(doc[i].text)
    }
    taken = {i for start, end in found for i in range(start, end)}
    again = [
        (i, i + 1)
        for i in range(len(doc))
        if i not in taken and doc[i].text in surnames and reader.stands_alone(i)
    ]
    return sorted([*found, *again])


def as_read(names: Sequence[tuple[int, int]], doc: Doc) -> list[str]:
    """The words of the document as the models read them: each name is the same name, word for word."""
    read = [token.text for token in doc]
    for start, end in names:
        if end - start == 1:
            read[start] = FIRST if doc[start].text in GIVEN else LAST
            continue
        read[start:end] = [FIRST, *[MIDDLE] * (end - start - 2), LAST]
    return read


@lru_cache(maxsize=1)
def _origins() -> frozenset[str]:
    words = frozenset(origin_words())
    return words | frozenset(f"{word}s" for word in words) | frozenset(country_names())


class _Reader:
    """One document's runs of words with capitals, and the names in them."""

    def __init__(self, doc: Doc, known: NameWords) -> None:
        self.doc = doc
        self.known = known
        self.words = [token.text for token in doc]
        self._headlines: dict[int, bool] = {}

    def runs(self) -> Iterator[tuple[int, int]]:
        """The longest runs of words with capitals, with the small words, hyphens and nicknames between them."""
        at = 0
        while at < len(self.words):
            if not self._begins(at):
                at += 1
                continue
            end = self._end(at)
            if end > at:
                yield at, end
            at = max(end, at + 1)

    def _begins(self, at: int) -> bool:
        if self._is_capital(at):
            return True
        joined = self.words[at] in JOINED_BEFORE and self.words[at + 1 : at + 2] in (["-"], ["–"])
        return joined and self._is_capital(at + 2)

    def _is_capital(self, at: int) -> bool:
        if not 0 <= at < len(self.words):
            return False
        word = self.words[at]
        if not word[:1].isupper():
            return False
        return (len(word) > 1 and not word.isupper()) or _INITIAL.fullmatch(word) is not None

    def _end(self, at: int) -> int:
        """Past the last word of the run that begins at a word."""
        end = at
        while end < len(self.words):
            if end > at and self.doc[end].is_sent_start:
                break
            if self._is_capital(end):
                end += 1
                continue
            step = self._between(end)
            if not step:
                break
            end += step
        return end

    def _between(self, at: int) -> int:
        """How many words join what stands before and behind them into one name: "-", "bin", "van der", "“Bibi”"."""
        words = self.words
        for length in (1, 2, 3):
            inside = words[at : at + length]
            if len(inside) < length or not self._is_capital(at + length):
                continue
            if inside[-1] in ("-", "–"):
                if length == 1 and not self._spaced(at - 1, at + 1):
                    return length
                joins = length > 1 and inside[-2] in JOINED_BEFORE and not self._spaced(at + length - 2, at + length)
                if joins and all(word in PARTICLES for word in inside[:-1]):
                    return length
            if all(word in PARTICLES for word in inside):
                return length
            if length == 1 and inside[0] == "." and len(words[at - 1]) <= 4 and not self._spaced(at - 1, at):
                return 1
        if words[at] in _OPENING and self._is_capital(at + 1) and words[at + 2 : at + 3] and words[at + 2] in "”\"»’":
            return 3 if self._is_capital(at + 3) else 0
        # "Min-jun", "Soo-young": the second part of a name in small letters
        small = words[at] == "-" and at + 1 < len(words) and words[at + 1].isalpha() and words[at + 1].islower()
        if small and at and not self._spaced(at - 1, at + 1) and words[at - 1] in _LISTED and len(words[at + 1]) <= 6:
            return 2 if not self.known.is_common(words[at + 1]) or self._is_capital(at - 2) else 0
        return 0

    def _spaced(self, start: int, end: int) -> bool:
        """Whether a space stands behind one of the words."""
        return any(self.doc[i].whitespace_ for i in range(start, end))

    def names(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names in a run: its parts between titles, nations and common words, as far as they are a person's."""
        if self._is_body(start, end):
            return
        headline = self._is_headline(start)
        at = start
        while at < end:
            if self._parts(at, start, end, headline=headline):
                at += 1
                continue
            last = at + 1
            while last < end and not self._parts(last, start, end, headline=headline):
                last += 1
            if name := self._name(at, last, start, headline=headline):
                yield name
            at = last

    def _is_body(self, start: int, end: int) -> bool:
        """Whether the whole run names a body or a place: by its last word, its first, or a list."""
        plain = self.words[start:end]
        if plain[-1].lower() in ENDS_BODY or plain[-1].lower() in _BODIES or plain[0].lower() in BEGINS_BODY:
            return True
        after = self.words[end] if end < len(self.words) else ""
        of = self.words[start - 2] if start > 1 and self.words[start - 1] == "of" else ""
        if after in ENDS_BODY or singular(of) in ENDS_BODY:
            return True
        initials = self.words[end + 1] if after == "(" and end + 1 < len(self.words) else ""
        if len(initials) > 1 and initials.isupper():
            return True
        if end - start > 1 and any(word.lower() in ENDS_BODY for word in plain[1:]):
            return True
        return end - start > 1 and self.known.is_known(self.doc[start:end].text)

    def _is_headline(self, at: int) -> bool:
        """Whether every word of the sentence has a capital, so that none is a sign."""
        if at in self._headlines:
            return self._headlines[at]
        first = last = at
        while first > 0 and not self.doc[first].is_sent_start:
            first -= 1
        while last + 1 < len(self.doc) and not self.doc[last + 1].is_sent_start:
            last += 1
        told = [token for token in self.doc[first : last + 1] if token.is_alpha and not token.is_stop]
        found = len(told) > 2 and all(token.text[0].isupper() for token in told)
        self._headlines.update(dict.fromkeys(range(first, last + 1), found))
        return found

    def _parts(self, at: int, start: int, end: int, *, headline: bool) -> bool:
        """Whether a word of a run belongs to no name: a title, a nation, a day, a common word."""
        word = self.words[at]
        low = word.lower()
        if word in GIVEN or word in FAMILY or _INITIAL.fullmatch(word) or not word[:1].isalpha():
            return word in _origins() and not self._is_inside(at, start, end)
        if word in PARTICLES or low in PARTICLES:
            return at == start and word not in ALSO_WORDS and word not in JOINED_BEFORE
        if not word[:1].isupper():
            return False  # "young" of "Soo-young"
        if word in ALSO_TITLES:
            alone = at == start or headline or singular(self.words[at - 1].lower()) in PRIVATE_ROLES
            return not (alone and self._is_surname(at + 1, end))
        if low in ADDRESS:
            return at == start and word not in ALSO_WORDS
        if word in ALSO_WORDS:
            return self._is_plain(at, start, end, headline=headline)
        if word in _origins():
            return not self._is_inside(at, start, end)
        if is_title(low) or self.doc[at].is_stop:
            return True
        if self.known.is_common(word):
            after_given = at > start and self.words[at - 1] in _LISTED and not headline
            return not (after_given and at + 1 == end and (self.words[at - 1] in GIVEN or word.lower() in self.known.common))
        return False

    def _is_inside(self, at: int, start: int, end: int) -> bool:
        """Whether a word stands between two that are names on the lists ("San" of "Aung San Suu Kyi")."""
        return start < at < end - 1 and self.words[at - 1] in GIVEN and self._is_surname(at + 1, end)

    def _is_surname(self, at: int, end: int) -> bool:
        return at < end and self.words[at] not in GIVEN and not is_title(self.words[at].lower()) and not (
            self.known.is_common(self.words[at]) and self.words[at] not in ALSO_WORDS
        )

    def _is_plain(self, at: int, start: int, end: int, *, headline: bool) -> bool:
        """Whether a name that is a word too is the word here."""
        word = self.words[at]
        before = self.words[at - 1].lower() if at else ""
        if word.lower() in _TIMES:
            after = self.words[at + 1] if at + 1 < end else ""
            if before in WHEN or before[:1].isdigit():
                return True
            if after in GIVEN or after in FAMILY:
                return False
            return before == "," or not self._is_surname(at + 1, end) or self.known.is_known(after)
        if is_title(word.lower()) and at == start:
            # "Judge Roe", "Bishop Roe"; but "Hope Bishop"
            return True
        return False

    def _name_kind(self, at: int) -> str:
        word = self.words[at]
        if word in GIVEN:
            return "G"
        if word in FAMILY:
            return "F"
        if word in ALSO_WORDS or word in ALSO_TITLES:
            return "A"
        if _INITIAL.fullmatch(word):
            return "I"
        return "C" if self.known.is_common(word) else "U"

    def _name(self, at: int, end: int, start: int, *, headline: bool) -> tuple[int, int] | None:
        """The name between two tokens, where it is a person's."""
        while end > at and (self.words[end - 1] in PARTICLES or not self.words[end - 1][:1].isalpha()):
            end -= 1
        while at < end and not self.words[at][:1].isalpha():
            at += 1
        while end - at > 1 and _INITIAL.fullmatch(self.words[end - 1]) and not self.words[end - 1].endswith("."):
            end -= 1
        if end <= at or end - at > 2 * MOST_WORDS:
            return None
        kinds = "".join(
            self._name_kind(i)
            for i in range(at, end)
            if self.words[i][:1].isalpha() and self.words[i] not in PARTICLES and self.words[i].lower() not in PARTICLES
        )
        before = self.words[at - 1].lower() if at else ""
        owner = self.words[end : end + 1] in (["'s"], ["’s"], ["'"], ["’"])
        if before in ADDRESS and kinds:
            return at, end
        if not kinds or kinds == "I" * len(kinds) or kinds[0] == "I" and len(kinds) < 2:
            return None
        place = before in WHERE and not owner
        begins = bool(self.doc[at].is_sent_start) or at == 0
        text = self.doc[at:end].text
        if len(kinds) == 1:
            return (at, end) if kinds == "G" and not place and not self.known.is_known(text) else None
        if place or self.known.is_known(text):
            return None
        if "I" in kinds and set(kinds) - {"I"} and not set(kinds) <= {"I", "C"}:
            return at, end
        if "G" in kinds or "F" in kinds:
            return at, end
        if kinds[0] == "A":
            return (at, end) if not (begins and set(kinds) == {"A"} and self.doc[at].is_stop) else None
        group = self.words[end].lower() if end < len(self.words) else ""
        article = before in ("the", "a", "an")
        if article or begins and headline or singular(group) in _GROUPS or is_title(group):
            return None
        if any(self.known.is_place(self.words[i]) for i in range(at, end)) or self.known.is_place(text):
            return None
        return (at, end) if set(kinds) <= set("UA") and not headline else None

    def is_telling(self, word: str) -> bool:
        """Whether one word of a name stands for its bearer where it stands alone."""
        return len(word) > 2 and word[0].isupper() and not self.known.is_common(word) and word not in _origins()

    def stands_alone(self, at: int) -> bool:
        """Whether no other word with a capital stands beside a word, and it is not said to be a place."""
        sides = [at - 1, at + 1]
        if any(self._is_capital(i) and not is_title(self.words[i].lower()) for i in sides if 0 <= i < len(self.words)):
            beside = at > 0 and self.doc[at - 1].is_sent_start and self.known.is_common(self.words[at - 1])
            if not beside:
                return False
        return (self.words[at - 1].lower() if at else "") not in WHERE


def is_title(low: str) -> bool:
    """Whether a word in small letters is a role, or an office, by which people are called."""
    parts = [part for part in re.split(r"[.-]", low) if part]
    if len(parts) > 1:
        return all(is_title(part) for part in parts)
    forms = (low, singular(low.rstrip(".")))
    return any(form in PUBLIC_ROLES or form in PRIVATE_ROLES or sector(form) is not None for form in forms)


class _Union:
    """All the lists of names as one."""

    def __contains__(self, word: str) -> bool:
        return word in GIVEN or word in FAMILY or word in ALSO_WORDS


_LISTED = _Union()
