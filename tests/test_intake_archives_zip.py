"""WACZ and ZIP: files in a zip archive, which is never unpacked to disk and never to more than it may be."""

from __future__ import annotations

import io
import logging
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive_cases import packed, page, record, wacz, zipped

from dateline.intake import Failure, IntakeError, Limits, read_path
from dateline.intake.archives import bounds, zips
from dateline.intake.archives.wacz import WACZ
from dateline.intake.archives.zipped import ZIP
from dateline.intake.paths import read_within
from dateline.intake.reader import Reader, Source
from dateline.intake.registry import readers
from dateline.model import Report

AT = "https://example.org/"
THREE = [record(f"{AT}{n}", page(f"Town{n}")) for n in range(3)]
TORN = packed(THREE[1])[:10] + b"\xff" * 60


def read(path: Path, data: bytes, limits: Limits | None = None) -> tuple[list[str], list[str]]:
    """The ids of the reports of a file, and what failed in it."""
    path.write_bytes(data)
    found = list(read_path(path, limits=limits or Limits()))
    reports = [item.id for item in found if isinstance(item, Report)]
    return reports, [str(item) for item in found if isinstance(item, Failure)]


# WACZ


def test_pages_of_a_wacz_are_those_on_its_list(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    moved = record(f"{AT}old", b"", status="301 Moved", fields=[("Location", f"{AT}2")])
    data = wacz(moved, *THREE, listed=[f"{AT}1#top", f"{AT}old"])
    with caplog.at_level(logging.WARNING, "dateline"):
        assert read(tmp_path / "a.wacz", data) == ([f"{AT}1", f"{AT}2"], [])
    assert "passed over beside 2 pages: redirects 1, answers that are not in the list of pages 1" in caplog.text
    assert read(tmp_path / "b.wacz", wacz(*THREE)) == ([f"{AT}{n}" for n in range(3)], [])
    assert read(tmp_path / "no ending", wacz(*THREE, listed=[]))[0] == [f"{AT}{n}" for n in range(3)]


def test_a_wacz_that_is_not_as_it_was_packed_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "dateline"):
        read(tmp_path / "a.wacz", wacz(*THREE, listed=[f"{AT}1"]))
    assert "SHA-256" not in caplog.text
    other = {"archive/data.warc.gz": packed(THREE[0]), "datapackage-digest.json": b'{"hash": "sha256:00"}'}
    with caplog.at_level(logging.WARNING, "dateline"):
        assert read(tmp_path / "a.wacz", wacz(*THREE, more=other)) == ([f"{AT}0"], [])
    assert "datapackage.json in it is not as the archive says" in caplog.text
    assert "archive/data.warc.gz in it is not as the archive says" in caplog.text


@pytest.mark.parametrize(
    ("other", "reports", "told"),
    [
        ({"archive/data.warc.gz": packed(*THREE)[:-40]}, 2, "gzip data are damaged"),
        ({"archive/data.warc.gz": b"\x1f\x8b\x08" + b"x" * 40}, 0, "gzip data are damaged"),
        ({"archive/data.warc.gz": packed(THREE[0]) + TORN}, 1, "gzip data are damaged"),
        ({"archive/data.warc.gz": b"".join(THREE)}, 3, ""),
        ({"archive/data.warc.gz": b""}, 0, "it holds no records"),
        ({"pages/pages.jsonl": b"{" * 100_000 + b'\n{"url": "https://example.org/1"}\n[1]\nnull\n'}, 1, ""),
        ({"datapackage.json": b'{"resources": {"path": 1}}'}, 3, ""),
        ({"datapackage.json": b"[" * 100_000}, 3, ""),
    ],
)
def test_a_damaged_wacz_gives_what_is_whole(tmp_path: Path, other: dict[str, bytes], reports: int, told: str) -> None:
    found, faults = read(tmp_path / "a.wacz", wacz(*THREE, more=other))
    assert len(found) == reports
    assert told in "".join(faults)
    assert bool(faults) == bool(told)


