"""What every request passes: host, origin, size, key, roles; and that no address was forgotten."""

from __future__ import annotations

import json
import logging
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from argon2 import PasswordHasher
from fastapi import Request
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.review.guard import gate, passwords
from dateline.review.guard.door import Door, is_loopback, network
from dateline.review.guard.forgery import why_forged
from dateline.review.pages.keeping.captured import SANDBOX
from dateline.review.web.paths import own_path
from dateline.store.review.people import Person
from guard_cases import ADDRESS, PASSWORD, Shop, addresses, filled, shop

ALONE = Person("me", "Me", "admin")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as made:
        made.admin = made.add("ada", "admin")
        yield made


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Shop]:
    door = Door.of("127.0.0.1", 8400, is_shared=False, is_read_only=False, is_secure=False)
    with shop(tmp_path, door=door, local=ALONE) as made:
        yield made


def test_who_sends_something_without_a_session_is_led_back_and_told(at: Shop) -> None:
    for there, back in ((f"{ADDRESS}/queue?a=1", "%2Fqueue%3Fa%3D1"), ("http://evil.example//x", "%2F"), ("", "%2F")):
        to = f"/login?next={back}&ended=1"
        piece = at.browser().post("/reports/r0/decide", headers={"HX-Request": "true", "HX-Current-URL": there})
        assert (piece.status_code, piece.headers["hx-redirect"]) == (401, to)
        whole = at.browser().post("/reports/r0/decide", headers={"Referer": there})
        assert (whole.status_code, whole.headers["location"]) == (303, to)
        assert "was not kept" in at.browser().get(to).text


# ---------------------------------------------------------------------------------------------- forged requests


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:3000"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:3000"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://127.0.0.1:8400.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
)
def test_a_form_of_another_site_changes_nothing(at: Shop, headers: dict[str, str]) -> None:
    before = len(at.logged())
    for address, data in (
        ("/settings/people", {"name": "eve", "role": "admin"}),
        ("/settings/people/close", {"name": "ada"}),
        ("/login", {"name": "ada", "password": PASSWORD}),
        ("/logout", {}),
        ("/api/v1/probe", {}),
    ):
        assert at.admin.post(address, data=data, headers=headers).status_code == 403
    assert len(at.logged()) == before
    assert at.admin.get("/probe").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS},
        {"Sec-Fetch-Site": "none"},
        {"Origin": ADDRESS},
        # A proxy speaks TLS with the browser, and not with us.
        {"Origin": "https://127.0.0.1:8400"},
    ],
)
def test_a_form_of_ours_is_taken(at: Shop, headers: dict[str, str]) -> None:
    assert at.admin.post("/api/v1/probe", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
    ],
)
def test_another_site_takes_nothing_in_but_may_link_here(at: Shop, headers: dict[str, str], status: int) -> None:
    assert at.admin.get("/probe", headers=headers).status_code == status


def test_a_link_elsewhere_comes_through_a_page_of_ours_to_where_it_leads(at: Shop) -> None:
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    # The browser sends no cookie with it.
    page = at.browser().get("/probe?a=1&b=%22", headers=led)
    assert page.status_code == 401
    to = re.search(r'content="0; url=([^"]+)"', page.text)
    assert to is not None
    assert at.admin.get(to[1]).headers["location"] == "/probe?a=1&b=%22"


@given(st.sampled_from(["POST", "PUT", "PATCH", "DELETE", "BREW"]), st.text(max_size=30))
@example("POST", "http://[")
@example("POST", "http://127.0.0.1:8400@evil.example")
def test_no_origin_but_ours_passes(method: str, origin: str) -> None:
    assert why_forged(method, {"host": "127.0.0.1:8400", "origin": origin}) is not None
    assert why_forged(method, {"host": "127.0.0.1:8400", "origin": ADDRESS}) is None


# ------------------------------------------------------------------------------------------------- names and keys


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8400", "127.0.0.1.evil.example", "localhost.evil", ""])
def test_a_name_that_was_led_here_is_not_answered(at: Shop, host: str) -> None:
    for path in ("/login", "/probe", "/api/v1/probe", "/static/x/base.css"):
        assert at.admin.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8400", "localhost:9", "LOCALHOST", "[::1]:8400", "192.0.2.7:80"])
