"""Lines that are no rows of the table: its header once more, words under it, a second table below."""

import re

from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.ingestion.mending.fitting import Columns, cell_kind
from deckgen.orchestrator.analyst.ingestion.mending.records import Record, is_comment
from deckgen.orchestrator.analyst.ingestion.mending.remarks import Flaw
from deckgen.orchestrator.analyst.ingestion.surveys import IMPORT_ID
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name

_TOTALS = frozenset({
    "total", "totals", "subtotal", "sum", "sums", "summe", "summen", "gesamt", "insgesamt",
    "gesamtsumme", "gesamtergebnis", "zwischensumme", "somme", "totaux", "overall",
})  # fmt: skip
_FEWEST_ROWS = 3  # of a table: under fewer its header may still go on
_WORD_ENDS = re.compile(r"[\s:–-]")


class Sections:
    """The parts of a file, told from its lines in their order."""

    def __init__(self, names: list[str] | None, titles: list[str], columns: Columns) -> None:
        self.names, self.columns = [_key(name) for name in names or []], columns
        self._measures = _measures(titles)
        self.rows = 0
        self.elsewhere = False
        self._gap = False
        self._title = ""

    def gap(self, title: str = "") -> None:
        """Say that a blank line or a title comes before the next line."""
        self._gap, self._title = True, title

    def flaw_of(self, record: Record, behind: Record | None) -> Flaw | None:
        """Returns why the line is no row; None if it may be one."""
        gap, self._gap = self._gap, False
        if self._repeats_header(record):
            self.elsewhere = self._is_of_other_measures()
            return Flaw.OTHER_TABLE if self.elsewhere else Flaw.HEADER
        if not self.elsewhere and self.rows == 0 and self._describes(record):
            return Flaw.DESCRIBED
        if self.elsewhere or self._begins_another(record, behind, gap=gap):
            self.elsewhere = True
            return Flaw.OTHER_TABLE
        self.rows += 1
        return None

    def _is_of_other_measures(self) -> bool:
        """True if the title above a header names a measure, and the table's own title not the same."""
        title, self._title = self._title, ""
        named = _measures([title])
        return bool(named) and named != self._measures

    def names_columns(self, record: Record | None) -> bool:
        """True if a line has words wherever rows have numbers or dates."""
        if record is None or len(record.cells) != len(self.columns.kinds):
            return False
        return 0 < len(self.columns.values) == self._words(record.cells)

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
        return record.cells[0].startswith(IMPORT_ID) or self._words(record.cells) > 1

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
        if is_comment(record.raw):
            return False
        if not gap and self.columns.fit(behind.cells):
            table = self.rows >= _FEWEST_ROWS and self._words(cells) > 1
            return table and self._has_other_names(record)
        numbers = sum(cell_kind(cell) not in (None, "text") for cell in behind.cells)
        if numbers == 0 or not all(cell_kind(cell) in (None, "text") for cell in cells):
            return False
        if len(cells) == len(self.columns.kinds):
            return self._words(cells) > (0 if gap else 1)
        return all(cell.strip() for cell in cells) and len(set(cells)) == len(cells)

    def _has_other_names(self, record: Record) -> bool:
        """True if all cells of a line are names of columns, of which the table has not all."""
        names = [_key(cell) for cell in record.cells]
        different = len(set(names)) == len(names) and not set(names) <= set(self.names)
        return all(names) and different and self.names_columns(record)


def _measures(titles: list[str]) -> set[str]:
    """Returns the words of measures in titles."""
    words = {word for title in titles if not is_long(title) for word in read_name(title).words}
    return words & (role_words.FLOW_WORDS | role_words.STOCK_WORDS | role_words.RATE_WORDS)


def _key(cell: str) -> str:
    return " ".join(cell.split()).casefold()
