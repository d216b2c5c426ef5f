"""Events of the background: long past, dated years before the report, or before another event of the past."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.coder.triggers.governors import BACKGROUND_NOUNS, ONLY_MEMORY, because
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.accusation import deed_before, matter_of
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.lexicon import Made, Words, words
from dateline.model import Because
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.coder.syntax.model import Parse

ADDING_UP_FROM = words("counts.adding_up_from")
COUNTED = words("modality.counted")
COUNTED_SINCE = words("modality.counted_since")
LONG_TIMES = words("modality.long_times")
LONG_TIMES_SINCE = words("modality.long_times_since")
COUNTED_FROM = words("modality.counted_from")
COUNTED_FROM_EVENT = words("modality.counted_from_event")
LONG_SPANS = words("modality.long_spans")
LONG_AGO = words("modality.long_ago")
YEAR_OPENINGS = words("modality.year_openings")
DATE_OPENINGS = words("modality.date_openings")
THE_ONE_BEFORE = words("modality.the_one_before")
TOLD_TIMES = words("modality.told_times")
TOLD_BEFORE = words("modality.told_before")
NEAR_TIMES = words("modality.near_times")
OPENS_CLAUSE = words("modality.opens_clause")
REFERRING = words("modality.referring")
REMEMBERING = words("modality.remembering")
DATE_LINKS = frozenset(
    {"preposition object", "noun as adverb", "number", "compound", "noun modifier", "apposition", "adjective"}
)
OTHER_CLAUSES = frozenset(
    {"content clause", "adverbial clause", "relative clause", "noun clause", "conjunct", "beside", "preposition clause"}
)
MOST_CLIMBED = 5
NAMES = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"})
YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
LATEST_YEAR = 2100
MAX_WORDS = 200

DESCRIBED = rule("historical.described-by-past", "background: it only describes someone by what happened before")
YEARS_BEFORE = rule("historical.years-before", "background: years before what the sentence tells")
LONG_PAST = rule("historical.long-past", "background: told as long past")
DATED_BEFORE = rule("historical.dated-long-before", "background: dated long before the report")


def _one_of(these: Words) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(these, key=lambda w: (-len(w), w))) + ")"


def _pattern(pattern: str, **lists: Words) -> Made[re.Pattern[str]]:
    """A pattern with lists in place of their names, in any case."""
    return Made(lambda: re.compile(pattern.format(**{n: _one_of(these) for n, these in lists.items()}), re.IGNORECASE))


OLD_PHRASE = _pattern(
    r"\b(?:(?:{counted}|\d{{1,3}}) {times} {ago}|{long_ago}|{opening} (?:19|20)\d\d)\b",
    counted=COUNTED,
    times=LONG_TIMES,
    ago=COUNTED_FROM,
    long_ago=LONG_AGO,
    opening=YEAR_OPENINGS,
)
BEFORE_THEN = _pattern(
    r"\b(?:{previous} {times}|{told} {times} {before})\b(?! {clause}\b)",
    previous=THE_ONE_BEFORE,
    told=TOLD_TIMES,
    times=NEAR_TIMES,
    before=TOLD_BEFORE,
    clause=OPENS_CLAUSE,
)
"""A time counted from another one that was told before ("in the week before")."""
YEARS_SINCE = _pattern(
    r"(?:(?:(?:{counted}|\d{{1,3}}) )?{times}|{spans}) {after}$",
    counted=COUNTED_SINCE,
    times=LONG_TIMES_SINCE,
    spans=LONG_SPANS,
    after=COUNTED_FROM_EVENT,
)
"""What stands before an event that is years away from the one that the sentence tells ("five years after the")."""


def before_then(trigger: Token) -> str | None:
    """The words that put the event before another past one ("had been killed in the week before"), or None."""
    if not clause_of(light_governor(trigger) or trigger).before_past:
        return None
    found = BEFORE_THEN().search(_text(_clause(trigger)))
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


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(t.text for t in tokens)


def _clause(trigger: Token) -> list[Token]:
    """The words of the trigger's own clause: below it and beside it under its verb, not inside other clauses."""
    top = light_governor(trigger) or trigger
    if top.pos_ in {"NOUN", "PROPN"} and top.head.pos_ in {"VERB", "AUX"}:
        top = top.head
    queue = [top]
    found: list[Token] = []
    while queue and len(found) < MAX_WORDS:
        token = queue.pop()
        found.append(token)
        queue += [c for c in token.children if c.dep_ not in OTHER_CLAUSES and not _of_another_time(c, trigger)]
    return sorted(found, key=lambda t: t.i)


