"""What servers do wrong costs the fetch, in time, and nothing of it is taken for a page."""

from __future__ import annotations

import gzip
import itertools
import pickle
import ssl
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from tests.bad_server import BadServer, Say, answer, redirect, serving

from dateline.errors import OptionError
from dateline.intake.fetch import Fetched, Fetcher, FetchError, FetchLimits
from dateline.intake.fetch.unpacking import PIECE, Unpacker
from dateline.intake.retrieval import Hop

WORDS = b"Police detained four women in Lima on Monday. " * 200
LIMITS = FetchLimits(wire=100_000, bytes=200_000, headers=8_192, seconds=5, connect=2, redirects=3)


def fetched(says: Say | dict[str, Say], limits: FetchLimits = LIMITS, path: str = "/", **more: str) -> Fetched:
    pages = says if isinstance(says, dict) else {"/": says}
    with serving(pages) as server, Fetcher(allowed=["127.0.0.1"], limits=limits) as fetch:
        return fetch.get(server.url(path), **more)


def refused(says: Say | dict[str, Say], limits: FetchLimits = LIMITS, path: str = "/") -> FetchError:
    with pytest.raises(FetchError) as error:
        fetched(says, limits, path)
    return error.value


def endless(first: bytes, piece: bytes, seconds: float = 0.0) -> Say:
    """An answer that never ends."""

    def say(_: bytes) -> Iterator[bytes]:
        yield first
        for _ in itertools.count():
            time.sleep(seconds)
            yield piece

    return say


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_what_is_got_is_told_whole() -> None:
    got = fetched(
        {"/a": redirect("/b?x=1#part", "301 Moved"), "/b?x=1": answer(WORDS, content_type="text/plain", etag='"1"')},
        path="/a#there",
    )
    how = got.retrieval
    assert (got.data, got.media, got.unchanged) == (WORDS, "text/plain", False)
    assert how.url is not None and how.url.endswith("/a") and how.final is not None and how.final.endswith("/b?x=1")
    assert how.hops == (Hop(how.url, 301),) and (how.status, how.address) == (200, "127.0.0.1")
    assert ("etag", '"1"') in how.headers and how.method.startswith("GET by dateline")
    assert how.time is not None and how.time.endswith("+00:00")


def test_nothing_but_the_question_is_told_to_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    pages = {"/": redirect("/next", "302 Found"), "/next": answer(b"told", set_cookie="a=1")}
    pages["/"] = answer(status="302 Found", location="/next", set_cookie="id=7; Path=/")
    with serving(pages) as server, Fetcher(allowed=["127.0.0.1"]) as fetch:
        assert [fetch.get(server.url()).data for _ in range(2)] == [b"told", b"told"]
        asked = b"".join(server.requests).lower()
    assert b"user-agent: dateline/" in asked and len(server.requests) == 4
    assert not any(name in asked for name in (b"cookie", b"authorization", b"referer", b"proxy"))


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    def say(request: bytes) -> list[bytes]:
        held = b'if-none-match: "1"' in request.lower() and b"if-modified-since: mon" in request.lower()
        return list(answer(status="304 Not Modified", etag='"1"')(request) if held else answer(WORDS)(request))

    assert fetched(say).data == WORDS
    again = fetched(say, etag='"1"', modified="Mon, 05 Feb 2024 10:00:00 GMT")
    assert again.unchanged and not again.data and again.retrieval.status == 304
    # What an earlier answer said may be anything: it does no harm.
    assert fetched(say, etag="ä", modified="x\r\ny: z").data == WORDS


# Time


def test_a_body_of_one_byte_a_moment_ends() -> None:
    begun = time.monotonic()
    error = refused(endless(HEAD + b"\r\n", b"a", 0.1), FetchLimits(seconds=0.6))
    assert error.error == "it took longer than 0.6 seconds" and time.monotonic() - begun < 3


def test_headers_of_one_byte_a_moment_end() -> None:
    begun = time.monotonic()
    assert "took longer" in refused(endless(HEAD, b"x", 0.1), FetchLimits(seconds=0.6)).error
    assert time.monotonic() - begun < 3


def test_a_server_that_says_nothing_is_left() -> None:
    begun = time.monotonic()
    assert "took longer" in refused(endless(b"", b"", 0.1), FetchLimits(seconds=0.6)).error
    assert time.monotonic() - begun < 3


def test_a_name_that_is_never_resolved_is_left() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        time.sleep(3)
        return ()

    fetch = Fetcher(resolve=resolve, limits=FetchLimits(connect=0.2))
    with pytest.raises(FetchError, match="is not resolved within"):
        fetch.get("http://slow.example/")


