"""A list of places of one's own: a CSV table or a GeoJSON file that goes over the built-in gazetteer.

    name,aliases,lat,lon,country,admin1,admin2,kind,population,source
    Riverside Camp,Camp Riverside,-3.5,36.25,TZ,Arusha,,site,,survey of the project

Only ``name``, ``lat`` and ``lon`` are needed. A GeoJSON file holds points whose properties have the same names. A row
that cannot be used is told with its mend and left out; the others are used.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from dateline.errors import GazetteerError, Problem
from dateline.files.read import ReadFile
from dateline.lang.name_keys import fold
from dateline.resolve.gazetteer.entry import PRIMARY, USAGE, Entry, Kind

COLUMNS = ("name", "aliases", "lat", "lon", "country", "admin1", "admin2", "kind", "population", "source")
NEEDED = ("name", "lat", "lon")
KINDS: dict[str, Kind] = {"site": "site", "town": "town", "district": "admin2", "province": "admin1"}
"""What stands under ``kind``, which is also the precision that a coding gives the place."""

MAX_BYTES = 200_000_000
_LATIN = {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "y": "lat", "x": "lon"}


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of a list with the folded names that it is looked up under."""

    entry: Entry
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """The places of one file in its order, and the rows that were left out."""

    file: str
    places: tuple[OwnPlace, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: ReadFile | None = None
    """The file itself; None for places that were made by hand."""


class _RowError(ValueError):
    """A row that cannot be used: what is wrong, and what to write instead."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend

    @property
    def told(self) -> str:
        """The mend, and what the fault costs."""
        return f"{self.mend} The row is left out."


class _ColumnError(_RowError):
    """A column that is not read; the rows are."""

    @property
    def told(self) -> str:
        return self.mend


_Read = tuple[tuple[str, int], Mapping[str, Any] | _RowError]
"""A row or what is wrong with it, and where it stands: ("line", 4), ("feature", 2)."""


def read_places(path: Path | str) -> OwnPlaces:
    """The places of a ``.csv``, ``.tsv``, ``.geojson`` or ``.json`` file.

    Raises :class:`GazetteerError` where the file as a whole cannot be read; a bad row is one of the ``problems``.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    if len(data) > MAX_BYTES:
        raise GazetteerError(f"{path.name}: the file is too large for a list of places. Keep it under 200 MB.")
    try:
        text = data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GazetteerError(
            f"{path.name}:{line}: the file is not in UTF-8. Save it as “CSV UTF-8” in the spreadsheet."
        ) from error
    if path.suffix.lower() in {".geojson", ".json"}:
        rows = _features(text, path.name)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        rows = _table(text, path.name)
    else:
        raise GazetteerError(
            f"{path.name}: a list of places is a CSV or GeoJSON file. Save it with the ending .csv or .geojson."
        )
    return replace(_Reader(path.name).read(rows), read=ReadFile.of(path, data))


def _table(text: str, file: str) -> Iterator[_Read]:
    first = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        header = [cell.strip().lower() for cell in next(table, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            wrong = [f"`{cell}` as `{_LATIN[cell]}`" for cell in header if _LATIN.get(cell) in missing]
            mend = f"Write {' and '.join(wrong)}." if wrong else f"Begin with this line: {','.join(COLUMNS)}"
            raise GazetteerError(f"{file}:1: there is no column {_listed(missing)}. {mend}")
        yield from _misnamed(header)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            where = ("line", table.line_num)
            if any(cell.strip() for cell in cells[len(header) :]):
                mend = 'Put a cell that holds a comma between quotation marks: "a, b".'
                yield where, _RowError("The row has more cells than the first line.", mend)
            else:
                yield where, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        # The reader cannot tell where the next row begins: what was read before stands, the rest is told as one fault.
        yield ("line", table.line_num), _RowError(f"The table cannot be read on ({error}).", "Check the quotes here.")


def _misnamed(header: list[str]) -> Iterator[_Read]:
    """Columns that look like a known one; others are the user's business."""
    for cell in header:
        if cell not in COLUMNS and (close := get_close_matches(cell, COLUMNS, n=1, cutoff=0.75)):
            yield ("line", 1), _ColumnError(f"The column `{cell}` is not read.", f"Did you mean `{close[0]}`?")


def _features(text: str, file: str) -> Iterator[_Read]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GazetteerError(f"{file}: this is no JSON ({error}).") from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if isinstance(whole, dict) and whole.get("type") == "Feature":
        features = [whole]
    if not isinstance(features, list):
        raise GazetteerError(f'{file}: this is no GeoJSON. It must be an object with "type": "FeatureCollection".')
    for number, feature in enumerate(features, start=1):
        where = ("feature", number)
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        properties = feature.get("properties") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind != "Point":
            yield where, _RowError(f"The geometry is {kind or 'missing'}, not a Point.", "Give its point.")
            continue
        at = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if not isinstance(at, list) or len(at) < 2:
            yield where, _RowError("The point has no coordinates.", "Write [longitude, latitude].")
            continue
        values = {str(key).lower(): value for key, value in (properties or {}).items()}
        yield where, {**values, "lon": at[0], "lat": at[1]}


class _Reader:
    """Makes places of rows, and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.seen: dict[tuple[object, ...], str] = {}

    def read(self, rows: Iterator[_Read]) -> OwnPlaces:
        places: list[OwnPlace] = []
        for (unit, number), row in rows:
            try:
                if isinstance(row, _RowError):
                    raise row
                places.append(self._place(f"{unit} {number}", row, len(places) + 1))
            except _RowError as error:
                self.problems.append(Problem(self.file, number, error.what, error.told, unit))
        return OwnPlaces(self.file, tuple(places), tuple(self.problems))

    def _place(self, where: str, row: Mapping[str, Any], number: int) -> OwnPlace:
        name = _words(row.get("name"))
        if not name:
            raise _RowError("The row has no name.", "Write the name under which the place is shown.")
        lat, lon = _degrees(row, "lat", 90), _degrees(row, "lon", 180)
        if lat == lon == 0:
            raise _RowError("The point is 0, 0, in the sea.", "Write the place's own latitude and longitude.")
        given = _words(row.get("kind")).lower() or "town"
        if given not in KINDS:
            raise _RowError(f"{given!r} is no kind of place.", f"Write one of {', '.join(KINDS)}; empty is a town.")
        keys = tuple(dict.fromkeys(key for n in (name, *_aliases(row.get("aliases"))) if len(key := fold(n)) > 1))
        if not keys:
            raise _RowError(f"{name!r} has no name in Latin letters.", "Add one under `aliases`: reports are English.")
        country = _country(_words(row.get("country")))
        kind = KINDS[given]
        admin1 = _words(row.get("admin1")) or (name if kind == "admin1" else None)
        admin2 = _words(row.get("admin2")) or (name if kind == "admin2" else None)
        twice = (keys[0], kind, country, admin1, lat, lon)
        if twice in self.seen:
            raise _RowError(f"{name!r} stands here as in {self.seen[twice]}.", "Take one of the two out.")
        self.seen[twice] = where
        told = _words(row.get("source"))
        entry = Entry(
            # Negative: the numbers of the built-in places are positive.
            id=-number,
            geonameid=None,
            name=name,
            kind=kind,
            country=country,
            admin1=admin1,
            admin2=admin2,
            lat=lat,
            lon=lon,
            population=_people(row),
            capital=False,
            source=f"{self.file} ({told})" if told else self.file,
            # A site's name is looked for on the list's word alone; a town's must still look like a place in the text.
            rank=USAGE if kind == "site" else PRIMARY,
            own=True,
        )
        return OwnPlace(entry, keys)


def _words(value: object) -> str:
    return " ".join(str(value).split()) if value is not None and not isinstance(value, list | dict) else ""


def _aliases(value: object) -> list[str]:
    parts = value if isinstance(value, list) else str(value or "").split("|")
    return [alias for part in parts if (alias := _words(part))]


def _degrees(row: Mapping[str, Any], key: str, most: int) -> float:
    given = _words(row.get(key))
    if not given:
        raise _RowError(f"There is no {key}.", "Write it in degrees, such as 33.51.")
    try:
        value = float(given)
    except ValueError:
        plain = given.replace(",", ".", 1)
        mend = (
            f"Write {plain}." if _is_number(plain) else "Write decimal degrees with a minus for south and west: -3.5."
        )
        raise _RowError(f"{given!r} under `{key}` is no number.", mend) from None
    if not isfinite(value) or abs(value) > most:
        other = " Were latitude and longitude exchanged?" if key == "lat" and abs(value) <= 180 else ""
        raise _RowError(f"{given} under `{key}` is not between -{most} and {most}.", f"Write degrees.{other}")
    return value


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _people(row: Mapping[str, Any]) -> int:
    given = _words(row.get("population"))
    if not given:
        return 0
    digits = given.replace(",", "").replace(" ", "").removesuffix(".0")
    # A number of twenty digits is no population, and would not fit where numbers are kept.
    if not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        raise _RowError(f"{given!r} under `population` is no whole number.", "Write it in digits, or leave it empty.")
    return int(digits)


def _country(given: str) -> str | None:
    from dateline.resolve.authority.file import country_codes, country_mend

    if not given:
        return None
    if given.upper() not in country_codes():
        raise _RowError(f"{given!r} is no country code.", country_mend(given))
    return given.upper()


def _listed(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
