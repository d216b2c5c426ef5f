"""Small archives, made by hand: WARC records and what lies in them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import quopri
import zipfile
from collections.abc import Iterable, Mapping

PAGE = (
    "<html><head><title>{title}</title></head><body><article><p>Workers marched through {place} on Monday, police "
    "said. Two people were hurt near the bridge, a nurse told reporters.</p></article></body></html>"
)
NOON = "2024-02-06T12:00:00Z"


def page(place: str = "Lyon", title: str = "A march") -> bytes:
    return PAGE.format(title=title, place=place).encode()


def record(
    url: str | None,
    body: bytes,
    *,
    type: str = "response",
    status: str = "200 OK",
    media: str | None = "text/html; charset=utf-8",
    date: str = NOON,
    fields: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """One WARC record; ``fields`` are of the answer's header, ``headers`` of the record's, ``length`` is wrong."""
    if type in ("response", "revisit"):
        own = [("Content-Type", media)] if media else []
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in (*own, *fields)), "", ""]
        block, kind = "\r\n".join(lines).encode() + body, "application/http; msgtype=response"
    else:
        block, kind = body, media or ""
    told = {
        "WARC-Type": type,
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(block + (url or '').encode()).hexdigest()}>",
        **({"WARC-Target-URI": url} if url else {}),
        **({"Content-Type": kind} if kind else {}),
        "Content-Length": str(len(block) if length is None else length),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def packed(*records: bytes) -> bytes:
    """A .warc.gz: a member a record."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 2, 6, 12, 0, 0)), data, method)
    return out.getvalue()


def wacz(*records: bytes, listed: Iterable[str] | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    """A WACZ of some records, with the digests of its files; ``more`` files lie in it beside or instead of its own."""
    files = {"archive/data.warc.gz": packed(*records), "indexes/index.cdx": b""}
    if listed is not None:
        lines = [{"format": "json-pages-1.0", "id": "pages"}, *({"url": url, "ts": NOON} for url in listed)]
        files["pages/pages.jsonl"] = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in files.items()
    ]
    package = json.dumps({"profile": "data-package", "resources": resources}).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}).encode()
    own = {"datapackage.json": package, "datapackage-digest.json": digest}
    return zipped({**own, **files, **(more or {})}, zipfile.ZIP_STORED)


def saved(html: bytes, url: str = "https://example.org/story", edge: str = "----Edge----") -> bytes:
    """An MHTML file as a browser writes it: a page, a frame in it and a picture."""
    parts = [
        ("text/html", "quoted-printable", url, quopri.encodestring(html)),
        ("text/html", "quoted-printable", "cid:frame-2", b"<p>A frame about something else.</p>"),
        ("image/png", "base64", f"{url}/a.png", b"iVBORw0KGgo="),
    ]
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: A march\r\n"
        "Date: Tue, 6 Feb 2024 12:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{edge}"\r\n\r\n'
    )
    told = "".join(
        f"\r\n--{edge}\r\nContent-Type: {media}\r\nContent-Transfer-Encoding: {coding}\r\n"
        f"Content-Location: {place}\r\n\r\n{body.decode('latin-1')}"
        for media, coding, place, body in parts
    )
    return f"{head}{told}\r\n--{edge}--\r\n".encode("latin-1")
