"""Logging in: one form, one answer. Neither what is said nor how long it takes tells which accounts there are."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection

from dateline.errors import LogInError, ReviewError, TooManyError
from dateline.review.guard import codes, passwords
from dateline.review.guard.buckets import Buckets
from dateline.review.guard.door import network
from dateline.store.project import Project
from dateline.store.review import accounts, sessions
from dateline.store.review.accounts import Account

FREE = 5
"""Log-ins in a row that may fail before the next one has to wait."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""How long it waits: from the first on twice as long each time, up to the longest. An account is never shut for good,
so that nobody can shut others out for long."""
REFUSED = "that does not match; check the name, the password and, where you use an authenticator, its code"
_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives to log in: ``code`` is one of the authenticator or a recovery code; ``address`` who asks."""

    name: str
    password: str
    code: str = ""
    address: str = ""


class LogIn:
    """Lets people in. What it remembers of names that are no accounts, and of addresses, is gone with the process."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._addresses = Buckets(30, 0.1)
        self._others: OrderedDict[str, tuple[int, str | None]] = OrderedDict()
        self._lock = Lock()

    def begin(self, given: Given) -> str:
        """Begin a session; what the browser is to hold.

        Raises :class:`LogInError` where anything does not match, :class:`TooManyError` where it was tried too often.
        """
        account = self._counted(given)
        is_right = passwords.is_right(given.password, account.password if account else None)
        now = self._project.now()
        with self._project.database.writing() as db:
            found = accounts.find(db, account.name) if account else None
            # What was checked must be what holds now: the password may have been changed while this one was hashed.
            is_same = found is not None and account is not None and found.password == account.password
            if found is not None and found.is_open and is_same and is_right and _second(db, found, given.code, now):
                accounts.change(db, found.name, failures=0, blocked=None)
                if found.password and passwords.is_outdated(found.password):
                    accounts.change(db, found.name, password=passwords.kept(given.password))
                accounts.audit(db, now, found.shown, "logged in", found.name, network=network(given.address))
                return sessions.begin(db, found.name, now)
            about = found.name if found else "an unknown name"
            accounts.audit(db, now, "dateline", "log-in failed", about, network=network(given.address))
        raise LogInError(REFUSED)

    def set_up(self, given: Given) -> str:
        """Choose the first password of an account with the code to set it up; begins a session as :meth:`begin` does.

        Raises :class:`ReviewError` for a password that is easily guessed.
        """
        passwords.check(given.password, given.name)
        account = self._counted(given)
        kept = passwords.kept(given.password)
        now = self._project.now()
        with self._project.database.writing() as db:
            found = accounts.find(db, account.name) if account else None
            left = codes.without(found.codes, "set-up", given.code, now) if found is not None else None
            if found is not None and found.is_open and left is not None:
                accounts.change(db, found.name, password=kept, codes=left, failures=0, blocked=None)
                sessions.end_all(db, found.name)
                accounts.audit(db, now, found.shown, "password chosen", found.name, network=network(given.address))
                return sessions.begin(db, found.name, now)
            about = found.name if found else "an unknown name"
            accounts.audit(db, now, "dateline", "log-in failed", about, network=network(given.address))
        raise LogInError("that does not match; check the name and the code, which works once and for seven days")

    def again(self, name: str, password: str) -> None:
        """Have a person who is logged in give the password again. Raises :class:`LogInError` where it is not right."""
        account = self._counted(Given(name, password))
        if account is None or not passwords.is_right(password, account.password):
            raise LogInError("that is not your password; nothing was changed")
        with self._project.database.writing() as db:
            accounts.change(db, name, failures=0, blocked=None)

    def _counted(self, given: Given) -> Account | None:
        """The account, of which one more log-in has failed until the opposite is shown: many at once count as many."""
        if given.address:
            self._addresses.take(network(given.address) or given.address)
        now = self._project.now()
        with self._project.database.writing() as db:
            account = accounts.find(db, name_of(given.name))
            if account is None or not account.is_open:
                self._count_other(name_of(given.name), now)
                return None
            failures, blocked = _one_more(account.failures, account.blocked, now)
            accounts.change(db, account.name, failures=failures, blocked=blocked)
            return account

    def _count_other(self, name: str, now: str) -> None:
        with self._lock:
            held = self._others.pop(name, (0, None))
            try:
                held = _one_more(*held, now)
            finally:
                self._others[name] = held
                if len(self._others) > _NAMES:
                    self._others.popitem(last=False)


def name_of(typed: str) -> str:
    """The name of an account as it is kept."""
    return typed.strip().casefold()[:200]


def change_password(project: Project, account: Account, password: str, session: str) -> str:
    """Change a password: every session of the account ends, and a new one begins for this browser (its key).

    Raises :class:`ReviewError` for a password that is easily guessed.
    """
    passwords.check(password, account.name, account.shown)
    if passwords.is_right(password, account.password):
        raise ReviewError("that is the password that you have; choose another")
    kept, now = passwords.kept(password), project.now()
    with project.database.writing() as db:
        accounts.change(db, account.name, password=kept)
        sessions.end(db, session)
        ended = sessions.end_all(db, account.name)
        accounts.audit(db, now, account.shown, "password changed", account.name, sessions=str(ended))
        return sessions.begin(db, account.name, now)


def _one_more(failures: int, blocked: str | None, now: str) -> tuple[int, str | None]:
    moment = datetime.fromisoformat(now)
    if blocked is not None and moment < (until := datetime.fromisoformat(blocked)):
        wait = int((until - moment).total_seconds()) + 1
        raise TooManyError(f"too many log-ins under this name failed; try again in {wait} seconds", wait)
    failures += 1
    if failures < FREE:
        return failures, None
    return failures, (moment + min(LONGEST, FIRST * 2 ** min(failures - FREE, 10))).isoformat(timespec="seconds")


def _second(db: Connection, account: Account, code: str, now: str) -> bool:
    """Whether the code beside the password is right, which uses it up; none is needed without an authenticator."""
    if account.totp is None:
        return True
    step = codes.step_of(account.totp, code, now, account.counter)
    if step is not None:
        accounts.change(db, account.name, counter=step)
        return True
    left = codes.without(account.codes, "recovery", code, now)
    if left is None:
        return False
    accounts.change(db, account.name, codes=left)
    return True
