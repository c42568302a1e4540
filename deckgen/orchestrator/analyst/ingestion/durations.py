"""How long something took, in words: 1h 20m, 2 days; in days, hours or seconds."""

import re

from deckgen.orchestrator.analyst.ingestion.cells import FIT, LIKELY, Cells, Reading, Sample, matches
from deckgen.orchestrator.analyst.ingestion.clocks import read_clocks
from deckgen.orchestrator.analyst.sql import quoting

_NUMBER = r"\d+(?:[.,]\d+)?"
# The words of each unit, with its seconds; the longest unit first, as they are written.
_UNITS = (
    ("w", r"weeks?|wks?|Wochen?", 604_800),
    ("d", r"days?|d|Tage?n?", 86_400),
    ("h", r"hours?|hrs?|h|Stunden?|Std\.?", 3_600),
    ("min", r"minutes?|mins?|m|Minuten?|Min\.?", 60),
    ("s", r"seconds?|secs?|s|Sekunden?|Sek\.?", 1),
)
_WORDS = (
    r"(?i)-?"
    + "".join(
        rf"(?:({_NUMBER})\s*(?:{words})(?:\s*(?:,|and|und)?\s+|\s*,?\s*|$))?" for _, words, _ in _UNITS
    )
    + "$"
)
_IN_WORDS = re.compile(rf"-?{_NUMBER}\s?[a-zA-Z].*", re.DOTALL)


def read_durations(cells: Cells, sample: Sample, name: str) -> Reading | None:
    """Returns the reading of durations; None if they are none. Clock times within a day are times."""
    return read_clocks(cells, sample, name) or (
        _in_words(cells, sample) if sample.share(_IN_WORDS) >= LIKELY else None
    )


def _in_words(cells: Cells, sample: Sample) -> Reading | None:
    like = f"({matches('cell', _WORDS)} AND regexp_matches(cell, '\\d'))"
    if sample.fit(like) < LIKELY or (fit := cells.fit(like)) < FIT:
        return None
    used = cells.fits([f"{_part(_WORDS, place)} IS NOT NULL" for place in range(1, len(_UNITS) + 1)])
    names = [name for (name, _, _), share in zip(_UNITS, used, strict=True) if share > 0]
    if names == ["min"] and cells.fit(matches("cell", rf"-?{_NUMBER}\s*[mM]")) > 0:
        return None  # 5m may be metres or millions
    unit, size, word = _unit(names)
    total = " + ".join(
        f"coalesce({_part(_WORDS, place)}, 0) * {seconds}"
        for place, (_, _, seconds) in enumerate(_UNITS, start=1)
    )
    value = f"CASE WHEN {like} THEN round(({total}) * {_sign()} / {size}, 6) END"
    note = f"durations in words were read in {word}"
    return Reading("DOUBLE", value, unit, (note,), "" if fit == 1 else "durations")


def _unit(names: list[str]) -> tuple[str, int, str]:
    """Returns the unit of all cells, its seconds and its name, by the finest unit among them."""
    if {"s", "min"} & set(names):
        return "s", 1, "seconds"
    return ("h", 3_600, "hours") if "h" in names else ("days", 86_400, "days")


def _part(pattern: str, place: int) -> str:
    group = f"regexp_extract(cell, {quoting.literal(pattern)}, {place})"
    return f"try_cast(replace({group}, ',', '.') AS DOUBLE)"


def _sign() -> str:
    return "(CASE WHEN starts_with(cell, '-') THEN -1 ELSE 1 END)"
