"""An HTML page to its parts, in this process: the work that :mod:`dateline.intake.bounded` does within bounds.

trafilatura parses here and never fetches.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.errors import IntakeError
from dateline.intake.bounded.measure import Measure
from dateline.intake.html.blocks import kinds_of_parts
from dateline.intake.html.clean import clean
from dateline.intake.html.lines import is_final
from dateline.intake.html.stated import Articles, json_ld, statements
from dateline.intake.html.stories import Post, is_teasers, posts
from dateline.intake.limits import DEFAULT, Limits
from dateline.model import CODED_BLOCKS, BlockKind, ReportKind, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement


MAX_ATTRIBUTES = 1_000
"""Attributes of one tag: the parser compares each with all before it."""

# It looks at tags as they are written: to parse one that has too many is what takes the time.
_TOO_MANY_ATTRIBUTES = re.compile(
    rb"<[A-Za-z][\w:-]*+(?:[\s/]++[\w:.@-]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+){%d}"
    % (MAX_ATTRIBUTES + 1)
)
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Hints for line breaking, which would part words. Joiners stay: Persian and Indic words are written with them."""
_KINDS: dict[str, BlockKind] = {"head": "heading", "list": "list"}
_LONGEST_BYLINE = 100  # characters
_PROSE = 12  # words of a sentence: no cell of figures and names has as many
_TOLD = 4
"""Words of the sentence of an incident, at the least."""
_BESIDE_IT = 5
"""Words of a cell with its day, its town or its number, at the most."""
_FEWEST_INCIDENTS = 2
_PARTING = frozenset({"lb", "item", "p", "head", "quote", "list", "cell", "row"})
_DATES = {
    "original_date": True,
    # A year in the footer, or any date in the text, is no publication date: better none than one that was made up.
    "extensive_search": False,
    # The library's own bounds follow today's clock; the same page must give the same date next year.
    "min_date": "1990-01-01",
    "max_date": "2100-01-01",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its metadata, each None where it does not tell, and the parts of its article in order."""

    title: str | None
    published: str | None
    updated: str | None
    publisher: str | None
    author: str | None
    language: str | None
    url: str | None
    parts: tuple[tuple[BlockKind, str], ...]
    stated: tuple[Stated, ...] = ()
    """Where it states what."""
    kind: ReportKind = "report"


def load_parser() -> None:
    """Load the libraries that parse, which else the first page waits for."""
    import trafilatura.metadata  # noqa: F401


def parse_page(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:
    """The reports of a page of UTF-8 bytes as JSON carries them, for the bounded process."""
    html = data.decode("utf-8", "replace")
    found = parse_pages(html, limits, about["url"]) if about["apart"] else [parse_html(html, limits, about["url"])]
    return {"pages": [asdict(page) for page in found]}


def parse_html(html: str, limits: Limits = DEFAULT, url: str | None = None) -> Page:
    """The parts of a page, read as one report.

    Raises :class:`IntakeError` for a page over a limit or without an article's text.
    """
    tree = _opened(html, limits)
    return _page(tree, url, json_ld(tree))


def parse_pages(html: str, limits: Limits = DEFAULT, url: str | None = None) -> list[Page]:
    """The reports of a page: itself, or the posts of a live blog and the stories that it holds beside one another.

    What stands around posts is a report too, where it tells anything. Raises as :func:`parse_html` does.
    """
    tree = _opened(html, limits)
    articles = json_ld(tree)
    apart = posts(tree, articles)
    if not apart:
        return [_page(tree, url, articles)]
    around = _without(tree, apart)
    articles = json_ld(around)  # not those of its posts
    try:
        first = _page(around, url, articles)
        about, found = first, [first]
    except IntakeError:
        about, found = _about(around, url, articles), []
    for post in apart:
        parts = _kinds(post.parts)
        if not any(kind in CODED_BLOCKS for kind, _ in parts):
            continue  # a picture, or a post from elsewhere
        own = [] if post.published is None else [Stated("published", post.where, post.published)]
        said = {"updated", *(["title"] if post.title else []), *(stated.field for stated in own)}
        found.append(
            replace(
                about,
                title=post.title or about.title,
                published=post.published or about.published,
                updated=None,
                url=f"{about.url}#{post.anchor}" if about.url and post.anchor else about.url,
                parts=parts,
                stated=(*own, *(stated for stated in about.stated if stated.field not in said)),
                kind=post.kind,
            )
        )
    if not found:
        raise _no_text()
    return found


def _opened(html: str, limits: Limits) -> HtmlElement:
    """The tree of a page, after its size was measured."""
    from lxml.etree import ParserError, XMLSyntaxError

    source = _INVALID.sub(" ", html).encode()
    _measure(source, limits)
    try:
        return _tree(source)
    except XMLSyntaxError as error:
        raise _refusal(error) from error
    except (ParserError, ValueError) as error:
        raise _no_text() from error


def _without(tree: HtmlElement, apart: Sequence[Post]) -> HtmlElement:
    """The page without its posts, which are left as they were."""
    for post in apart:
        if post.element is not None and (parent := post.element.getparent()) is not None:
            parent.remove(post.element)
    return tree


def _page(tree: HtmlElement, url: str | None, articles: Articles) -> Page:
    about, teasers = _about(tree, url, articles), is_teasers(tree, articles)
    parts = _article(tree, about.title)
    return replace(about, parts=parts, kind="teasers" if teasers else "report")


def _about(tree: HtmlElement, url: str | None, articles: Articles) -> Page:
    """What a page tells of itself, without its parts."""
    from trafilatura.metadata import extract_metadata

    told: Any = extract_metadata(_frame(tree), url, _DATES)
    says = statements(tree, url or _clean(told.url), articles)
    publisher = _clean(told.sitename) or says.first("publisher")
    title = _title(_clean(told.title) or says.first("title"), publisher)
    author = _clean(told.author) or says.first("author")
    published = says.date("published") or _by_extractor("published", _clean(told.date))
    updated = says.date("updated")
    dates = [one for one in (published, updated) if one]
    found = [says.of(field, value) for field, value in (("title", title), ("publisher", publisher), ("author", author))]
    return Page(
        title=title,
        published=published[0] if published else None,
        updated=updated[0] if updated else None,
        publisher=publisher,
        author=author,
        language=_language(tree),
        url=_clean(told.url),
        parts=(),
        stated=(*(where for _, where in dates), *filter(None, found)),
    )


def _article(tree: HtmlElement, title: str | None) -> tuple[tuple[BlockKind, str], ...]:
    """The parts of a page's article; its tree is changed. Raises :class:`IntakeError` where it holds none."""
    from trafilatura import bare_extraction

    clean(tree)
    document: Any = bare_extraction(tree, fast=True, include_comments=False, include_formatting=False)
    if document is None or document.body is None:
        raise _no_text()
    parts = _kinds([part for part in _parts(document.body) if title is None or _letters(part[1]) != _letters(title)])
    if not any(kind in CODED_BLOCKS for kind, _ in parts):
        raise _no_text("tables" if any(kind == "table" for kind, _ in parts) else "")
    return parts


def _kinds(parts: Sequence[tuple[BlockKind | None, str]]) -> tuple[tuple[BlockKind, str], ...]:
    return tuple(zip(kinds_of_parts(parts), (words for _, words in parts), strict=True))


def _by_extractor(field: str, value: str | None) -> tuple[str, Stated] | None:
    """A value that only the extractor found, which does not say where."""
    return None if value is None else (value, Stated(field, "the page's words, as trafilatura reads them", value))


def _no_text(instead: str = "") -> IntakeError:
    if instead:
        return IntakeError(f"the page holds {instead} and no article text", "save the sentences to code as a .txt file")
    return IntakeError("the page holds no article text", "save the page once it has loaded, or its text as a .txt file")


def _refusal(error: Any) -> Exception:
    """What the parser's error means: it forgives any HTML, and has no name for an error but where memory ran out."""
    return MemoryError() if error.code in (0, 2) else _no_text()


def _measure(source: bytes, limits: Limits) -> None:
    from lxml import etree

    if _TOO_MANY_ATTRIBUTES.search(source):
        raise IntakeError(
            f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes, and so many are read",
            "save its text as a .txt file",
        )
    target: Any = Measure()
    parser: Any = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    try:
        measured = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    measured.check(limits, "the page", "save its text as a .txt file")


def _tree(source: bytes) -> HtmlElement:
    from lxml import html

    # What is huge is not refused in silence: the bounds of this process are those of its bytes, nodes and memory.
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=True)
    return html.document_fromstring(source, parser=parser)


