"""The limits on what one client, and all together, may take of a server before a request is read."""

import resource
from dataclasses import dataclass
from typing import Self

from deckgen.config.settings import Settings
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

OWN_FILES = 100  # files that a process opens beside its clients' connections
FEWEST_CONNECTIONS = 10


@dataclass(frozen=True)
class ServerLimits:
    """The limits of a server, in bytes and seconds unless the name says otherwise; see docs/door.md."""

    header_bytes: int = 32_768
    header_seconds: float = 10
    keep_alive_seconds: int = 5
    connections: int = 2_000
    pipelined_requests: int = 32
    response_seconds: float = 30
    bytes_a_second: int = 1_000

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            header_bytes=settings.max_header_bytes,
            header_seconds=settings.header_timeout_seconds,
            keep_alive_seconds=settings.keep_alive_seconds,
            connections=settings.max_connections,
            pipelined_requests=settings.max_pipelined_requests,
            response_seconds=settings.response_timeout_seconds,
            bytes_a_second=settings.min_bytes_per_second,
        )


def with_open_files(connections: int) -> int:
    """Returns `connections`, or as many as the system lets this process have open.

    The soft limit of open files is raised as far as needed and allowed: beyond it no connection could
    even be refused.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + OWN_FILES
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return connections
    raised = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
    fitting = max(min(connections, raised - OWN_FILES), FEWEST_CONNECTIONS)
    if fitting < connections:
        log.warning("connections.limited", by="open files", connections=fitting)
    return fitting
