"""Which addresses of hosts are on the open internet, and what the others are.

Written out rather than left to ``ipaddress.is_private`` and its like, whose answers differ between patch releases of
Python, and none of which covers everything below.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

LOOPBACK = "a loopback address"
PRIVATE = "a private address"
LINK_LOCAL = "a link-local address"
UNSPECIFIED = "the address of no host"
MULTICAST = "a multicast address"
DOCUMENTATION = "an address for documentation only"
RESERVED = "a reserved address"
HIDING = "an IPv6 address with an IPv4 address inside"

# The registries of special-purpose addresses (RFC 6890 and its successors), and multicast.
NETWORKS = {
    LOOPBACK: "127.0.0.0/8 ::1/128",
    PRIVATE: "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
    "an address inside a provider's network": "100.64.0.0/10",
    LINK_LOCAL: "169.254.0.0/16 fe80::/10",
    UNSPECIFIED: "0.0.0.0/8 ::/128",
    MULTICAST: "224.0.0.0/4 ff00::/8",
    DOCUMENTATION: "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20",
    # Mapped, compatible, translated, 6to4; 2001::/23 holds Teredo.
    HIDING: "::ffff:0:0/96 ::/96 ::ffff:0:0:0/96 2002::/16",
    # The last one is answered by the host machine of a virtual one in a large cloud, not by the internet.
    RESERVED: "192.0.0.0/24 192.88.99.0/24 198.18.0.0/15 240.0.0.0/4 2001::/23 168.63.129.16/32",
}
REFUSED = [(ip_network(network), what) for what, networks in NETWORKS.items() for network in networks.split()]
# Nothing else of IPv6 has been given out.
GLOBAL_IPV6 = ip_network("2000::/3")
# Where the network has only IPv6, hosts that have only IPv4 are reached through this; it is as public as they are.
NAT64 = ip_network("64:ff9b::/96")


def not_public(address: str) -> str | None:
    """What an address is, for people, if it is not one of the open internet; else None."""
    parsed = ip_address(address)
    if parsed in NAT64:
        parsed = IPv4Address(int(parsed) & 0xFFFFFFFF)
    for network, what in REFUSED:
        if parsed in network:
            return what
    return RESERVED if isinstance(parsed, IPv6Address) and parsed not in GLOBAL_IPV6 else None
