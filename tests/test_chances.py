"""Chances: in words, in what people read, and which rows they make suggestions."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.crosswalk.recode import recode
from dateline.coder.shown import split
from dateline.export.chances import in_words, of_fields, to_check
from dateline.export.formats import explain, table
from dateline.export.notebook import coding_html
from dateline.export.page import write as write_page
from dateline.link.mentions import mentions
from dateline.model import Chances, Coding, EventMention, Span
from export_cases import water_coding

ROW = EventMention("e1", "PROTEST", Span(0, 7, "marched"))


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (1.0, "almost certain (1.00)"),
        (0.9, "almost certain (0.90)"),
        (0.8999, "likely (0.89)"),
        (0.7, "likely (0.70)"),
        (0.57, "more likely than not (0.57)"),
        (0.4999, "doubtful (0.49)"),
        (0.0, "doubtful (0.00)"),
        (None, ""),
    ],
)
def test_a_chance_in_words_never_contradicts_its_figure(chance: float | None, words: str) -> None:
    assert in_words(chance) == words


def test_only_what_is_less_than_almost_certain_asks_for_a_look() -> None:
    assert (to_check(0.95), to_check(None), to_check(0.6)) == ("", "", "more likely than not (0.60)")
    assert of_fields(replace(ROW, chances=Chances(type=0.95, date=0.4))) == "type 0.95, date 0.40"


def test_rows_below_the_bound_are_suggestions_and_rows_without_a_chance_are_shown() -> None:
    rows = [replace(ROW, id=f"e{n}", chance=chance) for n, chance in enumerate((0.5, None, 0.49, 0.0))]
    shown, suggested = split(rows, 0.5)
    assert [row.chance for row in shown] == [0.5, None]
    assert [row.chance for row in suggested] == [0.49, 0.0]
    assert split(rows, 0.0) == (tuple(rows), ())


def written(module: object, coding: Coding) -> str:
    out = io.StringIO()
    module.write([coding], out)  # type: ignore[attr-defined]
    return out.getvalue()


def test_explain_tells_chances_and_suggestions() -> None:
    told = written(explain, water_coding())
    assert "coded e1: PROTEST/demo, asserted, likely (0.81), says a0 > a1: 'marched'" in told
    assert "chances: type 0.95, actors 0.74, date 0.40" in told
    assert "told again at [" in told
    assert "suggested, below the bound, e7: CONSULT, asserted, doubtful (0.31)" in told
    assert "coded e4: ASSAULT/crowd-control, possible, says" in told, "nothing judged it"


def test_the_table_and_a_notebook_tell_how_many_suggestions_there_are() -> None:
    assert "Below the bound: 1 suggestion." in written(table, water_coding())
    assert "1 suggestion (see suggestions)" in coding_html(water_coding())
    assert "likely (0.81)" in coding_html(water_coding())


def test_the_page_shows_suggestions_folded_and_fields_to_look_at() -> None:
    out = io.StringIO()
    write_page([water_coding()], out)
    page = out.getvalue()
    assert "<details>\n<summary><h3>Suggestions</h3>" in page
    assert '<span class="soft" dir="auto">doubtful (0.31): ' in page
    assert '<span class="flag">likely (0.74)</span>' in page, "who did it should be looked at"
    assert "<dt>How sure</dt><dd>almost certain (0.97)</dd>" in page


def test_a_codebook_that_recodes_keeps_suggestions_apart() -> None:
    conflict = load_codebook("conflict")
    coding = water_coding()
    event = coding.events[0]
    below = replace(event, id="e9", chance=0.2)
    sorted_anew = recode(replace(coding, events=(event,), suggestions=(below,)), conflict)
    assert [row.id for row in sorted_anew.events] == ["e1"]
    assert [(row.id, row.chance, row.type) for row in sorted_anew.suggestions] == [
        ("e2", 0.2, sorted_anew.events[0].type)
    ]


def test_suggestions_are_not_linked() -> None:
    coding = water_coding()
    assert mentions(coding) == mentions(replace(coding, suggestions=()))
