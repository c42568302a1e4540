"""A body whose lines all have the cells of the table, made from one in which some have not."""

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import SEPARATORS, TableShape
from deckgen.orchestrator.analyst.ingestion.mending.fitting import (
    Columns,
    columns_of,
    cut,
    filled,
    joined,
)
from deckgen.orchestrator.analyst.ingestion.mending.records import (
    GivenUpError,
    Record,
    Records,
    Run,
    is_comment,
    parsed,
)
from deckgen.orchestrator.analyst.ingestion.mending.remarks import Flaw, Remarks
from deckgen.orchestrator.analyst.ingestion.mending.tables import Sections
from deckgen.orchestrator.analyst.ingestion.places import Shifts

_LOOKED_AT = 500  # of the first rows
_OMITTING = 0.05  # of a file's lines: if so many lack their last cells, its program omits blank ones
_MOST_JUDGED = 20_000  # lines of a file that are looked at one by one
_MOST_HELD = 30  # footnotes under a table


@dataclass(frozen=True)
class Mended:
    """What was done: `shifts` are pairs of a line of the mended body and how much further down in the
    upload it stands; `incomplete` is true if values of lines were lost.
    """

    notes: list[str]
    shifts: Shifts
    incomplete: bool


def has_words_among_numbers(shape: TableShape) -> bool:
    """True if a first row has words where the others have numbers or dates: it may be no row."""
    columns = columns_of(shape)
    values = columns.values
    rows = [row for row in shape.rows[:_LOOKED_AT] if len(row) == shape.columns]
    return any(not columns.fits(index, row[index]) for row in rows for index in values)


def mend(
    file: Path, target: Path, shape: TableShape, above: int, *, is_sheet: bool = False
) -> Mended | None:
    """Write a body to `target` in which all lines are rows; None if quotation marks make no sense.

    `above` lines stand above it in the upload; of a sheet each row is a line. Raises UnreadableData if
    most lines can't be used.
    """
    try:
        with file.open(newline="", encoding="utf-8") as source, target.open("w", newline="") as written:
            mending = _Mending(shape, above, source, written, is_sheet=is_sheet)
            mending.run()
    except GivenUpError:
        return None
    if mending.unused > mending.used:
        raise UnreadableData(
            f"No table was found: {mending.unused:,} lines differ from the others in their number of "
            "columns. Upload a table with the same columns in every row.",
            code="not_a_table",
        )
    return Mended(mending.remarks.notes(), mending.shifts, mending.remarks.incomplete)


