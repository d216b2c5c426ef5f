"""What each event type is called in a neutral sentence: a verb and its object, with and without a recipient.

The words depend on the type and mode alone, never on who acted, so that a swap of sides changes nothing but the
names. They say less than the reports do: what a report called it stays in its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.export.safe import one_line


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb in three forms, and its object with a recipient (at ``{}``) and without."""

    base: str
    past: str
    participle: str
    toward: str
    alone: str


_IRREGULAR = {
    "cut": ("cut", "cut"),
    "beat": ("beat", "beaten"),
    "carry out": ("carried out", "carried out"),
    "commit": ("committed", "committed"),
    "expel": ("expelled", "expelled"),
    "give": ("gave", "given"),
    "hold": ("held", "held"),
    "lay down": ("laid down", "laid down"),
    "leave": ("left", "left"),
    "make": ("made", "made"),
    "pay": ("paid", "paid"),
    "spread": ("spread", "spread"),
    "take part": ("took part", "taken part"),
    "withhold": ("withheld", "withheld"),
}

# type, or type/mode: verb | object with recipient | object without
_PHRASES = {
    "AGREE": "agree | to cooperate with {} | to cooperate",
    "CONSULT": "hold | talks with {} | talks",
    "CONSULT/visit": "pay | a visit to {} | a visit",
    "CONSULT/third-party": "hold | mediated talks with {} | mediated talks",
    "CONSULT/multilateral": "hold | multilateral talks with {} | multilateral talks",
    "CONSULT/phone": "hold | talks with {} at a distance | talks at a distance",
    "SUPPORT": "express | support for {} | support",
    "CONCEDE": "make | a verbal concession to {} | a verbal concession",
    "COOPERATE": "cooperate | with {} |",
    "AID": "give | aid to {} | aid",
    "RETREAT": "make | a material concession to {} | a material concession",
    "RETREAT/withdraw": "carry out | a withdrawal concerning {} | a withdrawal",
    "RETREAT/release": "release | {} | people held",
    "RETREAT/disarm": "lay down | arms concerning {} | arms",
    "RETREAT/ceasefire": "observe | a ceasefire with {} | a ceasefire",
    "RETREAT/access": "allow | access to {} | access",
    "RETREAT/resign": "leave | a post concerning {} | a post",
    "REQUEST": "make | a request to {} | a request",
    "REQUEST/assist": "make | a request for assistance to {} | a request for assistance",
    "REQUEST/change": "make | a request for change to {} | a request for change",
    "REQUEST/yield": "make | a request for a concession to {} | a request for a concession",
    "REQUEST/meet": "make | a request for talks to {} | a request for talks",
    "ACCUSE": "make | a criticism or accusation of {} | a criticism or accusation",
    "ACCUSE/disapprove": "express | disapproval of {} | disapproval",
    "ACCUSE/investigate": "conduct | an investigation concerning {} | an investigation",
    "ACCUSE/allege": "make | an allegation against {} | an allegation",
    "REJECT": "reject | a request or proposal concerning {} | a request or proposal",
    "REJECT/meet": "reject | a meeting with {} | a meeting",
    "THREATEN": "make | a threat against {} | a threat",
    "THREATEN/restrict": "make | a threat of restrictions against {} | a threat of restrictions",
    "THREATEN/arrest": "make | a threat of arrest against {} | a threat of arrest",
    "THREATEN/relations": "make | a threat to relations with {} | a threat to relations",
    "THREATEN/expel": "make | a threat of expulsion against {} | a threat of expulsion",
    "THREATEN/territory": "make | a threat concerning territory against {} | a threat concerning territory",
    "THREATEN/violence": "make | a threat of violence against {} | a threat of violence",
    "PROTEST": "hold | a protest concerning {} | a protest",
    "PROTEST/demo": "hold | a demonstration concerning {} | a demonstration",
    "PROTEST/riot": "take part | in a violent protest concerning {} | in a violent protest",
    "PROTEST/strike": "hold | a strike concerning {} | a strike",
    "PROTEST/hunger": "hold | a hunger strike concerning {} | a hunger strike",
    "PROTEST/boycott": "hold | a boycott concerning {} | a boycott",
    "PROTEST/obstruct": "hold | a blockade in protest concerning {} | a blockade in protest",
    "PROTEST/vandalize": "damage | objects in a protest concerning {} | objects in a protest",
    "SANCTION": "impose | a sanction on {} | a sanction",
    "SANCTION/convict": "pass | a judgment against {} | a judgment",
    "SANCTION/expel": "expel | {} | people from a group or country",
    "SANCTION/withdraw": "withdraw | from relations with {} | from relations",
    "SANCTION/discontinue": "cut | exchanges with {} | exchanges",
    "MOBILIZE": "mobilise | forces concerning {} | forces",
    "MOBILIZE/troops": "mobilise | troops concerning {} | troops",
    "MOBILIZE/weapons": "mobilise | weapons concerning {} | weapons",
    "MOBILIZE/police": "mobilise | police concerning {} | police",
    "MOBILIZE/militia": "mobilise | armed groups concerning {} | armed groups",
    "COERCE": "use | coercion against {} | coercion",
    "COERCE/seize": "carry out | a search or seizure concerning {} | a search or seizure",
    "COERCE/restrict": "impose | restrictions on {} | restrictions",
    "COERCE/censor": "impose | censorship on {} | censorship",
    "COERCE/curfew": "impose | a curfew on {} | a curfew",
    "COERCE/martial-law": "impose | martial law on {} | martial law",
    "COERCE/arrest": "detain | {} | people",
    "COERCE/deport": "deport | {} | people",
    "COERCE/withhold": "withhold | goods or services from {} | goods or services",
    "COERCE/misinformation": "spread | misinformation concerning {} | misinformation",
    "COERCE/cyber": "carry out | a cyber attack on {} | a cyber attack",
    "ASSAULT": "use | violence against {} | violence",
    "ASSAULT/abduct": "abduct | {} | people",
    "ASSAULT/beat": "beat | {} | people",
    "ASSAULT/torture": "use | torture against {} | torture",
    "ASSAULT/sexual": "commit | sexual violence against {} | sexual violence",
    "ASSAULT/targeted": "carry out | a targeted attack on {} | a targeted attack",
    "ASSAULT/destroy": "destroy | property concerning {} | property",
    "ASSAULT/primitive": "use | fire, blades or thrown objects against {} | fire, blades or thrown objects",
    "ASSAULT/firearms": "use | firearms against {} | firearms",
    "ASSAULT/explosives": "use | explosives against {} | explosives",
    "ASSAULT/suicide-attack": "carry out | a suicide attack on {} | a suicide attack",
    "ASSAULT/aerial": "carry out | an air attack on {} | an air attack",
    "ASSAULT/drone": "carry out | a drone attack on {} | a drone attack",
    "ASSAULT/heavy-weapons": "use | heavy weapons against {} | heavy weapons",
    "ASSAULT/crowd-control": "use | crowd-control weapons against {} | crowd-control weapons",
    "ASSAULT/unconventional": "use | unconventional weapons against {} | unconventional weapons",
}


def phrase(type: str, mode: str | None) -> Phrase:
    """The phrase of a type and mode; of the type where the mode has none; a plain one for a user's own type."""
    row = _PHRASES.get(f"{type}/{mode}") or _PHRASES.get(type)
    if row is None:
        name = label(type, mode).replace("{}", "")
        own = f"in an event of type {name}"
        return Phrase("take part", *_IRREGULAR["take part"], f"{own} concerning {{}}", own)
    base, toward, alone = (part.strip() for part in row.split("|"))
    past, participle = _IRREGULAR.get(base, (_regular(base), _regular(base)))
    return Phrase(base, past, participle, toward, alone)


def label(type: str, mode: str | None) -> str:
    """The type and mode as a heading shows them: "Protest: demo"."""
    name = one_line(type.replace("_", " "), 80)
    name = name.capitalize() if name.isupper() else name
    return f"{name}: {one_line(mode.replace('_', ' '), 80)}" if mode else name


def _regular(base: str) -> str:
    return base + ("d" if base.endswith("e") else "ed")
