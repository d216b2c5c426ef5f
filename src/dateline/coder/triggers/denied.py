"""What one tells and another denies: "villagers said soldiers had shot him; the police denied it".

The denial is of what was told, and never of the telling: who alleged it has alleged it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lang.clause import clause_of
from dateline.lang.governors import governor
from dateline.lang.lexicon import table, words
from dateline.model import Because, Modality
from dateline.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLD_MATTERS = words("modality.told_matters")
POINTING_BACK = words("modality.pointing_back")
DISMISSING = words("modality.dismissing")
TELLING_VERBS = table("cues.verbs")
STEPS = 8

DENIED_BY_ANOTHER = rule("modality.denied-by-another", "told by one and denied by another")


def denies_what_was_told(verb: Token) -> bool:
    """Whether the verb denies what stands before it by a word for it: "denied it", "rejected the allegation"."""
    above = governor(verb)
    if verb.pos_ != "VERB" or not ((above and above.kind == "deny") or verb.lemma_.lower() in DISMISSING):
        return False
    return any(_points_back(word) for word in clause_of(verb).hung("object"))


def _points_back(word: Token) -> bool:
    if word.lower_ in POINTING_BACK:
        return True
    own = clause_of(word)
    return word.lemma_.lower() in TOLD_MATTERS and not own.has("noun clause", "relative clause", "preposition")


def denied_by_another(trigger: Token) -> tuple[Modality, Because] | None:
    """What an act that somebody tells of is where the same sentence or the next denies that: possible, and no more."""
    if not _is_told(trigger):
        return None
    for verb in _verbs_behind(trigger):
        if denies_what_was_told(verb) and not clause_of(verb).negated:
            return "possible", DENIED_BY_ANOTHER.because(verb.text)
    return None


def _is_told(trigger: Token) -> bool:
    """Whether the act is what a verb of telling governs, that of denial aside."""
    here = trigger
    for _ in range(STEPS):
        own = clause_of(here)
        if own.governor is None:
            return False
        if own.link == "content clause" and "clause" in TELLING_VERBS.get(own.governor.lemma_.lower(), frozenset()):
            return not denies_what_was_told(own.governor)
        here = own.governor
    return False


def _verbs_behind(trigger: Token) -> Iterator[Token]:
    """The verbs behind the act in its sentence, and the main verb of the next."""
    sentence = trigger.sent
    yield from (word for word in sentence if word.i > trigger.i and word.pos_ == "VERB")
    if sentence.end < len(trigger.doc):
        yield trigger.doc[sentence.end].sent.root
