"""A workspace with accounts and a clock that a test moves, and browsers that ask it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import select
from starlette.routing import BaseRoute

from dateline.review.app import create_app
from dateline.review.guard import keeping, passwords
from dateline.review.guard.door import Door
from dateline.review.guard.who import Coder, Reader
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person, Role
from dateline.store.tables import log
from store_cases import MARCHES, project_with

PASSWORD = "kestrels over seven quays"
ADDRESS = "http://127.0.0.1:8400"


@dataclass
class Clock:
    """The time, which stands until it is moved."""

    now: datetime = field(default_factory=lambda: datetime.fromisoformat("2024-06-01T12:00:00+00:00"))

    def __call__(self) -> str:
        return self.now.isoformat(timespec="seconds")

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Shop:
    """A workspace as a test has it."""

    project: Project
    clock: Clock
    app: FastAPI
    admin: TestClient | None = None

    def browser(self, **headers: str) -> TestClient:
        """Somebody's browser, with a jar of its own."""
        return TestClient(self.app, base_url=ADDRESS, headers=headers, follow_redirects=False)

    def add(self, name: str, role: Role = "coder", password: str = PASSWORD) -> TestClient:
        """An account that is set up, and a browser that is logged in with it."""
        code = keeping.add(self.project, name, name.title(), role, "test")
        browser = self.browser()
        answer = browser.post(
            "/login/set-up", data={"name": name, "code": code, "password": password, "repeated": password}
        )
        assert answer.status_code == 303, answer.text
        return browser

    def log_in(self, name: str, password: str = PASSWORD, code: str = "", next: str = "/") -> tuple[TestClient, Any]:
        browser = self.browser()
        given = {"name": name, "password": password, "code": code, "next": next}
        return browser, browser.post("/login", data=given)

    def logged(self) -> list[tuple[str, str, str, dict[str, str]]]:
        with self.project.database.reading() as db:
            return [
                (row.who, row.what, row.about, row.details) for row in db.execute(select(log).order_by(log.c.number))
            ]


@contextmanager
def shop(folder: Path, *, door: Door | None = None, local: Person | None = None) -> Iterator[Shop]:
    """A workspace of a project with four reports; people log in unless somebody works alone.

    Passwords are kept by the same method at the least cost: each takes a good part of a second otherwise.
    """
    clock = Clock()
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch, project_with(folder / "p", *MARCHES) as project:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_nobodys", cache(passwords._nobodys.__wrapped__))
        project.now = clock
        index = Index.open(project)
        index.catch_up()
        app = create_app(Workspace(project, index, local), door or Door(frozenset(("127.0.0.1", "localhost"))))
        app.include_router(probes())
        yield Shop(project, clock, app)
        index.close()


def probes() -> APIRouter:
    """Two addresses of the API and one page, whatever else there is."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/v1/probe")
    def read(person: Reader) -> str:
        return person.name

    @router.post("/api/v1/probe")
    def write(person: Coder) -> str:
        return person.name

    @router.get("/probe")
    def shown(person: Reader) -> str:
        return person.name

    return router


def addresses(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Each method and address that there is; routers hold routers."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in sorted(route.methods))
        elif (inner := getattr(route, "original_router", None)) is not None:
            prefix = str(getattr(getattr(route, "include_context", None), "prefix", "") or "")
            yield from ((method, prefix + path) for method, path in addresses(inner.routes))


def filled(path: str, **values: str) -> str:
    """An address with something in the place of each of its parts."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda part: values.get(part[1], "1"), path)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application behind a real server, for browsers; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
