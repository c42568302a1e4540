"""1,000 jobs of one 50 ms step on 50 slots, with everything written to PostgreSQL."""

import asyncio
from uuid import uuid4

from bench.queue.figures import Figure, median, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground, cpu_seconds, postgres_cpu_seconds
from bench.queue.waiting import insert_waiting

SECONDS, SLOTS = 0.05, 50
USERS = 50
OPEN = "SELECT count(*) FROM jobs WHERE finished_at IS NULL"
TOOK = "SELECT extract(epoch FROM max(finished_at) - min(started_at))::float8 FROM jobs"
STATEMENTS_A_JOB = "claim, two steps saved, completion, choice of what is next"


async def measure(ground: Ground) -> list[Figure]:
    jobs = ground.pick(1_000, 300)
    ideal = jobs * SECONDS / SLOTS
    runs = [await _run(ground, jobs, 1) for _ in range(ground.pick(2, 1))]
    one, cpu, postgres = ([run[at] for run in runs] for at in range(3))
    of_worker, of_postgres = (1000 * median(used) / jobs for used in (cpu, postgres))
    two, *_ = await _run(ground, jobs, 2)
    return [
        Figure(
            f"{jobs:,} jobs of one 50 ms step, 50 slots",
            "<= 3 x the ideal, <= 2 ms of the worker and 1.2 ms of PostgreSQL a job",
            f"{median(one) / ideal:.1f} x in one worker ({jobs / median(one):.0f} jobs a second), "
            f"{two / ideal:.1f} x in two; {of_worker:.1f} ms and {of_postgres:.1f} ms a job",
            median(one) <= 3 * ideal and of_worker <= 2 and of_postgres <= 1.2,
            f"From the first start to the last end; {USERS} users. A deck without data has two steps: "
            f"the other one answers at once. Statements of a job: {STATEMENTS_A_JOB}; those of several "
            "jobs that meet are one. Each job has a question of its own, so that no step is shared.",
        )
    ]


async def _run(ground: Ground, jobs: int, workers: int) -> tuple[float, float, float]:
    """Seconds, and those of processors: the workers', PostgreSQL's.

    The jobs wait in a paused queue, which is then resumed.
    """
    slots = str(SLOTS // workers)
    async with Fleet(ground, workers=workers, QUEUE_CONCURRENCY=slots) as fleet:
        await fleet.takes(draft=SECONDS)
        await fleet.api.request("POST", "/api/ai/queue/pause")
        await insert_waiting(ground, jobs, USERS, prefix=uuid4().hex[:6])
        used = sum(map(cpu_seconds, fleet.workers))
        served = await postgres_cpu_seconds(ground)
        await fleet.api.request("POST", "/api/ai/queue/resume")
        async with ground.database() as connection:

            async def over() -> bool:
                await asyncio.sleep(0.1)
                return await connection.fetchval(OPEN) == 0

            await until(over, f"end of {jobs} jobs", 120)
            seconds = await connection.fetchval(TOOK)
        used = sum(map(cpu_seconds, fleet.workers)) - used
        return seconds, used, await postgres_cpu_seconds(ground) - served
