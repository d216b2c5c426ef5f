"""The media type of bytes that came without one: by the reader that knows their form."""

from __future__ import annotations

from mimetypes import MimeTypes

from dateline.errors import IntakeError
from dateline.intake.registry import readers

UNKNOWN = "application/octet-stream"
_TYPES = MimeTypes()
"""Python's own table: what a system lists beside it is not the same everywhere."""


def media_of(data: bytes) -> str:
    """The media type of bytes, from how they begin."""
    known = readers()
    try:
        name = known.choose(None, data[:8192])
    except IntakeError:
        return UNKNOWN
    found = (_TYPES.guess_type(f"x{ending}")[0] for ending in known.by_name[name].endings)
    return next((media for media in found if media), UNKNOWN)
