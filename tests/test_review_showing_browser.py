"""The map and the time line in a real browser: marks where they belong, filters, keys, and files to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.review.app import create_app
from dateline.review.showing import shown
from dateline.review.showing.drawing import whole_view
from dateline.review.showing.extents import Extents
from dateline.review.workspace import Workspace
from dateline.store.index.query import Query
from guard_cases import serving
from showing_cases import workspace_of_places
from test_review_showing import TEN, Towns

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""
MARKS = ".marks .mark"


@dataclass
class Shop:
    """A workspace behind a real server, and a browser that looks at it."""

    workspace: Workspace
    address: str
    browser: Browser

    @contextmanager
    def page(self, path: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Iterator[Page]:
        """A page; whatever goes wrong in it fails the test."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.add_init_script(LISTEN)
        page.goto(self.address + path)
        yield page
        assert not wrong, wrong
        if script:
            assert page.evaluate("window.refused") == []
        context.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Shop]:
    with workspace_of_places(tmp_path_factory.mktemp("shown") / "p") as workspace:
        workspace.__dict__["extents"] = Extents(cast("Gazetteer", Towns(*TEN)))
        with serving(create_app(workspace)) as address:
            yield Shop(workspace, address, browser)


def on_screen(page: Page) -> dict[str, tuple[float, float, int]]:
    """Where the marks are on the map, and how many rows each has."""
    expect(page.locator(MARKS).first).to_be_visible()
    told = page.locator(MARKS).evaluate_all(
        """nodes => nodes.map(node => {
            const shape = node.querySelector(".dot, .tag").getBoundingClientRect();
            const map = node.ownerSVGElement.getBoundingClientRect();
            return [node.dataset.key, shape.x + shape.width / 2 - map.x, shape.y + shape.height / 2 - map.y,
                    Number(node.dataset.rows)];
        })"""
    )
    return {key: (x, y, rows) for key, x, y, rows in told}


def test_marks_have_the_numbers_of_the_index_and_stand_at_their_places(shop: Shop) -> None:
    marks = {mark.key: mark for mark in shown.found_marks(shop.workspace, Query()) if mark.kind != "beside"}
    view = whole_view(list(marks.values()))
    with shop.page("/map?view=36.7,-1.4,37.2,-0.9") as page:
        found = on_screen(page)
        assert {"KE~town~Nairobi", "KE~town~Thika"} <= set(found)
        size = page.locator("svg.map").bounding_box()
        assert size is not None
        # What the browser drew is the server's own projection, enlarged: two points give the size of a degree.
        (x1, y1, rows), (x2, y2, other) = found["KE~town~Nairobi"], found["KE~town~Thika"]
        assert (rows, other) == (3, 1)
        nairobi, thika = marks["KE~town~Nairobi"], marks["KE~town~Thika"]
        across = (x2 - x1) / ((thika.lon or 0) - (nairobi.lon or 0))
        down = (y1 - y2) / ((thika.lat or 0) - (nairobi.lat or 0))
        wide, high = view.scale
        assert across / down == pytest.approx(wide / high, rel=0.01)
    with shop.page("/map") as page:
        found = on_screen(page)
        size = page.locator("svg.map").bounding_box()
        assert size is not None
        assert sum(rows for _, _, rows in found.values()) == sum(mark.rows for mark in marks.values())
        scale = size["width"] / 720
        for key, (x, y, _) in found.items():
            mark = marks[key]
            if mark.kind == "point":
                assert mark.lon is not None and mark.lat is not None
                left, top = view.at(mark.lon, mark.lat)
                assert (x, y) == pytest.approx((left * scale, top * scale), abs=1.0), key
        expect(page.locator(".ring[d]")).to_have_count(1)
        expect(page.locator(".area[d]")).to_have_count(1)


def test_a_filter_changes_map_numbers_and_address(shop: Shop) -> None:
    with shop.page("/map") as page:
        on_screen(page)
        page.locator("#choose-type summary").click()
        page.locator("input[name=type][value=ASSAULT]").check()
        expect(page).to_have_url(re.compile(r"/map\?type=ASSAULT$"))
        expect(page.locator(".covered")).to_contain_text("3 rows in 3 reports")
        expect(page.locator(MARKS)).not_to_have_count(0)
        assert sum(rows for _, _, rows in on_screen(page).values()) == 3
        expect(page.locator("#choose-type")).to_have_attribute("open", "")
        expect(page.locator("input[name=type][value=ASSAULT]")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#choose-type summary")).to_be_focused()
        page.get_by_role("link", name=re.compile("take this filter away")).click()
        expect(page.locator(".covered")).to_contain_text("12 rows in 6 reports")
        page.go_back()
        expect(page.locator(".covered")).to_contain_text("3 rows in 3 reports")


def test_a_mark_is_reached_and_picked_by_keyboard(shop: Shop) -> None:
    with shop.page("/map") as page:
        on_screen(page)
        page.locator("#zoom").focus()
        page.keyboard.press("+")
        page.keyboard.press("0")
        page.keyboard.press("Tab")
        first = page.locator(f"{MARKS}:focus")
        expect(first).to_have_count(1)
        before = first.get_attribute("aria-label")
        page.keyboard.press("ArrowUp")
        after = page.locator(f"{MARKS}:focus")
        expect(after).to_have_count(1)
        assert after.get_attribute("aria-label") != before
        expect(page.locator(".tip")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".tip")).to_be_hidden()
        name = (after.get_attribute("aria-label") or "").split(",")[0].split(":")[0]
        page.keyboard.press("Enter")
        expect(page.locator("#picked h2")).to_have_text(name)
        expect(page).to_have_url(re.compile("at="))
        expect(page.locator(f"{MARKS}.picked")).to_have_count(1)
        page.reload()
        expect(page.locator("#picked h2")).to_have_text(name)


