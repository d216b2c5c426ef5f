"""What the rows of a crosswalk can ask of a mention beyond its type, mode, contexts and words.

A condition that the report does not settle does not hold. Who is what is told by the sector of a resolved actor (the
PLOVER sector codes) and by the common nouns of the words themselves, never by a party's or nation's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.lang.lexicon import Table, table, words
from dateline.model import Count, Modality

Kind = Literal["state", "nonstate", "crowd", "civilian", "weapon", "thing", "unknown"]


@dataclass(frozen=True, slots=True)
class MentionFacts:
    """What the crosswalk needs to know of a mention.

    ``actors`` and ``recipients`` are the words of the participants, each with its sector in ``actor_sectors`` and
    ``recipient_sectors`` (shorter or empty where sectors are not known). ``trigger`` and ``sentence`` are the words of
    the event, ``cameo`` is the trigger's own CAMEO code; ``modality`` tells whether it happened. ``same_place`` are
    the other asserted mentions of the report at the same place, on the same day.
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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SECTORS: dict[str, Kind] = {
    **dict.fromkeys(("COP", "MIL", "SPY", "GOV", "JUD"), "state"),
    **dict.fromkeys(("REB", "UAF", "PRM", "CRM"), "nonstate"),
    **dict.fromkeys(
        ("CVL", "AGR", "BUS", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "REL", "SOC", "PTY", "OPP", "LEG", "NGO"),
        "civilian",
    ),
}

# Heads of noun phrases, singular; the first group that holds one of a phrase's words decides.
_NOUNS: tuple[tuple[Kind, frozenset[str]], ...] = (
    (
        "nonstate",
        _words(
            "rebel militant insurgent guerrilla guerilla militia militiaman paramilitary gunman attacker assailant "
            "bandit gang gangster jihadist separatist fighter hitman kidnapper pirate warlord vigilante faction "
            "bomber sniper cartel hijacker assassin raider herder cell"
        ),
    ),
    (
        "crowd",
        _words(
            "protester protestor sit demonstrator rioter crowd mob marcher picketer striker looter rally demonstration "
            "march procession mourner"
        ),
    ),
    (
        "state",
        _words(
            "police policeman policewoman officer cop constable gendarme army soldier troop military navy marine "
            "trooper government authority guard ranger commando battalion brigade airforce serviceman paratrooper "
            "gendarmerie state minister ministry agent warden coalition defence defense force forces warplane jet "
            "helicopter warship garrison convoy infantry regiment patrol"
        ),
    ),
    ("weapon", _words("bomb mine missile rocket drone shell grenade device airstrike strike blast explosion car")),
    (
        "civilian",
        _words(
            "civilian man woman child boy girl person people villager resident worker farmer student teacher "
            "journalist reporter doctor nurse patient driver shopkeeper trader merchant passenger commuter "
            "pedestrian worshipper priest pastor imam monk nun bishop activist lawyer judge candidate politician "
            "lawmaker mayor councillor family couple baby infant teenager youth pupil refugee migrant bystander "
            "tourist medic volunteer engineer miner fisherman aid official employee staff supporter member leader "
            "prisoner detainee inmate hostage businessman businesswoman mother father son daughter brother sister "
            "wife husband elder chief vendor shopper customer herdsman photographer cameraman editor blogger writer "
            "singer"
        ),
    ),
    (
        "thing",
        _words(
            "house home village building church mosque temple school hospital market bridge office shop store "
            "vehicle bus truck station base camp city town property farm crop field warehouse factory pipeline plant "
            "monument headquarters checkpoint embassy consulate road airport port refinery"
        ),
    ),
)
_IRREGULAR: Table[str] = table("conditions.irregular")
_NUMBERS = words("conditions.numbers")
_NOBODY_NEW = words("conditions.nobody_new")
_FEW = words("conditions.few")
_STATE_ARMED = words("conditions.state_armed")


