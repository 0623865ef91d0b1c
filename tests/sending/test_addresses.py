"""Which addresses are the internet's."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.sending.addresses import is_public, resolved

PRIVATE = [
    "127.0.0.1",
    "127.255.0.1",
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "ff0e::1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_the_internets(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "52.94.76.1", "172.32.0.1", "2606:4700::1111", "2a05:d018::1"]
)
def test_an_address_that_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"]
)
def test_a_spelling_is_what_it_stands_for(host: str) -> None:
    found = resolved(host, 443)
    assert found.public == ()
    assert "127.0.0.1" in found.private


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 300])
def test_a_name_nobody_knows(host: str) -> None:
    with pytest.raises((OSError, UnicodeError)):
        resolved(host, 443)
