"""Calls that come together are done together."""

import asyncio

import pytest

from deckgen.runtime import batching
from deckgen.runtime.batching import Batching


class Work:
    """Doubles numbers once it is allowed to; `rounds` has what it was given each time."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.allowed = asyncio.Semaphore(0)

    async def __call__(self, numbers: list[int]) -> list[int]:
        self.rounds.append(numbers)
        await self.allowed.acquire()
        if 0 in numbers:
            raise ZeroDivisionError
        return [2 * number for number in numbers]


async def ask(together: Batching[int, int], *numbers: int) -> "list[asyncio.Task[int]]":
    """The calls, each of which waits by now."""
    tasks = [asyncio.create_task(together.do(number)) for number in numbers]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_meanwhile_is_done_together() -> None:
    """While a round runs, all further calls are gathered for one next round; each gets its result."""
    work = Work()
    together = Batching(work)
    first = await ask(together, 1)
    others = await ask(together, 2, 3, 4)
    work.allowed.release()
    work.allowed.release()
    assert await asyncio.gather(*first, *others) == [2, 4, 6, 8]
    assert work.rounds == [[1], [2, 3, 4]]


async def test_an_error_is_everybodys_in_its_round() -> None:
    """Who shared a round with what failed gets the error; the next round is not touched."""
    work = Work()
    together = Batching(work)
    failing = await ask(together, 0, 5)
    next_round = await ask(together, 6)
    work.allowed.release()
    work.allowed.release()
    for task in failing:
        with pytest.raises(ZeroDivisionError):
            await task
    assert await next_round[0] == 12


async def test_who_gives_up_does_not_hinder() -> None:
    """A call that is cancelled while it waits leaves the others' results as they are."""
    work = Work()
    together = Batching(work)
    gone, stays = await ask(together, 1, 2)
    gone.cancel()
    work.allowed.release()
    assert await stays == 4
    later = await ask(together, 3)
    work.allowed.release()
    assert await later[0] == 6


async def test_no_more_than_allowed_in_a_round() -> None:
    """What is too much for one round is for the next ones, in its order."""
    work = Work()
    together = Batching(work, max_batch=2)
    tasks = await ask(together, 1, 2, 3, 4, 5)
    for _ in range(3):
        work.allowed.release()
    assert await asyncio.gather(*tasks) == [2, 4, 6, 8, 10]
    assert work.rounds == [[1, 2], [3, 4], [5]]


async def test_a_pause_lets_a_crowd_gather(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in the pause after a round is done together; who comes later begins at once."""
    over, now = asyncio.Semaphore(0), 1.0
    monkeypatch.setattr(batching, "sleep", lambda _: over.acquire())
    monkeypatch.setattr(batching, "monotonic", lambda: now)
    work = Work()
    together = Batching(work, pause=1)
    for _ in range(3):
        work.allowed.release()
    tasks = [*await ask(together, 1), *await ask(together, 2), *await ask(together, 3)]
    assert work.rounds == [[1]]
    over.release()
    assert await asyncio.gather(*tasks) == [2, 4, 6]
    assert work.rounds == [[1], [2, 3]]
    now += 1
    await asyncio.gather(*await ask(together, 4))
    assert work.rounds[2:] == [[4]]
