"""People by role in what is published to everybody.

Roles are put in words by the coder, which the export of what is told already does without: see
:mod:`dateline.export.leaving.confidential`.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.coder.actors.neutral_names import role_in_words
from dateline.coder.actors.shown import is_private
from dateline.export.withheld import withheld
from dateline.model import Actor, Coding

_NOBODY = "a person"


def by_role(coding: Coding) -> Coding:
    """The coding with every private person by role, also where the project keeps names; the report's words withheld.

    For what is published to everybody: `names: keep` is a choice for the project's own work.
    """
    actors = tuple(_by_role(actor) if is_private(actor) else actor for actor in coding.actors)
    notes = tuple(note for note in coding.notes if note.code != "names-kept")
    return withheld(replace(coding, actors=actors, notes=notes))


def _by_role(actor: Actor) -> Actor:
    named = role_in_words(actor.role) if actor.role else None
    return replace(actor, name=named or _NOBODY, flags=(), because=tuple(replace(b, matched="") for b in actor.because))
