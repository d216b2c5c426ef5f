"""A project with two reports of six events and a suggestion each, and one without any, for tests of what people say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dateline.codebook import load_codebook
from dateline.corrections.values import Known
from dateline.intake import Failure
from dateline.model import CoderInfo, Coding, Report
from dateline.resolve.gazetteer.entry import Entry
from dateline.store import Project
from dateline.store.copies.copy import copy_project
from export_cases import CODER, TEXT, water_coding, water_report

NOON = "2024-05-01T12:00:00+00:00"


class Gazetteer:
    """Three towns."""

    TOWNS = (
        Entry(1, 2996944, "Lyon", "town", "FR", "Auvergne-Rhône-Alpes", None, 45.748, 4.847, 500_000, False, "t"),
        Entry(2, 3031582, "Bordeaux", "town", "FR", "Nouvelle-Aquitaine", None, 44.84, -0.58, 250_000, False, "t"),
        Entry(3, 2657896, "Zürich", "town", "CH", "Zurich", None, 47.367, 8.55, 400_000, False, "t"),
    )

    def lookup(self, name: str) -> tuple[Entry, ...]:
        return tuple(town for town in self.TOWNS if town.name == name)


KNOWN = Known(load_codebook("plover"), Gazetteer())


def coded(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    """The hand-made coding of the water report; in every other report nothing."""
    for report in reports:
        yield water_coding(report) if report.text == TEXT else Coding(report, CODER)


def copied(made: Path, folder: Path, address: str | None = None) -> Project:
    """A copy of a project, its database in a file or that of an address."""
    if address is None:
        shutil.copytree(made, folder / "water")
    else:
        with Project.open(made) as source:
            copy_project(source, folder / "water", address, lambda *_: None)
    return Project.open(folder / "water", clock=lambda: NOON)


def fill(project: Project, folder: Path) -> None:
    about = water_report()
    told = {"publisher": about.publisher, "published": about.published, "title": about.title, "url": about.url}
    texts = {"one": TEXT, "two": TEXT, "quiet": "Bread was sold out by noon."}
    for name, text in texts.items():
        path = folder / f"{name}.jsonl"
        path.write_text(
            json.dumps({"id": name, "text": text, **told, "url": f"{about.url}/{name}"}) + "\n", encoding="utf-8"
        )
        list(project.add(path))
    list(project.code(coded, CODER, "{}"))


def made_project(folder: Path) -> Path:
    """The project's folder, made in this one."""
    with Project.create(folder / "water", clock=lambda: NOON) as project:
        fill(project, folder)
    return folder / "water"


def code_by(project: Project, change, version: str = "9") -> None:  # type: ignore[no-untyped-def]
    """Code all reports by a newer machine: what the older one makes of each, changed."""
    newer = CoderInfo(CODER.name, version, CODER.codebook)

    def run(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
        for coding in coded(reports):
            assert isinstance(coding, Coding)
            yield replace(change(coding), coder=newer)

    list(project.code(run, newer, "{}"))
