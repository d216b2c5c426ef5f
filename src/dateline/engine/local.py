"""Batches in this process: reports in, codings out, in the same order; a report that fails costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Protocol

from dateline.intake import Failure
from dateline.model import Coding, Report

BATCH_REPORTS = 32
BATCH_CHARACTERS = 200_000

log = logging.getLogger(__name__)


class Coder(Protocol):
    """Anything that codes reports: the machine, or somebody's own."""

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """One coding a report, in order."""
        ...


def run(items: Iterable[Report | Failure], coder: Coder) -> Iterator[Coding | Failure]:
    """Code every report of ``items``; failures of intake pass through at their place."""
    batch: list[Report | Failure] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if len(batch) >= BATCH_REPORTS or size >= BATCH_CHARACTERS:
            yield from _batch(batch, coder)
            batch, size = [], 0
    yield from _batch(batch, coder)


def _batch(items: list[Report | Failure], coder: Coder) -> Iterator[Coding | Failure]:
    reports = [item for item in items if isinstance(item, Report)]
    try:
        codings: list[Coding | Failure] = list(coder.code_many(reports))
    except Exception:
        # One of them cannot be coded: find out which, one at a time, and keep the rest.
        codings = [_single(report, coder) for report in reports]
    done = iter(codings)
    for item in items:
        yield next(done) if isinstance(item, Report) else item


def _single(report: Report, coder: Coder) -> Coding | Failure:
    try:
        return next(iter(coder.code_many([report])))
    except Exception as error:
        log.debug("report %s", report.id, exc_info=True)
        return Failure(
            path=report.id,
            line=None,
            error=f"could not be coded ({type(error).__name__}: {error})",
            mend="please report it with the text that caused it; the other reports are coded",
        )
