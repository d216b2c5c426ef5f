"""Several jobs: the same outcomes in the same order as one, bounded, and a process that dies costs one report."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests import quick_coder
from tests.plugin_cases import Site

from dateline.engine import Coder, cores, jobs, run, run_jobs, worker
from dateline.errors import PluginError
from dateline.intake import Failure
from dateline.model import CoderInfo, Coding, Note, Report

INFO = CoderInfo("test", "1", "none 1")
ON_LINUX = pytest.mark.skipif(worker.usual_start() != "fork", reason="workers are forked on Linux alone")


class Marked:
    """A coder that does what the words of a report say; each coding tells which process made it where asked to."""

    info = INFO
    files = ()

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        for report in reports:
            if "poison" in report.text:
                raise RuntimeError("poisoned")
            if "kill" in report.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "once" in report.text and self.folder is not None and not (self.folder / report.id).exists():
                (self.folder / report.id).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if "exit" in report.text:
                os._exit(3)
            if "slow" in report.text:
                time.sleep(0.05)
            told = str(os.getpid()) if "who" in report.text else report.text
            yield Coding(report, INFO, notes=(Note("told", told),))


def many(number: int, text: str = "fine") -> list[Report]:
    return [Report(str(n), text) for n in range(number)]


def test_outcomes_are_the_same_and_in_order_for_any_number_of_jobs() -> None:
    items: list[Report | Failure] = [Report(str(n), "slow" if n % 7 == 0 else f"text {n}") for n in range(80)]
    items[40] = Report("40", "poison")
    items.insert(0, Failure("first.html", None, "empty", "give it text"))
    items.insert(30, Failure("bad.html", None, "empty", "give it text"))
    alone = list(run(items, Marked()))
    for number in (1, 2, 3):
        assert list(run_jobs(items, Marked(), number)) == alone


def test_one_report_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Worker", None)
    assert [o.report.id for o in run_jobs(many(1), Marked(), 4) if isinstance(o, Coding)] == ["0"]
    assert list(run_jobs([], Marked(), 4)) == []


def test_the_first_coding_waits_for_no_other_report() -> None:
    read: list[str] = []

    def endless() -> Iterator[Report]:
        for report in many(100_000):
            read.append(report.id)
            yield report

    with closing(run_jobs(endless(), Marked(), 2)) as outcomes:
        next(outcomes)
        assert read == ["0"]
        for _ in range(500):
            next(outcomes)
        # What is read ahead is bounded, however slowly the outcomes are taken.
        assert len(read) <= 501 + 2 * jobs.AHEAD * jobs.AT_ONCE


@ON_LINUX
def test_a_process_that_dies_costs_one_report(tmp_path: Path) -> None:
    items = many(40)
    items[9], items[25] = Report("9", "kill"), Report("25", "exit")
    outcomes = list(run_jobs(items, Marked(), 2))
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert [failure.path for failure in failed] == ["9", "25"]
    assert "2 processes died while they coded it (SIGKILL)" in str(failed[0])
    assert "(exit code 3)" in str(failed[1])
    rest = [report for report in items if report.text == "fine"]
    assert [o.report for o in outcomes if isinstance(o, Coding)] == rest
    # One that dies for another reason than the report changes nothing at all.
    items = [Report(str(n), "once" if n in {5, 17} else "fine") for n in range(40)]
    assert list(run_jobs(items, Marked(tmp_path), 3)) == list(run(items, Marked()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["17", "5"]


@ON_LINUX
def test_a_worker_that_has_coded_much_gives_way_to_a_fresh_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_REPORTS", 20)
    made = [o.notes[0].message for o in run_jobs(many(400, "who"), Marked(), 2) if isinstance(o, Coding)]
    assert len(made) == 400
    assert len(set(made)) >= 1 + 400 // (20 + jobs.AT_ONCE)
    assert max(map(made.count, set(made))) < 20 + jobs.AT_ONCE


@ON_LINUX
def test_no_process_is_left_when_nobody_wants_more() -> None:
    outcomes = run_jobs(many(1_000, "who"), Marked(), 2)
    made = {o.notes[0].message for _, o in zip(range(50), outcomes, strict=False) if isinstance(o, Coding)}
    outcomes.close()
    for process in made - {str(os.getpid())}:
        assert not Path("/proc", process).exists()


class Unsendable(Marked):
    """A coder whose codings are more than they should be."""

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        for coding in super().code_many(reports):
            object.__setattr__(coding, "notes", (lambda: 1,))
            yield coding


def test_what_cannot_be_handed_between_processes_is_told_with_the_mend() -> None:
    with pytest.raises(PluginError, match=r"what the coder 'test' gives cannot be handed .*--jobs 1"):
        list(run_jobs(many(5), Unsendable(), 2))
    stuck = Marked()
    stuck.lock = open  # type: ignore[attr-defined]
    stuck.stuck = lambda: 1  # type: ignore[attr-defined]
    with pytest.raises(PluginError, match=r"the coder 'test' cannot be handed to another process .*--jobs 1"):
        list(run_jobs(many(5), stuck, 2, start="spawn"))


def test_a_coder_that_breaks_its_promise_in_a_worker_is_refused_by_name() -> None:
    class Later(Marked):
        def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
            return iter(list(super().code_many(reports))[: 1 if next(iter(reports)).id == "0" else 0])

    with pytest.raises(PluginError, match="the coder 'test' cannot be used: it gave 0 for"):
        list(run_jobs(many(50), Later(), 2))


def test_as_many_jobs_as_cores_and_memory_allow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cpu.max").write_text("max 100000\n")
    whole = cores.cores(tmp_path)
    assert whole >= 1
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    assert cores.cores(tmp_path) == 1
    (tmp_path / "meminfo").write_text("MemTotal: 9000000 kB\nMemAvailable: 4000000 kB\n")
    assert cores.free_memory(tmp_path, tmp_path / "meminfo") == 4_096_000_000
    (tmp_path / "memory.max").write_text("3000000000\n")
    (tmp_path / "memory.current").write_text("500000000\n")
    assert cores.free_memory(tmp_path, tmp_path / "meminfo") == 2_500_000_000
    monkeypatch.setattr(cores, "cores", lambda: 64)
    monkeypatch.setattr(cores, "free_memory", lambda: 2_500_000_000)
    assert cores.default_jobs() == 2
    monkeypatch.setattr(cores, "free_memory", lambda: 10)
    assert cores.default_jobs() == 1


@ON_LINUX
def test_ctrl_c_ends_all_processes_and_is_told(site: Site, tmp_path: Path) -> None:
    quick_coder.install(site)
    lines = "".join(f'{{"id": "{n}", "text": "Police arrested a man."}}\n' for n in range(500))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    words = ("code", "many.jsonl", "--coder", "quick", "--jobs", 2, "-o", "out.jsonl")
    with quick_coder.start(site, *words, cwd=tmp_path, QUICK_SECONDS="0.05") as process:
        began = time.monotonic()
        while len(_children(process.pid)) < 2:
            assert time.monotonic() - began < 60
            time.sleep(0.05)
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted: what was done so far is in out.jsonl.partial" in err.decode()
    assert "Traceback" not in err.decode()
    time.sleep(0.2)
    assert [child for child in children if Path("/proc", str(child)).exists()] == []


def _children(process: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(child) for child in told.stdout.split()]


@ON_LINUX
@pytest.mark.model
def test_the_machine_gives_the_same_bytes_for_any_number_of_jobs(coder: Coder) -> None:
    from dateline.form import to_json
    from dateline.intake import read_path
    from dateline.samples import sample_paths

    reports = [item for path in sample_paths()[:4] for item in read_path(path)]

    def lines(number: int) -> list[str]:
        return [to_json(o) for o in run_jobs(reports, coder, number) if isinstance(o, Coding)]

    alone = lines(1)
    assert len(alone) >= 4
    assert lines(3) == alone
