"""Web archives: every answer that holds a page is a report, and what is broken in one costs itself."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive_cases import NOON, packed, page, record, saved, sha1, zipped

from dateline.intake import Failure, IntakeError, Limits, read_path
from dateline.intake.archives import bounds, library
from dateline.intake.archives.payload import matches, unchunked, unpacked
from dateline.intake.archives.warc import WARC
from dateline.intake.paths import read_within
from dateline.intake.reader import DEEPEST, Found, Source, digest
from dateline.intake.retrieval import Hop, Retrieval
from dateline.model import Report
from dateline.store import Project
from dateline.store.project import Added

AT = "https://example.org/"
THREE = [record(f"{AT}{n}", page(f"Town{n}")) for n in range(3)]


def read(data: bytes, **more: object) -> tuple[list[Found], list[tuple[bytes, Retrieval | None]]]:
    """What an archive gives, and what was kept of it."""
    kept: list[tuple[bytes, Retrieval | None]] = []
    source = Source.of(data, path="a.warc", id="a.warc")
    source.keep = lambda data, how: kept.append((data, how))
    source.inner = read_within
    for name, value in more.items():
        setattr(source, name, value)
    return list(WARC.read(source)), kept


def ids(found: list[Found]) -> list[str]:
    return [item.id for item in found if isinstance(item, Report)]


def faults(found: list[Found]) -> list[str]:
    return [str(item) for item in found if isinstance(item, Failure)]


def test_a_page_has_its_address_its_time_and_evidence_of_its_own() -> None:
    moved = record(f"{AT}old", b"", status="301 Moved Permanently", fields=[("Location", "/new")])
    new = record(f"{AT}new", page(), headers={"WARC-IP-Address": "192.0.2.7", "WARC-Payload-Digest": sha1(page())})
    [found], [(kept, how)] = read(moved + new)
    assert isinstance(found, Report)
    assert (found.id, found.url, found.retrieved, found.title) == (f"{AT}new", f"{AT}new", NOON, "A march")
    assert (kept, found.sha256) == (page(), digest(page()))
    assert how == Retrieval(
        "WARC response",
        url=f"{AT}old",
        final=f"{AT}new",
        time=NOON,
        status=200,
        hops=(Hop(f"{AT}old", 301),),
        headers=(("content-type", "text/html; charset=utf-8"),),
        address="192.0.2.7",
        within="a.warc",
    )


def test_pages_of_an_archive_are_kept_in_a_project(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zipped({"b.warc.gz": packed(*THREE[:2]), "c.mhtml": saved(page()), "d.html": page()})
    )
    with Project.create(tmp_path / "p") as project:
        added = [item.id for item in project.add(tmp_path / "a.zip") if isinstance(item, Added)]
        assert added == [f"{AT}0", f"{AT}1", "a.zip/c.mhtml", "a.zip/d.html"]
        assert project.evidence.read(digest(page("Town0"))) == page("Town0")
        assert list(project.verify()) == []
    reports = [item for item in read_path(tmp_path / "a.zip") if isinstance(item, Report)]
    assert [item.sha256 for item in reports] == [digest(page(place)) for place in ("Town0", "Town1", "Lyon", "Lyon")]


def test_what_is_no_page_is_counted_in_one_remark(caplog: pytest.LogCaptureFixture) -> None:
    others = [
        record(None, b"software: a crawler", type="warcinfo", media="application/warc-fields"),
        record(AT, b"GET / HTTP/1.1\r\n\r\n", type="request", media="application/http; msgtype=request"),
        record("dns:example.org", b"20240206120000\nexample.org. IN A 192.0.2.7", type="response", media=None),
        *(record(f"{AT}{n}.png", b"\x89PNG", media="image/png") for n in range(2)),
        record(f"{AT}none", page(), status="404 Not Found"),
        record(f"{AT}soon", page(), status="503 Service Unavailable"),
        record(f"{AT}moved", b"", status="302 Found", fields=[("Location", "https://[")]),
        record(f"{AT}1", b"", type="revisit"),
        record(f"{AT}robots.txt", b"User-agent: *", media="text/plain"),
        record(f"{AT}data", b'{"a": 1}', media="application/json"),
        record("urn:text:https://example.org/1", b"Workers marched.", type="resource", media="text/plain"),
        record(f"{AT}empty", b" \n"),
        record(f"{AT}odd", b"\x1b[2J", media="\x1b[2J"),
        record(f"{AT}bare", b"\0\1\2", media=None),
        record(None, page()),
        record(AT + "a" * 9_000, page()),
    ]
    with caplog.at_level(logging.WARNING, "dateline"):
        found, kept = read(THREE[1] + b"".join(others))
    assert (ids(found), faults(found), len(kept)) == ([f"{AT}1"], [], 1)
    [told] = caplog.messages
    assert told.startswith("a.warc: passed over beside 1 page: image/png 2, ")
    assert "addresses without end" not in told, "beyond twelve kinds the rest is counted together"
    for part in ("answers 404 1", "redirects 1", "robots.txt 1", "application/json 1", "empty answers 1", "others 1"):
        assert part in told
    assert "\x1b" not in told


def test_resources_and_conversions_are_pages_too() -> None:
    text = b"Nurses marched through Lima on Monday, the union said."
    found, kept = read(
        record(f"{AT}a", page(), type="resource", media="text/html")
        + record(f"{AT}b", text, type="conversion", media="text/plain")
        + record(f"{AT}a", text, type="conversion", media="text/plain")
        + record(f"{AT}c", page(), media=None)
    )
    assert ids(found) == [f"{AT}a", f"{AT}b", f"{AT}c"]
    assert [how.method for _, how in kept if how] == ["WARC resource", "WARC conversion", "WARC response"]


def test_the_same_address_again_has_its_time_added() -> None:
    found, _ = read(THREE[0] * 3 + record(f"{AT}0", page(), date="2025-01-01T00:00:00Z"))
    assert ids(found) == [f"{AT}0", f"{AT}0 {NOON}", f"{AT}0 {NOON} 3", f"{AT}0 2025-01-01T00:00:00Z"]


def test_the_media_type_tells_more_than_the_ending_of_an_address() -> None:
    first = record("https://example.md", page())
    russian = "<html><body><p>Рабочие прошли маршем через город в понедельник, сообщила полиция.</p></body></html>"
    second = record(f"{AT}ru", russian.encode("koi8-r"), media="text/html; charset=KOI8-R")
    found, _ = read(first + second)
    texts = [item.text for item in found if isinstance(item, Report)]
    assert texts[0].startswith("Workers marched through Lyon")
    assert texts[1].startswith("Рабочие прошли")


def test_a_page_that_is_not_as_its_digest_says_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "dateline"):
        found, [(_, how)] = read(record(AT, page(), headers={"WARC-Payload-Digest": sha1(page("Lima"))}))
    assert ids(found) == [AT]
    assert how is not None and how.method == "WARC response that is not as its digest says"
    assert f"1 page is not as the archive's digest says, and read all the same: {AT}" in caplog.text


@pytest.mark.parametrize("pack", [b"".join, lambda records: packed(*records)], ids=["plain", "gzip"])
def test_a_cut_archive_gives_what_was_whole(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    path = tmp_path / "a.warc"
    whole, two = pack(THREE), pack(THREE[:2])
    path.write_bytes(whole)
    assert ids(list(read_path(path))) == [f"{AT}{n}" for n in range(3)]
    path.write_bytes(whole[: len(two) + (len(whole) - len(two)) * 3 // 4])
    found = list(read_path(path))
    assert ids(list(found)) == [f"{AT}0", f"{AT}1"]
    [told] = faults(list(found))
    assert told.startswith(str(path))


@pytest.mark.parametrize(
    "broken",
    [
        b"garbage\r\n" * 20 + b"\r\n",
        record(f"{AT}x", b"GIF8", media="image/gif", length=75),
        b"WARC/1.0\r\nX: " + b"a" * 400_000 + b"\r\n\r\n",
        b"WARC/9.9\r\nno header\r\n\r\n",
        b"\0" * 2_000_000 + b"\r\n",
    ],
    ids=["garbage", "a short length", "an endless header", "no header", "NULs"],
)
def test_reading_goes_on_after_a_broken_record(broken: bytes) -> None:
    found, _ = read(THREE[0] + broken + THREE[1] + THREE[2])
    assert ids(found) == [f"{AT}{n}" for n in range(3)]
    [told] = faults(found)
    assert "a record is broken" in told


def test_an_archive_broken_everywhere_is_given_up() -> None:
    with pytest.raises(IntakeError, match="it is broken in more than 100 places"):
        read(THREE[0] + b"garbage\r\nWARC/1.0\r\nX: y\r\nContent-Length: 1\r\n\r\nx" * 300)


def test_an_archive_without_pages_is_told_as_one() -> None:
    with pytest.raises(IntakeError, match=r"no record of it is a page \(image/gif 1\)"):
        read(record(f"{AT}a.gif", b"GIF8", media="image/gif"))


def test_without_the_library_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(THREE[0])
    [failure] = read_path(tmp_path / "a.warc")
    assert isinstance(failure, Failure)
    assert "pip install 'dateline[archive]'" in failure.mend


def test_a_panic_of_the_library_is_a_fault_of_the_archive() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(IntakeError, match="the library broke: oh"), library.guarded("the archive"):
        raise panic("oh")
    with pytest.raises(KeyboardInterrupt), library.guarded("the archive"):
        raise KeyboardInterrupt


# Payloads


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zstandard(data: bytes) -> bytes:
    import io

    from fastwarc.stream_io import ZstdWriter

    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]),
    "deflate": zlib.compress,
    "Deflate": deflated,
    "br": brotli.compress,
    "zstd": zstandard,
    "identity": bytes,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_a_page_is_unpacked(coding: str) -> None:
    data = PACKERS[coding](page())
    assert unpacked(data, coding, 10_000) == page()
    assert unpacked(page(), coding, 10_000) == page(), "an archive may keep it unpacked, with the header as it was"
    assert unpacked(gzip.compress(data), f"{coding}, gzip", 10_000) == page()


@pytest.mark.parametrize("coding", [coding for coding in PACKERS if coding != "identity"])
def test_a_page_that_unpacks_to_too_much_is_refused(coding: str) -> None:
    bomb = PACKERS[coding](b"<p>" + b"\0" * 3_000_000)
    with pytest.raises(IntakeError, match=r"the page, unpacked, is over the limit of 1,000,000 bytes"):
        unpacked(bomb, coding, 1_000_000)
    fields = [("Content-Encoding", coding)]
    found, kept = read(record(AT, bomb, fields=fields) + THREE[0], limits=Limits(bytes=1_000_000))
    assert (ids(found), len(kept), len(faults(found))) == ([f"{AT}0"], 1, 1)


@pytest.mark.parametrize("coding", ["compress", "gzip, gzip, gzip, gzip", "br"])
def test_what_cannot_be_unpacked_is_told(coding: str) -> None:
    found, _ = read(record(AT, b"\1\2\3", fields=[("Content-Encoding", coding)]) + THREE[0])
    [told] = faults(found)
    assert told.startswith(f"a.warc!{AT}: ")
    assert ids(found) == [f"{AT}0"]


def test_chunks_are_joined_where_there_are_any() -> None:
    assert unchunked(b"5;x=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: 1\r\n\r\n") == b"hello world"
    assert unchunked(b"5\r\nhello\r\n6\r\n wo") == b"hello wo"
    assert unchunked(page()) == page()
    assert unchunked(b"3\r\nis a number, and no length") == b"3\r\nis a number, and no length"


@given(st.binary(max_size=200))
def test_chunks_of_any_bytes_are_joined(data: bytes) -> None:
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (data[:70], data[70:]) if piece)
    assert unchunked(chunked + b"0\r\n\r\n") == data
    unchunked(data)


def test_a_digest_is_known_in_its_spellings() -> None:
    assert matches(sha1(b"x"), b"y", b"x") is True
    assert matches("SHA-256:" + digest(b"x"), b"x") is True
    assert matches(sha1(b"x"), b"y") is False
    assert matches(None, b"x") is matches("crc32:00", b"x") is matches("sha1:", b"x") is None


# Bounds


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bounds, "FREE", 1_000_000)
    filler = record(f"{AT}film", b"\0" * 10_000_000, media="video/mp4")
    (tmp_path / "a.warc.gz").write_bytes(packed(THREE[0], filler, THREE[1]))
    found = list(read_path(tmp_path / "a.warc.gz"))
    assert ids(list(found)) == [f"{AT}0"]
    assert "unpacks to more than 200 times its bytes" in faults(list(found))[-1]


def test_a_page_over_the_limit_costs_itself() -> None:
    found, kept = read(record(AT, b"<p>" + b"x" * 2_000) + THREE[0], limits=Limits(bytes=1_000))
    assert (ids(found), len(kept)) == ([f"{AT}0"], 1)
    assert "the limit of 1,000 bytes" in faults(found)[0]


def test_a_page_nested_very_deep_costs_itself() -> None:
    found, _ = read(record(AT, b"<div>" * 10_000 + b"Workers marched.") + THREE[0])
    assert ids(found) == [f"{AT}0"]
    assert "nests its elements" in faults(found)[0]


def test_archives_lie_in_one_another_only_so_deep(tmp_path: Path) -> None:
    data = page()
    for depth in range(DEEPEST + 2):
        data = zipped({f"{depth}.zip" if depth else "a.html": data})
    (tmp_path / "a.zip").write_bytes(data)
    [failure] = read_path(tmp_path / "a.zip")
    assert isinstance(failure, Failure)
    assert "inside one another" in failure.error


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_hostile_bytes_in_an_archive_raise_nothing_else(noise: bytes, at: int, length: int) -> None:
    whole = record(AT, b"GIF8", media="image/gif") + record(f"{AT}2", b" ")
    for data in (noise, whole[:at] + noise + whole[at + length :], b"WARC/1.0\r\n" + noise):
        try:
            read(data)
        except Exception as error:
            assert type(error).__name__ == "IntakeError"
