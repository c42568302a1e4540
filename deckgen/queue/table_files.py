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
    """A Parquet file, open and without a name; `tag` tells it from other tables."""

    tag: str
    file: BinaryIO


def table_tag(sha256: str, copies: str | None) -> str:
    """Returns what tells a table from others: the upload's hash, and how copies of rows count."""
    return f"{sha256} {copies}" if copies else sha256


async def table_file(
    settings: Settings, sha256: str, gzip: bytes, copies: str | None = None
) -> TableAsRead:
    """Returns the table of an upload; it is whole, so that nobody gets a part of one. `copies` is what
    the brief says of rows that are alike.

    It lies on disk, and the upload is forgotten: a slow reader costs neither memory nor the
    orchestrator's time.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is returned
    try:
        await _fetch(settings, gzip, copies, file)
    except BaseException:
        file.close()
        raise
    return TableAsRead(table_tag(sha256, copies), file)


async def _fetch(settings: Settings, gzip: bytes, copies: str | None, file: BinaryIO) -> None:
    said = {"copies": copies} if copies else {}
    files = {"dataset": ("dataset.gz", gzip, "application/gzip")}
    async with (
        calling(settings) as http,
        http.stream("POST", f"/tables/{TABLE}", files=files, data=said) as answer,
    ):
        if not answer.is_success:
            await answer.aread()
            raise refusal(answer, _not_read())
        async for chunk in answer.aiter_raw(CHUNK):
            await asyncio.to_thread(file.write, chunk)


def _not_read() -> Unavailable:
    return Unavailable("The table could not be read just now. Try again later.", code="table_not_read")
