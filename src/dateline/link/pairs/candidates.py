"""Which mentions are compared at all: those that share a key with a new one.

A key is a pure function of one mention, so that two mentions meet whichever comes first. Keys are made narrow enough
to stay short as the store grows: words that hardly any report has together with the month, or with the town and the
half-year; pairs of the rarest such words; a town with the week of publication; a day with a town. The subject of a
report stands under the keys of the report; other mentions are found through their report's subject, or by their own day
and town.

Keys begin with the week that they are of, and stand in that order in a database: what is put in and looked up is near
what was put in of late, however much there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from dateline.link.model import Mention, Outline, report_of
from dateline.link.pairs.features import exact, of_other_days
from dateline.link.pairs.words import as_rare, rarity
from dateline.link.shelf import Shelf

RARE = 3.4
"""Words that one report in thirty or more has in some collection do not lead from one report to another."""
WORDS_IN_MONTH, WORDS_IN_TOWN, WORDS_IN_PAIRS = 12, 8, 5
PLACES, DAYS = 3, 3
HALF_YEAR, MONTH, WEEK = 182, 30, 7

MOST_UNDER_KEY = 200
"""Mentions that are looked at under one key: what a fuller one finds is found under narrower ones too."""
MOST_REPORTS = 160
"""Reports that a new one is compared with: those with which it shares most keys, short ones counting more."""
LEAST_SHARED = 0.02
"""Two reports that meet under one key alone, with more than fifty others, have the name of a large town in common."""
MOST_OF_A_REPORT = 40
"""Mentions of one report that are compared with those of others."""

Key = tuple[int | None, str]
"""The first day of the window that a key is of (None: it is of no time), and what else it is of."""


def keys(mention: Mention) -> tuple[str, ...]:
    """What a mention is kept under."""
    return tuple(sorted({_short(key) for key, _ in _keys(mention)}))


def candidates(new: Sequence[Mention], shelf: Shelf) -> Iterator[tuple[Mention, Mention]]:
    """Pairs to compare: each new mention (first) with those on the shelf, where the new ones must be already.

    Those are left out that cannot be one event by their types or days alone: they are known by their outlines, and are
    never read.
    """
    reports: dict[str, list[Mention]] = {}
    for mention in new:
        reports.setdefault(mention.report, []).append(mention)
    sought = {mention.id: _sought(mention) for mention in new}
    under = {
        key: (frozenset(map(report_of, ids)), len(ids))
        for key, ids in shelf.under(sorted({key for found in sought.values() for key in found}), MOST_UNDER_KEY).items()
    }
    near = {report: _nearest(report, found, sought, under) for report, found in reports.items()}
    others = {report for found in near.values() for report in found}
    key_of = {report: _short(_report_key(report)) for report in sorted(others.union(reports))}
    there = shelf.under(key_of.values(), MOST_OF_A_REPORT)
    of_report = {report: there.get(key, ()) for report, key in key_of.items()}
    outlines = shelf.outlines(id for report in others for id in of_report[report])
    by_type = {report: _by_type(of_report[report], outlines) for report in others}
    met: dict[str, Sequence[str]] = {}
    for report, found in reports.items():
        # What of a long report is not compared with others is so whichever of the two comes first.
        compared = set(of_report[report])
        others_by_type = _joined(by_type[other] for other in near[report])
        for mention in found:
            if mention.id in compared:
                met[mention.id] = [
                    other
                    for other in _of_one_type(mention.type, others_by_type)
                    if not of_other_days(mention, outlines[other])
                ]
    known = shelf.mentions({id for ids in met.values() for id in ids})
    for mention in new:
        for other in met.get(mention.id, ()):
            yield mention, known[other]


def _by_type(ids: Iterable[str], outlines: Mapping[str, Outline]) -> Mapping[str, Sequence[str]]:
    types: dict[str, list[str]] = {}
    for id in ids:
        types.setdefault(outlines[id].type, []).append(id)
    return types


def _joined(some: Iterable[Mapping[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    types: dict[str, list[str]] = {}
    for by_type in some:
        for type, found in by_type.items():
            types.setdefault(type, []).extend(found)
    return types


def _of_one_type(type: str, others: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Those that may be one event with a mention of a type: of its type, or one of them a report as a whole."""
    if not type:
        return [other for found in others.values() for other in found]
    return [*others.get(type, ()), *others.get("", ())]


