"""Which network addresses are public. All others lead to machines and networks that no stranger may reach."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_UNICAST = ip_network("2000::/3")

_SPECIAL: Mapping[str, str] = {
    "0.0.0.0/8": "an address of this network",
    "100.64.0.0/10": "an address that providers share (CGNAT)",
    "168.63.129.16/32": "the metadata address of a cloud",
    "192.0.0.0/24": "an address for protocols",
    "192.88.99.0/24": "an address of 6to4",
    "198.18.0.0/15": "an address for measurements",
    "255.255.255.255/32": "the address of everybody",
    "::/96": "an IPv4 address written as an IPv6 one",
    "::ffff:0:0/96": "an IPv4 address mapped to an IPv6 one",
    "::ffff:0:0:0/96": "an IPv4 address translated to an IPv6 one",
    "64:ff9b::/96": "an IPv4 address behind NAT64",
    "64:ff9b:1::/48": "an IPv4 address behind a NAT64 of a network's own",
    "2001::/32": "an address of a Teredo tunnel",
    "2001::/23": "an address for protocols",
    "2001:db8::/32": "an address for documentation",
    "2002::/16": "an IPv4 address in a 6to4 one",
    "3fff::/20": "an address for documentation",
    "fd00:ec2::/32": "the metadata address of a cloud",
    "fec0::/10": "a private address (site-local)",
}
"""What the library of Python does not tell, or tells only in newer versions, or by a less fitting name."""

_NETWORKS = tuple((ip_network(network), what) for network, what in _SPECIAL.items())
_METADATA = ip_address("169.254.169.254")


def address_of(text: str) -> Address | None:
    """The address that a text is in its usual spelling; None where it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def not_public(address: Address) -> str | None:
    """What an address is that is not public ("a loopback address"); None where it is public.

    What holds another address (mapped, NAT64, 6to4, Teredo) is not public, whatever it holds.
    """
    if address == _METADATA:
        return "the metadata address of a cloud"
    if address.is_unspecified:
        return "the address of no host"
    if address.is_loopback:
        return "a loopback address"
    for network, what in _NETWORKS:
        if address.version == network.version and address in network:
            return what
    if address.is_link_local:
        return "a link-local address"
    if address.is_multicast:
        return "a multicast address"
    if address.is_private:
        return "a private address"
    if address.is_reserved or not address.is_global or (address.version == 6 and address not in _UNICAST):
        return "a reserved address"
    return None
