"""Incident templates: the coded report's violent events, joined into the incidents that the report tells of.

The rules that read a coding as templates, in their order:

1. An assault that is asserted or possible is part of an incident; a clash of armed sides, an attack on fighters and an
   operation of the state against crime are left out, and so is an assault long before the report.
2. An assault is a bombing, a kidnapping, an arson or an attack by its mode and its words (:data:`KINDS`). What is told
   beside a bombing or a kidnapping without a weapon of its own ("two people were killed") is part of it. Another place
   or day with other people makes another incident, and what the report only names in passing is none.
3. An actor is a person where the words end in a noun for people, else an organisation; of "guerrillas of the front"
   both are given. Somebody peaceful (a priest, a union) is none. Where no words of an event name an organisation and
   the state did not act, it is the armed body that the report blames most, or else names most: a body of the state only
   where it is blamed. A recipient is a thing by its last word, else a person; what a bombing happened at is its target.
4. A person is given by name, or by the words for them without number, article and what follows the noun,
   once, and not by words that only count or point ("the others").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.tools import PRONOUNS, named
from dateline.coder.machine import MachineCoder
from dateline.lang.en.grammar.agents import AGENT_NOUNS
from dateline.model import Coding, EventMention

if TYPE_CHECKING:
    from benchmarks.tools import Record, Tools

CODEBOOK = Path(__file__).resolve().parent.parent / "codebooks" / "templates.yaml"
INPUTS = {"id": None, "published": None, "text": None}
KINDS = {
    **{"explosives": "BOMBING", "suicide-attack": "BOMBING", "abduct": "KIDNAPPING"},
    **{
        "firearms": "ATTACK",
        "heavy-weapons": "ATTACK",
        "targeted": "ATTACK",
        "aerial": "ATTACK",
        "primitive": "ATTACK",
    },
}
"""The kind of incident that a mode of ASSAULT is; any other assault is told beside another, or is an attack."""
FIRE = frozenset("arson arsonist burn burned burning burnt ablaze fire fires torched torch".split())
WAR = frozenset(
    "battle battles clash clashed clashes combat combats confrontation confrontations fight fighting fights fought "
    "hostilities offensive offensives shelling skirmish skirmishes struggle war warfare ceasefire truce".split()
)
FIGHTERS = frozenset(
    "combatant combatants extremist extremists fighter fighters guerrilla guerrillas guerrillero insurgent insurgents "
    "rebel rebels subversive subversives terrorist terrorists".split()
)
BODIES = frozenset("army battalion brigade cartel command force forces front government movement navy police".split())
DOUBTED = frozenset("the alleged suspected presumed".split())
NUMBERS = frozenset(
    "a an the some several many few two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty hundred one at least about approximately more than over nearly almost only all other another every "
    "its each both dozens dozen hundreds thousands scores number group of unidentified".split()
)
AFTER = re.compile(r"\s+(?:OF|IN|FROM|FOR|WHO|WHICH|THAT|AT|ON|WITH|NEAR|BELONGING|AND)\s.*", re.IGNORECASE | re.DOTALL)
"""What follows the noun of a phrase."""
STATE = frozenset({"MIL", "COP", "GOV", "SPY", "LEG", "JUD"})
CRIME = frozenset("band bands cartel cartels dealers drug gang gangs mafia trafficking traffickers".split())
BEGINNING = 600
LEAST = 2
OF_A_THING = re.compile(r"\s+(?:IN|FROM|FOR|WHO|WHICH|THAT|AT|ON|WITH|NEAR|BELONGING)\s.*", re.IGNORECASE | re.DOTALL)
"""What follows the noun for a thing and is no part of its name."""
REBEL_WORDS = frozenset("cartel front guerrilla liberation revolutionary".split())
INITIALS = re.compile(r"(?P<name>(?:[\w'’-]+ ){2,7})[\[(](?P<initials>\w{2,8})[\])]")
SPELT_OUT = re.compile(r"\b(?P<initials>\w{3,8}) [\[(](?P<name>(?:[\w'’-]+ ){2,7}[\w'’-]+)[\])]")
REBEL_BODY = re.compile(
    r"\b(?:THE|BY|OF|FROM|AND|TO) \[?(?P<name>(?:(?!(?:THE|BY|OF|FROM|AND|TO|FOR|ON|IN|THAT|AGAINST) )[\w'’-]+ ){1,5}"
    r"(?:LIBERATION (?:FRONT|ARMY)|REVOLUTIONARY ARMED FORCES|CARTEL))\b",
    re.IGNORECASE,
)
STATE_BODY = re.compile(r"\b(?:\w+an )?(?:army|armed forces|air force)\b", re.IGNORECASE)
BLAME = re.compile(
    r"\b(?:accus\w+|blam\w+|attribut\w+|responsib\w+|credit\w*|murdered by|killed by|guilty|charged)\b", re.IGNORECASE
)
BLAMED = 3
"""How many mentions one in a sentence that tells who is to blame counts for."""
PEACEFUL = frozenset({"REL", "EDU", "JRN", "AGR", "LAB", "HLH", "JUD", "LEG"})
FORCES = frozenset({"MIL", "COP", "SPY"})
ARMED_WORDS = REBEL_WORDS | BODIES | frozenset("armed military guard militia militias squads guardsmen".split())
LAND = frozenset("territory country area areas region city capital north south east west".split())
LONGEST_AGO = 62
"""Days before the report after which an incident is no news."""
THINGS = frozenset(
    "aircraft airplane airport ambulance area automobile bank branch bridge building bus buses business camp "
    "campus car cars cathedral center centers church clinic company consulate crops district embassies "
    "embassy establishment exchange facilities facility factory farm front headquarters helicopter highway "
    "home homes hospital hotel hotels house houses industries installation installations jail jeep line lines "
    "mansion market mill mine newspaper office offices pipe pipeline pipelines pipes plane plant plants pole "
    "poles police-station port post posts power printshop properties property radio ranch refinery residence "
    "residences road school schools shop staff station stations store stores street subway supermarket system "
    "telephone theater tower towers town towns train trains transformer transport truck trucks tunnel "
    "booth dumptruck dumptrucks harvest minibus minibuses taxi taxis ministry barracks garrison "
    "institution institutions computer pickup pickups bank banks "
    "university vehicle vehicles village villages warehouse window windows".split()
)


AT_A_THING = re.compile(
    r"\b(?:IN|AT|INSIDE|OUTSIDE|NEAR|AGAINST|UNDER|BESIDE|INTO|FRONT OF) (?:THE|A|AN|HIS|HER|ITS|THEIR) "
    rf"(?P<thing>(?:(?!(?:IN|AT|OF|THE|TO|AND|FRONT) )[\w.'’-]+ ){{0,4}}(?:{'|'.join(sorted(THINGS))}))\b",
    re.IGNORECASE,
)
POINTING = frozenset(
    "these those this that others bodies kind site sites corner booth supplies hostages hostage victims alias".split()
)
ANYBODY = frozenset("people person persons man individuals individual".split())


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The templates of each report."""
    kept = list(records)
    coder = MachineCoder.load(CODEBOOK)
    for record, coding in zip(kept, tools.codings(kept, coder), strict=True):
        yield {"id": record["id"], "templates": list(_templates(coding)) if coding else []}


