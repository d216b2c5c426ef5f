"""What finding places and finding sites share: the document with its names, and what has been found in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from dateline.lang.lexicon import words
from dateline.resolve.gazetteer.lookup import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FoundKind = Literal["place", "site", "adjective", "in a name", "left out"]
KNOWN_TOWN = 15_000
"""A name that only the gazetteer vouches for must be of a town of so many people, or be set off by the grammar."""
WELL_KNOWN = 100_000
"""A town of so many people needs no grammar to vouch for it, and is worth a remark where it is left out."""

IN_ORGANISATION = "part of the name of an organisation"

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
QUANTITIES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
LOCATIVE = words("places.locative")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_JOINING = words("places.joining")


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may be a place, ``[start, end)``: a name, a site with the name of its town, or why it is neither.

    The town's name stands beside the site's ("London's Hyde Park") or in it ("Kabul airport").
    """

    start: int
    end: int
    kind: FoundKind
    why: str = ""
    town: tuple[int, int] | None = None

    @property
    def town_inside(self) -> bool:
        """Whether the town's name is part of the site's."""
        return self.town is not None and self.start <= self.town[0] < self.end


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """One of the word lists in ``dateline/data``, a word a line."""
    lines = files("dateline").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Reading:
    """One document being read."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.text = doc.text
        self.gazetteer = gazetteer
        self.surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}
        self.entity = {i: (e.start, e.end - 1, e.label_) for e in doc.ents for i in range(e.start, e.end)}

    def words(self, first: int, last: int) -> str:
        """The words from one token to another."""
        return self.text[self.doc[first].idx : self.doc[last].idx + len(self.doc[last])]

    def found(self, first: int, last: int, kind: FoundKind, why: str = "") -> tuple[Found, int]:
        """The words from one token to another as found, with the last of them."""
        start, end = self.doc[first].idx, self.doc[last].idx + len(self.doc[last])
        return Found(start, end, kind, why), last

    def before(self, first: int) -> Token | None:
        """The token before a name, its article passed over."""
        token = self.doc[first - 1] if first else None
        return self.doc[token.i - 1] if token is not None and token.lower_ == "the" and token.i else token

    def organisation(self, first: int, last: int) -> str:
        """Why the name is part of an organisation's name; empty where it is not."""
        words = word_list("organisation_words.txt")
        after = list(self.doc[last + 1 : last + 3])
        if after and after[0].text[:1].isupper() and not after[0].text.isupper():
            if after[0].lower_.rstrip(".") in words:
                return IN_ORGANISATION
            named = after[0].pos_ in {"PROPN", "ADJ", "NOUN"} and len(after) > 1 and after[1].text[:1].isupper()
            if named and after[1].lower_ in words and not after[1].text.isupper():
                return IN_ORGANISATION
        joined = False
        for at in range(first - 1, max(-1, first - 8), -1):
            token = self.doc[at]
            if token.text[:1].isupper():
                if token.lower_ in words and (joined or at == first - 1):
                    return IN_ORGANISATION
            elif token.lower_ in _JOINING:
                joined = True
            else:
                break
        return ""
