"""Which addresses a feed may lead to: those of the public net, and no machine of the reader's own network.

Asked at the moment of connecting, with the very address connected to: after every redirect and after the
name was looked up, so that neither a server nor a name server can send us elsewhere.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import pycurl

_HOME = IPv4Network("192.0.0.0/24")  # protocol assignments; older Pythons call a part of it global
_NAT64 = IPv6Network("64:ff9b::/96")
_GIVEN_OUT = IPv6Network("2000::/3")  # all that IANA has given to the public net (RFC 4291)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public net; what stands for an IPv4 address is taken as that.

    >>> [is_public(each) for each in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        ip = _inside(ip) or ip
    if ip in _HOME if isinstance(ip, IPv4Address) else ip not in _GIVEN_OUT:
        return False
    return ip.is_global and not ip.is_multicast


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, when it does."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])


class Guard:
    """Lets connections through to public addresses, and to each `host:port` that the reader allowed."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.named = frozenset(each.strip().lower() for each in allowed if each.strip())
        self._allowed: set[tuple[str, int]] = set()
        for each in self.named:
            self._allowed.update(_addresses(each))

    def lets(self, address: str, port: int) -> bool:
        """Whether this address and port may be connected to."""
        return (address.partition("%")[0], port) in self._allowed or is_public(address)

    def is_ours(self, host: str) -> bool:
        """Whether a `host:port` is one that the reader allowed: their own machine, not a stranger's."""
        return host in self.named


class Door:
    """The sockets of one transfer, opened only where the guard lets it; `refused` is where it did not."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._opened: list[socket.socket] = []
        self.refused = ""

    def open(self, purpose: int, address: Any) -> Any:
        """What curl calls to get a socket for an address it is about to connect to."""
        family, kind, protocol, where = address
        if family not in (socket.AF_INET, socket.AF_INET6) or not self._guard.lets(*where[:2]):
            self.refused = str(where[0]) if isinstance(where, tuple) else str(where)
            return pycurl.SOCKET_BAD
        self._opened.append(socket.socket(family, kind, protocol))
        return self._opened[-1]

    def close(self) -> None:
        """Give back our ends: curl goes on with copies of its own."""
        while self._opened:
            self._opened.pop().close()


def _addresses(host_port: str) -> set[tuple[str, int]]:
    """The addresses and ports that a `host:port` stands for."""
    host, _, port = host_port.rpartition(":")
    found: set[tuple[str, int]] = set()
    with suppress(OSError, UnicodeError, ValueError):
        for entry in socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM):
            found.add((str(entry[4][0]).partition("%")[0], int(entry[4][1])))
    return found
