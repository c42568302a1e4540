"""Which addresses a webhook may reach: public ones, and what the operator has listed."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")
HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def is_public(address: Address) -> bool:
    """Whether it is on the internet; an IPv6 address that leads to an IPv4 one is judged by that."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if (inner := _inner(address)) is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_site_local)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True)
class AllowedHosts:
    """Host names, and networks, that may be private."""

    names: frozenset[str]
    networks: tuple[Network, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of a list with commas; ValueError that names an entry which is neither name nor address."""
        names, networks = set(), []
        for entry in filter(None, (part.strip().lower() for part in text.split(","))):
            if network := _network(entry):
                networks.append(network)
            elif HOST_NAME.fullmatch(entry):
                names.add(entry)
            else:
                raise ValueError(f"{entry} is no host name, IP address or CIDR block")
        return cls(frozenset(names), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        """Whether a connection to `address`, which `host` has resolved to, may be made."""
        listed = any(
            address in network for network in self.networks if network.version == address.version
        )
        return listed or normal(host) in self.names or is_public(address)

    def refuses(self, host: str) -> bool:
        """Whether `host` alone says that it is private: a literal address or localhost."""
        name = normal(host)
        if name == "localhost" or name.endswith(".localhost"):
            return not self.permits(name, IPv4Address("127.0.0.1"))
        try:
            return not self.permits(name, ip_address(name))
        except ValueError:
            return False


def normal(host: str) -> str:
    """A host as it is compared: without the brackets of IPv6 and the dot at the end."""
    return host.strip("[]").rstrip(".").lower()


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry)
    except ValueError:
        return None