def _nearest(
    report: str,
    found: Iterable[Mention],
    sought: Mapping[str, Sequence[str]],
    under: Mapping[str, tuple[frozenset[str], int]],
) -> list[str]:
    """The reports that share most with a new one. A key counts the less the more mentions it leads to.

    ``under`` has for each key the reports and the number of mentions that it leads to.
    """
    shared: defaultdict[str, float] = defaultdict(float)
    for mention in found:
        for key in sought[mention.id]:
            others, number = under.get(key, (frozenset(), 0))
            for other in others:
                shared[other] += 1 / number
    near = [other for other, share in shared.items() if share >= LEAST_SHARED and other != report]
    return sorted(near, key=lambda other: (-round(shared[other], 9), other))[:MOST_REPORTS]


def _sought(mention: Mention) -> tuple[str, ...]:
    """What is looked under: the keys, and those of the windows before and after."""
    return tuple(sorted({_short(key) for _, near in _keys(mention) for key in near}))


def _keys(mention: Mention) -> Iterator[tuple[Key, Sequence[Key]]]:
    """Each key, and the keys of what it meets."""
    yield _report_key(mention.report), ()
    if mention.days and exact(mention) and mention.where and mention.where.town:
        yield from _window("event", mention.days[0], 1, str(mention.quad), mention.where.town)
    if mention.days and mention.where and mention.where.country:
        yield from _aside_keys(mention, mention.days, mention.where.country)
    if mention.subject:
        yield from _subject_keys(mention)


def _aside_keys(mention: Mention, days: tuple[int, int], country: str) -> Iterator[tuple[Key, Sequence[Key]]]:
    """What is told of a country's day, or of one of its years: other reports tell it as an aside too."""
    if exact(mention):
        yield from _window("day of a type", days[0], 1, mention.type, country)
    else:
        key = (days[0], f"period|{days[1]}|{mention.type}|{country}")
        yield key, (key,)


def _subject_keys(mention: Mention) -> Iterator[tuple[Key, Sequence[Key]]]:
    rare = sorted(as_rare(mention.scene, RARE), key=lambda word: (-rarity(word), _hash(word)))
    for town in mention.scene_towns[:PLACES]:
        for word in rare[:WORDS_IN_TOWN]:
            yield from _window("town word", mention.published, HALF_YEAR, town, word)
        for day in mention.scene_days[:DAYS]:
            yield from _window("day", day, 1, town)
    if mention.where and mention.where.admin1:
        for day in mention.scene_days[:DAYS]:
            yield from _window("day", day, 1, mention.where.admin1)
    for pair in combinations(sorted(rare[:WORDS_IN_PAIRS]), 2):
        key = (None, f"words|{pair[0]}|{pair[1]}")
        yield key, (key,)
    if mention.published is not None:
        for word in rare[:WORDS_IN_MONTH]:
            yield from _window("month word", mention.published, MONTH, word)
        for town in mention.scene_towns[:PLACES]:
            yield from _window("week", mention.published, WEEK, town)


def _window(kind: str, day: int | None, width: int, *parts: str) -> Iterator[tuple[Key, Sequence[Key]]]:
    """The key of a window of days, which meets those before and after; what has no day is in a window of its own."""
    name = "|".join((kind, *parts))
    if day is None:
        yield (None, name), ((None, name),)
    else:
        at = day - day % width
        yield (at, name), tuple((start, name) for start in (at - width, at, at + width))


def _report_key(report: str) -> Key:
    return None, f"report|{report}"


def _short(key: Key) -> str:
    """A key as it is kept: sixty bits in hexadecimal digits, in order of time, and without a name in it."""
    day, name = key
    if day is None:
        return _OF_NO_TIME + _hash(name, 7)
    # Two kinds of one week, and two days of it, have other hashes: weeks are only what is kept together.
    return f"{day // WEEK:05x}{_hash(f'{day}|{name}', 5)}"


def _hash(text: str, size: int = 8) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


_OF_NO_TIME = "f"
"""How keys of no time begin, after those of all weeks."""
