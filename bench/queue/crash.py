"""kill -9 of the worker that has a job: how long until another one runs it, with all defaults."""

import asyncio
import random
import signal
import time

from bench.queue.contestants import DECKGEN, Contestant, Trial, contestants
from bench.queue.figures import Figure, median, percentile, spread, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground

LONG = 600.0  # seconds: no job ends by itself
PATIENCE = 70.0  # seconds; some peers need minutes, and some never come back
START_SECONDS = 4.0
SECOND_START = "SELECT started_at FROM job_attempts WHERE job_id = $1 ORDER BY lease_token OFFSET 1"


async def measure(ground: Ground) -> tuple[list[Figure], dict[str, str]]:
    """The peers only wait: they are measured at once, while deckgen loses one worker after another."""
    async with Fleet(ground, workers=2) as fleet, asyncio.TaskGroup() as group:
        peers = [one for one in contestants() if one.name != DECKGEN and not ground.quick]
        tasks = {one.name: group.create_task(_peer(ground, one)) for one in peers}
        seconds = await _kills(ground, fleet, ground.pick(10, 2))
    figure = Figure(
        "kill -9 to running again, defaults: p99",
        "<= 10 s",
        spread(seconds, "s"),
        percentile(seconds, 99) <= 10,
        "One job at a time, at a random moment between two renewals of its lease of 5 s; two workers, "
        f"of which one lives on. Each peer was killed once and given {PATIENCE:.0f} s.",
    )
    words = {name: task.result() for name, task in tasks.items()}
    return [figure], {DECKGEN: f"{median(seconds):.1f} s", **words}


async def _kills(ground: Ground, fleet: Fleet, count: int) -> list[float]:
    await fleet.takes(draft=LONG)
    seconds = []
    for number in range(count):
        job = await fleet.post(f"crash-{number}", "user")
        worker = await until(lambda job=job: _worker_of(ground, job), "start of a job")
        await asyncio.sleep(random.uniform(0, 1.7))
        killed = time.time()
        fleet.kill(worker, signal.SIGKILL)
        again = await until(lambda job=job: _second_start(ground, job), "second start", PATIENCE)
        seconds.append(again - killed)
        await fleet.api.request("POST", f"/api/ai/jobs/{job}/cancel")
        await fleet.start_worker()
    return seconds


async def _worker_of(ground: Ground, job: str) -> int | None:
    """The process that works on the job, out of `host:process:random`."""
    async with ground.database() as connection:
        holder = await connection.fetchval(
            "SELECT worker_id FROM jobs WHERE id = $1 AND status = 'active'", job
        )
    return holder and int(holder.rsplit(":", 2)[1])


async def _second_start(ground: Ground, job: str) -> float | None:
    async with ground.database() as connection:
        at = await connection.fetchval(SECOND_START, job)
    return at and at.timestamp()


async def _peer(ground: Ground, one: Contestant) -> str:
    """In words: seconds from the kill to the second start, or that it took too long."""
    trial = Trial(ground, one, slots=1)
    await trial.feed("fill", "1", str(LONG))
    first = trial.start()
    try:
        await trial.done(1)
        trial.start()
        await asyncio.sleep(START_SECONDS)
        first.kill()
        killed = time.monotonic_ns()
        _, (_, began) = await trial.done(2, PATIENCE)
        return f"{(began - killed) / 1e9:.0f} s"
    except TimeoutError:
        return f"> {PATIENCE:.0f} s"
    finally:
        trial.stop()
