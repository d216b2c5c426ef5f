"""What every reader must hold to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.conformance.rules import hold
from dateline.errors import IntakeError
from dateline.intake.failure import Failure
from dateline.intake.paths import read_within
from dateline.intake.reader import Found, Link, Reader, Source
from dateline.model import Report

HOSTILE = {
    "nothing": b"",
    "white space": b" \r\n\t\n",
    "NULs": b"\0" * 300,
    "every byte": bytes(range(256)) * 20,
    "no UTF-8": b"Police \xc3\x28 arrested \xff\xfe a man.\xed\xa0\x80\n" * 20,
    "half of UTF-16": "Police arrested a man.".encode("utf-16")[:-1],
    "a mark alone": b"\xef\xbb\xbf",
    "open brackets": b"[" * 50_000,
    "open braces": b'{"id":' * 20_000,
    "open tags": b"<div><p>" * 500,
    "one long line": b"word " * 10_000,
    "blank lines": b"\n" * 5_000,
    "a PDF": b"%PDF-1.7\n\x00\x01\x02",
    "controls": b"Police\x1b[2J\x07 arrested a man.\x0c\x0b",
}
"""Bytes that no reader was made for, by what they are."""

_ENDING = re.compile(r"(?:\.[a-z0-9_-]+)+")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def check_reader(reader: Reader, *files: bytes) -> None:
    """Try a reader; ``files`` are whole files of its form, each with at least one report.

    Raises :class:`AssertionError` that names the first rule that it breaks.
    """
    _check_parts(reader)
    for n, data in enumerate(files, 1):
        found = read_bytes(reader, data, f"file {n}")
        reports = [item for item in found if isinstance(item, Report | Link)]
        hold("reader-reads", bool(reports), f"read no report in file {n}: {'; '.join(map(str, found))[:300]}")
        hold("reader-order", found == read_bytes(reader, data, f"file {n}"), f"read file {n} in two ways")
    hostile = [*HOSTILE.items(), *(spoiled for n, data in enumerate(files, 1) for spoiled in _spoiled(data, n))]
    for what, data in hostile:
        try:
            known = reader.sniff(data[:8192])
        except Exception as error:
            hold("reader-sniff", False, f"raised {type(error).__name__} ({error}) for {what}")
        hold("reader-sniff", isinstance(known, bool), f"said {known!r} of {what}")
        read_bytes(reader, data, what, own_ids=not what.endswith("twice"))


def _check_parts(reader: Reader) -> None:
    missing = [name for name in ("form", "endings", "sniff", "read") if not hasattr(reader, name)]
    hold("reader-made", not missing, f"has no {', '.join(missing)}")
    hold("reader-made", isinstance(reader.form, str) and bool(reader.form.strip()), "has a form without words")
    endings = reader.endings
    whole = isinstance(endings, tuple) and all(isinstance(e, str) and _ENDING.fullmatch(e) for e in endings)
    hold("reader-made", whole, f"has the endings {endings!r}, not a tuple of endings in small letters")


def _spoiled(data: bytes, n: int) -> Iterator[tuple[str, bytes]]:
    """A good file cut short, turned round, and with every seventh byte another."""
    for part in (1, 2, 3):
        yield f"file {n} cut after {part} of 4 parts", data[: len(data) * part // 4]
    yield f"file {n} turned round", data[::-1]
    yield f"file {n} with other bytes", bytes(b ^ 0x15 if i % 7 == 0 else b for i, b in enumerate(data))
    yield f"file {n} twice", data + data


def read_bytes(reader: Reader, data: bytes, what: str, *, own_ids: bool = True) -> list[Found]:
    """What a reader gives of some bytes, up to the IntakeError that it may raise; every report is looked at.

    Raises :class:`AssertionError` that begins with the name of the first rule that is broken; ``what`` names the bytes
    there. Without ``own_ids`` two reports may have one id, as where the bytes say so.
    """
    kept: list[bytes] = []
    source = Source.of(data, path="hostile", id="the-file")
    source.keep = lambda data, _: kept.append(data)
    source.inner = read_within
    found: list[Found] = []
    try:
        for item in reader.read(source):
            hold("reader-hostile", isinstance(item, Report | Failure | Link), f"gave {type(item).__name__} for {what}")
            hold("reader-evidence", bool(kept) or isinstance(item, Failure), f"did not for {what}")
            found.append(item)
    except IntakeError as error:
        found.append(source.failure(error))
    except AssertionError:
        raise
    except Exception as error:
        hold("reader-hostile", False, f"raised {type(error).__name__} ({error}) for {what}")
    _check(found, what, own_ids)
    return found


def _check(found: Sequence[Found], what: str, own_ids: bool) -> None:
    reports = [item for item in found if isinstance(item, Report)]
    for report in reports:
        ends = [0, *(at for block in report.blocks for at in (block.start, block.end)), len(report.text)]
        hold("reader-blocks", ends == sorted(ends), f"gave blocks that do not fit the text of {what}")
        hold("reader-blocks", not _NO_TEXT.search(report.text), f"kept what is no text of {what}")
    ids = [report.id for report in reports]
    if own_ids:
        hold("reader-ids", all(ids) and len(set(ids)) == len(ids), f"named the reports of {what} {ids[:5]}")
