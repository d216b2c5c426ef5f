from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import LexiconError
from dateline.lang.dates import edtf
from dateline.lang.lexicon import built_in, lay_over, using
from dateline.model import Date
from dateline.resolve.dates import find_dates

SUNDAY = "2020-01-19"


def tense(word: str) -> dict[str, object]:
    return {"tense_at": lambda start, end: word}


def only(text: str, published: str | None = SUNDAY, **options: object) -> Date:
    found = find_dates(text, published, **options)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def quotes(text: str, published: str | None = SUNDAY) -> list[str]:
    return [d.quote for d in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("They marched on Friday, 17 January 2020.", "Friday, 17 January 2020", "2020-01-17"),
        ("They marched on May 3rd, 2018.", "May 3rd, 2018", "2018-05-03"),
        ("on the 5th of November 2017", "the 5th of November 2017", "2017-11-05"),
        ("signed 2011-03-04 in", "2011-03-04", "2011-03-04"),
        ("on 13/04/2019 the", "13/04/2019", "2019-04-13"),
        ("on 04/13/2019 the", "04/13/2019", "2019-04-13"),
        ("in March 2018", "March 2018", "2018-03"),
        ("in late March 2018", "late March 2018", "2018-03"),
        ("since 2011", "2011", "2011"),
        ("around 1990 it", "around 1990", "1990~"),
        ("in nineteen ninety-six", "nineteen ninety-six", "1996"),
        ("in the 1990s", "the 1990s", "199X"),
        ("in the late '80s", "the late '80s", "198X"),
        ("in the 19th century", "the 19th century", "18XX"),
        ("the summer of 2019", "the summer of 2019", "2019-22"),
        ("the war of 1914–1918", "1914–1918", "1914/1918"),
        ("between 3 and 7 May 2018", "between 3 and 7 May 2018", "2018-05-03/2018-05-07"),
        ("on May 3-7, 2018", "May 3-7, 2018", "2018-05-03/2018-05-07"),
        ("30 May - 2 June 2015", "30 May - 2 June 2015", "2015-05-30/2015-06-02"),
        ("in the third quarter of 2018", "the third quarter of 2018", "2018-35"),
        ("in the first half of 2018", "the first half of 2018", "2018-01/2018-06"),
        ("the day after Christmas Day 2018", "the day after Christmas Day 2018", "2018-12-26"),
        ("two weeks before 3 May 2018", "two weeks before 3 May 2018", "2018-04-16/2018-04-22"),
        ("on Christmas Day 2018", "Christmas Day 2018", "2018-12-25"),
        ("on Good Friday 2018", "Good Friday 2018", "2018-03-30"),
        ("on Orthodox Easter 2018", "Orthodox Easter 2018", "2018-04-08"),
        ("on Diwali 2017", "Diwali 2017", "2017-10-19"),
        ("on 19-Nov-2023", "19-Nov-2023", "2023-11-19"),
        ("on 3-Mar-24", "3-Mar-24", "2024-03-03"),
        ("on 04/Mar/2024", "04/Mar/2024", "2024-03-04"),
        ("on Mar-04-2024", "Mar-04-2024", "2024-03-04"),
    ],
)
def test_dates_that_need_no_other(text: str, quote: str, value: str) -> None:
    found = only(text, None)
    assert (found.quote, found.edtf) == (quote, value)