def _frame(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without its prose: who wrote it and when stands around the article, not in its sentences."""
    frame = deepcopy(tree)
    for paragraph in list(frame.iter("p", "blockquote")):
        if paragraph.getparent() is not None and len("".join(paragraph.itertext())) > _LONGEST_BYLINE:
            paragraph.drop_tree()
    return frame


def _language(tree: HtmlElement) -> str | None:
    value = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang") or ""
    match = re.match(r"\s*([A-Za-z]{2,3})\b", value)
    return match[1].lower() if match else None


def _clean(value: object) -> str | None:
    return (_SPACE.sub(" ", _UNSEEN.sub("", value)).strip() or None) if isinstance(value, str) else None


def _title(title: str | None, publisher: str | None) -> str | None:
    """The title without the name of the site that many pages put before or after it."""
    if title is None or publisher is None:
        return title
    title = title.removeprefix(f"{publisher}: ").removeprefix(f"{publisher} | ")
    for separator in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and _letters(tail) in (_letters(publisher), _letters(publisher.partition("|")[0])):
            return head.strip()
    return title


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _parts(body: Any) -> Iterator[tuple[BlockKind | None, str]]:
    """The article's parts in order, each with the kind that the extractor's element tells: None for a paragraph."""
    for element in body:
        if element.tag == "table":
            yield from _table(element)
        else:
            for line in _lines(element):
                yield _KINDS.get(element.tag), line
        if tail := _clean(element.tail):
            yield None, tail


def _table(table: Any) -> Iterator[tuple[BlockKind | None, str]]:
    """A table as one part; where its cells hold prose, it only lays out the page, and each cell is read for itself.

    A list of incidents, with a sentence a row beside its day and its town, is read as items that open with these.
    """
    incidents = _incidents(table)
    if sum(kind == "list" for kind, _ in incidents) >= _FEWEST_INCIDENTS:
        yield from incidents
        return
    cells = [line for cell in table.iter("cell") for line in _lines(cell)]
    if any(len(words.split()) >= _PROSE and is_final(words) for words in cells):
        yield from ((None, words) for words in cells)
    elif rows := "\n".join(filter(None, (_row(row) for row in table.iter("row")))):
        yield "table", rows


def _incidents(table: Any) -> list[tuple[BlockKind | None, str]]:
    """The rows of a table in which one cell tells and the others are a word or two, as items ("4 March, Lima: ...").

    Rows in which nothing tells stay rows; where prose stands in several columns, or alone, it is no such table.
    """
    found: list[tuple[BlockKind | None, str]] = []
    for row in table.iter("row"):
        cells = [" ".join(_lines(cell)) for cell in row.iter("cell")]
        told = [words for words in cells if len(words.split()) >= _TOLD and is_final(words)]
        others = [words for words in cells if words and words not in told]
        if len(told) == 1 and others and all(len(words.split()) <= _BESIDE_IT for words in others):
            found.append(("list", f"{', '.join(others)}: {told[0]}"))
        elif told:
            return []
        elif words := _row(row):
            found.append(("table", words))
    return found


def _row(row: Any) -> str:
    cells = [_clean(" ".join(cell.itertext())) or "" for cell in row.iter("cell")]
    return "\t".join(cells) if any(cells) else ""


def _lines(element: Any) -> Iterator[str]:
    """The words of an element, parted where a line, an item or a paragraph inside it ends."""
    from lxml import etree

    pieces: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag in _PARTING:
            pieces.append("\n")
        words = inner.text if event == "start" else inner.tail if inner is not element else None
        # A line break in the page's source is a space, only an element parts.
        pieces.append(_SPACE.sub(" ", words or ""))
    before = ""
    for words in filter(None, map(_clean, "".join(pieces).split("\n"))):
        # A break inside a sentence only wraps it.
        if before and not is_final(before) and words[0].islower():
            before = f"{before} {words}"
            continue
        if before:
            yield before
        before = words
    if before:
        yield before
