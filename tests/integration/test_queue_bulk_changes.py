"""Many jobs are retried, cancelled or dismissed at once: those that matched when they were counted."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from deckgen.domain.errors import Conflict, InvalidRequest
from deckgen.domain.finding import Action, BulkResult, Preview
from deckgen.domain.jobs import JobStatus
from deckgen.domain.presentations import PresentationStatus
from deckgen.domain.steps import Step
from deckgen.queue import bulk_changes
from deckgen.queue.pool import QUEUE_NAME
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.found_jobs import (
    change,
    complete,
    delay,
    fail,
    failed_jobs,
    run,
    statuses,
    submit,
    whole,
)
from tests.patience import PATIENCE_SECONDS
from tests.stand_in import StandIn, held
from tests.work import work

CHANGES = {
    Action.RETRY: AsyncOrchestrator.retry_jobs,
    Action.CANCEL: AsyncOrchestrator.cancel_jobs,
    Action.DISMISS: AsyncOrchestrator.dismiss_jobs,
    Action.PRIORITY: AsyncOrchestrator.change_priorities,
}


async def test_retry(decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime) -> None:
    """Each job gets what it would get alone, event, deck, dispatch and attempts, and completes."""
    ids = await failed_jobs(decks, database, "abc")
    other = await submit(decks, "other")
    await fail(database, other, code="query_timeout")
    assert await change(decks, "retry", code="internal_error") == whole(3)
    assert await statuses(database, [*ids, other]) == ["waiting"] * 3 + ["failed"]
    for job_id, deck in zip(ids, "abc", strict=True):
        job = await decks.get_job_status(job_id)
        assert (job.attempts, job.error, job.finished_at) == (0, None, None)
        assert (await decks.get_presentation(deck)).status is PresentationStatus.QUEUED
        assert (await decks.events_after(job_id, 0))[-1].kind == "job.redriven"
    assert await runtime.delivery.zcard(QUEUE_NAME) > 0
    for job_id in ids:
        await work(runtime, job_id)
    assert await statuses(database, ids) == ["completed"] * 3


async def test_cancel(decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime) -> None:
    """Jobs that wait leave Redis and never start; each has its event, its deck and its webhook."""
    ids = [await submit(decks, name, webhook_url="https://a.example/") for name in "abc"]
    ended = await submit(decks, "over")
    await complete(database, ended)
    assert await change(decks, "cancel", user="u") == whole(3)
    assert await statuses(database, [*ids, ended]) == ["cancelled"] * 3 + ["completed"]
    left = await runtime.delivery.zrange(QUEUE_NAME, 0, -1)
    assert not [one for one in left if one.decode().partition(":")[0] in ids]
    assert await database.fetchval("SELECT count(*) FROM deliveries") == 3
    for job_id, deck in zip(ids, "abc", strict=True):
        await work(runtime, job_id)
        assert (await decks.get_presentation(deck)).error_message == "The job was cancelled."
        assert (await decks.events_after(job_id, 0))[-1].kind == "job.cancelled"


async def test_cancel_of_a_running_job(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn
) -> None:
    """Its worker is told, its attempt ends, and what it makes of its step is written nowhere."""
    let_go = asyncio.Event()
    stand_in.answers[Step.DRAFT] = [held(let_go, {"made": "draft"})]
    job_id = await submit(decks, "a")
    async with runtime.delivery.pubsub() as heard:
        await heard.subscribe("deckgen:cancelled")
        await heard.get_message(timeout=PATIENCE_SECONDS)
        running = asyncio.create_task(work(runtime, job_id))
        await stand_in.called[Step.DRAFT].wait()
        assert await change(decks, "cancel", status="active") == whole(1)
        told = await heard.get_message(timeout=PATIENCE_SECONDS)
    let_go.set()
    await running
    job = await decks.get_job_status(job_id)
    assert told is not None
    assert told["data"].decode() == job_id
    assert [attempt.outcome for attempt in job.history] == ["cancelled"]
    assert job.status is JobStatus.CANCELLED


async def test_priority(decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime) -> None:
    """Waiting and delayed jobs get it, with their event, and are handed over anew in its order; what
    runs or is over is left alone.
    """
    waiting, delayed, running, ended = [await submit(decks, name) for name in "abcd"]
    await delay(database, delayed)
    await run(database, running)
    await complete(database, ended)
    request = {"user": "u"}
    preview = await decks.change_priorities(request | {"dryRun": True})
    assert isinstance(preview, Preview)
    assert preview.count == 2
    changed = await decks.change_priorities(request | {"count": 2, "priority": 9})
    assert changed == whole(2)
    rows = await database.fetch("SELECT deck_id, priority FROM jobs ORDER BY deck_id")
    assert [tuple(row) for row in rows] == [("a", 9), ("b", 9), ("c", 5), ("d", 5)]
    for job_id in (waiting, delayed):
        last = (await decks.events_after(job_id, 0))[-1]
        assert (last.kind, last.data) == ("job.priority_changed", {"priority": 9})
    dispatched = [one.decode() for one in await runtime.delivery.zrange(QUEUE_NAME, 0, -1)]
    number = await database.fetchval("SELECT dispatch_no FROM jobs WHERE id = $1", UUID(waiting))
    assert [one for one in dispatched if one.startswith(waiting)] == [f"{waiting}:{number}"]
    (entry, *_) = (await decks.audit.page({})).entries
    assert (entry.action, entry.details) == ("jobs.priority_changed", {"changed": 2, "priority": 9})


@pytest.mark.parametrize(
    "wrong",
    [{"count": 1}, {"count": 1, "priority": 11}, {"dryRun": True, "priority": "9"}, {"priority": 9}],
    ids=str,
)
async def test_a_priority_that_is_not_meant(decks: AsyncOrchestrator, wrong: dict[str, Any]) -> None:
    """Without a number from 1 to 10, or without a count, nothing is changed."""
    await submit(decks, "a")
    with pytest.raises(InvalidRequest):
        await decks.change_priorities({"user": "u"} | wrong)


async def test_dismiss(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Jobs stay failed, without a new event, and say since when; a second time changes nothing."""
    ids = await failed_jobs(decks, database, "ab")
    assert await change(decks, "dismiss", code="internal_error") == whole(2)
    first = await decks.get_job_status(ids[0])
    assert (first.status, first.dismissed_at is None) == (JobStatus.FAILED, False)
    again = await change(decks, "dismiss", code="internal_error")
    assert again == BulkResult(matched=2, changed=0, skipped=2, reasons={"job_dismissed": 2})
    assert (await decks.get_job_status(ids[0])).dismissed_at == first.dismissed_at
    assert (await decks.dismiss_job(ids[0])).dismissed_at == first.dismissed_at
    assert [event.kind for event in await decks.events_after(ids[0], 0)] == ["job.accepted"]