def test_a_tls_handshake_that_never_ends_is_left() -> None:
    fetch = Fetcher(allowed=["127.0.0.1"], limits=FetchLimits(seconds=2, connect=0.4))
    with serving({}) as server, pytest.raises(FetchError, match="makes no TLS connection within"):
        fetch.get(server.url().replace("http:", "https:"))


def test_nobody_listening_is_told() -> None:
    with serving({}) as server:
        url = server.url()
    with Fetcher(allowed=["127.0.0.1"]) as fetch, pytest.raises(FetchError, match="cannot be connected to"):
        fetch.get(url)


# Size


def test_a_body_without_end_is_left_at_the_limit() -> None:
    assert "over the limit of 100,000 bytes" in refused(endless(HEAD + b"\r\n", b"a" * 10_000)).error
    assert "over the limit of 100,000 bytes" in refused(answer(b"", length=100_001)).error
    chunk = b"2710\r\n" + b"a" * 10_000 + b"\r\n"
    assert "over the limit" in refused(endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunk)).error


def test_a_bomb_is_left_at_the_limit() -> None:
    for encoding, packed in (
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("x-gzip", gzip.compress(b"a" * 150_000) * 2),
    ):
        error = refused(answer(packed, content_encoding=encoding))
        assert error.error == "it is over the limit of 200,000 bytes once it is unpacked"


def test_a_bomb_is_never_unpacked_at_once() -> None:
    pieces = Unpacker("gzip").feed(gzip.compress(bytes(10_000_000)))
    assert max(len(piece) for piece in pieces) <= PIECE


def test_what_is_packed_is_unpacked() -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = raw.compress(WORDS) + raw.flush()
    for encoding, data in (
        ("gzip", gzip.compress(WORDS)),
        ("GZIP", gzip.compress(WORDS[:500]) + gzip.compress(WORDS[500:])),
        ("gzip", gzip.compress(WORDS) + b"\0" * 20),
        ("deflate", zlib.compress(WORDS)),
        ("deflate", packed),
        ("identity", WORDS),
    ):
        assert fetched(answer(data, content_encoding=encoding)).data == WORDS


def test_what_is_packed_otherwise_is_refused() -> None:
    assert "'br', which was not asked for" in refused(answer(b"x", content_encoding="br")).error
    assert "packed 2 times over" in refused(answer(gzip.compress(WORDS), content_encoding="gzip, gzip")).error
    assert "packed bytes are damaged" in refused(answer(b"no gzip at all", content_encoding="gzip")).error


@given(st.binary(max_size=2000), st.integers(1, 300), st.sampled_from(["gzip", "deflate", None]))
def test_packed_bytes_come_out_as_they_went_in(data: bytes, size: int, encoding: str | None) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}.get(encoding or "", bytes)(data)
    unpacker = Unpacker(encoding)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(piece for part in parts for piece in unpacker.feed(part)) == data
    unpacker.end()


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip,gzip", ""]))
def test_bytes_that_nobody_packed_do_no_harm(data: bytes, encoding: str) -> None:
    try:
        unpacker = Unpacker(encoding)
        list(unpacker.feed(data))
        unpacker.end()
    except FetchError:
        pass


