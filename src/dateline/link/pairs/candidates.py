"""Which mentions are compared at all: those that share a key with a new one.

A key is a pure function of one mention, so that two mentions meet whichever comes first. Keys are made narrow enough
to stay short as the store grows: words that hardly any report has together with the month, the town, or another such
word; a town with the week of publication; a day with a town. The subject of a report stands under the keys of the
report; other mentions are found through their report's subject, or by their own day and town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from dateline.link.model import Mention, report_of
from dateline.link.pairs.features import exact
from dateline.link.pairs.words import rarity
from dateline.link.shelf import Shelf

RARE = 3.4
"""Words that one report in thirty or more has in some collection do not lead from one report to another."""
WORDS_IN_MONTH, WORDS_IN_TOWN, WORDS_IN_PAIRS = 12, 8, 7
PLACES, DAYS = 3, 3
MONTH, WEEK = 30, 7

MOST_UNDER_KEY = 200
"""Mentions that are looked at under one key: what a fuller one finds is found under narrower ones too."""
MOST_REPORTS = 160
"""Reports that a new one is compared with: those with which it shares most keys, short ones counting more."""
LEAST_SHARED = 0.02
"""Two reports that meet under one key alone, with more than fifty others, have the name of a large town in common."""
MOST_OF_A_REPORT = 40
"""Mentions of one report that are compared with those of others."""


def keys(mention: Mention) -> tuple[str, ...]:
    """What a mention is kept under."""
    return tuple(sorted({_short(key) for key, _ in _keys(mention)}))


def candidates(new: Sequence[Mention], shelf: Shelf) -> Iterator[tuple[Mention, Mention]]:
    """Pairs to compare: each new mention (first) with those on the shelf, where the new ones must be already."""
    reports: dict[str, list[Mention]] = {}
    for mention in new:
        reports.setdefault(mention.report, []).append(mention)
    sought = {mention.id: _sought(mention) for mention in new}
    under = {
        key: (frozenset(map(report_of, ids)), len(ids))
        for key, ids in shelf.under(sorted({key for found in sought.values() for key in found}), MOST_UNDER_KEY).items()
    }
    near = {report: _nearest(report, found, sought, under) for report, found in reports.items()}
    others = sorted({report for found in near.values() for report in found} | set(reports))
    there = shelf.under([_short(_report_key(report)) for report in others], MOST_OF_A_REPORT)
    of_report = {report: there.get(_short(_report_key(report)), ()) for report in others}
    known = shelf.mentions(sorted({id for ids in of_report.values() for id in ids}))
    for report, found in reports.items():
        compared = set(of_report[report])
        for mention in found:
            # What of a long report is not compared with others is so whichever of the two comes first.
            for other in near[report] if mention.id in compared else ():
                for id in of_report[other]:
                    yield mention, known[id]


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


def _keys(mention: Mention) -> Iterator[tuple[str, Sequence[str]]]:
    """Each key, and the keys of what it meets."""
    report = _report_key(mention.report)
    yield report, ()
    if mention.days and exact(mention) and mention.where and mention.where.town:
        yield from _window("event", mention.days[0], 1, str(mention.quad), mention.where.town)
    if mention.days and mention.where and mention.where.country:
        yield from _aside_keys(mention, mention.days, mention.where.country)
    if mention.subject:
        yield from _subject_keys(mention)


def _aside_keys(mention: Mention, days: tuple[int, int], country: str) -> Iterator[tuple[str, Sequence[str]]]:
    """What is told of a country's day, or of one of its years: other reports tell it as an aside too."""
    if exact(mention):
        yield from _window("day of a type", days[0], 1, mention.type, country)
    else:
        key = f"period|{days[0]}|{days[1]}|{mention.type}|{country}"
        yield key, (key,)


def _subject_keys(mention: Mention) -> Iterator[tuple[str, Sequence[str]]]:
    rare = sorted(
        (word for word in mention.scene if rarity(word) >= RARE), key=lambda word: (-rarity(word), _short(word))
    )
    for town in mention.scene_towns[:PLACES]:
        for word in rare[:WORDS_IN_TOWN]:
            key = f"town word|{town}|{word}"
            yield key, (key,)
        for day in mention.scene_days[:DAYS]:
            yield from _window("day", day, 1, town)
    if mention.where and mention.where.admin1:
        for day in mention.scene_days[:DAYS]:
            yield from _window("day", day, 1, mention.where.admin1)
    for pair in combinations(sorted(rare[:WORDS_IN_PAIRS]), 2):
        key = f"words|{pair[0]}|{pair[1]}"
        yield key, (key,)
    if mention.published is not None:
        for word in rare[:WORDS_IN_MONTH]:
            yield from _window("month word", mention.published, MONTH, word)
        for town in mention.scene_towns[:PLACES]:
            yield from _window("week", mention.published, WEEK, town)


def _window(kind: str, day: int, width: int, *parts: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The key of a window of days, which meets those before and after."""
    at = day // width
    made = [f"{kind}|{window}|{'|'.join(parts)}" for window in (at - 1, at, at + 1)]
    yield made[1], made


def _report_key(report: str) -> str:
    return f"report|{report}"


def _short(key: str) -> str:
    """A key as it is kept: of one length, and without a name in it."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
