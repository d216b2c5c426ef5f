"""What reads a form of file, and how it is given one: its bytes within the limits, kept as evidence first.

A reader is found through the entry points of ``dateline.readers``. It never opens a file and sees no more of one than
the limits allow; what it cannot read it says with :class:`~dateline.errors.IntakeError`, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from typing import IO, Protocol, TypeVar, runtime_checkable

from dateline.errors import IntakeError
from dateline.intake.archives.bounds import Room
from dateline.intake.failure import Failure
from dateline.intake.limits import DEFAULT, Limits, over
from dateline.intake.retrieval import Retrieval
from dateline.model import Report

GROUP = "dateline.readers"
FALLBACK = "text"
"""The reader of what no other one knows."""

MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")

_ADDRESS = re.compile(r"(?:https?|ftp):/", re.I)

log = logging.getLogger(__name__)

Keep = Callable[[bytes, Retrieval | None], None]
"""Called with the bytes that a report is about to be read from, and how they were retrieved where that is known:
evidence is kept before it is parsed."""


@dataclass(frozen=True, slots=True)
class Link:
    """A report that a file names by its address and does not hold: an entry of a feed, a line of a list of addresses.

    ``meta`` is what the file says of it (``title``, ``published`` ...), which goes after what the page itself says.
    ``held`` reads what the file holds of the report's words, for where the address is not asked for.
    """

    url: str
    meta: Mapping[str, str | None] = field(default_factory=dict)
    held: Callable[[], Iterator[Found]] | None = field(default=None, repr=False, compare=False)


Columns = Callable[[tuple[str, ...]], Mapping[str, str]]
"""Given the names in a row of a table, tells which of them are known to give which field; nothing where none is."""

Found = Report | Failure | Link
"""What a reader gives."""

Given = TypeVar("Given", Report, Report | Link)

DEEPEST = 4
"""How many files may lie in one another: a page in a mail in an archive in a zipped archive."""


@runtime_checkable
class Reader(Protocol):
    """Reads the reports of one form of file. It is found by the name that its entry point gives it."""

    @property
    def form(self) -> str:
        """What it reads, in words that go after "dateline reads" ("HTML")."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of such files end, in small letters (".html"); each may have ``.gz`` after it."""
        ...

    def sniff(self, head: bytes) -> bool:
        """Whether a file is of this form, seen from its first bytes (up to 8,192); False where they do not show it.

        It is asked where the name does not tell, or tells two readers, and where the bytes look like no text: what
        looks so is refused unless the reader knows it for its own.
        """
        ...

    def read(self, source: Source) -> Iterator[Found]:
        """The reports of a file, in its order, with a failure in the place of each that cannot be read.

        Raises :class:`~dateline.errors.IntakeError` where nothing more of the file can be read.
        """
        ...


