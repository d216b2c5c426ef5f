"""Choosing which place a name means, from the company it keeps: one sense a report.

Each name's candidates are scored by a few features that a person can read (:data:`FEATURES`), all names of a report
at once: every round, the candidates near to or in the same country as the likely readings of the other names gain.
The weights were fitted by conditional logistic regression on hand-resolved news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.lang.name_keys import demonym
from dateline.model import Because, Place, PlacePrecision
from dateline.resolve.gazetteer.lookup import ALTERNATE, PRIMARY, USAGE, Entry
from dateline.resolve.gazetteer.points import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES = (
    "population",
    "country",
    "region",
    "first-order division",
    "second-order division",
    "capital",
    "name in general use",
    "other name",
    "named as lying in it",
    "in the same country as other places",
    "in the same division as other places",
    "close to other places",
    "a little farther from other places",
    "without a known population",
    "in a list of one's own",
    "in the same second-order division as other places",
)
WEIGHTS = (1.44, 0.5, 0.0, 0.0, -1.0, 0.0, 0.5, -2.4, 5.0, 2.5, 2.9, 2.4, 2.0, 0.5, 5.0, 3.0)
"""The last two were set apart from the fit: a place of one's own weighs as much as what the text says it lies in."""
ROUNDS = 3
MOST_CANDIDATES = 40
CONTEXT_CANDIDATES = 3
TOGETHER = 120
"""The most names of a report that are chosen together."""
SAME_SPOT_KM = 60.0
LEAST_NAMESAKE = 50_000
"""A town of fewer people does not lend its name to a province: the two only share it."""
LEAST_COMPANY = 0.1
"""A report with less company of a state than this is not about it."""
IN_DIVISION = FEATURES.index("in the same division as other places")
INSIDE = frozenset({"site", "area", "town", "admin3", "admin2"})
"""What can lie in a first-order division."""
LOCAL = INSIDE | {"admin1"}
"""What lies in a country."""
EARTH_DIAMETER_KM = 2 * 6371.0088


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a report with what it can mean, and what the text says that it lies in.

    ``parents`` are the readings of the words that follow or precede it as its container ("Paris, Texas").
    """

    key: str
    candidates: tuple[Entry, ...]
    parents: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading chosen for a name, how sure (0 to 1) and the features that spoke for it, strongest first."""

    entry: Entry
    confidence: float
    reasons: tuple[str, ...]


def choose(names: Sequence[Name]) -> dict[str, Choice]:
    """One reading for each name that has candidates, by key."""
    import numpy as np

    named = [n for n in names if n.candidates]
    if not named:
        return {}
    if len(named) > TOGETHER:
        # The cost grows with the square of the names: a long list of them is read a part at a time.
        parts = [named[i : i + TOGETHER] for i in range(0, len(named), TOGETHER)]
        return {key: choice for part in parts for key, choice in choose(part).items()}
    table = Table(named)
    weights = np.array(WEIGHTS)
    probabilities = table.first(weights)
    features = table.fixed
    for _ in range(ROUNDS):
        features = table.features(probabilities)
        probabilities = table.probabilities(features @ weights)
    out = {}
    for i, name in enumerate(named):
        low, high = table.starts[i], table.starts[i + 1]
        best = low + int(np.argmax(probabilities[low:high]))
        others = [k for k in range(low, high) if k != best]
        rival = features[max(others, key=lambda k: probabilities[k])] if others else np.zeros(len(FEATURES))
        gains = (features[best] - rival) * weights
        order = sorted(range(len(FEATURES)), key=lambda k: (-gains[k], k))
        reasons = (
            tuple(FEATURES[k] for k in order[:2] if gains[k] > 0.05) if others else ("the only place of the name",)
        )
        company = float(features[best][IN_DIVISION])
        entry = _as_people_say(table.entries[best], table.entries[low:high], company)
        out[name.key] = Choice(entry, round(float(probabilities[best]), 4), reasons)
    return out


