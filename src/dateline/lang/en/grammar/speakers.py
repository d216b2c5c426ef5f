"""Who is told as saying it: the words of a report that name the source of a verb of speech, belief or judgement.

A source is told as the report words it: with the whole phrase, by the relative pronoun where one stands there ("the
clerk, who said ..."), and by the statement rather than its author ("a statement calling on ..."). Who does what a verb
says, whatever names them, is another question (:func:`dateline.lang.en.grammar.voice.subjects`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.en.grammar.agents import names_nobody, names_speaker
from dateline.lang.en.grammar.names import names_in
from dateline.lang.en.grammar.voice import PASSIVE_SUBJECTS, SUBJECTS, is_overtly_passive
from dateline.lang.lexicon import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

CUES = table("cues.verbs")
SAYING = words("speech.saying")
EXPLETIVES = words("speech.expletives")
GOING_ON = words("speech.going_on")
MEANWHILE = words("speech.meanwhile")
QUOTING = words("speech.quoting")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
UNDER_OTHERS = frozenset({"open clause", "noun clause", "relative clause", "conjunct", "adverbial clause"})
"""Links of verbs that have their subject from the word above them, so that none was lost."""
BESIDE_OTHERS = frozenset(
    {"adverbial clause", "preposition clause", "preposition", "beside", "content clause", "unclear"}
)
"""Links of clauses without a subject that have that of the verb they stand beside."""
FARTHEST = 25
"""Words between a verb and the name before it that is taken for its lost subject, at the most."""
ENDING_CLAUSE = NOMINAL | {"ADV", "ADJ", "NUM", "VERB"}
"""Parts of speech of the words that end a clause; behind others ("and", "with", "as") a phrase belongs to it."""
FEWEST_WORDS_SAID = 5
"""Words of a clause that somebody is taken to have said though no comma parts it from him, at the least."""
MOST_WORDS_BEHIND = 8
"""Words behind him and his verb ("said in a statement on Monday"), at the most."""
MAX_STEPS = 6
"""Verbs that lean on one another ("tried to begin to say"), at the most."""


def subtree(token: Token) -> frozenset[int]:
    """The indices of a token and of all below it."""
    return frozenset(t.i for t in token.subtree)


def phrase_without(head: Token, verb: Token) -> frozenset[int]:
    """The indices of the whole phrase of a head, without the branch that holds the verb ("the clerk saying so")."""
    found = subtree(head)
    if verb.i not in found:
        return found
    branch = verb
    while branch.head not in (head, branch):
        branch = branch.head
    return frozenset(i for i in found if i < branch.left_edge.i)


def told_source(verb: Token) -> tuple[int, ...]:
    """The indices of the words that name who says so; empty where nobody is named.

    The subject, those whom a passive's "by" names, or the subject of the verb that this one leans on. The source of
    "the mayor was quoted" is the mayor.
    """
    if is_overtly_passive(verb):
        if verb.lemma_.lower() in QUOTING:
            return tuple(sorted(passive_subject(verb)))
        agents = (p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "preposition object")
        return tuple(sorted(i for p in agents for i in subtree(p)))
    if behind := speaker_behind_clause(verb):
        return tuple(behind)
    said = speech_above(verb) if verb.tag_ == "VBG" else None
    subject = inverted_speaker(verb) or told_subject(said or verb)
    if subject is None:
        return _named_before(verb) or _going_on_beside(verb)
    if verb.i not in (subject.i, subject.head.i) and not names_speaker(subject):
        subject = _speaker_above(verb) or subject
    if subject.dep_ == "expletive" or subject.lower_ == "there":
        return ()
    found = set(phrase_without(subject, verb))
    for other in verb.children:
        # "the aid organisation, X, said": two subjects side by side are one phrase
        if other.dep_ == "subject" and other.right_edge.i < subject.left_edge.i <= other.right_edge.i + 2:
            found |= set(range(other.left_edge.i, subject.left_edge.i)) | phrase_without(other, verb)
    while len(found) > 1 and verb.doc[max(found)].pos_ == "ADP":
        found.discard(max(found))
    return _outside_quotation(verb, found)


def _outside_quotation(verb: Token, found: set[int]) -> tuple[int, ...]:
    """The words without those before a quotation mark that ends what is said: '... on the square" the clerk said'."""
    marks = [i for i in sorted(found) if verb.doc[i].is_quote]
    if len(marks) == 1 and marks[0] < max(found) < verb.i:
        found = {i for i in found if i > marks[0]}
    return tuple(sorted(found))


def inverted_speaker(verb: Token) -> Token | None:
    """The speaker behind the verb in "The hall was full said the mayor": nobody says the mayor.

    Texts whose commas were lost have it so; the parser then takes the last noun before the verb for its subject.
    """
    if verb.lemma_.lower() != "say" or verb.tag_ not in FINITE:
        return None
    behind = [c for c in verb.children if (c.dep_ == "object" or _is_lost_name(c)) and c.i > verb.i]
    if len(behind) != 1 or behind[0].left_edge.i != verb.i + 1:
        return None
    named = (
        behind[0].pos_ == "PROPN" or _is_lost_name(behind[0]) or (behind[0].pos_ == "NOUN" and names_speaker(behind[0]))
    )
    if not named or names_nobody(behind[0]):
        return None
    clause = any(c.dep_ in {"content clause", "open clause"} and c.i > verb.i for c in verb.children)
    return None if clause else behind[0]


def speaker_behind_clause(verb: Token) -> range:
    """The indices of the speaker in "The hall was full on Monday the mayor said in a letter"; empty where none is.

    In texts whose commas were lost, whoever stands before the verb is told as part of the clause before him: the parser
    takes him for an object there, or all of it for his phrase.
    """
    lemma = verb.lemma_.lower()
    if lemma not in SAYING or verb.tag_ not in FINITE or not {"clause", "quote"} <= set(CUES[lemma]):
        return range(0)
    sentence = verb.sent
    behind = [t for t in sentence if t.i > verb.i and t.is_alpha]
    if any(t.text == "," for t in sentence) or len(behind) > MOST_WORDS_BEHIND:
        return range(0)
    governed = any(t.dep_ == "clause marker" or (t.head == verb and t.dep_ == "object") for t in behind)
    if any(t.pos_ in VERBAL for t in behind) or (governed and "person" not in CUES[lemma]):
        return range(0)
    first = _phrase_before(verb)
    said = [t for t in sentence if t.i < first]
    if first == verb.i or sum(t.is_alpha for t in said) < FEWEST_WORDS_SAID:
        return range(0)
    ended = said[-1].pos_ in ENDING_CLAUSE and not said[-1].tag_.startswith("W")
    return range(first, verb.i) if ended and any(t.tag_ in FINITE or t.tag_ == "MD" for t in said) else range(0)


def _phrase_before(verb: Token) -> int:
    """Where the pronoun or the phrase that ends before the verb begins; the verb's own place where none does."""
    doc, last = verb.doc, verb.i - 1
    if last < verb.sent.start or doc[last].pos_ not in NOMINAL or doc[last].tag_.startswith("W"):
        return verb.i
    if doc[last].pos_ == "PRON":
        return last if doc[last].tag_ == "PRP" and doc[last].lower_ not in EXPLETIVES else verb.i
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i == last), None)
    if subject is not None and not any(t.pos_ in VERBAL for t in subject.subtree):
        first = subject.left_edge.i
    else:
        first = last
        while first > verb.sent.start and doc[first].pos_ != "DET" and _goes_with(doc[first - 1], doc[first]):
            first -= 1
    while first < last and doc[first].ent_type_ == "GPE" and doc[first - 1].pos_ == "ADP" and first > verb.sent.start:
        first += 1  # "... into Turkey Archbishop X said": the country is where they went
    return first


