"""The API: what it gives and takes, lists by cursors, conditions, problems, roles and tokens, and its document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from dateline.form import from_dict
from dateline.review.api import ROOMS
from dateline.review.guard import keeping, passwords
from dateline.review.web.problems import KINDS
from dateline.store.calibration.derive import newest_coder
from dateline.store.calibration.model import Calibration, Curve
from dateline.store.index.query import ABOUT, Query
from dateline.store.review import accounts
from dateline.store.review.people import ROLES, Role
from dateline.store.watching.sources import put_source
from review_cases import HOSTILE, Desk, desk

V1 = "/api/v1"
R0 = f"{V1}/reports/r0"
OPERATIONS = [(route.operation_id, next(iter(route.methods)), route.path) for room in ROOMS for route in room.routes]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "p") as made:
        yield made


@pytest.fixture
def client(at: Desk) -> TestClient:
    return at.client()


def decide(client: TestClient, *decisions: dict[str, Any], report: str = "r0", **more: Any) -> Any:
    return client.post(f"{V1}/reports/{report}/decisions", json={"decisions": list(decisions), **more})


def test_a_row_says_where_when_and_who_and_is_found_by_its_key(client: TestClient) -> None:
    row = client.get(f"{V1}/rows/r0%23e1").json()
    assert row["where"] == {
        "name": "Arden",
        "admin1": "Coast",
        "country": "KE",
        "precision": "town",
        "lat": -1.0,
        "lon": 36.0,
    }
    assert row["when"] == {"edtf": "2024-05-04", "first": "2024-05-04", "last": "2024-05-04"}
    assert (row["report"], row["row"], row["status"], row["by"]) == ("r0", "e1", "suggested", None)
    assert client.get(f"{V1}/rows/press%2Fwater%201%23e2").json()["report"] == "press/water 1"
    assert client.get(f"{V1}/rows/r3%23e1").json()["publisher"] == HOSTILE


@pytest.mark.parametrize("kind", ["rows", "reports", "events", "log", "feed"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_list_gives_everything_once_by_its_links(client: TestClient, kind: str, limit: int) -> None:
    decide(client, {"verb": "accept", "row": "e1"})
    decide(client, {"verb": "accept", "row": "e1"}, report="r1")
    whole = client.get(f"{V1}/{kind}?limit=500").json()["items"]
    found, path = [], f"{V1}/{kind}?limit={limit}"
    while path:
        answer = client.get(path)
        page = answer.json()
        assert len(page["items"]) <= limit
        found += page["items"]
        assert answer.headers.get("Link") == (f'<{page["next"]}>; rel="next"' if page["next"] else None)
        path = page["next"]
    assert found == whole
    assert len({json.dumps(one) for one in found}) == len(found) > 1


def test_filters_are_those_of_the_pages_and_a_misspelt_one_is_refused(client: TestClient) -> None:
    given = client.get("/api/openapi.json").json()["paths"][f"{V1}/rows"]["get"]["parameters"]
    told = {one["name"]: one["description"] for one in given if one["name"] not in {"order", "after", "limit"}}
    assert told == {field.name: field.metadata[ABOUT] for field in fields(Query)}
    kept = client.get(f"{V1}/rows", params={"place": ["Arden", "Brook"], "until": "2024-05-10"}).json()
    assert [row["key"] for row in kept["items"]] == ["r0#e1", "r1#e1"]
    refused = client.get(f"{V1}/rows?plce=Arden")
    assert refused.status_code == 422
    assert "Did you mean 'place'?" in refused.json()["detail"]
    assert "'row' is no filter" in client.get(f"{V1}/facets?name=row").json()["detail"]
    assert "'-size' is no order" in client.get(f"{V1}/rows?order=-size").json()["detail"]
    assert client.get(f"{V1}/rows?after=nonsense").status_code == 422


def test_places_days_and_facets_count_the_rows_of_the_list(client: TestClient) -> None:
    rows = client.get(f"{V1}/rows?type=PROTEST&limit=500").json()["items"]
    [facet] = client.get(f"{V1}/facets?name=place&type=PROTEST&most=500").json()
    by_place = {value["value"]: value["rows"] for value in facet["values"]}
    assert by_place["Arden"] == sum(row["where"]["name"] == "Arden" for row in rows) == 2
    days = client.get(f"{V1}/days?place=Arden").json()
    assert [(day["first"], day["rows"]) for day in days if day["rows"]] == [("2024-05-04", 2)]
    places = client.get(f"{V1}/places?country=KE").json()
    assert {place["place"]: place["rows"] for place in places} == {"Arden": 2, "Brook": 1, "Corrie": 1}


def test_a_coding_is_the_public_form_and_is_not_sent_twice(client: TestClient, at: Desk) -> None:
    answer = client.get(f"{V1}/reports/press/water 1/coding")
    coding = from_dict(answer.json())
    assert coding.report.id == "press/water 1"
    assert len(coding.events) == 6
    again = client.get(f"{V1}/reports/press/water 1/coding", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]
    rows = client.get(f"{V1}/rows")
    assert rows.headers["Cache-Control"] == "private, no-cache"
    assert client.get(f"{V1}/rows", headers={"If-None-Match": rows.headers["ETag"]}).status_code == 304
    decide(client, {"verb": "accept", "row": "e1"})
    assert client.get(f"{V1}/rows", headers={"If-None-Match": rows.headers["ETag"]}).status_code == 200


def test_a_decision_holds_for_the_coding_that_its_condition_names(client: TestClient) -> None:
    tag = client.get(f"{R0}/coding").headers["ETag"]
    body = {"decisions": [{"verb": "correct", "row": "e1", "edits": {"date": "2024-05-05"}}], "why": "a misprint"}
    done = client.post(f"{R0}/decisions", json=body, headers={"If-Match": tag})
    assert done.status_code == 200
    assert done.json()["changes"] == [
        {"what": "corrected", "about": "r0#e1", "column": "date", "old": "2024-05-04", "new": "2024-05-05"}
    ]
    now = client.get(f"{R0}/coding")
    assert now.headers["ETag"] == done.headers["ETag"] != tag
    assert now.json()["events"][0]["date"]["edtf"] == "2024-05-05"
    assert client.get(f"{V1}/rows/r0%23e1").json()["status"] == "corrected"
    late = client.post(f"{R0}/decisions", json=body, headers={"If-Match": tag})
    assert (late.status_code, late.json()["type"]) == (412, "/api#changed")
    conflict = decide(client, {"verb": "reject", "row": "e1"}, seen=1)
    assert (conflict.status_code, conflict.json()["type"]) == (409, "/api#conflict")
    assert "was changed by Ada" in conflict.json()["detail"]


def test_what_was_decided_is_undone_and_done_again(client: TestClient) -> None:
    before = client.get(f"{R0}/coding").json()["events"]
    decide(client, {"verb": "reject", "row": "e1"}, why="no march")
    assert client.get(f"{R0}/coding").json()["events"] == []
    steps = client.get(f"{R0}/steps").json()
    assert (steps["undo"]["verb"], steps["undo"]["why"], steps["redo"]) == ("reject", "no march", None)
    assert client.post(f"{V1}/undo", json={"why": "it was one"}).json()["verb"] == "undo"
    assert client.get(f"{R0}/coding").json()["events"] == before
    assert client.post(f"{R0}/redo", json={}).json()["verb"] == "redo"
    assert client.get(f"{R0}/coding").json()["events"] == []
    assert [act["verb"] for act in client.get(f"{R0}/history").json()] == ["reject", "undo", "redo"]
    [*_, last] = client.get(f"{R0}/codings").json()
    assert (last["by_hand"], last["coder"], last["holds"]) == (True, "Ada", True)


def test_many_reports_are_decided_each_whole_or_not(client: TestClient) -> None:
    told = [
        {"report": "r0", "decisions": [{"verb": "accept", "row": "e1"}]},
        {"report": "r1", "decisions": [{"verb": "accept", "row": "e1"}, {"verb": "reject", "row": "e9"}]},
        {"report": "r9", "decisions": [{"verb": "accept", "row": "e1"}]},
    ]
    first, second, third = client.post(f"{V1}/decisions", json={"reports": told}).json()
    assert (first["done"]["verb"], first["refused"]) == ("accept", None)
    assert (second["done"], third["done"]) == (None, None)
    assert "'e9'" in second["refused"]
    assert "'r9'" in third["refused"]
    assert client.get(f"{V1}/rows/r1%23e1").json()["status"] == "suggested"


def test_a_report_has_a_state_and_a_flag(client: TestClient) -> None:
    assert client.put(f"{R0}/state", json={"state": "help needed", "why": "two towns"}).json()["verb"] == "state"
    client.put(f"{R0}/flag", json={"flagged": True})
    state = client.get(f"{R0}/state").json()
    assert (state["state"], state["flagged"], state["who"]) == ("help needed", True, "Ada")
    assert client.get(f"{V1}/reports?flagged=yes").json()["items"][0]["state"] == "help needed"
    refused = client.put(f"{R0}/state", json={"state": "perhaps"}).json()
    assert refused["errors"][0]["where"] == "body.state"


def test_comments_are_said_listed_and_taken_back(client: TestClient, at: Desk) -> None:
    said = client.post(f"{V1}/comments", json={"kind": "row", "about": "r0#e1", "words": "@ada look <b>here</b>"})
    assert (said.status_code, said.json()["mentions"]) == (201, ["ada"])
    assert client.post(f"{V1}/comments", json={"kind": "row", "about": "r9#e1", "words": "x"}).status_code in {404, 422}
    [listed] = client.get(f"{V1}/comments", params={"kind": "report", "about": "r0"}).json()
    assert listed == said.json()
    assert at.client("reader", "ben").delete(f"{V1}/comments/{listed['number']}").status_code == 403
    assert client.delete(f"{V1}/comments/{listed['number']}").status_code == 204
    assert client.get(f"{V1}/comments?kind=row&about=r0%23e1").json()[0]["words"] is None


def test_reports_are_assigned_by_filters_and_listed_by_person(at: Desk, client: TestClient) -> None:
    body = {"people": ["ada"], "each": 1, "blind": False}
    assert client.post(f"{V1}/assignments?place=Arden", json=body).json() == {"made": 2, "there": 0, "seen": []}
    assert client.post(f"{V1}/assignments?place=Arden", json=body).json()["there"] == 2
    found = client.get(f"{V1}/assignments?account=ada&limit=1").json()
    assert ([one["report"] for one in found["items"]], found["more"]) == (["r0"], True)
    assert [one["report"] for one in client.get(found["next"]).json()["items"]] == ["r1"]
    assert client.get(f"{V1}/workload").json() == [{"account": "ada", "states": {"to do": 2}, "blind": 0, "total": 2}]
    assert client.delete(f"{R0}/assignments/ada").status_code == 204
    assert client.get(f"{V1}/workload").json()[0]["total"] == 1
    assert client.get(f"{V1}/agreement").json()["coders"] == []


def test_an_event_has_its_sources_and_people_say_what_is_one(client: TestClient) -> None:
    row = client.get(f"{V1}/rows/r0%23e1").json()
    event = client.get(f"{V1}/events/{row['event']}").json()
    assert [(one["number"], one["mention"]) for one in event["sources"]] == [(1, "r0#e1"), (2, "r1#e1")]
    assert "Arden" in event["heading"]
    place = next(field for field in event["fields"] if field["field"] == "place")
    assert [claim["sources"] for claim in place["claims"]] == [[1, 2]]
    parted = client.post(f"{V1}/events/{row['event']}/apart", json={"mentions": ["r1#e1"], "why": "two marches"}).json()
    other = client.get(f"{V1}/rows/r1%23e1").json()["event"]
    assert client.get(f"{V1}/rows/r0%23e1").json()["event"] == parted["event"] != other
    history = client.get(f"{V1}/events/{parted['event']}/history").json()
    assert [(one["answer"], one["who"], one["why"]) for one in history["decisions"]] == [
        ("different", "Ada", "two marches")
    ]
    client.post(f"{V1}/events/{parted['event']}/together", json={"other": other})
    assert client.get(f"{V1}/rows/r0%23e1").json()["event"] == client.get(f"{V1}/rows/r1%23e1").json()["event"]
    assert client.get(f"{V1}/events/e0").status_code == 404
    several = client.get(f"{V1}/events/e")
    assert (several.status_code, "is how several events begin" in several.json()["detail"]) == (422, True)


def test_what_is_confidential_leaves_in_no_file_and_no_viewer_sees_it(at: Desk, client: TestClient) -> None:
    viewer = at.client("viewer", "vi")
    mark = {"kind": "row", "about": "r2#e1", "confidential": True, "why": "a witness"}
    assert client.put(f"{V1}/marks", json=mark).json() == {"changed": True}
    assert client.put(f"{V1}/marks", json=mark).json() == {"changed": False}
    assert client.put(f"{V1}/marks", json={**mark, "kind": "report", "about": "r3"}).json() == {"changed": True}
    assert [(one["about"], one["who"]) for one in client.get(f"{V1}/marks").json()] == [("r3", "Ada"), ("r2#e1", "Ada")]
    file = client.get(f"{V1}/exports/jsonl")
    assert "1 report and 1 row of others are confidential" in file.headers["Dateline-Left-Out"]
    left = [from_dict(json.loads(line)).report.id for line in file.text.splitlines()]
    assert set(left) == {"r0", "r1", "press/water 1"}
    assert client.get(f"{V1}/rows/r2%23e1").status_code == 200
    for path in ("rows/r2%23e1", "rows/r3%23e1", "reports/r3", "reports/r3/coding"):
        assert viewer.get(f"{V1}/{path}").status_code == 404, path
    assert viewer.get(f"{V1}/reports/r2/coding").json()["events"] == []
    for path in ("rows?limit=500", "reports", "events", "places", "facets?name=place", "find?words=fishers"):
        assert "Corrie" not in viewer.get(f"{V1}/{path}").text, path
    assert "Corrie" in client.get(f"{V1}/places").text


def test_the_project_is_written_in_every_format(client: TestClient) -> None:
    formats = client.get(f"{V1}/exports").json()
    assert {"csv", "jsonl", "geojson", "xlsx", "html"} <= {one["name"] for one in formats}
    for one in formats:
        file = client.get(f"{V1}/exports/{one['name']}")
        assert file.status_code == 200, one
        assert file.headers["content-type"].split(";")[0] == one["media_type"]
        assert len(file.content) > 100, one
    assert "Dockers" in client.get(f"{V1}/exports/jsonl").text
    assert "Dockers" not in client.get(f"{V1}/exports/jsonl?quotes=withhold").text
    missing = client.get(f"{V1}/exports/csw")
    assert (missing.status_code, "csv" in missing.json()["detail"]) == (404, True)


@pytest.fixture
def shared(at: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, TestClient]:
    """Programs of people of each role, each with a token for writing, and one with a token for reading alone."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app = at.client(None).app
    programs = {"nobody": TestClient(app)}
    for role in ("admin", *(role for role in ROLES if role != "admin")):
        keeping.add(at.project, role, role.title(), role, "Ada")
        with at.project.database.reading() as db:
            account = accounts.named(db, role)
        programs[role] = _program(app, keeping.make_token(at.project, account, "a test", "write", None))
        if role == "admin":
            programs["reading"] = _program(app, keeping.make_token(at.project, account, "a test", "read", 1))
    return programs


