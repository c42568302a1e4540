"""A temporary folder of a process; nothing of it is left, even after kill -9."""

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PREFIX = "deckgen-own-"
_LOCK = "lock"
# Linux's folder in memory. Where each new file costs as much as a database's page, it is far faster.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made there is private
_ROOM_BYTES = 2_000_000_000


def temporary() -> Path:
    """Returns the folder in which temporary files are made."""
    return Path(tempfile.gettempdir())


def in_memory() -> Path:
    """Returns a folder in memory for temporary files, if there is one with much room.

    Whoever names a folder by TMPDIR gets that one.
    """
    with contextlib.suppress(OSError):
        room = os.statvfs(_MEMORY)
        if "TMPDIR" not in os.environ and room.f_bavail * room.f_frsize > _ROOM_BYTES:
            return _MEMORY
    return temporary()


@contextlib.contextmanager
def own_folder(parent: Path | None = None) -> Iterator[Path]:
    """Provide a new folder in `parent` (usually that of temporary files) for the length of the block.

    The folders of processes that were killed before they could clean up are removed.
    """
    parent = parent or temporary()
    _remove_abandoned(parent)
    # It has its name before it is made, or a signal between the two would leave it.
    folder = parent / f"{PREFIX}{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700)
        # The lock is taken under another name first, so that no starting neighbour removes the folder.
        with (folder / f"{_LOCK}.new").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until the process ends, however it does
            Path(lock.name).rename(folder / _LOCK)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    for lock in parent.glob(f"{PREFIX}*/{_LOCK}"):
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
