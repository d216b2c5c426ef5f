"""Hostile reports, names and words on every page of the workspace in a real browser: nothing runs, nothing is fetched.

Every address that answers to GET is opened, whichever room it is of, with the ids of hostile reports in its place.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dateline.intake import Failure
from dateline.model import Actor, Because, Coding, Count, Note, Participant, Report
from dateline.review.app import create_app
from dateline.review.guard.door import Door
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person
from guard_cases import addresses, filled, serving
from hostile_texts import ALL, MARKUP
from store_cases import CODER, MARCH, NOON, march

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

HOSTILE = Person("eve", "<img data-hostile src=x onerror=window.hostile=1>", "admin")
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""

WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 200)).at(-1)"""


def hostile(reports: Any) -> Iterator[Coding | Failure]:
    """Each report as a coder that was misled: its words also where names, places and reasons are."""
    for report in reports:
        found = MARCH.match(report.text)
        assert isinstance(report, Report)
        assert found is not None
        event, bad = march(report, found), (report.title or "")[:400]
        assert event.place is not None
        words = report.span(*found.span("what"))
        event = replace(
            event,
            mode=bad,
            contexts=(bad,),
            actors=(Participant(words.start, words.end, words.quote, actor=bad),),
            place=replace(event.place, name=bad, admin1=bad),
            counts=(Count(words.start, words.end, words.quote, "killed", 1, 1, 1),),
            because=(Because("type", bad, bad),),
        )
        second = replace(event, id="e2", type=bad[:60])
        yield Coding(
            report,
            CODER,
            (event, second),
            places=(event.place,),
            dates=(event.date,),
            actors=(Actor(bad, bad, bad, "XX", bad, flags=(bad,)),),
            notes=(Note(bad, bad),),
        )


@dataclass
class Place:
    """A workspace of hostile reports behind a real server."""

    address: str
    key: str
    pages: list[str] = field(default_factory=list)
    evidence: str = ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("hostile") / "p"
    told = [
        {
            "id": f"r{n} {text[:60]}",
            "text": f"Dockers marched in Arden on {n % 28 + 1:02} May 2024. {text} The cranes stood, {text} said.",
            "publisher": text[:200],
            "title": text,
            "author": text[:200],
            "url": "javascript:window.hostile=1" if n % 2 else f"https://news.example/{quote(text[:40])}",
            "published": "2024-05-20",
        }
        for n, text in enumerate(ALL)
    ]
    with Project.create(folder, clock=lambda: NOON) as project:
        path = folder.with_suffix(".json")
        path.write_text(json.dumps(told), encoding="utf-8")
        list(project.add(path))
        page = folder.with_name("page.html")
        words = "The dockers marched again on the quay in the rain, and nobody stopped them all morning. " * 6
        page.write_text(f"<!doctype html><html><title>x</title><body>{''.join(MARKUP)}<p>{words}</p></body></html>")
        list(project.add(page))
        list(project.code(hostile_or_none, CODER, "{}"))
        list(project.link())
        index = Index.open(project)
        index.catch_up()
        door = Door(frozenset(("127.0.0.1",)), key="k" * 43)
        app = create_app(Workspace(project, index, HOSTILE), door)
        client = TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {door.key}"})
        client.cookies.set(door.session, door.key or "")
        ids = [report["id"] for report in told]
        decided(client, ids)
        files = project.evidence.folder.glob("*/*")
        kept = next(path.name for path in files if path.read_bytes().startswith(b"<!doctype"))
        events = [comparison.event.id for comparison in project.comparisons()]
        with serving(app) as address:
            made = Place(address, door.key or "", evidence=kept)
            made.pages = sorted(opened(app, ids, events, kept))
            yield made
        index.close()


def hostile_or_none(reports: Any) -> Iterator[Coding | Failure]:
    for report in reports:
        yield from hostile([report]) if MARCH.match(report.text) else [Coding(report, CODER)]


