"""The rows of a text as CSV in UTF-8 that DuckDB can read, without the lines above the data."""

import codecs
import contextlib
import csv
import gzip
import os
import re
import tempfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import TableShape, sniff, take_sample
from deckgen.orchestrator.analyst.ingestion.containers import opened
from deckgen.orchestrator.analyst.ingestion.mending.mend import mend
from deckgen.orchestrator.analyst.ingestion.places import Places

_CHUNK = 1 << 20
_LONGEST_GAP = 4_096  # bytes, which a chunk may end in


@dataclass(frozen=True)
class CsvBody:
    """The rows of data as CSV text in UTF-8, and the shape of the file that they come from.

    `lines` counts its lines, `quoted`: it has quotation marks. `spare` is where it is written if it has
    to be mended. `places` tells the lines of rows, `notes` what was mended; `incomplete`: values were
    lost.
    """

    file: Path
    spare: Path
    shape: TableShape
    places: Places
    lines: int
    quoted: bool
    notes: tuple[str, ...] = ()
    incomplete: bool = False

    @property
    def files(self) -> tuple[Path, Path]:
        return self.file, self.spare

    def has_gaps(self) -> bool:
        """True if blank lines stand between others; the file is read for it."""
        separator = self.shape.separator.encode()
        blank = re.compile(rb"\n[ %b]*\r?\n[^\s]" % re.escape(separator))
        end = b""
        with self.file.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if blank.search(end + chunk):
                    return True
                end = chunk[-_LONGEST_GAP:]
        return False

    def mended(self) -> "CsvBody":
        """Returns the body with lines that are all rows, if that can be had. Raises UnreadableData."""
        is_sheet = self.places.is_sheet
        if is_sheet and _has_broken_lines(self.file, self.shape.separator):
            return self  # its lines are not its rows
        done = mend(self.file, self.spare, self.shape, self.places.line(0) - 1, is_sheet=is_sheet)
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


def _has_broken_lines(file: Path, separator: str) -> bool:
    """True if a cell runs over several lines."""
    with file.open(newline="", encoding="utf-8") as text:
        reader = csv.reader(text, delimiter=separator)
        return any(reader.line_num != number for number, _ in enumerate(reader, start=1))


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
            shape, copied = _copy(path, file, shape)
        except OSError:
            file, spare = stack.enter_context(_memory_file()), stack.enter_context(_memory_file())
            shape, copied = _copy(path, file, shape)
        places = Places(file, shape.separator, (array("q", [0]), array("q", [copied.above])), is_sheet)
        yield CsvBody(file, spare, shape, places, copied.lines, copied.quoted)


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


class _Copied(NamedTuple):
    """The number of lines above the data, that of the data, and whether these have quotation marks."""

    above: int
    lines: int
    quoted: bool


def _copy(path: Path, target: Path, shape: TableShape) -> tuple[TableShape, _Copied]:
    """Write the rows of data; returns the shape, another one if the file is not in UTF-8 after all."""
    try:
        with _readable(), opened(path) as source, target.open("wb") as file:
            copied = _transcode(source, file, shape)
    except UnicodeDecodeError:
        return _copy(path, target, shape_of(path, "cp1252"))
    return shape, copied


def _transcode(source: BinaryIO, target: BinaryIO, shape: TableShape) -> _Copied:
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
    return _Copied(len(above.splitlines()), lines + (last != b"\n"), quoted)


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
