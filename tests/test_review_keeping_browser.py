"""Logging in and the settings in a real browser: by keyboard, in both schemes, on a narrow screen, for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyotp
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import expect

from dateline.review.guard import keeping, passwords
from dateline.review.guard.door import Door
from guard_cases import PASSWORD, Shop, serving, shop
from test_page_browser import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[Shop, str]]:
    with shop(tmp_path, door=Door(frozenset(("127.0.0.1",)))) as made, serving(made.app) as address:
        yield made, address


def typed(page: Page, *parts: str) -> None:
    """The parts typed one after another, with the tabulator between them, and the last one sent.

    Typing begins where the page puts it, once it has.
    """
    expect(page.locator("input:focus")).to_have_count(1)
    for n, part in enumerate(parts):
        if n:
            page.keyboard.press("Tab")
        page.keyboard.type(part)
    page.keyboard.press("Enter")


def test_from_the_code_to_an_authenticator_and_out_by_keyboard_alone(browser: Browser, at: tuple[Shop, str]) -> None:
    shop, address = at
    code = keeping.add(shop.project, "ada", "Ada", "admin", "test")
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{address}/settings?done=x")
    expect(page).to_have_url(re.compile("/login.next=%2Fsettings"))
    page.goto(f"{address}/login/set-up")
    page.get_by_label("Name").focus()
    typed(page, "ada", code, PASSWORD, PASSWORD)
    expect(page).not_to_have_url(re.compile("/login"))
    page.goto(f"{address}/settings")
    page.get_by_role("button", name="Use an authenticator").press("Enter")
    secret = page.locator("code.once").inner_text()
    expect(page.get_by_role("img", name="Picture of the secret, to be read by an authenticator")).to_be_visible()
    assert page.locator(".scanned").evaluate("e => e.complete && e.naturalWidth > 100")
    page.get_by_label("The code that it shows").fill(pyotp.TOTP(secret).at(shop.clock.now))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator("code.once").first.inner_text()
    page.get_by_role("link", name="Back to the settings").press("Enter")
    page.get_by_role("button", name="Log out").press("Enter")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()
    typed(page, "ada", PASSWORD, "")
    expect(page.get_by_role("alert")).to_contain_text("does not match")
    # The name stays, and the password is next.
    expect(page.get_by_label("Password")).to_be_focused()
    typed(page, PASSWORD, recovery)
    expect(page).not_to_have_url(re.compile("/login"))
    page.goto(f"{address}/settings")
    expect(page.get_by_text("9 recovery codes are left")).to_be_visible()
    page.close()


def test_an_admin_adds_a_person_who_sees_no_account(browser: Browser, at: tuple[Shop, str]) -> None:
    shop, address = at
    shop.add("ada", "admin")
    page = browser.new_page()
    page.goto(f"{address}/login?next=/settings")
    typed(page, "ada", PASSWORD, "")
    expect(page).to_have_url(f"{address}/settings")
    page.get_by_label("Name of the account").fill("vi")
    page.get_by_label("Shown as").fill("Vi")
    page.get_by_label("Role", exact=True).select_option("viewer")
    page.get_by_role("button", name="Add the person").click()
    code = page.locator("code.once").inner_text()
    other = browser.new_page()
    other.goto(f"{address}/login/set-up")
    other.get_by_label("Name").focus()
    typed(other, "vi", code, PASSWORD, PASSWORD)
    expect(other).not_to_have_url(re.compile("/login"))
    other.goto(f"{address}/settings")
    expect(other.get_by_text("viewer")).to_be_visible()
    expect(other.get_by_role("heading", name="People")).to_have_count(0)
    assert "Ada" not in other.content()
    page.goto(f"{address}/settings")
    page.get_by_role("button", name="Close the account of vi").click()
    expect(page.get_by_text("closed 2024")).to_be_visible()
    other.reload()
    expect(other.get_by_role("heading", name="Log in")).to_be_visible()
    page.close()
    other.close()


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_room_is_readable(
    browser: Browser, at: tuple[Shop, str], width: int, scheme: Literal["light", "dark"]
) -> None:
    shop, address = at
    shop.add("ada", "admin")
    keeping.add(shop.project, "bo", "Bo " + "w" * 90, "coder", "Ada")
    evidence = next(path.name for path in shop.project.evidence.folder.glob("*/*"))
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()

    def readable(what: str) -> None:
        assert faults(page) == [], what
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
        small = page.evaluate(
            """() => [...document.querySelectorAll("main button, main select, main input:not([type=hidden])")]
                .map(e => e.getBoundingClientRect()).filter(b => b.height < 24 || b.width < 24).length"""
        )
        assert small == 0, what

    page.goto(f"{address}/login?next=/settings")
    readable("log-in")
    typed(page, "ada", "wrong", "")
    expect(page.get_by_role("alert")).to_be_visible()
    readable("log-in that failed")
    typed(page, PASSWORD, "")
    expect(page).to_have_url(f"{address}/settings")
    readable("settings")
    page.get_by_label("What it is for").fill("the notebook")
    page.locator("#token-current").fill(PASSWORD)
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_role("heading", name="Your token")).to_be_visible()
    readable("token")
    page.goto(f"{address}/settings")
    readable("settings with a token")
    page.get_by_role("button", name="Use an authenticator").click()
    readable("authenticator")
    for path in ("/login/set-up", f"/evidence/{evidence}/about", "/nowhere", "/settings?done=password"):
        page.goto(address + path)
        if path != "/nowhere":
            readable(path)
    context.close()


def test_a_link_from_another_site_opens_for_who_is_logged_in(browser: Browser, at: tuple[Shop, str]) -> None:
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    shop, address = at
    shop.add("ada", "admin")
    page = browser.new_page()
    page.goto(f"{address}/login?next=/settings")
    typed(page, "ada", PASSWORD, "")
    expect(page).to_have_url(f"{address}/settings")
    elsewhere = FastAPI()
    elsewhere.get("/")(lambda: HTMLResponse(f'<a href="{address}/settings?done=people">look</a>'))
    with serving(elsewhere) as other:
        page.goto(other.replace("127.0.0.1", "localhost"))
        page.get_by_role("link", name="look").click()
        expect(page).to_have_url(f"{address}/settings?done=people")
    page.close()


def test_the_keys_that_one_chose_are_there_in_another_browser(browser: Browser, at: tuple[Shop, str]) -> None:
    shop, address = at
    shop.add("ada", "admin")

    def logged_in() -> Page:
        page = browser.new_context().new_page()
        page.goto(f"{address}/login?next=/queue")
        typed(page, "ada", PASSWORD, "")
        expect(page).to_have_url(re.compile("/queue"))
        page.wait_for_load_state()
        return page

    page = logged_in()
    page.keyboard.press("?")
    expect(page.locator("[data-remaps=accept]")).to_be_visible()
    with page.expect_request(re.compile("/settings/preferences")) as asked:
        page.locator("[data-remaps=accept]").click()
        page.keyboard.press("q")
    assert asked.value.response().status == 200
    other = logged_in()
    expect(other.locator("[data-shows=accept]").first).to_have_text("q")
    page.context.close()
    other.context.close()


def test_a_session_that_ended_leads_to_the_log_in_and_back(browser: Browser, at: tuple[Shop, str]) -> None:
    shop, address = at
    shop.add("ada", "admin")
    page = browser.new_page()
    page.goto(f"{address}/login?next=/queue")
    typed(page, "ada", PASSWORD, "")
    expect(page).to_have_url(re.compile("/queue"))
    page.wait_for_load_state()
    shop.clock.move(hours=5)
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("was not kept")
    typed(page, "ada", PASSWORD, "")
    expect(page).to_have_url(re.compile("/queue"))
    page.close()
