"""Finding place names in a parsed report: the recogniser's entities and the gazetteer's names. Those inside the names

of organisations and the adjectives of nationality are kept apart; those inside persons' names are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.lexicon import words
from dateline.lang.name_keys import demonym, fold
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Entry, Gazetteer
from dateline.resolve.places.names import candidates, readings
from dateline.resolve.places.reading import (
    IN_ORGANISATION,
    KNOWN_TOWN,
    LOCATIVE,
    PLACE_LABELS,
    POSSESSIVES,
    QUANTITIES,
    WELL_KNOWN,
    Found,
    FoundKind,
    Reading,
    word_list,
)
from dateline.resolve.places.sites import Sites

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_NAME = 5
LONGEST_OWN = 3
"""Tokens to a word of a name of the user's lists: "al-Hol" is three."""
ADJECTIVE = "adjective of nationality, not a place"
IN_PERSON = "part of a person's name"

_DIVISIONS = words("places.divisions")
_PLAIN = words("places.plain")
_OFFICES = words("places.offices")
_COUNTIES = words("places.counties")
_ADDRESSES = words("places.addresses")
_NAMES = frozenset({"PROPN", "X"})
"""The part of speech of names, and that of all words of a sentence that was not parsed."""
_DATELINE = re.compile(
    r"\s{0,3}([A-Z][A-Z'’.-]+(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4})\s{0,2}(?:\([^)\n]{1,40}\)\s{0,2})?[-–—:]"
)


_LATER_DATELINE = re.compile(
    r"(?<![A-Z])([A-Z]{4,}(?:[ -][A-Z]{3,}){0,2})(?:, [A-Z][A-Za-z.]{1,14})?"
    r"\s{0,2}(?:\([^)\n]{1,30}\)\s{0,2})?(?: [-–—]{1,2} |—)"
)
"""In capitals after a headline, a credit line or a page's name that the page left in its first paragraph."""
LATER_DATELINE = 300
"""So many characters into its block a dateline may stand."""


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[Found]:
    """Every candidate of the document in order, none overlapping another."""
    return _Reader(doc, gazetteer).read()


def datelines(text: str, start: int, end: int, gazetteer: Gazetteer) -> Found | None:
    """The place at the head of a block in an agency's manner: "KABUL (Agency) -", "CHARLESTON, W.Va. —"."""
    match = _DATELINE.match(text, start, min(end, start + 120))
    if match is None:
        match = _LATER_DATELINE.search(text, start, min(end, start + LATER_DATELINE))
    if match is None:
        return None
    name = match.group(1)
    for cut in (name, name.split(",")[0]):
        if fold(cut) and any(e.rank > ALTERNATE for e in gazetteer.lookup(cut)):
            return Found(match.start(1), match.start(1) + len(cut), "place", "dateline")
    return None


