"""What the tests share. The pipeline, the gazetteer and the coder are loaded once a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.plugin_cases import site

__all__ = ["site"]

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.coder.machine import MachineCoder
    from dateline.resolve.gazetteer.lookup import Gazetteer

# The first example of a test may load what it needs, and a machine may be busy: that is no fault of what is tested.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


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
