"""`python -m tests.faults.soak`: the long form. Every fault at random while thousands of jobs run.

Prints what was counted; exit code 1 if an invariant is broken. `--docs` writes docs/faults.md.
"""

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tests.databases import opened
from tests.faults import load
from tests.faults.faults import Faults
from tests.faults.fleet import ROOT, Fleet
from tests.faults.ground import servers
from tests.faults.invariants import Report, report
from tests.faults.orchestrator import FATES

CANCELLED = 0.02  # fraction of the jobs that somebody cancels
DEADLINE_SECONDS = 600.0
FAILED = """
SELECT error_code, error_message, attempts, crashes, (
  SELECT array_agg((outcome, error_code)::text ORDER BY lease_token) FROM job_attempts WHERE job_id = id
) AS history
FROM jobs WHERE status = 'failed'
"""
FLEET = {"QUEUE_CONCURRENCY": "10", "USER_CONCURRENCY": "20", "LEASE_SECONDS": "2"}


async def soak(jobs: int, strikes: int, seed: int, *, apis: int, workers: int) -> tuple[Report, Fleet]:
    """Submit, strike and cancel at the same time, wait for quiet, count."""
    with tempfile.TemporaryDirectory(prefix="deckgen-soak-") as folder:
        (logs := Path(folder) / "logs").mkdir()
        async with servers(Path(folder) / "servers") as ground:
            environment = ground.environment | FLEET
            with Fleet(environment, logs, workers=workers, apis=apis, seed=seed) as fleet:
                faults = Faults(fleet, ground.folder, seed)
                accepted, _ = await asyncio.gather(_submit(fleet, jobs, seed), _strike(faults, strikes))
                async with opened(environment["DATABASE_URL"]) as pool:
                    await load.quiet(pool, DEADLINE_SECONDS)
                    sys.stderr.writelines(f"{row}\n" for row in await pool.fetch(FAILED))
                    return await report(fleet, pool, accepted), fleet


async def _submit(fleet: Fleet, jobs: int, seed: int) -> dict[str, str]:
    """In portions; of each, some jobs are cancelled."""
    rng, accepted = random.Random(seed), dict[str, str]()
    portion = 50
    for first in range(0, jobs, portion):
        some = await load.submit(fleet, min(portion, jobs - first), f"d{first}")
        accepted |= some
        for job_id in some:
            if rng.random() < CANCELLED:
                await load.cancel(fleet, job_id)
    return accepted


async def _strike(faults: Faults, strikes: int) -> None:
    for _ in range(strikes):
        await asyncio.to_thread(faults.one)


def page(figures: Report, fleet: Fleet, minutes: float) -> str:
    """docs/faults.md."""
    counts = asdict(figures)
    rows = "\n".join(f"| {name.replace('_', ' ')} | {count:,} |" for name, count in counts.items())
    faults = "\n".join(f"| {name} | {count} |" for name, count in sorted(fleet.faults.items()))
    fates = ", ".join(f"{share:.0%} {fate}" for fate, share in FATES.items())
    return f"""# What is left after faults

`make faults` does each fault alone and then all together to a fleet of real processes, in a
minute or two; `make soak` is the long form. Afterwards the invariants are counted, from PostgreSQL,
where a trigger writes down every end of a job, and from the ledger of the orchestrator, which is a
stand-in that writes down every call and every execution that would have been paid for. From `lost`
on every figure has to be 0.

This is what `make soak` printed on {datetime.now(UTC):%Y-%m-%d}, with {len(fleet.ports)} APIs,
{len(fleet.workers)} workers of {FLEET["QUEUE_CONCURRENCY"]} slots, {load.USERS} users of whom one is
noisy, and {fleet.faults.total()} faults in {minutes:.0f} minutes. A lease took
{FLEET["LEASE_SECONDS"]} s. Of the orchestrator's calls: {fates}.

| counted | |
|---|---:|
{rows}

| fault | times |
|---|---:|
{faults}

Jobs have three attempts, as by default, and the orchestrator's own faults are one of a job at most.
Freezing is SIGSTOP for longer than a lease or a step; PostgreSQL is stopped with SIGQUIT, made
read-only, or locked; Redis is full; Valkey, APIs, workers and the orchestrator are killed with
SIGKILL, and a deploy is SIGTERM and a new process. With one safety mechanism switched off the same
counting has to find something (`tests/faults/test_controls.py`): the reconciler (jobs are lost), the
checkpoints (steps are called again), the kept answers (paid for twice), the fence (written into jobs
of others), outages without an attempt (jobs fail), refusals of Redis (workers end).
"""


def main(
    jobs: Annotated[int, typer.Option(min=1)] = 2000,
    strikes: Annotated[int, typer.Option(min=0)] = 150,
    seed: int = 7,
    apis: Annotated[int, typer.Option(min=1)] = 2,
    workers: Annotated[int, typer.Option(min=2)] = 4,
    *,
    docs: bool = False,
) -> None:
    """Strike a fleet at random while it works, and count what was lost or paid for twice."""
    started = time.monotonic()
    figures, fleet = asyncio.run(soak(jobs, strikes, seed, apis=apis, workers=workers))
    written = page(figures, fleet, (time.monotonic() - started) / 60)
    if docs:
        (ROOT / "docs" / "faults.md").write_text(written)
    sys.stdout.write(written)
    if figures.broken:
        sys.exit(f"Broken: {figures.broken}")


if __name__ == "__main__":
    typer.run(main)
