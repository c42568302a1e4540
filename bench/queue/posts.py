"""POSTs a second of one API process and 50 clients, beside a bare route that makes the same rows."""

import itertools
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bench.queue.client import brief, load
from bench.queue.figures import Figure, median, until
from bench.queue.fleet import POST, Fleet, connected
from bench.queue.ground import Ground, cpu_seconds
from deckgen.config.settings import Settings
from deckgen.dev.processes import free_port
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.requests import parse
from deckgen.queue.service import AsyncOrchestrator
from deckgen.queue.submit import accept

CLIENTS, USERS = 50, 500


async def measure(ground: Ground) -> list[Figure]:
    rounds = [(await _bare(ground), await _ours(ground)) for _ in range(ground.pick(3, 1))]
    ratio = median([ours.rate / bare.rate for bare, ours in rounds])
    bare, ours = (median([pair[at].rate for pair in rounds]) for at in (0, 1))
    bare_cpu, cpu = (median([pair[at].cpu for pair in rounds]) for at in (0, 1))
    where = await _parts(ground)
    return [
        Figure(
            "POST throughput, one API process, 50 clients",
            ">= 0.6 x a bare Starlette route that does the same insert",
            f"{ratio:.2f} x ({ours:.0f} a second, the bare route {bare:.0f})",
            ratio >= 0.6,
            f"{USERS} users, no worker. Processor time of the API: {cpu:.1f} ms a POST, of the bare "
            f"route {bare_cpu:.1f} ms. One request after the other: {where}.",
        )
    ]


@dataclass(frozen=True)
class Served:
    """POSTs a second, and milliseconds of the processor for each."""

    rate: float
    cpu: float


async def _ours(ground: Ground) -> Served:
    async with Fleet(ground, workers=0) as fleet:
        return await _load(ground, fleet.url, fleet.api_pid)


async def _bare(ground: Ground) -> Served:
    await ground.empty()
    port = free_port()
    bare = ground.start(
        "bare", [sys.executable, "-m", "bench.queue.bare", str(port)], ground.environment
    )
    try:
        url = f"http://127.0.0.1:{port}"
        connection = await until(lambda: connected(url), "start of the bare route")
        await connection.close()
        return await _load(ground, url, bare.pid)
    finally:
        bare.terminate()
        bare.wait(10)


async def _load(ground: Ground, url: str, pid: int) -> Served:
    number = itertools.count()

    def body() -> dict[str, Any]:
        n = next(number)
        return brief(f"deck-{n}", f"user-{n % USERS}")

    await load(url, POST, body, clients=CLIENTS, seconds=0.5)
    seconds, used = ground.pick(5, 2), cpu_seconds(pid)
    rate = await load(url, POST, body, clients=CLIENTS, seconds=seconds)
    return Served(rate, 1000 * (cpu_seconds(pid) - used) / (rate * seconds))


async def _parts(ground: Ground) -> str:
    """Medians of what a POST is made of, called one by one in this process."""
    await ground.empty()
    values = {name.lower(): value for name, value in ground.environment.items()}
    settings = Settings(**values)
    times: dict[str, list[float]] = {"check": [], "estimate": [], "acceptance": [], "dispatch": []}
    async with AsyncOrchestrator(settings) as decks:
        for number in range(ground.pick(300, 100)):

            async def check(number: int = number) -> GenerateRequest:
                return parse(GenerateRequest, brief(f"deck-{number}", f"user-{number % USERS}"))

            request = await _timed(times["check"], check)
            await _timed(times["estimate"], lambda: decks._estimates.seconds(5))
            await _timed(times["acceptance"], lambda r=request: accept(decks._database, settings, r))
            await _timed(times["dispatch"], decks._dispatcher.dispatch)
    return ", ".join(f"{name} {median(one):.2g} ms" for name, one in times.items())


async def _timed(into: list[float], call: Callable[[], Awaitable[Any]]) -> Any:
    began = time.perf_counter()
    result = await call()
    into.append(1000 * (time.perf_counter() - began))
    return result
