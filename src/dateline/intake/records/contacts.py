"""E-mail addresses, telephone numbers and handles, which no field of a report may hold."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,255}")
_HANDLE = re.compile(r"(?<![\w@/.])@\w[\w.-]+")
_NUMBER = re.compile(r"(?<![\w.,])\+?\d[\d ().\-/\u00a0]{6,30}\d(?![\w%])")
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+")
"""A large number in groups of three digits, which is no telephone number."""
_FEWEST = 9
"""Digits that a telephone number without a plus has: as many as a day and no hour have are fewer."""
_LEFT = re.compile(r"\s*[<(\[{][\s,;:|-]*[>)\]}]")
_ENDS = " \t\r\n,;:|-–—'\"<>"
_SPACE = re.compile(r"\s+")


def without_contacts(value: str | None) -> str | None:
    """A short text on one line without e-mail addresses, telephone numbers and handles; None where nothing is left."""
    if value is None:
        return None
    bare = _HANDLE.sub(" ", ADDRESS.sub(" ", value))
    bare = _NUMBER.sub(lambda found: " " if _is_telephone(found[0]) else found[0], bare)
    if bare != value:
        bare = _LEFT.sub(" ", bare).strip(_ENDS).rstrip(" (")
    return _SPACE.sub(" ", bare).strip() or None


def has_contact(text: str) -> bool:
    """Whether a text holds an e-mail address or a telephone number."""
    return bool(ADDRESS.search(text)) or any(_is_telephone(found[0]) for found in _NUMBER.finditer(text))


def _is_telephone(number: str) -> bool:
    if _GROUPED.fullmatch(number):
        return False
    return number.startswith("+") or sum(map(str.isdigit, number)) >= _FEWEST
