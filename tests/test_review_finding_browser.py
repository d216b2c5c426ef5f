"""Looking for something in a real browser: the table by keyboard, many rows at once, anything by Ctrl-K."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dateline.review.app import create_app
from dateline.review.workspace import Workspace
from dateline.store.index.index import Index
from dateline.store.index.query import Query
from dateline.store.review.people import Person
from guard_cases import serving
from store_cases import MARCHES, project_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ADA = Person("ada", "Ada", "admin")
PAGES = (
    "/table",
    "/search?words=cranes",
    "/search?view=reports&words=cranes",
    "/search?view=events",
    "/inbox",
    "/sources",
    "/find?words=ar",
)


@dataclass
class Shop:
    """A workspace behind a real server."""

    workspace: Workspace
    address: str


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with project_with(tmp_path / "p", *MARCHES) as project:
        index = Index.open(project)
        index.catch_up()
        workspace = Workspace(project, index, ADA)
        with serving(create_app(workspace)) as address:
            yield Shop(workspace, address)
        index.close()


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []
    context.close()


def test_a_value_is_edited_by_keyboard_alone(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/table?order=date")
    cell = page.locator("tr[data-key='r2#e1'] button[data-edits=killed]")
    cell.focus()
    page.keyboard.press("Enter")
    field = page.locator("form.edit input[name=value]")
    expect(field).to_be_focused()
    field.fill("4")
    page.keyboard.press("Tab")
    page.keyboard.type("the second paragraph says so")
    page.keyboard.press("Enter")
    row = page.locator("tr[data-key='r2#e1']")
    expect(row).to_contain_text("corrected by Ada")
    expect(row.locator("button[data-edits=killed]")).to_contain_text("4")
    expect(row.locator("button[data-edits=killed]")).to_be_focused()
    made = shop.workspace.index.row("r2#e1")
    assert made is not None and made.counts == (("killed", 4),)
    page.keyboard.press("ArrowUp")
    expect(page.locator("tr[data-key='r1#e1'] button[data-edits=killed]")).to_be_focused()


def test_what_cannot_be_is_said_and_the_field_stays(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/table")
    page.locator("tr[data-key='r0#e1'] button[data-edits=date]").click()
    page.locator("form.edit input[name=value]").fill("yesterday")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("yesterday")
    expect(page.locator("form.edit")).to_have_count(1)
    page.locator("form.edit input[name=value]").focus()
    page.keyboard.press("Escape")
    expect(page.locator("form.edit")).to_have_count(0)
    expect(page.locator("tr[data-key='r0#e1'] button[data-edits=date]")).to_be_focused()


def test_many_rows_are_accepted_at_once(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/table?place=Arden")
    page.get_by_label("All on this page").check()
    expect(page.locator("#how-many")).to_have_text("2 rows chosen.")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#main .note")).to_have_text("2 rows accepted.")
    expect(page.locator("#how-many")).to_have_text("No row is chosen.")
    assert shop.workspace.index.rows(Query(status=("accepted",))).total == 2


def test_ordering_has_an_address(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/table")
    page.get_by_role("link", name="Date", exact=True).click()
    expect(page).to_have_url(f"{shop.address}/table?order=date")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Date")
    expect(page.locator("#rows tbody tr").first).to_have_attribute("data-key", "r0#e1")
    page.get_by_role("link", name="Date", exact=True).click()
    expect(page.locator("#rows tbody tr").first).to_have_attribute("data-key", "r3#e1")
    page.go_back()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Date")


def test_anything_is_found_by_keyboard(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/sources")
    page.keyboard.press("Control+k")
    field = page.locator("#find-words")
    expect(field).to_be_focused()
    page.keyboard.type("corr")
    first = page.locator("#found [role=option]").first
    expect(first).to_contain_text("Corrie")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "found-1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{shop.address}/table?place=Corrie")
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("nowhere at all")
    expect(page.locator("#found")).to_contain_text("Nothing begins so")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{shop.address}/search?words=nowhere+at+all")


def test_a_word_narrows_what_is_shown_without_a_page_load(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.address}/search")
    page.evaluate("window.stays = true")
    page.get_by_label("Words").fill("harbour")
    page.keyboard.press("Enter")
    expect(page.locator(".summary strong")).to_have_text("1")
    expect(page).to_have_url(f"{shop.address}/search?view=rows&words=harbour")
    assert page.evaluate("window.stays") is True


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_can_use_the_pages(browser: Browser, shop: Shop, width: int, dark: bool) -> None:
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for address in PAGES:
        page.goto(shop.address + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.keyboard.press("Control+k")
    page.keyboard.type("arden")
    expect(page.locator("#found [role=option]").first).to_contain_text("Arden")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
