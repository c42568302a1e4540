"""What one caller may take of this process: requests a minute, bytes in flight, streams of events."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import Message, Receive

from deckgen.config.settings import Settings
from deckgen.domain.access import Caller
from deckgen.domain.errors import TooManyRequests
from deckgen.web.request_rate import SECONDS, RequestRate

POLICY = "key"  # the name of the limit in RateLimit headers


class CallerLimits:
    """Counts what each caller takes; TooManyRequests beyond a limit."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rate = RequestRate(settings.key_requests_per_minute)
        self._bytes: Counter[Caller] = Counter()
        self._listeners: Counter[Caller] = Counter()

    def count(self, caller: Caller) -> list[tuple[bytes, bytes]]:
        """Count a request; returns the headers that tell what is left (draft RateLimit headers)."""
        quota, most = self._rate.count(caller), self._settings.key_requests_per_minute
        if quota.is_exceeded:
            raise TooManyRequests(
                f"You have sent {most} requests within a minute. Send the next one a little later.",
                retry_after=quota.seconds,
            )
        return [
            (b"ratelimit-policy", f'"{POLICY}";q={most};w={SECONDS}'.encode()),
            (b"ratelimit", f'"{POLICY}";r={quota.left};t={quota.seconds}'.encode()),
        ]

    @contextmanager
    def receiving(self, caller: Caller, receive: Receive) -> Iterator[Receive]:
        """Yield what receives a body and counts its bytes for as long as the request lasts."""
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            size = len(message.get("body", b""))
            others = self._bytes[caller] - received  # a body that is alone has a limit of its own
            if others and others + received + size > self._settings.key_bytes_in_flight:
                raise TooManyRequests(
                    "Your other requests have too many bytes in flight. Send this one again when they "
                    "are answered.",
                    code="too_many_bytes_of_key",
                )
            received += size
            self._bytes[caller] += size
            return message

        try:
            yield counting
        finally:
            _take_off(self._bytes, caller, received)

    @contextmanager
    def listening(self, caller: Caller) -> Iterator[None]:
        """Count a stream of events for as long as the block runs."""
        if self._listeners[caller] >= self._settings.key_listeners:
            raise TooManyRequests(
                f"You have {self._settings.key_listeners} streams of events open. Close some, or "
                "follow fewer jobs at a time.",
                code="too_many_listeners",
            )
        self._listeners[caller] += 1
        try:
            yield
        finally:
            _take_off(self._listeners, caller, 1)


def _take_off(counts: Counter[Caller], caller: Caller, number: int) -> None:
    counts[caller] -= number
    if counts[caller] <= 0:
        del counts[caller]
