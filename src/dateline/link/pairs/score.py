"""How much two mentions look like one event: named features, fitted weights, a chance from 0 to 1, and reasons.

The weights (``data/link_weights.tsv``) are those of two logistic regressions fitted by ``training/links.py``: for the
subjects of two reports, and for other mentions of two reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from math import exp

from dateline.link.model import Edge, Mention, Where
from dateline.link.pairs.features import (
    FAR_KM,
    SUBJECTS,
    Compared,
    Scene,
    comparable,
    features,
    km_apart,
    measured,
    named,
    of_other_days,
    of_subjects,
)
from dateline.link.recent import Recent
from dateline.model import Because
from dateline.rules import Rule, rule

TABLE = "link_weights.tsv"
KEPT = 150_000
"""Scores of pairs that a scorer keeps at hand, at the least."""

READY = 8_000
"""Mentions that it keeps ready to be compared, at the least: some kilobytes each."""

ONE_REPORT = rule("report.told-as-two", "one report tells of them as two")
OTHER_TYPES = rule("type.other-types", "acts of different types")
DAYS_APART = rule("date.days-apart", "{days} days apart")
FAR_APART = rule("place.far-apart", "{km} km apart, and neither report names the other's town")
LIKENESS = rule("text.likeness", "{likeness} {value}")
SPEAKS_FOR = rule("for.weight", "{feature}")
SPEAKS_AGAINST = rule("against.weight", "{feature}")

_TELLING = 0.4
"""Weights below this are no reason worth reading."""

_HOW_ALIKE = ("words likeness", "scene likeness")
"""What is told with its number."""


def conflict(a: Mention, b: Mention) -> Because | None:
    """Why two mentions cannot be one event, or None where they can be."""
    barred = _barred(a, b)
    if barred is None:
        return None
    why, far = barred
    types = ", ".join(sorted((a.type, b.type))) if why is OTHER_TYPES else ""
    return why.because(types, days=int(far), km=f"{far:.0f}")


def _barred(a: Mention, b: Mention) -> tuple[Rule, float] | None:
    """The rule by which two mentions cannot be one event, and how far they are apart by it (0: not by a number)."""
    if a.report == b.report:
        # What a report tells of twice was made one mention when it was coded.
        return ONE_REPORT, 0
    if a.type and b.type and a.type != b.type:
        return OTHER_TYPES, 0
    days = of_other_days(a, b)
    if days:
        return DAYS_APART, days
    km = km_apart(a.where, b.where)
    # A town may be mistaken where the other report names it as well.
    if km is not None and km > FAR_KM and not (_named(a.where, b) or _named(b.where, a)):
        return FAR_APART, km
    return None


def _named(where: Where | None, other: Mention) -> bool:
    return where is not None and where.town in other.scene_towns


@lru_cache(maxsize=1)
def fitted_weights() -> Mapping[str, float]:
    """What each feature is worth, in log odds."""
    lines = (files("dateline.data") / TABLE).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: float(worth) for name, worth in rows}


@dataclass
class Scorer:
    """Scores pairs. It keeps what it made ready, so one is used for many pairs; the scores do not depend on that."""

    weights: Mapping[str, float] = field(default_factory=fitted_weights)
    _scenes: Recent[str, Scene] = field(default_factory=lambda: Recent(READY), repr=False)
    _ready: Recent[str, Compared] = field(default_factory=lambda: Recent(READY), repr=False)
    _scores: Recent[tuple[str, str], float] = field(default_factory=lambda: Recent(KEPT), repr=False)

    def score(self, a: Mention, b: Mention) -> float | None:
        """The chance that two mentions are one event; None where they cannot be."""
        if _barred(a, b) is not None:
            return None
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        found = self._scores.get(pair)
        if found is None:
            found = self._chance(a, b)
            self._scores.put(pair, found)
        return found

    def edge(self, a: Mention, b: Mention) -> Edge:
        """The pair with its score and the reasons."""
        first, second = (a, b) if a.id < b.id else (b, a)
        found = conflict(a, b)
        return Edge(
            first.id,
            second.id,
            None if found else self.score(a, b),
            (found,) if found else self._reasons(features(self.ready(a), self.ready(b))),
        )

    def ready(self, mention: Mention) -> Compared:
        """The mention made ready to be compared."""
        found = self._ready.get(mention.id)
        if found is None or (found.mention is not mention and found.mention != mention):
            scene = self._scenes.get(mention.report)
            if scene is None:
                scene = Scene.of(mention)
                self._scenes.put(mention.report, scene)
            found = Compared(mention, scene)
            self._ready.put(mention.id, found)
        return found

    def _chance(self, a: Mention, b: Mention) -> float:
        one, other = self.ready(a), self.ready(b)
        if not comparable(one, other):
            return 0.0
        worth = self._of_subjects if of_subjects(one, other) else self.weights
        total = sum([worth.get(name, 0.0) for name in named(one, other)])
        total += sum([worth.get(name, 0.0) * value for name, value in measured(one, other)])
        return 1 / (1 + exp(-total))

    @cached_property
    def _of_subjects(self) -> Mapping[str, float]:
        """The weights for the subjects of two reports, by the names of the features without :data:`SUBJECTS`."""
        return {name.removeprefix(SUBJECTS): worth for name, worth in self.weights.items() if name.startswith(SUBJECTS)}

    def _reasons(self, found: Mapping[str, float]) -> tuple[Because, ...]:
        """How alike the words are, then what speaks for and against, the strongest first."""
        texts = [
            LIKENESS.because(likeness=name.rpartition(": ")[2], value=f"{value:.2f}")
            for name, value in found.items()
            if name.endswith(_HOW_ALIKE)
        ]
        rest = [
            (self.weights.get(name, 0.0), name)
            for name in found
            if not name.endswith((*_HOW_ALIKE, "logarithm", "bias", "root"))
            and abs(self.weights.get(name, 0.0)) >= _TELLING
        ]
        return (
            *texts,
            *(
                (SPEAKS_FOR if worth > 0 else SPEAKS_AGAINST).because(feature=name.removeprefix("subjects: "))
                for worth, name in sorted(rest, key=lambda item: (-abs(item[0]), item[1]))
            ),
        )
