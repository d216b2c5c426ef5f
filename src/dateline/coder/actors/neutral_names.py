"""Neutral names of bodies and descriptions, and private people's names kept out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.coder.actors.country import country_of
from dateline.coder.actors.registry import Referent
from dateline.lang.en.descriptions import bare, is_indefinite, without_clause
from dateline.lang.en.neutral.loaded_words import neutral
from dateline.lang.en.neutral.personal_names import ALSO_WORDS, PARTICLES, is_title
from dateline.lang.en.people import PRIVATE_ROLES, head_words, is_role, sector, singular, words_of
from dateline.lang.lexicon import any_of, words
from dateline.model import Because

GROUP_NOUNS = words("people.group_nouns")
PERSON_NOUNS = words("people.person_nouns")
_PERSON = "a person"
_LONGEST_NAME, _MOST_NAMES = 120, 2_000
_CONTACT = re.compile(r"\S*@\S+|(?:https?://|www\.)\S+|\+?\(?\d[\d\s().-]{6,}\d")
_AGAIN = re.compile(r"a person(?:[\s,]+a person)+")
_ARTICLE_TWICE = re.compile(r"\b(?:the|a|an|his|her|their) a person\b")
_HOUSEHOLD = any_of(words("people.households"), before=r"a person (?=(?:", after=r")\b)()")
_OWNED = re.compile(r"the [a-z][^,]*?(?:['’]s|s['’]) ")
"""An article that is the owner's: "the ministry's police"."""
_OTHER = any_of(words("people.points_at_others"), before=r"^(?:", after=r")\s+")


def plain_name(referent: Referent) -> str:
    """The name of a body, or a description, without loaded words, articles that point back and long tails."""
    text = referent.name
    plain = neutral(text if is_indefinite(text) or _OWNED.match(text) else bare(text))
    if len(plain) > _LONGEST_NAME:
        plain = plain[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    return plain or "people"


@dataclass(frozen=True, slots=True)
class Hidden:
    """The names of private people of one report, and texts without them."""

    pattern: re.Pattern[str] | None
    """Any of the names, longest first; None where no name is hidden."""

    def without(self, text: str) -> str:
        """The text with "a person" in the place of hidden names, and without addresses and numbers to reach them."""
        if self.pattern is None:
            return text
        told = _CONTACT.sub("", self.pattern.sub(_PERSON, text))
        if told == text:
            return text
        told = _AGAIN.sub(_PERSON, told)
        told = _HOUSEHOLD().sub(r"\1", told)
        told = _ARTICLE_TWICE.sub(_PERSON, told)
        return re.sub(r"\s+", " ", re.sub(r"\(\s*[,;]?\s*\)", "", told)).strip(" ,;") or _PERSON

    def reason(self, because: Because) -> Because:
        """A reason without the names, in the words that it matched."""
        return replace(because, matched=self.without(because.matched)) if because.matched else because

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where hidden names stand in a text."""
        return [match.span() for match in self.pattern.finditer(text)] if self.pattern is not None else []


NOTHING_HIDDEN = Hidden(None)


def hidden_names(people: Iterable[str], others: Iterable[str]) -> Hidden:
    """The names of private people, each whole and each of its words that is no common one.

    A word that also names somebody in public or a body of the authority list is hidden in the whole name alone.
    """
    shared = {word for other in others for word in words_of(other)}
    names: set[str] = set()
    for name in people:
        if " " in name or not set(words_of(name)) & shared:
            names.add(name)
        names.update(part for part in _parts(name) if not set(words_of(part)) & shared)
    forms = {form for name in names for form in (name, name.upper(), name.lower()) if len(name) > 1}
    longest = sorted((form for form in forms if form), key=lambda form: (-len(form), form))[:_MOST_NAMES]
    if not longest:
        return Hidden(re.compile(r"(?!)"))
    return Hidden(re.compile(rf"(?<![\w@])(?:{'|'.join(map(_loosely, longest))})(?!\w)"))


def _parts(name: str) -> Iterator[str]:
    """The words of a name that stand for its bearer alone."""
    for word in name.split():
        for part in {word, word.rpartition("-")[2]}:
            plain = part.strip("\"“”'‘’«».,()")
            also = is_title(plain.lower()) or plain.lower() in PARTICLES or plain in ALSO_WORDS
            if len(plain) > 2 and plain[:1].isupper() and not also and country_of(plain) is None:
                yield plain


def _loosely(name: str) -> str:
    form = re.escape(name).replace(r"\ ", r"\s+")
    return form if name.isalpha() else f"(?i:{form})"


def without_others(role: str) -> str:
    """A role without a word that points at one of several: "resident" of "another resident"."""
    return _OTHER().sub("", role)


def role_in_words(role: str) -> str | None:
    """A role with its article: "a baker"; None where its words tell no role ("a person", a name, a clause)."""
    role = without_clause(role).strip()
    noun = next((word for word in head_words(role) if word), "")
    if not noun.isalpha() or _PERSON in role or not _names_anybody(noun):
        return next((with_article(w) for w in head_words(role) if is_role(singular(w))), None) if role else None
    plain = role[0].lower() + role[1:] if role.split()[0].lower() in PRIVATE_ROLES else role
    return with_article(plain, plural=singular(noun) != noun)


def with_article(role: str, *, plural: bool = False) -> str:
    """A role of one with its article, of several as it is."""
    if plural or role.lower().startswith(("a ", "an ", "the ")):
        return role
    return f"{'an' if role[0].lower() in 'aeiou' else 'a'} {role}"


def _names_anybody(noun: str) -> bool:
    one = singular(noun)
    if one in GROUP_NOUNS:
        return False  # "Kenya Army, Peter Ouma": nobody is an army
    return is_role(one) or sector(one) is not None or one in PERSON_NOUNS or noun in PERSON_NOUNS
