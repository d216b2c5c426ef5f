"""What is comparable of a marked event word: its lemma, what stands around it, and how the encoder sees it.

The words may be marked by any coder. Names and nationalities are only ever compared with one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dateline.coder.encoder.network import WIDTH, Encoder
from dateline.coder.encoder.pieces import WINDOW, Pieces
from dateline.coder.syntax.model import Parse
from dateline.coder.triggers.match import TriggerIndex
from dateline.lang.en.forms import word_forms
from dateline.lang.en.grammar.tense import clause_tense
from dateline.link.pairs.words import folded, words_in

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    Floats = NDArray[np.float32]

LIGHT = frozenset(
    "be have do make take get give go come hold carry put bring keep let seem become undergo cause".split()
)
"""Heads that tell nothing of what happened where the mention has another word: "took a decision"."""
PERSONAL = frozenset("he she him her his hers".split())
SUBJECTS = frozenset({"subject", "clause as subject"})
OBJECTS = frozenset({"object", "passive subject", "indirect object", "attribute", "object predicate"})
BEFORE_NOUNS = frozenset({"possessor", "compound", "adjective", "noun modifier"})
SHARING = frozenset({"conjunct", "open clause", "adverbial clause"})
"""Clauses without a subject of their own, which have that of the clause above."""
PLACES = frozenset({"GPE", "LOC", "FAC"})
TIMES = frozenset({"DATE", "TIME"})
NUMBERS = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT", "ORDINAL"})
OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
MOST_CHILDREN = 40
MOST_WORDS = 200
"""Words of a sentence that are compared: a hostile one may have thousands."""
MOST_MARKED = 30
"""Words of a marked span that are read."""
PERSON_WITHIN = 120
"""Words before a pronoun among which the person is looked for whom it stands for."""

_ADDRESS = re.compile(r"(?m)^[ \t]*(?:https? ?: ?/|www ?\.).*$")
_NAME = re.compile(r"\b(?:[A-Z]\w+|\d+)")


@dataclass(frozen=True, slots=True, eq=False)
class EventWord:
    """A marked event word or phrase, ready to be compared. All words are folded; vectors are [384], of length 1.

    ``lemma`` is that of its head, ``words`` those of all its words, ``noun`` whether the head is one, ``types`` the
    codebook's types that the head may be a trigger of. ``subjects``, ``objects`` and ``others`` hold the words of the
    phrases that hang on it; ``names``, ``places``, ``days`` and ``numbers`` those of its sentence, ``near`` all its
    sentence's words of open classes. ``vector`` is the word in its context, ``alone`` its lemma without any,
    ``around`` its sentence.
    """

    report: str
    start: int
    end: int
    sentence: int
    lemma: str
    words: frozenset[str]
    noun: bool
    types: frozenset[str]
    tense: str | None
    negated: bool
    subjects: frozenset[str]
    objects: frozenset[str]
    others: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    days: frozenset[str]
    numbers: frozenset[str]
    near: frozenset[str]
    vector: Floats
    alone: Floats
    around: Floats


@dataclass(frozen=True, slots=True)
class ReportWords:
    """A report's words with how often each stands there, and those written as names or numbers."""

    id: str
    counts: dict[str, int]
    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class MarkedReport:
    """A report's words and the event words that were marked in it, sorted by place."""

    words: ReportWords
    events: tuple[EventWord, ...]


def report_words(id: str, text: str) -> ReportWords:
    """The words of a report; lines that are web addresses are left out."""
    plain = _ADDRESS.sub(" ", text)
    counts: dict[str, int] = {}
    for word in words_in(plain):
        counts[word] = counts.get(word, 0) + 1
    return ReportWords(id, counts, frozenset(words_in(" ".join(_NAME.findall(plain)))))


@dataclass(frozen=True, eq=False)
class MarkReader:
    """Reads reports with event words marked in them. One thread at a time: it keeps what it knows of lemmas."""

    encoder: Encoder
    triggers: TriggerIndex
    _alone: dict[str, Floats] = field(default_factory=dict)

    def read(self, parse: Parse, marked: Iterable[tuple[int, int]]) -> MarkedReport:
        """The spans ``[start, end)`` of a report as event words. A span without any word of the text is left out."""
        report, doc = parse.report, parse.doc
        pieces = self.encoder.pieces(report)
        vectors = self.encoder.vectors(pieces)
        number = {sentence.start: n for n, sentence in enumerate(doc.sents)}
        events = []
        for start, end in sorted(set(marked)):
            span = doc.char_span(start, end, alignment_mode="expand") if start < end else None
            if span is None:
                continue
            head = head_of(span)
            sentence = head.sent
            lemma = folded(head.lemma_)
            subjects, objects, others = _participants(head, span)
            events.append(
                EventWord(
                    report.id,
                    start,
                    end,
                    number[sentence.start],
                    lemma,
                    frozenset({lemma, *(word for token in span[:MOST_MARKED] for word in words_in(token.lemma_))}),
                    head.pos_ in {"NOUN", "PROPN"},
                    self._types(head),
                    clause_tense(head),
                    any(child.dep_ == "negation" for child in head.children),
                    frozenset(subjects),
                    frozenset(objects),
                    frozenset(others),
                    **_sentence_words(sentence, span),
                    vector=_mean(pieces, vectors, head.idx, head.idx + len(head)),
                    alone=self._lemma(lemma),
                    around=_mean(pieces, vectors, sentence.start_char, sentence.end_char),
                )
            )
        return MarkedReport(report_words(report.id, report.text), tuple(events))

    def _types(self, head: Token) -> frozenset[str]:
        entries = (entry for form in word_forms(head) for entry in self.triggers.by_word.get(form, ()))
        return frozenset(entry.type.name for entry in entries if len(entry.words) == 1)

    def _lemma(self, lemma: str) -> Floats:
        if lemma not in self._alone:
            ids = self.encoder.tokenizer.encode(lemma, add_special_tokens=False).ids[: WINDOW - 2]
            vectors = self.encoder.vectors(Pieces(ids, [0] * len(ids), [0] * len(ids)))
            self._alone[lemma] = _unit(vectors)
        return self._alone[lemma]


