"""The fetcher: one GET, followed over its redirects, each hop vetted, all of it within one budget."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import httpcore2
import httpx2

from dateline.errors import OptionError
from dateline.intake.fetch.address import Allowed, checked, port_of, shown
from dateline.intake.fetch.connecting import Resolve, VettingBackend, system_addresses
from dateline.intake.fetch.error import AGAIN, BY_HAND, FetchError
from dateline.intake.fetch.limits import Budget, FetchLimits, spending, too_large
from dateline.intake.fetch.pace import Pace
from dateline.intake.fetch.unpacking import ACCEPTED, Unpacker
from dateline.intake.retrieval import Hop, Retrieval
from dateline.version import __version__

log = logging.getLogger(__name__)

ACCEPT = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml;q=0.9, */*;q=0.8"
METHOD = f"GET by dateline {__version__}"


def utc_now() -> str:
    """The time as a retrieval keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, unpacked, their media type as the server calls it, and how they were got.

    ``unchanged``: the server said that they are what they were (304); there are no bytes then.
    """

    data: bytes
    media: str | None
    retrieval: Retrieval
    unchanged: bool = False


class Fetcher:
    """Fetches addresses of the web. Close it, or use it in a ``with``; it may be shared between threads.

    Connected to are public addresses only, on every hop, and hosts that are ``allowed`` ("HOST" or "HOST:PORT").
    ``contact`` is told to the servers, so that they can reach whoever fetches. ``pace`` holds the requests to one host
    apart. ``clock`` gives the time of a retrieval in ISO 8601, ``resolve`` the network addresses of a name. Neither
    proxies nor passwords of the environment are used, and no cookies are kept. Raises
    :class:`~dateline.errors.OptionError` for a host or a contact that is none.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[str] = (),
        limits: FetchLimits | None = None,
        contact: str | None = None,
        pace: Pace | None = None,
        clock: Callable[[], str] = utc_now,
        resolve: Resolve = system_addresses,
    ) -> None:
        if contact is not None and not (contact.isascii() and contact.isprintable() and contact.strip("() ")):
            raise OptionError("the contact cannot be told to servers", "write a mail address or the address of a page")
        self.allowed = tuple(Allowed.read(host) for host in allowed)
        self.limits = limits or FetchLimits()
        self.pace = pace
        self.agent = f"dateline/{__version__}" + (f" (+{contact.strip()})" if contact else "")
        self._clock = clock
        self._backend = VettingBackend(self.allowed, resolve)
        self._client: httpx2.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What an address gives. Raises :class:`FetchError`; nothing of what is not whole is given.

        ``etag`` and ``modified`` are the headers ``etag`` and ``last-modified`` of an earlier answer: where it still
        holds, the server need not send it again.
        """
        asked = at = checked(url, self.allowed)
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {
            name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()
        }
        budget = Budget(self.limits)
        hops: list[Hop] = []
        with spending(budget):
            while True:
                if self.pace is not None and at.host not in {httpx2.URL(hop.url).host for hop in hops}:
                    budget.wait(self.pace.wait(at.host))
                log.info("fetching %s", at)
                with self._asked(at, headers, budget) as response:
                    if not response.has_redirect_location:
                        got = self._answer(asked, at, hops, response, budget)
                        if got.unchanged and not headers:
                            raise _refused(response)
                        return got
                    hops.append(Hop(str(at), response.status_code))
                    at = self._next(at, response, hops)

    def _next(self, at: httpx2.URL, response: httpx2.Response, hops: list[Hop]) -> httpx2.URL:
        """Where a redirect leads to."""
        if len(hops) > self.limits.redirects:
            raise FetchError(f"it is redirected more than {self.limits.redirects} times", BY_HAND)
        target = response.headers["location"]
        try:
            there = checked(at.join(target), self.allowed)
        except (httpx2.InvalidURL, ValueError) as error:
            why = error.error if isinstance(error, FetchError) else str(error)
            raise FetchError(f"it is redirected to {shown(target)[:200]!r}: {why}", BY_HAND) from error
        if str(there) in {hop.url for hop in hops}:
            raise FetchError("its redirects go in a circle", BY_HAND)
        if at.scheme == "https" and there.scheme == "http":
            # What comes over http can be changed by anybody on the way: whoever wants that asks for it.
            raise FetchError(f"it is redirected from https to {there}", "give that address, if it may be read unsafely")
        return there

    def _answer(
        self, asked: httpx2.URL, at: httpx2.URL, hops: list[Hop], response: httpx2.Response, budget: Budget
    ) -> Fetched:
        peer = response.extensions["network_stream"].get_extra_info("server_addr")
        retrieval = Retrieval(
            method=METHOD,
            url=str(asked),
            final=str(at) if hops else None,
            time=self._clock(),
            status=response.status_code,
            hops=tuple(hops),
            headers=tuple(
                (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw
            ),
            address=str(peer[0]) if peer else None,
        )
        media = response.headers.get("content-type")
        if response.status_code == httpx2.codes.NOT_MODIFIED:
            return Fetched(b"", media, retrieval, unchanged=True)
        if response.status_code not in (200, 203):
            raise _refused(response)
        return Fetched(self._body(response, budget), media, retrieval)

    def _body(self, response: httpx2.Response, budget: Budget) -> bytes:
        """All bytes of an answer, unpacked; what breaks off or grows over the limit is an error."""
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.limits.wire:
            raise too_large(self.limits.wire)
        unpacker = Unpacker(response.headers.get("content-encoding"))
        pieces, size = [], 0
        for data in response.iter_raw():
            for piece in unpacker.feed(data):
                size += len(piece)
                if size > self.limits.bytes:
                    raise too_large(self.limits.bytes, "" if piece is data else " once it is unpacked")
                pieces.append(piece)
            budget.seconds()
        unpacker.end()
        return b"".join(pieces)

    @contextmanager
    def _asked(self, url: httpx2.URL, headers: Mapping[str, str], budget: Budget) -> Iterator[httpx2.Response]:
        """The answer of an address, its body still to be read; what goes wrong, in words."""
        client = self._opened()
        try:
            budget.ask()
            with client.stream("GET", url, headers=headers) as response:
                budget.headed()
                yield response
        except httpcore2.TimeoutException as error:
            raise budget.late() from error
        except httpcore2.RemoteProtocolError as error:
            raise FetchError(f"its answer is broken or broke off ({error})", AGAIN) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError) as error:
            raise FetchError(f"the connection to {url.host}:{port_of(url)} broke ({error})", AGAIN) from error

    def _opened(self) -> httpx2.Client:
        if self._client is None:
            self._client = httpx2.Client(
                transport=_Transport(self._backend),
                headers={
                    "User-Agent": self.agent,
                    "Accept": ACCEPT,
                    "Accept-Encoding": ACCEPTED,
                    "Connection": "close",
                },
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                follow_redirects=False,
                trust_env=False,
            )
        return self._client


class _Transport(httpx2.BaseTransport):
    """Requests over connections that our backend makes."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            # No connection is used twice: each is vetted, and none breaks that the other side has left already.
            ssl_context=_trust(),
            network_backend=backend,
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _trust() -> ssl.SSLContext:
    """The authorities that the system trusts, or those of SSL_CERT_FILE; names are checked."""
    try:
        context = httpx2.create_ssl_context()
    except OSError as error:
        told = error.strerror or str(error)
        raise OptionError(
            f"the authorities that SSL_CERT_FILE names cannot be read ({told})", "name a PEM file, or unset it"
        ) from error
    if context.verify_mode != ssl.CERT_REQUIRED or not context.check_hostname:
        raise RuntimeError("TLS would not be verified")
    return context


def _refused(response: httpx2.Response) -> FetchError:
    """The error for an answer that is none to the question."""
    status = response.status_code
    told = f"the server answers {status} {httpx2.codes.get_reason_phrase(status)}".rstrip()
    if status in (401, 402, 403, 407, 451):
        mend = "it is not for programs, or not for everybody; " + BY_HAND
    elif status in (404, 410):
        mend = "check the address; an archive of the web may have the page"
    elif status < 400:
        mend = BY_HAND
    else:
        mend = AGAIN
    return FetchError(told, mend, status=status, retry_after=_seconds(response.headers.get("retry-after")))


def _seconds(told: str | None) -> float | None:
    """The seconds of a header ``retry-after``, which may hold a number of them or a time."""
    if told is None:
        return None
    if told.isdecimal() and len(told) < 10:
        return float(told)
    try:
        at = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
