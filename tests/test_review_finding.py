"""The index of a project, and the pages on which people look for something."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.errors import ReviewError
from dateline.model import Count
from dateline.review.app import create_app
from dateline.review.deciding import Accept, Correct, Reject, decide, flag, redo, set_state, undo
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.index.query import Query
from dateline.store.review.people import Person
from review_cases import Desk, desk
from store_cases import MARCHES, by_hand, code_anew, project_with, told

ADA = Person("ada", "Ada", "admin")
ANY = Query()
GUEST = Person("guest", "Guest", "viewer")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with project_with(tmp_path / "p", *MARCHES) as project:
        index = Index.open(project)
        index.catch_up()
        yield Workspace(project, index, ADA)
        index.close()


def keys(index: Index, query: Query = ANY, **how: object) -> list[str]:
    return [row.key for row in index.rows(query, **how).lines]  # type: ignore[arg-type]


def client(workspace: Workspace, person: Person = ADA) -> TestClient:
    return TestClient(create_app(replace(workspace, local=person)), base_url="http://127.0.0.1:8400")


class TestIndex:
    def test_holds_each_row_with_its_values(self, workspace: Workspace) -> None:
        row = workspace.index.row("r2#e1")
        assert row is not None
        assert (row.type, row.place, row.country, row.edtf, row.status) == (
            *("PROTEST", "Brook", "KE"),
            *("2024-05-17", "suggested"),
        )
        assert row.event is not None and row.coding is not None
        assert "Paper 2" in row.sentence

    def test_taking_in_nothing_new_takes_in_nothing(self, workspace: Workspace) -> None:
        assert workspace.index.catch_up() == 0
        assert len(keys(workspace.index)) == 4

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            (Query(), {"r0#e1", "r1#e1", "r2#e1", "r3#e1"}),
            (Query(place=("Arden",)), {"r0#e1", "r1#e1"}),
            (Query(place=("Arden", "Corrie")), {"r0#e1", "r1#e1", "r3#e1"}),
            (Query(place=("Nowhere",)), set()),
            (Query(publisher=("paper 1",)), {"r1#e1"}),
            (Query(since="2024-05-17"), {"r2#e1", "r3#e1"}),
            (Query(until="2024-05-17"), {"r0#e1", "r1#e1", "r2#e1"}),
            (Query(published_since="2024-05-21"), set()),
            (Query(words="cranes"), {"r0#e1", "r1#e1"}),
            (Query(words="quay cranes harbour"), {"r1#e1"}),
            (Query(words='"harbour master"'), {"r1#e1"}),
            (Query(words='"master harbour"'), set()),
            (Query(words="cranes", place=("Brook",)), set()),
            (Query(words="Corrie"), {"r3#e1"}),
            (Query(report=("r3", "r1")), {"r1#e1", "r3#e1"}),
            (Query(status=("accepted",)), set()),
            (Query(flagged="no"), {"r0#e1", "r1#e1", "r2#e1", "r3#e1"}),
            (Query(flagged="yes"), set()),
            (Query(counted=("killed",)), set()),
            (Query(suggestions="only"), set()),
        ],
    )
    def test_filters(self, workspace: Workspace, query: Query, wanted: set[str]) -> None:
        assert set(keys(workspace.index, query)) == wanted
        reports = {line.id for line in workspace.index.reports(query).lines}
        assert reports == {key.partition("#")[0] for key in wanted}

    @pytest.mark.parametrize("query", [Query(since="soon"), Query(chance_from="2"), Query(historical="maybe")])
    def test_says_what_is_no_day_chance_or_yes(self, workspace: Workspace, query: Query) -> None:
        with pytest.raises(ReviewError):
            workspace.index.rows(query)

    @pytest.mark.parametrize("order", ["date", "-date", "place", "-place", "-stake", "chance", "killed", "published"])
    def test_pages_of_an_order_hold_each_row_once(self, workspace: Workspace, order: str) -> None:
        whole = keys(workspace.index, order=order)
        found: list[str] = []
        after = None
        for _ in range(4):
            page = workspace.index.rows(Query(), order=order, after=after, limit=1)
            found += [row.key for row in page.lines]
            after = page.after
            assert page.total == 4
        assert after is None
        assert found == whole and len(set(whole)) == 4

    def test_orders_by_date(self, workspace: Workspace) -> None:
        assert keys(workspace.index, order="-date") == ["r3#e1", "r2#e1", "r0#e1", "r1#e1"]

    def test_counts_the_values_of_a_filter_without_that_filter(self, workspace: Workspace) -> None:
        [place, kind] = workspace.index.facets(Query(place=("Arden",)), ["place", "type"])
        assert place.values == (("Arden", 2), ("Brook", 1), ("Corrie", 1))
        assert kind.values == (("PROTEST", 2),)

    def test_places_and_days_stand_beside_their_coverage(self, workspace: Workspace) -> None:
        places = {one.place: one for one in workspace.index.places(Query())}
        assert (places["Arden"].rows, places["Arden"].reports, places["Arden"].events) == (2, 2, 1)
        days = workspace.index.days(Query())
        assert sum(day.rows for day in days) == 4
        assert sum(day.published for day in days) == 4

    def test_events_have_the_numbers_of_their_rows(self, workspace: Workspace) -> None:
        events = {event.place: event for event in workspace.index.events(Query()).lines}
        assert (events["Arden"].reports, events["Arden"].mentions, events["Arden"].reviewed) == (2, 2, 0)
        assert len(events) == 3

    def test_finds_by_how_a_name_begins(self, workspace: Workspace) -> None:
        kinds = {(found.kind, found.name) for found in workspace.index.find("ard")}
        assert ("place", "Arden") in kinds
        assert ("source", "Paper 2") in {(f.kind, f.name) for f in workspace.index.find("paper 2")}
        assert workspace.index.find("  ") == ()

    def test_a_decision_shows_at_once(self, workspace: Workspace) -> None:
        decide(workspace, "r0", [Accept("e1")], ADA)
        decide(workspace, "r1", [Correct("e1", {"date": "2024-05-06"})], ADA)
        decide(workspace, "r2", [Reject("e1")], ADA)
        assert keys(workspace.index, Query(status=("accepted",))) == ["r0#e1"]
        assert keys(workspace.index, Query(status=("corrected",), since="2024-05-06")) == ["r1#e1"]
        assert workspace.index.row("r2#e1") is None
        row = workspace.index.row("r0#e1")
        assert row is not None and row.by == "Ada"

    def test_states_and_flags_show_at_once(self, workspace: Workspace) -> None:
        flag(workspace, "r0", True, ADA)
        set_state(workspace, "r1", "help needed", ADA)
        assert keys(workspace.index, Query(flagged="yes")) == ["r0#e1"]
        assert keys(workspace.index, Query(state=("help needed",))) == ["r1#e1"]
        row = workspace.index.row("r1#e1")
        assert row is not None and row.why == ("help is needed",)

    def test_says_the_same_after_it_is_opened_again(self, workspace: Workspace) -> None:
        decide(workspace, "r2", [Reject("e1")], ADA)
        workspace.index.close()
        again = Index.open(workspace.project)
        again.catch_up()
        anew = Path(again.path)
        lines = again.rows(Query()).lines, again.events(Query()).lines, again.reports(Query()).lines
        again.close()
        anew.unlink()
        made = Index.open(workspace.project)
        made.catch_up()
        # What is made anew knows no event that only a rejected row told of: nor does the one that was brought up.
        assert (made.rows(Query()).lines, made.events(Query()).lines, made.reports(Query()).lines) == lines
        made.close()

    def test_follows_newer_codings_and_linking(self, workspace: Workspace) -> None:
        code_anew(workspace.project)
        list(workspace.project.link())
        assert workspace.index.catch_up() == 4
        assert len(keys(workspace.index)) == 4
        assert {event.mentions for event in workspace.index.events(Query()).lines} == {1, 2}

    def test_a_file_that_is_no_index_is_made_anew(self, workspace: Workspace) -> None:
        workspace.index.close()
        workspace.index.path.write_bytes(b"no database" * 500)
        made = Index.open(workspace.project)
        assert made.catch_up() == 4
        made.close()

    def test_deaths_come_first(self, tmp_path: Path) -> None:
        with project_with(tmp_path / "deaths", *MARCHES) as project:

            def deadly(reports: object) -> Iterator[object]:
                for made in by_hand(reports):  # type: ignore[arg-type]
                    coding = made
                    if coding.report.id == "r3":  # type: ignore[union-attr]
                        event = coding.events[0]  # type: ignore[union-attr]
                        words = event.trigger
                        count = Count(words.start, words.end, words.quote, "killed", 7, 7, 7)
                        coding = replace(coding, events=(replace(event, counts=(count,)),))  # type: ignore[type-var]
                    yield coding

            code_anew(project, deadly)  # type: ignore[arg-type]
            index = Index.open(project)
            index.catch_up()
            [first, *_] = index.rows(Query()).lines
            assert (first.key, first.counts, first.why) == ("r3#e1", (("killed", 7),), ("7 killed",))
            assert keys(index, Query(counted=("killed",))) == ["r3#e1"]
            assert keys(index, order="-killed")[0] == "r3#e1"
            index.close()


class TestPages:
    @pytest.mark.parametrize(
        "address",
        [
            *(
                "/table",
                "/search",
                "/search?view=reports&words=cranes",
                "/search?view=events",
                "/sources",
                "/find?words=a",
            ),
            *("/inbox", "/inbox?why=not+coded", "/inbox?why=copy", "/inbox?why=new+version"),
            *("/inbox?why=not+readable", "/inbox?why=said+again", "/table?columns=stake,killed&order=-killed&limit=25"),
        ],
    )
    def test_each_answers(self, workspace: Workspace, address: str) -> None:
        answer = client(workspace).get(address)
        assert answer.status_code == 200
        assert "<h1>" in answer.text

    @pytest.mark.parametrize("address", ["/table?order=beauty", "/table?columns=beauty", "/table?since=soon"])
    def test_an_address_that_says_nothing_known_is_told_so(self, workspace: Workspace, address: str) -> None:
        assert client(workspace).get(address).status_code == 422

    def test_search_marks_the_words(self, workspace: Workspace) -> None:
        text = client(workspace).get("/search?view=reports&words=harbour").text
        assert "<mark>harbour</mark>" in text
        assert "<strong>1</strong> report." in text

    def test_a_viewer_reads_no_report(self, workspace: Workspace) -> None:
        decide(workspace, "r0", [Accept("e1")], ADA)
        guest = client(workspace, GUEST)
        for address in ("/table", "/search?view=reports&words=harbour", "/find?words=r0"):
            text = guest.get(address).text
            assert "/reports/" not in text
            assert "Ada" not in text
            assert "quay" not in text
        assert guest.get("/inbox").status_code == 403
        assert guest.post("/table/decide", data={"do": "accept", "row": "r1#e1"}).status_code == 403

    def test_a_value_is_edited_in_place(self, workspace: Workspace) -> None:
        web = client(workspace)
        form = web.get("/table/cell", params={"key": "r0#e1", "column": "type"}).text
        assert 'name="value"' in form and "<option" in form
        row = workspace.index.row("r0#e1")
        assert row is not None
        told_ = {"key": "r0#e1", "column": "killed", "value": "3", "why": "so it says", "seen": str(row.coding)}
        answer = web.post("/table/cell", data=told_)
        assert answer.status_code == 200 and "corrected" in answer.text
        after = workspace.index.row("r0#e1")
        assert after is not None and after.counts == (("killed", 3),)
        there = web.post("/table/cell", data={"key": "r2#e1", "column": "place", "value": "Lyon, France"})
        assert there.status_code == 200
        moved = workspace.index.row("r2#e1")
        assert moved is not None and (moved.place, moved.country) == ("Lyon", "FR")
        assert web.post("/table/cell", data={**told_, "value": "many"}).status_code in {409, 422}

    def test_a_value_that_somebody_changed_meanwhile_is_not_overwritten(self, workspace: Workspace) -> None:
        row = workspace.index.row("r0#e1")
        assert row is not None
        decide(workspace, "r0", [Correct("e1", {"date": "2024-05-06"})], ADA)
        told_ = {"key": "r0#e1", "column": "date", "value": "2024-05-07", "seen": str(row.coding)}
        assert client(workspace).post("/table/cell", data=told_).status_code == 409

    def test_many_rows_are_decided_at_once(self, workspace: Workspace) -> None:
        web = client(workspace)
        answer = web.post("/table/decide", data={"do": "accept", "row": ["r0#e1", "r2#e1"], "why": "read both"})
        assert "2 rows accepted." in answer.text
        assert set(keys(workspace.index, Query(status=("accepted",)))) == {"r0#e1", "r2#e1"}
        answer = web.post(
            "/table/decide", data={"do": "set", "row": ["r1#e1", "r3#e1"], "column": "date", "value": "2024"}
        )
        assert "2 rows given the value “2024”." in answer.text
        answer = web.post("/table/decide", data={"do": "reject", "row": ["r3#e1", "gone#e1"], "again": "place=Corrie"})
        assert "1 row rejected." in answer.text and "not there any more" in answer.text
        assert "Clear all" in answer.text

    def test_a_decision_on_nothing_is_told_so(self, workspace: Workspace) -> None:
        web = client(workspace)
        assert web.post("/table/decide", data={"do": "accept"}).status_code == 422
        assert web.post("/table/decide", data={"do": "burn", "row": "r0#e1"}).status_code == 422
        assert web.post("/table/decide", data={"do": "set", "row": "r0#e1", "column": "chance"}).status_code == 422

    def test_sources_tell_how_much_was_reviewed(self, workspace: Workspace) -> None:
        decide(workspace, "r0", [Accept("e1")], ADA)
        text = client(workspace).get("/sources").text
        assert "(100 %)" in text and "Paper 3" in text
        assert "Paper 3" not in client(workspace).get("/sources?words=paper+0").text

    def test_the_inbox_says_why_a_report_waits(self, tmp_path: Path) -> None:
        with project_with(tmp_path / "p", *MARCHES) as project:
            (tmp_path / "more.txt").write_text(told(9, "Brook", "Nobody marched"), encoding="utf-8")
            list(project.add(tmp_path / "more.txt"))
            index = Index.open(project)
            index.catch_up()
            text = client(Workspace(project, index, ADA)).get("/inbox?why=not+coded").text
            assert "more.txt" in text
            index.close()


def test_a_project_without_reports_has_an_index(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p") as project:
        index = Index.open(project)
        assert index.catch_up() == 0
        web = client(Workspace(project, index, ADA))
        for address in ("/table", "/search", "/search?view=events", "/sources", "/inbox"):
            assert web.get(address).status_code == 200
        index.close()


class TestFollowing:
    def test_another_process_on_the_same_file_is_followed(self, workspace: Workspace) -> None:
        other = Index.open(workspace.project)
        decide(replace(workspace, index=other), "r0", [Correct("e1", {"date": "2021-02-03"})], ADA)
        assert keys(workspace.index, Query(until="2021-12-31")) == []
        workspace.index.catch_up()
        assert keys(workspace.index, Query(until="2021-12-31")) == ["r0#e1"]
        other.close()

    def test_an_index_of_more_than_the_project_holds_is_made_anew(self, workspace: Workspace, tmp_path: Path) -> None:
        with project_with(tmp_path / "older", MARCHES[2]) as older:
            workspace.index.close()
            (older.folder / "index.sqlite").write_bytes(workspace.index.path.read_bytes())
            index = Index.open(older)
            index.catch_up()
            assert keys(index) == ["r0#e1"]
            assert [event.place for event in index.events(ANY).lines] == ["Brook"]
            assert keys(index, Query(words="cranes")) == []
            index.close()

    def test_a_new_list_of_publishers_holds_for_all(self, workspace: Workspace) -> None:
        listed = workspace.project.folder / "publishers.csv"
        listed.write_text("publisher,owner,interest\nPaper 1,House,party\n", encoding="utf-8")
        assert workspace.index.catch_up() == 4
        [row] = workspace.index.rows(Query(interest=("party",))).lines
        assert (row.key, row.why) == ("r1#e1", ("only a party to the event says so",))

    def test_many_may_look_while_somebody_decides(self, workspace: Workspace) -> None:
        def look(number: int) -> int:
            query = Query(words="marched", since=f"2024-05-{number % 9 + 1:02}")
            return len(workspace.index.rows(query).lines) + len(workspace.index.facets(query, ["type", "actor"]))

        with ThreadPoolExecutor(4) as pool:
            looks = [pool.submit(look, number) for number in range(60)]
            for number in range(12):
                decide(workspace, f"r{number % 4}", [Correct("e1", {"date": f"2024-05-{number + 10}"})], ADA)
            assert all(one.result() >= 2 for one in looks)

    def test_what_takes_long_to_count_is_counted_behind_the_scenes(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dateline.store.index.index.SLOW", -1.0)
        index = workspace.index
        assert sum(place.rows for place in index.places(ANY)) == 4
        decide(workspace, "r0", [Reject("e1")], ADA)
        index.places(ANY)
        for _ in range(500):
            if sum(place.rows for place in index.places(ANY)) == 3:
                break
            time.sleep(0.01)
        assert sum(place.rows for place in index.places(ANY)) == 3


class TestRejected:
    """Rows that people rejected hold no more; they are found where they are asked for."""

    @pytest.fixture
    def at(self, tmp_path: Path) -> Iterator[Desk]:
        with desk(tmp_path / "p") as made:
            yield made

    def test_they_are_found_as_they_stood_last_and_counted_nowhere_else(self, at: Desk) -> None:
        work, ada = at.workspace(), Person("ada", "Ada", "admin")
        every = at.index.rows(Query(), limit=1).total
        decide(work, "r1", [Correct("e1", {"date": "1999-01-02"})], ada)
        decide(work, "r1", [Reject("e1")], ada)
        decide(work, "r0", [Reject("e1")], ada)
        found = at.index.rows(Query(status=("rejected",)), order="report")
        assert [(line.key, line.status, line.by) for line in found.lines] == [
            ("r0#e1", "rejected", "Ada"),
            ("r1#e1", "rejected", "Ada"),
        ]
        assert [line.edtf for line in found.lines] == ["2024-05-04", "1999-01-02"]
        assert at.index.rows(Query(status=("rejected", "accepted"), until="2000-01-01"), limit=1).total == 1
        assert at.index.rows(Query(), limit=1).total == every - 2
        assert at.index.rows(Query(until="1999-12-31"), limit=1).total == 0
        assert at.index.reports(Query(status=("rejected",))).total == 2
        assert at.index.reports(Query(until="1999-12-31")).total == 0
        [status] = at.index.facets(Query(), ["status"])
        assert dict(status.values) == {"suggested": every - 2, "rejected": 2}
        [place] = at.index.facets(Query(status=("rejected",)), ["place"])
        assert sum(count for _, count in place.values) == 2
        assert at.index.row("r0#e1") is None
        assert at.index.row("r0#e1", rejected=True) == found.lines[0]
        assert [one for one in at.index.find(found.lines[0].sentence.split()[0]) if one.about == "r0#e1"] == []
        about = at.index.report_of("r0")
        assert about is not None
        assert (about.rows, about.reviewed) == (0, 0)

    def test_what_is_put_back_is_rejected_no_more(self, at: Desk) -> None:
        work, ada = at.workspace(), Person("ada", "Ada", "admin")
        decide(work, "press/water 1", [Reject("e2")], ada)
        assert at.index.rows(Query(status=("rejected",))).total == 1
        undo(work, ada)
        assert at.index.rows(Query(status=("rejected",))).total == 0
        redo(work, ada)
        assert [line.row for line in at.index.rows(Query(status=("rejected",))).lines] == ["e2"]

    def test_the_pages_list_them_and_edit_nothing_of_them(self, at: Desk) -> None:
        decide(at.workspace(), "r0", [Reject("e1")], Person("ada", "Ada", "admin"))
        client = at.client()
        table = client.get("/table?status=rejected").text
        assert 'data-key="r0#e1"' in table
        assert 'data-edits="' not in table
        assert '<bdi>rejected</bdi> <span class="many">1</span>' in client.get("/table").text
        assert "rejected" in client.get("/search?status=rejected").text
        assert client.get("/api/v1/rows?status=rejected").json()["items"][0]["status"] == "rejected"
        assert client.get("/api/v1/rows/r0%23e1").json()["by"] == "Ada"
        [viewed] = at.client("viewer").get("/api/v1/rows?status=rejected").json()["items"]
        assert viewed["by"] == "a reviewer"

    def test_a_new_index_has_them_too(self, at: Desk) -> None:
        decide(at.workspace(), "r0", [Reject("e1")], Person("ada", "Ada", "admin"))
        again = Index(at.project, at.index.path.with_name("again.sqlite"))
        again.catch_up()
        assert [line.key for line in again.rows(Query(status=("rejected",))).lines] == ["r0#e1"]
        again.close()
