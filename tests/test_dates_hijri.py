from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lang.dates import edtf
from dateline.lang.dates.calendar_hijri import ISLAMIC, SOLAR, HijriCalendar
from dateline.lang.en.dates.hijri import hijri_month
from dateline.resolve.dates import find_dates

AUTUMN = "2022-10-20"


def read(text: str, published: str | None = AUTUMN, tense: str | None = None) -> list[tuple[str, str | None]]:
    return [(d.quote, d.edtf) for d in find_dates(text, published, tense_at=lambda start, end: tense)]


@pytest.mark.parametrize(
    ("kind", "year", "month", "day", "gregorian"),
    [
        (SOLAR, 1357, 11, 22, date(1979, 2, 11)),
        (SOLAR, 1399, 12, 30, date(2021, 3, 20)),
        (SOLAR, 1403, 12, 30, date(2025, 3, 20)),
        (SOLAR, 1402, 1, 1, date(2023, 3, 21)),
        (ISLAMIC, 1, 1, 1, None),
        (ISLAMIC, 1400, 1, 1, date(1979, 11, 21)),
        (ISLAMIC, 1444, 9, 1, date(2023, 3, 23)),
        (SOLAR, 1400, 12, 30, None),
        (SOLAR, 1400, 7, 31, None),
    ],
)
def test_known_days(kind: HijriCalendar, year: int, month: int, day: int, gregorian: date | None) -> None:
    assert kind.day(year, month, day) == gregorian


