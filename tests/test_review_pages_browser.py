"""Every page of the workspace in a real browser: readable by everybody, on a phone, in the dark, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dateline.review.app import create_app
from dateline.review.web.page import MENU
from dateline.store.index.query import Query
from guard_cases import serving
from review_cases import desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PLACES = (
    *(entry.address for entry in MENU),
    "{report}",
    "{report}?with={coding}",
    "{event}",
    "/feed",
    "/adjudicate",
    "/api",
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of every page, by how it is called here."""
    with desk(tmp_path_factory.mktemp("pages") / "project") as made, serving(create_app(made.workspace())) as address:
        event = next(iter(made.index.events(Query()).lines)).id
        report = "/reports/" + quote("press/water 1")
        named = {"report": report, "coding": "5", "event": f"/events/{event}"}
        yield {place: address + place.format(**named) for place in PLACES}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_serves_everybody(browser: Browser, places: dict[str, str], place: str) -> None:
    for width, scheme in ((1280, "light"), (1280, "dark"), (320, "light")):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)  # noqa: B023
        page.on("pageerror", lambda error: wrong.append(str(error)))  # noqa: B023
        answer = page.goto(places[place])
        assert answer is not None and answer.ok, (place, answer and answer.status)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (place, width)
        found = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]
        assert found == [], (place, width, scheme)
        assert wrong == [], place
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        context.close()
