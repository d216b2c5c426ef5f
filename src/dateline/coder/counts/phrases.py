"""The number of people that a phrase names: a numeral, a list of people, or one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.en.grammar.agents import AMOUNTS, CALENDAR, is_aged, names_agent, names_nobody, names_person
from dateline.lang.en.grammar.voice import coordinated
from dateline.lang.en.numbers import Number
from dateline.lang.lexicon import Table, table, words
from dateline.model import CountKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.lang.links import Link

ANYBODY = words("counts.anybody")
DETERMINERS = words("counts.determiners")
GROUP_NUMBERS = words("counts.group_numbers")
HOUSEHOLDS = words("counts.households")
INDEFINITE = words("counts.indefinite")
NOBODY_SINGLE = words("counts.nobody_single")
NOT_PEOPLE = words("counts.not_people")
ORDINALS = words("counts.ordinals")
OTHERS = words("counts.others")
PERSONS = words("counts.persons")
SINGLE = words("counts.single")
STATES: Table[CountKind] = table("counts.states")
SMALL_GROUP = 20
"""Larger groups in a list are told apart by the report, and stay apart; smaller ones are added up."""
OF_PEOPLE: frozenset[Link] = frozenset({"subject", "passive subject", "object", "conjunct", "preposition object"})
INSIDE: frozenset[Link] = frozenset(
    {
        "possessor",
        "compound",
        "noun as adverb",
        "apposition",
        "relative clause",
        "noun clause",
        "preposition object",
    }
)
"""How a word hangs in a phrase whose number is not the phrase's own."""
DESCRIBING: frozenset[Link] = frozenset({"adjective", "compound", "adjective complement", "noun as adverb"})
"""How "old" hangs where it tells how old somebody or something is, and does not stand for the person."""


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
    whole: bool = False
    """Whether it is the whole to which others told beside it belong ("bringing the toll to five")."""


