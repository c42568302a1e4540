"""SIGTERM with ten jobs running: how long until the worker has ended, and what it cost the jobs."""

import signal
import time

from bench.queue.figures import Figure, median, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground

JOBS = 10
LEFT = """
SELECT max(attempts) AS attempts, count(*) FILTER (WHERE status = 'waiting') AS waiting,
       (SELECT count(*) FROM job_steps) AS steps FROM jobs
"""


async def measure(ground: Ground) -> list[Figure]:
    """The signal comes when every step has just begun, which is the slowest moment."""
    seconds, closing, attempts, kept = [], [], 0, True
    for _ in range(ground.pick(3, 1)):
        async with Fleet(ground, QUEUE_CONCURRENCY=str(JOBS)) as fleet:
            await fleet.takes(draft=1.0, assemble=1.0)
            for number in range(JOBS):
                await fleet.post(f"drain-{number}", f"user-{number}")
            await until(lambda fleet=fleet: _all_in_work(fleet), "start of ten steps")
            began = time.time()
            code = fleet.kill(next(iter(fleet.workers)), signal.SIGTERM)
            ended = time.time()
            seconds.append(ended - began)
            closing.append(ended - max(call["ended"] for call in await fleet.calls()))
            async with ground.database() as connection:
                left = await connection.fetchrow(LEFT)
            attempts = max(attempts, left["attempts"])
            kept &= code == 0 and left["waiting"] == left["steps"] == JOBS
    return [
        Figure(
            "drain with 10 jobs running, 1 s steps",
            "<= 1.5 s, attempts used 0",
            f"{median(seconds):.2f} s (worst {max(seconds):.2f}, n={len(seconds)}), attempts used "
            f"{attempts}, steps in flight {'all saved' if kept else 'NOT all saved'}",
            max(seconds) <= 1.5 and attempts == 0 and kept,
            f"The signal comes just after the steps began. From the last step's end to that of the "
            f"process: {median(closing):.2f} s.",
        )
    ]


async def _all_in_work(fleet: Fleet) -> bool:
    return sum(call["ended"] is None for call in await fleet.calls()) == JOBS
