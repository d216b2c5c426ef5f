"""Which words a date belongs to: the verb or noun it dates, and whether an event's word shares that date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.syntax.model import Parse
from dateline.lang.lexicon import words
from dateline.model import Date

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

REPORTING = words("placing.reporting")
AFTERMATH = words("placing.aftermath")
BOUND_BEFORE = words("placing.bound_before")
BOUND_AFTER = words("placing.bound_after")
DAYS = ("day", "time", "days")
_OTHER_CLAUSE = frozenset(
    {"relative clause", "noun clause", "content clause", "adverbial clause", "beside", "conjunct", "preposition clause"}
)
OTHER_TIME = words("placing.other_time")
_PROCEEDINGS = words("placing.proceedings")
_TOPIC = words("placing.topic")
_TERM = words("placing.term")
_STRETCHES = words("placing.stretches")
HAPPENING = words("placing.happening")
_CLOSE = 15
"""Tokens over which a date can follow its event closely."""


@dataclass(frozen=True, slots=True)
class PlacedDate:
    """A date with its place in the syntax."""

    date: Date
    root: Token
    first: int
    last: int
    """Where the date's words begin and end, as indices into the document."""
    governor: Token
    """The first word above the date that is not part of the phrase."""
    preposition: str
    premodifier: bool
    """Whether the date stands before the noun that it modifies, as in a name ("the 2018 law")."""


def placed_dates(parse: Parse, sentence: SpacySpan, dates: Sequence[Date]) -> Iterator[PlacedDate]:
    """The sentence's dates that are points in time, with the words that govern them."""
    doc = parse.doc
    first = bisect_left(dates, sentence.start_char, key=lambda d: d.start)
    for date in dates[first : bisect_left(dates, sentence.end_char, key=lambda d: d.start)]:
        if date.timex_type not in ("DATE", "TIME") or (date.timex_value or "").endswith("_REF"):
            continue
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        root = span.root
        preposition, token = "", root
        while token.head.i != token.i:
            token = token.head
            if token.dep_ == "preposition" or token.pos_ == "ADP" or token.dep_ == "clause marker":
                preposition = preposition or token.lower_
                continue
            if span.start <= token.i < span.end:
                continue
            if preposition == "of" and token.lemma_.lower() in _STRETCHES:
                preposition = ""  # "on the night of 5 January" is dated as "on 5 January" is
                continue
            break
        if token.dep_ in ("relative clause", "noun clause") and token.lemma_.lower() in HAPPENING:
            token = token.head
        token = _before_reporting(token, span)
        premodifier = (
            token.pos_ in ("NOUN", "PROPN", "ADJ")
            and root.i < token.i
            and not preposition
            and root.dep_ in ("compound", "noun modifier", "adjective", "number", "possessor", "noun as adverb")
        )
        yield PlacedDate(date, root, span.start, span.end - 1, token, preposition, premodifier)


def _before_reporting(governor: Token, date: SpacySpan) -> Token:
    """The verb before the date where the parser gave it to the one that reports: "was shot on Friday, police said"."""
    if governor.lemma_.lower() not in REPORTING or date.end > governor.i:
        return governor
    subject = next((c.i for c in governor.children if c.dep_ in ("subject", "passive subject")), governor.i)
    comma_then_speaker = date.end < len(date.doc) and date.doc[date.end].text == "," and subject > date.end
    bare_before_verb = date.end == governor.i and date.root.dep_ == "noun as adverb"
    if not (comma_then_speaker or bare_before_verb):
        return governor
    words = date.doc[date.sent.start : date.start]
    return next((t for t in reversed(words) if t.pos_ == "VERB" and t.i != governor.i), governor)


def may_date(parse: Parse, trigger: Token, placed: PlacedDate) -> bool:
    """Whether the date may belong to the event at all."""
    if parse.quotation_at(trigger) != parse.quotation_at(placed.root):
        return False
    governor = placed.governor
    if placed.preposition in _TERM and _dates_a_term(placed):
        return False
    if governor.i == trigger.i:
        return True
    return not placed.premodifier


def _dates_a_term(placed: PlacedDate) -> bool:
    """“minister until November 2019”, also where the words stand before the verb and the parser gave them to it."""
    governor = placed.governor
    if governor.pos_ in ("NOUN", "PROPN"):
        return True
    if placed.first >= governor.i or placed.first < 2:
        return False
    before = governor.doc[placed.first - 2]  # the word before the preposition
    return before.sent.start == governor.sent.start and before.pos_ in ("NOUN", "PROPN")


