"""What is measured around the encoder: calibration errors, what the gate keeps, and the figures of the folds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks import folds, gate
from benchmarks.calibration import binned_error, calibration_error, chance_of
from benchmarks.measurements import MEASUREMENTS, OWN

from dateline.model import Attribution, Because, Coding

TEXT = "Police shot dead two farmers in Lyon on Monday, the mayor said. It rained. He had no umbrella."


def test_chances_that_come_true_as_often_as_they_say_have_no_error() -> None:
    assert binned_error(np.array([0.75] * 4), np.array([1, 1, 1, 0])) == pytest.approx(0)
    assert binned_error(np.array([0.75] * 4), np.array([0, 0, 0, 0])) == pytest.approx(0.75)


def test_errors_of_several_bins_are_weighted_by_their_size_and_do_not_cancel_out() -> None:
    sure = np.array([0.95, 0.95, 0.95, 0.55])
    assert binned_error(sure, np.array([1, 1, 1, 0])) == pytest.approx((3 * 0.05 + 0.55) / 4)


def test_only_the_likeliest_class_counts_and_a_chance_of_one_has_a_bin() -> None:
    chances = np.array([[1.0, 0.0], [0.2, 0.8]])
    assert calibration_error(chances, np.array([[1.0, 0.0], [1.0, 0.0]])) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("rule", "chance"),
    [
        ("encoder (0.93)", 0.93),
        ("encoder and syntax: said with a clause (1.00)", 1.0),
        ("encoder, its source by the syntax (0.61)", 0.61),
        ("verb of saying (2.00)", None),
        ("verb of saying", None),
    ],
)
def test_the_chance_of_an_attribution_is_read_from_its_reason(rule: str, chance: float | None) -> None:
    assert chance_of(Attribution("a1", None, None, (), because=(Because("cue", rule),))) == chance


def test_folds_without_figures_say_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "relation_typing").mkdir()
    (tmp_path / folds.FILE).write_text('{"id": 1}\n{"id": 2}\n', encoding="utf-8")
    monkeypatch.setattr(folds, "default_folder", lambda: tmp_path)
    assert folds.measure(tmp_path) == {"run": {"gold_records": 2}}
    assert "no encoder" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    folds.measure(tmp_path)
    assert "python -m training" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text(json.dumps({"figures": {"root_accuracy": 0.5}}), encoding="utf-8")
    assert folds.measure(tmp_path)["root_accuracy"] == 0.5


def test_every_measurement_of_our_own_is_in_the_table() -> None:
    assert set(OWN) <= {m.task for m in MEASUREMENTS}


@pytest.mark.model
def test_the_gate_is_compared_with_the_same_reports_parsed_whole(tmp_path: Path, coder: Any) -> None:
    for name, (first, _) in gate.EVERY.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        lines = [json.dumps({"id": n, "text": TEXT}) for n in range(2 * first + 1)]
        data = "\n".join(lines).encode()
        if name.endswith(".gz"):
            import gzip

            data = gzip.compress(data)
        (tmp_path / name).write_bytes(data)
    found = gate.measure(tmp_path)
    assert found["run"]["gold_records"] == 3
    assert found["events"]["number"] >= 3
    assert found["events"]["kept"] == found["events_whole"]["kept"] == found["attributions"]["kept"] == 1
    assert 0 < found["unparsed"] < 1


@pytest.mark.model
def test_a_value_that_the_gate_loses_is_counted_as_lost(coder: Any) -> None:
    from dataclasses import replace

    from dateline.intake import read_text

    whole: Coding = coder.code(read_text(TEXT))
    event = whole.events[0]
    said = [attribution for attribution in whole.attributions if attribution.cue]
    fewer = tuple(replace(a, cue=None) if a is said[0] else a for a in whole.attributions)
    less = replace(whole, events=(replace(event, modality="planned"), *whole.events[1:]), attributions=fewer)
    before, after = gate.values_of(whole), gate.values_of(less)
    assert (before["events"] & after["events"]) == before["events"]
    assert (before["events_whole"] & after["events_whole"]).total() == before["events_whole"].total() - 1
    assert (before["attributions"] & after["attributions"]).total() == before["attributions"].total() - 1
