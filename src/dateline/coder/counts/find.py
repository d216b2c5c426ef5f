"""How many were killed, injured, arrested, took part, are missing or fled: numbers with the words they stand in.

A number counts people of a kind only where the syntax says so ("killing three", "12 were injured", "a crowd of 200"),
or where the number and the word stand side by side ("two dead, five wounded"), which parsers often get wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.coder.counts.nouns import describes, of_noun, of_state
from dateline.coder.counts.parts import parts_of, without_parts
from dateline.coder.counts.phrases import HOUSEHOLDS, INDEFINITE, NOT_PEOPLE, STATES, FoundCount, Phrases, is_person
from dateline.coder.counts.signs import FATALLY, NEXT_WORDS, is_fatal, tells_death
from dateline.coder.counts.verbs import OBJECT_VERBS, SUBJECT_VERBS, of_verb
from dateline.coder.triggers.governors import attempted
from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import names_agent
from dateline.lang.en.grammar.light_verbs import light_governor
from dateline.lang.en.numbers import SHORT_SCALES, Number, find_numbers
from dateline.lang.lexicon import words
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.lang.links import Link

ALIVE = words("harm.alive")
LIST_MARKS = words("counts.list_marks")
MEASURED_AFTER = words("counts.measured_after")
MEASURED_BEFORE = words("counts.measured_before")
MONTHS = words("counts.months")
NEVER_VERBS = words("counts.never_verbs")
NONE_OF = words("counts.none_of")
PARENTS = words("counts.parents")
WEEKDAYS = words("counts.weekdays")
TELLING_DEATH = words("harm.telling_death")
NEXT = 1
"""Words after a number where a word of outcome counts it before all else ("five dead and more than 20 injured")."""
NEAR = 4
"""Words between a number and the word that says what it counts, where the parse does not tell."""
STAYS: frozenset[Link] = frozenset({"adjective complement", "object predicate"})
"""How a participle hangs that says in which state people are, not what somebody did."""


def find_counts(
    sentence: Span, protests: frozenset[int] = frozenset(), *, deaths: bool = True
) -> tuple[FoundCount, ...]:
    """The numbers of people that the sentence tells, in order; a number is told once.

    ``start`` and ``end`` are offsets into the report's text; ``protests`` are the indices of the words that name a
    coded protest, whose actors are its participants. ``deaths`` tells whether the report speaks of death anywhere.
    """
    tokens = list(sentence)
    numbers = [n for n in find_numbers([t.lower_ for t in tokens]) if not _measures(tokens, n)]
    parts = parts_of(tokens, numbers)
    phrases = Phrases(tokens, numbers, sentence.start, frozenset(parts))
    survived = _survived(tokens, deaths=deaths)
    found: dict[tuple[int, CountKind], FoundCount] = {}
    beside = list(_beside(phrases, NEXT))
    for count in beside:
        found[count.start, count.kind] = count
    for token in tokens:
        for count in _counts(token, phrases, protests, survived=survived):
            if not any(_overlap(count, other) for other in beside):
                found.setdefault((count.start, count.kind), count)
    for count in _beside(phrases, NEAR):
        if not any(_overlap(count, other) for other in found.values()):
            found[count.start, count.kind] = count
    for count in _aged_after(tokens, phrases):
        if not any(_overlap(count, other) for other in found.values()):
            found[count.start, count.kind] = count
    told = without_parts(found.values(), tokens, parts)
    died = {c.start for c in told if c.kind == "killed"}  # "was wounded and died" is told once
    kept = [c for c in told if c.kind != "injured" or c.start not in died or c.best == 0]
    return tuple(sorted(kept, key=lambda c: (c.start, c.end, c.kind)))


def _overlap(one: FoundCount, other: FoundCount) -> bool:
    return one.start < other.end and other.start < one.end


def _survived(tokens: Sequence[Token], *, deaths: bool) -> bool:
    """Whether the words of the sentence and after it tell of wounds and of no death."""
    after = tokens[-1].doc[tokens[-1].i + 1 : tokens[-1].i + 1 + NEXT_WORDS] if tokens else ()
    near = {t.lower_ for t in (*tokens, *after)}
    return not deaths or (bool(near & ALIVE) and not any(tells_death(t, TELLING_DEATH) for t in (*tokens, *after)))


def _counts(token: Token, phrases: Phrases, protests: frozenset[int], *, survived: bool) -> Iterator[FoundCount]:
    acts = token.pos_ in {"VERB", "ADJ"} and not attempted(token)
    counts = (acts or token.i in protests) and _counts_by_itself(token.lemma_.lower())
    described = acts and describes(token)
    if acts and not described and (token.pos_ == "VERB" or counts):
        yield from of_verb(token, phrases, survived=survived)
    if token.i in protests and not counts:
        verb = token if token.pos_ == "VERB" else light_governor(token)
        yield from phrases.people(clause_of(verb).subjects, "participants", token) if verb is not None else ()
    if acts and token.lower_ in STATES and (not counts or described or clause_of(token).link in STAYS):
        yield from of_state(token, phrases)
    if token.pos_ in {"NOUN", "PROPN"}:
        yield from of_noun(token, phrases, survived=survived)


def _counts_by_itself(lemma: str) -> bool:
    return lemma in OBJECT_VERBS or lemma in SUBJECT_VERBS


def _measures(tokens: list[Token], number: Number) -> bool:
    """Whether the number is an age, a date, a sum, an hour or a share, and no number of people."""
    last = tokens[number.end - 1]
    before = tokens[number.start - 1] if number.start else None
    after = tokens[number.end] if number.end < len(tokens) else None
    if before is not None and (before.text in MEASURED_BEFORE or before.lower_ in MEASURED_BEFORE):
        return True
    if number.start == 0 and after is not None and after.text in LIST_MARKS and number.end < len(tokens) - 1:
        return True
    parent = tokens[number.start - 2] if number.start >= 2 else None
    if before is not None and parent is not None and before.lower_ == "of" and parent.lemma_.lower() in PARENTS:
        return True
    if after is not None and (after.lower_ in MEASURED_AFTER or _is_thing(after)):
        return True
    of_noun = clause_of(last.head).hung("number", "compound", "adjective", "quantifier")
    if last.lower_ in SHORT_SCALES and last not in of_noun:  # "fell 20 m"
        return True
    if last.ent_type_ in {"MONEY", "PERCENT", "QUANTITY", "ORDINAL"} and last.text.isdigit():
        return True
    if after is not None and after.lower_ in MONTHS and after.is_title and last.text.isdigit():
        return True
    if last.ent_type_ in {"DATE", "TIME"} and last.text.isdigit() and not _follows_day(before, after):
        longer = any(t is not None and t.ent_type_ == last.ent_type_ for t in (before, after))
        if longer or (len(last.text) == 4 and last.text[:2] in {"18", "19", "20"}):
            return True
    # "James Smith, 34, was killed", "Boy, 9, dies"
    return (
        before is not None
        and after is not None
        and before.text == ","
        and after.text in {",", "."}
        and last.text.isdigit()
        and number.start >= 2
        and (tokens[number.start - 2].is_title or is_person(tokens[number.start - 2]))
    )


def _follows_day(before: Token | None, after: Token | None) -> bool:
    """Whether a number is of those who are told of after a day: "Wednesday 22 fighters were", "5 July 2015 22 dead"."""
    if before is not None and before.lower_ in MONTHS:
        return False
    if after is not None and after.lower_ in STATES:
        return True
    return before is not None and before.lower_ in WEEKDAYS and after is not None and after.text.isalpha()


def _is_thing(word: Token) -> bool:
    """Whether what a number counts is no person; in "two bus drivers" it is."""
    return word.lemma_.lower() in NOT_PEOPLE and clause_of(word).link != "compound"


def _beside(phrases: Phrases, reach: int) -> Iterator[FoundCount]:
    """Numbers beside a word of outcome, whatever the parse says: "two dead, five wounded", "injuring 13 others".

    ``reach`` is how many words after the number the word of outcome may stand.
    """
    for number in phrases.numbers:
        if number.low is number.best is number.high is None:
            continue
        if number.end + phrases.offset in phrases.starts:  # "photo 12 of 12 3 killed"
            continue
        if any(t.lower_ in NONE_OF for t in phrases.tokens[max(0, number.start - 4) : number.start]):
            continue
        after = phrases.tokens[number.end : number.end + reach]
        state = _state_after(phrases, number, after)
        if state is not None:
            fatal = is_fatal(state) or phrases.tokens[0].doc[state.i - 1].lower_ in FATALLY
            yield phrases.found(number, None, "killed" if fatal else STATES[state.lower_], state)
        elif reach > NEXT and not any(t.lower_ in STATES for t in after[:2]):
            verb = _verb_before(phrases, number)
            if verb is not None:
                yield phrases.found(number, None, OBJECT_VERBS[verb.lemma_.lower()], verb)


def _aged_after(tokens: Sequence[Token], phrases: Phrases) -> Iterator[FoundCount]:
    """As in "killed an 11-year-old last Friday", where the parser gives the age to the day."""
    for n, verb in enumerate(tokens[:-5]):
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in OBJECT_VERBS or clause_of(verb).passive:
            continue
        if attempted(verb):
            continue
        following = [t.lower_ for t in tokens[n + 1 : n + 7]]
        if following[0] not in INDEFINITE or "old" not in following or "year" not in following:
            continue
        at = n + 1 + following.index("old")
        old = clause_of(tokens[at])
        if old.link == "adjective" and old.governor is not None and old.governor.ent_type_ == "DATE":
            kind = OBJECT_VERBS[verb.lemma_.lower()]
            yield phrases.found(Number(n + 1, at + 1, 1, 1, 1), tokens[at], kind, verb)


def _state_after(phrases: Phrases, number: Number, after: Sequence[Token]) -> Token | None:
    for step, token in enumerate(after):
        if token.lower_ in STATES and (token.tag_ != "VBD" or step <= 2):
            if describes(token):
                return None
            state = any(t.lemma_ == "be" for t in after[:step]) or token.lower_ in NEVER_VERBS
            followed = phrases.tokens[number.end + step + 1 : number.end + step + 2]
            acts = bool(followed) and followed[0].pos_ in {"DET", "NUM", "PROPN", "NOUN"}
            return token if state or not acts else None
        if token.is_punct or token.pos_ in {"VERB", "ADP", "SCONJ"} or _is_thing(token):
            return None
        if token.lemma_.lower() in HOUSEHOLDS:
            return None
    return None


def _verb_before(phrases: Phrases, number: Number) -> Token | None:
    """The verb whose object the number is, at most one word before it; "killed in six shootings" has none."""
    follows = phrases.tokens[number.end : number.end + 1]
    if follows and _is_thing(follows[0]):
        return None
    for token in reversed(phrases.tokens[max(0, number.start - 2) : number.start]):
        if token.pos_ == "ADP":
            return None
        if token.pos_ == "VERB" and token.lemma_.lower() in OBJECT_VERBS and not clause_of(token).passive:
            things = bool(follows) and follows[0].pos_ in {"NOUN", "PROPN"} and not names_agent(follows[0])
            return None if things or attempted(token) else token
    return None