def _as_people_say(chosen: Entry, candidates: Sequence[Entry], company: float) -> Entry:
    """The reading that people mean among those at the same spot, or of the same country.

    That is a town rather than the province named after it, what reports call by the name ("Gaza" is the Strip)
    rather than either, and a country's capital rather than a state of the name, unless the report is about that state:
    ``company`` is how much else of it lies there.
    """
    if chosen.own or chosen.kind not in {"town", "admin1", "admin2"}:
        return chosen
    capital = next((e for e in candidates if e.capital and e.country == chosen.country and e.rank > ALTERNATE), None)
    if chosen.kind == "admin1" and capital is not None and (chosen.rank != USAGE or company < LEAST_COMPANY):
        # A capital mostly has a division of its own, beside the province that it gave its name.
        return capital
    if chosen.rank == USAGE:
        return chosen
    for entry in candidates:
        if entry.rank == USAGE and distance_km(entry.point, chosen.point) <= SAME_SPOT_KM:
            return entry
    if chosen.kind == "admin1":
        for entry in candidates:
            inside = entry.country == chosen.country and entry.admin1 == chosen.admin1
            if inside and entry.kind == "town" and entry.rank > ALTERNATE and entry.population >= LEAST_NAMESAKE:
                return entry
    return chosen


class Table:
    """The candidates of all names of a report as arrays, with their features."""

    def __init__(self, names: Sequence[Name]) -> None:
        import numpy as np

        self.entries: list[Entry] = []
        self.starts = [0]
        inside: list[float] = []
        for name in names:
            kept = _most_likely(name)
            self.entries += kept
            inside += [_lies_in(c, name.parents) for c in kept]
            self.starts.append(len(self.entries))
        self.owner = np.repeat(np.arange(len(names)), np.diff(self.starts))
        lat, lon = np.radians(np.array([e.point for e in self.entries])).T
        self.vectors = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        self.countries = _codes([e.country for e in self.entries])
        self.divisions = _codes([f"{e.country}/{e.admin1}" if e.admin1 else None for e in self.entries])
        self.counties = _codes([f"{e.country}/{e.admin1}/{e.admin2}" if e.admin2 else None for e in self.entries])
        self.fixed = np.zeros((len(self.entries), len(FEATURES)))
        for i, (e, contained) in enumerate(zip(self.entries, inside, strict=True)):
            self.fixed[i, :9] = (
                np.log10(e.population + 100.0) - 2.0,
                e.kind == "country",
                e.kind in {"region", "continent"},
                e.kind == "admin1",
                e.kind == "admin2",
                e.capital,
                e.rank == USAGE,
                e.rank == ALTERNATE,
                contained,
            )
            self.fixed[i, 13:15] = e.population == 0, e.own

    def first(self, weights: NDArray[Any]) -> NDArray[Any]:
        """Probabilities before any company is known."""
        return self.probabilities(self.fixed @ weights)

    def probabilities(self, scores: NDArray[Any]) -> NDArray[Any]:
        """Softmax within each name."""
        import numpy as np

        top = np.maximum.reduceat(scores, self.starts[:-1])
        exp = np.exp(scores - top[self.owner])
        out: NDArray[Any] = exp / np.add.reduceat(exp, self.starts[:-1])[self.owner]
        return out

    def features(self, probabilities: NDArray[Any]) -> NDArray[Any]:
        """All features, those of company worked out from the likely readings of the other names."""
        import numpy as np

        picked: list[int] = []
        for low, high in zip(self.starts, self.starts[1:], strict=False):
            order = np.argsort(-probabilities[low:high], kind="stable")[:CONTEXT_CANDIDATES]
            picked += [low + int(k) for k in order]
        chosen = np.array(picked)
        weight = probabilities[chosen][None, :] * (self.owner[:, None] != self.owner[chosen][None, :])
        chord = np.clip(1.0 - self.vectors @ self.vectors[chosen].T, 0.0, 2.0)
        distance = EARTH_DIAMETER_KM * np.arcsin(np.sqrt(chord / 2.0))
        # Countries and regions have company in the same country, not at a distance: their point is only nominal.
        local = np.array([e.kind in LOCAL for e in self.entries])
        near = weight * local[:, None] * local[chosen][None, :]
        same_country = (self.countries[:, None] == self.countries[chosen][None, :]) & (self.countries[:, None] >= 0)
        same_division = (self.divisions[:, None] == self.divisions[chosen][None, :]) & (self.divisions[:, None] >= 0)
        same_county = (self.counties[:, None] == self.counties[chosen][None, :]) & (self.counties[:, None] >= 0)
        others = max(1, len(self.starts) - 2)
        out = self.fixed.copy()
        out[:, 9] = (weight * same_country).sum(axis=1) / others
        out[:, 10] = (weight * same_division).sum(axis=1) / others
        out[:, 11] = np.log1p((near * np.exp(-distance / 50.0)).sum(axis=1))
        out[:, 12] = np.log1p((near * np.exp(-distance / 400.0)).sum(axis=1))
        out[:, 15] = np.minimum((weight * same_county).sum(axis=1), 1.0)
        return out


