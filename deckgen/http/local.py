"""Whether a request comes straight from this machine: what only its own people may ask for."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from deckgen.domain.errors import InvalidRequest
from deckgen.domain.net.hosts import host_name, is_loopback

FORWARDED = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
)  # by whoever stands before us


def require_loopback(request: Request) -> None:
    """InvalidRequest unless who asks is on this machine, and no proxy that asks for others."""
    if _is_forwarded(request) or not (_comes_from_loopback(request) and _asks_loopback(request)):
        raise InvalidRequest(
            "Until there are keys, many jobs at once are changed from the server itself only, and not "
            "through a proxy. Log in there, and use `deckgen jobs`, `deckgen retry`, `deckgen cancel` "
            "or `deckgen dismiss`.",
            code="loopback_only",
        )


def _is_forwarded(request: Request) -> bool:
    return any(name in FORWARDED or name.startswith("x-forwarded") for name in request.headers)


def _comes_from_loopback(request: Request) -> bool:
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False  # a socket of the file system, behind which a proxy is
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _asks_loopback(request: Request) -> bool:
    """A proxy that says nothing of itself may still pass on the name under which it was asked."""
    name = host_name(request.headers.get("host", ""))
    return name is not None and is_loopback(name)
