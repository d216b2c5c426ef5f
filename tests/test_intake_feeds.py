"""Feeds, lists of feeds and sitemaps: every entry is a link, with what the feed says of it."""

from __future__ import annotations

import gzip
import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.feed_cases import ATOM, INDEX, JSON_FEED, LONG, OPML, RSS, SITEMAP

from dateline.errors import IntakeError
from dateline.intake import Failure, read_path
from dateline.intake.feeds.contents import Contents, Form, contents, full_text
from dateline.intake.feeds.dates import date_of
from dateline.intake.feeds.feed import parse_feed
from dateline.intake.feeds.lists import parse_opml, parse_sitemap
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.paths import read_within
from dateline.intake.reader import Found, Link, Source
from dateline.intake.registry import readers
from dateline.intake.retrieval import Retrieval
from dateline.model import Report

HERE = "https://post.example/feeds/all.xml"


def read(name: str, text: str, base: str | None = None) -> list[Found]:
    source = Source.of(text.encode(), path=name, id=name)
    source.inner = read_within
    source.retrieval = None if base is None else Retrieval("GET", url=base)
    known = readers()
    return list(known.by_name[known.choose(name, text.encode()[:8192])].read(source))


def feed(items: str, head: str = "", base: str | None = HERE) -> Contents:
    text = f"<rss version='2.0'><channel><title>Post</title>{head}{items}</channel></rss>"
    return contents("feed", text.encode(), DEFAULT, base)


# Feeds


def test_an_entry_of_rss_is_a_link_with_what_the_feed_says_of_it() -> None:
    march, gates = read("a.rss", RSS)
    assert march == Link(
        "https://post.example/march?a=1&b=2",
        {
            "title": "Dockers march",
            "published": "2024-02-05T10:00:00+01:00",
            "author": "A. Writer",
            "publisher": "The Valley & Coast Post",
        },
    )
    assert isinstance(march, Link) and march.held is None
    assert isinstance(gates, Link) and gates.held is not None


def test_an_entry_of_atom_has_its_base_and_no_address_of_mail() -> None:
    [nets] = read("a.atom", ATOM)
    assert isinstance(nets, Link)
    assert (nets.url, nets.meta["author"]) == ("https://coast.example/news/nets", "B. Writer")
    assert nets.meta["published"] == "2024-02-05T10:00:00Z"


def test_atom_without_a_day_of_publication_has_that_of_its_change() -> None:
    found = contents("feed", ATOM.replace("published>", "other>").encode(), DEFAULT)
    assert found.entries[0].published == "2024-02-06T10:00:00Z"


def test_a_json_feed_is_told_from_records_by_its_version() -> None:
    first, second = read("news.json", JSON_FEED)
    assert isinstance(first, Link) and isinstance(second, Link)
    assert (first.url, second.url) == ("https://hill.example/a", "https://hill.example/b")
    assert first.meta["author"] == "C. Writer"
    [record] = read("one.json", '{"id": "1", "text": "Nurses marched."}')
    assert isinstance(record, Report)


def test_rdf_is_read_and_what_it_says_of_other_things_is_not_taken_for_a_feed() -> None:
    rss1 = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Old Post</title></channel>"
        "<item><title>A strike</title><link>https://old.example/1</link></item></rdf:RDF>"
    )
    [link] = read("feed.xml", rss1)
    assert link == Link("https://old.example/1", {"title": "A strike", "publisher": "Old Post"})
    assert not readers().sniffed(rss1.replace("/rss/", "/foaf/").encode())


def test_relative_addresses_go_by_the_feeds_own_address() -> None:
    assert feed("<item><link>../a</link></item>").entries[0].url == "https://post.example/a"


@pytest.mark.parametrize("link", ["a", "mailto:a@post.example", "javascript:alert(1)", "http://[", "https://"])
def test_an_entry_without_an_address_of_the_web_is_counted(link: str) -> None:
    found = feed(f"<item><title>A</title><link>{link}</link></item>", base=None)
    assert (found.entries, found.nameless) == ((), 1)


def test_an_entry_is_known_by_its_guid_and_is_there_once() -> None:
    one = "<item><link>/a</link><guid isPermaLink='false'>g</guid></item>"
    found = feed(one + one + "<item><link>/a</link></item>")
    assert (len(found.entries), found.twice) == (1, 2)
    assert feed(one.replace("/a", "/b")).entries[0].name == found.entries[0].name


