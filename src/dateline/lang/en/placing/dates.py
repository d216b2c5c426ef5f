"""Which word a date belongs to: the verb or noun that it dates, and whether an event's word shares that date.

What is said here of a word's "date" is grammar alone. Which of several dates an event has is weighed in
:mod:`dateline.coder.placing.when`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lang import governors
from dateline.lang.clause import clause_of
from dateline.lang.en.forms import word_forms
from dateline.lang.en.grammar.accusation import deed_before, judgement, matter_of, plan_before
from dateline.lang.lexicon import table, words
from dateline.model import Date

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

REPORTING = words("placing.reporting")
AFTERMATH = words("placing.aftermath")
TRYING = words("placing.trying")
BEFORE_DATE = words("placing.before_date")
AFTER_DATE = words("placing.after_date")
OTHER_TIME = words("placing.other_time")
DATING_ONLY = words("placing.dating_only")
UPON_THOSE_THERE = words("placing.upon_those_there")
COMING_TOGETHER = words("placing.coming_together")
COUNTED_FROM = table("placing.counted_from")
COUNTED_ON = words("placing.counted_on")
THEN_AND_THERE = words("placing.then_and_there")
DAYS = ("day", "time", "days")
"""The precisions of dates that tell a day."""
_ABOUT = words("placing.about")
_PURPOSES = words("modality.purpose_happens")
_PROCEEDINGS = words("placing.proceedings")
_TERM = words("placing.term")
_STRETCHES = words("placing.stretches")
_OTHER_CLAUSE = frozenset(
    {"relative clause", "noun clause", "content clause", "adverbial clause", "beside", "conjunct", "preposition clause"}
)
_BEFORE_ITS_NOUN = frozenset({"compound", "noun modifier", "adjective", "number", "possessor", "noun as adverb"})
_VERBS = ("VERB", "AUX")
_NAMES = ("NOUN", "PROPN")
_CLOSE = 15
"""Tokens over which a date can follow its event closely."""
_STEPS = 8
"""How many heads are climbed at most."""
_FROM = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:and|to|until|till|through)\s+(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttachedDate:
    """A date with the word that it hangs on.

    ``governor`` is the first word above it that is not part of its phrase, and ``preposition`` the word between them,
    in lower case ("" where there is none). ``first`` and ``last`` are the date's words, as indices into the document,
    and ``root`` their head.
    """

    date: Date
    root: Token
    first: int
    last: int
    governor: Token
    preposition: str
    premodifier: bool
    """Whether the date stands before the noun that it modifies, as in a name ("the 2018 law")."""


def attached_dates(sentence: SpacySpan, dates: Sequence[Date]) -> Iterator[AttachedDate]:
    """The sentence's dates that are points in time, with the words that they hang on. ``dates`` are in order."""
    first = bisect_left(dates, sentence.start_char, key=lambda d: d.start)
    for date in dates[first : bisect_left(dates, sentence.end_char, key=lambda d: d.start)]:
        if date.timex_type not in ("DATE", "TIME") or (date.timex_value or "").endswith("_REF"):
            continue
        span = sentence.doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is not None and len(span):
            yield _attached(date, span)


def _attached(date: Date, span: SpacySpan) -> AttachedDate:
    root = span.root
    governor, preposition = _above(span)
    if governor.dep_ in ("relative clause", "noun clause") and any(
        form in DATING_ONLY for form in word_forms(governor)
    ):
        governor = governor.head
    governor = _verb_before_reporting(governor, span)
    if date.precision in DAYS and not date.quote[-4:].isdigit():
        governor = _judging(governor) or governor
    else:
        governor = deed_before(span.doc[max(0, span.start - 1)]) or governor
    premodifier = (
        governor.pos_ in (*_NAMES, "ADJ") and root.i < governor.i and not preposition and root.dep_ in _BEFORE_ITS_NOUN
    )
    return AttachedDate(date, root, span.start, span.end - 1, governor, preposition, premodifier)


def _above(span: SpacySpan) -> tuple[Token, str]:
    """The first word above a date that is not part of its phrase, and the preposition between them."""
    preposition, token = "", span.root
    while token.head.i != token.i:
        token = token.head
        if token.dep_ in ("preposition", "clause marker") or token.pos_ == "ADP":
            preposition = preposition or token.lower_
        elif span.start <= token.i < span.end:
            continue
        elif preposition == "of" and token.lemma_.lower() in _STRETCHES:
            preposition = ""  # "on the night of 5 January" is dated as "on 5 January" is
        else:
            break
    return token, preposition


