"""The dead and hurt of one incident, brought to one number a kind from all that a coding says of it.

A report tells a number once as a whole ("three people were killed") and again person by person ("a man died at the
scene"), and it recalls other incidents. A coding keeps each figure apart, as the report words it. The rules here:

- Figures of other days than the first dated one, and of long spells, belong to other incidents. So do deaths that are
  told for the first time many sentences below the first figure: reports recall older attacks at their end.
- The number is the larger of the largest figure and of the persons told apart. Two single persons are the same one
  unless their sex, age or name differs. Whoever is hurt first and dead later counts as dead.
- "Another", "two more" and the like add to the figure of the same sentence.
- Whoever did it and died is counted with the dead, as the incident's own statistics do: one more than the victims,
  unless the figure's sentence already speaks of who did it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dateline.coder.sentences import find_sentences
from dateline.model import Coding, Count, EventMention
from dateline.resolve.edtf import bounds

Kind = Literal["killed", "injured"]

SAME = timedelta(days=4)
"""Days between two dates that can still mean one incident: reports give the day of the death, or of the arrest."""
SPELL = timedelta(days=28)
LEAD = 7
"""Sentences from the first figure on in which the incident's own dead are told."""
PERSONS = 3
"""Sentences from the first figure on in which the dead are told one by one."""

