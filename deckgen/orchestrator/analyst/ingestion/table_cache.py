"""Tables that were read, kept as database files for the next steps of the same job.

Best effort: the files lie in a temporary folder of the service, named by the SHA-256 of the upload, so
that a table is never taken for another. The processes that read tables for it share that folder. Where
a file can't be written or has vanished, the upload is read again, into memory if need be: the result is
the same.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from deckgen.bounded.folders import own_folder
from deckgen.orchestrator.analyst.sql.sandbox import MEMORY, connect

MAX_FILES = 16
MAX_BYTES = 2_000_000_000

# Reads an upload into a database (a path, or memory) and gives the open connection.
Read = Callable[[Path, str], duckdb.DuckDBPyConnection]

# Who wants the same table waits for whoever reads it. Some tables share a lock, which does no harm.
LOCKS = 64
_MAKING_THE_FOLDER = threading.Lock()
_folders: list[Path] = []
_own = contextlib.ExitStack()
atexit.register(_own.close)


@contextlib.contextmanager
def opened(upload: Path, read: Read) -> Iterator[duckdb.DuckDBPyConnection]:
    """The table of an upload: as it was kept, or read by `read`, and then kept."""
    with upload.open("rb") as file:
        key = hashlib.file_digest(file, "sha256").hexdigest()
    with _alone(key):
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
    with tempfile.TemporaryDirectory(prefix="deckgen-") as scratch:
        draft = Path(scratch) / file.name
        read(upload, str(draft)).close()
        shutil.move(draft, file)
    con = connect(str(file), read_only=True)
    _trim(file.parent)
    return con


def _trim(folder: Path) -> None:
    """Remove the files that were not used for longest; whoever reads one just now keeps it."""
    files = []
    for path in folder.glob("*.duckdb"):
        with contextlib.suppress(FileNotFoundError):  # another process does the same
            files.append((path, path.stat()))
    files.sort(key=lambda item: -item[1].st_mtime_ns)
    total = 0
    for number, (path, stat) in enumerate(files, start=1):
        total += stat.st_size
        if number > MAX_FILES or total > MAX_BYTES:
            path.unlink(missing_ok=True)


def _file(key: str) -> Path:
    return folder() / f"{key}.duckdb"


@contextlib.contextmanager
def _alone(key: str) -> Iterator[None]:
    """One at a time for a key, in whatever process or thread; all at once if no lock can be had."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            folder().mkdir(exist_ok=True)
            lock = stack.enter_context((folder() / f"{int(key[:4], 16) % LOCKS}.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep_in(folder: Path) -> None:
    """From now on the tables of this process are kept in a folder that another one looks after."""
    _folders[:] = [folder]


def folder() -> Path:
    """Where tables are kept: a folder that is gone when this process ends, if none was given."""
    with _MAKING_THE_FOLDER:
        if not _folders:
            _folders.append(_own.enter_context(own_folder()))
        return _folders[0]
