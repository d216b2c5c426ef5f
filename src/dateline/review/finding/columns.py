"""The columns of the table of rows: what each shows, by what it is ordered, and what a person edits there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.errors import ReviewError, did_you_mean
from dateline.export.chances import figure, in_words
from dateline.export.formats.columns import SEPARATOR
from dateline.export.phrases import label
from dateline.export.words import EARLIER, country_name, edtf_words
from dateline.model import CountKind
from dateline.store.index.lines import RowLine
from dateline.store.index.query import Order

_Bound = Literal["low", "best", "high"]
Shows = Callable[[RowLine], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the address, its heading, what a cell shows.

    ``order`` is what its heading orders by; ``edits`` are the columns of the sheet that a person's value is written
    into (none: it is not edited here); ``holds`` is what the field for editing holds at first, where it is not what
    the cell shows. ``usual``: shown where nobody chooses.
    """

    name: str
    heading: str
    shows: Shows
    order: Order | None = None
    edits: tuple[str, ...] = ()
    holds: Shows | None = None
    usual: bool = False
    figure: bool = False
    hint: str = ""

    def value(self, row: RowLine) -> str:
        """What the field for editing holds at first."""
        return (self.holds or self.shows)(row)


def _number(kind: CountKind) -> Shows:
    return lambda row: str(dict(row.counts).get(kind, ""))


def _numbers(kind: CountKind, heading: str, *, order: Order | None = None, usual: bool = False) -> Column:
    """A column of figures. One number is all that is known of it: the bounds are the number itself."""
    cells = tuple(f"{kind}_{part}" for part in get_args(_Bound))
    return Column(kind, heading, _number(kind), order, cells, usual=usual, figure=True, hint="a number, or nothing")


def _date(row: RowLine) -> str:
    return edtf_words(row.edtf)[1] or row.edtf or ""


def _place(row: RowLine) -> str:
    return row.place or ""


def _place_held(row: RowLine) -> str:
    country = country_name(row.country)
    return f"{row.place}, {country}" if row.place and country and country != row.place else row.place or ""


def _modality(row: RowLine) -> str:
    return f"{row.modality}; {EARLIER}" if row.historical else row.modality


def _said_by(row: RowLine) -> str:
    return row.said_by or ""


def _chance(row: RowLine) -> str:
    return "" if row.chance is None else figure(row.chance)


COLUMNS: tuple[Column, ...] = (
    Column("type", "Type", lambda r: label(r.type, None), "type", ("type",), lambda r: r.type, usual=True),
    Column("mode", "Form", lambda r: (r.mode or "").replace("_", " "), None, ("mode",), lambda r: r.mode or ""),
    Column("date", "Date", _date, "date", ("date",), lambda r: r.edtf or "", usual=True, hint="2024-03-05, 2024-03"),
    Column("place", "Place", _place, "place", ("place",), _place_held, usual=True, hint="its country behind a comma"),
    Column("admin1", "Province", lambda r: r.admin1 or ""),
    Column("country", "Country", lambda r: country_name(r.country) or ""),
    Column("precision", "Place known to", lambda r: r.precision or ""),
    Column("actors", "Who", lambda r: SEPARATOR.join(r.actors), None, ("actors",), usual=True, hint="several: A | B"),
    Column("recipients", "To whom", lambda r: SEPARATOR.join(r.recipients), None, ("recipients",), usual=True),
    _numbers("killed", "Killed", order="killed", usual=True),
    _numbers("injured", "Injured", usual=True),
    _numbers("arrested", "Arrested"),
    _numbers("participants", "Taking part"),
    _numbers("missing", "Missing"),
    _numbers("displaced", "Displaced"),
    Column(
        "said", "Said by", lambda r: r.said_by or "the publisher", None, ("according_to",), lambda r: r.said_by or ""
    ),
    Column("modality", "Told as", _modality, None, ("modality",), lambda r: r.modality, usual=True),
    Column("publisher", "Publisher", lambda r: r.publisher or "", usual=True),
    Column("published", "Published", lambda r: (r.published or "")[:10], "published"),
    Column("chance", "Chance", _chance, "chance", usual=True, figure=True),
    Column("stake", "Look first", lambda r: ", ".join(r.why), "stake"),
    Column("state", "State", lambda r: r.state),
    Column("sentence", "As a sentence", lambda r: r.sentence),
)


def chosen(names: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names, in the table's order; the usual ones where none is named.

    Raises :class:`ReviewError` for a name that is none.
    """
    wanted = {name for told in names for name in told.split(",") if name}
    for name in wanted:
        column_of(name)
    return tuple(column for column in COLUMNS if (column.name in wanted if wanted else column.usual))


def column_of(name: str) -> Column:
    """The column of a name. Raises :class:`ReviewError`."""
    found = next((column for column in COLUMNS if column.name == name), None)
    if found is None:
        mend = did_you_mean(name, [column.name for column in COLUMNS], what="columns")
        raise ReviewError(f"{name[:40]!r} is no column. {mend}")
    return found


def chance_words(row: RowLine) -> str:
    """The chance of a row in words, for its title."""
    return in_words(row.chance)