@pytest.mark.parametrize(
    ("text", "quote", "timex", "value"),
    [
        ("They marched yesterday.", "yesterday", "2020-01-18", "2020-01-18"),
        ("They marched last week.", "last week", "2020-W02", "2020-01-06/2020-01-12"),
        ("They marched this month.", "this month", "2020-01", "2020-01"),
        ("earlier this year", "earlier this year", "2020", "2020"),
        ("last month", "last month", "2019-12", "2019-12"),
        ("next year", "next year", "2021", "2021"),
        ("two years ago", "two years ago", "2018", "2018"),
        ("10 days ago", "10 days ago", "2020-01-09", "2020-01-09"),
        ("about three months ago", "about three months ago", "2019-10", "2019-10~"),
        ("a decade ago", "a decade ago", "2010", "2010"),
        ("last Monday", "last Monday", "2020-01-13", "2020-01-13"),
        ("next Monday", "next Monday", "2020-01-20", "2020-01-20"),
        ("on Sunday", "Sunday", "2020-01-19", "2020-01-19"),
        ("last Sunday", "last Sunday", "2020-01-12", "2020-01-12"),
        ("Friday of last week", "Friday of last week", "2020-01-10", "2020-01-10"),
        ("over the weekend", "the weekend", "2020-W03-WE", "2020-01-18/2020-01-19"),
        ("last May", "last May", "2019-05", "2019-05"),
        ("last winter", "last winter", "2019-WI", "2019-24"),
        ("on Friday night", "Friday night", "2020-01-17TNI", "2020-01-17"),
        ("this morning", "this morning", "2020-01-19TMO", "2020-01-19"),
        ("at 6 p.m. Monday", "6 p.m. Monday", "2020-01-13T18:00", "2020-01-13T18:00:00"),
        ("Monday at 18:30", "Monday at 18:30", "2020-01-13T18:30", "2020-01-13T18:30:00"),
        ("tomorrow at 5 p.m.", "tomorrow at 5 p.m.", "2020-01-20T17:00", "2020-01-20T17:00:00"),
        ("the day before yesterday", "the day before yesterday", "2020-01-17", "2020-01-17"),
        ("last Thanksgiving", "last Thanksgiving", "2019-11-28", "2019-11-28"),
    ],
)
def test_dates_that_lean_on_publication(text: str, quote: str, timex: str, value: str) -> None:
    found = only(text)
    assert (found.quote, found.timex_value, found.edtf) == (quote, timex, value)
    assert "publication (2020-01-19)" in found.basis


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for two years", "DURATION", "P2Y"),
        ("a two-year term", "DURATION", "P2Y"),
        ("in the past three months", "DURATION", "P3M"),
        ("more than four hours", "DURATION", "PT4H"),
        ("a couple of weeks", "DURATION", "P2W"),
        ("several days", "DURATION", "PXD"),
        ("for decades", "DURATION", "PXDE"),
        ("two decades", "DURATION", "P20Y"),
        ("2 1/2 years", "DURATION", "P2Y6M"),
        ("a year and a half", "DURATION", "P1Y6M"),
        ("half an hour", "DURATION", "PT30M"),
        ("every Friday", "SET", "XXXX-WXX-5"),
        ("Tuesday nights", "SET", "XXXX-WXX-2TNI"),
        ("twice a week", "SET", "P1W"),
        ("it is now closed", "DATE", "PRESENT_REF"),
        ("it was recently closed", "DATE", "PAST_REF"),
        ("in the near future", "DATE", "FUTURE_REF"),
    ],
)
def test_lengths_repeated_times_and_vague_words_have_no_day(text: str, kind: str, value: str) -> None:
    found = only(text)
    assert (found.timex_type, found.timex_value, found.edtf) == (kind, value, None)


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the capital.", "1998 people came", "Flight 1990 landed", "it cost $1995", "a 16-year-old boy",
        "the ratio was 2:1 at the end", "three-quarters of them", "UN resolution 1973 was passed", "page 2001",
        "the fall of the city", "a minority in her 50s", "won 3-2 against", "version 1.2.20", "the sun sat",
        "he said mon ami", "Room 1984", "on Easter Island",
        "the Bloody Sunday inquiry", "May we go?", "the March on Washington",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_left(text: str) -> None:
    assert find_dates(text, SUNDAY) == ()


def test_a_weekday_without_publication_stays_in_an_unknown_week() -> None:
    found = only("They marched on Friday.", None)
    assert (found.edtf, found.timex_value, found.precision) == (None, "XXXX-WXX-5", "day")
    assert found.basis == "a weekday of an unknown week; no publication date"


def test_nothing_that_leans_on_publication_is_invented_without_one() -> None:
    text = (
        "yesterday, last week, two years ago, this month, tonight, last May, at 6 p.m. Monday, the weekend, overnight"
    )
    for found in find_dates(text, None):
        assert found.edtf is None or found.edtf.startswith("XXXX"), found


def test_a_day_without_a_year_and_without_publication_keeps_its_year_open() -> None:
    assert only("on 5 March", None).edtf == "XXXX-03-05"


