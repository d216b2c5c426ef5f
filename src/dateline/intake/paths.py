"""Files and folders to reports: what a file is shows in its name, else in its first bytes."""

from __future__ import annotations

import gzip
import io
import logging
import sys
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dateline.errors import IntakeError, StoreError
from dateline.files.names import name_as_text
from dateline.intake.archives.bounds import gunzipped
from dateline.intake.failure import Failure
from dateline.intake.folders.listing import listing
from dateline.intake.limits import DEFAULT, Limits
from dateline.intake.links.following import Follower
from dateline.intake.published import check_published
from dateline.intake.reader import Columns, Found, Keep, Link, Source, is_address
from dateline.intake.registry import Readers, readers
from dateline.intake.text import check_characters, check_value
from dateline.model import Report

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetched, Fetcher

_HEAD = 8192  # bytes that are looked at to tell what a file is
log = logging.getLogger(__name__)


def read_path(
    path: str | Path,
    *,
    limits: Limits = DEFAULT,
    keep: Keep | None = None,
    apart: Collection[Path] = (),
    fetch: Fetcher | None = None,
    columns: Columns | None = None,
    **meta: str | None,
) -> Iterator[Report | Failure]:
    """The reports of a file, a folder (everything in it that shows a form, sorted), an address, or ``-``, the input.

    ``meta`` (``publisher=``, ``published=`` ...) goes before what a page says of itself, and after what a JSON record
    says. The id of a report is the name of its file (in a folder: with the way from there), or the record's own. What
    cannot be read comes as a :class:`Failure`, in its place, and the rest goes on; so does a link that leads out of the
    folder. A date in ``meta`` that does not exist, or a value that cannot be kept, is the caller's mistake, and raises
    :class:`IntakeError` before any file is read. ``keep`` is given the bytes of each report (those that its ``sha256``
    names) before they are parsed, also where nothing can be read from them; a :class:`StoreError` of its own ends all.
    ``columns`` tells which columns of a table give which fields, before their own names do.
    Files that are ``apart``, such as the one that is written, are no reports of a folder. The log is told of files of
    a folder that are not read, and of keys and columns that are no field of a report.

    An address, and what files name by theirs (a feed, a list of addresses), is fetched where ``fetch`` is given, and is
    a failure where it is not. The id of a report from an address is the address as it was given; its ``url`` is the
    one that answered. What is named by something that was fetched is fetched too, three steps deep and no further.
    """
    for field, value in meta.items():
        check_value(f"the {field}", value)
    for field, what in (("published", "publication date"), ("retrieved", "retrieval time")):
        if (value := meta.get(field)) is not None:
            check_published(value, what)
    known = readers()
    meta = dict(meta)
    id = meta.pop("id", None)

    told: set[str] = set()

    def source(raw: IO[bytes], path: str, name: str | None) -> Source:
        return Source(raw, path, id or name, limits, meta, keep, told=told, columns=columns, inner=read_within)

    follower = Follower(fetch, source, lambda given, name: _read_stream(given, name, known))

    if str(path) == "-":
        if sys.stdin is None:
            yield Failure("standard input", None, "it is closed", "give it something to read, or name a file")
            return
        yield from follower.follow(_read_stream(source(sys.stdin.buffer, "standard input", None), None, known))
        return
    if is_address(str(path)):
        yield from follower.follow([Link(str(path))])
        return
    root = Path(path)
    files: Sequence[Path | Failure] = (root,)
    try:
        with _told():
            is_folder = root.is_dir()
    except IntakeError as error:
        yield Failure(str(path), None, error.error, error.mend)
        return
    if is_folder:
        found = listing(root, known, apart)
        files = found.files
        for words in found.remarks(known):
            log.warning("%s: %s", path, words)
        if not files:
            yield Failure(str(path), None, "the folder holds no report", f"{known.told} ({', '.join(known.endings)})")
    for file in files:
        if isinstance(file, Failure):
            yield file
            continue
        name = name_as_text(file.relative_to(root).as_posix() if file != root else root.name)
        try:
            with _opened(file) as raw:
                yield from follower.follow(_read_stream(source(raw, str(file), name), file.name, known))
        except IntakeError as error:
            yield Failure(str(file), None, error.error, error.mend)


def read_stream(
    stream: IO[bytes], *, path: str, name: str, limits: Limits = DEFAULT, **meta: str | None
) -> Iterator[Report | Failure]:
    """The reports of a file that is open, as :func:`read_path` reads it; ``path`` is what failures call it.

    ``name`` is what its report is called where it holds one alone; its ending tells the form. Nothing is fetched.
    """
    known = readers()
    source = Source(stream, path, name, limits, meta, inner=read_within)

    def new(raw: IO[bytes], path: str, name: str | None) -> Source:
        return replace(source, stream=raw, path=path, id=name)

    follower = Follower(None, new, lambda given, name: _read_stream(given, name, known))
    yield from follower.follow(_read_stream(source, name, known))


