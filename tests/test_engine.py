"""Batches: order is kept, and a report that cannot be coded costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.engine import run
from dateline.engine.local import BATCH_REPORTS
from dateline.intake import Failure
from dateline.model import CoderInfo, Coding, Report

INFO = CoderInfo("test", "1", "none 1")


class Fragile:
    """A coder that fails on one word, however many reports it is given at once."""

    info = INFO
    files = ()

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        for report in reports:
            if "poison" in report.text:
                raise RuntimeError("poisoned")
            yield Coding(report, INFO)


def ids(outcomes: Iterable[Coding | Failure]) -> list[str]:
    return [o.report.id if isinstance(o, Coding) else f"failed {o.path}" for o in outcomes]


def test_order_is_kept_over_batches_and_failures_of_intake_pass_at_their_place() -> None:
    items: list[Report | Failure] = [Report(str(n), "text") for n in range(2 * BATCH_REPORTS + 3)]
    items.insert(5, Failure("bad.html", None, "empty", "give it text"))
    assert ids(run(items, Fragile())) == [i.id if isinstance(i, Report) else "failed bad.html" for i in items]


def test_a_report_that_cannot_be_coded_costs_only_itself() -> None:
    items = [Report("a", "fine"), Report("b", "poison"), Report("c", "fine")]
    outcomes = list(run(items, Fragile()))
    assert ids(outcomes) == ["a", "failed b", "c"]
    assert "poisoned" in str(outcomes[1])


def test_batches_are_coded_as_they_fill_so_that_nothing_waits_for_the_end() -> None:
    seen: list[str] = []

    def endless() -> Iterator[Report]:
        for n in range(10_000):
            seen.append(str(n))
            yield Report(str(n), "text")

    next(iter(run(endless(), Fragile())))
    assert len(seen) == BATCH_REPORTS
