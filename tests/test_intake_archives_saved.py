"""Pages that were saved: MHTML, and HTML that says where it was."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive_cases import page, saved

from dateline.intake import Failure, IntakeError
from dateline.intake.archives.mhtml import MHTML, parse_saved
from dateline.intake.archives.saved import saved_from
from dateline.intake.html.read import HTML
from dateline.intake.limits import DEFAULT
from dateline.intake.paths import read_within
from dateline.intake.reader import Found, Source
from dateline.intake.registry import readers
from dateline.intake.retrieval import Retrieval
from dateline.model import Report

URL = "https://example.org/story"


def read(data: bytes) -> tuple[list[Found], list[tuple[bytes, Retrieval | None]]]:
    kept: list[tuple[bytes, Retrieval | None]] = []
    source = Source.of(data, path="a.mhtml", id="a.mhtml")
    source.keep = lambda data, how: kept.append((data, how))
    source.inner = read_within
    return list(MHTML.read(source)), kept


def test_a_saved_page_has_its_address_and_time() -> None:
    [found], kept = read(saved(page()))
    assert isinstance(found, Report)
    assert (found.id, found.url, found.retrieved) == ("a.mhtml", URL, "2024-02-06T12:00:00+00:00")
    assert found.text.startswith("Workers marched through Lyon")
    assert [data for data, _ in kept] == [saved(page()), page()]
    assert kept[1][1] == Retrieval("saved as MHTML", url=URL, time="2024-02-06T12:00:00+00:00", within="a.mhtml")


def test_the_page_is_found_wherever_it_lies() -> None:
    plain = b"Content-Type: text/html; charset=iso-8859-2\r\nContent-Location: " + URL.encode() + b"\r\n\r\n"
    found = parse_saved(plain + page(), DEFAULT, {})
    assert (found["url"], found["media"], found["time"]) == (URL, "text/html; charset=iso-8859-2", None)
    named = saved(page()).replace(b'type="text/html";', b'type="text/html"; start="<second>";')
    second = b"Content-ID: <second>\r\nContent-Location: " + URL.encode()
    named = named.replace(b"Content-Location: cid:frame-2", second)
    assert b64decode(parse_saved(named, DEFAULT, {})["data"]).startswith(b"<p>A frame")
    inner = saved(page()).partition(b"MIME-Version: 1.0\r\n")[2]
    nested = b'Content-Type: multipart/related; boundary="out"\r\n\r\n--out\r\n' + inner + b"\r\n--out--\r\n"
    assert parse_saved(nested, DEFAULT, {})["url"] == URL


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (saved(page())[:500], "breaks off in the page"),
        (b"From: <Saved by Blink>\r\nContent-Type: multipart/related\r\n\r\nno edges", "holds no page"),
        (saved(page()).replace(b"Content-Type: text/html", b"Content-Type: text/css"), "holds no page"),
        (b"\0\xff" * 500, "holds no page"),
        (b"\n", "holds no page"),
    ],
)
def test_a_broken_file_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(IntakeError, match=told):
        read(data)


def test_a_file_that_ends_in_a_picture_is_read() -> None:
    [found], _ = read(saved(page())[:-40])
    assert isinstance(found, Report)


@pytest.mark.parametrize("depth", [10_000, 200])
def test_parts_nested_very_deep_are_refused(depth: int) -> None:
    deep = "".join(f'Content-Type: multipart/related; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(depth))
    try:
        found, _ = read(deep.encode() + b"Content-Type: text/plain\r\n\r\nWorkers marched.")
    except IntakeError as error:
        assert "too deep" in error.error or "holds no page" in error.error or "seconds" in error.error
    else:
        assert all(isinstance(item, Failure) for item in found)


def test_a_saved_page_is_known_by_its_beginning() -> None:
    assert readers().choose(None, saved(page())[:8192]) == "mhtml"
    mail = b"From: someone@example.org\r\nSubject: hello\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    assert not MHTML.sniff(mail)
    assert not MHTML.sniff(page())


@given(st.binary(max_size=200), st.integers(0, 900), st.integers(0, 200))
def test_hostile_bytes_in_a_saved_page_raise_nothing_else(noise: bytes, at: int, length: int) -> None:
    whole = saved(page())
    for data in (noise, whole[:at] + noise + whole[at + length :]):
        try:
            parse_saved(data, DEFAULT, {})
        except Exception as error:
            assert type(error).__name__ == "IntakeError"


# HTML that says where it was

SINGLE_FILE = (
    b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://example.org/story \n"
    b" saved date: Tue Feb 06 2024 10:11:12 GMT+0100 (Central European Standard Time)\n-->"
)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (SINGLE_FILE, (URL, "2024-02-06T09:11:12+00:00")),
        (SINGLE_FILE.replace(b"Feb 06", b"Fog 99"), (URL, None)),
        (SINGLE_FILE.replace(b"Feb 06", b"Feb 31"), (URL, None)),
        (SINGLE_FILE.partition(b" saved date")[0] + b"-->", (URL, None)),
        (b"<!DOCTYPE html>\r\n<!-- saved from url=(0025)https://example.org/story -->\r\n", (URL, None)),
        (b"<!-- saved from url=(0014)about:internet -->", (None, None)),
        (b"<!-- saved from url=(0030)file:///home/someone/story.html -->", (None, None)),
        (b"<!-- saved from a fire -->", (None, None)),
        (b" " * 10_000 + SINGLE_FILE, (None, None)),
    ],
)
def test_a_page_says_where_and_when_it_was_saved(head: bytes, expected: tuple[str | None, str | None]) -> None:
    assert saved_from(head + page()) == expected


def test_what_the_caller_says_goes_before_what_a_saved_page_says() -> None:
    source = Source.of(SINGLE_FILE + page(), id="a")
    source.meta = {"publisher": None, "retrieved": "2024-03-01"}
    [found] = HTML.read(source)
    assert isinstance(found, Report)
    assert (found.url, found.retrieved) == (URL, "2024-03-01")


@given(st.binary(max_size=300))
def test_any_bytes_say_where_they_were_or_not(noise: bytes) -> None:
    saved_from(noise)
    saved_from(SINGLE_FILE[:60] + noise)
