"""Where a cue's source and content stand in the dependency tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.coder.attribution_words import Frames, cue_words, prepositions

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_CLAUSES = frozenset({"ccomp"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_SAYING = frozenset({"say", "tell", "add", "write", "declare", "announce", "state", "warn", "claim", "note", "report"})
_OBLIGATIONS = frozenset({"must", "should", "ought", "let"})
_EXPLETIVES = frozenset({"it", "there"})


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


def find_candidates(sentence: SpacySpan) -> list[Candidate]:
    """The cues of a sentence in order, each with its source and its content."""
    words = cue_words()
    found: list[Candidate] = []
    for token in sentence:
        candidate: Candidate | None = None
        if token.pos_ in ("VERB", "AUX"):
            frames = words.verbs.get(token.lemma_.lower())
            candidate = _according(token) or (_verb(token, frames) if frames else None)
        elif token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in words.nouns:
            candidate = _noun(token, words.nouns[token.lemma_.lower()])
        elif token.pos_ == "ADJ" and token.lemma_.lower() in words.adjectives:
            candidate = _adjective(token, words.adjectives[token.lemma_.lower()])
        elif token.lower_ in words.hearsay:
            candidate = _hearsay(token)
        elif token.lower_ in ("according", "per"):
            candidate = _according(token)
        if candidate is not None:
            if (said := _said_beside(token)) is not None:
                for outer in found:
                    if outer.head == said.i:
                        outer.content -= _subtree(token)
            found.append(candidate)
    return found


def _verb(verb: Token, frames: Frames) -> Candidate | None:
    passive = any(c.dep_ in _PASSIVE_SUBJECTS or c.dep_ == "auxpass" for c in verb.children)
    content, prep = _complements(verb, frames, passive)
    quotes = "quote" in frames
    if not content and not quotes:
        return None
    source = _source(verb, passive)
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
        governed = "clause" in frames and (child.dep_ in _CLAUSES or (child.dep_ == "xcomp" and not content))
        if governed or ("to" in frames and child.dep_ == "xcomp" and _has_to(child)):
            content |= _subtree(child)
        elif "quote" in frames and child.dep_ == "prep" and child.lower_ in ("in", "on", "during", "at"):
            # "said in a statement that ...": the parser gives the clause to the noun
            nouns = [c for c in child.children if c.dep_ == "pobj"]
            content |= {i for n in nouns for c in n.children if c.dep_ == "acl" and _that(c) for i in _subtree(c)}
    if not content and "clause" in frames and verb.dep_ == "parataxis":
        content |= _subtree(verb.head) - _subtree(verb)
    if not content and frames & {"clause", "quote"}:
        content |= _beside(verb)
    if content:
        if passive and "passive" in frames and "ccomp" not in {c.dep_ for c in verb.children}:
            content |= _passive_subject(verb)
        if "to" in frames and "person" not in frames:
            content |= _objects(verb)
        addressed = next((c for c in verb.children if "on" in frames and c.dep_ == "prep" and c.lower_ == "on"), None)
        if addressed is not None and addressed.i == verb.i + 1:
            # "called on X to go": X is part of what is called for
            return content | (_subtree(addressed) - {addressed.i}), addressed
        return content, None
    if "as" in frames and (described := _described(verb)):
        return described | _objects(verb) | (_passive_subject(verb) if passive else set()), None
    allowed = prepositions(frames)
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in allowed and child.i > verb.i:
            below = _subtree(child) - {child.i}
            if below and (child.i == verb.i + 1 or not _objects(verb)):
                return below, child
    if "number" in frames and (numbers := _numbers(verb)):
        return numbers, None
    if "object" in frames and not _is_unreal(verb):
        if passive and "passive" in frames:
            return _passive_subject(verb) | _after(verb), None
        content = _objects(verb)
        if content and "person" not in frames:
            content |= {i for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for") for i in _subtree(c)}
    return content, None


def _beside(verb: Token) -> set[int]:
    """The clause beside a verb that the parser gave no complement: "..., X said" and "X said: ..."."""
    sentence = verb.sent
    after = [t for t in sentence if t.i > verb.i]
    subject = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if after and after[0].text == ":":
        return {t.i for t in after[1:]}
    if not subject or any(t.is_alpha and t.i > max(verb.i, subject[-1].right_edge.i) for t in after):
        return set()
    left = min(verb.i, subject[0].left_edge.i)
    before = [t for t in sentence if t.i < left]
    if before and before[-1].text in (",", "”", '"', "''", "’"):
        return {t.i for t in before[:-1]}
    return set()


def _described(verb: Token) -> set[int]:
    """What an object is called: the words of "... as Y", and Y of "called X Y"."""
    found: set[int] = set()
    for child in verb.children:
        complement = child.dep_ in ("oprd", "attr", "xcomp", "ccomp", "acomp") and verb.lemma_ != "see"
        as_clause = child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in child.children)
        if (child.dep_ == "prep" and child.lower_ == "as") or complement or (as_clause and child.i > verb.i):
            found |= _subtree(child)
        elif child.dep_ in ("dobj", "pobj"):
            found |= {i for c in child.children if c.dep_ == "prep" and c.lower_ == "as" for i in _subtree(c)}
    return found


def _objects(verb: Token) -> set[int]:
    return {i for c in verb.children if c.dep_ == "dobj" for i in _subtree(c)}


def _numbers(verb: Token) -> set[int]:
    """A figure that somebody gives: "put the turnout at 5,000", "counted 5,000 people", "gave 5,000"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "at" and any(t.like_num for t in child.subtree):
            return _objects(verb) | _subtree(child)
        figure = child.pos_ == "NUM" if verb.lemma_ == "give" else any(t.like_num for t in child.children)
        if child.dep_ == "dobj" and figure and verb.lemma_ != "put":
            return _subtree(child)
    return set()


