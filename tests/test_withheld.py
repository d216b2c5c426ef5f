"""Exports without the words of the reports: every offset holds, no word is left, and the export says so."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from dateline.export.registry import exporters
from dateline.export.statement import EVENT_LIMITS, Statement, event_limits
from dateline.export.withheld import MARK, QUOTES_WITHHELD, are_withheld, withheld
from dateline.form import from_json, to_json
from dateline.model import Note
from export_cases import water_coding

NAMED = Note("names-kept", "Private people are kept by name, as this run was told to.")


def test_a_coding_without_words_has_every_span_at_its_place() -> None:
    coding, without = water_coding(), withheld(water_coding())
    places = [(span.start, span.end) for span in coding.spans()]
    assert [(span.start, span.end) for span in without.spans()] == places
    assert not any(c.isalnum() for span in without.spans() for c in span.quote.replace(MARK, ""))
    assert without.actors[0].name == coding.actors[0].name
    assert are_withheld([without])
    assert not are_withheld([coding])
    assert withheld(without) == without
    assert from_json(to_json(without)) == without


@pytest.mark.parametrize("name", ["csv", "explain", "geojson", "html", "json", "jsonl", "table"])
def test_no_format_holds_a_withheld_sentence_and_each_says_so(name: str) -> None:
    out = io.StringIO(newline="")
    exporters()[name]([withheld(water_coding())], out)
    sentence = water_coding().events[0].evidence[0].quote
    assert sentence not in out.getvalue()
    assert QUOTES_WITHHELD.message in out.getvalue().replace("\n", " ")


def test_the_statement_says_whether_names_and_quotations_are_kept() -> None:
    statement = Statement()
    statement.add(water_coding())
    stated = dict(statement.rows())
    assert stated["Names"] == "private people by role"
    assert stated["Quotations"] == "kept; they may name private people"
    statement.add(replace(withheld(water_coding()), notes=(NAMED, QUOTES_WITHHELD)))
    stated = dict(statement.rows())
    assert stated["Names"] == "private people by name in 1 report; else private people by role"
    assert stated["Quotations"].startswith("withheld in 1 report; else kept")


def test_what_is_said_of_events_says_so_too() -> None:
    coding = water_coding()
    assert event_limits([coding]) == EVENT_LIMITS
    assert "by name" in event_limits([coding, replace(coding, notes=(NAMED,))])
    assert QUOTES_WITHHELD.message in event_limits([withheld(coding)])
