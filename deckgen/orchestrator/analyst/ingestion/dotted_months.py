"""Months that look like numbers: 01.2024, 1.2024, 2024.01, and 001.2024 as SAP writes them."""

import re

from deckgen.orchestrator.analyst.ingestion.cells import FIT, LIKELY, Cells, Reading, Sample, matches
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.date_words import says_day, says_month
from deckgen.orchestrator.analyst.sql import quoting

_BEHIND = r"0{0,2}(0?[1-9]|1[0-2])\.((?:19|20)\d\d)"
_BEFORE = r"((?:19|20)\d\d)\.(0[1-9]|1[0-2])"
_LIKE = re.compile(rf"{_BEHIND}|{_BEFORE}")
_NO_NUMBER = re.compile(r"0\d{1,2}\.\d{4}")  # nobody writes a number so


def read_dotted_months(cells: Cells, sample: Sample, name: str) -> Reading | None:
    """Returns the reading as months; None if they are none, or may as well be numbers."""
    if sample.share(_LIKE) < LIKELY:
        return None
    words = read_name(name).words
    if sample.share(_NO_NUMBER) == 0 and not says_month(words) and not says_day(words):
        return None
    behind, before = matches("cell", _BEHIND), matches("cell", _BEFORE)
    fit = cells.fit(f"{behind} OR {before}")
    if fit < FIT:
        return None
    value = (
        f"CASE WHEN {behind} THEN make_date({_part(_BEHIND, 2)}, {_part(_BEHIND, 1)}, 1) "
        f"WHEN {before} THEN make_date({_part(_BEFORE, 1)}, {_part(_BEFORE, 2)}, 1) END"
    )
    note = "numbers such as 01.2024 were read as months"
    return Reading("DATE", value, notes=(note,), misfits="" if fit == 1 else "months")


def _part(pattern: str, place: int) -> str:
    return f"CAST(regexp_extract(cell, {quoting.literal(pattern)}, {place}) AS INTEGER)"
