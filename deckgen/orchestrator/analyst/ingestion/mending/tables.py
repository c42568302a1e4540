"""Lines that are no rows of the table: its header once more, words under it, a second table below."""

import re

from deckgen.orchestrator.analyst.ingestion.mending.fitting import Columns, cell_kind
from deckgen.orchestrator.analyst.ingestion.mending.records import Record, is_comment
from deckgen.orchestrator.analyst.ingestion.mending.remarks import Flaw

_TOTALS = frozenset({
    "total", "totals", "subtotal", "sum", "sums", "summe", "summen", "gesamt", "insgesamt",
    "gesamtsumme", "gesamtergebnis", "zwischensumme", "somme", "totaux", "overall",
})  # fmt: skip
_WORD_ENDS = re.compile(r"[\s:–-]")
_IMPORT_ID = '{"ImportId"'  # of Qualtrics, under the texts of the questions


class Sections:
    """The parts of a file, told from its lines in their order."""

    def __init__(self, names: list[str] | None, columns: Columns) -> None:
        self.names, self.columns = [_key(name) for name in names or []], columns
        self.rows = 0
        self.elsewhere = False
        self._gap = False

    def gap(self) -> None:
        """Say that a blank line or a title comes before the next line."""
        self._gap = True

    def flaw_of(self, record: Record, behind: Record | None) -> Flaw | None:
        """Returns why the line is no row; None if it may be one."""
        gap, self._gap = self._gap, False
        if self._repeats_header(record):
            self.elsewhere = False
            return Flaw.HEADER
        if not self.elsewhere and self.rows == 0 and self._describes(record):
            return Flaw.DESCRIBED
        if self.elsewhere or self._begins_another(record, behind, gap=gap):
            self.elsewhere = True
            return Flaw.OTHER_TABLE
        self.rows += 1
        return None

    def is_total(self, cells: list[str]) -> bool:
        """True if a line is named like a total, which is not needed to know one."""
        first = next((cell for cell in cells if cell.strip()), "")
        return len(first) < 80 and not _TOTALS.isdisjoint(_WORD_ENDS.split(first.strip().lower()))

    def _repeats_header(self, record: Record) -> bool:
        cells = [_key(cell) for cell in record.cells]
        return len(cells) > 1 and sum(map(bool, cells)) > 1 and cells == self.names

    def _describes(self, record: Record) -> bool:
        """True if words stand where rows have numbers or dates, as under a survey tool's header."""
        if len(record.cells) != len(self.columns.kinds):
            return False
        return record.cells[0].startswith(_IMPORT_ID) or self._words(record.cells) > 1

    def _words(self, cells: list[str]) -> int:
        """Returns how many columns of values have words; 0 if any cell is a number or a date."""
        kinds = [cell_kind(cell) for cell in cells]
        if any(kind not in (None, "text") for kind in kinds):
            return 0
        return sum(kinds[index] == "text" for index in self.columns.values)

    def _begins_another(self, record: Record, behind: Record | None, *, gap: bool) -> bool:
        """True if a line names the columns of the lines behind it, which are not the table's."""
        cells = record.cells
        if (
            behind is None
            or len(behind.cells) != len(cells)
            or len(cells) < 2
            or not self.columns.values
        ):
            return False
        if is_comment(record.raw) or (not gap and self.columns.fit(behind.cells)):
            return False
        numbers = sum(cell_kind(cell) not in (None, "text") for cell in behind.cells)
        if numbers == 0 or not all(cell_kind(cell) in (None, "text") for cell in cells):
            return False
        if len(cells) == len(self.columns.kinds):
            return self._words(cells) > (0 if gap else 1)
        return all(cell.strip() for cell in cells) and len(set(cells)) == len(cells)


def _key(cell: str) -> str:
    return " ".join(cell.split()).casefold()
