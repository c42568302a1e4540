"""Processes for what reads a foreign file or runs a foreign query: each is bounded, and may be killed.

A call has a process of its own, forked within a hundredth of a second from a server that has loaded
what it takes. The kernel bounds its time, processor time, memory and files, so that no table, whatever
it makes of its reader, holds up or ends another call. At most `processes` of them run at a time, which
bounds their sum; further calls wait. Nothing that a child sends is executed: it is bytes, or an error
in JSON.
"""

import asyncio
import contextlib
import contextvars
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from deckgen.bounded import child
from deckgen.bounded.child import Bounds, Work
from deckgen.bounded.folders import own_folder
from deckgen.bounded.prepared import MARK
from deckgen.domain.errors import DeckgenError, RetryableError, UnreadableData
from deckgen.domain.step_contract import ALL_BUSY, STOPPING
from deckgen.observability.logs import get_logger

log = get_logger(__name__)

T = TypeVar("T")

LONGEST_FOLDER = 70  # beside it there is room for the names below
LEAVE_SECONDS = 5.0  # how long a process may take to end once its answer is there
# For all sets: a start changes what belongs to the process, and looks after all its children.
_LOCK = threading.Lock()
_OVERDUE = (signal.SIGALRM, signal.SIGXCPU)
# Stopped from outside, or by a system that has no memory left.
_STOPPED = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


class Children:
    """At most `processes` at a time, each within `bounds`; `folder` has their temporary files.

    `works` is the module whose functions they are told to call. A process loads the works of one such
    set in advance; those of another one are loaded by each of its children.
    """

    def __init__(self, processes: int, bounds: Bounds, folder: Path, works: str) -> None:
        self._bounds, self._folder, self._works = bounds, folder, works
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(
            ["deckgen.bounded.prepared", works, "deckgen.bounded.loaded"]
        )
        with _LOCK:
            _start_server()  # it loads them in the meantime
        self._threads = ThreadPoolExecutor(processes, "child")
        self._running: set[ForkServerProcess] = set()
        self._is_closed = False

    async def run(self, function: Callable[[], T], *, patience: float | None = None) -> T:
        """What `function` returns, in one of the threads that wait for children.

        RetryableError if none of them has taken it up after `patience` seconds.
        """
        if self._is_closed:
            raise _stopping()
        begun = self._threads.submit(contextvars.copy_context().run, function)
        result = asyncio.wrap_future(begun)
        try:
            await asyncio.wait({result}, timeout=patience)
            if not result.done() and begun.cancel():
                raise RetryableError(f"No process was free for it for {patience:g} s.", code=ALL_BUSY)
            return await result
        except asyncio.CancelledError:
            begun.cancel()
            if self._is_closed:
                raise _stopping() from None
            raise

    def call(self, work: str, *arguments: Any) -> bytes:
        """What the function `work` answers in a child; blocks.

        Raises its DeckgenError, UnreadableData beyond the bounds, RetryableError if the process was
        ended from outside.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)  # whoever clears up /tmp may have removed it
        with tempfile.TemporaryDirectory(prefix="call-", dir=self._folder) as scratch:
            answers, sender = self._context.Pipe(duplex=False)
            told = (sender, self._bounds, Path(scratch), Work(self._works, work, arguments))
            process = self._context.Process(target=child.main, args=told, daemon=True)
            with answers, self._started(process, sender) as ended:
                # The kernel ends it first, unless it is stopped or the machine is busy.
                in_time = answers.poll(self._bounds.seconds + LEAVE_SECONDS)
                answer = _received(answers) if in_time else None
                if answer is None:
                    _kill(process)  # also if it has ended: what it had started may live
                code = ended(LEAVE_SECONDS)
        if answer is None:
            raise self._failure(code, in_time=in_time)
        return child.read(answer)

    def close(self) -> None:
        """End what runs; calls that wait are cancelled."""
        with _LOCK:
            self._is_closed = True
            for process in self._running:
                _kill(process)
        self._threads.shutdown(cancel_futures=True)

    @contextlib.contextmanager
    def _started(
        self, process: ForkServerProcess, sender: Connection
    ) -> Iterator[Callable[[float], int]]:
        """A started process that is gone afterwards, and a function that waits for its exit code."""
        with _LOCK, sender:
            if self._is_closed:
                raise _stopping()
            _start_server()  # else multiprocessing would start a dead one again, unprepared
            with _no_main_module():
                process.start()
            self._running.add(process)

        def ended(seconds: float) -> int:
            if not wait([process.sentinel], seconds):
                _kill(process)
            with _LOCK:
                process.join()
            return process.exitcode or 0

        try:
            yield ended
        finally:
            ended(0)
            with _LOCK:
                self._running.discard(process)
                process.close()

    def _failure(self, code: int, *, in_time: bool) -> DeckgenError:
        """Why a process gave no answer, by its exit code; if it was not in time, we ended it."""
        log.warning("child.ended", exit_code=code, in_time=in_time)
        sign = -code
        if not in_time or sign in _OVERDUE:
            return UnreadableData(
                f"The work on the table took longer than {self._bounds.seconds:g} s. Upload fewer rows "
                "or columns, or have STEP_TIMEOUT_SECONDS raised.",
                code="table_timeout",
            )
        if code > 0:
            return RetryableError(
                "The process that works on the table could not be prepared.",
                code="table_process_failed",
            )
        if sign in _STOPPED:
            return RetryableError(
                "The process that worked on the table was ended from outside, perhaps for want of "
                "memory.",
                code="table_process_killed",
            )
        return UnreadableData(
            "The process that worked on the table broke down. Save the table as plain CSV (UTF-8), "
            "with fewer rows or columns, and upload that.",
            code="table_process_broken",
        )


def _stopping() -> RetryableError:
    return RetryableError("The service is being stopped.", code=STOPPING)


@contextlib.contextmanager
def running(processes: int, bounds: Bounds, works: str) -> Iterator[Children]:
    """Children with a folder of their own, for as long as the block runs."""
    with own_folder() as folder:
        children = Children(processes, bounds, folder, works)
        try:
            yield children
        finally:
            children.close()


def _received(answers: Connection) -> bytes | None:
    """What a process has sent; None if it ended without an answer, or in the middle of it."""
    try:
        return answers.recv_bytes()
    except (EOFError, OSError):
        return None


def _start_server() -> None:
    """Start the server of children, unless it runs. The path of its socket may have 108 bytes only."""
    usual = tempfile.gettempdir()
    tempfile.tempdir = usual if len(usual) < LONGEST_FOLDER else "/tmp"  # noqa: S108 - made private
    os.environ[MARK] = "1"
    try:
        with _no_main_module():
            forkserver.ensure_running()
    finally:
        del os.environ[MARK]
        tempfile.tempdir = usual


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Children need nothing of the program that is run, and would import all of it each time."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _kill(process: ForkServerProcess) -> None:
    """With what it has started itself."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
