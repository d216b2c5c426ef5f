"""Mailboxes: mails one after the other, read one at a time, so that a large box costs no more than its largest mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from dateline.intake.failure import Failure
from dateline.intake.limits import over
from dateline.intake.reader import Found, Source
from dateline.intake.retrieval import Retrieval

_BEGINS = re.compile(rb"From (?:\S+@\S*[ \t]*$|-[ \t]|\S.*\d{1,2}:\d{2}.*\d{4}\s*$)")
"""The line before a mail: "From ", who sent it, and when. A sentence that begins so has no time and year at its end."""
_ESCAPED = re.compile(rb">+From ")
_CHUNK = 1 << 16


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins so is a mailbox."""
    return bool(_BEGINS.match(head.partition(b"\n")[0].rstrip(b"\r")))


def read_mailbox(source: Source) -> Iterator[Found]:
    """What each mail of a box gives, in order. A mail that cannot be read costs itself, and is named by its number."""
    number = 0
    for number, mail in enumerate(mails(source.stream, source.limits.bytes), 1):
        name = f"{number}.eml"
        if mail is None:
            refusal = over("bytes", source.limits.bytes, "the mail")
            yield Failure(f"{source.path}!{name}", None, refusal.error, refusal.mend)
            continue
        how = Retrieval("mail of a mailbox", within=source.path)
        yield from source.within(mail, name=name, id=source.id and f"{source.id}-{number}", retrieval=how)


def mails(stream: IO[bytes], most: int) -> Iterator[bytes | None]:
    """The mails of a box as they were sent, without the lines between them; None for one of more bytes than ``most``.

    What was put before lines that begin with "From " is taken away again, one mark each.
    """
    lines: list[bytes] = []
    size, begun, blank, whole = 0, False, True, True
    while line := stream.readline(_CHUNK):
        if whole and blank and _BEGINS.match(line.rstrip(b"\r\n")):
            if begun:
                yield b"".join(lines) if size <= most else None
            lines, size, begun, blank = [], 0, True, False
            whole = line.endswith(b"\n")
            continue
        blank = whole and not line.strip(b"\r\n")
        if whole and _ESCAPED.match(line):
            line = line[1:]
        whole = line.endswith(b"\n")
        size += len(line)
        if size <= most:
            lines.append(line)
        else:
            lines = []
    if begun:
        yield b"".join(lines) if size <= most else None
