"""File locks (flock). A child that inherits the descriptor holds the lock as long as it lives."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL = 0.02  # seconds


def open_lock(path: Path) -> int:
    """Returns a descriptor of the lock file `path`, not locked yet."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def lock_shared(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def lock_exclusive(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def try_exclusive(descriptor: int, seconds: float = 0) -> bool:
    """Take the lock; False if somebody else still holds it after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(POLL)
        else:
            return True


def is_held(path: Path) -> bool:
    """True if somebody holds the lock exclusively."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[int]:
    """Hold the lock and yield its descriptor."""
    descriptor = open_lock(path)
    try:
        lock_exclusive(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)
