"""What a name in running text can mean: gazetteer readings of its words, and of the words it is said to lie in."""

from __future__ import annotations

import re

from dateline.lang.name_keys import demonym
from dateline.resolve.gazetteer.lookup import ALTERNATE, USAGE, Entry, Gazetteer

# Words around a name that do not belong to it in the gazetteer ("northern Iraq", "Tehran province").
_BEFORE = re.compile(
    r"(?:the|greater|downtown|uptown|central|inner|northern|southern|eastern|western|north|south|east|west|"
    r"north-?eastern|north-?western|south-?eastern|south-?western|northeast|northwest|southeast|southwest|upper|lower|"
    r"rural|mainland|metropolitan|metro|city of|town of|village of|state of|province of|county of|republic of|"
    r"commonwealth of|kingdom of|islands? of|port of|district of|municipality of|borough of|county|co\.)\s+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s-]+(?:city|town|township|village|province|governorate|district|region|state|county|prefecture|department|"
    r"municipality|borough|area|metro|parish|island|islands|oblast|krai|emirate|proper|suburbs?|peninsula|valley)$",
    re.IGNORECASE,
)
LONGEST_NAME = 120
"""No place's name is longer, in characters."""
_ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|an|at|az|el)[ -]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_FOLLOWING = re.compile(
    r"(?:['’]s)?\s{0,2}(?:,\s{0,2}(?:in\s+)?|\(|\s+in\s+(?:the\s+)?)"
    r"((?:[A-Z][\w.'’-]*\.?)(?:\s+(?:of\s+)?[A-Z][\w.'’-]*\.?){0,3})"
)
_PRECEDING = re.compile(r"((?:[A-Z][\w.-]*)(?:\s+[A-Z][\w.-]*){0,3})['’]s\s+(?:\w+\s+){0,2}$")
_CONTAINERS = frozenset({"country", "admin1", "admin2"})
_NEWSPAPER_WORDS = frozenset(
    "The Times Post News Daily Herald Star Sun Mail Globe Independent Guardian Observer Press Tribune".split()
)


def candidates(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places a name in running text can mean; empty where the gazetteer has none."""
    if len(name) > LONGEST_NAME:
        return ()
    text = _POSSESSIVE.sub("", " ".join(name.split()))
    if (target := demonym(text)) is not None and (entry := gazetteer.referent(target)) is not None:
        return (entry,)
    if found := readings(text, gazetteer):
        return found
    for shorter in (
        _BEFORE.sub("", text, count=1),
        _AFTER.sub("", text),
        _AFTER.sub("", _BEFORE.sub("", text, count=1)),
    ):
        if shorter != text and (found := gazetteer.lookup(shorter)):
            return found
        if found := gazetteer.lookup(_other_article(shorter)):
            return found
    # "Calif" lost its stop where a sentence or a line ended.
    return gazetteer.lookup(f"{text}.") if text.isalpha() and len(text) > 2 else ()


def _other_article(name: str) -> str:
    """An Arabic name without its article, or with the one that gazetteers write ("Hasakah", "Al Hasakah")."""
    bare = _ARTICLE.sub("", name)
    return bare if bare != name else f"Al {name}"


def readings(text: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The gazetteer's places of a name as it is written: "US" is an abbreviation, "Us" and "Act" are words."""
    found = gazetteer.lookup(text)
    if not found:
        return ()
    if _is_abbreviation_only(text):
        return tuple(e for e in found if e.rank == USAGE) or found
    if len(text) <= 3 and not text.isupper():
        return tuple(e for e in found if e.rank != USAGE)
    return found


def _is_abbreviation_only(text: str) -> bool:
    """Whether the letters are all capitals with stops or few enough to be an abbreviation ("U.S.", "UK", "Ga.")."""
    return "." in text or (len(text) <= 4 and text.isupper())


def containers(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """What the text around ``[start, end)`` says that the place there lies in: "X, Texas", "X in Iran", "Iran's X"."""
    names = []
    if match := _FOLLOWING.match(text, end, min(len(text), end + 90)):
        words = match.group(1).split()
        names += [" ".join(words[:n]) for n in range(len(words), 0, -1)]
    if match := _PRECEDING.search(text, max(0, start - 90), start):
        words = match.group(1).split()
        names += [" ".join(words[n:]) for n in range(len(words))]
    for name in names:
        for form in (name, name.rstrip(".")):
            found = tuple(e for e in gazetteer.lookup(form) if e.kind in _CONTAINERS)
            if _is_abbreviation_only(name):
                found = tuple(e for e in found if e.rank == USAGE or (len(form) == 2 and form.isupper()))
            if found:
                return found
    return ()


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
    words = publisher.split()
    at = 0
    while at < len(words):
        for width in (3, 2, 1):
            name = " ".join(words[at : at + width])
            # A plain word ("Sample", "Radio") is the name of some hamlet too, which has no newspaper.
            homes = (e for e in candidates(name, gazetteer) if e.kind != "town" or e.population)
            places = tuple(e for e in homes if e.rank > ALTERNATE)
            if places and name[:1].isupper() and name not in _NEWSPAPER_WORDS:
                found.append(places)
                at += width - 1
                break
        at += 1
    return tuple(found)
