"""The dead and hurt of one incident, brought to one number a kind from all that a coding says of it.

A report tells a number once as a whole ("three people were killed") and again person by person ("a man died at the
scene"), and it recalls other incidents. A coding keeps each figure apart, as the report words it. The rules here:

- Figures of other days than the first dated one, and of long spells, belong to other incidents. So do deaths that are
  told for the first time many sentences below the first figure: reports recall older attacks at their end.
- The number is the larger of the largest figure and of the persons told apart. Two single persons are the same one
  unless their sex, age or name differs. Whoever is hurt first and dead later counts as dead.
- "Another", "two more" and the like add to the figure of the same sentence.
- Whoever did it and died is counted with the dead, as the incident's own statistics do: one more than the victims,
  unless the figure's sentence counts who did it already, as those do that tell of the dead and not of the killing. Who
  did it is told by the words ("the gunman") or by an event of the coding whose actor died.
- Of those who were shot or struck, whoever did not die is hurt ("five people were shot, two died").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from benchmarks.tools import VIOLENCE
from dateline.coder.text.sentences import find_sentences
from dateline.lang.dates.edtf import bounds
from dateline.lang.en.numbers import find_numbers
from dateline.model import Coding, Count, EventMention

Kind = Literal["killed", "injured"]

SAME = timedelta(days=4)
"""Days between two dates that can still mean one incident: reports give the day of the death, or of the arrest."""
SPELL = timedelta(days=28)

STRUCK = re.compile(r"shot|struck|hit|stabbed", re.I)
"""What happens to people who may live or die of it."""
STRUCK_PEOPLE = re.compile(r"([a-z]+|\d+)(?: (?!years?\b)[a-z]+){0,3}$")
"""A number of people, without the ages and names that may stand beside one."""
DATING = frozenset({"time", "day", "days", "week", "month", "season", "year"})
"""Precisions of dates that tell one time from another."""
LEAD = 7
"""Sentences from the first figure on in which the incident's own dead are told."""
LEAD_INJURED = 30
"""The same for the hurt, whose recovery reports follow for longer."""
PERSONS = 3
"""Sentences from the first figure on in which the dead are told one by one."""

FEMALE = re.compile(r"\b(woman|girl|female|she|her|herself|mother|daughter|wife|sister|girlfriend|lady|grandmother)\b")
MALE = re.compile(
    r"\b(man|boy|male|he|him|himself|father|son|husband|brother|boyfriend|gunman|grandfather|gentleman|guy|dad)\b"
)
YOUNG = re.compile(r"\b(boy|girl|child|toddler|infant|baby|teen|teenager|juvenile|student)\b")
GROWN = re.compile(r"\b(man|woman|officer|deputy|father|mother|husband|wife|gunman|driver|clerk)\b")
AGE = re.compile(r"\b(\d{1,3})[- ](?:year|yr)s?[- ]?old|^, (\d{1,3})\b(?! people)")
OFFICER = re.compile(
    r"\b(officer|deputy|trooper|policeman|policewoman|marshal|bailiff|sergeant|detective|guard|agent)\b"
)
KIN = re.compile(
    r"\b(mother|father|daughter|son|wife|husband|sister|brother|girlfriend|boyfriend|fianc[eé]e?|grand\w+)\b"
)
DOER = re.compile(
    r"\b(suspects?|gunm[ae]n|shooters?|attackers?|assailants?|himself|herself|killer|robber|intruders?|burglar)\b"
)
DOER_COUNTED = re.compile(
    r"\b(?:(?:includ\w+|among)\b.{0,30}\b(?:him|her|himself|herself|suspects?|gunm[ae]n|shooters?)|murder[- ]suicide)\b"
    r"|\bdead\b|\bdeaths?\b|\bbodies\b",
    re.I,
)
ADDED = re.compile(
    r"\b(another|others?|additional|more|second|third|fourth|fifth|sixth|seventh|eighth|2nd|3rd|4th|5th)\b", re.I
)
REFERRING = re.compile(r"(he|him|she|her|himself|herself|the|that|this|his|who|whose|victim)\b", re.I)
WHOLE = re.compile(r"(?:just |only |at least )?(?:one|1)\b", re.I)
NAME = re.compile(r"\b[A-Z][\w’'-]+")
NO_NAMES = frozenset(
    "The A An One Two Three He She His Her Another Police Officer Man Woman Victim Shot Dead Killed News".split()
)


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
    beside: tuple[tuple[date | None, date | None], ...] = ()
    """The first and last days of the dates that its sentence tells."""
    doer: bool = False
    """Whether the coding has the person as the actor of a violent event, and not as police or a soldier."""

    @property
    def adds(self) -> bool:
        """Whether the words tell of people besides those told of before ("another", "two more")."""
        return ADDED.search(self.quote) is not None

    @property
    def besides(self) -> bool:
        """The same, but for "the other victim", who may have been told of."""
        return self.adds and not self.quote.lower().startswith("the other")

    @property
    def did_it(self) -> bool:
        """Whether the words name who did it."""
        return self.doer or DOER.search(self.quote.lower()) is not None

    @property
    def officer(self) -> bool | None:
        """Whether the words name an officer, as against who did it, a relative or a child; None for others."""
        words = self.quote.lower()
        return True if OFFICER.search(words) else False if self.did_it or self.young or KIN.search(words) else None

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
            or (known.officer is not None and figure.officer is not None and known.officer != figure.officer)
            or (known.young is not None and figure.young is not None and known.young != figure.young)
            or (known.age is not None and figure.age is not None and known.age != figure.age)
            or (known.names and figure.names and not known.names & figure.names)
            for known in self.figures
        )


