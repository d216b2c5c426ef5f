"""The styles and scripts of the workspace, each under an address that changes with what it holds."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_type

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from dateline.export.page.fill import with_shared

router = APIRouter()
_HOME = files("dateline") / "review" / "static"


@cache
def _read(name: str) -> bytes | None:
    """The bytes of a file of the workspace; None where there is none of that name."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or part.startswith(".") or "\\" in part for part in parts):
        return None
    found = _HOME.joinpath(*parts)
    if not found.is_file():
        return None
    return with_shared(found.read_text("utf-8")).encode() if name.endswith(".css") else found.read_bytes()


@cache
def static(name: str) -> str:
    """The address of a file, which no browser asks for twice."""
    data = _read(name)
    if data is None:
        raise LookupError(f"there is no file {name!r} in the workspace")
    return f"/static/{sha256(data).hexdigest()[:12]}/{name}"


@router.get("/static/{version}/{name:path}", include_in_schema=False)
def file(version: str, name: str) -> Response:
    """A style, script or data file."""
    data = _read(name)
    if data is None or static(name).split("/")[2] != version:
        return PlainTextResponse("There is no such file.", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})
