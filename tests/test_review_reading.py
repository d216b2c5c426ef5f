"""The desk and the queue without a browser: what forms ask for, what is shown to whom, and where one goes next."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.errors import ReviewError
from dateline.export.formats.columns import fields_of
from dateline.export.formats.rows import event_cells
from dateline.export.words import reviewed
from dateline.model import Block, Report
from dateline.review.app import create_app
from dateline.review.deciding import Accept, Add, Correct, Merge, Reject, Restore, Split, decide, held
from dateline.review.reading.asked import Asked, decision_of
from dateline.review.reading.beside import beside
from dateline.review.reading.desk import desk, onward_from, waiting
from dateline.review.reading.inputs import inputs_of, shapes
from dateline.review.reading.keys import keys
from dateline.review.reading.queue import END, item, listed
from dateline.review.reading.queue import Asked as Place
from dateline.review.reading.text import around, graphic_marks
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query
from dateline.store.review.people import Person
from deciding_cases import ANN, BOB, READER, blindly, row
from export_cases import TEXT, at, hostile_coding, water_coding

VIEWER = Person("vi", "Vi", "viewer")


def client(workspace: Workspace, person: Person = ANN) -> TestClient:
    mine = Workspace(workspace.project, workspace.index, person)
    mine.known = workspace.known
    return TestClient(create_app(mine), base_url="http://localhost", headers={"Origin": "http://localhost"})


class TestAsked:
    def test_each_form_is_a_decision(self) -> None:
        coding = water_coding()
        where = at(TEXT, "tear gas")
        parts = [("0:place", "Lyon"), ("1:place", "Bordeaux")]
        added = Asked("add", type="PROTEST", words="tear  gas", edits=[("date", "2020-01-17"), ("place", " ")])
        for asked, decision in (
            (Asked("accept", "e1"), Accept("e1")),
            (Asked("reject", "e1"), Reject("e1")),
            (Asked("correct", "e1", type="ASSAULT"), Correct("e1", {"type": "ASSAULT"})),
            (Asked("merge", "e3", donors=["e5"]), Merge("e3", ("e5",))),
            (Asked("merge", "e3", receiver="e5", donors=["e5"]), Merge("e5", ("e3",))),
            (Asked("restore", coding=4), Restore(4)),
            (added, Add(*where, "PROTEST", {"date": "2020-01-17"})),
            (Asked("split", "e1", parts), Split("e1", ({}, {"place": "Bordeaux"}))),
        ):
            assert decision_of(asked, coding) == decision

    def test_only_what_differs_is_a_correction_and_a_changed_row_is_not_merely_accepted(self) -> None:
        edits = [("place", "Lyon"), ("date", "2020-01-18"), ("killed_best", ""), ("historical", "false")]
        for button in ("accept", "correct"):
            assert decision_of(Asked(button, "e1", edits), water_coding()) == Correct("e1", {"date": "2020-01-18"})

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            (Asked("correct", "e1", [("place", "Lyon")]), "no value was changed"),
            (Asked("merge", "e1"), "no row to merge with"),
            (Asked("merge", "e1", receiver="e9", donors=["e2"]), "the row that stays"),
            (Asked("add", words="never written", type="PROTEST"), "not in the report"),
            (Asked("add", words="", type="PROTEST"), "not in the report"),
            (Asked("restore"), "nothing that is decided"),
            (Asked("burn", "e1"), "nothing that is decided"),
        ],
    )
    def test_what_says_nothing_is_refused_in_words(self, asked: Asked, words: str) -> None:
        with pytest.raises(ReviewError, match=words):
            decision_of(asked, water_coding())

    def test_words_written_after_a_selection_are_meant(self) -> None:
        start, end = at(TEXT, "tear gas")
        chosen = Asked("add", type="PROTEST", words="tear gas", start=start, end=end)
        assert decision_of(chosen, water_coding()) == Add(start, end, "PROTEST", {})
        meant = replace(chosen, words="two students")
        assert decision_of(meant, water_coding()) == Add(*at(TEXT, "two students"), "PROTEST", {})


def test_every_column_that_is_corrected_can_be_edited() -> None:
    there = {one.column for one in shapes()}
    missing = {name for name, field in fields_of().items() if field != "review"} - there
    # What belongs to a place or an actor is looked up, and is edited in the sheet where it must be.
    assert missing == {
        *("actor_countries", "actor_sectors", "recipient_countries", "recipient_sectors"),
        *("geonameid", "latitude", "longitude"),
    }


def test_a_type_that_the_codebook_lacks_stays_a_choice(work: Workspace) -> None:
    [what, *_] = inputs_of({"type": "own-type", "mode": "own-mode"}, work.known.codebook)
    assert ("own-type", "Own-type") in [(name, words.capitalize()) for name, words in what.inputs[0].choices]
    assert ("own-mode", "own-mode") in what.inputs[1].choices


class TestText:
    def test_a_sentence_is_shown_with_both_neighbours_across_paragraphs(self) -> None:
        text = "One came. Two went.\n\nThree stayed."
        report = Report("r", text, (Block(0, 19, "paragraph"), Block(21, 34, "paragraph")))
        near = around(report, *at(text, "went"))
        assert [text[a:b] for a, b in (near.before, near.within, near.after)] == [
            "One came.",
            "Two went.",
            "Three stayed.",
        ]
        first = around(report, *at(text, "One"))
        assert first.before == (0, 0)

    @pytest.mark.parametrize(
        ("text", "blurred"),
        [
            ("The crowd left. The bodies had been mutilated. Shops opened.", ["The bodies had been mutilated."]),
            ("Soldiers killed 34 miners. Others tortured detainees.", ["Others tortured detainees."]),
            ("Police dispersed the gathering.", []),
            ("A corporal punished nobody.", []),
        ],
    )
    def test_sentences_of_cruelty_are_blurred_whoever_did_it(self, text: str, blurred: list[str]) -> None:
        assert [text[mark.start : mark.end] for mark in graphic_marks(Report("r", text))] == blurred

    def test_offsets_in_the_page_are_those_of_the_report(self, work: Workspace) -> None:
        seen = desk(work, "one", ANN, row="e3")
        text = held(work, "one", ANN).coding.report.text
        parts = [part for block in seen.blocks for part in block.segments]
        assert len(parts) > 10
        assert all(text[part.start : part.start + len(part.text)] == part.text for part in parts)


class TestDesk:
    def test_the_row_asked_for_is_in_focus_else_the_first_that_waits(self, work: Workspace) -> None:
        assert desk(work, "one", ANN, row="e4").focus.row.id == "e4"  # type: ignore[union-attr]
        decide(work, "one", [Accept("e1")], ANN)
        seen = desk(work, "one", ANN)
        assert seen.focus is not None and (seen.focus.row.id, seen.onward, seen.left) == ("e2", "e3", 5)

    def test_one_goes_on_from_row_to_row_and_around(self) -> None:
        coding = water_coding()
        assert onward_from(coding, "e5") == ("e6", "e7", "e1", "e2", "e3", "e4")
        assert waiting(coding, onward_from(coding, "e5")) == "e6"
        assert waiting(replace(coding, events=()), ("e6",)) == ""

    def test_the_focus_has_its_own_words_lit_and_no_others(self, work: Workspace) -> None:
        focus = desk(work, "one", ANN, row="e2").focus
        assert focus is not None
        lit = [part.text for part in (*focus.before, *focus.within, *focus.after) if "trigger" in part.kinds]
        assert lit == ["detained"]

    def test_a_viewer_sees_values_and_no_name_of_the_team(self, work: Workspace) -> None:
        decide(work, "one", [Accept("e1"), Reject("e2")], ANN, why="Ann says so")
        shown = client(work, VIEWER).get("/reports/one?row=e1").text
        assert "accepted by a reviewer" in shown and "Ann" not in shown
        assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]
        assert "Ann" in client(work, READER).get("/reports/one?row=e1").text

    def test_who_codes_blind_sees_nothing_of_others(self, work: Workspace) -> None:
        blindly(work, BOB)
        decide(work, "one", [Accept("e1")], ANN, why="seen by Ann")
        shown = client(work, BOB).get("/reports/one?row=e1").text
        assert "Ann" not in shown
        assert "Ann" in client(work, READER).get("/reports/one?row=e1").text

    def test_a_report_without_a_coding_shows_its_text(self, work: Workspace, tmp_path: Path) -> None:
        path = tmp_path / "new.jsonl"
        path.write_text(json.dumps({"id": "new", "text": "Nobody has read this."}) + "\n", encoding="utf-8")
        list(work.project.add(path))
        answer = client(work).get("/reports/new")
        assert answer.status_code == 200
        assert "Nobody has read this." in answer.text and "dateline code" in answer.text

    def test_a_report_that_is_not_there_is_said_so(self, work: Workspace) -> None:
        answer = client(work).get("/reports/never")
        assert answer.status_code == 404 and "there is no report" in answer.text

    def test_nothing_of_a_hostile_coding_is_markup(self, made: Path, tmp_path: Path, work: Workspace) -> None:
        bad = hostile_coding()
        with work.project.database.writing() as db:
            number = db.exec_driver_sql("SELECT number FROM reports WHERE id = 'quiet'").scalar_one()
            text = bad.report.text.replace("\ud800", "?").replace("\x00", "?")
            db.exec_driver_sql("UPDATE reports SET text = ?, title = ? WHERE number = ?", (text, text, number))
        shown = client(work).get("/reports/quiet").text
        assert "<img src=x" not in shown and "&lt;img src=x" in shown


class TestQueue:
    def test_its_order_is_that_of_the_index_and_skipping_goes_through_all(self, work: Workspace) -> None:
        every = [line.key for line in listed(work, Place(Query()), ANN).lines]
        place, found = Place(Query()), []
        while (due := item(work, place, ANN)).line is not None:
            found.append(due.line.key)
            place = replace(place, after=due.skip)
        assert found == every and len(every) == 12
        assert place.after == END

    def test_an_address_is_read_back_as_it_was(self) -> None:
        place = Place(Query(type=("PROTEST", "ASSAULT"), words="water & bread"), "-killed", "1.0_4")
        assert Place.of_address(place.address(row="one#e1")) == place

    def test_a_decision_shows_what_is_due_next_in_the_same_queue(self, work: Workspace) -> None:
        asked = client(work)
        place = Place(Query(type=("ASSAULT",)))
        first, second = (line.key for line in listed(work, place, ANN).lines[:2])
        report, _, name = first.partition("#")
        given = {
            "queue": place.address(),
            "row": name,
            "decision": "accept",
            "seen": str(held(work, report, ANN).number),
        }
        piece = asked.post(f"/reports/{report}/decide", data=given, headers={"HX-Request": "true"})
        assert piece.status_code == 200
        assert piece.headers["HX-Push-Url"] == place.address(row=second)
        assert f'data-row="{second.partition("#")[2]}"' in piece.text and "<html" not in piece.text

    def test_who_codes_blind_goes_on_too(self, work: Workspace) -> None:
        blindly(work, BOB)
        blindly(work, BOB, "two")
        first, second = (line.key for line in listed(work, Place(Query()), BOB).lines[:2])
        report, _, name = first.partition("#")
        given = {"queue": "/queue", "row": name, "decision": "accept"}
        piece = client(work, BOB).post(f"/reports/{report}/decide", data=given, headers={"HX-Request": "true"})
        assert f'data-row="{second.partition("#")[2]}"' in piece.text
        assert reviewed(row(held(work, report, BOB).coding, name)) == "accepted by Bob"
        assert reviewed(row(held(work, report, ANN).coding, name)) is None

    def test_without_script_one_is_led_to_the_same_place(self, work: Workspace) -> None:
        given = {"queue": "/queue?type=ASSAULT", "row": "e3", "decision": "reject", "why": "no"}
        answer = client(work).post("/reports/one/decide", data=given, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/queue?type=ASSAULT")

    def test_its_end_says_what_was_skipped_and_when_all_is_done(self, work: Workspace) -> None:
        asked = client(work)
        assert "12 rows were skipped" in asked.get(f"/queue?after={END}").text
        for report in ("one", "two"):
            decide(work, report, [Accept(event.id) for event in held(work, report, ANN).coding.events], ANN)
        assert "Nothing is left to decide here" in asked.get("/queue").text
        assert "The whole queue" in asked.get("/queue?type=PROTEST").text

    def test_a_reason_is_kept_for_the_next_decision_where_one_says_so(self, work: Workspace) -> None:
        given = {"row": "e1", "decision": "accept", "why": "as the wire has it", "keep": "yes"}
        asked = client(work)
        piece = asked.post("/reports/one/decide", data=given, headers={"HX-Request": "true"}).text
        assert piece.count('value="as the wire has it"') >= 1
        del given["keep"]
        piece = asked.post("/reports/one/decide", data=given | {"row": "e2"}, headers={"HX-Request": "true"}).text
        assert 'value="as the wire has it"' not in piece

    def test_two_people_on_one_row_are_told(self, work: Workspace) -> None:
        seen = held(work, "one", BOB).number
        decide(work, "one", [Correct("e1", {"date": "2020-01-18"})], ANN)
        given = {"row": "e1", "decision": "accept", "seen": str(seen)}
        answer = client(work, BOB).post("/reports/one/decide", data=given, headers={"HX-Request": "true"})
        assert answer.status_code == 409 and "Ann" in answer.text
        assert "accepted" not in (reviewed(row(held(work, "one", BOB).coding, "e1")) or "")


class TestBeside:
    def test_fields_that_differ_are_marked_and_the_others_are_not(self, work: Workspace) -> None:
        decide(work, "one", [Correct("e1", {"date": "2020-01-18", "killed_best": "3"}), Reject("e5")], ANN)
        seen = beside(work, "one", ANN, "machine")
        rows = {one.left or one.right: one for one in seen.rows}
        assert [pair.heading for pair in rows["e1"].fields if pair.differs] == ["When", "Numbers"]
        assert rows["e5"].left is None and rows["e5"].take == "e5@1"
        assert not rows["e2"].differs and seen.own

    def test_a_row_that_the_other_has_is_taken(self, work: Workspace) -> None:
        decide(work, "one", [Reject("e5")], ANN)
        [gone] = [one for one in beside(work, "one", ANN, "machine").rows if one.take]
        given = {"row": gone.take, "decision": "accept", "beside": "1"}
        answer = client(work).post("/reports/one/decide", data=given, follow_redirects=False)
        assert answer.headers["Location"] == "/reports/one?with=1"
        assert not [one for one in beside(work, "one", ANN, "machine").rows if one.take]

    def test_a_coding_that_is_none_of_the_report_is_refused(self, work: Workspace) -> None:
        for name in ("99", "x", "1; DROP TABLE"):
            with pytest.raises(ReviewError, match="no coding of"):
                beside(work, "one", ANN, name)


def test_keys_are_each_for_one_thing() -> None:
    shown = [key.shown for key in keys()]
    assert len(set(shown)) == len(shown)
    assert not [key for key in shown if key.isdigit()]


def test_a_form_that_nobody_touched_says_what_the_row_says(work: Workspace) -> None:
    """Whatever stands in a row: accepting it as the form has it changes nothing of it."""
    coding = held(work, "one", ANN).coding
    events = (*coding.events, replace(coding.events[0], id="old", historical=True, mode=None, contexts=("a", "b")))
    coding = replace(coding, events=events)
    for event in coding.rows:
        form = [
            (one.of.column, one.value if not one.choices or one.value in dict(one.choices) else one.choices[0][0])
            for group in inputs_of(event_cells(coding, event), work.known.codebook, [event.type])
            for one in group.inputs
        ]
        assert decision_of(Asked("accept", event.id, form), coding) == Accept(event.id)