def _verb_before_reporting(governor: Token, date: SpacySpan) -> Token:
    """The verb before the date where the parser gave it to the one that reports: "was shot on Friday, police said"."""
    if governor.lemma_.lower() not in REPORTING or date.end > governor.i:
        return governor
    own = clause_of(governor).hung("subject", "passive subject")
    speaker = own[0].i if own else governor.i
    comma_then_speaker = date.end < len(date.doc) and date.doc[date.end].text == "," and speaker > date.end
    bare_before_verb = date.end == governor.i and date.root.dep_ == "noun as adverb"
    if not (comma_then_speaker or bare_before_verb):
        return governor
    before = date.doc[date.sent.start : date.start]
    return next((t for t in reversed(before) if t.pos_ == "VERB" and t.i != governor.i), governor)


def _judging(deed: Token) -> Token | None:
    """The verb that judges a deed, whose day is told behind the deed: "was convicted of killing a clerk on Monday"."""
    for token in (deed, *deed.ancestors):
        plan = plan_before(token)
        matter = plan.head if plan is not None else token  # "arrested him over a plot to rob a bank on Monday"
        word = matter_of(matter) if matter.dep_ == "preposition" else None
        if word is not None:
            tried = judgement(word) in ("pursued", "settled") or word.lemma_.lower() in TRYING
            return next((t for t in (word, *word.ancestors) if t.pos_ in _VERBS), None) if tried else None
        if token.dep_ in ("relative clause", "content clause", "adverbial clause"):
            return None
    return None


def may_date(trigger: Token, attached: AttachedDate) -> bool:
    """Whether the date may belong to the event at all: it is no term of an office, and no part of another name."""
    if attached.preposition in _TERM and _dates_a_term(attached):
        return False
    return attached.governor.i == trigger.i or not attached.premodifier


def _dates_a_term(attached: AttachedDate) -> bool:
    """“minister until November 2019”, also where the words stand before the verb and the parser gave them to it."""
    governor = attached.governor
    if attached.preposition == "of" and attached.date.precision in DAYS:
        return False  # "the clash of 14 December"
    if governor.pos_ in _NAMES:
        return True
    if attached.first >= governor.i or attached.first < 2:
        return False
    before = governor.doc[attached.first - 2]  # the word before the preposition
    return before.sent.start == governor.sent.start and before.pos_ in _NAMES


def is_of_word(trigger: Token, attached: AttachedDate) -> bool:
    """The date modifies the trigger, or the trigger's clause tells which day is meant ("the day when he spoke")."""
    governor = attached.governor
    if governor.i == trigger.i:
        return True
    opening = ("when",) if governor.lemma_.lower() in REPORTING else ("when", "that", "as")
    return any(c.i == attached.last + 1 and c.lower_ in opening for c in trigger.children)


def is_of_clause(trigger: Token, attached: AttachedDate) -> bool:
    """The date hangs on the verb of the trigger's clause, or on a noun below the trigger in that clause."""
    governor = attached.governor
    of_noun = governor.pos_ == "VERB" and (_goes_on_meanwhile(governor) or _tells_of_those_there(governor))
    if of_noun and attached.preposition not in OTHER_TIME:
        governor = governor.head
    if governor.pos_ in _VERBS:
        return governor.lemma_.lower() not in REPORTING and _shares_date(trigger, governor)
    if governor.pos_ not in (*_NAMES, "NUM"):
        return False
    for above in governor.ancestors:
        if above.i == trigger.i:
            return True
        if above.pos_ in _VERBS and above.lemma_.lower() not in REPORTING:
            return _shares_date(trigger, above)
        if above.dep_ == "preposition" and (above.lower_ in BEFORE_DATE or above.lower_ in AFTER_DATE):
            return False
        if above.head.i == trigger.i and above.dep_ == "preposition" and deed_before(above.doc[attached.first - 1]):
            return False  # the year of "jailed for thefts in 1994" is that of the thefts
    return False


def _goes_on_meanwhile(verb: Token) -> bool:
    """“fired on crowds who were protesting on Sunday”: the clause tells what the noun did at that time."""
    return verb.tag_ == "VBG" and verb.dep_ in ("noun clause", "relative clause")


