"""Batches: order is kept, and a report that cannot be coded costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count, islice, pairwise

import pytest

from dateline.engine import run
from dateline.engine.local import BATCH_REPORTS
from dateline.errors import PluginError
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


def test_the_first_coding_waits_for_no_other_and_batches_grow() -> None:
    seen: list[str] = []

    def endless() -> Iterator[Report]:
        for n in range(10_000):
            seen.append(str(n))
            yield Report(str(n), "text")

    outcomes = run(endless(), Fragile())
    read = [len(seen) for _ in islice(outcomes, 3 * BATCH_REPORTS)]
    assert read[:4] == [1, 3, 3, 7]
    assert max(after - before for before, after in pairwise(read)) == BATCH_REPORTS


def test_a_coding_is_given_as_soon_as_it_is_made() -> None:
    made: list[str] = []

    class Slow(Fragile):
        def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
            for report in reports:
                made.append(report.id)
                yield Coding(report, INFO)

    outcomes = run((Report(str(n), "text") for n in range(9)), Slow(), first=9)
    assert [len(made) for _ in outcomes] == list(range(1, 10))


def test_what_was_given_before_a_report_that_cannot_be_coded_is_not_coded_again() -> None:
    made: list[str] = []

    class Counting(Fragile):
        def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
            for coding in super().code_many(reports):
                made.append(coding.report.id)
                yield coding

    items = [Report("a", "fine"), Report("b", "poison"), Report("c", "fine")]
    assert ids(run(items, Counting(), first=3)) == ["a", "failed b", "c"]
    assert made == ["a", "c"]


class Wrong(Fragile):
    """A coder that does with all codings what a test says."""

    def __init__(self, wrong: Callable[[list[Coding]], Iterable[Coding]]) -> None:
        self.wrong = wrong

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        return iter(self.wrong(list(super().code_many(reports))))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda codings: codings[:1], "gave 1 for 2 reports"),
        (lambda codings: codings + codings, "gave more than 2 reports"),
        (lambda codings: codings[::-1], "gave a coding of report 'b' in the place of 'a'"),
        (lambda codings: [replace(c, report=replace(c.report, text="other")) for c in codings], "changed the text of"),
        (lambda codings: [replace(c, report=replace(c.report, url="other")) for c in codings], "changed the report"),
        (lambda codings: [replace(c, coder=replace(INFO, name="other")) for c in codings], "signed the coding of"),
        (lambda codings: (codings[n % 2] for n in count()), "gave more than 2"),
    ],
)
def test_a_coder_that_breaks_its_promise_is_refused_by_name(
    wrong: Callable[[list[Coding]], Iterable[Coding]], told: str
) -> None:
    with pytest.raises(PluginError, match=f"the coder 'test' cannot be used: it {told}"):
        list(run([Report("a", "fine"), Report("b", "fine")], Wrong(wrong), first=2))