def test_a_wacz_without_archives_or_listed_pages_says_so(tmp_path: Path) -> None:
    assert "holds no WARC file" in read(tmp_path / "a.wacz", zipped({"pages/pages.jsonl": b"{}"}))[1][0]
    [told] = read(tmp_path / "b.wacz", wacz(*THREE, listed=["https://example.net/"]))[1]
    assert "answers that are not in the list of pages 3" in told


# ZIP


def test_a_zip_is_read_as_a_folder_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {
        "b/x.html": page(),
        "a.html": page("Paris"),
        "a_files/frame.html": page("Frame"),
        "__MACOSX/._a.html": b"\0",
        ".hidden/a.txt": b"Nurses marched.",
        "notes": b"Nurses marched.",
        "page": page("Oslo"),
        "pic.png": b"\x89PNG",
        "inner.zip": zipped({"q.txt": b"Dockers marched through Arden."}),
        "w.warc.gz": packed(*THREE[:1]),
    }
    with caplog.at_level(logging.WARNING, "dateline"):
        found, faults = read(tmp_path / "p.zip", zipped(files))
    assert found == ["p.zip/a.html", "p.zip/b/x.html", "p.zip/inner.zip/q.txt", "p.zip/page", f"{AT}0"]
    assert not faults
    assert "p.zip: files in it that were not read: .png 1, without an ending 1" in caplog.text


def test_names_that_lead_out_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../etc/passwd.html", "/etc/passwd.html", "..\\..\\etc\\passwd.html", "C:/etc/x.html", "../.."]
    box = tmp_path / "in" / "box"
    box.mkdir(parents=True)
    found, faults = read(box / "a.zip", zipped({name: page(f"Town{n}") for n, name in enumerate(names)}))
    assert sorted(found) == [
        "a.zip/C:/etc/x.html",
        "a.zip/a file without a name",
        "a.zip/etc/passwd.html",
        "a.zip/etc/passwd.html (2)",
        "a.zip/etc/passwd.html (3)",
    ]
    assert not faults
    assert read(box / "a.wacz", wacz(*THREE, more={"../../archive/x.warc": THREE[0]}))[0][-1].startswith(AT)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.wacz", "a.zip"]


def test_a_file_without_a_name_is_read(tmp_path: Path) -> None:
    # The name is taken out of both lists of the archive, which then says that it is empty.
    data = zipped({"x": page(), "b.html": page()}, zipfile.ZIP_STORED)
    first, second = data.find(b"x<html"), data.find(b"x", data.find(b"PK\x01\x02") + 46)
    none = bytearray(data[:first] + data[first + 1 : second] + data[second + 1 :])
    none[26] = 0
    directory = none.find(b"PK\x01\x02")
    none[directory + 28] = 0
    second = none.find(b"PK\x01\x02", directory + 4)
    none[second + 42 : second + 46] = (first + len(page())).to_bytes(4, "little")
    end = none.find(b"PK\x05\x06")
    none[end + 12 : end + 20] = (end - directory).to_bytes(4, "little") + directory.to_bytes(4, "little")
    found, _ = read(tmp_path / "a.zip", bytes(none))
    assert found == ["a.zip/a file without a name", "a.zip/b.html"]


