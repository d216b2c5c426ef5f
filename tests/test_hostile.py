"""Text that nobody wrote to be read: it is coded, and twice as much of it costs about twice as much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.timing import LINEAR, ratio

from dateline.coder import machine
from dateline.coder.attribution.chains import PUBLISHER_VOICE, Credited
from dateline.coder.syntax.parse import _prepare
from dateline.intake import read_text
from dateline.model import Attribution, Block, Report, Span

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
def test_more_words_than_any_report_has_are_not_coded_and_the_coding_says_so(
    coder: MachineCoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MOST_WORDS", 20)
    report = read_text("Police arrested a man. " * 5, published="2024-01-02")
    assert [note.code for note in coder.code(report).notes] == ["too-many-words"]
    monkeypatch.setattr(machine, "MOST_WORDS", 25)
    assert coder.code(report).events


@pytest.mark.model
def test_preparing_four_times_the_text_takes_about_four_times_as_long(nlp: Language) -> None:
    def prepared(letters: int) -> Callable[[], object]:
        text = "a " * letters
        report = Report("r", text, (Block(0, len(text), "paragraph"),))
        return lambda: _prepare(report, nlp)

    assert ratio(prepared(8_000), prepared(32_000)) < LINEAR


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
