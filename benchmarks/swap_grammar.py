"""Pairs of texts that must be coded alike: sides, nations, trades and names exchanged, loaded words for plain ones.

A small grammar of our own sentences: every frame is filled a few times, and each filling gives a text and up to six
variants of it. What is filled in is tracked, so that a participant is told by the slot it came from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NATIONS = {
    "Kenyan": "KE", "Polish": "PL", "Israeli": "IL", "Palestinian": "PS", "Russian": "RU", "Ukrainian": "UA",
    "Turkish": "TR", "Iranian": "IR", "Indian": "IN", "Pakistani": "PK", "Chinese": "CN", "American": "US",
    "British": "GB", "Nigerian": "NG", "Sudanese": "SD", "Ethiopian": "ET", "Colombian": "CO", "Mexican": "MX",
    "Syrian": "SY", "Iraqi": "IQ", "Saudi": "SA", "Yemeni": "YE", "Armenian": "AM", "Azerbaijani": "AZ",
    "Serbian": "RS", "French": "FR", "German": "DE", "Rwandan": "RW", "Congolese": "CD", "Indonesian": "ID",
}  # fmt: skip
COUNTRIES = (
    "Israel", "Iran", "Russia", "Ukraine", "Turkey", "Greece", "India", "Pakistan", "China", "Japan", "Sudan",
    "Ethiopia", "Rwanda", "Colombia", "Venezuela", "Armenia", "Azerbaijan", "Serbia", "France", "Britain", "Nigeria",
    "the United States", "Saudi Arabia", "South Korea",
)  # fmt: skip
BODIES = (
    "the Harbour Front", "the Northern Alliance for Water", "the Free Valley Movement", "the People's Union",
    "the Islamic Renewal Party", "the Christian Workers' League", "the Green Hills Brigade", "the National Council",
    "the Revolutionary Workers' Front", "the Civic Platform", "the Patriots' Association", "the Coastal Army",
)  # fmt: skip
NAMES = (
    "Amina Yusuf", "Chen Wei", "Oksana Melnyk", "Yossi Cohen", "Mahmoud Saleh", "John Miller", "Siobhan Byrne",
    "Kwame Mensah", "Nguyen Van Minh", "Priya Sharma", "Diego Fernández", "Fatima al-Masri", "Sergei Ivanov",
    "Mehmet Kaya", "Rojin Demir", "Hiroshi Tanaka", "Joana Silva", "Ahmad Karimi", "Lena Fischer", "Ama Owusu",
    "Tadesse Bekele", "Marek Nowak", "Elif Yıldız", "Carlos Quispe", "Ruth Feldman", "Omar Haddad",
)  # fmt: skip
PLACES = (
    "Nairobi", "Kharkiv", "Lahore", "Hebron", "Denver", "Diyarbakir", "Bogotá", "Goma", "Lyon", "Basra", "Manila",
    "Minsk", "Khartoum", "Belgrade", "Jakarta", "Aden",
)  # fmt: skip
ARMED = ("soldiers", "troops", "police", "fighters", "gunmen", "militiamen", "rebels")
CIVIL = (
    "protesters", "students", "workers", "farmers", "villagers", "women", "teachers", "activists", "herders",
    "fishers", "miners", "medics", "traders",
)  # fmt: skip
CROWDS = frozenset({"protesters"})
"""Civil sides to whom codes of their own belong: they are not exchanged with others."""

POWERS = ("army", "government", "police", "foreign ministry", "navy")
SPEAKERS = ("a doctor", "an official", "a witness", "the mayor", "a police spokesman", "the interior ministry")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("two", "three", "seven", "12", "at least 20", "more than 40", "dozens of", "hundreds of")

SIDES = {
    "armed": ARMED,
    "civil": CIVIL,
    "power": POWERS,
}
LOADED = {
    "men": ("thugs", "goons", "hooligans"),
    "people": ("extremists", "infidels", "traitors", "fanatics", "heroes"),
    "gunmen": ("terrorists",),
    "crowd": ("mob", "horde", "rabble"),
    "government": ("regime", "dictatorship", "junta"),
    "ruler": ("dictator", "tyrant", "despot"),
    "victims": ("martyrs",),
    "killed": ("butchered", "slaughtered", "massacred", "martyred"),
    "killing": ("massacre", "slaughter"),
    "killings": ("massacres",),
    "attack": ("onslaught", "aggression"),
    "attacked": ("savaged", "brutalised"),
    "destroyed": ("annihilated", "obliterated"),
    "severe": ("brutal", "barbaric", "heroic", "savage", "heinous", "ruthless"),
}
"""Plain words of the frames (between the marks < and >) and loaded ones that are put in their places."""

FRAMES = """
{A:armed} shot dead {n} {B:civil} near {place} on {day}, {speaker} said.
{A:armed} were detained by {B:armed} in {place} on {day}.
{n} {B:civil} were <killed> by {A:armed} in {place} on {day}.
Clashes between {A:armed} and {B:armed} broke out in {place} on {day}.
{A:power} accused {B:power} of shelling a school in {place}.
{A:armed} denied that they had <attacked> {B:civil} in {place}.
{A:armed} will withdraw from {place} next week, {B:power} said.
At least 20 people were <killed> when {A:armed} bombed a market in {place}, according to {B:power}.
{A:armed} fired tear gas at {B:civil} in {place} on {day}.
{A:civil} marched through {place} on {day} to demand the release of {B:civil}.
"We will not leave {place}," said {name}, a leader of {B:body}.
{speaker} said that {name} had told reporters that {A:armed} <killed> {n} {B:civil} in {place}.
The <killing> of {n} {B:civil} by {A:armed} in {place} was condemned by {C:country}.
{C:country} condemned {D:country} for the <severe> <attack> on {place}.
{C:country} and {D:country} signed a ceasefire agreement in {place} on {day}.
{C:country} imposed sanctions on {D:country} on {day}.
{C:country} expelled three diplomats of {D:country} on {day}.
{C:country} rejected a demand by {D:country} to withdraw troops from {place}.
{C:country} sent food and medicine to {D:country} after the floods.
{C:country} threatened to bomb {D:country} if its troops enter {place}.
The president of {C:country} will meet the prime minister of {D:country} in {place} on {day}.
{A:body} claimed responsibility for the <attack> that <killed> {n} {B:civil} in {place}.
{A:body} accused {B:body} of burning houses in {place}.
Members of {A:body} clashed with members of {B:body} in {place} on {day}.
Talks between {A:body} and {B:body} collapsed in {place} on {day}.
{A:body} called for a general strike in {place} next week.
Police arrested {n} supporters of {A:body} in {place} on {day}.
{n} people were injured when supporters of {A:body} threw stones at {B:armed} in {place}.
{name}, a spokesman for {A:body}, said {n} {B:civil} had been abducted in {place}.
According to {name} of {A:body}, {B:armed} <destroyed> two houses in {place}.
The <government> <killed> {n} {A:civil} in {place} on {day}, {B:body} said.
The <government> denied on {day} that its {A:armed} had <killed> {n} {B:civil}.
A <crowd> set fire to a police station in {place} on {day}.
A <crowd> of {A:civil} <attacked> {B:civil} in {place} on {day}, {speaker} said.
<Men> on motorcycles <attacked> {A:civil} in {place} on {day}.
<Gunmen> kidnapped {n} {A:civil} near {place} on {day}.
<Gunmen> <killed> {n} {A:armed} in a <severe> <attack> in {place}, {speaker} said.
"The <government> <killed> our {A:civil}," {name} told reporters in {place}.
{name} said: "<Gunmen> <killed> {n} {A:civil}, and the <government> did nothing."
Thousands of {A:civil} protested in {place} against the <government> on {day}.
Thousands mourned the <victims> of the <killing> in {place} on {day}.
Protesters demanded that the <ruler> resign, {name} said.
{n} <people> were arrested in {place} on {day} after the <killings>, {speaker} said.
Troops loyal to the <ruler> <destroyed> a bridge near {place} on {day}.
The army said it had <killed> {n} <gunmen> in {place} on {day}.
The <attack> by {A:armed} on {B:civil} in {place} left {n} people dead.
{A:armed} and {B:armed} exchanged fire near {place}, <killing> {n} {B:civil}.
{name}, who leads {A:body}, was arrested in {place} on {day}.
{A:power} demanded that {B:power} release {name}, a journalist held in {place} since {day}.
{B:civil} in {place} were beaten by {A:armed}, {name} said. "They broke my arm," she added.
{A:armed} entered {place} on {day}. They arrested {n} {B:civil} and burned a shop.
{A:power} may send troops to {place}, {name} said on {day}.
No {B:civil} were hurt when {A:armed} fired rockets at {place}, {speaker} said.
{A:power} warned that it would <attack> {B:armed} near {place} unless they left.
{A:civil} blocked a road in {place} on {day} over the <killing> of {name}.
{name} was <killed> by {A:armed} in {place} on {day}, {speaker} said.
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text, with the slots that were filled: name, start and end."""

    text: str
    slots: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and a variant that must be coded alike. ``kind`` says what was changed."""

    kind: str
    plain: Filled
    variant: Filled


