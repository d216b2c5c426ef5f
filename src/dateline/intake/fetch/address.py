"""The addresses (URLs) that may be asked for: read by one parser, so that what is checked is what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import httpx2

from dateline.errors import OptionError
from dateline.intake.fetch.error import FetchError
from dateline.intake.fetch.vetting import address_of

LONGEST = 8192
"""Characters of an address."""

HIGH_PORT = 1024
HTTP_PORT, HTTPS_PORT = 80, 443
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_WRITE = "write it as browsers show it: https://news.example/story"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A host that a person allows though it may not be public; ``port`` None: each port of it."""

    host: str
    port: int | None = None

    @classmethod
    def read(cls, text: str) -> Allowed:
        """From ``HOST``, ``HOST:PORT`` or ``[IPV6]:PORT``. Raises :class:`OptionError`."""
        bare = address_of(text.strip("[]"))
        try:
            url = httpx2.URL(f"http://[{bare}]/" if bare is not None and bare.version == 6 else f"http://{text}/")
            told = httpx2.URL(f"https://{text}/") if bare is None else url
            host = _host(url)
        except (httpx2.InvalidURL, ValueError) as error:
            raise OptionError(f"{text!r} is no host ({error})", _HOST) from error
        if not host or url.userinfo or url.path != "/" or url.query:
            raise OptionError(f"{text!r} is no host", _HOST)
        return cls(host, url.port or told.port)


_HOST = "write its name or number, and a port where only that one is meant: --allow-host intranet.example:8080"


def allows(allowed: Iterable[Allowed], host: str, port: int) -> bool:
    """Whether a person allows a host at a port, whatever its network address is."""
    return any(one.host == host and one.port in (None, port) for one in allowed)


def checked(url: str | httpx2.URL, allowed: Iterable[Allowed] = ()) -> httpx2.URL:
    """An address that may be asked for, without its fragment and with the name of its host in one spelling.

    Its network address is not known yet, and is vetted when it is connected to. Raises :class:`FetchError`.
    """
    if len(str(url)) > LONGEST:
        raise FetchError(f"the address is longer than {LONGEST:,} characters", _WRITE)
    try:
        parsed = httpx2.URL(url.strip() if isinstance(url, str) else url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(f"this is no address ({error})", _WRITE) from error
    if parsed.scheme != "http" and parsed.scheme != "https":  # noqa: PLR1714
        raise FetchError(f"{parsed.scheme or 'nothing'}: is not fetched, only http: and https: are", _WRITE)
    if parsed.userinfo:
        raise FetchError("the address holds a name or a password", "take out what stands before the @")
    host = _host(parsed)
    port = port_of(parsed)
    if not (port in (HTTP_PORT, HTTPS_PORT) or HIGH_PORT <= port <= 65_535 or allows(allowed, host, port)):
        raise FetchError(
            f"no page is at port {port}",
            f"check the address; ports are 80, 443 and those from {HIGH_PORT:,} on, and what --allow-host names",
        )
    return parsed.copy_with(host=host, fragment=None)


def port_of(url: httpx2.URL) -> int:
    """The port that an address leads to."""
    if url.port is not None:
        return url.port
    return HTTPS_PORT if url.scheme == "https" else HTTP_PORT


def shown(url: str) -> str:
    """An address without the name and the password in it, for messages."""
    return _CREDENTIALS.sub("", url)


def _host(url: httpx2.URL) -> str:
    """The host of an address, in ASCII and without the dot at its end; a number only in its usual spelling."""
    host = url.raw_host.decode("ascii").removesuffix(".")
    if not host:
        raise FetchError("the address names no host", _WRITE)
    literal = address_of(host)
    if literal is not None and "%" not in host:
        return str(literal)
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise FetchError(f"{host[:80]!r} is no name of a host", _WRITE)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        # Systems read 127.1, 2130706433, 0x7f000001 and 0177.0.0.1 as one address: no honest link is written so.
        raise FetchError(f"the host {host[:80]!r} is a number in an unusual spelling", "write its name")
    return host
