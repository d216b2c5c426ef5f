"""Pages that hold several reports: live blogs and round-ups are split, each part with its own time."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from dateline.intake import read_html, read_path
from dateline.model import Report

FIRST = "Teachers marched in Lima today over pay, and some 2,000 took part, according to the police."
SECOND = "Police arrested twelve teachers in Lima today, a spokesman for the ministry said at noon."
THIRD = "Farmers blocked a bridge in Cusco today, a witness told this paper, and traffic stopped."
LEAD = "Follow the strike here. More than 200 schools in Lima and Cusco are closed this week, the unions say."


def post(words: str, stamp: str, *, head: str = "", id: str = "", kind: str = "post") -> str:
    return f'<div class="{kind}" id="{id}"><time datetime="{stamp}">then</time>{head}<p>{words}</p></div>'


POSTS = (
    post(THIRD, "2024-03-05T15:00:00-05:00", head="<h3>Bridge blocked</h3>", id="p3"),
    post(SECOND, "2024-03-04T12:00:00-05:00", id="p2"),
    post(FIRST, "2024-03-04T09:00:00-05:00", id="p1"),
)


def page(body: str, head: str = "") -> str:
    return (
        f"<html><head><title>Strike day</title>{head}</head><body><main><h1>Strike day</h1>{body}</main></body></html>"
    )


def read(tmp_path: Path, html: str, **meta: str) -> list[Report]:
    path = tmp_path / "live.html"
    path.write_text(html, "utf-8")
    found = list(read_path(path, **meta))
    assert all(isinstance(one, Report) for one in found)
    return [one for one in found if isinstance(one, Report)]


def test_each_post_of_a_live_blog_is_a_report_of_its_own_time(tmp_path: Path) -> None:
    lead, *posts = read(tmp_path, page(f"<p>{LEAD}</p><div>{''.join(POSTS)}</div>"), url="https://example.org/live")
    assert (lead.id, lead.kind, lead.text) == ("live.html", "report", LEAD)
    assert [(p.id, p.kind, p.published, p.text) for p in posts] == [
        ("live.html#1", "post", "2024-03-05T15:00:00-05:00", THIRD),
        ("live.html#2", "post", "2024-03-04T12:00:00-05:00", SECOND),
        ("live.html#3", "post", "2024-03-04T09:00:00-05:00", FIRST),
    ]
    assert [p.title for p in posts] == ["Bridge blocked", "Strike day", "Strike day"]
    assert {p.sha256 for p in posts} == {lead.sha256}


def test_a_live_blog_without_a_lead_is_its_posts(tmp_path: Path) -> None:
    found = read(tmp_path, page("".join(POSTS)))
    assert [(p.id, p.text) for p in found] == [("live.html", THIRD), ("live.html#1", SECOND), ("live.html#2", FIRST)]


def test_a_post_keeps_its_time_where_a_day_is_given_for_the_page(tmp_path: Path) -> None:
    lead, *posts = read(tmp_path, page(f"<p>{LEAD}</p>{''.join(POSTS)}"), published="2024-03-06")
    assert lead.published == "2024-03-06"
    assert posts[0].published == "2024-03-05T15:00:00-05:00"


def test_posts_that_json_ld_gives_are_read_where_the_markup_has_none(tmp_path: Path) -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"No. {n}", "articleBody": f"<p>{words}</p><p>More soon.</p>",
         "datePublished": f"2024-03-04T1{n}:00:00Z", "url": f"https://example.org/live#u{n}"}
        for n, words in enumerate((FIRST, SECOND, THIRD))
    ]  # fmt: skip
    blog = {"@type": "LiveBlogPosting", "datePublished": "2024-03-04T08:00:00Z", "liveBlogUpdate": updates}
    script = f'<script type="application/ld+json">{json.dumps(blog)}</script>'
    lead, *posts = read(tmp_path, page(f"<p>{LEAD}</p>", script))
    assert lead.text == LEAD
    assert [(p.title, p.published, p.text) for p in posts] == [
        ("No. 0", "2024-03-04T10:00:00+00:00", f"{FIRST}\n\nMore soon."),
        ("No. 1", "2024-03-04T11:00:00+00:00", f"{SECOND}\n\nMore soon."),
        ("No. 2", "2024-03-04T12:00:00+00:00", f"{THIRD}\n\nMore soon."),
    ]


def test_stories_beside_one_another_are_reports(tmp_path: Path) -> None:
    stories = "".join(
        f"<article id='s{n}'><h2>Story {n}</h2><p>{words} {words}</p><p>{words} {words}</p><p>{LEAD}</p></article>"
        for n, words in enumerate((FIRST, SECOND, THIRD))
    )
    found = read(tmp_path, page(f"<div>{stories}</div>"))
    assert [(p.kind, p.title) for p in found] == [("story", "Story 0"), ("story", "Story 1"), ("story", "Story 2")]
    assert found[1].text.startswith(SECOND)


@pytest.mark.parametrize(
    "body",
    [
        # comments have times too
        f"<p>{LEAD}</p>" + "".join(POSTS).replace('class="post"', 'class="comment"'),
        # a report with two updates is one report
        f"<p>{LEAD} {LEAD} {LEAD}</p>" + POSTS[0] + POSTS[1],
        # posts of one and the same time are parts of one report
        "".join(post(words, "2024-03-04") for words in (FIRST, SECOND, THIRD)),
        # a story with linked stories beside it
        f"<article><p>{LEAD} {LEAD}</p><p>{FIRST} {SECOND}</p><p>{THIRD}</p></article>"
        + "".join(f"<article><h2><a href='/{n}'>More</a></h2><p>{FIRST}</p></article>" for n in range(2)),
    ],
)
def test_other_pages_stay_whole(tmp_path: Path, body: str) -> None:
    found = read(tmp_path, page(body))
    assert [(p.id, p.kind) for p in found] == [("live.html", "report")]


def test_a_page_of_teasers_is_noted_as_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    teasers = "".join(
        f"<div class='card'><h3><a href='/{n}'>Headline {n}</a></h3><p>{words}</p></div>"
        for n, words in enumerate((FIRST, SECOND, THIRD) * 3)
    )
    with caplog.at_level(logging.WARNING):
        [found] = read(tmp_path, page(f"<section>{teasers}</section>"))
    assert found.kind == "teasers"
    assert "page of teasers" in caplog.text
    article = '<meta property="og:type" content="article">'
    assert read(tmp_path, page(f"<section>{teasers}</section>", article))[0].kind == "report"


def test_a_page_read_by_itself_is_one_report() -> None:
    report = read_html(page(f"<p>{LEAD}</p>{''.join(POSTS)}").encode(), id="1")
    assert (report.id, report.kind) == ("1", "report")