def _after(verb: Token) -> set[int]:
    """What follows a passive verb, without the agent."""
    kinds = ("prep", "xcomp", "oprd")
    return {i for c in verb.children if c.dep_ in kinds and c.i > verb.i and c.lower_ != "by" for i in _subtree(c)}


def _passive_subject(verb: Token) -> set[int]:
    return {
        i for c in verb.children if c.dep_ in _PASSIVE_SUBJECTS and c.lower_ not in _EXPLETIVES for i in _subtree(c)
    }


def _source(verb: Token, passive: bool) -> list[int]:
    """The tokens of who says so: the subject, the agent of a passive, or the subject of the verb this one leans on."""
    if passive:
        if verb.lemma_.lower() == "quote":
            return sorted(_passive_subject(verb))
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        return sorted(i for p in agents for i in _subtree(p))
    subject = _subject(verb)
    if subject is None:
        return _speaker_before(verb)
    if subject.dep_ == "expl" or subject.lower_ == "there":
        return []
    found = _noun_phrase(subject, verb)
    for other in verb.children:
        # "the aid organisation, X, said": two subjects side by side are one phrase
        if other.dep_ == "nsubj" and other.right_edge.i < subject.left_edge.i <= other.right_edge.i + 2:
            found |= set(range(other.left_edge.i, subject.left_edge.i)) | _noun_phrase(other, verb)
    while len(found) > 1 and verb.doc[max(found)].pos_ == "ADP":
        found.discard(max(found))
    return sorted(found)


def _speaker_before(verb: Token) -> list[int]:
    """Where the parser lost the subject of a verb of speech: the named person, or else body, before the verb."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    if not finite or verb.dep_ in ("xcomp", "acl", "relcl", "conj", "advcl") or verb.lemma_.lower() not in _SAYING:
        return []
    entities = [e for e in verb.sent.ents if e.end <= verb.i and verb.i - e.end < 25 and e.root.dep_ != "poss"]
    for label in ("PERSON", "ORG"):
        for entity in reversed(entities):
            if entity.label_ == label:
                below = {i for i in _subtree(entity.root) if entity.start <= i < verb.i}
                return sorted(below | set(range(entity.start, entity.end)))
    return []


def _subject(verb: Token, steps: int = 6) -> Token | None:
    own = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if own:
        nearest = min(own, key=lambda c: (abs(c.i - verb.i), c.i))
        # A noun with a subject of its own is a broken parse: "Asked about it X said"
        return next((c for c in nearest.children if c.dep_ == "nsubj" and c.i > nearest.i), nearest)
    head = verb.head
    if head == verb or steps == 0:
        return None
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        upper = _said_beside(verb)
        return _subject(upper or head, steps - 1) or _passive(head)
    if verb.dep_ == "xcomp":
        return next((c for c in head.children if c.dep_ == "dobj"), None) or _subject(head, steps - 1) or _passive(head)
    if verb.dep_ in ("advcl", "pcomp", "prep", "parataxis", "ccomp", "dep"):
        while head.pos_ in ("ADP", "SCONJ") and head.head != head:
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return _subject(head, steps - 1) or _passive(head)
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head
    return None


def _said_beside(verb: Token) -> Token | None:
    """In "X said that A and added that B" the parser may join "added" to A: the verb of speech above it, or None."""
    head = verb.head
    if verb.dep_ != "conj" or head.dep_ != "ccomp" or verb.tag_ != head.head.tag_:
        return None
    verbs = cue_words().verbs
    said = head.head
    if "quote" not in verbs.get(verb.lemma_.lower(), ()) or "quote" not in verbs.get(said.lemma_.lower(), ()):
        return None
    subject = next((c for c in head.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS), None)
    if subject is None or subject.ent_type_ or subject.pos_ == "PRON":
        return None
    return said


def _passive(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in _PASSIVE_SUBJECTS), None)


def _noun_phrase(head: Token, without: Token) -> set[int]:
    """The whole noun phrase of a head, without the branch that holds the cue."""
    found = _subtree(head)
    if without.i in found:
        branch = without
        while branch.head not in (head, branch):
            branch = branch.head
        found -= {i for i in found if i >= branch.left_edge.i}
    return found


def _cue(verb: Token, prep: Token | None) -> list[int]:
    """The verb with the auxiliaries, adverbs and particle that touch it, and its preposition."""
    first = verb.i
    helpers = {c.i for c in verb.children if c.dep_ in _AUXILIARIES}
    if verb.dep_ == "xcomp" and not any(c.dep_ in ("dobj", "nsubj") for c in verb.head.children if c.i > verb.head.i):
        head = verb.head
        if head.pos_ in ("VERB", "AUX") and head.i < verb.i and verb.i - head.i <= 3:
            helpers |= {head.i, *(c.i for c in head.children if c.dep_ in _AUXILIARIES)}
    while first - 1 in helpers:
        first -= 1
    last = verb.i
    while last + 1 in helpers and verb.doc[last + 1].dep_ == "prt":
        last += 1
    cue = list(range(first, last + 1))
    if prep is not None and prep.i > last:
        cue = [*cue, *range(last + 1, prep.i + 1)] if prep.i - last <= 2 else [*cue, prep.i]
    return cue


def _is_unreal(verb: Token) -> bool:
    """An attitude that somebody should have or is asked to have ("must support", "to condemn") is nobody's yet."""
    first = verb.head if verb.dep_ == "conj" else verb
    return any(c.lower_ in _OBLIGATIONS or c.tag_ == "TO" for c in (*verb.children, *first.children))