def _templates(coding: Coding) -> Iterator[dict[str, Any]]:
    events = [e for e in coding.events if e.type == "ASSAULT" and not _is_war(coding, e) and not _is_past(coding, e)]
    incidents: dict[str, list[EventMention]] = {}
    for event in events:
        kind = _kind(event)
        if kind:
            incidents.setdefault(kind, []).append(event)
    beside = [e for e in events if _kind(e) is None]
    if beside:
        into = next((k for k in ("BOMBING", "KIDNAPPING", "ATTACK", "ARSON") if k in incidents), "ATTACK")
        incidents.setdefault(into, []).extend(beside)
    for kind, told in incidents.items():
        for one in _apart(sorted(told, key=lambda e: e.trigger.start)):
            template = _template(coding, kind, one)
            if _is_told(template, one):
                yield template


def _apart(told: Sequence[EventMention]) -> list[list[EventMention]]:
    """The mentions of each incident: another place or day, with other people, makes another incident."""
    incidents: list[list[EventMention]] = []
    for event in told:
        home = next((one for one in reversed(incidents) if not _differs(event, one)), None)
        if home is None:
            incidents.append(home := [])
        home.append(event)
    return incidents


def _differs(event: EventMention, told: Sequence[EventMention]) -> bool:
    """Whether the event is told of another place or day than the mentions, and of other people."""
    whom, others = {r.actor for r in event.recipients}, {r.actor for e in told for r in e.recipients}
    if not whom or not others or whom & others:
        return False
    places = {e.place.name for e in told if e.place}
    days = {e.date.edtf for e in told if e.date and e.date.edtf}
    elsewhere = event.place is not None and bool(places) and event.place.name not in places
    another_day = event.date is not None and bool(days) and event.date.edtf not in days
    return elsewhere or another_day


