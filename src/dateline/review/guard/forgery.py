"""Whether a request comes of a page of ours: what browsers say of it in headers that no page can set.

A page elsewhere can have a browser send a form here, with the person's cookies. Browsers say where it comes from:
``Sec-Fetch-Site`` since 2023 where the connection is trusted, ``Origin`` with whatever may change something. A request
with neither comes of no browser, and holds no cookie that it was not given. The same way is gone by Go's
``net/http.CrossOriginProtection`` and by datasette.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
Own = Literal["same-origin", "none"]
"""What browsers say of a request that a page of ours, or the person at the address bar, has made."""
Inside = Literal["iframe", "frame", "object", "embed"]
"""What they say where a page is to stand within another one."""
_OWN, _INSIDE = get_args(Own), get_args(Inside)


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that another site has led here."""
    return headers.get("sec-fetch-site", "none") not in _OWN


def why_forged(method: str, headers: Mapping[str, str]) -> str | None:
    """Why a request is not taken, in words; None where it may come of a page of ours. Header names are lower case."""
    if method in SAFE:
        # A link elsewhere may lead here; a script, picture or frame elsewhere may not take in what a page shows.
        is_led = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") not in _INSIDE
        if is_from_elsewhere(headers) and not is_led:
            return "another site asks for this page to use it within its own; open it by itself"
        return None
    if is_from_elsewhere(headers):
        return "this was sent from a page of another site; open the workspace and do it there"
    origin = headers.get("origin")
    # The scheme is not compared: a proxy may speak TLS for us.
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return "this was sent from a page of another origin; open the workspace and do it there"
    return None
