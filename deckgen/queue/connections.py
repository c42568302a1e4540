"""Every connection to Redis is made here: by its address or by Sentinel, with TLS or without.

A server that can't do its work is taken for one that is away: it is left and, with Sentinel, looked for
again. So whoever waits in the middle of a command goes on at the new master after a fail-over.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from arq.connections import RedisSettings
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.connection import Connection, ConnectionPool, SSLConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from deckgen.domain.endpoints import endpoints
from deckgen.settings import Settings

CONNECT_TIMEOUT = 1.0
SENTINEL_TIMEOUT = 0.5  # after that the next one is asked
ANSWER_TIMEOUT = 5.0  # longer than any command blocks: a server that says nothing hangs
# What redis-py raises when the server is away.
REDIS_AWAY = (RedisError, OSError, TimeoutError)
# Answers of a server that was demoted, or that has lost its master or its replicas.
UNFIT = re.compile(r"\b(READONLY|UNBLOCKED|MASTERDOWN|NOREPLICAS)\b")

Address = tuple[str, int]


class DistrustError(RedisError):
    """There is a server, but not one to be trusted: the message says why, and it was told nothing."""


class PlainConnection(Connection):
    """`find`, if it is given, says before each try to connect where the server is.

    What the server has to answer, and to take, is bounded by `patience` seconds. redis-py's own
    `socket_timeout` will not do: up to Python 3.11 it may swallow the cancellation of who waits.
    """

    def __init__(
        self, *, patience: float, find: Callable[[], Awaitable[Address]] | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self._patience, self._find = patience, find

    async def _connect(self) -> None:
        if self._find is not None:
            self.host, self.port = await self._find()
        await super()._connect()  # type: ignore[no-untyped-call]

    async def send_packed_command(self, *args: Any, **options: Any) -> None:
        if not self.is_connected:
            await self.connect()  # type: ignore[no-untyped-call]
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
            if not isinstance(error, ReadOnlyError) and not UNFIT.search(str(error)):
                raise
            await self.disconnect(nowait=True)
            raise RedisConnectionError(f"{self.host}:{self.port} can't serve: {error}") from error

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Who is interrupted in it is disconnected by redis-py."""
        try:
            async with asyncio.timeout(self._patience):
                yield
        except TimeoutError as error:
            raise RedisTimeoutError(f"{self.host}:{self.port} said nothing in time") from error


class TLSConnection(PlainConnection, SSLConnection):
    """DistrustError, in the words of a person, instead of trying again what can't succeed."""

    async def _connect(self) -> None:
        try:
            await super()._connect()
        except ssl.SSLCertVerificationError as error:
            raise DistrustError(
                f"The certificate of Redis at {self.host}:{self.port} is not trusted: "
                f"{error.verify_message}. Did the CA in REDIS_TLS_CA sign it, and for this host?"
            ) from error


def connection_pool(settings: Settings, *, retries: int) -> ConnectionPool:
    """A pool that connects when it is first used.

    `retries` with backoff up to a second: many for a worker, which outlives a restart of Redis or a
    fail-over; few for the API, which does not need Redis to accept a job.
    """
    return ConnectionPool(
        **_security(settings),
        host=settings.redis_host,
        port=settings.redis_port,
        db=settings.redis_db,
        username=settings.redis_username,
        password=_secret(settings.redis_password),
        find=_master(settings) if settings.redis_sentinels else None,
        patience=ANSWER_TIMEOUT,
        socket_connect_timeout=CONNECT_TIMEOUT,
        retry=Retry(ExponentialBackoff(cap=1), retries),
        # A refused connection is an OSError until redis-py gives up on it.
        retry_on_error=[RedisConnectionError, RedisTimeoutError, OSError],
    )


def _master(settings: Settings) -> Callable[[], Awaitable[Address]]:
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
    pool = ConnectionPool(
        **_security(settings),
        host=host,
        port=port,
        password=_secret(settings.redis_sentinel_password),
        patience=SENTINEL_TIMEOUT,
        socket_connect_timeout=SENTINEL_TIMEOUT,
    )
    return Redis.from_pool(pool)


def _security(settings: Settings) -> dict[str, Any]:
    if not settings.redis_tls:
        return {"connection_class": PlainConnection}
    return {"connection_class": TLSConnection, **_tls(settings)}


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def _tls(settings: Settings) -> dict[str, Any]:
    if not settings.redis_tls:
        return {}
    return {
        "ssl_ca_certs": settings.redis_tls_ca and str(settings.redis_tls_ca),
        "ssl_certfile": settings.redis_tls_cert and str(settings.redis_tls_cert),
        "ssl_keyfile": settings.redis_tls_key and str(settings.redis_tls_key),
        "ssl_check_hostname": True,
    }


def arq_settings(settings: Settings) -> RedisSettings:
    """The same for `arq --check`, which makes its own connection.

    Of Sentinel it can do the plain form only: it hands neither password nor TLS to the sentinels.
    """
    return RedisSettings(
        host=endpoints(settings.redis_sentinels) or settings.redis_host,
        port=settings.redis_port,
        database=settings.redis_db,
        username=settings.redis_username,
        password=_secret(settings.redis_password),
        ssl=settings.redis_tls,
        sentinel=bool(settings.redis_sentinels),
        sentinel_master=settings.redis_sentinel_master,
        **_tls(settings),
    )
