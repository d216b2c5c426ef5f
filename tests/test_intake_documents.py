"""PDF and DOCX to reports. Every document is written by the tests."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import docx, page, paragraph, pdf, repacked

from dateline.intake import Failure, IntakeError, Limits, read_path
from dateline.intake.documents.docx import parse_docx
from dateline.intake.documents.pdf import MOST_PAGES
from dateline.intake.limits import DEFAULT
from dateline.intake.registry import readers
from dateline.model import CODED_BLOCKS, Report

FIRST = (
    "Police detained four farmers in Graz on Monday, the prefecture said. The mayor's office said that the march had "
    "not been announced and that it would look into what happened there."
)
SECOND = (
    "Nurses marched through Lima on Sunday, the union of nurses said. Two of them were hurt near the bridge, a nurse "
    "at the city's hospital told reporters in the evening."
)


def read(path: Path, data: bytes, **more: Any) -> list[Report | Failure]:
    path.write_bytes(data)
    return list(read_path(path, **more))


def report(items: list[Report | Failure]) -> Report:
    [one] = items
    assert isinstance(one, Report), one
    return one


def failure(items: list[Report | Failure]) -> str:
    [one] = items
    assert isinstance(one, Failure), one
    return str(one)


def kinds(found: Report) -> list[tuple[str, str]]:
    return [(b.kind, found.text[b.start : b.end]) for b in found.blocks]


def coded(found: Report) -> list[str]:
    return [text for kind, text in kinds(found) if kind in CODED_BLOCKS]


# PDF


def test_the_lines_of_a_paragraph_are_one_and_headings_stand_apart(tmp_path: Path) -> None:
    data = pdf(page((72, 760, 20, "Farmers held in Graz"), *paragraph(FIRST), *paragraph(SECOND, y=620)))
    assert kinds(report(read(tmp_path / "a.pdf", data))) == [
        *(("heading", "Farmers held in Graz"), ("paragraph", FIRST), ("paragraph", SECOND)),
    ]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    # The lines are printed across the columns, as some programs do.
    lines = sorted([*paragraph(FIRST, width=40), *paragraph(SECOND, x=330, width=40)], key=lambda line: -line[1])
    data = pdf(page((72, 760, 20, "A heading that runs across both of the columns"), *lines))
    assert coded(report(read(tmp_path / "a.pdf", data))) == [FIRST, SECOND]


def test_words_that_a_line_parts_are_whole_and_hyphens_of_the_writer_stay(tmp_path: Path) -> None:
    lines = ["Police detained four farmers in Graz on Mon-", "day near a well, said the pre-", "fecture, and a Graz-"]
    drawn = [(72.0, 700 - 14.0 * n, 11.0, line) for n, line in enumerate([*lines, "Lima train was late there."])]
    assert coded(report(read(tmp_path / "a.pdf", pdf(page(*drawn))))) == [
        "Police detained four farmers in Graz on Monday near a well, said the prefecture, and a Graz-Lima train was "
        "late there."
    ]


def test_running_lines_and_numbers_of_pages_are_never_coded(tmp_path: Path) -> None:
    cut = SECOND.index("Two of them")
    texts = [FIRST, SECOND[: cut + 30], SECOND[cut + 31 :]]
    pages = [
        page((72, 810, 9, "The Valley Post, 6 February 2024"), *paragraph(text), (290, 30, 9, f"Page {n} of 3"))
        for n, text in enumerate(texts, 1)
    ]
    found = report(read(tmp_path / "a.pdf", pdf(*pages)))
    assert coded(found) == [FIRST, SECOND]
    debris = [text for kind, text in kinds(found) if kind == "debris"]
    assert debris.count("The Valley Post, 6 February 2024") == 3 and "Page 2 of 3" in debris


def test_the_day_on_which_a_file_was_made_is_told_and_no_day_of_publication(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    info = "/Title (Farmers held in Graz) /CreationDate (D:20240206101500Z) /Author (Anna Berg)"
    found = report(read(tmp_path / "a.pdf", pdf(page(*paragraph(FIRST)), info=info)))
    assert (found.title, found.published, found.author) == ("Farmers held in Graz", None, None)
    assert "--published 2024-02-06" in caplog.text
    named = pdf(page(*paragraph(f"By Anna Berg. {FIRST}")), info=info)
    assert report(read(tmp_path / "b.pdf", named, published="2024-02-07")).author == "Anna Berg"
    assert caplog.text.count("--published") == 1


@pytest.mark.parametrize("title", ["Microsoft Word - final.docx", "untitled", "page.pdf"])
def test_the_name_of_a_file_is_no_title(title: str, tmp_path: Path) -> None:
    assert report(read(tmp_path / "a.pdf", pdf(page(*paragraph(FIRST)), info=f"/Title ({title})"))).title is None


def test_a_scan_says_to_recognise_its_text_first(tmp_path: Path) -> None:
    assert "no text layer" in failure(read(tmp_path / "a.pdf", pdf(page(), page())))
    assert "ocrmypdf" in failure(read(tmp_path / "a.pdf", pdf(page())))


def test_pages_without_text_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    report(read(tmp_path / "a.pdf", pdf(page(*paragraph(FIRST)), page(), page(*paragraph(SECOND)), page())))
    assert "have no text layer, and what they show is not read: 2, 4" in caplog.text


def test_an_encrypted_file_names_the_mend(tmp_path: Path) -> None:
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + "> >> "
    data = pdf(page(*paragraph(FIRST)), trailer=lock + "/ID [<00> <00>]")
    assert "encrypted" in failure(read(tmp_path / "a.pdf", data)) and "qpdf --decrypt" in failure(
        read(tmp_path / "a.pdf", data)
    )


def test_a_pdf_under_another_name_is_read_as_one(tmp_path: Path) -> None:
    assert coded(report(read(tmp_path / "a.txt", pdf(page(*paragraph(FIRST)))))) == [FIRST]
    assert readers().choose(None, b"%PDF-1.7") == "pdf"


HOSTILE = {
    "not a PDF": b"<html>",
    "a head alone": b"%PDF-1.7\n",
    "a tree of pages that holds itself": pdf(page(), kids="2 0 R"),
    "more pages than are read": pdf(page(), kids=" ".join(["4 0 R"] * (MOST_PAGES + 1))).replace(
        b"/Count 1", b"/Count %d" % (MOST_PAGES + 1)
    ),
    "a form that draws itself": pdf(page((0, 0, 1, "")) + b" /X0 Do" * 3),
    "a table of objects that lies": pdf(page()).replace(b"0000000", b"9999999"),
    "a length that lies": pdf(page(*paragraph(FIRST))).replace(b"/Length ", b"/Length 99999999999"),
    "dictionaries in dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<< /A " * 100_000,
    "arrays in arrays": pdf(b"[" * 200_000),
    "a stream that is damaged": pdf(
        page(), more=[b"<< /Filter /FlateDecode /Length 9 >>\nstream\nnonsense!\nendstream"]
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_pdf_costs_itself(what: str, tmp_path: Path) -> None:
    started = time.monotonic()
    [found] = read(tmp_path / "a.pdf", HOSTILE[what], limits=Limits(seconds=5))
    assert isinstance(found, Failure) or (what == "a length that lies" and found.text == FIRST)
    assert time.monotonic() - started < 12
    assert coded(report(read(tmp_path / "b.pdf", pdf(page(*paragraph(SECOND)))))) == [SECOND]


def test_more_text_than_the_limit_is_refused(tmp_path: Path) -> None:
    data = pdf(*[page(*paragraph(FIRST))] * 20)
    assert "over the limit of 1,000 characters" in failure(
        read(tmp_path / "a.pdf", data, limits=Limits(characters=1_000))
    )


# DOCX


def _written(document: Any) -> None:
    document.core_properties.title = "Farmers held in Graz"
    document.core_properties.author = "Anna Berg"
    document.add_heading("Farmers held", 1)
    document.add_paragraph(FIRST)
    document.add_paragraph("Four farmers were held, the prefecture said", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Town", "Held", "Graz", "4"], strict=True):
        cell.text = words
    incidents = document.add_table(rows=1, cols=3)
    for cell, words in zip(incidents._cells, ["5 February", "Graz", FIRST], strict=True):
        cell.text = words


def test_headings_lists_and_tables_are_blocks_of_their_kinds(tmp_path: Path) -> None:
    found = report(read(tmp_path / "a.docx", docx(_written)))
    assert kinds(found) == [
        ("heading", "Farmers held"),
        ("paragraph", FIRST),
        ("list", "Four farmers were held, the prefecture said"),
        ("table", "Town\tHeld\nGraz\t4"),
        ("list", f"5 February\tGraz\t{FIRST}"),
    ]
    assert (found.title, found.author, found.published) == ("Farmers held in Graz", None, None)


def test_what_was_deleted_is_not_read_and_what_was_put_in_is(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        from docx.oxml import parse_xml

        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        gone, new = (f"<w:r><w:{tag}>{words}</w:{tag}></w:r>" for tag, words in (("delText", "Two"), ("t", "Four")))
        body = f"<w:p {space}><w:del>{gone}</w:del><w:ins>{new}</w:ins><w:r><w:t> men were held.</w:t></w:r></w:p>"
        document.element.body.insert(0, parse_xml(f"<w:sdt {space}><w:sdtContent>{body}</w:sdtContent></w:sdt>"))

    assert report(read(tmp_path / "a.docx", docx(write))).text == "Four men were held."


XML = b'<?xml version="1.0"?><!DOCTYPE d [%s]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
BODY = b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "entity", ['<!ENTITY a SYSTEM "file://%s">', '<!ENTITY b "xxxxxxxx"><!ENTITY a "&b;&b;&b;&b;">']
)
def test_entities_of_a_document_are_refused(entity: str, coding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("what nobody may see", encoding="utf-8")
    xml = (XML % entity.replace("%s", str(secret)).encode() + BODY).decode().encode(coding)
    told = failure(read(tmp_path / "a.docx", repacked(docx(_written), word__document_xml=xml)))
    assert "declares entities" in told and "nobody may see" not in told


def test_a_bomb_of_an_archive_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = repacked(docx(_written), word__media__big=b"\0" * 60_000_000)
    started = time.monotonic()
    assert "times smaller than it is" in failure(read(tmp_path / "a.docx", bomb))
    assert time.monotonic() - started < 10
    many = repacked(docx(_written), word__document_xml=b"<a/>" + b" " * 110_000_000)
    assert "--limit memory" in failure(read(tmp_path / "b.docx", many))


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_an_archive_that_is_no_document_says_so(name: str, tmp_path: Path) -> None:
    assert failure(read(tmp_path / name, b"PK\x03\x04 nothing"))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.rtf", b"{\\rtf1 text}", "RTF document; save it as DOCX"),
        ("a.odt", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "save it as DOCX"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "office document; save it as DOCX"),
    ],
)
def test_documents_that_are_not_read_name_the_mend(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    assert told in failure(read(tmp_path / name, data))


@pytest.mark.parametrize(("name", "package", "extra"), [("a.pdf", "pypdfium2", "pdf"), ("a.docx", "docx", "docx")])
def test_a_reader_without_its_library_names_the_install(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pdf(page()) if extra == "pdf" else docx(_written)
    monkeypatch.setitem(sys.modules, package, None)
    assert f"pip install 'dateline[{extra}]'" in failure(read(tmp_path / name, data))


DOCUMENT = docx(_written)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_document_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(DOCUMENT)
    for at, byte in changes:
        data[at] = byte
    with contextlib.suppress(IntakeError):
        parse_docx(bytes(data), DEFAULT, {})
