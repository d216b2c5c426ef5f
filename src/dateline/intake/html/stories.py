"""Pages that hold several reports (the posts of a live blog, the stories of a round-up), and pages of teasers.

A live blog is one page with a post an hour, each with its own time: read as one report, its "today" and its "here" are
of whichever post stands first. Layout alone decides; no words are looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.intake.html.clean import is_no_article
from dateline.intake.html.stated import Articles, iso_date
from dateline.model import BlockKind, ReportKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_POSTS = 3
FEWEST_STORIES = 2
MOST_POSTS = 2_000
POST_LETTERS = 60
STORY_LETTERS = 400
"""Letters in the paragraphs of a post, and of a story, at the least."""
SHARE = 0.6
"""The share of a page's paragraphs that its posts, or its stories, hold at the least."""
FEWEST_TEASERS = 6
TEASER_LETTERS = 300
"""Letters under a linked headline, at the most."""
STORY_PARAGRAPHS = 2
LONG = 100
"""Letters of a paragraph that tells, of which a story has some."""


@dataclass(frozen=True, slots=True)
class Post:
    """One of several reports of a page: its parts with the kinds that markup tells, its time, title and anchor."""

    kind: ReportKind
    element: HtmlElement | None
    """Where it stands in the page; None for one that JSON-LD alone gives."""
    parts: tuple[tuple[BlockKind | None, str], ...]
    published: str | None
    where: str
    title: str | None
    anchor: str | None


def posts(tree: HtmlElement, articles: Articles) -> tuple[Post, ...]:
    """The reports that a page holds beside one another, in its order; none where it is one report.

    The page's tree must be as it was parsed; ``articles`` are those that it describes in JSON-LD. The time is linear in
    the size of both.
    """
    found = _blog_by_markup(tree)
    described = _blog_by_description(articles)
    if len(described) > len(found):
        return described
    return found or _stories(tree)


