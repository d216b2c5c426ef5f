from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lang.dates import calendar, edtf

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-01-17", date(2020, 1, 17), date(2020, 1, 17)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("18XX", date(1800, 1, 1), date(1899, 12, 31)),
        ("2020-XX-XX", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-05-XX", date(2020, 5, 1), date(2020, 5, 31)),
        ("2019-22", date(2019, 6, 1), date(2019, 8, 31)),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29)),
        ("1989-35", date(1989, 7, 1), date(1989, 9, 30)),
        ("1989-36", date(1989, 10, 1), date(1989, 12, 31)),
        ("2020-01-13T18:00:00", date(2020, 1, 13), date(2020, 1, 13)),
        ("2020-01-13T18:00:00+03:30", date(2020, 1, 13), date(2020, 1, 13)),
        ("1990~", date(1990, 1, 1), date(1990, 12, 31)),
        ("2020-05-03/2020-05-07", date(2020, 5, 3), date(2020, 5, 7)),
        ("../1990", None, date(1990, 12, 31)),
        ("1990-05/..", date(1990, 5, 1), None),
        ("XXXX-02-29", None, None),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day_meant(text: str, first: date | None, last: date | None) -> None:
    assert edtf.bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2020-02-30", "2019-02-29", "2020-13", "20200117", "2020-1-7", "XXXX-02-30", "XXXX-XX-03", "../..",
        "2020-05-07/2020-05-03", "2020-XX-03", "2020-01-17T24:00:00", "2020-01-17T18:00", "0000", "2020-01-17 ",
        "２０２０",
        "2020-01-17/2020-01-18/2020-01-19",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(edtf.EdtfError):
        edtf.bounds(text)


def test_open_and_approximate_dates() -> None:
    assert edtf.before("2020-05-03/2020-05-07") == "../2020-05-07"
    assert edtf.after("2020-05-03/2020-05-07") == "2020-05-03/.."
    assert edtf.before("XXXX-05-03") is None
    assert edtf.approximate("2020-05-03/2020-05-07") == "2020-05-03~/2020-05-07~"
    assert edtf.approximate("1990~") == "1990~"


@given(DAYS, DAYS)
def test_an_interval_has_the_bounds_it_was_made_of(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert edtf.bounds(edtf.interval(first, last)) == (first, last)


@given(st.text(alphabet="0123456789X-/~.T:?", max_size=24))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    if edtf.is_valid(text):
        first, last = edtf.bounds(text)
        assert first is None or last is None or first <= last


@given(DAYS, st.integers(0, 6))
def test_weekdays_are_found_within_a_week(day: date, weekday: int) -> None:
    before, after = calendar.weekday_on_or_before(day, weekday), calendar.weekday_on_or_after(day, weekday)
    assert before is None or (before.weekday() == weekday and 0 <= (day - before).days <= 6)
    assert after is None or (after.weekday() == weekday and 0 <= (after - day).days <= 6)


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(-500, 500))
def test_months_can_be_counted_back(year: int, month: int, months: int) -> None:
    assert calendar.shift_months(*calendar.shift_months(year, month, months), -months) == (year, month)


def test_the_last_weekday_of_a_month() -> None:
    assert calendar.nth_weekday(2020, 5, 0, -1) == date(2020, 5, 25)
    assert calendar.nth_weekday(2019, 11, 3, 4) == date(2019, 11, 28)
    assert calendar.nth_weekday(9999, 12, 0, -1) is None
