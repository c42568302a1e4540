"""The header of a table: titles above, groups over names, units below.

A row belongs to the header if it has words where the rows below have numbers or dates. Pure, no I/O.
"""

import re
from collections import Counter
from dataclasses import dataclass

from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_headers import are_periods, with_periods
from deckgen.domain.uploads.period_names import is_year, period_of

MISSING = frozenset({
    "", "na", "n/a", "n.a.", "nan", "null", "none", "nil", "-", "--", "---", "–", "—", "#n/a", "#n/v",
    "#null!", "#div/0!", "#ref!", "#value!", "#num!", "?", ".", "..", "...", "inf", "-inf", "infinity",
    "<na>", "k.a.", "k. a.", "n.v.", "missing", ":", "…", "#name?", "#spill!", "#calc!", "#nv",
    "#wert!", "#bezug!", "#zahl!", "#überlauf!", "#kalk!", "#valeur!", "#nom?", "#nombre!",
})  # fmt: skip
"""Words for no value, in lower case."""

MINUS = "−–‐‑﹣－-"  # as typewriters, Word and phones write it
_MAX_TITLES = 20
_MAX_HEADER_ROWS = 4
_LOOK = 200
_NUMBER = re.compile(
    rf"\(?[+{MINUS}]?\s*+(?:[A-Z]{{0,3}}[$€£¥₹]\s*+)?\d[\d.,'’\s]*+(?:[eE][-+]?\d++\s*+)?"
    rf"(?:%|€|£|[kKM]|EUR|USD|GBP|CHF)?\)?[{MINUS}]?"
)
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*|\d{1,2}:\d\d.*")
_UNIT = re.compile(
    r"[(\[].{1,24}[)\]]|(?:in )?(?:[A-Z]{3}|[kKmMT]?(?:€|\$|£|EUR|USD|CHF|GBP)|%|percent|Prozent|"
    r"(?:k|m|c|µ)?[gmlt]|ha|km/?h|[kM]Wh?|°[CF]|days?|hours?|h|min|s|pcs\.?|St(?:ü|ue)ck|number|Anzahl|"
    r"000s?|thousands?|millions?|Tsd\. ?€?|(?:Mio|Mrd)\.? ?(?:€|EUR|USD)?)",
    re.IGNORECASE,
)
UNIT_LABELS = ("unit", "units", "einheit", "einheiten")


@dataclass(frozen=True)
class Header:
    """`names` is None if the first row is data already. `rows` counts all rows above the data, of which
    `titles` (as text) are not part of the header; `levels` counts the rows that make up the names.
    """

    names: list[str] | None
    titles: list[str]
    levels: int

    @property
    def rows(self) -> int:
        return len(self.titles) + self.levels


def find_header(rows: list[list[str]], width: int) -> Header:
    """Returns the header by a table's first rows (without blank ones), most of them `width` wide."""
    padded = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows[: _LOOK + 30]]
    top = _count_titles(rows, padded, width)
    kinds = _kinds(padded[top + 1 : top + 1 + _LOOK], width)
    below = padded[top + 1 :]
    if not are_periods(padded[top], below) and (
        _is_data(padded[top], kinds) or _recurs(padded[top], below, kinds)
    ):
        if top == 0 or len(rows[top - 1]) < width:
            return Header(None, _titles(padded[:top]), 0)
        top -= 1  # The row that looked like a title is a header with blank names.
    levels = _count_levels(padded[top:], kinds)
    names = with_periods(_join(padded[top : top + levels]), padded[top + levels :])
    if len(rows[top]) == width - 1 and any(row[width - 1] for row in padded[top + levels :]):
        names = ["", *names[: width - 1]]  # R writes no name above the names of rows.
    return Header(names[:width], _titles(padded[:top]), levels)


def _titles(rows: list[list[str]]) -> list[str]:
    return [" ".join(cell for cell in row if cell) for row in rows]


def _count_titles(rows: list[list[str]], padded: list[list[str]], width: int) -> int:
    for index, row in enumerate(padded[:_MAX_TITLES]):
        below = padded[index + 1] if index + 1 < len(padded) else None
        if below is None or not _is_title(row, below, len(rows[index]), width):
            return index if below is not None else 0
    return 0


def _is_title(row: list[str], below: list[str], cells: int, width: int) -> bool:
    """True if only the first cell (or the first few of many) is filled, or the line is too short."""
    filled = [bool(cell) for cell in row[:width]]
    count = sum(filled)
    if not filled[0] or not all(filled[:count]):
        return False
    if count == 1 or (1 < cells < width and count <= width / 2 and cells == count):
        return True
    # A group over names has no name before it, unlike a file's metadata ("Country:", "Peru").
    return count <= width / 3 and bool(below[0])


def kind_of(cell: str) -> str | None:
    """Returns "number", "date" or "text"; None for words that mean no value."""
    cell = cell.strip()
    if is_long(cell):
        return "text"
    if cell.lower() in MISSING:
        return None
    if _DATE.fullmatch(cell):
        return "date"
    return "number" if _NUMBER.fullmatch(cell) else "text"