def _goes_with(before: Token, word: Token) -> bool:
    """Whether a word goes with the one behind it in a phrase."""
    if before.ent_type_ and before.ent_type_ == word.ent_type_ and before.pos_ != "NUM":
        return True
    if before.pos_ == "PROPN" and word.pos_ != "DET":
        return before.ent_type_ not in {"DATE", "TIME", "LOC", "FAC"}
    return before.pos_ == "DET" or (before.pos_ in {"ADJ", "NOUN"} and before.dep_ in {"adjective", "compound"})


def _going_on_beside(verb: Token) -> tuple[int, ...]:
    """Who goes on by a participle that the parser hung on a verb whose speaker it lost: "said X, adding that"."""
    if verb.tag_ != "VBG" or "quote" not in CUES.get(verb.lemma_.lower(), ()):
        return ()
    before = [t for t in verb.sent if t.i < verb.i and t.dep_ in SUBJECTS and names_speaker(t)]
    return tuple(sorted(phrase_without(before[0], verb))) if before else ()


def _is_lost_name(token: Token) -> bool:
    """Whether the parser took a name for something else: in "said NASA" it sees an adjective."""
    return token.dep_ == "adjective complement" and token.ent_type_ in {"PERSON", "ORG"}


def _speaker_above(verb: Token) -> Token | None:
    """Who can speak among the subjects of the verbs above: "people took to the streets demanding ..."."""
    above = verb
    for _ in range(MAX_STEPS):
        if above.head == above:
            return None
        above = above.head
        if above.pos_ in NOMINAL and above.i < verb.i and names_speaker(above):
            return above  # "a guest who told how the evening went, saying": the parser hangs it on the evening
        if above.pos_ in VERBAL:
            speaker = next((c for c in above.children if c.dep_ in SUBJECTS and names_speaker(c)), None)
            if speaker is not None:
                return speaker
    return None


