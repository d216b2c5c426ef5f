"""Events in a real browser: sources in parallel, one event or two by keyboard alone, and what is confidential."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dateline.review.app import create_app
from dateline.review.events.deciding import together
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.marks import is_confidential
from dateline.store.review.people import Person
from guard_cases import serving
from store_cases import MARCHES, event_of, groups, project_with, told
from test_page_browser import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BAD = " <img src=x onerror=alert(1)><script>alert(2)</script> " + "Donaudampfschifffahrtsgesellschaft" * 6
ANN = Person("ann", "Ann Editor", "coder")


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[Project, str]]:
    texts = (*MARCHES, told(4, "Brook", "Nurses marched", BAD))
    with project_with(tmp_path / "p", *texts) as project:
        index = Index.open(project)
        index.catch_up()
        with serving(create_app(Workspace(project, index, ANN))) as address:
            yield project, address
        index.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    made = context.new_page()
    made.set_default_timeout(10_000)
    yield made
    context.close()


def both(project: Project, address: str) -> str:
    """An event of three reports, two of one town and one of another."""
    index = Index.open(project)
    try:
        one, other = event_of(project, "r0#e1"), event_of(project, "r4#e1")
        return f"{address}/events/{together(Workspace(project, index, ANN), one, other, ANN)}"
    finally:
        index.close()


def test_sources_stand_side_by_side_and_lead_to_their_rows(at: tuple[Project, str], page: Page) -> None:
    project, address = at
    page.goto(both(project, address))
    table = page.locator("table.parallel")
    expect(table.locator("thead th")).to_have_count(3)
    expect(table.locator("tr.differs")).to_have_count(1)
    tops = [cell.bounding_box() for cell in table.locator("tr", has_text="who says so").locator("td").all()]
    assert len({round(box["y"]) for box in tops if box}) == 1
    page.get_by_label("source 3").first.click()
    expect(table.locator("thead th:target")).to_contain_text("Paper 4")
    expect(table.locator('a[href="/reports/r4?row=e1"]')).to_have_count(1)


def test_two_events_become_one_and_two_again_by_keyboard_alone(at: tuple[Project, str], page: Page) -> None:
    project, address = at
    one, other = event_of(project, "r2#e1"), event_of(project, "r3#e1")
    page.goto(f"{address}/events/{one}")
    field = page.get_by_label("The id of another that is the same")
    field.focus()
    page.keyboard.type(other)
    page.keyboard.press("Tab")
    page.keyboard.type("one march")
    page.keyboard.press("Enter")
    expect(page.get_by_text("tell of the same event")).to_be_visible()
    assert frozenset({"r2#e1", "r3#e1"}) in groups(project)
    page.get_by_role("checkbox").last.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("two towns")
    page.keyboard.press("Enter")
    expect(page.get_by_text("tell of different events")).to_be_visible()
    assert {frozenset({"r2#e1"}), frozenset({"r3#e1"})} <= groups(project)


def test_an_event_is_marked_and_the_mark_taken_away(at: tuple[Project, str], page: Page) -> None:
    project, address = at
    id = event_of(project, "r2#e1")
    page.goto(f"{address}/events/{id}")
    page.get_by_role("button", name="It is confidential").click()
    expect(page.get_by_text("Marked by Ann Editor")).to_be_visible()
    assert is_confidential(project, "event", id)
    page.get_by_role("button", name="It may leave the project").click()
    expect(page.get_by_role("button", name="It is confidential")).to_be_visible()
    assert not is_confidential(project, "event", id)


def test_filters_of_the_list_are_in_its_address(at: tuple[Project, str], page: Page) -> None:
    _, address = at
    page.goto(f"{address}/events")
    page.get_by_label("Words").fill("Fishers")
    page.get_by_label("Words").press("Enter")
    expect(page.locator("table.events tbody tr")).to_have_count(1)
    expect(page).to_have_url(f"{address}/events?words=Fishers")
    page.reload()
    expect(page.locator("table.events tbody tr")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_nothing_and_nothing_runs(
    at: tuple[Project, str],
    browser: Browser,
    scheme: str,
    width: int,
) -> None:
    project, address = at
    before = {event_of(project, mention) for mention in ("r0#e1", "r4#e1")}
    event = both(project, address)
    gone = next(id for id in before if id not in event)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("console", lambda told: said.append(told.text))
    paths = (f"{address}/events", event, f"{address}/events/{gone}", f"{address}/confidential?kind=report&about=r1")
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    context.close()
