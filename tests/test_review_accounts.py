"""Accounts of the workspace: logging in, sessions, codes, tokens, roles, and what the log says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from dateline.errors import ReviewError, TooManyError
from dateline.review.guard import codes, keeping, passwords
from dateline.review.guard.buckets import Buckets
from dateline.review.guard.login import FREE, Given, LogIn
from dateline.store.review import accounts, tables
from dateline.store.review.chain import broken
from guard_cases import PASSWORD, Shop, shop


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost a test nothing; what they cost others is looked at in a test of its own."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as made:
        made.admin = made.add("ada", "admin")
        yield made


def test_a_password_is_kept_as_argon2id_with_the_parameters_of_rfc_9106(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    kept = passwords.kept(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.is_right(PASSWORD, kept)
    assert not passwords.is_right(PASSWORD + "s", kept)
    assert not passwords.is_right(PASSWORD, None)
    # Keyboards spell the same letter in one sign or in two.
    assert passwords.is_right("cafe\u0301 on the quay", passwords.kept("caf\u00e9 on the quay"))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 12"),
        ("aaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("ada lovelace 1", "your name"),
        ("x" * 1000 + "abcdefgh", "at most"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, why: str) -> None:
    with pytest.raises(ReviewError, match=why):
        passwords.check(password, "ada", "lovelace")


def test_one_logs_in_and_out(at: Shop) -> None:
    browser, answer = at.log_in("Ada ", next="/events?words=a%20b")
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?words=a%20b")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert browser.get("/probe").json() == "ada"
    held = dict(browser.cookies)
    assert browser.post("/logout").headers["location"] == "/login"
    browser.cookies.update(held)
    assert browser.get("/probe").headers["location"] == "/login?next=%2Fprobe"
    with at.project.database.reading() as db:
        # What the browser holds is not in the table.
        assert all(value not in str(db.execute(select(tables.sessions)).all()) for value in held.values())


def test_nothing_tells_which_accounts_there_are(at: Shop) -> None:
    keeping.add(at.project, "new", "Not set up", "coder", "test")
    at.add("gone")
    keeping.close(at.project, "gone", "test")
    names = ("ada", "nobody", "new", "gone")
    answers = [at.log_in(name, "not the password")[1] for name in names]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace(f'value="{name}"', "") for answer, name in zip(answers, names, strict=True)}) == 1
    # An empty password opens no account that has none.
    assert at.log_in("new", "")[1].status_code == 401


def test_a_hash_is_made_for_who_is_no_account_too(at: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(passwords, "is_right", lambda given, hash: asked.append(hash) or False)
    at.log_in("ada", "wrong")
    at.log_in("nobody", "wrong")
    assert len(asked) == 2
    assert asked[1] is None


def test_log_ins_that_fail_have_to_wait_whether_or_not_there_is_the_account(at: Shop) -> None:
    def seen(name: str) -> list[tuple[int, str | None]]:
        answers = [at.log_in(name, "wrong")[1] for _ in range(FREE + 2)]
        return [(answer.status_code, answer.headers.get("retry-after")) for answer in answers]

    first = seen("ada")
    assert [status for status, _ in first] == [401] * FREE + [429, 429]
    assert seen("nobody") == first
    # The right password has to wait as well, and then opens.
    assert at.log_in("ada")[1].status_code == 429
    at.clock.move(seconds=31)
    assert at.log_in("ada")[1].status_code == 303
    assert at.log_in("ada", "wrong")[1].status_code == 401


def test_waiting_grows_and_ends(at: Shop) -> None:
    log_in, waits = LogIn(at.project), []
    for _ in range(14):
        try:
            log_in.begin(Given("ada", "wrong"))
        except TooManyError as error:
            waits.append(error.seconds)
            at.clock.move(seconds=error.seconds)
        except ReviewError:
            continue
    assert waits[:3] == [31, 61, 121]
    for _ in range(20):
        try:
            log_in.begin(Given("ada", "wrong"))
        except TooManyError as error:
            waits.append(error.seconds)
            at.clock.move(seconds=error.seconds)
        except ReviewError:
            continue
    assert max(waits) == 901


def test_many_log_ins_at_once_count_as_many(at: Shop) -> None:
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda n: at.log_in("ada", f"guess {n}")[1].status_code, range(24)))
    assert statuses.count(401) == FREE
    assert statuses.count(429) == 24 - FREE


def test_one_address_cannot_try_many_names(at: Shop) -> None:
    log_in = LogIn(at.project)
    log_in._addresses._clock = lambda: 0.0
    failed = 0
    with pytest.raises(TooManyError):
        for n in range(100):
            try:
                log_in.begin(Given(f"name{n}", "wrong", address=f"203.0.113.{n}"))
            except TooManyError:
                raise
            except ReviewError:
                failed += 1
    assert failed == 30


def test_a_bucket_fills_up_again() -> None:
    now = 0.0
    buckets = Buckets(2, 0.5, clock=lambda: now)
    buckets.take("a")
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(TooManyError) as refused:
        buckets.take("a")
    assert refused.value.seconds == 2
    now = 2.0
    buckets.take("a")
    with pytest.raises(TooManyError):
        buckets.take("a")


def test_a_session_ends_when_nothing_is_asked_and_in_any_case(at: Shop) -> None:
    browser = at.log_in("ada")[0]
    for _ in range(19):
        at.clock.move(hours=3.9)
        assert browser.get("/probe").status_code == (200 if at.clock.now.isoformat() < "2024-06-04T12" else 303)
    idle = at.log_in("ada")[0]
    at.clock.move(hours=4.1)
    assert idle.get("/probe").status_code == 303


def test_every_other_session_ends_when_the_password_is_changed(at: Shop) -> None:
    mine, other = at.log_in("ada")[0], at.log_in("ada")[0]
    new = {"current": PASSWORD, "new": "herons under nine bridges", "repeated": "herons under nine bridges"}
    assert mine.post("/settings/password", data={**new, "current": "wrong"}).status_code == 422
    assert other.get("/probe").status_code == 200
    assert mine.post("/settings/password", data={**new, "repeated": "herons"}).status_code == 422
    before = dict(mine.cookies)
    assert mine.post("/settings/password", data=new).headers["location"] == "/settings?done=password"
    assert mine.get("/probe").status_code == 200
    assert dict(mine.cookies) != before
    for ended in (other, at.admin):
        assert ended.get("/probe").status_code == 303
    assert at.log_in("ada")[1].status_code == 401
    assert at.log_in("ada", new["new"])[1].status_code == 303


def test_a_password_that_changed_while_it_was_checked_opens_nothing(at: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    real = passwords.is_right

    def slow(given: str, hash: str | None) -> bool:
        keeping.reset(at.project, "ada", "test")
        return real(given, hash)

    monkeypatch.setattr(passwords, "is_right", slow)
    assert at.log_in("ada")[1].status_code == 401


def test_a_code_to_set_up_works_once_and_for_seven_days(at: Shop) -> None:
    code = keeping.add(at.project, "bo", "Bo", "coder", "test")
    form = {"name": "bo", "code": code.upper(), "password": PASSWORD, "repeated": PASSWORD}
    browser = at.browser()
    assert browser.post("/login/set-up", data={**form, "code": "aaaa-bbbb-cccc-dddd"}).status_code == 401
    assert browser.post("/login/set-up", data={**form, "repeated": "x"}).status_code == 422
    assert browser.post("/login/set-up", data={**form, "name": "ada"}).status_code == 401
    assert browser.post("/login/set-up", data=form).status_code == 303
    assert browser.get("/probe").json() == "bo"
    assert at.browser().post("/login/set-up", data=form).status_code == 401
    again = keeping.reset(at.project, "bo", "test")
    assert browser.get("/probe").status_code == 303
    at.clock.move(days=7, seconds=1)
    assert at.browser().post("/login/set-up", data={**form, "code": again}).status_code == 401


def test_an_authenticator_is_asked_for_and_no_code_works_twice(at: Shop) -> None:
    browser = at.log_in("ada")[0]
    page = browser.post("/settings/authenticator").text
    secret = page.split('name="secret" value="')[1].split('"')[0]
    assert 'src="data:image/svg+xml' in page
    shown = pyotp.TOTP(secret)
    assert browser.post("/settings/authenticator", data={"secret": secret, "code": "000000"}).status_code == 422
    given = browser.post("/settings/authenticator", data={"secret": secret, "code": shown.at(at.clock.now)})
    recovery = [part.split("<")[0] for part in given.text.split('<code class="once">')[1:]]
    assert len(recovery) == codes.RECOVERY
    assert at.log_in("ada")[1].status_code == 401
    # The code that turned it on is used up.
    assert at.log_in("ada", code=shown.at(at.clock.now))[1].status_code == 401
    at.clock.move(seconds=30)
    code = shown.at(at.clock.now)
    assert at.log_in("ada", "wrong", code=code)[1].status_code == 401
    assert at.log_in("ada", code=code)[1].status_code == 303
    assert at.log_in("ada", code=code)[1].status_code == 401
    # A clock that is half a minute off, and no more.
    at.clock.move(seconds=90)
    assert at.log_in("ada", code=shown.at(at.clock.now.timestamp() - 60))[1].status_code == 401
    at.clock.move(minutes=20)
    assert at.log_in("ada", code=shown.at(at.clock.now.timestamp() + 30))[1].status_code == 303
    assert at.log_in("ada", code=recovery[3].replace("-", " ").upper())[1].status_code == 303
    assert at.log_in("ada", code=recovery[3])[1].status_code == 401
    assert browser.post("/settings/authenticator/off", data={"current": "wrong"}).status_code == 422
    assert browser.post("/settings/authenticator/off", data={"current": PASSWORD}).status_code == 303
    assert at.log_in("ada")[1].status_code == 303
    with at.project.database.reading() as db:
        found = accounts.named(db, "ada")
    assert (found.totp, found.codes) == (None, ())


def test_new_recovery_codes_replace_the_old_ones(at: Shop) -> None:
    secret = codes.new_secret()
    with at.project.database.reading() as db:
        account = accounts.named(db, "ada")
    old = keeping.turn_on(at.project, account, secret, pyotp.TOTP(secret).at(at.clock.now))
    browser = at.log_in("ada", code=old[0])[0]
    text = browser.post("/settings/recovery", data={"current": PASSWORD}).text
    new = [part.split("<")[0] for part in text.split('<code class="once">')[1:]]
    assert at.log_in("ada", code=old[1])[1].status_code == 401
    assert at.log_in("ada", code=new[0])[1].status_code == 303


def test_a_token_opens_the_api_as_far_as_its_scope_and_the_role_go(at: Shop) -> None:
    bo = at.add("bo", "coder")

    def made(scope: str, days: str = "90") -> dict[str, str]:
        form = {"current": PASSWORD, "label": "the notebook", "scope": scope, "days": days}
        text = bo.post("/settings/tokens", data=form).text
        return {"Authorization": "Bearer " + text.split('<code class="once">')[1].split("<")[0]}

    reading, writing, ending = made("read"), made("write"), made("read", "1")
    asks = at.browser()
    assert asks.get("/api/v1/probe", headers=reading).json() == "bo"
    assert asks.post("/api/v1/probe", headers=reading).status_code == 403
    assert asks.post("/api/v1/probe", headers=writing).json() == "bo"
    # It opens no page, where forms of other sites could use it.
    assert asks.get("/probe", headers=writing).status_code == 303
    refused = asks.get("/api/v1/probe", headers={"Authorization": "Bearer dl_wrong"})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    at.clock.move(days=1)
    assert asks.get("/api/v1/probe", headers=ending).status_code == 401
    keeping.set_role(at.project, "bo", "viewer", "test")
    assert asks.get("/api/v1/probe", headers=reading).status_code == 403
    keeping.set_role(at.project, "bo", "coder", "test")
    bo = at.log_in("bo")[0]
    assert bo.post("/settings/tokens/end", data={"number": "1"}).status_code == 303
    assert asks.get("/api/v1/probe", headers=reading).status_code == 401
    # Nobody ends what is another's.
    assert at.log_in("ada")[0].post("/settings/tokens/end", data={"number": "2"}).status_code == 422
    keeping.reset(at.project, "bo", "test")
    assert asks.post("/api/v1/probe", headers=writing).status_code == 401


def test_a_role_holds_at_once_and_an_account_that_is_closed_opens_nothing(at: Shop) -> None:
    bo = at.add("bo", "viewer")
    assert bo.get("/probe").status_code == 403
    assert bo.post("/settings/people", data={"name": "eve", "role": "admin"}).status_code == 403
    assert at.admin.post("/settings/people/role", data={"name": "bo", "role": "admin"}).status_code == 303
    assert bo.get("/probe").status_code == 200
    assert bo.post("/settings/people/close", data={"name": "ada"}).status_code == 303
    assert at.admin.get("/probe").status_code == 303
    assert bo.post("/settings/people/role", data={"name": "bo", "role": "coder"}).status_code == 422
    assert "last admin" in bo.post("/settings/people/role", data={"name": "bo", "role": "coder"}).text
    assert bo.post("/settings/people", data={"name": "ada", "role": "coder"}).status_code == 422
    keeping.close(at.project, "bo", "test")
    with at.project.database.reading() as db:
        assert not accounts.is_shared(db)


def test_names_are_not_mistaken_for_one_another(at: Shop) -> None:
    for name, shown in (("ADA", "Other"), ("eve", "ADA"), ("no name", ""), ("", ""), ("eve", "two\x07lines")):
        with pytest.raises(ReviewError):
            keeping.add(at.project, name, shown, "coder", "test")


def test_the_first_account_is_an_admins(tmp_path: Path) -> None:
    with shop(tmp_path) as at, pytest.raises(ReviewError, match="admin"):
        keeping.add(at.project, "bo", "Bo", "coder", "test")


def test_preferences_are_kept_and_bounded(at: Shop) -> None:
    assert at.admin.put("/settings/preferences", json={"keys": {"accept": "q"}, "blur": True}).json()["blur"] is True
    assert at.admin.put("/settings/preferences", json={"blur": None}).json() == {"keys": {"accept": "q"}}
    assert at.log_in("ada")[0].get("/settings/preferences").json() == {"keys": {"accept": "q"}}
    assert at.admin.put("/settings/preferences", json={"keys": "x" * 5000}).status_code == 422
    assert at.admin.put("/settings/preferences", json={f"k{n}": 1 for n in range(100)}).status_code == 422


def test_the_log_says_what_happened_and_no_secret(at: Shop) -> None:
    at.log_in("ada", "a wrong guess 1")
    # Some type the password where the name belongs.
    at.log_in("my secret password", "x")
    text = at.admin.post("/settings/tokens", data={"current": PASSWORD, "label": "notes"}).text
    token = text.split('<code class="once">')[1].split("<")[0]
    at.admin.post("/settings/people", data={"name": "bo", "shown_as": "Bo", "role": "coder"})
    keeping.set_role(at.project, "bo", "reader", "Ada")
    keeping.close(at.project, "bo", "Ada")
    browser = at.log_in("ada")[0]
    browser.post("/logout")
    told = [(who, what, about) for who, what, about, _ in at.logged() if what in accounts.AUDITED]
    assert told == [
        ("test", "account made", "ada"),
        ("Ada", "password chosen", "ada"),
        ("dateline", "log-in failed", "ada"),
        ("dateline", "log-in failed", "an unknown name"),
        ("Ada", "token made", "ada"),
        ("Ada", "account made", "bo"),
        ("Ada", "role changed", "bo"),
        ("Ada", "account closed", "bo"),
        ("Ada", "logged in", "ada"),
        ("Ada", "logged out", "ada"),
    ]
    whole = json.dumps(at.logged())
    for secret in (PASSWORD, "wrong guess", "my secret", token, *dict(at.admin.cookies).values(), "argon2"):
        assert secret not in whole
    with at.project.database.reading() as db:
        assert list(broken(db)) == []
