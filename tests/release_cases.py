"""A project of which two releases were cut: between them two reports came, and two events became one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.export.release.cut import Cut, cut
from dateline.export.release.model import Citation
from dateline.store import Project
from store_cases import CODER, MARCHES, by_hand, event_of, project_with, told

CITED = ("Doe, Ann", "Harbour Observatory")


@dataclass(frozen=True, slots=True)
class Two:
    """Both releases, and the events: of the dockers, of the teachers and fishers, and of the drivers."""

    project: Project
    first: Cut
    second: Cut
    dockers: str
    teachers: str
    fishers: str
    both: str
    drivers: str


def cited(name: str, date: str = "2024-06-01") -> Citation:
    return Citation(name, date, "Marches", CITED, "CC-BY-4.0", "https://example.org/marches")


@contextmanager
def two_releases(folder: Path) -> Iterator[Two]:
    with project_with(folder, *MARCHES) as project:
        dockers, teachers, fishers = (event_of(project, f"r{n}#e1") for n in (0, 2, 3))
        first = cut(project, cited("1.0"))
        path = folder.with_name("more.json")
        more = [("r4", told(30, "Brook", "Drivers marched")), ("r5", told(4, "Arden", "Dockers marched", "It rained."))]
        reports = [{"id": id, "text": text, "publisher": "Courier", "published": "2024-06-02"} for id, text in more]
        path.write_text(json.dumps(reports), encoding="utf-8")
        list(project.add(path))
        list(project.code(by_hand, CODER, "{}"))
        list(project.link())
        project.decide(event_of(project, "r2#e1"), event_of(project, "r3#e1"), "same", who="A")
        list(project.link())
        second = cut(project, cited("1.1", "2024-07-01"))
        both, drivers = event_of(project, "r2#e1"), event_of(project, "r4#e1")
        yield Two(project, first, second, dockers, teachers, fishers, both, drivers)
