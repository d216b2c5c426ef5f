"""Zip archives of pages and other files: a folder in one file, read as a folder is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import IO, cast

from dateline.errors import IntakeError
from dateline.intake.archives.bounds import too_much
from dateline.intake.archives.zips import STARTS, Member, opened
from dateline.intake.failure import Failure
from dateline.intake.folders.listing import file_ending, folder_stems, page_stems
from dateline.intake.reader import Found, Reader, Source
from dateline.intake.registry import Readers, readers

_HEAD = 8192
_NAME_AT = 30  # where the name of the first member stands
_EMPTY = b"PK\x05\x06"
"""What a zip archive without files begins with."""

_CONTENTS = b"[Content_Types].xml"
_OTHER = (b"mimetype", b"META-INF/", b"word/", b"xl/", b"ppt/")
"""How the first member is called in what is a zip archive only inside: documents, books and programs."""

_MOST_KINDS = 12


class _Zip:
    """A folder in a zip archive."""

    form = "ZIP"
    endings = (".zip",)

    def sniff(self, head: bytes) -> bool:
        """Whether it is a zip archive, and none that is a document inside."""
        name = head[_NAME_AT : _NAME_AT + 64]
        if head.startswith(_EMPTY):
            return True
        return (
            head.startswith(STARTS) and len(head) > _NAME_AT and not name.startswith(_OTHER) and _CONTENTS not in head
        )

    def read(self, source: Source) -> Iterator[Found]:
        """What its files give, in the order of their names."""
        known = readers()
        unread: Counter[str] = Counter()
        read = 0
        with opened(source) as members:
            pages = _pages(members)
            for member in members:
                if _hidden(member.name) or _belongs(member.name, pages):
                    continue
                if not known.named(member.name) and not _tells_itself(member, known):
                    unread[file_ending(member.name) or "without an ending"] += 1
                    continue
                read += 1
                yield from _member(member, source)
        if not read:
            raise IntakeError(
                f"the archive holds no file that is read{_told(unread)}", f"{known.told} ({', '.join(known.endings)})"
            )
        if unread:
            source.remark(f"files in it that were not read{_told(unread)}")


def _member(member: Member, source: Source) -> Iterator[Found]:
    id = f"{source.id}/{member.name}" if source.id else member.name
    try:
        stream = member.open()
    except IntakeError as error:
        yield Failure(f"{source.path}!{member.name}", None, error.error, error.mend)
        return
    with stream:
        yield from source.within(cast(IO[bytes], stream), name=member.name, id=id)
    if source.room is not None and source.room.left < 0:
        raise too_much("the archive")


def _told(unread: Counter[str]) -> str:
    kinds = [f"{kind} {number:,}" for kind, number in sorted(unread.items())]
    more = f" and {len(kinds) - _MOST_KINDS} other endings" if len(kinds) > _MOST_KINDS else ""
    return f": {', '.join(kinds[:_MOST_KINDS])}{more}" if kinds else ""


def _hidden(name: str) -> bool:
    """Whether a file is hidden or what a Mac puts beside each."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _pages(members: list[Member]) -> dict[str, set[str]]:
    """The names of pages without their endings, by the folder they lie in."""
    pages: dict[str, set[str]] = {}
    for member in members:
        where, _, name = member.name.rpartition("/")
        if stems := page_stems(name):
            pages.setdefault(where, set()).update(stems)
    return pages


def _belongs(name: str, pages: dict[str, set[str]]) -> bool:
    """Whether a file lies in a folder that a browser saved beside a page."""
    way = name.split("/")[:-1]
    return any(
        stem in pages.get("/".join(way[:depth]), ())
        for depth, folder in enumerate(way)
        for stem in folder_stems(folder)
    )


def _tells_itself(member: Member, known: Readers) -> bool:
    """Whether a file without an ending begins as one of those that are read."""
    if file_ending(member.name) or member.fault is not None:
        return False
    try:
        with member.open() as stream:
            head = stream.read(_HEAD)
        return bool(head.strip()) and known.sniffed(head)
    except IntakeError:
        return False


ZIP: Reader = _Zip()
