"""What the first bytes of an upload say about it: encoding, separator, header. Pure, no I/O.

Cheap enough to run before a request is accepted, and used again when the table is really read, so
that both come to the same answer.
"""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from deckgen.domain.errors import UnreadableData
from deckgen.domain.kinds import Kind, checked_kind

SAMPLE_BYTES = 64 * 1024
MAX_COLUMNS = 2000
SEPARATORS = "\t;|,"

_NUMBER = re.compile(r"[-+]?[$€£]?\d[\d.,' ]*%?")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*")
_YEAR = re.compile(r"(1[5-9]|2[01])\d\d")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Shape:
    """How a table is laid out. `header` is None if the first row is data already; `skip` counts the
    rows that are not blank and come before the first row of data.
    """

    encoding: str
    separator: str
    header: list[str] | None
    columns: int
    skip: int
    preamble: int


def check_quickly(content: bytes) -> None:
    """Refuse what can't be a table by its first 64 KiB; raises UnreadableData. Takes a few ms."""
    if checked_kind(content) is Kind.TEXT:
        sniff(content[:SAMPLE_BYTES], complete=len(content) <= SAMPLE_BYTES)


def sniff(sample: bytes, *, complete: bool) -> Shape:
    """The layout of a table by its first bytes; `complete` if `sample` is all there is."""
    encoding, text = _decode(sample)
    _refuse_what_is_no_text(text)
    if not complete and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    separator, rows = _separate(text)
    width = _width(rows)
    if width > MAX_COLUMNS:
        raise UnreadableData(
            f"The table has {width:,} columns; at most {MAX_COLUMNS:,} can be read.",
            code="too_many_columns",
        )
    if width < 2:
        raise UnreadableData(
            "The table has one column only. At least two are needed, separated by commas, "
            "semicolons, tabs or vertical bars.",
            code="one_column",
        )
    return _shape(encoding, separator, rows, width, complete)


def _decode(sample: bytes) -> tuple[str, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return encoding, _decode_start(sample, encoding, "replace")
    try:
        return "utf-8", _decode_start(sample, "utf-8", "strict")
    except UnicodeDecodeError:
        return "cp1252", sample.decode("cp1252", errors="replace")


def _decode_start(sample: bytes, encoding: str, errors: str) -> str:
    # Not final: the sample may end in the middle of a character.
    return codecs.getincrementaldecoder(encoding)(errors).decode(sample, final=False)


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


def _separate(text: str) -> tuple[str, list[list[str]]]:
    """The separator under which most rows are as wide as the first, and the rows it gives."""
    best: tuple[float, str, list[list[str]]] | None = None
    for separator in SEPARATORS:
        rows = _rows(text, separator)
        width = _width(rows)
        if width < 2:
            continue
        agreement = sum(len(row) == width for row in rows) / len(rows)
        # Earlier separators win ties: a comma inside of cells is common, a tab or semicolon is not.
        if best is None or agreement > best[0] + 0.05:
            best = (agreement, separator, rows)
    if best is None:
        return ",", _rows(text, ",")
    if best[0] < 0.5:
        raise UnreadableData(
            "No table was found: the lines do not have the same number of columns.", code="not_a_table"
        )
    return best[1], best[2]


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
        return [cells for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UnreadableData(f"The CSV can't be read: {error}.", code="not_a_table") from error


def _width(rows: list[list[str]]) -> int:
    """The commonest number of cells in a row; the widest of those that are equally common."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _shape(encoding: str, separator: str, rows: list[list[str]], width: int, complete: bool) -> Shape:
    preamble = next(index for index, row in enumerate(rows) if len(row) == width)
    first, rest = rows[preamble], rows[preamble + 1 :]
    header = None if _is_data(first, rest) else [cell.strip() for cell in first]
    if complete and header is not None and not rest:
        raise UnreadableData(
            "The CSV has a header but no rows. Upload a table with at least one row.", code="no_rows"
        )
    skip = preamble + (header is not None)
    return Shape(encoding, separator, header, width, skip, preamble)


def _is_data(first: list[str], rest: list[list[str]]) -> bool:
    """Whether the first row is data: at least half of its cells are numbers or dates like those below.

    Years and dates above numbers are names of columns (a column per period).
    """
    if not rest:
        return False
    alike = [
        _kind(cell) is not None and _kind(cell) == _kind(below) and not _YEAR.fullmatch(cell.strip())
        for cell, below in zip(first, rest[0], strict=False)
    ]
    return sum(alike) * 2 >= len(first)


def _kind(cell: str) -> str | None:
    cell = cell.strip()
    if _DATE.fullmatch(cell):
        return "date"
    return "number" if _NUMBER.fullmatch(cell) else None
