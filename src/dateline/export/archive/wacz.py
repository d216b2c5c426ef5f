"""A WACZ file (1.1.1): the records of the evidence with an index and a list of pages, in one zip, each file hashed."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dateline.export.archive.records import Indexed, write_warc
from dateline.export.archive.times import in_digits, in_utc
from dateline.store.proof.pieces import Piece
from dateline.version import __version__

WACZ_VERSION = "1.1.1"
WARC = "data.warc.gz"
_THEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: it tells nothing, and the same evidence gives the same bytes."""


def write_wacz(pieces: Iterable[Piece], out: IO[bytes], created: str, more: Iterable[tuple[str, bytes]] = ()) -> int:
    """Write pieces of evidence as a WACZ file, with ``more`` files by their names in it; how many records it holds.

    ``created`` is the time that the file names as its own; the project's last change makes it the same every time.
    """
    with TemporaryFile() as records, zipfile.ZipFile(out, "w") as zipped:
        indexed = list(write_warc(pieces, records, created))
        records.seek(0)
        files = [_put(zipped, f"archive/{WARC}", records, zipfile.ZIP_STORED)]
        index = "".join(sorted(_cdxj(record) for record in indexed))
        pages = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _pages(indexed))
        for name, data in (("indexes/index.cdx", index.encode()), ("pages/pages.jsonl", pages.encode()), *more):
            files.append(_put(zipped, name, data, zipfile.ZIP_DEFLATED))
        package = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": "Evidence of news reports",
            "created": in_utc(created),
            "software": f"dateline {__version__}",
            "resources": files,
        }
        data = json.dumps(package, indent=2).encode()
        named = _put(zipped, "datapackage.json", data, zipfile.ZIP_DEFLATED)
        digest = json.dumps({"path": named["path"], "hash": named["hash"]}, indent=2).encode()
        _put(zipped, "datapackage-digest.json", digest, zipfile.ZIP_DEFLATED)
    return len(indexed)


def write(pieces: Iterable[Piece], path: Path, created: str, more: Iterable[tuple[str, bytes]] = ()) -> int:
    """Write pieces to a file, whole or not at all: a WACZ file, or WARC records where its name ends so."""
    beside = path.with_name(path.name + ".partial")
    try:
        with beside.open("w+b") as out:
            if path.name.endswith(".wacz"):
                number = write_wacz(pieces, out, created, more)
            else:
                number = sum(1 for _ in write_warc(pieces, out, created))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return number


def _put(zipped: zipfile.ZipFile, name: str, data: bytes | IO[bytes], compression: int) -> dict[str, Any]:
    about = zipfile.ZipInfo(name, _THEN)
    about.compress_type = compression
    about.external_attr = 0o644 << 16
    about.create_system = 3
    counting = _Hashing()
    with zipped.open(about, "w", force_zip64=True) as out:
        if isinstance(data, bytes):
            out.write(data)
            counting.write(data)
        else:
            shutil.copyfileobj(data, _Both(out, counting), 1 << 20)
    return {
        "name": name.rpartition("/")[2],
        "path": name,
        "hash": f"sha256:{counting.digest.hexdigest()}",
        "bytes": counting.bytes,
    }


class _Hashing:
    """Counts and hashes what is written to it."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.bytes += len(data)
        return len(data)


class _Both:
    """Writes to a file, and what was written to a hash."""

    def __init__(self, out: IO[bytes], counting: _Hashing) -> None:
        self._out, self._counting = out, counting

    def write(self, data: bytes) -> int:
        self._counting.write(data)
        return self._out.write(data)


def _cdxj(record: Indexed) -> str:
    """A line of the index: the address in the order of its parts, the time, and where the record lies."""
    about = {
        "url": record.url,
        "mime": record.mime,
        "status": record.status,
        "digest": record.digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": WARC,
    }
    return f"{sorted_address(record.url)} {in_digits(record.time)} {json.dumps(about)}\n"


def sorted_address(url: str) -> str:
    """An address with its host from the top down ("org,example)/page"), by which indexes are sorted."""
    try:
        parts = urlsplit(url.lower())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme.removesuffix("s") != "http" or host is None:
        return url
    ends = "" if port in (None, 80, 443) else f":{port}"
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    name = ",".join(reversed(host.removeprefix("www.").split(".")))
    return f"{name}{ends}){parts.path or '/'}" + (f"?{query}" if query else "")


def _pages(indexed: Iterable[Indexed]) -> Iterable[dict[str, str]]:
    """The list of pages: a line that says what it is, then a line a page."""
    yield {"format": "json-pages-1.0", "id": "pages", "title": "Evidence"}
    for number, record in enumerate(indexed, start=1):
        yield {"id": str(number), "url": record.url, "ts": record.time, "title": record.title}