@pytest.mark.parametrize("text", ["on 31 February 2019", "on February 30", "on 31/02/2019", "on 2019-02-31"])
def test_an_impossible_day_has_no_value_and_says_so(text: str) -> None:
    found = only(text)
    assert found.edtf is None
    assert found.timex_value is None
    assert found.basis.startswith("impossible")


def test_numbers_that_allow_two_orders_stay_open() -> None:
    found = only("on 03/04/2019")
    assert (found.edtf, found.precision) == ("2019-XX-XX", "year")
    assert "2019-03-04 or 2019-04-03" in found.basis


@pytest.mark.parametrize(("word", "value"), [("past", "2020-01-17"), ("future", "2020-01-24")])
def test_tense_turns_a_weekday(word: str, value: str) -> None:
    found = only("on Friday", **tense(word))
    assert found.edtf == value
    assert f"by the {word} tense" in found.basis


@pytest.mark.parametrize(("word", "value"), [("past", "2019-05-20"), ("future", "2020-05-20")])
def test_tense_turns_a_date_without_a_year(word: str, value: str) -> None:
    assert only("on 20 May", **tense(word)).edtf == value


def test_a_date_close_by_is_not_moved_a_year_by_its_tense() -> None:
    assert only("was set for 14 February", **tense("past")).edtf == "2020-02-14"


def test_a_weekday_beside_a_date_chooses_the_year() -> None:
    assert only("on Monday, 20 May").edtf == "2019-05-20"


def test_the_same_day_looks_back_and_forward() -> None:
    back = find_dates("A raid took place on 3 May 2019. On the same day, police left.", None)
    assert [d.edtf for d in back] == ["2019-05-03", "2019-05-03"]
    forward = find_dates("On the same day when the mayor spoke at the Friday meeting, crowds gathered.", SUNDAY)
    assert [(d.quote, d.edtf) for d in forward] == [("the same day", "2020-01-17"), ("Friday", "2020-01-17")]
    assert "the same day as “Friday”" in forward[0].basis
    assert only("On the same day, police left.", SUNDAY).edtf is None


def test_dates_lean_on_the_date_before_them() -> None:
    text = (
        "He was held on 3 May 2019. Two days earlier he had fled. The following year he died. That evening, at 6 p.m."
    )
    assert [d.edtf for d in find_dates(text, None)][:3] == ["2019-05-03", "2019-05-01", "2020"]


def test_the_same_day_that_opens_what_was_said_looks_back() -> None:
    text = "They marched on 3 May 2019. The mayor said on the same day that he would leave on 9 May 2019."
    assert [d.edtf for d in find_dates(text, None)] == ["2019-05-03", "2019-05-03", "2019-05-09"]


def test_the_same_day_goes_back_past_months_and_years() -> None:
    text = (
        "They marched on 15 February 2003." + " word" * 200 + " It was the largest since 1990. On the same day, more."
    )
    assert [d.edtf for d in find_dates(text, None)] == ["2003-02-15", "1990", "2003-02-15"]


def test_nothing_leans_on_a_date_far_away() -> None:
    assert find_dates("On 3 May 2019." + " word" * 200 + " Two days later he died.", None)[1].edtf is None


def test_regions_bound_the_search() -> None:
    text = "Published 3 May 2019. They met on 4 May 2019."
    assert [d.edtf for d in find_dates(text, None, regions=[(21, len(text))])] == ["2019-05-04"]
    assert find_dates(text, None, regions=[]) == ()


def test_a_publication_date_that_is_none_is_refused_and_one_without_a_day_is_not_leaned_on() -> None:
    with pytest.raises(ValueError, match="write an ISO date such as"):
        find_dates("today", "last Tuesday")
    assert only("today", "2020-01").edtf is None
    assert only("today", "2020-01-19T23:30:00Z").edtf == "2020-01-19"


def test_words_may_be_parted_by_one_line_break_but_not_by_an_empty_line() -> None:
    assert quotes("on 3\nMay 2019") == ["3\nMay 2019"]
    assert quotes("on 3\n\nMay 2019") == ["May 2019"]


