"""The codebook, the log and the page of the API in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dateline.review.app import create_app
from guard_cases import serving
from review_cases import desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("DATELINE_PICTURES")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with desk(tmp_path_factory.mktemp("knowing") / "p") as made, serving(create_app(made.workspace())) as served:
        yield served


@pytest.fixture(params=[(1280, "light"), (320, "dark")], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    made = context.new_page()
    made.set_default_timeout(10_000)
    wrong: list[str] = []
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    yield made
    assert wrong == []
    assert made.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(made).response["violations"]] == []
    if PICTURES:
        made.screenshot(path=Path(PICTURES) / f"{request.node.name}.png")
    context.close()


def test_the_chain_is_checked_in_place_and_rows_are_filtered(page: Page, address: str) -> None:
    page.goto(f"{address}/log")
    page.get_by_role("link", name="Check the chain").click()
    expect(page.locator("#checked")).to_contain_text("rows are as they were written")
    expect(page).to_have_url(f"{address}/log")
    page.locator("select[name=what]").select_option("added")
    page.locator("input[name=about]").fill("press/water 1")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="press/water 1")).to_have_attribute("href", "/reports/press/water%201")


def test_a_type_leads_from_its_definition_to_its_rows(page: Page, address: str) -> None:
    page.goto(f"{address}/codebook")
    page.get_by_role("link", name="PROTEST", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("PROTEST")
    expect(page.locator(".examples li").first).to_contain_text("gives")
    page.locator("details summary").first.click()
    expect(page.locator("details .words").first).to_be_visible()
    expect(page.locator('main a[href="/table?type=PROTEST"]')).to_contain_text("rows")


def test_the_page_of_the_api_opens_what_an_operation_takes(page: Page, address: str) -> None:
    page.goto(f"{address}/api#decide")
    taken = page.locator("#decide")
    taken.get_by_text("What it takes").click()
    expect(taken.locator("pre").first).to_contain_text('"verb": "correct"')