def _is_told(template: dict[str, Any], events: Sequence[EventMention]) -> bool:
    """Whether the report tells of an incident, and does not only name its kind: a target, and two of when, where,

    by whom, to what effect, and at the report's beginning.
    """
    told = [bool(template[slot]) for slot in ("date", "location", "human_effect")]
    told += [any(e.actors for e in events), any(e.trigger.start < BEGINNING for e in events)]
    target = template["human_target"] or template["phys_target"] or template["incident_type"] == "BOMBING"
    return bool(target) and sum(told) >= LEAST


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text.lower())


def _kind(event: EventMention) -> str | None:
    if event.mode in {"destroy", None} and FIRE & set(_words(event.trigger.quote)):
        return "ARSON"
    return KINDS.get(event.mode or "")


def _is_war(coding: Coding, event: EventMention) -> bool:
    if event.modality not in {"asserted", "possible"} or WAR & set(_words(event.trigger.quote)):
        return True
    recipients = [set(_words(named(coding, r).quote)) for r in event.recipients]
    sectors = {a.id: a.sector or "" for a in coding.actors}
    by_state = bool(event.actors) and all(sectors.get(a.actor or "") in STATE for a in event.actors)
    against = FIGHTERS | CRIME if by_state else FIGHTERS
    return (by_state and not recipients) or (bool(recipients) and all(against & words for words in recipients))


def _is_past(coding: Coding, event: EventMention) -> bool:
    published = (coding.report.published or "")[:10]
    told = re.match(r"\d{4}-\d\d-\d\d", event.date.edtf or "") if event.date else None
    if told is None or len(published) < 10:
        return bool(event.date and re.fullmatch(r"\d{4}", event.date.edtf or "") and event.date.edtf != published[:4])
    return (date.fromisoformat(published) - date.fromisoformat(told.group())).days > LONGEST_AGO


def _template(coding: Coding, kind: str, events: Sequence[EventMention]) -> dict[str, Any]:
    persons, orgs = _perpetrators(coding, events)
    people: list[str] = []
    things: list[str] = []
    for event in events:
        for recipient in event.recipients:
            quote = named(coding, recipient).quote
            if _is_thing(quote):
                things.append(_short(quote, OF_A_THING))
            elif not _is_place(coding, quote) and not _is_vague(quote):
                names = re.split(r"\s*,\s*(?:AND\s+)?", _short(quote))
                people += [_fullest(coding, recipient.actor, name) for name in names]
        things += _struck(event)
    people = _apart_from(people)
    kinds = {c.kind for e in events for c in e.counts}
    return {
        "incident_type": kind,
        "date": next((e.date.edtf for e in events if e.date and e.date.edtf), None),
        "location": list(dict.fromkeys(e.place.quote for e in events if e.place))[:2],
        "perp_individual": _first(persons, 1),
        "perp_org": _first(orgs, 1),
        "human_target": _first(people, 3),
        "phys_target": _first(things, 2),
        "human_effect": ["DEATH"] * ("killed" in kinds) + ["INJURY"] * ("injured" in kinds),
    }


def _is_vague(quote: str) -> bool:
    """Whether the words only count or point at somebody, or name those who fight."""
    last = (_words(_core(quote)) or [""])[-1]
    return last.isdigit() or last in NUMBERS or last in POINTING or last in FIGHTERS


def _apart_from(people: Sequence[str]) -> list[str]:
    """The people without those that a fuller name among them names too, and without "people" beside a name."""
    kept = [p for p in people if not any(o != p and o.endswith(f" {p}") for o in people)]
    return [p for p in kept if p.lower() not in ANYBODY or all(o.lower() in ANYBODY for o in kept)]


def _struck(event: EventMention) -> list[str]:
    """The things at which a bombing's sentence says that it happened."""
    if event.mode != "explosives":
        return []
    told = " ".join(" ".join(e.quote for e in event.evidence).split())
    return [m.group("thing") for m in AT_A_THING.finditer(told) if _is_thing(m.group("thing"))]


def _perpetrators(coding: Coding, events: Sequence[EventMention]) -> tuple[list[str], list[str]]:
    """The persons and the organisations that act in the mentions of an incident, or that the report says are armed."""
    persons: list[str] = []
    orgs: list[str] = []
    sectors = {a.id: a.sector or "" for a in coding.actors}
    state = False
    for event in events:
        for actor in event.actors:
            sector = sectors.get(actor.actor or "", "")
            if sector in PEACEFUL:
                continue
            person, org = _perpetrator(coding, named(coding, actor).quote)
            persons += person
            orgs += [name for name in org if sector in FORCES or _is_body(name)]
            state = state or sector in STATE
    if not state:
        orgs = orgs or _bodies(coding)
    return persons, orgs


