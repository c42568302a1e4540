"""The uploaded file as it comes with a step: compressed, and unpacked no further than it may be."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from starlette.datastructures import UploadFile

from deckgen.domain.errors import InvalidRequest, TooLarge

CHUNK = 1 << 20

Part = UploadFile | str | None  # of a form


@contextmanager
def unpacked(part: Part, max_bytes: int) -> Iterator[Path | None]:
    """The file of a part, unpacked, for as long as it is needed; None without such a part.

    A few KB of gzip can unpack to gigabytes: TooLarge as soon as more than `max_bytes` came out.
    InvalidRequest for what is not gzip.
    """
    if not isinstance(part, UploadFile):
        yield None
        return
    with tempfile.NamedTemporaryFile(prefix="deckgen-") as file:
        try:
            _unpack(part.file, file, max_bytes)
        except (OSError, EOFError, zlib.error) as error:
            raise InvalidRequest(
                "The part `dataset` is not a whole gzip file.", code="invalid_dataset"
            ) from error
        yield Path(file.name)


def _unpack(packed: IO[bytes], target: IO[bytes], max_bytes: int) -> None:
    left = max_bytes
    # Said, because a spooled temporary file tells the mode in which it was opened: for writing.
    with gzip.GzipFile(fileobj=packed, mode="rb") as source:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise TooLarge(
                    f"The dataset unpacks to more than the {max_bytes} bytes that it may have.",
                    code="dataset_too_large",
                )
            target.write(chunk)
    target.flush()
