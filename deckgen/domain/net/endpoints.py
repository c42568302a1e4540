"""The endpoints of Redis Sentinels, or of the nodes of a cluster."""

import re

SENTINEL_PORT = 26379
CLUSTER_PORT = 6379
ENDPOINT = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\])(:(?P<port>\d{1,5}))?")


def endpoints(text: str, default_port: int = SENTINEL_PORT) -> list[tuple[str, int]]:
    """Returns (host, port) for each `host:port` in a list with commas; ValueError names a wrong one.

    An IPv6 address is in brackets; the port may be left out for the default.
    """
    return [_endpoint(entry, default_port) for part in text.split(",") if (entry := part.strip())]


def _endpoint(entry: str, default_port: int) -> tuple[str, int]:
    parts = ENDPOINT.fullmatch(entry)
    port = int(parts["port"] or default_port) if parts else 0
    if parts is None or not 1 <= port <= 65535:
        raise ValueError(f"{entry} must have the form host:port")
    return parts["host"].strip("[]"), port
