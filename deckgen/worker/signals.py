"""SIGTERM and SIGINT: the first one drains, the second one ends the process, and so does time."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from deckgen.runtime.stopping import Ending


def drain_on_signals(drain: Callable[[], Awaitable[None]], *, most: float) -> None:
    """Replace arq's handlers, which throw away the steps in flight.

    Called in arq's main task, which is cancelled when the drain is over. `most` is after how many
    seconds the process ends all the same: what is not given back by then is found by its lease.
    """
    main = asyncio.current_task()
    assert main is not None
    loop = asyncio.get_running_loop()
    ending, tasks = Ending(most), list[asyncio.Task[None]]()

    async def stop() -> None:
        try:
            await drain()
        finally:
            main.cancel()  # arq takes this for its own stop, and closes

    def heard(number: int) -> None:
        if ending.begins(number):
            tasks.append(asyncio.create_task(stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, heard, number)
