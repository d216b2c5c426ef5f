"""Documents made for a test: PDF files written by hand, byte by byte, and DOCX by the library that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

Printed = tuple[float, float, float, str]
"""Words in a PDF: how far from the left and from the foot they stand, the size of the letters, in points."""


def page(*lines: Printed) -> bytes:
    """The content of a page of a PDF with these words on it."""
    drawn = []
    for x, y, size, words in lines:
        text = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
        drawn.append(b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, x, y, text))
    return b"\n".join(drawn)


def paragraph(words: str, *, x: float = 72, y: float = 700, size: float = 11, width: int = 80) -> list[Printed]:
    """Words in lines of about so many letters, one below the other."""
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [(x, y - 1.3 * size * n, size, line) for n, line in enumerate(lines)]


def pdf(*pages: bytes, info: str = "", trailer: str = "", kids: str | None = None, more: Sequence[bytes] = ()) -> bytes:
    """A PDF of these pages; ``info`` are its metadata, ``trailer`` and ``kids`` what stands in its place there."""
    named = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages))) if kids is None else kids
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{named}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /X0 5 0 R >> >> >>" % (5 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects += more
    if info:
        objects.append(f"<< {info} >>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    out, starts = b"%PDF-1.7\n", []
    for n, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n"
    return out + tail.encode()


def docx(write: Callable[..., None]) -> bytes:
    """A DOCX document, written by a function that is given python-docx's document."""
    library = pytest.importorskip("docx")
    document = library.Document()
    write(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """An archive with other parts in the places of some, or beside them, by their names with "_" for "/"."""
    others: Mapping[str, bytes] = {
        name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, others.get(name, old.read(name)))
        for name in others.keys() - set(old.namelist()):
            new.writestr(name, others[name])
    return out.getvalue()