def is_own(trigger: Token, placed: PlacedDate) -> bool:
    """The date modifies the trigger, or the trigger's clause tells which day is meant ("the day when he spoke")."""
    if placed.governor.i == trigger.i:
        return True
    words = ("when",) if placed.governor.lemma_.lower() in REPORTING else ("when", "that", "as")
    return any(c.i == placed.last + 1 and c.lower_ in words for c in trigger.children)


def is_in_clause(trigger: Token, placed: PlacedDate) -> bool:
    """The date hangs on the verb of the trigger's clause, or on a noun below the trigger in that clause."""
    governor = placed.governor
    meanwhile = (
        governor.dep_ in ("noun clause", "relative clause")
        and governor.tag_ == "VBG"
        and placed.preposition not in OTHER_TIME
    )
    if governor.pos_ == "VERB" and meanwhile:
        governor = governor.head  # "fired on crowds who were protesting on Sunday"
    if governor.pos_ in ("VERB", "AUX"):
        if governor.lemma_.lower() in REPORTING:
            return False
        return any(verb.i == governor.i for verb in clause_verbs(trigger))
    if governor.pos_ not in ("NOUN", "PROPN", "NUM"):
        return False
    for above in governor.ancestors:
        if above.i == trigger.i:
            return True
        if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() not in REPORTING:
            return any(verb.i == above.i for verb in clause_verbs(trigger))
        if above.dep_ == "preposition" and above.lower_ in BOUND_BEFORE | BOUND_AFTER:
            return False
    return False


def clause_verbs(trigger: Token) -> Iterator[Token]:
    """The trigger where it is a verb, and the verbs that share its clause and so its date."""
    token = trigger
    if trigger.pos_ in ("VERB", "AUX"):
        yield trigger
    for _ in range(8):
        for child in token.children:
            # "marched and burned flags on Friday"; "opened fire, killing two on Friday"
            if child.pos_ == "VERB" and (
                (child.dep_ == "conjunct" and not _has_subject(child))
                or (
                    child.dep_ in ("adverbial clause", "open clause")
                    and child.tag_ == "VBG"
                    and not _has_subject(child)
                )
            ):
                yield child
        head = token.head
        if head.i == token.i:
            return
        if token.pos_ in ("VERB", "AUX"):
            shares = token.dep_ in ("open clause", "passive auxiliary", "auxiliary") or (
                token.dep_ in ("conjunct", "adverbial clause") and not _has_subject(token) and token.tag_ != "VBZ"
            )
            if not shares:
                return
        elif head.pos_ == "NOUN" and head.lemma_.lower() in _PROCEEDINGS:
            return  # "arrested on Wednesday in connection with the shooting"
        elif token.dep_ == "preposition" and token.lower_ in OTHER_TIME | _TOPIC:
            return  # "arrested on Friday after the attack": Friday is not the attack's
        token = head
        if token.pos_ in ("VERB", "AUX"):
            if token.lemma_.lower() in REPORTING or (trigger.pos_ == "NOUN" and token.lemma_.lower() in AFTERMATH):
                return
            yield token


def follows_closely(trigger: Token, placed: PlacedDate) -> bool:
    """“was taken to hospital after being shot in a park on Friday”, where the parser gave the date to another verb."""
    governor = placed.governor
    if governor.lemma_.lower() in REPORTING | AFTERMATH or placed.preposition in OTHER_TIME:
        return False
    if not trigger.i < placed.first <= trigger.i + _CLOSE or placed.date.precision not in DAYS:
        return False
    return not any(t.pos_ in ("VERB", "AUX", "PUNCT", "SCONJ") for t in trigger.doc[trigger.i + 1 : placed.first])


def _has_subject(verb: Token) -> bool:
    return any(
        child.dep_ in ("subject", "passive subject", "clause as subject", "expletive") for child in verb.children
    )


def is_loose(trigger: Token, placed: PlacedDate) -> bool:
    """A date that no clause has a claim to but the trigger's own, or one that the trigger is part of."""
    governor = placed.governor
    if governor.pos_ == "VERB" and governor.lemma_.lower() in REPORTING | AFTERMATH:
        return False
    if placed.date.precision not in DAYS:
        return False
    above = {governor.i, *(token.i for token in governor.ancestors)}
    shared = next((token for token in (trigger, *trigger.ancestors) if token.i in above), None)
    if shared is None:
        return False
    return not _leaves_clause(trigger, shared) and not _leaves_clause(governor, shared)


def _leaves_clause(token: Token, above: Token) -> bool:
    """Whether a clause of another time ends between the two words."""
    while token.i != above.i:
        if token.dep_ in _OTHER_CLAUSE and token.pos_ in ("VERB", "AUX"):
            return True
        if token.dep_ == "preposition" and token.lower_ in OTHER_TIME | _TOPIC:
            return True
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_.lower() in _PROCEEDINGS:
            return True
    return False
