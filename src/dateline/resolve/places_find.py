"""Finding place names in a parsed report: the recogniser's entities and the gazetteer's names, less those that are

part of a person's or an organisation's name or an adjective of nationality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from dateline.resolve.gazetteer import ALTERNATE, USAGE, Entry, Gazetteer
from dateline.resolve.gazetteer_names import demonym, fold
from dateline.resolve.places_names import candidates

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FoundKind = Literal["place", "site", "adjective", "left out"]
LONGEST_NAME = 5
KNOWN_TOWN = 15_000
"""A name that only the gazetteer vouches for must be of a town of so many people, or be set off by the grammar."""

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LOCATIVE = frozenset(
    "in at near from to across outside inside around toward towards into through throughout via of between".split()
)
_JOINING = frozenset({"of", "de", "del", "la", "al", "upon", "on", "el", "le", "the", "and", "for", "in"})
_DATELINE = re.compile(
    r"\s{0,3}([A-Z][A-Z'’.-]+(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4})\s{0,2}(?:\([^)\n]{1,40}\)\s{0,2})?[-–—:]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may be a place, ``[start, end)``: a name, a site with the name of its town, or why it is neither."""

    start: int
    end: int
    kind: FoundKind
    why: str = ""
    town: tuple[int, int] | None = None


@lru_cache(maxsize=4)
def word_list(name: str) -> frozenset[str]:
    """One of the word lists in ``dateline/data``, a word a line."""
    lines = files("dateline").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[Found]:
    """Every candidate of the document in order, none overlapping another."""
    found: list[Found] = []
    taken = -1
    entity = _entities(doc)
    for token in doc:
        if token.i <= taken or not _starts_name(token):
            continue
        for candidate, last in _readings(token, entity, gazetteer):
            found.append(candidate)
            taken = last
            break
    return found


def _entities(doc: Doc) -> dict[int, tuple[int, int, str]]:
    """Token index to the entity that holds it: first token, last token, label."""
    out = {}
    for ent in doc.ents:
        for i in range(ent.start, ent.end):
            out[i] = (ent.start, ent.end - 1, ent.label_)
    return out


def _starts_name(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:1].isdigit() is False and token.ent_type_ in _PLACE_LABELS)


def _readings(
    token: Token, entity: dict[int, tuple[int, int, str]], gazetteer: Gazetteer
) -> Iterator[tuple[Found, int]]:
    """What the words that begin at a token are, the longest first, with the last token of each."""
    doc = token.doc
    first, last, label = entity.get(token.i, (-1, -1, ""))
    if label in _PLACE_LABELS and first == token.i:
        yield from _entity_reading(doc, first, last, label, gazetteer)
    for width in range(min(LONGEST_NAME, len(doc) - token.i), 0, -1):
        end = token.i + width - 1
        if any(t.is_space for t in doc[token.i : end + 1]) or doc[end].is_punct or not _ends_name(doc[end]):
            continue
        text = doc.text[token.idx : doc[end].idx + len(doc[end])]
        if width <= 2 and text[:1].isupper() and demonym(text) is not None and not _is_place_too(text, gazetteer):
            yield Found(token.idx, token.idx + len(text), "adjective", "adjective of nationality, not a place"), end
            return
        entries = gazetteer.lookup(text)
        if not entries:
            continue
        why = _not_a_place(doc, token.i, end, entries, entity)
        if why is None:
            yield Found(token.idx, token.idx + len(text), "place"), end
        elif why:
            yield Found(token.idx, token.idx + len(text), "left out", why), end


def _is_place_too(text: str, gazetteer: Gazetteer) -> bool:
    return any(e.rank == USAGE for e in gazetteer.lookup(text))


def _ends_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit() or token.ent_type_ in _PLACE_LABELS


def _entity_reading(doc: Doc, first: int, last: int, label: str, gazetteer: Gazetteer) -> Iterator[tuple[Found, int]]:
    """A place entity of the recogniser, less articles and possessives at its edges."""
    end = last
    while first < last and doc[first].lower_ in {"the", "a"}:
        first += 1
    while last > first and (doc[last].text in {"'s", "’s", "'", "’"} or doc[last].is_punct):
        last -= 1
    span = doc[first : last + 1]
    text = span.text
    if "\n" in text or not any(c.isupper() for c in text) or not any(c.isalpha() for c in text):
        return
    start, stop = doc[first].idx, doc[last].idx + len(doc[last])
    inside_org = _organisation(doc, first, last)
    if inside_org:
        yield Found(start, stop, "left out", inside_org), end
        return
    if demonym(text) is not None and not _is_place_too(text, gazetteer):
        yield Found(start, stop, "adjective", "adjective of nationality, not a place"), end
        return
    words = text.split()
    site = len(words) > 1 and words[-1].casefold().strip(".") in word_list("site_words.txt")
    if site:
        town = _leading_town(doc, first, last, gazetteer)
        if town is not None:
            begin = doc[town + 1].idx
            yield Found(begin, stop, "site", town=(start, doc[town].idx + len(doc[town]))), end
        elif not any(e.rank > ALTERNATE and e.kind != "town" for e in gazetteer.lookup(text)):
            yield Found(start, stop, "site"), end
        else:
            yield Found(start, stop, "place"), end
        return
    if candidates(text, gazetteer) or (label != "FAC" and span.root.pos_ == "PROPN"):
        if not gazetteer.lookup(text) and len(words) > 2 and _splits(doc, first, last, gazetteer):
            return
        yield Found(start, stop, "place"), end


