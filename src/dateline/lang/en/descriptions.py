"""How phrases for somebody are trimmed, and how somebody without a name is worded ("some of the strikers")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.lang.en.people import singular
from dateline.lang.lexicon import any_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_UNTOLD = words("people.one_untold")
_SINGLE = words("people.single_of_many")
_COUNTED_NOUNS = words("people.counted_nouns")
_NOBODY = any_of(words("people.nobody_told"), before=r"(?:", after=r")\b")
_BOUND_AFTER_NO = any_of(words("people.bounds_after_no"), before=r"no (?:")
_BEGINS_AN_AMOUNT = any_of(words("people.begins_an_amount"), before=r"(?:")
_AMOUNT_WITH_ARTICLE = any_of(words("people.amounts_with_article"), before=r"an?\s(?:\d|", after=")")
_BEHIND_NAME = any_of(words("people.opens_more_of_the_same"), before=r",\s|\s[–—-]{1,2}\s|\s(?:", after=r")\s")
_BEHIND_DESCRIPTION = any_of(
    words("people.opens_more_of_the_same"), before=r",\s|\s[–—-]{1,2}\s|[;:(]|\s(?:", after=r")\s"
)
_CLAUSE = any_of(words("people.opens_more_of_the_same"), before=r"[,;]?\s+(?:", after=r")\s")
_DETERMINERS = any_of(words("people.determiners"), before=r"(?:[\"“”'‘’«»]+)\s*|(?:", after=r")\s+")
_POINTS_AT_SOMEBODY = any_of(words("people.points_at_somebody"), before="(?:", after=r")\s")
_INDEFINITE = any_of(words("people.indefinite_articles"), before="(?:", after=r")\s+")
_COUNTED_ALREADY = re.compile(r"\bof\b(?!\s(?:thousands|millions|hundreds)$)")
_ARTICLE = re.compile(r"an?\s", re.IGNORECASE)
_AGE = re.compile(r"(?:,|\baged?)\s*(\d{1,2})\b|\b(\d{1,2})[- ]year[- ]old")
_AROUND = ' \t\n,;:.-–—"“”‘«»'
GROWN_UP = 18


def names_nobody(text: str) -> bool:
    """Whether a phrase stands for nobody ("no one", "not a nurse"), unlike "no more than 20"."""
    return _NOBODY().match(text) is not None and _BOUND_AFTER_NO().match(text) is None


def core(text: str) -> str:
    """A description without what tells more of the same people: clauses, asides, what stands after a comma."""
    return _BEHIND_DESCRIPTION().split(text)[0].strip() or text


def core_of_name(text: str) -> str:
    """A name without what tells more of its bearer; colons and brackets may be its own."""
    return _BEHIND_NAME().split(text)[0]


def without_clause(text: str) -> str:
    """A phrase up to its first relative clause."""
    return _CLAUSE().split(f" {text} ")[0]


def bare(text: str) -> str:
    """A phrase without determiners, quotation marks and surrounding punctuation."""
    previous = None
    while previous != text:
        previous = text
        text = text.strip(_AROUND)
        if (found := _DETERMINERS().match(text)) is not None:
            text = text[found.end() :]
    return text


def without_article(role: str) -> str:
    """A role as a noun phrase without its article."""
    role = bare(role)
    found = _INDEFINITE().match(role)
    return role[found.end() :] if found is not None and found.group().strip().lower() != "another" else role


def clean_name(text: str) -> str:
    """A name without a possessive ending, determiners or marks around it."""
    return bare(re.sub(r"['’]s?$", "", re.sub(r"\s+", " ", text)))


def is_indefinite(text: str) -> bool:
    """Whether a phrase begins with an article that brings somebody in: "a", "another", "one"."""
    return _INDEFINITE().match(text) is not None


def is_definite(text: str) -> bool:
    """Whether a phrase points at somebody known: "the", "those"."""
    return _POINTS_AT_SOMEBODY().match(text) is not None


def without_article_of_another(text: str) -> str:
    """Plural people without an article that is not theirs ("a workers" of "a workers' rally"), but with "a dozen"."""
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) and not _AMOUNT_WITH_ARTICLE().match(text) else text


def counted(text: str, head: Token) -> str:
    """A bare number ("259", "tens of thousands") with the people it counts."""
    if head.pos_ == "NUM" and not head.is_upper and " of " not in text:
        return f"{text} people"
    if singular(head.lower_) in _COUNTED_NOUNS and not _COUNTED_ALREADY.search(text):
        return f"{text} people" if _ARTICLE.match(f"{text} ") and head.tag_ != "NNS" else f"{text} of people"
    return text


def unnamed(head: str) -> tuple[str, bool]:
    """The neutral words for one who is not told, by the word that is in their place, and whether they are several."""
    if head in _ONE_UNTOLD:
        return "an unidentified person", False
    return ("other unidentified people" if head == "others" else "unidentified people"), True


def part_of(quantifier: str, whole: str | None, is_body: bool) -> str:
    """As in "some of the strikers", "one member of the Harbour Union", "many unidentified people"."""
    one = quantifier.lower() in _SINGLE
    if whole is None:
        return f"{quantifier} unidentified {'person' if one else 'people'}"
    if is_body:
        return f"{quantifier} {'member' if one else 'members'} of {whole}"
    article = "" if _BEGINS_AN_AMOUNT().match(whole) else "the "
    return f"{quantifier} of {article}{whole}"


def is_minor(text: str) -> bool:
    """Whether a phrase tells the age of a child ("a 14-year-old", "Ali, 9")."""
    return any(int(after or before) < GROWN_UP for after, before in _AGE.findall(text))
