"""The check that a request comes straight from this machine, where nobody is asked for a key."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from deckgen.domain.errors import NotAllowed
from deckgen.domain.net.hosts import host_name, is_loopback

FORWARDED = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
)  # by whoever stands before us


def is_local(request: Request) -> bool:
    """True if the client is on this machine, and no proxy for others."""
    return not _is_forwarded(request) and _comes_from_loopback(request) and _asks_loopback(request)


def require_loopback(request: Request) -> None:
    """Raise NotAllowed unless the client is on this machine and no proxy for others."""
    if not is_local(request):
        raise NotAllowed(
            "This server asks nobody for a key (AUTH=off), so it answers only requests from its own "
            "machine, which no proxy has passed on. To let others in, make a key there with `deckgen "
            "keys create NAME`, and start the API with AUTH=keys.",
            code="loopback_only",
        )


def _is_forwarded(request: Request) -> bool:
    return any(name in FORWARDED or name.startswith("x-forwarded") for name in request.headers)


def _comes_from_loopback(request: Request) -> bool:
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False  # a Unix socket, which a proxy connects to
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _asks_loopback(request: Request) -> bool:
    """True if the Host is this machine: a silent proxy may still pass on the name it was asked by."""
    name = host_name(request.headers.get("host", ""))
    return name is not None and is_loopback(name)