@given(st.sampled_from([SOLAR, ISLAMIC]), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_has_one_place_in_each_calendar(kind: HijriCalendar, day: date) -> None:
    parts = kind.parts(day)
    assert parts is not None
    assert kind.day(*parts) == day
    assert kind.parts(day + timedelta(1)) > parts


@given(st.sampled_from([SOLAR, ISLAMIC]), st.integers(1320, 1500), st.integers(1, 12))
def test_months_follow_each_other_without_a_gap(kind: HijriCalendar, year: int, month: int) -> None:
    last = kind.last_day(year, month)
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    assert last is not None
    assert kind.first_day(*following) == last + timedelta(1)
    assert (last - (kind.first_day(year, month) or last)).days + 1 in ((29, 30) if kind is ISLAMIC else (29, 30, 31))


def test_days_outside_the_years_that_are_converted_have_no_parts() -> None:
    assert SOLAR.parts(date(1700, 1, 1)) is None
    assert ISLAMIC.parts(date(2500, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They marched on 22 Bahman 1401.", "22 Bahman 1401", "2023-02-11"),
        ("They marched on Bahman 22, 1401.", "Bahman 22, 1401", "2023-02-11"),
        ("the 13th of Aban 1388", "the 13th of Aban 1388", "2009-11-04"),
        ("on 7 Saur 1357", "7 Saur 1357", "1978-04-27"),
        ("on 1 Ramadan 1444", "1 Ramadan 1444", "2023-03-23~"),
        ("on 12 Rabi al-Awwal 1444 AH", "12 Rabi al-Awwal 1444 AH", "2022-10-08~"),
        ("on 15 Sha’ban 1443", "15 Sha’ban 1443", "2022-03-19~"),
        ("on 8 Dhul-Hijjah 1443", "8 Dhul-Hijjah 1443", "2022-07-08~"),
        (
            "the 27th day of the holy month of Ramadan 1444",
            "the 27th day of the holy month of Ramadan 1444",
            "2023-04-18~",
        ),
        ("in the month of Mehr 1401", "the month of Mehr 1401", "2022-09-23/2022-10-22"),
        ("in Mehr 1401", "Mehr 1401", "2022-09-23/2022-10-22"),
        ("in Ramadan 1444", "Ramadan 1444", "2023-03-23~/2023-04-21~"),
        ("in 1357 SH", "1357 SH", "1978-03-21/1979-03-20"),
        ("since SH 1357", "SH 1357", "1978-03-21/1979-03-20"),
        ("in the Iranian year 1401", "the Iranian year 1401", "2022-03-21/2023-03-20"),
        ("1401 in the Persian calendar", "1401 in the Persian calendar", "2022-03-21/2023-03-20"),
        ("in 1444 AH", "1444 AH", "2022-07-30~/2023-07-18~"),
        ("from 22 to 25 Bahman 1401", "from 22 to 25 Bahman 1401", "2023-02-11/2023-02-14"),
        ("at Eid al-Fitr 2023", "Eid al-Fitr 2023", "2023-04-22~"),
        ("at Nowruz 1402", "Nowruz 1402", "2023-03-21"),
    ],
)
def test_dates_with_a_year_need_no_publication(text: str, quote: str, value: str) -> None:
    assert read(text, None) == [(quote, value)]


@pytest.mark.parametrize(
    ("text", "tense", "value"),
    [
        ("They marched on 22 Bahman.", "past", "2022-02-11"),
        ("They will march on 22 Bahman.", "future", "2023-02-11"),
        ("They marched on Aban 13.", None, "2022-11-04"),
        ("Shops shut on the 10th of Muharram.", "past", "2022-08-08~"),
        ("Shops shut on Ashura.", "past", "2022-08-08~"),
        ("Shops shut during Ramadan.", "past", "2022-04-03~/2022-05-02~"),
        ("Shops shut last Ramadan.", "past", "2022-04-03~/2022-05-02~"),
        ("Shops will shut next Ramadan.", "future", "2023-03-23~/2023-04-21~"),
        ("It began in the month of Mehr.", "past", "2022-09-23/2022-10-22"),
        ("They met last Nowruz.", "past", "2022-03-21"),
    ],
)
def test_dates_without_a_year_are_near_publication(text: str, tense: str | None, value: str) -> None:
    assert [found for _, found in read(text, AUTUMN, tense)] == [value]


@pytest.mark.parametrize("text", ["on 22 Bahman", "on Ashura", "in the month of Mehr", "during Ramadan"])
def test_without_publication_nothing_is_invented(text: str) -> None:
    (found,) = find_dates(text, None)
    assert found.edtf is None
    assert "no publication date" in found.basis
    assert "calendar" in found.basis


@pytest.mark.parametrize(
    "text",
    [
        "The Mehr news agency reported it.",
        "Azar and Aban met Rajab in Bahman Square.",
        "Ramadan Shalah spoke on behalf of Rajab.",
        "They fled from 10th of Ramadan City to the 15 Khordad Foundation.",
        "At least 15 Asad supporters were held.",
        "Rajab won it 21 to 15, and Tir 5 was shut.",
        "The tir is 22 mehr long.",
        "The Ashura Brigades took part.",
        "An ah 1400 and a sh 1400 are none.",
    ],
)
def test_words_that_are_no_dates(text: str) -> None:
    assert read(text) == []


def test_the_basis_names_the_calendar_and_the_doubt() -> None:
    (solar,) = find_dates("on 22 Bahman 1401", None)
    (islamic,) = find_dates("on 10 Muharram 1444", None)
    assert solar.basis == "a day of the Solar Hijri calendar (year 1401), as written"
    assert "Islamic calendar" in islamic.basis
    assert "up to two days off" in islamic.basis
    assert (islamic.timex_type, islamic.timex_value) == ("DATE", "2022-08-08")


def test_a_weekday_settles_the_day_of_an_islamic_date() -> None:
    assert read("on Tuesday, 10 Muharram 1444", None) == [("Tuesday, 10 Muharram 1444", "2022-08-09")]
    (found,) = find_dates("on Friday, 10 Muharram 1444", None)
    assert "does not fit" in found.basis


def test_a_day_that_the_month_has_not_is_told_as_such() -> None:
    (found,) = find_dates("on 31 Mehr 1401", None)
    assert found.edtf is None
    assert "impossible" in found.basis


_MONTHS = "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split()


@given(st.dates(date(1925, 4, 1), date(2099, 1, 1)))
def test_solar_dates_in_words_come_back(day: date) -> None:
    year, month, number = SOLAR.parts(day) or (0, 0, 0)
    assert hijri_month(_MONTHS[month - 1]) == (SOLAR, month)
    ((quote, value),) = read(f"on {number} {_MONTHS[month - 1]} {year}", None)
    assert (quote, value) == (f"{number} {_MONTHS[month - 1]} {year}", day.isoformat())


@given(st.text(alphabet="Mehr1403 Bahmn-2of thRd,SHA’", max_size=60), st.sampled_from([None, AUTUMN, "1500-01-01"]))
def test_any_text_gives_sound_dates(text: str, published: str | None) -> None:
    for found in find_dates(text, published):
        assert text[found.start : found.end] == found.quote
        assert found.edtf is None or edtf.is_valid(found.edtf)
