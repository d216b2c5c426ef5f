"""Sentences, case and the alignment of the parse with the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timing import LINEAR, ratio

from dateline.coder.syntax import parse as parse_module
from dateline.coder.syntax.parse import parse, parse_many
from dateline.coder.text.capitals import is_upper_case, recase
from dateline.coder.text.plain import printable
from dateline.coder.text.sentences import find_sentences
from dateline.errors import PipelineError
from dateline.lang.base import pipeline_name
from dateline.lang.en.pipeline import installed_package
from dateline.model import Block, Report

if TYPE_CHECKING:
    from spacy.language import Language


def report(text: str, id: str = "r") -> Report:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, at + len(part), "paragraph"))
        at += len(part) + 2
    return Report(id, text, tuple(blocks))


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        (
            "Mr. Roe met Gen. J. R. Doe on Jan. 5. They talked.",
            ["Mr. Roe met Gen. J. R. Doe on Jan. 5.", "They talked."],
        ),
        ("The U.S. Army left. It rained.", ["The U.S. Army left.", "It rained."]),
        ("It was sent to the U.S. The ship sank.", ["It was sent to the U.S.", "The ship sank."]),
        ("“Go home!” he said. They went.", ["“Go home!” he said.", "They went."]),
        ("“We stay.” They left.", ["“We stay.”", "They left."]),
        ("Well... maybe. Yes.", ["Well... maybe.", "Yes."]),
        ("He paused . . . and left. Then rain.", ["He paused . . . and left.", "Then rain."]),
        ("It cost 3.5 dollars. Cheap.", ["It cost 3.5 dollars.", "Cheap."]),
        ("They ran.The crowd followed.", ["They ran.", "The crowd followed."]),
        ("no capitals here at all, none in the whole of this text. the crowd went home.", None),
        ("Was it so? Yes! “Really?” Indeed.", ["Was it so?", "Yes!", "“Really?”", "Indeed."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    if expected is None:
        assert len(split(text)) == 2
    else:
        assert split(text) == expected


def test_no_sentence_crosses_a_block() -> None:
    text = "A heading\n\nThe crowd left"
    assert [text[a:b] for a, b in find_sentences(text, report(text).blocks)] == ["A heading", "The crowd left"]


@given(st.text(alphabet='aB. !?"”’\n()1', max_size=80))
def test_sentences_are_in_order_and_cover_every_letter(text: str) -> None:
    found = find_sentences(text)
    assert all(a < b for a, b in found)
    assert all(found[i][1] <= found[i + 1][0] for i in range(len(found) - 1))
    covered = {i for a, b in found for i in range(a, b) if not text[i].isspace()}
    assert {i for i, c in enumerate(text) if not c.isspace()} == covered


@pytest.mark.parametrize("unit", [".", ". ", '!"', "a.B", " .", "...  "])
def test_sentences_take_linear_time(unit: str) -> None:
    assert ratio(lambda: find_sentences(unit * 25_000), lambda: find_sentences(unit * 100_000)) < LINEAR


@given(st.text(max_size=100))
def test_the_parser_copy_has_the_length_of_the_text(text: str) -> None:
    assert len(printable(text)) == len(text)


def test_the_parser_copy_has_no_control_characters_or_line_ends_in_a_block() -> None:
    text = "a\x00b\u200bc\u00a0d\ne\n\nf"
    assert printable(text, report(text).blocks) == "a b c d e\n\nf"


def test_capitals_are_recognised() -> None:
    assert is_upper_case("THE ARMY SAID THAT THREE REBELS WERE KILLED NEAR THE TOWN.")
    assert not is_upper_case("The army said that three rebels were killed near the town.")
    assert not is_upper_case("BREAKING NEWS")


def test_a_missing_pipeline_names_the_mend() -> None:
    with pytest.raises(PipelineError, match="pip install"):
        installed_package(("no_such_pipeline_at_all",))


@pytest.mark.model
def test_recased_text_keeps_length_and_names(nlp: Language) -> None:
    text = "PRESIDENT ALVARO MENDEZ SAID THE ARMY KILLED FOUR REBELS IN SAN MIGUEL. HE DENIED THE CHARGES OF [XRTV]."
    cased = recase(text, [], nlp)
    assert len(cased) == len(text)
    assert "Alvaro Mendez" in cased
    assert "San Miguel" in cased
    assert " the army killed four rebels in " in cased
    assert cased.startswith("President")
    assert "He denied" in cased


@pytest.mark.model
def test_recasing_survives_letters_whose_case_has_another_length(nlp: Language) -> None:
    text = "İSTANBUL'DA ŞEHİR MEYDANINDA GÖSTERİ VAR VE ǅ STRASSE ẞ İYİ GÜNLER DİLERİZ HERKESE"
    assert len(recase(text, [], nlp)) == len(text)


@pytest.mark.model
@settings(max_examples=25)
@given(text=st.text(max_size=120))
def test_tokens_are_aligned_with_the_text(nlp: Language, text: str) -> None:
    parsed = parse(report(text), nlp)
    assert len(parsed.doc.text) == len(text)
    for token in parsed.doc:
        assert token.idx + len(token) <= len(text)


@pytest.mark.model
def test_the_order_of_reports_is_kept(nlp: Language) -> None:
    reports = [report(f"Number {n} came to the square.", str(n)) for n in range(5)]
    assert [p.report.id for p in parse_many(reports, nlp, batch_size=2)] == ["0", "1", "2", "3", "4"]


@pytest.mark.model
def test_a_long_line_is_cut(nlp: Language) -> None:
    parsed = parse(report("word " * 1000), nlp)
    assert max(len(s) for s in parsed.doc.sents) <= parse_module.LONGEST_SENTENCE


@pytest.mark.model
def test_a_long_report_is_parsed_in_pieces(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_module, "LARGEST_PIECE", 20)
    text = "\n\n".join(f"The crowd number {n} marched to the square and went home." for n in range(10))
    parsed = parse(report(text), nlp)
    assert parsed.doc.text == text
    assert [t.i for t in parsed.doc if t.lemma_ == "march" and t.pos_ == "VERB"] != []
    assert len(list(parsed.sentences())) == 10


@pytest.mark.model
def test_only_coded_blocks_have_sentences(nlp: Language) -> None:
    text = "Crowds march\n\nThousands marched. They sang.\n\nShare this page"
    blocks = (Block(0, 12, "heading"), Block(14, 43, "paragraph"), Block(45, 60, "debris"))
    parsed = parse(Report("r", text, blocks), nlp)
    assert [s.text.strip() for s in parsed.sentences()] == ["Thousands marched.", "They sang."]


@pytest.mark.model
def test_the_pipeline_tells_its_name(nlp: Language) -> None:
    assert pipeline_name(nlp).startswith("en_core_web_")
