"""Verbs that attribute: which words around a verb are what somebody says, thinks, wants or counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.coder.attribution.candidates import Candidate
from dateline.coder.attribution.cues import HELPERS, VERBS, Frames, prepositions
from dateline.lang.clause import Clause, clause_of
from dateline.lang.en.grammar.light_verbs import tells_guilt
from dateline.lang.en.grammar.slots import clauses_of_object
from dateline.lang.en.grammar.speakers import (
    SAYING,
    VERBAL,
    passive_subject,
    said_before,
    said_within,
    speaker_behind_clause,
    speech_above,
    subtree,
    told_source,
)
from dateline.lang.lexicon import words
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.links import Link

OBLIGATIONS = words("speech.obligations")
STATEMENTS = words("speech.before_statements")
MATTERS = words("speech.before_matters")
FIGURES_AS_OBJECT = words("speech.figures_as_object")
FIGURES_BEHIND = words("speech.figures_behind")
CALLED_WITH_AS = words("speech.called_with_as")

DESCRIBING: tuple[Link, ...] = (
    "object predicate",
    "attribute",
    "open clause",
    "content clause",
    "adjective complement",
)
"""Links of what an object is called without "as"."""
CLOSEST_VERB = 3
"""Words from a verb to the infinitive that it makes one cue with ("tried to say"), at the most."""

OF_VERB = rule("cue.verb", "{verb}: {governed}")

NONE: frozenset[int] = frozenset()


def verb_candidate(verb: Token, frames: Frames) -> Candidate | None:
    """The verb with its source and content, or None where it governs nothing that its frames ask for."""
    clause = clause_of(verb)
    if tells_guilt(verb):
        return None  # "the rebels are to blame for it": they blame nobody
    content, preposition = _complements(clause, frames)
    quotes = "quote" in frames
    if not content and not quotes:
        return None
    source = told_source(verb)
    if not source and not clause.overtly_passive and not quotes:
        return None  # an attitude that is nobody's ("Supporting X is hard")
    word = verb.lemma_.lower()
    because = OF_VERB.because(verb=word, governed=_governed(clause, content, preposition), source=VERBS.source(word))
    stop = _stop(clause, content) if "object" in frames else None
    sure = bool(quotes and content and speaker_behind_clause(verb))
    return Candidate(verb.i, _cue(clause, preposition), source, content, because, quotes, sure=sure, stop=stop)


def _stop(clause: Clause, content: frozenset[int]) -> int | None:
    """The first word behind an object that is none of what is said: what else the subject does or somebody says.

    "condemned the raid | calling on all to help", "denied the charge | but has not answered", "criticised the use of
    pipes | which they say leak".
    """
    if clause.has("content clause", "open clause") or not clause.has("object"):
        return None
    verb = clause.word
    saying = (c for c in clause.hung("adverbial clause") if c.tag_ == "VBG" and c.lemma_.lower() in VERBS)
    anothers = (t for t in (verb.doc[i] for i in content) if _is_anothers(t))
    stops = [c.left_edge.i for c in (*saying, *anothers)]
    for also in clause.hung("conjunct"):
        before = also.left_edge.i - 1
        if also.tag_ == verb.tag_ and also.pos_ in VERBAL and verb.doc[before] in clause.hung("coordinator"):
            stops.append(before)
    return min((i for i in stops if i > verb.i), default=None)


def _is_anothers(verb: Token) -> bool:
    """Whether a relative clause says what somebody says of its noun: "pipes which they say leak"."""
    if verb.dep_ != "relative clause" or "quote" not in VERBS.get(verb.lemma_.lower(), ()):
        return False
    return any(t.tag_ not in ("WP", "WDT") for t in clause_of(verb).hung("subject"))


def _governed(clause: Clause, content: frozenset[int], preposition: Token | None) -> str:
    """What the verb governs of the content, in words for a reader."""
    if not content:
        return "words in quotation marks"
    links: list[str] = sorted(link for link, hung in clause.under.items() if any(t.i in content for t in hung))
    if preposition is not None and not links:
        links = [f'"{preposition.lower_}"']
    return ("passive, " if clause.overtly_passive else "") + (", ".join(links) or "beside a clause")


def _complements(clause: Clause, frames: Frames) -> tuple[frozenset[int], Token | None]:
    """The tokens that the verb attributes, and the preposition that belongs to the cue, if one does."""
    if content := _clauses(clause, frames):
        return _with_those_spoken_of(clause, frames, content)
    if "as" in frames and (described := _described(clause)):
        return described | _objects(clause) | _acted_upon(clause), None
    allowed = prepositions(frames)
    for child in clause.hung("preposition", "agent"):
        if child.lower_ in allowed and child.i > clause.word.i:
            below = subtree(child) - {child.i}
            if below and (child.i == clause.word.i + 1 or not _objects(clause)):
                return below, child
    if "number" in frames and (figures := _figures(clause)):
        return figures, None
    if "object" not in frames or _is_unreal(clause):
        return NONE, None
    if clause.overtly_passive and "passive" in frames:
        return _acted_upon(clause) | _after(clause), None
    content = _objects(clause)
    if content and "person" not in frames:
        content |= _all(child for child in clause.hung("preposition") if child.lower_ in MATTERS)
    return content, None


def _clauses(clause: Clause, frames: Frames) -> frozenset[int]:
    """What the verb governs as a clause or infinitive, or what stands beside it where the parser saw no such thing."""
    verb = clause.word
    if "quote" in frames and speaker_behind_clause(verb):
        return said_before(verb)
    content = NONE
    for child in clause.hung("content clause", "open clause"):
        governed = "clause" in frames and (child.dep_ == "content clause" or not content)
        if governed or ("infinitive" in frames and child.dep_ == "open clause" and clause_of(child).infinitive):
            content |= subtree(child)
    if "quote" in frames:
        # "said in a statement that ...": the parser gives the clause to the noun
        content |= _all(c for p in clause.hung("preposition") if p.lower_ in STATEMENTS for c in clauses_of_object(p))
    if not content and "clause" in frames and clause.link == "beside":
        content = subtree(verb.head) - subtree(verb)
    if not content and frames & {"clause", "quote"}:
        content = said_before(verb) or (said_within(verb) if verb.lemma_.lower() in SAYING else NONE)
    return content


def _with_those_spoken_of(
    clause: Clause, frames: Frames, content: frozenset[int]
) -> tuple[frozenset[int], Token | None]:
    """The clause with those it is about where the verb has them: "wants X to go", "X is expected to go"."""
    if clause.overtly_passive and "passive" in frames and not clause.has("content clause"):
        content |= passive_subject(clause.word)
    if "infinitive" in frames and "person" not in frames:
        content |= _objects(clause) | _all(clause.hung("object predicate"))
    called_on = next((p for p in clause.hung("preposition") if "on" in frames and p.lower_ == "on"), None)
    if called_on is not None and called_on.i == clause.word.i + 1:
        # "called on X to go": X is part of what is called for
        return content | (subtree(called_on) - {called_on.i}), called_on
    return content, None


def _described(clause: Clause) -> frozenset[int]:
    """What an object is called: the words of "... as Y", and Y of "called X Y"."""
    found = _all(p for p in clause.hung("preposition") if p.lower_ == "as")
    if clause.word.lemma_ not in CALLED_WITH_AS:
        found |= _all(clause.hung(*DESCRIBING))
    found |= _all(
        child
        for child in clause.hung("adverbial clause")
        if child.i > clause.word.i and "as" in clause_of(child).markers
    )
    for child in clause.hung("object", "preposition object"):
        found |= _all(p for p in clause_of(child).hung("preposition") if p.lower_ == "as")
    return found


def _objects(clause: Clause) -> frozenset[int]:
    return _all(clause.hung("object"))


def _acted_upon(clause: Clause) -> frozenset[int]:
    return passive_subject(clause.word) if clause.overtly_passive else NONE


def _figures(clause: Clause) -> frozenset[int]:
    """A figure that somebody gives: "put the turnout at 5,000", "counted 5,000 people", "gave 5,000"."""
    word = clause.word.lemma_
    for child in clause.hung("preposition", "object"):
        if child.dep_ == "preposition":
            if child.lower_ == "at" and any(t.like_num for t in child.subtree):
                return _objects(clause) | subtree(child)
        elif word not in FIGURES_BEHIND:
            figure = child.pos_ == "NUM" if word in FIGURES_AS_OBJECT else any(t.like_num for t in child.children)
            if figure:
                return subtree(child)
    return NONE


def _after(clause: Clause) -> frozenset[int]:
    """What follows a passive verb, without the agent."""
    following = clause.hung("preposition", "open clause", "object predicate")
    return _all(child for child in following if child.i > clause.word.i and child.lower_ != "by")


def _cue(clause: Clause, preposition: Token | None) -> tuple[int, ...]:
    """The verb with the auxiliaries, adverbs and particle that touch it, and its preposition."""
    verb = clause.word
    helpers = {t.i for t in clause.hung(*HELPERS)} | _verb_before(clause)
    first = last = verb.i
    while first - 1 in helpers:
        first -= 1
    particles = {t.i for t in clause.hung("particle")}
    while last + 1 in particles:
        last += 1
    cue = tuple(range(first, last + 1))
    agent = next((t for t in clause.hung("agent") if t.i == last + 1), None)
    preposition = preposition or agent
    if preposition is None or preposition.i <= last:
        return cue
    return (*cue, *range(last + 1, preposition.i + 1)) if preposition.i - last <= 2 else (*cue, preposition.i)


def _verb_before(clause: Clause) -> frozenset[int]:
    """The verb over an infinitive, with its auxiliaries, where both make one cue ("has refused to say")."""
    verb, head = clause.word, clause.governor
    if clause.link != "open clause" or head is None or head.pos_ not in ("VERB", "AUX"):
        return NONE
    above = clause_of(head)
    if any(t.i > head.i for t in above.hung("object", "subject")) or not 0 < verb.i - head.i <= CLOSEST_VERB:
        return NONE
    return frozenset({head.i, *(t.i for t in above.hung(*HELPERS))})


def _is_unreal(clause: Clause) -> bool:
    """An attitude that somebody should have or is asked to have ("must support", "to condemn") is nobody's yet."""
    clauses = [clause]
    if clause.link == "conjunct" and clause.governor is not None and speech_above(clause.word) is None:
        clauses.append(clause_of(clause.governor))
    return any(one.infinitive or any(t.lower_ in OBLIGATIONS for t in one.word.children) for one in clauses)


def _all(words: Iterable[Token]) -> frozenset[int]:
    """The indices of the words and of all below them."""
    return frozenset(i for word in words for i in subtree(word))
