"""Everybody in a report who could take part in one of its events, whether or not a rule gives them a part.

Rules look at the slots around a trigger. Who acted is often told elsewhere: in the sentence before, as "Assad's" or
"Syrian", by a group behind a preposition. From what stands here a reader of the whole report may choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.actors.persons import is_attribute
from dateline.coder.syntax.phrases import phrase
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import AGENT_NOUNS, names_agent, names_nobody, names_weapon
from dateline.lang.en.people import singular
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from dateline.coder.syntax.model import Parse
    from dateline.model import Span

RELATIVES = words("grammar.relatives")
WHERE = words("grammar.where")
AREAS = words("people.areas")
PLACES = frozenset({"GPE", "LOC", "FAC"})
SIDES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
NOUNS, ADJECTIVES = frozenset({"NOUN", "PROPN"}), frozenset({"ADJ", "VERB"})
HEADS = NOUNS | ADJECTIVES | {"PRON", "NUM"}
"""Parts of speech that head phrases; of adjectives and participles those with an article ("the wounded")."""
INSIDE = frozenset({"number", "determiner", "quantifier", "predeterminer", "adverb", "preposition", "auxiliary"})
"""Links of words that only tell more of a noun, and head no phrase of somebody."""
UNPARSED = "X"
"""The part of speech of words whose sentence was not parsed."""


def parties(parse: Parse) -> tuple[Span, ...]:
    """The phrases of a report that name people, bodies, groups and governments, or stand for them, in its order."""
    found: dict[tuple[int, int], Span] = {}
    for sentence in parse.sentences():
        for head in _heads(sentence):
            span = phrase(parse, head) if head.pos_ != UNPARSED else _name(parse, head)
            found.setdefault((span.start, span.end), span)
    return tuple(found[key] for key in sorted(found))


def _name(parse: Parse, last: Token) -> Span:
    """The name that ends with a word, or the word alone, in a sentence that has no syntax."""
    first = last.i
    while first > 0 and last.doc[first].ent_iob_ == "I":
        first -= 1
    return parse.report.span(last.doc[first].idx, last.idx + len(last))


def _heads(sentence: SpacySpan) -> Iterator[Token]:
    for token in sentence:
        if token.pos_ == UNPARSED:
            if _is_named_without_parse(token):
                yield token
        elif _is_party(token):
            yield token


def _is_party(token: Token) -> bool:
    """Whether a word heads a phrase for somebody: a relative pronoun's noun stands for it, a town may only be where."""
    if token.pos_ not in HEADS or token.lower_ in RELATIVES or names_nobody(token) or names_weapon(token):
        return False
    if clause_of(token).link in INSIDE or _is_inside_name(token):
        return False
    if token.pos_ in ADJECTIVES and not token.ent_type_ and not clause_of(token).has("determiner"):
        return False
    if is_attribute(token):
        return _is_side(token) and not _belongs_to_party(token)
    if (token.ent_type_ in PLACES or token.lemma_.lower() in AREAS) and _is_where(token):
        return False
    return names_agent(token)


def _is_side(token: Token) -> bool:
    """Whether a word in front of a noun names somebody: "Syrian", "police"."""
    named = token.ent_type_ in SIDES and token.text[:1].isupper()
    return named or (token.pos_ in NOUNS and singular(token.lower_) in AGENT_NOUNS and names_agent(token))


def _belongs_to_party(token: Token) -> bool:
    """Whether the noun it tells more of is a party itself: "Syrian troops", "police officers"."""
    head = token.head
    while is_attribute(head) and head.head is not head:
        if _is_side(head):
            return True
        head = head.head
    return names_agent(head) and not _is_inside_name(head)


def _is_inside_name(token: Token) -> bool:
    """Whether a word is part of a name that another word heads: "Commons" of "the House of Commons"."""
    if not token.ent_type_:
        return False
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return any(start <= above.i < end for above in token.ancestors)


def _is_where(token: Token) -> bool:
    """Whether a place's name only says where."""
    behind = clause_of(token).preposition
    return behind is not None and behind.lower_ in WHERE


def _is_named_without_parse(token: Token) -> bool:
    """Whether a word ends a name, or is a noun for somebody, in a sentence that has no syntax."""
    following = token.doc[token.i + 1 : token.i + 2]
    if token.lower_ in RELATIVES:
        return False
    if token.ent_type_:
        return token.ent_type_ in SIDES and (not len(following) or following[0].ent_iob_ != "I")
    return singular(token.lower_) in AGENT_NOUNS
