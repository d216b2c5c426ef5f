"""The pages of events: sources in parallel, the word of people on what is one event, and what is confidential."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.errors import ReviewError
from dateline.review.app import create_app
from dateline.review.deciding import Accept, decide, undo
from dateline.review.events.deciding import apart, together
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.marks import is_confidential, marks_of, set_mark
from dateline.store.review.people import Person, Role
from dateline.store.review.told import history_of
from store_cases import MARCHES, event_of, groups, project_with, told

A = Person("a", "Ann Editor", "coder")
TEXTS = (*MARCHES, told(4, "Brook", "Nurses marched", "They carried lamps."))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with project_with(tmp_path / "p", *TEXTS) as project:
        index = Index.open(project)
        index.catch_up()
        yield Workspace(project, index, A)
        index.close()


def client(workspace: Workspace, role: Role = "coder") -> TestClient:
    workspace.local = Person("a", "Ann Editor", role)
    return TestClient(create_app(workspace), base_url="http://127.0.0.1", headers={"Origin": "http://127.0.0.1"})


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def event(project: Project, mention: str) -> str:
    return event_of(project, mention)


def test_the_list_has_every_event_and_keeps_its_filters_in_its_addresses(workspace: Workspace) -> None:
    told = client(workspace).get("/events")
    assert told.status_code == 200
    assert "4 events" in words(told.text)
    for comparison in workspace.project.comparisons():
        assert f'href="/events/{comparison.event.id}"' in told.text
    some = client(workspace).get("/events", params={"place": "Brook", "order": "-date"})
    assert "2 events" in words(some.text)
    assert "place=Brook&amp;order=date" in some.text
    assert client(workspace).get("/events", params={"order": "beauty"}).status_code == 422
    assert "No event has a row" in client(workspace).get("/events", params={"place": "Nowhere"}).text


def test_an_event_shows_its_sources_in_parallel_each_with_its_row(workspace: Workspace) -> None:
    id = event(workspace.project, "r0#e1")
    told = client(workspace).get(f"/events/{id}")
    assert told.status_code == 200
    for report in ("r0", "r1"):
        assert f'href="/reports/{report}?row=e1"' in told.text
        assert f"Paper {report[1:]}" in told.text
    assert told.text.count('class="evidence"') == 2
    assert "Suggested by the machine; nobody has reviewed" in told.text
    short = client(workspace).get(f"/events/{id[:8]}", follow_redirects=False)
    assert (short.status_code, short.headers["location"]) == (303, f"/events/{id}")
    assert client(workspace).get("/events/e-none").status_code == 404


def test_fields_on_which_sources_differ_are_marked(workspace: Workspace) -> None:
    one, other = event(workspace.project, "r0#e1"), event(workspace.project, "r4#e1")
    both = together(workspace, one, other, A, why="a relay")
    page = client(workspace).get(f"/events/{both}").text
    row = re.search(r'<tr class="differs"><th scope="row">place.*?</tr>', page, re.S)
    assert row is not None
    assert re.findall(r"<td><bdi>(\w+)</bdi>", row[0]) == ["Arden", "Arden", "Brook"]
    place = re.search(r"<h2 id=\"differing\">.*?</section>", page, re.S)
    assert place is not None
    assert "Brook according to Paper 4 3 one source only" in words(place[0])
    assert '<tr><th scope="row">date</th>' in page


def test_two_events_become_one_by_a_persons_word_with_the_reason(workspace: Workspace) -> None:
    one, other = event(workspace.project, "r2#e1"), event(workspace.project, "r3#e1")
    done = client(workspace).post(f"/events/{one}/together", data={"other": other, "why": "one march"})
    assert done.status_code == 200
    assert frozenset({"r2#e1", "r3#e1"}) in groups(workspace.project)
    assert "Ann Editor : r2#e1 and r3#e1 tell of the same event one march" in words(done.text)
    gone = client(workspace).get(f"/events/{one if one not in done.url.path else other}")
    assert gone.status_code == 200
    assert "stands no more" in gone.text
    assert len(workspace.index.events(query()).lines) == 3
    again = client(workspace).post(f"/events/{one}/together", data={"other": other})
    assert again.status_code == 422


def query():  # type: ignore[no-untyped-def]
    from dateline.store.index.query import Query

    return Query()


def test_reports_are_parted_from_an_event_and_can_be_put_back(workspace: Workspace) -> None:
    project = workspace.project
    id = event(project, "r0#e1")
    done = client(workspace).post(f"/events/{id}/apart", data={"mention": ["r1#e1"], "why": "another pier"})
    assert done.status_code == 200
    assert {frozenset({"r0#e1"}), frozenset({"r1#e1"})} <= groups(project)
    assert "tell of different events another pier" in words(done.text)
    assert len(workspace.index.events(query()).lines) == 5
    with pytest.raises(ReviewError, match="all of the event"):
        apart(workspace, event(project, "r1#e1"), ["r1#e1"], A)
    with pytest.raises(ReviewError, match="not in this event"):
        apart(workspace, event(project, "r1#e1"), ["r2#e1"], A)
    with pytest.raises(ReviewError, match="nothing is chosen"):
        apart(workspace, event(project, "r1#e1"), [], A)
    together(workspace, event(project, "r0#e1"), event(project, "r1#e1"), A)
    assert frozenset({"r0#e1", "r1#e1"}) in groups(project)
    history = history_of(project, event(project, "r0#e1"))
    assert history is not None
    assert [decision.answer for decision in history.decisions] == ["same", "different"]


def test_who_may_not_decide_sees_no_forms_and_is_refused(workspace: Workspace) -> None:
    id = event(workspace.project, "r0#e1")
    for role in ("viewer", "reader"):
        told = client(workspace, role).get(f"/events/{id}")
        assert told.status_code == 200
        assert 'method="post"' not in told.text
        for verb in ("together", "apart", "mark"):
            assert client(workspace, role).post(f"/events/{id}/{verb}", data={"on": "true"}).status_code == 403
    assert not is_confidential(workspace.project, "event", id)


def test_a_viewer_sees_no_name_of_the_team(workspace: Workspace) -> None:
    one, other = event(workspace.project, "r2#e1"), event(workspace.project, "r3#e1")
    both = together(workspace, one, other, A, why="Ann knows")
    assert "Ann Editor" in client(workspace, "reader").get(f"/events/{both}").text
    workspace.local = Person("v", "Vic", "viewer")
    seen = TestClient(create_app(workspace), base_url="http://127.0.0.1").get(f"/events/{both}").text
    assert "Ann" not in seen
    assert "decided by a reviewer" in seen
    assert "/reports/" not in seen


def test_what_is_confidential_is_marked_for_the_team_and_left_out_for_viewers(workspace: Workspace) -> None:
    project = workspace.project
    id = event(project, "r0#e1")
    set_mark(project, "row", "r1#e1", True, who="A")
    team = client(workspace, "reader").get(f"/events/{id}").text
    assert team.count('class="pill secret"') == 1
    seen = client(workspace, "viewer").get(f"/events/{id}").text
    assert "Paper 1" not in seen
    assert "1 account is confidential and left out" in words(seen)
    done = client(workspace).post(f"/events/{id}/mark", data={"on": "true", "why": "a source asked"})
    assert done.status_code == 200
    assert "Marked by Ann Editor" in words(done.text)
    assert client(workspace, "viewer").get(f"/events/{id}").status_code == 403
    listed = client(workspace, "viewer").get("/events").text
    assert f"/events/{id}" not in listed
    assert "1 event is confidential and left out" in words(listed)
    assert 'class="pill secret"' in client(workspace, "reader").get("/events").text
    told = client(workspace, "reader").get("/confidential").text
    assert "a source asked" in told
    assert f'href="/events/{id}"' in told
    assert 'href="/reports/r1?row=e1"' in told
    assert client(workspace, "viewer").get("/confidential").status_code == 403
    client(workspace).post(f"/events/{id}/mark", data={"why": "published since"})
    assert not is_confidential(project, "event", id)


def test_a_report_and_a_row_are_marked_by_form(workspace: Workspace) -> None:
    done = client(workspace).post("/reports/r2/mark", data={"on": "true", "row": "e1"}, follow_redirects=False)
    assert done.headers["location"] == "/reports/r2?row=e1"
    assert is_confidential(workspace.project, "row", "r2#e1")
    done = client(workspace).post("/reports/r2/mark", data={"on": "true"}, follow_redirects=False)
    assert done.headers["location"] == "/reports/r2"
    assert is_confidential(workspace.project, "report", "r2")
    page = client(workspace).get("/confidential", params={"kind": "row", "about": "r2#e1"}).text
    assert 'action="/reports/r2/mark"' in page
    assert 'name="row" value="e1"' in page
    assert "It may leave the project" in page
    assert "It is confidential" in client(workspace).get("/confidential?kind=report&about=r3").text
    assert client(workspace).post("/reports/none/mark", data={"on": "true"}).status_code == 422


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202e"
    with project_with(tmp_path / "p", *(text + bad for text in MARCHES)) as project:
        index = Index.open(project)
        index.catch_up()
        workspace = Workspace(project, index, A)
        id = event(project, "r0#e1")
        together(workspace, id, event(project, "r2#e1"), A, why=bad)
        page = client(workspace).get(f"/events/{event(project, 'r0#e1')}").text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page
        index.close()


def test_a_viewer_meets_nothing_confidential_anywhere(workspace: Workspace) -> None:
    set_mark(workspace.project, "report", "r2", True, who="A")
    workspace.index.catch_up()
    pages = ("/table", "/search?words=Teachers", "/map", "/timeline", "/events", "/find?words=Teachers", "/sources")
    data = ("/api/v1/rows", "/api/v1/events", "/api/v1/reports", "/api/v1/places", "/api/v1/facets?name=place")
    team = client(workspace, "reader")
    for path in ("/table", "/api/v1/rows", "/api/v1/reports", "/find?words=Teachers"):
        assert re.search(r"\br2\b", team.get(path).text), path
    viewer = client(workspace, "viewer")
    for path in (*pages, *data):
        told = viewer.get(path)
        assert told.status_code == 200, path
        assert "Teachers marched" not in told.text, path
        assert not re.search(r"\br2\b", told.text), path
    assert viewer.get("/reports/r2").status_code == 404
    assert "marched" in viewer.get("/reports/r3").text
    set_mark(workspace.project, "row", "r3#e1", True, who="A")
    seen = viewer.get("/reports/r3")
    assert seen.status_code == 200
    assert "marched" not in seen.text
    assert viewer.get("/api/v1/rows/r2%23e1").status_code == 404


def test_the_desk_of_a_report_leads_to_marking_it_or_its_row(workspace: Workspace) -> None:
    desk = client(workspace).get("/reports/r2?row=e1").text
    assert 'href="/confidential?kind=report&amp;about=r2&amp;row=e1"' in desk
    page = client(workspace).get("/confidential?kind=report&about=r2&row=e1").text
    assert 'action="/reports/r2/mark"' in page
    assert 'href="/confidential?kind=row&amp;about=r2%23e1"' in page


def test_an_event_shows_where_it_is_commented_on_also_when_it_gave_way(workspace: Workspace) -> None:
    first, second = event(workspace.project, "r0#e1"), event(workspace.project, "r2#e1")
    for id in (first, second):
        assert f'hx-get="/comments?kind=event&amp;about={id}"' in client(workspace, "reader").get(f"/events/{id}").text
    assert "/comments?" not in client(workspace, "viewer").get(f"/events/{first}").text
    said = client(workspace, "reader").post("/comments", data={"kind": "event", "about": first, "words": "the same?"})
    assert "the same?" in said.text
    assert f'href="/events/{first}"' in said.text
    together(workspace, first, second, A)
    gone = next(id for id in (first, second) if not (fate := workspace.project.fate(id)) or not fate.stands)
    page = client(workspace, "reader").get(f"/events/{gone}").text
    assert "stands no more" in page
    assert f'href="/comments?kind=event&amp;about={gone}"' in page


def test_the_beginning_of_several_ids_leads_to_each_of_them(workspace: Workspace) -> None:
    asked = client(workspace).get("/events/e")
    assert asked.status_code == 300
    for comparison in workspace.project.comparisons():
        assert f'href="/events/{comparison.event.id}"' in asked.text
    # Who may not see one of them is not led to it.
    hidden = event(workspace.project, "r0#e1")
    set_mark(workspace.project, "event", hidden, True, who="Ann Editor")
    workspace.index.catch_up()
    assert f'href="/events/{hidden}"' in client(workspace).get("/events/e").text
    assert hidden not in client(workspace, "viewer").get("/events/e").text


def test_a_mark_is_taken_away_and_set_again_where_all_are_listed(workspace: Workspace) -> None:
    coder = client(workspace)
    for kind, about, action in (("row", "r2#e1", "/reports/r2/mark"), ("report", "r3", "/reports/r3/mark")):
        set_mark(workspace.project, kind, about, True, who="Bo", why="a witness")  # type: ignore[arg-type]
        form = {"row": "e1"} if kind == "row" else {}
        assert f'action="{action}"' in coder.get("/confidential").text
        assert "Marked before" not in coder.get("/confidential").text
        coder.post(action, data=form)
        assert not is_confidential(workspace.project, kind, about)  # type: ignore[arg-type]
        listed = coder.get("/confidential").text
        assert f'Mark it again<span class="unseen">: {about}</span>' in listed
        coder.post(action, data={"on": "true", **form})
        assert is_confidential(workspace.project, kind, about)  # type: ignore[arg-type]
    # Undoing is for decisions: no key lets anything leave.
    decide(workspace, "r1", [Accept("e1")], A)
    assert undo(workspace, A).report == "r1"
    with pytest.raises(ReviewError, match="nothing to undo"):
        undo(workspace, A)
    assert len(marks_of(workspace.project)) == 2
    assert "Mark it again" not in client(workspace, "reader").get("/confidential").text
