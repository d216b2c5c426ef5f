"""What a word says of the act it governs: "plans to march", "refused to march", "tried to march", "will march".

The words of a language stand in its lexicon, sorted into the classes that are told here (lists
``modality.governors``, ``modality.governing_adjectives``, ``modality.governing_nouns`` and ``modality.modals``). What a
class says holds in every language, and stands here once for all who ask: how the act stands to the facts, and whether
its day lies ahead of the governor's. So an act cannot be told as planned and be dated as past.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.lang.lexicon import class_of, in_use
from dateline.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

Day = Literal["ahead", "same"]


@dataclass(frozen=True, slots=True)
class Says:
    """What a class of governors says of what it governs.

    ``modality``: how it stands to the facts; None where that is left to what stands above the governor. ``day``: its
    day is still to come when the governor is said, or is that of the governor; None where the class tells nothing.
    """

    modality: Modality | None = None
    day: Day | None = None


GOVERNORS: Mapping[str, Says] = {
    "plan": Says("planned", "ahead"),
    "promise": Says("planned", "ahead"),
    "wish": Says("planned", "ahead"),
    "decide": Says("planned", "same"),
    "order": Says("planned", "same"),
    "ask": Says("hypothetical", "ahead"),
    "allow": Says("hypothetical"),
    "prospect": Says("hypothetical"),
    "refuse": Says("negated", "same"),
    "deny": Says("negated"),
    "prevent": Says("negated"),
    "fail": Says("negated", "same"),
    "attempt": Says(None, "same"),
    "happen": Says(None, "same"),
    "seem": Says("possible", "same"),
    "believe": Says("possible"),
}
"""The classes of verbs, adjectives and nouns that govern an act."""
MODALS: Mapping[str, Says] = {
    "will": Says("planned", "ahead"),
    "would": Says("hypothetical", "ahead"),
    "clipped_would": Says(),
    "should": Says("hypothetical", "ahead"),
    "must": Says("hypothetical", "ahead"),
    "may": Says("possible", "ahead"),
    "could": Says("possible"),
    "can": Says("hypothetical"),
}
"""The classes of modal auxiliaries."""
_LISTS: Mapping[str, str] = {
    "VERB": "modality.governors",
    "AUX": "modality.governors",
    "ADJ": "modality.governing_adjectives",
    "NOUN": "modality.governing_nouns",
    "PROPN": "modality.governing_nouns",
}


@dataclass(frozen=True, slots=True)
class Governor:
    """A word with its class; ``list`` and ``form`` say where the lexicon has it."""

    kind: str
    says: Says
    list: str
    form: str

    @property
    def source(self) -> str:
        """File and line where the lexicon has the word ("modality.yaml:14")."""
        return in_use()[self.list].source(self.form)


def governor(word: Token) -> Governor | None:
    """What the word is as a governor of acts; None where it says nothing of what hangs on it."""
    name = _LISTS.get(word.pos_)
    if name is None:
        return None
    forms = (word.lower_, word.lemma_.lower()) if name != _LISTS["NOUN"] else (word.lemma_.lower(),)
    return _found(name, forms, GOVERNORS)


def modal(word: Token) -> Governor | None:
    """What the word is as a modal auxiliary; None where it is none."""
    return _found("modality.modals", (word.lower_,), MODALS)


def _found(name: str, forms: tuple[str, ...], classes: Mapping[str, Says]) -> Governor | None:
    for form in forms:
        kind = class_of(name, form)
        if kind is not None:
            return Governor(kind, classes[kind], name, form)
    return None
