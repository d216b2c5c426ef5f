"""Actors and recipients of an event from the slots around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.syntax.phrases import phrase
from dateline.coder.triggers.governors import GATHERINGS
from dateline.lang.en.grammar.agents import (
    HAPPENINGS,
    names_agent,
    names_instrument,
    names_matter,
    names_nobody,
    names_shown,
    names_thing,
    names_weapon,
)
from dateline.lang.en.grammar.lists import same_office_elsewhere
from dateline.lang.en.grammar.reach import SENDING, Reach, is_sent, reached
from dateline.lang.en.grammar.voice import coordinated
from dateline.lang.lexicon import words
from dateline.lang.words import word_set
from dateline.model import Because, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dateline.codebook.model import EventType, Slot
    from dateline.coder.syntax.model import Parse
    from dateline.coder.triggers.match import Match

VERB_ACTORS = ("subject",)
VERB_RECIPIENTS = ("object", "against", "with", "to", "at", "on", "upon", "from", "for", "of", "into", "between")
CAUSES = words("events.causes")
NOUN_ACTORS = ("subject", "by", "possessive", "between", "among", "compound")
NOUN_RECIPIENTS = ("against", "object", "on", "with", "to", "from", "upon", "at", "into")
MUTUAL = words("events.mutual")
MUTUAL_SLOTS = ("between", "among", "with", "against")
SUFFERED = HAPPENINGS | word_set(
    "killing murder slaying assassination execution death arrest detention imprisonment jailing abduction "
    "kidnapping disappearance torture beating treatment mistreatment persecution expulsion deportation eviction "
    "bombardment invasion occupation annexation blockade siege destruction demolition seizure use repression crackdown "
    "ban brutality"
)
"""Acts whose "of", "on" and "against" bring in those who suffer them."""
BEFALLING = words("events.befalling")
VEHICLES = words("events.vehicles")
PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
NAMED_SIDES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
GIVING = words("events.giving")
HANDED = words("events.handed")
FARTHEST_TO = 30
"""Words after a gift among which the one who gets it is looked for."""
OVER_TO = words("events.over_to")
MATTERS = words("events.matters")
TALKING = words("events.talking")
OF_NAMES = frozenset({"compound", "adjective", "noun modifier"})


@dataclass(frozen=True, slots=True)
class Participants:
    """Who did it and to whom, as the report words them; ``instrument`` stands in for an unnamed agent."""

    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    instrument: Span | None = None
    because: tuple[Because, ...] = ()


def participants(parse: Parse, match: Match) -> Participants:
    """The participants of the event that the match names."""
    because: list[Because] = []
    actors, instrument = _actors(match, because)
    recipients = _recipients(match, actors, because)
    if match.root.lemma_.lower() in MUTUAL:
        actors, recipients = _mutual(match, actors, recipients)
    return Participants(
        actors=_spans(parse, actors),
        recipients=_spans(parse, (t for t in recipients if t.i not in {a.i for a in actors})),
        instrument=phrase(parse, instrument) if instrument is not None else None,
        because=tuple(because),
    )


def _actors(match: Match, because: list[Because]) -> tuple[tuple[Token, ...], Token | None]:
    """Who acts, and the weapon that stands where an unnamed agent would; why is added to ``because``."""
    frame, slots = match.trigger.frame, match.slots
    noun = match.trigger.pos == "NOUN"
    instrument: Token | None = None
    order = frame.actor or (NOUN_ACTORS if noun else VERB_ACTORS)
    if noun and not frame.actor and match.type.of == "actor":
        order = (*order, "of", "with")
    for slot in order:
        here = [t for t in slots.get(slot, ()) if not _inside(t, match) and not names_nobody(t)]
        if slot == "possessive" and _suffers(match):
            continue
        if slot == "compound":
            here = [t for t in here if _compound_agent(t)]
        if match.type.gathering and slot in {"compound", "possessive"}:
            here = [t for t in here if t.ent_type_ not in PLACE_ENTITIES]
        if slot in {"subject", "by"} and instrument is None:
            instrument = next((t for t in here if names_weapon(t)), None)
            here = [o for t in here for o in (_owners(t) if names_weapon(t) else (t,))]
        agents = tuple(t for t in here if names_agent(t))
        if agents:
            because.append(_why("actors", slot, match, agents))
            return agents, instrument
    if not noun and match.root.lemma_.lower() in SENDING:
        # "peacekeepers were deployed along the line": nobody is said to have sent them, and they act
        agents = tuple(t for t in slots.get("object", ()) if names_agent(t) and t.lemma_.lower() not in VEHICLES)
        if agents:
            because.append(_why("actors", "object", match, agents))
        return agents, instrument
    agents = _named_inside(match)
    if agents:
        because.append(_why("actors", "the words", match, agents))
    return agents, instrument


def _named_inside(match: Match) -> tuple[Token, ...]:
    """An agent that the trigger names ("police firing"), or the act in which people came to harm ("died in ...")."""
    own = tuple(t for t in match.tokens if t.i == match.root.i - 1 and _compound_agent(t))
    if match.trigger.pos == "NOUN" and own:
        return own
    acts = [
        t for slot in ("in", "during", "to") for t in match.slots.get(slot, ()) if t.i in match.beside | match.claimed
    ]
    return next((agents for act in acts if (agents := _agents_of(act))), ())


def _recipients(match: Match, actors: tuple[Token, ...], because: list[Because]) -> tuple[Token, ...]:
    """To whom it is done; why is added to ``because``."""
    taken = {t.i for t in actors}
    weak: tuple[str, tuple[Token, ...]] = ("", ())
    spare: list[tuple[str, tuple[Token, ...]]] = []
    things = _slots_of_things(match.type)
    for slot in _recipient_slots(match):
        here = [t for t in match.slots.get(slot, ()) if t.i not in taken and not _inside(t, match)]
        here = [t for t in here if not names_nobody(t) and not names_instrument(t) and not is_sent(t)]
        agents = tuple(a for t in here for a in _touched(t, match) if a.i not in taken)
        if agents and weak[1] and slot not in OVER_TO:
            continue
        if agents and slot == "object" and all(a.head in here and a.dep_ in OF_NAMES for a in agents):
            weak = weak if weak[1] else (slot, agents)  # "returned the Greek vases to the museum"
        elif agents:
            weak = (slot, agents)
            break
        touched = tuple(t for t in here if names_thing(t)) if slot in things else ()
        if match.type.gathering:
            touched = tuple(t for t in touched if not names_shown(t) and t.lemma_.lower() not in GATHERINGS)
        if touched:
            spare.append((slot, touched))
    if weak[1]:
        because.append(_why("recipients", weak[0], match, weak[1]))
        return weak[1]
    if spare:
        # what the codebook's frame asks for ("imposed a blockade on") may say what is done, not to whom
        slot, touched = min(spare, key=lambda s: any(t.i in match.claimed for t in s[1]))
        if match.type.things != "unless_named" or not any(t.i in match.claimed for t in touched):
            because.append(_why("recipients", slot, match, touched))
            return touched
    if actors and match.root.lemma_.lower() in GIVING and "to" not in match.slots:
        received = _to_below(match, taken)
        if received:
            because.append(_why("recipients", "to", match, received))
            return received
    both_act = match.type.mutual and match.root.lemma_.lower() in MUTUAL
    if match.type.gathering or both_act or not (actors or match.trigger.pos == "NOUN"):
        return ()
    suffered = SUFFERED if match.type.speaks_of == "deed" else frozenset()
    named = match.claimed | {t.i for t in match.tokens}
    places, spoken = match.type.for_places, match.type.in_words
    below = reached(Reach(match.root, frozenset(taken), named, places, spoken, suffered))
    if not below and actors and match.type.things == "last":
        below = _matter(match, taken)
    if below:
        because.append(_why("recipients", "words below", match, below))
    return below


def _to_below(match: Match, taken: set[int]) -> tuple[Token, ...]:
    """Whoever stands after the last "to" within what is given: "returned a vase that was found in 1943 to Peru"."""
    inside = {
        t.i: t
        for thing in match.slots.get("object", ())
        for t in thing.doc[thing.i + 1 : thing.i + FARTHEST_TO]
        if t.dep_ == "preposition object"
        and t.head.lower_ == "to"
        and thing.is_ancestor(t)
        and t.head.head.lemma_.lower() not in HANDED
    }
    parties = [t for i, t in sorted(inside.items()) if i not in taken and names_agent(t) and not names_nobody(t)]
    return tuple(t for t in coordinated(parties[-1]) if names_agent(t)) if parties else ()


def _matter(match: Match, taken: set[int]) -> tuple[Token, ...]:
    """The thing or the deed that an act in words is about: "condemned the killings", "threatened to close the port"."""
    inner = tuple(
        t for act in match.slots.get("complement", ()) if act.pos_ == "VERB" for t in act.children if t.dep_ == "object"
    )
    for here in (*(match.slots.get(slot, ()) for slot in _recipient_slots(match) if slot in MATTERS), inner):
        matter = tuple(
            t for t in here if t.i not in taken | match.claimed and names_matter(t) and not _inside(t, match)
        )
        if matter:
            return matter
    return ()


def _suffers(match: Match) -> bool:
    """Whether the possessive is the one to whom it is done."""
    return match.root.lemma_.lower() in BEFALLING and "of" not in match.slots and "against" not in match.slots


def _recipient_slots(match: Match) -> tuple[Slot, ...]:
    """The slots in which recipients are looked for, in order."""
    if match.trigger.frame.recipient:
        return match.trigger.frame.recipient
    if match.trigger.pos == "NOUN":
        if _suffers(match):
            return ("possessive", *NOUN_RECIPIENTS)
        with_of = ("against", "object", "of", *NOUN_RECIPIENTS[2:])
        return with_of if match.type.of == "recipient" else NOUN_RECIPIENTS
    lemma = match.root.lemma_.lower()
    first = "to" if lemma in GIVING else "with" if lemma in TALKING else None
    return (first, *(slot for slot in VERB_RECIPIENTS if slot != first)) if first else VERB_RECIPIENTS


def _slots_of_things(kind: EventType) -> frozenset[str]:
    """The slots in which a thing, and not only someone who can act, may be the recipient."""
    if kind.things in {"never", "last"}:
        return frozenset()
    # what stands after the others is where a gathering meets, and what is imposed on a thing is no act on it
    elsewhere = not kind.gathering and kind.things != "unless_named"
    return frozenset({"object", "of", "against", "on", "at"} if elsewhere else {"object", "of"})


def _why(field: str, slot: Slot, match: Match, tokens: Iterable[Token]) -> Because:
    return Because(field, f"{slot} of {match.root.text!r}", ", ".join(t.text for t in tokens))


def _mutual(
    match: Match, actors: tuple[Token, ...], recipients: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    if not match.type.mutual:
        both = match.slots.get("between", ())
        return (actors or tuple(t for t in both if names_agent(t))), recipients
    parties = [*actors, *(t for slot in MUTUAL_SLOTS for t in match.slots.get(slot, ()) if names_agent(t))]
    return tuple({t.i: t for t in parties}.values()), tuple(t for t in recipients if t.i not in {p.i for p in parties})


def _inside(token: Token, match: Match) -> bool:
    return any(token.i == t.i for t in match.tokens)


def _agents_of(act: Token) -> tuple[Token, ...]:
    """Who did what the noun names: "police firing", "an attack by gunmen", "the rebels' ambush"."""
    found = [
        c
        for c in act.children
        if c.dep_ == "possessor"
        or (c.dep_ in {"compound", "subject", "adjective", "noun modifier"} and c.i == act.i - 1)
    ]
    found += [act.head] if act.dep_ == "noun clause" and act.head.i == act.i - 1 else []
    found += [
        g
        for c in act.children
        if c.dep_ == "preposition" and c.lower_ == "by"
        for g in c.children
        if g.dep_ == "preposition object"
    ]
    return tuple(t for t in found if names_agent(t) and _compound_agent(t) and t.ent_type_ not in PLACE_ENTITIES)


def _compound_agent(token: Token) -> bool:
    """As in "police raid", "Israeli strike" or "rebel attack", not "bomb attack", "air strike" or "Friday rally"."""
    if names_weapon(token) or token.lemma_.lower() in CAUSES:
        return False
    if token.ent_type_ in {"NORP", "GPE"}:
        return True
    return names_agent(token) and token.ent_type_ not in {"FAC", "LOC", "EVENT"}


def _owners(weapon: Token) -> tuple[Token, ...]:
    """Whose weapon it is ("missiles fired by the army", "a rebel bomb"); nobody where the words do not tell."""
    owners = [
        c
        for c in weapon.children
        if c.dep_ == "possessor" or (c.dep_ in {"compound", "adjective"} and _compound_agent(c))
    ]
    for child in weapon.children:
        if child.dep_ == "noun clause":
            owners += [
                g for c in child.children if c.dep_ == "agent" for g in c.children if g.dep_ == "preposition object"
            ]
        elif child.dep_ == "preposition" and child.lower_ == "by":
            owners += [g for g in child.children if g.dep_ == "preposition object"]
    return tuple(owners)


def _touched(token: Token, match: Match) -> tuple[Token, ...]:
    """Who is touched by what is done to ``token``: itself, or whose it is ("rejected the union's demand")."""
    if names_agent(token):
        return (token,)
    owners = [c for c in token.children if c.dep_ == "possessor" and not _own(c)]
    # who condemns a killing accuses the killer, not the killed
    suffered = match.type.speaks_of == "deed" and (names_weapon(token) or token.lemma_.lower() in SUFFERED)
    for done in (
        c for c in token.children if c.dep_ == "noun clause" and c.tag_ == "VBN"
    ):  # "the order passed by the court"
        owners += [g for c in done.children if c.dep_ == "agent" for g in c.children if g.dep_ == "preposition object"]
    for name in ("by", "from") if suffered else ("by", "of", "from", "against", "on", "with"):
        owners += [
            g
            for c in token.children
            if c.dep_ in {"preposition", "agent"} and c.lower_ == name
            for g in c.children
            if g.dep_ == "preposition object"
        ]
    owners += [
        c for c in token.children if c.dep_ in {"compound", "adjective", "noun modifier"} and c.ent_type_ in NAMED_SIDES
    ]
    owners = [t for t in owners if not names_instrument(t)]
    people = tuple(t for t in owners if names_agent(t) and t.pos_ != "PRON")
    whole = match.type.things == "always" or (match.type.things == "unless_named" and token.i not in match.claimed)
    if people and whole and names_thing(token):
        return (token,)  # "an arms depot of the army", "the party's office"
    if not people and "against" in _slots_of_things(match.type):  # "intensified its bombardment of the suburbs"
        return tuple(t for t in owners if names_thing(t) and t.dep_ == "preposition object" and t.pos_ != "PRON")[:1]
    return people[:1]


def _own(owner: Token) -> bool:
    """Whether the words point back at somebody named before: "pledged his country's support"."""
    return owner.pos_ == "PRON" or any(c.dep_ == "possessor" and c.pos_ == "PRON" for c in owner.children)


def _spans(parse: Parse, heads: Iterable[Token]) -> tuple[Span, ...]:
    each = (one for head in heads for one in (head, *same_office_elsewhere(head)))
    return tuple(dict.fromkeys(phrase(parse, head) for head in each))
