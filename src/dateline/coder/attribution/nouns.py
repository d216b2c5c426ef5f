"""Cues that are no verbs: "according to X", "X's claim that ...", "X is worried about ...", "reportedly"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Candidate
from dateline.coder.attribution.cues import (
    ACCORDING,
    ADJECTIVES,
    HEARSAY,
    HEARSAY_NOUNS,
    HELPERS,
    NOUNS,
    Frames,
    prepositions,
)
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_speaker
from dateline.lang.en.grammar.speakers import EXPLETIVES, VERBAL, phrase_without, subtree, told_subject
from dateline.lang.lexicon import words
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.clause import Clause

BY_WHOM = words("speech.by_whom")
OF_ANYTHING = words("speech.of_anything")
BY_ACCOUNTS = words("cues.by_accounts")
ACCOUNTS = words("cues.accounts")
NEGATIVE_DETERMINERS = words("modality.negative_determiners")

OF_ACCORDING = rule("cue.according", "{word}: whole clause")
OF_NOUN = rule("cue.noun", "{word} (noun)")
OF_ADJECTIVE = rule("cue.adjective", "{word} (adjective)")
OF_RUMOUR = rule("cue.hearsay-noun", "{word} (noun): nobody is named")
OF_HEARSAY = rule("cue.hearsay", "{word}: nobody is named")


def according_candidate(token: Token) -> Candidate | None:
    """Of "according to X", "per X", "by X's account": the rest of the clause is X's."""
    doc, first = token.doc, token.lower_
    cue: tuple[int, ...] = (token.i,)
    phrase = f"{first} {doc[token.i + 1].lower_}" if token.i + 1 < len(doc) else first
    if phrase in ACCORDING:
        cue = (token.i, token.i + 1)
    elif first in ACCORDING:
        phrase = first
    elif first not in BY_ACCOUNTS:
        return None
    nouns = clause_of(doc[cue[-1]]).hung("preposition object")
    if first in BY_ACCOUNTS:
        noun = next((n for n in nouns if n.lemma_.lower() in ACCOUNTS and n.i > token.i), None)
        phrase = noun.lemma_.lower() if noun is not None else first
    else:
        noun = next((n for n in nouns if len(cue) > 1 or n.ent_type_), None)
    if noun is None:
        return None
    source = subtree(noun)
    clause = token.head
    while clause.pos_ not in VERBAL and clause.head != clause:
        clause = clause.head
    content = subtree(clause) - source - set(cue)
    because = OF_ACCORDING.because(word=first, source=(ACCORDING if phrase in ACCORDING else ACCOUNTS).source(phrase))
    return Candidate(token.i, cue, tuple(sorted(source)), content, because, quotes=True, sure=first in BY_ACCOUNTS)


def noun_candidate(noun: Token, frames: Frames) -> Candidate | None:
    """Of "X's claim that ...", "criticism of ... by X": what the noun governs, where somebody is named."""
    clause = clause_of(noun)
    content: frozenset[int] = frozenset()
    cue: tuple[int, ...] = (noun.i,)
    allowed = prepositions(frames)
    for child in clause.hung("noun clause", "content clause", "preposition"):
        if child.dep_ == "preposition":
            if child.lower_ in allowed and not content:
                content = subtree(child) - {child.i}
                cue = (noun.i, child.i)
        elif "clause" in frames and _is_statement(child):
            content |= subtree(child)
    source: frozenset[int] = frozenset()
    for owner in (word for word in clause.hung("possessor") if names_speaker(word)):
        source |= subtree(owner) - {c.i for c in clause_of(owner).hung("case marker")}
    for by in clause.hung("preposition"):
        if by.lower_ in BY_WHOM and (content or not source):
            source |= subtree(by) - {by.i}
            matter = None if content else _matter_behind(by, allowed)
            if matter is not None:
                content = subtree(matter) - {matter.i}
                cue = (noun.i, matter.i)
                source -= subtree(matter)
    if not content or not source:
        return None
    word = noun.lemma_.lower()
    because = OF_NOUN.because(word=word, source=NOUNS.source(word))
    return Candidate(noun.i, cue, tuple(sorted(source)), content - source, because)


def _matter_behind(by: Token, allowed: Frames) -> Token | None:
    """The preposition that the parser hangs on whose the noun is: "calls by the guests for music"."""
    whose = clause_of(by).hung("preposition object")
    found = (p for t in whose for p in clause_of(t).hung("preposition") if p.lower_ in allowed - OF_ANYTHING)
    return next(found, None)


