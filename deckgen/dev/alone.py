"""The lock that lets one supervisor at a time use a folder, and ends what a killed one left."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deckgen.dev import locks
from deckgen.dev.processes import end_leftover, ended_with_parent
from deckgen.dev.stack import COMMANDS, GRACE_SECONDS
from deckgen.domain.errors import Unavailable

Remember = Callable[[dict[str, int]], None]


@contextmanager
def alone(home: Path, drain_seconds: float) -> Iterator[tuple[int, Remember]]:
    """Yield the lock that the supervised processes inherit, and a function that saves their ids.

    Raises Unavailable if another supervisor runs with `home`, or its processes can't be ended.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    ids = home / "stack.json"
    supervisor, stack = locks.open_lock(home / "supervisor.lock"), locks.open_lock(home / "stack.lock")
    try:
        if not locks.try_exclusive(supervisor):
            raise Unavailable(f"Another `deckgen dev` is already running with the data in {home}.")
        if not locks.try_exclusive(stack):
            sys.stderr.write("Waiting for the processes that a killed run left behind …\n")
            _end_former(stack, ids, drain_seconds)
        yield stack, lambda pids: _save(ids, pids)
    finally:
        os.close(supervisor)
        os.close(stack)


def _end_former(stack: int, ids: Path, drain_seconds: float) -> None:
    """End the processes of a killed run, by SIGTERM and then by SIGKILL."""
    # Where the kernel signals the end of a parent, they are draining already.
    if not ended_with_parent(signal.SIGTERM):
        _signal(ids, signal.SIGTERM)
    if locks.try_exclusive(stack, drain_seconds + GRACE_SECONDS):
        return
    _signal(ids, signal.SIGKILL)
    if not locks.try_exclusive(stack, GRACE_SECONDS):
        raise Unavailable(f"Processes of an earlier run do not end; their ids are in {ids}.")


def _signal(ids: Path, sign: signal.Signals) -> None:
    for name, pid in json.loads(ids.read_text()).items():
        end_leftover(pid, COMMANDS[name][-1], sign)


def _save(ids: Path, pids: dict[str, int]) -> None:
    ids.write_text(json.dumps(pids))
