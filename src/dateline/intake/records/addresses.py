"""Lists of addresses, and the files that desktops save for one, to links."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.errors import IntakeError
from dateline.intake.encoding import decode
from dateline.intake.failure import Failure
from dateline.intake.reader import MARKS, Found, Link, Reader, Source, beginning, is_address

_SHORTCUT = b"[internetshortcut]"
_PLIST = b"bplist0"
_LARGEST = 65_536
"""Bytes of what a desktop saves for one address."""

_WHOLE = 8192
"""Bytes of a beginning that may break off in a line."""

_MEND = "write one address a line, with http:// or https://, and # before a remark"


class _Addresses:
    """One address a line; blank lines and those that begin with # are passed over."""

    form = "addresses"
    endings = (".urls", ".txt", ".url", ".webloc")

    def sniff(self, head: bytes) -> bool:
        """Whether each line is an address, or it is the shortcut of a desktop."""
        if beginning(head).startswith((_SHORTCUT, _PLIST)) or _is_webloc(head):
            return True
        text = head.decode("utf-16" if head.startswith(MARKS[:2]) else "utf-8-sig", "replace")
        lines = [line for _, line in _lines(text)]
        whole = lines[:-1] if len(head) >= _WHOLE and len(lines) > 1 else lines
        return bool(whole) and all(_is_one(line) for line in whole)

    def read(self, source: Source) -> Iterator[Found]:
        """A link for each address, in order."""
        data = source.data()
        if data.startswith(_PLIST) or _is_webloc(data):
            yield Link(_of_webloc(data))
            return
        lines = list(_lines(decode(data, "the list")))
        if beginning(data[:_WHOLE]).startswith(_SHORTCUT):
            yield Link(_of_shortcut(lines))
            return
        if not lines:
            raise IntakeError("the list holds no address", _MEND)
        for number, line in lines:
            if _is_one(line):
                yield Link(line)
            else:
                yield Failure(source.path, number, f"{line[:60]!r} is no address", _MEND)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are to hold an address, each with its number."""
    for number, line in enumerate(text.splitlines(), 1):
        if (told := line.strip()) and not told.startswith("#"):
            yield number, told


def _is_one(line: str) -> bool:
    return is_address(line) and not any(c.isspace() for c in line)


def _is_webloc(head: bytes) -> bool:
    start = beginning(head[:_WHOLE])
    return start.startswith(b"<?xml") and b"<plist" in start and b"<key>url</key>" in start


def _of_shortcut(lines: list[tuple[int, str]]) -> str:
    for _, line in lines:
        key, _, value = line.partition("=")
        if key.strip().lower() == "url" and is_address(value.strip()):
            return value.strip()
    raise IntakeError("the shortcut names no address of the web", _MEND)


def _of_webloc(data: bytes) -> str:
    import plistlib

    if len(data) > _LARGEST:
        raise IntakeError(f"the shortcut is over {_LARGEST:,} bytes", _MEND)
    try:
        found = plistlib.loads(data)
    except Exception as error:  # it is damaged in as many ways as there are of reading it
        raise IntakeError(f"the shortcut is damaged ({type(error).__name__})", _MEND) from error
    url = found.get("URL") if isinstance(found, dict) else None
    if not isinstance(url, str) or not is_address(url):
        raise IntakeError("the shortcut names no address of the web", _MEND)
    return url


ADDRESSES: Reader = _Addresses()