def _is_body(name: str) -> bool:
    """Whether the name is that of a body that can bear arms, or initials."""
    return bool(ARMED_WORDS & set(_words(name))) or re.fullmatch(r"[A-Z]{3,8}(?:-[A-Z]{2,8})*", name) is not None


def _is_place(coding: Coding, quote: str) -> bool:
    words = _words(_core(quote))
    places = {word for place in coding.places if place.use == "place" for word in _words(place.quote)}
    return not words or words[-1] in LAND or (words[-1] in places and not any(_is_noun(w) for w in words))


def _fullest(coding: Coding, actor: str | None, name: str) -> str:
    """The longest of the actor's names that end as the one given does ("Ana Ruiz" for "Ruiz")."""
    mentions = [m.quote for a in coding.actors if a.id == actor for m in a.mentions]
    names = [short for short in map(_short, mentions) if short.split()[-1:] == name.split()[-1:]]
    return max([name, *names], key=lambda one: (len(one.split()), one == name))


def _first(words: Sequence[str], most: int) -> list[str]:
    return [w for w in dict.fromkeys(words) if w and w.lower() not in PRONOUNS][:most]


def _core(quote: str, after: re.Pattern[str] = AFTER) -> str:
    """The phrase without what follows its noun; of "some of the men", the men."""
    whole = " ".join(quote.split())
    amount, _, counted = whole.partition(" OF ")
    if counted and amount.lower().split()[-1] in NUMBERS:
        whole = counted
    return after.sub("", whole)


def _is_noun(word: str) -> bool:
    return any(form in AGENT_NOUNS for form in (word, word.removesuffix("s"), word.removesuffix("es")))


def _bodies(coding: Coding) -> list[str]:
    """The bodies in arms against the state that the report names, those that it names most first."""
    text = " ".join(coding.report.text.split())
    names = {m.group("initials") for m in INITIALS.finditer(text) if REBEL_WORDS & set(_words(m.group("name")))}
    names |= {m.group("initials") for m in SPELT_OUT.finditer(text) if REBEL_WORDS & set(_words(m.group("name")))}
    names |= {m.group("name") for m in REBEL_BODY.finditer(text)}
    names |= {
        m.quote
        for a in coding.actors
        if REBEL_WORDS & set(_words(a.name))
        for m in a.mentions
        if re.fullmatch(r"[A-Z]{3,8}", m.quote)
    }
    names |= {
        m.quote.split()[-1]
        for a in coding.actors
        if REBEL_WORDS & set(_words(a.name)) and a.sector not in STATE
        for m in a.mentions
        if re.fullmatch(r"THE\s[A-Z]{3,8}", m.quote)
    }
    blame = " ".join(one for one in re.split(r"(?<=[.!?])\s", text) if BLAME.search(one))
    found = {name: _times(name, text) + BLAMED * _times(name, blame) for name in names}
    found |= {name: BLAMED * _times(name, blame) for name in {m.group().upper() for m in STATE_BODY.finditer(blame)}}
    return sorted(found, key=lambda name: (-found[name], -len(name), name))


def _times(name: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def _perpetrator(coding: Coding, quote: str) -> tuple[list[str], list[str]]:
    """The persons and the organisations that the words for an actor name."""
    whole = " ".join(quote.split())
    bracket = re.search(r"[\[(](\w+)[\])]", whole)
    if bracket:
        return [], [bracket.group(1)]
    words = _core(whole).split()
    while len(words) > 1 and words[0].lower() in DOUBTED:
        words = words[1:]
    if not words or (len(words) == 1 and words[0].lower() == "terrorist"):
        return [], []
    of = re.split(r"\s+(?:OF|FROM)\s+(?:THE\s+)?", whole, maxsplit=1)[1:]
    if not _is_noun(words[-1].lower()) or words[-1].lower() in BODIES:
        return [], [" ".join(words)]
    if not of and words[-1].lower() in FIGHTERS:
        before = " ".join(words[:-1])
        if any(before.lower() == m.quote.lower() for a in coding.actors for m in a.mentions):
            return [words[-1]], [before]
    return [" ".join(words)], of


def _is_thing(quote: str) -> bool:
    words = _words(_core(quote))
    return bool(words) and words[-1] in THINGS


def _short(quote: str, after: re.Pattern[str] = AFTER) -> str:
    """The words for somebody as a template gives them: the name alone, or the words without number."""
    words = _core(quote, after).split()
    while len(words) > 1 and (words[0].lower() in NUMBERS or words[0][0].isdigit()):
        words = words[1:]
    if after is OF_A_THING:
        return " ".join(words)
    last = max((n for n, word in enumerate(words) if _is_noun(word.lower().strip(",."))), default=-1)
    return " ".join(words[last + 1 :] or words)
