"""What every request passes before a page sees it: the host it asks for, where it comes from, how much it sends."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from fastapi import HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import TooManyError
from dateline.review.guard.buckets import Buckets
from dateline.review.guard.door import Door, network
from dateline.review.guard.forgery import SAFE, why_forged
from dateline.review.guard.login import LogIn
from dateline.review.running.measures import Measures
from dateline.review.web.faults import fault
from dateline.review.web.paths import asked
from dateline.store.project import Project

MOST_BYTES = 2 << 20
"""Of what one request sends."""
_PUBLIC = ("/login", "/logout", "/static/", "/health")

accesses = logging.getLogger("dateline.review.access")
"""Told of each request once it is answered, as a line of JSON, where somebody listens."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What the application knows of who comes: shared by the gate and by :mod:`dateline.review.guard.who`."""

    door: Door
    log_in: LogIn
    strangers: Buckets
    people: Buckets
    measures: Measures

    @classmethod
    def of(cls, project: Project, door: Door) -> Guard:
        """The guard of a workspace."""
        return cls(door, LogIn(project), Buckets(240, 8), Buckets(600, 30), Measures())


class Gate:
    """Lets a request through, or answers why not."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        refused = self._refused(Request(scope))
        if refused is not None:
            await refused(scope, receive, sending)
        else:
            await self._app(scope, _bounded(receive), sending)
        seconds = time.perf_counter() - begun
        self._guard.measures.took(scope["method"], status, seconds)
        if accesses.isEnabledFor(logging.INFO):
            accesses.info(_line(scope, status, seconds))

    def _refused(self, request: Request) -> Response | None:
        door, path = self._guard.door, request.url.path
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not door.answers_to(hosts[0]):
            words = (
                "This workspace does not go by that name. Give the name with --name, or open the address it printed."
            )
            return PlainTextResponse(words, 421)
        why = why_forged(request.method, request.headers)
        if why is not None:
            return fault(request, why, 403)
        if _length(request) > MOST_BYTES:
            return fault(request, f"that is more than {MOST_BYTES >> 20} MiB at once; send it in parts", 413)
        is_public = path.startswith(_PUBLIC)
        if door.is_read_only and request.method not in SAFE and not is_public:
            return fault(request, "this workspace was opened for reading only; nothing was changed", 403)
        if door.is_limited and not path.startswith("/static/") and not _is_known(request, door):
            try:
                self._guard.strangers.take(stranger(request))
            except TooManyError as error:
                return fault(request, str(error), 429, {"Retry-After": str(error.seconds)})
        return _opened(request, door)


def cookie_of(response: Response, door: Door, value: str) -> None:
    """Have the browser hold what opens the workspace: no script sees it, and no page elsewhere has it sent."""
    response.set_cookie(door.session, value, path="/", secure=door.is_secure, httponly=True, samesite="strict")


def stranger(request: Request) -> str:
    """By what those are counted of whom no more is known: their network, or the machine itself."""
    address = request.client.host if request.client else ""
    return network(address) or address


def _is_known(request: Request, door: Door) -> bool:
    """Whether it says who it is; whether that is true is looked up later, and counted there."""
    return door.session in request.cookies or "authorization" in request.headers


def _length(request: Request) -> int:
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0


def _opened(request: Request, door: Door) -> Response | None:
    """Where the address has the key: the cookie, and the same address without it, which may be shown and shared."""
    if door.key is None or request.method != "GET" or not door.opens_with(request.query_params.get("key")):
        return None
    rest = urlencode([pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "key"])
    # Two slashes at the beginning would name another host.
    path = "/" + asked(request).partition("?")[0].lstrip("/\\")
    answer = RedirectResponse(path + ("?" + rest if rest else ""), 303)
    cookie_of(answer, door, door.key)
    return answer


def _bounded(receive: Receive) -> Receive:
    """What is sent, up to the bound: what says no length, or lies, is cut off there."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
                raise HTTPException(413, f"that is more than {MOST_BYTES >> 20} MiB at once; send it in parts")
        return message

    return bounded


def _line(scope: Scope, status: int, seconds: float) -> str:
    """A request as a line of a log: without what was asked for after the path, which may hold words or keys."""
    person = scope.get("state", {}).get("person")
    told = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "who": person.name if person else None,
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
    return json.dumps(told, ensure_ascii=True)
