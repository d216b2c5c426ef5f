"""The log for people: its filters as an address has them, and where each row's subject is."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Query

from dateline.store.log.entries import Entry, Wanted

_Who = Annotated[str, Query(max_length=300, description="The name of who did it, as it stands in the log.")]
_What = Annotated[str, Query(max_length=60, description="What was done: a verb of the log, such as `corrected`.")]
_About = Annotated[
    str,
    Query(max_length=600, description="A report by its id (its rows are meant too), an event, or the key of a row."),
]
_Since = Annotated[str, Query(max_length=10, description="The first day, such as 2024-03-05.")]
_Until = Annotated[str, Query(max_length=10, description="The last day, itself included.")]


def wanted(who: _Who = "", what: _What = "", about: _About = "", since: _Since = "", until: _Until = "") -> Wanted:
    """The filters of an address: a dependency."""
    return Wanted(who.strip(), what.strip(), about.strip(), since.strip(), until.strip())


def address_of(entry: Entry) -> str:
    """The page of what a row of the log is about; empty where there is none."""
    if entry.kind == "event":
        return f"/events/{quote(entry.about, safe='')}"
    if entry.kind == "report":
        return f"/reports/{quote(entry.about)}"
    if entry.kind == "row":
        report, _, row = entry.about.rpartition("#")
        return f"/reports/{quote(report)}?{urlencode({'row': row})}"
    return ""


def told(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The details of a row as names with their values in words; what is empty is left out."""
    return tuple(
        (name.replace("_", " "), words) for name, value in entry.details.items() if (words := _in_words(value))
    )


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {words}" for name, part in value.items() if (words := _in_words(part)))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_in_words, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
