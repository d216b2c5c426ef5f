"""Connecting: a name is resolved once, every address it has is vetted, and exactly one of these is connected to."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import httpcore2

from dateline.intake.fetch.address import Allowed, allows
from dateline.intake.fetch.error import AGAIN, FetchError
from dateline.intake.fetch.limits import current
from dateline.intake.fetch.vetting import Address, address_of, not_public

T = TypeVar("T")
Resolve = Callable[[str, int], Sequence[str]]
"""The network addresses of a host, as text. Raises OSError where it has none."""

MOST_ADDRESSES = 8
"""Addresses of one host that are tried."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Those that the system gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


class VettingBackend(httpcore2.NetworkBackend):
    """Connects to hosts whose every address is public, or that are allowed."""

    def __init__(self, allowed: Sequence[Allowed], resolve: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """A stream to the host. Raises :class:`FetchError` where an address of it may not be connected to."""
        budget = current()
        end = time.monotonic() + budget.seconds(budget.limits.connect)
        addresses = self._vetted(host, port, budget.seconds(budget.limits.connect))[:MOST_ADDRESSES]
        why: Exception | None = None
        for tried, address in enumerate(addresses):
            seconds = (end - time.monotonic()) / (len(addresses) - tried)
            if seconds <= 0:
                break
            try:
                stream = self._sockets.connect_tcp(str(address), port, timeout=seconds)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                why = error
                continue
            return _Stream(_at(stream, address, host))
        budget.seconds()
        late = why is None or isinstance(why, httpcore2.ConnectTimeout)
        told = f"within {budget.limits.connect:g} seconds" if late else f"({_words(why)})"
        raise FetchError(f"{host} cannot be connected to {told}", f"check the address; {AGAIN}") from why

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:  # noqa: ARG002
        """Nothing is fetched from one."""
        raise FetchError("sockets of this machine are not fetched from", "give an address on the web")

    def _vetted(self, host: str, port: int, seconds: float) -> list[Address]:
        literal = address_of(host)
        found = [literal] if literal is not None else self._addresses(host, port, seconds)
        if not allows(self._allowed, host, port):
            # One that is not public is enough: a name that leads inside and outside is a trap, or is not for us.
            for address in found:
                if what := not_public(address):
                    leads = f"{host} is" if literal is not None else f"{host} leads to {address},"
                    raise FetchError(f"{leads} {what}, which is not fetched from", f"{_ALLOW} --allow-host {host}")
        return found

    def _addresses(self, host: str, port: int, seconds: float) -> list[Address]:
        try:
            told = _within(seconds, lambda: self._resolve(host, port))
        except TimeoutError as error:
            raise FetchError(f"the name {host} is not resolved within {seconds:.0f} seconds", AGAIN) from error
        except (OSError, UnicodeError) as error:
            raise FetchError(f"there is no host {host} ({_words(error)})", "check the address") from error
        found = [address_of(text) for text in dict.fromkeys(told)]
        if not found or None in found:
            raise FetchError(f"the name {host} leads to no network address", "check the address")
        return [address for address in found if address is not None]


_ALLOW = "check the address; a host of your own is allowed by"


def _at(stream: httpcore2.NetworkStream, address: Address, host: str) -> httpcore2.NetworkStream:
    """The stream, where it is to the address that was vetted."""
    peer = stream.get_extra_info("server_addr")
    if not peer or address_of(str(peer[0])) != address:
        stream.close()
        raise FetchError(f"{host} answers from another address than {address}", "check what stands in between")
    return stream


def _words(error: BaseException | None) -> str:
    """What the system says of a fault."""
    while error is not None and error.args and isinstance(error.args[0], Exception):
        error = error.args[0]
    return str(getattr(error, "strerror", None) or error)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """What a call gives within so many seconds; the system's resolver cannot be told how long it may take."""
    answers: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put((call(), None))
        except Exception as error:
            answers.put((None, error))

    threading.Thread(target=ask, daemon=True, name="dateline-resolve").start()
    try:
        answer, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]


class _Stream(httpcore2.NetworkStream):
    """A stream whose every byte and second is taken from the budget of the fetch."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        budget = current()
        try:
            data = self._stream.read(min(max_bytes, budget.piece), budget.seconds())
        except httpcore2.ReadTimeout as error:
            raise budget.late() from error
        budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        budget = current()
        try:
            self._stream.write(buffer, budget.seconds())
        except httpcore2.WriteTimeout as error:
            raise budget.late() from error

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        budget = current()
        seconds = budget.seconds(budget.limits.connect)
        try:
            return _Stream(self._stream.start_tls(ssl_context, server_hostname, seconds))
        except httpcore2.ConnectTimeout as error:
            raise FetchError(
                f"{server_hostname} makes no TLS connection within {seconds:.0f} seconds", AGAIN
            ) from error
        except httpcore2.ConnectError as error:
            cause = error.__cause__
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise FetchError(
                    f"the certificate of {server_hostname} does not hold ({cause.verify_message})",
                    "it is never fetched without the check; where the authority is your own, name its file in "
                    "SSL_CERT_FILE",
                ) from error
            raise FetchError(f"no TLS connection to {server_hostname} ({_words(error)})", AGAIN) from error

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