class _Mending:
    def __init__(
        self, shape: TableShape, above: int, source: TextIO, target: TextIO, *, is_sheet: bool
    ) -> None:
        self.width, self.separator, self.above = shape.columns, shape.separator, above
        self.columns = columns_of(shape)
        self.omits = _omits_blanks(shape, self.columns)
        value = next(iter(self.columns.values), None)
        self.records = Records(source, self.separator, self.width, value, self._is_row)
        self.sections = Sections(shape.header.names, shape.header.titles, self.columns)
        self.target, self.writer = (
            target,
            csv.writer(target, delimiter=self.separator, lineterminator="\n"),
        )
        self.is_sheet, self.remarks = is_sheet, Remarks("row" if is_sheet else "line")
        self.shifts = array("q", [0]), array("q", [above])
        self.used = self.unused = self.judged = self.written = 0

    def _is_row(self, cells: list[str]) -> bool:
        return bool(self.columns.values) and self.columns.fit(cells)

    def run(self) -> None:
        held: list[Record] = []  # lines of one cell, which are footnotes if nothing comes behind them
        torn = False
        for record, behind, gap in _with_next(self._records()):
            if gap:
                self.sections.gap()
            if torn:
                torn = False
            elif isinstance(record, Run):
                self._let_go(held)
                self._write_run(record)
            elif self._is_label(record) or self._is_title(record, behind):
                held.append(record)
                if len(held) > _MOST_HELD:
                    self._let_go(held)
            else:
                self._let_go(held)
                torn = behind is not None and self._join_torn(record, behind)
                if not torn:
                    self._one(record, behind)
        for label in held:
            self._write(label)

    def _records(self) -> Iterator[Record | Run]:
        """Yields runs of rows, and the first row of each by itself: it tells what stands before it."""
        for record in self.records:
            if not isinstance(record, Run):
                yield self._padded(record)
            elif self.sections.elsewhere:
                yield from self.records.all_of(record)
            else:
                yield self.records.first_of(record)
                if len(record.lines) > 1:
                    yield Run(record.line + 1, record.lines[1:])

    def _padded(self, record: Record) -> Record:
        """Returns a record of a sheet with its blank cells: we have cut rows of a single cell."""
        if not self.is_sheet or len(record.cells) >= self.width:
            return record
        return replace(record, cells=[*record.cells, *[""] * (self.width - len(record.cells))])

    def _write_run(self, run: Run) -> None:
        if self.sections.elsewhere:
            for record in self.records.all_of(run):
                self._one(record, None)
            return
        self._shift(run.line)
        text = "".join(run.lines)
        text = text if text.endswith(("\n", "\r")) else f"{text}\n"
        self.target.write(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.written += len(run.lines)
        self.used += len(run.lines)
        self.sections.rows += len(run.lines)

    def _let_go(self, held: list[Record]) -> None:
        for label in held:
            self._remark(Flaw.COMMENT if is_comment(label.raw) else Flaw.LABEL, label)
            self.sections.gap(next(filter(None, label.cells), ""))
        held.clear()

    def _join_torn(self, record: Record, behind: Record) -> bool:
        """Write two lines as one if a line end within a text has split it."""
        size, last = len(record.cells), self.width - 1
        if not 1 < size < self.width or size + len(behind.cells) != self.width + 1 or behind.is_open:
            return False
        if self.columns.is_value(size - 1) or not self.columns.is_value(last):
            return False
        torn = f"{record.cells[-1]}\n{behind.cells[0]}"
        cells = [*record.cells[:-1], torn, *behind.cells[1:]]
        if self.columns.fits(last, record.cells[-1]) or not self.columns.fit(cells):
            return False
        self._write(record, cells)
        self.remarks.add(Flaw.TORN, record.line + self.above + 1)
        return True

    def _is_label(self, record: Record) -> bool:
        """True if a line has a single cell, in a table that has more than two."""
        if self.width < 3 or record.is_open or len(record.cells) > self.width:
            return False
        if len(record.cells) == 1:
            return self._inner(record) is None
        return not any(map(str.strip, record.cells[1:])) and not self.columns.fits(0, record.cells[0])

    def _is_title(self, record: Record, behind: Record | None) -> bool:
        """True if the first cell stands alone above the names of columns."""
        alone = bool(record.cells[0].strip()) and not any(map(str.strip, record.cells[1:]))
        return alone and self.width > 2 and self.sections.names_columns(behind)

    def _one(self, record: Record, behind: Record | None) -> None:
        flaw = self.sections.flaw_of(record, behind)
        if flaw is not None:
            self._remark(flaw, record)
        elif record.is_open:
            self._fit(record, record.cells, Flaw.OPEN)
        elif len(record.cells) == self.width and not is_comment(record.raw):
            # Quotes that only we understand are written as they should be.
            self._write(record, record.cells if '"' in record.raw else None)
        else:
            self._judge(record)

    def _judge(self, record: Record) -> None:
        self.judged += 1
        surplus = record.cells[self.width :]
        if surplus and not any(map(str.strip, surplus)):
            self._write(record, record.cells[: self.width])
        elif self.judged > _MOST_JUDGED:
            self._remark(Flaw.MANY if surplus else Flaw.FEW, record)
        elif is_comment(record.raw) and not self.columns.fit(record.cells):
            self._remark(Flaw.COMMENT, record)
        elif inner := self._inner(record):
            self._write(record, inner[1])
            self.remarks.add(inner[0], record.line + self.above + 1)
        elif not surplus and self.omits and self.columns.begin(record.cells):
            self._write(record, [*record.cells, *[""] * (self.width - len(record.cells))])
            self.remarks.add(Flaw.OMITTED, record.line + self.above + 1)
        else:
            self._fit(record, record.cells)

    def _inner(self, record: Record) -> tuple[Flaw, list[str]] | None:
        """Returns a row that is quoted as a whole, or separated by another mark."""
        if len(record.cells) == 1:
            cells = parsed(record.cells[0], self.separator)
            if cells and self.columns.fit(cells):
                return Flaw.QUOTED, cells
        for separator in SEPARATORS.replace(self.separator, ""):
            if separator in record.raw:
                cells = parsed(record.raw, separator)
                if cells and self.columns.fit(cells):
                    return Flaw.SEPARATED, cells
        return None

    def _fit(self, record: Record, cells: list[str], flaw: Flaw | None = None) -> None:
        """Write a line as it fits the columns, or leave it out."""
        few = len(cells) < self.width
        row, done = None, flaw
        if len(cells) == self.width:
            row = cells if self.columns.fit(cells) else None
        elif few and not self.sections.is_total(cells):
            row, done = filled(cells, self.columns), flaw or Flaw.FILLED
        elif not few:
            row, done = joined(cells, self.columns), flaw or Flaw.JOINED
            if row is None:
                row, done = cut(cells, self.columns), flaw or Flaw.CUT
        if row is None or done is None:
            self._remark(Flaw.FEW if few else Flaw.MANY, record)
            return
        self._write(record, row)
        self.remarks.add(done, record.line + self.above + 1)

    def _remark(self, flaw: Flaw, record: Record) -> None:
        self.remarks.add(flaw, record.line + self.above + 1)
        self.unused += flaw in (Flaw.FEW, Flaw.MANY)

    def _shift(self, line: int) -> None:
        """Note where the next line to be written stands in the upload."""
        shift = line + self.above - self.written
        if shift != self.shifts[1][-1]:
            self.shifts[0].append(self.written)
            self.shifts[1].append(shift)

    def _write(self, record: Record, cells: list[str] | None = None) -> None:
        self._shift(record.line)
        if cells is None:
            self.target.write(f"{record.raw}\n")
            self.written += 1 + record.raw.count("\n")
        else:
            self.writer.writerow(cells)
            self.written += 1 + sum(cell.count("\n") for cell in cells)
        self.used += 1


def _omits_blanks(shape: TableShape, columns: Columns) -> bool:
    """True if blank cells at the end of lines are not written at all, by the first lines."""
    short = [row for row in shape.rows if 1 < len(row) < shape.columns]
    full = [row for row in shape.rows if len(row) == shape.columns]
    often = len(short) >= max(2, _OMITTING * len(shape.rows))
    return often and all(map(columns.begin, short)) and all(row[-1].strip() for row in full)


def _with_next(
    records: Iterator[Record | Run],
) -> Iterator[tuple[Record | Run, Record | None, bool]]:
    """Yields what is not blank, each with the next record, and whether blank ones precede it."""
    waiting: Record | Run | None = None
    gap, next_gap = False, False
    for record in records:
        if isinstance(record, Record) and record.is_blank:
            next_gap = True
            continue
        if waiting:
            yield waiting, record if isinstance(record, Record) else None, gap
        waiting, gap, next_gap = record, next_gap, False
    if waiting:
        yield waiting, None, gap
