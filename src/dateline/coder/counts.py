"""How many were killed, injured, arrested, took part, are missing or fled: numbers with the words they stand in.

A number counts people of a kind only where the syntax says so ("killing three", "12 were injured", "a crowd of 200"),
or where the number and the word stand side by side ("two dead, five wounded"), which parsers often get wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.agents import is_aged, names_agent, names_nobody, names_person
from dateline.coder.count_signs import by_missile, dies_of_it, tells_death, wounds
from dateline.coder.count_words import (
    ALIVE,
    ATTACK_NOUNS,
    CROWDS,
    DEADLY,
    FATAL,
    GROUP_NUMBERS,
    MISSILES,
    NEAR,
    NEXT_WORDS,
    NOT_PEOPLE,
    NOUN_KINDS,
    PARENTS,
    PHRASE_VERBS,
    SMALL_GROUP,
    STATE_WORDS,
    SUFFERING,
    TIMES,
    VERB_KINDS,
)
from dateline.coder.numbers import Number, find_numbers
from dateline.coder.roles_light import light_governor
from dateline.coder.roles_voice import coordinated, is_passive, objects, subjects
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A number of people in a sentence; ``anchor`` is the word that says what happened to them."""

    kind: CountKind
    low: int | None
    best: int | None
    high: int | None
    start: int
    end: int
    anchor: Token


def find_counts(
    sentence: Span, protests: frozenset[int] = frozenset(), *, deaths: bool = True
) -> tuple[FoundCount, ...]:
    """The numbers of people that the sentence tells, in order; a number is told once.

    ``start`` and ``end`` are offsets into the report's text; ``protests`` are the indices of the words that name a
    coded protest, whose actors are its participants. ``deaths`` tells whether the report speaks of death anywhere.
    """
    tokens = list(sentence)
    numbers = [n for n in find_numbers([t.lower_ for t in tokens]) if not _measures(tokens, n)]
    reader = _Reader(tokens, numbers, sentence.start, protests, deaths)
    found: dict[tuple[int, CountKind], FoundCount] = {}
    for token in tokens:
        for count in reader.counts(token):
            found.setdefault((count.start, count.kind), count)
    for count in reader.neighbours():
        if not any(c.start < count.end and count.start < c.end for c in found.values()):
            found[count.start, count.kind] = count
    return tuple(sorted(found.values(), key=lambda c: (c.start, c.end, c.kind)))


def _measures(tokens: list[Token], number: Number) -> bool:
    """Whether the number is an age, a date, a sum, an hour or a share, and no number of people."""
    last = tokens[number.end - 1]
    before = tokens[number.start - 1] if number.start else None
    after = tokens[number.end] if number.end < len(tokens) else None
    if before is not None and (
        before.text in {"$", "£", "€", "No", "No."} or before.lower_ in {"rs", "rs.", "aged", "age"}
    ):
        return True
    parent = tokens[number.start - 2] if number.start >= 2 else None
    if before is not None and parent is not None and before.lower_ == "of" and parent.lemma_.lower() in PARENTS:
        return True
    if after is not None:
        if after.text in {"%", "-", "/", ":", "°"} or after.lower_ in {
            "a.m.",
            "p.m.",
            "am",
            "pm",
            "percent",
            "years",
            "times",
        }:
            return True
        if after.lemma_.lower() in NOT_PEOPLE:
            return True
    if last.ent_type_ in {"MONEY", "PERCENT", "QUANTITY", "ORDINAL"} and last.text.isdigit():
        return True
    if last.ent_type_ in {"DATE", "TIME"} and last.text.isdigit():
        longer = any(t is not None and t.ent_type_ == last.ent_type_ for t in (before, after))
        if longer or (len(last.text) == 4 and last.text[:2] in {"18", "19", "20"}):
            return True
    # "James Smith, 34, was killed"
    return (
        before is not None
        and after is not None
        and before.text == ","
        and after.text in {",", "."}
        and last.text.isdigit()
        and number.start >= 2
        and tokens[number.start - 2].pos_ == "PROPN"
    )


