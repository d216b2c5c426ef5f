"""What speaks for and against two mentions being one event, as named numbers that a person can read.

Names ending in "logarithm" are logarithms, "likeness" cosines or shares from 0 to 1, "root" square roots of a number,
all others 0 or 1. Nothing depends on who the sides are: names are only compared with one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log, sqrt

from dateline.link.model import Mention, Outline, Where
from dateline.link.pairs.words import alike, as_rare, cosine, length, words_in
from dateline.resolve.gazetteer.points import Point, distance_km

SUBJECTS = "subjects: "
"""Before the names of features of the subjects of two reports."""

NEAR_KM = 40.0
"""Towns so near are often one place in two reports: a suburb and its city."""

FAR_DAYS = 1
"""Known days that are farther apart are two events: reports that count a day from another morning differ by one."""

FAR_KM = 150.0
LEAST_WORDS = 0.08
"""How alike the words of an aside and of another report's mention must be where they share no town and no day."""

RARE = 4.5
"""A word that fewer than one report in ninety has: the name of a quarter, of a train, of a party."""

NEAR = 0.75
"""What share of the greater number the smaller one is where two reports count the same people."""
_SCENE_FLOOR, _WORDS_FLOOR = 0.02, 0.05
_HAPPENED = {"asserted", "possible"}
_LIKENESS = ("actors likeness", "recipients likeness")
_PUBLISHED = {
    gap: f"published {gap}" for gap in ("unknown", "within days", "within weeks", "within months", "far apart")
}
_SHORT = 1
"""A date whose last day is at most so many days after its first is taken for a day."""


@dataclass(frozen=True)
class Compared:
    """A mention made ready to be compared many times."""

    mention: Mention
    scene: Scene

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the evidence."""
        return frozenset(self.mention.words)

    @cached_property
    def rare(self) -> frozenset[str]:
        """Those of them that are rare."""
        return frozenset(as_rare(self.mention.words, RARE))

    @cached_property
    def length(self) -> float:
        """The length of their vector."""
        return length(self.mention.words)

    @cached_property
    def exact(self) -> bool:
        """Whether its day is known."""
        return exact(self.mention)

    @cached_property
    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names of the actors, and of the recipients."""
        return frozenset(self.mention.actors), frozenset(self.mention.recipients)

    @cached_property
    def parties(self) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
        """The words of the name of each actor, and of each recipient, where it has any."""
        named = [{_words_of(name) for name in side} for side in self.sides]
        actors, recipients = (frozenset(side - {frozenset()}) for side in named)
        return actors, recipients

    @cached_property
    def figures(self) -> Mapping[str, frozenset[int]]:
        """The best numbers by kind."""
        found: dict[str, set[int]] = {}
        for figure in self.mention.figures:
            if figure.best is not None:
                found.setdefault(figure.kind, set()).add(figure.best)
        return {kind: frozenset(numbers) for kind, numbers in found.items()}


@lru_cache(maxsize=20_000)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(words_in(name))


@dataclass(frozen=True)
class Scene:
    """What the mentions of one report share, made ready."""

    words: frozenset[str]
    days: frozenset[int] = frozenset()
    towns: frozenset[str] = frozenset()
    length: float = field(default=0.0)

    @classmethod
    def of(cls, mention: Mention) -> Scene:
        """The scene of a mention's report."""
        return cls(
            frozenset(mention.scene),
            frozenset(mention.scene_days),
            frozenset(mention.scene_towns),
            length(mention.scene),
        )


def scene_likeness(a: Scene, b: Scene) -> float:
    """How much the beginnings of two reports have in common, 0 to 1."""
    return alike(a.words, b.words, a.length * b.length)


def features(a: Compared, b: Compared) -> dict[str, float]:
    """What speaks for and against; the same for (a, b) and (b, a)."""
    before = SUBJECTS if of_subjects(a, b) else ""
    found = {f"{before}{name}": 1.0 for name in named(a, b)}
    return found | {f"{before}{name}": value for name, value in measured(a, b)}


def of_subjects(a: Compared, b: Compared) -> bool:
    """Whether both are what their reports are about."""
    return a.mention.subject and b.mention.subject


def named(a: Compared, b: Compared) -> list[str]:
    """The names of the features that are 1, without :data:`SUBJECTS`."""
    one, other = a.mention, b.mention
    found = ["bias", *_kinds(one, other), *_days(a, b), *_places(one.where, other.where), *_people(a, b)]
    if a.figures and b.figures:
        found += _numbers(a.figures, b.figures)
    found.append(_PUBLISHED[_apart(one.published, other.published)])
    if not a.scene.days.isdisjoint(b.scene.days):
        found.append("reports: a day in common")
    if not a.scene.towns.isdisjoint(b.scene.towns):
        found.append("reports: a town in common")
    elif a.scene.towns and b.scene.towns:
        found.append("reports: no town in common")
    return found


def measured(a: Compared, b: Compared) -> list[tuple[str, float]]:
    """The features that are measured, with their values, without :data:`SUBJECTS`."""
    shared = a.words & b.words
    words = cosine(shared, a.length * b.length)
    scene = scene_likeness(a.scene, b.scene)
    found = [
        ("words likeness", words),
        ("words logarithm", log(words + _WORDS_FLOOR)),
        ("words root", sqrt(len(shared))),
        ("rare words root", sqrt(len(shared & a.rare)) if shared else 0.0),
        ("scene likeness", scene),
        ("scene logarithm", log(scene + _SCENE_FLOOR)),
    ]
    for name, first, second in zip(_LIKENESS, a.parties, b.parties, strict=True):
        if first and second:
            best = max([_of_one_name(x, y) for x in first for y in second]) if first.isdisjoint(second) else 1.0
            found.append((name, best))
    return found