def _codes(values: Sequence[str | None]) -> NDArray[Any]:
    import numpy as np

    known: dict[str, int] = {}
    return np.array([-1 if v is None else known.setdefault(v, len(known)) for v in values])


def _most_likely(name: Name) -> list[Entry]:
    """At most :data:`MOST_CANDIDATES`, those that the text puts in a named container always among them."""
    entries = name.candidates
    if (country := next((e for e in entries if e.kind == "country" and e.rank == USAGE), None)) is not None:
        # "Mexico" is neither the state of Mexico nor another name of Mexico City, unless the text says so.
        entries = tuple(e for e in entries if _is_apart(e, country) or _lies_in(e, name.parents))
    ranked = sorted(entries, key=lambda e: (-_lies_in(e, name.parents), -e.own, -e.rank, -e.population, e.id))
    return ranked[:MOST_CANDIDATES]


def _is_apart(entry: Entry, country: Entry) -> bool:
    """Whether a reading of a country's name is no place of that country, and one that people call so."""
    return entry.own or entry.rank == USAGE or (entry.rank > ALTERNATE and entry.country != country.country)


def _lies_in(entry: Entry, parents: tuple[Entry, ...]) -> float:
    for parent in parents:
        if parent.id == entry.id or (parent.country is not None and parent.country != entry.country):
            continue
        if parent.kind == "country" and entry.kind != "country":
            return 1.0
        if parent.kind == "admin1" and entry.kind in INSIDE and parent.admin1 == entry.admin1:
            return 1.0
        if parent.kind == "admin2" and entry.kind in INSIDE - {"admin2"} and parent.name == entry.admin2:
            return 1.0 if parent.admin1 == entry.admin1 else 0.0
    return 0.0


PRECISIONS: dict[str, PlacePrecision] = {
    "site": "site",
    "town": "town",
    "admin3": "district",
    "area": "district",
    "admin1": "province",
    "admin2": "district",
    "country": "country",
    "continent": "region",
    "region": "region",
}


def place_of_entry(start: int, end: int, quote: str, entry: Entry, because: tuple[Because, ...]) -> Place:
    """The place that the words ``[start, end)`` refer to, under its name in English."""
    # Divisions are listed under their official names, which readers of English may not know ("Xizang Zizhiqu").
    own_words = entry.kind in {"admin1", "admin2"} and entry.rank != PRIMARY and demonym(quote) is None
    return Place(
        start,
        end,
        quote,
        quote if own_words else entry.name,
        entry.geonameid,
        entry.country,
        entry.admin1,
        entry.lat,
        entry.lon,
        PRECISIONS[entry.kind],
        because,
    )
