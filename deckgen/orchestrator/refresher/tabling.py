"""New numbers in the tables of a slide, whose rows and columns people may have moved."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from deckgen.export.pptx.reading.contents import TablePlace, Words
from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting.handles import A
from deckgen.export.pptx.rewriting.runs import Replacement, replace
from deckgen.orchestrator.refresher.aligning import by_comparison
from deckgen.orchestrator.refresher.outcome import Pen
from deckgen.orchestrator.verifier.presentation.tables import rows_of

Rows = list[list[Any]]  # the elements of cells


def renew(
    pen: Pen, part: str, rows: Rows, before: TablePlace, now: TablePlace, new: TablePlace
) -> None:
    """Write a table that said `before` and says `now`, cell by cell."""
    if len(before.rows) == len(new.rows):
        _each(pen, part, rows, before, now, new)
    elif before.rows == now.rows:
        _fill(resized(rows, len(new.rows)), new)
        pen.package.keep(part)
        pen.count(sum(map(len, new.rows)), sum(map(len, new.rows)))
    else:
        pen.note(
            f"{now.name}: it has {len(new.rows)} rows with the new table, and had {len(before.rows)}; "
            "rows were changed by hand, so none came or went"
        )
        _each(pen, part, rows, before, now, new)


def _each(
    pen: Pen, part: str, rows: Rows, before: TablePlace, now: TablePlace, new: TablePlace
) -> None:
    numbers, columns = rows_of(before, now)
    for number, cells in enumerate(rows):
        row = _row_of(before, new, numbers.get(number))
        if row is not None:
            _row(pen, part, cells, before.rows[numbers[number]], row, columns)


def _row(
    pen: Pen, part: str, cells: list[Any], before: list[str], new: list[str], columns: list[int]
) -> None:
    for cell, place in zip(cells, columns, strict=False):
        if place < len(before) and place < len(new):
            slots = by_comparison(0, before[place], new[place])
            pen.write(part, _lines(cell), [Words(text=before[place])], slots)
            pen.count(int(not slots and any(map(str.isdigit, before[place]))), 0)


def _row_of(before: TablePlace, new: TablePlace, number: int | None) -> list[str] | None:
    """Returns what a row says now: of as many rows the one in its place, else the one of its name."""
    if number is None:
        return None
    if len(before.rows) == len(new.rows):
        return new.rows[number]
    name = before.rows[number][:1]
    return next((row for row in new.rows if row[:1] == name), None)


def resized(rows: Rows, count: int) -> Rows:
    """Returns as many rows of a table that nobody changed as there are now, heads first."""
    elements = [row[0].getparent() for row in rows]
    for extra in elements[count:]:
        extra.getparent().remove(extra)
    while len(elements) < count:
        elements[-1].addnext(deepcopy(elements[-1]))
        elements.append(elements[-1].getnext())
    return [list(each.iter(f"{A}tc")) for each in elements[:count]]


def _fill(rows: Rows, new: TablePlace) -> None:
    """Write a whole table, each cell in the runs of its first paragraph."""
    for cells, texts in zip(rows, new.rows, strict=True):
        for cell, text in zip(cells, texts, strict=False):
            _write(_lines(cell), text)


def _write(lines: Sequence[Any], text: str) -> None:
    for number, line in enumerate(lines):
        old = said(line)
        if number or old != text:
            replace(line, [Replacement(0, len(old), "" if number else text)])


def _lines(cell: Any) -> list[Any]:
    return [each for each in cell.iter(f"{A}p") if said(each)]
