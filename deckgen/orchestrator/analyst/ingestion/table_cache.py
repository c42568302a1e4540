"""The cache of tables that were read, as database files, for the next steps of the same job.

It is best effort: the files are in a temporary folder of the service, named by the SHA-256 of the
upload, so that a table is never mistaken for another. The processes that read tables share that folder.
If a file can't be written or has vanished, the upload is read again, into memory if need be, with the
same result.
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

from deckgen.bounded.folders import keep_recent, own_folder
from deckgen.domain.uploads.file_kinds import HEAD_BYTES, FileKind, kind_of
from deckgen.orchestrator.analyst.sql.sandbox import MEMORY, connect

SHORT_BYTES = 8_000_000  # a table of so much text takes a tenth of the memory that queries may take
MAX_FILES = 16
MAX_BYTES = 2_000_000_000

# A function that reads an upload into a database (a path, or memory) and returns the open connection.
Read = Callable[[Path, str], duckdb.DuckDBPyConnection]

# Callers of the same table wait for the first to read it. Some tables share a lock, which is harmless.
LOCKS = 64
_MAKING_THE_FOLDER = threading.Lock()
_folders: list[Path] = []
_own_folders = contextlib.ExitStack()
atexit.register(_own_folders.close)


@contextlib.contextmanager
def opened(upload: Path, read: Read, way: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the table of an upload from the cache, or read it by `read` and cache it.

    `way` is a word for the way in which it is read, where there are several.
    """
    with upload.open("rb") as file:
        key = hashlib.file_digest(file, "sha256").hexdigest() + (f"-{way}" if way else "")
    with _alone(key):
        con = _cached(key) or _read(key, upload, read)
    try:
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def opened_once(upload: Path, read: Read, way: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """Read the table of an upload that is not opened again, into memory if it is short text.

    A longer one, or what unpacks to nobody knows how much, goes to a file as any other.
    """
    with upload.open("rb") as file:
        is_text = kind_of(file.read(HEAD_BYTES)) is FileKind.TEXT and upload.suffix != ".gz"
    if is_text and upload.stat().st_size <= SHORT_BYTES:
        with contextlib.closing(read(upload, MEMORY)) as con:
            yield con
    else:
        with opened(upload, read, way) as con:
            yield con


def _cached(key: str) -> duckdb.DuckDBPyConnection | None:
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
    keep_recent(file.parent.glob("*.duckdb"), max_bytes=MAX_BYTES, max_files=MAX_FILES)
    return con


def _file(key: str) -> Path:
    return folder() / f"{key}.duckdb"


@contextlib.contextmanager
def _alone(key: str) -> Iterator[None]:
    """Admit one block at a time for a key, over all processes; all of them if there is no lock."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            folder().mkdir(exist_ok=True)
            lock = stack.enter_context((folder() / f"{int(key[:4], 16) % LOCKS}.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep_in(folder: Path) -> None:
    """Keep the tables of this process in a folder that another process looks after."""
    _folders[:] = [folder]


def folder() -> Path:
    """Returns the folder of the tables; if none was given, one that is removed with this process."""
    with _MAKING_THE_FOLDER:
        if not _folders:
            _folders.append(_own_folders.enter_context(own_folder()))
        return _folders[0]
