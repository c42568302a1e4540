"""Every connection to Redis is made here: by address, by Sentinel or to a Cluster, with TLS or without.

A server that refuses work is taken for one that is away: it is left and, with Sentinel or in a Cluster,
looked for again. So whoever waits in the middle of a command goes on at the new master after a
fail-over.
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
from deckgen.redis.refusals import REDIS_AWAY, REFUSALS, REFUSES, DistrustError, Told, reason

CONNECT_TIMEOUT = 2.0
ASKED_TIMEOUT = 0.5  # for a sentinel or a node of a cluster: after that the next one is asked
ANSWER_TIMEOUT = 5.0  # longer than any command blocks: a server that says nothing hangs
FOR_EVER = -1

T = TypeVar("T")


class Patience(Retry):
    """Tries again with backoff up to a second; all connections of a pool have the same one.

    `problem` is why the last try came to nothing, in a sentence; empty if it did not.
    """

    def __init__(self, retries: int) -> None:
        super().__init__(ExponentialBackoff(cap=1), retries)
        self.problem = ""

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    async def call_with_retry(
        self, do: Callable[[], Awaitable[T]], fail: Callable[[RedisError], Any]
    ) -> T:
        async def noted() -> T:
            try:
                result = await do()
            except REDIS_AWAY as error:
                self.problem = reason(error)
                raise
            self.problem = ""
            return result

        return await super().call_with_retry(noted, fail)

    def end(self) -> None:
        """Try nothing more than once from now on."""
        self._retries = 0


class PlainConnection(Connection):
    """`find`, if it is given, says before each try to connect where the server is.

    What the server has to answer, and to take, is bounded by `patience` seconds. redis-py's own
    `socket_timeout` will not do: up to Python 3.11 it may swallow the cancellation of who waits.
    With a `tag` the server is a node of a cluster, and all keys have it.
    """

    def __init__(
        self,
        *,
        patience: float,
        told: Told,
        find: Find | None = None,
        tag: HashTag | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._patience, self._told, self._find, self._tag = patience, told, find, tag

    async def connect(self) -> None:
        try:
            await super().connect()  # type: ignore[no-untyped-call]
        except REDIS_AWAY as error:
            if isinstance(error.__cause__, WrongServerError):
                raise error.__cause__ from None  # there is no use in trying again
            self._told.away(self._address, error)
            raise

    async def _connect(self) -> None:
        try:
            if self._find is not None:
                self.host, self.port = await self._find()
            await super()._connect()  # type: ignore[no-untyped-call]
            await self._introduce()
        except REDIS_AWAY as error:
            self._told.away(self._address, error)
            raise

    async def _introduce(self) -> None:
        """User, password and database. Here it is tried again as all the rest; where redis-py does it,
        it is not. Who is interrupted in it leaves no connection that looks like a whole one.
        """
        try:
            await super().on_connect()
        except BaseException:
            await self.disconnect(nowait=True)
            raise

    async def on_connect(self) -> None:
        """It was done as a part of `_connect`."""

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
        """The answer; a ConnectionError, which is retried elsewhere, if the server can't serve."""
        try:
            if options.get("timeout") is not None:
                return await super().read_response(*args, **options)
            async with self._in_time():
                return await super().read_response(*args, **options)
        except ResponseError as error:
            await self._check_kind(error)
            if not isinstance(error, REFUSALS) and not REFUSES.search(str(error)):
                raise
            self._told.away(self._address, error)
            await self.disconnect(nowait=True)
            raise RedisConnectionError(f"{self._address} can't serve: {error}") from error

    async def _check_kind(self, error: ResponseError) -> None:
        """WrongServerError if only a cluster answers so, and none is expected."""
        if self._tag is None and (wrong := cluster_unexpected(error, self._address)):
            self._told.away(self._address, wrong)
            await self.disconnect(nowait=True)
            raise wrong from error

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Who is interrupted in it is disconnected by redis-py."""
        try:
            async with asyncio.timeout(self._patience):
                yield
        except TimeoutError as error:
            raise RedisTimeoutError(f"{self._address} said nothing in time") from error


class TLSConnection(PlainConnection, SSLConnection):
    """DistrustError, in the words of a person, instead of trying again what can't succeed."""

    async def _connect(self) -> None:
        try:
            await super()._connect()
        except ssl.SSLCertVerificationError as error:
            raise DistrustError(
                f"The certificate of Redis at {self._address} is not trusted: "
                f"{error.verify_message}. Did the CA in REDIS_TLS_CA sign it, and for this host?"
            ) from error


