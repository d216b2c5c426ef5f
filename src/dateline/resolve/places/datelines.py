"""Datelines: the place at the head of a report in an agency's manner ("KABUL (Agency) -", "CHARLESTON, W.Va. —")."""

from __future__ import annotations

import re

from dateline.lang.en.placing.datelines import Dateline, read_dateline
from dateline.resolve.gazetteer.lookup import ALTERNATE, Gazetteer
from dateline.resolve.places.document import FoundName

LATER = 300
"""So many characters into its block a dateline may stand, after a headline."""
_LATER = re.compile(
    r"(?<![A-Z])([A-Z]{4,}(?:[ -][A-Z]{3,}){0,2})(?:, [A-Z][A-Za-z.]{1,14})?"
    r"\s{0,2}(?:\([^)\n]{1,30}\)\s{0,2})?(?: [-–—]{1,2} |—)"
)
"""In capitals after a headline, a credit line or a page's name that the page left in its first paragraph."""


def dateline_places(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Dateline | None, list[FoundName]]:
    """The head of the block ``[start, end)``, and the places of it that the gazetteer knows, in order."""
    head = read_dateline(text, start, end)
    spans = head.towns if head is not None else ()
    if head is None and (later := _LATER.search(text, start, min(end, start + LATER))):
        spans = (later.span(1),)
    known = (span for span in spans if any(e.rank > ALTERNATE for e in gazetteer.lookup(text[slice(*span)])))
    return head, [FoundName(a, b, "place") for a, b in known]