def _of_another_time(preposition: Token, trigger: Token) -> bool:
    """As in "since last year's march": its noun's time is not that of an event elsewhere in the clause.

    Nor is that of the deed for which somebody is judged ("convicted of the murder of a clerk in 2019"), nor the time
    from which something is the worst ("the deadliest attack since 2020").
    """
    if preposition.dep_ == "apposition":
        return _is_superlative(preposition)
    if preposition.dep_ != "preposition":
        return False
    if preposition.lower_ in ADDING_UP_FROM and _is_superlative(preposition.head):
        return True
    if matter_of(preposition) is not None or deed_before(preposition) not in {None, trigger}:
        return True
    if preposition.lower_ not in REFERRING:
        return False
    nouns = clause_of(preposition).hung("preposition object")
    return any(n != trigger and n.ent_type_ not in {"DATE", "TIME"} for n in nouns)


def _is_superlative(noun: Token) -> bool:
    return any(word.tag_ == "JJS" for word in noun.children)


def historical(trigger: Token, sentence: Span, year: int | None) -> Because | None:
    """Why the event is background, by its own clause and the ``year`` that background is told apart from, or None."""
    remembered = commemorated(trigger)
    if remembered is not None:
        return remembered
    link = clause_of(trigger).link
    if link == "adjective" and trigger.tag_ in {"VBN", "VBD", "JJ"}:
        return DESCRIBED.because()
    before = (trigger.head,) if link == "preposition object" else ()
    for word in (*before, *_opening(trigger)):
        distance = YEARS_SINCE().search(_text(trigger.doc[max(0, word.i - 3) : word.i + 1]))
        if distance:
            return YEARS_BEFORE.because(distance.group())
    words = _clause(trigger)
    old = OLD_PHRASE().search(_text(words))
    if old:
        phrase = old.group().lower()
        source = LONG_AGO.source(phrase) if phrase in LONG_AGO else ""
        return LONG_PAST.because(old.group(), source=source)
    if year is None:
        return None
    dated = [t for t in words if t.dep_ in DATE_LINKS and not _part_of_name(t)]
    if sentence[0].lower_ in DATE_OPENINGS:
        dated += [t for t in sentence[1:6] if t.ent_type_ == "DATE"]
    for word in dated:
        if YEAR.fullmatch(word.text) and int(word.text) <= year - 2:
            return DATED_BEFORE.because(word.text)
    return None


def _opening(trigger: Token) -> tuple[Token, ...]:
    """What opens the clause of the trigger, or that of the act that it came of ("after he fired, killing two")."""
    verb = light_governor(trigger) or trigger
    for _ in range(MOST_CLIMBED):
        clause, above = clause_of(verb), clause_of(verb.head)
        same = above.hung(
            "conjunct", "adverbial clause", "object", "preposition object", "preposition", "passive subject"
        )
        if clause.hung("clause marker") or clause.has_own_subject or verb not in same:
            return clause.hung("clause marker")
        verb = verb.head
    return ()


def commemorated(noun: Token) -> Because | None:
    """Background where only its memory is told ("the massacre was remembered at a service")."""
    lemma = noun.head.lemma_.lower()
    if lemma not in REMEMBERING or clause_of(noun).link not in {"object", "passive subject"}:
        return None
    return because(ONLY_MEMORY, noun.head, source=REMEMBERING.source(lemma))


def only_remembered(noun: Token) -> Because | None:
    """Background where the word, or the noun whose "of" brings it in, tells of its memory ("anniversary of the")."""
    found = commemorated(noun)
    above = noun.head.head if clause_of(noun).link == "preposition object" else None
    if found is not None or above is None or above.lemma_.lower() not in BACKGROUND_NOUNS:
        return found
    return because(ONLY_MEMORY, above, source=BACKGROUND_NOUNS.source(above.lemma_.lower()))


def _part_of_name(word: Token) -> bool:
    # the month of "1 May 1977" is no name that the year belongs to
    return word.ent_type_ in NAMES or (word.head.pos_ == "PROPN" and word.ent_type_ != "DATE")