def test_upper_case_text_is_read() -> None:
    assert quotes("THEY MARCHED ON FRIDAY, 3 MAY 2019 AND LAST WEEK. THE ARMY MAY MARCH.") == [
        "FRIDAY, 3 MAY 2019",
        "LAST WEEK",
    ]


FRAGMENTS = st.sampled_from(
    (
        "the a last next this May March 3 31 1998 '98 2020 99 first of to and - / : . , \n \n\n Friday night week "
        "weeks years ago earlier same day when on 12:30 p.m. noon quarter half about early late mid- twenty one "
        "thousand nineteen '80s every each few several Christmas Feb. Q3 31/12/9999 0001-01-01 9999 century before "
        "after ١٢ ½ ’ “ ” \u200f 🙂 \x00"
    ).split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=30).map(" ".join))
PUBLISHED = st.sampled_from([None, "2020-01-19", "0001-01-01", "9999-12-31", "2020-02-29", "2020"])


@settings(max_examples=400)
@given(TEXTS, PUBLISHED, st.sampled_from(["past", "present", "future", None]))
def test_any_text_gives_sound_dates(text: str, published: str | None, word: str | None) -> None:
    found = find_dates(text, published, tense_at=lambda start, end: word)
    end = 0
    for date in found:
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.quote
        assert date.edtf is None or edtf.is_valid(date.edtf), date
        assert date.basis
        end = date.end
    assert found == find_dates(text, published, tense_at=lambda start, end: word)


@pytest.mark.parametrize(
    "unit", ["the day ", "1998 ", "12:", "the same day when ", "twenty ", "May 3-", "a few ", "\n", "x", "3 ", "year-"]
)
def test_long_runs_of_one_thing_cost_no_more_than_their_length(unit: str) -> None:
    """A test of form, not of time: a quadratic search over these would not end within the suite's patience."""
    find_dates(unit * (60_000 // len(unit)), SUNDAY)


def own_days(tmp_path, text):
    file = tmp_path / "days.yaml"
    file.write_text(text, encoding="utf-8")
    return lay_over(built_in(), [file])


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("on Good Friday", "2024-04-02", "2024-03-29"),
        ("on Orthodox Christmas", "2024-01-10", "2024-01-07"),
        ("on the eve of Diwali", "2023-11-20", "2023-11-11"),
        ("on Easter morning", "2024-04-02", "2024-03-31"),
        ("on Easter Sunday last year", "2024-04-02", "2023-04-09"),
        ("the 2019 Easter Sunday bombings", "2024-04-02", "2019-04-21"),
    ],
)
def test_a_feast_that_moves_is_that_of_the_year(text: str, published: str, day: str) -> None:
    assert [d.edtf for d in find_dates(text, published) if d.precision == "day"] == [day]


def test_a_feast_of_a_year_that_is_not_listed_has_no_day() -> None:
    found = only("on Diwali", "2050-01-01")
    assert (found.edtf, found.basis) == (None, "a feast day of a year for which it is not known")


def test_a_feast_of_ones_own_is_a_line_of_a_list(tmp_path):
    mine = own_days(
        tmp_path,
        "dates.feasts:\n  add:\n    harbour day: 3 august\n    st. olga's night: last friday of june\n"
        "  examples: ['It opens on [Harbour Day].']\n",
    )
    text = "It opens on Harbour Day 2021 and closes on St Olga's Night 2022."
    with using(mine):
        assert [d.edtf for d in find_dates(text, None)] == ["2021-08-03", "2022-06-24"]
    assert "2021-08-03" not in [d.edtf for d in find_dates(text, None)]


def test_a_name_of_a_day_of_ones_own(tmp_path):
    mine = own_days(tmp_path, "dates.day_names:\n  add: {overmorrow: 2}\n  examples: ['It opens [overmorrow].']\n")
    with using(mine):
        assert [d.edtf for d in find_dates("It opens overmorrow.", "2024-02-01")] == ["2024-02-03"]


def test_a_feast_that_cannot_be_read_is_told_with_its_line(tmp_path):
    mine = own_days(tmp_path, "dates.feasts:\n  add:\n    harbour day: august\n  examples: ['On [Harbour Day].']\n")
    with using(mine), pytest.raises(LexiconError, match=r"days\.yaml:3: .*Write `25 december`"):
        find_dates("It opens on Friday.", None)