class _Reader:
    def __init__(
        self, tokens: list[Token], numbers: list[Number], offset: int, protests: frozenset[int], deaths: bool
    ) -> None:
        self.tokens = tokens
        self.numbers = numbers
        self.offset = offset
        self.protests = protests
        after = tokens[-1].doc[tokens[-1].i + 1 : tokens[-1].i + 1 + NEXT_WORDS] if tokens else ()
        near = {t.lower_ for t in (*tokens, *after)}
        deadly = any(tells_death(t, DEADLY) for t in (*tokens, *after))
        self.survived = not deaths or (bool(near & ALIVE) and not deadly)
        self.by_end = {n.end - 1 + offset: n for n in numbers}

    def counts(self, token: Token) -> Iterator[FoundCount]:
        lemma, lower = token.lemma_.lower(), token.lower_
        if token.pos_ == "VERB" and lemma in {"strike", "hit", "graze"} and by_missile(token):
            yield from self._people(objects(token), "injured", token) if self.survived else ()
        elif token.pos_ in {"VERB", "ADJ"} and lemma in VERB_KINDS:
            kind, of_object = VERB_KINDS[lemma]
            yield from self._of_verb(token, kind, objects(token) if of_object else subjects(token))
        elif token.pos_ == "VERB" and (
            lemma in {"shoot", "beat", "stab", "hack", "burn", "find", "gun", "leave", "pronounce"}
        ):
            yield from self._of_outcome(token)
        elif token.pos_ == "VERB" and lemma in PHRASE_VERBS:
            yield from self._of_phrase(token)
        elif token.pos_ == "VERB" and lemma in SUFFERING and wounds(token) and not dies_of_it(token):
            yield from self._people(subjects(token), "injured", token)
        if token.i in self.protests and lemma not in VERB_KINDS:
            verb = token if token.pos_ == "VERB" else light_governor(token)
            yield from self._people(subjects(verb), "participants", token) if verb is not None else ()
        if lower in STATE_WORDS and token.pos_ in {"ADJ", "VERB"} and lemma not in VERB_KINDS:
            yield from self._of_state(token)
        if token.pos_ in {"NOUN", "PROPN"} and (
            lemma in NOUN_KINDS or lemma in CROWDS or lemma in ATTACK_NOUNS or lemma == "wound"
        ):
            yield from self._of_noun(token)

    def _of_verb(self, verb: Token, kind: CountKind, heads: tuple[Token, ...]) -> Iterator[FoundCount]:
        if kind == "participants" and verb.lemma_.lower() in {"strike", "join"} and not heads:
            return
        if kind == "injured" and any(c.lower_ in {"fatally", "mortally"} for c in verb.children):
            kind = "killed"
        yield from self._people(heads, kind, verb)

    def _of_outcome(self, verb: Token) -> Iterator[FoundCount]:
        """The outcome stands beside the verb: "shot dead", "stabbed to death", "found dead", "left two injured"."""
        lemma = verb.lemma_.lower()
        kind: CountKind | None = None
        for child in verb.children:
            if child.lower_ in STATE_WORDS and child.dep_ in {
                "oprd",
                "acomp",
                "advmod",
                "dobj",
                "amod",
                "xcomp",
                "ccomp",
            }:
                kind = STATE_WORDS[child.lower_]
            if child.dep_ == "prep" and child.lower_ == "to" and any(g.lower_ == "death" for g in child.children):
                kind = "killed"
            if lemma in {"shoot", "stab", "beat"} and child.lower_ == "fatally":
                one = self.by_end.get(child.i - 1)
                if one is not None:  # "shot three officers, one fatally"
                    yield self._found(one, None, "killed", verb)
                    return
                kind = "killed"
            if lemma == "gun" and child.lower_ == "down":
                kind = "killed"
            if lemma in {"leave", "find"} and child.dep_ in {"prep", "dobj"} and not dies_of_it(verb):
                # "left a man in critical condition": the condition may hang on the man
                where = [child] if child.dep_ == "prep" else [c for c in child.children if c.dep_ == "prep"]
                if any(g.lemma_.lower() == "condition" for c in where for g in c.children):
                    kind = "injured"
        following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
        if kind is None and lemma != "leave" and following == "dead":
            kind = "killed"
        if kind is None and lemma in {"shoot", "stab"} and self.survived and following != "at":
            kind = "injured"
        if kind is not None:
            yield from self._people(objects(verb), kind, verb)

    def _of_phrase(self, verb: Token) -> Iterator[FoundCount]:
        lemma = verb.lemma_.lower()
        words = {t.lower_ for t in verb.subtree if 0 < t.i - verb.i <= 6}
        if lemma == "take" and {"into", "custody"} <= words:
            yield from self._people(objects(verb), "arrested", verb)
        elif (lemma == "take" and ("part" in words or "streets" in words)) or (lemma == "turn" and "out" in words):
            yield from self._people(subjects(verb), "participants", verb)
        elif lemma in {"take", "rush", "bring", "carry", "transport", "fly", "airlift"} and "hospital" in words:
            if dies_of_it(verb):
                return
            yield from self._people(objects(verb), "injured", verb)
        elif lemma == "put" and any(t.lemma_.lower() == "toll" for t in objects(verb)):
            at = verb.i - self.offset
            told = [n for n in self.numbers if at < n.start <= at + 14 and self.tokens[n.start - 1].lower_ == "at"]
            if told:
                yield self._found(told[0], None, "killed", verb)
        elif lemma == "lose" and words & {"life", "lives"}:
            yield from self._people(subjects(verb), "killed", verb)
        elif lemma == "claim" and "lives" in words:
            yield from self._number_of([c for c in verb.children if c.dep_ == "dobj"], "killed", verb)
        elif lemma == "round" and "up" in words:
            yield from self._people(objects(verb), "arrested", verb)
        elif lemma in {"draw", "attract"} and any(t.lemma_.lower() in CROWDS for t in subjects(verb)):
            yield from self._people(objects(verb), "participants", verb)

    def _of_state(self, word: Token) -> Iterator[FoundCount]:
        kind = STATE_WORDS[word.lower_]
        head = word.head
        if word.dep_ == "amod" and word.i > head.i:
            # "left a man and a woman dead", "four people dead"
            while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
                head = head.head
            yield from self._people((head,), kind, word)
        elif word.dep_ == "amod":
            if self._number(head) is not None and names_agent(head):
                yield from self._people((head,), kind, word)
        elif word.dep_ in {"acomp", "oprd", "conj", "attr"}:
            verb = head
            while verb.dep_ == "conj" and verb.head != verb and verb.pos_ == "ADJ":
                verb = verb.head
            if verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in {"be", "go", "remain", "report", "feel", "get"}:
                who = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
                yield from self._people(tuple(who), kind, word)

    def _of_noun(self, noun: Token) -> Iterator[FoundCount]:
        lemma = noun.lemma_.lower()
        inner = [g for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "by"} for g in c.children]
        if lemma == "wound":
            yield from self._of_wound(noun)
            return
        if lemma in CROWDS:
            yield from self._people(tuple(g for g in inner if self._number(g)), "participants", noun)
            return
        qualities = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound"}}
        if lemma in {"murder", "homicide", "killing", "slaying"} and qualities & set(TIMES):
            word = next(c for c in noun.children if c.lower_ in TIMES)
            value = TIMES[word.lower_]
            at = word.i - self.offset
            yield self._found(Number(at, at + 1, value, value, value), noun, "killed", noun)
            return
        if lemma not in NOUN_KINDS:
            if qualities & FATAL or lemma in {"slaying", "homicide"}:
                yield from self._people(tuple(g for g in inner if g.dep_ == "pobj"), "killed", noun)
            return
        kind = NOUN_KINDS[lemma]
        if lemma == "toll":
            if not any(c.lower_ in {"death", "deaths", "fatality"} for c in noun.children):
                return
            verb = noun.head
            near = [
                *inner,
                *(g for c in verb.children if c.dep_ in {"prep", "dobj", "attr", "npadvmod"} for g in (c, *c.children)),
            ]
            yield from self._number_of([g for g in near if g.i > noun.i], kind, noun)
            return
        own = self._number(noun)
        if own is not None and self._counts_directly(own, noun):
            yield self._found(own, noun, kind, noun)
            return
        if lemma in {"death", "killing", "murder", "arrest", "detention"}:
            people = tuple(g for g in inner if g.dep_ == "pobj")
            yield from self._people(people, kind, noun)

    def _of_wound(self, noun: Token) -> Iterator[FoundCount]:
        """As in "found a man with a gunshot wound" and "arrived with stab wounds"."""
        shot = any(c.lower_ in MISSILES | {"stab"} for c in noun.children if c.dep_ in {"compound", "amod"})
        if not shot or not self.survived or noun.dep_ != "pobj" or noun.head.lower_ != "with":
            return
        above = noun.head.head
        if above.pos_ in {"NOUN", "PROPN"}:
            yield from self._people((above,), "injured", noun)
        elif above.pos_ == "VERB":
            yield from self._people(objects(above) or subjects(above), "injured", noun)

    def _counts_directly(self, number: Number, noun: Token) -> bool:
        last = self.tokens[number.end - 1]
        return last.head.i == noun.i or last.i == noun.i - 1 or number.best == 0

    def _number_of(self, tokens: list[Token], kind: CountKind, anchor: Token) -> Iterator[FoundCount]:
        for token in tokens:
            number = self._number(token)
            if number is not None:
                yield self._found(number, None, kind, anchor)
                return

    def _people(self, heads: tuple[Token, ...], kind: CountKind, anchor: Token) -> Iterator[FoundCount]:
        spread = tuple({t.i: t for head in heads for t in coordinated(head)}.values())
        spread = tuple(t for n, t in enumerate(spread) if n == 0 or not self._told_apart(t, kind))
        told = [(head, self._number(head)) for head in spread if self._are_people(head)]
        known = [(head, n) for head, n in told if n is not None and not (kind == "participants" and n.best in {0, 1})]
        if not known:
            return
        if len(told) == 1:
            yield self._found(known[0][1], known[0][0], kind, anchor)
            return
        if any((n.best or n.low or 0) > SMALL_GROUP for _, n in known):  # "26 officers and 53 civilians"
            for head, number in known:
                yield self._found(number, head, kind, anchor)
            return
        # a list of people is their sum; where one of them has no number, the sum is a lower bound
        whole = len(known) == len(told)
        start = min(self._start(n, h) for h, n in known)
        end = max(h.idx + len(h.text) for h, _ in known)
        if any(n.low is None and n.best is None and n.high is None for _, n in known):
            yield FoundCount(kind, None, None, None, start, end, anchor)
            return
        best = sum(n.best or n.low or n.high or 0 for _, n in known)
        low = sum(n.low or 0 for _, n in known) or None
        high = (
            sum(n.high for _, n in known if n.high is not None) if all(n.high is not None for _, n in known) else None
        )
        if whole:
            yield FoundCount(kind, low, best, high, start, end, anchor)
        else:
            yield FoundCount(kind, low, None, None, start, end, anchor)

    def _told_apart(self, head: Token, kind: CountKind) -> bool:
        """As the second number of "one dead and 14 injured"."""
        following = head.doc[head.i + 1 : head.i + 2].text.lower()
        return STATE_WORDS.get(following, kind) != kind

    def _are_people(self, head: Token) -> bool:
        lemma = head.lemma_.lower()
        if lemma in NOT_PEOPLE or lemma in GROUP_NUMBERS:
            return False
        if head.i in self.by_end or head.lower_ == "one" or names_nobody(head):
            inner = [
                g
                for c in head.children
                if c.dep_ == "prep" and c.lower_ == "of"
                for g in c.children
                if g.dep_ == "pobj"
            ]
            return all(names_agent(g) and g.lemma_.lower() not in NOT_PEOPLE for g in inner)
        return names_agent(head)

    def _number(self, head: Token) -> Number | None:
        """The number of the phrase headed by ``head``: told, or one where the phrase names a single person."""
        at = head.i - self.offset
        if names_nobody(head):
            # "no one else was hurt" leaves out those told of before
            others = any(c.lower_ in {"else", "other", "others", "additional", "further"} for c in head.children)
            return None if others or head.lower_ == "others" else Number(at, at + 1, 0, 0, 0)
        inside = [n for n in self.numbers if head.left_edge.i <= n.end - 1 + self.offset <= head.i]
        inside = [n for n in inside if not self._belongs_inside(n, head)]
        if inside:
            return inside[-1]
        if head.tag_ in {"NN", "NNP", "PRP", "JJ"} and names_person(head):
            determiners = {c.lower_ for c in head.children if c.dep_ in {"det", "poss", "amod"}}
            if determiners & {"every", "each", "any", "many"} or (head.lower_ == "her" and head.dep_ == "poss"):
                return None
            if head.tag_ == "JJ" and not is_aged(head):
                return None
            return Number(at, at + 1, 1, 1, 1)
        return None

    def _belongs_inside(self, number: Number, head: Token) -> bool:
        """The number counts something inside the phrase ("the 20 demonstrators' leader"), not the people."""
        last = self.tokens[number.end - 1]
        above = last
        for _ in range(4):
            if above == head:
                return False
            if above.dep_ in {"poss", "compound", "npadvmod", "appos", "relcl", "acl", "pobj"} and above.head != above:
                return above.dep_ != "compound" or above.tag_ != "CD"
            above = above.head
        return False

    def _start(self, number: Number, head: Token) -> int:
        if number.start == head.i - self.offset and number.best in {0, 1}:
            return head.doc[max(head.left_edge.i, head.i - 6)].idx
        return self.tokens[number.start].idx

    def _found(self, number: Number, head: Token | None, kind: CountKind, anchor: Token) -> FoundCount:
        last = self.tokens[number.end - 1]
        end_token = head if head is not None and head.i >= last.i else last
        start = self._start(number, head) if head is not None else self.tokens[number.start].idx
        end = end_token.idx + len(end_token.text)
        return FoundCount(kind, number.low, number.best, number.high, start, end, anchor)

    def neighbours(self) -> Iterator[FoundCount]:
        """Numbers beside a word of outcome, whatever the parse says: "two dead, five wounded", "injuring 13 others"."""
        for number in self.numbers:
            if number.low is number.best is number.high is None:
                continue
            after = self.tokens[number.end : number.end + NEAR]
            for step, token in enumerate(after):
                if token.lower_ in STATE_WORDS and (token.tag_ != "VBD" or step <= 2):
                    passive = any(t.lemma_ == "be" for t in after[:step]) or token.lower_ in {
                        "dead",
                        "missing",
                        "homeless",
                    }
                    followed = self.tokens[number.end + step + 1 : number.end + step + 2]
                    if passive or not (followed and (followed[0].pos_ in {"DET", "NUM", "PROPN", "NOUN"})):
                        yield self._found(number, None, STATE_WORDS[token.lower_], token)
                    break
                if token.is_punct or token.pos_ in {"VERB", "ADP", "SCONJ"} or token.lemma_.lower() in NOT_PEOPLE:
                    break
            if not any(t.lower_ in STATE_WORDS for t in after[:2]):
                before = self.tokens[max(0, number.start - 2) : number.start]
                for token in reversed(before):
                    kind, of_object = VERB_KINDS.get(token.lemma_.lower(), ("killed", False))
                    follows = self.tokens[number.end : number.end + 1]
                    if (
                        of_object
                        and token.pos_ == "VERB"
                        and not is_passive(token)
                        and not (follows and follows[0].lemma_.lower() in NOT_PEOPLE)
                    ):
                        heads = follows and follows[0].pos_ in {"NOUN", "PROPN"} and not names_agent(follows[0])
                        if not heads:
                            yield self._found(number, None, kind, token)
                        break
