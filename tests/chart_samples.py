"""A chart of each kind, with what it needs to be drawn as that kind."""

from typing import Any

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.domain.formatting.display import COUNT, PERCENT, Unit
from tests.deck_parts import DOLLARS, MONTH, MONTHS, YEAR
from tests.drawn_charts import charted

GROUPS = ["UK & Ireland", "DACH", "France", "Nordics"]
YEARS = ["2022-01-01", "2023-01-01", "2024-01-01"]
ACTUAL = [9e6, 8e6, 5e6, 4e6]
PLAN = [8e6, 8.5e6, 5e6, 4.4e6]
NONE: list[float | None] = [None] * 4
COURSES = {
    "Licences": [3e6, 3.4e6, 3.1e6, 3.9e6, 4.4e6, 4.1e6],
    "Services": [2e6, 1.9e6, 1.7e6, 1.8e6, 1.4e6, 1.2e6],
    "Support": [1e6, 1.1e6, 1.3e6, 1.2e6, 1.5e6, 1.6e6],
}
FIVE = {
    "Lowest": [480.0, 600, 450, 300],
    "Lower quartile": [900.0, 1100, 800, 600],
    "Median": [1150.0, 1500, 1010, 780],
    "Upper quartile": [1500.0, 2100, 1250, 930],
    "Highest": [2900.0, 3900, 2200, 1500],
}
ANSWERS = {
    "Disagree": [0.1, 0.5, 0.2, 0.25],
    "Neither": [0.3, 0.3, 0.3, 0.25],
    "Agree": [0.6, 0.2, 0.5, 0.5],
}
RANGE = {
    "Revenue": [5e6, 6e6, 5.5e6, 7e6, None, None],
    "Expected": [*NONE, 7.4e6, 7.8e6],
    "Low": [*NONE, 7e6, 6.8e6],
    "High": [*NONE, 7.8e6, 9.2e6],
}


REACHED = [0.35, 0.65, 0.85, 1.0]
HEAT = {"Licences": [0.1, -0.2, 0.3, 0.02], "Services": [0.2, 0.1, -0.01, 0.1]}
STEPS = {"Sessions": [900, 400, 90, 40], "Of the step before": [None, 0.44, 0.23, 0.44]}
DRIVERS = {"Revenue per order": [900.0, 854], "Revenue": [9e6, 11e6], "Orders": [1e4, 1.2e4]}
_A, _P, _R, _O = SeriesRole.ACTUAL, SeriesRole.PLAN, SeriesRole.REACHED, SeriesRole.OTHER


def one_of_each() -> dict[ChartKind, Chart]:
    """Returns a chart of each kind by its name."""
    return {made.kind: made for made in (*_over_time(), *_by_group(), *_of_parts())}


def _over_time() -> list[Chart]:
    over_months = (ChartKind.LINE, ChartKind.INDEXED, ChartKind.MULTIPLES)
    stacks = (ChartKind.STACKED, ChartKind.SHARES)
    ends = {name: [values[0], values[-1]] for name, values in COURSES.items()}
    roles = [_A, _P, SeriesRole.LOW, SeriesRole.HIGH]
    return [
        *(charted(kind, MONTHS[:6], COURSES, category_unit=MONTH) for kind in over_months + stacks),
        charted(ChartKind.SLOPE, YEARS[:2], ends, category_unit=YEAR),
        charted(ChartKind.FORECAST, MONTHS[:6], RANGE, category_unit=MONTH, roles=roles),
        charted(ChartKind.COLUMN, YEARS, {"Revenue": [7e6, 8e6, 9e6]}, category_unit=YEAR),
    ]


def _by_group() -> list[Chart]:
    against, usual = {"Revenue": ACTUAL, "Budget": PLAN}, {"Revenue": ACTUAL, "Usual": PLAN}
    reached = {"Revenue": ACTUAL, "Reached": REACHED}
    pareto = charted(ChartKind.PARETO, GROUPS, reached, roles=[_A, _R])
    visits = [50, 40, 30, 20]
    return [
        charted(ChartKind.BAR, GROUPS, {"Revenue": ACTUAL}, highlight=[1]),
        charted(ChartKind.VARIANCE, GROUPS, against, roles=[_A, _P], highlight=[1]),
        charted(ChartKind.SCATTER, visits, usual, category_unit=COUNT, roles=[_A, _O]),
        charted(ChartKind.HEAT, GROUPS, HEAT, unit=PERCENT, focus=[0]),
        charted(ChartKind.DISTRIBUTION, GROUPS, FIVE, highlight=[1]),
        charted(ChartKind.SCALE, GROUPS, ANSWERS, unit=PERCENT),
        _with_units(pareto, DOLLARS, PERCENT),
    ]


def _of_parts() -> list[Chart]:
    names = ["2023", "Price", "Volume", "2024"]
    steps = charted(ChartKind.FUNNEL, GROUPS, STEPS, roles=[_A, _R])
    tree = charted(ChartKind.TREE, YEARS[:2], DRIVERS, category_unit=YEAR)
    return [
        charted(ChartKind.WATERFALL, names, {"Revenue": [9e6, 2e6, -1e6, 10e6]}),
        _with_units(steps, COUNT, PERCENT),
        _with_units(tree, DOLLARS, DOLLARS, COUNT),
    ]


def _with_units(chart: Chart, *units: Unit) -> Chart:
    changes: list[dict[str, Any]] = [{"unit": unit} for unit in units]
    series = [
        each.model_copy(update=change) for each, change in zip(chart.series, changes, strict=True)
    ]
    return chart.model_copy(update={"series": series})
