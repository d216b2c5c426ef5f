"""How a verb that runs for days talks on standard error: in words for people, or an object of JSON a line for programs.

What is logged are addresses, numbers and what went wrong: no words of reports, no passwords, no keys.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer


class LogForm(StrEnum):
    """How the talk is written."""

    text = "text"
    json = "json"


LogOption = Annotated[
    LogForm, typer.Option("--log", help="How the talk on standard error is written: json is an object a line.")
]
_SECRETS = re.compile(r"(?<=://)[^/@\s]*@|(?<=[?&]key=)[^&\s]+")
_form = LogForm.text


def tell(what: object) -> None:
    """A word to the person, under the program's name."""
    if _form is LogForm.json:
        _write("warning", str(what))
    else:
        print(f"dateline: {what}", file=sys.stderr)


def say(what: str) -> None:
    """A sentence to the person: how far something is."""
    if _form is LogForm.json:
        _write("info", what)
    else:
        print(what, file=sys.stderr)


def talk_in(form: LogForm) -> None:
    """Talk in that form from here on; in JSON each request to the workspace is told as well."""
    global _form  # noqa: PLW0603  # one program talks in one way
    _form = form
    log = logging.getLogger("dateline.review.access")
    log.removeHandler(_REQUESTS)
    if form is LogForm.json:
        log.addHandler(_REQUESTS)
        log.setLevel(logging.INFO)
    elif not log.handlers:
        log.setLevel(logging.NOTSET)


class _Requests(logging.Handler):
    """Requests, which are told as JSON already."""

    def emit(self, record: logging.LogRecord) -> None:
        told: dict[str, Any] = json.loads(record.getMessage())
        told.pop("time", None)
        _write("info", "request", **told)


_REQUESTS = _Requests()


def _write(level: str, message: str, **more: object) -> None:
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"time": time, "level": level, "message": _SECRETS.sub("", message), **more}
    print(json.dumps(told, ensure_ascii=True), file=sys.stderr, flush=True)
