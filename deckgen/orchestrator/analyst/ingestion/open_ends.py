"""Dates that mean that there is none: 9999-12-31 of what has no end, 00.00.0000 of what has no date."""

import re
from dataclasses import replace

from deckgen.orchestrator.analyst.ingestion.cells import Cells, Reading, Sample, matches
from deckgen.orchestrator.analyst.ingestion.dates import read_dates

_MIDNIGHT = r"(?:[ T][0-9:.]+Z?)?"
_END = rf"9999[-/.]\d\d?[-/.]\d\d?{_MIDNIGHT}|\d\d?[-/.]\d\d?[-/.]9999{_MIDNIGHT}"
_NONE = rf"0000[-/.]00[-/.]00{_MIDNIGHT}|00[-/.]00[-/.]0000{_MIDNIGHT}"
_LIKE = re.compile(f"{_END}|{_NONE}")


def read_dates_with_open_ends(cells: Cells, sample: Sample, *, day_first: bool) -> Reading | None:
    """Returns the reading of the other cells as dates, days or moments; None if they are none."""
    reading = read_dates(cells, sample, day_first=day_first)
    if reading and not reading.misfits:
        return reading
    marks = f"{_END}|{_NONE}"
    share = cells.fit(matches("cell", marks)) if reading or sample.share(_LIKE) > 0 else 0
    if not 0 < share < 1:
        return reading
    others = replace(cells, source=f"(SELECT * FROM {cells.source} WHERE NOT {matches('cell', marks)})")
    reading = read_dates(others, others.sample(), day_first=day_first)
    return _without(reading) if reading else None


def _without(reading: Reading) -> Reading:
    end, none = matches("cell", _END), matches("cell", _NONE)
    counted = (
        ("one cell such as 9999-12-31 means an open end, and counts as missing",
         "{:,} cells such as 9999-12-31 mean an open end, and count as missing", end),
        ("one cell such as 00.00.0000 counts as missing",
         "{:,} cells such as 00.00.0000 count as missing", none),
    )  # fmt: skip
    return replace(
        reading,
        expression=f"(CASE WHEN NOT ({end} OR {none}) THEN {reading.expression} END)",
        misfit=f"({reading.expression}) IS NULL AND NOT ({end} OR {none})",
        counted=(*reading.counted, *counted),
    )
