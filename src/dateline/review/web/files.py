"""Files that people take away: drawings and tables."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from dateline.export.page.fill import environment
from dateline.review.web.page import HOME

_KEPT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""A file that is looked at in the browser runs nothing."""


def svg_file(template: str, named: str = "", **values: Any) -> Response:
    """A drawing of ``review/templates``; under a name, to be kept as a file."""
    text = environment(HOME).get_template(template).render(**values).strip()
    return Response(text, media_type="image/svg+xml", headers={**_KEPT, **_named(named)})


def csv_file(text: str, named: str) -> Response:
    """A table, to be kept as a file."""
    return Response(text, media_type="text/csv; charset=utf-8", headers=_named(named))


def html_file(text: str, named: str) -> Response:
    """A page, to be kept as a file."""
    return Response(text, media_type="text/html; charset=utf-8", headers={**_KEPT, **_named(named)})


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
