"""A gazetteer of the packaged sources and a GeoNames dump, read line by line: memory does not grow with the dump.

The format is that of https://download.geonames.org/export/dump/readme.txt: 19 columns between tabs, in UTF-8. Beside
the dump, where they are there, three files of the same site are read: ``admin1CodesASCII.txt`` and ``admin2Codes.txt``
(the names of divisions) and ``alternateNamesV2.txt`` (which names are English, and which are preferred).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from dateline.errors import GazetteerError
from dateline.resolve.gazetteer.build import division_names, packaged_rows
from dateline.resolve.gazetteer.entry import ALTERNATE, PRIMARY, Kind
from dateline.resolve.gazetteer.lookup import BUILDER_VERSION, BUILT_SUFFIX, packages_stamp
from dateline.resolve.gazetteer.write import Row, Writer, say, writing

COLUMNS = 19
CLASSES = "AHLPRSTV"
"""Feature classes that are taken: all but U, which is under the sea."""
AREAS_SPREAD = frozenset(
    "OCN SEA GULF BAY STRT CHN STM STMI STMS CNL WAD MTS ISLS PEN DSRT PLAT PLN PLNX CST RGN RGNE RGNH RGNL TERR ZN "
    "CONT".split()
)
"""Feature codes of what mostly spreads over more than one division: only the region is known."""
SPOTS = frozenset("SPNG WLL WTRH PND DCK LOCK MILB NVB MVA PRT CMN BTL ARCH PK MT HLL PASS BDG RDGE CAVE PT".split())
"""Feature codes outside of classes R and S that are nonetheless one spot."""
UNPACKED = "Give the unpacked dump, such as KE.txt."
EVERY = 500_000
"""Lines between two words on how far the reading is."""
MOST_SHOWN = 5
MOST_BYTES = 1_000_000
"""The longest line that is read; the longest of the format has some 12,000 bytes."""
_NO_NAMES = frozenset("link wkdt post iata icao faac unlc tcid phon piny fr_1793".split())
"""Codes under "isolanguage" that stand for something else than a language's name of the place."""


@dataclass(slots=True)
class _Told:
    """What was read of a file, and what of it could not be."""

    file: str
    lines: int = 0
    malformed: int = 0
    shown: list[str] = field(default_factory=list)

    def bad(self, why: str) -> None:
        self.malformed += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(f"{self.file}:{self.lines}: {why}; the line is left out")

    def summary(self) -> str:
        return f"{self.file}: {self.lines:,} lines read, {self.malformed:,} malformed and left out"


class _LineError(ValueError):
    """Why a line cannot be used."""


def feature_classes(given: str | None) -> frozenset[str]:
    """The classes of "P,A"; all of :data:`CLASSES` for None. Raises :class:`GazetteerError` for others."""
    classes = {part.strip().upper() for part in (given or ",".join(CLASSES)).split(",") if part.strip()}
    if wrong := sorted(classes - set(CLASSES)):
        raise GazetteerError(f"{', '.join(wrong)}: no such feature class. Write some of {','.join(CLASSES)}.")
    return frozenset(classes)


def build_with_dump(dump: Path, output: Path | None = None, classes: Collection[str] = frozenset(CLASSES)) -> Path:
    """Builds a gazetteer of the packaged places and those of a dump, and returns its path.

    A place of both keeps its packaged name and gets the dump's point, population, feature code and names. Malformed
    lines are counted and told on standard error. Raises :class:`GazetteerError` where a file cannot be read or
    written.
    """
    target = output or Path(dump.with_suffix(BUILT_SUFFIX).name)
    if target.suffix.lower() != BUILT_SUFFIX:
        raise GazetteerError(f"{target}: a built gazetteer is known by its ending. Write {target}{BUILT_SUFFIX}.")
    if not dump.is_file():
        raise GazetteerError(f"{dump}: there is no such file. {UNPACKED}")
    try:
        with writing(target) as writer:
            digest = _Builder(writer, dump, frozenset(classes)).build()
            writer.finish({"stamp": digest, "builder": str(BUILDER_VERSION)})
    except (OSError, sqlite3.OperationalError) as error:
        raise GazetteerError(f"cannot build {target}: {error}") from error
    return target


