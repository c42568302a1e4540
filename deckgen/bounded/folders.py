"""A temporary folder of a process; nothing of it is left, even after kill -9."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_PREFIX = "deckgen-tables-"
_LOCK = "lock"


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """Provide a new folder for the length of the block.

    The folders of processes that were killed before they could clean up are removed.
    """
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        # The lock is taken under another name first, so that no starting neighbour removes the folder.
        with (folder / f"{_LOCK}.new").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until the process ends, however it does
            Path(lock.name).rename(folder / _LOCK)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned() -> None:
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError), lock.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


def keep_recent(files: Iterable[Path], *, max_bytes: int, max_files: int | None = None) -> None:
    """Remove the least recently used files beyond the bounds; a process that has one open keeps it."""
    stats = []
    for file in files:
        with contextlib.suppress(FileNotFoundError):  # another process does the same
            stats.append((file, file.stat()))
    stats.sort(key=lambda item: -item[1].st_mtime_ns)
    total = 0
    for number, (file, stat) in enumerate(stats, start=1):
        total += stat.st_size
        if total > max_bytes or (max_files is not None and number > max_files):
            file.unlink(missing_ok=True)