def test_own_names_and_numbers_are_answered(at: Shop, host: str) -> None:
    assert at.browser().get("/login", headers={"Host": host}).status_code == 200


def test_names_that_are_given_are_answered() -> None:
    door = Door.of("0.0.0.0", 80, names=("Archive.Example",), is_shared=True, is_read_only=False, is_secure=True)
    assert door.answers_to("archive.example:443")
    assert door.answers_to("archive.example.")
    assert not door.answers_to("other.example")
    assert door.key is None
    assert door.session.startswith("__Host-")


def test_the_key_opens_the_workspace_and_leaves_the_address(alone: Shop) -> None:
    door: Door = alone.app.state.guard.door
    browser = alone.browser()
    assert browser.get("/probe").headers["location"] == "/login?next=%2Fprobe"
    assert browser.get("/probe?key=wrong").status_code == 303
    assert browser.get("/api/v1/probe").status_code == 401
    opened = browser.get(f"/probe?a=%2F&key={door.key}&b=")
    assert (opened.status_code, opened.headers["location"]) == (303, "/probe?a=%2F&b=")
    assert door.key not in opened.headers["location"]
    assert browser.get("/probe").json() == "me"
    scope = {
        "type": "http",
        "method": "GET",
        "path": "//evil.example/x",
        "raw_path": b"//evil.example/x",
        "headers": [],
    }
    led = gate._opened(Request({**scope, "query_string": f"key={door.key}".encode()}), door)
    assert led is not None
    assert led.headers["location"] == "/evil.example/x"
    assert alone.browser().get("/api/v1/probe", headers={"Authorization": f"Bearer {door.key}"}).json() == "me"
    assert alone.browser().post("/login", data={"key": "wrong"}).status_code == 401
    typed = alone.browser()
    assert typed.post("/login", data={"key": f" {door.key} ", "next": "/probe"}).headers["location"] == "/probe"
    assert typed.get("/probe").status_code == 200
    # An account's password does not open what has a key.
    assert alone.browser().post("/login", data={"name": "me", "password": PASSWORD}).status_code == 401


def test_two_workspaces_have_two_keys_and_cookies() -> None:
    one, other = (Door.of("127.0.0.1", n, is_shared=False, is_read_only=False, is_secure=False) for n in (1, 2))
    assert one.key != other.key
    assert one.session != other.session
    assert not one.opens_with(other.key)
    assert not one.opens_with(None)


OUT = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/%0d%0aSet-Cookie: a=b\r\nX: y",
    "",
    "/\u2028",
    "/" + "x" * 5000,
]


@pytest.mark.parametrize("to", OUT)
def test_nobody_is_sent_elsewhere_after_the_log_in(at: Shop, to: str) -> None:
    assert at.log_in("ada", next=to)[1].headers["location"] == "/"
    assert at.admin.get("/login", params={"next": to}).headers["location"] == "/"


@given(st.text())
@example("/reports/a%2F..%2F%2Fb?row=1#x")
@example("/.//evil.example")
def test_an_own_path_stays_here(to: str) -> None:
    path = own_path(to)
    assert path in {"/", to}
    assert urlsplit(urljoin(ADDRESS + "/a/b", path)).netloc == "127.0.0.1:8400"


# ------------------------------------------------------------------------------------------ how much, and how often