def test_a_guid_that_all_entries_have_names_none_of_them() -> None:
    items = "".join(f"<item><link>/{n}</link><guid isPermaLink='false'>same</guid></item>" for n in range(3))
    found = feed(items)
    assert (len({entry.name for entry in found.entries}), found.twice) == (3, 0)


def test_a_feed_says_how_often_it_may_be_asked() -> None:
    rhythm = contents("feed", RSS.encode(), DEFAULT).rhythm
    assert (rhythm.seconds, rhythm.hours, rhythm.days) == (3600, (1, 2), ("sun",))
    assert feed("", "<ttl>soon</ttl>").rhythm.seconds is None


def test_a_feed_that_is_not_well_formed_is_read_all_the_same() -> None:
    found = contents("feed", RSS.replace("&amp; Coast", "& Coast &nbsp; <b").encode(), DEFAULT)
    assert [entry.title for entry in found.entries] == ["Dockers march", "Gates shut"]


def test_other_encodings_are_read_as_they_say() -> None:
    text = RSS.replace("utf-8", "iso-8859-1").replace("Dockers", "Débardeurs")
    assert contents("feed", text.encode("latin-1"), DEFAULT).entries[0].title == "Débardeurs march"


def test_a_feed_of_feeds_names_the_publisher_of_each_entry() -> None:
    text = ATOM.replace("<id>tag:", "<source><title>The Nets</title></source><id>tag:")
    assert contents("feed", text.encode(), DEFAULT).entries[0].publisher == "The Nets"


def test_a_feed_with_no_entry_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.rss"
    path.write_text("<rss version='2.0'><channel><title>Post</title></channel></rss>")
    [failure] = read_path(path)
    assert isinstance(failure, Failure) and "no entries" in failure.error


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_a_page_in_place_of_a_feed_is_told_with_the_feeds_that_it_declares(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news.{ending}"
    path.write_text(
        "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='https://a.example/rss'>"
        "<link rel=stylesheet href=/a.css></head><body><p>News</p></body></html>"
    )
    [failure] = read_path(path)
    assert isinstance(failure, Failure)
    assert "a web page, and no feed" in failure.error
    assert failure.mend == "it declares these feeds: https://a.example/rss"


# What an entry holds itself


def test_what_a_feed_holds_is_read_where_nobody_fetches_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS)
    kept: list[tuple[bytes, Retrieval | None]] = []
    with caplog.at_level(logging.WARNING):
        march, gates = read_path(path, keep=lambda data, how: kept.append((data, how)))
    assert isinstance(march, Failure) and march.path == "https://post.example/march?a=1&b=2"
    assert isinstance(gates, Report)
    assert (gates.text, gates.url, gates.publisher) == (
        LONG,
        "https://post.example/gates",
        "The Valley & Coast Post",
    )
    [(whole, _), (words, how)] = kept
    assert whole == RSS.encode() and words == f"<p>{LONG}</p>".encode()
    assert how == Retrieval("entry of a feed", url="https://post.example/gates", within=str(path))
    assert "what the feed holds of it is read instead" in caplog.text


def test_an_entry_without_an_address_is_read_where_it_holds_its_text() -> None:
    text = RSS.replace("<item><title>Only words</title>", f"<item><title>Only words</title><x>{LONG}</x>")
    text = text.replace("<x>", "<content:encoded>").replace("</x>", "</content:encoded>")
    report = read("a.rss", text)[-1]
    assert isinstance(report, Report)
    assert (report.id, report.title, report.url) == ("a.rss-3", "Only words", None)


@pytest.mark.parametrize(
    "teaser",
    [LONG[:300], LONG[:-1] + "…", f"<p>{LONG} [...]</p>", f"<p>{LONG}…</p> <a href='/a'>Lire la suite</a>"],
)
def test_a_teaser_is_no_report(teaser: str) -> None:
    assert full_text(teaser) is None
    assert full_text(LONG) == LONG


# Lists of feeds and sitemaps


def test_a_list_of_feeds_names_them() -> None:
    assert read("ours.opml", OPML) == [
        Link("https://post.example/rss", {"title": "Zürich Post"}),
        Link("https://coast.example/atom", {"title": "Coast"}),
    ]
    assert contents("opml", OPML.encode(), DEFAULT).lists == "sources"


def test_a_sitemap_for_news_dates_its_pages_and_a_change_is_no_publication() -> None:
    march, about = contents("sitemap", SITEMAP.encode(), DEFAULT).entries
    assert (march.published, march.modified, march.title, march.publisher) == (
        "2024-02-05",
        "2024-02-06",
        "Dockers march",
        "The Valley Post",
    )
    assert (about.url, about.meta) == ("https://post.example/about", {})


