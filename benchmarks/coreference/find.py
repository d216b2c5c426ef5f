"""Which marked event words, of one report or of many, are about one event.

The words may be marked by any coder: people, an outside model, or dateline. Reports that tell of one story are grouped
first by their words; within a group every pair of event words is judged twice (the second time with what the first
look made of all others), and words are joined by average link. No step depends on the order of what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coreference.features import Group, pair_features, second_look
from benchmarks.coreference.groups import consecutive, groups, in_small_groups, joined_at, report_likeness
from benchmarks.coreference.mentions import MarkedReport
from benchmarks.coreference.model import Judge, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Marked = tuple[str, int, int]
"""The id of a report and the span ``[start, end)`` of a marked word in its text."""

ANOTHER_STORY = 0.06
"""Reports whose groups are less alike than this have no event in common."""

MOST_TOGETHER = 1000
"""Marked words that are compared each with each: memory and time grow with the square. Larger groups of reports are cut
where their reports are least alike, and a report with more by itself is read in runs of so many."""


def coreference(reports: Iterable[MarkedReport]) -> tuple[tuple[Marked, ...], ...]:
    """The marked words by event: each event's words in order, the events in order of their first words.

    Every marked word is in exactly one of them. Words of unlike reports are never one event; what is alike depends on
    how rare words are among the reports given, so give those of one time or topic together.
    """
    fitted = judge()
    found: list[tuple[Marked, ...]] = []
    for group in story_groups(reports):
        of = groups(chances(group, fitted), fitted.threshold)
        events: dict[int, list[Marked]] = {}
        for word, event in zip(group.words, of.tolist(), strict=True):
            events.setdefault(event, []).append((word.report, word.start, word.end))
        found += (tuple(sorted(words)) for words in events.values())
    return tuple(sorted(found))


def chances(group: Group, fitted: Judge) -> NDArray[np.float32]:
    """The chance that two words of a group are one event [n, n]."""
    first = pair_features(group, fitted.projection)
    return fitted.second.chances(first | second_look(fitted.first.chances(first)))


def story_groups(reports: Iterable[MarkedReport]) -> Iterator[Group]:
    """The marked words of reports that may be of one story, sorted by report and place."""
    given = sorted((report for report in reports if report.events), key=lambda report: report.words.id)
    if not given:
        return
    alike = report_likeness([report.words for report in given])
    joined = joined_at(alike)
    for rows in in_small_groups(alike, [len(report.events) for report in given], ANOTHER_STORY, MOST_TOGETHER):
        words = [word for n in rows for word in sorted(given[n].events, key=lambda word: (word.start, word.end))]
        place = np.array([at for at, n in enumerate(rows) for _ in given[n].events])
        cut = np.ix_(rows, rows)
        for run in consecutive(len(words), MOST_TOGETHER):
            yield Group(words[run.start : run.stop], place[run.start : run.stop], alike[cut], joined[cut])
