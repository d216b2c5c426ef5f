"""Reviewers at their desk in a real browser: by keyboard, by pointer, and across sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from correction_cases import code_by
from dateline.export.words import reviewed
from dateline.model import Coding, EventMention
from dateline.review.app import create_app
from dateline.review.deciding import held
from dateline.review.workspace import Workspace
from deciding_cases import ANN, workspace_of
from guard_cases import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""


@dataclass
class Shop:
    """A workspace behind a real server, and a browser that looks at it."""

    workspace: Workspace
    address: str
    browser: Browser

    @contextmanager
    def page(self, path: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Iterator[Page]:
        """A page, in a session of its own; whatever goes wrong in it fails the test."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.add_init_script(LISTEN)
        page.goto(self.address + path)
        if script and page.locator("#decide").count():
            # Before that its buttons are those of a plain form, and lead to a page of their own.
            page.wait_for_selector("#decide[data-htmx-powered]", state="attached")
        yield page
        if script:
            assert page.evaluate("window.refused") == []
        # A refusal of the server is told to the person; the browser writes it down as an error too.
        assert [said for said in wrong if "status of 4" not in said] == []
        context.close()

    def now(self, report: str = "one") -> Coding:
        return held(self.workspace, report, ANN).coding

    def row(self, name: str, report: str = "one") -> EventMention:
        return next(event for event in self.now(report).rows if event.id == name)


@pytest.fixture
def shop(made: Path, tmp_path: Path, browser: Browser) -> Iterator[Shop]:
    with workspace_of(made, tmp_path) as workspace, serving(create_app(workspace)) as address:
        yield Shop(workspace, address, browser)


def focus(page: Page) -> str:
    return page.locator(".card.focus").get_attribute("data-row") or ""


def on_row(page: Page, name: str) -> None:
    expect(page.locator(".card.focus")).to_have_attribute("data-row", name)


def test_a_queue_is_decided_on_by_single_keys(shop: Shop) -> None:
    with shop.page("/queue") as page:
        seen = []
        for _ in range(3):
            card = page.locator(".card.focus")
            expect(card.locator("blockquote.evidence").first.locator(".within")).to_be_visible()
            key = f"{page.locator('#desk').get_attribute('data-report')} {focus(page)}"
            assert key not in seen
            seen.append(key)
            page.keyboard.press("a")
            expect(page.locator("#said")).to_contain_text("Accepted")
            expect(page.locator(".queuebar")).to_contain_text(f"{12 - len(seen)} to decide")
        for key in seen:
            report, name = key.split(" ")
            assert reviewed(shop.row(name, report)) == "accepted by Ann"


def test_space_goes_on_without_a_decision_and_x_rejects(shop: Shop) -> None:
    with shop.page("/queue") as page:
        first = page.locator(".card.focus").get_attribute("data-row"), page.url
        page.keyboard.press("Space")
        expect(page).not_to_have_url(first[1])
        expect(page.locator(".queuebar")).to_contain_text("12 to decide")
        report, name = page.locator("#desk").get_attribute("data-report") or "", focus(page)
        page.keyboard.press("x")
        expect(page.locator("#said")).to_contain_text("Rejected")
        expect(page.locator(".queuebar")).to_contain_text("11 to decide")
        assert name not in {event.id for event in shop.now(report).rows}
        # What is shown has an address, and a browser goes back to it.
        there = page.url
        page.keyboard.press("Space")
        expect(page).not_to_have_url(there)
        page.go_back()
        expect(page).to_have_url(there)
        expect(page.locator(".card.focus")).to_be_visible()


def test_what_was_decided_is_undone_in_another_session_and_done_again(shop: Shop) -> None:
    with shop.page("/reports/one?row=e2") as page:
        page.keyboard.press("x")
        expect(page.locator("#said")).to_contain_text("Rejected")
        page.wait_for_function("document.querySelector('.card.focus').dataset.row !== 'e2'")
    assert "e2" not in {event.id for event in shop.now().rows}
    with shop.page("/reports/one") as page:
        page.keyboard.press("Backspace")
        on_row(page, "e2")
        assert reviewed(shop.row("e2")) is None
        page.keyboard.press("Shift+Backspace")
        expect(page.locator("#said")).to_contain_text("Did again")
        assert "e2" not in {event.id for event in shop.now().rows}
        page.locator("#history summary").click()
        expect(page.locator("#history li")).to_have_count(3)


