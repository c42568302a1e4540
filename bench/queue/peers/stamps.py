"""What all modules in Python share. The environment has STAMPS, REDIS_URL and SLOTS.

The only thing a job does is to append two numbers to the file STAMPS: when it was sent and when its
first line ran, both in nanoseconds of the monotonic clock, which all processes of a machine share.
"""

import asyncio
import os
import random
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import cache

RECORD = struct.Struct("<qq")
REDIS_URL = os.environ.get("REDIS_URL", "")
SLOTS = int(os.environ.get("SLOTS", "10"))
AT_ONCE = 50
PAUSES = 0.01, 0.05  # seconds between two jobs that find the worker idle

Enqueue = Callable[[int, float], Awaitable[object]]


@cache
def _file() -> int:
    return os.open(os.environ["STAMPS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


async def job(sent: int, seconds: float) -> None:
    """Note the time; sleep if the figure wants that."""
    began = time.monotonic_ns()
    os.write(_file(), RECORD.pack(sent, began))
    if seconds:
        await asyncio.sleep(seconds)


def client(connect: Callable[[], AbstractAsyncContextManager[Enqueue]]) -> None:
    """`fill COUNT SECONDS`: so many jobs at once; `ping COUNT`: one by one, at random moments."""
    asyncio.run(_feed(connect, *sys.argv[1:]))


async def _feed(
    connect: Callable[[], AbstractAsyncContextManager[Enqueue]],
    kind: str,
    count: str,
    seconds: str = "0",
) -> None:
    async with connect() as enqueue:
        if kind == "fill":
            for begin in range(0, int(count), AT_ONCE):
                some = range(begin, min(begin + AT_ONCE, int(count)))
                await asyncio.gather(*(enqueue(time.monotonic_ns(), float(seconds)) for _ in some))
            return
        for _ in range(int(count)):
            await asyncio.sleep(random.uniform(*PAUSES))
            await enqueue(time.monotonic_ns(), 0.0)
