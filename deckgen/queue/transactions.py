"""The transactions of arq's worker with fewer round trips: a job costs it six, one after the other.

Four of them take the lock of a job (WATCH, EXISTS, ZSCORE, EXEC) and one reads its message: here the
search for jobs did that already, for all that can start at once. The last one ends a job: what several
jobs want at the same time goes together.
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
    """Sends commands of many as one transaction; an error of one stands in the place of its answer.

    If the connection fails, it fails for all of them.
    """

    async def send(many: list[Commands]) -> list[list[Any]]:
        async with new_transaction() as transaction:
            for commands in many:
                transaction.command_stack.extend(commands)
            answers = iter(await transaction.execute(raise_on_error=False))
        return [list(islice(answers, len(commands))) for commands in many]

    return Batching(send)


class Hand:
    """The jobs of arq whose locks this process took: those not started yet, with their messages."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self.is_open = True
        self._locked: set[str] = set()
        self._messages: dict[str, bytes | None] = {}

    @property
    def room(self) -> int:
        """How many more can start at once; arq asks only if it is one at least."""
        return max(1, self._slots - len(self._locked))

    def take(self, arq_id: str, message: bytes | None) -> None:
        """Its lock is ours; without a message it has expired."""
        self._locked.add(arq_id)
        self._messages[arq_id] = message

    def holds(self, arq_id: str) -> bool:
        """Whether it can be started."""
        return arq_id in self._messages

    def start(self, arq_id: str) -> bytes | None:
        """Its message."""
        return self._messages.pop(arq_id)

    def let_go(self) -> None:
        """The worker ends: what Redis is not told any more, it forgets by itself."""
        self.is_open = False

    def drop(self, arq_id: str) -> None:
        """It is over."""
        self._locked.discard(arq_id)
        self._messages.pop(arq_id, None)


class Transaction(Pipeline):
    """redis-py's pipeline for arq's worker: the hand answers what it can, the rest goes in batches."""

    def __init__(self, batches: Batches, hand: Hand, *args: Any) -> None:
        super().__init__(*args)
        self._batches, self._hand = batches, hand
        self._wanted: str | None = None  # the job that arq is about to lock

    async def watch(self, *names: Any) -> Any:  # type: ignore[override]
        """Watching the lock of a job is how arq begins to take it."""
        arq_id = _id_of(in_progress_key_prefix, names[0]) if len(names) == 1 else None
        if arq_id is None:
            return await super().watch(*names)
        self._wanted = arq_id
        return True

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """Answers arq's questions about a lock: nobody else has it, and the job is in the queue."""
        if self._wanted is None:
            return super().execute_command(*args, **kwargs)
        if args[0] == "PSETEX":
            return self
        # The score counts only for retries of arq's own, which nobody uses.
        return _answer({"EXISTS": 0, "ZSCORE": 1}[args[0]])

    def delete(self, *names: Any) -> Any:
        """arq deletes the lock of a job that is over, or its message: its clock keeps its locks."""
        for name in names:
            if arq_id := _id_of(in_progress_key_prefix, name) or _id_of(job_key_prefix, name):
                self._hand.drop(arq_id)
        return super().delete(*names)

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        """WatchError if the lock that was wanted is not in our hand."""
        if self._wanted is not None:
            if not self._hand.holds(self._wanted):
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
            if self._hand.is_open:
                raise
            return []
        if raise_on_error:
            self.raise_first_error(commands, answers)
        return answers

    def _started(self, commands: Commands) -> list[Any] | None:
        """The answers if these are the commands with which arq starts a job: message, tries, expiry."""
        match [command for command, _ in commands]:
            case [("GET", name), ("INCRBY", _, 1), ("EXPIRE", *_)]:
                arq_id = _id_of(job_key_prefix, name)
                if arq_id is not None and self._hand.holds(arq_id):
                    return [self._hand.start(arq_id), 1, True]
        return None


class Questions(Pipeline):
    """redis-py's pipeline without a transaction.

    arq's worker begins by asking what server it has, for a line in its log, and would wait for one
    before it does anything else: it is told nothing.
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
