"""Paths of the workspace itself, where an address is given by whoever asks."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from fastapi import Request

HOME = "/"
MOST = 2000


def own_path(given: str | None) -> str:
    """The path that somebody is to be sent to, where it leads nowhere else; the beginning for all others.

    Browsers take ``//host``, ``/\\host`` and ``/<tab>/host`` for addresses of other hosts.
    """
    path = given or HOME
    if not path.startswith("/") or path.startswith("//") or "\\" in path or len(path) > MOST:
        return HOME
    if not path.isascii() or any(c <= " " or c == "\x7f" for c in path):
        return HOME
    try:
        parts = urlsplit(path)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc or not parts.path.startswith("/") else path


def asked(request: Request) -> str:
    """The path that a request asks for, as it was sent, with its query."""
    raw: bytes | None = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace").partition("?")[0] if raw else quote(request.scope["path"])
    return path + (f"?{request.url.query}" if request.url.query else "")
