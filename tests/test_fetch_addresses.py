"""No request goes to a network address that is not public, in whatever spelling, unless its host is allowed."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bad_server import answer, redirect, serving

import dateline
from dateline.errors import OptionError
from dateline.intake.fetch import Fetcher, FetchError
from dateline.intake.fetch.address import Allowed, checked
from dateline.intake.fetch.connecting import VettingBackend
from dateline.intake.fetch.limits import Budget, FetchLimits, spending
from dateline.intake.fetch.vetting import not_public

PUBLIC = "93.184.216.34"

INSIDE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"),
    *("169.254.0.1", "169.254.169.254", "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1"),
    *("192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34", "::ffff:0:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::5db8:d822", "64:ff9b:1::1", "100::1", "2001::1"),
    *("2001:0:5db8:d822::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1"),
    *("3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fec0::1", "ff02::1"),
]
"""Network addresses that no report comes from."""

HOSTS = [
    *("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0X7F.0.0.1", "0177.0.0.1", "017700000001", "0", "00"),
    *("127.0.0.1.", "127.0.0.1", "127.000.000.001", "localhost", "localhost.", "LOCALHOST", "foo.localhost"),
    *("１２７.０.０.１", "127。0。0。1", "127．0．0．1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "%31%32%37.0.0.1", "127.0.0.1%2e"),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fd00:ec2::254]"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "[::ffff:169.254.169.254]", "256.1.1.1", "1.2.3.4.5"),
]
"""How hosts of this machine and of its networks are spelled, and numbers that are none."""


def loopback(host: str, port: int) -> Sequence[str]:
    """What any system says of names: these lead to this machine."""
    return ["127.0.0.1"]


@pytest.fixture
def unconnected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What would have been connected to."""
    asked: list[tuple[str, int]] = []

    def connect(self: object, host: str, port: int, **_: object) -> httpcore2.NetworkStream:
        asked.append((host, port))
        raise httpcore2.ConnectError("not here")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    return asked


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_not_connected_to(address: str, unconnected: list[tuple[str, int]]) -> None:
    with Fetcher(resolve=lambda *_: [address]) as fetch, pytest.raises(FetchError, match="which is not fetched from"):
        fetch.get("http://news.example/story")
    assert not unconnected


@pytest.mark.parametrize("host", HOSTS)
def test_this_machine_is_not_connected_to_in_any_spelling(host: str, unconnected: list[tuple[str, int]]) -> None:
    for scheme in ("http", "HTTPS"):
        with Fetcher(resolve=loopback) as fetch, pytest.raises(FetchError):
            fetch.get(f"{scheme}://{host}:8080/")
    assert not unconnected


def test_the_names_of_this_machine_are_vetted_as_the_system_resolves_them() -> None:
    with serving({"/": answer(b"secret")}) as server, Fetcher() as fetch:
        for host in ("localhost", "localhost.", "127.0.0.1", "127.1", "0x7f000001", "0", "[::ffff:127.0.0.1]"):
            with pytest.raises(FetchError):
                fetch.get(server.url(host=host))
        assert not server.requests


@pytest.mark.parametrize("place", [*INSIDE, "127.1", "localhost."])
def test_a_redirect_that_leads_inside_is_not_followed(place: str) -> None:
    host = f"[{place}]" if ":" in place else place
    with serving({"/": redirect(f"http://{host}:8081/admin")}) as server:
        allowed = [f"127.0.0.1:{server.port}"]
        with Fetcher(allowed=allowed, resolve=loopback) as fetch, pytest.raises(FetchError):
            fetch.get(server.url())
        assert server.asked == ["/"]


@pytest.mark.parametrize("target", ["ftp://a.example/", "file:///etc/passwd", "gopher://a.example", "//u:p@a.example"])
def test_a_redirect_to_another_kind_of_address_is_not_followed(target: str) -> None:
    with (
        serving({"/": redirect(target)}) as server,
        Fetcher(allowed=["127.0.0.1"]) as fetch,
        pytest.raises(FetchError, match="it is redirected to"),
    ):
        fetch.get(server.url())


def test_one_address_inside_among_public_ones_is_enough_to_refuse(unconnected: list[tuple[str, int]]) -> None:
    for addresses in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "::1"]):
        with Fetcher(resolve=lambda *_, a=addresses: a) as fetch, pytest.raises(FetchError, match="a loopback address"):
            fetch.get("http://news.example/")
    assert not unconnected


def test_a_resolver_that_changes_its_answer_changes_nothing(unconnected: list[tuple[str, int]]) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    with Fetcher(resolve=lambda *_: next(answers)) as fetch:
        with pytest.raises(FetchError, match="cannot be connected to"):
            fetch.get("http://rebinding.example/")
        # What was vetted was connected to, by its number; the next connection is vetted anew.
        assert unconnected == [(PUBLIC, 80)]
        with pytest.raises(FetchError, match="a loopback address"):
            fetch.get("http://rebinding.example/")
    assert unconnected == [(PUBLIC, 80)]


def test_a_connection_that_ends_elsewhere_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": answer(b"secret")}) as server:
        connect = httpcore2.SyncBackend.connect_tcp
        monkeypatch.setattr(
            httpcore2.SyncBackend, "connect_tcp", lambda self, host, port, **more: connect(self, "127.0.0.1", port)
        )
        with Fetcher(resolve=lambda *_: [PUBLIC]) as fetch, pytest.raises(FetchError, match="answers from another"):
            fetch.get(server.url(host="news.example"))
        assert not server.requests