def _program(app: Any, token: str) -> TestClient:
    return TestClient(app, headers={"Authorization": f"Bearer {token}"})


LEAST: dict[Role, set[str]] = {
    "viewer": {
        *("list_rows", "get_row", "list_events", "list_reports", "get_report", "list_facets", "list_places"),
        *("list_days", "find", "get_coding", "get_project", "get_codebook", "get_type", "get_event"),
        *("list_publishers", "list_tokens", "make_token", "end_token"),
    },
    "coder": {
        *("decide", "decide_many", "undo", "redo", "undo_in_report", "redo_in_report", "get_steps"),
        *("get_steps_of_report", "set_state", "set_flag", "get_case", "get_outcome"),
        *("unite_events", "part_event", "set_mark", "list_suggestions"),
    },
    "adjudicator": {"assign", "withdraw", "list_cases", "settle"},
    "admin": {"list_accounts", "add_account", "set_role", "reset_account", "close_account"},
}
"""Who may do what; everything else is for readers."""


def test_each_operation_asks_for_a_token_of_somebody_who_may(shared: dict[str, TestClient]) -> None:
    for name, method, path in OPERATIONS:
        address = V1 + re.sub(r"\{\w+(:\w+)?\}", "999", path)
        least = next((role for role, names in LEAST.items() if name in names), "reader")
        nobody = shared["nobody"].request(method, address)
        assert (nobody.status_code, nobody.headers.get("WWW-Authenticate")) == (401, "Bearer"), name
        for role in ROLES:
            refused = shared[role].request(method, address).status_code == 403
            assert refused == (ROLES.index(role) < ROLES.index(least)), (name, role)
        if method != "GET":
            answer = shared["reading"].request(method, address, json={})
            assert (answer.status_code, "for reading only" in answer.json()["detail"]) == (403, True), name


