"""What both clients are made of: the way to a server, and methods that send requests."""

from collections.abc import Callable
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote, urlsplit

import httpx

from deckgen.client.calls import JOBS, Call
from deckgen.client.streams import SILENCE_SECONDS, EventStream
from deckgen.domain.errors import InvalidRequest, TooManyRequests, Unavailable

LOCAL = {"localhost", "127.0.0.1", "::1"}
PATIENCE_SECONDS = 30.0
AWAY = (Unavailable, TooManyRequests)  # what passes

P = ParamSpec("P")
T = TypeVar("T")


class Connection:
    """What both clients know of the server."""

    def __init__(self, base_url: str, patience: float) -> None:
        self.base_url = base_url.rstrip("/")
        self.patience = patience

    def options(self, key: str | None) -> dict[str, Any]:
        try:
            # A proxy, if the environment names one, can't reach this machine's own loopback.
            local = urlsplit(self.base_url).hostname in LOCAL
            httpx.URL(self.base_url)
        except (ValueError, httpx.InvalidURL) as error:
            raise InvalidRequest(f"{self.base_url!r} is no address of a deckgen: {error}.") from None
        return {
            "base_url": self.base_url,
            "headers": {"Authorization": f"Bearer {key}"} if key else {},
            "trust_env": not local,
            "timeout": 60,
            "follow_redirects": True,
        }

    def streaming(self, job_id: str, stream: EventStream) -> dict[str, Any]:
        return {
            "method": "GET",
            "url": f"{JOBS}/{quote(job_id, safe='')}/events",
            "headers": stream.headers,
            "timeout": httpx.Timeout(60, read=SILENCE_SECONDS),
        }


def described(method: Callable[P, T], call: Callable[..., Call[Any]]) -> Callable[P, T]:
    """Give a method the words and the parameters of the request that it sends, for `help`."""
    own = signature(call)
    client = Parameter("client", Parameter.POSITIONAL_ONLY)
    method.__doc__ = call.__doc__
    method.__name__ = call.__name__
    # `inspect` reads it of any function, though the type of functions has none.
    method.__signature__ = own.replace(parameters=[client, *own.parameters.values()])  # type: ignore[attr-defined]
    return method


def save(content: bytes, path: Path) -> None:
    """Write a file, with the folders that it takes; raises InvalidRequest if it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise InvalidRequest(f"Can't write {path}: {error.strerror}.") from error