def test_the_name_goes_to_the_server_and_the_number_is_connected_to() -> None:
    with serving({"/": answer(b"told")}) as server:
        with Fetcher(allowed=["news.example"], resolve=loopback, contact="desk@paper.example") as fetch:
            got = fetch.get(server.url(host="NEWS.example."))
        assert f"Host: news.example:{server.port}".encode() in server.requests[0]
        assert b"(+desk@paper.example)" in server.requests[0]
    assert (got.data, got.retrieval.address) == (b"told", "127.0.0.1")
    assert got.retrieval.url == f"http://news.example:{server.port}/"


def test_a_host_is_allowed_by_its_name_and_port_alone() -> None:
    with serving({"/": answer(b"told")}) as server:
        for allowed, is_allowed in (
            ([f"127.0.0.1:{server.port}"], True),
            (["127.0.0.1"], True),
            (["127.0.0.1:1"], False),
            (["localhost"], False),
            (["127.0.0.2"], False),
        ):
            with Fetcher(allowed=allowed) as fetch:
                if is_allowed:
                    assert fetch.get(server.url()).data == b"told"
                else:
                    with pytest.raises(FetchError, match="--allow-host"):
                        fetch.get(server.url())
    assert [Allowed.read(text) for text in ("[::1]:80", "0:0:0:0:0:0:0:1", "Intranet.example:443")] == [
        Allowed("::1", 80),
        Allowed("::1"),
        Allowed("intranet.example", 443),
    ]
    for text in ("", "a/b", "user@host", "127.1", "*", "10.0.0.0/8", "http://a.example"):
        with pytest.raises(OptionError):
            Allowed.read(text)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "news.example",
            "",
            "http://",
            "http:///story",
            "ftp://a.example/",
            "javascript:alert(1)",
            "data:text/html,a",
        ),
        *("http://user@a.example/", "http://user:secret@a.example/", "http://a.example\\@127.0.0.1/", "http://a b/"),
        *("http://a.example:22/", "http://a.example:0/", "http://a.example:65536/", "http://a.example:x/"),
        *("http://a..b/", "http://-/", "http://a\nb/", "http://a.example/\r\nX: y", "http://[::1", "http://]/"),
        "http://a.example/" + "a" * 9000,
    ],
)
def test_what_may_not_be_asked_for_is_refused_before_a_name_is_resolved(url: str) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise AssertionError("resolved")

    with Fetcher(resolve=resolve) as fetch, pytest.raises(FetchError) as refused:
        fetch.get(url)
    assert "secret" not in str(refused.value)


def test_an_address_is_asked_for_as_it_is_written_but_for_its_fragment() -> None:
    assert str(checked("https://News.example.:443/a%20b/ü?q=1&r=ä#part")) == (
        "https://news.example/a%20b/%C3%BC?q=1&r=%C3%A4"
    )
    assert checked("https://bücher.example/").raw_host == b"xn--bcher-kva.example"


@given(st.integers(0, 2**32 - 1).map(IPv4Address) | st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_is_vetted_as_public_is_so_by_the_library_too(address: IPv4Address | IPv6Address) -> None:
    if not_public(address) is None:
        assert address.is_global and not address.is_multicast and not address.is_loopback
        assert address.version == 4 or address in ip_network("2000::/3")


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_holds_another_address_is_never_public(address: IPv4Address) -> None:
    number = int(address)
    assert not_public(IPv6Address(0xFFFF << 32 | number))
    assert not_public(IPv6Address(0x64FF9B << 96 | number))
    assert not_public(IPv6Address(0x2002 << 112 | number << 80 | 1))
    assert not_public(IPv6Address(0x20010000 << 96 | number))


@given(st.text(max_size=30) | st.from_regex(r"[0-9a-fxX.:\[\]%]{1,20}", fullmatch=True))
def test_no_spelling_of_a_host_reaches_this_machine(host: str) -> None:
    connected: list[str] = []

    class Sockets(httpcore2.NetworkBackend):
        def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore2.NetworkStream:
            connected.append(host)
            raise httpcore2.ConnectError("not here")

    def resolve(name: str, port: int) -> Sequence[str]:
        try:
            return [socket.inet_ntoa(socket.inet_aton(name))]
        except OSError:
            return ["127.0.0.1"]

    try:
        url = checked(f"http://{host}:8080/")
    except FetchError:
        return
    backend = VettingBackend((), resolve)
    backend._sockets = Sockets()
    with spending(Budget(FetchLimits())), pytest.raises(FetchError):
        backend.connect_tcp(url.raw_host.decode(), url.port or 80)
    assert all(not_public(ip_address(one)) is None for one in connected)


def test_nothing_but_the_intake_can_open_a_connection() -> None:
    package = Path(dateline.__file__).parent
    opens = re.compile(
        r"^\s*(?:import|from) (?:httpx2?|httpcore2?|requests|urllib3|urllib\.request|http\.client|socket|ssl|ftplib)\b",
        re.M,
    )
    found = {path.relative_to(package) for path in package.rglob("*.py") if opens.search(path.read_text("utf-8"))}
    # The workspace listens, and asks what this machine is called.
    listens = {path for path in found if path.parts[0] != "intake"}
    assert listens == {Path("cli/reviewing/review.py"), Path("review/guard/door.py")}
    for path in listens:
        asked = set(re.findall(r"\bsocket\.(\w+)", (package / path).read_text("utf-8")))
        assert asked <= {"AF_INET", "AF_INET6", "create_server", "gethostname", "socket"}
    assert found > listens
    text = "\n".join(path.read_text("utf-8") for path in (package / "intake").rglob("*.py"))
    assert not re.search(r"\b(?:fetch_url|fetch_response|verify=False|CERT_NONE|check_hostname = False)\b", text)
