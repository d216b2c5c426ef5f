"""Addresses without what changes and leads to the same page, by which a report is known again."""

from __future__ import annotations

import re
from hashlib import sha256

_SCHEME = re.compile(r"https?://(?:www\.)?", re.I)
LONGEST = 2_000
"""Bytes of an address that databases look up by; of a longer one there is its beginning and a hash of the whole."""


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
    if "/" not in known and "?" not in known:
        return None
    whole = known.encode("utf-8", "surrogatepass")
    if len(whole) <= LONGEST:
        return known
    return f"{whole[: LONGEST - 65].decode('utf-8', 'ignore')}~{sha256(whole).hexdigest()}"