class Phrases:
    """The numbers of one sentence, and what they count. ``offset`` is the index of its first token in the report.

    ``parts`` are the starts of the numbers of some of those whom another number counts.
    """

    def __init__(
        self, tokens: Sequence[Token], numbers: Sequence[Number], offset: int, parts: frozenset[int] = frozenset()
    ) -> None:
        self.tokens = tokens
        self.numbers = numbers
        self.offset = offset
        self.parts = parts
        self.by_end = {n.end - 1 + offset: n for n in numbers}
        self.starts = frozenset(n.start + offset for n in numbers)

    def people(self, heads: Iterable[Token], kind: CountKind, anchor: Token) -> Iterator[FoundCount]:
        """The people whom the phrases name together, or each group by itself where the groups are large."""
        together = tuple({t.i: t for head in heads for one in self._counted(head) for t in coordinated(one)}.values())
        together = self._without_names_of_the_counted(together)
        together = tuple(t for t in together if not _told_apart(t, kind)) or together[:1]
        told = [(head, self.number(head)) for head in together if self._are_people(head)]
        told = self._wholes(told)
        parts = [n.best for _, n in told[1:] if n is not None and n.best is not None]
        group = told[0][1] if len(parts) > 1 and told[0][0].lemma_.lower() in ANYBODY else None
        if group is not None and group.best == sum(parts):
            told = told[:1]  # "six people, three men and three women"
        known = [(head, n) for head, n in told if n is not None and not (kind == "participants" and n.best in {0, 1})]
        if not known:
            return
        if len(told) == 1:
            yield self.found(known[0][1], known[0][0], kind, anchor)
            return
        if any((n.best or n.low or 0) > SMALL_GROUP for _, n in known):  # "26 officers and 53 civilians"
            for head, number in known:
                yield self.found(number, head, kind, anchor)
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

    def _counted(self, head: Token) -> tuple[Token, ...]:
        """Those of whom a phrase tells the amount ("a total of 37 soldiers and 12 clerks")."""
        inside = clause_of(head).after("of") if head.lemma_.lower() in AMOUNTS else ()
        if not any(self.number(one) in self.numbers for one in inside):
            return (head,)
        return (inside[0], *(t for t in coordinated(head) if t != head))

    def _wholes(self, told: list[tuple[Token, Number | None]]) -> list[tuple[Token, Number | None]]:
        """Those told of before a part of them is ("nine, among them eight women and children": nine)."""
        first = next((n for n, (_, number) in enumerate(told) if number and number.start in self.parts), 0)
        return told[:first] or told

    def number(self, head: Token) -> Number | None:
        """The number of the phrase headed by ``head``: told, or one where the phrase names a single person."""
        head = self._spelt_out(head)
        at = head.i - self.offset
        if names_nobody(head):
            # "no one else was hurt" leaves out those told of before
            others = any(c.lower_ in OTHERS for c in head.children)
            return None if others or head.lower_ == "others" else Number(at, at + 1, 0, 0, 0)
        inside = [n for n in self.numbers if head.left_edge.i <= n.end - 1 + self.offset <= head.i]
        inside = [n for n in inside if not self._belongs_inside(n, head)]
        if inside:
            return self._part_of(inside[-1]) or inside[-1]
        if is_one_more(head):
            return Number(at, at + 1, 1, 1, 1)
        if head.tag_ in {"NN", "NNP", "PRP", "JJ"} and is_person(head):
            clause = clause_of(head)
            if any(c.lower_ in NOBODY_SINGLE for c in clause.hung("determiner", "possessor", "adjective")):
                return None
            if head.lower_ == "her" and clause.link == "possessor":
                return None
            if head.tag_ == "JJ" and not _is_aged(head):
                return None
            return Number(at, at + 1, 1, 1, 1)
        return None

    def is_told(self, head: Token) -> bool:
        """Whether the phrase headed by ``head`` has a number in words or figures, and is not one by its form alone."""
        number = self.number(head)
        return number is not None and number in self.numbers

    def _part_of(self, whole: Number) -> Number | None:
        """The part in "one of three people", of which the parser may make one number with the whole."""
        at = whole.start - 1
        while at > 0 and self.tokens[at].lower_ in DETERMINERS:
            at -= 1
        if at < 1 or self.tokens[at].lower_ != "of" or clause_of(self.tokens[at]).link != "quantifier":
            return None
        return self.by_end.get(at - 1 + self.offset)

    def inside_state(self, word: Token) -> Number | None:
        """The number in a phrase that a word of outcome heads ("left a six-year-old dead", "left two dead")."""
        at = word.i - self.offset
        inside = [n for n in self.numbers if word.left_edge.i <= n.end - 1 + self.offset < word.i]
        if inside:
            return inside[-1]
        return Number(at, at + 1, 1, 1, 1) if any(c.lower_ in SINGLE for c in word.children) else None

    def number_of(self, tokens: Iterable[Token], kind: CountKind, anchor: Token) -> Iterator[FoundCount]:
        """The first number among the phrases, whatever they name ("the toll rose to 12")."""
        for token in tokens:
            number = self.number(token)
            if number is not None:
                yield self.found(number, None, kind, anchor)
                return

    def found(self, number: Number, head: Token | None, kind: CountKind, anchor: Token) -> FoundCount:
        """The number as a count of its kind, with the words up to the noun it counts."""
        last = self.tokens[number.end - 1]
        end_token = head if head is not None and head.i >= last.i else last
        start = self._start(number, head) if head is not None else self.tokens[number.start].idx
        end = end_token.idx + len(end_token.text)
        return FoundCount(kind, number.low, number.best, number.high, start, end, anchor)

    def counts_directly(self, number: Number, noun: Token) -> bool:
        """Whether the number counts what the noun names ("three deaths"), not somebody inside its phrase."""
        last = self.tokens[number.end - 1]
        return last.head.i == noun.i or last.i == noun.i - 1 or number.best == 0

    def _without_names_of_the_counted(self, heads: tuple[Token, ...]) -> tuple[Token, ...]:
        """One group for "two of the men, A and B, died", of which the parser makes a list."""
        first = self.number(heads[0]) if heads else None
        if len(heads) > 1 and heads[0].pos_ == "PROPN" and self.is_told(heads[0]) and first and first.best == 1:
            listed = any(t.pos_ == "CCONJ" for t in heads[0].doc[heads[0].i : heads[1].i])
            return heads if listed else heads[:1]  # "one John Doe a supplier"
        group = first is not None and (first.best or first.low or 0) > 1
        if not group or not all(t.pos_ == "PROPN" for t in heads[1:]):
            return heads
        return tuple(t for n, t in enumerate(heads) if n == 0 or (n == 1 and t.doc[t.left_edge.i - 1].lower_ == "and"))

    def _spelt_out(self, head: Token) -> Token:
        """The last word of the number that the word begins: the parser hangs "of thousands" on "hundreds"."""
        at = head.i - self.offset
        return next((self.tokens[n.end - 1] for n in self.numbers if n.start <= at < n.end), head)

    def _are_people(self, head: Token) -> bool:
        head = self._spelt_out(head)
        lemma = head.lemma_.lower()
        if lemma in NOT_PEOPLE or lemma in GROUP_NUMBERS or lemma in HOUSEHOLDS:
            return False
        if head.i in self.by_end or head.lower_ == "one" or names_nobody(head):
            inside = clause_of(head).after("of")
            return all(_can_be_people(one) and one.lemma_.lower() not in NOT_PEOPLE for one in inside)
        return _can_be_people(head)

    def _belongs_inside(self, number: Number, head: Token) -> bool:
        """The number counts something inside the phrase ("the 20 demonstrators' leader"), not the people."""
        last = self.tokens[number.end - 1]
        above = last
        for _ in range(4):
            if above == head:
                return False
            link = clause_of(above).link
            if link in INSIDE and above.head != above:
                return link != "compound" or (above != last and above.tag_ != "CD")
            above = above.head
        return False

    def _start(self, number: Number, head: Token) -> int:
        if number.start == head.i - self.offset and number.best in {0, 1}:
            return head.doc[max(head.left_edge.i, head.i - 6)].idx
        return self.tokens[number.start].idx