def connection_pool(settings: Settings, *, retries: int) -> ConnectionPool:
    """A pool that connects when it is first used.

    `retries` with backoff up to a second: FOR_EVER for a worker, which has nothing to do without Redis;
    few for the API, which does not need it to accept a job.
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
        told=Told(),
        retry=Patience(retries),
        # A refused connection is an OSError until redis-py gives up on it.
        retry_on_error=[RedisConnectionError, RedisTimeoutError, OSError],
    )


def hash_tag(settings: Settings) -> HashTag | None:
    """What all keys have in a cluster."""
    return HashTag(settings.redis_cluster_tag) if settings.redis_cluster else None


def _finder(settings: Settings, tag: HashTag | None) -> Find | None:
    """Finds the master, unless its address is set."""
    if tag is not None:
        return slot_master(settings, tag).find
    return _master(settings) if settings.redis_sentinels else None


def slot_master(settings: Settings, tag: HashTag) -> SlotMaster:
    """Asks the nodes of a cluster, as the user and by TLS if the settings say so."""
    seeds = endpoints(settings.redis_cluster_nodes, CLUSTER_PORT)
    seeds = seeds or [(settings.redis_host, settings.redis_port)]
    return SlotMaster(
        tag, seeds, lambda host, port: _asked(settings, host, port, tag=tag, **user(settings))
    )


def _master(settings: Settings) -> Find:
    """Asks one sentinel after the other who the master is; MasterNotFoundError if none knows.

    redis-py's own pool for Sentinel would try a dead master's address as often as `retries` says before
    it asks again.
    """

    async def find() -> Address:
        sentinel = Sentinel([])  # type: ignore[no-untyped-call]
        sentinel.sentinels = [_sentinel(settings, *one) for one in endpoints(settings.redis_sentinels)]
        try:
            address: Address = await sentinel.discover_master(settings.redis_sentinel_master)
        finally:
            for one in sentinel.sentinels:
                await one.aclose()
        return address

    return find


def _sentinel(settings: Settings, host: str, port: int) -> Redis:
    return _asked(settings, host, port, password=_secret(settings.redis_sentinel_password))


def _asked(settings: Settings, host: str, port: int, **options: Any) -> Redis:
    """A server that is asked where the master is, and not waited for."""
    pool = ConnectionPool(
        **_security(settings),
        host=host,
        port=port,
        patience=ASKED_TIMEOUT,
        told=Told(math.inf),  # that there is no master is told by who looks for it
        socket_connect_timeout=ASKED_TIMEOUT,
        **options,
    )
    return Redis.from_pool(pool)


def user(settings: Settings) -> dict[str, Any]:
    """Who we are for Redis."""
    return {"username": settings.redis_username, "password": _secret(settings.redis_password)}


def _security(settings: Settings) -> dict[str, Any]:
    if not settings.redis_tls:
        return {"connection_class": PlainConnection}
    return {"connection_class": TLSConnection, **tls(settings)}


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def tls(settings: Settings) -> dict[str, Any]:
    """What the certificates are checked by."""
    if not settings.redis_tls:
        return {}
    return {
        "ssl_ca_certs": settings.redis_tls_ca and str(settings.redis_tls_ca),
        "ssl_certfile": settings.redis_tls_cert and str(settings.redis_tls_cert),
        "ssl_keyfile": settings.redis_tls_key and str(settings.redis_tls_key),
        "ssl_check_hostname": True,
    }
