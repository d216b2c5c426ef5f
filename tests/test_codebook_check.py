"""Worked examples run as tests, and codebooks shown to people. The built-in codebook's own examples run here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.codebook import CodebookError, load_codebook
from dateline.codebook.check import CheckResult, check_codebook
from dateline.codebook.model import Codebook
from dateline.codebook.show import show
from dateline.intake import read_text
from dateline.model import EventMention, Participant, Span

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder

RAIN = """\
name: weather
version: "3"
types:
  - name: RAIN
    definition: It rains.
    quad: 4
    cameo: "17"
    refused_as: RAIN
    modes: [{name: hail, definition: Ice falls., words: [ice], nouns: [hail]}]
    verbs: [rain, {word: pour, when: {particle: down}, unless: {object: [tea, milk, juice, wine, beer]}}]
    exclusions: [Tears are no rain.]
    examples:
      - text: It rained in Bergen.
        events: [{actors: [it]}]
      - text: Hail fell on the roofs, and it rained.
        events: [{mode: hail}, {}]
      - {text: She poured the tea., none: true}
"""


@pytest.fixture
def weather(tmp_path: Path) -> Codebook:
    path = tmp_path / "weather.yaml"
    path.write_text(RAIN, encoding="utf-8")
    return load_codebook(path)


def event(quote: str, mode: str | None = None, actors: tuple[str, ...] = ()) -> EventMention:
    who = tuple(Participant(0, len(a), a) for a in actors)
    return EventMention("e1", "RAIN", Span(0, len(quote), quote), mode=mode, actors=who)


def check(book: Codebook, told: dict[str, list[EventMention]]) -> CheckResult:
    return check_codebook(book, lambda text: told.get(text, []))


def test_all_pass(weather: Codebook) -> None:
    told = {
        "It rained in Bergen.": [event("rained", actors=("It",))],
        "Hail fell on the roofs, and it rained.": [event("rained"), event("Hail", "hail")],
    }
    result = check(weather, told)
    assert (len(result.passed), len(result.failed)) == (3, 0)
    assert str(result) == "weather 3: 3 of 3 examples passed, 0 failed."


def test_failures_say_where_and_what_was_expected_and_found(weather: Codebook) -> None:
    told = {
        "Hail fell on the roofs, and it rained.": [event("Hail", "hail")],
        "She poured the tea.": [event("poured", actors=("She",))],
    }
    result = check(weather, told)
    assert [(e.line, e.found) for e in result.failed] == [
        (13, "nothing"),
        (15, "RAIN hail (asserted) [Hail]"),
        (17, "RAIN by She (asserted) [poured]"),
    ]
    assert (
        "failed: weather.yaml:13: RAIN: It rained in Bergen.\n    expected: RAIN by it\n    found:    nothing"
        in str(result)
    )
    assert str(result).endswith("weather 3: 0 of 3 examples passed, 3 failed.")


def test_two_expected_events_need_two_events(weather: Codebook) -> None:
    told = {"Hail fell on the roofs, and it rained.": [event("Hail", "hail")]}
    assert not check(weather, told).examples[1].passed


@pytest.mark.parametrize(("historical", "passed"), [(True, True), (False, False)])
def test_an_example_may_ask_for_background(tmp_path: Path, historical: bool, passed: bool) -> None:
    path = tmp_path / "weather.yaml"
    path.write_text(RAIN.replace("{actors: [it]}", "{actors: [it], historical: true}"), encoding="utf-8")
    told = replace(event("rained", actors=("It",)), historical=historical)
    (first, *_) = check(load_codebook(path), {"It rained in Bergen.": [told]}).examples
    assert first.passed is passed
    assert first.expected == "RAIN by it (historical)"
    assert first.found == f"RAIN by It (asserted{', historical' * historical}) [rained]"


def test_warnings_are_part_of_the_result(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text('name: a\nversion: "1"\ntypes: [{name: A, definition: b, verbs: [c]}]\n', encoding="utf-8")
    text = str(check_codebook(path, lambda _: []))
    assert "warning: bare.yaml:3: A has no worked examples." in text
    assert "no worked examples. Add some under `examples:`" in text


def test_show_tells_all_of_a_type(weather: Codebook) -> None:
    text = show(weather, "rain")
    for words in (
        "It rains.",
        "quad 4, material conflict; CAMEO 17; refused: RAIN",
        "mode hail",
        "Chosen by: ice.",
        "nouns: hail",
        "verbs: rain; pour down (not object: tea|milk|juice|wine|...)",
        "- Tears are no rain.",
        "yes  It rained in Bergen. -> RAIN by it",
        "no   She poured the tea.",
    ):
        assert words in text
    assert "RAIN  material conflict" in show(weather)


def test_show_of_no_such_type_names_the_nearest() -> None:
    with pytest.raises(CodebookError, match="Did you mean 'PROTEST'"):
        show(load_codebook("plover"), "protests")


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "least"),
    [("plover", 130), ("conflict", 50), ("codebooks/police.yaml", 15), ("codebooks/attacks.yaml", 6)],
)
def test_the_examples_of_a_codebook_that_comes_with_dateline(name: str, least: int) -> None:
    from dateline.api import machine_coder

    coder = machine_coder(name)
    result = check_codebook(coder.codebook, lambda text: coder.code(read_text(text)).events)
    assert len(result.examples) >= least
    assert not result.failed, str(result)
    assert result.warnings == ()


@pytest.mark.model
def test_names_and_nationalities_do_not_change_the_codes(coder: MachineCoder) -> None:
    sentences = (
        "{a} troops shelled a market in the border town, killing four traders.",
        "Thousands of {a} students marched against the law on Monday.",
        "{a} police arrested three {b} journalists.",
        "The {a} president condemned the {b} government.",
        "{a} protesters burned a {b} flag outside the embassy.",
    )
    peoples = (("Iranian", "American"), ("Israeli", "Palestinian"), ("Russian", "Ukrainian"), ("Indian", "Pakistani"))
    for sentence in sentences:
        told = set()
        for one, other in peoples:
            for a, b in ((one, other), (other, one)):
                events = coder.code(read_text(sentence.format(a=a, b=b))).events
                told.add(tuple((e.type, e.mode, e.codes, e.modality, len(e.actors)) for e in events))
        assert len(told) == 1, (sentence, told)
        assert told != {()}
