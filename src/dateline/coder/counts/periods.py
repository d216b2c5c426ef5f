"""Numbers that add up many events: "40 killed so far this year" is nobody's toll."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.coder.counts.phrases import FoundCount

PERIOD = re.compile(
    r"\b(?:so far (?:this|in)|(?<!earlier )(?<!later )(?<!early )(?<!late )this (?:year|decade|season)|year to date"
    r"|(?:in|over|during|within) the (?:past|last|previous) (?:\w+ ){0,3}?(?:months|years?|decades?)"
    r"|(?:in|over|during|within) the first (?:\w+ ){0,3}?(?:days|weeks|months) of (?:the year|\d{4})"
    r"|(?:per|each|every) (?:year|month|week|day)|annually)\b"
)
"""A protest that goes on for weeks is one event with one toll: spells of that length are no such period."""
STEPS = 8
"""How far the verb above a word is looked for."""


def over_a_period(found: FoundCount) -> bool:
    """Whether the clause of a number of more than one tells a stretch of time in which it added up."""
    if (found.best or found.low or found.high or 0) < 2:
        return False
    sentence = found.anchor.sent
    text = " ".join(t.lower_ for t in sentence)
    for match in PERIOD.finditer(text):
        last = sentence[text.count(" ", 0, match.end())]
        if _verb(last) == _verb(found.anchor):
            return True
    return False


def _verb(token: Token) -> Token:
    """The verb of the clause that a word stands in; the word itself where it is one."""
    for _ in range(STEPS):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            break
        token = token.head
    for _ in range(STEPS):  # "have been shot and killed": one clause
        if token.dep_ != "conjunct" or any(c.dep_ in {"subject", "passive subject"} for c in token.children):
            break
        token = token.head
    return token
