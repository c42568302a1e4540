"""The addresses that a webhook may reach: public ones, and those that the operator has listed."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# These are from IANA's registries of special addresses, and from the clouds. Python's tables are not
# used, because they differ from version to version.
SPECIAL_4 = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",  # shared by the customers of a provider; Alibaba's metadata
    "127.0.0.0/8",
    "168.63.129.16/32",  # Azure's own services
    "169.254.0.0/16",  # link-local; the metadata of most clouds
    "172.16.0.0/12",
    "192.0.0.0/24",  # protocols; Oracle's metadata
    "192.0.2.0/24",  # documentation, as are 198.51.100.0 and 203.0.113.0
    "192.31.196.0/24",  # AS112, as is 192.175.48.0
    "192.52.193.0/24",  # AMT
    "192.88.99.0/24",  # relays of 6to4
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",  # benchmarks
    "198.51.100.0/24",
    "199.36.153.4/30",  # Google's services, for its own machines
    "199.36.153.8/30",
    "203.0.113.0/24",
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, and broadcast
)
UNICAST_6 = IPv6Network("2000::/3")
SPECIAL_6 = (
    "2001::/23",  # protocols, Teredo among them
    "2001:db8::/32",  # documentation, as is 3fff::
    "2002::/16",  # 6to4
    "2620:4f:8000::/48",  # AS112
    "3fff::/20",
)
NETWORKS_4 = tuple(map(IPv4Network, SPECIAL_4))
NETWORKS_6 = tuple(map(IPv6Network, SPECIAL_6))
NAT64 = IPv6Network("64:ff9b::/96")  # by which a machine with IPv6 alone reaches the rest
ISATAP = (0x5EFE, 0x200_5EFE)  # bits 64 to 95 of an address whose last 32 are an IPv4 one
HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def is_public(address: Address) -> bool:
    """True if it is unicast on the internet; an address that embeds an IPv4 one is judged by that."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NETWORKS_4)
    inner = IPv4Address(address.packed[-4:])
    if address in NAT64 or address.ipv4_mapped:
        return is_public(inner)
    if int.from_bytes(address.packed[8:12]) in ISATAP and not is_public(inner):
        return False
    return address in UNICAST_6 and not any(address in network for network in NETWORKS_6)


@dataclass(frozen=True)
class AllowedHosts:
    """Host names, and networks, that may be private."""

    names: frozenset[str]
    networks: tuple[Network, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Returns the hosts of a list with commas; ValueError names an entry that is no host."""
        names, networks = set(), []
        for entry in filter(None, (part.strip().lower() for part in text.split(","))):
            if network := _network(entry):
                networks.append(network)
            elif HOST_NAME.fullmatch(entry):
                names.add(entry)
            else:
                raise ValueError(f"{entry} is not a host name, IP address or CIDR block")
        return cls(frozenset(names), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        """True if a connection to `address`, which `host` was resolved to, may be made."""
        listed = any(
            address in network for network in self.networks if network.version == address.version
        )
        return listed or normal(host) in self.names or is_public(address)

    def refuses(self, host: str) -> bool:
        """True if `host` itself shows that it is private: a literal address or localhost."""
        name = normal(host)
        if name == "localhost" or name.endswith(".localhost"):
            return not self.permits(name, IPv4Address("127.0.0.1"))
        try:
            return not self.permits(name, ip_address(name))
        except ValueError:
            return False


def normal(host: str) -> str:
    """Returns a host in the form for comparison: without IPv6 brackets and trailing dot."""
    return host.strip("[]").rstrip(".").lower()


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry)
    except ValueError:
        return None