_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}|<(\w+)>")


def pairs(number: int, seed: int = 1) -> Iterator[Pair]:
    """So many pairs, the same ones for the same seed; every frame gives about as many as any other."""
    chance = random.Random(seed)
    frames = FRAMES.strip().split("\n")
    made = 0
    while made < number:
        for frame in frames:
            values = _values(frame, chance)
            plain = _fill(frame, values, {})
            for kind, changed, loaded in _variants(frame, values, chance):
                if made < number:
                    made += 1
                    yield Pair(kind, plain, _fill(frame, changed, loaded))


def _values(frame: str, chance: random.Random) -> dict[str, str]:
    nations = chance.sample(sorted(NATIONS), 2)
    countries, bodies = chance.sample(COUNTRIES, 2), chance.sample(BODIES, 2)
    values = {
        "place": chance.choice(PLACES),
        "name": chance.choice(NAMES),
        "day": chance.choice(DAYS),
        "n": chance.choice(NUMBERS),
        "speaker": chance.choice(SPEAKERS),
        "C": countries[0],
        "D": countries[1],
    }
    for n, (side, sort) in enumerate(_sides(frame)):
        if sort == "body":
            values[side] = bodies[n % 2]
        elif sort in SIDES:
            article = "the " if sort == "power" else ""
            values[side] = f"{article}{nations[n % 2]} {chance.choice(SIDES[sort])}"
    return values


