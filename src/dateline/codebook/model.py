"""A codebook as frozen data: what may be coded, by which words, and with which worked examples.

The YAML file is read by :mod:`dateline.codebook.load`; these are the objects that the coder works with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.files.read import ReadFile
from dateline.model import CountKind, TypeWording, Wording

PartOfSpeech = Literal["VERB", "NOUN", "ADJ"]
RoleName = Literal["actor", "recipient"]

SpeaksOf = Literal["plan", "deed"]
"""What an act in words is about: an act that has not happened, or one that was done."""

Things = Literal["never", "last", "unless_named", "unless_owned", "always"]
"""Whether a thing, and not only someone who can act, is what the event is done to (see :class:`EventType`)."""

Slot = str
"""Where a role's words stand beside the trigger.

``subject`` (also the by-agent of a passive), ``object`` (also the subject of a passive), ``possessive`` ("the
army's raid"), ``compound`` ("police raid"), ``complement`` (the clause that the verb governs), ``obliged`` (who must
act in that clause: "says the army must leave"), or a preposition as it is written ("by", "of", "against", "on", "with",
"to", "from", "between", "in front of"). In conditions also ``particle`` (the "up" of "tear up"), ``negation`` (``*``:
the trigger is negated, "will not lift"), ``beside`` (what the light verb of a noun brings in: "carried out a robbery at
a gallery") and several slots joined by a slash, of which one is enough ("of/compound").
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
    made_of: str | None = None
    """The word of the file that this one is made of ("seizure" of "seize")."""


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """What an example must give; None and empty fields are not checked. Role words are compared by containment."""

    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    modality: str | None = None
    historical: bool | None = None


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
    people_only: bool = False
    """Done to people alone: words that name it are no event of this type where they touch a thing or an idea."""
    wording: Wording | None = None
    sub_event: str | None = None
    """In a codebook that recodes another: the sub-event of the crosswalk that counts as this mode."""
    done_to_actors: bool = False
    """The same: where the event was found as something done to people, they are the actors here, and who did it is the
    other side (the marchers who were fired on held the protest)."""


ALSO_COUNTED: tuple[CountKind, ...] = ("killed", "injured", "arrested", "missing", "displaced")


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of the codebook. What decides how its events are read is told by the properties from ``of`` on."""

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
    threatened_as: str | None = None
    """The type that it counts as between two parties while it is still to come ("will shell the port" is a THREATEN):
    what the one does to the other today is to threaten it. The event itself keeps its type and is planned."""
    of: RoleName = "recipient"
    """Who stands after the "of" of its nouns: the recipient ("the arrest of") or the actor ("a rally of")."""
    things: Things = "unless_owned"
    """Whether a thing is a recipient. ``never``: only who can act is. ``last``: a thing or a deed is, where somebody
    acts and nobody is named to whom it is done ("rejected the referendum"). ``unless_named``: not a thing that a
    ``when`` asks for, which is part of what is done ("impose a blockade"). ``unless_owned``: not where the words tell
    whose it is ("the water of the village"). ``always``: whoever owns it ("the party's flag")."""
    gathering: bool = False
    """People come together for it: the participants are counted, and a place before its noun says where it was, not
    who did it ("the Delhi march")."""
    for_places: bool = False
    """Done for or against a place's people where nobody else is named ("sent flour to Aleppo")."""
    mutual: bool = False
    """Where two sides act upon each other, all are actors and nobody is the recipient ("the militias clashed")."""
    public_life: bool = False
    """In a report of another subject (sport, business, the arts) it is coded only where somebody of public life takes
    part in it, or people come to harm (see :mod:`dateline.coder.events.subject`)."""
    speaks_of: SpeaksOf | None = None
    """``plan``: it speaks of an act that has not happened and is no event of its own ("threatened to attack").
    ``deed``: it judges what was done, and its recipient is who did it, not who suffered it."""
    counts: tuple[CountKind, ...] = ()
    """The kinds of number that are its own: they belong to it from the sentences around it too."""
    also_counts: tuple[CountKind, ...] = ALSO_COUNTED
    """The kinds of number that belong to it where its own sentence has no event whose own they are."""
    derive: bool = True
    """Words made of its words count too (see :mod:`dateline.codebook.reading.derive`)."""
    wording: Wording | None = None
    level: int = 0
    """How many codebooks the file that first names the type extends: its own types go before theirs."""
    given: frozenset[str] = frozenset()
    """The properties that a file writes out: these go before those of a codebook that it extends."""

    @property
    def in_words(self) -> bool:
        """An act in words (quad 1 or 3), which only somebody who can speak does."""
        return self.quad in {1, 3}


@dataclass(frozen=True, slots=True)
class Context:
    """A topic that an event can touch, found by words in the event's sentence."""

    name: str
    definition: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What an event must be like: its type, its mode, its contexts, what holds of it and the words of its sentence.

    An empty field fits anything. A mode or a condition after ``not`` must not be its mode or hold of it; the mode
    ``none`` is that of an event without a mode. Conditions are names of
    :mod:`dateline.codebook.crosswalk.conditions` or of the codebook's own :class:`Condition`.
    """

    type: str = ""
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Words or phrases of which the event's sentence must hold one."""
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the codebook's own: it holds where a row fits the event, or one told of at the same place."""

    name: str
    definition: str
    itself: tuple[Row, ...] = ()
    beside: tuple[Row, ...] = ()
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One row of a crosswalk. Rows are tried in order: the first that fits gives its code, None for no code."""

    row: Row
    code: str | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that may be coded, versioned. ``lists`` are the word lists that frames name as ``@name``."""

    name: str
    version: str
    description: str
    types: tuple[EventType, ...]
    contexts: tuple[Context, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    acled: tuple[Crossing, ...] = ()
    cameo: tuple[Crossing, ...] = ()
    conditions: tuple[Condition, ...] = ()
    recodes: Codebook | None = None
    """The codebook whose words find the events, which this one sorts anew by the sub-events of the crosswalk."""
    source: str = ""
    files: tuple[ReadFile, ...] = ()
    """Every file that was read for it, in order: its own, what that includes and extends, and the codebook it recodes.
    """

    def wordings(self, kinds: Iterable[tuple[str, str | None]]) -> tuple[TypeWording, ...]:
        """Its wordings for types and modes, in its own order: those of the types, and of the modes that have their own.

        Where it recodes another codebook, that one words the types that this one lacks.
        """
        wanted = set(kinds)
        wanted |= {(name, None) for name, _ in wanted}
        types = {kind.name: kind for kind in (*(self.recodes.types if self.recodes else ()), *self.types)}
        found: list[TypeWording] = []
        for kind in types.values():
            for mode, words in ((None, kind.wording), *((mode.name, mode.wording) for mode in kind.modes)):
                if words is not None and (kind.name, mode) in wanted:
                    found.append(TypeWording(words.verb, words.alone, words.toward, kind.name, mode))
        return tuple(found)
