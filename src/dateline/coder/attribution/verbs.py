"""Verbs that attribute: which words around a verb are what somebody says, thinks, wants or counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.attribution.cues import Frames, prepositions
from dateline.coder.attribution.syntax import (
    AUXILIARIES,
    CLAUSES,
    PASSIVE_SUBJECTS,
    SAYING,
    SUBJECTS,
    Candidate,
    is_passive,
    passive_subject,
    source_of,
    subtree,
)
from dateline.lang.en.grammar.slots import clauses_of_object
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBLIGATIONS = words("speech.obligations")


def verb_candidate(verb: Token, frames: Frames) -> Candidate | None:
    """The verb with its source and content, or None where it governs nothing that its frames ask for."""
    passive = is_passive(verb)
    content, prep = _complements(verb, frames, passive)
    quotes = "quote" in frames
    if not content and not quotes:
        return None
    source = source_of(verb, passive)
    if not source and not passive and not quotes:
        return None  # an attitude that is nobody's ("Supporting X is hard")
    cue = _cue(verb, prep)
    rule = f"{verb.lemma_.lower()}: {_frame_name(verb, content, passive)}"
    return Candidate(verb.i, cue, source, content, rule, quotes)


def _frame_name(verb: Token, content: set[int], passive: bool) -> str:
    if not content:
        return "words in quotation marks"
    heads = sorted(c.dep_ for c in verb.children if c.i in content)
    return ("passive, " if passive else "") + (", ".join(dict.fromkeys(heads)) or "beside a clause")


def _complements(verb: Token, frames: Frames, passive: bool) -> tuple[set[int], Token | None]:
    """The tokens that the verb attributes, and the preposition that belongs to the cue, if one does."""
    content: set[int] = set()
    for child in verb.children:
        governed = "clause" in frames and (child.dep_ in CLAUSES or (child.dep_ == "open clause" and not content))
        if governed or ("to" in frames and child.dep_ == "open clause" and _has_to(child)):
            content |= subtree(child)
        elif "quote" in frames and child.dep_ == "preposition" and child.lower_ in ("in", "on", "during", "at"):
            # "said in a statement that ...": the parser gives the clause to the noun
            content |= {i for clause in clauses_of_object(child) for i in subtree(clause)}
    if not content and "clause" in frames and verb.dep_ == "beside":
        content |= subtree(verb.head) - subtree(verb)
    if not content and frames & {"clause", "quote"}:
        content |= _beside(verb) or (_clause_below(verb) if verb.lemma_.lower() in SAYING else set())
    if content:
        if passive and "passive" in frames and "content clause" not in {c.dep_ for c in verb.children}:
            content |= passive_subject(verb)
        if "to" in frames and "person" not in frames:
            content |= _objects(verb) | {i for c in verb.children if c.dep_ == "object predicate" for i in subtree(c)}
        addressed = next(
            (c for c in verb.children if "on" in frames and c.dep_ == "preposition" and c.lower_ == "on"), None
        )
        if addressed is not None and addressed.i == verb.i + 1:
            # "called on X to go": X is part of what is called for
            return content | (subtree(addressed) - {addressed.i}), addressed
        return content, None
    if "as" in frames and (described := _described(verb)):
        return described | _objects(verb) | (passive_subject(verb) if passive else set()), None
    allowed = prepositions(frames)
    for child in verb.children:
        if child.dep_ in ("preposition", "agent") and child.lower_ in allowed and child.i > verb.i:
            below = subtree(child) - {child.i}
            if below and (child.i == verb.i + 1 or not _objects(verb)):
                return below, child
    if "number" in frames and (numbers := _numbers(verb)):
        return numbers, None
    if "object" in frames and not _is_unreal(verb):
        if passive and "passive" in frames:
            return passive_subject(verb) | _after(verb), None
        content = _objects(verb)
        if content and "person" not in frames:
            content |= {
                i for c in verb.children if c.dep_ == "preposition" and c.lower_ in ("of", "for") for i in subtree(c)
            }
    return content, None


def _beside(verb: Token) -> set[int]:
    """The clause beside a verb that the parser gave no complement: "..., X said" and "X said: ..."."""
    sentence = verb.sent
    after = [t for t in sentence if t.i > verb.i]
    subject = [c for c in verb.children if c.dep_ in SUBJECTS]
    if after and after[0].text == ":":
        return {t.i for t in after[1:]}
    if not subject or any(t.is_alpha and t.i > max(verb.i, subject[-1].right_edge.i) for t in after):
        return set()
    left = min(verb.i, subject[0].left_edge.i)
    before = [t for t in sentence if t.i < left]
    if before and before[-1].text in (",", "”", '"', "''", "’"):
        return {t.i for t in before[:-1]}
    return set()


def _clause_below(verb: Token) -> set[int]:
    """The clause of "X said after the vote he would go", which the parser hangs on the noun before it."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ == "relative clause":
            subjects = [c for c in token.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS and c.i < token.i]
            if subjects and not any(t.tag_ in ("WP", "WDT", "WRB", "WP$") for t in token.subtree if t.i < token.i):
                return subtree(token)
    return set()


