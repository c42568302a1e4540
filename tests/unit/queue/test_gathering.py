"""Calls that come together are done together."""

import asyncio

import pytest

from deckgen.queue.gathering import Gathering


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


async def ask(gathering: Gathering[int, int], *numbers: int) -> "list[asyncio.Task[int]]":
    """The calls, each of which waits by now."""
    tasks = [asyncio.create_task(gathering.do(number)) for number in numbers]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_meanwhile_is_done_together() -> None:
    """While a round runs, all further calls are gathered for one next round; each gets its result."""
    work = Work()
    gathering = Gathering(work)
    first = await ask(gathering, 1)
    others = await ask(gathering, 2, 3, 4)
    work.allowed.release()
    work.allowed.release()
    assert await asyncio.gather(*first, *others) == [2, 4, 6, 8]
    assert work.rounds == [[1], [2, 3, 4]]


async def test_an_error_is_everybodys_in_its_round() -> None:
    """Who shared a round with what failed gets the error; the next round is not touched."""
    work = Work()
    gathering = Gathering(work)
    failing = await ask(gathering, 0, 5)
    next_round = await ask(gathering, 6)
    work.allowed.release()
    work.allowed.release()
    for task in failing:
        with pytest.raises(ZeroDivisionError):
            await task
    assert await next_round[0] == 12


async def test_who_gives_up_does_not_hinder() -> None:
    """A call that is cancelled while it waits leaves the others' results as they are."""
    work = Work()
    gathering = Gathering(work)
    gone, stays = await ask(gathering, 1, 2)
    gone.cancel()
    work.allowed.release()
    assert await stays == 4
    later = await ask(gathering, 3)
    work.allowed.release()
    assert await later[0] == 6
