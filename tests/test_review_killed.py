"""The workspace killed while people decide: what was acknowledged is there, and nothing is there by halves."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.review_killed import Run, faults
from benchmarks.review_project import make

from dateline.store.project import Project
from export_cases import water_coding


def test_what_was_acknowledged_survives_kills(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    make(folder, 12, [water_coding()])
    # Each kill costs the start of a process: four of them, at moments of which each is another's.
    run = Run(folder, 28, random.Random(7), most=10)
    run.go()
    assert run.kills >= 3 and len(run.acknowledged) >= 28 and run.refused == []
    assert list(faults(folder, run.acknowledged)) == []
    report, row, _ = run.acknowledged[0]
    lost = [*run.acknowledged[1:], (report, row, "merge"), (report, "e99", "accept")]
    assert [fault for fault in faults(folder, lost) if "is lost" in fault] == [
        f"{report}#{row}: merge was acknowledged and is lost",
        f"{report}#e99: accept was acknowledged and is lost",
    ], "what is lost is found"
    with Project.open(folder) as project, project.database.writing() as db:
        db.exec_driver_sql("DROP TRIGGER log_update")
        db.exec_driver_sql("UPDATE log SET who = 'Nobody' WHERE what IN ('accepted', 'rejected') AND number % 2")
    assert any("not what its chain says" in fault for fault in faults(folder, run.acknowledged))
