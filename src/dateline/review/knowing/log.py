"""The log for people: its filters as an address has them, and where each row's subject is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Query

from dateline.errors import NotAllowedError
from dateline.store.log.entries import Entry, Wanted, entries, lines
from dateline.store.project import Project
from dateline.store.review.people import Person
from dateline.store.review.team.comments import hidden_from

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


def seen(
    project: Project, asked: Wanted, person: Person, *, before: int | None = None, most: int = 100
) -> tuple[tuple[Entry, ...], int | None]:
    """Rows of the log as a person may see them (:func:`entries`); a page can have fewer than ``most``.

    Who codes a report blind does not see what others did with it until they are done.
    """
    found, older = entries(project, asked, before=before, most=most)
    hidden = hidden_from(project, person)
    return tuple(one for one in found if one.who == person.shown or not _of(one) & hidden), older


def written(project: Project, asked: Wanted, person: Person) -> Iterator[str]:
    """The log as lines of JSON, whole or not: raises :class:`NotAllowedError` for who codes a report blind."""
    if hidden_from(project, person):
        raise NotAllowedError("you code reports blind; the whole log is yours to take when they are settled")
    return lines(project, asked)


def _of(entry: Entry) -> set[str]:
    return {entry.about, entry.about.rpartition("#")[0]}


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
