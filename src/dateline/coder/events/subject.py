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

from dateline.lang.en.forms import singulars
from dateline.lang.lexicon import Table, class_of, classes, words
from dateline.model import CODED_BLOCKS
from dateline.resolve.authority.lists import built_in_authority

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dateline.codebook.model import EventType
    from dateline.coder.events.model import Mention
    from dateline.model import Date, Report, Span

FEWEST, FEWEST_OF_SEVERAL = 3, 5
"""Different words of a subject that a report must have for it to be about it, and of several together."""
SHARE = 0.025
"""Of all its words, how many must be such."""
AGAINST, AGAINST_INVENTED = 3, 1
"""For one word of public life, how many; fewer in a report of films, books and games, which have their own soldiers."""
SEVERAL, A_CROWD = 2, 10
"""People harmed by somebody of public life who are counted though no day is told, and people who come together."""
SHOWN = 4
"""Words that are given as the reason."""
KINDS: Table[frozenset[str]] = classes("subjects.kinds")
PARTIES = words("subjects.parties")
PUBLIC_LIFE = words("subjects.public_life")
WORKING = words("subjects.working")
MISHAPS = words("subjects.mishaps")
DELIBERATE = words("subjects.deliberate")
HARMING = words("harm.harming")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
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
    if not told or told < SHARE * total:
        return None
    by_subject: Counter[str] = Counter()
    for (name, _), times in found.items():
        by_subject[name] += times
    name = max(by_subject, key=lambda subject: (by_subject[subject], subject))
    if told < public * (AGAINST_INVENTED if name in KINDS["invented"] else AGAINST):
        return None
    shown = [word for (subject, word), _ in found.most_common() if subject == name]
    if len(shown) < FEWEST and len(found) < FEWEST_OF_SEVERAL:
        return None
    return Subject(name, tuple(shown[:SHOWN]))


def _words_of(report: Report) -> Iterator[str]:
    texts = [report.title or "", *(report.text[b.start : b.end] for b in report.blocks if b.kind in CODED_BLOCKS)]
    return (found.group().lower() for text in texts for found in _WORD.finditer(text))


def mishap_of(report: Report) -> str | None:
    """The word by which a report tells of an accident or a disaster, where it tells of nothing deliberate."""
    found = None
    for word in _words_of(report):
        for form in singulars(word):
            if form in DELIBERATE:
                return None
            if found is None and form in MISHAPS:
                found = word
    return found


def why_nobody_harmed(mention: Mention, mishap: str | None) -> str | None:
    """Why people who are only said to have been killed or hurt were harmed by nobody: the report tells of a mishap."""
    if mishap is None or mention.actors or mention.root.lemma_.lower() not in HARMING:
        return None
    return f"{mention.type}: nobody is said to have done it, and the report tells of {mishap!r}"


def why_not_of_public_life(mention: Mention, kind: EventType, subject: Subject | None, date: Date | None) -> str | None:
    """Why an event of a report about another subject is not coded: nobody of public life takes part in it."""
    if subject is None or not kind.public_life:
        return None
    about = f"{mention.type}: the report is about {subject}"
    public = _public_life_takes_part(mention, kind, subject)
    on_a_day = date is not None and date.precision == "day"
    if subject.name in KINDS["invented"] and not on_a_day and not (public and _counts(mention, kind, SEVERAL)):
        return f"{about}, and no day is told"
    if subject.name in KINDS["befallen"] and kind.in_words and not mention.recipients:
        return f"{about}, and it is said to nobody"
    befallen = subject.name in KINDS["befallen"] and mention.mode is None
    if public or (not befallen and _counts(mention, kind, A_CROWD if kind.gathering else 1)):
        return None
    return f"{about}, and nobody of public life takes part"


def _counts(mention: Mention, kind: EventType, fewest: int) -> bool:
    """Whether so many people are counted whom the event harmed, and who are named, or who came together for it."""
    if not kind.gathering and not mention.recipients:
        return False
    figures = [(c.low, c.best, c.high) for c in mention.counts if c.kind in kind.counts]
    return any(number is not None and number >= fewest for figure in figures for number in figure)


def _public_life_takes_part(mention: Mention, kind: EventType, subject: Subject) -> bool:
    """Whether a party of public life does it or has it done to them, or is told of where people gather.

    A body or a country of the authority list that acts is one; in a report of sport a country only beside another,
    for its team has its name.
    """
    if any(_in(span, PARTIES) for span in (*mention.actors, *mention.recipients)):
        return True
    teams = subject.name in KINDS["of teams"] and not _in(mention.sentence, PARTIES)
    for entry in (built_in_authority().find(_ARTICLE.sub("", span.quote)) for span in mention.actors):
        if entry is not None and not (teams and entry.kind == "country"):
            return True
    return kind.gathering and (_in(mention.sentence, PARTIES) or _in(mention.sentence, WORKING))


def _in(span: Span, listed: Container[str]) -> bool:
    return any(form in listed for found in _WORD.finditer(span.quote.lower()) for form in singulars(found.group()))