def _sides(frame: str) -> list[tuple[str, str]]:
    found = {m.group(1): m.group(2) for m in _SLOT.finditer(frame) if m.group(2)}
    return sorted(found.items())


def _variants(
    frame: str, values: Mapping[str, str], chance: random.Random
) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """What was changed, the values of the slots, and the loaded words for plain ones."""
    sides = dict(_sides(frame))
    nations = [side for side, sort in sides.items() if sort in SIDES]
    if len(sides) == 2 and len(set(sides.values())) == 1 and not nations:
        one, other = sorted(sides)
        yield "sides exchanged", {**values, one: values[other], other: values[one]}, {}
    if len(nations) == 2:
        one, other = nations
        first, second = (next(n for n in NATIONS if n in values[side]) for side in nations)
        exchanged = {one: values[one].replace(first, second), other: values[other].replace(second, first)}
        yield "nations exchanged", {**values, **exchanged}, {}
    if nations:
        others = chance.sample(sorted(set(NATIONS) - {n for s in nations for n in NATIONS if n in values[s]}), 2)
        new = {
            side: values[side].replace(next(n for n in NATIONS if n in values[side]), other)
            for side, other in zip(nations, others, strict=False)
        }
        yield "other nations", {**values, **new}, {}
    civil = [side for side, sort in sides.items() if sort == "civil" and values[side].split()[-1] not in CROWDS]
    if civil:
        new = {side: f"{values[side].split()[0]} {chance.choice(_other_civilians(values[side]))}" for side in civil}
        yield "other civilians", {**values, **new}, {}
    if "{name}" in frame:
        yield "another name", {**values, "name": chance.choice([n for n in NAMES if n != values["name"]])}, {}
    words = list(dict.fromkeys(m.group(3) for m in _SLOT.finditer(frame) if m.group(3)))
    if words:
        for _ in range(2):
            yield "loaded words", dict(values), {w: chance.choice(LOADED[w.lower()]) for w in words}


def _other_civilians(people: str) -> list[str]:
    return [noun for noun in CIVIL if noun not in CROWDS and noun != people.rsplit(maxsplit=1)[-1]]


def _fill(frame: str, values: Mapping[str, str], loaded: Mapping[str, str]) -> Filled:
    parts: list[str] = []
    slots: list[tuple[str, int, int]] = []
    at = length = 0
    for match in _SLOT.finditer(frame):
        before = frame[at : match.start()]
        plain = match.group(3)
        new = loaded.get(plain, plain) if plain else values[match.group(1)]
        if length + len(before) == 0 or (plain and plain[0].isupper()):
            new = new[0].upper() + new[1:]
        slots.append((plain or match.group(1), length + len(before), length + len(before) + len(new)))
        parts += [before, new]
        length += len(before) + len(new)
        at = match.end()
    text = "".join([*parts, frame[at:]])
    return Filled(text[0].upper() + text[1:], tuple(slots))
