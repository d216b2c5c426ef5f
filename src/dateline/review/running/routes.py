"""``/health`` for whatever watches over the workspace, and ``/metrics`` for Prometheus."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import func, select

from dateline.errors import StoreError
from dateline.review.guard.door import is_loopback
from dateline.review.guard.who import guard_of, person_of, workspace_of
from dateline.review.running.measures import gauges
from dateline.review.workspace import Workspace
from dateline.store.databases.places import name_of
from dateline.store.tables import codings, decisions, events, log, reports
from dateline.version import __version__

router = APIRouter(include_in_schema=False)
_KIND = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED = "forwarded x-forwarded-for x-real-ip"
"""Headers by which a proxy says that somebody else asks."""


@router.get("/health")
def health(workspace: Annotated[Workspace, Depends(workspace_of)]) -> Response:
    """Whether the workspace answers and its database does: 200, else 503. It says no more, for anybody may ask."""
    try:
        with workspace.project.database.reading() as db:
            name_of(db)
    except StoreError:
        return JSONResponse({"status": "the database does not answer"}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(request: Request, workspace: Annotated[Workspace, Depends(workspace_of)]) -> Response:
    """Counts and latencies, for who asks on this machine itself, or with a token of an account."""
    if not _is_here(request):
        person_of(request)
    lines = [*guard_of(request).measures.lines(), *gauges(_numbers(workspace))]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=_KIND)


def _is_here(request: Request) -> bool:
    host = request.client.host if request.client else ""
    return is_loopback(host) and not any(name in request.headers for name in _FORWARDED.split())


def _numbers(workspace: Workspace) -> dict[str, tuple[float, str]]:
    with workspace.project.database.reading() as db:

        def many(of: object) -> int:
            return int(db.execute(select(func.count()).select_from(of)).scalar_one())  # type: ignore[arg-type]

        standing = select(events.c.id).where(events.c.gone.is_(None)).subquery()
        return {
            "dateline_reports": (many(reports), "Reports in the project."),
            "dateline_codings": (many(codings), "Codings, of machines and of people."),
            "dateline_events": (many(standing), "Events that stand."),
            "dateline_decisions": (many(decisions), "Decisions of people on events."),
            "dateline_log_rows": (many(log), "Rows of the log."),
            f'dateline_info{{version="{__version__}"}}': (1, "The version that answers."),
            "dateline_process_cpu_seconds": (time.process_time(), "Seconds of processor time used."),
        }
