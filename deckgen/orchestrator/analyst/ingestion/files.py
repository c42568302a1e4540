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

_CHUNK = 1 << 20


@dataclass(frozen=True)
class CsvBody:
    """The rows of data as CSV text in UTF-8, and the shape of the file that they come from."""

    file: Path
    shape: TableShape


@contextlib.contextmanager
def body_of(path: Path) -> Iterator[CsvBody]:
    """Provide a copy of the data for the length of the block; in memory if no file can be written.

    Raises UnreadableData.
    """
    shape = shape_of(path)
    with contextlib.ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deckgen-")))
            file = folder / "body.csv"
            shape = _copy(path, file, shape)
        except OSError:
            file = stack.enter_context(_memory_file())
            shape = _copy(path, file, shape)
        yield CsvBody(file, shape)


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


def _copy(path: Path, target: Path, shape: TableShape) -> TableShape:
    """Write the rows of data; returns another shape if the file is not in UTF-8 after all."""
    try:
        with _readable(), opened(path) as source, target.open("wb") as file:
            _transcode(source, file, shape)
    except UnicodeDecodeError:
        return _copy(path, target, shape_of(path, "cp1252"))
    return shape


def _transcode(source: BinaryIO, target: BinaryIO, shape: TableShape) -> None:
    errors = "strict" if shape.encoding.startswith("utf-8") else "replace"
    decoder = codecs.getincrementaldecoder(shape.encoding)(errors)
    skip, more = shape.start, True
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
        skip = max(0, skip - len(content))


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