def is_one_more(head: Token) -> bool:
    """Whether the word stands for one person besides those told of ("killed three and wounded another", "a fourth")."""
    numbered = head.lower_ in ORDINALS and any(t.lower_ in INDEFINITE for t in head.children)
    return (numbered or head.lower_ == "another") and clause_of(head).link in OF_PEOPLE


def is_person(head: Token) -> bool:
    """Whether the word names one person or several single persons; a name of no known kind is a person's."""
    if _is_aged(head) or (
        head.tag_ == "NNP" and not head.ent_type_ and head.text.istitle() and head.lower_ not in CALENDAR
    ):
        return True
    if head.tag_ == "NNP" and head.ent_type_ == "ORG" and head.text in _family_names(head.doc):
        return True
    return names_person(head) or (head.lemma_.lower() in PERSONS and head.pos_ in {"NOUN", "PROPN", "ADJ"})


@lru_cache(maxsize=1)
def _family_names(doc: Doc) -> frozenset[str]:
    """The last words of the full names of people: the parser takes the same name for an organisation's elsewhere."""
    return frozenset(e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and len(e[-1]) > 1)


def _is_aged(head: Token) -> bool:
    """Whether the word heads a person called by age, however it is spelt ("a 16-year old", "a 16 year old")."""
    if is_aged(head):
        return True
    years = head.lower_ == "old" and any(t.lower_ == "year" for t in head.doc[max(0, head.i - 2) : head.i])
    return years and clause_of(head).link not in DESCRIBING


def _can_be_people(head: Token) -> bool:
    return names_agent(head) or is_person(head) or is_one_more(head)


def _told_apart(head: Token, kind: CountKind) -> bool:
    """As the second number of "one dead and 14 injured"."""
    following = head.doc[head.i + 1 : head.i + 2].text.lower()
    # "and two injured students"
    qualities = (c.lower_ for c in clause_of(head).hung("adjective") if c.i < head.i)
    return any(STATES.get(word, kind) != kind for word in (following, *qualities))
