"""Which client a request comes from, by its address."""

import ipaddress
from functools import lru_cache

PEER = "variorum.peer"
"""Where the gate puts into a request's scope who is really connected, which may be a proxy."""

IPV6_CLIENT_BITS = 64
"""Leading bits of an IPv6 address that name one client: a household or a server gets at least these to itself."""


@lru_cache(maxsize=1_024)
def client_of(address: str) -> str:
    """Return who counts as one client: the address, or its network where one client may choose among many.

    >>> client_of("203.0.113.7"), client_of("::ffff:203.0.113.7"), client_of("2001:db8::1:2:3:4")
    ('203.0.113.7', '203.0.113.7', '2001:db8::/64')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.is_loopback:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_CLIENT_BITS), strict=False))
