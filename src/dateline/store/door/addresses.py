"""Addresses without what changes and leads to the same page, by which a report is known again."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"https?://(?:www\.)?", re.I)


def address_of(url: str | None) -> str | None:
    """What an address is compared by; None for what leads to no page of its own, such as the front page of a site.

    Scheme, ``www.``, fragment, a slash at the end and the parameters by which visitors are counted (``utm_source``) do
    not count; the parameters that are left are sorted. Two addresses of one form are taken for one page.
    """
    if not url or not _SCHEME.match(url):
        return None
    from courlan import normalize_url

    try:
        bare = normalize_url(url, trailing_slash=False).partition("#")[0]
    except (ValueError, UnicodeError):
        return None
    known = _SCHEME.sub("", bare, count=1).rstrip("/?")
    return known if "/" in known or "?" in known else None