def decided(client: TestClient, ids: list[str]) -> None:
    """What people write, hostile too: comments, reasons, values."""
    taken: Counter[str] = Counter()
    for n, id in enumerate(ids):
        at = f"/reports/{quote(id, safe='')}"
        words = ALL[n].encode("utf-8", "replace").decode().replace("\x00", "")[:400]
        change = {"column": "mode", "value": words[:60], "row": "e2"} if n % 3 == 0 else {"row": "e1"}
        for name, data in (
            ("comment", {"words": words, "kind": "report", "about": id}),
            ("flag", {"on": "yes", "why": words}),
            ("decide", {"decision": "correct" if "column" in change else "accept", "why": words, **change}),
            ("state", {"state": "help needed", "why": words}),
        ):
            taken[name] += client.post(f"{at}/{name}", data=data).status_code < 400
    # Some of the words are refused, such as a mode that there is not; the others stand on pages now.
    assert min(taken.values()) > len(ids) / 2, taken


def opened(app: Any, ids: list[str], events: list[str], kept: str) -> set[str]:
    """The addresses of pages, with something hostile in the place of each part and of what is asked for."""
    paths = {
        path for method, path in addresses(app.routes) if method == "GET" and not path.startswith(("/api/", "/static/"))
    }
    found = set()
    for path in paths:
        if "{" not in path:
            found.add(path)
            found |= {
                f"{path}?words={quote(text[:80])}&type={quote(text[:80])}&done={quote(text[:40])}"
                for text in MARKUP[:2]
            }
        elif path.startswith("/evidence"):
            found.add(filled(path, sha256=kept))
        elif path.startswith("/events"):
            found |= {filled(path, id=event, event=event) for event in events[:6]}
        else:
            found |= {re.sub(r"\{[^}]+\}", quote(id, safe=""), path) for id in ids}
        found.add(re.sub(r"\{[^}]+\}", quote("<img data-hostile src=x>", safe=""), path))
    return found


@dataclass
class Watch:
    """A tab, with all that would show that something of a report acted."""

    page: Page
    faults: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, context: BrowserContext, address: str) -> Watch:
        watch = cls(context.new_page())
        watch.page.on("dialog", lambda dialog: (watch.faults.append(f"dialog {dialog.message}"), dialog.dismiss())[1])
        watch.page.on("pageerror", lambda error: watch.faults.append(f"error {error}"))
        watch.page.on("popup", lambda popup: watch.faults.append(f"popup {popup.url}"))
        # What the policy stops is told of as a request that failed for "csp": nothing has left the browser.
        watch.page.on("requestfailed", lambda asked: asked.failure == "csp" or watch.asked(asked.url, address))
        watch.page.on("requestfinished", lambda asked: watch.asked(asked.url, address))
        watch.page.on(
            "console",
            lambda told: (
                watch.faults.append(f"console {told.text}") if "Content Security Policy" in told.text else None
            ),
        )
        return watch

    def asked(self, url: str, address: str) -> None:
        """A request that went out."""
        if not url.startswith((address, "data:", "about:", "blob:")):
            self.faults.append(f"request {url}")


@pytest.fixture(scope="module")
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 800}, accept_downloads=False)
    made.add_init_script(LISTEN)
    page = made.new_page()
    page.goto(f"{place.address}/settings?key={place.key}")
    assert page.url == f"{place.address}/settings"
    page.close()
    yield made
    made.close()


def test_pages_of_every_room_are_opened(place: Place) -> None:
    assert len([path for path in place.pages if path.startswith("/reports/")]) > len(ALL)


