"""Which reader a file is given: by the end of its name, else by its first bytes, else plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.errors import IntakeError, PluginError
from dateline.intake.reader import FALLBACK, GROUP, MARKS, Reader
from dateline.plugins import Plugins

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"\0\0\0 ftyp", "a film"),
    (b"PK\x03\x04", "an office document or a book"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_OFFICE = re.compile(rb"\xd0\xcf\x11\xe0|\{\\rtf|PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", re.S)
"""What documents of word processors begin with that are not read (.doc, .rtf, .odt)."""
_AS_DOCX = "save it as DOCX, a table as XLSX, or its text as a .txt file"


_ENDINGS = {
    "application/atom+xml": ".atom",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".html",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/x-opml": ".opml",
}
"""How the name of a file ends whose media type is this."""


def _bare(media: str | None) -> str:
    """A media type in small letters, without its parameters."""
    return (media or "").partition(";")[0].strip().lower()


def ending_of(media: str | None) -> str:
    """How the names of files of a media type end; empty where it is not among those that are read."""
    return _ENDINGS.get(_bare(media), "")


@dataclass(frozen=True)
class Readers:
    """The installed readers by name, those of other packages before dateline's own, each in alphabetical order."""

    by_name: Mapping[str, Reader]

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of files end that are read in a folder."""
        return tuple(dict.fromkeys(e for name in sorted(self.by_name) for e in self.by_name[name].endings))

    @property
    def told(self) -> str:
        """What can be read, as a failure says it."""
        *forms, last = (self.by_name[name].form for name in sorted(self.by_name))
        return f"dateline reads {', '.join(forms)} and {last}"

    def named(self, file: str) -> list[str]:
        """The readers to which the end of a file's name points."""
        name = file.lower().removesuffix(".gz")
        return [known for known, reader in self.by_name.items() if name.endswith(reader.endings)]

    def sniffed(self, head: bytes) -> bool:
        """Whether these first bytes show a form. Raises IntakeError where a reader breaks on them."""
        return any(self._knows(name, head) for name in self.by_name)

    def choose(self, file: str | None, head: bytes, media: str | None = None, *, is_web: bool = False) -> str:
        """The name of the reader for a file of this name (None: it has none) that begins with these bytes.

        Where the name tells nothing, a media type that came with the bytes does. Where several know it the first is
        taken. What came from the web (``is_web``) is known by its bytes, then by its media type, then by its name:
        there a name promises little. Raises IntakeError for what is empty, or looks like no text and is not known to
        its reader.
        """
        if not head.strip():
            raise IntakeError("the file is empty", "get it again, or leave it out")
        by_file, by_media = self.named(file or ""), self.named(ending_of(media))
        # Servers send much as plain text that is none: there the name says more.
        named = (by_media if is_web and _bare(media) != "text/plain" else []) or by_file or by_media
        for name in self.by_name if is_web else named or self.by_name:
            if self._knows(name, head):
                return name
        if refusal := self._refusal(head):
            # What looks like no text may be of a form that is read, under a name that is not its own.
            other = next((name for name in self.by_name if name not in named and self._knows(name, head)), None)
            if other is None:
                raise refusal
            return other
        return named[-1] if named else FALLBACK

    def _knows(self, name: str, head: bytes) -> bool:
        try:
            return bool(self.by_name[name].sniff(head))
        except Exception as error:
            raise IntakeError(
                f"the reader {name!r} broke on its first bytes ({type(error).__name__}: {error})",
                "tell whoever made the reader, or save the text as a .txt file",
            ) from error

    def _refusal(self, head: bytes) -> IntakeError | None:
        """Why these first bytes are no text; None where they may be."""
        mend = _AS_DOCX if _OFFICE.match(head) else f"{self.told}; save its text as a .txt file"
        for signature, what in _SIGNATURES:
            if head.startswith(signature):
                return IntakeError(f"this looks like {what}", mend)
        if not head.startswith(MARKS):
            control = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
            if control > 0.05 * len(head):
                return IntakeError("this looks like a binary file", f"{self.told}; UTF-16 must be saved as UTF-8")
        return None


def readers() -> Readers:
    """The readers that are installed. Raises :class:`~dateline.errors.PluginError` where one cannot be loaded."""
    return _installed(tuple(sys.path))


@lru_cache(maxsize=2)
def _installed(places: tuple[str, ...]) -> Readers:  # noqa: ARG001
    # Looked for once for all files, and again only where Python looks for packages elsewhere.
    found: Plugins[Reader] = Plugins(GROUP, "reader")
    names = sorted(found, key=lambda name: (found.is_own(name), name))
    return Readers({name: _whole(name, found[name]) for name in names})


def _whole(name: str, reader: object) -> Reader:
    if isinstance(reader, Reader) and isinstance(reader.endings, tuple):
        return reader
    raise PluginError(
        f"the reader {name!r} is {type(reader).__name__}, which does not have all of form, endings (a tuple), sniff "
        "and read; tell whoever made it"
    )
