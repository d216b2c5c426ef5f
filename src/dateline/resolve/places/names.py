"""What a name in running text can mean: the gazetteer's readings of its words."""

from __future__ import annotations

from dateline.lang.en.placing.name_forms import bare, is_said_division, unqualified
from dateline.lang.lexicon import words
from dateline.lang.name_keys import demonym, fold
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Entry, Gazetteer

LONGEST_NAME = 120
"""No place's name is longer, in characters."""
DIVISION = "\n(division)"
"""What the key of a name ends with that the text says to be a division's."""
_DIVISIONS = frozenset({"admin1", "admin2", "admin3"})
_NEWSPAPER_WORDS = words("places.newspaper_words")


def candidates(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places a name in running text can mean; empty where the gazetteer has none."""
    if len(name) > LONGEST_NAME:
        return ()
    text = bare(name)
    if (target := demonym(text)) is not None and (entry := gazetteer.referent(target)) is not None:
        return (entry,)
    if found := readings(text, gazetteer):
        return found
    for form in unqualified(text):
        if found := gazetteer.lookup(form):
            return found
    # "Calif" lost its stop where a sentence or a line ended.
    return gazetteer.lookup(f"{text}.") if text.isalpha() and len(text) > 2 else ()


def name_key(text: str, start: int, end: int, gazetteer: Gazetteer) -> str:
    """What makes two mentions the same name: its letters; "" where it has none.

    A division's that bears the name of a country or a town is told apart where the text calls it one.
    """
    key = fold(text[start:end])
    if not key or not is_said_division(text, start, end):
        return key
    held = any(e.kind == "admin1" and e.rank > ALTERNATE for e in gazetteer.lookup(text[start:end]))
    return f"{key}{DIVISION}" if held else key


def meant(key: str, name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places that a name can mean under its key."""
    entries = candidates(name, gazetteer)
    return tuple(e for e in entries if not key.endswith(DIVISION) or e.kind in _DIVISIONS) or entries


def readings(text: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The gazetteer's places of a name as it is written: "US" is an abbreviation, "Us" and "Act" are words."""
    found = gazetteer.lookup(text)
    if not found:
        return ()
    if is_abbreviation_only(text):
        return tuple(e for e in found if e.rank == USAGE) or found
    if len(text) <= 3 and not text.isupper():
        return tuple(e for e in found if e.rank != USAGE)
    return found


def is_abbreviation_only(text: str) -> bool:
    """Whether the letters are all capitals with stops or few enough to be an abbreviation ("U.S.", "UK", "Ga.")."""
    return "." in text or (len(text) <= 4 and text.isupper())


def publisher_names(publisher: str, gazetteer: Gazetteer) -> tuple[tuple[Entry, ...], ...]:
    """The readings of place names in a publisher's name or domain ("The Columbus Dispatch", "columbusdispatch.com")."""
    found: list[tuple[Entry, ...]] = []
    if "." in publisher and " " not in publisher.strip():
        labels = publisher.strip().casefold().removeprefix("www.").split(".")
        label = labels[0]
        for length in range(len(label), 4, -1):
            places = tuple(e for e in gazetteer.lookup(label[:length]) if e.rank > ALTERNATE)
            if places:
                found.append(places)
                break
        code = {"uk": "GB"}.get(labels[-1], labels[-1].upper())
        if len(labels) > 1 and (country := gazetteer.country(code)) is not None:
            found.append((country,))
        return tuple(found)
    parts = publisher.split()
    at = 0
    while at < len(parts):
        for width in (3, 2, 1):
            name = " ".join(parts[at : at + width])
            # A plain word ("Sample", "Radio") is the name of some hamlet too, which has no newspaper.
            homes = (e for e in candidates(name, gazetteer) if e.kind != "town" or e.population)
            places = tuple(e for e in homes if e.rank > ALTERNATE)
            if places and name[:1].isupper() and name.lower() not in _NEWSPAPER_WORDS:
                found.append(places)
                at += width - 1
                break
        at += 1
    return tuple(found)
