"""The head of a report or of a list's item, before its first sentence: "KABUL, Afghanistan, 5 March (Agency) —".

Agencies write it in many ways: one town or two, a country or a state behind it, a day, the agency's name in brackets,
between slashes or behind a bar, a byline before it all. People who keep lists write day and town before each item.
Nothing in it acts, and no word of it belongs to the sentence behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.lang.en.dates.words import DAY_NUMBER, MONTH_ANY, WEEKDAY_ANY, YEAR
from dateline.lang.en.people import is_role, sector, singular
from dateline.lang.lexicon import words

_STARTERS = words("text.sentence_openers")
_AGENCIES = words("text.agencies")
_COUNTED = words("text.counted")

LONGEST = 120
"""Characters of a head, behind a byline."""
_LONGEST_BYLINE = 120
_MOST_PARTS = 8
LONGEST_HEADLINE = 300
"""Characters of a headline that stands before a head in the same paragraph, at the most."""
_FEWEST_WORDS = 4

_DAY = (
    rf"(?:(?:{WEEKDAY_ANY},? )?(?:{DAY_NUMBER} {MONTH_ANY}|{MONTH_ANY} {DAY_NUMBER})(?:,? (?:{YEAR}|\d\d(?=[ ,)])))?"
    rf"|(?:{WEEKDAY_ANY},? )?(?:\d{{1,2}}([/.-])\d{{1,2}}\1\d{{2,4}}|\d{{4}}-\d\d-\d\d)|(?:{WEEKDAY_ANY})(?=[,:]))"
)
_A_DAY = re.compile(rf"{_DAY}(?!\w)", re.IGNORECASE)
_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ])"
_DOT = rf"(?:\.(?=[\w,(]| \()|(?<=\b\w\w)\.(?= )|(?<=\b\w\w\w)\.(?= ))(?! {_DAY})"
"""That of "Calif. (Agency)" and "St. Paul"; a name ends at another."""
_WORD = rf"{_CAPITAL}[\w'’-]*(?:{_DOT})?(?:\w\.)*"
_A_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|the|and the|de|du|la|al|el) ){{0,2}}{_WORD}){{0,4}}")
_A_WIRE = re.compile(r"/[A-Z][\w .-]{1,28}/|\([^()\n]{2,40}\)|\[[^\[\]\n]{2,40}\]")
_BETWEEN = re.compile(r" ?\| | (?:[-–—―]{1,2}|_) |[.,]? |/(?=\w)")
_MARK = re.compile(r"\.? ?(?:[-–—―]{1,2}|_)(?=\s)|:(?=\s)| ?\|(?=\s)|\.(?=\s)")
_ITEM = re.compile(r"(?:[-*•‣·▪–—]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+")
_NAME_OF_WRITER = r"[A-Z][\w'’-]*[a-z][\w'’-]*\.?"
_BYLINE = re.compile(rf"By (?:(?:and |, )?{_NAME_OF_WRITER},? ){{2,9}}(?=[A-Z]{{3}})")
_TOWN_IN_CAPITALS = re.compile(r"(?<=[\w.!?’”\"')] )(?=[^\W\d_a-zß-öø-ÿ]{3})")
_DASHES = frozenset({"-", "--", "–", "—", "―", "_"})
_FIRST_WORDS = re.compile(r"\s*([^\W\d_]+(?: [a-zß-öø-ÿ-]+){0,2})")
_DASH_BEHIND = re.compile(r" (?:[-–—―]{1,2}|_) ")
_ENDS_TOWN = re.compile(rf",|{_MARK.pattern}")
_DASH_AHEAD = re.compile(r"\s[-–—]{1,2}\s")


@dataclass(slots=True)
class _Parts:
    """What of a head was read so far."""

    towns: list[tuple[int, int]] = field(default_factory=list)
    within: int = 0
    day: tuple[int, int] | None = None
    wires: list[tuple[int, int]] = field(default_factory=list)
    """What may name an agency: other words in brackets do, where nothing else stands there."""
    agencies: list[tuple[int, int]] = field(default_factory=list)
    first: str = ""
    bracketed: bool = False
    parted: bool = False
    """A dash stands between two of its parts."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A head ``[start, end)`` with the offsets of its towns' names, of its day, and of what names an agency.

    ``item``: it is that of an item in a list, whose day is the day of what the item tells; an agency's day is the one
    on which the report was written.
    """

    start: int
    end: int
    towns: tuple[tuple[int, int], ...] = ()
    day: tuple[int, int] | None = None
    agencies: tuple[tuple[int, int], ...] = ()
    item: bool = False

    def is_no_name(self, start: int, end: int) -> bool:
        """Whether the words are part of its day or of what names its agency, and so no place."""
        others = (*self.agencies, *([self.day] if self.day else []))
        return any(a < end and start < b for a, b in others)


def read_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The head of the block ``[start, end)``; None where it begins with its first sentence."""
    at = start
    item = _ITEM.match(text, at, end)
    if item is not None:
        at = item.end()
    elif byline := _BYLINE.match(text, at, min(end, at + _LONGEST_BYLINE)):
        at = byline.end()
    stop = min(end, at + LONGEST)
    parts = _Parts()
    begun = at
    for _ in range(_MOST_PARTS):
        after = _part(text, at, stop, parts)
        if after is None:
            return None
        at = after
        mark, between = _MARK.match(text, at, stop), _BETWEEN.match(text, at, stop)
        if between is not None and _goes_on(text, between, stop, parts):
            parts.parted |= between.group().strip() in _DASHES
            at = between.end()
        elif mark is not None and _is_head(text, mark, stop, parts, listed=item is not None):
            return _of(begun, mark.end(), parts, item=_is_item(mark.group(), parts, listed=item is not None))
        elif between is not None and between.group() == " " and _is_unmarked(text, begun, between.end(), parts):
            return _of(begun, between.end(), parts, item=False)
        else:
            return None
    return None


