"""The plan for a year of a crawl: what it reckons from unit costs that are made up here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.crawl_plan import Assumed, Kind, Linking, Plan, Unit, bill, page, pages_of, plan, turned

UNITS: dict[Kind, Unit] = {
    "no article": Unit(10, 0.01, 0.0, 0.0, 10_000, 100, 50),
    "another language": Unit(10, 0.02, 0.0, 0.001, 10_000, 1_000, 500),
    "English, nothing told": Unit(10, 0.02, 0.3, 0.001, 10_000, 2_000, 1_000),
    "English, an event told": Unit(10, 0.02, 0.6, 0.003, 10_000, 20_000, 5_000),
}
LINKING = Linking(0.002, 1_000, 4.0)
ASSUMED = Assumed(pages=1_000, articles=0.8, english=0.5, events=0.25, copies=0.2, busy=0.5, speed=1.0)


def test_every_page_is_of_one_kind() -> None:
    numbers = pages_of(ASSUMED)
    assert numbers == pytest.approx(
        {
            "no article": 200,
            "another language": 400,
            "English, nothing told": 300,
            "English, an event told": 100,
        }
    )
    assert sum(numbers.values()) == pytest.approx(1_000)


def test_costs_are_those_of_the_kinds() -> None:
    found = plan(UNITS, LINKING, ASSUMED)
    assert found.seconds == pytest.approx(
        {"reading": 2 + 8 + 6 + 2, "coding": 90 + 60, "writing": 0.4 + 0.3 + 0.3, "linking": 100 * 4 * 0.002}
    )
    assert found.stored["archives, packed"] == pytest.approx(1e7)
    assert found.stored["codings, Parquet"] == pytest.approx(10_000 + 200_000 + 300_000 + 500_000)
    assert found.mentions == pytest.approx(400)


def test_copies_are_read_and_not_coded_where_each_text_is_coded_once() -> None:
    whole, once = plan(UNITS, LINKING, ASSUMED), plan(UNITS, LINKING, ASSUMED, once=True)
    assert once.seconds["reading"] == whole.seconds["reading"]
    assert once.seconds["coding"] == pytest.approx(0.8 * whole.seconds["coding"])
    assert once.mentions == pytest.approx(0.8 * whole.mentions)


def test_what_is_paid_is_the_time_in_which_cores_wait_too() -> None:
    hour = Plan({"coding": 3_600.0, "linking": 0.0}, {"archives, packed": 1e12, "codings, Parquet": 1e12}, 0)
    assumed = replace(ASSUMED, machines=1, cores=2, core_hour=0.1, spot=0.25, terabyte_month=20, months=6)
    cost = bill(hour, assumed)
    assert (cost.core_hours, cost.days * 24) == pytest.approx((2, 1))
    assert (cost.on_demand, cost.on_spot, cost.storage) == pytest.approx((0.2, 0.05, 240))


def test_a_share_that_is_off_by_two_never_goes_above_all() -> None:
    lines = {note: (assumed, units) for note, assumed, units, _ in turned(UNITS, ASSUMED)}
    assert max(max(a.articles, a.english, a.events) for a, _ in lines.values()) <= 1
    assert lines["all are articles (0.8 → 1)"][0].articles == 1
    assert lines["half the share of English ones (0.5 → 0.25)"][0].english == 0.25
    doubled = plan(lines["twice the time of coding"][1], LINKING, ASSUMED)
    assert doubled.seconds["coding"] == pytest.approx(2 * plan(UNITS, LINKING, ASSUMED).seconds["coding"])


def test_the_page_tells_measured_from_assumed() -> None:
    told = page(UNITS, LINKING, ASSUMED, "Made up.")
    assert told.index("## Measured") < told.index("Made up.") < told.index("## Assumed") < told.index("## Reckoned")
    assert "| English, an event told | 10 | 0.0200 | 0.6000 | 0.0030 | 10.0 | 20.0 | 5.0 |" in told
    assert "| pages a year | 1,000 |" in told
