"""What speaks against a name being a place: it is part of another name, a plain word, or not vouched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.placing.places import PREPOSITIONS, VERBS_OF_PLACES, is_object_of_verb_of_places
from dateline.lang.lexicon import class_of, words
from dateline.lang.name_keys import demonym
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Entry
from dateline.resolve.places.document import (
    KNOWN_TOWN,
    ORGANISATION_WORDS,
    PLACE_LABELS,
    QUANTITIES,
    WELL_KNOWN,
    Document,
)
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from spacy.tokens import Token

IN_ORGANISATION = rule("place.in-organisation", "part of the name of an organisation")
IN_PERSON = rule("place.in-person", "part of a person's name")
NOT_VOUCHED = rule("place.not-vouched", "a name of the gazetteer, but its words do not say that a place is meant")
NAME_PARTS = frozenset({"PROPN", "X"})
"""The part of speech of names, and that of all words of a sentence that was not parsed."""
_IN_NAMES = frozenset({"PROPN", "PUNCT", "ADP", "PART", "NUM"})
_AT_PLACE = words("places.at_place")
_VOUCHING = words("places.vouching")
_LOCATIVE = words("places.locative")
_DIVISIONS = words("places.divisions")
_PLAIN = words("places.plain")
_OFFICES = words("places.offices")
_COUNTIES = words("places.counties")
_VERBS_OF_PLACES_ALONE = words("places.verbs_of_places_alone")
_ADDRESSES = words("places.addresses")
_SETTLEMENTS = words("places.settlements")
_PARTS_OF_SETTLEMENTS = words("places.parts_of_settlements")
_WITHIN = words("places.within")
_PASSING = words("places.passing")
_BELIEVING = words("places.believing")
_INDEFINITE = words("places.indefinite")
CALENDAR = words("dates.heads")
"""Words of dates: a month's name in a dateline is no town's."""
_ERAS = words("dates.eras")
_ARTICLES = words("text.articles")
_PEOPLE = frozenset({"PERSON", "ORG", "NORP"})
_DONE_TO = frozenset({"object", "passive subject"})
_NOUNS = frozenset({"PROPN", "NOUN", "X"})
_LETTERS = 4
"""A name of so few capitals is an abbreviation."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that is no place. ``why`` is None where no reader would ask for the reason."""

    why: Rule | None = None


UNREMARKED = Doubt()


