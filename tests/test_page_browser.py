"""The page in a real browser: what only a browser can tell. Skipped, with the reason, where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from dateline.evaluate import compare as evaluated
from dateline.evaluate.report import page as evaluation
from dateline.export.page import event, events, write
from dateline.export.page.folder import write_folder
from dateline.link.events.compare import compare
from dateline.link.model import Source
from dateline.model import Coding
from export_cases import empty_coding, hostile_coding, water_coding, water_report
from test_aggregate import account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    rows = tuple(replace(water_coding().events[i % 6], id=f"e{i}") for i in range(20))
    cases = {
        "water": [water_coding()],
        "several": [water_coding(), empty_coding(), hostile_coding()],
        "thousand": [replace(water_coding(), events=rows, suggestions=())] * 50,
        "towns": [towns_coding(n) for n in range(3)],
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
    with (folder / "events.html").open("w", encoding="utf-8", newline="") as out:
        events.write([compare(name, told) for name in ("e1", "e2")], out)
    gold, other = [water_coding(), hostile_coding()], [replace(water_coding(), events=()), hostile_coding()]
    with (folder / "evaluation.html").open("w", encoding="utf-8", newline="") as out:
        evaluation.write(evaluated(gold, other, resamples=20), gold, out)
    write_folder(cases["several"], folder / "folder")
    named = {name: folder / f"{name}.html" for name in (*cases, "event", "events", "evaluation")}
    return {**named, "folder": folder / "folder" / "index.html"}


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong for people who read by other means, each with an element."""
    from axe_playwright_python.sync_playwright import Axe

    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]


def towns_coding(n: int) -> Coding:
    """A report with events in four towns, two of them neighbours, and more of them the later the report is."""
    coding = water_coding(water_report(id=f"towns-{n}", publisher=f"Courier {n}"))
    march = coding.events[0]
    points = {"Lyon": (45.75, 4.85), "Villeurbanne": (45.77, 4.88), "Paris": (48.85, 2.35), "Lima": (-12.05, -77.04)}
    placed = [
        replace(march, id=f"{name}-{turn}", place=replace(coding.places[0], name=name, geonameid=at, lat=lat, lon=lon))
        for at, (name, (lat, lon)) in enumerate(points.items(), 1)
        for turn in range(at + n)
    ]
    return replace(coding, events=tuple(placed), suggestions=())


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


