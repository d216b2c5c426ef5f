"""Linking that stays cheap: what is compared, kept and read does not grow with a project, and loses nothing by it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import exp
from pathlib import Path

import pytest
from benchmarks.store_speed import Growing
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from tests.link_cases import BRIDGE, mention
from tests.made_reports import made_reports
from tests.store_cases import MARCHES, event_of, project_with
from tests.test_cli_project import run

import dateline.cli.events
import dateline.link.run
from dateline.link.memory import MemoryShelf
from dateline.link.model import Mention, Outline, outline
from dateline.link.pairs.candidates import keys
from dateline.link.pairs.features import comparable, features, of_other_days
from dateline.link.pairs.score import DAYS_APART, Scorer, conflict, fitted_weights
from dateline.link.recent import Recent
from dateline.link.run import link
from dateline.link.shelf import Shelf
from dateline.store import Project
from dateline.store.shelf import Cache, DatabaseShelf, keys_anew
from dateline.store.tables import keys as key_rows
from dateline.store.tables import mentions as mention_rows

MADE = [found for report in made_reports(days=5) for found in report]


def test_what_is_not_compared_for_its_keys_would_have_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    by_keys, by_all = MemoryShelf(), MemoryShelf()
    link(MADE, by_keys)

    def every(new: Sequence[Mention], shelf: Shelf) -> Iterator[tuple[Mention, Mention]]:
        yield from ((a, b) for a in new for b in shelf.mentions(m.id for m in MADE).values() if a.id != b.id)

    monkeypatch.setattr(dateline.link.run, "candidates", every)
    link(MADE, by_all)
    assert by_keys.partition() == by_all.partition()
    assert any(len(group) > 4 for group in by_all.partition())


class Reading(MemoryShelf):
    """A shelf that remembers which mentions were read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def mentions(self, ids: Iterable[str]) -> Mapping[str, Mention]:
        wanted = set(ids)
        self.read |= wanted
        return super().mentions(wanted)

    def outlines(self, ids: Iterable[str]) -> Mapping[str, Outline]:
        return {id: outline(found) for id, found in super().mentions(ids).items()}


def test_what_cannot_be_one_event_by_its_type_or_day_is_never_read() -> None:
    shelf = Reading()
    link([mention("a#e1"), mention("a#e2", type="PROTEST"), mention("a#e3", on="2024-02-20")], shelf)
    shelf.read.clear()
    link([mention("b#e1")], shelf)
    assert shelf.read == {"a#e1", "b#e1"}
    shelf.read.clear()
    link([mention("c#subject", type="", on=None)], shelf)
    assert {"a#e1", "a#e2", "a#e3", "b#e1"} <= shelf.read, "a report as a whole may be one event with each of them"


def test_an_outline_tells_the_conflict_of_days_that_the_whole_mention_has() -> None:
    seen = Counter[bool]()
    for a, b in combinations(MADE[:200], 2):
        apart = of_other_days(outline(a), outline(b))
        found = conflict(replace(a, report="a", type="ASSAULT"), replace(b, report="b", type="ASSAULT"))
        assert (found is not None and found.id == DAYS_APART.id) == bool(apart)
        seen[bool(apart)] += 1
    assert min(seen[True], seen[False]) > 100


def test_cycles_are_looked_for_after_linking_and_not_during_it() -> None:
    class Watching(MemoryShelf):
        def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
            during.append(gc.isenabled())
            if not mentions[0][1]:
                raise ValueError
            super().put(mentions)

    during: list[bool] = []
    assert gc.isenabled()
    link([mention("a#e1")], Watching())
    assert gc.isenabled()
    with pytest.MonkeyPatch.context() as patched, pytest.raises(ValueError):
        patched.setattr(dateline.link.run, "keys", lambda _: ())
        link([mention("a#e1")], Watching())
    assert gc.isenabled() and during == [False, False]
    gc.disable()
    try:
        link([mention("a#e1")], Watching())
        assert not gc.isenabled(), "whoever wants none has none"
    finally:
        gc.enable()


def test_a_score_is_made_of_the_features_that_explain_it() -> None:
    scorer, weights, seen = Scorer(), fitted_weights(), 0
    for a, b in combinations(MADE[:120], 2):
        one, other = scorer.ready(a), scorer.ready(b)
        if conflict(a, b) is None and comparable(one, other):
            total = sum(weights.get(name, 0.0) * value for name, value in features(one, other).items())
            assert scorer.score(a, b) == pytest.approx(1 / (1 + exp(-total)))
            seen += 1
    assert seen > 50


def week_of(key: str) -> str:
    return key[:5]


def test_keys_of_one_time_stand_together_and_before_those_of_no_time() -> None:
    early, late = mention("a#e1"), mention("b#e1", on="2025-03-05", published=mention("a#e1").published + 365)
    dated = [key for key in keys(late) if not key.startswith("f")]
    assert min(map(week_of, dated)) > min(map(week_of, keys(early)))
    assert all(len(key) == 15 for key in (*keys(early), *keys(late)))
    assert {key for key in keys(early) if key.startswith("f")} & set(keys(late)), "pairs of rare words are of no time"


