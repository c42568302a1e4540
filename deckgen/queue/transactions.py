"""The transactions of arq's worker, with fewer round trips than the six that a job costs arq.

Four of them take the lock of a job (WATCH, EXISTS, ZSCORE, EXEC) and one reads its message: here the
search for jobs has done that for all that can start at once. The last one ends a job: the ends of
several jobs at the same time share one.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any

from arq.constants import in_progress_key_prefix, job_key_prefix
from redis.asyncio.client import Pipeline
from redis.exceptions import WatchError

from deckgen.redis.refusals import REDIS_AWAY
from deckgen.runtime.batching import Batching

Commands = list[tuple[Any, Any]]
Batches = Batching[Commands, list[Any]]


def batches(new_transaction: Callable[[], Pipeline]) -> Batches:
    """Returns what sends the commands of several callers as one transaction.

    An error of one command stands in the place of its answer; a lost connection fails all of them.
    """

    async def send(many: list[Commands]) -> list[list[Any]]:
        async with new_transaction() as transaction:
            for commands in many:
                transaction.command_stack.extend(commands)
            answers = iter(await transaction.execute(raise_on_error=False))
        return [list(islice(answers, len(commands))) for commands in many]

    return Batching(send)


class JobLocks:
    """The jobs of arq that this process has locked; those not started yet with their messages."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self.is_open = True
        self._locked: set[str] = set()
        self._messages: dict[str, bytes | None] = {}

    @property
    def room(self) -> int:
        """The number of jobs that can still start; at least one, or arq would not ask."""
        return max(1, self._slots - len(self._locked))

    def take(self, arq_id: str, message: bytes | None) -> None:
        """Add a job that was locked; one without a message has expired."""
        self._locked.add(arq_id)
        self._messages[arq_id] = message

    def holds(self, arq_id: str) -> bool:
        """True if the job is locked here and not started yet."""
        return arq_id in self._messages

    def start(self, arq_id: str) -> bytes | None:
        """Start a job; returns its message."""
        return self._messages.pop(arq_id)

    def let_go(self) -> None:
        """End with the worker: Redis drops by itself what it is not told any more."""
        self.is_open = False

    def drop(self, arq_id: str) -> None:
        """Remove a job that is over."""
        self._locked.discard(arq_id)
        self._messages.pop(arq_id, None)


class BatchedTransaction(Pipeline):
    """redis-py's pipeline for arq's worker: the locks answer what they can, the rest is batched."""

    def __init__(self, batches: Batches, job_locks: JobLocks, *args: Any) -> None:
        super().__init__(*args)
        self._batches, self._job_locks = batches, job_locks
        self._wanted: str | None = None  # the job that arq is about to lock

    async def watch(self, *names: Any) -> Any:  # type: ignore[override]
        """Remember which job arq is about to lock, which it does by watching its lock."""
        arq_id = _id_of(in_progress_key_prefix, names[0]) if len(names) == 1 else None
        if arq_id is None:
            return await super().watch(*names)
        self._wanted = arq_id
        return True

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """Answer arq's questions about a lock: nobody else has it, and the job is in the queue."""
        if self._wanted is None:
            return super().execute_command(*args, **kwargs)
        if args[0] == "PSETEX":
            return self
        # The score matters only for arq's own retries, which are not used.
        return _answer({"EXISTS": 0, "ZSCORE": 1}[args[0]])

    def delete(self, *names: Any) -> Any:
        """Remove jobs whose lock or message arq deletes, as they are over."""
        for name in names:
            if arq_id := _id_of(in_progress_key_prefix, name) or _id_of(job_key_prefix, name):
                self._job_locks.drop(arq_id)
        return super().delete(*names)

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Execute the commands; WatchError if another worker has the lock that was wanted."""
        if self._wanted is not None:
            if not self._job_locks.holds(self._wanted):
                raise WatchError("Another worker was faster.")
            return [True]
        if self.watching or self.scripts or not self.command_stack:
            answers: list[Any] = await super().execute(raise_on_error)
            return answers
        commands = self.command_stack
        await self.reset()  # type: ignore[no-untyped-call]
        if (started := self._started(commands)) is not None:
            return started
        try:
            answers = await self._batches.do(commands)
        except REDIS_AWAY:
            if self._job_locks.is_open:
                raise
            return []
        if raise_on_error:
            self.raise_first_error(commands, answers)
        return answers

    def _started(self, commands: Commands) -> list[Any] | None:
        """Returns the answers if arq starts a job with these commands: message, tries, expiry."""
        match [command for command, _ in commands]:
            case [("GET", name), ("INCRBY", _, 1), ("EXPIRE", *_)]:
                arq_id = _id_of(job_key_prefix, name)
                if arq_id is not None and self._job_locks.holds(arq_id):
                    return [self._job_locks.start(arq_id), 1, True]
        return None


class PlainPipeline(Pipeline):
    """redis-py's pipeline without a transaction.

    arq's worker first asks what server it has, for a line in its log, and would wait for one before it
    does anything else. It gets an empty answer at once.
    """

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        if [args[0] for args, _ in self.command_stack] == ["INFO", "INFO", "INFO", "DBSIZE"]:
            return [{}, {}, {}, 0]
        answers: list[Any] = await super().execute(raise_on_error)
        return answers


def _id_of(prefix: str, key: Any) -> str | None:
    return key.removeprefix(prefix) if isinstance(key, str) and key.startswith(prefix) else None


async def _answer(value: int) -> int:
    return value
