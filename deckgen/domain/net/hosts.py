"""The names under which a server answers, as a request's Host header gives them.

A page that a stranger's name leads to this machine with (DNS rebinding) comes with that name.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Self

MAX_HOST = 255  # the longest name that DNS has
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{0,5})?", re.IGNORECASE)


def host_name(header: str) -> str | None:
    """The name of a Host header, in small letters and without its port; None if it is no host."""
    found = HOST.fullmatch(header) if len(header) <= MAX_HOST + len(":65535") else None
    return _normal(found["name"]) if found else None


def is_loopback(name: str) -> bool:
    """Whether it is localhost or an address of this machine's loopback."""
    address = _address(name)
    if isinstance(address, IPv4Address):
        return address.is_loopback
    return address == IPv6Address("::1") or name == "localhost"


@dataclass(frozen=True)
class ServedHosts:
    """Loopback names, always, and what is listed: `*.example.com` is all that end so, `*` is all."""

    names: frozenset[str]
    suffixes: tuple[str, ...]
    every: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of a list with commas; ValueError that names an entry which is neither."""
        parts = {part.strip() for part in text.split(",")}
        entries = {_normal(part) for part in parts - {"", "*"}}
        suffixes = tuple(entry[1:] for entry in entries if entry.startswith("*."))
        names = entries - {f"*{suffix}" for suffix in suffixes}
        for name in names | {suffix[1:] for suffix in suffixes}:
            if not NAME.fullmatch(name) and _address(name) is None:
                raise ValueError(
                    f"{name} is no host: write names or addresses without scheme, port and path, "
                    "*.example.com for all names of a domain, or * for all"
                )
        return cls(frozenset(names), suffixes, "*" in parts)

    def serves(self, name: str) -> bool:
        """Whether a request for this host, as `host_name` gives it, is answered."""
        listed = name in self.names or name.endswith(self.suffixes)
        return self.every or listed or is_loopback(name)


def _normal(name: str) -> str:
    return name.strip("[]").removesuffix(".").lower()


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
