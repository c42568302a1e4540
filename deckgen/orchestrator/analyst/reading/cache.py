"""Tables that were read, kept as database files for the next steps of the same job.

Best effort: the files lie in a temporary folder of this process, named by the SHA-256 of the upload, so
that a table is never taken for another. Where a file can't be written or has vanished, the upload is
read again, into memory if need be: the result is the same.
"""

import atexit
import contextlib
import fcntl
import functools
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from deckgen.orchestrator.analyst.reading.connections import MEMORY, connect

MAX_FILES = 16
MAX_BYTES = 2_000_000_000
_PREFIX = "deckgen-tables-"
_LOCK = "lock"

# Reads an upload into a database (a path, or memory) and gives the open connection.
Read = Callable[[Path, str], duckdb.DuckDBPyConnection]

# Who wants the same table waits for whoever reads it. Some tables share a lock, which does no harm.
_READING = [threading.Lock() for _ in range(64)]
_MAKING_THE_FOLDER = threading.Lock()


@contextlib.contextmanager
def opened(upload: Path, read: Read) -> Iterator[duckdb.DuckDBPyConnection]:
    """The table of an upload: as it was kept, or read by `read`, and then kept."""
    with upload.open("rb") as file:
        key = hashlib.file_digest(file, "sha256").hexdigest()
    with _READING[int(key[:4], 16) % len(_READING)]:
        con = _kept(key) or _read(key, upload, read)
    try:
        yield con
    finally:
        con.close()


def _kept(key: str) -> duckdb.DuckDBPyConnection | None:
    try:
        file = _file(key)
        os.utime(file)
        return connect(str(file), read_only=True)
    except (OSError, duckdb.Error):
        return None


def _read(key: str, upload: Path, read: Read) -> duckdb.DuckDBPyConnection:
    try:
        return _read_into_file(_file(key), upload, read)
    except (OSError, duckdb.Error):
        return read(upload, MEMORY)


def _read_into_file(file: Path, upload: Path, read: Read) -> duckdb.DuckDBPyConnection:
    draft = file.with_suffix(".part")
    file.parent.mkdir(exist_ok=True)
    try:
        draft.unlink(missing_ok=True)
        read(upload, str(draft)).close()
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    con = connect(str(file), read_only=True)
    _trim(file.parent)
    return con


def _trim(folder: Path) -> None:
    """Remove the files that were not used for longest; whoever reads one just now keeps it."""
    files = [(path, path.stat()) for path in folder.glob("*.duckdb")]
    files.sort(key=lambda item: -item[1].st_mtime_ns)
    total = 0
    for number, (path, stat) in enumerate(files, start=1):
        total += stat.st_size
        if number > MAX_FILES or total > MAX_BYTES:
            path.unlink(missing_ok=True)


def _file(key: str) -> Path:
    with _MAKING_THE_FOLDER:
        return _folder() / f"{key}.duckdb"


@functools.cache
def _folder() -> Path:
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # Locked for as long as this process lives.
    fcntl.flock(os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR), fcntl.LOCK_EX)
    return folder


def _remove_abandoned() -> None:
    """The folders of processes that were killed before they could clear up."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError), lock.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
