"""The shape of an upload by its first bytes: encoding, separator, header. Pure, no I/O.

It is cheap enough to run before a request is accepted, and runs again when the table is read, so that
both come to the same answer.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.encodings import decode_start, encoding_of
from deckgen.domain.uploads.file_kinds import FileKind, checked_kind
from deckgen.domain.uploads.first_tables import end_of_first_table
from deckgen.domain.uploads.headers import Header, find_header

SAMPLE_BYTES = 64 * 1024
MAX_SAMPLE_BYTES = 1024 * 1024
MAX_COLUMNS = 2000
SEPARATORS = "\t;|,"

_ENOUGH_LINES = 10
_ENOUGH_SEPARATED = 3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Excel understands a first line that names the separator.
_SEPARATOR_LINE = re.compile(r"""["']?sep=(.)["']?[\t;|,]*\r?\n""", re.IGNORECASE)


@dataclass(frozen=True)
class TableShape:
    """The shape of a table as a text.

    `columns` is the number of cells in most rows, `start` the number of bytes of UTF-8 before the first
    row of data (without a byte order mark), `rows` are the first rows of data.
    """

    encoding: str
    separator: str
    header: Header
    columns: int
    start: int
    rows: list[list[str]]


@dataclass(frozen=True)
class _Row:
    """`end` is the position in the text after the row and its line end."""

    cells: list[str]
    end: int


def check_quickly(content: bytes) -> None:
    """Refuse, in a few ms, a file that can't be a table by its first 64 KiB (more for long lines).

    Raises UnreadableData.
    """
    if checked_kind(content) is FileKind.TEXT:
        sample, complete = take_sample(io.BytesIO(content))
        sniff(sample, complete=complete)


def take_sample(file: BinaryIO) -> tuple[bytes, bool]:
    """Returns the first bytes of a file, enough to see some lines, and whether they are the whole."""
    sample = file.read(SAMPLE_BYTES)
    while len(sample) < MAX_SAMPLE_BYTES and _lines_in(sample) < _ENOUGH_LINES:
        more = file.read(len(sample))
        if not more:
            return sample, True
        sample += more
    return sample, not file.read(1)


def _lines_in(sample: bytes) -> int:
    """Returns the number of line ends; old programs write a carriage return alone."""
    return max(sample.count(b"\n"), sample.count(b"\r"))


def sniff(sample: bytes, *, complete: bool, encoding: str | None = None) -> TableShape:
    """Returns the shape of a table by its first bytes; `complete` if `sample` is the whole file.

    `encoding` is given if more of the file has shown it. Raises UnreadableData.
    """
    encoding = encoding or encoding_of(sample)
    text = decode_start(sample, encoding)
    _refuse_what_is_no_text(text)
    if not complete and (end := max(text.rfind("\n"), text.rfind("\r"))) >= 0:
        text = text[: end + 1]
    separator_line = _SEPARATOR_LINE.match(text)
    skipped = separator_line.end() if separator_line else 0
    separator, rows = _separate(text[skipped:], separator_line[1] if separator_line else SEPARATORS)
    rows = _first_table(rows)
    width = _width(rows)
    _refuse_a_wrong_width(width)
    cells = _separated_again([row.cells for row in rows], width, separator)
    header = find_header(cells, width)
    if complete and header.rows == len(rows):
        raise UnreadableData(
            "The CSV has a header but no rows. Upload a table with at least one row.", code="no_rows"
        )
    start = skipped + (rows[header.rows - 1].end if header.rows else 0)
    return TableShape(
        encoding, separator, header, width, len(text[:start].encode()), cells[header.rows :]
    )


def _separated_again(rows: list[list[str]], width: int, separator: str) -> list[list[str]]:
    """Returns the rows, of which some may have another separator than the rest: several, since a title
    may hold as many commas as the table by chance.
    """
    others: dict[int, list[str]] = {}
    for number, row in enumerate(rows if width > 2 else []):
        if len(row) == 1:
            splits = (row[0].split(other) for other in SEPARATORS if other != separator)
            found = next((cells for cells in splits if len(cells) == width), None)
            others |= {number: found} if found else {}
    if len(others) < _ENOUGH_SEPARATED:
        return rows
    return [others.get(number, row) for number, row in enumerate(rows)]


def _refuse_what_is_no_text(text: str) -> None:
    if not text.strip('\ufeff \t\r\n;,|"'):
        raise UnreadableData(
            "The CSV is empty. Upload a table with a header and rows.", code="empty_csv"
        )
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 100:
        raise UnreadableData(
            "This is a binary file, not a CSV. Save the table as CSV (UTF-8) and upload that.",
            code="binary_data",
        )
    if text.lstrip()[:1] in ("{", "[", "<"):
        raise UnreadableData(
            "This looks like JSON, XML or HTML, not a CSV. Save the table as CSV and upload that.",
            code="not_a_table",
        )


def _refuse_a_wrong_width(width: int) -> None:
    if width > MAX_COLUMNS:
        raise UnreadableData(
            f"The table has {width:,} columns; at most {MAX_COLUMNS:,} can be read. Upload fewer.",
            code="too_many_columns",
        )
    if width < 2:
        raise UnreadableData(
            "The table has only one column. Upload one with at least two, separated by commas, "
            "semicolons, tabs or vertical bars.",
            code="one_column",
        )


def _separate(text: str, separators: str) -> tuple[str, list[_Row]]:
    """Returns the separator under which most rows are equally wide, and the rows that it gives."""
    best: tuple[float, str, list[_Row]] | None = None
    for separator in separators:
        if separator not in text:
            continue
        try:
            rows = list(_rows(text, separator))
        except csv.Error:  # a line without this separator is too long for a cell
            continue
        width = _width(rows)
        if width < 2:
            continue
        agreement = _agreement(rows, width)
        # Earlier separators win ties: a comma inside cells is common, a tab or semicolon is not.
        if best is None or agreement > best[0] + 0.05:
            best = (agreement, separator, rows)
    if best is None:
        return separators[-1], _rows_or_refusal(text, separators[-1])
    if best[0] < 0.5:
        raise UnreadableData(
            "No table was found, because the lines differ in their number of columns. Upload a table "
            "with the same columns in every row.",
            code="not_a_table",
        )
    return best[1], best[2]


def _inner(rows: list[_Row]) -> list[_Row]:
    """Returns the rows between the one-cell lines at top and end, which may be titles and footnotes."""
    wide = [index for index, row in enumerate(rows) if len(row.cells) > 1]
    return rows[wide[0] : wide[-1] + 1] if wide else []


def _agreement(rows: list[_Row], width: int) -> float:
    """Returns the share of rows with the usual width; possible titles and footnotes count half."""
    inner = _inner(rows)
    lines = len(rows) - len(inner)
    return sum(len(row.cells) == width for row in inner) / (len(inner) + lines / 2)


def _rows(text: str, separator: str) -> Iterator[_Row]:
    """Yields the rows that are not blank. Raises csv.Error."""
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.StringIO(text, newline=""):
            end += len(line)
            yield line

    for cells in csv.reader(lines(), delimiter=separator):
        if any(cell.strip() for cell in cells):
            yield _Row(cells, end)


def _first_table(rows: list[_Row]) -> list[_Row]:
    """Returns the rows up to the end of the first of two tables, if it is the wider one; else all."""
    size = end_of_first_table([row.cells for row in rows])
    return rows[:size] if size else rows


def _rows_or_refusal(text: str, separator: str) -> list[_Row]:
    try:
        return list(_rows(text, separator))
    except csv.Error as error:
        raise UnreadableData(f"The CSV can't be read: {error}.", code="not_a_table") from error


def _width(rows: list[_Row]) -> int:
    """Returns the commonest number of cells in a row; the largest of those that are equally common."""
    counts = Counter(len(row.cells) for row in _inner(rows))
    return max(counts, key=lambda width: (counts[width], width), default=1)
