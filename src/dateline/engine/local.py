"""Batches in this process: reports in, codings out, in the same order; a report that fails costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from dateline.engine.coder import Coder, codings
from dateline.errors import PluginError
from dateline.intake import Failure
from dateline.model import Coding, Report

BATCH_REPORTS = 32
BATCH_CHARACTERS = 200_000

log = logging.getLogger(__name__)


def run(items: Iterable[Report | Failure], coder: Coder) -> Iterator[Coding | Failure]:
    """Code every report of ``items``; failures of intake pass through at their place.

    Raises :class:`PluginError` that names the coder where its codings are not one a report, in order, of the reports
    as they are.
    """
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
        outcomes: list[Coding | Failure] = [*codings(coder, reports)]
    except PluginError:
        raise
    except Exception:
        # One of them cannot be coded: find out which, one at a time, and keep the rest.
        outcomes = [_single(report, coder) for report in reports]
    done = iter(outcomes)
    for item in items:
        yield next(done) if isinstance(item, Report) else item


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