def _of_one_name(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the words of the shorter name that the other has too: "the opposition" is in "opposition groups"."""
    return len(a & b) / min(len(a), len(b))


def comparable(a: Compared, b: Compared) -> bool:
    """Whether two mentions have anything to be compared by.

    What reports are about is told by the reports. An aside is told by its own town, day or words: that two reports
    are alike does not make one event of all that they mention.
    """
    one, other = a.mention, b.mention
    if one.subject and other.subject:
        return True
    if one.where and other.where and one.where.town and one.where.town == other.where.town:
        return True
    if one.type == other.type and one.days is not None and one.days == other.days:
        return True
    return alike(a.words, b.words, a.length * b.length) >= LEAST_WORDS


def days_apart(a: Mention | Outline, b: Mention | Outline) -> int | None:
    """Days between the possible days of two mentions; 0 where they overlap, None where one has none."""
    if a.days is None or b.days is None:
        return None
    return max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])


def km_apart(a: Where | None, b: Where | None) -> float | None:
    """Kilometres between two towns or sites; None where either is less exact or has no point."""
    if a is None or b is None or a.town is None or b.town is None:
        return None
    if a.town == b.town:
        return 0.0
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    one, other = (a.lat, a.lon), (b.lat, b.lon)
    # In one order, so that both ways round are one distance and it is worked out once.
    return _distance(one, other) if one <= other else _distance(other, one)


@lru_cache(maxsize=50_000)
def _distance(a: Point, b: Point) -> float:
    return distance_km(a, b)


def exact(a: Mention | Outline) -> bool:
    """Whether a mention's day is known."""
    return a.days is not None and a.days[1] - a.days[0] <= _SHORT


def of_other_days(a: Mention | Outline, b: Mention | Outline) -> int:
    """Days between two mentions whose days are known and too far apart for one event; 0 for all others."""
    if a.days is None or b.days is None:
        return 0
    gap = max(a.days[0] - b.days[1], b.days[0] - a.days[1])
    return gap if gap > FAR_DAYS and exact(a) and exact(b) else 0


def _kinds(a: Mention, b: Mention) -> list[str]:
    found = []
    if a.type and b.type:
        found.append("same type" if a.type == b.type else "other type")
        if a.trigger == b.trigger:
            found.append("same trigger")
    else:
        found.append("a report as a whole")
    if (a.modality, a.historical) == (b.modality, b.historical):
        found.append("same modality")
    elif (a.modality in _HAPPENED) != (b.modality in _HAPPENED):
        found.append("one is said not to have happened")
    if a.historical or b.historical:
        found.append("both are background" if a.historical and b.historical else "one is background")
    return found


def _days(a: Compared, b: Compared) -> list[str]:
    one, other = a.mention, b.mention
    gap = days_apart(one, other)
    if gap is None:
        return ["no day" if one.days is None and other.days is None else "one without a day"]
    if gap == 0:
        if one.days == other.days and not a.exact:
            return ["same period"]
        return ["same day" if a.exact and b.exact else "days overlap"]
    return ["next day" if gap == 1 else "days apart" if gap <= 7 else "weeks apart" if gap <= 60 else "months apart"]


def _apart(a: int | None, b: int | None) -> str:
    if a is None or b is None:
        return "unknown"
    gap = abs(a - b)
    return (
        "within days" if gap <= 3 else "within weeks" if gap <= 30 else "within months" if gap <= 200 else "far apart"
    )


def _places(a: Where | None, b: Where | None) -> list[str]:
    if a is None or b is None:
        return ["no place" if a is None and b is None else "one without a place"]
    if a.country and b.country and a.country != b.country:
        return ["other country"]
    found = ["same country"] if a.country and b.country else []
    if a.admin1 and b.admin1:
        found.append("same division" if a.admin1 == b.admin1 else "other division")
    if a.town is None or b.town is None:
        return [*found, "one without a town"]
    km = km_apart(a, b)
    town = "other town" if km is None else "same town" if km < 1 else "near town" if km <= NEAR_KM else "far town"
    return [*found, town]


def _people(a: Compared, b: Compared) -> list[str]:
    found = []
    (actors, recipients), (other_actors, other_recipients) = a.sides, b.sides
    if actors and other_actors:
        found.append("other actor" if actors.isdisjoint(other_actors) else "same actor")
    if recipients and other_recipients:
        found.append("other recipient" if recipients.isdisjoint(other_recipients) else "same recipient")
    if not actors.isdisjoint(other_recipients) or not other_actors.isdisjoint(recipients):
        found.append("sides exchanged")
    return found


def _numbers(a: Mapping[str, frozenset[int]], b: Mapping[str, frozenset[int]]) -> list[str]:
    return [
        f"{_agreement(a[kind], b[kind])} number of {kind if kind in _HARM else 'people'}"
        for kind in sorted(a.keys() & b.keys())
    ]


def _agreement(a: frozenset[int], b: frozenset[int]) -> str:
    if a & b:
        return "same"
    return "near" if any(min(x, y) >= NEAR * max(x, y) for x in a for y in b) else "other"


_HARM = {"killed", "injured"}
