"""Sentinels: numbers that stand for no value. They are far from all others, and there several times."""

import re
from dataclasses import dataclass

from deckgen.domain.table_models import Confidence, Sentinel
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

MAX_COLUMNS = 60
PATTERN = re.compile(r"-?9{2,7}|-[1-9]0{3,6}")
LARGEST = 1e8
REPEATED = 2
FAR, VERY_FAR = 1.0, 3.0  # ranges of all other values, by which it is off
LEAST_OTHERS = 5


@dataclass(frozen=True)
class _End:
    """The lowest or highest value of a column, which may be a sentinel."""

    known: Known
    value: float


def decide(look: Look, made: Decisions) -> None:
    """Add the sentinels of each column of numbers, and a warning for each."""
    columns = [known for known in look.columns if known.is_number and known.column.distinct > 2]
    columns = [known for known in columns if known.is_measure or known.column.role.forms_groups]
    ends = _ends(look, columns[:MAX_COLUMNS])
    for end, others in zip(ends, _others(look, ends), strict=True):
        if found := _sentinel(end, *others):
            made.sentinels.setdefault(end.known.name, []).append(found)
            made.warnings.append(told(end.known, found))


def told(known: Known, found: Sentinel) -> str:
    """Returns the warning of a number that seems to stand for no value."""
    return (
        f"{found.value:g} in {found.rows:,} rows of “{known.label}” seems to stand for no "
        "value, and is in every sum and mean"
    )


def _ends(look: Look, columns: list[Known]) -> list[_End]:
    if not columns:
        return []
    row = look.table.one(
        f"SELECT {', '.join(f'min({known.sql}), max({known.sql})' for known in columns)} FROM data"
    )
    return [
        _End(known, float(value))
        for place, known in enumerate(columns)
        for value in row[2 * place : 2 * place + 2]
        if value is not None and abs(value) < LARGEST and PATTERN.fullmatch(f"{value:.10g}")
    ]


def _others(look: Look, ends: list[_End]) -> list[tuple[int, int, float | None, float | None]]:
    """Returns the rows with each end, and of all others their number and their lowest and highest."""
    if not ends:
        return []
    cells = []
    for end in ends:
        name, is_other = end.known.sql, f"FILTER ({end.known.sql} <> {end.value!r})"
        cells.append(
            f"count(*) FILTER ({name} = {end.value!r}), count(DISTINCT {name}) {is_other}, "
            f"min({name}) {is_other}, max({name}) {is_other}"
        )
    row = look.table.one(f"SELECT {', '.join(cells)} FROM data")
    return [row[4 * place : 4 * place + 4] for place in range(len(ends))]


def _sentinel(
    end: _End, rows: int, others: int, lowest: float | None, highest: float | None
) -> Sentinel | None:
    if rows < REPEATED or others < LEAST_OTHERS or lowest is None or highest is None:
        return None
    gap = lowest - end.value if end.value < lowest else end.value - highest
    spread = max(highest - lowest, abs(highest) * 0.01)
    alone_below_zero = end.value < 0 <= lowest
    if gap <= 0 or (gap < FAR * spread and not alone_below_zero):
        return None
    if alone_below_zero and abs(end.value) % 10 != 9:
        return None  # a round negative amount is a booking back as well
    sure = [Confidence.SURE, Confidence.LIKELY, Confidence.GUESS]
    if end.known.adds_up:
        sure = sure[1:]  # of amounts a few may well be far larger than all others
    return Sentinel(
        value=end.value,
        rows=rows,
        reason=f"it is there {rows:,} times, while all others are from {lowest:g} to {highest:g}",
        confidence=sure[0] if gap >= VERY_FAR * spread else sure[1],
    )
