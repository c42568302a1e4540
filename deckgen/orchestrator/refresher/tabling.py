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
from deckgen.orchestrator.refresher.rows import Rows, come, in_new_order, new_rows
from deckgen.orchestrator.verifier.presentation.tables import rows_of


def renew(
    pen: Pen, part: str, rows: Rows, before: TablePlace, now: TablePlace, new: TablePlace
) -> None:
    """Write a table that said `before` and says `now`: whole if nobody changed it, else row by row."""
    if before.rows == now.rows and len(before.rows) != len(new.rows):
        _fill(resized(rows, len(new.rows)), new)
        pen.package.keep(part)
        pen.count(sum(map(len, new.rows)), sum(map(len, new.rows)))
        return
    numbers, columns = rows_of(before, now)
    pairs = new_rows(before, now, new, numbers, columns)
    for number, one in sorted(pairs.items()):
        _row(pen, part, rows[number], before.rows[numbers[number]], new.rows[one], columns)
    if in_new_order(rows, numbers, pairs):
        pen.package.keep(part)
    for number in sorted(numbers.keys() - pairs.keys()):
        name = before.rows[numbers[number]][0]
        pen.note(f"{now.name}: the row “{name}” is not in the new table, so it is as it was")
    for name in come(before, new, pairs):
        pen.note(f"{now.name}: “{name}” has no row, as rows were changed by hand")


def _row(
    pen: Pen, part: str, cells: list[Any], before: list[str], new: list[str], columns: list[int]
) -> None:
    for cell, place in zip(cells, columns, strict=False):
        if place < len(before) and place < len(new):
            slots = by_comparison(0, before[place], new[place])
            pen.write(part, _lines(cell), [Words(text=before[place])], slots)
            pen.count(int(not slots and any(map(str.isdigit, before[place]))), 0)


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