def _is_statement(clause: Token) -> bool:
    """Whether a noun's clause says what the noun is about, and does not only describe it ("the claim made by ...")."""
    return clause.tag_ not in ("VBG", "VBN") or "that" in clause_of(clause).markers


def adjective_candidate(adjective: Token, frames: Frames) -> Candidate | None:
    """Of "X is worried about ...", "X is sure that ...": what the adjective governs."""
    clause = clause_of(adjective)
    copula = clause.governor
    if clause.link != "adjective complement" or copula is None or copula.pos_ not in VERBAL:
        return None
    helpers = {copula.i, *(t.i for one in (clause_of(copula), clause) for t in one.hung(*HELPERS))}
    first = adjective.i
    while first - 1 in helpers:
        first -= 1
    cue = list(range(first, adjective.i + 1))
    content: frozenset[int] = frozenset()
    for child in clause.hung("content clause", "open clause", "preposition"):
        if child.dep_ == "preposition":
            if child.lower_ in prepositions(frames) and not content:
                content = subtree(child) - {child.i}
                cue.append(child.i)
        elif ("clause" if child.dep_ == "content clause" else "infinitive") in frames:
            content |= subtree(child)
    subject = told_subject(copula)
    if not content or subject is None or subject.lower_ in EXPLETIVES:
        return None
    word = adjective.lemma_.lower()
    because = OF_ADJECTIVE.because(word=word, source=ADJECTIVES.source(word))
    return Candidate(adjective.i, tuple(cue), tuple(sorted(phrase_without(subject, adjective))), content, because)


def hearsay_candidate(adverb: Token) -> Candidate | None:
    """For "reportedly": somebody says so, and the report does not tell who."""
    clause = adverb.head
    if clause.pos_ not in VERBAL:
        return None
    because = OF_HEARSAY.because(word=adverb.lower_, source=HEARSAY.source(adverb.lower_))
    beside = clause_of(clause).hung("adverbial clause", "conjunct")
    own = (c for c in beside if c.i > adverb.i and (c.dep_ == "adverbial clause" or clause_of(c).subjects))
    others = {i for child in own for i in subtree(child)}
    content = subtree(clause) - others - {adverb.i}
    if _is_before_phrase(adverb):
        content = frozenset(i for i in content if i > adverb.i)
    return Candidate(adverb.i, (adverb.i,), (), content, because, sure=True)


def _is_before_phrase(adverb: Token) -> bool:
    """Whether it says only a phrase behind the verb to be hearsay: "fled, allegedly to the coast"."""
    following = adverb.doc[adverb.i + 1] if adverb.i + 1 < len(adverb.doc) else adverb
    verbs = [adverb.head, *(t for t in clause_of(adverb.head).hung(*HELPERS) if t.pos_ in VERBAL)]
    return all(t.i < adverb.i for t in verbs) and following.pos_ in {"ADP", "DET", "NUM", "PROPN"}


def rumour_candidate(noun: Token, frames: Frames) -> Candidate | None:
    """Of "there were unconfirmed reports that ...", "amid rumours of ...": the reports, where nobody is named.

    What somebody does with them ("rejected claims that ...") is his view of them, and what nobody reports is none.
    """
    clause = clause_of(noun)
    above = clause.governor
    if clause.has("possessor") or above is None or not (_is_there(clause) or clause.preposition is not None):
        return None
    if any(word.lower_ in NEGATIVE_DETERMINERS for word in clause.hung("determiner")) or clause_of(above).negated:
        return None
    content: frozenset[int] = frozenset()
    cue: tuple[int, ...] = ()
    for child in clause.hung("noun clause", "content clause", "preposition"):
        if child.dep_ == "preposition":
            if child.lower_ in prepositions(frames) and not content:
                content, cue = subtree(child) - {child.i}, (child.i,)
        elif "clause" in frames and _is_statement(child) and not content:
            opening = tuple(t.i for t in clause_of(child).hung("clause marker"))[:1]
            content, cue = subtree(child) - set(opening), opening
    source = tuple(i for i in sorted(subtree(noun) - content - set(cue)) if i <= noun.i)
    if not content or not cue:
        return None
    word = noun.lemma_.lower()
    because = OF_RUMOUR.because(word=word, source=HEARSAY_NOUNS.source(word))
    return Candidate(cue[0], cue, source, content, because, sure=True)


def _is_there(clause: Clause) -> bool:
    """Whether the noun is said to be there: "there were reports", "reports emerged that"."""
    above = clause_of(clause.word.head)
    return clause.word in above.hung("attribute", "object", "subject") and above.has("expletive")
