"""Sums of many events: numbers that added up over a time ("40 killed this year", "since the truce began")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from dateline.coder.counts.phrases import FoundCount
from dateline.lang.clause import clause_of
from dateline.lang.en.numbers import find_periods
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ADDING_UP_FROM = words("counts.adding_up_from")
BEGINNINGS = words("counts.beginnings")
BEGINNING = words("counts.beginning")
DAYS_AGO = words("counts.days_ago")
GOING_ON = words("counts.going_on")
YEAR = re.compile(r"(?:19|20)\d\d")
CLIMB = 8
"""How far the verb above a word is looked for."""


def over_a_period(found: FoundCount) -> bool:
    """Whether the clause of a number of more than one tells a time over which it added up ("40 killed this year")."""
    if (found.best or found.low or found.high or 0) < 2:
        return False
    verb = _verb_over(found.anchor)
    return any(_verb_over(end) == verb and _is_of(end, verb) for end in _periods(found.anchor.sent))


def _periods(sentence: Span) -> Iterator[Token]:
    """The last word of each phrase of such a time, and each "since" of a time long ago."""
    for end in find_periods([t.lower_ for t in sentence]):
        yield sentence[end]
    for token in sentence:
        if token.lower_ in ADDING_UP_FROM and _is_long_ago(token):
            yield token


def _is_long_ago(since: Token) -> bool:
    """Whether more than days have gone since: a month, a year, the beginning of a state; not "Monday" or an attack."""
    clause = clause_of(since)
    if clause.link == "preposition":
        told = [t for noun in clause.hung("preposition object") for t in noun.subtree]
        return not _is_of_days(told) and any(t.lower_ in BEGINNINGS or YEAR.fullmatch(t.text) for t in told)
    if clause.link != "clause marker" or since.head.lemma_.lower() not in BEGINNING or _is_of_days(since.head.subtree):
        return False
    # a protest that goes on for weeks is one event with one toll
    return not any(t.lemma_.lower() in GOING_ON for t in clause_of(since.head).hung("subject", "passive subject"))


def _is_of_days(told: Iterable[Token]) -> bool:
    return any(t.lower_ in DAYS_AGO for t in told)


def _is_of(period: Token, verb: Token) -> bool:
    """Whether the time is the verb's, and not that of a noun ("the worst attack this year")."""
    if clause_of(verb).perfect:
        return True
    above = takewhile(lambda t: t != verb, period.ancestors)
    return all(t.pos_ not in {"NOUN", "PROPN"} or clause_of(t).preposition is not None for t in above)


def _verb_over(token: Token) -> Token:
    """The verb of the clause that a word stands in; the word itself where it is one."""
    clause = clause_of(token)
    if clause.link == "clause marker":  # "have been killed since the truce began": the verb above "began"
        token = token.head.head
    for _ in range(CLIMB):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            break
        token = token.head
    for _ in range(CLIMB):  # "have been shot and killed": one clause
        clause = clause_of(token)
        if clause.link != "conjunct" or clause.has("subject", "passive subject"):
            break
        token = token.head
    return token
