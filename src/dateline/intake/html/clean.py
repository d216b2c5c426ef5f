"""A page's tree made ready for the extractor: what is no article goes, what was torn apart comes together.

Every rule looks at markup, never at words, and none may take more than a fraction of the page's paragraphs: a class
name that misleads costs a rule, not the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_ARTICLE = re.compile(
    r"(?:^|[\s_-])(?:caption|wp-caption-text|credits?|photo-?credit|image-?credit|newsletters?|rollover|tooltip|popover|modal"
    r"|related|recirc|recommended|read-?more|read-?also|see-?also|promo|print-(?:header|footer)|email-scrim|social|share"
    r"|sharing|sharedaddy|cookies?|gdpr|consent|paywall|subscribe|signup|sign-up|breadcrumbs?|tags|taglist|tag-list"
    r"|comments?|disqus|byline|author-?bio|copyright|advert(?:isement)?|sponsored|hide|hidden|visually-?hidden|sr-only"
    r"|screen-reader-text)(?:$|[\s_-])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BODY = re.compile(r"article|body|content|story|text|entry|post", re.IGNORECASE)
_MOST = 0.2  # of the words in the page's paragraphs that one rule may take away
_LINKS = 0.9  # of a paragraph's letters in links: it points elsewhere
_HEARSAY = (
    "a",
    "p",
    "div",
    "span",
    "section",
    "aside",
    "ul",
    "ol",
    "li",
    "figcaption",
    "small",
    "form",
    "footer",
    "header",
)


_INLINE = frozenset("a abbr acronym b bdi bdo big cite em font i ins mark s small span strong sub sup tt u".split())
_MANY_INLINE = 500
"""So many elements inside a paragraph are one text: the extractor's time grows with the square of their number."""


def clean(tree: HtmlElement) -> None:
    """Take away captions, hidden parts, forms and paragraphs of links; join an article that was torn into pieces."""
    _frame_bare_body(tree)
    words = _paragraph_letters(tree)
    for element in list(_no_article(tree)):
        if element.getparent() is not None and _paragraph_letters(element) <= _MOST * words:
            element.drop_tree()
    for paragraph in list(tree.iter("p", "li", "h2", "h3", "h4")):
        if paragraph.getparent() is not None and _is_link(paragraph):
            paragraph.drop_tree()
    for paragraph in list(tree.iter("p")):
        if sum(1 for _ in paragraph.iter(*_INLINE)) > _MANY_INLINE:
            _as_one_text(paragraph)
    _join(tree)


def _frame_bare_body(tree: HtmlElement) -> None:
    """Make an article of a body that holds its paragraphs and lists itself: the extractor keeps no list outside one."""
    body = tree.find("body")
    if body is None or body.find("p") is None or next(tree.iter("article", "main", "div", "section"), None) is not None:
        return
    article = body.makeelement("article")
    article.extend(list(body))
    article.text, body.text = body.text, None
    body.append(article)


def _no_article(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter():
        tag = element.tag
        if tag in ("html", "body", "main", "article"):
            continue
        if (
            tag in ("figcaption", "caption", "form", "dialog")
            or _is_hidden(element)
            or (tag in _HEARSAY and is_no_article(element))
        ):
            yield element


def is_no_article(element: HtmlElement) -> bool:
    """Whether its class or id says that it is a caption, a comment, an advertisement or the like."""
    names = f"{element.get('class', '')} {element.get('id', '')}".strip()
    return bool(names) and _NOT_ARTICLE.search(_CAMEL.sub("-", names).lower()) is not None


def _is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _paragraph_letters(element: HtmlElement) -> int:
    return sum(len(text) for paragraph in element.iter("p") for text in paragraph.itertext())


def _is_link(paragraph: HtmlElement) -> bool:
    letters = len("".join(paragraph.itertext()).strip())
    linked = sum(len("".join(link.itertext()).strip()) for link in paragraph.iter("a"))
    return letters > 20 and linked >= _LINKS * letters


def _as_one_text(paragraph: HtmlElement) -> None:
    """Take the inline elements out of a paragraph and leave their words; what parts its lines stays."""
    before: HtmlElement | None = None
    words = [paragraph.text or ""]
    for child in list(paragraph):
        if all(element.tag in _INLINE for element in child.iter()):
            words += [*child.itertext(), child.tail or ""]
            child.tail = None
            paragraph.remove(child)
        else:
            _put_words(paragraph, before, words)
            before, words = child, [child.tail or ""]
    _put_words(paragraph, before, words)


def _put_words(paragraph: HtmlElement, before: HtmlElement | None, words: list[str]) -> None:
    if before is None:
        paragraph.text = "".join(words)
    else:
        before.tail = "".join(words)


def _join(tree: HtmlElement) -> None:
    """Put the pieces of an article into the first: containers of one class near each other, with prose of their own."""
    groups: dict[tuple[object, str], list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class", "")
        if _BODY.search(name) and _has_prose(element):
            for above, ancestor in enumerate(element.iterancestors(), start=1):
                groups.setdefault((ancestor, name), []).append(element)
                if above == 3:
                    break
    for pieces in groups.values():
        first = pieces[0]
        if len(pieces) < 2 or any(first is other.getparent() for other in pieces):
            continue
        for piece in pieces[1:]:
            if piece.getparent() is not None and first not in piece.iterancestors():
                first.extend(list(piece))


def _has_prose(element: HtmlElement) -> bool:
    letters = 0
    for paragraph in element.iterchildren("p"):
        letters += len("".join(paragraph.itertext()))
        if letters > 300:
            return True
    return False