@dataclass
class Source:
    """A file as a reader gets it. ``meta`` is what the caller knows of its reports (``publisher``, ``published`` ...).

    ``id`` is what its report is called where it holds one alone: the name of the file, or None for standard input.
    A reader takes the bytes with :meth:`data`, all at once, or with :meth:`each_line`, line by line. The evidence of
    a report are the bytes that were taken last: ``sha256`` is their name.
    """

    stream: IO[bytes] = field(repr=False)
    path: str = "-"
    id: str | None = None
    limits: Limits = DEFAULT
    meta: Mapping[str, str | None] = field(default_factory=dict)
    keep: Keep | None = field(default=None, repr=False)
    sha256: str = ""
    told: set[str] = field(default_factory=set, repr=False)
    """What was remarked on already; the files of a folder share it."""
    retrieval: Retrieval | None = None
    """How the bytes were retrieved, where that is known."""
    media: str | None = None
    """The media type that came with the bytes ("text/html"), which goes after what their beginning shows."""
    columns: Columns | None = field(default=None, repr=False)
    """What is known of the columns of tables, before their own names."""
    inner: Callable[[Source], Iterator[Found]] | None = field(default=None, repr=False)
    """What reads a file that lies in this one: set by whoever chose the reader."""
    depth: int = 0
    """In how many files this one lies."""
    room: Room | None = field(default=None, repr=False)
    """How much the outermost packed file may still unpack to."""

    @classmethod
    def of(cls, data: bytes, *, path: str = "-", id: str | None = None, limits: Limits = DEFAULT) -> Source:
        """The source of bytes at hand, for trying a reader."""
        return cls(BufferedReader(BytesIO(data)), path, id, limits)

    def head(self) -> bytes:
        """The first bytes of the file, which stay to be taken; no more where some were taken."""
        peek = getattr(self.stream, "peek", None)
        return b"" if peek is None else bytes(peek(1))

    def data(self) -> bytes:
        """All bytes of the file, after decompression. Raises IntakeError where they are over the limit."""
        data = self.stream.read(self.limits.bytes + 1)
        if len(data) > self.limits.bytes:
            raise over("bytes", self.limits.bytes, "the file")
        self._take(data)
        return data

    def within(
        self,
        data: bytes | IO[bytes],
        *,
        name: str,
        id: str | None,
        retrieval: Retrieval | None = None,
        media: str | None = None,
        **meta: str | None,
    ) -> Iterator[Found]:
        """The reports of a file that lies in this one, such as a page in an archive, read by the reader for its form.

        ``data`` may be a stream, of which a reader takes as much as the limits allow. ``name`` is what it is called
        there: its ending and then its first bytes tell its form, ``media`` where neither does; before the ending of an
        address, which tells little, ``media`` goes. ``id`` is what its report is called where it holds one alone.
        ``meta`` holds of it where the caller of this source says nothing. Its bytes are evidence of their own, kept
        with ``retrieval`` before they are read.
        """
        path = f"{self.path}!{name}"
        try:
            if self.inner is None or self.depth >= DEEPEST:
                raise IntakeError(
                    f"it lies in more than {DEEPEST} files inside one another", "unpack it, and give what is in it"
                )
            if isinstance(data, bytes):
                self.limits.check("bytes", len(data), "the file")
        except IntakeError as error:
            yield Failure(path, None, error.error, error.mend)
            return
        said = {key: value for key, value in self.meta.items() if value is not None}
        if self.retrieval is not None:
            # The address of an archive is not that of a page in it, which may also say when it was retrieved.
            said.pop("url", None)
            meta = {"retrieved": said.pop("retrieved", None), **meta}
        given = {**meta, **said}
        found = self.inner(
            Source(
                BytesIO(data) if isinstance(data, bytes) else data,
                path,
                id,
                self.limits,
                given,
                self.keep,
                told=self.told,
                retrieval=retrieval,
                media=media,
                columns=self.columns,
                inner=self.inner,
                depth=self.depth + 1,
                room=self.room,
            )
        )
        own = self.sha256
        for item in found:
            # The evidence of what is given next are the bytes that were taken last: those of the file within.
            self.sha256 = (item.sha256 or "") if isinstance(item, Report) else own
            yield item
        self.sha256 = own

    def each_line(self, read: Callable[[bytes], Given]) -> Iterator[Given | Failure]:
        """What ``read`` makes of each line, given without its line break; blank lines are passed over.

        A line over the limit, or for which ``read`` raises IntakeError, gives a failure with its number.
        """
        return self.lines(_bounded(self.stream, self.limits.bytes), read)

    def lines(self, lines: Iterable[bytes], read: Callable[[bytes], Given]) -> Iterator[Given | Failure]:
        """The same for lines that are at hand."""
        for number, line in enumerate(lines, start=1):
            data = line.rstrip(b"\r\n")
            if number == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            if not data.strip():
                continue
            try:
                self.limits.check("bytes", len(data), "the line")
                self._take(data)
                yield read(data)
            except IntakeError as error:
                yield Failure(self.path, number, error.error, error.mend)

    def remark(self, words: str) -> None:
        """Say to the log what a person should know though it costs no report."""
        log.warning("%s: %s", self.path, words)

    def new(self, about: Iterable[str]) -> list[str]:
        """Those of some things that were not remarked on before; from now on they were."""
        fresh = [one for one in dict.fromkeys(about) if one not in self.told]
        self.told.update(fresh)
        return fresh

    def failure(self, error: IntakeError) -> Failure:
        """The failure of the file, or of a part of it that has no line of its own."""
        return Failure(self.path, None, error.error, error.mend)

    def _take(self, data: bytes) -> None:
        self.sha256 = digest(data)
        if self.keep is not None:
            self.keep(data, self.retrieval)


def digest(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal: the name of the evidence."""
    return hashlib.sha256(data).hexdigest()


def is_address(text: str) -> bool:
    """Whether a text is meant as an address of the web and not as the path of a file."""
    return bool(_ADDRESS.match(text))


def beginning(head: bytes) -> bytes:
    """The first bytes in small letters, without a byte order mark and white space: what a text begins with."""
    for mark in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].replace(b"\0", b"")
    return head.lstrip().lower()


def _bounded(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """The lines of a stream; of one over the limit, just so much that it is seen to be."""
    while line := stream.readline(limit + 2):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(1 << 16)):
            pass
