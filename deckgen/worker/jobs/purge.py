"""The cron job that bounds the database: old jobs lose their working data, then their rows."""

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Literal

from deckgen.observability.logs import get_logger
from deckgen.store import retention
from deckgen.store.retention import A_DAY, Page
from deckgen.worker.runtime import Runtime

log = get_logger(__name__)

JOBS_AT_ONCE = 100  # rows that one transaction locks; each brings along a dozen of others
USERS_AT_ONCE = 200
DATASETS_AT_ONCE = 200
# A run takes the slot of a job, so it stops soon; the next run goes on where it stopped.
RUN_SECONDS = 1.0
LOCK_SECONDS = 60.0  # a worker that has run for so long is dead


async def purge(ctx: dict[str, Any]) -> None:
    """Run the purge: arq's cron calls this on one worker at a tick."""
    runtime: Runtime = ctx["runtime"]
    await runtime.delivery.lock_for(ctx["job_id"], LOCK_SECONDS)
    await run_purge(runtime)


async def run_purge(runtime: Runtime) -> None:
    """Remove what exceeds the settings' bounds, until the time is over or the worker drains."""
    until = time.monotonic() + RUN_SECONDS

    def may_go_on() -> bool:
        return time.monotonic() < until and not runtime.draining.is_set()

    await warn_of_outages(runtime)
    removed = await _remove_jobs(runtime, may_go_on)
    purged = await _walk(runtime, "users", _purge_jobs, may_go_on)
    datasets = await _walk(runtime, "datasets", _remove_datasets, may_go_on)
    if removed or purged or datasets:
        log.info("purge.done", removed=removed, purged=purged, datasets=datasets)


async def _remove_jobs(runtime: Runtime, may_go_on: Callable[[], bool]) -> int:
    days = _bound(runtime.settings.retain_days)
    removed, may_be_more = 0, days is not None
    while may_be_more and may_go_on():
        assert days is not None
        count = await retention.remove_jobs(
            runtime.database.service,
            seconds=days * A_DAY,
            limit=JOBS_AT_ONCE,
            outage_seconds=_outage_seconds(runtime),
        )
        removed, may_be_more = removed + count, count >= JOBS_AT_ONCE
    return removed


async def _walk(
    runtime: Runtime,
    walk: str,
    page: Callable[[Runtime, str], Awaitable[Page]],
    may_go_on: Callable[[], bool],
) -> int:
    """Purge page by page from where the last run stopped, then once from the beginning."""
    purged, after = 0, await retention.place(runtime.database.service, walk)
    rounds = 2 if after else 1
    while rounds and may_go_on():
        done = await page(runtime, after)
        purged, after = purged + done.purged, done.after or ""
        rounds -= done.after is None
    await retention.keep_place(runtime.database.service, walk, after)
    return purged


async def _purge_jobs(runtime: Runtime, after: str) -> Page:
    return await retention.purge_jobs(
        runtime.database.service,
        after,
        completed=_bound(runtime.settings.retain_completed),
        failed=_bound(runtime.settings.retain_failed),
        users=USERS_AT_ONCE,
        limit=JOBS_AT_ONCE,
        outage_seconds=_outage_seconds(runtime),
    )


async def _remove_datasets(runtime: Runtime, after: str) -> Page:
    return await retention.remove_datasets(runtime.database.service, after, limit=DATASETS_AT_ONCE)


def _outage_seconds(runtime: Runtime) -> float | None:
    days = _bound(runtime.settings.retain_outage_days)
    return None if days is None else days * A_DAY


async def warn_of_outages(runtime: Runtime) -> None:
    """Warn once a day, on one worker, of jobs that infrastructure failed and that expire soon."""
    days = _bound(runtime.settings.retain_outage_days)
    database = runtime.database.service
    if not days or (expiring := await retention.expiring(database, outage_days=days)) is None:
        return
    if await retention.first_today(database, "outages"):
        expires = expiring.first_failed_at + timedelta(days=days)
        log.warning(
            "purge.outages_expire", jobs=expiring.jobs, firstAt=expires.isoformat(timespec="minutes")
        )


def _bound(setting: int | Literal["all"]) -> int | None:
    return None if setting == "all" else setting
