"""Names of people, told before a sentence is parsed by how they are written: whose name it is must change nothing.

A tagger knows the names it has read. Here a name on the lists, or words with capitals that no dictionary has, beside
one another, are somebody's unless other words speak against it. The models read one name for all (:func:`as_read`).
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
OF_PEOPLE = words("names.of_people")
BEGINS_NAME = words("names.begins_name")
WHERE = words("names.where")
WHEN = words("names.when")
ADDRESS = words("names.address")
STYLES = words("names.styles")
HOUSEHOLDS = words("people.households")
_BODIES = words("origins.bodies")
_GROUPS = words("people.group_nouns")
_TIMES = words("dates.heads")

MOST_WORDS = 6
_ARTICLES = ("the", "a", "an")
_INITIAL = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]{1,2}")
_OPENING = '“"«‘'


class _Names:
    """All the lists of names as one."""

    def __contains__(self, word: str) -> bool:
        return word in GIVEN or word in FAMILY or word in ALSO_WORDS


NAMES = _Names()


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
    taken = {i for start, end in found for i in range(start, end)}
    shorter = {part for start, end in found for part in reader.parts(start, end)}
    longest = max((len(part) for part in shorter), default=0)
    for at in range(len(doc)):
        for length in range(longest, 0, -1):
            words = tuple(reader.words[at : at + length])
            if words in shorter and at not in taken and reader.stands_alone(at, at + length):
                found.append((at, at + length))
                taken.update(range(at, at + length))
                break
    return sorted(found)


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
        if not word[:1].isupper() or (word.lower() in _ARTICLES and self.doc[at].is_sent_start):
            return False  # "A Roe" that begins a sentence is no initial
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
        if words[at] in _OPENING and self._is_capital(at + 1) and words[at + 2 : at + 3] and words[at + 2] in '”"»’':
            return 3 if self._is_capital(at + 3) else 0
        # "Min-jun", "Soo-young": the second part of a name in small letters
        small = words[at] == "-" and at + 1 < len(words) and words[at + 1].isalpha() and words[at + 1].islower()
        if small and at and not self._spaced(at - 1, at + 1) and len(words[at + 1]) <= 6:
            listed, follows = words[at - 1] in NAMES, self._is_capital(at - 2)
            strange = not self.known.is_common(words[at + 1]) or words[at + 1].title() in NAMES
            return 2 if (listed and (strange or follows)) or (strange and follows) else 0
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
            if name := self._name(at, last, headline=headline):
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
            return at == start and low not in BEGINS_NAME and word not in ALSO_WORDS and word not in JOINED_BEFORE
        if not word[:1].isupper():
            return False  # "young" of "Soo-young"
        if word in ALSO_TITLES:
            alone = at == start or headline or singular(self.words[at - 1].lower()) in PRIVATE_ROLES
            return not (alone and self._is_surname(at + 1, end))
        if low in ADDRESS:
            return at == start and word not in ALSO_WORDS and low not in STYLES
        if word in ALSO_WORDS:
            return self._is_plain(at, start, end)
        if word in _origins():
            return not self._is_inside(at, start, end)
        if is_title(low) or self.doc[at].is_stop:
            return True
        if self.known.is_common(word):
            after_given = at > start and self.words[at - 1] in NAMES and not headline
            ends = at + 1 == end and (self.words[at - 1] in GIVEN or low in self.known.common)
            household = at + 1 == end < len(self.words) and self.words[end] in HOUSEHOLDS and not headline
            return not (self._is_inside(at, start, end) or (after_given and ends) or household)
        return False

    def _is_inside(self, at: int, start: int, end: int) -> bool:
        """Whether a word stands between two that are names on the lists ("San" of "Aung San Suu Kyi")."""
        return start < at < end - 1 and self.words[at - 1] in GIVEN and self._is_surname(at + 1, end)

    def _is_surname(self, at: int, end: int) -> bool:
        return (
            at < end
            and self.words[at] not in GIVEN
            and not is_title(self.words[at].lower())
            and not (self.known.is_common(self.words[at]) and self.words[at] not in ALSO_WORDS)
        )

    def _is_plain(self, at: int, start: int, end: int) -> bool:
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
        # "Judge Roe", "Bishop Roe"; but "Hope Bishop"
        return at == start and is_title(word.lower())

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

    def _name(self, at: int, end: int, *, headline: bool) -> tuple[int, int] | None:
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
        if not kinds or kinds == "I" * len(kinds) or (kinds[0] == "I" and len(kinds) < 2):
            return None
        place = before in WHERE and not owner
        begins = bool(self.doc[at].is_sent_start) or at == 0
        text = self.doc[at:end].text
        after = self.words[end].lower() if end < len(self.words) else ""
        if len(kinds) == 1:
            if after in HOUSEHOLDS and kinds != "I":
                return at, end
            group = singular(after) in _GROUPS or is_title(after)
            named = (
                kinds == "G"
                or self._is_told_of_people(at, end)
                or (kinds == "F" and not group and before not in _ARTICLES and not headline)
            )
            return (at, end) if named and not place and not self.known.is_known(text) else None
        if place or self.known.is_known(text):
            return None
        if "I" in kinds and set(kinds) - {"I"} and not set(kinds) <= {"I", "C"}:
            return at, end
        if "G" in kinds or "F" in kinds:
            return at, end
        if kinds[0] == "A":
            return (at, end) if not (begins and set(kinds) == {"A"} and self.doc[at].is_stop) else None
        if before in _ARTICLES or (begins and headline) or singular(after) in _GROUPS or is_title(after):
            return None
        titled = is_title(before) and before.islower()
        parts = [] if "A" in kinds else self.words[at:end]
        if not titled and any(map(self.known.is_place, (text, *parts))):
            return None
        return (at, end) if set(kinds) <= set("UA") and not headline else None

    def _is_told_of_people(self, start: int, end: int) -> bool:
        """Whether the words beside a name are said of people: "son of X", "arrest of X", "X's wife", "X, 16,"."""
        before, after = self.words[max(0, start - 2) : start], self.words[end : end + 3]
        if len(before) == 2 and (before[1] in PRIVATE_ROLES or (before[1] == "of" and _belongs_to_people(before[0]))):
            return True
        if len(after) > 1 and after[0] in ("'s", "’s") and _belongs_to_people(after[1]):
            return True
        age = len(after) == 3 and after[0] in (",", "(") and after[1].isdigit() and after[2] in (",", ")", ".")
        return age and len(after[1]) <= 2

    def parts(self, start: int, end: int) -> Iterator[tuple[str, ...]]:
        """What of a name stands for its bearer alone: its last word, and each that no dictionary has."""
        first = start
        for at in range(start, end):
            if self.doc[at].whitespace_ or at + 1 == end:
                part = tuple(self.words[first : at + 1])
                plain = [word for word in part if word[:1].isupper() and len(word) > 2]
                last = at + 1 == end and first > start and not any(self.doc[i].is_stop for i in range(first, at + 1))
                if plain and (last or not any(self.known.is_common(w) or w in _origins() for w in plain)):
                    yield part
                first = at + 1

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether no other word with a capital stands beside words, and they are not said to be a place."""
        for at in (start - 1, end):
            beside = 0 <= at < len(self.words) and self._is_capital(at) and not is_title(self.words[at].lower())
            if beside and not (
                self.doc[at].is_sent_start and (self.known.is_common(self.words[at]) or self.doc[at].is_stop)
            ):
                return False
        return (self.words[start - 1].lower() if start else "") not in WHERE


def _belongs_to_people(word: str) -> bool:
    return singular(word.lower()) in PRIVATE_ROLES or word.lower() in OF_PEOPLE


def is_title(low: str) -> bool:
    """Whether a word in small letters is a role, or an office, by which people are called."""
    parts = [part for part in re.split(r"[.-]", low) if part]
    if len(parts) > 1:
        return all(is_title(part) for part in parts)
    two = (low, singular(low.rstrip(".")))
    return any(form in PUBLIC_ROLES or form in PRIVATE_ROLES or sector(form) is not None for form in two)
