"""The application: the pages, the API, and the guards around them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from dateline.review import api
from dateline.review.api.document import documented
from dateline.review.guard.door import Door
from dateline.review.guard.gate import Gate, Guard
from dateline.review.guard.headers import PolicyHeaders
from dateline.review.pages import PAGES
from dateline.review.running import routes
from dateline.review.web import assets, faults
from dateline.review.workspace import Workspace
from dateline.version import __version__

_TURN_SECONDS = 0.0005
"""After how long a thread gives way to another: what links and counts behind the scenes keeps nobody waiting."""


def create_app(workspace: Workspace, door: Door | None = None) -> FastAPI:
    """The workspace of a project as an ASGI application; without a door it is open to whoever reaches it."""
    door = door or Door()

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_SECONDS)
        try:
            if door.is_read_only:
                yield
                return
            workspace.linker.start()
            yield
            await run_in_threadpool(workspace.linker.stop)
        finally:
            sys.setswitchinterval(before)

    app = FastAPI(
        title="dateline",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=running,
    )
    app.state.workspace = workspace
    app.state.guard = Guard.of(workspace.project, door)
    app.add_middleware(Gate, guard=app.state.guard)
    app.add_middleware(PolicyHeaders)
    faults.told(app)
    documented(app, door.session)
    app.include_router(assets.router)
    app.include_router(api.router)
    app.include_router(routes.router)
    for router in PAGES:
        app.include_router(router)
    return app