@pytest.mark.parametrize("published", [None, mention("a#e1").published + 300])
def test_reports_of_other_times_or_of_none_meet_by_their_rarest_words(published: int | None) -> None:
    shelf = MemoryShelf()
    link([mention("a#e1", on=None), mention("b#e1", BRIDGE[:120], on=None, published=published)], shelf)
    assert shelf.near(["a#e1"], 0.0) == ["b#e1"]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 30)), st.integers(1, 8))
def test_what_was_used_of_late_is_kept_and_no_more_than_twice_as_much(used: list[int], size: int) -> None:
    recent = Recent[int, str](size)
    for n in used:
        if recent.get(n) is None:
            recent.put(n, str(n))
    last = list(dict.fromkeys(reversed(used)))[:size]
    assert [recent.get(n) for n in last] == [str(n) for n in last]
    found, missing = recent.those([*range(31), *range(31)])
    assert len(found) <= 2 * size and sorted([*found, *missing]) == list(range(31))
    assert all(word == str(n) for n, word in found.items())


def test_what_a_cache_knows_is_what_the_database_says(tmp_path: Path, either: str) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project, project.database.reading() as db:
        known = Cache()
        ids = db.execute(select(mention_rows.c.id)).scalars().all()
        under = sorted({key for found in DatabaseShelf(db, "").mentions(ids).values() for key in keys(found)})
        for _ in range(2):  # the second time nothing but the keys is asked for
            warm, cold = DatabaseShelf(db, "", known), DatabaseShelf(db, "")
            assert warm.under(under, 10) == cold.under(under, 10) != {}
            assert warm.outlines(ids) == {id: outline(found) for id, found in cold.mentions(ids).items()} != {}
            assert warm.mentions(ids) == cold.mentions(ids)
        assert known.mentions.those(ids)[1] == [] == known.outlines.those(ids)[1]


SMALL, TIMES = 400, 12


def test_a_new_report_costs_no_more_where_there_are_many(tmp_path: Path) -> None:
    def grown(times: int) -> Growing:
        (tmp_path / str(times)).mkdir()
        growing = Growing(tmp_path / str(times))
        growing.fill(SMALL)
        growing.repeat(times)
        assert growing.mentions >= SMALL * (times + 1)
        return growing

    def seconds(growing: Growing) -> float:
        reports, spent = growing.link(1, Scorer(), Cache())
        return spent / reports

    small, large = grown(1), grown(TIMES)
    # In turn, since each batch is compared with those before it; the best of three, since a machine has other work.
    each = [(seconds(small), seconds(large)) for _ in range(3)]
    assert min(theirs / ours for ours, theirs in each) < 1.5
    small.close()
    large.close()


def keys_in(project: Project) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {}
    with project.database.reading() as db:
        for key, number in db.execute(select(key_rows)):
            found.setdefault(number, set()).add(key)
    return found


def test_keys_of_a_project_of_an_older_version_are_made_anew(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        before = keys_in(project)
        with project.database.writing() as db:
            db.execute(delete(key_rows))
            keys_anew(db)
        assert keys_in(project) == before
        assert len(before) == len(MARCHES)


def test_so_many_events_are_those_told_of_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        assert project.standing() == 3
        last = [found.event.id for found in project.comparisons(most=1)]
        assert last == [event_of(project, "r3#e1")]
        assert len(list(project.comparisons(most=3))) == 3
        assert project.standing("2024-05-21") == 0 and list(project.comparisons("2024-05-21", most=1)) == []
        folder = project.folder
    shown = run("show", "-p", folder, "--most", 2)
    assert len(shown.stdout.splitlines()) == 2
    assert "2 of 3 events are shown, those told of last; to see more, write: --most 3" in " ".join(shown.stderr.split())


def test_a_list_on_the_screen_is_bounded_and_a_file_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dateline.cli.events, "LISTED", 1)
    with project_with(tmp_path / "p", *MARCHES) as project:
        folder = project.folder
    assert len(run("show", "-p", folder).stdout.splitlines()) == 1
    run("show", "-p", folder, "-o", tmp_path / "all.txt")
    assert len((tmp_path / "all.txt").read_text(encoding="utf-8").splitlines()) == 3
    assert len(run("show", "-p", folder, "-f", "json").stdout.splitlines()) == 3


def test_events_without_a_day_of_publication_are_known_by_when_they_were_added(tmp_path: Path) -> None:
    with project_with(tmp_path / "p", *MARCHES) as project:
        with project.database.writing() as db:
            db.exec_driver_sql("UPDATE reports SET published = NULL")
        assert project.standing("2000-01-01") == 3
        assert project.standing("2999-01-01") == 0