def test_a_viewer_hears_of_nobody_of_the_team(shared: dict[str, TestClient]) -> None:
    water = f"{V1}/reports/press/water 1"
    row = shared["viewer"].get(f"{water}/coding").json()["events"][1]["id"]
    body = {"decisions": [{"verb": "correct", "row": "e1", "edits": {"date": "2020-01-18", "mode": ""}}]}
    assert shared["coder"].post(f"{water}/decisions", json=body).status_code == 200
    body = {"decisions": [{"verb": "reject", "row": row}, {"verb": "add", "start": 0, "end": 9, "type": "PROTEST"}]}
    assert shared["adjudicator"].post(f"{water}/decisions", json=body).status_code == 200
    shared["coder"].post(f"{V1}/comments", json={"kind": "report", "about": "r0", "words": "hm"})
    for path in (f"{water}/coding", f"{V1}/rows?limit=500", water, f"{V1}/reports", f"{V1}/events"):
        seen, unseen = shared["reader"].get(path), shared["viewer"].get(path)
        assert (seen.status_code, unseen.status_code) == (200, 200)
        assert not {"Coder", "Adjudicator"} & set(re.findall(r"\w+", unseen.text)), path
    assert "corrected by Coder" in shared["reader"].get(f"{water}/coding").text
    assert "rejected by a reviewer" in shared["viewer"].get(f"{water}/coding").text
    whole, veiled = (shared[role].get(f"{water}/coding").json() for role in ("reader", "viewer"))
    from_dict(veiled)
    assert [event["evidence"] for event in veiled["events"]] == [event["evidence"] for event in whole["events"]]


