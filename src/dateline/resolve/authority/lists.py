"""The authority list: who is meant by a name, under which neutral name they are shown, and what they were when.

A list is a table that people keep in a spreadsheet (its format: :mod:`dateline.resolve.authority.file`). The built-in
one holds countries, from packaged data, and the bodies of ``data/authority.csv``; a project's own list goes over it.
What no list has is resolved within the report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dateline.errors import AuthorityError, Problem
from dateline.files.read import ReadFile
from dateline.lang.name_keys import fold, rows
from dateline.resolve.authority.file import Kind, Row, read_rows

BUILT_IN = "built-in"

# Shown by the name that reports use, where the packaged name is another one or is shared.
_COUNTRY_NAMES = {
    "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "FM": "Micronesia", "KP": "North Korea",
    "KR": "South Korea", "PS": "Palestine", "RU": "Russia", "VA": "Vatican City",
    "VG": "British Virgin Islands", "VI": "Virgin Islands of the United States",
}  # fmt: skip
_PARTS_OF_THE_UNITED_KINGDOM = ("England", "Scotland", "Wales", "Northern Ireland")
"""Called countries in reports, one country in ISO 3166-1."""

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody was from one day to another (ISO 8601 prefixes, both inclusive; None: not bounded)."""

    country: str | None = None
    sector: str | None = None
    role: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def dated(self) -> bool:
        """Whether it holds for some time only."""
        return self.start is not None or self.end is not None

    def holds(self, day: str) -> bool:
        """Whether it holds on an ISO day; a bound that is only a month or a year takes in the whole of it."""
        return (self.start is None or day[: len(self.start)] >= self.start) and (
            self.end is None or day[: len(self.end)] <= self.end
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of a list: its neutral name, the other names, and its standings in the order of the file."""

    name: str
    kind: Kind = "body"
    aliases: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    source: str = ""
    list_name: str = BUILT_IN

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    def on(self, day: str | None) -> tuple[Standing | None, bool]:
        """What it was on an ISO day, and whether that depends on a day that is not known.

        A standing with dates goes before one without; of several that hold, the first in the file.
        """
        dated = [s for s in self.standings if s.dated]
        always = next((s for s in self.standings if not s.dated), None)
        if day is None:
            return always, bool(dated)
        return next((s for s in dated if s.holds(day)), always), False

    def before(self, day: str | None) -> Standing | None:
        """The latest standing that had ended on the day: what somebody was formerly."""
        ended = [s for s in self.standings if day and s.end is not None and day[: len(s.end)] > s.end]
        return max(ended, key=lambda s: s.end or "", default=None)

    @property
    def countries(self) -> frozenset[str]:
        """Every country that one of the standings names."""
        return frozenset(s.country for s in self.standings if s.country)


class Authority:
    """Entries by every name they go by; built once, then only read. ``files`` are the lists of one's own in it."""

    def __init__(self, entries: Iterable[Entry], name: str = BUILT_IN, files: Iterable[ReadFile] = ()) -> None:
        self.name = name
        self.files = tuple(files)
        self.entries = tuple(entries)
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._by_office: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for key in dict.fromkeys(map(name_key, entry.names)):
                self._exact[key].append(entry)
            for standing in entry.standings:
                if entry.kind == "person" and standing.role and standing.country:
                    self._by_office[fold(standing.role), standing.country].append(entry)

    def find(self, name: str, countries: Collection[str] = ()) -> Entry | None:
        """The one entry of that name; where several share it, the only one of the countries."""
        found = self.named(name)
        if len(found) > 1:
            found = tuple(e for e in found if not e.countries.isdisjoint(countries))
        return found[0] if len(found) == 1 else None

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every entry of that name."""
        return tuple(self._exact.get(name_key(name), ()))

    def holder(self, office: str, country: str, day: str) -> Entry | None:
        """The one person who held an office of a country on an ISO day, by the list; None where it has none or two."""
        holders = {
            entry.name: entry
            for entry in self._by_office.get((fold(office), country), ())
            if any(
                s.dated and s.holds(day) and s.country == country and fold(s.role or "") == fold(office)
                for s in entry.standings
            )
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def over(self, other: Authority) -> Authority:
        """This list over another: its entries replace those of the same name and take the names that both use."""
        mine = {name_key(entry.name) for entry in self.entries}
        taken = {name_key(name) for entry in self.entries for name in entry.names}
        kept = [
            replace(entry, aliases=tuple(a for a in entry.aliases if name_key(a) not in taken))
            for entry in other.entries
            if name_key(entry.name) not in mine
        ]
        return Authority((*self.entries, *kept), f"{self.name} over {other.name}", (*other.files, *self.files))


def name_key(name: str) -> str:
    """The key of a name. Names of four capitals or fewer keep their case: "WHO" is not "who", nor "IS" "is"."""
    bare = _ARTICLE.sub("", name.strip())
    letters = bare.replace(".", "")
    return letters if letters.isupper() and len(letters) <= 4 else fold(bare) or bare.casefold()


def load_authority(path: str | Path | None = None) -> Authority:
    """The built-in list, or a project's own list over it.

    Raises :class:`AuthorityError` with the line and the mend of every fault.
    """
    if path is None:
        return built_in_authority()
    return read_authority(Path(path)).over(built_in_authority())


def read_authority(path: Path) -> Authority:
    """The list of a file alone."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AuthorityError([Problem(str(path), 1, "The file cannot be read.", str(error))]) from error
    read, problems = read_rows(data, path.name)
    if problems:
        raise AuthorityError(problems)
    return Authority(_entries(read, path.name), path.name, [ReadFile.of(path, data)])


@lru_cache(maxsize=1)
def built_in_authority() -> Authority:
    """Countries (ISO 3166-1, from pycountry) and the bodies of ``data/authority.csv``."""
    read, problems = read_rows((files("dateline.data") / "authority.csv").read_bytes(), "authority.csv")
    if problems:
        raise AuthorityError(problems)
    return Authority((*_entries(read, BUILT_IN), *_countries()))


def _entries(read: Iterable[Row], list_name: str) -> list[Entry]:
    """One entry a name: rows of the same name are its standings."""
    found: dict[str, Entry] = {}
    for row in read:
        key = name_key(row.name)
        standing = Standing(row.country, row.sector, row.role, row.start, row.end)
        before = found.get(key)
        if before is None:
            found[key] = Entry(row.name, row.kind, row.aliases, (standing,), row.source, list_name)
        else:
            found[key] = replace(
                before,
                aliases=tuple(dict.fromkeys((*before.aliases, *row.aliases))),
                standings=(*before.standings, standing),
                source=before.source or row.source,
            )
    return list(found.values())


def _countries() -> Iterator[Entry]:
    """Every country of ISO 3166-1 under the name that reports use, with its other names."""
    import pycountry

    others: dict[str, list[str]] = defaultdict(list)
    for name, target in rows("place_names.tsv"):
        if len(target) == 2:
            others[target].append(name)
    others["GB"] += _PARTS_OF_THE_UNITED_KINGDOM
    others["TR"].append("Turkey")
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        code = country.alpha_2
        listed = [getattr(country, key, "") for key in ("name", "common_name", "official_name")]
        common = listed[1] or listed[0]
        name = _COUNTRY_NAMES.get(code, common.split(",")[0])
        aliases = dict.fromkeys(n for n in (*listed, *others[code]) if n and n != name)
        yield Entry(name, "country", tuple(aliases), (Standing(code, "GOV"),), "ISO 3166-1")
