"""Finding place names in a parsed report: the recogniser's entities and the gazetteer's names.

Those inside the names of organisations and the adjectives of nationality are kept apart; those inside persons' names
are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.en.placing.names import PARTICLES
from dateline.lang.lexicon import words
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Gazetteer
from dateline.resolve.places.document import PLACE_LABELS, POSSESSIVES, Document, FoundName, NameKind
from dateline.resolve.places.doubts import CALENDAR, IN_ORGANISATION, NAME_PARTS, Doubts, is_name
from dateline.resolve.places.names import candidates, readings
from dateline.resolve.places.sites import Sites
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_NAME = 5
LONGEST_UNLISTED = 5
"""Tokens of a name that the gazetteer lacks."""
LONGEST_OWN = 3
"""Tokens to a word of a name of the user's lists: "al-Hol" is three."""
ADJECTIVE = rule("place.adjective", "adjective of nationality, not a place")
_PLAIN = words("places.plain")
_ARABIC_ARTICLES = words("places.arabic_articles")
_ARTICLES = words("places.articles")
_JOINING = words("placing.joining_listed")


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[FoundName]:
    """Every candidate of the document in order, none overlapping another."""
    return _NameFinder(Document(doc, gazetteer)).names()


class _NameFinder:
    """Finds the names of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.doc
        self.gazetteer = document.gazetteer
        self.sites = Sites(document)
        self.doubts = Doubts(document)

    def names(self) -> list[FoundName]:
        names: list[FoundName] = []
        taken = -1
        previous: tuple[int, int] | None = None
        for token in self.doc:
            if token.i <= taken:
                continue
            if (own := self._own(token)) is not None:
                names.append(own[0])
                previous, taken = (token.i, own[1]), own[1]
                continue
            if not (token.text[:1].isupper() or token.ent_type_ in PLACE_LABELS):
                continue
            listed = previous is not None and self._is_listed_after(previous[1], token.i)
            reading = next(self._readings(token, listed), None)
            if reading is None and listed:
                reading = self._listed(token)
            if reading is not None:
                names.append(reading[0])
                taken = reading[1]
                if reading[0].kind == "place":
                    previous = token.i, taken
        return self._with_repeated(names)

    def _own(self, token: Token) -> tuple[FoundName, int] | None:
        """The longest name of the user's lists that begins at a token: of a site, or of several words.

        A town's name of one word ("Union", "Nice") must look like a place in the text, as any other.
        """
        if not self.gazetteer.begins_own(token.text):
            return None
        for last in range(min(token.i + LONGEST_OWN * self.gazetteer.longest_own, len(self.doc)) - 1, token.i - 1, -1):
            text = self.document.words(token.i, last)
            if self.doc[last].is_punct or "\n" in text or not any(c.isupper() for c in text):
                continue
            entries = self.gazetteer.own(text)
            of_own = entries and (" " in text or entries[0].kind == "site")
            if of_own and not self.document.is_in_organisation(token.i, last):
                return self.document.name(token.i, last, "place")
        return None

    def _with_repeated(self, names: list[FoundName]) -> list[FoundName]:
        """The places found, with the other mentions of their names that nothing but the name itself vouches for."""
        known = {self.document.text[f.start : f.end] for f in names if f.kind == "place"}
        known -= {name for name in known if name.lower() in _PLAIN}
        longest = max((len(name.split()) for name in known), default=0)
        taken = {i for f in names if f.kind != "left out" for start, end in f.spans() for i in range(start, end)}
        more: list[FoundName] = []
        for token in self.doc if known else ():
            if not token.text[:1].isupper() or token.idx in taken:
                continue
            for last in range(min(token.i + longest, len(self.doc)) - 1, token.i - 1, -1):
                if self.document.words(token.i, last) not in known:
                    continue
                kind: NameKind | None = "place" if self._stands_alone(token.i, last) else None
                if kind is None and self.document.is_in_organisation(token.i, last):
                    kind = "in a name"
                if kind is not None:
                    more.append(self.document.name(token.i, last, kind)[0])
                    taken.update(range(more[-1].start, more[-1].end))
                    break
        kept = [f for f in names if f.kind != "left out" or not any(f.overlaps(m) for m in more)]
        return sorted([*kept, *more], key=lambda f: f.start)

    def _stands_alone(self, first: int, last: int) -> bool:
        """Whether a name is no part of a longer one: no capitalised word touches it."""
        around = [self.doc[i] for i in (first - 1, last + 1) if 0 <= i < len(self.doc)]
        in_sentence = [t for t in around if t.sent == self.doc[first].sent]
        begin, end, _ = self.document.entity.get(first, (first, last, ""))
        return (
            not any(t.text[:1].isupper() and t.is_alpha for t in in_sentence)
            and (begin, end) == (first, last)
            and not self.document.is_in_organisation(first, last)
            and not self.doubts.is_surname(first, last)
        )

    def _is_listed_after(self, last: int, first: int) -> bool:
        """Whether nothing but a comma or "and" stands between two names, as in a list."""
        between = self.doc[last + 1 : first]
        return 0 < len(between) <= 2 and all(t.text == "," or t.text in _JOINING for t in between)

    def _listed(self, token: Token) -> tuple[FoundName, int] | None:
        """A name in a list of places that the gazetteer holds under a lesser name, or not at all."""
        last = token.i
        while last + 1 < len(self.doc) and last - token.i < 3 and is_name(self.doc[last + 1]):
            last += 1
        if token.pos_ not in NAME_PARTS or self.document.is_in_organisation(token.i, last) or token.lower_ in CALENDAR:
            return None
        after = self.doc[last + 1] if last + 1 < len(self.doc) else None
        if self.gazetteer.holds(self.document.words(token.i, last)):
            return self.document.name(token.i, last, "place")
        # An unknown name must have the list go on, or end, after it: "Tehran, Mayor Smith said" is no list.
        goes_on = after is None or (after.is_punct and after.text in {",", ".", ";", ")"}) or after.lower_ == "and"
        if token.ent_type_ not in {"", "GPE", "LOC"} and not self._is_known_after(last):
            return None
        return self.document.name(token.i, last, "place") if goes_on else None

    def _is_known_after(self, last: int) -> bool:
        """Whether the next name of the list is a known place, so that the one before it can only be one too."""
        following = last + 2
        if following >= len(self.doc) or not self._is_listed_after(last, following):
            return False
        return any(e.rank > ALTERNATE for e in self.gazetteer.lookup(self.doc[following].text))

    def _readings(self, token: Token, listed: bool) -> Iterator[tuple[FoundName, int]]:
        """What the words that begin at a token are, the longest first, with the last token of each."""
        if token.is_stop and token.text[:1].isupper() and not token.text.isupper():
            # "The", "Us" and "Of" begin sentences; the few places so called are not worth them.
            return
        yield from self._with_owner(token)
        if (site := self.sites.at(token)) is not None:
            yield site
        first, last, label = self.document.entity.get(token.i, (-1, -1, ""))
        if label in PLACE_LABELS and first == token.i:
            yield from self._entity(first, last, listed)
        for width in range(min(LONGEST_NAME, len(self.doc) - token.i), 0, -1):
            end = token.i + width - 1
            closing = self.doc[end]
            if not (closing.text[:1].isupper() or closing.text[:1].isdigit() or closing.ent_type_ in PLACE_LABELS):
                continue
            text = self.document.words(token.i, end)
            if "\n" in text or closing.is_punct or not text[:1].isupper():
                continue
            if width <= 2 and text[:1].isupper() and self.doubts.is_adjective(text):
                yield self.document.name(token.i, end, "adjective", ADJECTIVE.says)
                return
            entries = readings(text, self.gazetteer)
            if not entries or self._is_article(token, end):
                continue
            doubt = self.doubts.about(token.i, end, entries, listed)
            if doubt is None:
                yield self.document.name(token.i, end, "place")
            elif doubt.why is not None:
                kind: NameKind = "in a name" if doubt.why is IN_ORGANISATION else "left out"
                yield self.document.name(token.i, end, kind, doubt.why.says)
        yield from self._unlisted(token)

    def _with_owner(self, token: Token) -> Iterator[tuple[FoundName, int]]:
        """A name of the gazetteer that holds a possessive ("King William's Town")."""
        for last in range(min(token.i + LONGEST_NAME, len(self.doc)) - 1, token.i + 1, -1):
            owned = any(t.text in POSSESSIVES for t in self.doc[token.i + 1 : last])
            name = self.document.words(token.i, last)
            if owned and self.doc[last].text[:1].isupper() and "\n" not in name and self.gazetteer.holds(name):
                yield self.document.name(token.i, last, "place")

    def _is_article(self, token: Token, end: int) -> bool:
        """Whether a word is the article of the Arabic name behind it ("Al-Hazawiya")."""
        joined = end == token.i and end + 1 < len(self.doc) and self.doc[end + 1].text == "-"
        return joined and token.lower_ in _ARABIC_ARTICLES

    def _unlisted(self, token: Token) -> Iterator[tuple[FoundName, int]]:
        """A name that only the words beside it say to be a place's ("Tyawa village", "a school in Masafer Yatta")."""
        last = token.i
        for at in range(token.i + 1, min(token.i + LONGEST_UNLISTED, len(self.doc))):
            if is_name(self.doc[at]):
                last = at
            elif self.doc[at].text != "-" and self.doc[at].lower_ not in PARTICLES:
                break
        before = self.document.token_before(token.i)
        # The tagger takes "Um" and "Oh" of longer names for interjections.
        begins = is_name(token) or (token.pos_ == "INTJ" and token.text[:1].isupper() and last > token.i)
        if not begins or (before is not None and (is_name(before) or before.text == "-")):
            return
        if self.document.is_in_organisation(token.i, last) or self.doubts.is_surname(token.i, last):
            return
        if self.doubts.is_said_place(token.i, last, held=False):
            yield self.document.name(token.i, last, "place")

    def _entity(self, first: int, last: int, listed: bool) -> Iterator[tuple[FoundName, int]]:
        """A place entity of the recogniser, less articles and possessives at its edges."""
        end = last
        while first < last and self.doc[first].lower_ in _ARTICLES:
            first += 1
        if (site := self.sites.at(self.doc[first])) is not None:
            yield site
            return
        while last > first and (self.doc[last].text in POSSESSIVES or self.doc[last].is_punct):
            last -= 1
        text = self.document.words(first, last)
        if "\n" in text or not any(c.isupper() for c in text):
            return
        strong = any(e.rank == USAGE for e in self.gazetteer.lookup(text))
        if not strong and self.doubts.is_surname(first, last):
            return
        if self.doubts.is_adjective(text):
            yield self.document.name(first, last, "adjective", ADJECTIVE.says)[0], end
        elif self.doubts.is_letters_only(text):
            return
        elif self.document.is_in_organisation(first, last):
            if self.doubts.is_known_inside(text):
                yield self.document.name(first, last, "in a name", IN_ORGANISATION.says)[0], end
        elif not (candidates(text, self.gazetteer) or self.doubts.is_vouched_for(first, last, listed)):
            return
        elif len(text.split()) <= 2 or self.gazetteer.holds(text) or "," not in text:
            yield self.document.name(first, last, "place")[0], end
