"""Finding sites: squares, streets, buildings, camps, prisons and crossings, by the words that say what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.placing.places import VERBS_OF_PLACES, is_object_of_verb_of_places
from dateline.lang.lexicon import words
from dateline.lang.name_keys import demonym
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE
from dateline.resolve.places.document import (
    KNOWN_TOWN,
    PLACE_LABELS,
    POSSESSIVES,
    QUANTITIES,
    WELL_KNOWN,
    Document,
    FoundName,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 5
"""The most capitalised words of a site's name."""
LONG = 2
"""A name of more than so many words can hardly be a town's by chance."""
_SITES = words("places.sites")
_MODIFIERS = words("places.site_modifiers")
_OPENINGS = words("places.site_openings")
_ENGLISH_OPENINGS = words("places.english_site_openings")
_BEFORE_SITES = words("places.before_sites")
_TOWNS_AFTER_SITES = words("places.towns_after_sites")
_INDEFINITE = words("places.indefinite")
_FOREIGN_OF = words("places.foreign_of")
_TOWNS_OWN = words("places.towns_own")


class Sites:
    """The sites of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.doc

    def at(self, token: Token) -> tuple[FoundName, int] | None:
        """The site whose name begins at a token, with its last token."""
        if not token.text[:1].isupper():
            return None
        return next((site for way in (self._named, self._plain, self._opened) if (site := way(token))), None)

    def _named(self, token: Token) -> tuple[FoundName, int] | None:
        """A name that ends with a site word: "Trafalgar Square", "London's Hyde Park"."""
        if token.lower_ in _SITES:
            return None
        last = None
        for end in range(token.i + 1, min(token.i + LONGEST, len(self.doc))):
            if self.doc[end].text in POSSESSIVES and end == token.i + 1:
                continue
            if not self.doc[end].text[:1].isupper():
                break
            if self.doc[end].lower_.rstrip(".") in _SITES:
                last = end
        if last is None or self.document.is_in_organisation(token.i, last):
            return None
        if self._is_town(token.i, last):
            return None
        label = token.ent_type_
        located = self._located(token.i, last)
        town = self._leading_town(token.i, last)
        if town is not None and (located or label in PLACE_LABELS or label in {"", "PERSON"}):
            begin = town + 2 if self.doc[town + 1].text in POSSESSIVES else town + 1
            if begin > last:
                return None
            (site, _), (name, _) = self.document.name(begin, last, "site"), self.document.name(token.i, town, "place")
            return FoundName(site.start, site.end, "site", town=(name.start, name.end)), last
        if label == "FAC" or (located and label not in QUANTITIES):
            return self.document.name(token.i, last, "site")
        return None

    def _plain(self, token: Token) -> tuple[FoundName, int] | None:
        """A name before the plain word for what it is: "Evin prison", "the Rafah border crossing", "Kabul airport"."""
        end = token.i
        while end + 1 < len(self.doc) and end - token.i < LONGEST and self._goes_on(end + 1):
            end += 1
        if (last := self._plain_word(end + 1)) is None:
            return None
        noun, before = self.doc[last], self.doc[token.i - 1] if token.i else None
        if clause_of(noun).link == "compound" or (before is not None and before.lower_ in _INDEFINITE):
            return None
        name = self.document.words(token.i, end)
        entries = [e for e in self.document.gazetteer.lookup(name) if e.rank > ALTERNATE]
        nation = demonym(name) is not None or any(e.rank == USAGE and e.kind != "site" for e in entries)
        parts = self.doc[token.i : end + 1]
        if nation or "\n" in self.document.words(token.i, last) or token.is_stop:
            return None
        towns = [e.population for e in entries if e.kind == "town"]
        if not towns and any(t.ent_type_ == "NORP" for t in parts):
            return None
        if not all(t.pos_ in {"PROPN", "PUNCT", "ADJ"} for t in parts) or not self._located(token.i, last):
            return None
        site, _ = self.document.name(token.i, last, "site")
        if max(towns, default=0) >= KNOWN_TOWN:
            if noun.lower_ not in _TOWNS_OWN and last == end + 1:
                # "The Chicago market" is no site of that name.
                return None
            town, _ = self.document.name(token.i, end, "place")
            return FoundName(site.start, site.end, "site", town=(town.start, town.end)), last
        return site, last

    def _plain_word(self, at: int) -> int | None:
        """The word for what a site is that stands at a token, or follows one or two that say more of it."""
        for last in range(at, min(at + 3, len(self.doc))):
            if self.doc[last].text in _SITES and not (last + 1 < len(self.doc) and self.doc[last + 1].text in _SITES):
                return last
            if self.doc[last].text not in _MODIFIERS:
                return None
        return None

    def _opened(self, token: Token) -> tuple[FoundName, int] | None:
        """A name that begins with a site word: "Plaza de Mayo", "Maidan Nezalezhnosti"."""
        if token.lower_ not in _OPENINGS:
            return None
        last, joined = token.i, False
        for end in range(token.i + 1, min(token.i + LONGEST + 1, len(self.doc))):
            if self.doc[end].text[:1].isupper():
                last = end
            elif self.doc[end].text in _FOREIGN_OF:
                joined = True
            else:
                break
        # "Place" and "Via" are English words too: what follows must be foreign.
        if (
            last == token.i
            or "\n" in self.document.words(token.i, last)
            or (token.lower_ in _ENGLISH_OPENINGS and not joined)
        ):
            return None
        if self._is_town(token.i, last) or self.document.is_in_organisation(token.i, last):
            return None
        return self.document.name(token.i, last, "site") if self._located(token.i, last) else None

    def _goes_on(self, at: int) -> bool:
        """Whether a token belongs to a capitalised name, of words that hyphens may join."""
        token = self.doc[at]
        if token.text == "-" and at + 1 < len(self.doc):
            return self.doc[at + 1].text[:1].isupper() and not token.whitespace_
        return token.text[:1].isupper() and token.pos_ != "PUNCT"

    def _located(self, first: int, last: int) -> bool:
        """Whether the text says that something is or happens there: by a preposition, an owner, a town or a verb."""
        before = self.document.token_before(first)
        if before is not None and (before.lower_ in _BEFORE_SITES or before.text in POSSESSIVES):
            return True
        if before is not None and before.pos_ == "VERB" and before.lemma_.lower() in VERBS_OF_PLACES:
            return True
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        if after is not None and after.lower_ in _TOWNS_AFTER_SITES and self._names_town(last + 2):
            return True
        noun = self.doc[last]
        return is_object_of_verb_of_places(noun)

    def _names_town(self, first: int) -> bool:
        """Whether the name of a place that the gazetteer holds begins at a token."""
        return any(self._held(first, last) for last in range(first, min(first + 3, len(self.doc))))

    def _held(self, first: int, last: int) -> bool:
        name = self.document.words(first, last)
        return name[:1].isupper() and any(e.rank > ALTERNATE for e in self.document.gazetteer.lookup(name))

    def _is_town(self, first: int, last: int) -> bool:
        """Whether the whole name is a town's ("College Station", "Kennedy Space Center")."""
        entries = self.document.gazetteer.lookup(self.document.words(first, last))
        least = KNOWN_TOWN if last - first < LONG else 0
        return any(e.rank > ALTERNATE and e.kind == "town" and e.population >= least for e in entries)

    def _leading_town(self, first: int, last: int) -> int | None:
        """The last token of a large town's name at the head of a site's."""
        for end in self._heads(first, last):
            entries = self.document.gazetteer.lookup(self.document.words(first, end))
            big = [e for e in entries if e.kind == "town" and e.rank > ALTERNATE]
            if big and max(e.population for e in big) >= WELL_KNOWN:
                return end
        return None

    def _heads(self, first: int, last: int) -> Iterator[int]:
        for end in range(min(first + 2, last - 1), first - 1, -1):
            # A lone word before a site's kind is the site's own name ("Waterloo Bridge"), not its town's.
            own = end == last - 1 and first == end and self.doc[end + 1].text not in POSSESSIVES
            if self.doc[end].text not in POSSESSIVES and not own:
                yield end
