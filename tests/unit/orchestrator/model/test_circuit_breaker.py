"""A provider that is down is left alone for a while, then tried once."""

import asyncio

import pytest

from deckgen.orchestrator.model.circuit_breaker import Breaker, CircuitOpen


class Outage(Exception):
    pass


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker("api.example", (Outage,), threshold=3, seconds=30, clock=clock)


def state(breaker: Breaker) -> str:
    return breaker.state


async def call(breaker: Breaker, *, error: BaseException | None = None) -> None:
    async with breaker.call():
        if error:
            raise error


async def fail(breaker: Breaker, times: int = 1) -> None:
    """Outages are told to the caller as they are."""
    for _ in range(times):
        with pytest.raises(Outage):
            await call(breaker, error=Outage())


class Slow:
    """A call that has begun, and ends when it is told how."""

    def __init__(self, breaker: Breaker) -> None:
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._begun = asyncio.Event()
        self._task = asyncio.create_task(self._call(breaker))

    async def _call(self, breaker: Breaker) -> None:
        async with breaker.call():
            self._begun.set()
            await self._end

    async def begun(self) -> "Slow":
        await self._begun.wait()
        return self

    async def end(self, error: Exception | None = None) -> None:
        if error:
            self._end.set_exception(error)
        else:
            self._end.set_result(None)
        await asyncio.gather(self._task, return_exceptions=True)

    async def cancel(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    """Not one earlier; then calls are refused without being made."""
    await fail(breaker, 2)
    assert state(breaker) == "closed"
    await fail(breaker)
    assert state(breaker) == "open"
    with pytest.raises(CircuitOpen):
        await call(breaker, error=AssertionError("was called"))


@pytest.mark.parametrize("answer", [None, ValueError("400")])
async def test_answers_weigh_against_outages(breaker: Breaker, answer: Exception | None) -> None:
    """Calls that time out together are no outage while most are answered, be it by a refusal; once half
    of the last calls have failed, it is one.
    """
    for _ in range(8):
        await asyncio.gather(call(breaker, error=answer), return_exceptions=True)
    await fail(breaker, 7)
    assert state(breaker) == "closed"
    await fail(breaker)
    assert state(breaker) == "open"


async def test_a_refusal_says_how_long(breaker: Breaker, clock: Clock) -> None:
    """In seconds, as a number and in words with the provider's name."""
    await fail(breaker, 3)
    clock.now += 12
    with pytest.raises(CircuitOpen, match=r"api\.example .* 18\.0 seconds") as refused:
        await call(breaker)
    assert refused.value.retry_after == 18


async def test_one_call_tries_whether_it_is_back(breaker: Breaker, clock: Clock) -> None:
    """Others are refused for as long as it runs, and told to come back soon."""
    await fail(breaker, 3)
    clock.now += 30
    assert state(breaker) == "half-open"
    trial = await Slow(breaker).begun()
    with pytest.raises(CircuitOpen) as refused:
        await call(breaker)
    assert 0 < refused.value.retry_after < 30
    assert state(breaker) == "half-open"
    await trial.end()
    await call(breaker)


@pytest.mark.parametrize("answer", [None, ValueError("400")])
async def test_a_trial_that_is_answered_closes(
    breaker: Breaker, clock: Clock, answer: Exception | None
) -> None:
    """All calls go through again, and failures are counted from none."""
    await fail(breaker, 3)
    clock.now += 30
    await asyncio.gather(call(breaker, error=answer), return_exceptions=True)
    await fail(breaker, 2)
    assert state(breaker) == "closed"


async def test_a_trial_that_fails_opens_again(breaker: Breaker, clock: Clock) -> None:
    """For as long as before; then there is another trial."""
    await fail(breaker, 3)
    clock.now += 30
    await fail(breaker)
    clock.now += 29
    with pytest.raises(CircuitOpen):
        await call(breaker)
    clock.now += 1
    await call(breaker)
    assert state(breaker) == "closed"


async def test_a_cancelled_call_says_nothing(breaker: Breaker) -> None:
    """It is neither a failure nor an answer."""
    await fail(breaker, 2)
    for _ in range(3):
        await (await Slow(breaker).begun()).cancel()
    assert state(breaker) == "closed"
    await fail(breaker)
    assert state(breaker) == "open"


async def test_a_cancelled_trial_makes_room_for_the_next(breaker: Breaker, clock: Clock) -> None:
    """It neither closes the breaker nor keeps it half-open for ever."""
    await fail(breaker, 3)
    clock.now += 30
    await (await Slow(breaker).begun()).cancel()
    assert state(breaker) == "half-open"
    await call(breaker)
    assert state(breaker) == "closed"


@pytest.mark.parametrize("outcome", [None, Outage()])
async def test_a_call_from_before_decides_nothing(
    breaker: Breaker, clock: Clock, outcome: Exception | None
) -> None:
    """What began before the breaker opened neither closes it nor keeps it open for longer."""
    before = await Slow(breaker).begun()
    await fail(breaker, 3)
    clock.now += 20
    await before.end(outcome)
    assert state(breaker) == "open"
    clock.now += 10
    assert state(breaker) == "half-open"


async def test_a_breaker_that_never_opens_refuses_nobody(clock: Clock) -> None:
    """With a threshold out of reach every call is made: it is the breaker that refuses."""
    await fail(Breaker("api.example", (Outage,), threshold=1000, clock=clock), 50)
