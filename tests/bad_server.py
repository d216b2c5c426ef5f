"""A server that misbehaves as it is told: each path is a script of what goes over the wire, on a real socket."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

Say = Callable[[bytes], Iterable[bytes]]
"""What is sent, piece by piece, for a request's bytes."""


class BadServer:
    """Serves ``pages`` (path to what is said) from a port of this machine until it is closed."""

    def __init__(self, pages: dict[str, Say], *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.pages = pages
        self.requests: list[bytes] = []
        self._tls = tls
        self._stop = threading.Event()
        self._listening = socket.create_server((host, 0))
        self.port = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for."""
        return [request.split(b" ", 2)[1].decode() for request in self.requests]

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait as a slow server does; False once it is closed."""
        return not self._stop.wait(seconds)

    def close(self) -> None:
        self._stop.set()
        # A listening socket is woken by a connection only.
        with suppress(OSError):
            socket.create_connection(self._listening.getsockname()[:2], timeout=1).close()
        self._listening.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(5)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    if not (data := connection.recv(65536)):
                        return
                    request += data
                self.requests.append(request)
                path = request.split(b" ", 2)[1].decode()
                for piece in self.pages.get(path, missing)(request):
                    if self._stop.is_set():
                        return
                    connection.sendall(piece)


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> Say:
    """An answer as it should be, but for what is said otherwise."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return lambda _: ["\r\n".join(lines).encode() + b"\r\n\r\n" + body]


def page(words: str) -> Say:
    """A page of news with an article of these words."""
    html = f"<!doctype html><html><head><title>Told</title></head><body><article><p>{words}</p></article></body></html>"
    return answer(html.encode(), content_type="text/html; charset=utf-8")


def redirect(to: str, status: str = "302 Found") -> Say:
    return answer(status=status, location=to)


missing = answer(b"not here", "404 Not Found")


@contextmanager
def serving(pages: dict[str, Say], *, tls: ssl.SSLContext | None = None) -> Iterator[BadServer]:
    server = BadServer(pages, tls=tls)
    try:
        yield server
    finally:
        server.close()
