"""The words that say what happened to the people whom a number counts."""

from __future__ import annotations

from dateline.lang.lexicon import Table, table, words
from dateline.model import CountKind

KILL_VERBS = words("counts.kill_verbs")
DIE_VERBS = words("counts.die_verbs")
INJURE_VERBS = words("counts.injure_verbs")
ARREST_VERBS = words("counts.arrest_verbs")
DISPLACE_VERBS = words("counts.displace_verbs")
GATHER_VERBS = words("counts.gather_verbs")
VERB_KINDS: dict[str, tuple[CountKind, bool]] = {
    **dict.fromkeys(KILL_VERBS, ("killed", True)),
    **dict.fromkeys(DIE_VERBS, ("killed", False)),
    **dict.fromkeys(INJURE_VERBS, ("injured", True)),
    **dict.fromkeys(ARREST_VERBS, ("arrested", True)),
    **dict.fromkeys(DISPLACE_VERBS, ("displaced", True)),
    **dict.fromkeys(GATHER_VERBS, ("participants", False)),
    "flee": ("displaced", False),
    "disappear": ("missing", False),
    "vanish": ("missing", False),
}
"""Lemma of a verb: what its object (True) or its subject (False) is counted as."""
STATE_WORDS: Table[CountKind] = table("counts.state_words")
OTHER_CAUSES = words("counts.other_causes")
NOUN_KINDS: Table[CountKind] = table("counts.noun_kinds")
CROWDS = words("counts.crowds")
GROUP_NUMBERS = words("counts.group_numbers")
NOT_PEOPLE = words("counts.not_people")
SUFFERING = words("counts.suffering")
WOUNDS = words("counts.wounds")
DEADLY = words("counts.deadly")
ALIVE = words("counts.alive")
DEATHS = words("counts.deaths")
ATTEMPTED = words("counts.attempted")
BODY = words("counts.body")
LIMBS = words("counts.limbs")
HOSPITALS = words("counts.hospitals")
HOSPITAL_VERBS = words("counts.hospital_verbs")
LOOKED_AT = words("counts.looked_at")
FINDING = words("counts.finding")
STRIKING = words("counts.striking")
SURVIVING = words("counts.surviving")
CONDITIONS = words("counts.conditions")
PERSONS = words("counts.persons")
ANYBODY = words("counts.anybody")
ORDINALS = words("counts.ordinals")
HOUSEHOLDS = words("counts.households")
MISSILES = words("counts.missiles")
PARENTS = words("counts.parents")
NEXT_WORDS = 40
DYING = words("counts.dying")
FATALLY = words("counts.fatally")
FATAL = words("counts.fatal")
ATTACK_NOUNS = words("counts.attack_nouns")
TIMES = table("counts.times")
PHRASE_VERBS = words("counts.phrase_verbs")
SMALL_GROUP = 20
"""Larger groups in a list are told apart by the report, and stay apart; smaller ones are added up."""
NEAR = 4
"""Words between a number and the word that says what it counts, where the parse does not tell."""
