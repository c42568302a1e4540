"""The folder of rendered exports: what is not there, or not whole, is rendered again.

Any number of processes may share it. Each deck of each tenant has a folder of its own in it, so that
all of a deck is forgotten at once; each file begins with the hash of its name and content.
"""

import hashlib
import os
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from deckgen.domain.access import LOCAL_TENANT
from deckgen.export.exports import Export

DECK, TENANT = "deck-", "tenant-"  # no id is a name with a meaning, such as ".."
DIGEST_BYTES = 32
# The files are counted whenever one process has added a hundredth, and then at most nine tenths are
# kept: so ten processes that do not know of each other stay within the limit.
COUNTED_AFTER, KEPT = 0.01, 0.9


class ExportCache:
    """Files of at most `max_bytes` together; who was not read for the longest time goes first.

    OSError if `folder` can't be made, or if others can write there: they could put pages into it.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max_bytes = _private(folder), max_bytes
        self._added = float(max_bytes)  # since the files were counted, which was never yet

    def read(self, export: Export) -> bytes | None:
        """What was written for it; None if there is nothing, or nothing that can be used."""
        path = self._path(export)
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        digest, content = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
        if digest != _digest(export, content):
            return None
        with suppress(OSError):  # it goes earlier than it should, then
            os.utime(path)
        return content

    def write(self, export: Export, content: bytes) -> None:
        """Keep it, unless it is too large; OSError if it can't be written. No file is ever half."""
        size = DIGEST_BYTES + len(content)
        if size > self._max_bytes * KEPT:
            return
        self._make_room(size)
        path = self._path(export)
        with suppress(FileNotFoundError):  # the deck was forgotten at this moment
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_at_once(path, _digest(export, content) + content)

    def keep_only(self, tenant: str, deck_id: str, sha256s: Collection[str]) -> None:
        """Remove what was rendered of former decks under this id."""
        for path in self._deck(tenant, deck_id).glob("*"):
            if path.name.partition("-")[0] not in sha256s:
                _remove(path)

    def forget(self, tenant: str, deck_id: str) -> None:
        """Remove all that was rendered under this id."""
        self.keep_only(tenant, deck_id, ())

    def deck_ids(self) -> dict[str, list[str]]:
        """Of which decks there is something, by tenant."""
        found: dict[str, list[str]] = {}
        for path in (*self._folder.glob(f"{DECK}*"), *self._folder.glob(f"{TENANT}*/{DECK}*")):
            of_tenant = path.parent != self._folder
            tenant = path.parent.name.removeprefix(TENANT) if of_tenant else LOCAL_TENANT
            found.setdefault(tenant, []).append(unquote(path.name.removeprefix(DECK)))
        return found

    def _deck(self, tenant: str, deck_id: str) -> Path:
        # Where the decks lie that there were before there were tenants.
        folder = self._folder if tenant == LOCAL_TENANT else self._folder / f"{TENANT}{tenant}"
        return folder / f"{DECK}{quote(deck_id, safe='')}"

    def _path(self, export: Export) -> Path:
        return self._deck(export.tenant, export.deck_id) / f"{export.deck_sha256}-{export.key}"

    def _make_room(self, size: int) -> None:
        self._added += size
        if self._added < self._max_bytes * COUNTED_AFTER:
            return
        self._added = 0
        files = sorted(self._files())
        total = size + sum(each for _, each, _ in files)
        for _, each, path in files:
            if total <= self._max_bytes * KEPT:
                return
            _remove(path)
            total -= each

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """When each was last read, how large it is, and where."""
        for path in (*self._folder.glob("*/*"), *self._folder.glob(f"{TENANT}*/*/*")):
            with suppress(FileNotFoundError):  # another process has removed it
                found = path.stat()
                if stat.S_ISREG(found.st_mode):
                    yield found.st_mtime_ns, found.st_size, path


def _private(folder: Path) -> Path:
    try:
        folder = folder.expanduser()
    except RuntimeError as error:  # nobody knows this user's home
        raise OSError(str(error)) from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"others can write to {folder}")
    return folder


def _digest(export: Export, content: bytes) -> bytes:
    return hashlib.sha256(export.key.encode() + content).digest()


def _write_at_once(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove(path: Path) -> None:
    """The file, and the folders of deck and tenant if it was the last one in them."""
    with suppress(OSError):
        path.unlink()
        path.parent.rmdir()
        if path.parent.parent.name.startswith(TENANT):
            path.parent.parent.rmdir()