def figures(coding: Coding, events: Iterable[EventMention]) -> list[Figure]:
    """The numbers of the dead and hurt that the events state, in the order of the text; vague words are none."""
    actors = [(span.start, span.end, actor.id) for actor in coding.actors for span in actor.mentions]
    sentences = find_sentences(coding.report.text, coding.report.blocks)
    doers = _doers(coding)
    found: dict[tuple[int, str], Figure] = {}
    for event in events:
        for count in event.counts:
            value = next((n for n in (count.best, count.high, count.low) if n is not None), None)
            if count.kind in {"killed", "injured"} and value is not None:
                figure = _figure(coding, event, count, value, actors, sentences, doers)
                found.setdefault((count.start, count.kind), figure)
    return sorted(found.values(), key=lambda f: (f.start, f.kind))


def _figure(
    coding: Coding,
    event: EventMention,
    count: Count,
    value: int,
    actors: Sequence[tuple[int, int, str]],
    sentences: Sequence[tuple[int, int]],
    doers: frozenset[str],
) -> Figure:
    text, words = coding.report.text, count.quote.lower()
    at = bisect_right(sentences, (count.start, len(text)))
    start, end = sentences[at - 1] if at else (count.start, count.end)
    head = (words.split(" of ")[0].split() or [""])[-1]
    own = re.sub(r"\b(?:his|her)\b ", "", words)  # "her brother" is no woman
    sex: Literal["female", "male"] | None = None
    for part in (head, own):
        sex = sex or ("female" if FEMALE.search(part) else "male" if MALE.search(part) else None)
    age = AGE.search(words) or AGE.search(text[count.end : count.end + 12])
    names = [n.lower() for n in NAME.findall(count.quote) if n not in NO_NAMES]
    actor = next((id for s, e, id in actors if s < count.end and count.start < e), None)
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
        actor=actor,
        when=bounds(event.date.edtf) if event.date and event.date.edtf else None,
        beside=tuple(
            bounds(d.edtf) for d in coding.dates if d.edtf and start <= d.start < end and d.precision in DATING
        ),
        doer=actor in doers,
    )


def struck(coding: Coding, events: Iterable[EventMention], told: Sequence[Figure]) -> int:
    """How many people in all the report says were shot or struck, dead or alive; 0 where it does not say.

    Told near the first of the figures, and on no other day: the victims of other incidents are told further down.
    """
    sentences = find_sentences(coding.report.text, coding.report.blocks)
    days = _days(told)
    numbers = [0]
    for event in events:
        at = bisect_right(sentences, (event.trigger.start, len(coding.report.text)))
        when = bounds(event.date.edtf) if event.date and event.date.edtf else None
        far = not told or abs(at - told[0].sentence) > LEAD or (days and when is not None and not _near(when, days[0]))
        if event.type == VIOLENCE and STRUCK.fullmatch(event.trigger.quote) and not far:
            for who in event.recipients:
                words = STRUCK_PEOPLE.match(who.quote.lower())
                number = find_numbers(words[1].split())[:1] if words else ()
                numbers += [n.best for n in number if n.best is not None and n.start == 0]
    return max(numbers)


