"""Internet addresses that may be connected to: the public ones, and none that leads to this machine or its network."""

import ipaddress

_RESERVED_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carriers' own; a cloud's metadata too (100.100.100.200)
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # a cloud's metadata at a public address
            "169.254.0.0/16",  # link-local; the clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments; a cloud's metadata too (192.0.0.192)
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
"""IANA's special-purpose IPv4 addresses. Python's ``is_global`` is another with each of its releases."""

_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_RESERVED_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which may lead to any IPv4 address
            "2620:4f:8000::/48",
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Its last 32 bits are the IPv4 address that is reached."""


def is_public(address: str) -> bool:
    """Return whether ``address``, as a resolver writes it, is one of the public internet.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254"), is_public("fd00::1")
    (True, False, False, False)
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
        return parsed in _PUBLIC_6 and not any(parsed in network for network in _RESERVED_6)
    return not any(parsed in network for network in _RESERVED_4)