def _named_before(verb: Token) -> tuple[int, ...]:
    """Where the parser lost the subject of a verb of speech: the named person, or else body, before the verb."""
    if verb.tag_ not in FINITE or verb.dep_ in UNDER_OTHERS or verb.lemma_.lower() not in SAYING:
        return ()
    names = [
        e for e in names_in(verb.sent) if e.end <= verb.i and verb.i - e.end < FARTHEST and e.root.dep_ != "possessor"
    ]
    for label in ("PERSON", "ORG"):
        for name in reversed(names):
            if name.label_ == label:
                below = {i for i in subtree(name.root) if name.start <= i < verb.i}
                return tuple(sorted(below | set(range(name.start, name.end))))
    return ()


def told_subject(verb: Token, steps: int = MAX_STEPS) -> Token | None:
    """The one word that is told as the verb's subject: its own, or that of the verb or noun that it leans on."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ != "PUNCT"]
    if own:
        nearest = min(own, key=lambda c: (abs(c.i - verb.i), c.i))
        # A noun with a subject of its own is a broken parse: "Asked about it X said"
        return next((c for c in nearest.children if c.dep_ == "subject" and c.i > nearest.i), nearest)
    head = verb.head
    if head == verb or steps == 0:
        return None
    if verb.dep_ == "conjunct" and head.pos_ in VERBAL:
        if verb.tag_ == "VBD" and head.tag_ in {"VB", "VBG"} and not any(c.dep_ == "auxiliary" for c in head.children):
            # "urged the crowd to think of winning and thanked it": no participle goes on as a past tense
            head = next((a for a in head.ancestors if a.tag_ == "VBD"), head)
        return _subject_of_either_voice(speech_above(verb) or head, head, steps)
    if verb.dep_ == "open clause":
        going_on = verb.tag_ == "VBG" and "person" in CUES.get(head.lemma_.lower(), ())
        person = next((c for c in head.children if c.dep_ == "object" and not going_on), None)
        return person or _subject_of_either_voice(head, head, steps)
    if verb.dep_ in BESIDE_OTHERS:
        quoted = head.lower_ == "as"
        while head.pos_ in ("ADP", "SCONJ") and head.head != head:
            head = head.head
        if quoted and head.lemma_.lower() in QUOTING and not is_overtly_passive(head):
            return next((c for c in head.children if c.dep_ == "object"), None)  # "quoted a clerk as saying"
        return _subject_of_either_voice(head, head, steps) if head.pos_ in VERBAL else None
    if verb.dep_ == "noun clause" and (verb.tag_ == "VBG" or governs_clause(verb)) and head.pos_ in NOMINAL:
        return head
    return None


def _subject_of_either_voice(active: Token, passive: Token, steps: int) -> Token | None:
    return told_subject(active, steps - 1) or next((c for c in passive.children if c.dep_ in PASSIVE_SUBJECTS), None)


def speech_above(verb: Token) -> Token | None:
    """In "X said that A and added that B" the parser may join "added" to A: the verb of speech above it, or None."""
    head = verb.head
    if verb.tag_ == "VBG" and verb.dep_ in BESIDE_OTHERS and _goes_on(verb):
        return next((a for a in _verbs_above(verb) if "quote" in CUES.get(a.lemma_.lower(), ())), None)
    if verb.dep_ != "conjunct" or head.dep_ != "content clause" or not _are_alike(verb, head.head):
        return None
    if "quote" not in CUES.get(head.head.lemma_.lower(), ()) or verb.lemma_.lower() not in CUES:
        return None
    if head.tag_ not in FINITE and any(c.dep_ == "auxiliary" and c.tag_ == "MD" for c in head.children):
        return head.head  # "said the boats must leave and thanked the crews"
    if any(c.dep_ == "expletive" for c in head.children):
        return head.head  # "said there was a leak and called for a plumber"
    if "quote" not in CUES[verb.lemma_.lower()]:
        return None
    subject = next((c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
    if subject is None or subject.ent_type_ or subject.pos_ == "PRON":
        return None
    return head.head


def _goes_on(verb: Token) -> bool:
    """Whether a participle goes on with what the speaker above says: "adding", "while urging"."""
    lemma = verb.lemma_.lower()
    if lemma in GOING_ON:
        return not any(c.dep_ == "object" for c in verb.children)  # "noting that", not "noting her remarks"
    beside = any(c.dep_ == "clause marker" and c.lower_ in MEANWHILE for c in verb.children)
    return beside and "person" in CUES.get(lemma, ())


def _are_alike(verb: Token, speaking: Token) -> bool:
    """Whether two verbs have the same form, where "thanked" may be taken for what was done to somebody."""
    alike = {verb.tag_, speaking.tag_} == {"VBD", "VBN"} and verb.tag_ == "VBN"
    helped = any(c.dep_ in {"auxiliary", "passive auxiliary"} for c in (*verb.children, *verb.head.children))
    modal = any(c.tag_ == "MD" for c in verb.head.children)
    return verb.tag_ == speaking.tag_ or (alike and (modal or not helped))


def _verbs_above(verb: Token) -> Iterator[Token]:
    """The verbs over a verb, each of whose content clause the one below is or stands in."""
    for above in verb.ancestors:
        if above.dep_ == "content clause" and above.head.pos_ in VERBAL:
            yield above.head


def passive_subject(verb: Token) -> frozenset[int]:
    """The indices of a passive's subject, unless it is an "it" or "there" that stands for nobody."""
    return frozenset(i for c in _passive_subjects(verb) if c.lower_ not in EXPLETIVES for i in subtree(c))


