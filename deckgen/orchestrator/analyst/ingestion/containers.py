"""Any uploaded file as one that DuckDB reads: text or Parquet."""

import contextlib
import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.file_kinds import (
    HEAD_BYTES,
    MAX_UNPACKED_BYTES,
    FileKind,
    checked_kind,
    kind_of,
)
from deckgen.orchestrator.analyst.ingestion.workbooks import write_csv


@dataclass(frozen=True)
class Readable:
    """A readable file: `kind` is TEXT or PARQUET; `notes` say in words what was decided for it.

    `is_sheet` is true if the text was a sheet of a workbook.
    """

    path: Path
    kind: FileKind
    notes: list[str]
    is_sheet: bool = False


def opened(path: Path) -> BinaryIO:
    """Open the content of a file, gzipped (`.gz`) or not."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


@contextlib.contextmanager
def readable(path: Path) -> Iterator[Readable]:
    """Provide a text as it is, a workbook as CSV, a Parquet file under a name that means nothing.

    Raises UnreadableData.
    """
    with opened(path) as file:
        kind = kind_of(file.read(HEAD_BYTES))
    if kind is FileKind.TEXT:
        yield Readable(path, kind, [])
        return
    with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
        copy = Path(folder) / "data"
        copy.write_bytes(_checked(path))
        if kind is FileKind.PARQUET:
            yield Readable(copy, kind, [])
            return
        table = Path(folder) / "data.csv"
        notes = write_csv(copy, table)
        yield Readable(table, FileKind.TEXT, notes, is_sheet=True)


def _checked(path: Path) -> bytes:
    with opened(path) as file:
        content = file.read(MAX_UNPACKED_BYTES + 1)
    if len(content) > MAX_UNPACKED_BYTES:
        raise UnreadableData("The file is too large. Upload fewer rows or columns.", code="too_large")
    checked_kind(content)
    return content
