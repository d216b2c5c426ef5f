"""Batches in this process: reports in, codings out, in the same order; a report that fails costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from dateline.engine.coder import Coder, codings, each_coding
from dateline.errors import PluginError
from dateline.intake import Failure
from dateline.model import Coding, Report

BATCH_REPORTS = 32
BATCH_CHARACTERS = 200_000

log = logging.getLogger(__name__)


def run(items: Iterable[Report | Failure], coder: Coder, *, first: int = 1) -> Iterator[Coding | Failure]:
    """Code every report of ``items``; failures of intake pass through at their place.

    Batches grow from ``first`` reports on: who waits for the first coding has it as soon as it is made, and many
    reports are still coded together. Raises :class:`PluginError` that names the coder where its codings are not one a
    report, in order, of the reports as they are.
    """
    batch: list[Report | Failure] = []
    size, most = 0, first
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if len(batch) >= most or size >= BATCH_CHARACTERS:
            yield from _batch(batch, coder)
            batch, size, most = [], 0, min(2 * most, BATCH_REPORTS)
    yield from _batch(batch, coder)


def _batch(items: list[Report | Failure], coder: Coder) -> Iterator[Coding | Failure]:
    coded = _coded([item for item in items if isinstance(item, Report)], coder)
    for item in items:
        yield next(coded) if isinstance(item, Report) else item
    next(coded, None)  # a coder that gives more than it may is found when it is asked once more


def _coded(reports: list[Report], coder: Coder) -> Iterator[Coding | Failure]:
    """Each outcome as soon as it is there."""
    done = 0
    try:
        for coding in each_coding(coder, reports):
            done += 1
            yield coding
    except PluginError:
        raise
    except Exception:
        # One of the rest cannot be coded: find out which, one at a time, and keep the others.
        for report in reports[done:]:
            yield _single(report, coder)


def _single(report: Report, coder: Coder) -> Coding | Failure:
    try:
        return codings(coder, [report])[0]
    except PluginError:
        raise
    except Exception as error:
        log.debug("report %s", report.id, exc_info=True)
        return Failure(
            path=report.id,
            line=None,
            error=f"could not be coded ({type(error).__name__}: {error})",
            mend="please report it with the text that caused it; the other reports are coded",
        )
