"""Answers out of a file that is open and has no name any more: nothing is left, whatever ends."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from typing import BinaryIO

from starlette.responses import StreamingResponse

CHUNK = 1 << 18


class OpenFileResponse(StreamingResponse):
    """The content of a file from its beginning; it is closed afterwards."""

    def __init__(self, file: BinaryIO, *, media_type: str, headers: Mapping[str, str]) -> None:
        length = {"Content-Length": str(file.seek(0, os.SEEK_END))}
        super().__init__(_chunks(file), media_type=media_type, headers={**headers, **length})


async def _chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
