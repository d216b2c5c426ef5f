"""Codings that are kept without their texts, and put together with them again."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from training.hand import hand_coded, pack

TEXT = "Police freed the students."


def _set(folder: Path, text: str = TEXT) -> None:
    (folder / "town").mkdir()
    record = {"id": "a", "published": "2024-03-01T10:00", "publisher": "The Town Crier", "text": text}
    (folder / "town" / "docs.jsonl").write_text(json.dumps(record) + "\n")


def _coding(folder: Path) -> Path:
    event = {"id": "e1", "core": True, "types": ["RETREAT"], "triggers": [[7, 12]], "actors": [[0, 6]]}
    event |= {"recipients": [[13, 25]], "places": [], "dates": ["2024-03-01"], "modality": "asserted"}
    event |= {"historical": False, "sources": ["publisher"], "counts": []}
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    coding = {"set": "town", "record": "a", "sha256": digest, "id": "h1", "events": [event], "attributions": []}
    (folder / "h1.ok.json").write_text(json.dumps(coding))
    out = folder / "codings.jsonl.gz"
    assert pack([folder], out) == 1
    return out


def test_a_coding_gets_the_words_of_its_text_back(tmp_path: Path) -> None:
    _set(tmp_path)
    out = _coding(tmp_path)
    assert "students" not in gzip.decompress(out.read_bytes()).decode()
    (report,) = hand_coded(tmp_path, out)
    assert report["id"] == "town/a"
    assert report["published"] == "2024-03-01"
    (event,) = report["events"]
    assert [event["triggers"][0]["quote"], event["recipients"][0]["quote"]] == ["freed", "the students"]
    assert event["sources"] == ["publisher"]


def test_a_text_that_has_changed_is_told(tmp_path: Path) -> None:
    _set(tmp_path, TEXT + " It rained.")
    with pytest.raises(ValueError, match="town: a is not the text that was coded"):
        list(hand_coded(tmp_path, _coding(tmp_path)))


def test_a_set_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no town"):
        list(hand_coded(tmp_path, _coding(tmp_path)))
