"""The transactions of arq's worker with fewer round trips: a job costs it six, one after the other.

Four of them take the lock of a job (WATCH, EXISTS, ZSCORE, EXEC): here one script does the same. The
other two begin and end a job: what several jobs want at the same time goes together.
"""

from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

from arq.constants import in_progress_key_prefix
from redis.asyncio.client import Pipeline
from redis.exceptions import WatchError

from deckgen.queue.gathering import Gathering

# Somebody else's lock stays, and what has left the queue is not started.
LOCK = """
if redis.call('ZSCORE', KEYS[2], ARGV[1]) and redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[2]) then
  return 1
end
return 0
"""
Commands = list[tuple[Any, Any]]
TakeLock = Callable[[list[str], list[Any]], Awaitable[int]]  # the script, with its KEYS and ARGV


Batches = Gathering[Commands, list[Any]]


def batches(new_transaction: Callable[[], Pipeline]) -> Batches:
    """Sends commands of many as one transaction; an error of one stands in the place of its answer.

    If the connection fails, it fails for all of them.
    """

    async def send(many: list[Commands]) -> list[list[Any]]:
        async with new_transaction() as transaction:
            for commands in many:
                transaction.command_stack.extend(commands)
            answers = iter(await transaction.execute(raise_on_error=False))
        return [list(islice(answers, len(commands))) for commands in many]

    return Gathering(send)


class Transaction(Pipeline):
    """redis-py's pipeline for arq's worker: the lock is one script, the rest goes in batches."""

    def __init__(self, batches: Batches, take_lock: TakeLock, *args: Any) -> None:
        super().__init__(*args)
        self._batches, self._take_lock = batches, take_lock
        self._wanted: str | None = None  # the lock that arq is about to take
        self._queue, self._id, self._milliseconds = "", "", 0

    async def watch(self, *names: Any) -> Any:  # type: ignore[override]
        """Watching the lock of a job is how arq begins to take it."""
        if len(names) != 1 or not str(names[0]).startswith(in_progress_key_prefix):
            return await super().watch(*names)
        self._wanted = names[0]
        return True

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """arq's questions about a lock that it wants are answered by the script, at `execute`."""
        if self._wanted is None:
            return super().execute_command(*args, **kwargs)
        command, *rest = args
        if command == "EXISTS":
            return _answer(0)
        if command == "ZSCORE":
            self._queue, self._id = rest
            return _answer(1)  # what it is counts only for retries of arq's own, which nobody uses
        assert command == "PSETEX", f"arq sends {command} where it used to take a lock"
        self._milliseconds = rest[1]
        return self

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        """WatchError if the lock that was wanted is another's, or the job has left the queue."""
        if self._wanted is not None:
            keys, arguments = [self._wanted, self._queue], [self._id, self._milliseconds]
            if not await self._take_lock(keys, arguments):
                raise WatchError("Another worker was faster.")
            return [True]
        if self.watching or self.scripts or not self.command_stack:
            answers: list[Any] = await super().execute(raise_on_error)
            return answers
        commands = self.command_stack
        await self.reset()  # type: ignore[no-untyped-call]
        answers = await self._batches.do(commands)
        if raise_on_error:
            self.raise_first_error(commands, answers)
        return answers


async def _answer(value: int) -> int:
    return value
