"""The connections to Redis: by address, by Sentinel or to a Cluster, with TLS or without.

A server that refuses work counts as away: its connection is closed and, with Sentinel or in a Cluster,
the master is looked for again. So a command that waits goes on at the new master after a fail-over.
"""

import asyncio
import math
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.connection import Connection, ConnectionPool, SSLConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from deckgen.config.settings import Settings
from deckgen.domain.net.endpoints import CLUSTER_PORT, endpoints
from deckgen.redis.cluster import Address, Find, SlotMaster, WrongServerError, cluster_unexpected
from deckgen.redis.hash_tags import HashTag
from deckgen.redis.refusals import REDIS_AWAY, REFUSALS, REFUSES, AwayLog, DistrustError, reason

CONNECT_TIMEOUT = 2.0
LOOKUP_TIMEOUT = 0.5  # for a sentinel or a node of a cluster, before the next one is asked
ANSWER_TIMEOUT = 5.0  # longer than any command blocks, so a silent server hangs
FOR_EVER = -1

T = TypeVar("T")


class Patience(Retry):
    """Retries with backoff up to a second; all connections of a pool share one.

    `problem` says in a sentence why the last try failed; it is empty if that succeeded.
    """

    def __init__(self, retries: int) -> None:
        super().__init__(ExponentialBackoff(cap=1), retries)
        self.problem = ""

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    async def call_with_retry(
        self, do: Callable[[], Awaitable[T]], fail: Callable[[RedisError], Any]
    ) -> T:
        async def do_and_note() -> T:
            try:
                result = await do()
            except REDIS_AWAY as error:
                self.problem = reason(error)
                raise
            self.problem = ""
            return result

        return await super().call_with_retry(do_and_note, fail)

    def end(self) -> None:
        """Stop retrying: from now on each command is tried once."""
        self._retries = 0


class PlainConnection(Connection):
    """A connection that asks `find`, if there is one, where the server is before each try to connect.

    Each answer, and each command that is sent, may take `patience` seconds. redis-py's own
    `socket_timeout` will not do: up to Python 3.11 it may swallow the cancellation of a waiting task.
    With a `tag` the server is a node of a cluster, and all keys carry the tag.
    """

    def __init__(
        self,
        *,
        patience: float,
        away_log: AwayLog,
        find: Find | None = None,
        tag: HashTag | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._patience, self._away_log, self._find, self._tag = patience, away_log, find, tag

    async def connect(self) -> None:
        try:
            await super().connect()  # type: ignore[no-untyped-call]
        except REDIS_AWAY as error:
            if isinstance(error.__cause__, WrongServerError):
                raise error.__cause__ from None  # trying again is of no use
            self._away_log.away(self._address, error)
            raise

    async def _connect(self) -> None:
        try:
            if self._find is not None:
                self.host, self.port = await self._find()
            await super()._connect()  # type: ignore[no-untyped-call]
            await self._introduce()
        except REDIS_AWAY as error:
            self._away_log.away(self._address, error)
            raise

    async def _introduce(self) -> None:
        """Send user, password and database.

        redis-py does it elsewhere, and does not retry it there. A connection that was interrupted in it
        is closed, so that it is not taken for a whole one.
        """
        try:
            await super().on_connect()
        except BaseException:
            await self.disconnect(nowait=True)
            raise

    async def on_connect(self) -> None:
        """Do nothing: `_connect` has introduced us already."""

    @property
    def _address(self) -> str:
        return f"{self.host}:{self.port}"

    def pack_command(self, *args: Any) -> list[bytes]:
        command = args if self._tag is None else self._tag.put_on(args)
        packed: list[bytes] = super().pack_command(*command)
        return packed

    async def send_packed_command(self, *args: Any, **options: Any) -> None:
        if not self.is_connected:
            await self.connect()
        async with self._in_time():
            await super().send_packed_command(*args, **options)

    async def read_response(self, *args: Any, **options: Any) -> Any:
        """Returns the answer; ConnectionError, which is retried, if the server can't serve."""
        try:
            if options.get("timeout") is not None:
                return await super().read_response(*args, **options)
            async with self._in_time():
                return await super().read_response(*args, **options)
        except ResponseError as error:
            await self._check_kind(error)
            if not isinstance(error, REFUSALS) and not REFUSES.search(str(error)):
                raise
            self._away_log.away(self._address, error)
            await self.disconnect(nowait=True)
            raise RedisConnectionError(f"{self._address} can't serve: {error}") from error

    async def _check_kind(self, error: ResponseError) -> None:
        """Raise WrongServerError if only a cluster answers so and none is expected."""
        if self._tag is None and (wrong := cluster_unexpected(error, self._address)):
            self._away_log.away(self._address, wrong)
            await self.disconnect(nowait=True)
            raise wrong from error

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Bound what is inside by `patience`; redis-py closes a connection that was interrupted."""
        try:
            async with asyncio.timeout(self._patience):
                yield
        except TimeoutError as error:
            raise RedisTimeoutError(f"{self._address} did not answer in time") from error


class TLSConnection(PlainConnection, SSLConnection):
    """A connection that raises DistrustError for a certificate: trying again can't succeed."""

    async def _connect(self) -> None:
        try:
            await super()._connect()
        except ssl.SSLCertVerificationError as error:
            raise DistrustError(
                f"The certificate of Redis at {self._address} is not trusted: "
                f"{error.verify_message}. Did the CA in REDIS_TLS_CA sign it, and for this host?"
            ) from error


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