def test_a_value_is_corrected_with_its_reason(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1") as page:
        page.keyboard.press("e")
        page.get_by_label("Place", exact=True).first.fill("Bordeaux")
        page.keyboard.press("Escape")
        expect(page.locator(".field.changed")).to_have_count(1)
        page.keyboard.press("r")
        page.keyboard.type("the headline names it")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#said")).to_contain_text("Corrected")
        place = shop.row("e1").place
        assert place is not None and place.name == "Bordeaux"
        assert (reviewed(shop.row("e1")) or "").startswith("corrected by Ann")
        page.locator("#history summary").click()
        expect(page.locator("#history")).to_contain_text("the headline names it")


def test_a_digit_sets_the_type_and_the_row_stays_in_focus(shop: Shop) -> None:
    with shop.page("/reports/one?row=e3") as page:
        name = page.locator('[data-digit="3"]').get_attribute("value")
        page.keyboard.press("3")
        expect(page.locator("#said")).to_contain_text("Corrected")
        on_row(page, "e3")
        assert shop.row("e3").type == name


def test_a_value_that_cannot_be_is_refused_in_words_and_nothing_is_lost(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1") as page:
        page.keyboard.press("e")
        page.get_by_label("Date", exact=True).first.fill("the day before")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#said .note")).to_be_visible()
        expect(page.get_by_label("Date", exact=True).first).to_have_value("the day before")
        assert reviewed(shop.row("e1")) is None


def test_a_row_is_split_into_two_events(shop: Shop) -> None:
    with shop.page("/reports/one?row=e2") as page:
        page.keyboard.press("s")
        second = page.locator("#split .part").nth(1)
        second.get_by_label("Place", exact=True).fill("Bordeaux")
        page.locator("#split").get_by_role("button", name="Split").click()
        expect(page.locator("#said")).to_contain_text("Split")
        places = {event.place.name for event in shop.now().events if event.type == "COERCE" and event.place}
        assert places == {"Bellecour, Lyon", "Bordeaux"}


def test_rows_are_merged_and_the_other_is_kept_as_left_out(shop: Shop) -> None:
    with shop.page("/reports/one?row=e3") as page:
        page.keyboard.press("m")
        page.locator('#merge input[value="e5"]').check()
        page.locator("#merge").get_by_role("button", name="Merge").click()
        expect(page.locator("#said")).to_contain_text("Merged")
        on_row(page, "e3")
        assert "e5" not in {event.id for event in shop.now().rows}
        assert any("merged into" in one.why for one in shop.now().left_out)


SELECT = """() => {
  const walker = document.createTreeWalker(document.getElementById("words"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf("tear gas");
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 8);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


def test_a_missed_event_is_added_by_selecting_its_words(shop: Shop) -> None:
    with shop.page("/reports/one") as page:
        page.evaluate(SELECT)
        page.get_by_role("button", name="Add an event from these words").click()
        expect(page.get_by_label("Words of the report that tell it")).to_have_value("tear gas")
        page.locator("#adding").get_by_label("Type", exact=True).select_option("PROTEST")
        page.locator("#adding").get_by_role("button", name="Add").click()
        expect(page.locator("#said")).to_contain_text("Added")
        expect(page.locator(".card.focus .pill.added")).to_be_visible()
        made = shop.row(focus(page))
        assert made.type == "PROTEST" and made.trigger.quote == "tear gas"
        assert made.evidence[0].quote.startswith("“The so-called rescuers")


def test_a_person_stands_beside_the_machine_and_takes_its_value_back(shop: Shop) -> None:
    with shop.page("/reports/one?row=e5") as page:
        page.keyboard.press("1")
        expect(page.locator("#said")).to_contain_text("Corrected")
        page.goto(f"{shop.address}/reports/one?with=machine")
        differing = page.locator("tr.differs")
        expect(differing).to_have_count(1)
        expect(differing.get_by_role("rowheader")).to_contain_text("What")
        differing.get_by_role("button", name="Take this").click()
        expect(page.locator("tr.differs")).to_have_count(0)
        assert shop.row("e5").type == "ASSAULT"


def test_keys_can_be_others_and_be_switched_off(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1") as page:
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_be_visible()
        dialog.locator('[data-remaps="accept"]').click()
        page.keyboard.press("q")
        expect(dialog.locator('[data-shows="accept"]')).to_have_text("q")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        page.keyboard.press("q")
        expect(page.locator("#said")).to_contain_text("Accepted")
        assert reviewed(shop.row("e1")) == "accepted by Ann"
        page.keyboard.press("?")
        page.get_by_label("Keys without Ctrl are on").uncheck()
        page.keyboard.press("Escape")
        row = focus(page)
        page.keyboard.press("q")
        page.keyboard.press("x")
        on_row(page, row)
    assert reviewed(shop.row(row)) is None


def test_desk_and_queue_are_used_without_script(shop: Shop) -> None:
    with shop.page("/queue", script=False) as page:
        report, name = page.locator("#desk").get_attribute("data-report") or "", focus(page)
        page.get_by_role("button", name="Accept").click()
        expect(page.locator(".queuebar")).to_contain_text("11 to decide")
        assert reviewed(shop.row(name, report)) == "accepted by Ann"


@pytest.mark.parametrize(
    "path",
    ["/queue", "/queue?view=list", "/reports/one?row=e2&marks=all", "/reports/two?with=machine&rows=all"],
)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_fit_and_are_clean_of_barriers(shop: Shop, path: str, width: int, dark: bool) -> None:
    with shop.page(path, width=width, dark=dark) as page:
        for box in page.locator("main details").all():
            box.evaluate("node => { node.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def undated(coding: Coding) -> Coding:
    return replace(coding, events=tuple(replace(event, date=None) for event in coding.events))


def test_a_newer_coding_is_suggested_again_and_taken(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1") as page:
        page.keyboard.press("a")
        expect(page.locator("#said")).to_contain_text("Accepted")
        code_by(shop.workspace.project, undated)
        page.reload()
        again = page.locator(".again")
        expect(again).to_be_visible()
        before = again.locator("li").count()
        again.get_by_role("button", name="Leave it").first.click()
        expect(page.locator(".again li")).to_have_count(before - 1)


def test_a_row_that_only_a_newer_coding_has_is_taken_into_the_persons_own(shop: Shop) -> None:
    def without_e4(coding: Coding) -> Coding:
        return replace(coding, events=tuple(event for event in coding.events if event.id != "e4"))

    code_by(shop.workspace.project, without_e4, "8")
    shop.workspace.index.catch_up()
    with shop.page("/reports/one?row=e1") as page:
        page.keyboard.press("a")
        expect(page.locator("#said")).to_contain_text("Accepted")
        expect(page.locator(".again")).to_have_count(0)
        assert all(event.id != "e4" for event in shop.now().rows)
        code_by(shop.workspace.project, lambda coding: coding, "9")
        page.reload()
        expect(page.get_by_role("heading", name="A newer coding suggests 1 change")).to_be_visible()
        assert len(shop.now().events) == len(without_e4(shop.now()).events), "nothing is put in unasked"
        page.locator(".again").get_by_role("button", name="Take it").click()
        expect(page.locator(".again")).to_have_count(0)
        taken = next(event for event in shop.now().rows if event.id.startswith("e4") or event.id.startswith("h"))
        assert reviewed(taken) == "accepted by Ann"
        page.keyboard.press("Backspace")
        expect(page.locator(".again li")).to_have_count(1)


def test_flag_and_state_keep_the_row_in_focus(shop: Shop) -> None:
    with shop.page("/reports/one?row=e4") as page:
        page.keyboard.press("f")
        expect(page.locator("#said")).to_contain_text("Flagged")
        on_row(page, "e4")
        page.keyboard.press("t")
        page.locator("#state").select_option("help needed")
        page.locator(".state").get_by_role("button", name="Set").click()
        expect(page.locator("#said")).to_contain_text("help needed")
        on_row(page, "e4")
        page.keyboard.press("Backspace")
        expect(page.locator("#state")).to_have_value("to do")


def test_a_row_whose_sentence_is_out_of_sight_is_not_decided_on(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1", width=320) as page:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.keyboard.press("a")
        expect(page.locator(".card.focus .within")).to_be_in_viewport()
        assert reviewed(shop.row("e1")) is None
        page.keyboard.press("a")
        expect(page.locator("#said")).to_contain_text("Accepted")
        # What comes next has its sentence in sight without a hand's turn.
        expect(page.locator(".card.focus .within")).to_be_in_viewport()


def test_what_others_say_of_a_report_is_read_at_its_desk(shop: Shop) -> None:
    with shop.page("/reports/one") as page:
        page.locator("#comments summary").click()
        page.locator("#comments").get_by_role("textbox", name="Comment").fill("Is this the same march?")
        page.locator("#comments").get_by_role("button", name="Say it").click()
        expect(page.locator("#comments .said-here")).to_contain_text("Is this the same march?")


def test_words_of_another_row_lead_to_it(shop: Shop) -> None:
    with shop.page("/reports/one?row=e1") as page:
        page.locator("#words a.hit", has_text="detained").click()
        on_row(page, "e2")
        expect(page).to_have_url(f"{shop.address}/reports/one?row=e2")
        page.keyboard.press("j")
        on_row(page, "e3")
        page.keyboard.press("k")
        on_row(page, "e2")
