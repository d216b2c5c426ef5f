"""The referents of one report while they are being collected, and the rules by which a name joins an earlier one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.distance import Levenshtein

from dateline.coder.actors.country import country_of
from dateline.coder.actors.known import Known
from dateline.coder.actors.mentions import FEMININE, MASCULINE, ActorMention
from dateline.lang.en.descriptions import is_definite
from dateline.lang.en.numbers import find_numbers
from dateline.lang.en.people import gender_of, head_words, singular, words_of
from dateline.lang.lexicon import words
from dateline.model import Because, Span
from dateline.resolve.authority.lists import Entry
from dateline.rules import rule

Sort = Literal["person", "body", "description"]

_MASCULINE_TITLES = words("people.masculine_titles")
_FEMININE_TITLES = words("people.feminine_titles")
_PUBLIC_TITLES = words("people.public_titles")
_GENERIC_BODIES = words("people.generic_bodies")
_SEVERAL_BY_MEANING = words("people.several_by_meaning")
_ANYBODY = words("people.no_role")


_SAME_NAME = rule("name.same", "the same name")
_SPELT_ALMOST_ALIKE = rule("name.spelt-almost-alike", "a name spelt almost alike")
_PERSONAL_NAME = rule("name.personal", "a personal name")
_FIRST_WORD = rule("name.first-word", "the first word of a longer name")
_LAST_WORD = rule("name.last-word", "the last word of a longer name")
_ACRONYM = rule("name.acronym", "introduced as an acronym")
_BODY = rule("name.body", "a name")
_HELD_OFFICE = rule("name.held-office", "held the office on {day} by the authority list")
_NAMED_BEFORE = rule("name.described-again", "a definite description of one already named")
_BODY_NAMED_LAST = rule("name.body-named-last", "the body named last")
_DESCRIBED = rule("name.described", "described, not named")
_UNRESOLVED = rule("name.unresolved-pronoun", "no earlier mention fits the pronoun")
_LEFT_OPEN = rule("name.left-open", "the words leave open who it is")
_LONGEST_QUOTE = 80
_SHORTEST_KIND = 3


@dataclass(slots=True)
class Referent:
    """Somebody the report refers to, with all that its mentions tell."""

    sort: Sort
    name: str
    mentions: list[Span] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    because: list[Because] = field(default_factory=list)
    gender: str = ""
    plural: bool = False
    is_person: bool = False
    """A description of one or several single people, not of a body."""
    speaks: bool = False
    public: bool = False
    """Holds an office by what the words say ("the administration of ...")."""
    unknown: bool = False
    """Nobody told who: no sector can be read off the words put in the place of a name."""
    is_thing: bool = False
    """A thing, which is no actor unless it speaks ("a statement said")."""
    is_happening: bool = False
    """A happening, which is no actor even where words are credited to it ("the protests demand")."""

    entry: Entry | None = None
    """Who it is by the authority list."""
    whole: Referent | None = None
    """Those of whom these are some."""
    leader: Referent | None = None
    """Whose men these are."""

    def words(self) -> list[str]:
        """The words of the name, lower case."""
        return words_of(self.name)

    def add_role(self, role: str) -> None:
        """Keeps a role once."""
        if role and role not in self.roles:
            self.roles.append(role)


class Registry:
    """Referents by the keys under which a later mention can find them; every look-up is one in a dictionary."""

    def __init__(self, acronyms: dict[str, str], known: Known) -> None:
        self._known = known
        self.referents: list[Referent] = []
        self._last_names: dict[str, list[Referent]] = {}
        self._first_names: dict[str, Referent] = {}
        self._bodies: dict[str, Referent] = {}
        self._listed: dict[str, Referent] = {}
        self._first_words: dict[str, Referent] = {}
        self._descriptions: dict[str, Referent] = {}
        self._heads: dict[str, Referent] = {}
        self._several: dict[str, Referent] = {}
        self._acronyms = {short.lower(): full for short, full in acronyms.items()}
        self._latest_body: Referent | None = None

    def person(self, mention: ActorMention, speaker_before: Referent | None) -> Referent:
        """The person a name refers to: an earlier one with that name, one spelt almost so, or a new one."""
        entry = self._known.find(mention.name, mention.span.quote) if " " in mention.name else None
        names = [w for w in words_of(entry.name if entry is not None else mention.name) if w]
        if not names:
            return self._new(Referent("person", mention.name))
        found, reason = self._known_person(names), _SAME_NAME
        if found is None and (similar := self._misspelt(names, speaker_before)) is not None:
            found = similar
            reason = _SPELT_ALMOST_ALIKE
            earlier = found.name.split()[-1]
            spellings = sorted({earlier, mention.name.split()[-1]})
            found.flags.append("two spellings: " + ", ".join(f'"{s}"' for s in spellings))
            self._last_names.setdefault(names[-1], []).append(found)
        if found is None:
            found = self._new(Referent("person", mention.name))
            self._last_names.setdefault(names[-1], []).append(found)
            reason = _PERSONAL_NAME
        elif len(names) > len(found.words()) and found.words()[-1:] == names[-1:]:
            found.name = mention.name
        if len(names) > 1:
            self._first_names.setdefault(names[0], found)
        if entry is not None:
            found.entry, found.name = entry, entry.name
        found.because.append(reason.because(mention.span.quote[:_LONGEST_QUOTE]))
        title = mention.title.lower().rstrip(".")
        if title in _MASCULINE_TITLES | _FEMININE_TITLES:
            found.gender = "m" if title in _MASCULINE_TITLES else "f"
        found.add_role(mention.role)
        found.public |= mention.public or title in _PUBLIC_TITLES
        found.gender = found.gender or gender_of(mention.role)
        self._note_head(mention.role, found)
        return found

    def is_surname(self, name: str) -> bool:
        """Whether the one word is the surname of somebody named before."""
        words = words_of(name)
        return len(words) == 1 and words[0] in self._last_names

    def _known_person(self, names: list[str]) -> Referent | None:
        for known in reversed(self._last_names.get(names[-1], [])):
            first = known.words()
            if len(names) == 1 or len(first) == 1 or first[0] == names[0]:
                return known
            if first[0][0] == names[0][0] and 1 in (len(first[0]), len(names[0])):
                return known  # "J. Roe" and "Jane Roe"
        if len(names) == 1:
            return self._first_names.get(names[0])
        return None

    def _misspelt(self, names: list[str], speaker_before: Referent | None) -> Referent | None:
        last = names[-1]
        if speaker_before is not None and speaker_before.sort == "person" and len(names) == 1:
            other = speaker_before.words()[-1]
            close = len(last) >= 4 and last[0] == other[0] and Levenshtein.distance(last, other, score_cutoff=2) <= 2
            if close:
                return speaker_before
        if len(names) > 1 or len(last) < 5:
            return None
        # "Kabbashi" and "Kabashi": one letter or two is a matter of transliteration
        alike = (known for known in self._last_names if known != last and _squeezed(known) == _squeezed(last))
        return next((self._last_names[known][-1] for known in alike), None)

    def body(self, mention: ActorMention, *, place: bool = False) -> Referent:
        """The organisation, country or group a name refers to; no ``place`` is "the company" or "the group"."""
        key = self._body_key(mention.name)
        full = self._acronyms.get(mention.name.lower())
        # what the report introduces in brackets goes before what a list knows by the same letters
        entry = self._known.find(full or mention.name, mention.span.quote)
        found = self._listed.get(entry.name) if entry is not None else None
        found = found or self._bodies.get(key)
        reason = _SAME_NAME
        if found is None and entry is None and (core := _without_kind(mention.name)) != mention.name:
            entry = self._known.find(core, mention.span.quote)
            found = self._listed.get(entry.name) if entry is not None else self._bodies.get(self._body_key(core))
        word = " " not in key and len(key) > 3 and country_of(mention.name) is None  # not "Kenyan" for a Kenyan bank
        if found is None and entry is None and word:
            found = self._first_words.get(key)
            reason = _FIRST_WORD
        if found is None and entry is None and full is None and is_definite(mention.span.quote):
            found = self._last_word(key)
            reason = _LAST_WORD
        if found is None:
            found = self._new(Referent("body", full or mention.name.split(" (")[0]))
            self._bodies[key] = found
            self._bodies.setdefault(self._body_key(_without_kind(mention.name)), found)
            if len(words := key.split()) > 1:
                self._first_words.setdefault(words[0], found)
            reason = _ACRONYM if full else _BODY
        if entry is not None:
            found.entry = entry
            self._listed[entry.name] = found
        elif found.entry is None and (several := self._known.several(mention.name)):
            found.flags.append("several in the authority list: " + ", ".join(several))
        found.because.append(reason.because(mention.span.quote[:_LONGEST_QUOTE]))
        found.add_role(mention.role)
        self._note_head(mention.role, found)
        self._note_head(found.name.split(" (")[0], found)
        if not place:
            self._latest_body = found
        return found

    def _last_word(self, key: str) -> Referent | None:
        """The body whose name ends with the one word: "the Coalition", after "the Arden Coalition"."""
        named = self._heads.get(singular(key)) if " " not in key else None
        return named if named is not None and named.sort == "body" else None

    def holder(self, entry: Entry, words: str, day: str) -> Referent:
        """The person who held an office on the day of the report, by the authority list."""
        names = words_of(entry.name)
        found = self._known_person(names) if names else None
        if found is None:
            found = self._new(Referent("person", entry.name))
            self._last_names.setdefault(names[-1] if names else "", []).append(found)
        found.entry, found.public = entry, True
        found.because.append(_HELD_OFFICE.because(words[:_LONGEST_QUOTE], day=day))
        return found

    def _note_head(self, phrase: str, referent: Referent) -> None:
        """Lets "the ministry" mean the ministry named last."""
        if words := head_words(phrase):
            self._heads[singular(words[0])] = referent

    def _body_key(self, name: str) -> str:
        bare = name.split(" (", maxsplit=1)[0]
        full = self._acronyms.get(bare.lower(), bare)
        return " ".join(words_of(full))

    def description(self, text: str, bare: str, definite: bool, plural: bool) -> Referent:
        """The one described: an earlier referent where the words are definite and fit it, or a new one."""
        key = " ".join(words_of(bare))
        words = key.split()
        last = next(iter(head_words(bare)), "")
        head = singular(last)
        if definite and len(words) == 1:
            if (known := self._heads.get(head)) is not None and not plural:
                known.because.append(_NAMED_BEFORE.because(text[:_LONGEST_QUOTE]))
                return known
            if head in _GENERIC_BODIES and self._latest_body is not None and not plural:
                self._latest_body.because.append(_BODY_NAMED_LAST.because(text[:_LONGEST_QUOTE]))
                return self._latest_body
        if definite or plural or len(words) == 1:
            found = self._descriptions.get(key)
            if found is not None:
                return found
        if len(words) == 1 and head not in _ANYBODY and (plural if definite else head in _SEVERAL_BY_MEANING):
            # "the nurses", after "nurses of the hospital"; "police", after "police in Arden"
            known = self._several.get(head)
            if known is not None:
                known.because.append(_NAMED_BEFORE.because(text[:_LONGEST_QUOTE]))
                return known
        found = self._new(Referent("description", text, plural=plural, gender="" if plural else gender_of(bare)))
        self._descriptions[key] = found
        if head and not plural and head not in _SEVERAL_BY_MEANING:
            self._heads[head] = found
        elif head and not find_numbers(words[: words.index(last)]):
            self._several[head] = found  # "the miners" need not be the three miners who were hurt
        found.because.append(_DESCRIBED.because(text[:_LONGEST_QUOTE]))
        return found

    def unresolved(self, pronoun: str, name: str) -> Referent:
        """A pronoun that nothing in the report explains."""
        referent = self._new(Referent("description", name, unknown=True))
        referent.flags.append(f'"{pronoun}" could not be resolved')
        referent.because.append(_UNRESOLVED.because(pronoun))
        return referent

    def unnamed(self, name: str, words: str, *, plural: bool, unknown: bool = True) -> Referent:
        """Somebody of whom the report tells no more than that they are some, one, or anyone."""
        referent = self._new(Referent("description", name, plural=plural, is_person=True, unknown=unknown))
        referent.because.append(_LEFT_OPEN.because(words[:_LONGEST_QUOTE]))
        return referent

    def _new(self, referent: Referent) -> Referent:
        self.referents.append(referent)
        return referent


def _without_kind(name: str) -> str:
    """A name without the small words that say what it names: "Aslan" of "the trade union Aslan", "the Aslan group"."""
    words = name.split()
    while words and words[0].islower() and len(words[0]) >= _SHORTEST_KIND:
        words = words[1:]
    while words and words[-1] in _GENERIC_BODIES:
        words = words[:-1]
    core = " ".join(words)
    return core if any(word[0].isupper() for word in words) and country_of(core) is None else name


def fits(pronoun: str, referent: Referent) -> bool:
    """Can the pronoun stand for the referent, as far as its gender is known?"""
    if pronoun in MASCULINE:
        return referent.gender in ("", "m")
    if pronoun in FEMININE:
        return referent.gender in ("", "f")
    return True


def _squeezed(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", name)
