"""A DOCX document to its parts, in the bounded process, opened by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.html.blocks import kinds_of_parts
from dateline.intake.html.lines import is_final
from dateline.intake.limits import Limits
from dateline.model import BlockKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_IN_MEMORY = 12
"""How many bytes of memory a byte of an unpacked part may cost."""
_MOST_PACKED = 200
"""How many times smaller than its content a part may be packed: XML of texts comes to 5 to 30."""
_SMALL = 1_000_000
"""Bytes of a part below which it does not matter how it is packed."""
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_PROSE = 12
"""Words of a sentence: a cell of figures and names has fewer."""
_ANEW = "save it anew as DOCX, or its text as a .txt file"
_HEADING = re.compile(r"(?:heading \d|title|subtitle)$", re.I)
_LISTED = re.compile(r"list\b", re.I)
_SPACE = re.compile(r"[ \t\u00a0]+")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def load_parser() -> None:
    """Load python-docx, which else the first file waits for."""
    import docx  # noqa: F401


def parse_docx(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The parts of a document as JSON carries them, in the form in which :mod:`pdf` gives them.

    Raises IntakeError for what is encrypted, damaged, packed too tightly, declares entities or is over a limit.
    """
    import docx

    _check_archive(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        styles = {style.style_id: str(style.name) for style in document.styles}
        core = document.core_properties
        title, author, made = core.title, core.author, core.created
    except MemoryError:
        raise
    except Exception as error:
        # A damaged package raises errors of every kind, from the archive to the names of its parts.
        raise IntakeError(f"the document is damaged ({type(error).__name__}: {error})", _ANEW) from error
    limits.check("nodes", sum(1 for _ in body.iter()), "the document")
    found = [(kind, words) for kind, words in _parts(body, styles) if words.strip()]
    if not any(c.isalnum() for _, words in found for c in words):
        raise IntakeError("the document holds no text", "look into it; what is in pictures cannot be read")
    kinds = [
        "list" if known == "list" and kind != "debris" else kind
        for kind, (known, _) in zip(kinds_of_parts(found), found, strict=True)
    ]
    return {
        "title": _INVALID.sub("", " ".join(title.split()))[:300] or None,
        "author": _INVALID.sub("", " ".join(author.split()))[:200] or None,
        "made": made.date().isoformat() if made else None,
        "parts": [(kind, words) for kind, (_, words) in zip(kinds, found, strict=True)],
        "bare": [],
        "broken": [],
    }


def _check_archive(data: bytes, limits: Limits) -> None:
    """Refuse what would unpack to too much, and XML that declares what it is made of: no word processor writes it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise IntakeError("the document is encrypted", "save it without a password")
            if not any(name.startswith("word/") for name in names):
                raise IntakeError("this is an office document, and none of a word processor", _ANEW)
            if len(names) != len(entries):
                raise IntakeError("the document holds two parts of one name", _ANEW)
            unpacked = sum(entry.file_size for entry in entries)
            written = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
            limits.check("memory", unpacked + _IN_MEMORY * written, "the document")
            for entry in entries:
                if entry.file_size > max(_SMALL, _MOST_PACKED * entry.compress_size):
                    raise IntakeError(
                        f"a part of the document is packed {entry.file_size // max(1, entry.compress_size):,} times "
                        f"smaller than it is, and {_MOST_PACKED} times is what is unpacked",
                        _ANEW,
                    )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and _DECLARES.search(
                    archive.read(entry).replace(b"\0", b"")
                ):
                    raise IntakeError("the XML of the document declares entities", _ANEW)
    except (IntakeError, MemoryError):
        raise
    except Exception as error:
        # A damaged archive raises errors of every kind.
        raise IntakeError(f"the document is damaged and cannot be opened ({error})", _ANEW) from error


def _parts(holder: Any, styles: dict[str, str]) -> Iterator[tuple[BlockKind | None, str]]:
    """The paragraphs and tables of what holds them, in order, with the kind that their style tells."""
    for element in holder:
        if element.tag == f"{_W}p":
            for line in _words(element).split("\n"):
                yield _kind(element, styles), line.strip()
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif isinstance(element.tag, str) and element.tag not in (_FALLBACK, f"{_W}del", f"{_W}moveFrom"):
            # Controls, changes that were accepted and the like hold paragraphs too.
            yield from _parts(element, styles)


def _kind(paragraph: Any, styles: dict[str, str]) -> BlockKind | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else styles.get(style.get(f"{_W}val", ""), "")
    if _HEADING.match(name):
        return "heading"
    listed = _LISTED.match(name) or paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return "list" if listed else None


def _words(element: Any) -> str:
    """The words of a paragraph or a cell, as they stand now: without what was deleted and what is there twice."""
    pieces: list[str] = []
    _gather(element, pieces)
    return _SPACE.sub(" ", _INVALID.sub("", "".join(pieces)))


def _gather(element: Any, pieces: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _FALLBACK):
            continue
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            pieces.append(" ")
        elif tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif isinstance(tag, str):
            _gather(child, pieces)
            if tag == f"{_W}p":
                pieces.append("\n")


def _table(table: Any) -> Iterator[tuple[BlockKind | None, str]]:
    """A table as its rows, a line each, with tabs between the cells.

    Rows that tell something in sentences, such as a list of incidents, are items of a list each; a table of one column
    only lays out the page, and its cells are paragraphs.
    """
    rows = [[" ".join(_words(cell).split()) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
    rows = [cells for cells in rows if any(cells)]
    if all(len(cells) == 1 for cells in rows):
        yield from ((None, cells[0]) for cells in rows)
        return
    held: list[str] = []
    for cells in rows:
        line = "\t".join(cells)
        if any(len(words.split()) >= _PROSE and is_final(words) for words in cells):
            if held:
                yield "table", "\n".join(held)
            held = []
            yield "list", line
        else:
            held.append(line)
    if held:
        yield "table", "\n".join(held)