def test_who_codes_blind_is_not_given_what_others_make_of_it(shared: dict[str, TestClient], at: Desk) -> None:
    body = {"people": ["coder", "adjudicator"], "each": 2, "blind": True}
    assert shared["adjudicator"].post(f"{V1}/assignments?report=r0", json=body).json()["made"] == 2
    assert decide(shared["admin"], {"verb": "correct", "row": "e1", "edits": {"date": "2024-05-05"}}).status_code == 200
    coder = shared["coder"]
    assert coder.get(f"{R0}/coding").json()["events"][0]["date"]["edtf"] == "2024-05-04"
    assert coder.get(f"{V1}/rows/r0%23e1").status_code == 403
    assert "r0" not in {row["report"] for row in coder.get(f"{V1}/rows").json()["items"]}
    assert {one["who"] for one in coder.get(f"{V1}/log?about=r0").json()["items"]} == set()
    assert "Admin" in {one["who"] for one in shared["reader"].get(f"{V1}/log?about=r0").json()["items"]}
    assert (coder.get(f"{V1}/log.jsonl").status_code, shared["reader"].get(f"{V1}/log.jsonl").status_code) == (403, 200)
    assert coder.get(f"{R0}/history").json() == []
    for page in ("/table", "/search"):
        assert 'href="/reports/r0?' in at.client("reader").get(page).text
        assert 'href="/reports/r0?' not in at.client("coder", "coder").get(page).text
    assert at.client("coder", "coder").get("/table/row?key=r0%23e1").status_code == 403


