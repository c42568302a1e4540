"""The time axis: its grain, its periods, and their completeness."""

import datetime
from dataclasses import dataclass, replace

from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.formatting.display import Grain, Unit, ValueFormat
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.profiling import overrides
from deckgen.orchestrator.analyst.sql import quoting

GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
CYCLES: dict[Grain, int] = {"day": 7, "month": 12, "quarter": 4}  # periods of a week, of a year
_DAYS: dict[Grain, int] = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
MONTH_NAMES = ("month", "mon", "month_number", "monat")
QUARTER_NAMES = ("quarter", "qtr", "quartal")
EVEN = 0.9  # of the dates
PLURALS: dict[Grain, str] = {
    "day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years",
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """One period with data; `full` is False if its data begin late or end early."""

    grain: Grain
    start: datetime.date
    full: bool

    @property
    def end(self) -> datetime.date | None:
        """The first day after the period; None if there is none."""
        return shift(self.start, self.grain, 1)


@dataclass(frozen=True)
class Timeline:
    """The time axis: `sql` yields the date of a row; `gap` is the usual distance of dates in days."""

    column: int
    sql: str
    grain: Grain
    first: datetime.date
    last: datetime.date
    gap: int
    rows_per_date: float
    daytime: str | None
    is_panel: bool  # several rows a date, nearly always as many, so that their number is no news
    month: int | None = None  # the column of months or quarters, if it is separate from the year

    def known(self) -> str:
        """Returns the SQL condition that a row has a date."""
        return f"{self.sql} IS NOT NULL"

    def bucket(self, grain: Grain) -> str:
        """Returns SQL for the first day of a row's period."""
        return f"CAST(date_trunc('{grain}', {self.sql}) AS DATE)"

    def within(self, *periods: Period) -> str:
        """Returns the SQL condition from the first of the periods through the last."""
        start, end = periods[0].start, periods[-1].end
        ends = f" AND {self.sql} < DATE '{end}'" if end else ""
        return f"{self.sql} >= DATE '{start}'{ends}"

    def is_full(self, start: datetime.date, grain: Grain) -> bool:
        if GRAINS.index(grain) <= GRAINS.index(self.grain):
            return True
        end = shift(start, grain, 1)
        # Days are compared as numbers, since a gap may be longer than the calendar before the date.
        starts = self.first.toordinal() - self.gap < start.toordinal()
        return starts and end is not None and self.last.toordinal() + self.gap >= end.toordinal()

    def periods(self, table: DataTable, grain: Grain) -> list[Period]:
        """Returns all periods with data, in order."""
        rows = table.all(f"SELECT period FROM ({self.by_period(grain, 'count(*)')}) ORDER BY period")
        return [Period(grain, start, self.is_full(start, grain)) for (start,) in rows]

    def by_period(self, grain: Grain, value: str, *conditions: str, rows: str = "data") -> str:
        """Returns SQL for an expression over the rows of each period (period, value), in no order."""
        where = quoting.where(*conditions, self.known())
        period = self.bucket(grain)
        return f"SELECT {period} AS period, {value} AS value FROM {rows}{where} GROUP BY ALL"

    def chart_grain(self) -> Grain:
        """Returns the finest grain that makes a readable line (at most about ten dozen points)."""
        days = (self.last - self.first).days + 1
        limits: tuple[tuple[Grain, int], ...] = (
            ("day", 62), ("week", 200), ("month", 3700), ("quarter", 9000),
        )  # fmt: skip
        finest: Grain = next((grain for grain, limit in limits if days <= limit), "year")
        return max(finest, self.grain, key=GRAINS.index)


def unit_of(grain: Grain) -> Unit:
    return Unit(format=ValueFormat.PERIOD, symbol=grain)


def shift(start: datetime.date, grain: Grain, periods: int) -> datetime.date | None:
    """Returns the start of the period so many periods later; None beyond the years 1 to 9999."""
    try:
        if grain in ("day", "week"):
            return start + datetime.timedelta(days=periods * _DAYS[grain])
        index = start.year * 12 + start.month - 1 + _MONTHS[grain] * periods
        return datetime.date(index // 12, index % 12 + 1, start.day)
    except (OverflowError, ValueError):
        return None


def number_of(start: datetime.date, grain: Grain) -> int:
    """Returns the number of the period that starts on a day; the next period has the next number."""
    if grain in ("day", "week"):
        return start.toordinal() // _DAYS[grain]
    return (start.year * 12 + start.month - 1) // _MONTHS[grain]


def timeline_of(table: DataTable, source: Source) -> Timeline | None:
    """Returns the time axis, if there is one: the column that the request chose, else one of dates is
    preferred to one of years.
    """
    times = [(index, column) for index, column in enumerate(source.columns) if column.role is Role.TIME]
    dated = [(index, column) for index, column in times if column.type in ("DATE", "TIMESTAMP")]
    years = [(index, column) for index, column in times if column.type == "BIGINT"]
    chosen = [(index, column) for index, column in times if column.reason == overrides.AXIS]
    candidates = [item for item in chosen or dated or years if item[1].distinct > 1]
    if not candidates:
        return None
    index, column = min(candidates, key=lambda item: (item[1].missing, item[0]))
    daytime = _daytime(source, column)
    if column.type == "BIGINT":
        month = _part_of_year(source)
        timeline = _measure(table, index, _date_of_year(source, column, month), daytime)
        return timeline and replace(timeline, month=month)
    return _measure(table, index, f"CAST({quoting.name(column.name)} AS DATE)", daytime)


def _date_of_year(source: Source, year: Column, part: int | None) -> str:
    """Returns SQL for the first day of a row's year, or of the month or quarter in another column."""
    number = "1" if part is None else f"CAST({quoting.name(source.columns[part].name)} AS INTEGER)"
    if part is not None and source.columns[part].name.lower() in QUARTER_NAMES:
        number = f"({number} * 3 - 2)"
    date = f"make_date(CAST({quoting.name(year.name)} AS INTEGER), {number}, 1)"
    # A number that is no month (in a row of totals, say) gives no date.
    return f"(CASE WHEN {number} BETWEEN 1 AND 12 THEN {date} END)"


def _part_of_year(source: Source) -> int | None:
    """Returns the column of months, or else of quarters, beside a column of years."""
    for names, limit in ((MONTH_NAMES, 13), (QUARTER_NAMES, 4)):
        for index, column in enumerate(source.columns):
            if column.type == "BIGINT" and column.name.lower() in names and column.distinct <= limit:
                return index
    return None


def _daytime(source: Source, column: Column) -> str | None:
    """Returns SQL for the time of day of a row, from its date or from a column of times."""
    if column.type == "TIMESTAMP":
        return quoting.name(column.name)
    return next((quoting.name(other.name) for other in source.columns if other.type == "TIME"), None)


def _measure(table: DataTable, index: int, date: str, daytime: str | None) -> Timeline | None:
    """Returns the time axis of a date; None for fewer than two dates."""
    first, last, dates, rows, usual, gap, *counts = table.one(
        f"""
        SELECT min(d), max(d), count(*), sum(n), max(alike), quantile_disc(d - before, 0.9),
          count(*) FILTER (day(d) = 1 AND month(d) = 1),
          count(*) FILTER (day(d) = 1 AND month(d) IN (1, 4, 7, 10)),
          count(*) FILTER (day(d) = 1), count(DISTINCT isodow(d))
        FROM (SELECT d, n, lag(d) OVER (ORDER BY d) AS before, count(*) OVER (PARTITION BY n) AS alike
              FROM (SELECT {date} AS d, count(*) AS n FROM data GROUP BY ALL) WHERE d IS NOT NULL)
        """
    )
    if dates < 2:
        return None
    grain = _grain(dates, gap, *counts)
    is_panel = rows > dates and usual >= EVEN * dates
    return Timeline(index, date, grain, first, last, int(gap or 1), rows / dates, daytime, is_panel)


def _grain(dates: int, gap: int, januaries: int, quarters: int, firsts: int, weekdays: int) -> Grain:
    """Returns the grain of dates, by the number that are first days of a year, quarter or month."""
    if januaries == dates:
        return "year"
    if quarters == dates:
        return "quarter"
    if firsts == dates:
        return "month"
    if weekdays == 1 and gap >= 7:
        return "week" if gap < 28 else "month"
    return "day"
