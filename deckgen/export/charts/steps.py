"""The columns of a waterfall."""

from dataclasses import dataclass

from deckgen.domain.charts import Chart


@dataclass(frozen=True)
class Step:
    """One column of a waterfall, between two heights; `value` is what it says."""

    kind: str  # total, increase, decrease
    low: float
    high: float
    value: float
    reached: float  # after it


def waterfall_steps(chart: Chart) -> list[Step]:
    """The columns of a waterfall: first and last value are totals, those between are changes."""
    values = [float(value or 0) for value in chart.series[0].values]
    found, reached = [], 0.0
    for index, value in enumerate(values):
        if index in (0, len(values) - 1):
            found.append(Step("total", min(0.0, value), max(0.0, value), value, value))
            reached = value
        else:
            after = reached + value
            kind = "increase" if value >= 0 else "decrease"
            found.append(Step(kind, min(reached, after), max(reached, after), value, after))
            reached = after
    return found
