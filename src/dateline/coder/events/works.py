"""What is told of a film, a novel or a game: it happened to nobody, however it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lang.links import Link

WORKS = words("events.works")
TOLD_IN_THE_PRESENT = words("events.works_told_in_the_present")
TELLING = words("events.telling_of_works")
IN = words("events.in_works")
PART_OF_WHAT_IS_TOLD: frozenset[Link] = frozenset({"conjunct", "content clause", "open clause"})


def told_in_work(trigger: Token) -> str | None:
    """Why the trigger tells of nothing that happened: a work says so, or it is what happens in one."""
    verb: Token | None = trigger
    while verb is not None:
        own = clause_of(verb)
        present = own.tense == "present"
        tellers = own.subjects if verb != trigger and verb.lemma_.lower() in TELLING else ()
        for work in (*own.after(*IN), *tellers):
            if _is_work(work, present=present):
                return f"it is told of what is invented: {work.text}"
        verb = own.governor if own.link in PART_OF_WHAT_IS_TOLD else None
    return None


def _is_work(noun: Token, *, present: bool) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in WORKS or (present and lemma in TOLD_IN_THE_PRESENT)
