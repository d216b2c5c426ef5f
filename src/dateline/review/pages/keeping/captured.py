"""Pages as they were captured: shown in a sandbox that has no origin, no script and no way to the net."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from dateline.errors import NotThereError, ReviewError
from dateline.intake.encoding import charset_of
from dateline.intake.html.read import HTML
from dateline.review.guard.who import Here, Reader
from dateline.review.web.page import page
from dateline.review.workspace import Workspace
from dateline.store.proof.pieces import Held, held

router = APIRouter()
_NAME = re.compile(r"[0-9a-f]{64}")

SANDBOX = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "media-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""No origin of its own, so that nothing of ours is within its reach; and nothing is asked for: who wrote the page does
not learn that somebody looks at it now."""


@router.get("/evidence/{sha256}")
def captured(here: Here, _: Reader, sha256: str) -> Response:
    """The bytes as they were captured: a page in its sandbox, text as text, all else to be saved."""
    found = _read(here, sha256)
    headers = {
        "Content-Security-Policy": SANDBOX,
        "Referrer-Policy": "no-referrer",
        "X-DNS-Prefetch-Control": "off",
        "Content-Disposition": "inline" if found.kind else f'attachment; filename="{sha256}"',
    }
    return Response(found.data, media_type=found.kind or "application/octet-stream", headers=headers)


@router.get("/evidence/{sha256}/about")
def about(request: Request, here: Here, person: Reader, sha256: str) -> Response:
    """How the bytes came, what was read from them and who vouches for them, with the page in a frame."""
    found = _read(here, sha256)
    return page(
        request, "captured.html", person, title="As it was captured", piece=found.piece, is_shown=bool(found.kind)
    )


@dataclass(frozen=True, slots=True)
class Captured:
    """A piece of evidence, its bytes, and the type as which a browser may show it: empty where it may not."""

    piece: Held
    data: bytes
    kind: str


def _read(here: Workspace, sha256: str) -> Captured:
    project = here.project
    found = None
    if _NAME.fullmatch(sha256):
        with project.database.reading() as db:
            found = next(held(db, [sha256]), None)
    if found is None:
        raise NotThereError(
            "this project has no evidence of that name; open it from its report, or: dateline evidence list"
        )
    try:
        data = project.evidence.read(sha256)
    except FileNotFoundError as error:
        raise ReviewError("the file of this evidence is missing; put it back from a copy") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ReviewError("the bytes of this evidence have changed, so they are not shown; put them back from a copy")
    return Captured(found, data, _kind(found, data))


def _kind(piece: Held, data: bytes) -> str:
    head = data[:4096]
    if HTML.sniff(head) or piece.origin.lower().endswith((".html", ".htm")):
        media = [value for got in piece.retrievals for name, value in got.headers if name.lower() == "content-type"]
        charset = charset_of(media[0]) if media else None
        return f"text/html; charset={charset}" if charset and charset.isascii() else "text/html"
    try:
        data.decode()
    except UnicodeDecodeError:
        return ""
    return "" if b"\0" in data else "text/plain; charset=utf-8"
