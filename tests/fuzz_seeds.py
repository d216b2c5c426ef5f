"""Small files of each form that is read, from which fuzzing begins: our own words, made by code."""

from __future__ import annotations

import gzip
import importlib.util
import io
from collections.abc import Callable

from tests.archive_cases import packed, page, record, saved, wacz, zipped

AT = "https://example.org/"
TEXT = "Workers marched through Lyon on Monday, police said.\n\nTwo people were hurt, a nurse told reporters.\n"


def seeds(reader: str) -> list[bytes]:
    """Whole files of a reader's form, or a text where nobody wrote some for it."""
    made = SEEDS.get(reader)
    return made() if made else [TEXT.encode(), b"\0" * 64]


def _html() -> list[bytes]:
    table = "<table><tr><th>Day<th>Place<tr><td>3 May<td>Kisumu</table><ul><li>Two were hurt in Lima.<li>One fell.</ul>"
    meta = (
        '<meta property="article:published_time" content="2024-02-06T10:00:00+01:00"><meta name="author" content="A.">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-02-06"}</script>'
    )
    first = b"<!-- saved from url=(0025)https://example.org/story -->"
    return [
        page(),
        first
        + page().replace(b"</head>", f"{meta}</head>".encode()).replace(b"</article>", f"{table}</article>".encode()),
        "<html lang=fr><meta charset=koi8-r><body><p>Рабочие прошли маршем через город.</p>".encode("koi8-r"),
    ]


def _records() -> list[bytes]:
    line = '{"id": "1", "text": "Workers marched.", "published": "2024-02-06", "publisher": "The Post", "url": null}'
    return [line.encode(), f"{line}\n{line.replace('1', '2', 1)}\n".encode()]


def _tables() -> list[bytes]:
    head = "ID,Text,Date,Outlet\n"
    quoted = 'n1,"Nurses marched, the union said ""no"".",2024-02-06,Post\nn2,"Two\nlines.",2024-02,\n'
    return [(head + quoted).encode(), (head + quoted).replace(",", "\t").encode("utf-16")]


def _workbooks() -> list[bytes]:
    from tests.workbooks import workbook

    return [workbook([("id", "text", "date"), (1, "Workers marched.", "2024-02-06"), (2, "Two were hurt.", None)])]


def _warcs() -> list[bytes]:
    whole = [
        record(None, b"software: x", type="warcinfo", media="application/warc-fields"),
        record(f"{AT}old", b"", status="301 Moved", fields=[("Location", "/a")]),
        record(f"{AT}a", page(), headers={"WARC-Payload-Digest": "sha1:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}),
        record(f"{AT}b", gzip.compress(page()), fields=[("Content-Encoding", "gzip")]),
        record(f"{AT}c", b"5\r\n<p>Wo\r\n9\r\nrkers hit\r\n0\r\n\r\n", fields=[("Transfer-Encoding", "chunked")]),
        record(f"{AT}d", TEXT.encode(), type="conversion", media="text/plain"),
        record(f"{AT}a", b"", type="revisit"),
    ]
    return [*whole, b"".join(whole)]


def _waczs() -> list[bytes]:
    whole = _warcs()
    return [wacz(*whole[:5], listed=[f"{AT}a"]), wacz(whole[2]), wacz(more={"archive/a.warc": whole[2]})]


def _zips() -> list[bytes]:
    inner = zipped({"a.txt": TEXT.encode()})
    warc = packed(record(AT, page()))
    return [
        zipped({"a.html": page(), "b/c.txt": TEXT.encode()}),
        zipped({"a.zip": inner, "b.warc.gz": warc, "c.mhtml": saved(page()), "d.txt.gz": b"\x1f\x8b"}),
        inner,
    ]


def _mails() -> list[bytes]:
    head = "From: The Post <post@example.org>\r\nTo: desk@example.org\r\nSubject: A march\r\n"
    head += "Date: Tue, 6 Feb 2024 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    both = (
        'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n'
        f"{TEXT}\r\n--x\r\nContent-Type: text/html\r\n\r\n{page().decode()}\r\n--x--\r\n"
    )
    whole = [f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}".encode(), (head + both).encode()]
    return [*whole, b"".join(b"From post@example.org Tue Feb  6 12:00:00 2024\n" + mail + b"\n" for mail in whole)]


def _feeds() -> list[bytes]:
    item = (
        "<item><title>March</title><link>https://example.org/1</link><pubDate>Tue, 06 Feb 2024 12:00:00 GMT</pubDate>"
    )
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{item}</item></channel></rss>'
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>A march</title>'
        '<link href="https://example.org/1"/><updated>2024-02-06T12:00:00Z</updated></entry></feed>'
    )
    opml = '<opml version="2.0"><body><outline text="Post" xmlUrl="https://example.org/feed"/></body></opml>'
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc>'
        "<lastmod>2024-02-06</lastmod></url></urlset>"
    )
    return [text.encode() for text in (rss, atom, opml, sitemap, "https://example.org/1\nhttps://example.org/2\n")]


def _documents() -> list[bytes]:
    if importlib.util.find_spec("docx") is None:
        return [zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})]
    import docx

    made = docx.Document()
    made.core_properties.title = "A march"
    for part in TEXT.split("\n\n"):
        made.add_paragraph(part)
    out = io.BytesIO()
    made.save(out)
    return [out.getvalue()]


def _pdfs() -> list[bytes]:
    words = b"BT /F1 12 Tf 72 720 Td (Workers marched through Lyon on Monday, police said.) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R>>>>>>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    tail = b"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return [out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail]


def _columns() -> list[bytes]:
    if importlib.util.find_spec("pyarrow") is None:
        return [b"PAR1" + b"\0" * 60 + b"PAR1"]
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"id": ["1", "2"], "text": [TEXT, TEXT]}), out, row_group_size=1)
    return [out.getvalue()]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "html": _html,
    "json": lambda: [*_records(), b"[" + b",".join(_records()[:1] * 2) + b"]"],
    "jsonl": _records,
    "csv": _tables,
    "xlsx": _workbooks,
    "parquet": _columns,
    "warc": _warcs,
    "wacz": _waczs,
    "zip": _zips,
    "mhtml": lambda: [saved(page())],
    "mail": _mails,
    "feed": _feeds,
    "opml": _feeds,
    "sitemap": _feeds,
    "addresses": _feeds,
    "docx": _documents,
    "pdf": _pdfs,
}
