"""Datelines: the place at the head of a report in an agency's manner ("KABUL (Agency) -", "CHARLESTON, W.Va. —")."""

from __future__ import annotations

import re

from dateline.lang.name_keys import fold
from dateline.resolve.gazetteer.lookup import ALTERNATE, Gazetteer
from dateline.resolve.places.document import FoundName

AT_HEAD = 120
"""Characters of a block in which the dateline at its head ends."""
LATER = 300
"""So many characters into its block a dateline may stand, after a headline."""
_AT_HEAD = re.compile(
    r"\s{0,3}([A-Z][A-Z'’.-]+(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4})\s{0,2}(?:\([^)\n]{1,40}\)\s{0,2})?[-–—:]"
)
_LATER = re.compile(
    r"(?<![A-Z])([A-Z]{4,}(?:[ -][A-Z]{3,}){0,2})(?:, [A-Z][A-Za-z.]{1,14})?"
    r"\s{0,2}(?:\([^)\n]{1,30}\)\s{0,2})?(?: [-–—]{1,2} |—)"
)
"""In capitals after a headline, a credit line or a page's name that the page left in its first paragraph."""


def dateline_place(text: str, start: int, end: int, gazetteer: Gazetteer) -> FoundName | None:
    """The place of the dateline in the block ``[start, end)``; None where it has none that the gazetteer knows."""
    match = _AT_HEAD.match(text, start, min(end, start + AT_HEAD))
    if match is None:
        match = _LATER.search(text, start, min(end, start + LATER))
    if match is None:
        return None
    name = match.group(1)
    for cut in (name, name.split(",")[0]):
        if fold(cut) and any(e.rank > ALTERNATE for e in gazetteer.lookup(cut)):
            return FoundName(match.start(1), match.start(1) + len(cut), "place")
    return None