def _doers(coding: Coding) -> frozenset[str]:
    """The actors of the violent events that killed or hurt somebody, but for police and soldiers."""
    armed = {actor.id for actor in coding.actors if actor.sector in {"COP", "MIL"}}
    return frozenset(
        who.actor
        for event in coding.events
        if event.type == VIOLENCE and event.modality in {"asserted", "possible"}
        if event.recipients and not event.historical
        for who in event.actors
        if who.actor is not None and who.actor not in armed
    )


def with_recalled(told: Sequence[Figure], recalled: Sequence[Figure]) -> list[Figure]:
    """The figures with those of the background that has a date near theirs, or near the first date of all.

    A report looks back at its own incident, too ("who was hurt in the shooting on May 3 died"). Nothing where no figure
    is told outside the background.
    """
    if not told:
        return []
    days = [f.when[0] for f in (*told, *recalled) if f.when and f.when[0]]
    own = [f for f in recalled if days and f.when is not None and _near(f.when, days[0])]
    return sorted([*told, *own], key=lambda f: (f.start, f.kind))


def of_incident(told: Sequence[Figure]) -> list[Figure]:
    """The figures without those of other incidents that the report recalls."""
    days = _days(told)
    elsewhere = {f.sentence for f in told if days and f.when is not None and not _near(f.when, days[0])}
    near = [
        f
        for f in told
        if f.sentence == told[0].sentence
        or (f.sentence not in elsewhere and not (days and f.beside and _all_before(f.beside, days[0])))
    ]
    return [
        f
        for f in near
        if f.sentence <= near[0].sentence + (LEAD if f.kind == "killed" else LEAD_INJURED)
        or (f.did_it and f.value == 1)
        or (f.when is not None and f.when[0] is not None and f.when[0] == f.when[1])
    ]


def _days(told: Sequence[Figure]) -> list[date]:
    """The days of the figures that are told to the day."""
    return [f.when[0] for f in told if f.when and f.when[0] and f.when[0] == f.when[1]]


def _all_before(dates: Iterable[tuple[date | None, date | None]], day: date) -> bool:
    """Whether every one of the dates ends before the day: what a report recalls, unlike when somebody said so."""
    return all(last is not None and last < day - SAME for _, last in dates)


def _near(when: tuple[date | None, date | None], day: date) -> bool:
    first, last = when
    if first is not None and last is not None and last - first > SPELL:
        return False
    return (first is None or first <= day + SAME) and (last is None or last >= day - SAME)


def tally(told: Sequence[Figure], struck: int = 0) -> dict[Kind, int]:
    """How many were killed and hurt in all; a kind that no figure tells of is left out.

    ``struck`` is how many were shot or struck in all, where the report says so: whoever of them did not die is hurt.
    """
    largest: dict[Kind, int] = {}
    latest: dict[Kind, tuple[int, Figure]] = {}
    for figure in told:
        before, last = latest.get(figure.kind, (0, None))
        number = figure.value + (before if last is not None and _added(figure, last) else 0)
        latest[figure.kind] = number, figure
        largest[figure.kind] = max(largest.get(figure.kind, 0), number)
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
    if _counts_the_dead(told, largest):
        largest["injured"] -= largest["killed"]
    if largest and struck > sum(largest.values()):
        largest["injured"] = struck - largest.get("killed", 0)
    return largest


def _counts_the_dead(told: Sequence[Figure], largest: Mapping[Kind, int]) -> bool:
    """Whether the number of the hurt, told after the hurt alone, is theirs and the number of the dead together.

    As in "two are dead and three in hospital ... five people were shot".
    """
    whole = largest.get("injured", 0)
    alone = whole - largest.get("killed", 0)
    hurt = [f for f in told if f.kind == "injured"]
    first = next((n for n, f in enumerate(hurt) if f.value == alone), len(hurt))
    return 1 < alone < whole and any(f.value == whole and not f.adds for f in hurt[first + 1 :])


def _added(figure: Figure, last: Figure) -> bool:
    """Whether a figure tells of people besides those of the figure before it, in one sentence."""
    if not figure.adds or figure.sentence != last.sentence or figure.quote.lower().startswith("the "):
        return False
    inside = figure.start < last.start + len(last.quote)
    return not inside and figure.quote.lower() != last.quote.lower()  # a text that is on the page twice


def _people(told: Sequence[Figure]) -> list[Person]:
    """The single persons whom the figures tell apart."""
    people: list[Person] = []
    for figure in told:
        late = figure.kind == "killed" and figure.sentence > told[0].sentence + PERSONS
        if figure.value != 1 or late or WHOLE.match(figure.quote):
            continue
        alike = [
            p for p in people if not p.differs(figure) and not (figure.besides and not any(f.adds for f in p.figures))
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