def kind_of(words: str, sector: str | None = None) -> Kind:
    """What a participant is: by its sector, and by the nouns of its words where that tells more."""
    nouns = [_singular(w) for w in words.lower().replace("-", " ").split()]
    # The head of a noun phrase stands before its first preposition, but "two groups of villagers" are villagers.
    for n, word in enumerate(nouns):
        if word == "of" and n and nouns[n - 1] in _NUMBERS:
            continue
        if n and word in {"of", "in", "from", "at", "near", "with", "who", "that", "by", "on"}:
            nouns = nouns[:n]
            break
    for word in reversed(nouns):
        for kind, known in _NOUNS:
            if word in known:
                return kind
    return _SECTORS.get(sector or "", "unknown")


def _singular(word: str) -> str:
    word = word.strip(".,;:'\"’”“)(")
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if word in _IRREGULAR or word.endswith("men"):
        return _IRREGULAR.get(word, word[:-2] + "an")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def actor_kinds(facts: MentionFacts) -> tuple[Kind, ...]:
    """What each actor is."""
    return _kinds(facts.actors, facts.actor_sectors)


def recipient_kinds(facts: MentionFacts) -> tuple[Kind, ...]:
    """What each recipient is."""
    return _kinds(facts.recipients, facts.recipient_sectors)


def _kinds(words: tuple[str, ...], sectors: tuple[str, ...]) -> tuple[Kind, ...]:
    if not words:
        return tuple(_SECTORS.get(s, "unknown") for s in sectors)
    aligned = sectors if len(sectors) == len(words) else ("",) * len(words)
    return tuple(kind_of(w, s) for w, s in zip(words, aligned, strict=True))


def _any(kinds: Iterable[Kind], *wanted: Kind) -> bool:
    return any(k in wanted for k in kinds)


def _number(facts: MentionFacts, kind: str) -> int | None:
    """The largest stated bound of the counts of a kind; None where no number is stated."""
    found = [n for c in facts.counts if c.kind == kind for n in (c.low, c.best, c.high) if n is not None]
    return max(found, default=None)


def _hurt(facts: MentionFacts, *kinds: str) -> bool:
    return any(c.kind in kinds and (c.best or c.high or c.low) != 0 for c in facts.counts)


def several_people(facts: MentionFacts) -> bool:
    """Three or more people take part: nothing says that they were fewer."""
    number = _number(facts, "participants")
    if number is not None:
        return number >= 3
    return not facts.actors or not all(_few(a) for a in facts.actors) or len(facts.actors) >= 3


def _few(words: str) -> bool:
    tokens = [_singular(w) for w in words.lower().split()]
    crowd = {"crowd", "mob", "group", "union", "rally", "procession", "team", "number", "column", "party", "dozen"}
    return bool(tokens) and tokens[0] in _FEW and not crowd & set(tokens)


def people_killed(facts: MentionFacts) -> bool:
    """A number of dead is told."""
    return _hurt(facts, "killed")


def dispersal(facts: MentionFacts) -> bool:
    """A gathering was broken up."""
    text = facts.sentence.lower()
    return any(w in text for w in ("dispers", "broke up", "break up", "broken up", "cleared", "dislodged"))


def recipient_protesters(facts: MentionFacts) -> bool:
    """It was done to protesters."""
    return _any(recipient_kinds(facts), "crowd")


def recipient_civilian(facts: MentionFacts) -> bool:
    """It was done to people who bear no arms."""
    return _any(recipient_kinds(facts), "civilian", "crowd")


def no_person_attacked(facts: MentionFacts) -> bool:
    """Things were attacked and nobody hurt, as far as is told."""
    return not _any(recipient_kinds(facts), "civilian", "crowd", "state", "nonstate") and not _hurt(
        facts, "killed", "injured"
    )


def actor_state(facts: MentionFacts) -> bool:
    """Police, soldiers or another arm of a state did it."""
    return _any(actor_kinds(facts), "state")


def actor_nonstate_armed(facts: MentionFacts) -> bool:
    """An armed group that is no arm of a state did it."""
    return _any(actor_kinds(facts), "nonstate")


