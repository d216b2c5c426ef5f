"""The options by which a part of a project is chosen: the filters of the workspace, under the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import OptionError

if TYPE_CHECKING:
    from dateline.export.tables import Selection


class What(StrEnum):
    """What of a project is written."""

    mentions = "mentions"
    events = "events"


_AGAIN = "Can be given again: one of them must fit."
TypeOption = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help=f"Of this type. {_AGAIN}")]
PlaceOption = Annotated[
    list[str] | None, typer.Option("--place", metavar="NAME", help=f"At the place of this name. {_AGAIN}")
]
Admin1Option = Annotated[
    list[str] | None, typer.Option("--admin1", metavar="NAME", help=f"In this first-order division. {_AGAIN}")
]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", metavar="CODE", help=f"In this country (FR). {_AGAIN}")
]
BoxOption = Annotated[
    str | None,
    typer.Option("--box", metavar="W,S,E,N", help="In this stretch of the map: west, south, east, north in degrees."),
]
NearOption = Annotated[
    str | None,
    typer.Option("--near", metavar="LAT,LON,KM", help="At most so many kilometres from this point."),
]
DaySinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="That can have been on this day or later.")
]
DayUntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="That can have been on this day or earlier.")
]
PublishersOption = Annotated[
    list[str] | None, typer.Option("--publisher", metavar="NAME", help=f"Reported by this publisher. {_AGAIN}")
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="How far people are: suggested (by the machine alone), accepted, corrected, added; of events also how "
        f"they stand: reported, possible, or 'reported, unverified'. {_AGAIN}",
    ),
]
ReviewedOption = Annotated[
    bool, typer.Option("--reviewed", help="Accepted, corrected or added by a person, whatever --status says.")
]
ChanceOption = Annotated[
    str | None,
    typer.Option("--chance", metavar="CHANCE", help="With a chance of at least this, 0 to 1; not what has none."),
]
FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="NAME=VALUE",
        help="Any filter of the workspace, as its addresses have it: modality=asserted, said_by=police, actor=union, "
        "counted=killed, published_since=2024-01-01, interest=party ... Can be given again.",
    ),
]


def selection_of(
    many: Mapping[str, Sequence[str] | None],
    single: Mapping[str, str | None],
    filters: Sequence[str],
    *,
    box: str | None = None,
    near: str | None = None,
    reviewed: bool = False,
) -> Selection:
    """What the options choose. Raises :class:`OptionError` for a filter that is none."""
    from dataclasses import fields

    from dateline.errors import did_you_mean
    from dateline.export.tables.selection import EVENT_STATUSES, REVIEWED, Box, Near, Selection
    from dateline.store.index.query import Query

    known = [field.name for field in fields(Query)]
    told = [(name, value) for name, values in many.items() for value in values or ()]
    told += [(name, value) for name, value in single.items() if value is not None]
    for one in filters:
        name, sign, value = one.partition("=")
        if not sign or name not in known:
            raise OptionError(
                f"{one[:60]!r} is no filter. {did_you_mean(name, known, what='filters')}", "write it as country=FR"
            )
        told.append((name, value))
    standing = tuple(value for name, value in told if name == "status" and value in EVENT_STATUSES)
    told = [(name, value) for name, value in told if name != "status" or value not in EVENT_STATUSES]
    if reviewed:
        told = [(name, value) for name, value in told if name != "status"] + [("status", one) for one in REVIEWED]
    return Selection(Query.read(told), Box.read(box) if box else None, Near.read(near) if near else None, standing)
