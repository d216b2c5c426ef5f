"""Who codes a report blind: nothing that the workspace shows, counts or gives tells what others made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.review.deciding import Correct, Reject, decide, set_state
from dateline.store.review.people import Person
from deciding_cases import blindly
from review_cases import Desk, desk

V1 = "/api/v1"
BEN, ZILPHA = Person("ben", "Ben", "adjudicator"), Person("zilpha", "Zilpha", "admin")
SAYS = "1 report that you code blind left out, until all who code so are done"
DAY, TYPE = "1999-01-02", "SANCTION"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Ben codes r0 blind; Zilpha has made something else of it that nobody made of another report."""
    with desk(tmp_path_factory.mktemp("blind") / "p") as at:
        work = at.workspace("admin", "zilpha")
        decide(work, "r0", [Correct("e1", {"date": DAY, "type": TYPE, "mode": "", "killed_best": "77"})], ZILPHA)
        list(at.project.link())
        at.index.catch_up()
        blindly(work, BEN, "r0")
        yield at


@pytest.fixture(scope="module")
def ben(made: Desk) -> TestClient:
    return made.client("adjudicator", "ben")


@pytest.fixture(scope="module")
def eve(made: Desk) -> TestClient:
    return made.client("admin", "zilpha")


PAGES = [
    "/search?view=rows",
    "/search?view=reports",
    "/search?view=events",
    "/table",
    "/map",
    "/timeline",
    "/events",
    "/sources",
    "/codebook",
    "/codebook/SANCTION",
    "/inbox",
    "/queue?view=list",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_nothing_of_it_and_says_so(ben: TestClient, eve: TestClient, path: str) -> None:
    asked = ben.get(path)
    assert asked.status_code == 200
    assert SAYS in asked.text
    assert SAYS not in eve.get(path).text
    for told in ("Zilpha", "77 killed", "1999", 'value="SANCTION"'):
        assert told not in asked.text, told


COUNTS = ["facets?name=type&name=by&name=counted", "places", "days", "rows", "events", "publishers", "codebook"]


@pytest.mark.parametrize("path", COUNTS)
def test_what_is_counted_lacks_it_and_says_so(ben: TestClient, eve: TestClient, path: str) -> None:
    veiled, whole = ben.get(f"{V1}/{path}"), eve.get(f"{V1}/{path}")
    assert (veiled.status_code, whole.status_code) == (200, 200)
    assert veiled.headers["Dateline-Left-Out"] == SAYS
    assert "Dateline-Left-Out" not in whole.headers
    assert veiled.json() != whole.json()
    again = ben.get(f"{V1}/{path}", headers={"If-None-Match": veiled.headers["ETag"]})
    assert (again.status_code, again.headers["Dateline-Left-Out"]) == (304, SAYS)


def test_no_number_is_that_of_all_rows(ben: TestClient, eve: TestClient) -> None:
    def told(client: TestClient, name: str) -> dict[str, int]:
        [facet] = client.get(f"{V1}/facets?name={name}").json()
        return {value["value"]: value["rows"] for value in facet["values"]}

    assert told(eve, "by") == {"Zilpha": 1}
    assert told(ben, "by") == {}
    assert told(ben, "status").keys() == {"suggested"}
    assert sum(day["rows"] for day in eve.get(f"{V1}/days").json()) == 1 + sum(
        day["rows"] for day in ben.get(f"{V1}/days").json()
    )
    arden = {place["place"]: place["rows"] for place in ben.get(f"{V1}/places").json()}["Arden"]
    assert {place["place"]: place["rows"] for place in eve.get(f"{V1}/places").json()}["Arden"] == arden + 1
    by_publisher = {one["publisher"]: one["reviewed"] for one in ben.get(f"{V1}/publishers").json()}
    assert set(by_publisher.values()) == {0}


def test_a_filter_by_what_others_say_finds_no_report_of_it(ben: TestClient, eve: TestClient) -> None:
    for filter_ in (f"until={DAY}", "by=Zilpha", "counted=killed&until=2000-01-01"):
        assert eve.get(f"{V1}/reports?{filter_}").json()["total"] == 1, filter_
        for kind in ("reports", "rows", "events"):
            assert ben.get(f"{V1}/{kind}?{filter_}").json()["total"] == 0, (kind, filter_)
        assert "/reports/r0" not in ben.get(f"/search?view=reports&{filter_}").text
    # The queue has the report, whatever a value is said to be: else a filter would ask what others say.
    assert 'href="/queue?until=1999-01-02&amp;row=r0%23e1"' in ben.get(f"/queue?view=list&until={DAY}").text


def test_the_report_itself_is_there_without_what_was_made_of_it(ben: TestClient, eve: TestClient) -> None:
    veiled, whole = (one.get(f"{V1}/reports/r0").json() for one in (ben, eve))
    assert (whole["reviewed"], whole["state"]) == (1, "in progress")
    assert (veiled["reviewed"], veiled["rows"], veiled["state"], veiled["why"]) == (0, 0, "to do", [])
    assert veiled["title"] == whole["title"]
    assert "you code it blind" in ben.get("/search?view=reports").text


def test_ctrl_k_finds_neither_its_rows_nor_the_words_of_its_event(ben: TestClient, eve: TestClient) -> None:
    [event] = [one["event"] for one in eve.get(f"{V1}/rows?by=Zilpha").json()["items"]]
    for client, rows in ((eve, {"r0#e1"}), (ben, set())):
        found = client.get(f"{V1}/find?words=sanction").json()
        assert {one["about"] for one in found if one["kind"] == "row"} & {"r0#e1"} == rows
    names = [client.get(f"{V1}/find?words={event}").json()[0]["name"] for client in (eve, ben)]
    assert names[0] != event
    assert names[1] == event
    piece = ben.get("/find?words=sanction", headers={"HX-Request": "true"}).text
    assert SAYS in piece
    assert "r0#e1" not in piece


def test_an_event_is_shown_as_the_other_reports_tell_it(ben: TestClient, eve: TestClient, made: Desk) -> None:
    [event] = [one["event"] for one in eve.get(f"{V1}/rows?by=Zilpha").json()["items"]]
    assert "2 January 1999" in eve.get(f"{V1}/events/{event}").text
    assert ben.get(f"{V1}/events/{event}").status_code == 403
    page = ben.get(f"/events/{event}")
    assert page.status_code == 403
    assert "you code blind what tells of this event" in page.text
    # One that another report tells as well is told by that one.
    other = eve.get(f"{V1}/rows/r1%23e1").json()["event"]
    eve.post(f"/events/{event}/together", data={"other": other})
    together = eve.get(f"{V1}/rows/r1%23e1").json()["event"]
    assert together == eve.get(f"{V1}/rows/r0%23e1").json()["event"]
    veiled, whole = (one.get(f"{V1}/events/{together}").json() for one in (ben, eve))
    assert (len(veiled["sources"]), len(whole["sources"])) == (1, 2)
    text = ben.get(f"/events/{together}").text
    assert SAYS in text
    for told in ("Zilpha", "1999", "77"):
        assert told not in set(re.findall(r"\w+", text)), told
    [line] = [one for one in ben.get(f"{V1}/events").json()["items"] if one["id"] == together]
    assert (line["reports"], line["mentions"], line["reviewed"]) == (1, 1, 0)
    assert "Zilpha" not in ben.get(f"{V1}/events/{together}/history").text


def test_a_file_for_others_waits_until_nothing_is_left_out(ben: TestClient, eve: TestClient) -> None:
    for path in (
        f"{V1}/exports/csv",
        f"{V1}/published",
        "/published.html",
        "/map.csv",
        "/timeline.csv",
        "/map.svg?download=yes",
    ):
        assert eve.get(path).status_code == 200, path
        assert ben.get(path).status_code == 403, path
    assert ben.get("/map.svg").status_code == 200


def test_what_one_may_see_is_counted_for_that_one_alone(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as at:
        admin, viewer = at.client("admin"), at.client("viewer")
        at.client("admin").post("/reports/r0/mark", data={"on": "true"})
        assert '<bdi>Protest</bdi> <span class="many">6</span>' in admin.get("/table").text
        assert '<bdi>Protest</bdi> <span class="many">5</span>' in viewer.get("/table").text


def test_all_is_shown_again_once_everybody_is_done(tmp_path: Path) -> None:
    with desk(tmp_path / "p") as at:
        work = at.workspace("admin", "zilpha")
        decide(work, "r0", [Reject("e1")], ZILPHA)
        blindly(work, BEN, "r0")
        client = at.client("adjudicator", "ben")
        assert SAYS in client.get("/table").text
        set_state(work, "r0", "done", BEN)
        assert SAYS not in client.get("/table").text