def _tells_of_those_there(verb: Token) -> bool:
    """“fired at students who marched on Tuesday”: a clause about those to whom something is done where they are."""
    clause = clause_of(verb)
    if clause.link != "relative clause" or clause.tense != "past" or clause.before_past:
        return False
    above = next((t for t in verb.head.ancestors if t.pos_ in _VERBS), None)
    return above is not None and above.lemma_.lower() in UPON_THOSE_THERE and clause_of(above).tense == "past"


def _shares_date(trigger: Token, verb: Token) -> bool:
    return any(one.i == verb.i for one in verbs_sharing_date(trigger))


def verbs_sharing_date(trigger: Token) -> Iterator[Token]:
    """The trigger where it is a verb, and the verbs that share its clause and so its date."""
    token = trigger
    if trigger.pos_ in _VERBS:
        yield trigger
    for _ in range(_STEPS):
        yield from (child for child in token.children if child.pos_ == "VERB" and _tells_on(child))
        yield from _without_auxiliary(token)
        head = token.head
        if head.i == token.i or _begins_other_time(token):
            return
        token = head
        if token.pos_ in _VERBS:
            lemma = token.lemma_.lower()
            if lemma in REPORTING or (trigger.pos_ == "NOUN" and lemma in AFTERMATH):
                return
            yield token


def _tells_on(verb: Token) -> bool:
    """“marched and burned flags on Friday”, “opened fire, killing two on Friday”: what the one above did as well.

    So is what it tried or was told to do ("tried to storm the hall on Friday"), and what people came for and did
    ("rallied to denounce a tax on Monday").
    """
    clause = clause_of(verb)
    if clause.infinitive and clause.link in ("open clause", "adverbial clause") and verb.lemma_.lower() in _PURPOSES:
        return True
    if clause.link == "open clause" and clause.infinitive:
        above = governors.governor(verb.head)
        return above is not None and above.says.day == "same"
    participle = clause.link in ("adverbial clause", "open clause") and verb.tag_ == "VBG"
    return (clause.link == "conjunct" or participle) and not clause.has_own_subject


def _without_auxiliary(verb: Token) -> Iterator[Token]:
    """The participles of “were killed, 20 wounded and a nurse abducted”, which share the verb's auxiliary and clause.

    So do those of "left four dead and 20 wounded". The parser hangs them on the verb, or their subjects on it and them
    on their subjects.
    """
    if not clause_of(verb).passive and not any(child.dep_ == "object predicate" for child in verb.children):
        return
    reached = [verb]
    for _ in range(_STEPS):
        hung = [c for one in reached for c in one.children if c.i > verb.i]
        beside = [c for c in hung if c.dep_ == "conjunct" and c.pos_ not in _VERBS]
        hung += [c for noun in beside for c in noun.children if c.dep_ == "noun clause" and c.i > noun.i]
        reached = [c for c in hung if _is_gapped(c)]
        if not reached:
            return
        yield from reached


def _is_gapped(participle: Token) -> bool:
    clause = clause_of(participle)
    listed = participle.tag_ == "VBN" and clause.link in ("conjunct", "noun clause")
    own = participle.tag_ in ("VBN", "JJ") and clause.link == "adverbial clause" and clause.has("subject")
    return (listed or own) and not clause.auxiliaries


def _begins_other_time(token: Token) -> bool:
    """Whether what stands above the token may be of another day."""
    if token.pos_ in _VERBS:
        clause = clause_of(token)
        if clause.link in ("open clause", "passive auxiliary", "auxiliary"):
            return False
        if clause.link == "content clause" and token.i < token.head.i and clause_of(token.head).passive:
            return False  # "nine were killed, six were wounded and two taken away": what is listed, not what is said
        if _at_the_time(token):
            return False
        joined = clause.link in ("conjunct", "adverbial clause")
        if token.lemma_.lower() in COMING_TOGETHER and _tells_of_those_there(token):
            return False
        return not joined or clause.has_own_subject or token.tag_ == "VBZ"
    if token.head.pos_ == "NOUN" and token.head.lemma_.lower() in _PROCEEDINGS:
        return True  # "arrested on Wednesday in connection with the shooting"
    # "arrested on Friday after the attack", "a year on from the attack": Friday is not the attack's
    since = token.lower_ in OTHER_TIME or (token.lower_ in COUNTED_FROM and token.head.lower_ in COUNTED_ON)
    return token.dep_ == "preposition" and (since or token.lower_ in _ABOUT)


