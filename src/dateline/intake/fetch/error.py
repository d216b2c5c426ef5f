"""What to do about what cannot be fetched."""

from __future__ import annotations

from dateline.errors import FetchError

__all__ = ["AGAIN", "BY_HAND", "FetchError"]

BY_HAND = "open it in a browser, save the page, and give the file"
AGAIN = "try again later, or open it in a browser, save the page, and give the file"