class _Builder:
    """One build. Of each place only the GeoNames number of the packaged ones is kept in memory."""

    def __init__(self, writer: Writer, dump: Path, classes: frozenset[str]) -> None:
        self.writer = writer
        self.dump = dump
        self.classes = classes
        self.known: dict[int, tuple[int, Kind]] = {}
        self.divisions: dict[str, str] = {}
        self.digest = hashlib.sha256(packages_stamp().encode())
        self.digest.update(",".join(sorted(classes)).encode())

    def build(self) -> str:
        for row in packaged_rows():
            number = self.writer.add(row)
            if row.geonameid is not None:
                self.known[row.geonameid] = number, row.kind
        self.writer.flush()
        for name in ("admin1CodesASCII.txt", "admin2Codes.txt"):
            self._each(self.dump.with_name(name), self._division, optional=True)
        # Names as the packages have them come last and stay: places of one division must agree on its name.
        self.divisions.update(division_names())
        self._each(self.dump, self._place)
        self.writer.flush()
        alternates = self.dump.with_name("alternateNamesV2.txt")
        if alternates.is_file():
            self.writer.db.execute("CREATE TEMP TABLE also (geonameid INTEGER, name TEXT, rank INTEGER)")
            self._each(alternates, self._alternate)
            self._join()
        return self.digest.hexdigest()

    def _each(self, path: Path, take: Callable[[list[str]], None], optional: bool = False) -> None:
        """Hands every line of a file on, split at its tabs."""
        if optional and not path.is_file():
            return
        say(f"reading {path.name}")
        told = _Told(path.name)
        for line in self._lines(path, told):
            try:
                take(line.split("\t"))
            except _LineError as error:
                told.bad(str(error))
        for fault in told.shown:
            say(fault)
        say(told.summary())
        if told.lines and told.lines == told.malformed:
            raise GazetteerError(f"{path}: no line is of the format of GeoNames. {UNPACKED}")

    def _lines(self, path: Path, told: _Told) -> Iterator[str]:
        with path.open("rb") as file:
            while raw := file.readline(MOST_BYTES):
                self.digest.update(raw)
                told.lines += 1
                if told.lines % EVERY == 0:
                    say(f"{path.name}: {told.lines:,} lines")
                if not raw.endswith(b"\n") and len(raw) == MOST_BYTES:
                    while (more := file.readline(MOST_BYTES)) and not more.endswith(b"\n"):
                        self.digest.update(more)
                    self.digest.update(more)
                    told.bad("too long for a line of a dump")
                    continue
                try:
                    line = raw.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    told.bad("not in UTF-8")
                    continue
                if line and not line.startswith("#"):
                    yield line

    def _division(self, cells: list[str]) -> None:
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise _LineError("not a code and a name")
        self.divisions[cells[0]] = cells[1]

    def _place(self, cells: list[str]) -> None:
        if len(cells) != COLUMNS:
            raise _LineError(f"{len(cells)} columns instead of {COLUMNS}")
        number, name, ascii_name, alternates, latitude, longitude, letter, feature, country = cells[:9]
        if letter not in self.classes or not name or not feature:
            return
        geonameid, point = _whole(number, "geonameid"), (_degrees(latitude, 90), _degrees(longitude, 180))
        population = _whole(cells[14] or "0", "population")
        first = self.divisions.get(f"{country}.{cells[10]}")
        second = self.divisions.get(f"{country}.{cells[10]}.{cells[11]}")
        kind = kind_of(letter, feature)
        source = f"GeoNames dump {self.dump.name}"
        others = [ascii_name, *(other for other in alternates.split(",") if _is_name(other))]
        if geonameid in self.known:
            place, known = self.known[geonameid]
            self._update(place, known, point, population, feature, source)
            for other in (name, *others):
                self.writer.call(place, other, ALTERNATE)
            return
        row = Row(geonameid, name, kind, country or None, first, second, point, population, source, feature == "PPLC")
        row.feature = feature
        row.called(name, PRIMARY)
        for other in others:
            row.called(other, ALTERNATE)
        if row.names:
            self.writer.add(row)

    def _update(
        self, place: int, kind: Kind, point: tuple[float, float], population: int, feature: str, source: str
    ) -> None:
        """Gives a packaged place what the dump knows better; a country keeps the point of its largest landmass."""
        if kind == "country":
            return
        self.writer.db.execute(
            "UPDATE place SET lat = ?, lon = ?, population = max(population, ?), feature = ?, source = ? WHERE id = ?",
            (round(point[0], 5), round(point[1], 5), population, feature, self.writer.source(source), place),
        )

    def _alternate(self, cells: list[str]) -> None:
        if len(cells) < 4:
            raise _LineError(f"{len(cells)} columns instead of 10")
        language, name = cells[2], cells[3]
        if language in _NO_NAMES or not _is_name(name):
            return
        preferred = language == "en" and len(cells) > 4 and cells[4] == "1"
        geonameid = _whole(cells[1], "geonameid")
        rank = PRIMARY if preferred else ALTERNATE
        self.writer.db.execute("INSERT INTO also VALUES (?, ?, ?)", (geonameid, name, rank))

    def _join(self) -> None:
        """Gives every place its names of the other file, in the order of that file."""
        db = self.writer.db
        db.execute("CREATE INDEX temp.also_id ON also (geonameid)")
        query = "SELECT p.id, a.name, a.rank FROM place p JOIN temp.also a ON a.geonameid = p.geonameid ORDER BY p.id"
        for place, name, rank in db.execute(query):
            self.writer.call(place, name, rank)


def kind_of(letter: str, feature: str) -> Kind:
    """The kind of place of a GeoNames feature class and code, which is also how precise its point is."""
    if letter == "P":
        return "town"
    if letter in "RS" or feature in SPOTS:
        return "site"
    if letter == "A":
        if feature.startswith("PCL"):
            return "country" if not feature.endswith("H") else "region"
        if feature == "ADM1":
            return "admin1"
        if feature == "ADM2":
            return "admin2"
        return "region" if feature in AREAS_SPREAD or feature == "ADM1H" else "admin3"
    return "region" if feature in AREAS_SPREAD else "area"


def _is_name(name: str) -> bool:
    """Lower-case names are machine transliterations, and a few capitals are codes of airports."""
    return name[:1].isupper() and not (len(name) <= 3 and name.isupper())


def _whole(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise _LineError(f"{text[:30]!r} is no {what}")
    return int(text)


def _degrees(text: str, most: int) -> float:
    try:
        value = float(text)
    except ValueError:
        raise _LineError(f"{text[:30]!r} is no number of degrees") from None
    if not isfinite(value) or abs(value) > most:
        raise _LineError(f"{text[:30]} is not between -{most} and {most} degrees")
    return value