def _splits(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether an unknown long entity is better read as several names ("Tabriz, Zahedan")."""
    return any(t.text == "," for t in doc[first : last + 1]) and gazetteer.holds(doc[first].text)


def _leading_town(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> int | None:
    """The last token of a town's name at the head of a site's ("London Trafalgar Square", "London's Hyde Park")."""
    for end in range(min(first + 2, last - 2), first - 1, -1):
        text = doc[first : end + 1].text
        big = [e for e in gazetteer.lookup(text) if e.kind == "town" and e.rank > ALTERNATE]
        if big and big[0].population >= 100_000:
            return end + 1 if doc[end + 1].text in {"'s", "’s"} and end + 1 < last else end
    return None


def _organisation(doc: Doc, first: int, last: int) -> str:
    """Why the name is part of an organisation's name; empty where it is not."""
    words = word_list("organisation_words.txt")
    if last + 1 < len(doc):
        after = doc[last + 1]
        if after.text[:1].isupper() and after.lower_.rstrip(".") in words and not after.text.isupper():
            return "part of the name of an organisation"
        two = doc[last + 2] if last + 2 < len(doc) else None
        if (
            two is not None
            and after.text[:1].isupper()
            and after.pos_ in {"PROPN", "ADJ", "NOUN"}
            and two.text[:1].isupper()
            and two.lower_ in words
            and not two.text.isupper()
        ):
            return "part of the name of an organisation"
    at = first - 1
    joined = False
    while at >= 0 and first - at <= 7:
        token = doc[at]
        if token.text[:1].isupper() and not token.is_punct and not token.is_space:
            if token.lower_ in words and (joined or at == first - 1):
                return "part of the name of an organisation"
        elif token.lower_ in _JOINING - {"in", "on"}:
            joined = True
        else:
            break
        at -= 1
    return ""


def _not_a_place(
    doc: Doc, first: int, last: int, entries: tuple[Entry, ...], entity: dict[int, tuple[int, int, str]]
) -> str | None:
    """None for a place; why the words are none; the empty string where they are not worth a remark."""
    token = doc[first]
    begin, end, label = entity.get(first, (first, last, ""))
    text = doc.text[token.idx : doc[last].idx + len(doc[last])]
    strong = max(e.rank for e in entries) == USAGE
    big = max((e.population for e in entries if e.rank > ALTERNATE), default=0)
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    located = before is not None and before.lower_ in _LOCATIVE
    listed = after is not None and after.text == "," and last + 2 < len(doc) and doc[last + 2].text[:1].isupper()
    if why := _organisation(doc, first, last):
        return why
    if text.isupper() and len(text) <= 4 and not strong:
        return ""
    if label in _PLACE_LABELS:
        return None
    if label == "PERSON":
        whole = begin >= first and end <= last
        if whole and located and (strong or big >= KNOWN_TOWN):
            return None
        if whole and (strong or (big >= 500_000 and width_one_name(text))):
            return None
        return "part of a person's name" if big >= KNOWN_TOWN or strong else ""
    if label == "ORG":
        whole = begin >= first and end <= last
        if whole and (strong or (big >= KNOWN_TOWN and (located or listed or big >= 100_000))):
            return None
        return "part of the name of an organisation" if strong or big >= KNOWN_TOWN else ""
    if label in {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"}:
        return None if strong else ""
    if label in {"WORK_OF_ART", "LAW", "EVENT", "PRODUCT"} and (begin < first or end > last) and not strong:
        return ""
    if not all(t.pos_ in {"PROPN", "PUNCT", "ADP", "PART", "NUM"} or t.text.isupper() for t in doc[first : last + 1]):
        return None if strong and last > first else ""
    neighbours = [t for t in (before, after) if t is not None and t.pos_ == "PROPN" and t.text[:1].isupper()]
    if neighbours and not strong:
        return ""
    if strong or big >= 100_000:
        return None
    return None if (located or listed) and max(e.rank for e in entries) > ALTERNATE else ""


def width_one_name(text: str) -> bool:
    """Whether a name is of one word, as countries and capitals mostly are."""
    return " " not in text


def datelines(text: str, start: int, end: int, gazetteer: Gazetteer) -> Found | None:
    """The place at the head of a block in an agency's manner: "KABUL (Agency) -", "CHARLESTON, W.Va. —"."""
    match = _DATELINE.match(text, start, min(end, start + 120))
    if match is None:
        return None
    name = match.group(1)
    for cut in (name, name.split(",")[0]):
        if fold(cut) and any(e.rank > ALTERNATE for e in gazetteer.lookup(cut)):
            return Found(match.start(1), match.start(1) + len(cut), "place", "dateline")
    return None