def _passive_subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS)


def governs_clause(verb: Token) -> bool:
    """Whether the verb governs a clause of content ("said that ...")."""
    return any(c.dep_ == "content clause" for c in verb.children)


def said_before(verb: Token) -> frozenset[int]:
    """The indices of the clause beside a verb that the parser gave no complement: "..., X said" and "X said: ...".

    Everything behind the colon, or all of the sentence before the comma or quotation mark where the verb or its
    subject ends it; empty where neither is.
    """
    sentence = verb.sent
    after = [t for t in sentence if t.i > verb.i]
    if inverted_speaker(verb) is not None:
        return frozenset(t.i for t in sentence if t.i < verb.i)
    if behind := speaker_behind_clause(verb):
        return frozenset(t.i for t in sentence if t.i < behind.start)
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if after and after[0].text == ":":
        return frozenset(t.i for t in after[1:])
    if not subjects or any(t.is_alpha and t.i > max(verb.i, subjects[-1].right_edge.i) for t in after):
        return frozenset()
    before = [t for t in sentence if t.i < min(verb.i, subjects[0].left_edge.i)]
    if before and before[-1].text in (",", "”", '"', "''", "’"):
        return frozenset(t.i for t in before[:-1])
    return frozenset()


def said_within(verb: Token) -> frozenset[int]:
    """The indices of the clause of "X said after the vote he would go", which the parser hangs on the noun before."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ == "relative clause":
            subjects = [c for c in token.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS and c.i < token.i]
            if subjects and not any(t.tag_ in ("WP", "WDT", "WRB", "WP$") for t in token.subtree if t.i < token.i):
                return subtree(token)
    return frozenset()
