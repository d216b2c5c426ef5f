"""A day that opens a sentence is set apart from what follows, as careful writers do: "On 5 March(,) police ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.lang.base import load_language
from dateline.lang.lexicon import words
from dateline.resolve.dates import find_dates

DATE_OPENINGS = words("modality.date_openings")
JOINING_DAYS = words("text.joining_days")
DAYS = ("day", "time")
LONGEST = 60
"""Characters behind the word that opens a sentence in which such a day ends."""
_OPENING = re.compile(r"(?P<first>[^\W\d_]{1,12})(?=(?:(?: [A-Z][^\W\d_]{1,20}){1,3} (?P<second>[a-z]{1,8}) )?) ")
"""The word before the day: the sentence's first, or the one behind a name ("On 5 March", "In Cairo on 5 March")."""
_NEXT = re.compile(r"(?:(?<=\D) | (?=\D))(?P<word>[^\W_]+)")
"""The space and the word behind a day; a comma between two numbers would make one of them."""


def set_days_apart(text: str, report: str, starts: Iterable[int], language: str) -> str:
    """A copy of the text, of the same length, that has a comma for the space behind such a day.

    Without it parsers take the day for a word of what follows: somebody called "5 March police". ``report`` is what
    the text was made from, in which days are looked for; ``starts`` are the offsets of the sentences.
    """
    regions: list[tuple[int, int]] = []
    begins: set[int] = set()
    for opening in (m for at in starts if (m := _OPENING.match(text, at))):
        ends = [opening.end(n) for n, word in enumerate(opening.groups(), 1) if (word or "").lower() in DATE_OPENINGS]
        begins.update(end + 1 for end in ends)
        regions += [(ends[0], ends[0] + LONGEST)] if ends else []
    if not regions:
        return text
    marked = list(text)
    for day in find_dates(report, None, regions=regions, phrases=load_language(language).date_phrases()):
        behind = _NEXT.match(text, day.end)
        if behind is None or day.start not in begins or day.precision not in DAYS:
            continue
        if behind["word"].lower() in JOINING_DAYS:
            begins.add(behind.end() + 1)  # "between 3 and 5 March", "on Monday and Tuesday"
        else:
            marked[day.end] = ","
    return "".join(marked)
