"""The file of an authority list: a CSV table with a row for each standing of each actor.

    name,aliases,kind,country,sector,role,from,to,source
    Movement for Water,MFW|Water Movement,body,KE,OPP,,,,statutes of the movement
    Jane Whitfield,J. Whitfield,person,KE,GOV,interior minister,2019-03,2021-11-04,gazette of the state

Only ``name`` is needed. Rows of the same name are one actor at different times. Files of a spreadsheet are read as
they come: with a byte order mark, and with semicolons where the table has those instead of commas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal, get_args

from dateline.errors import Problem
from dateline.lang.lexicon import words

COLUMNS = ("name", "aliases", "kind", "country", "sector", "role", "from", "to", "source")
SECTORS = words("people.sides")
"""Sector codes after PLOVER: those that the lexicon has a side for."""

Kind = Literal["body", "person", "country"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MAX_BYTES = 20_000_000
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_SPREADSHEET_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an actor and what it was in some time."""

    line: int
    name: str
    aliases: tuple[str, ...]
    kind: Kind
    country: str | None
    sector: str | None
    role: str | None
    start: str | None
    end: str | None
    source: str


def read_rows(data: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a file and everything that is wrong with it."""
    reader = _Reader(file)
    rows = reader.read(data)
    return rows, sorted(reader.problems)


class _Reader:
    """Reads one file and collects what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def read(self, data: bytes) -> list[Row]:
        if len(data) > MAX_BYTES:
            self._tell(1, "The file is too large for a list of actors.", "Keep it under 20 MB.")
            return []
        try:
            text = data.decode("utf-8-sig").replace("\0", "")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._tell(line, "The file is not in UTF-8.", "Save it as “CSV UTF-8” in the spreadsheet.")
            return []
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            header = [cell.strip().lower() for cell in next(table, [])]
            lines = [(table.line_num, cells) for cells in table if any(cell.strip() for cell in cells)]
        except csv.Error as error:
            self._tell(table.line_num, f"The table cannot be read ({error}).", "Check the quotation marks here.")
            return []
        if "name" not in header:
            self._tell(1, "There is no column `name`.", f"Begin with this line: {','.join(COLUMNS)}")
            return []
        for cell in header:
            if cell not in COLUMNS:
                mend = _nearest(cell, COLUMNS) or f"The columns are {', '.join(COLUMNS)}."
                self._tell(1, f"`{cell}` is not a column of a list.", mend)
        rows = [row for line, cells in lines if (row := self._row(header, line, cells)) is not None]
        self._compare(rows)
        return rows

    def _tell(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, what, mend))

    def _row(self, header: list[str], line: int, cells: list[str]) -> Row | None:
        if any(cell.strip() for cell in cells[len(header) :]):
            mend = 'Put a cell that holds a comma between quotation marks: "a, b".'
            self._tell(line, "The row has more cells than the first line.", mend)
            return None
        values = {key: " ".join(cell.split()) for key, cell in zip(header, cells, strict=False)}
        name = values.get("name", "")
        if not name:
            self._tell(line, "The row has no name.", "Write the name under which the actor is shown.")
            return None
        given = values.get("kind", "").lower() or "body"
        kind = next((k for k in KINDS if k == given), None)
        if kind is None:
            self._tell(line, f"{given!r} is no kind of actor.", f"Write one of {', '.join(KINDS)}; empty is a body.")
        country, sector = values.get("country") or None, values.get("sector") or None
        if country is not None and country not in country_codes():
            self._tell(line, f"{country!r} is no country code.", country_mend(country))
        if sector is not None and sector not in SECTORS:
            mend = _nearest(sector.upper(), SECTORS) or f"The codes are {', '.join(SECTORS)}."
            self._tell(line, f"{sector!r} is no sector code.", mend)
        start, end = self._day(line, "from", values), self._day(line, "to", values)
        if start and end and start[: len(end)] > end[: len(start)]:
            self._tell(line, f"It ends ({end}) before it begins ({start}).", "Exchange the two dates.")
        aliases = (alias.strip() for alias in values.get("aliases", "").split("|"))
        return Row(
            line=line,
            name=name,
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias)),
            kind=kind or "body",
            country=country,
            sector=sector,
            role=values.get("role") or None,
            start=start,
            end=end,
            source=values.get("source", ""),
        )

    def _day(self, line: int, key: str, values: dict[str, str]) -> str | None:
        day = values.get(key) or None
        if day is not None and not _DAY.fullmatch(day):
            turned = _SPREADSHEET_DAY.fullmatch(day) is not None
            mend = "Write the year first: 2021-11-04." if turned else "Write it as 2021, 2021-11 or 2021-11-04."
            self._tell(line, f"{day!r} under `{key}` is no date here.", mend)
            return None
        return day

    def _compare(self, rows: Iterable[Row]) -> None:
        """Rows that stand twice, and rows of one name that say different things of what it is."""
        seen: dict[tuple[object, ...], int] = {}
        kinds: dict[str, Row] = {}
        for row in rows:
            key = (row.name.casefold(), row.country, row.sector, row.role, row.start, row.end)
            if key in seen:
                self._tell(row.line, f"{row.name!r} stands here as in line {seen[key]}.", "Take one of the two out.")
            seen.setdefault(key, row.line)
            first = kinds.setdefault(row.name.casefold(), row)
            if first.kind != row.kind:
                what = f"{row.name!r} is a {row.kind} here and a {first.kind} in line {first.line}."
                self._tell(row.line, what, "Write the same kind, or tell the two apart by their names.")


def _nearest(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {close[0]}?" if close else ""


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2, and XK for Kosovo as the packaged gazetteers have it."""
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


@lru_cache(maxsize=256)
def country_mend(given: str) -> str:
    """What to write instead of something that is no country code."""
    import pycountry

    found = pycountry.countries.get(alpha_2=given.upper()) or pycountry.countries.get(alpha_3=given.upper())
    if found is None:
        try:
            found = pycountry.countries.search_fuzzy(given)[0]
        except LookupError:
            return "Write the two letters of ISO 3166-1, such as KE."
    return f"Write {found.alpha_2} (the two letters of ISO 3166-1)."