def headline_end(text: str, start: int, end: int) -> int | None:
    """Where a headline ends and the report's head begins in one paragraph; None where no such two stand there.

    Texts that were taken from pages run on: "Choirs fill the square of Lima LIMA, March 5 (Agency) — Choirs sang".
    Only a town in capitals with a day or an agency's name behind it is sure to begin anew.
    """
    for town in _TOWN_IN_CAPITALS.finditer(text, start + 1, min(end, start + LONGEST_HEADLINE)):
        head = read_dateline(text, town.start(), end)
        if head is None or not head.towns or not (head.day or head.agencies):
            continue
        name = text[slice(*head.towns[0])]
        if name.isupper() and len(text[start : head.start].split()) >= _FEWEST_WORDS:
            return head.start
    return None


def _of(start: int, end: int, parts: _Parts, *, item: bool) -> Dateline:
    return Dateline(start, end, tuple(parts.towns), parts.day, tuple(parts.agencies), item)


def _part(text: str, at: int, stop: int, parts: _Parts) -> int | None:
    """Reads one part at the offset and says where it ends; None where none begins there."""
    if day := _A_DAY.match(text, at, stop):
        if parts.day is not None:
            return None
        parts.day = day.span()
        return day.end()
    if wire := _A_WIRE.match(text, at, stop):
        inside = text[wire.start() + 1 : wire.end() - 1]
        nothing_before = not (parts.towns or parts.day or parts.wires)
        if wire.group()[0] != "/" and inside.lower() not in _AGENCIES and (nothing_before or _A_DAY.match(inside)):
            return wire.end() if _bracketed(text, wire.start() + 1, wire.end() - 1, parts) else None
        if not inside[0].isupper():
            return None
        parts.wires.append(wire.span())
        if wire.group()[0] == "/" or inside.lower() in _AGENCIES:
            parts.agencies.append(wire.span())
        return wire.end()
    name = _A_NAME.match(text, at, stop)
    if name is None:
        return None
    parts.first = parts.first or name.group()
    if name.group().rstrip(".").lower() in _AGENCIES:
        parts.wires.append(name.span())
        parts.agencies.append(name.span())
    elif not parts.towns or text[at - 1] == "/":
        parts.towns.append(name.span())
    else:
        parts.within += 1
    return name.end()


def _bracketed(text: str, start: int, end: int, parts: _Parts) -> bool:
    """Reads "Nairobi" or "Beirut, March 5" between brackets; false for other words ("two of them")."""
    parts.bracketed = not parts.towns
    at = start
    while at < end:
        after = _part(text, at, end, parts)
        if after is None:
            return False
        between = _BETWEEN.match(text, after, end)
        at = between.end() if between else after
        if between is None and after < end:
            return False
    return True