def _at_the_time(verb: Token) -> bool:
    """“On Friday two died when a wall fell”: the clause tells what happened then and there, in the same tense."""
    clause = clause_of(verb)
    if clause.link != "adverbial clause" or verb.head.pos_ != "VERB" or clause.before_past:
        return False
    opened = any(c.lower_ in THEN_AND_THERE for c in clause.hung("adverb", "clause marker"))
    return opened and clause.tense == "past" and clause_of(verb.head).tense == "past"


def follows_closely(trigger: Token, attached: AttachedDate) -> bool:
    """“was taken to hospital after being shot in a park on Friday”, where the parser gave the date to another verb."""
    lemma = attached.governor.lemma_.lower()
    if lemma in REPORTING or lemma in AFTERMATH or attached.preposition in OTHER_TIME:
        return False
    if not trigger.i < attached.first <= trigger.i + _CLOSE or attached.date.precision not in DAYS:
        return False
    return not any(t.pos_ in (*_VERBS, "PUNCT", "SCONJ") for t in trigger.doc[trigger.i + 1 : attached.first])


def is_unclaimed(trigger: Token, attached: AttachedDate) -> bool:
    """A date that no clause has a claim to but the trigger's own, or one that the trigger is part of."""
    governor = attached.governor
    lemma = governor.lemma_.lower()
    if governor.pos_ == "VERB" and (lemma in REPORTING or lemma in AFTERMATH):
        return False
    if attached.date.precision not in DAYS:
        return False
    above = {governor.i, *(token.i for token in governor.ancestors)}
    shared = next((token for token in (trigger, *trigger.ancestors) if token.i in above), None)
    return shared is not None and not _leaves_clause(trigger, shared) and not _leaves_clause(governor, shared)


def _leaves_clause(token: Token, above: Token) -> bool:
    """Whether a clause of another time ends between the two words."""
    while token.i != above.i:
        if token.dep_ in _OTHER_CLAUSE and token.pos_ in _VERBS:
            return True
        if token.dep_ == "preposition" and (token.lower_ in OTHER_TIME or token.lower_ in _ABOUT):
            return True
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_.lower() in _PROCEEDINGS:
            return True
    return False


def first_of_joined(trigger: Token) -> Token | None:
    """The verb whose clause the trigger's is joined to, in the same tense: "fired on Sunday, and ten were killed"."""
    verb = next((v for v in verbs_sharing_date(trigger) if clause_of(v).link == "conjunct"), None)
    if verb is None:
        return None
    first = verb.head
    if first.pos_ != "VERB" or first.i > verb.i or first.lemma_.lower() in REPORTING:
        return None
    return first if clause_of(first).tense == clause_of(verb).tense else None


def counting_words(trigger: Token) -> Iterator[tuple[Token, Token]]:
    """Each "after" or "before" that opens a clause or phrase of the trigger, with the verb that the phrase hangs on.

    "Withdrew on Sunday, a day after a flood closed the road": of "closed", "after" with "withdrew".
    """
    for word in dict.fromkeys((trigger, *verbs_sharing_date(trigger))):
        opening = [
            c
            for c in word.children
            if c.lower_ in COUNTED_FROM and c.i < word.i and c.dep_ in ("clause marker", "preposition", "adverb")
        ]
        yield from ((child, verb) for child in opening for verb in _verb_above(word))
        if word.dep_ in ("preposition object", "preposition clause") and word.head.lower_ in COUNTED_FROM:
            yield from ((word.head, verb) for verb in _verb_above(word.head))


def _verb_above(word: Token) -> Iterator[Token]:
    verb = next((token for token in word.ancestors if token.pos_ == "VERB"), None)
    if verb is not None:
        yield verb


def is_interval(before: str, between: str) -> bool:
    """Whether the text before a date and between it and the next makes one stretch ("between 3 May and 7 June")."""
    return bool(_FROM.search(before) and _TO.fullmatch(between))


def is_both(between: str) -> bool:
    """Whether the text between two dates names the one and the other ("on Friday and on Saturday")."""
    return bool(_AND.fullmatch(between))