def test_an_index_names_sitemaps() -> None:
    found = contents("sitemap", INDEX.encode(), DEFAULT)
    assert found.lists == "sources"
    assert [(entry.url, entry.modified) for entry in found.entries] == [
        ("https://post.example/news.xml", "2024-02-06T10:00:00Z"),
        ("https://post.example/old.xml", "2019-02-06"),
    ]


def test_a_compressed_sitemap_of_any_name_is_known_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "news-1.xml.gz"
    path.write_bytes(gzip.compress(SITEMAP.encode()))
    assert [str(item).partition(": ")[0] for item in read_path(path)] == [
        "https://post.example/march",
        "https://post.example/about",
    ]


# Dates


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Mon, 05 Feb 2024 10:00:00 GMT", "2024-02-05T10:00:00+00:00"),
        ("Mon, 5 Feb 2024 10:00 EST", "2024-02-05T10:00:00-05:00"),
        ("Mon, 05 Feb 2024 10:00:00 +1:00", "2024-02-05T10:00:00"),
        ("05 Feb 2024", "2024-02-05"),
        ("2024-02-05 10:00:00", "2024-02-05T10:00:00"),
        ("2024-02", "2024-02"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 35 Feb 2024 10:00:00 GMT", None),
        ("Mon, 05 Feb 2024 10:00:00 +99999999", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_in_the_forms_of_feeds(written: str | None, read_as: str | None) -> None:
    assert date_of(written) == read_as


def test_what_another_parser_made_of_a_date_goes_last() -> None:
    assert date_of("lundi", (2024, 2, 5, 9, 0, 60, 0, 36, 0)) == "2024-02-05T09:00:59Z"


# Hostile files

LAUGHS = (
    "<?xml version='1.0'?><!-- <a> --><!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
OF_FORM: dict[Form, str] = {"feed": RSS, "opml": OPML, "sitemap": SITEMAP}


@pytest.mark.parametrize("form", OF_FORM)
@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, OUTSIDE.replace("!ENTITY x", "!ENTITY % x"), "< " + OUTSIDE])
def test_entities_that_a_file_declares_are_refused(form: Form, declared: str) -> None:
    text = declared + OF_FORM[form].partition("?>")[2].replace("Dockers", "&x; &i;")
    with pytest.raises(IntakeError, match="entities of its own"):
        contents(form, text.encode(), DEFAULT)
    with pytest.raises(IntakeError, match="entities of its own"):
        contents(form, text.encode("utf-16"), DEFAULT)


def test_a_document_type_that_is_only_named_is_not_opened() -> None:
    named = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "file:///dev/random">'
    body = RSS.partition("?>")[2].replace("Dockers", "Doc&eacute;kers")
    found = contents("feed", (named + body).encode(), DEFAULT)
    assert found.entries[0].title == "Docékers march"


@pytest.mark.parametrize("form", OF_FORM)
def test_nesting_ten_thousand_deep_is_refused(form: Form) -> None:
    text = OF_FORM[form]
    at = text.rindex("</")
    deep = text[:at] + "<a>" * 10_000 + "</a>" * 10_000 + text[at:]
    with pytest.raises(IntakeError, match="deep"):
        contents(form, deep.encode(), DEFAULT)


@pytest.mark.parametrize("form", OF_FORM)
def test_more_elements_than_the_limit_are_refused(form: Form) -> None:
    with pytest.raises(IntakeError, match="over the limit of 3 nodes"):
        contents(form, OF_FORM[form].encode(), Limits(nodes=3))


def test_a_json_feed_nested_too_deep_is_refused() -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        contents("feed", b'{"items": ' + b"[" * 100_000, DEFAULT)


PARSERS = {"feed": parse_feed, "opml": parse_opml, "sitemap": parse_sitemap}


@pytest.mark.parametrize("form", OF_FORM)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_the_bytes_are_a_file_is_read_or_refused(form: Form, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([*OF_FORM.values(), ATOM, JSON_FEED, INDEX, LAUGHS])).encode()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    hostile = data.draw(st.one_of(st.binary(max_size=60), st.sampled_from([b"<![CDATA[", b"<!--", b"]]>", b"&#0;"])))
    try:
        found = PARSERS[form](whole[:start] + hostile + whole[end:], DEFAULT, {"base": HERE})
    except IntakeError:
        return
    assert set(found) >= {"lists", "title", "entries"}
