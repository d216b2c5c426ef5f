"""A project whose rows are in towns, a site, provinces, a district, countries and nowhere, on days, in months, and on
none: what the map and the time line have to tell apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.intake import Failure
from dateline.model import Actor, Coding, Count, Date, EventMention, Evidence, Participant, Place, Report
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person
from store_cases import CODER, NOON

ADA = Person("ada", "Ada", "admin")
GUEST = Person("guest", "Guest", "viewer")
NAME = "Wanjiku Otieno"
"""A private person, whose name no page for others may have."""

NAIROBI = (184745, "Nairobi", "KE", -1.28333, 36.81667, "town")
MOMBASA = (186301, "Mombasa", "KE", -4.05466, 39.66359, "town")
THIKA = (179330, "Thika", "KE", -1.03326, 37.06933, "town")
QUAY = (186301, "=Kilindini Quay, Mombasa", "KE", -4.06, 39.63, "site")
TURKANA = (178914, "Turkana", "KE", 2.9893, 35.18396, "province")
NOWHERE = (None, "Blue Ward", "KE", -1.3, 36.9, "district")
KENYA = (192950, "Kenya", "KE", 1.0, 38.0, "country")
REGION = (None, "East Africa", None, None, None, "region")

ROWS: tuple[tuple[tuple[object, ...] | None, str | None, str], ...] = (
    (NAIROBI, "2024-05-04", "PROTEST"),
    (NAIROBI, "2024-05-04", "PROTEST"),
    (NAIROBI, "2024-05-06", "ASSAULT"),
    (MOMBASA, "2024-05-06", "PROTEST"),
    (THIKA, "2024-05-10", "PROTEST"),
    (QUAY, "2024-05-12", "ASSAULT"),
    (TURKANA, "2024-05-12", "PROTEST"),
    (NOWHERE, "2024-05", "PROTEST"),
    (KENYA, "2024-05", "PROTEST"),
    (KENYA, "2024-05-20", "ASSAULT"),
    (REGION, None, "PROTEST"),
    (None, "2024-05-20", "PROTEST"),
)
"""Place, day or month, and type of each row; two rows a report, the first and the last of the list together."""


def told_as(place: tuple[object, ...] | None, edtf: str | None, type: str, number: int) -> str:
    """The sentence of a row."""
    return (
        f"{NAME} was told that people acted, act {number} of {type}, in {place[1] if place else 'a place'} on {edtf}."
    )


@contextmanager
def project_of_places(folder: Path) -> Iterator[Project]:
    """The project, coded and linked."""
    texts = [
        " ".join(told_as(*row, number) for number, row in enumerate(ROWS[at : at + 2], at))
        for at in range(0, len(ROWS), 2)
    ]
    records = [
        {
            "id": f"r{n}",
            "text": text,
            "publisher": f"Paper {n % 3}",
            "published": f"2024-05-{13 + n}",
            "title": f"{NAME} speaks",
            "url": f"https://paper.example/{n}",
        }
        for n, text in enumerate(texts)
    ]
    with Project.create(folder, clock=lambda: NOON) as project:
        path = folder.with_suffix(".json")
        path.write_text(json.dumps(records), encoding="utf-8")
        list(project.add(path))
        list(project.code(coded, CODER, "{}"))
        list(project.link())
        yield project


def coded(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """A coder that knows the rows by their numbers."""
    for report in reports:
        at = 2 * int(report.id[1:])
        rows = tuple(_row(report, number, f"e{number - at + 1}") for number in range(at, at + 2))
        actor = Actor("a1", NAME)
        yield Coding(report, CODER, rows, actors=(actor,))


def _row(report: Report, number: int, id: str) -> EventMention:
    place, edtf, type = ROWS[number]
    sentence = told_as(place, edtf, type, number)
    start = report.text.index(sentence)
    words = report.text.index("people acted", start)
    where = _place(report, place, start) if place else None
    on = report.text.index(str(edtf), start)
    date = Date(on, on + len(edtf), edtf, edtf, "day" if len(edtf) == 10 else "month", "said") if edtf else None
    return EventMention(
        id,
        type,
        report.span(words, words + 12),
        actors=(Participant(start, start + len(NAME), NAME, actor="a1"),),
        place=where,
        date=date,
        counts=(Count(words, words + 12, "people acted", "killed", 3, 3, 3),) if type == "ASSAULT" else (),
        evidence=(Evidence(start, start + len(sentence), sentence),),
    )


def _place(report: Report, place: tuple[object, ...], start: int) -> Place:
    number, name, country, lat, lon, precision = place
    at = report.text.index(str(name), start)
    return Place(at, at + len(str(name)), str(name), name, number, country, None, lat, lon, precision)  # type: ignore[arg-type]


@contextmanager
def workspace_of_places(folder: Path, person: Person = ADA) -> Iterator[Workspace]:
    """The project as people see it."""
    with project_of_places(folder) as project:
        index = Index.open(project)
        index.catch_up()
        yield Workspace(project, index, person)
        index.close()