def read_fetched(
    link: Link, got: Fetched, *, limits: Limits = DEFAULT, keep: Keep | None = None
) -> Iterator[Report | Failure]:
    """The reports of what the address of a link gave, whose bytes are kept first; what they name is not followed.

    What the link says, and what its file holds of the report, goes after what was fetched, as with :func:`read_path`.
    """
    known, told = readers(), set[str]()

    def source(raw: IO[bytes], path: str, name: str | None) -> Source:
        return Source(raw, path, name, limits, {}, keep, told=told, inner=read_within)

    def read(given: Source, name: str) -> Iterator[Found]:
        for item in _read_stream(given, name, known):
            if isinstance(item, Link):
                what = "it is a list of addresses, and no report"
                yield given.failure(IntakeError(what, f"to follow it: dateline watch {link.url}"))
                return
            yield item

    yield from Follower(None, source, read).taken(link, got)


def read_within(source: Source) -> Iterator[Found]:
    """The reports of a file that lies in another one, by the reader for its form: see :meth:`Source.within`."""
    name = source.path.rpartition("!")[2]
    return _read_stream(source, None if "://" in name else name, readers())


def _opened(path: Path) -> IO[bytes]:
    with _told():
        if not path.exists():
            raise IntakeError("there is no such file", "check the name")
        if not path.is_file():
            raise IntakeError("this is no ordinary file", "give a file, a folder, or - for the standard input")
        return path.open("rb")


def _read_stream(source: Source, name: str | None, known: Readers) -> Iterator[Found]:
    """What a stream of bytes holds; ``name`` is that of its file."""
    try:
        stream, head = _headed(source.stream)
        if head.startswith(b"\x1f\x8b"):
            stream, head = _headed(gunzipped(stream, source.room))
        is_web = source.retrieval is not None and source.retrieval.url is not None
        reader = known.choose(name, head, source.media, is_web=is_web)
        yield from _read_by(reader, replace(source, stream=stream), known)
    except IntakeError as error:
        yield source.failure(error)


def _read_by(name: str, source: Source, known: Readers) -> Iterator[Found]:
    """What a reader makes of a file, held to the limits; a reader that breaks costs the file and no more."""
    given = 0
    try:
        for item in known.by_name[name].read(source):
            given += 1
            try:
                yield item if isinstance(item, Failure | Link) else _checked(item, source)
            except IntakeError as error:
                yield source.failure(error)
    except (IntakeError, StoreError):
        raise
    except Exception as error:
        log.debug("reader %s on %s", name, source.path, exc_info=True)
        yield source.failure(
            IntakeError(
                f"the reader {name!r} broke on it ({type(error).__name__}: {error})",
                "tell whoever made the reader, or save the text as a .txt file",
            )
        )
        return
    if not given:
        yield source.failure(IntakeError(f"the reader {name!r} found no report in it", "look into the file"))


def _checked(item: object, source: Source) -> Report:
    """A report as it may go on: within the limits, of characters that can be kept, with its evidence named."""
    if not isinstance(item, Report):
        raise TypeError(f"it gave {type(item).__name__}, neither a report nor a failure")
    source.limits.check("characters", len(item.text), "the text")
    check_characters(item.text)
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name != "text" and isinstance(value, str):
            check_value(f"the {field.name}", value)
    if not item.id:
        raise ValueError("it gave a report without an id")
    ends = [0, *(at for block in item.blocks for at in (block.start, block.end)), len(item.text)]
    if ends != sorted(ends):
        raise ValueError("it gave a report whose blocks overlap or lie outside its text")
    return item if item.sha256 == source.sha256 else replace(item, sha256=source.sha256)


@contextmanager
def _told() -> Iterator[None]:
    """What the system refuses, and what is damaged, as the failure of the file: no reader need think of it."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise IntakeError(f"the gzip data are damaged ({error})", "get the file again") from error
    except OSError as error:
        raise IntakeError(f"the file cannot be read ({error.strerror or error})", "check it and its rights") from error


def _read(stream: IO[bytes] | io.RawIOBase, size: int) -> bytes:
    with _told():
        return stream.read(size) or b""


class _Headed(io.RawIOBase):
    """A stream whose first bytes were read already, whole again; one in which one can seek, as far as its rest can."""

    def __init__(self, head: bytes, rest: IO[bytes] | io.RawIOBase) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._rest.seekable()

    def tell(self) -> int:
        return self._rest.tell() - len(self._head)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset -= len(self._head)
        at = self._rest.seek(offset, whence)
        self._head = b""
        return at

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or _read(self._rest, len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _read_on(stream: IO[bytes] | io.RawIOBase, size: int) -> bytes:
    """More of a stream's beginning; nothing where it is damaged there, of which reading it tells."""
    try:
        return _read(stream, size)
    except IntakeError:
        return b""


def _headed(raw: IO[bytes] | io.RawIOBase) -> tuple[io.BufferedReader, bytes]:
    head = _read(raw, _HEAD)
    while piece := head and _read_on(raw, _HEAD - len(head)):
        head += piece
    return io.BufferedReader(_Headed(head, raw), 1 << 16), head
