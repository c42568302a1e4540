"""The uploaded file of a step: it comes compressed, and is unpacked only up to its limit."""

import gzip
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest, TooLarge
from deckgen.http import bodies, forms

CHUNK = 1 << 20
MAX_FIELD_BYTES = 1_000_000
MAX_PART_BYTES = 100_000_000  # both parts are files, which are held on disk
READ_TIMEOUT = 30.0

Part = UploadFile | str | None  # of a form


@asynccontextmanager
async def read_form(request: Request) -> AsyncIterator[FormData]:
    """Provide the form of a call, which is read within the limits of size and time."""
    settings: Settings = request.app.state.settings
    bounded = bodies.bounded(
        request, max_bytes=settings.max_csv_bytes + 2 * MAX_PART_BYTES, timeout=READ_TIMEOUT
    )
    async with forms.read_form(bounded, max_part_bytes=MAX_FIELD_BYTES) as form:
        yield form


@contextmanager
def unpacked(part: Part, max_bytes: int) -> Iterator[Path | None]:
    """Provide the unpacked file of a part for the length of the block; None without such a part.

    A few KB of gzip can unpack to gigabytes: TooLarge as soon as there are more than `max_bytes`.
    InvalidRequest if it is not gzip.
    """
    if not isinstance(part, UploadFile):
        yield None
        return
    with tempfile.NamedTemporaryFile(prefix="deckgen-") as file:
        try:
            _unpack(part.file, file, max_bytes)
        except (OSError, EOFError, zlib.error) as error:
            raise InvalidRequest(
                "The part `dataset` is not a complete gzip file.", code="invalid_dataset"
            ) from error
        yield Path(file.name)


def _unpack(packed: IO[bytes], target: IO[bytes], max_bytes: int) -> None:
    remaining = max_bytes
    # The mode is explicit, because a spooled temporary file reports the one it was opened in: writing.
    with gzip.GzipFile(fileobj=packed, mode="rb") as source:
        while chunk := source.read(CHUNK):
            remaining -= len(chunk)
            if remaining < 0:
                raise TooLarge(
                    f"The dataset unpacks to more than the permitted {max_bytes} bytes.",
                    code="dataset_too_large",
                )
            target.write(chunk)
    target.flush()
