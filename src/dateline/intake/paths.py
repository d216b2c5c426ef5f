"""Files and folders to reports: what a file is shows in its name, else in its first bytes."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Literal

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.failure import Failure
from dateline.intake.html.read import read_html
from dateline.intake.jsonl import parse_json, read_jsonl, read_record
from dateline.intake.limits import DEFAULT, Limits, over
from dateline.intake.published import check_published
from dateline.intake.text import digest, read_text
from dateline.model import Report

Form = Literal["html", "text", "jsonl", "json"]

FORMS: dict[str, Form] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
"""What is read in a folder, by the end of the name, each also with ``.gz`` after it."""

_READS = "dateline reads HTML, text, JSON Lines and JSON"
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"\0\0\0 ftyp", "a film"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"WARC/", "a web archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HEAD = 8192  # bytes that are looked at to tell what a file is
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_HTML_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<!--",
    b"<meta",
    b"<div",
    b"<p>",
    b"<article",
)


Keep = Callable[[bytes], None]
"""Called with the bytes that a report is about to be read from: evidence is kept before it is parsed."""


def read_path(
    path: str | Path, *, limits: Limits = DEFAULT, keep: Keep | None = None, **meta: str | None
) -> Iterator[Report | Failure]:
    """The reports of a file, of a folder (everything in it whose name tells a form, sorted), or of ``-``, the input.

    ``meta`` (``publisher=``, ``published=`` ...) goes before what a page says of itself, and after what a JSON record
    says. The id of a report is the name of its file (in a folder: with the way from there), or the record's own. What
    cannot be read comes as a :class:`Failure`, in its place, and the rest goes on. A date in ``meta`` that does not
    exist is the caller's mistake, and raises :class:`IntakeError` before any file is read. ``keep`` is given the bytes
    of each report (those that its ``sha256`` names) before they are parsed, also where nothing can be read from them.
    """
    for field, what in (("published", "publication date"), ("retrieved", "retrieval time")):
        if (value := meta.get(field)) is not None:
            check_published(value, what)
    if str(path) == "-":
        yield from _read_stream(sys.stdin.buffer, "standard input", None, None, limits, keep, meta)
        return
    root = Path(path)
    if not root.is_dir():
        yield from _read_file(root, meta.get("id") or root.name, limits, keep, meta)
        return
    files = list(_files(root))
    if not files:
        yield Failure(str(path), None, "the folder holds no report", f"{_READS} ({', '.join(FORMS)})")
    for file in files:
        yield from _read_file(file, file.relative_to(root).as_posix(), limits, keep, meta)


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _form(name) is not None:
                yield Path(folder, name)


def _form(name: str) -> Form | None:
    return FORMS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _read_file(
    path: Path, name: str, limits: Limits, keep: Keep | None, meta: dict[str, str | None]
) -> Iterator[Report | Failure]:
    try:
        if not path.exists():
            raise IntakeError("there is no such file", "check the name")
        if not path.is_file():
            raise IntakeError("this is no ordinary file", "give a file, a folder, or - for the standard input")
        with path.open("rb") as file:
            yield from _read_stream(file, str(path), name, _form(path.name), limits, keep, meta)
    except IntakeError as error:
        yield Failure(str(path), None, error.error, error.mend)
    except OSError as error:
        yield Failure(
            str(path), None, f"the file cannot be read ({error.strerror or error})", "check it and its rights"
        )


def _read_stream(
    raw: IO[bytes],
    path: str,
    name: str | None,
    form: Form | None,
    limits: Limits,
    keep: Keep | None,
    meta: dict[str, str | None],
) -> Iterator[Report | Failure]:
    """What a stream of bytes holds. ``name`` is the id of its one report; ``form`` None is told from its beginning."""
    try:
        stream, head = _headed(raw)
        if head.startswith(b"\x1f\x8b"):
            stream, head = _headed(gzip.GzipFile(fileobj=stream))
        _refuse_binary(head)
        if form is None:
            form = sniff(head)
        if form == "jsonl":
            options = {key: value for key, value in meta.items() if key != "id"}
            yield from read_jsonl(_bounded_lines(stream, limits.bytes), path=path, limits=limits, keep=keep, **options)
            return
        data = stream.read(limits.bytes + 1)
        if len(data) > limits.bytes:
            raise over("bytes", limits.bytes, "the file")
        if keep is not None:
            keep(data)
        if form == "json":
            yield from _read_json(data, path, limits, meta)
            return
        known = meta | {"id": meta.get("id") or name}
        if form == "html":
            yield read_html(data, limits=limits, **known)
        else:
            yield read_text(decode(data), sha256=digest(data), limits=limits, **known)
    except IntakeError as error:
        yield Failure(path, None, error.error, error.mend)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(path, None, f"the gzip data are damaged ({error})", "get the file again")


def _read_json(data: bytes, path: str, limits: Limits, meta: dict[str, str | None]) -> Iterator[Report | Failure]:
    value = parse_json(data.removeprefix(b"\xef\xbb\xbf"))
    records = value if isinstance(value, list) else [value]
    if not records:
        raise IntakeError("the file holds an empty list", "give at least one record")
    options = {key: value for key, value in meta.items() if key != "id"}
    for number, record in enumerate(records, start=1):
        where = f"record {number}: " if isinstance(value, list) else ""
        try:
            yield read_record(record, digest(data), limits, options)
        except IntakeError as error:
            yield Failure(path, None, where + error.error, error.mend)


def sniff(head: bytes) -> Form:
    """The form of a file from its beginning: plain text is what is nothing else."""
    for mark in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].replace(b"\0", b"")
    start = head.lstrip().lower()
    if start.startswith(_HTML_STARTS) or (start.startswith(b"<") and b"<html" in start):
        return "html"
    opening, after = start[:1], start[1:]
    if opening == b"{" and after.lstrip(b" \t").startswith((b'"', b"}")):
        return "jsonl"
    if opening in (b"{", b"[") and after.lstrip().startswith((b'"', b"{", b"[", b"]")):
        return "json"
    return "text"


def _refuse_binary(head: bytes) -> None:
    if not head.strip():
        raise IntakeError("the file is empty", "get it again, or leave it out")
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise IntakeError(f"this looks like {what}", f"{_READS}; save its text as a .txt file")
    if not head.startswith(_MARKS):
        control = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
        if control > 0.05 * len(head):
            raise IntakeError("this looks like a binary file", f"{_READS}; UTF-16 must be saved as UTF-8")


class _Headed(io.RawIOBase):
    """A stream whose first bytes were read already, whole again."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _headed(raw: IO[bytes] | gzip.GzipFile) -> tuple[io.BufferedReader, bytes]:
    head = raw.read(_HEAD)
    return io.BufferedReader(_Headed(head, raw), 1 << 16), head  # type: ignore[arg-type]


def _bounded_lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes]:
    """The lines of a stream; of one over the limit, just so much that it is seen to be."""
    while line := stream.readline(limit + 2):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(1 << 16)):
            pass
