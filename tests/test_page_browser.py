"""The page in a real browser: what only a browser can tell. Skipped, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from dateline.export.page import event, write
from dateline.link.events.compare import compare
from dateline.link.model import Source
from export_cases import empty_coding, hostile_coding, water_coding
from test_aggregate import account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

CONTRAST = """() => {
  // Channels are read back from a canvas, so that every way of writing a colour is understood.
  const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#ffffff");
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || node.closest("script, style, .unseen, svg") || !node.checkVisibility()) continue;
    const [a, b] = [light(rgba(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.add(`${node.tagName}.${node.className}: ${ratio.toFixed(2)}`);
  }
  return [...faint];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DATELINE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no browser: install Chromium or name one in DATELINE_BROWSER")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    events = tuple(replace(water_coding().events[i % 6], id=f"e{i}") for i in range(20))
    cases = {
        "water": [water_coding()],
        "several": [water_coding(), empty_coding(), hostile_coding()],
        "thousand": [replace(water_coding(), events=events, suggestions=())] * 50,
    }
    for name, codings in cases.items():
        with (folder / f"{name}.html").open("w", encoding="utf-8", newline="") as out:
            write(codings, out)
    told = [
        account("wire", "Wire"),
        account("union", "<script>alert(1)</script>", speaker="union", killed=12),
        account("copy", "Daily", original="wire"),
        account("state", modality="negated", speaker="police", source=Source("State", "Owner", "party")),
    ]
    with (folder / "event.html").open("w", encoding="utf-8", newline="") as out:
        event.write(compare("e1", told), out)
    return {name: folder / f"{name}.html" for name in (*cases, "event")}


class Watched:
    """A browser page with everything it logged and asked for."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.logged: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.logged.append(message.text))
        page.on("pageerror", lambda error: self.logged.append(str(error)))
        page.on("dialog", lambda dialog: (self.logged.append(dialog.message), dialog.dismiss())[1])
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(path.as_uri())


@pytest.mark.parametrize("name", ["water", "several", "thousand", "event"])
def test_opens_from_a_file_without_errors_and_asks_for_nothing(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.new_page()
    watched = Watched(page, pages[name])
    page.locator(".card").first.hover()
    page.wait_for_timeout(50)
    assert watched.logged == []
    assert watched.asked == [pages[name].as_uri()]
    # The style is applied: the policy's hash is that of the style the browser sees.
    assert page.locator(".number").first.evaluate("e => getComputedStyle(e).textAlign") == "center"
    page.close()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_event_shows_its_sources_side_by_side_and_readably(
    browser: Browser, pages: dict[str, Path], width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(pages["event"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CONTRAST) == []
    boxes = [card.bounding_box() for card in page.locator(".beside .card").all()]
    assert len(boxes) == 4 and all(boxes)
    assert (boxes[0]["y"] == boxes[1]["y"]) == (width == 1200)  # type: ignore[index]
    page.locator(".timeline a", has_text="Wire").click()
    assert page.url.endswith("#a4")
    page.close()


def test_a_trigger_leads_to_its_card_and_the_card_back_to_its_words(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    page.locator(".words a.hit:has(mark.trigger)", has_text="detained").click()
    assert page.url.endswith("#r1-e2")
    card = page.locator("#r1-e2")
    assert card.evaluate("e => document.activeElement === e")
    assert "lit" in (card.get_attribute("class") or "")
    card.get_by_role("link", name="Show these words in the report (event 2)").click()
    assert page.url.endswith("#r1-v2-1")
    lit = page.locator(".words mark.lit").all_inner_texts()
    assert "".join(lit).startswith("17 January 2020Police detained at least 12 people near Bellecour")
    page.close()


def test_a_card_lights_its_words_under_the_pointer(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    assert page.locator("mark.lit").count() == 0
    page.locator("#r1-e6 h4").hover()
    assert "march" in page.locator(".words mark.trigger.lit").all_inner_texts()
    assert page.locator("a.dot.lit").count() == 1
    page.close()


def test_the_keyboard_alone_is_enough(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.hit:has(mark.trigger)')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "r1-e1"
    page.close()


def test_everything_can_be_read_and_followed_without_script(browser: Browser, pages: dict[str, Path]) -> None:
    # The page scrolls smoothly to what is followed: a click that lands while it moves hits something else.
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto(pages["several"].as_uri())
    page.locator(".words a.hit:has(mark.trigger)", has_text="detained").click()
    assert page.url.endswith("#r1-e2")
    assert page.locator(".card:target").count() == 1
    page.locator("#show-places").first.uncheck()
    assert page.locator(".words mark.place").first.is_visible()
    context.close()


def test_the_key_hides_a_layer(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    style = "e => getComputedStyle(e).borderBottomStyle"
    place = page.locator(".words mark.place").first
    assert place.evaluate(style) == "dotted"
    page.get_by_role("checkbox", name="place").uncheck()
    assert place.evaluate(style) == "none"
    page.close()


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, pages: dict[str, Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages["several"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Browser, pages: dict[str, Path], scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(pages["several"].as_uri())
    assert page.evaluate(CONTRAST) == []
    page.locator("#r1-e2 h4").hover()
    assert page.locator("mark.lit").count() > 0
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_a_screen_reader_finds_landmarks_and_names(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri())
    for role, name in (
        ("navigation", "Reports"),
        ("region", "Where"),
        ("article", "Event 1: Protest: demo"),
        ("region", "What was coded"),
        ("link", "Place 1: Lyon, France"),
        ("group", "Key"),
    ):
        assert page.get_by_role(role, name=name).first.is_visible(), (role, name)  # type: ignore[arg-type]
    for role in ("main", "banner", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
    assert page.locator(".words").get_by_role("link", name="detained (event 2)").count() == 1
    page.close()


def test_printing_shows_the_whole_text(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    page.emulate_media(media="print")
    assert page.locator(".text").evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    assert not page.locator(".key").is_visible()
    page.close()
