"""The door of the workspace: under which names it answers, and what opens it where nobody logs in."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass
from hmac import compare_digest

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Door:
    """Who gets as far as the pages.

    ``names`` are the host names under which browsers may ask; None where whoever runs the application vets them.
    ``key`` opens the workspace where nobody logs in; None: it is open. ``cookie`` is how its cookies are called:
    browsers keep those of two workspaces on one machine in one jar. ``is_limited``: requests are counted.
    """

    names: frozenset[str] | None = None
    key: str | None = None
    cookie: str = "dateline"
    is_secure: bool = False
    is_limited: bool = False
    is_read_only: bool = False

    @classmethod
    def of(
        cls, host: str, port: int, *, names: tuple[str, ...] = (), is_shared: bool, is_read_only: bool, is_secure: bool
    ) -> Door:
        """The door of a workspace at an address; where nobody logs in, a new key opens it."""
        known = {"localhost", host.lower(), *(name.lower() for name in names)}
        if not is_loopback(host):
            known.add(socket.gethostname().lower())
        return cls(
            frozenset(known),
            None if is_shared else secrets.token_urlsafe(32),
            f"dateline-{port}",
            is_secure,
            is_limited=is_shared,
            is_read_only=is_read_only,
        )

    def answers_to(self, host: str) -> bool:
        """Whether it answers who asks for that host.

        A page elsewhere can have its own name lead to this machine (rebinding), and would then be of our origin. It
        cannot have a number lead here, so numbers are answered.
        """
        if self.names is None:
            return True
        name = bare(host)
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.names
        return True

    def opens_with(self, key: str | None) -> bool:
        """Whether the key is the one of this workspace, told in constant time."""
        return self.key is not None and compare_digest((key or "").encode(), self.key.encode())

    @property
    def session(self) -> str:
        """How the cookie of a session is called: with the prefix where browsers hold it to this host alone."""
        return f"__Host-{self.cookie}" if self.is_secure else self.cookie


def bare(host: str) -> str:
    """A host as a header has it without its port, in lower case; an IPv6 address without its brackets."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")


def is_loopback(host: str) -> bool:
    """Whether the address is reached from this machine alone."""
    if bare(host) == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def network(address: str) -> str:
    """The network of an address, which is what the log keeps: where somebody lives is nobody's business, and the log
    is never shortened. Nothing for the machine itself or for what is no address.
    """
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if number.is_loopback:
        return ""
    return str(ipaddress.ip_network((number, 24 if number.version == 4 else 48), strict=False))
