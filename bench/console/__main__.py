"""`python -m bench.console`: medians and p95 of 30 runs; QUICK=1 with a tenth of the jobs."""

import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import uvloop

from bench.console.filling import fill
from bench.queue.figures import median, percentile
from bench.queue.ground import Ground, ground
from deckgen.config.settings import Settings
from deckgen.queue.service import AsyncOrchestrator

JOBS, RUNS, LIMIT_MS = 1_000_000, 30, 200
Question = Callable[[], Awaitable[Any]]


def questions(decks: AsyncOrchestrator, job_id: str) -> dict[str, Question]:
    console = decks.console

    def found(**query: Any) -> Question:
        return lambda: decks.find_jobs(query)

    def counted(**query: Any) -> Question:
        return lambda: console.count_jobs(query)

    def paid(**query: Any) -> Question:
        return lambda: console.costs(query)

    return {
        "overview": console.overview,
        "queue status": decks.get_queue_status,
        "list": found(),
        "list, failed": found(status="failed"),
        "list, of a user": found(user="user-3"),
        "list, by error": found(code="code_5", since="7d"),
        "search, a rare word": found(q="unicorn"),
        "search, a word of every brief": found(q="sales"),
        "search, a word of each hundredth": found(q="zurich"),
        "search, words of an error, failed": found(q="orchestrator part77", status="failed"),
        "counts, no filter": counted(),
        "counts, of a user": counted(user="user-3"),
        "counts, by error": counted(code="code_5", since="7d"),
        "counts, a rare word": counted(q="unicorn"),
        "counts, a word of every brief": counted(q="sales"),
        "job page": lambda: console.job(job_id),
        "costs of 7 days": paid(days=7),
        "costs of 30 days": paid(days=30),
        "costs of 90 days": paid(days=90),
        "costs of 90 days, of a user": paid(days=90, user="user-3"),
    }


async def measure(on: Ground) -> bool:
    jobs = on.pick(JOBS, JOBS // 10)
    job_id = await fill(on, jobs)
    settings = Settings(**{name.lower(): value for name, value in on.environment.items()})
    async with AsyncOrchestrator(settings) as decks:
        asked = questions(decks, job_id)
        first = await _milliseconds(asked["costs of 90 days"])
        times: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(RUNS):  # in turns, so that none has the caches to itself
            for name, question in asked.items():
                times[name].append(await _milliseconds(question))
    _show(jobs, times)
    _say(f"\nThe first costs of 90 days, which sums the days that are over: {first:.0f} ms.")
    slow = [name for name, of_one in times.items() if percentile(of_one, 95) > LIMIT_MS]
    if slow:
        _say(f"Slower than {LIMIT_MS} ms: {', '.join(slow)}.")
    return not slow


async def _milliseconds(question: Question) -> float:
    began = time.perf_counter()
    await question()
    return 1000 * (time.perf_counter() - began)


def _show(jobs: int, times: Mapping[str, list[float]]) -> None:
    _say(f"{jobs:,} jobs, {RUNS} runs each, ms\n\n| question | median | p95 |\n|---|---|---|")
    for name, of_one in times.items():
        _say(f"| {name} | {median(of_one):.1f} | {percentile(of_one, 95):.1f} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    with ground(quick=bool(os.environ.get("QUICK"))) as on:
        is_quick_enough = uvloop.run(measure(on))
    sys.exit(not is_quick_enough)


if __name__ == "__main__":
    main()
