"""Text that nobody wrote to be read: it is coded, and twice as much of it costs about twice as much."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.timing import LINEAR, ratio
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.coder import machine
from dateline.coder.attribution.chains import PUBLISHER_VOICE, Credited
from dateline.coder.syntax.parse import _prepare
from dateline.intake import read_text
from dateline.lang.base import load_language
from dateline.model import Attribution, Block, Note, Report, Span
from dateline.store import Project

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline.coder.machine import MachineCoder

HOSTILE = {
    "letters": "a " * 800,
    "one word": "police " * 300,
    "brackets": "People ( " * 400,
    "quotation marks": "He said “ ‘ « ‹ „ ” ’ » › \" ' " * 40,
    "emoji": "Police \U0001f600 " * 300,
    "right to left": "اعتقلت الشرطة رجلا في باريس يوم الاثنين. " * 30,
    "no spaces": "警方周一在巴黎逮捕了一名男子。" * 60,
    "control characters": "Police\x01\x02\x1b arrested\x7f a man. " * 40,
    "dates": "12 March 2019, " * 150,
    "places": "Paris, London, Cairo, Lima, " * 60,
    "nested quotations": "“He said ‘" * 100 + "x " + "’”" * 100,
    "a chain": "Police arrested " + " and ".join(["a man", "a woman"] * 150) + ".",
    "nested speech": "He said that " * 120 + "police killed a man.",
    "capitals": "POLICE ARRESTED A MAN IN PARIS ON MONDAY. " * 20,
    "colons": "a:" * 500,
}


@pytest.mark.model
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_coded_and_its_coding_holds(text: str, coder: MachineCoder) -> None:
    report = replace(read_text(text, published="2024-01-02"), language="en")
    coding = coder.code(report)
    assert coding.report.text == report.text
    assert coding.events or coding.notes
    assert coder.code(report) == coding


@pytest.mark.model
def test_the_same_sentence_many_times_is_as_many_events_to_the_rules_and_one_to_the_judge(coder: MachineCoder) -> None:
    report = read_text("Police arrested a man in Paris on Monday. " * 60, published="2024-01-02")
    coding = replace(coder, judge=None).code(report)
    assert len(coding.events) == 60
    assert all(event.place is not None and event.date is not None for event in coding.events)
    judged = coder.code(report)
    assert len(judged.events) + len(judged.suggestions) < 20
    assert max(len(event.tellings) for event in judged.rows) >= 10


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["Police arrested a man. " * 5, "Police killed " + "a" * 441], ids=["words", "letters"]
)
def test_more_words_than_may_be_coded_are_not_coded_and_the_coding_says_so(coder: MachineCoder, text: str) -> None:
    report = replace(read_text(text, published="2024-01-02"), language="en")
    coding = replace(coder, most_words=24).code(report)
    assert [note.code for note in coding.notes] == ["too-many-words"]
    assert (coding.report, coding.rows, coding.left_out) == (report, (), ())
    assert "more than 24 words and marks" in coding.notes[0].message and "--limit words=N" in coding.notes[0].message
    assert replace(coder, most_words=25).code(report) == coder.code(report)


def test_a_text_is_measured_before_anything_is_made_of_it() -> None:
    """The longest text that can be read, of the most words that it can have, is refused in no time and no memory."""

    def refused(letters: int) -> Callable[[], object]:
        text = "a " * letters
        report = Report("r", text, (Block(0, len(text), "paragraph"),), language="en")
        return lambda: machine._cannot_be_coded(report, load_language(), 50_000)

    assert isinstance(refused(60_000)(), Note)
    assert ratio(refused(60_000), refused(1_000_000)) < 2


@pytest.mark.model
def test_a_report_over_the_bound_costs_itself_and_the_bound_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    texts = {"short": "Police arrested a man.", "long": "Police arrested a man. " * 5}
    path.write_text(
        "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts.items()), encoding="utf-8"
    )

    def coded(*options: str) -> list[tuple[str, bool]]:
        result = CliRunner().invoke(app, ["code", str(path), "-f", "jsonl", *options])
        assert result.exit_code == 0, result.output
        forms = [json.loads(line) for line in result.stdout.splitlines()]
        return [(form["id"], "too-many-words" not in {note["code"] for note in form["notes"]}) for form in forms]

    assert coded("--limit", "words=24") == [("short", True), ("long", False)]
    assert coded("--limit", "words=25") == coded() == [("short", True), ("long", True)]
    result = CliRunner().invoke(app, ["explain", str(path), "--limit", "words=24"])
    assert "note [too-many-words]" in result.output
    result = CliRunner().invoke(app, ["code", str(path), "--limit", "wrods=24"])
    assert (result.exit_code, "no limit is called 'wrods'" in result.output) == (2, True)


@pytest.mark.model
def test_a_project_has_the_bound_in_its_settings_and_codes_anew_where_it_changes(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words])
        return f"{result.exit_code} {result.output}"

    folder, path = str(tmp_path / "p"), tmp_path / "a.txt"
    path.write_text("Police arrested a man. " * 5, encoding="utf-8")
    run("init", folder)
    assert run("add", str(path), "-p", folder, "--limit", "words=24").endswith("set most_words in dateline.toml\n")
    run("add", str(path), "-p", folder)
    for words, over in ((24, True), (25, False)):
        (tmp_path / "p" / "dateline.toml").write_text(f"most_words = {words}\n", encoding="utf-8")
        assert "Coded 1 report;" in run("code", "-p", folder)
        with Project.open(folder) as project:
            (coding,) = project.codings()
        assert ("too-many-words" in {note.code for note in coding.notes}) == over != bool(coding.rows)
    (tmp_path / "p" / "dateline.toml").write_text("most_words = 0\n", encoding="utf-8")
    assert "most_words is 0" in run("code", "-p", folder)


@pytest.mark.model
def test_preparing_four_times_the_text_takes_about_four_times_as_long(nlp: Language) -> None:
    def prepared(letters: int) -> Callable[[], object]:
        text = "a " * letters
        report = Report("r", text, (Block(0, len(text), "paragraph"),))
        return lambda: _prepare(report, nlp)

    assert ratio(prepared(4_000), prepared(16_000)) < LINEAR


def test_who_says_so_is_found_in_few_steps() -> None:
    def asked(n: int) -> Callable[[], object]:
        text = "word " * n
        said = [Attribution(f"a{i + 1}", content=(Span(5 * i, 5 * i + 4, "word"),)) for i in range(n)]
        assert Credited(said).chain(0) == (PUBLISHER_VOICE, "a1")

        def ask() -> object:
            credited = Credited(said)
            return [credited.chain(offset) for offset in range(0, len(text), 5)]

        return ask

    assert ratio(asked(1_000), asked(4_000)) < LINEAR


def test_the_innermost_attribution_is_the_one_with_the_least_content() -> None:
    text = "She said that he said that it burned."
    outer = Attribution("a1", content=(Span(9, 36, text[9:36]),))
    inner = Attribution("a2", content=(Span(22, 36, text[22:36]),), parent="a1")
    credited = Credited([outer, inner])
    assert credited.chain(0) == (PUBLISHER_VOICE,)
    assert credited.chain(15) == (PUBLISHER_VOICE, "a1")
    assert credited.chain(30) == (PUBLISHER_VOICE, "a1", "a2")
    assert credited.chain(36) == (PUBLISHER_VOICE,)
    assert credited.is_told(0, 10)
    assert not credited.is_told(0, 9)
    assert not credited.is_told(36, 37)
