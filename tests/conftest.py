"""What the tests share. The pipeline, the gazetteer and the coder are loaded once a run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.migrated import made_once
from tests.plugin_cases import site

__all__ = ["site"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from spacy.language import Language
    from tests.postgres_cases import PostgresServer

    from dateline.coder.machine import MachineCoder
    from dateline.resolve.gazetteer.lookup import Gazetteer
    from dateline.review.workspace import Workspace

# The first example of a test may load what it needs, and a machine may be busy: that is no fault of what is tested.
settings.register_profile("dateline", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots anew instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def _tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new project's tables are those of the first one, copied."""
    with made_once(tmp_path_factory.mktemp("tables")):
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    from dateline.lang.en.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    from dateline.resolve.gazetteer.lookup import Gazetteer

    return Gazetteer.open()


@pytest.fixture(scope="session")
def coder() -> MachineCoder:
    from dateline.api import machine_coder

    return machine_coder()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project of hand-made codings, of which each test takes a copy."""
    from correction_cases import made_project

    return made_project(tmp_path_factory.mktemp("made"))


@pytest.fixture
def work(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of the test's own over a copy of it."""
    from deciding_cases import workspace_of

    with workspace_of(made, tmp_path) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of PostgreSQL."""
    from tests.postgres_cases import running

    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test once with projects whose database is a file, and once with projects that have one on a server."""
    if request.param == "postgresql":
        made = request.getfixturevalue("postgres").project
        monkeypatch.setattr("dateline.store.project.Project.create", made)
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str | None:
    """Where a copy of a project is to have its database: in its folder (None), or in one of a server."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres").fresh())


BROWSER_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, for what only a browser can tell."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DATELINE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no browser: install Chromium or name one in DATELINE_BROWSER")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        yield started
        started.close()
