"""What a coding tells of incidents: who is named for them, and what they struck."""

from __future__ import annotations

import pytest
from benchmarks.tasks.templates import _apart_from, _bodies, _is_vague, _struck

from dateline.model import CoderInfo, Coding, EventMention, Evidence, Report


def coded(text: str) -> Coding:
    return Coding(Report("r", text), CoderInfo("c", "1", "templates 1.0"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("THE HARBOUR LIBERATION FRONT [HLFX] MET THE ARMY. THE HLFX LEFT.", "HLFX"),
        ("THE MEN OF THE HLFX [HARBOUR LIBERATION FRONT] LEFT. THE HLFX MET NOBODY.", "HLFX"),
        (
            "THE HLFX [HARBOUR LIBERATION FRONT] AND THE BISHOP MET. ALL BLAME THE ARMY AND ACCUSE THE ARMY..",
            "ARMY",
        ),
    ],
)
def test_who_is_blamed_goes_before_who_is_only_named(text: str, first: str) -> None:
    assert _bodies(coded(text))[0] == first


def test_a_report_that_names_no_armed_body_has_none() -> None:
    assert _bodies(coded("THE BAKERS [BKRS] MET IN THE HARBOUR.")) == []


def test_the_place_of_an_explosion_is_what_it_struck() -> None:
    text = "A CHARGE EXPLODED IN THE CEMENT COMPANY OFFICE IN THE MORNING."
    evidence = (Evidence(0, len(text), text),)
    trigger = Report("r", text).span(9, 17)
    assert _struck(EventMention("e", "ASSAULT", trigger, mode="explosives", evidence=evidence)) == [
        "CEMENT COMPANY OFFICE"
    ]
    assert _struck(EventMention("e", "ASSAULT", trigger, mode="firearms", evidence=evidence)) == []


def test_people_are_told_once_and_by_name() -> None:
    assert _apart_from(["PEOPLE", "ANA RUIZ", "RUIZ"]) == ["ANA RUIZ"]
    assert _apart_from(["PEOPLE"]) == ["PEOPLE"]


@pytest.mark.parametrize(("quote", "vague"), [("THE 30", True), ("THOSE", True), ("TWO DOCKERS", False)])
def test_words_that_only_count_or_point_are_nobody(quote: str, vague: bool) -> None:
    assert _is_vague(quote) is vague