class _Reader(Reading):
    """Finds the names of one document."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        super().__init__(doc, gazetteer)
        self.sites = Sites(self)

    def read(self) -> list[Found]:
        found: list[Found] = []
        taken = -1
        previous: tuple[int, int] | None = None
        for token in self.doc:
            if token.i <= taken:
                continue
            if (mine := self._own(token)) is not None:
                found.append(mine[0])
                previous, taken = (token.i, mine[1]), mine[1]
                continue
            if not (token.text[:1].isupper() or token.ent_type_ in PLACE_LABELS):
                continue
            listed = previous is not None and self._listed_after(previous[1], token.i)
            reading = next(self._readings(token, listed), None)
            if reading is None and listed:
                reading = self._listed(token)
            if reading is not None:
                found.append(reading[0])
                taken = reading[1]
                if reading[0].kind == "place":
                    previous = token.i, taken
        return self._again(found)

    def _own(self, token: Token) -> tuple[Found, int] | None:
        """The longest name of the user's lists that begins at a token: of a site, or of several words.

        A town's name of one word ("Union", "Nice") must look like a place in the text, as any other.
        """
        if not self.gazetteer.begins_own(token.text):
            return None
        for last in range(min(token.i + LONGEST_OWN * self.gazetteer.longest_own, len(self.doc)) - 1, token.i - 1, -1):
            text = self.words(token.i, last)
            if self.doc[last].is_punct or "\n" in text or not any(c.isupper() for c in text):
                continue
            entries = self.gazetteer.own(text)
            if entries and (" " in text or entries[0].kind == "site") and not self.organisation(token.i, last):
                return self.found(token.i, last, "place")
        return None

    def _again(self, found: list[Found]) -> list[Found]:
        """The places found, with the other mentions of their names that nothing but the name itself vouches for."""
        known = {self.text[f.start : f.end] for f in found if f.kind == "place"}
        known -= {name for name in known if name.lower() in _PLAIN}
        longest = max((len(name.split()) for name in known), default=0)
        taken = {i for f in found if f.kind != "left out" for i in range(f.start, f.end)}
        more: list[Found] = []
        for token in self.doc if known else ():
            if not token.text[:1].isupper() or token.idx in taken:
                continue
            for last in range(min(token.i + longest, len(self.doc)) - 1, token.i - 1, -1):
                if self.words(token.i, last) not in known:
                    continue
                kind: FoundKind | None = "place" if self._stands_alone(token.i, last) else None
                if kind is None and self.organisation(token.i, last):
                    kind = "in a name"
                if kind is not None:
                    more.append(self.found(token.i, last, kind)[0])
                    taken.update(range(more[-1].start, more[-1].end))
                    break
        kept = [f for f in found if f.kind != "left out" or not any(f.start < m.end and m.start < f.end for m in more)]
        return sorted([*kept, *more], key=lambda f: f.start)

    def _stands_alone(self, first: int, last: int) -> bool:
        """Whether a name is no part of a longer one: no capitalised word touches it."""
        around = [self.doc[i] for i in (first - 1, last + 1) if 0 <= i < len(self.doc)]
        in_sentence = [t for t in around if t.sent == self.doc[first].sent]
        begin, end, _ = self.entity.get(first, (first, last, ""))
        return (
            not any(t.text[:1].isupper() and t.is_alpha for t in in_sentence)
            and (begin, end) == (first, last)
            and not self.organisation(first, last)
            and not self._surname(first, last)
        )

    def _listed_after(self, last: int, first: int) -> bool:
        """Whether nothing but a comma or "and" stands between two names, as in a list."""
        between = self.doc[last + 1 : first]
        return 0 < len(between) <= 2 and all(t.text in {",", "and", "or"} for t in between)

    def _listed(self, token: Token) -> tuple[Found, int] | None:
        """A name in a list of places that the gazetteer holds under a lesser name, or not at all."""
        last = token.i
        while last + 1 < len(self.doc) and last - token.i < 3 and self._is_name(self.doc[last + 1]):
            last += 1
        if token.pos_ not in _NAMES or self.organisation(token.i, last):
            return None
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        if self.gazetteer.holds(self.words(token.i, last)):
            return self.found(token.i, last, "place")
        # An unknown name must have the list go on, or end, after it: "Tehran, Mayor Smith said" is no list.
        goes_on = after is None or (after.is_punct and after.text in {",", ".", ";", ")"}) or after.lower_ == "and"
        if token.ent_type_ not in {"", "GPE", "LOC"} and not self._known_follows(last):
            return None
        return self.found(token.i, last, "place") if goes_on else None

    def _known_follows(self, last: int) -> bool:
        """Whether the next name of the list is a known place, so that the one before it can only be one too."""
        following = last + 2
        if following >= len(self.doc) or not self._listed_after(last, following):
            return False
        return any(e.rank > ALTERNATE for e in self.gazetteer.lookup(self.doc[following].text))

    @staticmethod
    def _is_name(token: Token) -> bool:
        return token.pos_ in _NAMES and token.text[:1].isupper()

    def _readings(self, token: Token, listed: bool) -> Iterator[tuple[Found, int]]:
        """What the words that begin at a token are, the longest first, with the last token of each."""
        if token.is_stop and token.text[:1].isupper() and not token.text.isupper():
            # "The", "Us" and "Of" begin sentences; the few places so called are not worth them.
            return
        if (site := self.sites.at(token)) is not None:
            yield site
        first, last, label = self.entity.get(token.i, (-1, -1, ""))
        if label in PLACE_LABELS and first == token.i:
            yield from self._entity(first, last, listed)
        for width in range(min(LONGEST_NAME, len(self.doc) - token.i), 0, -1):
            end = token.i + width - 1
            closing = self.doc[end]
            if not (closing.text[:1].isupper() or closing.text[:1].isdigit() or closing.ent_type_ in PLACE_LABELS):
                continue
            text = self.words(token.i, end)
            if "\n" in text or closing.is_punct or not text[:1].isupper():
                continue
            if width <= 2 and text[:1].isupper() and self._is_adjective(text):
                yield self.found(token.i, end, "adjective", ADJECTIVE)
                return
            entries = readings(text, self.gazetteer)
            if not entries:
                continue
            why = self._not_a_place(token.i, end, entries, listed)
            if why is None:
                yield self.found(token.i, end, "place")
            elif why:
                yield self.found(token.i, end, "in a name" if why == IN_ORGANISATION else "left out", why)

    def _is_adjective(self, text: str) -> bool:
        return demonym(text) is not None and not any(e.rank == USAGE for e in self.gazetteer.lookup(text))

    def _entity(self, first: int, last: int, listed: bool) -> Iterator[tuple[Found, int]]:
        """A place entity of the recogniser, less articles and possessives at its edges."""
        end = last
        while first < last and self.doc[first].lower_ in {"the", "a"}:
            first += 1
        if (site := self.sites.at(self.doc[first])) is not None:
            yield site
            return
        while last > first and (self.doc[last].text in POSSESSIVES or self.doc[last].is_punct):
            last -= 1
        text = self.words(first, last)
        if "\n" in text or not any(c.isupper() for c in text):
            return
        kind: FoundKind = "place"
        why = ""
        if self._surname(first, last) and not any(e.rank == USAGE for e in self.gazetteer.lookup(text)):
            return
        if self._is_adjective(text):
            kind, why = "adjective", ADJECTIVE
        elif self._letters_only(text):
            return
        elif (why := self.organisation(first, last)) or not (
            candidates(text, self.gazetteer) or self._unknown_place(first, last, listed)
        ):
            if not why or not self._known_inside(text):
                return
            kind = "in a name"
        elif len(text.split()) > 2 and not self.gazetteer.holds(text) and "," in text:
            return
        yield self.found(first, last, kind, why)[0], end

    def _unknown_place(self, first: int, last: int, listed: bool) -> bool:
        """Whether the grammar vouches for a place that the gazetteer lacks: the recogniser alone errs too often."""
        before = self.doc[first - 1] if first else None
        if before is not None and before.lower_ == "the" and first > 1:
            before = self.doc[first - 2]
        located = before is not None and before.lower_ in LOCATIVE - {"of", "to", "from"}
        acronym = first == last and self.doc[first].text.isupper()
        return (located or listed) and not acronym and self.doc[first : last + 1].root.pos_ in _NAMES

    def _worth_a_remark(self, text: str) -> bool:
        """Whether a reader would ask why the name was not taken for a place."""
        entries = [e for e in self.gazetteer.lookup(text) if e.rank > ALTERNATE]
        return any(e.rank == USAGE or e.kind == "admin1" or e.population >= WELL_KNOWN for e in entries)

    def _known_inside(self, text: str) -> bool:
        """Whether a name inside another is that of a place: a division or a town of some size, and no plain word."""
        if text.lower() in _PLAIN | word_list("organisation_words.txt") or self._letters_only(text):
            return False
        entries = [e for e in self.gazetteer.lookup(text) if e.rank > ALTERNATE]
        return any(e.rank == USAGE or e.kind in {"admin1", "admin2"} or e.population >= KNOWN_TOWN for e in entries)

    def _letters_only(self, text: str) -> bool:
        """Whether a name in few capitals is no abbreviation of a place ("UN", "VA")."""
        return text.isupper() and len(text) <= 4 and not any(e.rank == USAGE for e in self.gazetteer.lookup(text))

    def _of_an_office(self, first: int, last: int) -> bool:
        """Whether an office of a place follows its name, or the name says that it is a county's."""
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        office = after is not None and after.lower_.rstrip(".") in _OFFICES
        return office or (first < last and self.doc[last].lower_ in _COUNTIES)

    def _not_a_place(self, first: int, last: int, entries: tuple[Entry, ...], listed: bool) -> str | None:
        """None for a place; why the words are none; the empty string where they are not worth a remark."""
        begin, end, label = self.entity.get(first, (first, last, ""))
        text = self.words(first, last)
        strong = any(e.rank == USAGE for e in entries)
        big = max((e.population for e in entries if e.rank > ALTERNATE), default=0)
        remark = self._worth_a_remark(text)
        inside = IN_ORGANISATION if self._known_inside(text) else ""
        before = self.doc[first - 1] if first else None
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        located = before is not None and before.lower_ in LOCATIVE
        contained = after is not None and after.text == "," and self._names_container(last + 2)
        vouched = located or contained or listed
        if self.organisation(first, last):
            return inside
        if self._letters_only(text) or (before is not None and before.text.endswith("$")):
            return ""
        if not strong and self._surname(first, last):
            return ""
        whole = begin >= first and end <= last
        if before is not None and before.is_digit and after is not None and after.text[:1].isupper():
            # The street of an address.
            return ""
        if self._of_an_office(first, last) and max(e.rank for e in entries) > ALTERNATE:
            return None
        if label in PLACE_LABELS:
            # A word of a longer name is a place of its own only where it is well known ("Chicago suburbs").
            return None if whole or strong or big >= WELL_KNOWN else ""
        if label == "PERSON":
            if whole and (strong or (vouched and big >= KNOWN_TOWN)):
                return None
            return IN_PERSON if remark else ""
        if label == "ORG":
            if whole and (strong or big >= WELL_KNOWN or (vouched and big >= KNOWN_TOWN)):
                return None
            return inside if first == begin else IN_ORGANISATION if remark and inside else ""
        if label in QUANTITIES:
            return None if strong else ""
        if label and not whole and not strong:
            return ""
        parts = self.doc[first : last + 1]
        unread = all(t.pos_ == "X" for t in parts) and (vouched or not self.doc[first].is_sent_start)
        if not unread and not all(
            t.pos_ in {"PROPN", "PUNCT", "ADP", "PART", "NUM"} or t.text.isupper() for t in parts
        ):
            return None if strong and last > first else ""
        if after is not None and after.lower_ in _DIVISIONS:
            return None
        neighbours = [t for t in (before, after) if t is not None and self._is_name(t)]
        if neighbours and not strong:
            return ""
        if strong or big >= WELL_KNOWN:
            return None
        return None if vouched and max(e.rank for e in entries) > ALTERNATE else ""

    def _surname(self, first: int, last: int) -> bool:
        """Whether the name is that of a person of the report, or of one addressed by a title ("Mr Paris")."""
        before = self.doc[first - 1] if first else None
        if before is not None and before.lower_.rstrip(".") in _ADDRESSES:
            return True
        located = before is not None and before.lower_ in {"in", "at", "near", "across", "outside", "inside"}
        return first == last and self.doc[first].text in self.surnames and not located

    def _names_container(self, at: int) -> bool:
        """Whether a state, province or country begins at a token ("Rome, Georgia")."""
        for end in range(min(at + 2, len(self.doc) - 1), at - 1, -1):
            name = self.words(at, end)
            if name[:1].isupper() and any(
                e.rank > ALTERNATE and e.kind in {"admin1", "country"} for e in self.gazetteer.lookup(name)
            ):
                return True
        return False
