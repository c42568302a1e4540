"""The files of the last tables: several steps of a job read one, which is sent with the first."""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deckgen.bounded.folders import keep_recent

MAX_BYTES = 500_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class HeldFile:
    """A file that is held, in the place of one that is sent."""

    sha256: str


class HeldFiles:
    """Files by the SHA-256 of their content, of at most `max_bytes` together; the least recently used
    ones are removed first.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder, self._max_bytes = folder, max_bytes

    def holds(self, sha256: str) -> bool:
        return _SHA256.fullmatch(sha256) is not None and self._path(sha256).exists()

    def keep(self, file: Path, sha256: str) -> None:
        """Hold a file from now on, if its content has this hash."""
        with file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
                return
        # It is best effort: a file that is not held is sent again.
        with contextlib.suppress(OSError):
            os.link(file, self._path(sha256))
            # Not the folder's lock, which says that its process lives.
            held = (path for path in self._folder.iterdir() if _SHA256.fullmatch(path.name))
            keep_recent(held, max_bytes=self._max_bytes)

    @contextlib.contextmanager
    def opened(self, sha256: str) -> Iterator[Path | None]:
        """Provide a file for the length of the block, even if it is dropped; None if it is missing."""
        with tempfile.TemporaryDirectory(prefix="deckgen-", dir=self._folder) as folder:
            link = Path(folder) / "table"
            try:
                os.utime(self._path(sha256))
                os.link(self._path(sha256), link)
            except OSError:
                yield None
            else:
                yield link

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256
