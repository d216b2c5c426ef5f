"""Sentences told of private people with many names, to see that none of these names is kept.

Every frame is filled with every name, whatever it sounds like: names of many regions, names that are words, months or
weekdays, of one word and of several. A name is kept where one of its words stands in a field that people read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.export.formats import rows
from dateline.intake import read_text

if TYPE_CHECKING:
    from dateline.coder.machine import MachineCoder
    from dateline.model import Coding

NAMES = (
    "Moses Okello", "Precious Dube", "Hope Banda", "Sunday Adeyemi", "May Wong", "Faith Chebet", "Prince Mensah",
    "Justice Amoako", "Blessing Okafor", "Grace Lam", "Tuan Nguyen", "Tran Thi Mai", "Kateryna Bondarenko",
    "Ahmad al-Masri", "Khalid bin Rashid", "Abu Bakr Saleh", "Li Wei", "Park Min-jun", "Kim Soo-young", "Suharno",
    "Wahyuni", "K. R. Venkatesan", "Mohd. Irfan Qureshi", "Yevgeny Mikhailovich Sorokin",
    "Wojciech Brzęczyszczykiewicz", "Özlem Çelik", "María Fernanda Delgado Ruiz", "José Luis Quispe Mamani",
    "Aung Ko Latt", "Ma Thandar", "Gul Agha Zadran", "Sigríður Jónsdóttir", "Seán O'Malley", "Anne-Marie Le Goff",
    "Pieter van der Meer", "Sidi Ould Brahim", "Inês de Almeida", "Oluwaseun Adeyemi", "Thandiwe Nkosi",
    "Amir Haddad", "Lena Brandt", "Tom Hale",
)  # fmt: skip

FRAMES = """
Police arrested {name} in Lyon on Monday.
{name} was arrested by police in Lyon on Monday.
Soldiers killed {name} near Goma on Monday.
{name} was killed by soldiers near Goma on Monday.
Gunmen abducted {name} from a market in Kano on Monday.
{name}, 16, was shot dead in Kano on Monday.
Gunmen killed {name} (16) in Kano on Monday.
Gunmen killed {name}, 43, and his brother in Kano on Monday.
Police beat {name}'s brother in Nairobi on Monday.
The son of {name} was abducted by gunmen in Lagos on Tuesday.
Police burned {name}'s house in Lyon on Monday.
Soldiers burned the house of {name} in Lyon on Monday.
Police attacked the {last} family in Lyon on Monday.
Rioters looted {name}'s shop in Lyon on Monday.
The beating of {name} by police led to protests in Lyon on Monday.
The killing of {name} in Kano on Monday was condemned by students.
Students marched in Lyon on Monday to demand justice for {name}.
Police arrested {name} and two other students in Lyon on Monday.
Police arrested Anna Jones, {name} and Peter Brown in Lyon on Monday.
Among those killed by soldiers in Goma on Monday was {name}, a farmer.
Police arrested a student, {name}, in Lyon on Monday.
Police arrested the student {name} in Lyon on Monday.
"The police beat my son," said {name}, a baker.
"Soldiers burned our houses," {name} told a reporter in Goma. {last}, 34, was wounded by the soldiers.
{name}, who sells fruit, was beaten by police in Lyon on Monday.
{name}'s mother said that police had beaten him in Lyon on Monday.
Gunmen shot {name} in Kano on Monday. {last} was wounded in the leg.
Gunmen abducted {name} in Kano on Monday. Police freed {last} on Tuesday.
Police Arrest {name} in Lyon
POLICE ARRESTED {NAME} IN LYON ON MONDAY AFTER A MARCH OF STUDENTS AND TEACHERS.
police arrested {name_lower} in lyon on monday.
A court in Lyon sentenced {name} to six years in prison on Monday.
{name} threw stones at police in Lyon on Monday.
{name} and thousands of others marched in Lyon on Monday.
Rebels released {name} after 40 days in captivity near Goma on Monday.
Police searched the home of {name} and seized two computers in Lyon on Monday.
Police arrested {name}, also known as “Bibi”, in Lyon on Monday.
Police arrested {name} (m.roe@mail.example, +33 612 345 678) in Lyon on Monday.
The victim, {name}, was stabbed to death by two men in Leeds on Monday.
Witness {name} said soldiers shot four farmers in Goma on Monday.
Two soldiers raped {name} in Goma on Monday, her sister said.
Hundreds attended the funeral of {name}, who was killed by police in Lyon on Monday.
Police in Lyon on Monday detained {name}, a 19-year-old.
A mob lynched {name} in Patna on Monday.
The arrest of {name} in Lyon on Monday sparked a riot.
Police denied that they had tortured {name} in Lyon on Monday.
Relatives of {name} blocked a road in Lyon on Monday.
{name}, {last}'s wife and three children were killed in an air strike on Gaza on Monday.
"""

_OPEN = ("report", "url", "publisher", "title", "trigger", "evidence", "because")
"""Columns that quote the report, or say where it is from."""
_PARTICLES = {"al", "bin", "van", "der", "de", "le", "ould", "ma", "thi", "the", "ko"}
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence told of somebody, by the name and the frame."""

    frame: str
    name: str

    @property
    def text(self) -> str:
        """The frame with the name in its places."""
        last = self.name.split()[-1]
        return self.frame.format(name=self.name, last=last, NAME=self.name.upper(), name_lower=self.name.lower())


def grid(frames: Iterable[str] = (), names: Iterable[str] = ()) -> Iterator[Told]:
    """Every frame with every name."""
    names = list(names) or NAMES
    for frame in list(frames) or FRAMES.strip().split("\n"):
        yield from (Told(frame, name) for name in names)


def kept(told: Iterable[Told], coder: MachineCoder) -> Iterator[tuple[Told, list[str]]]:
    """Each sentence whose coding keeps a word of the name, with the fields that do."""
    every = list(told)
    reports = [read_text(one.text, id="case", language="en", published="2024-03-06") for one in every]
    for one, coding in zip(every, coder.code_many(reports), strict=True):
        if fields := list(naming(coding, one.name)):
            yield one, fields


def naming(coding: Coding, name: str) -> Iterator[str]:
    """The fields that people read in which a word of the name stands."""
    words = {w.casefold().strip(".") for w in _WORD.findall(name)} - _PARTICLES
    words = {w for w in words if len(w) > 1} | {"jones", "peter", "brown", "bibi"}
    for field, text in read_fields(coding):
        found = {w.casefold().strip(".") for w in _WORD.findall(re.sub(r"['’]s\b", "", text))}
        allowed = {"justice", "sunday", "may"} if field in ("date_words", "date") else set()
        if (words & found) - allowed or "@" in text or re.search(r"\d{3} \d{3}", text):
            yield f"{field}: {text}"


def read_fields(coding: Coding) -> Iterator[tuple[str, str]]:
    """What people read of a coding, the report's own words between quotation marks aside."""
    for event in coding.events:
        for column, value in rows.event_cells(coding, event).items():
            if column not in _OPEN and isinstance(value, str):
                yield column, value
    for actor in coding.actors:
        yield "name", actor.name
        yield from (("role", actor.role),) if actor.role else ()
        yield from (("why", because.matched) for because in actor.because if because.matched)
        yield from (("flag", flag) for flag in actor.flags)
    yield from (("place", place.name) for place in coding.places)
