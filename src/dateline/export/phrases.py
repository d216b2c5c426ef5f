"""What each event type is called in a neutral sentence: a verb and its object, with and without a recipient.

The words are the codebook's (``wording``) and depend on the type and mode alone, never on who acted, so that a swap of
sides changes nothing but the names. They say less than the reports do: what a report called it stays in its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.codebook.load import known_codebook
from dateline.codebook.model import Codebook, EventType, Wording
from dateline.export.safe import one_line
from dateline.lang.lexicon import words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb in three forms, and its object with a recipient (at ``{}``) and without."""

    base: str
    past: str
    participle: str
    toward: str
    alone: str


_IRREGULAR = {
    "beat": ("beat", "beaten"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "build": ("built", "built"),
    "burn": ("burned", "burned"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "drive": ("drove", "driven"),
    "fight": ("fought", "fought"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hold": ("held", "held"),
    "hurt": ("hurt", "hurt"),
    "keep": ("kept", "kept"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "let": ("let", "let"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "run": ("ran", "run"),
    "seek": ("sought", "sought"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "shut": ("shut", "shut"),
    "speak": ("spoke", "spoken"),
    "spread": ("spread", "spread"),
    "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken"),
    "tear": ("tore", "torn"),
    "throw": ("threw", "thrown"),
    "withdraw": ("withdrew", "withdrawn"),
    "withhold": ("withheld", "withheld"),
    "write": ("wrote", "written"),
}
_DOUBLING = words("phrases.doubling_verbs")


def phrase(codebook: str, type: str, mode: str | None) -> Phrase:
    """The phrase of a type and mode, in the words of the codebook that a coding names ("plover 1.0").

    A mode without words of its own takes its type's; a type without any is told by its name.
    """
    words = _wording(known_codebook(codebook), type, mode)
    if words is None:
        own = f"in an event of type {label(type, mode).replace('{}', '')}"
        words = Wording("take part", own, f"{own} concerning {{}}")
    past, participle = _forms(words.verb)
    return Phrase(words.verb, past, participle, words.toward, words.alone)


def _wording(codebook: Codebook | None, type: str, mode: str | None) -> Wording | None:
    if codebook is None:
        return None
    kinds: tuple[EventType, ...] = codebook.types + (codebook.recodes.types if codebook.recodes else ())
    kind = next((kind for kind in kinds if kind.name == type), None)
    if kind is None:
        return None
    return next((m.wording for m in kind.modes if m.name == mode and m.wording), None) or kind.wording


def label(type: str, mode: str | None) -> str:
    """The type and mode as a heading shows them: "Protest: demo"."""
    name = one_line(type.replace("_", " "), 80)
    name = name.capitalize() if name.isupper() else name
    return f"{name}: {one_line(mode.replace('_', ' '), 80)}" if mode else name


def _forms(verb: str) -> tuple[str, str]:
    """The past and the participle of a verb, with the words that belong to it ("carry out")."""
    first, space, rest = verb.partition(" ")
    past, participle = _IRREGULAR.get(first) or (_regular(first), _regular(first))
    return past + space + rest, participle + space + rest


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLING else "") + "ed"