def is_teasers(tree: HtmlElement, articles: Articles) -> bool:
    """Whether a page, as it was parsed, lists reports that stand elsewhere: linked headlines, with a sentence each.

    A page that calls itself an article is one, however many headlines of others stand beside it.
    """
    kinds = (meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:type")
    if articles or "article" in kinds:
        return False
    told = 0
    heads = 0
    for head in filter(_is_linked, _headings(tree)):
        heads += 1
        box = head.getparent()
        box = box if box is None or box.tag != "a" else box.getparent()
        if box is not None and sum(_HEADING.fullmatch(other.tag) is not None for other in box) <= 1:
            told += min(_letters(box), TEASER_LETTERS)
    return heads >= FEWEST_TEASERS and told >= SHARE * _letters(tree)


_HEADING = re.compile(r"h[1-4]")
_TELLS = re.compile(r"h[1-4]|p|li")


def _headings(element: HtmlElement) -> Iterator[HtmlElement]:
    return (inner for inner in element.iter() if _HEADING.fullmatch(inner.tag))


def _is_linked(head: HtmlElement) -> bool:
    return head.find(".//a[@href]") is not None or (head.getparent() is not None and head.getparent().tag == "a")


def _blog_by_description(articles: Articles) -> tuple[Post, ...]:
    found = []
    for node in articles:
        updates = node.get("liveBlogUpdate")
        for one in updates if isinstance(updates, list) else ():
            if not isinstance(one, dict) or not isinstance(body := one.get("articleBody"), str):
                continue
            lines = tuple((None, " ".join(line.split())) for line in _text_of(body).splitlines() if line.strip())
            stamp = one.get("datePublished")
            if sum(len(words) for _, words in lines) >= POST_LETTERS:
                time = iso_date(stamp) if isinstance(stamp, str) else None
                where = "JSON-LD liveBlogUpdate datePublished"
                anchor = str(one.get("url") or one.get("@id") or "").rpartition("#")[2] or None
                title = one.get("headline")
                titled = " ".join(title.split()) if isinstance(title, str) and title.strip() else None
                found.append(Post("post", None, lines, time, where, titled, anchor))
    return tuple(found[:MOST_POSTS]) if len(found) >= FEWEST_POSTS else ()


def _text_of(body: str) -> str:
    """The words of an article's body, which some give as HTML."""
    if "<" not in body:
        return body
    from lxml import html

    try:
        tree = html.fragment_fromstring(body, create_parent="div")
    except Exception:  # whatever is wrong with it, it is a text that holds "<"
        return body
    for paragraph in tree.iter("p", "br", "li"):
        paragraph.tail = f"\n{paragraph.tail or ''}"
    return str(tree.text_content())


def _blog_by_markup(tree: HtmlElement) -> tuple[Post, ...]:
    """Elements of one kind beside one another, each with a time of its own and a sentence or two."""
    whole = _letters(tree)
    for group in _alike(tree):
        timed = [(element, stamp) for element in group if (stamp := _stamp(element)) is not None]
        told = [(e, stamp) for e, stamp in timed if _letters(e) >= POST_LETTERS]
        days_and_times = {stamp for _, stamp in told}
        if len(told) < FEWEST_POSTS or len(days_and_times) < FEWEST_POSTS:
            continue
        if sum(_letters(e) for e, _ in told) >= SHARE * whole:
            return tuple(
                Post("post", e, _parts(e), stamp, "the time element of the post", _heading(e), _anchor(e))
                for e, stamp in told[:MOST_POSTS]
            )
    return ()


def _stories(tree: HtmlElement) -> tuple[Post, ...]:
    """Articles beside one another, each with a heading of its own that is no link, and paragraphs."""
    whole = _letters(tree)
    for group in _alike(tree):
        told = [e for e in group if e.tag == "article" and _is_told(e) and _heading(e)]
        if len(told) < FEWEST_STORIES or sum(map(_letters, told)) < SHARE * whole:
            continue
        if len({_heading(e) for e in told}) == len(told):
            return tuple(
                Post("story", e, _parts(e), _stamp(e), "the time element of the story", _heading(e), _anchor(e))
                for e in told
            )
    return ()


def _is_told(element: HtmlElement) -> bool:
    long = sum(len("".join(paragraph.itertext()).strip()) >= LONG for paragraph in element.iter("p"))
    return long >= STORY_PARAGRAPHS and _letters(element) >= STORY_LETTERS


def _alike(tree: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Elements with the same name, class and parent that hold prose; comments and the like are none."""
    groups: dict[tuple[Any, str, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter("article", "div", "section", "li"):
        parent = element.getparent()
        if parent is not None and element.find(".//p") is not None:
            groups[(parent, element.tag, _first_class(element))].append(element)
    for (parent, _, _), group in groups.items():
        if len(group) >= FEWEST_STORIES and not any(is_no_article(e) for e in (group[0], parent)):
            yield group


def _first_class(element: HtmlElement) -> str:
    return str((element.get("class") or "").split(" ")[0])


def _letters(element: HtmlElement) -> int:
    return sum(len(text.strip()) for paragraph in element.iter("p") for text in paragraph.itertext())


def _stamp(element: HtmlElement) -> str | None:
    """The time of an element, where it has one; of several the first is its own."""
    for time in element.iter("time"):
        return iso_date(time.get("datetime") or "")
    return None


def _parts(element: HtmlElement) -> tuple[tuple[BlockKind | None, str], ...]:
    """The headings, paragraphs and items of a post: too little for an extractor to tell article from page."""
    found: list[tuple[BlockKind | None, str]] = []
    title = _heading(element)
    for inner in element.iter():
        if (
            not _TELLS.fullmatch(inner.tag)
            or inner.find(".//p") is not None
            or any(is_no_article(e) for e in (inner, inner.getparent()))
        ):
            continue
        words = " ".join("".join(inner.itertext()).split())
        if words and words != title:
            found.append(("list" if inner.tag == "li" else "heading" if inner.tag != "p" else None, words))
    return tuple(found)


def _heading(element: HtmlElement) -> str | None:
    """The words of its first heading that is no link to elsewhere."""
    for head in _headings(element):
        words = " ".join("".join(head.itertext()).split())
        link = head.find(".//a[@href]")
        if words and (link is None or link.get("href", "").startswith("#")):
            return words
    return None


def _anchor(element: HtmlElement) -> str | None:
    own = element.get("id")
    return str(own) if own else None
