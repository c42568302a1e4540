"""Write the first table of a workbook as CSV, or that of a sheet. Run as a script of its own:
`workbook_child.py IN OUT [SHEET]`.

The process limits itself before it reads anything. The reader (calamine) reserves room for every cell
between the first and the last one, so a file of a few KB with a cell in the last row and column makes
it ask for half a terabyte and abort: here that ends this process and nothing else.

Standard output is one line of JSON: the decisions, or `{"refused": ...}`. It imports nothing of
deckgen.
"""
# ruff: noqa: S314 - a document type, the only place for entities, is refused before any XML is parsed

import csv
import datetime
import json
import re
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 60
MAX_CSV_BYTES = 500_000_000
SAMPLE_ROWS = 1000
NEARLY_ALL = 0.95
WHOLE = 1e15  # below it a float that has no fraction is written as a whole number
CHECK_ROWS = 100
CHUNK = 1 << 20

_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BUILTIN = {9: "0%", 10: "0.00%"} | dict.fromkeys((5, 6, 7, 8, 42, 44), "$")
_CURRENCY = re.compile(r"\[\$([^-\[\]]++)[^\[\]]*+\]|([$€£¥₹])")
_KNOWN = ("$", "€", "£", "¥", "₹", "USD", "EUR", "GBP", "CHF", "JPY")


class RefusedError(Exception):
    """The workbook is not read; the message is the code that says why."""


def main(source: str, target: str, sheet: str | None = None) -> None:
    limit()
    try:
        check(source)
        answer = convert(source, target, sheet)
    except (RefusedError, calamine.CalamineError, MemoryError) as error:
        answer = {"refused": str(error) if isinstance(error, RefusedError) else "broken"}
    print(json.dumps(answer))  # noqa: T201 - this is how a process answers


