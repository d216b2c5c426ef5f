"""A team at work in a real browser: dealing out, settling by keyboard, saying, and pages that everybody can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import expect

from dateline.codebook import load_codebook
from dateline.corrections.values import Known
from dateline.review.deciding import model
from dateline.review.deciding.decide import decide
from dateline.review.deciding.standing import set_state
from dateline.review.guard import passwords
from dateline.review.guard.door import Door
from dateline.review.workspace import Workspace
from dateline.store.review.people import Person
from guard_cases import PASSWORD, Shop, serving, shop
from test_page_browser import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ADA, BO = Person("ada", "Ada", "coder"), Person("bo", "Bo", "coder")
REFUSED = """
window.refused = [];
addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""


class NoPlaces:
    """A gazetteer without a place."""

    def lookup(self, name: str) -> tuple[()]:
        return ()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[Shop, str]]:
    with shop(tmp_path, door=Door(frozenset(("127.0.0.1",)))) as made, serving(made.app) as address:
        made.app.state.workspace.known = Known(load_codebook("plover"), NoPlaces())
        made.add("root", "admin")
        for name in ("ada", "bo"):
            made.add(name)
        made.add("cy", "adjudicator")
        yield made, address


@contextmanager
def session(browser: Browser, address: str, name: str, **more: object) -> Iterator[Page]:
    """Somebody's browser, logged in; what the policy refused and what broke fails the test."""
    context = browser.new_context(**more)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(REFUSED)
    page.goto(f"{address}/login?next=/settings")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/settings")
    yield page
    assert page.evaluate("window.refused || []") == [] and wrong == []
    context.close()


def coded(made: Shop) -> None:
    """Ada moves the march, Bo accepts it and adds an event; both are done."""
    here: Workspace = made.app.state.workspace
    text = "Cranes stood still at the quay"
    at = here.project.codings().__next__().report.text.index(text)
    decide(here, "r0", [model.Correct("e1", {"place": "Brook", "actors": "dockers"})], ADA)
    decide(here, "r0", [model.Accept("e1"), model.Add(at, at + len(text), "PROTEST")], BO)
    for person in (ADA, BO):
        set_state(here, "r0", "done", person)


def test_from_dealing_out_to_what_became_of_it(browser: Browser, at: tuple[Shop, str]) -> None:
    made, address = at
    with session(browser, address, "cy") as page:
        page.goto(f"{address}/team?report=r0")
        page.get_by_role("checkbox", name="Ada", exact=True).check()
        page.get_by_role("checkbox", name="Bo", exact=True).check()
        page.get_by_label("Each report goes to").fill("2")
        page.get_by_role("checkbox", name="blind").check()
        page.get_by_role("button", name="Assign").click()
        expect(page.get_by_role("status").first).to_contain_text("2 assignments made.")
        coded(made)
        page.goto(f"{address}/adjudicate")
        page.get_by_role("link", name="r0").press("Enter")
        expect(page.get_by_text("They differ in 2 of 2 rows.")).to_be_visible()
        # By keyboard alone: the right's place, a date of one's own, and the row that one alone has is none.
        first = page.locator("#row0")
        expect(first.locator("tr.differing")).to_have_count(2)
        first.locator('input[name="row0.place"][value="left"]').focus()
        page.keyboard.press("ArrowRight")
        own = page.get_by_label("own value of: When")
        own.focus()
        page.keyboard.press("Space")
        page.locator('input[name="row0.own.date"]').fill("2024-05-05")
        expect(page.locator('input[name="row0.own.place"]')).to_be_hidden()
        page.locator('input[name="row1.keep"][value="yes"]').focus()
        page.keyboard.press("ArrowRight")
        page.get_by_label("Why").fill("The dateline says so.")
        page.get_by_role("button", name="Settle it").press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Settled by Cy")
    held = next(coding for coding in made.project.codings() if coding.report.id == "r0")
    [event] = held.events
    assert event.place is not None and event.date is not None
    assert (event.place.name, event.date.edtf, len(event.actors)) == ("Arden", "2024-05-05", 1)
    with session(browser, address, "ada") as page:
        page.goto(f"{address}/feed?mine=yes")
        page.get_by_role("link", name="what became of your coding").first.click()
        row = page.get_by_role("row", name="Where")
        expect(row.get_by_role("cell").nth(0)).to_contain_text("Brook")
        expect(row.get_by_role("cell").nth(1)).to_contain_text("Arden")
        expect(page.get_by_text("The dateline says so.")).to_be_visible()


