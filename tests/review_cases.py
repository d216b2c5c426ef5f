"""Projects as people review them: reports with rows of every kind, coded, linked and in the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.testclient import TestClient

from dateline.intake import Failure
from dateline.model import Coding, Report
from dateline.review.app import create_app
from dateline.review.guard.door import Door
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person, Role
from export_cases import CODER, water_coding
from store_cases import MARCHES, NOON, by_hand, records

HOSTILE = "<script>alert(1)</script> \u202e{{7*7}}"


@dataclass(frozen=True)
class Desk:
    """A project with its index; :meth:`client` is a browser or a program of a person of some role."""

    project: Project
    index: Index

    def workspace(self, role: Role | None = "admin", name: str = "ada") -> Workspace:
        """The workspace as somebody alone uses it; without a role people log in."""
        return Workspace(self.project, self.index, None if role is None else Person(name, name.title(), role))

    def client(self, role: Role | None = "admin", name: str = "ada", door: Door | None = None) -> TestClient:
        return TestClient(create_app(self.workspace(role, name), door))


def coded(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """The codings by hand of the reports that these cases have."""
    rich = water_coding()
    for report in reports:
        if report.text == rich.report.text:
            yield replace(rich, report=report)
        else:
            yield from by_hand([report])


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A project of five reports: four marches in three towns, by a publisher of a hostile name among others, and one
    with rows of every kind.
    """
    with Project.create(folder, clock=lambda: NOON) as project:
        told = records(*MARCHES)
        told[3]["publisher"] = HOSTILE
        rich = water_coding().report
        told.append({"id": "press/water 1", "text": rich.text, "publisher": "Courier", "published": "2020-01-19"})
        path = folder.with_suffix(".json")
        path.write_text(json.dumps(told), encoding="utf-8")
        list(project.add(path))
        list(project.code(coded, CODER, "{}"))
        list(project.link())
        index = Index.open(project)
        index.catch_up()
        yield Desk(project, index)
        index.close()
