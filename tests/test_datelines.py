"""The place and agency at the head of a report are no part of its first sentence."""

from __future__ import annotations

import pytest

from dateline.coder.text.sentences import find_sentences


@pytest.mark.parametrize(
    "head",
    [
        "KABUL, Afghanistan (Sample Wire) —",
        "ISTANBUL –",
        "NEW DELHI:",
        "MINSK, 16 August –",
        "SAN SALVADOR, 10 JAN 90 (DPA) --",
        "VALPARAÍSO, Chile -",
        "Nairobi (Sample Wire) -",
        "(Sample Wire) -",
    ],
)
def test_a_dateline_stands_alone(head: str) -> None:
    text = f"{head} Dockers went on strike."
    assert [text[start:end] for start, end in find_sentences(text)] == [head, "Dockers went on strike."]


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO – the alliance – denied it.",
        "COVID-19 - and nothing else - closed the port.",
        "Police (two of them) - and soldiers - came.",
        "U.S. - backed forces came.",
        "The army - it said - came.",
        "Workers said: we will strike.",
    ],
)
def test_other_dashes_and_colons_do_not_end_a_sentence(sentence: str) -> None:
    assert len(find_sentences(sentence)) == 1
