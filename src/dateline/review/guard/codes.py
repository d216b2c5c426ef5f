"""Codes beside the password: those of an authenticator (TOTP, RFC 6238), and those that work once."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
import segno

from dateline.store.review.accounts import Kind, OneTime
from dateline.store.review.sessions import hashed

STEP = 30
"""Seconds for which an authenticator shows a code."""
RECOVERY = 10
"""Codes that are made for the day on which the authenticator is lost."""
SET_UP = timedelta(days=7)
"""How long a code to set up an account works."""


def one_time(kind: Kind, now: str) -> tuple[str, OneTime]:
    """A code of 80 random bits as a person types it, and what is kept of it."""
    code = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    ends = None if kind == "recovery" else (datetime.fromisoformat(now) + SET_UP).isoformat(timespec="seconds")
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4)), OneTime(kind, hashed(code), ends)


def without(codes: tuple[OneTime, ...], kind: Kind, given: str, now: str) -> tuple[OneTime, ...] | None:
    """The codes without the one that was given, which is used up; None where it is none of them, or ended."""
    sought = hashed("".join(given.split()).replace("-", "").lower())
    for one in codes:
        if one.kind == kind and compare_digest(one.hash, sought) and (one.ends is None or now < one.ends):
            return tuple(other for other in codes if other is not one)
    return None


def new_secret() -> str:
    """The secret of an authenticator."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether a text is such a secret."""
    return len(text) == 32 and all("A" <= c <= "Z" or "2" <= c <= "7" for c in text)


def step_of(secret: str, given: str, now: str, used: int) -> int | None:
    """Which step of the authenticator a code is of: this one, the last or the next, and after the last ``used`` one, so
    that no code works twice. None where it is of none of them.
    """
    code = "".join(given.split())
    this = int(datetime.fromisoformat(now).timestamp()) // STEP
    shown = pyotp.TOTP(secret, interval=STEP)
    right = [step for step in (this - 1, this, this + 1) if compare_digest(shown.at(step * STEP), _ascii(code))]
    return next((step for step in right if step > used), None)


def picture(secret: str, name: str, issuer: str) -> tuple[str, str]:
    """The address that an authenticator reads the secret from, as it is and as a picture in a ``data:`` address."""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=issuer)
    return address, segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white")


def _ascii(text: str) -> str:
    return text if text.isascii() else ""
