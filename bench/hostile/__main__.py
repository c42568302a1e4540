"""`python -m bench.hostile`: how long /healthz waits while hostile tables are uploaded."""

import asyncio
import contextlib
import os
import platform
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from bench.hostile.uploads import Ends, upload
from bench.queue.figures import Figure, percentile, spread
from bench.queue.ground import ROOT, Ground, ground
from bench.queue.report import ASKED, markdown, row, show
from deckgen.dev.stack import Stack
from tests.hostile_tables import hostile_tables

PAGE = ROOT / "docs" / "benchmarks-hostile.md"
HEAD = """# Hostile tables

Written by `make bench-hostile`: API, worker and orchestrator as processes with default settings. Every
table of tests/hostile_tables.py is uploaded, four at a time, while `/healthz` of both services is asked
fifty times a second. All of it shares the cores. The machine is shared and noisy.

{machine}

"""
LOOK_SECONDS = 0.02
LOST = "SELECT count(*) FROM job_attempts WHERE outcome = 'crashed'"


@asynccontextmanager
async def asked(url: str) -> AsyncIterator[list[float]]:
    """Milliseconds that /healthz took each time while the block ran."""
    took: list[float] = []

    async def ask() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=300, trust_env=False) as http:
            while True:
                began = time.perf_counter()
                (await http.get("/healthz")).raise_for_status()
                took.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(LOOK_SECONDS)

    task = asyncio.create_task(ask())
    try:
        yield took
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def measure(on: Ground) -> list[Figure]:
    tables = list(hostile_tables())[:: on.pick(1, 8)]
    with Stack(on.environment, on.folder) as running:
        async with (
            httpx.AsyncClient(base_url=running.url, timeout=300, trust_env=False) as http,
            asked(running.url) as of_api,
            asked(running.environment["ORCHESTRATOR_URL"]) as of_orchestrator,
        ):
            ends = await upload(http, tables)
    async with on.database() as connection:
        lost = await connection.fetchval(LOST)
    return figures(of_api, of_orchestrator, ends, lost)


def figures(of_api: list[float], of_orchestrator: list[float], ends: Ends, lost: int) -> list[Figure]:
    counts = ", ".join(f"{count} {end}" for end, count in ends.counts.most_common())
    waits = [
        Figure(
            f"/healthz of the {name} while {ends.counts.total()} hostile tables are uploaded",
            "p99 ≤ 100 ms",
            f"{spread(took, 'ms')}, at most {max(took):.0f} ms",
            percentile(took, 99) <= 100,
        )
        for name, took in (("API", of_api), ("orchestrator", of_orchestrator))
    ]
    return [
        *waits,
        Figure("leases that the worker lost", "0", str(lost), lost == 0),
        Figure("tables without a deck or a reason", "0", f"{len(ends.bugs)}: {counts}", not ends.bugs),
    ]


def main() -> None:
    with ground(quick=bool(os.environ.get("QUICK"))) as on:
        found = asyncio.run(measure(on))
    show(found, [])
    machine = (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}."
    )
    PAGE.write_text(HEAD.format(machine=machine) + markdown(ASKED, [row(one) for one in found]))


if __name__ == "__main__":
    sys.exit(main())
