"""Change many jobs, some at a time: short transactions, exact numbers, nobody waits for all."""

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
from deckgen.queue.event_notifier import Hints
from deckgen.queue.pool import DeliveryPool
from deckgen.store import away, finding, jobs
from deckgen.store import pool as store
from deckgen.store.finding import Match, Standing

log = get_logger(__name__)

BATCH = 200
LOCK_SECONDS = 2.0
LOGGED = {Action.RETRY: "job.redriven", Action.CANCEL: "job.cancelled", Action.DISMISS: "job.dismissed"}
# What several jobs at once can run into, and each of them alone finds its own reason for.
COLLISIONS = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)


class Many:
    def __init__(
        self, database: store.Pool, delivery: DeliveryPool, dispatcher: Dispatcher, hints: Hints
    ) -> None:
        self._database, self._delivery = database, delivery
        self._dispatcher, self._hints = dispatcher, hints

    async def change(
        self, action: Action, matches: Sequence[Match], statuses: Sequence[JobStatus]
    ) -> BulkResult:
        """Do `action` to the jobs that matched, as far as they are still what they were then.

        Unavailable if the database goes away in between; it says how far that has come.
        """
        run = Run(self._database, self._delivery, self._hints, action, statuses)
        try:
            async with away.database():
                await run.all(matches)
        except Unavailable as error:
            raise Unavailable(
                f"The database went away after {run.changed} of {len(matches)} jobs were changed; the "
                "others are as they were. Ask how many match now with dryRun, and go on with those.",
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


class Run:
    """One action on its way through its jobs; `skipped` counts reasons."""

    def __init__(
        self,
        database: store.Pool,
        delivery: DeliveryPool,
        hints: Hints,
        action: Action,
        statuses: Sequence[JobStatus],
    ) -> None:
        self._database, self._delivery, self._hints = database, delivery, hints
        self._action, self._statuses = action, statuses
        self._redis_listens = True
        self.changed = 0
        self.skipped: Counter[str] = Counter()

    async def all(self, matches: Sequence[Match]) -> None:
        """What would be started next is cancelled first; of two jobs of a deck the newer is retried."""
        ordered = reversed(matches) if self._action is Action.CANCEL else iter(matches)
        later: list[Match] = []
        while batch := list(islice(ordered, BATCH)):
            try:
                later += await self._batch(batch)
            except COLLISIONS:
                later += batch
        for match in later:
            await self._alone(match)

    async def _batch(self, matches: Sequence[Match], *, waits: bool = False) -> list[Match]:
        """Those that are gone, or locked by others: nobody is waited for while others wait for us."""
        async with store.transaction(self._database) as connection:
            for match in matches if waits else ():
                await finding.wait_for(connection, match.job_id, seconds=LOCK_SECONDS)
            found = await finding.lock(connection, [match.job_id for match in matches])
            reasons = dict(self._judged(matches, found))
            chosen = [job_id for job_id, reason in reasons.items() if reason is None]
            done = await self._act(connection, chosen)
        await self._tell(done, found)
        self.skipped.update(reason for reason in reasons.values() if reason is not None)
        self.skipped.update(["changed_meanwhile"] * (len(chosen) - len(done)))
        return [match for match in matches if match.job_id not in found]

    async def _alone(self, match: Match) -> None:
        """One job whose lock is waited for."""
        try:
            left = await self._batch([match], waits=True)
        except asyncpg.UniqueViolationError:
            self.skipped["deck_has_open_job"] += 1
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            self.skipped["job_is_locked"] += 1
        else:
            self.skipped.update(["job_not_found"] * len(left))

    def _judged(
        self, matches: Sequence[Match], found: dict[UUID, Standing]
    ) -> Iterator[tuple[UUID, str | None]]:
        decks: set[str] = set()
        for match in matches:
            if job := found.get(match.job_id):
                reason = reason_to_skip(self._action, job, match, self._statuses)
                if reason is None and self._action is Action.RETRY and job.deck_id in decks:
                    reason = "deck_has_open_job"
                if reason is None:
                    decks.add(job.deck_id)
                yield match.job_id, reason

    async def _act(self, connection: store.Connection, job_ids: Sequence[UUID]) -> dict[UUID, int]:
        """Those that were changed; of each that was cancelled the number of its last dispatch."""
        match self._action:
            case Action.CANCEL:
                return await jobs.cancel_many(connection, job_ids)
            case Action.RETRY:
                return dict.fromkeys(await jobs.redrive(connection, *job_ids), 0)
            case Action.DISMISS:
                return dict.fromkeys(await jobs.dismiss(connection, *job_ids), 0)

    async def _tell(self, done: dict[UUID, int], found: dict[UUID, Standing]) -> None:
        """What is committed: to the log, to who follows the jobs, and to workers."""
        self.changed += len(done)
        for job_id in done:
            log.info(LOGGED[self._action], jobId=str(job_id), deckId=found[job_id].deck_id)
            if self._action is not Action.DISMISS:
                self._hints.tell(str(job_id))
        if done and self._action is Action.CANCEL and self._redis_listens:
            running = [str(one) for one in done if found[one].status is JobStatus.ACTIVE]
            dispatches = {str(job_id): number for job_id, number in done.items()}
            self._redis_listens = await control.tell(self._delivery, dispatches, cancelled=running)


def reason_to_skip(
    action: Action, job: Standing, match: Match, statuses: Sequence[JobStatus]
) -> str | None:
    """Why a job that matched is left alone: it has changed since, or it is one that nobody can mean."""
    if action is Action.CANCEL:
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


def _reason_not_to_retry(job: Standing) -> str | None:
    if job.is_purged:
        return "job_purged"
    if job.deck_has_open_job:
        return "deck_has_open_job"
    if job.deck_is_newer:
        return "deck_changed" if job.changes_deck else "deck_completed_since"
    return None