def test_headers_without_end_are_left_at_the_limit() -> None:
    assert "its headers are over the limit" in refused(endless(HEAD, b"x-more: " + b"a" * 2000 + b"\r\n")).error
    assert "its headers are over the limit" in refused(endless(HEAD + b"x: ", b"a" * 2000)).error
    assert "its headers are over" in refused(endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n")).error


# Ends


@pytest.mark.parametrize(
    "says",
    [
        answer(WORDS, length=len(WORDS) + 1),
        lambda _: [HEAD + b"Content-Length: 500\r\n\r\n" + b"a" * 400],
        lambda _: [HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
        lambda _: [HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel"],
        lambda _: [HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(WORDS)[:-20]],
        lambda _: [HEAD],
        lambda _: [],
        lambda _: [b"220 mail.example ESMTP\r\n"],
        lambda _: [HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"],
        lambda _: [HEAD + b"Content-Length: -5\r\n\r\nhello!"],
        lambda _: [HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"],
    ],
)
def test_what_breaks_off_or_lies_of_its_length_is_not_half_taken(says: Say) -> None:
    assert "broke" in refused(says).error


def test_what_is_longer_than_it_says_is_cut_where_it_said() -> None:
    assert fetched(answer(WORDS + b"more", length=len(WORDS))).data == WORDS


def test_answers_that_are_none_cost_themselves() -> None:
    for status in ("404 Not Found", "410 Gone", "403 Forbidden", "451 Unavailable", "500 Oops", "503 Later"):
        error = refused(answer(WORDS, status))
        assert error.status == int(status[:3]) and f"the server answers {status[:3]}" in error.error
    for status in ("204 No Content", "206 Partial Content", "300 Choices"):
        assert refused(answer(b"", status)).status == int(status[:3])
    assert refused(answer(b"", "429 Too Many Requests", retry_after="120")).retry_after == 120
    later = refused(answer(b"", "503 Later", retry_after="Mon, 05 Feb 2024 10:00:00 GMT")).retry_after
    assert later == 0 and refused(answer(b"", "503 Later", retry_after="soon")).retry_after is None


def test_an_error_keeps_what_the_server_said_between_processes() -> None:
    error = pickle.loads(pickle.dumps(FetchError("a", "b", status=429, retry_after=3)))
    assert (error.error, error.mend, error.status, error.retry_after) == ("a", "b", 429, 3)


# Redirects


def test_redirects_in_a_circle_and_without_end_are_left() -> None:
    circle = {"/": redirect("/b"), "/b": redirect("/")}
    assert "go in a circle" in refused(circle).error
    assert "go in a circle" in refused(redirect("/#again")).error
    chain = {"/": redirect("/1")} | {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 9)}
    assert "redirected more than 3 times" in refused(chain).error


def test_a_redirect_to_nowhere_is_told() -> None:
    assert "it is redirected to 'http://[::1'" in refused(redirect("http://[::1")).error
    assert refused(answer(status="302 Found")).status == 302


@given(st.text(max_size=40) | st.from_regex(r"(http:)?//[\w\[\]@:%.]{0,12}/?", fullmatch=True))
def test_wherever_a_redirect_points_it_is_an_address_or_refused(target: str) -> None:
    response = httpx2.Response(302, headers=[(b"location", target.encode("utf-8", "surrogatepass"))])
    with suppress(FetchError):
        there = Fetcher()._next(httpx2.URL("http://a.example/b"), response, [])
        assert there.scheme in {"http", "https"} and there.host and not there.userinfo


# TLS


def test_authorities_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing", encoding="utf-8")
    for name in ("none.pem", "empty.pem"):
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / name))
        with pytest.raises(OptionError, match="SSL_CERT_FILE"):
            Fetcher(allowed=["127.0.0.1"]).get("http://127.0.0.1:9/")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def over_tls(server: BadServer, host: str = "news.example") -> bytes:
    with Fetcher(allowed=[host], resolve=lambda *_: ["127.0.0.1"], limits=LIMITS) as fetch:
        return fetch.get(server.url(host=host)).data


@pytest.mark.usefixtures("trusted")
def test_a_certificate_that_holds_is_taken(authority: trustme.CA) -> None:
    with serving({"/": answer(WORDS)}, tls=secured(authority, "news.example")) as server:
        assert over_tls(server) == WORDS
    with serving({"/": endless(b"", b"")}, tls=secured(authority, "127.0.0.1")) as server:
        server.pages["/"] = answer(WORDS)
        assert over_tls(server, "127.0.0.1") == WORDS


def test_a_certificate_that_nobody_vouches_for_is_refused(authority: trustme.CA) -> None:
    with serving({"/": answer(WORDS)}, tls=secured(authority, "news.example")) as server:
        with pytest.raises(FetchError, match=r"the certificate of news\.example does not hold"):
            over_tls(server)
        assert not server.requests


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_refused(authority: trustme.CA) -> None:
    with serving({"/": answer(WORDS)}, tls=secured(authority, "other.example", "127.0.0.1")) as server:
        with pytest.raises(FetchError, match=r"the certificate of news\.example does not hold"):
            over_tls(server)
        assert not server.requests


@pytest.mark.usefixtures("trusted")
def test_a_redirect_from_https_to_http_is_not_followed(authority: trustme.CA) -> None:
    with serving({"/": answer(WORDS)}) as plain:
        pages = {"/": redirect(plain.url(host="news.example"))}
        secure = serving(pages, tls=secured(authority, "news.example"))
        with secure as server, pytest.raises(FetchError, match="redirected from https to http"):
            over_tls(server)
        assert not plain.requests


def test_http_asked_of_a_tls_server_and_tls_of_an_http_server_are_told(authority: trustme.CA) -> None:
    fetch = Fetcher(allowed=["127.0.0.1"], limits=LIMITS)
    with serving({"/": answer(WORDS)}, tls=secured(authority, "127.0.0.1")) as server, pytest.raises(FetchError):
        fetch.get(server.url().replace("https:", "http:"))
    with serving({"/": answer(WORDS)}) as server, pytest.raises(FetchError, match="no TLS connection"):
        fetch.get(server.url().replace("http:", "https:"))


def test_limits_and_contacts_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="the limit seconds"):
        FetchLimits(seconds=-1)
    for contact in ("a\r\nX-Evil: 1", "ä", "", " "):
        with pytest.raises(OptionError):
            Fetcher(contact=contact)