FEMALE = re.compile(r"\b(woman|girl|female|she|her|herself|mother|daughter|wife|sister|girlfriend|lady|grandmother)\b")
MALE = re.compile(
    r"\b(man|boy|male|he|him|himself|father|son|husband|brother|boyfriend|gunman|grandfather|gentleman|guy|dad)\b"
)
YOUNG = re.compile(r"\b(boy|girl|child|toddler|infant|baby|teen|teenager|juvenile|student)\b")
GROWN = re.compile(r"\b(man|woman|officer|deputy|father|mother|husband|wife|gunman|driver|clerk)\b")
AGE = re.compile(r"\b(\d{1,3})[- ](?:year|yr)s?[- ]?old|^, (\d{1,3})\b(?! people)")
DOER = re.compile(
    r"\b(suspects?|gunm[ae]n|shooters?|attackers?|assailants?|himself|herself|killer|robber|intruders?|burglar)\b"
)
DOER_COUNTED = re.compile(r"\b(?:includ\w+|among|suspects?|gunm[ae]n|shooters?|murder[- ]suicide)\b", re.I)
ADDED = re.compile(
    r"\b(another|others?|additional|more|second|third|fourth|fifth|sixth|seventh|eighth|2nd|3rd|4th|5th)\b", re.I
)
REFERRING = re.compile(r"(he|him|she|her|himself|herself|the|that|this|his|who|whose|victim)\b", re.I)
WHOLE = re.compile(r"(?:just |only |at least )?(?:one|1)\b", re.I)
NAME = re.compile(r"\b[A-Z][\w’'-]+")
NO_NAMES = frozenset("The A An One Two Three He She His Her Another Police Officer Man Woman Victim".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people killed or hurt, with what the words beside it tell of them.

    ``sentence`` is the number of its sentence in the report, ``around`` the sentence's words, ``when`` the first and
    last day of the event it belongs to, ``actor`` the coding's id of the person it names.
    """

    kind: Kind
    value: int
    quote: str
    start: int
    sentence: int
    around: str
    names: frozenset[str]
    sex: Literal["female", "male"] | None
    age: int | None
    young: bool | None
    actor: str | None
    when: tuple[date | None, date | None] | None

    @property
    def adds(self) -> bool:
        """Whether the words tell of people besides those told of before ("another", "two more")."""
        return ADDED.search(self.quote) is not None

    @property
    def did_it(self) -> bool:
        """Whether the words name who did it."""
        return DOER.search(self.quote.lower()) is not None

    @property
    def refers(self) -> bool:
        """Whether the words point back to somebody told of before."""
        return REFERRING.match(self.quote) is not None and not self.adds


@dataclass(slots=True)
class Person:
    """One person, as the figures so far tell of them."""

    figures: list[Figure] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """Killed, once a figure says so: who dies of a wound was hurt before."""
        return "killed" if any(f.kind == "killed" for f in self.figures) else "injured"

    def known_as(self, figure: Figure) -> bool:
        """Whether the coding takes the two for one, or they share a name."""
        return any(
            (known.actor is not None and known.actor == figure.actor) or known.names & figure.names
            for known in self.figures
        )

    def differs(self, figure: Figure) -> bool:
        """Whether anything that is told of the two differs."""
        if any(known.actor is not None and known.actor == figure.actor for known in self.figures):
            return False
        return any(
            (known.sex and figure.sex and known.sex != figure.sex)
            or (known.young is not None and figure.young is not None and known.young != figure.young)
            or (known.age is not None and figure.age is not None and known.age != figure.age)
            or (known.names and figure.names and not known.names & figure.names)
            for known in self.figures
        )


def figures(coding: Coding, events: Iterable[EventMention]) -> list[Figure]:
    """The numbers of the dead and hurt that the events state, in the order of the text; vague words are none."""
    actors = [(span.start, span.end, actor.id) for actor in coding.actors for span in actor.mentions]
    sentences = find_sentences(coding.report.text, coding.report.blocks)
    found: dict[tuple[int, str], Figure] = {}
    for event in events:
        for count in event.counts:
            value = next((n for n in (count.best, count.high, count.low) if n is not None), None)
            if count.kind in {"killed", "injured"} and value is not None:
                figure = _figure(coding, event, count, value, actors, sentences)
                found.setdefault((count.start, count.kind), figure)
    return sorted(found.values(), key=lambda f: (f.start, f.kind))


def _figure(
    coding: Coding,
    event: EventMention,
    count: Count,
    value: int,
    actors: Sequence[tuple[int, int, str]],
    sentences: Sequence[tuple[int, int]],
) -> Figure:
    text, words = coding.report.text, count.quote.lower()
    at = bisect_right(sentences, (count.start, len(text)))
    start, end = sentences[at - 1] if at else (count.start, count.end)
    head = (words.split(" of ")[0].split() or [""])[-1]
    sex: Literal["female", "male"] | None = None
    for part in (head, words):
        sex = sex or ("female" if FEMALE.search(part) else "male" if MALE.search(part) else None)
    age = AGE.search(words) or AGE.search(text[count.end : count.end + 12])
    names = [n.lower() for n in NAME.findall(count.quote) if n not in NO_NAMES]
    named = bool(names) and head == names[-1] and not (count.quote.isupper() and sex)
    return Figure(
        kind="killed" if count.kind == "killed" else "injured",
        value=value,
        quote=count.quote,
        start=count.start,
        sentence=at,
        around=text[start:end],
        names=frozenset(names) if named else frozenset(),
        sex=sex,
        age=int(age[1] or age[2]) if age else None,
        young=True if YOUNG.search(head) else False if GROWN.search(head) else None,
        actor=next((id for s, e, id in actors if s < count.end and count.start < e), None),
        when=bounds(event.date.edtf) if event.date and event.date.edtf else None,
    )


def of_incident(told: Sequence[Figure]) -> list[Figure]:
    """The figures without those of other incidents that the report recalls."""
    days = [f.when[0] for f in told if f.when and f.when[0] and f.when[0] == f.when[1]]
    near = [f for f in told if not days or f.when is None or _near(f.when, days[0])]
    return [f for f in near if f.kind == "injured" or f.sentence <= near[0].sentence + LEAD]


def _near(when: tuple[date | None, date | None], day: date) -> bool:
    first, last = when
    if first is not None and last is not None and last - first > SPELL:
        return False
    return (first is None or first <= day + SAME) and (last is None or last >= day - SAME)


def tally(told: Sequence[Figure]) -> dict[Kind, int]:
    """How many were killed and hurt in all; a kind that no figure tells of is left out."""
    largest: dict[Kind, int] = {}
    latest: dict[Kind, tuple[int, int]] = {}
    for figure in told:
        before, sentence = latest.get(figure.kind, (0, -1))
        adds = figure.adds and sentence == figure.sentence and not figure.quote.lower().startswith("the ")
        latest[figure.kind] = figure.value + (before if adds else 0), figure.sentence
        largest[figure.kind] = max(largest.get(figure.kind, 0), latest[figure.kind][0])
    people = _people(told)
    for kind, number in largest.items():
        apart = sum(person.kind == kind for person in people)
        stated = any(f.kind == kind and WHOLE.match(f.quote) for f in told)
        # the only one who was hurt has died
        largest[kind] = 0 if number == 1 and not apart and people and not stated else max(number, apart)
    if largest.get("killed", 0) > 1 and any(f.kind == "killed" and f.value == 1 and f.did_it for f in told):
        whole = next((f for f in told if f.kind == "killed" and f.value > 1), None)
        if whole is not None and not DOER_COUNTED.search(whole.around) and not whole.did_it:
            largest["killed"] += 1
    return largest


def _people(told: Sequence[Figure]) -> list[Person]:
    """The single persons whom the figures tell apart."""
    people: list[Person] = []
    for figure in told:
        late = figure.kind == "killed" and figure.sentence > told[0].sentence + PERSONS
        if figure.value != 1 or late or WHOLE.match(figure.quote):
            continue
        alike = [
            p for p in people if not p.differs(figure) and not (figure.adds and not any(f.adds for f in p.figures))
        ]
        same = [p for p in alike if p.kind == figure.kind]
        other = [p for p in alike if p.kind != figure.kind and (figure.refers or _may_be(p, figure))]
        if same or other:
            (same or other)[-1].figures.append(figure)
        else:
            people.append(Person([figure]))
    return people


def _may_be(person: Person, figure: Figure) -> bool:
    """Whether one of the hurt may be one of the dead: not where one sentence tells of both."""
    return person.known_as(figure) or all(f.sentence != figure.sentence for f in person.figures)