def limit() -> None:
    """Bound memory, time and output of this process irrevocably."""
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_CSV_BYTES + CHUNK),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def check(source: str) -> None:
    """Unpack everything once, because the stated size of an entry may be false."""
    try:
        with zipfile.ZipFile(source) as archive:
            for entry in archive.infolist():
                _check_entry(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise RefusedError("broken") from error


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    remaining, tail = entry.file_size, b""
    entry.file_size = sys.maxsize  # reads on to the real end of the data
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            remaining -= len(chunk)
            if remaining < 0:
                raise RefusedError("broken")
            if _DOCTYPE.search(tail + chunk):
                raise RefusedError("entities")
            tail = chunk[-32:]


def convert(source: str, target: str, wanted: str | None = None) -> dict[str, Any]:
    """Convert the table: the first visible sheet that has at least two rows and two columns, or the
    wanted one.
    """
    workbook = calamine.load_workbook(source)
    sheets = [meta for meta in workbook.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    visible = [meta.name for meta in sheets if meta.visible == calamine.SheetVisibleEnum.Visible]
    for name in visible if wanted is None else [wanted]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is not None and sheet.height > 1 and sheet.width > 1:
            formats = Formats(source, name)
            durations = write(sheet, formats, target)
            return {
                "sheet": name,
                "others": [other for other in visible if other != name],
                "hidden": len(sheets) > len(visible),
                "uncomputed": formats.uncomputed,
                "durations": durations,
            }
    raise RefusedError("no_table")


def write(sheet: Any, formats: "Formats", target: str) -> bool:
    """Write the cells; returns true if any of them was a duration."""
    durations = False
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        first_column = sheet.start[1]
        # Rows start at the sheet's first, cells at the first used column.
        for number, cells in enumerate(sheet.iter_rows()):
            symbols = formats.of_row(number)
            texts = [
                cell_text(cell, symbols.get(column, ""))
                for column, cell in enumerate(cells, first_column)
            ]
            writer.writerow(_titled(texts))
            durations = durations or any(type(cell) is datetime.timedelta for cell in cells)
            if number % CHECK_ROWS == 0 and file.tell() > MAX_CSV_BYTES:
                raise RefusedError("too_large")
    return durations


def _titled(texts: list[str]) -> list[str]:
    """Returns a row, cut after its text if there is only one: a title or a footnote."""
    filled = [index for index, text in enumerate(texts) if text]
    return texts if len(filled) > 1 else texts[: filled[0] + 1 if filled else 0]


def cell_text(cell: Any, symbol: str) -> str:
    """Returns a cell as text for a CSV: ISO dates, plain numbers, with the sign of their format."""
    match cell:
        case str():
            return _CONTROL.sub("", cell)
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return _signed(cell, symbol) if symbol else _number(cell)
        case datetime.datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case datetime.timedelta():
            return _number(cell.total_seconds() / 3600)
        case datetime.date() | datetime.time():
            return cell.isoformat()
    return str(cell)


def _number(number: float) -> str:
    return str(int(number)) if abs(number) < WHOLE and number == int(number) else repr(number)


def _signed(number: float, symbol: str) -> str:
    """Returns all digits and the sign, never with three decimals, which look like thousands."""
    exact = abs(Decimal(repr(number)))
    digits_before, _, decimals = f"{exact * 100 if symbol == '%' else exact:f}".partition(".")
    decimals = decimals.rstrip("0")
    decimals += "0" if len(decimals) == 3 else ""
    digits = f"{digits_before}.{decimals}" if decimals else digits_before
    sign = "-" if number < 0 else ""
    return f"{sign}{digits}%" if symbol == "%" else f"{sign}{symbol}{digits}"


class Formats:
    """The percent or currency signs of number formats, which the reader doesn't provide.

    They are read from the first rows; below these a column has the sign of nearly all its numbers
    above. `uncomputed` is true if there are formulas whose results were never stored. An unexpected
    structure gives no signs, but the numbers are read nevertheless.
    """

    def __init__(self, source: str, sheet: str) -> None:
        self.uncomputed = False
        self._rows: list[dict[int, str]] = []
        self._below: dict[int, str] = {}
        try:
            with zipfile.ZipFile(source) as archive:
                styles = [symbol_of(code) for code in _number_formats(archive)]
                self._read(archive, _part_of(archive, sheet), styles)
        except (KeyError, ValueError, IndexError, AttributeError, ElementTree.ParseError):
            self._rows, self._below = [], {}

    def of_row(self, number: int) -> dict[int, str]:
        """Returns the signs of a row by column, both counted from 0."""
        return self._rows[number] if number < len(self._rows) else self._below

    def _read(self, archive: zipfile.ZipFile, part: str, styles: list[str]) -> None:
        signs: dict[int, Counter[str]] = {}
        with archive.open(part) as file:
            for row, column, cell in _first_cells(file):
                self._rows += [{} for _ in range(len(self._rows), row + 1)]
                value = cell.findtext("{*}v")
                if not value:
                    self.uncomputed = self.uncomputed or cell.find("{*}f") is not None
                elif cell.get("t", "n") == "n" and styles:
                    sign = self._rows[row][column] = styles[int(cell.get("s", "0"))]
                    signs.setdefault(column, Counter())[sign] += 1
        for column, counts in signs.items():
            sign, times = counts.most_common(1)[0]
            if times >= NEARLY_ALL * counts.total():
                self._below[column] = sign


def _first_cells(file: Any) -> Iterator[tuple[int, int, ElementTree.Element]]:
    """Yields the cells of the first rows, with row and column from 0, which the file may leave out."""
    row = column = -1
    for _, element in ElementTree.iterparse(file):
        if _local(element.tag) != "row":
            continue
        row = int(element.get("r", row + 2)) - 1
        if row >= SAMPLE_ROWS:
            return
        column = -1
        for cell in element:
            column = _column(cell.get("r", "")) if cell.get("r") else column + 1
            yield row, column, cell
        element.clear()


def _column(reference: str) -> int:
    """Returns the number of a column: 0 for A7, 26 for AA7."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number_formats(archive: zipfile.ZipFile) -> Iterable[str]:
    """Yields the number format of each cell style; a workbook need not have any."""
    if "xl/styles.xml" not in archive.namelist():
        return
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {
        int(element.attrib["numFmtId"]): element.attrib["formatCode"]
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        number = int(element.get("numFmtId", "0"))
        yield codes.get(number, _BUILTIN.get(number, ""))


def symbol_of(code: str) -> str:
    """Returns the percent or currency sign of a number format: `[$€-407] #,##0.00`, `0.0%`."""
    bare = re.sub(r'"([^"]*)"|\\(.)', r"\1\2", code.partition(";")[0])
    if "%" in bare:
        return "%"
    match = _CURRENCY.search(bare)
    symbol = (match[1] or match[2]).strip() if match else ""
    return symbol if symbol in _KNOWN else ""


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Returns the name of the archive's part that holds a sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in book.iterfind("{*}sheets/{*}sheet"):
        if element.get("name") == sheet:
            key = next(value for name, value in element.attrib.items() if _local(name) == "id")
            target = targets[key]
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


if __name__ == "__main__":
    main(*sys.argv[1:])
