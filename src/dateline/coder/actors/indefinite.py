"""Words that name nobody, or somebody who is not told: "nobody", "anyone", "some of them", "259", "thousands"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dateline.lang.clause import clause_of
from dateline.lang.en.descriptions import names_nobody
from dateline.lang.en.people import AMOUNTS_OF_PEOPLE, singular
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_ONE = words("people.one_untold")
_SEVERAL = words("people.several_untold")
_BEHIND_OF = words("people.pronouns_behind_of")


def read_indefinite(words: SpacySpan, head: Token) -> Literal["nobody", "indefinite", "partitive"] | None:
    """How the phrase leaves open whom it means, or None where it describes or names somebody."""
    if names_nobody(words.text):
        return "nobody"
    if pointed_at(head) is not None:
        return "partitive"
    lower = head.lower_
    if head.text[:1].isupper() and lower in ("all", "most") and len(words) > 1:
        return None
    if any(c.lower_ == "of" and c.i > head.i for c in head.children):
        return None
    if (lower in _ONE or lower in _SEVERAL) and head.pos_ not in ("PROPN", "VERB"):
        # "those" alone points back; "those who ran" and "all those" do not
        alone = (
            lower == "those"
            and len(words) == 1
            and not clause_of(head).has("relative clause", "noun clause", "preposition")
        )
        return None if alone else "indefinite"
    return None


def pointed_at(head: Token) -> Token | None:
    """The pronoun of "some of them", "one of those", "many of whom"."""
    amount = singular(head.lower_) in AMOUNTS_OF_PEOPLE or head.pos_ == "NUM"
    whole = clause_of(head).after("of") if amount else ()
    return next((word for word in whole if word.i > head.i and word.lower_ in _BEHIND_OF), None)
