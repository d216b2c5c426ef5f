"""The columns of a sheet with one row an event: by which names they are known, and what may stand in a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from dateline.errors import EdtfError, SheetError
from dateline.evaluate.model import COUNT_KINDS, FIELDS, Field
from dateline.export.formats.columns import SEPARATOR
from dateline.lang.dates.edtf import bounds
from dateline.lang.lexicon import words
from dateline.model import CountKind, DatePrecision, Modality

COLUMNS: dict[str, tuple[str, ...]] = {
    "report": ("report", "report_id", "article", "article_id", "document", "document_id", "doc_id", "story_id", "id"),
    "text": ("text", "article_text", "full_text", "body"),
    "published": ("published", "publication_date", "published_date"),
    "publisher": ("publisher", "outlet", "newspaper"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "evidence": ("evidence", "sentence", "quote"),
    "trigger": ("trigger", "trigger_words"),
    "trigger_start": ("trigger_start",),
    "evidence_start": ("evidence_start",),
    "evidence_end": ("evidence_end",),
    "key": ("key",),
    "event": ("event", "event_id"),
    "type": ("type", "event_type", "sub_event_type", "category"),
    "mode": ("mode", "event_mode"),
    "actors": ("actors", "actor", "perpetrator"),
    "recipients": ("recipients", "recipient", "target", "targets", "victim", "victims"),
    "place": ("place", "location", "place_name", "city"),
    "country": ("country",),
    "geonameid": ("geonameid", "geonames_id"),
    "date": ("date", "event_date"),
    "date_words": ("date_words",),
    "modality": ("modality",),
    "historical": ("historical",),
    "according_to": ("according_to", "speaker"),
    "killed": ("killed", "killed_best", "deaths", "fatalities", "dead"),
    "injured": ("injured", "injured_best", "wounded", "injuries"),
    "arrested": ("arrested", "arrested_best", "arrests", "detained"),
    "participants": ("participants", "participants_best", "crowd_size"),
    "missing": ("missing", "missing_best"),
    "displaced": ("displaced", "displaced_best"),
    "other_figures": ("other_figures",),
    "reviewed": ("reviewed",),
    **{f"{kind}_{bound}": (f"{kind}_{bound}",) for kind in COUNT_KINDS for bound in ("low", "high", "words")},
}
"""Each column with the headings it is known by, the first that the sheet has being taken."""

NO_EVENT = "no event"
_EMPTY = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "."})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})
_NUMBER = re.compile(r"\d{1,15}(?:\.0+)?|\d{1,3}(?:,\d{3}){1,4}", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?Z?\Z", re.ASCII)
_IN_WORDS = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[a-z]{3,9})[ -](?P<year>\d{4})", re.ASCII | re.I)
_MONTHS = words("phrases.months")
_PRECISIONS: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day"}
_MODALITIES: tuple[Modality, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True)
class Header:
    """Where each of our columns stands in a sheet, and the sheet's columns that are not read."""

    at: Mapping[str, str]
    unread: tuple[str, ...]

    def fields(self) -> frozenset[Field]:
        """The fields that the sheet codes: an empty cell of a column says "not stated", a missing column nothing."""
        has = {name.removesuffix("_low").removesuffix("_high").removesuffix("_words") for name in self.at}
        return frozenset(f for f in FIELDS if f in has) | {"event"}


def header(names: Sequence[str], given: Mapping[str, str]) -> Header:
    """The columns by their headings; ``given`` says which heading stands for which of ours, and goes before.

    Raises :class:`SheetError` where a given heading is not there, and where nothing says which report is meant or
    what type of event it is.
    """
    plain = {name.strip().casefold().replace(" ", "_"): name for name in reversed(names) if name.strip()}
    at: dict[str, str] = {}
    for ours, theirs in given.items():
        if ours not in COLUMNS:
            raise SheetError(f"{ours!r} is no column of a sheet", _did_you_mean(ours, COLUMNS))
        if theirs not in names:
            raise SheetError(f"the sheet has no column {theirs!r}", _did_you_mean(theirs, names))
        at[ours] = theirs
    for ours, known in COLUMNS.items():
        found = next((plain[name] for name in known if name in plain and plain[name] not in at.values()), None)
        if ours not in at and found is not None:
            at[ours] = found
    if "type" not in at:
        raise SheetError(
            f"the sheet has no column for the type of event (its columns are {_listed(names)})",
            "call it 'type', or name yours with --column type=YOURS",
        )
    if not {"report", "text", "evidence"} & set(at):
        raise SheetError(
            f"the sheet does not say which report an event is in (its columns are {_listed(names)})",
            "add a column 'report' with the report's id, or 'text' with its text",
        )
    return Header(at, tuple(name for name in names if name.strip() and name not in at.values()))


