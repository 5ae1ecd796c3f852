"""Which addresses a feed may lead to."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.fetch.guard import Guard, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "240.0.0.1", "::1",
        "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1",
        "2001:0:7f00:1::", "5f00::1", "no address", "",
    ],
)  # fmt: skip
def test_what_is_not_of_the_public_net_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"],
)
def test_what_is_of_the_public_net_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_however_it_is_dressed(address: object) -> None:
    plain = is_public(str(address))
    assert is_public(f"::ffff:{address}") == plain
    number = int(ip_address(str(address)))
    assert is_public(f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}") == plain


def test_a_private_host_is_let_in_on_the_port_that_was_allowed_and_no_other() -> None:
    guard = Guard(["127.0.0.1:8080", "[::1]:9090", "no-such-host.invalid:1"])
    assert guard.lets("127.0.0.1", 8080)
    assert guard.lets("::1", 9090)
    assert not guard.lets("127.0.0.1", 8081)
    assert not guard.lets("127.0.0.2", 8080)
    assert guard.lets("8.8.8.8", 1)
