"""Which addresses may be asked at all, which a name stands for, and which are the public internet's."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
"""All that is handed out; NAT64's 64:ff9b::/96, IPv4 in IPv6, link-local and multicast lie outside of it."""

_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "2001::/23",  # protocol assignments, Teredo among them, RFC 2928
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, which wraps any IPv4 address, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name stands for.

    Attributes:
        public: addresses that are the internet's, in the resolver's order.
        private: the others.
    """

    public: tuple[str, ...]
    private: tuple[str, ...]


def refused_url(url: str, *, allow_private: bool) -> str:
    """Why a `url` will not be asked, as far as it says so itself; empty when it may be."""
    try:
        parts = urlsplit(url)
        host, has_login, _ = parts.hostname or "", parts.username is not None, parts.port
    except ValueError:
        return "`url` is no web address"
    refusal = refused(parts.scheme, host, has_login=has_login, allow_private=allow_private)
    if refusal or allow_private or not is_address(host) or is_public(host):
        return refusal
    return f"`url` is inside a private network ({host}); if that is meant, set `allow_private: true`"


def refused(scheme: str, host: str, *, has_login: bool, allow_private: bool) -> str:
    """Why an address with these parts will not be asked; empty when it may be.

    Args:
        scheme: `https`, or another one.
        host: that it names; empty for none.
        has_login: whether a user name or a password stands in it.
        allow_private: whether plain http is meant.
    """
    if scheme not in {"http", "https"} or not host:
        return "`url` must begin with https:// and name a host"
    if has_login:
        return "`url` holds a user name or a password; set `token` instead"
    if scheme == "http" and not allow_private:
        return "`url` is not encrypted (http); use https, or set `allow_private: true`"
    return ""


def resolved(host: str, port: int) -> Resolved:
    """The addresses of a host; spellings as `2130706433`, `0x7f000001` and `127.1` are what they stand for.

    Raises:
        OSError, UnicodeError: it cannot be resolved.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    public = tuple(address for address in addresses if is_public(address))
    return Resolved(public, tuple(address for address in addresses if address not in public))


def is_public(text: str) -> bool:
    """Whether an address belongs to the internet at large.

    Python's own `is_global` is not enough: it holds NAT64, 6to4 and multicast for global.
    """
    address = ipaddress.ip_address(text)
    if address.is_multicast or not address.is_global:
        return False
    if address.version == 6 and address not in _GLOBAL_V6:  # noqa: PLR2004
        return False
    return not any(address.version == network.version and address in network for network in _SPECIAL)


def is_address(host: str) -> bool:
    """Whether a host is given by its address rather than its name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