class Doubts:
    """Whether names of a document are places."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.doc
        self.gazetteer = document.gazetteer

    def about(self, first: int, last: int, entries: tuple[Entry, ...], listed: bool) -> Doubt | None:
        """What speaks against the words from one token to another; None for a place.

        ``entries`` is what the gazetteer has under the name, and ``listed`` says that it stands in a list of places.
        """
        doubt = self._about(first, last, entries, listed)
        return Doubt(NOT_VOUCHED) if doubt is UNREMARKED and self._looks_placed(first, last) else doubt

    def _looks_placed(self, first: int, last: int) -> bool:
        """Whether a reader would ask why a name is no place: it stands behind a preposition that places bring in."""
        before, label = self._token(first - 1), self.document.entity.get(first, (first, last, ""))[2]
        if before is None or before.lower_ not in _LOCATIVE | _AT_PLACE or label in {"PERSON", "NORP", *QUANTITIES}:
            return False
        written = all(t.pos_ in NAME_PARTS and t.text[:1].isupper() for t in self.doc[first : last + 1])
        return written and not any(t.lower_ in CALENDAR for t in self.doc[first : last + 1])

    def _about(self, first: int, last: int, entries: tuple[Entry, ...], listed: bool) -> Doubt | None:
        text = self.document.words(first, last)
        strong = any(e.rank == USAGE for e in entries)
        before, after = self._token(first - 1), self._token(last + 1)
        if self.document.is_in_organisation(first, last):
            return Doubt(IN_ORGANISATION) if self.is_known_inside(text) else UNREMARKED
        if self.is_letters_only(text) or (before is not None and before.text.endswith("$")):
            return UNREMARKED
        if before is not None and before.is_digit and text.lower() in _ERAS:
            return UNREMARKED
        if not strong and self.is_surname(first, last):
            return UNREMARKED
        if self.is_said_place(first, last, held=True):
            return None
        if before is not None and before.is_digit and after is not None and after.text[:1].isupper():
            # The street of an address.
            return UNREMARKED
        if self._is_of_an_office(first, last) and max(e.rank for e in entries) > ALTERNATE:
            return None
        located = before is not None and before.lower_ in _LOCATIVE
        contained = after is not None and after.text == "," and self._names_container(last + 2)
        vouched = located or contained or listed
        begin, end, label = self.document.entity.get(first, (first, last, ""))
        whole = begin >= first and end <= last
        if label in PLACE_LABELS or label in {"PERSON", "ORG"} or label in QUANTITIES:
            return self._against_label(label, first, last, entries, vouched=vouched)
        if label and not whole and not strong:
            return UNREMARKED
        return self._against_words(first, last, entries, vouched=vouched)

    def _against_label(
        self, label: str, first: int, last: int, entries: tuple[Entry, ...], *, vouched: bool
    ) -> Doubt | None:
        """What the recogniser's label says against a name, as :meth:`about` does."""
        text = self.document.words(first, last)
        begin, end, _ = self.document.entity[first]
        whole = begin >= first and end <= last
        strong = any(e.rank == USAGE for e in entries)
        big = _population(entries)
        if label in PLACE_LABELS:
            # A word of a longer name is a place of its own only where it is well known ("Chicago suburbs").
            return None if whole or strong or big >= WELL_KNOWN else UNREMARKED
        if label in QUANTITIES:
            return None if strong else UNREMARKED
        if whole and (strong or (vouched and big >= KNOWN_TOWN) or (label == "ORG" and big >= WELL_KNOWN)):
            return None
        if label == "PERSON":
            return Doubt(IN_PERSON) if self._is_worth_a_remark(text) else UNREMARKED
        inside = self.is_known_inside(text)
        return Doubt(IN_ORGANISATION) if inside and (first == begin or self._is_worth_a_remark(text)) else UNREMARKED

    def _against_words(self, first: int, last: int, entries: tuple[Entry, ...], *, vouched: bool) -> Doubt | None:
        """What the parts of speech say against a name that the recogniser passed over."""
        strong = any(e.rank == USAGE for e in entries)
        before, after = self._token(first - 1), self._token(last + 1)
        parts = self.doc[first : last + 1]
        unread = all(t.pos_ == "X" for t in parts) and (vouched or not self.doc[first].is_sent_start)
        if not unread and not all(t.pos_ in _IN_NAMES or t.text.isupper() for t in parts):
            return None if strong and last > first else UNREMARKED
        if after is not None and after.lower_ in _DIVISIONS:
            return None
        if not strong and any(is_name(t) for t in (before, after) if t is not None):
            return UNREMARKED
        if strong or _population(entries) >= WELL_KNOWN:
            return None
        return None if vouched and max(e.rank for e in entries) > ALTERNATE else UNREMARKED

    def is_said_place(self, first: int, last: int, *, held: bool) -> bool:
        """Whether the words around a name say that it is a place, whatever the recogniser sees in it.

        They do by a noun for what it is ("the village of Tyawa"), or by a preposition where nothing else in the report
        speaks of the name as of somebody. ``held`` says that the gazetteer has it.
        """
        label = self.document.entity.get(first, (first, last, ""))[2]
        if not self.doc[first].text[:1].isupper():
            return False
        if self.doc[first].is_sent_start and not self._is_done_to_places(self.doc[first : last + 1].root):
            return False
        if self._is_called_settlement(first, last):
            return True
        if label == "NORP":
            return False
        if not self._is_behind_place_word(first, last, held=held) or any(
            t.lower_ in CALENDAR for t in self.doc[first : last + 1]
        ):
            return False
        if held and label != "ORG":
            return True
        name = self.document.words(first, last)
        if name.isupper() or label in QUANTITIES:
            return False
        others = [t.i for t in self.doc if t.text == self.doc[first].text]
        return all(
            self._is_behind_place_word(i, i + last - first, held=held)
            or self._is_called_settlement(i, i + last - first)
            for i in others
        )

    def _is_called_settlement(self, first: int, last: int) -> bool:
        """Whether a noun for a place that people live in stands beside a name ("Tyawa village")."""
        before, earlier, after = self._token(first - 1), self._token(first - 2), self._token(last + 1)
        if before is not None and before.lower_ == "of" and earlier is not None:
            return earlier.lower_ in _SETTLEMENTS or earlier.lower_ in _PARTS_OF_SETTLEMENTS
        following = self._token(last + 2)
        if self.doc[first].ent_type_ == "NORP":
            # "A Shiite village" bears no such name.
            return False
        said = after is not None and after.text in _SETTLEMENTS and (following is None or following.lower_ != "of")
        return said and (before is None or before.lower_ not in _INDEFINITE)

    def _is_behind_place_word(self, first: int, last: int, *, held: bool) -> bool:
        """Whether a name alone is what a preposition of place puts something in or near, in running text."""
        before, after, earlier = self._token(first - 1), self._token(last + 1), self._token(first - 2)
        root = self.doc[first : last + 1].root
        if self._is_done_to_places(root):
            return root.head == before or root.i < root.head.i
        if not held and clause_of(root).link in _DONE_TO:
            label = self.document.entity.get(first, (first, last, ""))[2]
            return label in {"", *PLACE_LABELS} and root.head == before and is_object_of_verb_of_places(root)
        if before is None or not (before.is_sent_start or before.text.islower()):
            return False
        attacked = before.head.lemma_.lower() in VERBS_OF_PLACES and class_of(PREPOSITIONS, before.lower_) == "on"
        if before.lower_ not in (_AT_PLACE if held else _WITHIN) | _PASSING:
            return held and attacked and self.doc[first].ent_type_ not in _PEOPLE
        if before.head.lemma_.lower() in _BELIEVING or (after is not None and (is_name(after) or after.pos_ == "NOUN")):
            return False
        if root.pos_ not in _NOUNS:
            return False
        in_text = earlier is None or before.is_sent_start or not earlier.text[:1].isupper()
        return held or (in_text and clause_of(root).preposition == before)

    def _is_done_to_places(self, noun: Token) -> bool:
        """Whether what is done to it is only done to places ("overran Tyawa", "Tyawa was shelled")."""
        return clause_of(noun).link in _DONE_TO and noun.head.lemma_.lower() in _VERBS_OF_PLACES_ALONE

    def is_surname(self, first: int, last: int) -> bool:
        """Whether the name is that of a person of the report, or of one addressed by a title ("Mr Paris")."""
        before = self._token(first - 1)
        if before is not None and before.lower_.rstrip(".") in _ADDRESSES:
            return True
        located = before is not None and before.lower_ in _AT_PLACE
        return first == last and self.doc[first].text in self.document.surnames and not located

    def is_adjective(self, text: str) -> bool:
        """Whether a name is an adjective of nationality, and none by which people call a place."""
        return demonym(text) is not None and not any(e.rank == USAGE for e in self.gazetteer.lookup(text))

    def is_letters_only(self, text: str) -> bool:
        """Whether a name in few capitals is no abbreviation of a place ("UN", "VA")."""
        few = text.isupper() and len(text) <= _LETTERS
        return few and not any(e.rank == USAGE for e in self.gazetteer.lookup(text))

    def is_known_inside(self, text: str) -> bool:
        """Whether a name inside another is that of a place: a division or a town of some size, and no plain word."""
        lower = text.lower()
        if lower in _PLAIN or lower in ORGANISATION_WORDS or self.is_letters_only(text):
            return False
        entries = [e for e in self.gazetteer.lookup(text) if e.rank > ALTERNATE]
        return any(e.rank == USAGE or e.kind in {"admin1", "admin2"} or e.population >= KNOWN_TOWN for e in entries)

    def is_vouched_for(self, first: int, last: int, listed: bool) -> bool:
        """Whether the grammar vouches for a place that the gazetteer lacks: the recogniser alone errs too often."""
        before = self._token(first - 1)
        if before is not None and before.lower_ == "the" and first > 1:
            before = self.doc[first - 2]
        located = before is not None and before.lower_ in _VOUCHING
        acronym = first == last and self.doc[first].text.isupper()
        bare = self._token(first - 1) is None or self.doc[first - 1].lower_ not in _ARTICLES
        located = located or (bare and is_object_of_verb_of_places(self.doc[first : last + 1].root))
        return (located or listed) and not acronym and self.doc[first : last + 1].root.pos_ in NAME_PARTS

    def _is_worth_a_remark(self, text: str) -> bool:
        """Whether a reader would ask why the name was not taken for a place."""
        entries = [e for e in self.gazetteer.lookup(text) if e.rank > ALTERNATE]
        return any(e.rank == USAGE or e.kind == "admin1" or e.population >= WELL_KNOWN for e in entries)

    def _is_of_an_office(self, first: int, last: int) -> bool:
        """Whether an office of a place follows its name, or the name says that it is a county's."""
        after = self._token(last + 1)
        office = after is not None and after.lower_.rstrip(".") in _OFFICES
        return office or (first < last and self.doc[last].lower_ in _COUNTIES)

    def _names_container(self, at: int) -> bool:
        """Whether a state, province or country begins at a token ("Rome, Georgia")."""
        for end in range(min(at + 2, len(self.doc) - 1), at - 1, -1):
            name = self.document.words(at, end)
            if name[:1].isupper() and any(
                e.rank > ALTERNATE and e.kind in {"admin1", "country"} for e in self.gazetteer.lookup(name)
            ):
                return True
        return False

    def _token(self, at: int) -> Token | None:
        return self.doc[at] if 0 <= at < len(self.doc) else None


def is_name(token: Token) -> bool:
    """Whether a token is part of a name by its capital and its part of speech."""
    return token.pos_ in NAME_PARTS and token.text[:1].isupper()


def _population(entries: tuple[Entry, ...]) -> int:
    """The most people that live in a place of this name, lesser names left out."""
    return max((e.population for e in entries if e.rank > ALTERNATE), default=0)
