"""Linking while people decide: it follows once decisions rest, and ends with the application."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.errors import StoreError
from dateline.review.app import create_app
from dateline.review.deciding import Accept, Reject, decide
from dateline.review.linking import Linker
from dateline.review.workspace import Workspace
from deciding_cases import ANN, workspace_of


@pytest.fixture
def work(made: Path, tmp_path: Path, address: str | None) -> Iterator[Workspace]:
    """A workspace of the test's own, on each database."""
    with workspace_of(made, tmp_path, address) as workspace:
        yield workspace


def to_link(work: Workspace) -> int:
    return work.project.state().to_link


def until(true, seconds: float = 20.0) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def test_the_application_links_what_waits_and_what_is_decided_and_ends_its_thread(work: Workspace) -> None:
    work.linker = Linker(work.project, work.index, rest=0.05)
    others = set(threading.enumerate())
    with TestClient(create_app(work)):
        until(lambda: to_link(work) == 0)
        decide(work, "one", [Accept("e1"), Reject("e3")], ANN)
        until(lambda: to_link(work) == 0)
        until(lambda: (line := work.index.row("one#e1")) is not None and line.event is not None)
    assert all(thread.name != "linking" for thread in set(threading.enumerate()) - others)
    decide(work, "one", [Accept("e2")], ANN)
    time.sleep(0.2)
    assert to_link(work) == 1, "nothing is linked when the application has ended"


def test_it_waits_until_decisions_rest(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    linker, linked = Linker(work.project, work.index, rest=0.4), list[float]()
    monkeypatch.setattr(linker, "link", lambda _: linked.append(time.monotonic()))
    linker.start()
    until(lambda: len(linked) == 1)
    for _ in range(5):
        linker.wake([1])
        last = time.monotonic()
        time.sleep(0.1)
    until(lambda: len(linked) == 2)
    assert linked[1] - last >= 0.39
    linker.stop()


def test_whoever_decides_again_is_not_kept_waiting(work: Workspace) -> None:
    work.linker.link()
    for report in ("one", "two"):
        decide(work, report, [Accept("e1")], ANN)
    disturbed = iter([False, True])
    assert work.linker.link(lambda: next(disturbed)) == 1 and to_link(work) == 1
    assert work.linker.link() == 1 and to_link(work) == 0


def test_what_could_not_be_linked_is_tried_after_the_next_decision(
    work: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    linker, tries = Linker(work.project, work.index, rest=0.01), list[int]()

    def busy(_) -> int:
        tries.append(1)
        raise StoreError("the database is locked")

    monkeypatch.setattr(linker, "link", busy)
    linker.start()
    until(lambda: len(tries) == 1)
    linker.wake([1])
    until(lambda: len(tries) == 2)
    linker.stop()
    assert "could not be linked yet: the database is locked" in caplog.text
