"""A codebook as frozen data: what may be coded, by which words, and with which worked examples.

The YAML file is read by :mod:`dateline.codebook.load`; these are the objects that the coder works with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartOfSpeech = Literal["VERB", "NOUN", "ADJ"]
RoleName = Literal["actor", "recipient"]

Slot = str
"""Where a role's words stand beside the trigger.

``subject`` (also the by-agent of a passive), ``object`` (also the subject of a passive), ``possessive`` ("the
army's raid"), ``compound`` ("police raid"), ``complement`` (the clause that the verb governs), or a preposition as it
is written ("by", "of", "against", "on", "with", "to", "from", "between", "in front of"). In conditions also
``particle`` (the "up" of "tear up") and ``negation`` (``*``: the trigger is negated, "will not lift").
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """The company a trigger keeps. Every condition given must hold; an empty frame always holds.

    ``actor`` and ``recipient`` list slots in the order in which they are tried; empty means the default of the
    trigger's part of speech. ``requires`` and ``excludes`` map a slot to words (lemmas, lower case, ``*`` for any
    word, or ``@name`` for one of the codebook's word lists); a condition on ``particle`` names a verb particle ("out"
    in "carry out"). ``text_requires`` and ``text_excludes`` are word lists looked for in the whole sentence.
    """

    actor: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    requires: tuple[tuple[Slot, tuple[str, ...]], ...] = ()
    excludes: tuple[tuple[Slot, tuple[str, ...]], ...] = ()
    text_requires: tuple[str, ...] = ()
    text_excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event. ``lemma`` is one word, or several that stand together ("hunger strike")."""

    lemma: str
    pos: PartOfSpeech
    frame: Frame = Frame()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    line: int = 0
    cameo: str | None = None
    """A CAMEO code more exact than the mode's, where the word alone tells it."""
    file: str = ""
    """The name of the codebook file that ``line`` counts in: a codebook may extend another."""


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """What an example must give; None and empty fields are not checked. Role words are compared by containment."""

    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the events of the type under test that it must give: none for a negative example."""

    text: str
    expect: tuple[ExpectedEvent, ...] = ()
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way in which events of a type happen."""

    name: str
    definition: str
    words: tuple[str, ...] = ()
    """Lemmas that, anywhere in the event's clause, choose this mode where the trigger names none."""
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of the codebook."""

    name: str
    definition: str
    quad: int | None = None
    cameo: str | None = None
    needs_recipient: bool = False
    modes: tuple[Mode, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    exclusions: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    line: int = 0
    planned_as: str | None = None
    """The type that an announced or promised event of this type counts as (a promised visit is an AGREE)."""
    refused_as: str | None = None
    """The type that a refusal to do it counts as ("will not release the men" is a REJECT)."""


@dataclass(frozen=True, slots=True)
class Context:
    """A topic that an event can touch, found by words in the event's sentence."""

    name: str
    definition: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcledRule:
    """One row of the crosswalk to ACLED-like sub-event types.

    Rows are tried in order: the first whose conditions hold gives the code. ``conditions`` are names that
    :mod:`dateline.codebook.crosswalk` knows how to check on a mention.
    """

    type: str
    modes: tuple[str, ...]
    conditions: tuple[str, ...]
    sub_event: str | None
    words: tuple[str, ...] = ()
    """Words or phrases of which the event's sentence must hold one; none means that any sentence will do."""
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class CameoRule:
    """One row of the crosswalk to CAMEO: the code of a type, in one of some modes, that touches a context."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    code: str
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that may be coded, versioned. ``lists`` are the word lists that frames name as ``@name``."""

    name: str
    version: str
    description: str
    types: tuple[EventType, ...]
    contexts: tuple[Context, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acled: tuple[AcledRule, ...] = ()
    cameo: tuple[CameoRule, ...] = ()
    source: str = ""
