"""What each event type is called in a neutral sentence: a verb and its object, with and without a recipient.

The words are the codebook's (``wording``), which every coding has with it, and depend on the type and mode alone, never
on who acted, so that a swap of sides changes nothing but the names. They say less than the reports do: what a report
called it stays in its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.codebook.load import installed_codebook
from dateline.export.safe import one_line
from dateline.lang.lexicon import Table, table, words
from dateline.model import Coding, TypeWording, Wording


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb in three forms, and its object with a recipient (at ``{}``) and without."""

    base: str
    past: str
    participle: str
    toward: str
    alone: str


_MOST = 240
_IRREGULAR: Table[str] = table("phrases.irregular_verbs")
"""The past and the participle of each verb, parted by a space."""
_DOUBLING = words("phrases.doubling_verbs")


def phrase(codings: Iterable[Coding], type: str, mode: str | None) -> Phrase:
    """The phrase of a type and mode, in the words that the first of these codings has for it.

    A mode without words of its own takes its type's; a type without any is told by its name.
    """
    wordings = [wording for coding in codings for wording in _wordings(coding, type, mode) if wording.type == type]
    told: Wording | None = next((w for m in (mode, None) for w in wordings if w.mode == m), None)
    if told is None:
        own = f"in an event of type {label(type, mode).replace('{}', '')}"
        told = Wording("take part", own, f"{own} concerning {{}}")
    # A coding may come from elsewhere, and its words too.
    verb, alone, toward = (one_line(text, _MOST) for text in (told.verb, told.alone, told.toward))
    past, participle = _forms(verb)
    return Phrase(verb, past, participle, toward, alone)


def _wordings(coding: Coding, type: str, mode: str | None) -> tuple[TypeWording, ...]:
    """The coding's own, or those of the installed codebook that it names: a person's coding may have none with it."""
    book = None if coding.wordings else installed_codebook(coding.coder.codebook)
    return book.wordings([(type, mode)]) if book else coding.wordings


def label(type: str, mode: str | None) -> str:
    """The type and mode as a heading shows them: "Protest: demo"."""
    name = one_line(type.replace("_", " "), 80)
    name = name.capitalize() if name.isupper() else name
    return f"{name}: {one_line(mode.replace('_', ' '), 80)}" if mode else name


def _forms(verb: str) -> tuple[str, str]:
    """The past and the participle of a verb, with the words that belong to it ("carry out")."""
    first, space, rest = verb.partition(" ")
    past, participle = _IRREGULAR[first].split() if first in _IRREGULAR else (_regular(first), _regular(first))
    return past + space + rest, participle + space + rest


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLING else "") + "ed"
