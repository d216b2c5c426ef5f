"""What the tests share. The pipeline, the gazetteer and the coder are loaded once a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.plugin_cases import site

__all__ = ["site"]

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.coder.machine import MachineCoder
    from dateline.resolve.gazetteer.lookup import Gazetteer


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots anew instead of comparing")


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
