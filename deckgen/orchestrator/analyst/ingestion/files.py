"""The rows of a text as CSV in UTF-8 that DuckDB can read, without the lines above the data."""

import codecs
import contextlib
import gzip
import os
import tempfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import TableShape, sniff, take_sample
from deckgen.orchestrator.analyst.ingestion.containers import opened
from deckgen.orchestrator.analyst.ingestion.mending.mend import mend
from deckgen.orchestrator.analyst.ingestion.places import Places

_CHUNK = 1 << 20


@dataclass(frozen=True)
class CsvBody:
    """The rows of data as CSV text in UTF-8, and the shape of the file that they come from.

    `lines` counts its lines if it has quotation marks, `spare` is where it is written if it has to be
    mended. `places` tells the lines of rows, `notes` what was mended; `incomplete`: values were lost.
    """

    file: Path
    spare: Path
    shape: TableShape
    places: Places
    lines: int | None
    notes: tuple[str, ...] = ()
    incomplete: bool = False

    @property
    def files(self) -> tuple[Path, Path]:
        return self.file, self.spare

    def mended(self) -> "CsvBody":
        """Returns the body with lines that are all rows, if that can be had. Raises UnreadableData."""
        done = mend(self.file, self.spare, self.shape, self.places.line(0) - 1)
        if done is None:
            return self
        places = replace(self.places, body=self.spare, shifts=done.shifts)
        return replace(
            self,
            file=self.spare,
            places=places,
            notes=tuple(done.notes),
            incomplete=done.incomplete,
        )


@contextlib.contextmanager
def body_of(path: Path, *, is_sheet: bool = False) -> Iterator[CsvBody]:
    """Provide a copy of the data for the length of the block; in memory if no file can be written.

    Raises UnreadableData.
    """
    shape = shape_of(path)
    with contextlib.ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deckgen-")))
            file, spare = folder / "body.csv", folder / "mended.csv"
            shape, above, lines = _copy(path, file, shape)
        except OSError:
            file, spare = stack.enter_context(_memory_file()), stack.enter_context(_memory_file())
            shape, above, lines = _copy(path, file, shape)
        places = Places(file, shape.separator, (array("q", [0]), array("q", [above])), is_sheet)
        yield CsvBody(file, spare, shape, places, lines)


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


def _copy(path: Path, target: Path, shape: TableShape) -> tuple[TableShape, int, int | None]:
    """Write the rows of data; returns the shape, another one if the file is not in UTF-8 after all, the
    number of lines above the data, and that of the data if there are quotation marks in them.
    """
    try:
        with _readable(), opened(path) as source, target.open("wb") as file:
            above, lines = _transcode(source, file, shape)
    except UnicodeDecodeError:
        return _copy(path, target, shape_of(path, "cp1252"))
    return shape, above, lines


def _transcode(source: BinaryIO, target: BinaryIO, shape: TableShape) -> tuple[int, int | None]:
    errors = "strict" if shape.encoding.startswith("utf-8") else "replace"
    decoder = codecs.getincrementaldecoder(shape.encoding)(errors)
    skip, above, lines, last = shape.start, b"", 0, b""
    quoted, more = False, True
    while more:
        chunk = source.read(_CHUNK)
        more = bool(chunk)
        content = decoder.decode(chunk, final=not more).encode()
        if b"\x00" in content:
            raise UnreadableData(
                "The file holds binary data. Save the table as CSV (UTF-8) and upload that.",
                code="binary_data",
            )
        above, body = above + content[:skip], content[skip:]
        target.write(body)
        skip = max(0, skip - len(content))
        quoted, lines, last = quoted or b'"' in body, lines + body.count(b"\n"), body[-1:] or last
    return len(above.splitlines()), lines + (last != b"\n") if quoted else None


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
