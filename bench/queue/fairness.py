"""What a quiet user waits for, alone and beside a user who has asked for a thousand decks at once."""

import asyncio
import random

from bench.queue.figures import Figure, percentile, until
from bench.queue.fleet import Fleet
from bench.queue.ground import Ground
from bench.queue.waiting import insert_waiting
from deckgen.config.settings import Settings

NOISE, SLOTS, STEP_SECONDS = 1_000, 8, 0.05
DEFAULT_SLOTS, SHARE = (
    Settings.model_fields[name].default for name in ("queue_concurrency", "user_concurrency")
)
# One that has not come so far has waited at least until now.
WAITS = """
SELECT extract(epoch FROM coalesce({until}, now()) - created_at)::float8 * 1000 AS wait
FROM jobs WHERE user_id = 'quiet'
"""
LEFT = "SELECT count(*) FROM jobs WHERE user_id <> 'quiet' AND status = 'waiting'"


async def measure(ground: Ground) -> list[Figure]:
    """Where one user's share leaves slots to the others, and where it is as large as the worker."""
    beside = f"beside a noisy one with {NOISE:,} jobs"
    wait, whole = f"quiet user's p95 wait {beside}", f"quiet user's p95 from POST to end {beside}"
    return [
        await _beside(ground, SLOTS, wait, "started_at", ground.pick(2, 1)),
        await _beside(ground, DEFAULT_SLOTS, f"{whole}, {DEFAULT_SLOTS} slots", "finished_at", 1),
    ]


async def _beside(ground: Ground, slots: int, name: str, until: str, rounds: int) -> Figure:
    alone, noisy = [], []
    for _ in range(rounds):
        alone += await _waits(ground, slots, until, 0)
        noisy += await _waits(ground, slots, until, NOISE)
    before, after = percentile(alone, 95), percentile(noisy, 95)
    return Figure(
        name,
        "<= 2 x its solo figure",
        f"{after / before:.1f} x ({before:.0f} ms alone, {after:.0f} ms beside)",
        after / before <= 2,
        f"One worker with {slots} slots; {SHARE} of them are one user's share. A step of 50 ms."
        if slots > SHARE
        else f"One worker with all defaults: {slots} slots, which are fewer than one user's share of "
        f"{SHARE}. A job that had not ended was counted with its wait so far.",
    )


async def _waits(ground: Ground, slots: int, until_when: str, noise: int) -> list[float]:
    """Milliseconds from acceptance to start or end, of a job every fifth of a second or so."""
    async with Fleet(ground, QUEUE_CONCURRENCY=str(slots)) as fleet:
        await fleet.takes(draft=STEP_SECONDS)
        if noise:
            await insert_waiting(ground, noise, 1, prefix="noise")
            await until(lambda: _begun(ground), "start of the noise")
        for number in range(ground.pick(40, 15)):
            await asyncio.sleep(random.uniform(0.1, 0.3))
            await fleet.post(f"quiet-{number}", "quiet")
        async with ground.database() as connection:
            left = await connection.fetchval(LEFT)
            if noise and not left:
                raise RuntimeError("The noise was over too soon.")
            rows = await connection.fetch(WAITS.format(until=until_when))
            return [row["wait"] for row in rows]


async def _begun(ground: Ground) -> bool:
    async with ground.database() as connection:
        return await connection.fetchval("SELECT count(*) FROM jobs WHERE status = 'active'") > 0
