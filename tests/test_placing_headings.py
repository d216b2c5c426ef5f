"""Headings that are a place or a day hand it down to what stands below them; own words go before it."""

from __future__ import annotations

import pytest

from dateline.coder.machine import MachineCoder
from dateline.coder.placing.headings import days_above, sections
from dateline.intake import read_text
from dateline.lang.base import load_language
from dateline.model import Coding
from dateline.resolve.gazetteer.lookup import Gazetteer

pytestmark = pytest.mark.model

PUBLISHED = "2024-03-08"

BY_DAY = """# Roundup of protests

## Monday 4 March

Teachers marched over unpaid wages. Police arrested twelve women.

## Tuesday 5 March

Farmers blocked a bridge in Cusco today.
"""

BY_TOWN = """# Incidents of the week

## Zaria

Gunmen killed three traders at a market on Wednesday.

## Kano

Soldiers arrested two men.

Police arrested a driver in Jos.
"""


def read(text: str, gazetteer: Gazetteer) -> list[tuple[str | None, str | None]]:
    report = read_text(text, published=PUBLISHED)
    found = sections(report, gazetteer, load_language().date_phrases())
    return [(s.place and s.place.quote, s.day and s.day.edtf) for s in found]


def where_and_when(coding: Coding) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.trigger.quote, e.place.name if e.place else None, e.date.edtf if e.date else None)
        for e in (*coding.events, *coding.suggestions)
    ]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("## Monday 4 March", "## Tuesday 5 March"), [(None, "2024-03-04"), (None, "2024-03-05")]),
        (("## Zaria", "## Kano, Nigeria"), [("Zaria", None), ("Kano", None)]),
        (("Location: Zaria", "Location: Kano"), [("Zaria", None), ("Kano", None)]),
        # the first kind is the outer one
        (
            ("## 4 March", "### Lima", "### Cusco", "## 5 March"),
            [(None, "2024-03-04"), ("Lima", "2024-03-04"), ("Cusco", "2024-03-04"), (None, "2024-03-05")],
        ),
        (
            ("## Lima", "### 4 March", "### 5 March", "## Cusco"),
            [("Lima", None), ("Lima", "2024-03-04"), ("Lima", "2024-03-05"), ("Cusco", None)],
        ),
        (("## Zaria",), [("Zaria", None)]),
        # stamps, and labels of other things
        (("Updated: 4 March 2024", "Author: Lima"), []),
        (("8 March 2024", "## Zaria"), [("Zaria", None)]),
        # headings that say more than where or when
        (("## What happened in Lima", "## March on Monday"), []),
    ],
)
def test_headings_that_are_a_place_or_a_day(
    headings: tuple[str, ...], found: list[tuple[str | None, str | None]], gazetteer: Gazetteer
) -> None:
    told = "".join(f"{heading}\n\nPolice arrested two men, a spokesman said.\n\n" for heading in headings)
    assert read(f"# The week in short\n\n{told}", gazetteer) == found


def test_today_below_a_day_is_that_day(gazetteer: Gazetteer) -> None:
    report = read_text(BY_DAY, published=PUBLISHED)
    found = sections(report, gazetteer, load_language().date_phrases())
    assert [day.isoformat() for _, day in days_above(found)] == ["2024-03-04", "2024-03-05"]


@pytest.mark.parametrize("judged", [True, False])
def test_events_take_the_day_above_them(judged: bool, coder: MachineCoder) -> None:
    machine = coder if judged else MachineCoder.load(encoder=False)
    found = where_and_when(machine.code(read_text(BY_DAY, published=PUBLISHED)))
    days = {trigger: day for trigger, _, day in found}
    assert (days["marched"], days["arrested"], days["blocked"]) == ("2024-03-04", "2024-03-04", "2024-03-05")


@pytest.mark.parametrize("judged", [True, False])
def test_events_take_the_place_above_them_and_keep_their_own(judged: bool, coder: MachineCoder) -> None:
    machine = coder if judged else MachineCoder.load(encoder=False)
    coding = machine.code(read_text(BY_TOWN, published=PUBLISHED))
    assert [place for _, place, _ in where_and_when(coding)] == ["Zaria", "Kano", "Jos"]
    assert [note.code for note in coding.notes if note.code == "heading-with-place-or-day"]
    handed = coding.events[1]
    assert handed.place is not None
    assert coding.report.text[handed.place.start : handed.place.end] == "Kano"
    assert "place.heading" in {reason.id for reason in handed.because}
    assert handed.chances.place is None