def _goes_on(text: str, between: re.Match[str], stop: int, parts: _Parts) -> bool:
    """Whether another part of the head follows; behind a dash or a bar only a day, an agency, or a list's town does."""
    at, sign = between.end(), between.group().strip()
    name, day = _A_NAME.match(text, at, stop), _A_DAY.match(text, at, stop)
    another_day = day is not None and parts.day is None
    if sign in _DASHES or sign == "|":
        agency = name is not None and name.group().lower() in _AGENCIES
        town = (
            name is not None and not parts.towns and (sign == "|" or parts.day is not None or text[name.end()] == ":")
        )
        return another_day or agency or (town and name is not None and _ENDS_TOWN.match(text, name.end()) is not None)
    if sign == ".":
        # "Baku. March 5. Agency - "
        writer = name is not None and parts.day is not None and _DASH_BEHIND.match(text, name.end()) is not None
        slashed = text[at] == "/" and _A_WIRE.match(text, at, stop) is not None
        return slashed or (bool(parts.towns) and (another_day or writer))
    if between.group() == " " and not (_A_WIRE.match(text, at, stop) or day):
        return False
    return day is not None or name is not None or _A_WIRE.match(text, at, stop) is not None


def _is_unmarked(text: str, begun: int, following: int, parts: _Parts) -> bool:
    """As "Srinagar, Mar 5 (PTI) Police detained" and "[Cairo] Police": the sentence begins behind a bracket."""
    if not text[following : following + 1].isupper():
        return False
    if parts.bracketed:
        return bool(parts.towns) and (text[begun] == "[" or parts.first.isupper())
    alone = len(parts.agencies) == len(parts.wires) == 1 and text[following - 2] in ")]/"
    return alone and parts.first.lower() not in _AGENCIES


def _is_head(text: str, mark: re.Match[str], stop: int, parts: _Parts, *, listed: bool) -> bool:
    """Whether what was read up to the mark is a head, and not the beginning of a sentence or a remark."""
    first = parts.first.split()[0].rstrip(",.") if parts.first else ""
    if first.lower() in _STARTERS:
        return False
    capitals = len(first) >= 3 and parts.first.split(",")[0].split()[0].isupper() and not re.search(r"[\d.]", first)
    sign = mark.group().strip()
    day_first = parts.day is not None and bool(parts.towns) and parts.day[0] < parts.towns[0][0]
    if sign == ".":
        return day_first or (capitals and (parts.day is not None or bool(parts.wires)))
    following = text[mark.end() : mark.end() + 2].strip()
    if parts.wires and not parts.towns and parts.day is None and following[:1].islower():
        return False
    if parts.wires or (parts.day is not None and (parts.towns or sign == ":" or listed)):
        return True
    if parts.bracketed:
        return bool(parts.towns)
    if sign == ":":
        return parts.first.isupper() if capitals else listed
    # "NATO – the alliance – said" is a remark between dashes
    if _DASH_AHEAD.search(text, mark.end(), min(stop, mark.end() + 120)) and not parts.within:
        return False
    if not following[:1].isupper() or not text[mark.start() - 1 : mark.end()].strip():
        return capitals and not following[:1].islower()
    if listed and sign in _DASHES:
        return True
    return capitals or len(parts.towns) > 1 or parts.within > 0 or _begins_sentence(text, mark.end())


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a common word that can begin a sentence follows, and no second name ("Israel - Hamas talks").

    So does one that says what sort of people act ("Masked men").
    """
    following = _FIRST_WORDS.match(text, at)
    first, *others = following[1].split() if following else ("",)
    known = any(is_role(singular(word)) or sector(singular(word)) is not None for word in (first.lower(), *others))
    return first.lower() in _STARTERS or first.lower() in _COUNTED or known


def _is_item(mark: str, parts: _Parts, *, listed: bool) -> bool:
    """Whether the head is a list's item's and not an agency's, which has its name, or a town, a day and a dash."""
    if parts.wires or parts.day is None:
        return listed and not parts.wires
    day_first = not parts.towns or parts.day[0] < parts.towns[0][0]
    return listed or day_first or parts.parted or mark.strip() == ":"
