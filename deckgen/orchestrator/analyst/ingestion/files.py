"""The rows of a text as CSV in UTF-8 that DuckDB can read, without the lines above the data."""

import codecs
import contextlib
import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import TableShape, sniff, take_sample
from deckgen.orchestrator.analyst.ingestion.containers import opened
from deckgen.orchestrator.analyst.ingestion.mending.mend import Mended, mend
from deckgen.orchestrator.analyst.ingestion.places import Places

_CHUNK = 1 << 20


@dataclass(frozen=True)
class CsvBody:
    """The rows of data as CSV text in UTF-8, and the shape of the file that they come from.

    `places` tells the lines of rows, `notes` what had to be mended; of `unused` lines values were lost.
    """

    file: Path
    shape: TableShape
    places: Places
    notes: tuple[str, ...] = ()
    unused: int = 0


@contextlib.contextmanager
def body_of(path: Path, *, is_sheet: bool = False) -> Iterator[CsvBody]:
    """Provide a copy of the data for the length of the block; in memory if no file can be written.

    The lines of a sheet were written by us, so none has to be mended. Raises UnreadableData.
    """
    shape = shape_of(path)
    with contextlib.ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deckgen-")))
            file, other = folder / "body.csv", folder / "mended.csv"
            shape, above = _copy(path, file, shape)
        except OSError:
            file, other = (stack.enter_context(_memory_file()) for _ in range(2))
            shape, above = _copy(path, file, shape)
        mended = mend(file, shape, above, other) if not is_sheet else Mended(file, above)
        places = Places(mended.file, shape.separator, mended.shifts, is_sheet)
        yield CsvBody(mended.file, shape, places, tuple(mended.notes), mended.unused)


@contextlib.contextmanager
def _memory_file() -> Iterator[Path]:
    descriptor = os.memfd_create("deckgen-body")
    try:
        yield Path(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)


def shape_of(path: Path, encoding: str | None = None) -> TableShape:
    """Returns the shape of an upload by its first bytes. Raises UnreadableData."""
    with _readable(), opened(path) as file:
        sample, complete = take_sample(file)
    return sniff(sample, complete=complete, encoding=encoding)


def _copy(path: Path, target: Path, shape: TableShape) -> tuple[TableShape, int]:
    """Write the rows of data; returns the shape, another one if the file is not in UTF-8 after all, and
    the number of lines above the data.
    """
    try:
        with _readable(), opened(path) as source, target.open("wb") as file:
            above = _transcode(source, file, shape)
    except UnicodeDecodeError:
        return _copy(path, target, shape_of(path, "cp1252"))
    return shape, above


def _transcode(source: BinaryIO, target: BinaryIO, shape: TableShape) -> int:
    errors = "strict" if shape.encoding.startswith("utf-8") else "replace"
    decoder = codecs.getincrementaldecoder(shape.encoding)(errors)
    skip, more, skipped = shape.start, True, b""
    while more:
        chunk = source.read(_CHUNK)
        more = bool(chunk)
        content = decoder.decode(chunk, final=not more).encode()
        if b"\x00" in content:
            raise UnreadableData(
                "The file holds binary data. Save the table as CSV (UTF-8) and upload that.",
                code="binary_data",
            )
        target.write(content[skip:])
        skipped += content[:skip]
        skip = max(0, skip - len(content))
    return len(skipped.splitlines())


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """Turn the errors of a damaged archive into UnreadableData."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableData(
            "The compressed file is damaged. Compress the table again and upload that.",
            code="binary_data",
        ) from error