def test_what_is_said_shows_at_once_and_calls_upon_people(browser: Browser, at: tuple[Shop, str]) -> None:
    _, address = at
    with session(browser, address, "ada") as page:
        page.goto(f"{address}/comments?kind=row&about=r1%23e1")
        page.get_by_label("Comment", exact=True).fill("Which quay, @bo?")
        page.get_by_role("button", name="Say it").last.press("Enter")
        expect(page.get_by_text("Which quay, @bo?")).to_be_visible()
        expect(page).to_have_url(f"{address}/comments?kind=row&about=r1%23e1")
    with session(browser, address, "bo", java_script_enabled=True) as page:
        page.goto(f"{address}/feed?mine=yes")
        expect(page.get_by_text("calls upon you")).to_be_visible()
        page.get_by_role("link", name="Answer").click()
        page.get_by_text("Answer", exact=True).first.click()
        page.get_by_label("Your answer to comment 1").fill("The north one.")
        page.get_by_role("button", name="Say it").first.click()
        expect(page.get_by_text("The north one.")).to_be_visible()
    with session(browser, address, "ada") as page:
        page.goto(f"{address}/feed?mine=yes")
        expect(page.get_by_text("answers you")).to_be_visible()
        page.get_by_role("button", name="Mark all as read").click()
        expect(page.get_by_text("new", exact=True)).to_have_count(0)


def test_the_pages_work_without_script(browser: Browser, at: tuple[Shop, str]) -> None:
    _, address = at
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/login?next=/comments%3Fkind%3Dreport%26about%3Dr1")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Comment", exact=True).fill("Without any script.")
    page.get_by_role("button", name="Say it").last.click()
    expect(page.get_by_text("Without any script.")).to_be_visible()
    page.goto(f"{address}/team")
    expect(page.get_by_role("heading", name="Who has how much to code")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read(browser: Browser, at: tuple[Shop, str], width: int, scheme: str) -> None:
    made, address = at
    names = {f"who.{name}": "yes" for name in ("ada", "bo")}
    cy, ada = (made.log_in(name)[0] for name in ("cy", "ada"))
    cy.post("/team/assign", data={**names, "each": "2", "blind": "yes"})
    ada.post(
        "/comments", data={"kind": "report", "about": "r3", "words": "@cy " + "w" * 200 + " \u05e9\u05dc\u05d5\u05dd"}
    )
    coded(made)
    with session(browser, address, "cy", viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        for path in (
            "/team?type=PROTEST",
            "/feed",
            "/feed?mine=yes",
            "/comments?kind=report&about=r3",
            "/agreement?draws=50",
            "/adjudicate",
            "/adjudicate/r0",
        ):
            page.goto(address + path)
            readable(page, path)
        page.get_by_role("button", name="Settle it").click()
        expect(page.get_by_role("status").first).to_contain_text("Settled by Cy")
        readable(page, "settled")
    with session(browser, address, "ada", viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        page.goto(f"{address}/settled/r0")
        readable(page, "what was settled")


def readable(page: Page, what: str) -> None:
    if shots := os.environ.get("DATELINE_SHOTS"):
        view = page.viewport_size or {}
        name = "".join(c if c.isalnum() else "-" for c in what)
        page.screenshot(path=f"{shots}/{name}-{view.get('width')}.png", full_page=True)
    assert faults(page) == [], what
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main select, main textarea, main input")]
            .filter(e => !["hidden", "radio", "checkbox"].includes(e.type))
            .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())
            .filter(b => b.height < 24 || b.width < 24).length"""
    )
    assert small == 0, what
