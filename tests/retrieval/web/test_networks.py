from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.web.networks import not_public


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255"),
        *("192.169.0.0", "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111"),
        *("2a00:1450:4001::64", "2400::1", "2001:200::1", "2003::1", "64:ff9b::808:808"),
    ],
)
def test_public_addresses(address: str) -> None:
    assert not_public(address) is None


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.255", "a loopback address"),
        ("::1", "a loopback address"),
        ("10.0.0.0", "a private address"),
        ("10.255.255.255", "a private address"),
        ("172.16.0.0", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.168.0.0", "a private address"),
        ("192.168.255.255", "a private address"),
        ("fc00::1", "a private address"),
        ("fd00:ec2::254", "a private address"),
        ("fec0::1", "a private address"),
        ("100.64.0.0", "an address inside a provider's network"),
        ("100.127.255.255", "an address inside a provider's network"),
        ("169.254.169.254", "a link-local address"),
        ("fe80::1", "a link-local address"),
        ("fe80::1%1", "a link-local address"),
        ("febf::1", "a link-local address"),
        ("0.0.0.0", "the address of no host"),
        ("0.255.255.255", "the address of no host"),
        ("::", "the address of no host"),
        ("224.0.0.1", "a multicast address"),
        ("239.255.255.255", "a multicast address"),
        ("ff02::1", "a multicast address"),
        ("192.0.2.1", "an address for documentation only"),
        ("198.51.100.1", "an address for documentation only"),
        ("203.0.113.255", "an address for documentation only"),
        ("2001:db8::1", "an address for documentation only"),
        ("3fff::1", "an address for documentation only"),
        ("192.0.0.192", "a reserved address"),
        ("192.88.99.1", "a reserved address"),
        ("198.18.0.1", "a reserved address"),
        ("198.19.255.255", "a reserved address"),
        ("240.0.0.1", "a reserved address"),
        ("255.255.255.255", "a reserved address"),
        ("168.63.129.16", "a reserved address"),
        ("2001::7f00:1", "a reserved address"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "a reserved address"),
        ("100::1", "a reserved address"),
        ("64:ff9b:1::1", "a reserved address"),
        ("5f00::1", "a reserved address"),
        ("4000::1", "a reserved address"),
        ("::ffff:127.0.0.1", "an IPv6 address with an IPv4 address inside"),
        ("::ffff:8.8.8.8", "an IPv6 address with an IPv4 address inside"),
        ("::127.0.0.1", "an IPv6 address with an IPv4 address inside"),
        ("::ffff:0:127.0.0.1", "an IPv6 address with an IPv4 address inside"),
        ("2002:7f00:1::", "an IPv6 address with an IPv4 address inside"),
        ("64:ff9b::7f00:1", "a loopback address"),
        ("64:ff9b::a9fe:a9fe", "a link-local address"),
        ("64:ff9b::a00:1", "a private address"),
    ],
)
def test_all_others_are_refused_by_what_they_are(address: str, what: str) -> None:
    assert not_public(address) == what


@given(st.ip_addresses())
def test_python_lets_nothing_through_that_it_knows_to_be_special(address: IPv4Address | IPv6Address) -> None:
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    if special or address.is_reserved or address.is_unspecified:
        nat64 = str(address).startswith("64:ff9b::")
        assert nat64 or not_public(str(address))
