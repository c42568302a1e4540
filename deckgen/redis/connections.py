"""The pools of connections to Redis: by address, by Sentinel or to a Cluster."""

import math
from typing import Any

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.sentinel import Sentinel
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from deckgen.config.settings import Settings
from deckgen.domain.net.endpoints import CLUSTER_PORT, endpoints
from deckgen.redis.cluster import Address, Find, SlotMaster
from deckgen.redis.hash_tags import HashTag
from deckgen.redis.refusals import AwayLog
from deckgen.redis.retrying_connection import Patience, PlainConnection, TLSConnection

CONNECT_TIMEOUT = 2.0
LOOKUP_TIMEOUT = 0.5  # for a sentinel or a node of a cluster, before the next one is asked
ANSWER_TIMEOUT = 5.0  # longer than any command blocks, so a silent server hangs
FOR_EVER = -1


def connection_pool(settings: Settings, *, retries: int) -> ConnectionPool:
    """Returns a pool that connects when it is first used.

    It retries with backoff up to a second: FOR_EVER for a worker, which has no work without Redis; a
    few times for the API, which accepts jobs without it.
    """
    tag = hash_tag(settings)
    return ConnectionPool(
        **_security(settings),
        host=settings.redis_host,
        port=settings.redis_port,
        db=settings.redis_db,
        **user(settings),
        find=_finder(settings, tag),
        tag=tag,
        patience=ANSWER_TIMEOUT,
        socket_connect_timeout=CONNECT_TIMEOUT,
        away_log=AwayLog(),
        retry=Patience(retries),
        # redis-py raises OSError for a refused connection until it gives up.
        retry_on_error=[RedisConnectionError, RedisTimeoutError, OSError],
    )


def hash_tag(settings: Settings) -> HashTag | None:
    """Returns the tag that all keys have in a cluster; None without one."""
    return HashTag(settings.redis_cluster_tag) if settings.redis_cluster else None


def _finder(settings: Settings, tag: HashTag | None) -> Find | None:
    """Returns what finds the master; None if its address is set."""
    if tag is not None:
        return slot_master(settings, tag).find
    return _master(settings) if settings.redis_sentinels else None


def slot_master(settings: Settings, tag: HashTag) -> SlotMaster:
    """Returns what asks the nodes of a cluster, as the user and by TLS if the settings say so."""
    seeds = endpoints(settings.redis_cluster_nodes, CLUSTER_PORT)
    seeds = seeds or [(settings.redis_host, settings.redis_port)]
    return SlotMaster(
        tag, seeds, lambda host, port: _lookup_client(settings, host, port, tag=tag, **user(settings))
    )


def _master(settings: Settings) -> Find:
    """Returns what asks the sentinels in turn for the master; MasterNotFoundError if none knows it.

    redis-py's own pool for Sentinel tries a dead master's address as often as `retries` says before it
    asks again.
    """

    async def find() -> Address:
        sentinel = Sentinel([])  # type: ignore[no-untyped-call]
        sentinel.sentinels = [
            _sentinel(settings, *endpoint) for endpoint in endpoints(settings.redis_sentinels)
        ]
        try:
            address: Address = await sentinel.discover_master(settings.redis_sentinel_master)
        finally:
            for node in sentinel.sentinels:
                await node.aclose()
        return address

    return find


def _sentinel(settings: Settings, host: str, port: int) -> Redis:
    return _lookup_client(settings, host, port, password=_secret(settings.redis_sentinel_password))


def _lookup_client(settings: Settings, host: str, port: int, **options: Any) -> Redis:
    """Returns a client that asks a server where the master is, without waiting for long."""
    pool = ConnectionPool(
        **_security(settings),
        host=host,
        port=port,
        patience=LOOKUP_TIMEOUT,
        away_log=AwayLog(math.inf),  # the connection that looks for the master logs it
        socket_connect_timeout=LOOKUP_TIMEOUT,
        **options,
    )
    return Redis.from_pool(pool)


def user(settings: Settings) -> dict[str, Any]:
    """Returns the user and password for Redis."""
    return {"username": settings.redis_username, "password": _secret(settings.redis_password)}


def _security(settings: Settings) -> dict[str, Any]:
    if not settings.redis_tls:
        return {"connection_class": PlainConnection}
    return {"connection_class": TLSConnection, **tls(settings)}


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def tls(settings: Settings) -> dict[str, Any]:
    """Returns the options of TLS; none without it."""
    if not settings.redis_tls:
        return {}
    return {
        "ssl_ca_certs": settings.redis_tls_ca and str(settings.redis_tls_ca),
        "ssl_certfile": settings.redis_tls_cert and str(settings.redis_tls_cert),
        "ssl_keyfile": settings.redis_tls_key and str(settings.redis_tls_key),
        "ssl_check_hostname": True,
    }
