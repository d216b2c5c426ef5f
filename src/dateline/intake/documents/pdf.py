"""A PDF to its parts, in the bounded process, by pdfium."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from dateline.errors import IntakeError
from dateline.intake.documents.lines import Line, in_order
from dateline.intake.documents.paragraphs import parts_of
from dateline.intake.limits import Limits

MOST_PAGES = 2_000
_NO_PASSWORD = 4
"""How pdfium says that a password is wanted."""
_FEWEST = 20
"""Letters that a document with a layer of text has."""
_EDGE = 0.09
"""The share of a page's height at its head and its foot in which running lines stand."""
_WIDE_GAP = 2.0
"""Letters' sizes of white between two words that stand in columns of their own."""
_INVALID = re.compile("[\x00-\x01\x03-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FILE = re.compile(r"(?:untitled|microsoft \w+ - .*|.*\.(?:docx?|pdf|indd|odt|rtf|tex|qxd|pages|pub|html?))", re.I)
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def load_parser() -> None:
    """Load pdfium, which else the first file waits for."""
    import pypdfium2  # noqa: F401


def parse_pdf(data: bytes, limits: Limits, about: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The parts of a PDF as JSON carries them: ``title`` and ``author`` as its metadata say, ``made``, the day on which
    the file was made, ``parts``, its paragraphs with their kinds, and ``bare``, the numbers of pages without text.

    Raises IntakeError for what is encrypted, holds no text, is no PDF or is over a limit.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _NO_PASSWORD:
            raise IntakeError(
                "the PDF is encrypted, and wants a password",
                "save it without: qpdf --decrypt --password=PASSWORD FILE.pdf OPEN.pdf",
            ) from error
        raise IntakeError(
            f"the PDF is damaged and cannot be opened ({error})", "get it again, or print it anew to a PDF"
        ) from error
    number = len(document)
    if number > MOST_PAGES:
        raise IntakeError(f"the PDF has {number:,} pages, and {MOST_PAGES:,} are read", "split it into parts")
    pages, bare, broken, letters = [], [], [], 0
    for at in range(number):
        try:
            pieces = _pieces(document[at])
        except pypdfium2.PdfiumError:
            broken.append(at + 1)
            continue
        letters += sum(len(piece.text) for piece in pieces)
        limits.check("characters", letters, "the PDF's text")
        pages.append(in_order(pieces))
        if not pieces:
            bare.append(at + 1)
    if letters < _FEWEST:
        if broken:
            raise IntakeError(
                "the pages of the PDF are damaged and cannot be read", "get it again, or print it anew to a PDF"
            )
        raise IntakeError(
            "the PDF has no text layer: its pages are pictures",
            "recognise its text first, for instance: ocrmypdf FILE.pdf TEXT.pdf",
        )
    told = document.get_metadata_dict(skip_empty=True)
    title = " ".join(told.get("Title", "").split())
    day = _DAY.match(told.get("CreationDate", ""))
    return {
        "title": _INVALID.sub("", title)[:300] if len(title.split()) > 1 and not _FILE.fullmatch(title) else None,
        "author": _INVALID.sub("", " ".join(told.get("Author", "").split()))[:200] or None,
        "made": "-".join(day.groups()) if day else None,
        "parts": parts_of(pages),
        "bare": bare,
        "broken": broken,
    }


def _pieces(page: Any) -> list[Line]:
    """The lines of a page as they were printed, each in pieces where wide white parts it."""
    from pypdfium2 import raw

    text = page.get_textpage()
    foot, head = (share * page.get_height() for share in (_EDGE, 1 - _EDGE))
    edges = [ctypes.c_double() for _ in range(4)]

    def box(at: int) -> tuple[float, float, float, float]:
        raw.FPDFText_GetCharBox(text, at, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        return left, bottom, right, top

    pieces: list[Line] = []
    letters: list[str] = []
    first = last = -1

    def end(broken: bool = False) -> None:
        nonlocal first
        words = " ".join(_INVALID.sub("", "".join(letters)).split())
        if words and first >= 0:
            left, bottom, _, top = box(first)
            _, low, right, high = box(last)
            size = abs(raw.FPDFText_GetFontSize(text, first)) or top - bottom
            # Letters without height (as of some scans) still stand on a line.
            bottom, top = min(bottom, low), max(top, high, bottom + 0.5 * min(size, 100.0))
            size = top - bottom if size <= 1 else size
            edge = top < foot or bottom > head
            pieces.append(Line(words, left, bottom, max(right, left), top, size, broken, edge))
        letters.clear()
        first = -1

    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (10, 13):
            end()
        elif code in (2, 0xAD):
            # pdfium takes the break of a line after a hyphen for the inside of a word.
            end(broken=True)
        elif code == 32:
            letters.append(" ")
        elif code:
            if letters and letters[-1] == " " and last >= 0 and first >= 0:
                size = abs(raw.FPDFText_GetFontSize(text, at)) or 10.0
                white = box(at)[0] - box(last)[2]
                if white > _WIDE_GAP * size or white < -size:
                    end()
            letters.append(chr(code))
            first = at if first < 0 else first
            last = at
    end()
    return pieces
