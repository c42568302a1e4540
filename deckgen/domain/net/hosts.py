"""The names that a server answers to, as a request's Host header gives them.

In a DNS rebinding attack the request carries the foreign name, which is not among them.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Self

MAX_HOST = 255  # the longest name that DNS has
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{0,5})?", re.IGNORECASE)


def host_name(header: str) -> str | None:
    """Returns the name in a Host header, in lower case and without its port; None if it is none."""
    match = HOST.fullmatch(header) if len(header) <= MAX_HOST + len(":65535") else None
    return _normal(match["name"]) if match else None


def is_loopback(name: str) -> bool:
    """True if it is localhost or an address of this machine's loopback."""
    address = _address(name)
    if isinstance(address, IPv4Address):
        return address.is_loopback
    return address == IPv6Address("::1") or name == "localhost"


@dataclass(frozen=True)
class ServedHosts:
    """Loopback names, always, and the listed ones: `*.example.com` is a domain's, `*` is all."""

    names: frozenset[str]
    suffixes: tuple[str, ...]
    every: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Returns the hosts of a list with commas; ValueError names an entry that is no host."""
        parts = {part.strip() for part in text.split(",")}
        entries = {_normal(part) for part in parts - {"", "*"}}
        suffixes = tuple(entry[1:] for entry in entries if entry.startswith("*."))
        names = entries - {f"*{suffix}" for suffix in suffixes}
        for name in names | {suffix[1:] for suffix in suffixes}:
            if not NAME.fullmatch(name) and _address(name) is None:
                raise ValueError(
                    f"{name} is not a host: write names or addresses without scheme, port and path, "
                    "*.example.com for all names of a domain, or * for all"
                )
        return cls(frozenset(names), suffixes, "*" in parts)

    def serves(self, name: str) -> bool:
        """True if requests for this host, as `host_name` gives it, are answered."""
        listed = name in self.names or name.endswith(self.suffixes)
        return self.every or listed or is_loopback(name)


def _normal(name: str) -> str:
    return name.strip("[]").removesuffix(".").lower()


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