def head_of(span: SpacySpan) -> Token:
    """The word of a span that says what happened: its root, or the first other word where the root is light."""
    root = span.root
    if root.lemma_.lower() in LIGHT:
        for token in span[:MOST_MARKED]:
            if token.pos_ in CONTENT and token.lemma_.lower() not in LIGHT:
                return token
    return root


def _mean(pieces: Pieces, vectors: Floats, start: int, end: int) -> Floats:
    """The mean vector of the pieces that begin in ``[start, end)``, or of the one before where none does."""
    within = pieces.within(start, end)
    return _unit(vectors[within.start : within.stop] if within else vectors[max(0, within.start - 1) : within.start])


def _unit(rows: Floats) -> Floats:
    """The mean of the rows with length 1; zeros where there is none."""
    if not len(rows):
        return np.zeros(WIDTH, np.float32)
    mean = rows.mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) + np.float32(1e-9)), np.float32)


def _sentence_words(sentence: SpacySpan, marked: SpacySpan) -> dict[str, frozenset[str]]:
    """The names, places, days and numbers of a sentence, and all its words of open classes; without the marked."""
    found: dict[str, set[str]] = {name: set() for name in ("names", "places", "days", "numbers", "near")}
    for token in sentence[:MOST_WORDS]:
        if marked.start <= token.i < marked.end:
            continue
        words = set(_words(token))
        found["near"] |= words
        kind = token.ent_type_
        if kind in TIMES:
            found["days"] |= words
        elif kind in NUMBERS:
            found["numbers"] |= words
        elif kind or token.pos_ == "PROPN":
            found["names"] |= words
            if kind in PLACES:
                found["places"] |= words
    return {name: frozenset(words) for name, words in found.items()}


def _participants(head: Token, marked: SpacySpan) -> tuple[set[str], set[str], set[str]]:
    """The words of the subjects, of the objects and of what else hangs on a word."""
    subjects: set[str] = set()
    objects: set[str] = set()
    others: set[str] = set()
    for child in _first(head.children):
        if marked.start <= child.i < marked.end and child.dep_ != "compound":
            continue
        if child.dep_ in SUBJECTS:
            subjects.update(_phrase(child))
        elif child.dep_ in OBJECTS:
            objects.update(_phrase(child))
        elif child.dep_ in {"preposition", "agent"}:
            by = child.dep_ == "agent" or child.lower_ == "by"
            where = subjects if by else objects if child.lower_ == "of" else others
            for noun in _first(child.children):
                if noun.dep_ == "preposition object":
                    where.update(_phrase(noun))
        elif child.dep_ in BEFORE_NOUNS:
            others.update(_phrase(child))
    above = head.head
    if not subjects and head.dep_ in SHARING:
        for child in _first(above.children):
            if child.dep_ in SUBJECTS:
                subjects.update(_phrase(child))
            elif child.dep_ == "passive subject":
                objects.update(_phrase(child))
    if head.dep_ in {"relative clause", "noun clause"}:
        (objects if head.tag_ == "VBN" and not subjects else others).update(_phrase(above))
    if head.dep_ in {"object", "passive subject"} and above.pos_ == "VERB":  # "made a bid": who made it
        for child in _first(above.children):
            if child.dep_ in SUBJECTS:
                subjects.update(_phrase(child))
    return subjects, objects, others


def _first(tokens: Iterable[Token]) -> Iterator[Token]:
    for n, token in enumerate(tokens):
        if n == MOST_CHILDREN:
            return
        yield token


def _phrase(noun: Token) -> Iterator[str]:
    """The words of a noun, of what stands right before it and of what is set beside it; of a pronoun for one person,
    those of the person named last.
    """
    if noun.lower_ in PERSONAL:
        yield from _person_before(noun)
    yield from _words(noun)
    for child in _first(noun.lefts):
        if child.dep_ in BEFORE_NOUNS or child.dep_ == "number":
            yield from _words(child)
    for child in _first(noun.rights):
        if child.dep_ in {"conjunct", "apposition"}:
            yield from _words(child)


def _person_before(pronoun: Token) -> Iterator[str]:
    """The words of the nearest name of a person before a pronoun."""
    found = False
    for n in range(pronoun.i - 1, max(-1, pronoun.i - PERSON_WITHIN), -1):
        token = pronoun.doc[n]
        if token.ent_type_ == "PERSON":
            found = True
            yield from _words(token)
        elif found:
            return


def _words(token: Token) -> Sequence[str]:
    return words_in(token.lemma_) if token.pos_ in OPEN else ()
