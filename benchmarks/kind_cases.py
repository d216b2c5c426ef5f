"""Kinds of reports that coders get wrong, each with its inputs and the values that a careful reader gives them.

A file of ``tests/kinds`` is one kind: what it is about (``kind``) and its ``cases``. A case is a short ``text`` with
what its coding must hold, in the columns of the CSV (see docs/formats.md) and ``actor_sectors``, ``recipient_sectors``:

- ``right``: each of these rows is there. ``modality: asserted`` is meant where a row names none; ``modality: '*'``
  leaves it open.
- ``wrong``: no row is like one of these, whatever its modality, unless it names one. Here as there, ``historical:
  false`` is meant where a row names a modality and not ``historical``.
- ``rows``: so many rows are coded.
- ``nowhere``: words that stand in no field that people read (names, roles, places, sentences, words of a number).
- ``left_out``: words that what was left out, or a note, says.
- ``places``: names that the coding places, each a mapping of ``name``, ``country``, and ``point`` (true, false).
- ``miss``: why the coder does not get it, where it is known not to; such a case must fail.

A value is compared without regard to case; ``a|b`` allows two, ``/.../`` is a regular expression for the whole of
it, ``null`` is "not stated" and ``'*'`` anything that is stated. Of several names in a cell one must be meant. A case
is of 2024-03-06 (a Wednesday) unless it says ``published``; it may say ``title``, ``publisher``, ``codebook``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dateline.export.formats import sheet
from dateline.export.formats.rows import event_cells
from dateline.intake import read_text

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder
    from dateline.model import Coding, EventMention, Participant

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "kinds"
_READ = (
    *("actors", "recipients", "place", "country", "sentence", "according_to", "other_figures"),
    *(column for column in sheet.COLUMNS if column.endswith(("_words", "_according_to"))),
)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One text and what must be found in it."""

    kind: str
    text: str
    right: tuple[Row, ...] = ()
    wrong: tuple[Row, ...] = ()
    rows: int | None = None
    nowhere: tuple[str, ...] = ()
    left_out: str | None = None
    places: tuple[Row, ...] = ()
    published: date | None = date(2024, 3, 6)
    title: str | None = None
    publisher: str | None = None
    codebook: str | None = None
    miss: str | None = None

    def __str__(self) -> str:
        return re.sub(r"[^\w]+", "-", self.text)[:60].strip("-")


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Every case of every file, in the order of the files."""
    for path in sorted(folder.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(Case)} - {"kind"}
        for case in told["cases"]:
            if strange := case.keys() - known:
                raise ValueError(f"{path.name}: {sorted(strange)} is no key of a case; there are {sorted(known)}")
            yield Case(path.stem, **{key: _tuple(value) for key, value in case.items()})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def faults(case: Case, coder: MachineCoder) -> list[str]:
    """What of the case's coding is not as it must be."""
    report = read_text(
        case.text,
        id="case",
        language="en",
        published=str(case.published) if case.published else None,
        title=case.title,
        publisher=case.publisher,
    )
    coding = coder.code(report)
    found = [_row(coding, event) for event in coding.events]
    return [*_row_faults(case, found), *_other_faults(case, coding, found)]


def _row_faults(case: Case, found: list[dict[str, Any]]) -> Iterator[str]:
    for wanted in case.right:
        if not any(_like(row, _told({"modality": "asserted"} | dict(wanted))) for row in found):
            yield f"no row is {dict(wanted)}"
    for unwanted in case.wrong:
        yield from (f"a row is {dict(unwanted)}" for row in found if _like(row, _told(unwanted)))
    if case.rows is not None and case.rows != len(found):
        yield f"{len(found)} rows instead of {case.rows}"


def _told(wanted: Row) -> Row:
    """The row with what is meant where it names a modality: what is told as news."""
    return {"historical": False} | dict(wanted) if wanted.get("modality", "*") != "*" else wanted


def _other_faults(case: Case, coding: Coding, found: list[dict[str, Any]]) -> Iterator[str]:
    read = [str(row[column]) for row in found for column in _READ if row.get(column) is not None]
    read += [f"{actor.name} {actor.role or ''}" for actor in coding.actors]
    for name in case.nowhere:
        yield from (f"{name!r} stands in {text!r}" for text in read if name.casefold() in text.casefold())
    told = [f"{left.quote} {left.why}" for left in coding.left_out] + [note.message for note in coding.notes]
    if case.left_out and not any(case.left_out.casefold() in text.casefold() for text in told):
        yield f"nothing left out says {case.left_out!r}"
    for wanted in case.places:
        if not any(_like(_place(place), wanted) for place in coding.places):
            yield f"no place is {dict(wanted)}: {[_place(place) for place in coding.places]}"


def _place(place: Any) -> dict[str, Any]:
    return {"name": place.name, "country": place.country, "point": place.lat is not None, "precision": place.precision}


def _row(coding: Coding, event: EventMention) -> dict[str, Any]:
    cells: dict[str, Any] = {**event_cells(coding, event)}
    cells["actor_sectors"] = _sectors(coding, event.actors)
    cells["recipient_sectors"] = _sectors(coding, event.recipients)
    return cells


def _sectors(coding: Coding, participants: Iterable[Participant]) -> str | None:
    sectors = {actor.id: actor.sector for actor in coding.actors}
    return " | ".join(filter(None, (sectors.get(p.actor) for p in participants if p.actor))) or None


def _like(row: Row, wanted: Row) -> bool:
    if strange := wanted.keys() - row.keys() - set(sheet.COLUMNS):
        raise ValueError(f"{sorted(strange)} is no column")
    return all(_is(row.get(column), value) for column, value in wanted.items())


def _is(found: Any, wanted: Any) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    if wanted == "*":
        return True
    if not isinstance(wanted, str):
        return bool(str(found) == str(wanted) if isinstance(wanted, date) else found == wanted)
    if wanted.startswith("/") and wanted.endswith("/"):
        return re.fullmatch(wanted[1:-1], str(found), re.IGNORECASE) is not None
    allowed = {one.strip().casefold() for one in wanted.split("|")}
    return bool(allowed & {str(found).casefold(), *(name.strip().casefold() for name in str(found).split(" | "))})