async def test_dismissed_jobs_are_retried_by_name_only(
    decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Who retries what failed does not mean what somebody has put aside; alone it can be retried."""
    one, two = await failed_jobs(decks, database, "ab")
    await decks.dismiss_job(one)
    changed = await change(decks, "retry", since="1h")
    assert changed == BulkResult(matched=2, changed=1, skipped=1, reasons={"job_dismissed": 1})
    assert await statuses(database, [one, two]) == ["failed", "waiting"]
    assert (await decks.retry_job(one)).dismissed_at is None
    await fail(database, one)
    assert (await decks.get_job_status(one)).dismissed_at is None


async def test_only_failed_jobs_are_dismissed(decks: AsyncOrchestrator, job_id: str) -> None:
    """A job that waits is no failure, and is refused as for a retry."""
    with pytest.raises(Conflict) as refused:
        await decks.dismiss_job(job_id)
    assert refused.value.code == "job_not_failed"


async def test_a_dry_run(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """It says how many match, shows the newest of them and changes nothing."""
    await failed_jobs(decks, database, "abcdefghijkl")
    before = await database.fetch("SELECT * FROM jobs ORDER BY id")
    preview = await decks.retry_jobs({"q": "sales", "dryRun": True})
    assert isinstance(preview, Preview)
    assert (preview.count, [job.deck_id for job in preview.jobs]) == (12, list("lkjihgfedc"))
    assert await database.fetch("SELECT * FROM jobs ORDER BY id") == before


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_another_count(decks: AsyncOrchestrator, database: OwnDatabase, count: int) -> None:
    """If not as many match as were expected, both numbers are told and nothing is changed."""
    ids = await failed_jobs(decks, database, "ab")
    with pytest.raises(Conflict) as refused:
        await decks.retry_jobs({"code": "internal_error", "count": count})
    assert refused.value.code == "count_mismatch"
    assert "2 jobs match" in refused.value.message
    assert f"count says {count}" in refused.value.message
    assert await statuses(database, ids) == ["failed"] * 2


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"count": 0},
        {"dryRun": True},
        {"all": False, "dryRun": True},
        {"all": True, "user": "u", "dryRun": True},
        {"all": "yes", "dryRun": True},
        {"all": True},
        {"user": "u"},
        {"user": "", "dryRun": True},
        {"q": "", "dryRun": True},
        {"usr": "u", "dryRun": True},
        {"status": [], "dryRun": True},
        {"status": "completed", "dryRun": True},
        {"user": "u", "count": "1"},
        {"user": "u", "count": -1},
        {"user": "u", "dryRun": "true"},
        {"user": "u", "limit": 5, "dryRun": True},
        [],
        None,
    ],
    ids=str,
)
async def test_what_is_not_meant(
    decks: AsyncOrchestrator, database: OwnDatabase, action: Action, request_: Any
) -> None:
    """A filter that is empty, misspelt or out of place is not taken for all jobs."""
    waiting = await submit(decks, "a")
    failed = await submit(decks, "b")
    await fail(database, failed)
    with pytest.raises(InvalidRequest):
        await CHANGES[action](decks, request_)
    assert await statuses(database, [waiting, failed]) == ["waiting", "failed"]


async def test_all(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Without a filter `all` stands for what the action can be done to."""
    failed = await failed_jobs(decks, database, "ab")
    waiting = await submit(decks, "c")
    await run(database, await submit(decks, "d"))
    assert await change(decks, "cancel", all=True) == whole(2)
    assert await statuses(database, [*failed, waiting]) == ["failed", "failed", "cancelled"]
    assert await change(decks, "retry", all=True) == whole(2)


async def test_what_can_not_be_retried(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """Purged jobs, decks with an open job, decks completed since: each is skipped, and counted."""
    purged, busy, newer, good = await failed_jobs(decks, database, "abcd")
    await database.execute("UPDATE jobs SET purged_at = now() WHERE id = $1", UUID(purged))
    await submit(decks, "b")
    await complete(database, await submit(decks, "c"))
    reasons = {"deck_completed_since": 1, "deck_has_open_job": 1, "job_purged": 1}
    changed = await change(decks, "retry", status="failed")
    assert changed == BulkResult(matched=4, changed=1, skipped=3, reasons=reasons)
    assert await statuses(database, [purged, busy, newer, good]) == ["failed"] * 3 + ["waiting"]


@pytest.mark.parametrize("batch", [1, 200])
async def test_two_failures_of_a_deck(
    decks: AsyncOrchestrator, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Of several failed jobs of one deck the newest is retried, in one batch or in several."""
    monkeypatch.setattr(bulk_changes, "BATCH", batch)
    ids = await failed_jobs(decks, database, "aaa")
    changed = await change(decks, "retry", deck="a")
    assert changed == BulkResult(matched=3, changed=1, skipped=2, reasons={"deck_has_open_job": 2})
    assert await statuses(database, ids) == ["failed", "failed", "waiting"]
