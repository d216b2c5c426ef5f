"""The forms of English words: under which a word is looked up, and which part of speech it may have been.

The lemmatiser and the tagger err on words that they saw seldom ("staged" as a form of "stag", "strikes" as a noun); a
word is looked up under what it may be too, and the syntax around it says whether it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.en.grammar.accusation import gerund_matter

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELPED = frozenset({"auxiliary", "passive auxiliary"})
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{2}e$")
_WITH_SUBJECT = frozenset({"subject", "passive subject"})


def word_forms(token: Token) -> list[str]:
    """The forms under which a word is looked up: its lemma, itself, and the lemmas that a wrong tag hides."""
    lower, lemma = token.lower_, token.lemma_.lower()
    forms = [lemma]
    if lower != lemma:
        forms.append(lower)
    if lower in {lemma + "ed", lemma + "ing"}:
        forms.append(lemma + "e")  # the lemmatiser makes "stag" of "staged", "rap" of "raped"
    if lemma.endswith("e") and lower in {lemma + "d", lemma[:-1] + "ing"} and _CLUSTER.search(lemma):
        forms.append(lemma[:-1])  # and "waterboarde" of "waterboarded"
    if token.pos_ not in {"VERB", "AUX"} or lemma == lower:
        forms += [f for f in stems(lower) if f not in forms]
    return forms


def stems(word: str) -> Iterator[str]:
    """What may be left of a word without the ending of a verb or a plural; some of it is no word."""
    for ending in ("ed", "ing", "s", "es", "d", "ting", "ted", "ning", "ned", "ping", "ped", "bing", "bed"):
        if word.endswith("ed" if ending == "d" else ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]
    if word.endswith(("ing", "ies", "ied")) and len(word) > 5:
        yield word[:-3] + ("e" if word.endswith("ing") else "y")


def singulars(word: str) -> Iterator[str]:
    """What a noun in small letters may be in the singular, itself first, where it was not parsed."""
    yield word
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)] + instead


def fits_part_of_speech(token: Token, pos: str, *, several: bool) -> int:
    """How well a word may be a "VERB", "NOUN" or "ADJ": 2 where the tag agrees, 1 where only the syntax does, else 0.

    ``several``: the word is one of several that are looked up together ("took into custody").
    """
    if pos == "ADJ":
        return 2 if token.pos_ == "ADJ" else int(token.pos_ in {"VERB", "ADV"} and token.tag_ in {"VBN", "JJ", "RB"})
    below = {c.dep_ for c in token.children}
    return (_fits_verb if pos == "VERB" else _fits_noun)(token, below, several=several)


def _fits_verb(token: Token, below: set[str], *, several: bool) -> int:
    tag, link = token.pos_, token.dep_
    if tag == "NOUN" and gerund_matter(token) is not None:
        return 2
    if tag == "VERB":
        return 0 if token.tag_ == "VBG" and link == "compound" and gerund_matter(token) is None else 2
    if tag == "AUX":
        return 2 if several else 0
    participle = tag == "ADJ" and token.lower_.endswith(("ed", "en", "wn", "ain"))
    if participle and link in {"adjective", "adjective complement", "root", "object predicate"}:
        return 1
    if tag not in {"NOUN", "PROPN", "ADJ", "ADP", "X"}:
        return 0
    if several and below & ({"object", "subject", "preposition"} | _HELPED):
        return 1
    if (
        below & ({"object"} | _WITH_SUBJECT | _HELPED)
        and not below & {"determiner", "possessor"}
        and not token.is_title
    ):
        return 1
    heads_clause = link in {"root", "conjunct", "adverbial clause", "noun clause", "relative clause"}
    return int(heads_clause and token.is_lower and token.lower_.endswith(("ed", "ing")))


def _fits_noun(token: Token, below: set[str], *, several: bool) -> int:
    tag, link = token.pos_, token.dep_
    if gerund_matter(token) is not None:
        return 0
    if tag in {"NOUN", "PROPN"}:
        return 2
    if tag == "ADJ":
        return int(link in {"preposition object", "object", "subject", "passive subject", "root", "compound"})
    if tag != "VERB" or token.tag_ not in {"VBG", "VB", "VBP", "NN", "VBN", "VBZ"}:
        return 0
    if several and token.tag_ == "VBG" and not below & ({"object"} | _HELPED):
        return 1  # "killed in police firing": the parser makes the trigger's own first word a subject
    nominal = bool(below & {"determiner", "possessor", "adjective", "compound"})
    nominal = nominal or link in {"preposition object", "object", "compound"}
    return int(nominal and not below & (_WITH_SUBJECT | _HELPED))
