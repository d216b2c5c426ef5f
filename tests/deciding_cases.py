"""A workspace over a project of hand-made codings, and who works in it, for tests of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert

from correction_cases import KNOWN, copied
from dateline.model import Coding
from dateline.review.deciding import held
from dateline.review.workspace import Workspace
from dateline.store.door.versions import number_of
from dateline.store.index.index import Index
from dateline.store.review.people import Person
from dateline.store.review.tables import assignments

ANN = Person("ann", "Ann", "coder")
BOB = Person("bob", "Bob", "coder")
EVE = Person("eve", "Eve", "adjudicator")
READER = Person("rea", "Rea", "reader")


@contextmanager
def workspace_of(made: Path, folder: Path, address: str | None = None) -> Iterator[Workspace]:
    """A workspace of the test's own over a copy of a project."""
    with copied(made, folder, address) as project:
        index = Index.open(project)
        index.catch_up()
        workspace = Workspace(project, index, ANN)
        workspace.known = KNOWN
        yield workspace
        index.close()


def now(workspace: Workspace, report: str = "one", person: Person = ANN) -> Coding:
    return held(workspace, report, person).coding


def ids(coding: Coding) -> list[str]:
    return [event.id for event in coding.events]


def row(coding: Coding, name: str):  # type: ignore[no-untyped-def]
    return next(event for event in coding.rows if event.id == name)


def blindly(workspace: Workspace, person: Person, report: str = "one") -> None:
    """Have somebody code a report blind."""
    with workspace.project.database.writing() as db:
        number = number_of(db, report)
        values = {"blind": 1, "state": "to do", "who": "eve", "made": workspace.project.now()}
        db.execute(insert(assignments).values(report=number, account=person.name, **values))
