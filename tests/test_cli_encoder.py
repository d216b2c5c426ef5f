"""Coding with and without the encoder from the command line: damaged files cost certainty, never the run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline import api
from dateline.cli.app import app
from dateline.coder.encoder import network as encoder_module

pytestmark = pytest.mark.model

STORY = "LYON (Sample) - Police detained four farmers in Lyon on Monday, the prefecture said.\n"


def code(*words: str) -> Result:
    return CliRunner().invoke(app, [*words, "-"], input=STORY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the encoder's files that a test may spoil, in place of the package's own.

    The large graph is a few bytes here: a spoiled file is told by its hash, before anything of it is read.
    """
    copy = tmp_path / "encoder"
    shutil.copytree(encoder_module.default_folder(), copy, ignore=shutil.ignore_patterns("encoder.onnx"))
    (copy / "encoder.onnx").write_bytes(b"not the graph that the manifest names")
    loaders: tuple[Callable[..., object], ...] = (encoder_module.default_encoder, api._loaded)
    kept = {loader: loader.__wrapped__ for loader in loaders}  # type: ignore[attr-defined]
    monkeypatch.setattr(encoder_module, "default_folder", lambda: copy)
    # What was loaded before stays loaded for the tests that follow.
    monkeypatch.setattr("dateline.coder.machine.default_encoder", kept[encoder_module.default_encoder])
    monkeypatch.setattr("dateline.api._loaded", kept[api._loaded])
    yield copy


@pytest.mark.parametrize("command", ["code", "explain"])
def test_a_damaged_encoder_is_told_once_with_its_mend_and_the_rules_go_on(command: str, folder: Path) -> None:
    result = code(command)
    assert result.exit_code == 0, result.stderr
    (warning,) = result.stderr.splitlines()
    assert "coding by the rules alone" in warning
    assert "'encoder.onnx' is damaged" in warning
    assert "install dateline again" in warning
    assert str(folder.parent) not in warning
    assert "detained" in result.stdout


def test_a_missing_encoder_is_told_and_every_coding_says_so(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    result = code("code", "-f", "jsonl")
    assert result.exit_code == 0, result.stderr
    (warning,) = result.stderr.splitlines()
    assert "cannot be read" in warning
    coding = json.loads(result.stdout)
    assert [note["message"] for note in coding["notes"] if note["code"] == "rules-alone"]
    assert coding["events"]
    assert "encoder" not in coding["coder"]["model"]


def test_rules_alone_on_request_is_no_fault_and_is_recorded_as_the_coder_that_it_is() -> None:
    result = code("code", "--rules-only", "-f", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    coding = json.loads(result.stdout)
    assert "encoder" not in coding["coder"]["model"]
    assert [note for note in coding["notes"] if note["code"] == "rules-alone"] == []
    reasons = [because["rule"] for attribution in coding["attributions"] for because in attribution["because"]]
    assert reasons
    assert not [reason for reason in reasons if "encoder" in reason]


def test_without_the_flag_the_encoder_is_used_and_named() -> None:
    result = code("code", "-f", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "dateline-encoder" in json.loads(result.stdout)["coder"]["model"]


def test_every_verb_that_codes_tells_of_a_damaged_encoder(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "gold.jsonl"
    report.write_text(code("code", "-f", "jsonl").stdout, encoding="utf-8")
    for words in (["codebook", "check", "codebooks/attacks.yaml"], ["evaluate", str(report)]):
        result = CliRunner().invoke(app, words)
        assert "coding by the rules alone" in result.stderr, words