def test_an_encrypted_file_is_refused_by_name(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": page(), "b.html": page()}))
    for at in (6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    found, [told] = read(tmp_path / "a.zip", bytes(data))
    assert found == ["a.zip/b.html"]
    assert "a.zip!a.html: it is encrypted" in told


def test_a_strange_method_is_refused_by_name(tmp_path: Path) -> None:
    [told] = read(tmp_path / "a.zip", zipped({"a.html": page()}, zipfile.ZIP_LZMA))[1]
    assert "a.zip!a.html: it is packed by a method that is not read (number 14)" in told


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped({f"{n}.txt": b"\0" * 20_000_000 for n in range(3)})
    data = bytearray(bomb)
    # Its lists say that the same bytes unpack to many times what they do, as files that overlap do.
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 24 : at + 28] = (2_000_000_000).to_bytes(4, "little")
    found, [told] = read(tmp_path / "a.zip", bytes(data))
    assert not found
    assert "unpacks to more than 200 times its bytes" in told


def test_archives_in_one_another_share_their_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FREE", 100_000)
    monkeypatch.setattr(bounds, "RATIO", 20)
    layer = zipped({f"{n}.txt": b"Workers marched. " * 5_000 for n in range(4)})
    data = zipped({f"{n}.zip": layer for n in range(100)})
    found, faults = read(tmp_path / "a.zip", data)
    assert 4 <= len(found) < 40
    assert len(faults) > 50
    assert all("unpacks to more than" in told for told in faults)


def test_a_list_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{n}.txt": b"x" for n in range(50)})
    monkeypatch.setattr(zips, "MOST_MEMBERS", 40)
    assert "holds more than 40 files" in read(tmp_path / "a.zip", data)[1][0]
    monkeypatch.setattr(zips, "_DIRECTORY", 1_000)
    assert "lists more than 40 files" in read(tmp_path / "a.zip", data)[1][0]


def test_a_file_many_folders_deep_is_refused_by_name(tmp_path: Path) -> None:
    found, [told] = read(tmp_path / "a.zip", zipped({"d/" * 10_000 + "a.html": page(), "b.html": page()}))
    assert found == ["a.zip/b.html"]
    assert "folders deep" in told


def test_a_file_that_is_damaged_costs_itself(tmp_path: Path) -> None:
    data = zipped({"a.html": page(), "b.html": page("Lima")}, zipfile.ZIP_STORED).replace(b"Lima", b"Rome")
    found, [told] = read(tmp_path / "a.zip", data)
    assert found == ["a.zip/a.html"]
    assert "b.html is damaged and cannot be unpacked" in told


def test_a_zip_of_nothing_that_is_read_says_what_is_in_it(tmp_path: Path) -> None:
    assert "holds no file that is read: .png 1" in read(tmp_path / "a.zip", zipped({"a.png": b"x"}))[1][0]
    assert "holds no file that is read" in read(tmp_path / "a.zip", zipped({}))[1][0]


class Pipe(io.RawIOBase):
    """A stream in which nobody can go back."""

    def __init__(self, data: bytes) -> None:
        self.rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self.rest.readinto(buffer)


@pytest.mark.parametrize(
    ("reader", "data"), [(ZIP, zipped({"a.html": page()})), (WACZ, wacz(*THREE[:1]))], ids=["zip", "wacz"]
)
def test_an_archive_that_is_piped_in_is_put_on_disk_within_limits(reader: Reader, data: bytes) -> None:
    source = Source(Pipe(data), inner=read_within)  # type: ignore[arg-type]
    assert len([item for item in reader.read(source) if isinstance(item, Report)]) == 1
    source = Source(Pipe(data), limits=Limits(bytes=1), inner=read_within)  # type: ignore[arg-type]
    with pytest.raises(IntakeError, match="the archive, which may have 200 times that, is over the limit of 1 bytes"):
        list(reader.read(source))


def test_documents_that_are_zip_archives_inside_are_no_folders() -> None:
    book = zipped({"mimetype": b"application/epub+zip", "a.html": page()})
    office = zipped({"[Content_Types].xml": b"<Types/>", "ppt/slides/a.xml": b"<a/>"})
    for data in (book, office):
        with pytest.raises(IntakeError, match="an office document or a book"):
            readers().choose("a", data)
    assert readers().choose("a", zipped({"a.html": page()})) == "zip"
    assert readers().choose("a", wacz(*THREE[:1])) == "wacz"


SMALL = zipped({"a.txt": b"Nurses marched.", "b.txt": b"Dockers marched."})


@given(st.binary(max_size=120), st.integers(0, len(SMALL)), st.integers(0, 120))
def test_hostile_bytes_in_a_zip_raise_nothing_else(noise: bytes, at: int, length: int) -> None:
    for data in (noise, SMALL[:at] + noise + SMALL[at + length :]):
        for reader in (ZIP, WACZ):
            source = Source.of(data)
            source.inner = read_within
            try:
                list(reader.read(source))
            except Exception as error:
                assert type(error).__name__ == "IntakeError"