def is_empty(cell: str) -> bool:
    """Whether a cell says "not stated": nothing in it, or one of the signs that programs leave for nothing."""
    return cell.strip().casefold() in _EMPTY


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell, separated by ``|`` or ``;``, each once."""
    parts = (part.strip() for part in re.split(r"[|;]", cell))
    return tuple(dict.fromkeys(part for part in parts if not is_empty(part)))


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell of a sheet that dateline wrote: their own words may hold a ``;``."""
    return tuple(part for part in (part.strip() for part in cell.split(SEPARATOR.strip())) if part)


def is_no_event(cells: Mapping[str, str]) -> bool:
    """Whether a person marked the row as none: ``no event`` for its type, or where it is told who reviewed it."""
    marks = cells.get("type", ""), cells.get("reviewed", "")
    return any(" ".join(mark.casefold().split()) == NO_EVENT for mark in marks)


def people(column: str, cell: str) -> int | None:
    """A number of people; None is "not stated", and 0 says that there were none."""
    kind = column.partition("_")[0]
    return _number(
        column,
        cell,
        f"write digits (a least number in {kind}_low, a most in {kind}_high), or leave it empty for not stated",
    )


def whole_number(column: str, cell: str) -> int | None:
    """A number that counts no people, such as an id."""
    return _number(column, cell, "write digits, or leave it empty")


def _number(column: str, cell: str, mend: str) -> int | None:
    given = cell.strip()
    # "none" of a number could mean nought, or that nothing is said.
    if is_empty(given) and given.casefold() != "none":
        return None
    if not _NUMBER.fullmatch(given):
        raise SheetError(f"{given[:40]!r} in the column {column!r} is no number", mend)
    return int(given.replace(",", "").partition(".")[0])


def bounds_of(kind: CountKind, cells: Mapping[str, str]) -> tuple[int | None, int | None, int | None] | None:
    """The low, best and high number of people of one kind in a row; None where none is stated."""
    low, best, high = (people(name, cells.get(name, "")) for name in (f"{kind}_low", kind, f"{kind}_high"))
    stated = [n for n in (low, best, high) if n is not None]
    if stated != sorted(stated):
        raise SheetError(
            f"the numbers of people {kind} do not rise from low ({low}) over best ({best}) to high ({high})",
            f"give the least number in {kind}_low and the greatest in {kind}_high",
        )
    return (low, best, high) if stated else None


def edtf_of(cell: str) -> tuple[str, DatePrecision]:
    """A date in EDTF and its precision; a spreadsheet's midnight is taken off, and "1 February 2024" is read."""
    given = _MIDNIGHT.sub("", cell.strip())
    if written := _IN_WORDS.fullmatch(given):
        months = [n for n, name in enumerate(_MONTHS.ordered(), 1) if name.lower().startswith(written["month"].lower())]
        given = f"{written['year']}-{months[0]:02}-{int(written['day']):02}" if len(months) == 1 else given
    try:
        bounds(given)
    except EdtfError as error:
        raise SheetError(
            f"the date {cell.strip()[:40]!r} is not in a form that is safe to read",
            "write it as 2020-01-19, 2020-01, 2020 or 2020-01-17/2020-01-19",
        ) from error
    return given, _PRECISIONS.get(len(given), "unknown")


def modality_of(cell: str) -> Modality:
    """A modality by its name, ``asserted`` where none is given; older sheets have background as a modality."""
    given = cell.strip().casefold()
    if not given or given == "historical":
        return "asserted"
    for name in _MODALITIES:
        if given == name:
            return name
    raise SheetError(f"{cell.strip()[:40]!r} is no modality", f"write one of {', '.join(_MODALITIES)}")


def is_background(modality: str, historical: str) -> bool:
    """Whether a row is of background, by the cell that says so or by an older sheet's modality."""
    given = historical.strip().casefold()
    if given not in _YES | _NO:
        raise SheetError(
            f"{historical.strip()[:40]!r} in the column 'historical' is neither yes nor no", "write true or false"
        )
    return given in _YES or modality.strip().casefold() == "historical"


def _did_you_mean(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name, names, 1)
    return f"did you mean {near[0]!r}? There are {_listed(names)}" if near else f"there are {_listed(names)}"


def _listed(names: Collection[str]) -> str:
    shown = [name[:40] for name in names if name.strip()]
    return ", ".join(shown[:40]) + (" ..." if len(shown) > 40 else "") if shown else "none"
