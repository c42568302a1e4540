"""Quarters and fiscal years: Q1 2024, 2024Q1, FY22 Q1, Q1/22, 1. Quartal 2024, FY2024, 2023/24."""

import re
from dataclasses import replace

from deckgen.orchestrator.analyst.ingestion.cells import FIT, LIKELY, Cells, Reading, Sample, matches
from deckgen.orchestrator.analyst.sql import quoting

_FY = r"(?:FY|GJ)[ '’]?"
_QUARTER = (
    rf"(?i)(?:{_FY})?([12]\d{{3}})[\s/_-]*Q([1-4])|Q([1-4])[\s/_-]*(?:{_FY})?([12]\d{{3}})"
    r"|([1-4])Q[\s/_-]*([12]\d{3})"
)
_QUARTER_WORD = r"(?i)([1-4])\.? ?(?:Quartal|trimestre)[\s/]*([12]\d{3})"
_SHORT_QUARTER = (  # FY22 Q1, Q1 FY22, Q1'22, Q1/22, 1Q22, 22Q1
    rf"(?i){_FY}(\d{{2}})[\s/_-]*Q([1-4])|Q([1-4])[\s/_-]*(?:{_FY}|['’/-])(\d{{2}})"
    r"|([1-4])Q[\s/'’-]*(\d{2})|(\d{2})[/-]?Q([1-4])"
)
# The years of 2023/24 Q1 and 2023/24 follow one another; FY23/24 as well.
_TWO_YEARS = rf"(?:(?:{_FY})?([12]\d{{3}})[/-](?:[12]\d)?(\d{{2}})|{_FY}(\d{{2}})[/-](\d{{2}}))"
_YEARS_QUARTER = rf"(?i){_TWO_YEARS}[\s/_-]*Q([1-4])"
_QUARTER_YEARS = rf"(?i)Q([1-4])[\s/_-]*{_TWO_YEARS}"
_YEAR = rf"(?i){_FY}([12]\d{{3}}|\d{{2}})"
_YEARS = rf"(?i){_TWO_YEARS}"
_FISCAL = rf"(?i).*(?:FY|GJ).*|{_YEARS_QUARTER}|{_QUARTER_YEARS}"
# What all cells of a form have: looking for it spares DuckDB the patterns.
_LIKE_A_QUARTER = re.compile(r".*(?:q|trimestre).*", re.IGNORECASE | re.DOTALL)
_LIKE_YEARS = re.compile(rf"{_FY}\d+|{_TWO_YEARS}", re.IGNORECASE)


def read_parts(cells: Cells, sample: Sample, expression: str, like: re.Pattern[str]) -> Reading | None:
    """Returns the reading by an expression (SQL) that is NULL for cells of another form, and for those
    that do not look like it.
    """
    condition = f"({expression}) IS NOT NULL"
    if sample.share(like) < LIKELY:
        return None
    if sample.fit(condition) < LIKELY or (fit := cells.fit(condition)) < FIT:
        return None
    return Reading("DATE", expression, misfits="" if fit == 1 else "dates")


def read_quarters(cells: Cells, sample: Sample) -> Reading | None:
    """Returns the reading as the first days of quarters."""
    reading = read_parts(cells, sample, _quarter(), _LIKE_A_QUARTER)
    if reading is None or cells.fit(matches("cell", _FISCAL)) == 0:
        return reading
    note = "quarters of fiscal years were placed as if the year began in January"
    return replace(reading, notes=(*reading.notes, note))


def read_fiscal_years(cells: Cells, sample: Sample) -> Reading | None:
    """Returns the reading as the first days of years; 2023/24 is placed where it begins."""
    one, two = part_of(_YEAR, 1), _first_of_two(_YEARS, 1)
    expression = (
        f"CASE WHEN {matches('cell', _YEAR)} THEN make_date({_full(one)}, 1, 1) "
        f"WHEN {matches('cell', _YEARS)} THEN make_date({two}, 1, 1) END"
    )
    reading = read_parts(cells, sample, expression, _LIKE_YEARS)
    if reading is None:
        return None
    note = "fiscal years were placed as if the year began in January, those of two years in the first"
    return replace(reading, notes=(*reading.notes, note))


def part_of(pattern: str, *indices: int) -> str:
    """Returns SQL for the number that the first of some groups of a pattern holds."""
    parts = (
        f"try_cast(regexp_extract(cell, {quoting.literal(pattern)}, {i}) AS INTEGER)" for i in indices
    )
    return f"coalesce({', '.join(parts)})"


def _full(year: str) -> str:
    """Returns SQL for a year of four digits, from one of two, which mean 1970 to 2069, or four."""
    return f"({year} + CASE WHEN {year} < 70 THEN 2000 WHEN {year} < 100 THEN 1900 ELSE 0 END)"


def _first_of_two(pattern: str, group: int) -> str:
    """Returns SQL for the first of two years, which are those of a group and the next, or of the two
    behind these; NULL unless the second follows it.
    """
    one, other = part_of(pattern, group, group + 2), part_of(pattern, group + 1, group + 3)
    return f"(CASE WHEN ({one} + 1) % 100 = {other} THEN {_full(one)} END)"


def _quarter() -> str:
    """Returns SQL for the first day of a quarter."""
    forms = {
        _QUARTER: (part_of(_QUARTER, 1, 4, 6), part_of(_QUARTER, 2, 3, 5)),
        _QUARTER_WORD: (part_of(_QUARTER_WORD, 2), part_of(_QUARTER_WORD, 1)),
        _SHORT_QUARTER: (
            _full(part_of(_SHORT_QUARTER, 1, 4, 6, 7)), part_of(_SHORT_QUARTER, 2, 3, 5, 8)
        ),
        _YEARS_QUARTER: (_first_of_two(_YEARS_QUARTER, 1), part_of(_YEARS_QUARTER, 5)),
        _QUARTER_YEARS: (_first_of_two(_QUARTER_YEARS, 2), part_of(_QUARTER_YEARS, 1)),
    }  # fmt: skip
    cases = " ".join(
        f"WHEN {matches('cell', form)} THEN make_date({year}, 3 * {quarter} - 2, 1)"
        for form, (year, quarter) in forms.items()
    )
    return f"CASE {cases} END"