def test_nothing_that_is_hostile_acts_on_any_page(context: BrowserContext, place: Place) -> None:
    watch = Watch.of(context, place.address)
    faults: list[str] = []
    for path in place.pages:
        if path.startswith("/evidence/") and not path.endswith("/about"):
            continue
        answer = context.request.get(place.address + path, headers={"Accept": "text/html"})
        if "attachment" in answer.headers.get("content-disposition", "") or "html" not in answer.headers.get(
            "content-type", ""
        ):
            continue
        if answer.status >= 500:
            faults.append(f"{path}: status {answer.status}")
        watch.page.goto(place.address + path, wait_until="load")
        state = watch.page.evaluate(
            """() => ({
              ran: window.hostile || 0, refused: window.refused, at: location.origin,
              made: [...document.querySelectorAll("[data-hostile]")].map(e => e.outerHTML.slice(0, 120)),
              handlers: [...document.querySelectorAll("*")].filter(
                e => [...e.attributes].some(a => a.name.startsWith("on") || a.name.startsWith("hx-on"))).length,
              links: [...document.querySelectorAll("a[href], form[action], area[href]")].map(
                e => e.getAttribute("href") ?? e.getAttribute("action")).filter(
                a => /^\\s*(javascript|data|vbscript):/i.test(a)),
              counted: document.body.innerText.includes("42000006"),
            })"""
        )
        quiet = {"ran": 0, "refused": [], "at": place.address, "made": [], "handlers": 0, "links": [], "counted": False}
        if path.startswith("/evidence/"):  # what a captured page tries is told, and stopped
            watch.faults = [fault for fault in watch.faults if not fault.startswith("console")]
        if state != quiet or watch.faults:
            wrong = {name: value for name, value in state.items() if value != quiet[name]}
            faults.append(f"{path}: {wrong} {watch.faults}")
            watch.faults.clear()
    assert not faults, "\n".join(faults)


def test_long_words_and_signs_do_not_widen_a_page(context: BrowserContext, place: Place) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    wide = []
    for path in place.pages:
        if path.startswith("/evidence/") or "?" in path or "hostile" in path:
            continue
        answer = context.request.get(place.address + path)
        if "attachment" in answer.headers.get("content-disposition", "") or "html" not in answer.headers.get(
            "content-type", ""
        ):
            continue
        page.goto(place.address + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(f"{path}: {page.evaluate(WIDEST)}")
    page.close()
    assert not wide, "\n".join(wide)


def test_a_captured_page_runs_nothing_and_reaches_nothing(context: BrowserContext, place: Place) -> None:
    watch = Watch.of(context, place.address)
    watch.page.goto(f"{place.address}/evidence/{place.evidence}/about")
    frame = watch.page.frame_locator("iframe.captured")
    frame.get_by_text("The dockers marched again").first.wait_for(state="attached")
    within = [frame for frame in watch.page.frames if frame != watch.page.main_frame]
    assert within
    for inner in within:  # the page, and the frame that it makes of itself
        assert inner.evaluate("[origin, window.hostile]") == ["null", None]
    watch.page.wait_for_timeout(300)
    assert watch.page.url.endswith("/about")
    assert watch.page.evaluate("window.hostile") is None
    watch.page.goto(f"{place.address}/evidence/{place.evidence}")
    assert watch.page.evaluate("[origin, window.hostile]") == ["null", None]
    # The page is there to be read by itself; what it wanted to fetch or run was refused by the policy of the answer.
    assert watch.page.url == f"{place.address}/evidence/{place.evidence}"
    assert [fault for fault in watch.faults if not fault.startswith("console")] == []
    watch.page.close()


def test_a_page_elsewhere_can_neither_frame_nor_post(context: BrowserContext, place: Place, tmp_path: Path) -> None:
    watch = context.new_page()
    form = f"""<form id="f" method="post" action="{place.address}/settings/people">
    <input name="name" value="mallory"><input name="role" value="admin"></form>
    <iframe id="in" src="{place.address}/settings"></iframe>"""
    with serving_text(form) as elsewhere:
        watch.goto(elsewhere)
        watch.wait_for_timeout(300)
        assert all(frame.url != f"{place.address}/settings" for frame in watch.frames)
        with watch.expect_navigation():
            watch.evaluate("document.getElementById('f').submit()")
        assert "of another" in watch.inner_text("body")
    watch.goto(f"{place.address}/settings")
    assert "mallory" not in watch.inner_text("body")
    watch.close()


def serving_text(text: str) -> Any:
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    app = FastAPI()
    app.get("/")(lambda: HTMLResponse(text))
    return serving(app)
