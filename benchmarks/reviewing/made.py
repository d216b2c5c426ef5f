"""A project of made-up reports, as large as one likes: rows are written straight into the store, many at once.

Every report tells four events of its week in invented words, each under the name of an invented town. What is written
is what adding, coding and linking would have left: evidence by name, reports, codings, mentions under their keys,
events and links. Nothing in it is from any report that exists.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pycountry
from sqlalchemy import Connection

from dateline.codebook.load import installed_codebook
from dateline.form import from_dict, plain
from dateline.link.mentions import mentions
from dateline.link.pairs.candidates import keys
from dateline.store import Project
from dateline.store.shelf import _number, _packed

NOON = "2024-06-01T12:00:00+00:00"
FIRST = date(2020, 1, 1)
DAYS = 1_800
IN_REPORT = 4
"""Rows of a report."""
BATCH = 1_000
"""Reports that are written in one transaction."""
_BOOK = "plover 1.0"
_SPEAKERS = ("the police", "the union", "the ministry of health", "residents", "an opposition group", "a hospital")
_GROUPS = ("police", "soldiers", "protesters", "dock workers", "teachers", "an armed group", "students", "the council")
_MODALITY = ("asserted",) * 8 + ("planned", "negated")


@dataclass(frozen=True, slots=True)
class Told:
    """What an event is, as every report of it tells it."""

    id: str
    type: str
    mode: str | None
    place: tuple[str, str, str, float, float]
    day: date
    actor: str
    recipient: str
    killed: int | None
    injured: int | None
    comparable: str
    keys: tuple[int, ...]


def make(folder: Path, events: int, rows: int, told: Any = print) -> None:
    """A project of so many events and mentions in a new folder."""
    chance = Random(7)
    towns = _towns(chance, 2_000)
    words = [_word(chance) for _ in range(20_000)]
    papers = [f"The {_word(chance).title()} {kind}" for kind in ("Post", "Herald", "Voice", "Star") for _ in range(100)]
    book = installed_codebook(_BOOK)
    assert book is not None
    types = [(kind.name, [mode.name for mode in kind.modes]) for kind in book.types]
    wordings = {kind: plain(tuple(book.wordings([(kind, None)]))) for kind, _ in types}
    happened = sorted((_event(chance, n, types, towns) for n in range(events)), key=lambda event: event.day)
    with Project.create(folder, clock=lambda: NOON) as project:
        lines = ["publisher,owner,interest"]
        interests = ("party", "organiser", "third party", "unknown", "unknown")
        lines += [f"{paper},House {n % 60},{interests[n % 5]}" for n, paper in enumerate(papers)]
        (folder / "publishers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        with project.database.writing() as db:
            db.exec_driver_sql("INSERT INTO events (id, born) VALUES (?, ?)", [(event.id, NOON) for event in happened])
        number = rows // IN_REPORT
        mention = 0
        for start in range(0, number, BATCH):
            made = [
                _report(chance, n, [happened[at] for at in _near(chance, n, number, events)], papers, words, wordings)
                for n in range(start, min(number, start + BATCH))
            ]
            with project.database.writing() as db:
                mention = _write(db, made, start, mention)
            told(f"{start + len(made):,} of {number:,} reports", flush=True)
        with project.database.writing() as db:
            db.exec_driver_sql("ANALYZE")


def _near(chance: Random, n: int, reports: int, events: int) -> list[int]:
    """Events of the time of a report: each is told about as often as any other."""
    middle = n * events // reports
    first = max(0, min(events - 60, middle - 30))
    return chance.sample(range(first, min(events, first + 60)), IN_REPORT)


def _word(chance: Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


def _towns(chance: Random, number: int) -> list[tuple[str, str, str, float, float]]:
    countries = [country.alpha_2 for country in list(pycountry.countries)[:60]]
    found = []
    for n in range(number):
        country = countries[n % len(countries)]
        lat, lon = round(chance.uniform(-40, 60), 4), round(chance.uniform(-100, 120), 4)
        found.append((_word(chance).title(), country, f"Province {n % 7}", lat, lon))
    return found


def _event(chance: Random, n: int, types: Sequence[tuple[str, list[str]]], towns: Sequence[Any]) -> Told:
    kind, modes = types[min(int(chance.expovariate(0.35)), len(types) - 1)]
    mode = chance.choice(modes) if modes and chance.random() < 0.5 else None
    place, day = towns[min(int(chance.expovariate(1 / 300)), len(towns) - 1)], FIRST + timedelta(chance.randrange(DAYS))
    actor, recipient = chance.sample(_GROUPS, 2)
    killed = min(int(chance.paretovariate(1)), 400) if chance.random() < 0.3 else None
    injured = int(chance.paretovariate(0.9)) if chance.random() < 0.3 else None
    told = Told(f"e{n:012x}", kind, mode, place, day, actor, recipient, killed, injured, "", ())
    text, event, actors, voices = _sentence(chance, told, 0, 0)
    form = {"id": "r", "text": text, "coder": _CODER, "events": [event], "actors": actors, "attributions": voices}
    [mention] = mentions(from_dict(form))
    under = tuple(_number(key) for key in keys(mention))
    return Told(*(told.id, kind, mode, place, day, actor, recipient, killed, injured), _packed(mention), under)


_CODER = {"name": "machine", "version": "1", "codebook": _BOOK, "model": "made up"}
_OWN = {"id": "a0", "kind": "direct"}


def _sentence(chance: Random, told: Told, at: int, n: int) -> tuple[str, dict[str, Any], list[Any], list[Any]]:
    """A sentence that begins at a character of the text, with its row, its actors and who says so."""
    parts: list[str] = []
    end = at

    def span(words: str) -> dict[str, Any]:
        nonlocal end
        parts.append(words)
        begin, end = end, end + len(words)
        return {"start": begin, "end": end, "quote": words}

    name, country, admin1, lat, lon = told.place
    who = span(told.actor)
    span(" ")
    trigger = span("clashed with")
    span(" ")
    whom = span(told.recipient)
    span(" in ")
    where = span(name)
    span(" on ")
    when = span(f"{told.day.day} {told.day:%B %Y}")
    counts = []
    for kind, number in (("killed", told.killed), ("injured", told.injured)):
        if number is not None:
            span(", where ")
            own = max(1, number + chance.choice((0, 0, 0, 1, -1)))
            counts.append({**span(f"{own} people"), "kind": kind, "low": own, "best": own, "high": own})
            span(f" were {kind}")
    voices: list[dict[str, Any]] = []
    if said := chance.random() < 0.5:
        span(", ")
        source = span(chance.choice(_SPEAKERS))
        span(" ")
        cue = span("said")
        voices = [{"id": f"a{n + 1}", "source": source, "cue": cue, "parent": "a0", "speaker": f"p{3 * n + 2}"}]
    span(".")
    text = "".join(parts)
    names = [told.actor, told.recipient, *([voices[0]["source"]["quote"]] if said else [])]
    actors = [{"id": f"p{3 * n + place}", "name": name} for place, name in enumerate(names)]
    sure = round(chance.betavariate(5, 1.5), 3)
    event = {
        "id": f"e{n + 1}",
        "type": told.type,
        "mode": told.mode,
        "trigger": trigger,
        "actors": [{**who, "actor": f"p{3 * n}", "chance": sure}],
        "recipients": [{**whom, "actor": f"p{3 * n + 1}", "chance": sure}],
        "place": {
            **where,
            **{"name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon, "precision": "town"},
            "geonameid": zlib.crc32(name.encode()) % 10_000_000,
        },
        "date": {**when, "edtf": told.day.isoformat(), "precision": "day", "basis": "said"},
        "modality": chance.choice(_MODALITY),
        "counts": counts,
        "attribution": ["a0", *(voice["id"] for voice in voices)],
        "evidence": [{"start": at, "end": end, "quote": text}],
        "tellings": [trigger],
        "chance": sure,
        "because": [{"field": "type", "rule": "the words of the codebook", "matched": "clashed", "id": "type.trigger"}],
    }
    return text, event, actors, [_OWN, *voices] if n == 0 else voices


@dataclass(frozen=True, slots=True)
class Made:
    """A report on its way into the store."""

    id: str
    publisher: str
    published: str
    title: str
    text: str
    form: bytes
    told: Sequence[Told]


def _report(
    chance: Random, n: int, told: Sequence[Told], papers: Sequence[str], words: Sequence[str], wordings: dict[str, Any]
) -> Made:
    text, events, actors, voices = "", [], [], []
    for place, event in enumerate(told):
        sentence, row, people, said = _sentence(chance, event, len(text), place)
        filler = " ".join(chance.choices(words, k=chance.randint(8, 24))).capitalize()
        text += f"{sentence} {filler}. "
        events.append(row)
        actors += people
        voices += said
    title = f"{chance.choice(words).title()} {' '.join(chance.choices(words, k=5))} in {told[0].place[0]}"
    published = (max(event.day for event in told) + timedelta(chance.randrange(4))).isoformat()
    suggestions = []
    if chance.random() < 0.15:
        suggestions = [{**events.pop(), "chance": 0.3}]
    form = {
        "published": published,
        "language": "en",
        "coder": _CODER,
        "events": events,
        "suggestions": suggestions,
        "attributions": voices,
        "actors": actors,
        "wordings": [wording for kind in {event.type for event in told} for wording in wordings[kind]],
    }
    packed = zlib.compress(json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode(), 3)
    return Made(f"made-{n:07}", chance.choice(papers), published, title, text, packed, told[: len(events)])


def _write(db: Connection, made: Sequence[Made], start: int, mention: int) -> int:
    """Write reports, the first of which has the number behind ``start``; the number of the last mention."""
    numbers = range(start + 1, start + 1 + len(made))
    names = [sha256(one.id.encode()).hexdigest() for one in made]
    run = db.exec_driver_sql
    run(
        "INSERT INTO evidence (sha256, bytes, origin, added) VALUES (?, ?, 'made up', ?)",
        [(name, len(one.text), NOON) for name, one in zip(names, made, strict=True)],
    )
    fields = json.dumps(
        {"url": None, "author": None, "updated": None, "retrieved": NOON, "language": "en", "blocks": [], "stated": []}
    )
    run(
        "INSERT INTO reports (number, id, sha256, part, publisher, published, title, fields, text, added) "
        "VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
        [
            (number, one.id, name, one.publisher, one.published, one.title, fields, one.text, NOON)
            for number, name, one in zip(numbers, names, made, strict=True)
        ],
    )
    run(
        "INSERT INTO codings (number, report, turn, coder, version, codebook, model, settings, made, events, form) "
        "VALUES (?, ?, 1, 'machine', '1', ?, 'made up', '{}', ?, ?, ?)",
        [(n, n, _BOOK, NOON, len(one.told), one.form) for n, one in zip(numbers, made, strict=True)],
    )
    run("INSERT INTO taken (coding) VALUES (?)", [(number,) for number in numbers])
    run("INSERT INTO sketches (report, runs, hashes) VALUES (?, 0, x'')", [(number,) for number in numbers])
    rows = list(_mentions(made, numbers, mention))
    run("INSERT INTO mentions (number, id, coding, event_id, comparable) VALUES (?, ?, ?, ?, ?)", [r[:5] for r in rows])
    run("INSERT INTO links (mention, event, because) VALUES (?, ?, '[]')", [(row[0], row[5].id) for row in rows])
    run(
        "INSERT OR IGNORE INTO keys (key, mention) VALUES (?, ?)",
        [(key, row[0]) for row in rows for key in row[5].keys],
    )
    return mention + len(rows)


def _mentions(made: Sequence[Made], numbers: range, last: int) -> Iterator[tuple[int, str, int, str, str, Told]]:
    for number, one in zip(numbers, made, strict=True):
        for place, told in enumerate(one.told, 1):
            last += 1
            yield last, f"{one.id}#e{place}", number, f"e{place}", told.comparable, told