@pytest.mark.parametrize("name", ["water", "several", "thousand", "towns", "event", "events"])
def test_opens_from_a_file_without_errors_and_asks_for_nothing(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.new_page()
    watched = Watched(page, pages[name])
    if name not in {"water", "event"}:
        page.locator(".title, .row a").first.click()
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
    assert faults(page) == []
    boxes = [card.bounding_box() for card in page.locator(".beside .card").all()]
    assert len(boxes) == 4 and all(boxes)
    assert (boxes[0]["y"] == boxes[1]["y"]) == (width == 1200)  # type: ignore[index]
    page.locator(".timeline a", has_text="Wire").click()
    page.wait_for_url("**#a4")
    page.close()


def test_a_trigger_leads_to_its_card_and_the_card_back_to_its_words(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    page.locator(".words a.hit:has(mark.trigger)", has_text="detained").click()
    page.wait_for_url("**#r1-e2")
    card = page.locator("#r1-e2")
    assert card.evaluate("e => document.activeElement === e")
    assert "lit" in (card.get_attribute("class") or "")
    card.get_by_role("link", name="Show these words in the report (event 2)").click()
    page.wait_for_url("**#r1-v2-1")
    lit = page.locator(".words mark.lit").all_inner_texts()
    assert "".join(lit).startswith("17 January 2020Police detained at least 12 people near Bellecour")
    page.close()


def test_a_card_lights_its_words_under_the_pointer(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    expect(page.locator("mark.lit")).to_have_count(0)
    page.locator("#r1-e6 h4").hover()
    assert "march" in page.locator(".words mark.trigger.lit").all_inner_texts()
    expect(page.locator("a.dot.lit")).to_have_count(1)
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
    page.wait_for_url("**#r1-e2")
    expect(page.locator(".card:target")).to_have_count(1)
    page.locator("#show-places").first.uncheck()
    expect(page.locator(".words mark.place").first).to_be_visible()
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
    page.goto(pages["several"].as_uri() + "#r3")
    page.locator(".words").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(pages["events"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["several", "towns", "event", "events", "folder", "evaluation"])
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages[name].as_uri())
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    assert faults(page) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_filtered_opened_and_lit(
    browser: Browser, pages: dict[str, Path], scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages["several"].as_uri())
    page.locator("[data-filter=t]").select_option(index=1)
    assert faults(page) == []
    page.locator(".row a:visible").first.click()
    page.locator("#r1-e2 h4").hover()
    assert page.locator("mark.lit").count() > 0
    assert faults(page) == []
    page.close()


def test_a_screen_reader_finds_landmarks_and_names(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri())
    for role, name in (
        ("region", "Search and filter"),
        ("region", "What happened"),
        ("region", "When event mentions by"),
        ("region", "Where"),
        ("link", "Lyon, France and 2 more places: 3 event mentions"),
        ("region", "Reports"),
    ):
        expect(page.get_by_role(role, name=name).first, str((role, name))).to_be_visible()  # type: ignore[arg-type]
    page.locator(".row a").first.click()
    for role, name in (
        ("navigation", "Report 1 of 3"),
        ("article", "Event 1: Protest: demo"),
        ("region", "What was coded"),
        ("group", "Key"),
    ):
        expect(page.get_by_role(role, name=name).first, str((role, name))).to_be_visible()  # type: ignore[arg-type]
    for role in ("main", "banner", "contentinfo"):
        expect(page.get_by_role(role), str(role)).to_have_count(1)  # type: ignore[arg-type]
    expect(page.locator(".words").get_by_role("link", name="detained (event 2)")).to_have_count(1)
    page.close()


def test_printing_shows_the_whole_text(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["water"].as_uri())
    page.emulate_media(media="print")
    assert page.locator(".text").evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    expect(page.locator(".key")).not_to_be_visible()
    page.close()


def test_one_report_at_a_time_and_back_to_where_one_was(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1000, "height": 500})
    page.goto(pages["several"].as_uri())
    expect(page.locator(".report")).to_have_count(0)
    page.locator(".title").nth(2).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    page.locator(".title").nth(2).click()
    page.wait_for_url("**#r3")
    expect(page.locator(".report:visible")).to_have_id("r3")
    expect(page.locator(".overview")).not_to_be_visible()
    page.get_by_role("link", name="Previous", exact=True).click()
    expect(page.locator(".report:visible")).to_have_id("r2")
    page.go_back()
    expect(page.locator("#r3")).to_be_visible()
    page.get_by_role("link", name="All reports").click()
    expect(page.locator(".overview")).to_be_visible()
    expect(page.locator(".report")).to_have_count(0)
    page.wait_for_function("before => scrollY === before", arg=before)
    page.close()


def test_a_link_to_a_part_of_a_report_opens_it_and_lights_it(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri() + "#r1-e2")
    page.locator("#r1-e2:target").wait_for()
    expect(page.locator("#r1-e2.lit")).to_have_count(1)
    expect(page.locator("#r1-e2")).to_be_in_viewport()
    page.locator("#r1-e2").get_by_text("Why it was coded so").click()
    page.locator("#r1-e2 .because a").first.click()
    expect(page.locator(".types div:target")).to_be_visible()
    expect(page.locator("#r1"), "what a type means is told beside the report").to_be_visible()
    page.close()


COUNTS = """() => {
  const shown = (node) => node.checkVisibility();
  const sum = (nodes) => nodes.reduce((all, node) => all + Number(node.textContent), 0);
  for (const details of document.querySelectorAll(".group details, .ranked")) details.open = true;
  const rows = [...document.querySelectorAll(".row")].filter(shown);
  return {
    rows: rows.length,
    types: sum([...document.querySelectorAll(".shares > li > p > .count")].filter(shown)),
    placed: rows.filter((row) => row.dataset.p).length,
    places: sum([...document.querySelectorAll(".places .pin")].filter(shown)),
    dots: [...document.querySelectorAll("a.dot:not([hidden])")].reduce(
      (all, dot) => all + Number(/(\\d+) event mention/.exec(dot.querySelector("title").textContent)[1]), 0),
    bars: [...document.querySelectorAll(".line title")].reduce(
      (all, bar) => all + Number(/\\d+$/.exec(bar.textContent)[0]), 0),
    dated: rows.filter((row) => row.dataset.b).length,
  };
}"""


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({}, 42),
        ({"p": "Paris, France"}, 0),
        ({"s": "Courier 0 (10)"}, 10),
        ({"since": "2020-01-18"}, 0),
        ({"until": "2020-01-17"}, 42),
        ({"k": "0.9"}, 0),
        ({"k": "0.7"}, 42),
        ({"words": "LIMA according"}, 15),
    ],
)
def test_whatever_is_filtered_every_count_is_of_the_same_rows(
    browser: Browser, pages: dict[str, Path], filters: dict[str, str], rows: int
) -> None:
    page = browser.new_page()
    page.goto(pages["towns"].as_uri())
    total = page.evaluate(COUNTS)["rows"]
    for name, value in filters.items():
        control = page.locator(f"[data-filter={name}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            option = control.locator("option", has_text=value.split(",")[0])
            control.select_option(value if name == "k" else option.first.get_attribute("value"))
        else:
            control.fill(value)
            control.dispatch_event("change")
    counted = page.evaluate(COUNTS)
    assert counted["types"] == counted["rows"]
    assert counted["places"] == counted["dots"] == counted["placed"]
    assert counted["bars"] == counted["dated"]
    assert page.locator(".shown").inner_text().startswith(f"{counted['rows']:,}")
    if name_of := filters.get("p"):
        assert 0 < counted["rows"] < total and name_of
    else:
        assert counted["rows"] == (rows if filters else total)
    page.get_by_role("button", name="Clear").click() if filters else None
    assert page.evaluate(COUNTS)["rows"] == total
    page.close()


def test_words_of_a_text_are_found_though_nothing_was_coded_of_them(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri())
    page.locator("[data-filter=words]").fill("bread sold")
    page.locator(".shown", has_text="in 1 of 3 reports").wait_for()
    expect(page.locator(".group:visible")).to_have_count(1)
    assert page.locator(".group:visible").inner_text().startswith("quiet-1")
    page.locator("[data-filter=words]").fill("<img src=x")
    page.locator(".shown", has_text="1 of").wait_for()
    page.locator("[data-filter=words]").fill("nowhere to be read")
    page.locator(".nothing").wait_for()
    page.close()


def test_a_type_and_a_bar_are_picked_by_a_click_and_let_go_by_another(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri())
    pick = page.get_by_role("button", name="Protest", exact=True)
    pick.focus()
    page.keyboard.press("Enter")
    assert pick.get_attribute("aria-pressed") == "true"
    expect(page.locator(".shown")).to_have_text("2 of 7 event mentions, in 1 of 3 reports")
    pick.click()
    expect(page.locator(".shown")).to_have_text("7 event mentions in 3 reports")
    page.locator(".line g").first.click()
    assert page.locator("[data-filter=since]").input_value() != ""
    page.close()


def test_places_too_near_are_one_circle_until_the_map_is_enlarged(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["towns"].as_uri())
    where = "all => all.map(e => [e.querySelector('title').textContent.split('\\n')[0], e.getAttribute('transform')])"
    dots = page.locator("a.dot:not([hidden])")
    labels = dict(dots.evaluate_all(where))
    assert set(labels) == {
        "Lima, France: 15 event mentions",
        "Paris, France and 2 more places: 27 event mentions",
    }
    page.get_by_role("link", name="Paris, France and 2 more places").locator("circle").click()
    page.get_by_role("link", name="Paris, France: 12 event mentions").wait_for()
    page.get_by_role("link", name="Villeurbanne, France and 1 more place").locator("circle").click()
    page.get_by_role("link", name="Lyon, France: 6 event mentions").wait_for()
    expect(page.get_by_role("link", name="Villeurbanne, France: 9 event mentions")).to_have_count(1)
    page.get_by_role("button", name="Whole map").click()
    assert dict(dots.evaluate_all(where)) == labels, "every circle is back at its own point"
    page.close()


def test_the_map_is_moved_and_enlarged_by_keys_and_points_keep_to_the_ground(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(pages["towns"].as_uri())
    page.locator(".zoom").focus()
    for key in ("+", "+", "ArrowLeft", "ArrowUp", "-"):
        page.keyboard.press(key)
    off = page.evaluate("""() => {
      const ground = document.querySelector(".ground").getScreenCTM();
      return Math.max(...[...document.querySelectorAll("a.dot:not([hidden])")].map((dot) => {
        const [x, y] = dot.dataset.at.split(" ").map(Number);
        const want = new DOMPoint(x, y).matrixTransform(ground);
        const is = new DOMPoint(0, 0).matrixTransform(dot.getScreenCTM());
        return Math.hypot(want.x - is.x, want.y - is.y);
      }));
    }""")
    assert page.locator(".ground").get_attribute("transform") != "translate(0,0) scale(1)"
    assert off < 0.01
    page.close()


def test_a_click_on_a_place_leaves_what_is_told_of_it(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["towns"].as_uri())
    page.get_by_role("link", name="Lima, France").locator("circle").click()
    expect(page.locator(".shown")).to_have_text("15 of 42 event mentions, in 3 of 3 reports")
    page.close()


def test_a_narrow_screen_begins_with_what_happened(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(pages["towns"].as_uri())
    expect(page.locator("[data-filter=t]")).not_to_be_visible()
    box = page.get_by_role("heading", name="What happened").bounding_box()
    assert box and box["y"] < 600
    page.get_by_text("Filters", exact=True).click()
    expect(page.locator("[data-filter=s]")).to_be_visible()
    page.close()


def test_many_reports_cost_no_elements_until_they_are_opened(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["thousand"].as_uri())
    elements = page.evaluate("document.getElementsByTagName('*').length")
    expect(page.locator(".row")).to_have_count(1000)
    assert elements < 14 * 1000
    page.close()


def test_paper_gets_what_the_filters_leave(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["several"].as_uri())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".report")).to_have_count(3)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".report")).to_have_count(0)
    page.get_by_role("button", name="Protest", exact=True).click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".report:visible")).to_have_id("r1")
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_folder_of_pages_is_read_from_page_to_page(browser: Browser, pages: dict[str, Path], script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(pages["folder"].as_uri())
    assert page.locator(".filter").is_visible() == script
    page.locator(".title").first.click()
    page.wait_for_url("**r1.html#r1")
    page.get_by_role("link", name="Next", exact=True).click()
    page.wait_for_url("**r2.html")
    page.get_by_role("link", name="All reports").click()
    page.wait_for_url("**index.html#list")
    page.locator(".tolls a").first.click()
    assert "r1.html#r1-e" in page.url
    expect(page.locator(".card:target")).to_be_visible()
    context.close()


def test_an_event_of_a_project_is_opened_from_the_list(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(pages["events"].as_uri())
    page.locator(".row a").first.click()
    page.wait_for_url("**#v1")
    expect(page.get_by_role("region", name="Numbers, and who gives them")).to_be_visible()
    expect(page.locator(".agreed .claims"), "agreement is folded").not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".timeline a").first.click()
    page.wait_for_url("**#v1-a1")
    page.get_by_role("link", name="All events").click()
    expect(page.locator("#list")).to_be_visible()
    page.close()


def test_without_script_every_report_stands_below_the_first_screen(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["several"].as_uri())
    expect(page.locator(".report")).to_have_count(3)
    expect(page.locator(".filter")).not_to_be_visible()
    expect(page.locator(".buttons")).not_to_be_visible()
    expect(page.locator("a.dot")).to_have_count(4)
    expect(page.locator(".tolls a").first).to_be_visible()
    context.close()
