"""Cues that are no verbs: "according to X", "X's claim that ...", "X is worried about ...", "reportedly"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.attribution.cues import Frames, prepositions
from dateline.coder.attribution.syntax import (
    AUXILIARIES,
    CLAUSES,
    EXPLETIVES,
    Candidate,
    has_that,
    noun_phrase,
    subject_of,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def according_candidate(token: Token) -> Candidate | None:
    """Of "according to X", "per X": the rest of the clause is X's."""
    if token.lower_ not in ("according", "per"):
        return None
    doc = token.doc
    cue = [token.i]
    start = token.i + 1
    if token.lower_ == "according":
        if start >= len(doc) or doc[start].lower_ != "to":
            return None
        cue.append(start)
        noun = next((c for c in doc[start].children if c.dep_ == "preposition object"), None)
    else:
        noun = next((c for c in token.children if c.dep_ == "preposition object" and c.ent_type_), None)
    if noun is None:
        return None
    source = subtree(noun)
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    content = subtree(clause) - source - set(cue)
    content -= {t.i for t in clause.children if t.dep_ in CLAUSES and t.i in source}
    return Candidate(token.i, cue, sorted(source), content, f"{token.lower_}: whole clause", quotes=True)


def noun_candidate(noun: Token, frames: Frames) -> Candidate | None:
    """Of "X's claim that ...", "criticism of ... by X": what the noun governs, where somebody is named."""
    content: set[int] = set()
    cue = [noun.i]
    allowed = prepositions(frames)
    for child in noun.children:
        clause = child.dep_ in ("noun clause", "content clause") and (
            child.tag_ not in ("VBG", "VBN") or has_that(child)
        )
        if clause and "clause" in frames:
            content |= subtree(child)
        elif child.dep_ == "preposition" and child.lower_ in allowed and not content:
            content |= subtree(child) - {child.i}
            cue = [noun.i, child.i]
    source: set[int] = set()
    for child in noun.children:
        if child.dep_ == "possessor":
            source |= subtree(child) - {c.i for c in child.children if c.dep_ == "case marker"}
        elif child.dep_ == "preposition" and child.lower_ in ("by", "from") and content:
            source |= subtree(child) - {child.i}
    if not content or not source:
        return None
    return Candidate(noun.i, cue, sorted(source), content - source, f"{noun.lemma_.lower()} (noun)")


def adjective_candidate(adjective: Token, frames: Frames) -> Candidate | None:
    """Of "X is worried about ...", "X is sure that ...": what the adjective governs."""
    if adjective.dep_ != "adjective complement" or adjective.head.pos_ not in ("VERB", "AUX"):
        return None
    content: set[int] = set()
    copula = adjective.head
    helpers = {copula.i, *(c.i for c in (*copula.children, *adjective.children) if c.dep_ in AUXILIARIES)}
    first = adjective.i
    while first - 1 in helpers:
        first -= 1
    cue = list(range(first, adjective.i + 1))
    for child in adjective.children:
        if ("clause" in frames and child.dep_ == "content clause") or ("to" in frames and child.dep_ == "open clause"):
            content |= subtree(child)
        elif child.dep_ == "preposition" and child.lower_ in prepositions(frames) and not content:
            content |= subtree(child) - {child.i}
            cue.append(child.i)
    subject = subject_of(adjective.head)
    if not content or subject is None or subject.lower_ in EXPLETIVES:
        return None
    return Candidate(
        adjective.i, cue, sorted(noun_phrase(subject, adjective)), content, f"{adjective.lemma_.lower()} (adjective)"
    )


def hearsay_candidate(adverb: Token) -> Candidate | None:
    """For "reportedly": somebody says so, and the report does not tell who."""
    clause = adverb.head
    if clause.pos_ not in ("VERB", "AUX"):
        return None
    return Candidate(adverb.i, [adverb.i], [], subtree(clause) - {adverb.i}, f"{adverb.lower_}: nobody is named")
