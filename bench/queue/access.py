"""Requests a second of an API that asks for keys, beside one that does not, of the same kinds."""

import asyncio
import itertools
import random
import time
from dataclasses import dataclass
from typing import Any

from bench.queue.client import Connection, brief
from bench.queue.figures import Figure, median, until
from bench.queue.fleet import POST, Fleet, connected
from bench.queue.ground import Ground, cpu_seconds
from deckgen.config.settings import Settings
from deckgen.dev import stack
from deckgen.dev.processes import free_port
from deckgen.domain.access import Scope
from deckgen.domain.api_keys import NewKey
from deckgen.queue.service import AsyncOrchestrator

CLIENTS = 50
POSTS, JOBS, DECKS = 0.12, 0.60, 0.90  # of 100 requests; the rest asks for the queue's status


async def measure(ground: Ground) -> list[Figure]:
    async with Fleet(ground, workers=0) as fleet:
        key = await _new_key(ground)
        port = str(free_port())
        keyed = fleet.environment | {"AUTH": "keys", "PORT": port}
        api = ground.start("keyed", stack.COMMANDS["api"], keyed)
        try:
            url = f"http://127.0.0.1:{port}"
            await (await until(lambda: connected(url), "start of the API with keys")).close()
            return [await _beside(ground, fleet, Side(url, api.pid, key))]
        finally:
            api.terminate()
            api.wait(30)


@dataclass(frozen=True)
class Side:
    """One of the two APIs."""

    url: str
    pid: int
    key: str | None = None


@dataclass(frozen=True)
class Served:
    """Requests a second, and milliseconds of the API's processor for each."""

    rate: float
    cpu: float


async def _beside(ground: Ground, fleet: Fleet, keyed: Side) -> Figure:
    job_id = await fleet.post("read", "reader")
    open_ = Side(fleet.url, fleet.api_pid)
    rounds: list[dict[Side, Served]] = []
    for number in range(ground.pick(7, 3)):
        sides = [open_, keyed] if number % 2 else [keyed, open_]
        rounds.append({each: await _load(ground, each, job_id, number) for each in sides})
    ratio = median([each[keyed].rate / each[open_].rate for each in rounds])
    rates = {side: median([each[side].rate for each in rounds]) for side in (keyed, open_)}
    cpus = {side: median([each[side].cpu for each in rounds]) for side in (keyed, open_)}
    return Figure(
        "Requests with a key beside requests without one (AUTH=off), 50 clients",
        ">= 0.9 x",
        f"{ratio:.2f} x ({rates[keyed]:.0f} a second, without keys {rates[open_]:.0f})",
        ratio >= 0.9,
        "12 % POST, 48 % job, 30 % deck, 10 % queue status; one API process each, in turns. Processor "
        f"time of the API: {cpus[keyed]:.2f} ms a request, without keys {cpus[open_]:.2f} ms.",
    )


async def _load(ground: Ground, side: Side, job_id: str, round_: int) -> Served:
    seconds, answered = ground.pick(4, 2), 0
    began, used = time.monotonic(), cpu_seconds(side.pid)

    async def client(number: int) -> None:
        nonlocal answered
        dice = random.Random(number)
        async with Connection(side.url, side.key) as connection:
            for count in itertools.count():
                if time.monotonic() > began + seconds:
                    return
                deck = f"{round_}-{side.key is None}-{number}-{count}"
                method, path, body = _request(dice.random(), job_id, deck)
                status, answer = await connection.request(method, path, body)
                if status not in (200, 202, 503):  # without a worker the queue is not healthy
                    raise RuntimeError(f"{path} was answered with {status}: {answer}")
                answered += 1

    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(client(number))
    took = time.monotonic() - began
    return Served(answered / took, 1000 * (cpu_seconds(side.pid) - used) / answered)


def _request(dice: float, job_id: str, deck: str) -> tuple[str, str, Any]:
    if dice < POSTS:
        return "POST", POST, brief(f"deck-{deck}", f"user-{deck}")
    if dice < JOBS:
        return "GET", f"/api/ai/jobs/{job_id}", None
    if dice < DECKS:
        return "GET", "/api/presentations/read", None
    return "GET", "/api/ai/queue-status", None


async def _new_key(ground: Ground) -> str:
    settings = Settings(**{name.lower(): value for name, value in ground.environment.items()})
    async with AsyncOrchestrator(settings) as decks:
        return (await decks.keys.create(NewKey(name="bench", scopes=frozenset(Scope)))).key
