"""Events of the background: long past, dated years before the report, or before another event of the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.coder.triggers.governors import Judged
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.lexicon import words
from dateline.model import Because

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.coder.syntax.model import Parse

OLD_PHRASE = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3}|several|many|some) (?:years|decades|"
    r"centuries) (?:ago|earlier|before|after)|decades? ago|a year ago|last year|last decade|centur(?:y|ies) ago|"
    r"years ago|back in (?:19|20)\d\d|during (?:the )?(?:world war|cold war|war of)|since (?:the )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
BEFORE_THEN = re.compile(
    r"\b(?:the (?:previous|preceding) (?:day|night|week|weekend|month|year)|"
    r"(?:the|that) (?:days?|nights?|weeks?|weekend|months?|year) (?:before|earlier))\b"
    r"(?! (?:the|a|an|he|she|they|it)\b)",
    re.IGNORECASE,
)
"""A time counted from another one that was told before ("in the week before")."""
YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
YEARS_SINCE = re.compile(
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|\d{1,3}|several|many|some|a|an) )?"
    r"(?:years?|decades?|centur(?:y|ies)) (?:after|since|on from|before)$",
    re.IGNORECASE,
)
"""What stands before an event that is years away from the one that the sentence tells ("five years after the")."""
REFERRING = words("modality.referring")
REMEMBERING = words("modality.remembering")
DATE_DEPS = frozenset(
    {"preposition object", "noun as adverb", "number", "compound", "noun modifier", "apposition", "adjective"}
)
LATEST_YEAR = 2100


def before_then(trigger: Token) -> str | None:
    """The words that put the event before another past one ("had been killed in the week before"), or None."""
    top = light_governor(trigger) or trigger
    if not any(c.dep_ == "auxiliary" and c.lower_ == "had" for c in top.children):
        return None
    found = BEFORE_THEN.search(" ".join(t.text for t in sorted(_clause(trigger), key=lambda t: t.i)))
    return found.group() if found else None


def year_of(parse: Parse) -> int | None:
    """The year that background is told apart from: that of publication, or else the latest that the report names."""
    published = (parse.report.published or "")[:4]
    if published.isdigit():
        # from spring on, last year's events are background too
        late = (parse.report.published or "")[5:7] >= "04"
        return int(published) + late
    named = [int(t.text) for t in parse.doc if len(t.text) == 4 and YEAR.fullmatch(t.text) and t.ent_type_ == "DATE"]
    return max((y for y in named if y <= LATEST_YEAR), default=None)


def _clause(trigger: Token) -> Iterator[Token]:
    """The words of the trigger's own clause: below it and beside it under its verb, not inside other clauses."""
    top = light_governor(trigger) or trigger
    if top.pos_ in {"NOUN", "PROPN"} and top.head.pos_ in {"VERB", "AUX"}:
        top = top.head
    queue = [top]
    seen = 0
    while queue and seen < 200:
        token = queue.pop()
        seen += 1
        yield token
        queue += [
            c
            for c in token.children
            if c.dep_ not in {"content clause", "adverbial clause", "relative clause", "conjunct", "beside"}
            and not _of_another_time(c, trigger)
        ]


def _of_another_time(preposition: Token, trigger: Token) -> bool:
    """As in "since last year's march": its noun's time is not that of an event elsewhere in the clause."""
    if preposition.dep_ != "preposition" or preposition.lower_ not in REFERRING:
        return False
    nouns = [c for c in preposition.children if c.dep_ == "preposition object" and c.ent_type_ not in {"DATE", "TIME"}]
    return any(n != trigger for n in nouns)


def historical(trigger: Token, sentence: Span, year: int | None) -> Judged | None:
    """Whether the event is background, by its own clause and the ``year`` that background is told apart from."""
    remembered = commemorated(trigger)
    if remembered is not None:
        return remembered
    if trigger.dep_ == "adjective" and trigger.tag_ in {"VBN", "VBD", "JJ"}:
        return "historical", Because("modality", "background: it only describes someone by what happened before")
    before = trigger.head if trigger.dep_ == "preposition object" else None
    if before is not None and before.lower_ in REFERRING:
        distance = YEARS_SINCE.search(" ".join(t.text for t in trigger.doc[max(0, before.i - 3) : before.i + 1]))
        if distance:
            return "historical", Because(
                "modality", "background: years before what the sentence tells", distance.group()
            )
    words = sorted(_clause(trigger), key=lambda t: t.i)
    old = OLD_PHRASE.search(" ".join(t.text for t in words))
    if old:
        return "historical", Because("modality", "background: told as long past", old.group())
    if year is None:
        return None
    dated = [t for t in words if t.dep_ in DATE_DEPS and not _part_of_name(t)]
    if sentence[0].lower_ in {"in", "since", "during", "on", "by", "between", "from"}:
        dated += [t for t in sentence[1:6] if t.ent_type_ == "DATE"]
    for word in dated:
        if YEAR.fullmatch(word.text) and int(word.text) <= year - 2:
            rule = "background: dated long before the report"
            return "historical", Because("modality", rule, word.text)
    return None


def commemorated(noun: Token) -> Judged | None:
    """Background where only its memory is told ("the massacre was remembered at a service")."""
    if noun.dep_ not in {"object", "passive subject"} or noun.head.lemma_.lower() not in REMEMBERING:
        return None
    return "historical", Because("modality", "background: only its memory is told", noun.head.text)


def _part_of_name(word: Token) -> bool:
    return word.ent_type_ in {"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"} or (
        # the month of "1 May 1977" is no name that the year belongs to
        word.head.pos_ == "PROPN" and word.ent_type_ != "DATE"
    )