def actor_civilian(facts: MentionFacts) -> bool:
    """Residents or other people who are no armed group did it."""
    return _any(actor_kinds(facts), "civilian")


def actor_crowd(facts: MentionFacts) -> bool:
    """Protesters, rioters or a mob did it."""
    return _any(actor_kinds(facts), "crowd")


def actor_armed_or_state(facts: MentionFacts) -> bool:
    """An armed group or an arm of a state did it."""
    return _any(actor_kinds(facts), "state", "nonstate")


def actor_armed_or_unknown(facts: MentionFacts) -> bool:
    """Nothing says that those who did it bore no arms."""
    kinds = actor_kinds(facts)
    return not kinds or _any(kinds, "state", "nonstate", "weapon", "unknown")


def both_armed(facts: MentionFacts) -> bool:
    """Two armed sides: both are named, or one phrase names both ("two rival militias"), and neither is civilian."""
    named = [
        (k, words)
        for k, words in (
            *_with_words(actor_kinds(facts), facts.actors),
            *_with_words(recipient_kinds(facts), facts.recipients),
        )
        # "killing three of them": a number and a pronoun name nobody new
        if not words or set(words.split()) - _NOBODY_NEW
    ]
    armed = [
        k == "nonstate" or (k == "state" and (not words or bool(_STATE_ARMED & {_singular(w) for w in words.split()})))
        for k, words in named
    ]
    return all(armed) and (len(armed) >= 2 or (len(armed) == 1 and _told_as_sides(facts.actors)))


def armed_parties(facts: MentionFacts) -> bool:
    """Those who come to terms are states or armed groups, and one at least bears arms against the other."""
    kinds = actor_kinds(facts)
    sides = kinds if len(kinds) >= 2 else (*kinds, *recipient_kinds(facts))
    return len(sides) >= 2 and "nonstate" in sides and all(k in {"state", "nonstate"} for k in sides)


def _told_as_sides(actors: tuple[str, ...]) -> bool:
    words = {w for a in actors for w in a.lower().split()}
    return bool(words & {"two", "three", "several", "rival", "warring", "opposing", "various", "both", "different"})


def _with_words(kinds: tuple[Kind, ...], words: tuple[str, ...]) -> list[tuple[Kind, str]]:
    aligned = words if len(words) == len(kinds) else ("",) * len(kinds)
    return [(k, w.lower()) for k, w in zip(kinds, aligned, strict=True)]


def territory_change(facts: MentionFacts) -> bool:
    """The event's own words say that a place changed hands."""
    if "territory" not in facts.contexts:
        return False
    text = f" {(facts.trigger or facts.sentence).lower()} "
    verbs = (
        *("captur", "recaptur", "seiz", "retook", "retake", "overran", "overrun", "took", "take", "regain", "gained"),
        *("conquer", "liberat", "fell", "drove", "driven", "pushed", "wrest"),
    )
    return any(v in text for v in verbs)


def mass_or_leading_arrest(facts: MentionFacts) -> bool:
    """Many were arrested, or someone of weight."""
    number = _number(facts, "arrested")
    text = " ".join(facts.recipients).lower()
    weighty = ("leader", "minister", "president", "commander", "general", "opposition", "mayor", "governor", "senator")
    return (number is not None and number >= 10) or any(w in text for w in weighty)


CONDITIONS: Mapping[str, Callable[[MentionFacts], bool]] = {
    check.__name__: check
    for check in (
        several_people,
        people_killed,
        dispersal,
        recipient_protesters,
        recipient_civilian,
        no_person_attacked,
        actor_state,
        actor_nonstate_armed,
        actor_civilian,
        actor_crowd,
        actor_armed_or_state,
        actor_armed_or_unknown,
        both_armed,
        armed_parties,
        territory_change,
        mass_or_leading_arrest,
    )
}
"""The conditions that a row can name beside those that the codebook defines itself."""
