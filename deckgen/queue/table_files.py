"""The table of a stored deck as it was read, written by the orchestrator."""

import asyncio
import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from deckgen.config.settings import Settings
from deckgen.domain.errors import Unavailable
from deckgen.queue.orchestrator_calls import calling, refusal

TABLE = "data"  # its name in the SQL of facts
CHUNK = 1 << 18


@dataclass(frozen=True)
class TableAsRead:
    """A Parquet file, open and without a name; `sha256` is that of the upload that was read."""

    sha256: str
    file: BinaryIO


async def table_file(settings: Settings, sha256: str, gzip: bytes) -> TableAsRead:
    """Returns the table of an upload; it is whole, so that nobody gets a part of one.

    It lies on disk, and the upload is forgotten: a slow reader costs neither memory nor the
    orchestrator's time.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is returned
    try:
        await _fetch(settings, gzip, file)
    except BaseException:
        file.close()
        raise
    return TableAsRead(sha256, file)


async def _fetch(settings: Settings, gzip: bytes, file: BinaryIO) -> None:
    files = {"dataset": ("dataset.gz", gzip, "application/gzip")}
    async with (
        calling(settings) as http,
        http.stream("POST", f"/tables/{TABLE}", files=files) as answer,
    ):
        if not answer.is_success:
            await answer.aread()
            raise refusal(answer, _not_read())
        async for chunk in answer.aiter_raw(CHUNK):
            await asyncio.to_thread(file.write, chunk)


def _not_read() -> Unavailable:
    return Unavailable("The table could not be read just now. Try again later.", code="table_not_read")
