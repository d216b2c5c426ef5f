"""The application: the pages, the API, and the guards around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from dateline.review import api
from dateline.review.guard.headers import PolicyHeaders
from dateline.review.pages import PAGES
from dateline.review.web import assets, faults
from dateline.review.workspace import Workspace
from dateline.version import __version__


def create_app(workspace: Workspace) -> FastAPI:
    """The workspace of a project as an ASGI application."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        workspace.linker.start()
        yield
        await run_in_threadpool(workspace.linker.stop)

    app = FastAPI(
        title="dateline",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=running,
    )
    app.state.workspace = workspace
    app.add_middleware(PolicyHeaders)
    faults.told(app)
    app.include_router(assets.router)
    app.include_router(api.router)
    for router in PAGES:
        app.include_router(router)
    return app
