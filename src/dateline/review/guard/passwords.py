"""Passwords: what is kept of them, and which are refused."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.errors import ReviewError

LEAST, MOST = 12, 256
"""Characters of a password."""
VARIED = 5
"""The least different characters of one."""

_HASHER = PasswordHasher()
"""Argon2id with the second recommended parameters of RFC 9106: 3 passes over 64 MiB."""
_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB and all of a core: who sends many log-ins at once waits, and does not fill the memory."""


def kept(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_right(password: str, hash: str | None) -> bool:
    """Whether a password is the one that the hash was made of. It takes as long where there is no hash at all."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(hash or _nobodys(), _plain(password)) and hash is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(hash: str) -> bool:
    """Whether the hash was made with weaker parameters than those of now."""
    return _HASHER.check_needs_rehash(hash)


def check(password: str, *about: str) -> None:
    """Raises :class:`ReviewError` for a password that is easily guessed; ``about``: what others know of the person."""
    plain = _plain(password)
    if len(plain) < LEAST:
        raise ReviewError(
            f"a password has at least {LEAST} characters; a few words that only you would put together do"
        )
    if len(plain) > MOST:
        raise ReviewError(f"a password has at most {MOST} characters; take a shorter one")
    if len(set(plain.casefold())) < VARIED:
        raise ReviewError("that password repeats itself; take one of more different characters")
    left = plain.casefold()
    for word in about:
        left = left.replace(word.casefold(), "")
    if len(left) < LEAST // 2:
        raise ReviewError("that password is little more than your name; take another")


def _plain(password: str) -> str:
    """A password as keyboards of all kinds spell it alike."""
    return normalize("NFKC", password[: 4 * MOST]).encode("utf-8", "replace").decode()


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's")
