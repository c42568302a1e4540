"""Headers that look like the numbers below them: days as Excel counts them (45292), 01.2024. They name
a column for each period. Pure, no I/O.
"""

import datetime
import itertools
import re
from collections.abc import Callable, Sequence

from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_names import period_of

FIRST_SERIAL, LAST_SERIAL = 20_000, 55_000  # days of 1954 to 2050
_DAY_ZERO = datetime.date(1899, 12, 30)
_SERIAL = re.compile(r"[2-5]\d{4}")
_DOTTED = re.compile(r"\d{1,2}\.(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")
_FEWEST, _FEWEST_IN_STEPS = 2, 4


def serial_day(number: int) -> datetime.date:
    """Returns the day that Excel counts by a number."""
    return _DAY_ZERO + datetime.timedelta(days=number)


def are_periods(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """True if the values of a first row are periods in their order, and those below it are not."""
    return _reader(first, below) is not None


def with_periods(names: list[str], below: Sequence[Sequence[str]]) -> list[str]:
    """Returns the names of columns with days that Excel counts as the months or days that they are."""
    read = _reader(names, below)
    if read is not _serial:
        return names
    days = [_serial(name) for name in names]
    monthly = all(day.day == 1 for day in days if day)
    return [
        (f"{day:%Y-%m}" if monthly else day.isoformat()) if day else name
        for name, day in zip(names, days, strict=True)
    ]


def _reader(
    first: Sequence[str], below: Sequence[Sequence[str]]
) -> Callable[[str], datetime.date | None] | None:
    for read in (_serial, _dotted):
        columns = [column for column, cell in enumerate(first) if read(cell)]
        days = [day for column in columns if (day := read(first[column]))]
        others = [cell for column, cell in enumerate(first) if column not in columns]
        if not _are_in_order(days) or any(re.fullmatch(r"[\d.,]+", cell[:20]) for cell in others):
            continue
        if not any(_has_periods(below, column, read) for column in columns):
            return read
    return None


def _are_in_order(days: list[datetime.date]) -> bool:
    """True if they follow one another as months, quarters or years do, or by days or weeks."""
    steps = {(after - before).days for before, after in itertools.pairwise(days)}
    if len(days) < _FEWEST or min(steps) <= 0:
        return False
    if all(day.day == 1 for day in days) or all(_is_last(day) for day in days):
        return True
    return len(days) >= _FEWEST_IN_STEPS and steps in ({1}, {7})


def _is_last(day: datetime.date) -> bool:
    return (day + datetime.timedelta(days=1)).day == 1


def _has_periods(
    rows: Sequence[Sequence[str]], column: int, read: Callable[[str], datetime.date | None]
) -> bool:
    """True if most cells of a column could be periods too: then the first row is one of them."""
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return sum(read(cell) is not None for cell in cells) * 2 > len(cells)


def _serial(cell: str) -> datetime.date | None:
    if is_long(cell) or not _SERIAL.fullmatch(cell) or not FIRST_SERIAL <= int(cell) <= LAST_SERIAL:
        return None
    return serial_day(int(cell))


def _dotted(cell: str) -> datetime.date | None:
    if is_long(cell) or not _DOTTED.fullmatch(cell):
        return None
    period = period_of(cell)
    return period.start() if period else None
