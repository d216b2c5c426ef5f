"""What pages state of themselves, and where: dates of publication and of the last change above all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import read_html
from dateline.intake.html.page import parse_html
from dateline.intake.html.stated import address_day, iso_date
from dateline.model import Stated

PROSE = (
    "<p>Police detained four women at a march in Lima on Monday, a spokesman said. They were freed at night.</p>" * 3
)


def page(head: str = "", body: str = "") -> str:
    return f"<html><head><title>Four held</title>{head}</head><body><article>{body}{PROSE}</article></body></html>"


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def graph(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "published", "where"),
    [
        (ld(datePublished="2024-02-06T08:00:00+01:00"), "2024-02-06T08:00:00+01:00", "JSON-LD datePublished"),
        (meta("article:published_time", "2024-02-06"), "2024-02-06", "meta article:published_time"),
        (meta("article:published_time", "February 6, 2024"), "2024-02-06", "meta article:published_time"),
        (meta("pubdate", "Tue, 06 Feb 2024 08:00:00 GMT"), "2024-02-06T08:00:00+00:00", "meta pubdate"),
        # a template's default is no date, and the next statement is asked
        (ld(datePublished="0001-01-01T00:00:00Z") + meta("date", "2024-02-06"), "2024-02-06", "meta date"),
        # what the machine is told of the article goes before what it is told of the page
        (meta("date", "2024-02-08") + ld(datePublished="2024-02-06"), "2024-02-06", "JSON-LD datePublished"),
        # a graph of things, among them the article
        (
            graph(
                {"@type": "WebSite", "datePublished": "2001-01-01"},
                {"@type": ["Thing", "ReportageNewsArticle"], "datePublished": "2024-02-06"},
            ),
            "2024-02-06",
            "JSON-LD datePublished",
        ),
    ],
)
def test_the_publication_date_is_found_with_its_place(head: str, published: str, where: str) -> None:
    parsed = parse_html(page(head))
    assert parsed.published == published
    assert next(s.where for s in parsed.stated if s.field == "published") == where


def test_a_stamp_in_the_page_is_taken_where_it_is_the_only_day() -> None:
    one = '<time datetime="2024-02-06T10:00:00Z">yesterday</time>'
    assert parse_html(page(body=one)).published == "2024-02-06T10:00:00+00:00"
    marked = '<time class="entry-date published" datetime="2024-02-06">6 Feb</time><time datetime="2024-02-09">9</time>'
    assert parse_html(page(body=marked)).published == "2024-02-06"


def test_a_time_in_utc_is_of_the_day_that_the_address_names() -> None:
    html = page(ld(datePublished="2024-02-07T03:10:00Z"))
    there = parse_html(html, url="https://example.org/2024/02/06/four-held")
    assert there.published == "2024-02-06"
    assert there.stated[0] == Stated(
        "published", "the day in the address; JSON-LD datePublished gives it in UTC", "2024-02-07T03:10:00Z"
    )
    local = page(ld(datePublished="2024-02-07T03:10:00+02:00"))
    assert parse_html(local, url="https://example.org/2024/02/06/four-held").published == "2024-02-07T03:10:00+02:00"


def test_the_address_dates_a_page_that_says_nothing() -> None:
    parsed = parse_html(page(), url="https://example.org/2024/02/06/four-held.html")
    assert (parsed.published, parsed.stated[0].where) == ("2024-02-06", "the address")


def test_the_last_change_is_found_and_is_not_the_publication() -> None:
    parsed = parse_html(page(ld(datePublished="2024-02-06", dateModified="2024-02-08T10:00:00Z")))
    assert (parsed.published, parsed.updated) == ("2024-02-06", "2024-02-08T10:00:00+00:00")


def test_title_publisher_and_author_tell_where_they_stand() -> None:
    head = ld(headline="Four held", publisher={"name": "The Valley Post"}, author=[{"name": "Anna Berg"}])
    parsed = parse_html(page(head + meta("og:site_name", "The Valley Post")))
    assert {s.field: s.where for s in parsed.stated} == {
        "title": "JSON-LD headline",
        "publisher": "JSON-LD publisher",
        "author": "JSON-LD author",
    }


def test_what_a_person_gives_is_stated_nowhere() -> None:
    html = page(ld(datePublished="2024-02-06", publisher={"name": "The Valley Post"})).encode()
    report = read_html(html, id="1", published="2024-02-01")
    assert report.published == "2024-02-01"
    assert {s.field for s in report.stated} == {"title", "publisher"}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("05/06/2024", None),  # either day of two
        ("25/06/2024", "2024-06-25"),
        ("06/25/2024", "2024-06-25"),
        ("05/05/2024", "2024-05-05"),
        ("June 2024", None),
        ("10:30", None),
        ("2024", None),
        ("yesterday", None),
        ("1889-01-01", None),
        ("01:38:07 PM IST Nov 20, 2019", "2019-11-20T13:38:07"),
        ("20 Nov 2019 08:02 GMT", "2019-11-20T08:02:00+00:00"),
        ("2024-02-30", None),
    ],
)
def test_stamps(words: str, day: str | None) -> None:
    assert iso_date(words) == day


@given(st.text(max_size=60))
def test_any_words_are_a_date_or_none(words: str) -> None:
    found = iso_date(words)
    assert found is None or found[:4].isdigit()


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2024/02/06/a", "2024-02-06"),
        ("https://example.org/news-2024-02-06.html", "2024-02-06"),
        ("https://example.org/20240206/a", "2024-02-06"),
        ("https://example.org/2024/02/31/a", None),
        ("https://example.org/12024020699/a", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: str | None) -> None:
    assert address_day(url) == day


def test_hostile_json_ld_costs_nothing() -> None:
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    many = f'<script type="application/ld+json">[{",".join(["{}"] * 50_000)}]</script>'
    odd = ld(datePublished={"name": ["2024-02-06", 5, None]}, author=7, headline=[["x"]])
    parsed = parse_html(page(deep + odd + many))
    assert parsed.published == "2024-02-06"
