"""Sources are polled when they are due, politely, and what is new comes into the project once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from tests.feed_cases import LONG
from tests.watch_cases import FEED, START, Watching, answered, feed, item, opened, page, pages

from dateline.errors import StoreError
from dateline.intake import Failure
from dateline.intake.feeds.contents import Rhythm
from dateline.intake.feeds.poll import is_before, moved_to
from dateline.intake.feeds.schedule import after_failure, fresh_for, next_poll
from dateline.intake.retrieval import Hop, Retrieval
from dateline.store.door.likeness import Added
from dateline.store.watching.lock import alone
from dateline.store.watching.sources import named, pause, remove, resume
from dateline.store.watching.watch import Polled

A, B, C = (f"https://post.example/{name}" for name in "abc")
EARLIER = "Mon, 05 Feb 2024 11:59:59 GMT"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Watching]:
    yield from opened(tmp_path / "port")


@pytest.fixture
def at_either(tmp_path: Path, either: str) -> Iterator[Watching]:
    """The same in both databases, for what depends on them: what is waited for, and in which order."""
    yield from opened(tmp_path / "port")


# What is taken


def test_what_is_new_comes_once_and_what_was_there_before_does_not(at_either: Watching) -> None:
    at_either.web.pages = {
        FEED: feed(item("a", at=EARLIER), item("b"), item("c", at=None)),
        **pages("a", "b", "c", "d", "e"),
    }
    at_either.add()
    polled, added = at_either.once()
    assert isinstance(polled, Polled) and (polled.seen.new, polled.seen.old) == (1, 2)
    assert added == Added(B, True)
    at_either.clock.after(hours=1)
    at_either.web.pages[FEED] = feed(
        item("a", at=EARLIER), item("b"), item("c", at=None), item("d", at=None), item("e")
    )
    at_either.once()
    assert at_either.reports() == [B, "https://post.example/d", "https://post.example/e"]
    assert at_either.web.asked.count(B) == 1


def test_older_ones_are_taken_from_the_day_that_is_named(at_either: Watching) -> None:
    days = {"a": "Sat, 03 Feb 2024 23:00:00 GMT", "b": "Sun, 04 Feb 2024 01:00:00 GMT", "c": None}
    at_either.web.pages = {FEED: feed(*(item(name, at=day) for name, day in days.items())), **pages(*days)}
    at_either.add(since="2024-02-04")
    at_either.once()
    assert at_either.reports() == [B]


def test_a_report_has_its_pages_words_and_then_the_feeds(at_either: Watching) -> None:
    at_either.web.pages = {FEED: feed(item("a")), **pages("a")}
    at_either.add()
    at_either.once()
    from sqlalchemy import select

    from dateline.store.tables import entries, evidence, reports

    with at_either.project.database.reading() as db:
        report = db.execute(select(reports)).one()
        entry = db.execute(select(entries)).one()
        kept = dict(db.execute(select(evidence.c.sha256, evidence.c.origin)).all())  # type: ignore[arg-type]
    assert (report.title, report.publisher, report.published) == ("a", "The Post", "2024-02-05T13:00:00+00:00")
    assert (report.fields["url"], entry.outcome) == (A, "added")
    # The date rests on what the feed said: its bytes are there as well.
    assert kept == {entry.feed: FEED, report.sha256: A}
    assert at_either.project.evidence.read(entry.feed) == feed(item("a")).encode()
    assert list(at_either.project.verify()) == []


def test_a_page_that_two_sources_name_is_asked_for_once(at_either: Watching) -> None:
    other = "https://other.example/rss"
    at_either.web.pages = {FEED: feed(item("a")), other: feed(item("a")), **pages("a")}
    at_either.add()
    at_either.add(other)
    at_either.once()
    assert (at_either.web.asked.count(A), at_either.reports()) == (1, [A])


def test_a_page_is_read_anew_where_its_feed_says_that_it_was_changed(at: Watching) -> None:
    def atom(updated: str) -> str:
        entry = f"<entry><id>1</id><link href='{A}'/><published>2024-02-05T13:00:00Z</published>"
        return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}<updated>{updated}</updated></entry></feed>"

    at.web.pages = {FEED: atom("2024-02-05T13:00:00Z"), **pages("a")}
    at.add()
    at.once()
    at.web.pages = {FEED: atom("2024-02-05T14:00:00Z"), A: page("Corrected.")}
    for _ in range(2):
        at.clock.after(hours=3)
        at.once()
    assert (at.web.asked.count(A), len(at.reports())) == (2, 2)


def test_a_list_of_feeds_and_an_index_of_sitemaps_name_sources(at: Watching) -> None:
    index, news, old = (f"https://post.example/{name}.xml" for name in ("index", "news", "old"))
    at.web.pages = {
        FEED: f"<opml version='2.0'><body><outline text='Post' xmlUrl='{index}'/></body></opml>",
        index: "<sitemapindex>"
        f"<sitemap><loc>{news}</loc></sitemap><sitemap><loc>{old}</loc><lastmod>2019-01-01</lastmod></sitemap>"
        "</sitemapindex>",
        news: f"<urlset><url><loc>{A}</loc></url>"
        f"<url><loc>{B}</loc><lastmod>2024-02-05T12:30:00Z</lastmod></url></urlset>",
        **pages("a", "b"),
    }
    at.add()
    at.once()
    assert at.reports() == [B]
    assert [(one.url, one.depth, one.title) for one in at.sources()] == [
        (FEED, 0, None),
        (index, 1, "Post"),
        (news, 2, None),
    ]
    # A sitemap that the index names from now on holds what is new, with or without a date.
    more = "https://post.example/more.xml"
    at.web.pages[index] = f"<sitemapindex><sitemap><loc>{more}</loc></sitemap></sitemapindex>"
    at.web.pages[more] = f"<urlset><url><loc>{C}</loc></url></urlset>"
    at.web.pages[C] = page("c")
    at.clock.after(hours=1)
    at.once()
    assert at.reports() == [B, C]


def test_sources_name_one_another_only_so_deep(at: Watching) -> None:
    at.web.pages = {
        f"https://post.example/{n}": "<opml version='2.0'><body>"
        f"<outline text='Next' xmlUrl='https://post.example/{n + 1}'/></body></opml>"
        for n in range(9)
    }
    at.add("https://post.example/0")
    at.once()
    assert [one.depth for one in at.sources()] == [0, 1, 2, 3]
    assert "3 steps" in (at.sources()[-1].trouble or "")


# What pages do


def test_a_page_that_cannot_be_had_is_asked_for_again_and_then_given_up(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a")), A: answered(500)}
    at.add()
    assert len(at.once()) == 1
    waits = []
    for _ in range(9):
        at.clock.after(hours=13)
        waits += [one for one in at.once() if isinstance(one, Failure)]
    assert [(one.path, one.error) for one in waits] == [(A, "the server answers 500")]
    assert at.web.asked.count(A) == 5


def test_a_page_that_is_not_there_is_given_up_at_once_with_the_reason(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a"))}
    at.add()
    assert isinstance(at.once()[-1], Failure)
    at.clock.after(days=1)
    at.once()
    assert (at.web.asked.count(A), at.source().waiting) == (1, 0)


HELD = f"<content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>"


@pytest.mark.parametrize("what", ["forbidden", "gone", "no text"])
def test_what_the_feed_holds_is_read_where_the_page_gives_nothing(
    at: Watching, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    at.web.pages = {FEED: feed(item("a", more=HELD))}
    if what == "forbidden":
        at.web.forbidden = {A}
    if what == "no text":
        at.web.pages[A] = "<html><body><script>app()</script></body></html>"
    at.add()
    with caplog.at_level(logging.WARNING):
        added = at.once()[-1]
    assert added == Added(A, True)
    assert "what the feed holds of it is read instead" in caplog.text
    assert at.web.asked.count(A) == (what != "forbidden")
    assert list(at.project.verify()) == []


def test_a_page_that_robots_forbid_is_not_asked_for(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a")), **pages("a")}
    at.web.forbidden = {A}
    at.add()
    for _ in range(9):
        at.once()
        at.clock.after(hours=13)
    assert A not in at.web.asked and at.reports() == []


def test_a_host_that_is_busy_is_left_alone_till_the_next_time(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a"), item("b"), item("c")), **pages("b", "c")}
    at.web.pages[A] = answered(429, 7200)
    at.add()
    at.once()
    assert at.web.asked == [FEED, A]
    at.clock.after(minutes=119)
    at.once()
    assert at.web.asked[2:] == [FEED, B, C]
    at.web.pages[A] = page("a")
    at.clock.after(minutes=2)
    at.once()
    assert at.reports() == [B, C, A]


def test_a_feed_in_place_of_a_page_is_told(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a")), A: feed(item("b")), **pages("b")}
    at.add()
    failure = at.once()[-1]
    assert isinstance(failure, Failure) and "a list of addresses" in failure.error
    assert B not in at.web.asked


# When sources are asked


def test_a_source_that_has_not_changed_is_not_read_again(at: Watching) -> None:
    at.web.pages = {FEED: feed(head="<ttl>120</ttl>")}
    at.web.etags = {FEED: '"1"'}
    at.web.headers = {FEED: (("last-modified", "Mon, 05 Feb 2024 12:00:00 GMT"),)}
    at.add()
    at.once()
    at.clock.after(hours=3)
    [polled] = at.once()
    assert isinstance(polled, Polled) and polled.unchanged
    assert at.web.conditions[-1] == ('"1"', "Mon, 05 Feb 2024 12:00:00 GMT")
    # What it asked for holds on.
    assert at.source().due == (at.clock() + timedelta(hours=2)).isoformat(timespec="seconds")


def test_a_source_that_fails_is_asked_later_and_later_and_then_as_before(at: Watching) -> None:
    at.web.pages = {FEED: answered(500)}
    at.add()
    waits = []
    for _ in range(10):
        at.once()
        due = datetime.fromisoformat(at.source().due)
        waits.append((due - at.clock()).total_seconds() / 60)
        at.clock.at = due
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 720, 720]
    assert (at.source().failures, at.source().trouble) == (10, "the server answers 500; try again later")
    at.web.pages = {FEED: feed()}
    at.once()
    assert (at.source().failures, at.source().trouble) == (0, None)


def test_a_server_says_when_it_wants_to_be_asked_again(at: Watching) -> None:
    at.web.pages = {FEED: answered(503, 86_400)}
    at.add()
    at.once()
    assert at.source().due == "2024-02-06T12:00:00+00:00"


def test_a_source_that_is_gone_for_good_is_asked_no_more(at: Watching) -> None:
    at.web.pages = {FEED: answered(410)}
    at.add()
    at.once()
    at.clock.after(days=30)
    assert (at.once(), at.source().state) == ([], "ended")
    at.add()
    assert at.source().state == "on"


def test_a_source_that_has_moved_for_good_is_asked_there(at: Watching, caplog: pytest.LogCaptureFixture) -> None:
    new = "https://post.example/feeds/all"
    at.web.pages = {FEED: feed(), new: feed()}
    at.web.hops = {FEED: ((Hop(FEED, 301),), new)}
    at.add()
    with caplog.at_level(logging.WARNING):
        at.once()
    assert [one.url for one in at.sources()] == [new]
    assert f"{FEED} has moved to {new}" in caplog.text
    at.add()
    at.once()
    assert (at.source().state, at.source(new).state) == ("ended", "on")


@pytest.mark.parametrize(
    ("hops", "final", "to"),
    [
        ([("https://a/1", 301), ("https://a/2", 308)], "https://a/3", "https://a/3"),
        ([("https://a/1", 301), ("https://a/2", 302)], "https://a/3", "https://a/2"),
        ([("https://a/1", 302), ("https://a/2", 301)], "https://a/3", None),
        ([("https://a/1", 301)], "http://a/1", None),
        ([("http://a/1", 301)], "https://a/1", "https://a/1"),
        ([], None, None),
    ],
)
def test_only_what_is_permanent_and_no_less_safe_moves_a_source(
    hops: list[tuple[str, int]], final: str | None, to: str | None
) -> None:
    assert moved_to(Retrieval("GET", final=final, hops=tuple(Hop(*hop) for hop in hops))) == to


def test_a_source_that_robots_forbid_is_not_asked_for(at: Watching) -> None:
    at.web.forbidden = {FEED}
    at.add()
    [polled] = at.once()
    assert isinstance(polled, Polled) and "does not let programs" in (polled.trouble or "")
    assert at.web.asked == []


def test_a_page_in_place_of_a_feed_is_told_with_its_feeds(at: Watching) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
    at.web.pages = {FEED: f"<html><head>{link}</head><body><p>News</p></body></html>"}
    at.add()
    at.once()
    assert "it declares these feeds: https://post.example/rss.xml" in (at.source().trouble or "")


def test_a_feed_without_end_fills_the_queue_only_so_far(at: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.watching.entries.MOST_WAITING", 3)
    at.web.pages = {FEED: feed(*(item(f"p{n}") for n in range(8))), **pages(*(f"p{n}" for n in range(8)))}
    at.web.etags = {FEED: '"1"'}
    at.add()
    for times in (3, 6, 8):
        at.once()
        assert len(at.reports()) == times
        at.clock.after(hours=1)
    assert at.web.conditions.count(('"1"', None)) == 0


# People


def test_a_paused_source_and_its_pages_wait_and_a_removed_one_is_forgotten(at: Watching) -> None:
    at.web.pages = {FEED: feed(item("a")), A: answered(500)}
    at.add()
    at.once()
    with at.project.database.writing() as db:
        pause(db, named(db, "https://post").number)
    at.clock.after(days=1)
    assert at.once() == []
    with at.project.database.writing() as db:
        resume(db, named(db, FEED).number, "2024-02-06T00:00:00+00:00")
    at.web.pages |= pages("a")
    at.once()
    assert at.reports() == [A]
    with at.project.database.writing() as db:
        assert remove(db, named(db, FEED).number) == 1
        with pytest.raises(StoreError, match="no source of this project"):
            named(db, FEED)
    assert at.reports() == [A] and list(at.project.verify()) == []


@pytest.mark.parametrize("act", [pause, remove])
def test_a_source_that_is_taken_out_while_it_is_polled_gives_nothing(
    at: Watching, act: Callable[[Connection, int], object]
) -> None:
    at.web.pages = {FEED: feed(item("a")), **pages("a")}

    def taken_out() -> None:
        with at.project.database.writing() as db:
            act(db, 1)

    at.web.after = taken_out
    at.add()
    at.once()
    assert (at.web.asked, at.reports()) == ([FEED], [])


def test_one_process_watches_a_project_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(StoreError, match="watched by another process"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


def test_a_watch_sleeps_until_something_is_due_and_looks_up_meanwhile(at: Watching) -> None:
    at.web.pages = {FEED: feed()}
    slept: list[float] = []

    class EnoughError(Exception):
        pass

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        at.clock.after(seconds=seconds)
        if len(slept) == 31:
            raise EnoughError

    at.add()
    with pytest.raises(EnoughError):
        for _ in at.watch.run(sleep):
            pass
    assert (slept, at.web.asked) == ([60.0] * 31, [FEED, FEED])


# Killed between any two steps


class KilledError(BaseException):
    pass


@pytest.mark.parametrize("nth", range(5))
def test_whatever_request_is_the_last_nothing_is_lost_and_nothing_comes_twice(at: Watching, nth: int) -> None:
    at.web.pages = {FEED: feed(item("a"), item("b"), item("c")), **pages("a", "b", "c")}
    at.add()

    def kill() -> None:
        if len(at.web.asked) == nth + 1:
            raise KilledError

    at.web.after = kill
    try:
        at.once()
    except KilledError:
        at.web.after = lambda: None
        at.once()
    assert at.reports() == [A, B, C]
    assert list(at.project.verify()) == []


# When, by itself


@pytest.mark.parametrize(
    ("rhythm", "fresh", "minutes"),
    [
        (Rhythm(), 0, 30),
        (Rhythm(1), 0, 10),
        (Rhythm(7200), 0, 120),
        (Rhythm(10**9), 0, 1440),
        (Rhythm(), 7200, 120),
        (Rhythm(hours=(12, 13)), 0, 120),
        (Rhythm(days=("mon",)), 0, 720),
        (Rhythm(hours=tuple(range(24))), 0, 30),
    ],
)
def test_a_source_is_polled_as_it_asks_within_bounds(rhythm: Rhythm, fresh: float, minutes: int) -> None:
    assert next_poll(START, rhythm, 0.0, fresh) == START + timedelta(minutes=minutes)


def test_chance_only_puts_off() -> None:
    assert next_poll(START, Rhythm(3600), 1.0) == START + timedelta(minutes=66)
    assert after_failure(START, 1, 1.0) == START + timedelta(minutes=10)
    assert after_failure(START, 1000, 1.0, 10.0**9) == START + timedelta(days=7)


def test_an_answer_says_how_long_it_holds() -> None:
    assert fresh_for([("cache-control", "public, max-age=600")]) == 600
    assert fresh_for([("cache-control", "max-age=soon"), ("etag", "1")]) == 0


@pytest.mark.parametrize(
    ("stated", "since", "before"),
    [
        (None, "2024-02-05", None),
        ("2024", "2024-02-05", None),
        ("2023", "2024-02-05", True),
        ("2024-03", "2024-02-05", False),
        ("2024-02-05", "2024-02-05", False),
        ("2024-02-04", "2024-02-05", True),
        ("2024-02-05T01:00:00+05:00", "2024-02-05", False),
        ("2024-02-05", "2024-02-05T12:00:00+00:00", None),
        ("2024-02-04", "2024-02-05T12:00:00+00:00", True),
        ("2024-02-05T12:30:00+01:00", "2024-02-05T12:00:00+00:00", True),
        ("2024-02-06T01:00:00+14:00", "2024-02-05T12:00:00+00:00", True),
        ("2024-02-05T12:00:00", "2024-02-05T12:00:00+00:00", False),
        ("2024-02-05T12:00:00.5Z", "2024-02-05T12:00:00+00:00", False),
    ],
)
def test_a_date_lies_before_a_start_or_after_it_or_does_not_tell(
    stated: str | None, since: str, before: bool | None
) -> None:
    assert is_before(stated, since) is before
