"""Pieces of evidence as the records of a web archive: what was answered where that is known, else the bare resource.

The same pieces give the same bytes: every name and time in a record follows from what the project keeps.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from dateline.errors import MissingPartError
from dateline.export.archive.media import media_of
from dateline.export.archive.times import in_utc
from dateline.intake.retrieval import Retrieval
from dateline.store.proof.pieces import Piece
from dateline.version import __version__

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.warcwriter import WARCWriter

VERSION = "WARC/1.1"
_SPACE = uuid.UUID("a1c3f2de-6d0c-5d0f-9f5a-0d6c3b1e7a55")
_UNPACKED = re.compile(r"(?:content-(?:encoding|length)|transfer-encoding)\Z", re.I)
"""Headers of the answer on the wire: the bytes are kept unpacked, and these would tell readers to unpack them again."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A record that was written: where it lies, and what an index says of it."""

    url: str
    time: str
    mime: str
    status: str
    digest: str
    offset: int
    length: int
    title: str


def write_warc(pieces: Iterable[Piece], out: IO[bytes], created: str) -> Iterator[Indexed]:
    """Write records of the pieces, each in a gzip member of its own; what is given is what an index wants."""
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError as error:
        raise MissingPartError(
            "web archives are written with warcio, which is not installed; write: pip install 'dateline[archive]'"
        ) from error
    writer = WARCWriter(out, gzip=True, warc_version=VERSION)
    about = {"software": f"dateline {__version__}", "format": "WARC File Format 1.1"}
    info = writer.create_warcinfo_record("data.warc.gz", about)
    _sign(info, "warcinfo", created)
    writer.write_record(info)
    for piece in pieces:
        for retrieval in piece.retrievals or (None,):
            yield _write(writer, out, piece, retrieval)


def _write(writer: WARCWriter, out: IO[bytes], piece: Piece, retrieval: Retrieval | None) -> Indexed:
    url = (retrieval and retrieval.answered) or named_by_hash(piece.sha256)
    time = in_utc((retrieval and retrieval.time) or "", piece.added)
    digest = "sha256:" + base64.b32encode(bytes.fromhex(piece.sha256)).decode()
    answered = retrieval is not None and retrieval.status is not None
    headers = {"WARC-Date": time, "WARC-Payload-Digest": digest}
    if retrieval is not None and retrieval.address:
        headers["WARC-IP-Address"] = retrieval.address
    http = _http(retrieval, len(piece.data)) if retrieval is not None and answered else None
    mime = media_of(piece.data)
    if http is not None:
        mime = (http.get_header("content-type") or mime).partition(";")[0].strip().lower()
    record = writer.create_warc_record(
        url,
        "response" if http is not None else "resource",
        payload=BytesIO(piece.data),
        length=len(piece.data),
        warc_content_type="" if http is not None else mime,
        warc_headers_dict=headers,
        http_headers=http,
    )
    _sign(record, piece.sha256, time, url)
    start = out.tell()
    writer.write_record(record)
    length = out.tell() - start
    if retrieval is not None:
        _tell(writer, piece, retrieval, record)
    status = str(retrieval.status) if retrieval is not None and answered else "200"
    return Indexed(url, time, mime, status, digest, start, length, piece.title or url)


def _http(retrieval: Retrieval, length: int) -> Any:
    """The head of the answer: what described the packed bytes stands under another name, as other archives have it."""
    from warcio.statusandheaders import StatusAndHeaders

    headers = [
        (f"x-archive-orig-{name}" if _UNPACKED.match(name) else name, value) for name, value in retrieval.headers
    ]
    headers.append(("content-length", str(length)))
    try:
        phrase = HTTPStatus(retrieval.status or 0).phrase
    except ValueError:
        phrase = ""
    return StatusAndHeaders(f"{retrieval.status} {phrase}".strip(), headers, protocol="HTTP/1.1")


def _tell(writer: WARCWriter, piece: Piece, retrieval: Retrieval, of: ArcWarcRecord) -> None:
    """A record on a record: by what method it was got, from which address, over which others."""
    lines = [f"method: {retrieval.method}", f"sha256: {piece.sha256}"]
    if retrieval.url:
        lines.append(f"requested: {retrieval.url}")
    lines += [f"hop: {hop.status} {hop.url}" for hop in retrieval.hops]
    if retrieval.within:
        lines.append(f"within: {PurePath(retrieval.within).name}")
    text = "".join(f"{re.sub(r'[^ -~]+', ' ', line)}\r\n" for line in lines)
    url, time = of.rec_headers.get_header("WARC-Target-URI"), of.rec_headers.get_header("WARC-Date")
    record = writer.create_warc_record(
        url,
        "metadata",
        payload=BytesIO(text.encode("ascii")),
        length=len(text),
        warc_content_type="application/warc-fields",
        warc_headers_dict={"WARC-Date": time, "WARC-Refers-To": of.rec_headers.get_header("WARC-Record-ID")},
    )
    _sign(record, "metadata", piece.sha256, time, url)
    writer.write_record(record)


def _sign(record: ArcWarcRecord, *of: str) -> None:
    """Name a record by what it is of, and date it, so that it is the same whenever it is written."""
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(_SPACE, ' '.join(of))}>")
    if record.rec_type == "warcinfo":
        record.rec_headers.replace_header("WARC-Date", in_utc(of[-1]))


def named_by_hash(sha256: str) -> str:
    """The address of bytes that came from no address: their hash (RFC 6920). Names of files may tell of people."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