def test_more_than_the_bound_is_not_read(at: Shop) -> None:
    much = b"a=" + b"x" * gate.MOST_BYTES
    assert at.admin.post("/settings/people", content=much).status_code == 413

    def parts() -> Iterator[bytes]:
        for _ in range(gate.MOST_BYTES // 65536 + 2):
            yield b"x" * 65536

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert at.admin.post("/settings/people", content=parts(), headers=kind).status_code == 413
    assert at.admin.get("/probe").status_code == 200


def test_strangers_are_counted_by_network_and_people_by_name(tmp_path: Path) -> None:
    with shop(tmp_path, door=Door(is_limited=True)) as at:
        ada = at.add("ada", "admin")
        moment = time.monotonic()
        for buckets in (at.app.state.guard.strangers, at.app.state.guard.people):
            buckets._clock = lambda: moment  # however slow the machine is
        stranger = at.browser()
        statuses = [stranger.get("/login").status_code for _ in range(300)]
        assert statuses[:200] == [200] * 200
        assert statuses[-1] == 429
        assert int(stranger.get("/login").headers["retry-after"]) >= 1
        # A cookie that opens nothing is a stranger's.
        stranger.cookies.set("dateline", "made up")
        assert 429 in {stranger.get("/probe").status_code for _ in range(20)}
        assert ada.get("/probe").status_code == 200
        assert {ada.get("/probe").status_code for _ in range(700)} == {200, 429}


def test_for_reading_only_nothing_is_changed(tmp_path: Path) -> None:
    door = Door(is_read_only=True)
    with shop(tmp_path, door=door, local=ALONE) as at:
        browser = at.browser()
        before = len(at.logged())
        assert browser.get("/probe").status_code == 200
        assert browser.post("/api/v1/probe").status_code == 403
        assert browser.post("/settings/people", data={"name": "eve", "role": "admin"}).status_code == 403
        text = browser.get("/settings").text
        assert "for reading only" in text
        assert 'method="post"' not in text
        assert len(at.logged()) == before


# --------------------------------------------------------------------------------------- every address, every role


PUBLIC = {"/health", "/login", "/login/set-up", "/logout", "/static/{version}/{name:path}"}


def test_the_addresses_are_found(at: Shop) -> None:
    found = set(addresses(at.app.routes))
    assert ("GET", "/") in found
    assert ("POST", "/settings/people") in found
    assert ("POST", "/api/v1/probe") in found
    assert len(found) > 20


def test_nobody_gets_in_anywhere_without_logging_in(at: Shop) -> None:
    browser = at.browser()
    for method, path in addresses(at.app.routes):
        if path in PUBLIC:
            continue
        answer = browser.request(method, filled(path))
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/login?next="), path
        else:
            assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"


OWN_ACCOUNT = re.compile("/settings(?!/people)|/api/v1/me")


def test_a_viewer_changes_nothing_anywhere(at: Shop) -> None:
    viewer = at.add("vi", "viewer")
    for method, path in addresses(at.app.routes):
        if method in {"GET", "HEAD"} or path in PUBLIC or OWN_ACCOUNT.match(path):
            continue
        answer = viewer.request(method, filled(path))
        assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"


def test_a_viewer_sees_no_name_of_the_team_anywhere(at: Shop) -> None:
    coder, name = at.add("zquist", "coder"), re.compile("zquist", re.I)
    for data in (
        ("decide", {"decision": "accept", "row": "e1", "why": "as it says"}),
        ("flag", {"on": "yes", "why": "look"}),
        ("comment", {"words": "see @ada", "kind": "report", "about": "r0"}),
        ("state", {"state": "help needed"}),
    ):
        answer = coder.post(f"/reports/r0/{data[0]}", data=data[1])
        assert answer.status_code < 400, answer.text
    answer = coder.post("/reports/r1/decide", data={"decision": "reject", "row": "e1", "why": "no march"})
    assert answer.status_code < 400
    event = next(iter(at.project.comparisons())).event.id
    viewer = at.add("vi", "viewer")
    seen: dict[str, int] = {}
    told: list[str] = []
    for method, path in addresses(at.app.routes):
        if method != "GET" or path in PUBLIC or path.startswith("/evidence"):
            continue
        for id in ("r0", "r1"):
            address = filled(path, id=id, report=id, event=event, key=f"{id}#e1", type="PROTEST", name="PROTEST")
            answer = viewer.get(address, headers={"Accept": "text/html"})
            seen[address] = answer.status_code
            told += [
                f"{address}: {answer.text[max(0, m.start() - 80) : m.end() + 30]}" for m in name.finditer(answer.text)
            ]
    assert not told, "\n".join(told)
    assert sum(status == 200 for status in seen.values()) > 10
    assert name.search(coder.get("/reports/r0").text)


@pytest.mark.parametrize("role", ["viewer", "reader", "coder", "adjudicator"])
def test_only_admins_keep_accounts(at: Shop, role: Any) -> None:
    browser = at.add("bo", role)
    for path in ("/settings/people", "/settings/people/role", "/settings/people/reset", "/settings/people/close"):
        assert browser.post(path, data={"name": "ada", "role": "viewer"}).status_code == 403
    assert "ada" not in browser.get("/settings").text


# ------------------------------------------------------------------------------------------------ what is captured


def test_a_captured_page_has_no_origin_and_no_way_to_the_net(at: Shop) -> None:
    reports = at.project.folder.parent / "page.html"
    text = "Dockers marched in Arden on 04 May 2024. The cranes at the quay stood still all morning. " * 5
    reports.write_text(
        f"<!doctype html><html lang=en><title>March</title><script>alert(1)</script><article><p>{text}</p></article>"
    )
    list(at.project.add(reports))
    name = next(path.name for path in at.project.evidence.folder.glob("*/*") if b"alert(1)" in path.read_bytes())
    answer = at.admin.get(f"/evidence/{name}")
    assert answer.content == reports.read_bytes()
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert policy == SANDBOX
    assert policy.startswith("sandbox;")
    assert "allow-" not in policy
    assert "script" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    about = at.admin.get(f"/evidence/{name}/about").text
    assert 'sandbox=""' in about
    assert "alert(1)" not in about
    assert at.add("vi", "viewer").get(f"/evidence/{name}").status_code == 403
    for wrong in (name[:-1], name.upper(), "0" * 64, f"../{name}", "..%2f..%2fdateline.sqlite"):
        assert at.admin.get(f"/evidence/{quote(wrong, safe='%')}").status_code in {404, 422}
    path = at.project.evidence.path(name)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"alert(1)", b"alert(2)"))
    refused = at.admin.get(f"/evidence/{name}")
    assert refused.status_code == 422
    assert "have changed" in refused.text


