"""Reports of a sentence or more, a coder that knows nothing else, and projects with them, for tests of the store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from dateline.intake import Failure
from dateline.model import CoderInfo, Coding, Date, EventMention, Evidence, Modality, Place, Report
from dateline.store import Project, migrations
from dateline.store.databases.columns import POSTGRES
from dateline.store.project import Run

CODER = CoderInfo("hand", "1", "plover 1.0")
TOWNS = {"Arden": (1, -1.0, 36.0), "Brook": (2, 1.5, 30.0), "Corrie": (3, -4.0, 39.0)}
NOON = "2024-06-01T12:00:00+00:00"


def told(day: int, town: str, what: str = "Dockers marched", more: str = "") -> str:
    """A report of one sentence on one event."""
    return f"{what} in {town} on {day:02} May 2024. {more}".strip()


MARCH = re.compile(r"\w+ (?P<what>marched) in (?P<town>\w+) on (?P<day>(\d\d) May 2024)")


def march(report: Report, found: re.Match[str], modality: Modality = "asserted") -> EventMention:
    """The event of a sentence of :func:`told`."""
    town, day = found["town"], found["day"]
    number, lat, lon = TOWNS[town]
    return EventMention(
        "e1",
        "PROTEST",
        report.span(*found.span("what")),
        place=Place(*found.span("town"), town, town, number, "KE", "Coast", lat, lon, "town"),
        date=Date(*found.span("day"), day, f"2024-05-{day[:2]}", "day", "said"),
        modality=modality,
        evidence=(Evidence(*found.span(), found[0]),),
    )


def by_hand(reports: Iterable[Report], modality: Modality = "asserted") -> Iterator[Coding | Failure]:
    """A coder that knows only :func:`told`, and reads the first sentence alone."""
    for report in reports:
        found = MARCH.match(report.text)
        assert found is not None
        event = march(report, found, modality)
        assert event.place is not None and event.date is not None
        yield Coding(report, CODER, (event,), places=(event.place,), dates=(event.date,))


def records(*texts: str) -> list[dict[str, str]]:
    return [
        {"id": f"r{n}", "text": text, "publisher": f"Paper {n}", "published": "2024-05-20"}
        for n, text in enumerate(texts)
    ]


MARCHES = (
    told(4, "Arden", "Dockers marched", "Cranes stood still at the quay all morning."),
    told(4, "Arden", "Dockers marched", "The cranes at the quay stood still, the harbour master said."),
    told(17, "Brook", "Teachers marched", "Schools were shut."),
    told(25, "Corrie", "Fishers marched", "Nets were burnt on the beach."),
)


def groups(project: Project) -> set[frozenset[str]]:
    return {frozenset(comparison.event.accounts) for comparison in project.comparisons()}


def event_of(project: Project, mention: str) -> str:
    return next(c.event.id for c in project.comparisons() if mention in c.event.accounts)


@contextmanager
def project_with(folder: Path, *texts: str) -> Iterator[Project]:
    """A project with these reports, coded and linked."""
    with Project.create(folder, clock=lambda: NOON) as project:
        path = folder.with_suffix(".json")
        path.write_text(json.dumps(records(*texts)), encoding="utf-8")
        list(project.add(path))
        list(project.code(by_hand, CODER, "{}"))
        list(project.link())
        yield project


def code_anew(project: Project, run: Run = by_hand, version: str = "2") -> None:
    """Code all reports by a newer version of the coder."""
    newer = replace(CODER, version=version)

    def signed(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for coding in run(reports):
            assert isinstance(coding, Coding)
            yield replace(coding, coder=newer)

    list(project.code(signed, newer, "{}"))


def unguard(db: Connection, *tables: str) -> None:
    """Have the database let what was written be changed, as who can write to it may."""
    for table in tables:
        for verb in ("update", "delete"):
            on = f" ON {table}" if db.dialect.name == POSTGRES else ""
            db.exec_driver_sql(f"DROP TRIGGER {table}_{verb}{on}")


def make_older(folder: Path, version: str) -> None:
    """Give a project the tables of an older version."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with Project.open(folder) as project, project.database.writing() as db:
        config.attributes["connection"] = db
        command.downgrade(config, version)
