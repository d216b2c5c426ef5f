"""What is shown of a project costs as much as there is to show: no event pays for the others of its report."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store_cases import CODER, MARCH, march, project_with, told
from tests.timing import LINEAR, ratio

from dateline.export.events import comparison, digest
from dateline.export.withheld import all_withheld
from dateline.intake import Failure
from dateline.link.events.compare import Comparison
from dateline.model import Coding, Report
from dateline.store import Project

SMALL = 30


def each_sentence(reports: Iterable[Report]) -> Iterator[Coding | Failure]:
    for report in reports:
        events = [replace(march(report, found), id=f"e{n}") for n, found in enumerate(MARCH.finditer(report.text))]
        yield Coding(report, CODER, tuple(events))


def of_one_report(folder: Path, events: int) -> Project:
    """A project with one report of so many events."""
    with project_with(folder) as made:
        text = " ".join(told(1 + n % 28, "Arden", f"Dockers{n} marched") for n in range(events))
        path = folder / "report.json"
        path.write_text(json.dumps([{"id": "r", "text": text, "published": "2024-05-29"}]), encoding="utf-8")
        list(made.add(path))
        list(made.code(each_sentence, CODER, ""))
        list(made.link())
    return Project.open(folder)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Project]]:
    folder = tmp_path_factory.mktemp("growth")
    with of_one_report(folder / "small", SMALL) as small, of_one_report(folder / "large", 4 * SMALL) as large:
        yield small, large


def as_json(events: Iterable[Comparison], out: io.StringIO) -> None:
    for event in events:
        print(comparison.to_json(event), file=out)


Show = Callable[[Iterable[Comparison], io.StringIO], None]
SHOWN: dict[str, Show] = {
    "show": comparison.write_list,
    "show as JSON": as_json,
    "digest": lambda events, out: digest.write(events, "2024-05-01", out),
}


@pytest.mark.parametrize("withheld", [False, True])
@pytest.mark.parametrize("shown", SHOWN)
def test_time_and_memory_grow_with_the_events_of_a_report(
    sizes: tuple[Project, Project], shown: str, withheld: bool
) -> None:
    def show(project: Project) -> int:
        out, found = io.StringIO(), project.comparisons()
        SHOWN[shown](all_withheld(found) if withheld else found, out)
        return len(out.getvalue())

    def peak(project: Project) -> int:
        tracemalloc.start()
        try:
            show(project)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = sizes
    assert show(large) >= 3 * show(small) > 0
    assert ratio(lambda: show(small), lambda: show(large)) < LINEAR
    assert peak(large) / peak(small) < LINEAR
