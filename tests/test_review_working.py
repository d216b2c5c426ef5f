"""The pages of a team: dealing out, saying, settling, agreeing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from dateline.codebook import load_codebook
from dateline.corrections.values import Known
from dateline.review.deciding import model
from dateline.review.deciding.decide import decide
from dateline.review.deciding.standing import set_state
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person
from dateline.store.review.team import assignments
from guard_cases import Shop, shop
from store_cases import MARCHES

ADA, BO = Person("ada", "Ada", "coder"), Person("bo", "Bo", "coder")


class NoPlaces:
    """A gazetteer without a place."""

    def lookup(self, name: str) -> tuple[()]:
        return ()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as made:
        made.app.state.workspace.known = Known(load_codebook("plover"), NoPlaces())
        made.admin = made.add("root", "admin")
        yield made


@pytest.fixture
def ada(team: Shop) -> TestClient:
    return team.add("ada")


@pytest.fixture
def bo(team: Shop) -> TestClient:
    return team.add("bo")


@pytest.fixture
def cy(team: Shop) -> TestClient:
    return team.add("cy", "adjudicator")


def workspace(team: Shop) -> Workspace:
    found: Workspace = team.app.state.workspace
    return found


def dealt(cy: TestClient, **more: str) -> str:
    sent = {"who.ada": "yes", "who.bo": "yes", "each": "2", "blind": "yes", **more}
    answer = cy.post("/team/assign?report=r0", data=sent)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def coded(team: Shop) -> None:
    """Ada moves the march, Bo accepts it; both are done."""
    here = workspace(team)
    decide(here, "r0", [model.Correct("e1", {"place": "Brook"})], ADA)
    decide(here, "r0", [model.Accept("e1")], BO)
    for person in (ADA, BO):
        set_state(here, "r0", "done", person)


def test_who_only_looks_sees_no_page_of_the_team(team: Shop, cy: TestClient) -> None:
    viewer, reader, coder = team.add("vi", "viewer"), team.add("ray", "reader"), team.add("ada")
    for path in ("/team", "/feed", "/agreement", "/comments?kind=report&about=r0"):
        assert viewer.get(path).status_code == 403, path
        assert reader.get(path).status_code == 200, path
    for path in ("/adjudicate", "/adjudicate/r0"):
        assert coder.get(path).status_code == 403
    assert cy.get("/adjudicate").status_code == 200
    assert coder.post("/team/assign", data={"who.ada": "yes"}).status_code == 403
    assert coder.post("/team/withdraw", data={"report": "r0", "account": "ada"}).status_code == 403
    assert coder.post("/adjudicate/r0", data={"seen": "1"}).status_code == 403
    assert viewer.post("/comments", data={"kind": "report", "about": "r0", "words": "x"}).status_code == 403


def test_reports_are_dealt_out_on_the_page(team: Shop, ada: TestClient, bo: TestClient, cy: TestClient) -> None:
    page = cy.get("/team?report=r0&report=r1").text
    assert "<strong>2</strong> reports fit" in page
    assert dealt(cy) == "/team?report=r0&made=2"
    assert "2 assignments made" in cy.get("/team?report=r0&made=2").text
    assert [one.blind for one in assignments.assigned(team.project, account="ada")] == [True]
    again = cy.post("/team/assign?report=r0", data={"who.ada": "yes"})
    assert again.headers["location"] == "/team?report=r0&made=0&there=1"
    assert "Cranes" not in ada.get("/team").text and "r0" in ada.get("/team").text
    cy.post("/team/withdraw", data={"report": "r0", "account": "ada"})
    assert "No report is assigned" in ada.get("/team").text


def test_a_form_that_cannot_be_carried_out_says_why(team: Shop, ada: TestClient, cy: TestClient) -> None:
    for sent, told in (
        ({}, "nobody is chosen"),
        ({"who.ada": "yes", "each": "2"}, "2 people, and 1 are chosen"),
        ({"who.ada": "yes", "each": "two"}, "is no number"),
        ({"who.ada": "yes", "blind": "yes"}, "have two people or more"),
        ({"who.cy": "yes", "who.zoe": "yes"}, "nobody here is called"),
    ):
        answer = cy.post("/team/assign?report=r0", data=sent)
        assert answer.status_code == 422 and told in answer.text, sent
    assert assignments.assigned(team.project) == ()


def test_comments_are_said_answered_and_taken_back(team: Shop, ada: TestClient, bo: TestClient) -> None:
    said = ada.post("/reports/r1/comment", data={"words": "Which quay, @bo? <b>", "row": "e1"})
    where = "/comments?" + urlencode({"kind": "row", "about": "r1#e1"})
    assert (said.status_code, said.headers["location"]) == (303, where)
    page = bo.get(where).text
    assert "Which quay, @bo? &lt;b&gt;" in page and "?row=e1" in page
    assert '1<span class="unseen"> new for you' in bo.get("/feed").text
    piece = bo.post(
        "/comments",
        data={"kind": "row", "about": "r1#e1", "words": "The north.", "answers": "1"},
        headers={"HX-Request": "true"},
    )
    assert piece.status_code == 200 and "<html" not in piece.text and "The north." in piece.text
    assert "The north." in ada.get("/comments?kind=report&about=r1").text
    assert bo.post("/comments/1/take-back").status_code == 403
    assert ada.post("/comments/1/take-back").status_code == 303
    assert "Taken back" in bo.get(where).text and "Which quay" not in bo.get(where).text
    empty = ada.post("/comments", data={"kind": "row", "about": "r1#e1", "words": "   "})
    assert empty.status_code == 422 and "no words" in empty.text
    assert ada.get("/comments?kind=letter&about=r1").status_code == 422


def test_the_feed_is_read(team: Shop, ada: TestClient, bo: TestClient) -> None:
    ada.post("/comments", data={"kind": "report", "about": "r1", "words": "@bo, look"})
    page = bo.get("/feed?mine=yes").text
    assert "calls upon you" in page and "Mark all as read" in page
    number = page.partition('name="number" value="')[2].partition('"')[0]
    assert bo.post("/feed/read", data={"number": number, "mine": "yes"}).headers["location"] == "/feed?mine=yes"
    assert "Mark all as read" not in bo.get("/feed?mine=yes").text
    assert "new for you" not in bo.get("/feed").text
    assert bo.get("/feed?before=0").status_code == 422


def test_what_coders_differ_on_is_settled(team: Shop, ada: TestClient, bo: TestClient, cy: TestClient) -> None:
    dealt(cy)
    assert "0 of 2" in cy.get("/adjudicate").text
    coded(team)
    assert 'href="/adjudicate/r0"' in cy.get("/adjudicate").text
    page = cy.get("/adjudicate/r0").text
    assert "They differ in 1 of 1 row" in page and 'name="row0.place"' in page
    seen, left, right = (
        page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("seen", "left", "right")
    )
    sent = {
        "seen": seen,
        "left": left,
        "right": right,
        "row0.place": "right",
        "row0.keep": "yes",
        "why": "The dateline.",
    }
    stale = cy.post("/adjudicate/r0", data=sent | {"seen": "999"})
    assert stale.status_code == 409 and 'value="right" checked' in stale.text
    wrong = cy.post("/adjudicate/r0", data=sent | {"row0.date": "own", "row0.own.date": "some day"})
    assert wrong.status_code == 422 and "some day" in wrong.text and "The dateline." in wrong.text
    own = sent | {"row0.date": "own", "row0.own.date": "2024-05-05", "row0.own.killed_best": "99"}
    assert cy.post("/adjudicate/r0", data=own).status_code == 303
    held = next(coding for coding in team.project.codings() if coding.report.id == "r0")
    [event] = held.events
    assert event.place is not None and event.date is not None and event.counts == ()
    assert (held.coder.name, event.place.name, event.date.edtf) == ("Cy", "Arden", "2024-05-05")
    assert "Settled by" in cy.get("/adjudicate/r0").text
    mine = ada.get("/settled/r0").text
    assert "Brook" in mine and "The dateline." in mine
    assert 'href="/settled/r0"' in ada.get("/feed?mine=yes").text
    assert ada.get("/settled/r1").status_code == 422


def test_agreement_is_shown(team: Shop, ada: TestClient, bo: TestClient, cy: TestClient) -> None:
    assert "No report has been coded by two people" in cy.get("/agreement").text
    dealt(cy)
    coded(team)
    page = cy.get("/agreement?by=batch&batch=5&draws=20").text
    assert "2 coders, 1 report." in page and "1 to 1" in page
    assert "not independent" in cy.get("/agreement?among=people&draws=0").text
    for wrong in ("among=all", "batch=0", "level=95", "draws=9999999", "seed=-1"):
        assert cy.get(f"/agreement?{wrong}").status_code == 422, wrong


def test_what_a_report_says_is_shown_as_words(tmp_path: Path) -> None:
    local = Person("eve", "<i>Eve</i>", "admin")
    with shop(tmp_path, local=local) as made:
        browser = made.browser()
        browser.post("/comments", data={"kind": "report", "about": "r0", "words": "<script>alert(1)</script>\u202e"})
        for path in ("/team", "/feed", "/comments?kind=report&about=r0", "/agreement", "/adjudicate"):
            text = browser.get(path).text
            assert "<i>Eve" not in text and "<script>alert" not in text and "\u202e" not in text, path
        assert MARCHES[0]


def test_the_log_tells_who_codes_blind_nothing_of_the_other(
    team: Shop, ada: TestClient, bo: TestClient, cy: TestClient
) -> None:
    dealt(cy)
    here = workspace(team)
    decide(here, "r0", [model.Correct("e1", {"place": "Brook"})], ADA)
    decide(here, "r1", [model.Correct("e1", {"place": "Corrie"})], ADA)
    assert all("Brook" in browser.get("/log").text for browser in (cy, ada))
    assert "Brook" not in bo.get("/log").text and "Corrie" in bo.get("/log").text
    assert bo.get("/log.jsonl").status_code == 403 and "Brook" in cy.get("/log.jsonl").text
    for person in (ADA, BO):
        set_state(here, "r0", "done", person)
    assert "Brook" in bo.get("/log").text and "Brook" in bo.get("/log.jsonl").text
