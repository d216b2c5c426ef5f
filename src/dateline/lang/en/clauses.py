"""The clause of an English word, from the links of the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dateline.lang.clause import Clause, Kind, Tense
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.en.grammar.tense import clause_tense
from dateline.lang.en.grammar.voice import agents, is_overtly_passive, is_passive, objects, subjects
from dateline.lang.quotation import quotation_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.links import Link

_KINDS: dict[str, Kind] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}


def read_clause(word: Token) -> Clause:
    """What the word says, with every field filled from the parse."""
    under: dict[Link, tuple[Token, ...]] = {}
    for child in word.children:
        link = cast("Link", child.dep_)
        under[link] = (*under.get(link, ()), child)
    kind = _KINDS.get(word.pos_, "other")
    return Clause(
        word=word,
        kind=kind,
        voice="passive" if is_passive(word) else "active",
        tense=cast("Tense | None", clause_tense(word)),
        subjects=subjects(word),
        objects=objects(word),
        agents=agents(word),
        overtly_passive=is_overtly_passive(word),
        light_verb=light_governor(word) if kind == "noun" else None,
        governor=None if word.head.i == word.i else word.head,
        link=cast("Link", word.dep_),
        quotation=quotation_of(word),
        under=under,
    )
