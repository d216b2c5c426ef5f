"""What the rows of a crosswalk can ask of a mention beyond its type, mode, contexts and words.

A condition that the report does not settle does not hold. Who is what is told by
:mod:`dateline.codebook.crosswalk.sides`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.codebook.crosswalk.sides import Kind, Side, sides_of
from dateline.lang.en.people import singular
from dateline.lang.lexicon import any_of, words
from dateline.model import Count, Modality


@dataclass(frozen=True, slots=True)
class MentionFacts:
    """What the crosswalk needs to know of a mention.

    ``actors`` and ``recipients`` are the words of the participants, each with its sector in ``actor_sectors`` and
    ``recipient_sectors`` (shorter or empty where sectors are not known). ``trigger`` is the event's words, ``sentence``
    those of its sentence but for its dates, ``cameo`` the trigger's own CAMEO code; ``modality`` tells whether it
    happened. ``same_place`` are the other asserted mentions of the report at the same place, on the same day.
    """

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actor_sectors: tuple[str, ...] = ()
    recipient_sectors: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sentence: str = ""
    trigger: str = ""
    cameo: str | None = None
    modality: Modality = "asserted"
    same_place: tuple[MentionFacts, ...] = ()


_NOBODY_NEW = words("conditions.nobody_new")
_FEW = words("conditions.few")
_GROUPS = words("conditions.groups")
_SEVERAL_SIDES = words("conditions.several_sides")
_DISPERSAL = any_of(words("conditions.dispersal"), before="(?:", after=")")
_CHANGES_HANDS = any_of(words("conditions.changes_hands"), before="(?:", after=")")
_PEOPLE_OF_WEIGHT = any_of(words("conditions.people_of_weight"), before="(?:", after=")")

Check = Callable[[MentionFacts], bool]
Judged = Literal["actors", "recipients"]
CONDITIONS: dict[str, Check] = {}
"""The conditions that a row can name beside those that the codebook defines itself."""
_JUDGED: dict[str, tuple[Judged, ...]] = {}


def condition(*judged: Judged) -> Callable[[Check], Check]:
    """Makes a check a condition that rows can name; ``judged`` are those of whom it asks on whose side they are."""

    def named(check: Check) -> Check:
        CONDITIONS[check.__name__] = check
        _JUDGED[check.__name__] = judged
        return check

    return named


def sides_judged(names: Iterable[str], facts: MentionFacts) -> tuple[Side, ...]:
    """The sides of the participants of whom any of the conditions asks, what each was taken for."""
    judged = {role for name in names for role in _JUDGED.get(name, ())}
    actors = actor_sides(facts) if "actors" in judged else ()
    recipients = recipient_sides(facts) if "recipients" in judged else ()
    return *actors, *recipients


def actor_sides(facts: MentionFacts) -> tuple[Side, ...]:
    """What each actor is taken for."""
    return sides_of(facts.actors, facts.actor_sectors)


def recipient_sides(facts: MentionFacts) -> tuple[Side, ...]:
    """What each recipient is taken for, as somebody to whom something was done."""
    return sides_of(facts.recipients, facts.recipient_sectors, acted_upon=True)


def _any(sides: Iterable[Side], *wanted: Kind) -> bool:
    return any(side.kind in wanted for side in sides)


def _number(facts: MentionFacts, kind: str) -> int | None:
    """The largest stated bound of the counts of a kind; None where no number is stated."""
    found = [n for c in facts.counts if c.kind == kind for n in (c.low, c.best, c.high) if n is not None]
    return max(found, default=None)


def _hurt(facts: MentionFacts, *kinds: str) -> bool:
    return any(c.kind in kinds and (c.best or c.high or c.low) != 0 for c in facts.counts)


@condition()
def several_people(facts: MentionFacts) -> bool:
    """Three or more people take part: nothing says that they were fewer."""
    number = _number(facts, "participants")
    if number is not None:
        return number >= 3
    return not facts.actors or not all(_few(a) for a in facts.actors) or len(facts.actors) >= 3


def _few(words: str) -> bool:
    tokens = [singular(w) for w in words.lower().split()]
    return bool(tokens) and tokens[0] in _FEW and not _GROUPS & set(tokens)


@condition()
def people_killed(facts: MentionFacts) -> bool:
    """A number of dead is told."""
    return _hurt(facts, "killed")


@condition()
def dispersal(facts: MentionFacts) -> bool:
    """A gathering was broken up."""
    return _DISPERSAL().search(facts.sentence) is not None


@condition("recipients")
def recipient_protesters(facts: MentionFacts) -> bool:
    """It was done to protesters."""
    return _any(recipient_sides(facts), "crowd")


@condition("recipients")
def recipient_civilian(facts: MentionFacts) -> bool:
    """It was done to people who bear no arms."""
    return _any(recipient_sides(facts), "civilian", "crowd")


@condition("recipients")
def no_person_attacked(facts: MentionFacts) -> bool:
    """Things were attacked and nobody hurt, as far as is told."""
    return not _any(recipient_sides(facts), "civilian", "crowd", "state", "nonstate") and not _hurt(
        facts, "killed", "injured"
    )


@condition("actors")
def actor_state(facts: MentionFacts) -> bool:
    """Police, soldiers or another arm of a state did it."""
    return _any(actor_sides(facts), "state")


@condition("actors")
def actor_nonstate_armed(facts: MentionFacts) -> bool:
    """An armed group that is no arm of a state did it."""
    return _any(actor_sides(facts), "nonstate")


@condition("actors")
def actor_civilian(facts: MentionFacts) -> bool:
    """Residents or other people who are no armed group did it."""
    return _any(actor_sides(facts), "civilian")


@condition("actors")
def actor_crowd(facts: MentionFacts) -> bool:
    """Protesters, rioters or a mob did it."""
    return _any(actor_sides(facts), "crowd")


@condition("actors")
def actor_armed_or_state(facts: MentionFacts) -> bool:
    """An armed group or an arm of a state did it."""
    return _any(actor_sides(facts), "state", "nonstate")


@condition("actors")
def actor_armed_or_unknown(facts: MentionFacts) -> bool:
    """Nothing says that those who did it bore no arms."""
    sides = actor_sides(facts)
    return not sides or _any(sides, "state", "nonstate", "weapon", "unknown")


@condition("actors", "recipients")
def both_armed(facts: MentionFacts) -> bool:
    """Two armed sides: both are named, or one phrase names both ("two rival militias"), and neither is civilian."""
    # "killing three of them": a number and a pronoun name nobody new
    armed = [
        side.armed
        for side in (*actor_sides(facts), *recipient_sides(facts))
        if not side.words or set(side.words.lower().split()) - _NOBODY_NEW
    ]
    return all(armed) and (len(armed) >= 2 or (len(armed) == 1 and _told_as_sides(facts.actors)))


@condition("actors", "recipients")
def armed_parties(facts: MentionFacts) -> bool:
    """Those who come to terms are states or armed groups, and one at least bears arms against the other."""
    acting = actor_sides(facts)
    # those with whom one comes to terms act as much as those who are told first
    others = sides_of(facts.recipients, facts.recipient_sectors)
    kinds = [side.kind for side in (acting if len(acting) >= 2 else (*acting, *others))]
    return len(kinds) >= 2 and "nonstate" in kinds and all(kind in {"state", "nonstate"} for kind in kinds)


def _told_as_sides(actors: tuple[str, ...]) -> bool:
    return bool(_SEVERAL_SIDES & {word for phrase in actors for word in phrase.lower().split()})


@condition()
def territory_change(facts: MentionFacts) -> bool:
    """The event's own words say that a place changed hands."""
    if "territory" not in facts.contexts:
        return False
    return _CHANGES_HANDS().search(facts.trigger or facts.sentence) is not None


@condition()
def mass_or_leading_arrest(facts: MentionFacts) -> bool:
    """Many were arrested, or someone of weight."""
    number = _number(facts, "arrested")
    weighty = _PEOPLE_OF_WEIGHT().search(" ".join(facts.recipients)) is not None
    return weighty or (number is not None and number >= 10)
