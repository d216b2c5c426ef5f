"""What a report is about, judged from its words, and which acts are coded where that is not public life.

A report of sport, business or the arts speaks in words of conflict and of diplomacy ("the visitors attacked", "the
board rejected the offer"). Its subject is told by the words that it is full of (``subjects.words``), counted against
those of public life. In such a report a type that the codebook calls one of public life is coded only where a party
of public life takes part, or people come to harm.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.actors.country import is_country
from dateline.lang.en.forms import singulars
from dateline.lang.lexicon import Table, class_of, classes, words
from dateline.model import CODED_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dateline.codebook.model import EventType
    from dateline.coder.events.model import Mention
    from dateline.model import Date, Report, Span

FEWEST = 3
"""Different words of other subjects that a report must have for it to be about one."""
SHARE = 0.03
"""Of all its words, how many must be such."""
AGAINST, AGAINST_INVENTED = 3, 1
"""For one word of public life, how many; and in a report of films, books and games, which have soldiers of their own."""
SHOWN = 4
"""Words that are given as the reason."""
KINDS: Table[frozenset[str]] = classes("subjects.kinds")
PARTIES = words("subjects.parties")
PUBLIC_LIFE = words("subjects.public_life")
WORKING = words("subjects.working")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about where that is not public life, with the commonest words that show it."""

    name: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.words)})"


def subject_of(report: Report) -> Subject | None:
    """The subject that a report's coded words and title show, or None where it may be about public life."""
    total = public = 0
    found: Counter[tuple[str, str]] = Counter()
    for word in _words_of(report):
        forms = tuple(singulars(word))
        total += 1
        if any(form in PUBLIC_LIFE for form in forms):
            public += 1
        else:
            named = ((name, form) for form in forms if (name := class_of("subjects.words", form)))
            found.update([one for one in (next(named, None),) if one])
    told = found.total()
    if len(found) < FEWEST or told < SHARE * total:
        return None
    by_subject: Counter[str] = Counter()
    for (name, _), times in found.items():
        by_subject[name] += times
    name = max(by_subject, key=lambda subject: (by_subject[subject], subject))
    if told < public * (AGAINST_INVENTED if name in KINDS["invented"] else AGAINST):
        return None
    shown = [word for (subject, word), _ in found.most_common() if subject == name]
    return Subject(name, tuple(shown[:SHOWN]))


def _words_of(report: Report) -> Iterator[str]:
    texts = [report.title or "", *(report.text[b.start : b.end] for b in report.blocks if b.kind in CODED_BLOCKS)]
    return (found.group().lower() for text in texts for found in _WORD.finditer(text))


def why_not_of_public_life(mention: Mention, kind: EventType, subject: Subject | None, date: Date | None) -> str | None:
    """Why an event of a report about another subject is not coded: nobody of public life takes part in it."""
    if subject is None or not kind.public_life:
        return None
    about = f"{mention.type}: the report is about {subject}"
    if subject.name in KINDS["invented"] and date is None:
        return f"{about}, and no day is told"
    if any(_of_public_life(span, subject) for span in (*mention.actors, *mention.recipients)):
        return None
    if kind.gathering and any(_in(span, WORKING) for span in mention.actors):
        return None
    harmed = {count.kind for count in mention.counts if count.best != 0} & set(kind.counts)
    if harmed and (mention.mode or subject.name not in KINDS["befallen"]):
        return None
    return f"{about}, and nobody of public life takes part"


def _of_public_life(span: Span, subject: Subject) -> bool:
    """Whether the words name a party of public life: a country is one, and in a report of sport a team."""
    return _in(span, PARTIES) or (subject.name not in KINDS["of teams"] and is_country(span.quote))


def _in(span: Span, listed: Container[str]) -> bool:
    return any(form in listed for found in _WORD.finditer(span.quote.lower()) for form in singulars(found.group()))
