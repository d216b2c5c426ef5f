"""Chances learned from what people reviewed: what a case is, how curves are fitted, and what becomes of codings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.corrections.values import said_of
from dateline.errors import ReviewError, StoreError
from dateline.evaluate.calibration.cases import Case, cases, looked_at
from dateline.evaluate.calibration.fit import chosen, folds_of, held_out, isotonic, log_loss, platt
from dateline.evaluate.calibration.learn import learn, reliability
from dateline.form import from_dict, to_dict
from dateline.model import Chances, CoderInfo, Coding, EventMention, LeftOut, Report
from dateline.store import Project
from dateline.store.calibration.derive import calibration_of, derive, newest_coder, reviewed, waiting
from dateline.store.calibration.model import Calibration, Curve
from dateline.store.calibration.model import recalibrated as recalibrated_form
from dateline.store.kept.codings import BY_HAND, put_coding
from store_cases import NOON

CODER = CoderInfo("dateline", "1", "plover 1.0", "a model")
WORDS = "Dockers marched. Police fired. Teachers struck."
TEXT = Report(id="r", text=WORDS)


def row(id: str, words: str, chance: float | None, type: str = "PROTEST", **more: object) -> EventMention:
    start = WORDS.index(words)
    return EventMention(id, type, TEXT.span(start, start + len(words)), chance=chance, **more)  # type: ignore[arg-type]


MARCH, SHOTS, STRIKE = row("e1", "marched", 0.9), row("e2", "fired", 0.6, "ASSAULT"), row("e3", "struck", 0.3)
MACHINE = Coding(TEXT, CODER, (MARCH, SHOTS), suggestions=(STRIKE,))


def without(coding: Coding, event: EventMention) -> Coding:
    where = event.trigger
    gone = LeftOut(where.start, where.end, where.quote, "event", "rejected by A")
    rest = tuple(e for e in coding.events if e != event)
    return replace(coding, events=rest, left_out=(*coding.left_out, gone))


def recalibrated(coding: Coding, calibration: Calibration, at_least: float) -> Coding:
    return from_dict(recalibrated_form(to_dict(coding), calibration, at_least))


def truths(by_hand: Coding, machine: Coding = MACHINE, field: str = "row") -> dict[str, bool]:
    return {case.row: case.right for case in cases(by_hand, machine) if case.field == field}


def test_what_nobody_looked_at_is_no_case() -> None:
    assert truths(MACHINE) == {}
    assert list(looked_at(MACHINE, MACHINE)) == []


def test_accepted_rows_are_right_and_rejected_ones_wrong() -> None:
    accepted = replace(MACHINE, events=(said_of(MARCH, {}, "A"), SHOTS))
    assert truths(accepted) == {"e1": True}
    assert truths(without(accepted, SHOTS)) == {"e1": True, "e2": False}


def test_a_row_of_another_type_is_wrong_and_one_with_another_mode_right() -> None:
    typed = said_of(replace(MARCH, type="ASSAULT", chance=None), {"type": "PROTEST"}, "A")
    moded = said_of(replace(SHOTS, mode="shooting"), {"mode": ""}, "A")
    assert truths(replace(MACHINE, events=(typed, moded))) == {"e1": False, "e2": True}


def test_a_suggestion_that_was_accepted_is_right() -> None:
    made = replace(MACHINE, events=(MARCH, SHOTS, said_of(STRIKE, {}, "A")), suggestions=())
    assert truths(made) == {"e3": True}


def test_what_the_machine_left_out_itself_was_rejected_by_nobody() -> None:
    left = LeftOut(*_at("fired"), "event", "a figure of speech")
    machine = replace(MACHINE, left_out=(left,))
    assert truths(replace(machine, events=(said_of(MARCH, {}, "A"), SHOTS)), machine) == {"e1": True}


def test_rows_of_a_newer_machine_are_known_by_their_words() -> None:
    newer = Coding(TEXT, CODER, (replace(SHOTS, id="e1", chance=0.7), replace(MARCH, id="e2")))
    made = without(replace(MACHINE, events=(said_of(MARCH, {}, "A"), SHOTS)), SHOTS)
    assert truths(made, newer) == {"e2": True, "e1": False}


def test_a_field_is_wrong_where_a_column_of_it_was_corrected() -> None:
    judged = replace(MARCH, chances=Chances(type=0.9, modality=0.8, counts=0.7))
    machine = replace(MACHINE, events=(judged, SHOTS))
    made = said_of(replace(judged, modality="planned"), {"modality": "asserted"}, "A")
    by_hand = replace(machine, events=(made, SHOTS))
    assert {case.field: case.right for case in cases(by_hand, machine)} == {
        "row": True,
        "type": True,
        "modality": False,
        "counts": True,
    }


def _at(words: str) -> tuple[int, int, str]:
    start = WORDS.index(words)
    return start, start + len(words), words


def made_up(number: int, truth: float = 1.0, shift: float = 0.0, seed: int = 4) -> list[Case]:
    """Cases whose log odds are those of the truth, off by a factor and a shift."""
    from math import exp, log

    drawn = random.Random(seed)
    found = []
    for n in range(number):
        chance = round(drawn.uniform(0.03, 0.97), 2)
        odds = truth * log(chance / (1 - chance)) + shift
        found.append(Case(f"r{n // 3}", f"e{n}", "row", chance, drawn.random() < 1 / (1 + exp(-odds))))
    return found


def points(found: list[Case]) -> list[tuple[float, bool]]:
    return [(case.chance, case.right) for case in found]


def test_the_logistic_curve_finds_the_slope_and_the_shift_that_were_drawn() -> None:
    curve = platt(points(made_up(6000, 0.5, -0.7)))
    assert curve.slope == pytest.approx(0.5, abs=0.06)
    assert curve.shift == pytest.approx(-0.7, abs=0.08)
    # the likeliest curve keeps the sum: as many come true as are said to
    found = made_up(6000, 0.5, -0.7)
    assert sum(map(curve, (c.chance for c in found))) == pytest.approx(sum(c.right for c in found), rel=0.01)


def test_the_steps_are_those_of_a_worked_case() -> None:
    told = [(0.1, False), (0.2, True), (0.3, False), (0.4, True), (0.5, True), (0.5, False), (0.9, True)]
    curve = isotonic(told)
    assert curve.knots == ((0.1, 0.01), (0.2, 0.5), (0.3, 0.5), (0.4, 0.6667), (0.5, 0.6667), (0.9, 0.99))
    assert curve(0.25) == 0.5
    assert curve(0.05) == 0.01
    assert curve(0.7) == pytest.approx((0.6667 + 0.99) / 2)


@given(st.lists(st.tuples(st.integers(1, 99).map(lambda n: n / 100), st.booleans()), min_size=1, max_size=60))
def test_no_curve_falls_or_makes_anything_certain(told: list[tuple[float, bool]]) -> None:
    for curve in (platt(told), isotonic(told)):
        values = [curve(n / 50) for n in range(51)]
        assert values == sorted(values)
        assert values[0] >= 0.01
        assert values[-1] <= 0.99


def test_reports_are_held_out_whole_and_always_in_the_same_folds() -> None:
    found = made_up(300)
    of = folds_of(found)
    assert len({(case.report, fold) for case, fold in zip(found, of, strict=True)}) == 100
    assert sorted(set(of)) == [0, 1, 2, 3, 4]
    assert of == folds_of(found)
    backwards = folds_of(found[::-1])
    assert backwards[::-1] == of
    # what is held out does not know its own: a report that alone goes against the rest is not bent to
    lone = [replace(case, right=case.chance > 0.5) for case in found]
    odd = [replace(lone[0], right=not lone[0].right), *lone[1:]]
    assert held_out("isotonic", odd)[0] == held_out("isotonic", lone)[0]


def test_the_better_method_is_taken_and_neither_where_the_chances_are_right_already() -> None:
    method, made = chosen(made_up(1500, 0.4, -1))
    assert method == "platt"
    right = [case.right for case in made_up(1500, 0.4, -1)]
    assert log_loss(made["platt"], right) < log_loss([c.chance for c in made_up(1500, 0.4, -1)], right) - 0.1
    steps = [
        replace(c, right=random.Random(n).random() < (0.9 if c.chance > 0.6 else 0.1))
        for n, c in enumerate(made_up(1500))
    ]
    assert chosen(steps)[0] == "isotonic"
    exact = [Case(f"r{n}", "e1", "row", n % 10 / 10 + 0.05, (n // 10) % 20 < n % 10 * 2 + 1) for n in range(400)]
    assert chosen(exact)[0] is None
    # a curve that is better by chance alone bends nothing
    noise = [Case(f"r{n}", "e1", "row", 0.5, random.Random(n + 7).random() < 0.5) for n in range(200)]
    assert chosen(noise)[0] is None


def test_reliability_is_that_of_a_worked_case() -> None:
    told = reliability([0.3, 0.35, 0.9, 0.9], [False, True, True, True])
    assert (told.error, told.brier) == (round((0.35 + 0.2) / 4, 4), round((0.09 + 0.4225 + 0.02) / 4, 4))
    third, last = told.bins[3], told.bins[9]
    assert (third.cases, third.chance, third.right, last.cases) == (2, 0.325, 0.5, 2)
    assert (last.right, last.least, last.most) == (1.0, 0.3424, 1.0)
    assert told.bins[0].chance is None


def test_recalibrating_moves_rows_over_the_bound_and_keeps_the_rest() -> None:
    halved = Calibration(CODER, {"row": Curve("isotonic", knots=((0.0, 0.0), (1.0, 0.5)))}, 100, 10, NOON)
    made = recalibrated(MACHINE, halved, 0.4)
    assert [(e.id, e.chance) for e in made.events] == [("e1", 0.45)]
    assert [(e.id, e.chance) for e in made.suggestions] == [("e2", 0.3), ("e3", 0.15)]
    assert made.events[0].because[-1].rule == "0.90 by the coder, 0.45 as the rows that people reviewed tell"
    assert recalibrated(made, Calibration(CODER, {}, 0, 0, NOON), 0.4).events == made.events
    none = recalibrated(MACHINE, halved, 0.5)
    assert [note.code for note in none.notes] == ["all-suggested"]
    assert recalibrated(none, Calibration(CODER, {}, 0, 0, NOON), 0.2).notes == ()
    rules_alone = replace(MACHINE, events=(replace(MARCH, chance=None),), suggestions=())
    assert recalibrated(rules_alone, halved, 0.9) == rules_alone


def test_nothing_but_chances_is_looked_at_and_a_coding_of_an_older_form_stays_one() -> None:
    halved = Calibration(CODER, {"row": Curve("isotonic", knots=((0.0, 0.0), (1.0, 0.5)))}, 100, 10, NOON)
    whole = to_dict(MACHINE)
    older = {name: value for name, value in whole.items() if name not in {"suggestions", "notes", "wordings"}}
    older["events"] = [{k: v for k, v in e.items() if k not in {"chances", "historical"}} for e in older["events"]]
    older["unknown"] = {"what": ["a later version"]}
    made = recalibrated_form(older, halved, 0.4)
    assert made["unknown"] == older["unknown"]
    assert [event["chance"] for event in (*made["events"], *made["suggestions"])] == [0.45, 0.3]
    assert {k: v for k, v in made.items() if k not in {"events", "suggestions", "notes"}} == {
        k: v for k, v in older.items() if k != "events"
    }
    assert [event["chance"] for event in older["events"]] == [0.9, 0.6], "what was given is not changed"


def test_a_file_that_is_none_of_ours_is_refused_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    assert Calibration.read(path) is None
    kept = Calibration(
        CODER, {"row": platt(points(made_up(200))), "place": isotonic(points(made_up(50)))}, 200, 9, NOON
    )
    kept.write(path)
    assert Calibration.read(path) == kept
    assert Calibration.read(path).fingerprint == kept.fingerprint  # type: ignore[union-attr]
    good = json.loads(path.read_text(encoding="utf-8"))
    falling = {"method": "isotonic", "slope": 1, "shift": 0, "knots": [[0.1, 0.5], [0.2, 0.4]]}
    for bad in ("{", "[]", json.dumps(good | {"format": 2}), json.dumps(good | {"curves": {"row": falling}})):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(StoreError, match="dateline calibrate"):
            Calibration.read(path)


REPORTS = 60


@pytest.fixture
def project(tmp_path: Path, either: str) -> Iterator[Project]:
    """A project of reports with three rows each, whose coder is twice as sure as it should be."""
    with Project.create(tmp_path / "p", clock=lambda: NOON) as made:
        path = tmp_path / "r.json"
        told = [
            {"id": f"r{n}", "text": WORDS, "published": "2024-05-20", "url": f"https://x.example/{n}"}
            for n in range(REPORTS)
        ]
        path.write_text(
            json.dumps([one | {"text": f"{WORDS} Number {n}."} for n, one in enumerate(told)]), encoding="utf-8"
        )
        list(made.add(path))

        def code(reports):  # type: ignore[no-untyped-def]
            for report in reports:
                yield replace(MACHINE, report=report)

        list(made.code(code, CODER, "{}"))
        yield made


def review(project: Project, reports: int) -> None:
    """A person accepts the march in every report, the shots in a third, and the suggested strike in none."""
    with project.database.writing() as db:
        for n, coding in enumerate(list(project.codings())[:reports]):
            march, shots = coding.events
            made = replace(coding, coder=CoderInfo("A", "", "plover 1.0"), events=(said_of(march, {}, "A"), shots))
            made = (
                replace(made, events=(made.events[0], said_of(shots, {}, "A"))) if n % 3 == 0 else without(made, shots)
            )
            strike = coding.suggestions[0].trigger
            gone = LeftOut(strike.start, strike.end, strike.quote, "event", "rejected by A")
            made = replace(made, suggestions=(), left_out=(*made.left_out, gone))
            put_coding(db, n + 1, made, BY_HAND, NOON)


def run(project: Project, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*words, "-p", str(project.folder)])
    return done.exit_code, done.stdout, done.stderr


def machine(project: Project) -> list[tuple[str, list[float | None], list[float | None]]]:
    """The settings, the chances of the events and of the suggestions of the newest machine coding of each report."""
    with project.database.reading() as db:
        rows = db.exec_driver_sql(
            "SELECT report, settings, form FROM codings c WHERE settings != 'by hand' AND turn = "
            "(SELECT max(turn) FROM codings d WHERE d.report = c.report AND settings != 'by hand') ORDER BY report"
        ).all()
    import zlib

    found = []
    for one in rows:
        form = json.loads(zlib.decompress(one.form))
        found.append((one.settings, *([e["chance"] for e in form[part]] for part in ("events", "suggestions"))))
    return found


def test_too_few_reviewed_rows_are_refused_with_how_many_are_lacking(project: Project) -> None:
    assert newest_coder(project) == CODER
    review(project, 4)
    with pytest.raises(ReviewError, match=r"12 rows of dateline 1 .* were reviewed") as refused:
        learn(reviewed(project), CODER)
    assert "88 more rows" in str(refused.value)
    assert "rows of 1 more report" in str(refused.value)
    code, out, said = run(project, "calibrate")
    assert (code, out) == (2, "")
    assert "88 more rows" in said
    assert not (project.folder / "calibration.json").exists()


def test_calibrating_gives_every_coding_its_chances_and_undoing_gives_them_back(project: Project) -> None:
    review(project, 40)
    before = machine(project)
    code, out, said = run(project, "calibrate", "--who", "B")
    assert code == 0, said
    assert "40 reports" in out
    assert "60 codings with calibrated chances" in said
    after = machine(project)
    assert {settings for settings, _, _ in after}.isdisjoint({settings for settings, _, _ in before})
    # a third of what had .6 came true, and nothing of what had .3
    [(events, suggested)] = {(tuple(e), tuple(s)) for _, e, s in after}
    assert events[0] is not None
    assert events[0] > 0.9
    assert suggested[0] == pytest.approx(0.34, abs=0.06)
    assert suggested[1] is not None
    assert suggested[1] < 0.1
    held = {c.report.id: c for c in project.codings()}
    assert [e.chance for e in held["r50"].events] == list(events)
    assert held["r3"].coder.name == "A"  # what a person made holds
    assert run(project, "calibrate")[2].startswith("0 codings")
    list(project.link())
    # a suggestion is no event: of the 20 reports that nobody reviewed one row each is linked, of the others what holds
    assert project.state().mentions == 20 + 40 + 14
    assert project.state().to_link == 0
    kept = calibration_of(project)
    assert kept is not None
    assert (kept.rows, kept.reports) == (120, 40)
    assert learn(reviewed(project), CODER).calibration(kept.made) == kept  # it is learned from the coder's own chances

    code, _, said = run(project, "calibrate", "--undo", "--who", "B")
    assert code == 0
    assert "60 codings with the coder's own chances" in said
    assert machine(project) == before
    assert not (project.folder / "calibration.json").exists()
    assert "Nothing was changed" in run(project, "calibrate", "--undo")[2]
    with project.database.reading() as db:
        logged = db.execute(text("SELECT what, who FROM log WHERE what LIKE '%calibrated'")).all()
    assert logged == [("calibrated", "B"), ("uncalibrated", "B")]
    assert list(project.verify()) == []


def test_a_dry_run_changes_nothing_and_tells_it_in_every_form(project: Project, tmp_path: Path) -> None:
    review(project, 40)
    before = machine(project)
    page, data = tmp_path / "c.html", tmp_path / "c.json"
    assert run(project, "calibrate", "--dry-run", "-o", str(page))[0] == 0
    assert run(project, "calibrate", "--dry-run", "-o", str(data))[0] == 0
    assert machine(project) == before
    assert not (project.folder / "calibration.json").exists()
    told = page.read_text(encoding="utf-8")
    assert told.count("<svg") == 2
    assert "40 rows with a mean chance of 0.60: 35% right" in told
    assert "<script" not in told
    form = json.loads(data.read_text(encoding="utf-8"))
    assert form["learned"][0]["field"] == "row"
    assert form["learned"][0]["before"]["loss"] > form["learned"][0]["after"]["loss"]
    assert {one["field"] for one in form["lacking"]} >= {"place", "date"}


def test_what_was_interrupted_is_gone_on_with(project: Project) -> None:
    review(project, 40)
    made = learn(reviewed(project), CODER).calibration(NOON)
    assert made is not None
    assert waiting(project, made) == REPORTS
    some = derive(project, made)
    done = next(some)
    del some
    assert waiting(project, made) == REPORTS - done
    assert sum(derive(project, made)) == REPORTS - done
    assert waiting(project, made) == 0
    other = replace(made, coder=replace(CODER, version="2"))
    assert waiting(project, other) == REPORTS  # of another version: the coder's own come back
    assert sum(derive(project, other)) == REPORTS
    assert waiting(project, other) == 0


def test_reports_that_another_version_coded_are_passed_over_by_number(project: Project) -> None:
    review(project, 40)
    result = learn(reviewed(project), CODER)
    assert result.others == 0
    with pytest.raises(ReviewError, match="40 reviewed reports of another coder or version"):
        learn(reviewed(project), replace(CODER, version="2"))


def test_evaluate_compares_what_people_reviewed_with_the_machines_coding(project: Project) -> None:
    code, _, said = run(project, "evaluate")
    assert code == 2
    assert "nobody has reviewed a row" in said
    review(project, 30)
    code, out, said = run(project, "evaluate", "-f", "json", "--resamples", "0")
    assert code == 0, said
    told = json.loads(out)
    assert (told["reports"], told["gold_events"], told["coded_events"]) == (30, 40, 60)
    [event] = [one["all"] for one in told["fields"] if one["field"] == "event"]
    assert (event["gold"], event["coded"], event["right"]) == (40, 60, 40)
    assert told["gold_coders"] == ["A"]
    assert {one["field"] for one in told["fields"]}.isdisjoint({"trigger", "source", "cue", "content"})
    assert "go with this" in run(project, "evaluate", "some.jsonl")[2]


def test_rows_that_nobody_looked_at_are_neither_hits_nor_errors(project: Project) -> None:
    first = next(iter(project.codings()))
    made = replace(
        first, coder=CoderInfo("A", "", "plover 1.0"), events=(said_of(first.events[0], {}, "A"), first.events[1])
    )
    with project.database.writing() as db:
        put_coding(db, 1, made, BY_HAND, NOON)
    code, out, said = run(project, "evaluate", "-f", "json", "--resamples", "0")
    told = json.loads(out)
    assert code == 0
    assert (told["reports"], told["gold_events"], told["coded_events"], told["errors"]) == (1, 1, 1, [])
    assert "1 row of these reports that nobody has looked at" in said
