"""The keys of a record and the columns of a table: dateline's own names for the fields, and what others call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dateline.intake.reader import Source

OTHER_NAMES: Mapping[str, str] = {
    "id": "report id, document id, doc id, article id, story id, record id",
    "text": "full text, main text, article text, body text, body, content, article, story, maintext, plain text",
    "published": "date, date published, date publish, publication date, published at, published date, publish date, "
    "pub date, datetime",
    "publisher": "source name, source hostname, source, outlet, newspaper, medium, media name, site name",
    "title": "headline",
    "url": "link, uri, web url, article url, source url, canonical url, permalink",
    "author": "authors, byline, creator",
    "language": "lang, language code",
    "retrieved": "date retrieved, retrieved at, date download, downloaded at, accessed, date accessed",
}
"""The fields of a record, and other names that are read for each, the first before the next. Capitals, spaces, hyphens
and underscores make no difference in them."""

FIELDS = tuple(OTHER_NAMES)
_OWN = frozenset(FIELDS)
_MOST_NAMED = 12


def folded(name: str) -> str:
    """A name without what makes no difference in it."""
    return re.sub(r"[\W_]+", "", name.casefold())


_READ_AS = {
    folded(other): (field, place)
    for field, others in OTHER_NAMES.items()
    for place, other in enumerate((field, *others.split(", ")))
}


@lru_cache(maxsize=256)
def fields_of(names: tuple[str, ...]) -> Mapping[str, str]:
    """Which of some names gives which field: dateline's own before others, one that is listed earlier before later."""
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        field, place = (name, -1) if name in _OWN else _READ_AS.get(folded(name), ("", 0))
        if field and (field not in found or place < found[field][0]):
            found[field] = (place, name)
    return {field: found[field][1] for field in FIELDS if field in found}


def by_fields(record: object, source: Source) -> object:
    """A record under dateline's own names for its fields; other names that are read, and what is not, are told once.

    What is under another name is taken where it is a string (an id also where it is a whole number), and where the
    record does not have the field under dateline's own.
    """
    if not isinstance(record, dict) or record.keys() <= _OWN:
        return record
    # What is empty under our own name is not given: another name may give it.
    names = fields_of(tuple(name for name, value in record.items() if value not in (None, "")))
    taken = {field: name for field, name in names.items() if name == field or _is_plain(field, record[name])}
    tell(source, {field: name for field, name in taken.items() if name != field}, _others(record, taken))
    own = {name: value for name, value in record.items() if name in _OWN}
    return own | {field: record[name] for field, name in taken.items()}


def tell(source: Source, read_as: Mapping[str, str], unread: Iterable[str], what: str = "keys") -> None:
    """Remark, each once, under which other names fields are read, and which names are not read at all."""
    others = source.new(f"{name}\n{field}" for field, name in read_as.items())
    if others:
        pairs = (one.split("\n") for one in others)
        source.remark(", ".join(f"{name!r} is read as {field}" for name, field in pairs))
    if names := source.new(unread):
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        told = ", ".join(repr(name[:60]) for name in names[:_MOST_NAMED])
        source.remark(f"these {what} are not read: {told}{more} (those that are: {', '.join(FIELDS)})")


def _others(record: Mapping[str, Any], taken: Mapping[str, str]) -> Sequence[str]:
    used = {*taken.values(), *_OWN}
    return [name for name in record if name not in used]


def _is_plain(field: str, value: object) -> bool:
    if field == "publisher" and isinstance(value, str) and value.startswith(("http:", "https:")):
        return False  # some call the page's address its source
    return isinstance(value, str) or (field == "id" and isinstance(value, int) and not isinstance(value, bool))
