"""Words that name nobody, or somebody who is not told: "nobody", "anyone", "some of them", "259", "thousands"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from dateline.lang.clause import clause_of
from dateline.lang.en.people import AMOUNTS_OF_PEOPLE, singular
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_NOBODY = re.compile(
    r"(?:nobody|none|each other|one another|no[- ]one|neither|not (?:one|a|any)|no(?! (?:more|fewer|less)\b))\b",
    re.IGNORECASE,
)
_ONE = words("people.one_untold")
_SEVERAL = words("people.several_untold")
_BOUND = re.compile(
    r"(?:a|an|about|around|at|more|over|nearly|almost|some|up|fewer|less|no|all|many|several)\b", re.IGNORECASE
)
_BEHIND_OF = words("people.pronouns_behind_of")
_SINGLE = words("people.single_of_many")
_COUNTED_NOUNS = words("people.counted_nouns")


def read_indefinite(words: SpacySpan, head: Token) -> Literal["nobody", "indefinite", "partitive"] | None:
    """How the phrase leaves open whom it means, or None where it describes or names somebody."""
    if _NOBODY.match(words.text):
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


def unnamed(head: Token) -> tuple[str, bool]:
    """The neutral words for one who is not told, and whether they are several."""
    if head.lower_ in _ONE:
        return "an unidentified person", False
    return ("other unidentified people" if head.lower_ == "others" else "unidentified people"), True


def pointed_at(head: Token) -> Token | None:
    """The pronoun of "some of them", "one of those", "many of whom"."""
    amount = singular(head.lower_) in AMOUNTS_OF_PEOPLE or head.pos_ == "NUM"
    whole = clause_of(head).after("of") if amount else ()
    return next((word for word in whole if word.i > head.i and word.lower_ in _BEHIND_OF), None)


def part_of(quantifier: str, whole: str | None, is_body: bool) -> str:
    """As in "some of the strikers", "one member of the Harbour Union", "many unidentified people"."""
    one = quantifier.lower() in _SINGLE
    if whole is None:
        return f"{quantifier} unidentified {'person' if one else 'people'}"
    if is_body:
        return f"{quantifier} {'member' if one else 'members'} of {whole}"
    article = "" if _BOUND.match(whole) else "the "
    return f"{quantifier} of {article}{whole}"


def counted(text: str, head: Token) -> str:
    """A bare number ("259", "tens of thousands") with the people it counts."""
    if head.pos_ == "NUM" and not head.is_upper and " of " not in text:
        return f"{text} people"
    if singular(head.lower_) in _COUNTED_NOUNS and not re.search(r"\bof\b(?!\s(?:thousands|millions|hundreds)$)", text):
        return (
            f"{text} people" if re.match(r"an?\b", text, re.IGNORECASE) and head.tag_ != "NNS" else f"{text} of people"
        )
    return text