def test_what_a_browser_might_run_is_only_saved(at: Shop) -> None:
    data = {
        "x.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "x.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3 /JavaScript",
    }
    for name, given_bytes in data.items():
        path = at.project.folder.parent / name
        path.write_bytes(given_bytes)
        list(at.project.add(path))
    kept = {path.read_bytes(): path.name for path in at.project.evidence.folder.glob("*/*")}
    for given_bytes in data.values():
        if given_bytes in kept:
            answer = at.admin.get(f"/evidence/{kept[given_bytes]}")
            kind = answer.headers["content-type"]
            assert kind in {"application/octet-stream", "text/plain; charset=utf-8"}
            assert answer.headers["content-security-policy"] == SANDBOX
    assert kept


# ------------------------------------------------------------------------------------------------------ what is told


def test_each_request_is_told_in_a_line_without_what_is_secret(
    alone: Shop, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate.accesses, "propagate", True)
    caplog.set_level(logging.INFO, gate.accesses.name)
    key = alone.app.state.guard.door.key
    browser = alone.browser()
    browser.get(f"/probe?key={key}&words=secret")
    browser.get("/probe?words=secret")
    browser.post("/login", data={"key": "guessed-key"})
    browser.get("/probe%0d%0aforged: line")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == gate.accesses.name]
    assert [(line["who"], line["method"], line["path"], line["status"]) for line in lines[:3]] == [
        (None, "GET", "/probe", 303),
        ("me", "GET", "/probe", 200),
        (None, "POST", "/login", 401),
    ]
    whole = "".join(record.getMessage() for record in caplog.records)
    assert key not in whole
    assert "secret" not in whole
    assert "guessed" not in whole
    assert "\n" not in whole


def test_of_an_address_the_log_keeps_the_network_alone() -> None:
    assert network("203.0.113.77") == "203.0.113.0/24"
    assert network("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert network("fe80::1%eth0") == "fe80::/48"
    assert [network(one) for one in ("127.0.0.1", "::1", "testclient", "")] == [""] * 4
    assert [is_loopback(one) for one in ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")] == [True] * 5
    assert not any(is_loopback(one) for one in ("0.0.0.0", "::", "192.168.1.2", "example.org", "127.0.0.1.example"))


def test_every_answer_has_the_policy(at: Shop) -> None:
    for path in ("/login", "/probe", "/settings", "/nowhere", "/api/v1/probe"):
        answer = at.admin.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        # With no referrer at all browsers would send "Origin: null" with our own forms.
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_file_that_opens_the_browser_is_for_its_owner_alone(tmp_path: Path) -> None:
    from dateline.cli.reviewing.review import PAGE, _page

    door = Door.of("127.0.0.1", 8400, is_shared=False, is_read_only=False, is_secure=False)
    with shop(tmp_path, local=ALONE) as at:
        path = at.project.folder / PAGE
        with _page(at.project, f"{ADDRESS}/", door):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert f"{ADDRESS}/?key={door.key}" in path.read_text()
        assert not path.exists()