def _described(verb: Token) -> set[int]:
    """What an object is called: the words of "... as Y", and Y of "called X Y"."""
    found: set[int] = set()
    for child in verb.children:
        complement = (
            child.dep_ in ("object predicate", "attribute", "open clause", "content clause", "adjective complement")
            and verb.lemma_ != "see"
        )
        as_clause = child.dep_ == "adverbial clause" and any(
            c.dep_ == "clause marker" and c.lower_ == "as" for c in child.children
        )
        if (child.dep_ == "preposition" and child.lower_ == "as") or complement or (as_clause and child.i > verb.i):
            found |= subtree(child)
        elif child.dep_ in ("object", "preposition object"):
            found |= {i for c in child.children if c.dep_ == "preposition" and c.lower_ == "as" for i in subtree(c)}
    return found


def _objects(verb: Token) -> set[int]:
    return {i for c in verb.children if c.dep_ == "object" for i in subtree(c)}


def _numbers(verb: Token) -> set[int]:
    """A figure that somebody gives: "put the turnout at 5,000", "counted 5,000 people", "gave 5,000"."""
    for child in verb.children:
        if child.dep_ == "preposition" and child.lower_ == "at" and any(t.like_num for t in child.subtree):
            return _objects(verb) | subtree(child)
        figure = child.pos_ == "NUM" if verb.lemma_ == "give" else any(t.like_num for t in child.children)
        if child.dep_ == "object" and figure and verb.lemma_ != "put":
            return subtree(child)
    return set()


def _after(verb: Token) -> set[int]:
    """What follows a passive verb, without the agent."""
    kinds = ("preposition", "open clause", "object predicate")
    return {i for c in verb.children if c.dep_ in kinds and c.i > verb.i and c.lower_ != "by" for i in subtree(c)}


def _cue(verb: Token, prep: Token | None) -> list[int]:
    """The verb with the auxiliaries, adverbs and particle that touch it, and its preposition."""
    first = verb.i
    helpers = {c.i for c in verb.children if c.dep_ in AUXILIARIES}
    if verb.dep_ == "open clause" and not any(
        c.dep_ in ("object", "subject") for c in verb.head.children if c.i > verb.head.i
    ):
        head = verb.head
        if head.pos_ in ("VERB", "AUX") and head.i < verb.i and verb.i - head.i <= 3:
            helpers |= {head.i, *(c.i for c in head.children if c.dep_ in AUXILIARIES)}
    while first - 1 in helpers:
        first -= 1
    last = verb.i
    while last + 1 in helpers and verb.doc[last + 1].dep_ == "particle":
        last += 1
    cue = list(range(first, last + 1))
    agent = next((c for c in verb.children if c.dep_ == "agent" and c.i == last + 1), None)
    prep = prep or agent
    if prep is not None and prep.i > last:
        cue = [*cue, *range(last + 1, prep.i + 1)] if prep.i - last <= 2 else [*cue, prep.i]
    return cue


def _is_unreal(verb: Token) -> bool:
    """An attitude that somebody should have or is asked to have ("must support", "to condemn") is nobody's yet."""
    first = verb.head if verb.dep_ == "conjunct" else verb
    return any(c.lower_ in _OBLIGATIONS or c.tag_ == "TO" for c in (*verb.children, *first.children))


def _has_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)