def test_problems_say_what_is_wrong_where_they_are_explained(client: TestClient) -> None:
    page = client.get("/api").text
    for path, status in ((f"{V1}/nothing", 404), (f"{V1}/rows/x", 404), (f"{V1}/reports/x", 404), (f"{V1}/find", 422)):
        answer = client.get(path)
        told = answer.json()
        assert (answer.status_code, told["status"], told["instance"]) == (status, status, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert f'id="{told["type"].removeprefix("/api#")}"' in page
    assert client.delete(f"{V1}/rows").headers["Allow"] == "GET"
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    bad = client.post(f"{R0}/decisions", content=b"\xff{", headers={"Content-Type": "application/json"})
    assert bad.status_code in {400, 422}
    assert bad.headers["content-type"] == "application/problem+json"


def test_the_document_explains_every_operation_parameter_and_value(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    said = [one for methods in document["paths"].values() for one in methods.values()]
    assert sorted(one["operationId"] for one in said) == sorted(name for name, _, _ in OPERATIONS)
    tags = {tag["name"] for tag in document["tags"]}
    lacking = []
    for one in said:
        assert set(one["tags"]) <= tags
        lacking += [one["operationId"]] if not one.get("description") else []
        lacking += [
            f"{one['operationId']}: {parameter['name']}"
            for parameter in one.get("parameters", ())
            if not parameter.get("description")
        ]
    assert lacking == []
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    text = json.dumps(document)
    for name in re.findall(r'"#/components/schemas/([^"]+)"', text):
        assert name in document["components"]["schemas"], name


def test_examples_are_what_the_models_say(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    checked = 0
    for name, schema in document["components"]["schemas"].items():
        if "example" in schema:
            whole = {**schema, "components": document["components"]}
            assert list(Draft202012Validator(whole).iter_errors(schema["example"])) == [], name
            assert set(schema["example"]) >= set(schema.get("required", ())), name
            checked += 1
    assert checked > 20


def test_the_page_of_the_api_shows_every_operation(client: TestClient) -> None:
    page = client.get("/api").text
    for name, method, path in OPERATIONS:
        assert f'id="{name}"' in page
        assert f"<code>{method} {V1}{path.replace(':path', '')}</code>" in page


class TestAccounts:
    """Accounts and tokens over the API: what is changed takes the password of who changes it."""

    WORDS = "correct horse battery staple"

    @pytest.fixture
    def known(self, shared: dict[str, TestClient], at: Desk) -> dict[str, TestClient]:
        """The programs, whose people have chosen the same password."""
        with at.project.database.writing() as db:
            for role in ROLES:
                accounts.change(db, role, password=passwords.kept(self.WORDS))
        return shared

    def test_an_admin_adds_somebody_changes_the_role_and_closes_the_account(self, known: dict[str, TestClient]) -> None:
        admin = known["admin"]
        body = {"name": "Zoe", "shown": "Z. Editor", "role": "coder"}
        assert admin.post(f"{V1}/accounts", json=body).status_code == 422
        assert admin.post(f"{V1}/accounts", json={**body, "password": "guessed"}).status_code == 401
        made = admin.post(f"{V1}/accounts", json={**body, "password": self.WORDS}).json()
        assert (made["name"], len(made["code"]) > 8) == ("zoe", True)
        assert admin.put(f"{V1}/accounts/zoe/role", json={"role": "reader", "password": self.WORDS}).status_code == 204
        reset = admin.post(f"{V1}/accounts/zoe/reset", json={"password": self.WORDS}).json()
        assert reset["code"] != made["code"]
        assert admin.post(f"{V1}/accounts/zoe/close", json={"password": self.WORDS}).status_code == 204
        [zoe] = [one for one in admin.get(f"{V1}/accounts").json() if one["name"] == "zoe"]
        assert (zoe["shown"], zoe["role"], zoe["chosen"], zoe["ended"] is not None) == (
            "Z. Editor",
            "reader",
            False,
            True,
        )
        assert admin.post(f"{V1}/accounts/nobody/close", json={"password": self.WORDS}).status_code == 404
        said = {one["what"] for one in admin.get(f"{V1}/log?about=zoe").json()["items"]}
        assert said == {"account made", "role changed", "set up anew", "account closed"}
        text = admin.get(f"{V1}/accounts").text
        assert not {"argon2", "totp", "codes"} & set(re.findall(r"\w+", text))

    def test_a_token_is_made_with_the_password_listed_and_taken_back(self, known: dict[str, TestClient]) -> None:
        coder = known["coder"]
        body = {"label": "notebook", "scope": "read", "days": 1}
        assert coder.post(f"{V1}/tokens", json={**body, "password": "guessed"}).status_code == 401
        sent = coder.post(f"{V1}/tokens", json={**body, "password": self.WORDS}).json()["token"]
        program = _program(coder.app, sent)
        assert program.get(f"{V1}/rows").status_code == 200
        assert program.post(f"{V1}/undo", json={}).status_code == 403
        first, second = coder.get(f"{V1}/tokens").json()
        assert (first["label"], first["scope"], first["works"], second["label"]) == ("notebook", "read", True, "a test")
        assert sent not in coder.get(f"{V1}/tokens").text
        assert coder.delete(f"{V1}/tokens/{first['number']}").status_code == 204
        assert program.get(f"{V1}/rows").status_code == 401
        assert coder.delete(f"{V1}/tokens/{first['number']}").status_code == 404

    def test_tokens_of_others_are_for_admins(self, known: dict[str, TestClient]) -> None:
        [own] = known["coder"].get(f"{V1}/tokens").json()
        assert known["adjudicator"].get(f"{V1}/tokens?account=coder").status_code == 403
        assert known["adjudicator"].delete(f"{V1}/tokens/{own['number']}").status_code == 404
        assert known["admin"].get(f"{V1}/tokens?account=coder").json() == [own]
        assert known["admin"].get(f"{V1}/tokens?account=nobody").status_code == 404
        assert known["admin"].delete(f"{V1}/tokens/{own['number']}?account=coder").status_code == 204
        assert known["coder"].get(f"{V1}/rows").status_code == 401

    def test_who_works_alone_has_no_account_to_change(self, client: TestClient) -> None:
        assert client.get(f"{V1}/accounts").json() == []
        refused = client.post(f"{V1}/tokens", json={"label": "x", "password": "x"})
        assert (refused.status_code, "needs an account" in refused.json()["detail"]) == (403, True)


def test_watched_sources_are_told(client: TestClient, at: Desk) -> None:
    assert client.get(f"{V1}/watched").json() == []
    with at.project.database.writing() as db:
        put_source(db, "https://courier.example/feed.xml", at.project.now(), "2024-01-01", title="Courier")
    [one] = client.get(f"{V1}/watched").json()
    assert (one["url"], one["title"], one["state"], one["polled"]) == (
        "https://courier.example/feed.xml",
        "Courier",
        "on",
        None,
    )


def test_the_calibration_and_how_far_chances_come_true(client: TestClient, at: Desk) -> None:
    nothing = client.get(f"{V1}/calibration").json()
    assert (nothing["coder"], nothing["curves"], nothing["waiting"]) == (None, [], 0)
    lacking = client.get(f"{V1}/calibration/curve")
    assert (lacking.status_code, "reviewed" in lacking.json()["detail"]) == (422, True)
    coder = newest_coder(at.project)
    assert coder is not None
    made = Calibration(coder, {"row": Curve("platt", 0.5, 0.0)}, 120, 40, at.project.now())
    made.write(at.project.folder / at.project.settings.calibration)
    told = client.get(f"{V1}/calibration").json()
    assert (told["coder"]["name"], told["rows"], told["reports"], told["waiting"]) == (coder.name, 120, 40, 1)
    points = {point["chance"]: point["becomes"] for point in told["curves"][0]["points"]}
    assert (points[0.5], points[0.9], points[0.1]) == (0.5, round(Curve("platt", 0.5, 0.0)(0.9), 4), 0.25)
