"""What a page states of itself for machines, and where: its dates, title, publisher and author.

Where pages state what, in the order in which it is believed, is a table (``data/page_statements.tsv``). Dates are read
here, since a date that is off by a day puts every "yesterday" of the report a day off; of the others only the place is
looked for where the value that was found stands.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dateline.model import Stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_JSON = 2_000_000
"""Characters of JSON-LD that are read of one page."""
MOST_NODES = 20_000
"""Objects and lists of it that are walked."""
FIRST, LAST = 1990, 2100
"""Years between which pages are published; what names another is a template's default."""

_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_ADDRESS_DAY = re.compile(r"[/_-](?P<year>(?:19|20)\d\d)[/_-]?(?P<month>[01]\d)[/_-]?(?P<day>[0-3]\d)(?=[/_.-]|$)")
_NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")
_SEPARATORS = re.compile(r"\W+")


Articles = list[dict[str, Any]]
"""The articles that a page describes in JSON-LD: read once a page, and asked by whoever looks at it."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The machine-readable statements of a page, in the order of the table."""

    found: tuple[Stated, ...]
    address_day: str | None

    def date(self, field: str) -> tuple[str, Stated] | None:
        """The first statement of a date that is one, in ISO 8601, with where it stands; None where there is none.

        A time in UTC whose address names the day before or after is of that day where the page was published.
        """
        for stated in self.found:
            if stated.field == field and (value := iso_date(stated.words)) is not None:
                day = self.address_day
                if field == "published" and day is not None and _is_next_to(value, day):
                    where = f"the day in the address; {stated.where} gives it in UTC"
                    return day, replace(stated, where=where)
                return value, stated
        if field == "published" and self.address_day is not None:
            return self.address_day, Stated(field, "the address", self.address_day)
        return None

    def first(self, field: str) -> str | None:
        """The first statement of a field that is words and no address."""
        same = (s.words for s in self.found if s.field == field)
        return next((" ".join(words.split()) for words in same if "://" not in words), None)

    def of(self, field: str, value: str | None) -> Stated | None:
        """Where a value that was found is stated; None where no statement holds it."""
        wanted = _letters(value or "")
        if not wanted:
            return None
        same = (s for s in self.found if s.field == field)
        return next((s for s in same if wanted in _letters(s.words)), None)


def statements(tree: HtmlElement, url: str | None, articles: Articles) -> Statements:
    """What a page states, ``articles`` being what it describes in JSON-LD. The time is linear in its size."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := meta.get("content")):
            metas.setdefault(name.lower(), []).append(content)
    props: dict[str, list[str]] = {}
    times: dict[str, list[str]] = {}
    stamps: list[str] = []
    for element in tree.iter("time", "span", "abbr", "div", "p", "a", "h1", "address"):
        if (name := element.get("itemprop")) and name not in props:
            props.setdefault(name, []).append(_value(element))
        if element.tag == "time" and (stamp := element.get("datetime")):
            stamps.append(stamp)
            named = (
                f"{element.get('class', '')} {element.get('itemprop', '')}{' pubdate' * ('pubdate' in element.attrib)}"
            )
            for name in {part for part in re.split(r"[\s_]+", named.lower()) if part}:
                times.setdefault(name, []).append(stamp)

    def words_of(kind: str, name: str) -> Iterator[str]:
        match kind:
            case "JSON-LD":
                for node in articles:
                    yield from _texts(node.get(name))
            case "meta":
                yield from metas.get(name.lower(), ())
            case "itemprop":
                yield from props.get(name, ())
            case "time element" if name == "alone":
                days = {value[:10] for stamp in stamps if (value := iso_date(stamp)) is not None}
                yield from stamps[: len(days) == 1]
            case "time element":
                yield from times.get(name, ())
            case _:
                yield from (_value(element) for element in tree.iter(name))

    found = tuple(
        Stated(field, f"{kind} {name}", words[:300])
        for field, kind, name in _table()
        for words in words_of(kind, name)
        if words.strip()
    )
    return Statements(found, address_day(url))


def iso_date(words: str) -> str | None:
    """A day or a time in ISO 8601, from a stamp in any of the forms that pages write; None where it is none.

    Two numbers that could be day and month either way ("05/06/2019") are no date: a guess would be right half the time.
    """
    from dateutil import parser

    words = words.strip()[:100]
    numbers = _NUMBERS.match(words)
    if numbers and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1] != numbers[2]:
        return None
    day_first = bool(numbers and int(numbers[1]) > 12)
    try:
        # Read twice, with two days to start from: what differs was not stated.
        one, other = (
            parser.parse(words, default=datetime(year, month, day), dayfirst=day_first, tzinfos=_zone)
            for year, month, day in ((2001, 1, 1), (2002, 2, 2))
        )
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    if one.date() != other.date() or not FIRST <= one.year <= LAST:
        return None
    if one.time() == datetime.min.time() and one.tzinfo is None:
        return str(one.date())
    return str(one.isoformat(timespec="seconds"))


def _zone(_name: str | None, offset: int | None) -> timezone | None:
    """A zone by its distance from UTC. Its letters alone ("IST") name several, so that the time stays without one."""
    return None if offset is None else timezone(timedelta(seconds=offset))


def address_day(url: str | None) -> str | None:
    """The day that an address names between its slashes ("/2024/02/06/"); None where it names none."""
    for match in _ADDRESS_DAY.finditer(url or ""):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if FIRST <= day.year <= LAST:
            return day.isoformat()
    return None


def _is_next_to(value: str, day: str) -> bool:
    """Whether a time is given in UTC, and is of the day before or after another."""
    if len(value) <= len("2000-01-01"):
        return False
    time = datetime.fromisoformat(value)
    in_utc = time.tzinfo is not None and time.utcoffset() == timedelta(0)
    return in_utc and abs((time.date() - date.fromisoformat(day)).days) == 1


def json_ld(tree: HtmlElement) -> Articles:
    """The articles that a page describes in JSON-LD."""
    return [node for node in _json_ld(tree) if _is_article(node)]


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of a page's JSON-LD, those within others too."""
    left = MOST_JSON
    nodes = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        left -= len(text)
        if left < 0:
            return
        try:
            waiting = deque([json.loads(text, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting and nodes < MOST_NODES:
            nodes += 1
            value = waiting.popleft()
            if isinstance(value, dict):
                yield value
                waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
            elif isinstance(value, list):
                waiting += value


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _texts(value: Any) -> Iterator[str]:
    """The words of a JSON-LD value: a text, a thing's name, or a list of either."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.get("name"))
    elif isinstance(value, list):
        for one in value[:20]:
            yield from _texts(one) if not isinstance(one, list) else ()


def _value(element: HtmlElement) -> str:
    stamp = element.get("datetime") or element.get("content") or ""
    return stamp or " ".join("".join(element.itertext()).split())[:300]


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    text = files("dateline.data").joinpath("page_statements.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple((field, kind, name) for field, kind, name in rows)


def _letters(text: str) -> str:
    return _SEPARATORS.sub("", text.casefold())
