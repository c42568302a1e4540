"""Changes of many jobs, a batch at a time: short transactions with exact numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID

import asyncpg

from deckgen.domain.errors import Unavailable
from deckgen.domain.finding import Action, BulkResult
from deckgen.domain.jobs import JobStatus
from deckgen.observability.logs import get_logger
from deckgen.queue import control
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.event_notifier import EventNotifier
from deckgen.queue.pool import DeliveryPool
from deckgen.store import audit, away, finding, jobs
from deckgen.store import pool as store
from deckgen.store.finding import LockedJob, Match

log = get_logger(__name__)

BATCH = 200
LOCK_SECONDS = 2.0
LOGGED = {
    Action.RETRY: "job.redriven",
    Action.CANCEL: "job.cancelled",
    Action.DISMISS: "job.dismissed",
    Action.PRIORITY: "job.priority_changed",
}
RECORDED = {
    Action.RETRY: "jobs.retried",
    Action.CANCEL: "jobs.cancelled",
    Action.DISMISS: "jobs.dismissed",
    Action.PRIORITY: "jobs.priority_changed",
}
# Those that Redis has already are taken back, the next to start first.
TAKES_BACK = (Action.CANCEL, Action.PRIORITY)
# A batch can run into these; each of its jobs, changed alone, then finds its own reason.
COLLISIONS = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)


class BulkChanges:
    def __init__(
        self,
        database: store.Pool,
        delivery: DeliveryPool,
        dispatcher: Dispatcher,
        notifier: EventNotifier,
    ) -> None:
        self._database, self._delivery = database, delivery
        self._dispatcher, self._notifier = dispatcher, notifier

    async def change(
        self,
        action: Action,
        matches: Sequence[Match],
        statuses: Sequence[JobStatus],
        *,
        priority: int | None = None,
    ) -> BulkResult:
        """Do `action` to the jobs that matched and have not changed since.

        `priority` is the new one, for the action that changes it.
        Unavailable if the database goes away in between; the message says how far the change has come.
        """
        run = BulkRun(self._database, self._delivery, self._notifier, action, statuses, priority)
        try:
            async with away.database():
                await run.all(matches)
        except Unavailable as error:
            raise Unavailable(
                f"The database went away after {run.changed} of {len(matches)} jobs were changed. The "
                "others are unchanged. Count those that match now with dryRun, and go on with them.",
                code="interrupted",
            ) from error
        finally:
            log.info("jobs.changed", action=action, matched=len(matches), changed=run.changed)
        await self._dispatcher.dispatch()
        if action is Action.CANCEL:
            await self._dispatcher.dispatch_webhooks()
        return BulkResult(
            matched=len(matches),
            changed=run.changed,
            skipped=run.skipped.total(),
            reasons=dict(sorted(run.skipped.items())),
        )


class BulkRun:
    """One action on its way through the jobs; `skipped` counts the reasons."""

    def __init__(
        self,
        database: store.Pool,
        delivery: DeliveryPool,
        notifier: EventNotifier,
        action: Action,
        statuses: Sequence[JobStatus],
        priority: int | None,
    ) -> None:
        self._database, self._delivery, self._notifier = database, delivery, notifier
        self._action, self._statuses = action, statuses
        self._details = {} if priority is None else {"priority": priority}
        self._redis_listens = True
        self.changed = 0
        self.skipped: Counter[str] = Counter()

    async def all(self, matches: Sequence[Match]) -> None:
        """Change all jobs: take back the next to start first; retry the newer of two of a deck."""
        ordered = reversed(matches) if self._action in TAKES_BACK else iter(matches)
        later: list[Match] = []
        while batch := list(islice(ordered, BATCH)):
            try:
                later += await self._batch(batch)
            except COLLISIONS:
                later += batch
        for match in later:
            await self._alone(match)

    async def _batch(self, matches: Sequence[Match], *, waits: bool = False) -> list[Match]:
        """Change a batch; returns the jobs that are gone, or locked by others unless `waits`."""
        async with self._database.acquire() as connection:
            for match in matches if waits else ():
                await finding.wait_for(connection, match.job_id, seconds=LOCK_SECONDS)
            locked = await finding.lock(connection, [match.job_id for match in matches])
            reasons = dict(self._reasons(matches, locked))
            chosen = [job_id for job_id, reason in reasons.items() if reason is None]
            done = await self._apply(connection, chosen)
            if done:  # one entry a transaction: what was committed is in the audit, and nothing else
                details = {"changed": len(done)} | self._details
                await audit.record(connection, RECORDED[self._action], "jobs", None, **details)
        await self._tell(done, locked)
        self.skipped.update(reason for reason in reasons.values() if reason is not None)
        self.skipped.update(["changed_meanwhile"] * (len(chosen) - len(done)))
        return [match for match in matches if match.job_id not in locked]

    async def _alone(self, match: Match) -> None:
        """Change one job, and wait for its lock."""
        try:
            left = await self._batch([match], waits=True)
        except asyncpg.UniqueViolationError:
            self.skipped["deck_has_open_job"] += 1
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            self.skipped["job_is_locked"] += 1
        else:
            self.skipped.update(["job_not_found"] * len(left))

    def _reasons(
        self, matches: Sequence[Match], locked: dict[UUID, LockedJob]
    ) -> Iterator[tuple[UUID, str | None]]:
        decks: set[str] = set()
        for match in matches:
            if job := locked.get(match.job_id):
                reason = reason_to_skip(self._action, job, match, self._statuses)
                if reason is None and self._action is Action.RETRY and job.deck_id in decks:
                    reason = "deck_has_open_job"
                if reason is None:
                    decks.add(job.deck_id)
                yield match.job_id, reason

    async def _apply(self, connection: store.Connection, job_ids: Sequence[UUID]) -> dict[UUID, int]:
        """Returns the jobs that were changed; one to take back with the number of its dispatch."""
        match self._action:
            case Action.CANCEL:
                return await jobs.cancel_many(connection, job_ids)
            case Action.RETRY:
                return dict.fromkeys(await jobs.redrive_many(connection, job_ids), 0)
            case Action.DISMISS:
                return dict.fromkeys(await jobs.dismiss_many(connection, job_ids), 0)
            case Action.PRIORITY:
                return await jobs.change_priorities(connection, job_ids, self._details["priority"])

    async def _tell(self, done: dict[UUID, int], locked: dict[UUID, LockedJob]) -> None:
        """Tell the log, the followers of the jobs and the workers what was committed."""
        self.changed += len(done)
        for job_id in done:
            log.info(LOGGED[self._action], jobId=str(job_id), deckId=locked[job_id].deck_id)
            if self._action is not Action.DISMISS:
                self._notifier.tell(str(job_id))
        if done and self._action in TAKES_BACK and self._redis_listens:
            running = [str(job_id) for job_id in done if locked[job_id].status is JobStatus.ACTIVE]
            dispatches = {str(job_id): number for job_id, number in done.items()}
            self._redis_listens = await control.tell(self._delivery, dispatches, cancelled=running)


def reason_to_skip(
    action: Action, job: LockedJob, match: Match, statuses: Sequence[JobStatus]
) -> str | None:
    """Returns why a job that matched is left alone; None if it is changed."""
    if action in TAKES_BACK:
        if job.status in statuses:
            return None
        return "job_is_over" if job.status.is_terminal else "changed_meanwhile"
    if job.status is not JobStatus.FAILED:
        return "job_not_failed"
    if job.last_event != match.last_event:
        return "changed_meanwhile"
    if job.is_dismissed:
        return "job_dismissed"
    return _reason_not_to_retry(job) if action is Action.RETRY else None


def _reason_not_to_retry(job: LockedJob) -> str | None:
    if job.is_purged:
        return "job_purged"
    if job.deck_has_open_job:
        return "deck_has_open_job"
    if job.deck_is_newer:
        return "deck_changed" if job.changes_deck else "deck_completed_since"
    return None
