"""The tense of the clause around a phrase: past, present or future, as its verb and the verbs above it say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.lang.governors import governor, modal
from dateline.lang.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.lang.governors import Governor

_PLANS_NOUNS = words("modality.plans_nouns")
_SETS_FOR_DAY = words("modality.sets_for_day")
_STEPS = 12
"""How many heads are climbed at most: enough for real sentences, bounded for lists without end."""


def tense_reader(doc: Doc) -> Callable[[int, int], str | None]:
    """A function that tells the tense ("past", "present", "future" or None) around the characters ``[start, end)``."""
    offsets = [token.idx for token in doc]

    def tense_at(start: int, end: int) -> str | None:
        first = bisect_right(offsets, start) - 1
        last = bisect_right(offsets, max(start, end - 1)) - 1
        if first < 0:
            return None
        return clause_tense(doc[first : last + 1].root)

    return tense_at


def clause_tense(token: Token) -> str | None:
    """The tense of the nearest clause above the token; none for a date that only marks a noun ("Friday's vote")."""
    if token.dep_ in ("possessor", "compound", "noun modifier"):
        return None
    before = ""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("auxiliary", "passive auxiliary"):
            tense = _verb_tense(token, before)
            if tense is not None:
                return tense
            before = ""
        if token.head is token or token.head.i == token.i:
            return None
        before = token.lower_ if token.dep_ == "preposition" else before
        token = token.head
    return None


def _verb_tense(verb: Token, before: str) -> str | None:
    """The tense of a verb; ``before`` is the preposition on the way up to it ("called a strike for Monday")."""
    for_day = before == "for"
    helpers = [c for c in verb.children if c.dep_ in ("auxiliary", "passive auxiliary")]
    words = {h.lower_ for h in helpers}
    perfect = words & {"have", "had", "has", "'ve", "’ve", "having"}
    if not perfect and any(_lies_ahead(modal(h)) for h in helpers):
        return "future"
    planned = _plans(verb, for_day=for_day)
    if planned and perfect and "had" not in perfect:
        return "future"  # "has scheduled a vote for Monday"; what had been scheduled is past
    if perfect or words & {"did"}:
        return "past"
    if "to" in words and verb.tag_ in ("VB", "VBN"):
        return "future" if before == "by" else _infinitive_tense(verb)  # "were told to leave by Friday"
    if planned and (for_day or verb.tag_ == "VBN" or words & {"is", "are", "was", "were"}):
        return "future"
    if words & {"was", "were", "been"}:
        return "past"
    if words & {"is", "are", "'s", "’s", "am", "'re"}:
        return "future" if verb.tag_ == "VBG" or words & {"be"} else "present"
    if verb.tag_ in ("VBZ", "VBP") and _awaited(verb):
        return "future"
    if verb.tag_ == "VBN" and not helpers and verb.dep_ == "conjunct":
        return None  # "was stopped and arrested": its helper stands at the verb before it
    if verb.tag_ in ("VBD", "VBN"):
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if planned else "present"  # "plans a march on Friday"
    return None


def _awaited(verb: Token) -> bool:
    """As in "is due in the city on Friday", "are ready for Monday"."""
    adjectives = (governor(c) for c in verb.children if c.dep_ == "adjective complement" and c.pos_ == "ADJ")
    return any(found is not None and found.kind == "plan" for found in adjectives)


def _plans(verb: Token, *, for_day: bool) -> bool:
    """Whether a day beside the verb is that of what it plans: of its infinitive, or of its object ("set for Friday").

    "Has agreed to meet on Friday" is such a verb, and "has agreed the terms on Friday" is none.
    """
    lemma = verb.lemma_.lower()
    if for_day and lemma in _SETS_FOR_DAY:
        return True
    return _lies_ahead(governor(verb)) and (lemma in _PLANS_NOUNS or any(_is_infinitive(c) for c in verb.children))


def names_day(verb: Token) -> bool:
    """Whether a "for" below the verb brings in a day or a time ("called a strike for Monday")."""
    days = (g for c in verb.subtree if c.dep_ == "preposition" and c.lower_ == "for" for g in c.children)
    return any(g.ent_type_ in ("DATE", "TIME") for g in days)


def _lies_ahead(word: Governor | None) -> bool:
    return word is not None and word.says.day == "ahead"


def _is_infinitive(verb: Token) -> bool:
    clause = verb.dep_ in ("open clause", "content clause")
    return clause and any(c.lower_ == "to" and c.dep_ == "auxiliary" for c in verb.children)


def _infinitive_tense(verb: Token) -> str | None:
    above = governor(verb.head)
    if above is not None and above.says.day == "same":
        return None  # the tense of the verb above, which is looked at next
    if _lies_ahead(above):
        return "past" if any(c.lower_ == "had" for c in verb.head.children) else "future"
    if verb.dep_ in ("open clause", "content clause"):
        # what people were forced or told to do is of the time of the finite verb, unless that is present or "to be"
        finite = verb.head.head if verb.head.pos_ == "ADJ" else verb.head  # "is unlikely to march"
        return "future" if verb.head.pos_ == "AUX" or finite.tag_ in ("VBZ", "VBP") else None
    return "future" if verb.dep_ in ("noun clause", "relative clause") else None