def _has_to(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def _according(token: Token) -> Candidate | None:
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
        noun = next((c for c in doc[start].children if c.dep_ == "pobj"), None)
    else:
        noun = next((c for c in token.children if c.dep_ == "pobj" and c.ent_type_), None)
    if noun is None:
        return None
    source = _subtree(noun)
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    content = _subtree(clause) - source - set(cue)
    content -= {t.i for t in clause.children if t.dep_ in _CLAUSES and t.i in source}
    return Candidate(token.i, cue, sorted(source), content, f"{token.lower_}: whole clause", quotes=True)


def _noun(noun: Token, frames: Frames) -> Candidate | None:
    content: set[int] = set()
    cue = [noun.i]
    allowed = prepositions(frames)
    for child in noun.children:
        if "clause" in frames and child.dep_ in ("acl", "ccomp") and (child.tag_ not in ("VBG", "VBN") or _that(child)):
            content |= _subtree(child)
        elif child.dep_ == "prep" and child.lower_ in allowed and not content:
            content |= _subtree(child) - {child.i}
            cue = [noun.i, child.i]
    source: set[int] = set()
    for child in noun.children:
        if child.dep_ == "poss":
            source |= _subtree(child) - {c.i for c in child.children if c.dep_ == "case"}
        elif child.dep_ == "prep" and child.lower_ in ("by", "from") and content:
            source |= _subtree(child) - {child.i}
    if not content or not source:
        return None
    return Candidate(noun.i, cue, sorted(source), content - source, f"{noun.lemma_.lower()} (noun)")


def _that(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)


def _adjective(adjective: Token, frames: Frames) -> Candidate | None:
    if adjective.dep_ != "acomp" or adjective.head.pos_ not in ("VERB", "AUX"):
        return None
    content: set[int] = set()
    cue = [adjective.i]
    for child in adjective.children:
        if ("clause" in frames and child.dep_ == "ccomp") or ("to" in frames and child.dep_ == "xcomp"):
            content |= _subtree(child)
        elif child.dep_ == "prep" and child.lower_ in prepositions(frames) and not content:
            content |= _subtree(child) - {child.i}
            cue.append(child.i)
    subject = _subject(adjective.head)
    if not content or subject is None or subject.lower_ in _EXPLETIVES:
        return None
    return Candidate(
        adjective.i, cue, sorted(_noun_phrase(subject, adjective)), content, f"{adjective.lemma_.lower()} (adjective)"
    )


def _hearsay(adverb: Token) -> Candidate | None:
    """For "reportedly": somebody says so, and the report does not tell who."""
    clause = adverb.head
    if clause.pos_ not in ("VERB", "AUX"):
        return None
    return Candidate(adverb.i, [adverb.i], [], _subtree(clause) - {adverb.i}, f"{adverb.lower_}: nobody is named")


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


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
