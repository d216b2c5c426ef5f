"""Actors and recipients of an event from the slots around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.syntax.phrases import phrase
from dateline.lang.clause import clause_of
from dateline.lang.en.forms import word_forms
from dateline.lang.en.grammar.agents import (
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
from dateline.lang.en.noun_phrases import HYPHENS
from dateline.lang.en.placing.places import GATHERED_FOR
from dateline.lang.lexicon import Table, classes, words
from dateline.model import Because, Span
from dateline.rules import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dateline.codebook.model import Slot
    from dateline.coder.syntax.model import Parse
    from dateline.coder.triggers.match import Match
    from dateline.lang.links import Link

AREAS = words("people.areas")
PREFIXES = words("events.prefixes")
ANNOUNCED_BEFORE = words("modality.announced_before")
CARRYING_OUT = words("events.carrying_out")
CAUSES = words("events.causes")
MUTUAL = words("events.mutual")
SUFFERED = words("events.suffered")
BEFALLING = words("events.befalling")
VEHICLES = words("events.vehicles")
GIVING = words("events.giving")
HANDED = words("events.handed")
TALKING = words("events.talking")
ON_WHOSE_BEHALF = words("events.on_whose_behalf")
LOOKED_INTO = words("events.looked_into")
SLOTS: Table[frozenset[str]] = classes("events.slots")
ACTORS = rule("actors.slot", "{slot} of {trigger!r}")
RECIPIENTS = rule("recipients.slot", "{slot} of {trigger!r}")
PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
NAMED_SIDES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
DOERS = frozenset({"subject", "by"})
OF_NAMES: tuple[Link, ...] = ("compound", "adjective", "noun modifier")
FARTHEST_TO = 30
"""Words after a gift among which the one who gets it is looked for."""


def slots_in_order(wanted: str) -> tuple[Slot, ...]:
    """The slots of a trigger in which something is looked for, the first choice first (``events.slots``)."""
    return SLOTS.ordered(wanted)


@dataclass(frozen=True, slots=True)
class Participants:
    """Who did it and to whom, as the report words them; ``instrument`` stands in for an unnamed agent."""

    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    instrument: Span | None = None
    because: tuple[Because, ...] = ()


def participants(parse: Parse, match: Match) -> Participants:
    """The participants of the event that the match names."""
    actors, instrument, why_actors = _actors(match)
    if match.type.gathering:
        actors = (*actors, *_companions(match))
    recipients, why_recipients = _recipients(match, actors)
    if match.root.lemma_.lower() in MUTUAL:
        actors, recipients = _mutual(match, actors, recipients)
    return Participants(
        actors=_spans(parse, actors),
        recipients=_spans(parse, (t for t in recipients if t.i not in {a.i for a in actors})),
        instrument=phrase(parse, instrument) if instrument is not None else None,
        because=tuple(why for why in (why_actors, why_recipients) if why is not None),
    )


def _actors(match: Match) -> tuple[tuple[Token, ...], Token | None, Because | None]:
    """Who acts, the weapon that stands where an unnamed agent would, and why."""
    frame, slots = match.trigger.frame, match.slots
    noun = match.trigger.pos == "NOUN"
    instrument: Token | None = None
    usual = "noun actors, with of" if noun and match.type.of == "actor" else "noun actors" if noun else "verb actors"
    order = frame.actor or slots_in_order(usual)
    for slot in order:
        here = [t for t in slots.get(slot, ()) if not _inside(t, match) and not names_nobody(t)]
        if slot == "possessive" and _suffers(match):
            continue
        if slot == "compound":
            here = [t for t in here if _compound_agent(t)]
        if match.type.gathering and slot in {"compound", "possessive"}:
            here = [t for t in here if t.ent_type_ not in PLACE_ENTITIES]
        if slot in DOERS and instrument is None:
            instrument = next((t for t in here if names_weapon(t)), None)
            here = [o for t in here for o in (_owners(t) if names_weapon(t) else (t,))]
        agents = tuple(t for t in here if names_agent(t))
        if agents:
            return agents, instrument, _why(ACTORS, slot, match, agents)
    if not noun and match.root.lemma_.lower() in SENDING:
        # "peacekeepers were deployed along the line": nobody is said to have sent them, and they act
        agents = tuple(t for t in slots.get("object", ()) if names_agent(t) and t.lemma_.lower() not in VEHICLES)
        return agents, instrument, _why(ACTORS, "object", match, agents)
    agents = _named_inside(match)
    return agents, instrument, _why(ACTORS, "the words", match, agents)


def _companions(match: Match) -> tuple[Token, ...]:
    """Who gathers with those who gather ("marched with the miners"): they act beside them, it is not done to them."""
    if match.trigger.pos != "VERB" or match.trigger.frame.recipient or match.root.lemma_.lower() in MUTUAL:
        return ()
    beside = (t for t in match.slots.get("with", ()) if names_agent(t) and not _inside(t, match))
    return tuple(t for t in beside if t.doc[t.head.i - 1].lemma_.lower() not in GATHERED_FOR)


def _named_inside(match: Match) -> tuple[Token, ...]:
    """An agent that the trigger names ("police firing"), or the act in which people came to harm ("died in ...")."""
    own = tuple(t for t in match.tokens if t.i == match.root.i - 1 and _compound_agent(t))
    if match.trigger.pos == "NOUN" and own:
        return own
    named = match.beside | match.claimed
    acts = [t for slot in slots_in_order("fatal acts") for t in match.slots.get(slot, ())]
    acts = [t for t in acts if t.i in named or _who_carried_out(t)]
    return next((agents for act in acts if (agents := _agents_of(act))), ())


def _recipients(match: Match, actors: tuple[Token, ...]) -> tuple[tuple[Token, ...], Because | None]:
    """To whom it is done, and why."""
    taken = {t.i for t in actors}
    weak: tuple[str, tuple[Token, ...]] = ("", ())
    spare: list[tuple[str, tuple[Token, ...]]] = []
    things = _slots_of_things(match)
    for slot in _recipient_slots(match):
        here = [t for t in match.slots.get(slot, ()) if t.i not in taken and not _inside(t, match)]
        here = [t for t in here if not names_nobody(t) and not names_instrument(t) and not is_sent(t)]
        if match.type.gathering and slot in slots_in_order("whence"):
            continue
        whither = match.type.gathering and slot in slots_in_order("whither")
        if whither and any(match.slots.get(start) for start in slots_in_order("whence")):
            continue  # "marched from the port to Colombo": whatever the recogniser takes Colombo for
        if whither:
            here = [t for t in here if t.ent_type_ not in PLACE_ENTITIES and t.lemma_.lower() not in AREAS]
        agents = tuple(a for t in here for a in _touched(t, match) if a.i not in taken)
        if agents and weak[1] and slot not in slots_in_order("over to"):
            continue
        part_of_name = all(a.head in here and clause_of(a).link in OF_NAMES for a in agents)
        if agents and slot == "object" and part_of_name:
            weak = weak if weak[1] else (slot, agents)  # "returned the Greek vases to the museum"
        elif agents:
            weak = (slot, agents)
            break
        touched = tuple(t for t in here if names_thing(t)) if slot in things else ()
        if match.type.gathering:
            touched = tuple(t for t in touched if not names_shown(t) and t.lemma_.lower() not in ANNOUNCED_BEFORE)
        if touched:
            spare.append((slot, touched))
    if weak[1]:
        return weak[1], _why(RECIPIENTS, weak[0], match, weak[1])
    if spare:
        # what the codebook's frame asks for ("imposed a blockade on") may say what is done, not to whom
        slot, touched = min(spare, key=lambda s: any(t.i in match.claimed for t in s[1]))
        if match.type.things != "unless_named" or not any(t.i in match.claimed for t in touched):
            return touched, _why(RECIPIENTS, slot, match, touched)
    if actors and match.root.lemma_.lower() in GIVING and "to" not in match.slots:
        received = _to_below(match, taken)
        if received:
            return received, _why(RECIPIENTS, "to", match, received)
    both_act = match.type.mutual and match.root.lemma_.lower() in MUTUAL
    if match.type.gathering or both_act or not (actors or match.trigger.pos == "NOUN"):
        return (), None
    suffered = SUFFERED if match.type.speaks_of == "deed" else frozenset()
    named = match.claimed | {t.i for t in match.tokens}
    places, spoken = match.type.for_places, match.type.in_words
    below = reached(Reach(match.root, frozenset(taken), named, places, spoken, suffered))
    if not below and actors and match.type.things == "last":
        below = _matter(match, taken)
    return below, _why(RECIPIENTS, "words below", match, below)


def _to_below(match: Match, taken: set[int]) -> tuple[Token, ...]:
    """Whoever stands after the last "to" within what is given: "returned a vase that was found in 1943 to Peru"."""
    inside = {
        t.i: t
        for thing in match.slots.get("object", ())
        for t in thing.doc[thing.i + 1 : thing.i + FARTHEST_TO]
        if t.head.lower_ == "to"
        and clause_of(t).link == "preposition object"
        and thing.is_ancestor(t)
        and t.head.head.lemma_.lower() not in HANDED
    }
    parties = [t for i, t in sorted(inside.items()) if i not in taken and names_agent(t) and not names_nobody(t)]
    return tuple(t for t in coordinated(parties[-1]) if names_agent(t)) if parties else ()


def _matter(match: Match, taken: set[int]) -> tuple[Token, ...]:
    """The thing or the deed that an act in words is about: "condemned the killings", "threatened to close the port"."""
    acts = (act for act in match.slots.get("complement", ()) if act.pos_ == "VERB")
    inner = tuple(t for act in acts for t in clause_of(act).hung("object"))
    matters = slots_in_order("matters")
    for here in (*(match.slots.get(slot, ()) for slot in _recipient_slots(match) if slot in matters), inner):
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
            return ("possessive", *slots_in_order("noun recipients"))
        return slots_in_order("noun recipients, with of" if match.type.of == "recipient" else "noun recipients")
    lemma, order = match.root.lemma_.lower(), slots_in_order("verb recipients")
    first = "to" if lemma in GIVING else "with" if lemma in TALKING else None
    return (first, *(slot for slot in order if slot != first)) if first else order


def _slots_of_things(match: Match) -> frozenset[str]:
    """The slots in which a thing, and not only someone who can act, may be the recipient."""
    kind = match.type
    if kind.things in {"never", "last"}:
        return frozenset()
    # what stands after the others is where a gathering meets, and what is imposed on a thing is no act on it
    if kind.gathering or kind.things == "unless_named":
        return frozenset(slots_in_order("things acted on"))
    # shots are fired at a gate; "a shooting at the gate" took place there
    return frozenset(slots_in_order("things of a noun" if match.trigger.pos == "NOUN" else "things"))


def _why(why: Rule, slot: Slot, match: Match, tokens: tuple[Token, ...]) -> Because | None:
    if not tokens:
        return None
    return why.because(", ".join(t.text for t in tokens), slot=slot, trigger=match.root.text)


def _mutual(
    match: Match, actors: tuple[Token, ...], recipients: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    if not match.type.mutual:
        both = match.slots.get("between", ())
        return (actors or tuple(t for t in both if names_agent(t))), recipients
    parties = [*actors, *(t for slot in slots_in_order("mutual") for t in match.slots.get(slot, ()) if names_agent(t))]
    return tuple({t.i: t for t in parties}.values()), tuple(t for t in recipients if t.i not in {p.i for p in parties})


def _inside(token: Token, match: Match) -> bool:
    return any(token.i == t.i for t in match.tokens)


def _agents_of(act: Token) -> tuple[Token, ...]:
    """Who did what the noun names: "police firing", "an attack by gunmen", "the rebels' ambush"."""
    own = clause_of(act)
    beside = [t for t in own.hung("compound", "subject", "adjective", "noun modifier") if t.i == act.i - 1]
    found = sorted([*own.hung("possessor"), *beside], key=lambda t: t.i)
    found += [act.head] if own.link == "noun clause" and act.head.i == act.i - 1 else []
    found += [noun for word, noun in own.behind("preposition") if word.lower_ == "by"]
    found += _who_carried_out(act)
    return tuple(t for t in found if names_agent(t) and _compound_agent(t) and t.ent_type_ not in PLACE_ENTITIES)


def _who_carried_out(act: Token) -> list[Token]:
    """Whom a clause on the act names as those who did it ("an attack carried out by gunmen", "that gunmen staged")."""
    clauses = (clause_of(c) for c in clause_of(act).hung("noun clause", "relative clause"))
    return [
        doer
        for clause in clauses
        if any(form in CARRYING_OUT for form in word_forms(clause.word))
        for doer in (clause.agents if clause.passive else clause.subjects)
        if doer.i > act.i
    ]


def _compound_agent(token: Token) -> bool:
    """As in "police raid", "Israeli strike" or "rebel attack", not "bomb attack" or "anti-Roe march"."""
    if names_weapon(token) or token.lemma_.lower() in CAUSES or token.lower_ in PREFIXES:
        return False
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    if len(before) == 2 and before[0] in PREFIXES and before[1] in HYPHENS:
        return False
    if token.ent_type_ in {"NORP", "GPE"}:
        return True
    return names_agent(token) and token.ent_type_ not in {"FAC", "LOC", "EVENT"}


def _owners(weapon: Token) -> tuple[Token, ...]:
    """Whose weapon it is ("missiles fired by the army", "a rebel bomb"); nobody where the words do not tell."""
    own = clause_of(weapon)
    parts = own.hung("possessor", "compound", "adjective")
    owners = [t for t in parts if t in own.hung("possessor") or _compound_agent(t)]
    for child in own.hung("noun clause", "preposition"):
        if clause_of(child).link == "noun clause":
            owners += [noun for _, noun in clause_of(child).behind("agent")]
        elif child.lower_ == "by":
            owners += clause_of(child).hung("preposition object")
    return tuple(owners)


def _touched(token: Token, match: Match) -> tuple[Token, ...]:
    """Who is touched by what is done to ``token``: itself, or whose it is ("rejected the union's demand")."""
    if names_agent(token):
        return () if _looked_into(token, match) else (token,)
    own = clause_of(token)
    owners = [t for t in own.hung("possessor") if not _own(t)]
    # who condemns a killing accuses the killer, not the killed
    suffered = match.type.speaks_of == "deed" and (names_weapon(token) or token.lemma_.lower() in SUFFERED)
    for done in own.hung("noun clause"):
        if done.tag_ == "VBN":  # "the order passed by the court"
            owners += [noun for _, noun in clause_of(done).behind("agent")]
    about = own.behind("preposition", "agent")
    # whoever demands the release of the detained demands it of others
    others_act = suffered or (match.type.in_words and token.lemma_.lower() in ON_WHOSE_BEHALF)
    for name in slots_in_order("who did it" if others_act else "whose"):
        owners += [noun for word, noun in about if word.lower_ == name]
    owners += [t for t in own.hung(*OF_NAMES) if t.ent_type_ in NAMED_SIDES]
    owners = [t for t in owners if not names_instrument(t)]
    people = tuple(t for t in owners if names_agent(t) and t.pos_ != "PRON")
    whole = match.type.things == "always" or (match.type.things == "unless_named" and token.i not in match.claimed)
    if people and whole and names_thing(token):
        return (token,)  # "an arms depot of the army", "the party's office"
    if not people and "against" in _slots_of_things(match):  # "intensified its bombardment of the suburbs"
        behind = (t for t in owners if clause_of(t).link == "preposition object" and t.pos_ != "PRON")
        return tuple(t for t in behind if names_thing(t))[:1]
    return people[:1]


def _looked_into(token: Token, match: Match) -> bool:
    """As in "there were mistakes, and the ministry would investigate them": a plural pronoun that may be things."""
    return token.lower_ == "them" and match.root.lemma_.lower() in LOOKED_INTO


def _own(owner: Token) -> bool:
    """Whether the words point back at somebody named before: "pledged his country's support"."""
    return owner.pos_ == "PRON" or any(t.pos_ == "PRON" for t in clause_of(owner).hung("possessor"))


def _spans(parse: Parse, heads: Iterable[Token]) -> tuple[Span, ...]:
    each = (one for head in heads for one in (head, *same_office_elsewhere(head)))
    return tuple(dict.fromkeys(phrase(parse, head) for head in each))