def _kinds(rows: list[list[str]], width: int) -> list[str]:
    """Returns the kind of most cells of each column; "year" if most of its numbers are years."""
    kinds = []
    for column in range(width):
        cells = [row[column] for row in rows]
        counts = Counter(kind for cell in cells if (kind := kind_of(cell)))
        kind = max(counts, key=lambda kind: (counts[kind], kind != "text"), default="text")
        years = sum(is_year(cell) for cell in cells)
        kinds.append("year" if kind == "number" and years * 2 > counts["number"] else kind)
    return kinds


def _is_data(first: list[str], kinds: list[str]) -> bool:
    """True if the first row is data: half of its cells or more are numbers or dates like those below.

    Words above numbers make it a header; so do years and dates, which name a column for each period.
    """
    alike = 0
    for cell, kind in zip(first, kinds, strict=False):
        cell_kind = kind_of(cell)
        if kind != "text" and cell_kind == "text":
            return False
        alike += cell_kind == kind and not is_year(cell) and kind != "text"
        alike += kind == "year" and is_year(cell)
    return alike * 2 >= len(kinds)


def _recurs(first: list[str], below: list[list[str]], kinds: list[str]) -> bool:
    """True if the first row has a number or a date where the rows below have them, no words there, and
    a word that occurs again in its column: a name of a column does not.
    """
    words = alike = 0
    for column, (cell, kind) in enumerate(zip(first, kinds, strict=False)):
        cell_kind = kind_of(cell)
        if kind != "text" and cell_kind == "text":
            return False
        alike += kind in ("number", "date") and cell_kind == kind and period_of(cell) is None
        words += kind == "text" and cell_kind == "text" and any(row[column] == cell for row in below)
    repeated = any(row == first for row in below)
    return alike > 0 and words > 0 and not repeated


def _count_levels(rows: list[list[str]], kinds: list[str]) -> int:
    """Returns the number of header rows: names, groups over names, units under them."""
    values = [column for column, kind in enumerate(kinds) if kind != "text"]
    levels = 1
    while levels < min(_MAX_HEADER_ROWS, len(rows) - 1):
        row = rows[levels]
        if _has_units(row, values):
            return levels + 1
        if _completes(rows[levels - 1], row, rows[levels + 1 :]):
            return levels + 1
        if not (_has_groups(rows[levels - 1], values) and _has_names(row, values, kinds)):
            break
        levels += 1
    return levels


def _completes(above: list[str], row: list[str], below: list[list[str]]) -> bool:
    """True if a row names what the one above leaves blank, and is blank where that stands alone: as
    survey tools write a question over its parts.
    """
    parts = [cell for cell in row if cell]
    alone = [cell for cell, part in zip(above, row, strict=False) if cell and not part]
    blank = [part for cell, part in zip(above, row, strict=False) if not cell]
    return (
        bool(not row[0] and above[0] and len(parts) > 1 and alone and blank)
        and all(blank)
        and all(kind_of(part) == "text" for part in parts)
        and all(cells[0] for cells in below)
    )


def _has_units(row: list[str], values: list[int]) -> bool:
    filled = [cell for cell in row if cell and cell.lower() not in UNIT_LABELS]
    return any(row[column] for column in values) and all(map(_is_unit, filled))


def _is_unit(cell: str) -> bool:
    return not is_long(cell) and _UNIT.fullmatch(cell) is not None


def _has_groups(row: list[str], values: list[int]) -> bool:
    """True if a name stands once over several columns, or is repeated from one to the next."""
    return any(
        not row[column] or (column > 0 and row[column].lower() == row[column - 1].lower())
        for column in values
    )


def _has_names(row: list[str], values: list[int], kinds: list[str]) -> bool:
    if len(values) < 2:
        return False
    return all(
        row[column]
        and (
            kind_of(row[column]) == "text"
            or (kinds[column] != "year" and period_of(row[column]) is not None)
        )
        for column in values
    )


def _join(rows: list[list[str]]) -> list[str]:
    """Returns one name for each column; a group covers the blank cells to its right."""
    names = rows[0]
    for row in rows[1:]:
        units = not any(cell and not _is_unit(cell) for cell in row)
        if units or row[0].lower() in UNIT_LABELS:
            names = [_with_unit(name, unit) for name, unit in zip(names, row, strict=False)]
        else:
            names = [f"{group} {name}".strip() for group, name in _spread(names, row)]
    return names


def _with_unit(name: str, unit: str) -> str:
    if not unit or unit.lower() in UNIT_LABELS:
        return name
    return f"{name} {unit}" if unit[0] in "([" else f"{name} ({unit.removeprefix('in ')})"


def _spread(groups: list[str], names: list[str]) -> list[tuple[str, str]]:
    pairs, current = [], ""
    for group, name in zip(groups, names, strict=False):
        current = group or (current if name else "")
        pairs.append((current, name))
        if not name:
            current = ""  # A name without one below is no group.
    return pairs
