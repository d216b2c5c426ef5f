"""What is shown of a project costs as much as there is to show: no event pays for the others of its report."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.store_cases import CODER, MARCH, march, project_with, records, told
from tests.timing import LINEAR, ratio

from dateline.export.events import comparison, digest
from dateline.export.withheld import all_withheld
from dateline.intake import Failure
from dateline.link.events.compare import Comparison
from dateline.link.run import LEVELS
from dateline.model import Coding, Report
from dateline.store import Project
from dateline.store.shelf import DatabaseShelf
from dateline.store.tables import edges

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


def test_linking_copies_reads_as_much_as_there_are_and_not_as_they_have_edges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near, read = DatabaseShelf.near, list[int]()

    def counted(shelf: DatabaseShelf, ids: Iterable[str], level: float) -> Sequence[str]:
        found = near(shelf, ids, level)
        read.append(len(found))
        return found

    monkeypatch.setattr(DatabaseShelf, "near", counted)
    copies = 200
    with project_with(tmp_path / "p") as made:
        path = tmp_path / "reports.json"
        texts = (told(4, "Arden", more=f"So says paper {n}.") for n in range(copies))
        path.write_text(json.dumps(records(*texts)), encoding="utf-8")
        list(made.add(path))
        list(made.code(each_sentence, CODER, ""))
        list(made.link())
        assert made.state().events == 1
        with made.database.reading() as db:
            ties = db.execute(select(func.count()).select_from(edges)).scalar_one()
    # Each batch asks at each of the levels, and of each mention twice at most.
    assert 0 < sum(read) <= 2 * 2 * len(LEVELS) * copies < ties
