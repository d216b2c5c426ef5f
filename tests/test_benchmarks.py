"""Predictions for annotated data: every task gives one a record, and no answer in the file can reach them."""

from __future__ import annotations

import gzip
import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from benchmarks.measurements import MEASUREMENTS, OWN, WITHOUT_SPANS, Figure, Measurement
from benchmarks.predict import TASKS, inputs_only, predict
from benchmarks.run import look_up, table
from benchmarks.tasks.subtypes import TELLING

TEXT = "Police shot dead two farmers in Lyon on Monday, the mayor said. Their union condemned the police."
PAGE = f"<html><head><title>t</title></head><body><article><p>{TEXT} {TEXT}</p></article></body></html>"


def spans(word: str) -> list[int]:
    return [TEXT.index(word), TEXT.index(word) + len(word)]


def place(word: str, **more: Any) -> dict[str, Any]:
    return dict(zip(("start", "end"), spans(word), strict=True)) | more


QUESTION: dict[str, Any] = {"id": "r1", "published": "2024-02-01", "title": "t", "publisher": "p", "text": TEXT}
ASKED: dict[str, dict[str, Any]] = {
    "relation_typing": {"source": spans("Police"), "target": spans("two farmers")},
    "police_events": {"sentences": [{"text": TEXT, "start": 0, "end": len(TEXT)}, {"text": "", "start": 0, "end": 0}]},
    "protest_news": {"n": 1, "text": "Farmers marched through Lyon on Friday."},
    "toponyms": {"toponyms": [place("Lyon")]},
    "event_location": {"event": spans("shot")},
    "coref": {"mentions": [place("shot"), place("condemned")]},
    "web_pages": {"html": "page.html.gz", "url": "https://example.org/a"},
    "aggregation": {"reports": ["row"]},
}
ROW = {
    "id": "row", "date_start": "2024-02-01", "date_end": "2024-02-02", "city": "Lyon", "geo_precision": 1,
    "source": "p", "deaths": {"low": 1, "best": 2, "high": 3}, "injuries": {"low": 0, "best": 0, "high": 0},
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "attributions": [{"source": [spans("mayor")]}],
    **{"root": "AID", "quad": 2, "labels": ["FAIL"], "label": 1, "timexes": [place("Monday", value="1999-01-01")]},
    **{"killed": 9, "injured": 9, "date": "1999-01-01", "city": "Nice", "templates": [{"incident_type": [["ARSON"]]}]},
    **{"roles": [place("Lyon", role="source")], "places": [spans("mayor")], "body": "an answer"},
}
NESTED: dict[str, dict[str, Any]] = {
    "police_events": {
        "sentences": [
            {"text": TEXT, "start": 0, "end": len(TEXT), "labels": ["FAIL"]},
            {"text": "", "start": 0, "end": 0, "labels": ["KILL"]},
        ]
    },
    "coref": {"topic": "t1", "mentions": [place("shot", chain="one"), place("condemned", chain="one")]},
    "toponyms": {"toponyms": [place("Lyon", lat=1.0, lon=2.0, geonameid=7)]},
}


def written(folder: Path, task: str, record: dict[str, Any]) -> str:
    (folder / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "reports.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROW).encode()))
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert predict(task, source, target) == 1
    return target.read_text(encoding="utf-8")


@pytest.mark.model
@pytest.mark.parametrize("task", TASKS)
def test_predictions_are_the_same_with_and_without_the_answers(task: str, tmp_path: Path) -> None:
    asked = QUESTION | ASKED.get(task, {})
    without = written(tmp_path, task, asked)
    answered = ANSWERS | asked | NESTED.get(task, {})
    assert written(tmp_path, task, answered) == without
    prediction = json.loads(without)
    assert prediction.pop("id") == "r1"
    assert any(prediction.values()), "an empty prediction would be the same whatever the answers were"


@pytest.mark.model
def test_place_names_that_are_not_given_are_found(tmp_path: Path) -> None:
    (found,) = json.loads(written(tmp_path, "toponyms", QUESTION))["places"]
    assert (found["start"], found["end"]) == tuple(spans("Lyon"))
    assert found["geonameid"]


def test_only_what_is_named_as_input_is_kept_at_every_depth() -> None:
    record = {"id": 1, "answer": 2, "items": [{"start": 0, "secret": 1}]}
    assert inputs_only(record, {"id": None, "items": {"start": None}, "missing": None}) == {
        "id": 1,
        "items": [{"start": 0}],
    }


def test_every_measurement_has_its_task() -> None:
    tasks = {WITHOUT_SPANS.get(m.task, (m.task,))[0] for m in MEASUREMENTS if m.task not in OWN}
    assert tasks <= set(TASKS)
    assert set(TASKS) - tasks == {"subtypes"}, "a task without data of its own is the only one not measured"
    assert all(hasattr(import_module(f"benchmarks.tasks.{task}"), "INPUTS") for task in TASKS)


def test_figures_are_looked_up_and_shown_with_their_floors() -> None:
    wanted = Measurement("dates", "dates/a.jsonl", (Figure("value F1", "value.f1", 0.6), Figure("gone", "value.x")))
    scores = {"value": {"f1": 0.61239}, "run": {"gold_records": 12}}
    assert look_up(scores, "value.f1") == 0.61239
    assert look_up(scores, "value.f1.deeper") is None
    rows = table([(wanted, scores)]).splitlines()[2:]
    assert rows == [
        "| dates | dates/a.jsonl | 12 | value F1 | 0.612 | 0.60 |",
        "| dates | dates/a.jsonl | 12 | gone | none |  |",
    ]


def test_sub_events_are_ranked_whole() -> None:
    from dateline import codebook

    known = {crossing.code for crossing in codebook.load_codebook("plover").acled if crossing.code}
    assert known <= set(TELLING)
    assert len(TELLING) == len(set(TELLING))


def test_imports_go_from_training_to_benchmarks_to_the_package() -> None:
    root = Path(__file__).resolve().parent.parent
    rests = {"src": ("benchmarks", "training", "tests"), "benchmarks": ("training", "tests"), "training": ("tests",)}
    for folder, above in rests.items():
        for file in sorted((root / folder).rglob("*.py")):
            found = re.findall(rf"^\s*(?:from|import) (?:{'|'.join(above)})\b.*", file.read_text("utf-8"), re.M)
            assert not found, f"{file}: {found[0]}"
