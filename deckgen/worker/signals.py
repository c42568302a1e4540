"""SIGTERM and SIGINT: the first one drains; the second one, or a timeout, ends the process."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from deckgen.runtime.stopping import Ending


def drain_on_signals(drain: Callable[[], Awaitable[None]], *, limit_seconds: float) -> None:
    """Replace arq's handlers, which throw away the steps in flight.

    Call it in arq's main task, which is cancelled when the drain is over. After `limit_seconds` the
    process ends all the same: jobs that are not given back by then are found by their leases.
    """
    main = asyncio.current_task()
    assert main is not None
    loop = asyncio.get_running_loop()
    ending, tasks = Ending(limit_seconds), list[asyncio.Task[None]]()

    async def stop() -> None:
        try:
            await drain()
        finally:
            main.cancel()  # arq takes this for its own stop, and closes

    def on_signal(number: int) -> None:
        if ending.begins(number):
            tasks.append(asyncio.create_task(stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal, number)
