"""Events in the columns that scripts for ACLED's or POLECAT's data know: one row an event, where mentions give several.

Who acts and on whom is as the mention tells it that agrees with most of the values chosen for the event; type, place,
date and the number killed are the event's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TextIO

from dateline.codebook.reading.codes import acled_sub_events
from dateline.export.events.words import sources_words
from dateline.export.formats import acled, polecat
from dateline.export.formats.columns import SEPARATOR
from dateline.export.formats.rows import Cells
from dateline.export.formats.sheet import write_rows
from dateline.export.tables.columns import Row
from dateline.export.tables.events import TellingEvent, event_row, place_of
from dateline.export.tables.stated import EventStatement
from dateline.link.events.compare import Comparison
from dateline.link.model import Account
from dateline.model import EventMention


def write_acled(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """A header and a row for each event that has a sub-event."""
    del statement  # it goes beside the file
    write_rows(acled_rows(events), acled.COLUMNS, out)


def write_polecat(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """A header and a row for each event that is told as having happened."""
    del statement  # it goes beside the file
    write_rows(polecat_rows(events), polecat.COLUMNS, out, delimiter="\t")


def acled_rows(events: Iterable[TellingEvent]) -> Iterator[Cells]:
    """The cells of the events that have a sub-event, by ACLED's names of the columns."""
    for told in events:
        row = event_row(told)
        sub_event = row.get("acled")
        if told.comparison is None or sub_event not in acled_sub_events() or row["modality"] != "asserted":
            continue
        assert isinstance(sub_event, str)
        account, event = _as_mention(told.comparison, row)
        killed = row.get("killed_best") if row.get("killed_low") is None else row.get("killed_low")
        yield {
            **acled.row_of(account.coding, event, sub_event),
            **_shared(told.comparison, row),
            "event_id_cnty": told.life.id,
            "source": "; ".join(_publishers(told.comparison)) or None,
            "notes": f"{row['sentence']} ({sources_words(told.comparison)}; as reported).",
            "fatalities": killed if isinstance(killed, int) else None,
            "timestamp": None,
        }


def polecat_rows(events: Iterable[TellingEvent]) -> Iterator[Cells]:
    """The cells of the events that happened, by POLECAT's names of the columns; none holds a tab."""
    for told in events:
        row = event_row(told)
        if told.comparison is None or row["modality"] != "asserted":
            continue
        account, event = _as_mention(told.comparison, row)
        first = row.get("first_published")
        cells: Cells = {
            **polecat.row_of(account.coding, event),
            **_shared(told.comparison, row),
            "Event ID": told.life.id,
            "Source": "; ".join(_publishers(told.comparison)) or None,
            "Publication Date": str(first) if first is not None else None,
            "Story Locations": None,
        }
        yield polecat.without_tabs(cells)


def _as_mention(compared: Comparison, row: Row) -> tuple[Account, EventMention]:
    """The account that agrees with most of the chosen values, and its mention with the event's type, place and date."""

    def agrees(account: Account) -> tuple[int, int, int]:
        event = account.event
        same = (
            event.type == row["type"],
            event.mode == row["mode"],
            event.codes.acled == row["acled"],
            event.date is not None and event.date.edtf == row["date"],
            event.place is not None and event.place.name == row["place"],
        )
        return sum(same), len(account.actors), len(account.recipients)

    account = max(compared.accounts, key=agrees)  # the accounts are in the order of publication
    dates = (a.event.date for a in compared.accounts)
    date = next((date for date in dates if date is not None and date.edtf == row["date"]), None)
    event = replace(
        account.event,
        type=str(row["type"]),
        mode=None if row["mode"] is None else str(row["mode"]),
        place=place_of(compared, row["place"]),
        date=date,
        chance=row["chance"] if isinstance(row["chance"], float) else None,
    )
    return account, event


def _shared(compared: Comparison, row: Row) -> Cells:
    """The columns of dateline's own, of all that tell of the event."""
    reports = dict.fromkeys(account.coding.report.id for account in compared.accounts)
    return {
        "report": SEPARATOR.join(reports),
        "url": None,
        "historical": row["historical"] is True,
        "according_to": "; ".join(_publishers(compared)) or None,
    }


def _publishers(compared: Comparison) -> tuple[str, ...]:
    named = (account.coding.report.publisher for account in compared.accounts)
    return tuple(dict.fromkeys(name for name in named if name))