def test_what_is_zoomed_to_has_an_address_and_is_taken_away_so(shop: Shop) -> None:
    with shop.page("/map") as page:
        on_screen(page)
        page.get_by_role("button", name="Zoom in").click()
        expect(page).to_have_url(re.compile(r"view=[-\d.]+%2C"))
        box = [float(one) for one in re.findall(r"[-\d.]+", page.url.partition("view=")[2].replace("%2C", ","))]
        expect(page.get_by_role("link", name="SVG")).to_have_attribute("href", re.compile("view="))
        page.reload()
        on_screen(page)
        again = [float(one) for one in re.findall(r"[-\d.]+", page.url.partition("view=")[2].replace("%2C", ","))]
        assert again == pytest.approx(box, abs=0.01)
        page.get_by_role("button", name="Whole map").click()
        expect(page).not_to_have_url(re.compile("view="))


@pytest.mark.parametrize("path", ["/map", "/timeline"])
def test_a_picture_is_taken_away(shop: Shop, path: str, tmp_path: Path) -> None:
    with shop.page(path) as page:
        with page.expect_download() as downloading:
            page.get_by_role("button", name="PNG").click()
        kept = tmp_path / "taken.png"
        downloading.value.save_as(kept)
        data = kept.read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20]) == 1440, "twice the drawing's 720 pixels"
        assert len(data) > 10_000


def test_bars_have_the_numbers_of_the_index_and_lead_to_their_rows(shop: Shop) -> None:
    times = shop.workspace.index.times(Query())
    with shop.page("/timeline") as page:
        bars = page.locator(".holds .mark")
        expect(bars).to_have_count(len(times.bars))
        assert [int(one) for one in bars.evaluate_all("all => all.map(one => one.dataset.rows)")] == [
            bar.rows for bar in times.bars
        ]
        tall = (
            page.locator("g.rows")
            .first.locator("rect")
            .evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        )
        most = max(tall) / max(bar.rows for bar in times.bars)
        assert [round(height / most) for height in tall if height > 0.5] == [bar.rows for bar in times.bars if bar.rows]
        expect(page.locator(".stretches .mark")).to_have_count(1)
        bars.first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator("#picked h2")).to_have_text("6 May 2024")
        expect(page).to_have_url(re.compile("at=2024-05-06"))
        page.get_by_role("link", name="Only these days").click()
        expect(page).to_have_url(re.compile("since=2024-05-06&until=2024-05-06"))


@pytest.mark.parametrize(("path", "name"), [("/map", "Nairobi"), ("/timeline", "4 May 2024")])
def test_without_script_all_is_there_to_read(shop: Shop, path: str, name: str) -> None:
    with shop.page(path, script=False) as page:
        expect(page.locator("noscript img")).to_be_visible()
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.locator("#picked h2")).to_have_text(name)
        page.locator("#filter-words").fill('"act 6"')
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".covered")).to_contain_text("2 rows in 1 report")


@pytest.mark.parametrize(
    "path", ["/map", "/map?type=ASSAULT&at=KE~town~Nairobi", "/timeline", "/timeline?at=2024-05-06/2024-05-06"]
)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (320, True)])
def test_axe_finds_nothing(shop: Shop, path: str, width: int, dark: bool) -> None:
    with shop.page(path, width=width, dark=dark) as page:
        expect(page.locator("svg .mark").first).to_be_visible()
        assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for opener in page.locator(".choose summary").all():
            opener.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_what_is_published_stands_alone_and_in_another_page(
    shop: Shop, browser: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    kept = tmp_path / "published.html"
    with shop.page("/map") as page:
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Page to publish").click()
        downloading.value.save_as(kept)
    (tmp_path / "host.html").write_text(
        '<!doctype html><title>Host</title><iframe src="published.html"></iframe>', "utf-8"
    )
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=True
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(kept.as_uri())
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("svg.map a", has=page.locator(".dot")).first.click()
    expect(page).to_have_url(re.compile("#place-"))
    page.goto((tmp_path / "host.html").as_uri())
    expect(page.frame_locator("iframe").get_by_role("heading", name="Places")).to_be_visible()
    assert {url.partition("#")[0] for url in asked} <= {kept.as_uri(), (tmp_path / "host.html").as_uri()}
    context.close()
