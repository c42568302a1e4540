"""Bounded processes that read foreign files and run foreign queries, and may be killed.

Each call has its own process, forked within a hundredth of a second from a server that has loaded the
needed modules. The kernel bounds its time, processor time, memory and files, so that no table, whatever
it does to its reader, delays or ends another call. At most `processes` of them run at a time, which
bounds their sum; further calls wait. Nothing that a child sends is executed: it is bytes, or an error
in JSON.
"""

import asyncio
import contextlib
import contextvars
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from deckgen.bounded import child, fork_server
from deckgen.bounded.child import Bounds, Work
from deckgen.bounded.folders import own_folder
from deckgen.bounded.fork_server import CONTEXT, LOCK
from deckgen.domain.errors import DeckgenError, RetryableError, UnreadableData
from deckgen.domain.step_contract import ALL_BUSY, STOPPING
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

T = TypeVar("T")

LEAVE_SECONDS = 5.0  # for a process to end once its answer is there
_OVERDUE = (signal.SIGALRM, signal.SIGXCPU)
# These come from outside, or from a system that has no memory left.
_STOPPED = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


class Children:
    """A set of at most `processes` at a time, each within `bounds`, with temporary files in `folder`.

    `works` is the module whose functions they call. The server from which they are forked loads it in
    advance, if it was started for it.
    """

    def __init__(self, processes: int, bounds: Bounds, folder: Path, works: str) -> None:
        self._bounds, self._folder, self._works = bounds, folder, works
        self._threads = ThreadPoolExecutor(processes, "child")
        self._running: set[ForkServerProcess] = set()
        self._is_closed = False

    async def run(self, function: Callable[[], T], *, patience: float | None = None) -> T:
        """Returns the result of `function`, run in one of the threads that wait for children.

        RetryableError if no thread has begun it after `patience` seconds.
        """
        if self._is_closed:
            raise _stopping()
        future = self._threads.submit(contextvars.copy_context().run, function)
        result = asyncio.wrap_future(future)
        try:
            await asyncio.wait({result}, timeout=patience)
            if not result.done() and future.cancel():
                raise RetryableError(
                    f"No process was free for the table within {patience:g} s.", code=ALL_BUSY
                )
            return await result
        except asyncio.CancelledError:
            future.cancel()
            if self._is_closed:
                raise _stopping() from None
            raise

    def call(self, work: str, *arguments: Any) -> bytes:
        """Returns the answer of the function `work` in a child; blocks.

        Raises its DeckgenError, UnreadableData beyond the bounds, RetryableError if the process was
        ended from outside.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)  # a clean-up of /tmp may have removed it
        with tempfile.TemporaryDirectory(prefix="call-", dir=self._folder) as scratch:
            answers, sender = CONTEXT.Pipe(duplex=False)
            child_arguments = (sender, self._bounds, Path(scratch), Work(self._works, work, arguments))
            process = CONTEXT.Process(target=child.main, args=child_arguments, daemon=True)
            with answers, self._started(process, sender) as ended:
                # The kernel ends it first, unless it is stopped or the machine is busy.
                in_time = answers.poll(self._bounds.seconds + LEAVE_SECONDS)
                answer = _received(answers) if in_time else None
                if answer is None:
                    _kill(process)  # even if it has ended: processes that it started may be alive
                code = ended(LEAVE_SECONDS)
        if answer is None:
            raise self._failure(code, in_time=in_time)
        return child.read(answer)

    def close(self) -> None:
        """End all running processes; waiting calls are cancelled."""
        with LOCK:
            self._is_closed = True
            for process in self._running:
                _kill(process)
        self._threads.shutdown(cancel_futures=True)

    @contextlib.contextmanager
    def _started(
        self, process: ForkServerProcess, sender: Connection
    ) -> Iterator[Callable[[float], int]]:
        """Run a process for the length of the block; yields a function that waits for its exit code."""
        with LOCK, sender:
            if self._is_closed:
                raise _stopping()
            # Else multiprocessing would start it, or a dead one again, unprepared.
            fork_server.ensure(self._works)
            with fork_server.no_main_module():
                process.start()
            self._running.add(process)

        def ended(seconds: float) -> int:
            if not wait([process.sentinel], seconds):
                _kill(process)
            with LOCK:
                process.join()
            return process.exitcode or 0

        try:
            yield ended
        finally:
            ended(0)
            with LOCK:
                self._running.discard(process)
                process.close()

    def _failure(self, code: int, *, in_time: bool) -> DeckgenError:
        """Returns the error for a process that gave no answer; without `in_time` it was killed."""
        log.warning("child.ended", exit_code=code, in_time=in_time)
        sign = -code
        if not in_time or sign in _OVERDUE:
            return UnreadableData(
                f"Processing the table took longer than {self._bounds.seconds:g} s. Upload fewer rows "
                "or columns, or ask the operator to raise STEP_TIMEOUT_SECONDS.",
                code="table_timeout",
            )
        if code > 0:
            return RetryableError(
                "The process for the table could not be started.",
                code="table_process_failed",
            )
        if sign in _STOPPED:
            return RetryableError(
                "The process for the table was ended from outside, perhaps because memory ran out.",
                code="table_process_killed",
            )
        return UnreadableData(
            "The process for the table crashed. Save the table as plain CSV (UTF-8), with fewer rows "
            "or columns, and upload that.",
            code="table_process_broken",
        )


def _stopping() -> RetryableError:
    return RetryableError("The service is being stopped.", code=STOPPING)


@contextlib.contextmanager
def running(processes: int, bounds: Bounds, works: str) -> Iterator[Children]:
    """Run children with their own folder for the length of the block."""
    with own_folder() as folder:
        children = Children(processes, bounds, folder, works)
        try:
            yield children
        finally:
            children.close()


def _received(answers: Connection) -> bytes | None:
    """Returns what a process has sent; None if it ended without a complete answer."""
    try:
        return answers.recv_bytes()
    except (EOFError, OSError):
        return None


def _kill(process: ForkServerProcess) -> None:
    """Kill a process together with those that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
