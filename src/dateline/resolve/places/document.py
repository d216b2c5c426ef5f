"""What finding places and finding sites share: a parsed document with its names, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.lang.lexicon import words
from dateline.resolve.gazetteer.lookup import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NameKind = Literal["place", "site", "adjective", "in a name", "left out"]
KNOWN_TOWN = 15_000
"""A name that only the gazetteer vouches for must be of a town of so many people, or be set off by the grammar."""
WELL_KNOWN = 100_000
"""A town of so many people needs no grammar to vouch for it, and is worth a remark where it is left out."""

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
QUANTITIES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
ORGANISATION_WORDS = words("places.organisation_words")
_WITHIN_ORGANISATIONS = words("places.within_organisations")
_FARTHEST = 8
"""How many tokens before a name the word that makes it an organisation's may stand."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """Words that may be a place, ``[start, end)``: a name, a site with the name of its town, or why it is neither.

    The town's name stands beside the site's ("London's Hyde Park") or in it ("Kabul airport").
    """

    start: int
    end: int
    kind: NameKind
    why: str = ""
    town: tuple[int, int] | None = None

    @property
    def town_inside(self) -> bool:
        """Whether the town's name is part of the site's."""
        return self.town is not None and self.start <= self.town[0] < self.end

    def spans(self) -> Iterator[tuple[int, int]]:
        """The offsets of the name, and of its town where that stands beside it."""
        yield self.start, self.end
        if self.town is not None:
            yield self.town

    def overlaps(self, other: FoundName) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Document:
    """A parsed document, the gazetteer that its names are looked up in, and the names that a recogniser saw."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.text = doc.text
        self.gazetteer = gazetteer
        self.surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}
        self.entity = {i: (e.start, e.end - 1, e.label_) for e in doc.ents for i in range(e.start, e.end)}
        """First token, last token and label of the recogniser's name that a token is in."""

    def words(self, first: int, last: int) -> str:
        """The words from one token to another."""
        return self.text[self.doc[first].idx : self.doc[last].idx + len(self.doc[last])]

    def name(self, first: int, last: int, kind: NameKind, why: str = "") -> tuple[FoundName, int]:
        """The words from one token to another as a found name, with the last of them."""
        start, end = self.doc[first].idx, self.doc[last].idx + len(self.doc[last])
        return FoundName(start, end, kind, why), last

    def token_before(self, first: int) -> Token | None:
        """The token before a name, its article passed over."""
        token = self.doc[first - 1] if first else None
        return self.doc[token.i - 1] if token is not None and token.lower_ == "the" and token.i else token

    def is_in_organisation(self, first: int, last: int) -> bool:
        """Whether the name is part of an organisation's name."""
        return self._organisation_follows(last) or self._organisation_precedes(first)

    def _organisation_follows(self, last: int) -> bool:
        """As in "Lima University" and "Lima Symphony Society"."""
        after = list(self.doc[last + 1 : last + 3])
        if not after or not _is_capitalised(after[0]):
            return False
        if after[0].lower_.rstrip(".") in ORGANISATION_WORDS:
            return True
        named = after[0].pos_ in {"PROPN", "ADJ", "NOUN"} and len(after) > 1 and after[1].text[:1].isupper()
        return named and after[1].lower_ in ORGANISATION_WORDS and not after[1].text.isupper()

    def _organisation_precedes(self, first: int) -> bool:
        """As in "the University of Lima"."""
        joined = False
        for at in range(first - 1, max(-1, first - _FARTHEST), -1):
            token = self.doc[at]
            if token.text[:1].isupper():
                if token.lower_ in ORGANISATION_WORDS and (joined or at == first - 1):
                    return True
            elif token.lower_ in _WITHIN_ORGANISATIONS:
                joined = True
            else:
                return False
        return False


def _is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and not token.text.isupper()
