"""Plans, plots and orders, whose infinitive tells what is planned, whatever the parser hangs it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lang.governors import governor

if TYPE_CHECKING:
    from spacy.tokens import Token


def plan_before(verb: Token) -> Token | None:
    """The noun of plan right before an infinitive ("foiled a plot to bomb a church"), or None.

    The parser hangs the infinitive on the verb as often as on the noun; a verb before the noun that goes with an
    infinitive of its own ("asked the mission to leave") keeps it.
    """
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "auxiliary"), None)
    if to is None or to.i == 0 or verb.head.i >= to.i:
        return None
    noun = verb.doc[to.i - 1]
    found = governor(noun) if noun.pos_ == "NOUN" and noun != verb.head else None
    above = governor(verb.head)
    if found is None or found.says.modality != "planned" or (above is not None and above.kind != "prevent"):
        return None
    return noun
