"""The dimension by which a measure differs most: for a question “where” that names no groups."""

import datetime
import math
from collections.abc import Sequence

from deckgen.domain.plans import Measured
from deckgen.orchestrator.analyst.execution.compiling import Compiler
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

MAX_DIMENSIONS = 6


def widest(
    table: Table, measured: Measured, dimensions: Sequence[Dimension], *, over_time: bool
) -> Dimension:
    """Returns the dimension whose groups lie furthest apart, or have moved furthest apart over time.

    Many groups lie further apart by chance alone, so that their number counts against them.
    """
    looked = dimensions[:MAX_DIMENSIONS]
    apart = {
        each.index: _range(table, measured, each, over_time=over_time) / math.sqrt(each.groups)
        for each in looked
    }
    return max(looked, key=lambda each: (apart[each.index], -each.index))


def _range(table: Table, measured: Measured, dimension: Dimension, *, over_time: bool) -> float:
    """Returns the distance of the highest group from the lowest, of values or of their changes."""
    axis = table.timeline
    if not over_time or axis is None:
        values = _values(table, measured, dimension, "")
        return max(values.values()) - min(values.values()) if values else 0.0
    middle = axis.first + datetime.timedelta(days=(axis.last - axis.first).days // 2)
    before, after = (
        _values(table, measured, dimension, f"{axis.sql} {side} DATE '{middle}'")
        for side in ("<=", ">")
    )
    moved = [after[name] - before[name] for name in before.keys() & after.keys()]
    return max(moved) - min(moved) if moved else 0.0


def _values(table: Table, measured: Measured, dimension: Dimension, condition: str) -> dict[str, float]:
    compiler = Compiler(table.source, table.timeline)
    where = quoting.where(dimension.known(), condition)
    rows = table.data.all(
        f"SELECT {dimension.text} AS g, {compiler.measure(measured.measure)} AS v "
        f"FROM {compiler.rows(measured.measure)}{where} GROUP BY ALL"
    )
    return {name: float(value) for name, value in rows if value is not None}
