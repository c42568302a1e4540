"""Sheets of a workbook as one table: what a sheet says about the rows of another one joins them.

No row is ever multiplied, and no amount is: where several rows share a row of another sheet, its
numbers stay out, since their sum would count them several times.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from deckgen.orchestrator.analyst.ingestion.sheet_keys import (
    Key,
    Sheet,
    Unsafe,
    as_key,
    folded,
    key_of,
)

MAX_BYTES = 10_000_000  # of all sheets that are looked at, as CSV
MAX_JOINED_COLUMNS = 100


@dataclass(frozen=True)
class Join:
    """A sheet with others' columns beside its rows; `joined` names these sheets."""

    facts: Sheet
    joined: list[str]
    notes: list[str]

    @property
    def sheet(self) -> str:
        return self.facts.name


def join(files: dict[str, Path], target: Path) -> Join | None:
    """Write the sheets (CSV files by their names, the first as it would be read alone) as one table.

    Returns what was joined, or why it was not; None if the sheets have nothing in common.
    """
    if sum(file.stat().st_size for file in files.values()) > MAX_BYTES:
        return None
    first, *others = [_read(name, file) for name, file in files.items()]
    others = [sheet for sheet in others if sheet.is_clean]
    if not first.is_clean or not others:
        return None
    facts = _facts(first, others)
    lookups = [sheet for sheet in (first, *others) if sheet is not facts]
    found = [key for sheet in lookups if (key := key_of(facts, sheet))]
    keys = [key for key in found if isinstance(key, Key) and _columns(facts, key)]
    notes = [_told(facts, key) for key in keys]
    notes += [_refused(each) for each in found if isinstance(each, Unsafe)]
    if keys:
        _write(facts, keys, target)
    return Join(facts, [key.lookup.name for key in keys], notes) if notes else None


def _read(name: str, file: Path) -> Sheet:
    with file.open(encoding="utf-8", newline="") as text:
        return Sheet(name, list(csv.reader(text)))


def _facts(first: Sheet, others: list[Sheet]) -> Sheet:
    """Returns the sheet whose rows count: the first one, or the one that it only says more about."""
    about = [
        sheet
        for sheet in others
        if isinstance(key := key_of(sheet, first), Key)
        and not key.is_one_to_one
        and len(sheet.records) > len(first.records)
        and len(_columns(sheet, key)) == len(first.header) - 1
    ]
    return about[0] if len(about) == 1 else first


def _columns(facts: Sheet, key: Key) -> list[int]:
    """Returns the columns of a lookup that are joined."""
    columns = [column for column in range(len(key.lookup.header)) if column != key.its]
    if not key.is_one_to_one:
        columns = [column for column in columns if not key.lookup.is_number(column)]
    return columns[:MAX_JOINED_COLUMNS]


def _write(facts: Sheet, keys: list[Key], target: Path) -> None:
    header, taken = [*facts.header], {folded(name) for name in facts.header}
    for key in keys:
        for column in _columns(facts, key):
            name = key.lookup.header[column]
            name = f"{key.lookup.name} {name}" if folded(name) in taken else name
            taken.add(folded(name))
            header.append(name)
    found = [_cells(facts, key) for key in keys]
    records = {id(row) for row in facts.records}
    width = len(facts.header)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in facts.rows[1:]:
            if id(row) not in records:
                writer.writerow(row)
                continue
            cells = [*row, *[""] * (width - len(row))]
            for key, (by_value, blank) in zip(keys, found, strict=True):
                cells += by_value.get(as_key(row, key.own), blank)
            writer.writerow(cells)


def _cells(facts: Sheet, key: Key) -> tuple[dict[str, list[str]], list[str]]:
    """Returns the joined cells by the key's values, and those of a row without a match."""
    columns = _columns(facts, key)
    by_value = {
        as_key(row, key.its): [row[column] if column < len(row) else "" for column in columns]
        for row in key.lookup.records
        if as_key(row, key.its)
    }
    return by_value, [""] * len(columns)


def _told(facts: Sheet, key: Key) -> str:
    without = len(facts.records) - key.matched
    missing = (
        "" if not without else f"; {without:,} {'row has' if without == 1 else 'rows have'} no match"
    )
    numbers = [
        name
        for column, name in enumerate(key.lookup.header)
        if column != key.its and column not in _columns(facts, key)
    ]
    listed = ", ".join(f"“{name}”" for name in numbers[:3])
    more = " and others" if len(numbers) > 3 else ""
    left = f"; its numbers were left out, since each belongs to several rows: {listed}{more}"
    by = facts.header[key.own]
    both = f"The sheet “{key.lookup.name}” was joined to “{facts.name}” by “{by}”"
    return f"{both}{missing}{left if numbers else ''}"


def _refused(unsafe: Unsafe) -> str:
    return f"The sheet “{unsafe.lookup.name}” was not joined by “{unsafe.column}”: {unsafe.why}"
