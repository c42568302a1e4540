"""A whole job over HTTP: from before the POST until the status is completed, everything real."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench.analyst.engine import BRIEF
from bench.queue.ground import ground
from deckgen.client import http
from deckgen.client.http import Client
from deckgen.dev.stack import Stack

LOOK_SECONDS = 0.01


@dataclass(frozen=True)
class Took:
    """Seconds of the job, of its POST, and of each step as the worker sees it."""

    job: float
    post: float
    steps: dict[str, float]


def jobs(small: Path, tables: Sequence[Path], rounds: int) -> tuple[Took, list[Took]]:
    """The first job of a stack that has just started, about a small table; the median of each table."""
    http.POLL_SECONDS = LOOK_SECONDS
    with (
        ground(quick=False) as on,
        Stack(on.environment, on.folder) as stack,
        Client(stack.url) as api,
    ):
        first = _job(api, small)
        runs = [[_job(api, table) for table in tables] for _ in range(rounds)]
    return first, [_median(of_table) for of_table in zip(*runs, strict=True)]


def _job(api: Client, table: Path) -> Took:
    began = time.perf_counter()
    submitted = api.submit(table, BRIEF.business_context, deck_id=f"deck-{uuid4()}", user_id="bench")
    post = time.perf_counter() - began
    job = api.follow(submitted.job_id)
    took = time.perf_counter() - began
    return Took(took, post, {step.name.value: step.seconds or 0.0 for step in job.progress.steps})


def _median(runs: Sequence[Took]) -> Took:
    return Took(
        statistics.median(run.job for run in runs),
        statistics.median(run.post for run in runs),
        {step: statistics.median(run.steps[step] for run in runs) for step in runs[0].steps},
    )
