"""Where a cue's source stands in the dependency tree, and what else its finders share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.coder.attribution.cues import cue_words
from dateline.lang.en.grammar.names import names_in
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"subject", "clause as subject"})
PASSIVE_SUBJECTS = frozenset({"passive subject", "clause as passive subject"})
CLAUSES = frozenset({"content clause"})
AUXILIARIES = frozenset({"auxiliary", "passive auxiliary", "negation", "adverb", "particle"})
SAYING = words("speech.saying")
EXPLETIVES = words("speech.expletives")


@dataclass(slots=True)
class Candidate:
    """A cue with what was found around it, as token indices; the content is settled once quotations are known."""

    head: int
    cue: list[int]
    source: list[int]
    content: set[int]
    rule: str
    quotes: bool = False
    """Words in quotation marks beside the cue belong to it."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """The content as offsets: filled in from the tokens and the quotations."""


def source_of(verb: Token, passive: bool) -> list[int]:
    """The tokens of who says so: the subject, the agent of a passive, or the subject of the verb this one leans on."""
    if passive:
        if verb.lemma_.lower() == "quote":
            return sorted(passive_subject(verb))
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "preposition object"]
        return sorted(i for p in agents for i in subtree(p))
    subject = subject_of(verb)
    if subject is None:
        return _speaker_before(verb)
    if subject.dep_ == "expletive" or subject.lower_ == "there":
        return []
    found = noun_phrase(subject, verb)
    for other in verb.children:
        # "the aid organisation, X, said": two subjects side by side are one phrase
        if other.dep_ == "subject" and other.right_edge.i < subject.left_edge.i <= other.right_edge.i + 2:
            found |= set(range(other.left_edge.i, subject.left_edge.i)) | noun_phrase(other, verb)
    while len(found) > 1 and verb.doc[max(found)].pos_ == "ADP":
        found.discard(max(found))
    return sorted(found)


def _speaker_before(verb: Token) -> list[int]:
    """Where the parser lost the subject of a verb of speech: the named person, or else body, before the verb."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    if (
        not finite
        or verb.dep_ in ("open clause", "noun clause", "relative clause", "conjunct", "adverbial clause")
        or verb.lemma_.lower() not in SAYING
    ):
        return []
    entities = [
        e for e in names_in(verb.sent) if e.end <= verb.i and verb.i - e.end < 25 and e.root.dep_ != "possessor"
    ]
    for label in ("PERSON", "ORG"):
        for entity in reversed(entities):
            if entity.label_ == label:
                below = {i for i in subtree(entity.root) if entity.start <= i < verb.i}
                return sorted(below | set(range(entity.start, entity.end)))
    return []


def subject_of(verb: Token, steps: int = 6) -> Token | None:
    """The word that names who does what the verb says: its own subject, or that of the verb it leans on."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ != "PUNCT"]
    if own:
        nearest = min(own, key=lambda c: (abs(c.i - verb.i), c.i))
        # A noun with a subject of its own is a broken parse: "Asked about it X said"
        return next((c for c in nearest.children if c.dep_ == "subject" and c.i > nearest.i), nearest)
    head = verb.head
    if head == verb or steps == 0:
        return None
    if verb.dep_ == "conjunct" and head.pos_ in ("VERB", "AUX"):
        upper = said_beside(verb)
        return subject_of(upper or head, steps - 1) or _passive(head)
    if verb.dep_ == "open clause":
        person = next((c for c in head.children if c.dep_ == "object"), None)
        return person or subject_of(head, steps - 1) or _passive(head)
    if verb.dep_ in ("adverbial clause", "preposition clause", "preposition", "beside", "content clause", "unclear"):
        while head.pos_ in ("ADP", "SCONJ") and head.head != head:
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return subject_of(head, steps - 1) or _passive(head)
        return None
    if (
        verb.dep_ == "noun clause"
        and (verb.tag_ == "VBG" or has_clause(verb))
        and head.pos_ in ("NOUN", "PROPN", "PRON")
    ):
        return head
    return None


def said_beside(verb: Token) -> Token | None:
    """In "X said that A and added that B" the parser may join "added" to A: the verb of speech above it, or None."""
    head = verb.head
    if verb.dep_ != "conjunct" or head.dep_ != "content clause" or verb.tag_ != head.head.tag_:
        return None
    verbs = cue_words().verbs
    said = head.head
    if "quote" not in verbs.get(verb.lemma_.lower(), ()) or "quote" not in verbs.get(said.lemma_.lower(), ()):
        return None
    subject = next((c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
    if subject is None or subject.ent_type_ or subject.pos_ == "PRON":
        return None
    return said


def _passive(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a participle ("asked about it")."""
    if any(c.dep_ in PASSIVE_SUBJECTS or c.dep_ == "passive auxiliary" for c in verb.children):
        return True
    participle = verb.tag_ == "VBN" and verb.dep_ in ("noun clause", "adverbial clause")
    # "The mayor, Jane Roe, announced that ...": a clause below makes it a main verb that the parser misread
    return participle and not has_clause(verb) and not any(c.dep_ == "auxiliary" for c in verb.children)


def passive_subject(verb: Token) -> set[int]:
    """The tokens of a passive's subject."""
    return {i for c in verb.children if c.dep_ in PASSIVE_SUBJECTS and c.lower_ not in EXPLETIVES for i in subtree(c)}


def noun_phrase(head: Token, without: Token) -> set[int]:
    """The whole noun phrase of a head, without the branch that holds the cue."""
    found = subtree(head)
    if without.i in found:
        branch = without
        while branch.head not in (head, branch):
            branch = branch.head
        found -= {i for i in found if i >= branch.left_edge.i}
    return found


def subtree(token: Token) -> set[int]:
    """The token and all below it."""
    return {t.i for t in token.subtree}


def has_clause(verb: Token) -> bool:
    """Whether the verb governs a clause."""
    return any(c.dep_ == "content clause" for c in verb.children)


def has_that(verb: Token) -> bool:
    """Whether the clause of the verb begins with "that"."""
    return any(c.dep_ == "clause marker" and c.lower_ == "that" for c in verb.children)


def runs(indices: Iterable[int], doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of tokens that stand together, as ``(first, last)``; white space between two does not part them."""
    first = last = -1
    for i in sorted(indices):
        if first >= 0 and all(doc[j].is_space for j in range(last + 1, i)):
            last = i
            continue
        if first >= 0:
            yield first, last
        first = last = i
    if first >= 0:
        yield first, last
