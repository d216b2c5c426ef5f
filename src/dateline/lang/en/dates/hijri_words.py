"""The names of the months, eras and feasts of the two Hijri calendars, as English news spells them."""

from __future__ import annotations

import re

from dateline.lang.dates.calendar_hijri import ISLAMIC, SOLAR, HijriCalendar
from dateline.lang.en.dates.words import APOSTROPHE, GAP, HYPHEN

_J = rf"(?:{HYPHEN}|{GAP})?"
_A = rf"{APOSTROPHE}?"
_AL = rf"{_J}[aeu](?:l|s|sh|t|th|d|dh){_J}"
"""The article between the two words of a name ("al-", "ul-", "as-")."""

_SOLAR_MONTHS = (
    ("farvardin", "hamal"),
    ("ordibehesht", "s(?:aw|au)r|thawr"),
    ("khordad", "ja[uw]za"),
    ("tir", "saratan"),
    ("a?mordad", "asad"),
    ("shahrivar", "s[uo]nb[uo]la"),
    ("mehr", "mizan"),
    ("aban", "aqrab"),
    ("azar", "qa[uw]s"),
    ("dey", "jadd?i"),
    ("bahman", "dalwa?"),
    ("[ei]sfand", "hut|hoot"),
)
"""Each month by its name in Iran and in Afghanistan."""
_ISLAMIC_MONTHS = (
    "m[uo]harr?am",
    "safar",
    rf"rabi{_A}(?:{_AL}aww?al|{GAP}I)",
    rf"rabi{_A}(?:{_AL}(?:thani|sani|akhir)|{GAP}II)",
    rf"jumada(?:{_AL}(?:aww?al|ula)|{GAP}I)",
    rf"jumada(?:{_AL}(?:thani|sani|akhirah?)|{GAP}II)",
    "rajab",
    rf"sha{_A}a?ban",
    "rama(?:dh?|z)an",
    "shaww?al",
    rf"(?:dh|z)[ui](?:{_J}al|l)?{_J}q[ai]{_A}d(?:ah?|eh)?",
    rf"(?:dh|z)[ui](?:{_J}al|l)?{_J}h[ia]jj?(?:ah?|eh)?",
)
IRANIAN_MONTH = rf"(?:{'|'.join(iranian for iranian, _ in _SOLAR_MONTHS)})"
AFGHAN_MONTH = rf"(?:{'|'.join(afghan for _, afghan in _SOLAR_MONTHS)})"
ISLAMIC_MONTH = rf"(?:{'|'.join(_ISLAMIC_MONTHS)})"
HIJRI_MONTH = rf"(?:{IRANIAN_MONTH}|{AFGHAN_MONTH}|{ISLAMIC_MONTH})"
SURE_MONTH = "(?:rama(?:dh?|z)an|m[uo]harr?am)"
"""Months known widely enough to be named alone ("during Ramadan")."""

_FEASTS = (
    (rf"e(?:i|y)d{_AL}fi?tr", ISLAMIC, 10, 1),
    (rf"e(?:i|y)d{_AL}a(?:d|dh|z)ha", ISLAMIC, 12, 10),
    ("asho?ura", ISLAMIC, 1, 10),
    ("arba(?:yi|ee|i|'?e)n", ISLAMIC, 2, 20),
    ("n(?:ow|au|aw|o|av|ew)r(?:ou?|oo|u)z", SOLAR, 1, 1),
)
"""Each feast with the calendar, the month and the day on which it begins."""
FEAST = rf"(?:{'|'.join(name for name, *_ in _FEASTS)})"

SOLAR_WORD = rf"(?:iranian|persian|afghan|jalali|shamsi|solar(?:{GAP}hijri)?|hijri{GAP}(?:shamsi|solar))"
LUNAR_WORD = rf"(?:islamic|muslim|lunar(?:{GAP}hijri)?|hijri(?:{GAP}(?:qamari|lunar))?)"
SOLAR_SIGN = rf"(?:SH|AHS|H\.S\.|hijri{GAP}(?:shamsi|solar)|(?:solar{GAP}hijri|shamsi))"
LUNAR_SIGN = rf"(?:AH|A\.H\.|hijri(?:{GAP}(?:qamari|lunar))?|lunar{GAP}hijri)"
HIJRI_YEAR = r"(?:1[1-5]\d\d)(?![\d%]|[.,:]\d)"

HEADS = frozenset(
    "farvardin hamal ordibehesht sawr saur thawr khordad jauza jawza tir saratan mordad amordad asad shahrivar sunbula "
    "sonbola sunbola mehr mizan aban aqrab azar qaus qaws dey jadi jaddi bahman dalw dalwa esfand isfand hut hoot "
    "muharram moharram muharam moharam safar rabi jumada rajab shaban shaaban sha ramadan ramadhan ramazan shawwal "
    "shawal dhu dhi dhul dhil zu zi zul zil dhulhijja dhulhijjah dhulqada zulhijja zulhijjah zilhajj zulqada zulqadah "
    "eid eyd ashura ashoura arbaeen arbain arbayin nowruz nowroz nauroz nauruz nawroz nawruz norouz norooz noruz "
    "navruz newroz".split()
)
"""The words of which one stands in every phrase that names a month or a feast."""
STARTS = frozenset("sh ah ahs hijri solar lunar iranian persian afghan islamic muslim holy".split())

_BY_NAME: tuple[tuple[re.Pattern[str], HijriCalendar, int], ...] = (
    *((re.compile("|".join(names), re.IGNORECASE), SOLAR, n) for n, names in enumerate(_SOLAR_MONTHS, 1)),
    *((re.compile(name, re.IGNORECASE), ISLAMIC, n) for n, name in enumerate(_ISLAMIC_MONTHS, 1)),
)
_FEAST_BY_NAME = tuple((re.compile(name, re.IGNORECASE), kind, month, day) for name, kind, month, day in _FEASTS)


def hijri_month(name: str) -> tuple[HijriCalendar, int]:
    """The calendar and the number (1 to 12) of a month. Raises :class:`KeyError` for what names none."""
    for pattern, calendar, number in _BY_NAME:
        if pattern.fullmatch(name):
            return calendar, number
    raise KeyError(name)


def feast_day(name: str) -> tuple[HijriCalendar, int, int]:
    """The calendar, month and day of a feast. Raises :class:`KeyError` for what names none."""
    for pattern, calendar, month, day in _FEAST_BY_NAME:
        if pattern.fullmatch(name):
            return calendar, month, day
    raise KeyError(name)
