"""Languages are told by paragraph: what is English is coded, what is not is kept, counted and said."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.coder.machine import MachineCoder
from dateline.intake import read_text

ENGLISH = "Police arrested twelve teachers at a march in Lima on Monday, a spokesman for the ministry told reporters."
SPANISH = (
    "La policía detuvo a doce maestros durante una marcha en el centro de la ciudad, según informó el ministerio. Los "
    "maestros piden mejores salarios desde hace meses y anunciaron nuevas protestas para la próxima semana."
)
PERSIAN = "پلیس روز دوشنبه دوازده معلم را در تظاهرات شهر بازداشت کرد و سخنگوی وزارت کشور این خبر را تأیید کرد."
NAMES = "Rosa Quispe Mamani, Juan Carlos Huamán Rojas, María Elena Condori Flores, Luis Alberto Vargas Llosa, Ana Ruiz"


def languages(*paragraphs: str) -> tuple[str | None, list[str | None]]:
    report = read_text("\n\n".join(paragraphs))
    return report.language, [block.language for block in report.blocks]


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        ((ENGLISH, ENGLISH), ("en", [None, None])),
        ((ENGLISH, ENGLISH, ENGLISH, SPANISH), ("en", [None, None, None, "es"])),
        ((ENGLISH, ENGLISH, PERSIAN), ("en", [None, None, "fa"])),
        ((SPANISH, SPANISH, ENGLISH), ("es", [None, None, "en"])),
        ((SPANISH, SPANISH), ("es", [None, None])),
        # names are in no language
        ((ENGLISH, ENGLISH, NAMES), ("en", [None, None, None])),
        # too short to tell
        ((ENGLISH, "Viva el paro nacional, gritaban."), ("en", [None, None])),
    ],
)
def test_languages_are_told_by_paragraph(
    paragraphs: tuple[str, ...], found: tuple[str | None, list[str | None]]
) -> None:
    assert languages(*paragraphs) == found


def test_a_language_that_is_given_goes_before_what_is_seen() -> None:
    report = read_text(f"{ENGLISH}\n\n{SPANISH}", language="en")
    assert (report.language, [b.language for b in report.blocks]) == ("en", [None, None])


@pytest.mark.model
@pytest.mark.parametrize("order", [(ENGLISH, ENGLISH, SPANISH), (SPANISH, SPANISH, ENGLISH), (ENGLISH, PERSIAN)])
def test_english_paragraphs_are_coded_and_the_others_counted(order: tuple[str, ...], coder: MachineCoder) -> None:
    report = read_text("\n\n".join(order), published="2024-03-08")
    coding = coder.code(report)
    assert coding.report is report
    assert "COERCE" in {e.type for e in coding.events}
    [note] = [note for note in coding.notes if note.code == "other-languages"]
    others = order.count(SPANISH) + order.count(PERSIAN)
    assert f"{others} in " in note.message
    english = [(b.start, b.end) for b in report.blocks if report.text[b.start : b.end] == ENGLISH]
    assert all(any(a <= e.trigger.start < b for a, b in english) for e in coding.events)


@pytest.mark.model
def test_a_report_without_english_is_kept_and_says_so(coder: MachineCoder) -> None:
    coding = coder.code(read_text(f"{SPANISH}\n\n{SPANISH}"))
    assert coding.events == ()
    assert [note.code for note in coding.notes][:1] == ["language-not-coded"]


def test_a_project_counts_its_reports_by_language(tmp_path: Path) -> None:
    runner = CliRunner()
    project = str(tmp_path / "project")
    for name, text in (("a.txt", ENGLISH), ("b.txt", ENGLISH + " It went on."), ("c.txt", SPANISH)):
        (tmp_path / name).write_text(text, "utf-8")
    assert runner.invoke(app, ["init", project]).exit_code == 0
    added = runner.invoke(app, ["add", *(str(tmp_path / f"{n}.txt") for n in "abc"), "-p", project])
    assert added.exit_code == 0
    told = runner.invoke(app, ["status", "-p", project]).stdout
    assert "in languages: en 2, es 1" in told
