"""A slide for each kind of chart that has roles, focus or annotations, as an analyst would fill it."""

from collections.abc import Mapping, Sequence
from math import sin
from typing import Any

from deckgen.domain.charts import Annotation, Chart, ChartKind, Series, SeriesRole
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.formatting.display import COUNT, PERCENT, Unit, Value
from tests.deck_parts import DOLLARS, MONTH, MONTHS, YEAR, chart, points, slide

_REGIONS: list[Value] = ["DACH", "UK & Ireland", "France", "Nordics", "Benelux", "Iberia"]
_LINES = ["Platform", "Analytics", "Services", "Support", "Hardware", "Training", "Licences"]
_YEARS: list[Value] = [f"{year}-01-01" for year in range(2012, 2016)]
_ACTUAL = [6.5e6, 4.1e6, 3.9e6, 3.5e6, 2.6e6, 2.3e6]
_BUDGET = [6.84e6, 4.31e6, 3.8e6, 3.69e6, 2.74e6, 2.42e6]
_BY_LINE = {
    name: [(7 - n) * 4e5 * (1 + (-0.1 if n == 2 else 0.12) * year) for year in range(4)]
    for n, name in enumerate(_LINES)
}
_BY_MONTH = {
    name: [(7 - n) * 1e5 + 2e4 * sin(month / 2 + n) + 1e3 * month for month in range(24)]
    for n, name in enumerate(_LINES)
}


def every_kind() -> list[Slide]:
    """Slides of the kinds that the other samples do not show."""
    charts = [*_against_plan(), *_parts(), *_courses(), *_groups(), *_answers()]
    return [
        slide(Layout.CHART, f"A {made.kind} chart says what it argues", made, points(2))
        for made in charts
    ]


def _chart(
    kind: ChartKind,
    categories: list[Value],
    rows: Mapping[str, Any],
    *said: Annotation,
    units: Sequence[Unit] = (DOLLARS,),
    roles: Sequence[SeriesRole] = (),
    category_unit: Unit | None = None,
    **more: Any,
) -> Chart:
    series = [
        Series(
            label=label,
            unit=units[min(number, len(units) - 1)],
            values=list(values),
            role=roles[number] if roles else SeriesRole.ACTUAL,
        )
        for number, (label, values) in enumerate(rows.items())
    ]
    made = chart(kind, categories, [], title=f"Shown as {kind}")
    update = {"series": series, "annotations": list(said), **more}
    if category_unit:
        update["category_unit"] = category_unit
    return made.model_copy(update=update)


def _difference(first: int, last: int, series: int = 0) -> Annotation:
    return Annotation(kind="difference", text="{{f1}}, {{f4}}", at=[first, last], series=series)


def _against_plan() -> list[Chart]:
    held = {"Actual": _ACTUAL, "Budget": _BUDGET}
    roles = [SeriesRole.ACTUAL, SeriesRole.PLAN]
    bridge = [21.5e6, 0.68e6, 0.42e6, 0.35e6, 0.25e6, -0.57e6, 22.63e6]
    steps: list[Value] = ["Before", "DACH", "France", "Nordics", "Iberia", "UK & Ireland", "Now"]
    return [
        _chart(ChartKind.VARIANCE, _REGIONS, held, roles=roles, highlight=[1]),
        _chart(ChartKind.WATERFALL, steps, {"Revenue": bridge}, _difference(0, 6), highlight=[5]),
    ]


def _parts() -> list[Chart]:
    whole = sum(_ACTUAL)
    reached = [sum(_ACTUAL[: index + 1]) / whole for index in range(len(_ACTUAL))]
    return [
        _chart(ChartKind.STACKED, _YEARS, _BY_LINE, _difference(0, 3), category_unit=YEAR, focus=[2]),
        _chart(ChartKind.SHARES, _YEARS, _BY_LINE, category_unit=YEAR),
        _chart(
            ChartKind.PARETO,
            _REGIONS,
            {"Revenue": _ACTUAL, "Reached together": reached},
            units=[DOLLARS, PERCENT],
            roles=[SeriesRole.ACTUAL, SeriesRole.REACHED],
        ),
    ]


def _courses() -> list[Chart]:
    months: list[Value] = list(MONTHS)
    turned = Annotation(kind="event", text="Turned in {{f6}}", at=[12])
    season = Annotation(kind="band", text="Season", at=[3, 5])
    lowest = Annotation(kind="callout", text="Lowest since {{f6}}", at=[17])
    mean = Annotation(kind="line", text="Mean {{f1}}", value="f1")
    course = {"Revenue": [1.2e6 + 2e5 * sin(month / 3) for month in range(24)]}
    nothing: list[float | None] = [None] * 24
    ahead = {
        "Revenue": [*course["Revenue"][:20], *nothing[20:]],
        "Expected": [*nothing[:20], 1.3e6, 1.35e6, 1.4e6, 1.4e6],
        "Low": [*nothing[:20], 1.2e6, 1.2e6, 1.2e6, 1.15e6],
        "High": [*nothing[:20], 1.4e6, 1.5e6, 1.6e6, 1.65e6],
    }
    ranged = [SeriesRole.ACTUAL, SeriesRole.PLAN, SeriesRole.LOW, SeriesRole.HIGH]
    two = {name: [values[0], values[-1]] for name, values in _BY_LINE.items()}
    return [
        _chart(ChartKind.LINE, months, course, turned, season, lowest, mean, category_unit=MONTH),
        _chart(ChartKind.LINE, months, _BY_MONTH, category_unit=MONTH, focus=[2]),
        _chart(ChartKind.INDEXED, months, _BY_MONTH, category_unit=MONTH, focus=[6]),
        _chart(ChartKind.SLOPE, [_YEARS[0], _YEARS[-1]], two, category_unit=YEAR, focus=[2]),
        _chart(ChartKind.MULTIPLES, months, _BY_MONTH, category_unit=MONTH, focus=[2]),
        _chart(ChartKind.FORECAST, months, ahead, roles=ranged, category_unit=MONTH),
    ]


def _groups() -> list[Chart]:
    quarters: list[Value] = ["Q1", "Q2", "Q3", "Q4"]
    changes = {"UK & Ireland": [0.11, 0.13, -0.35, -0.32], "DACH": [0.08, 0.14, 0.16, None]}
    boxes = {
        "Lowest": [480, 600, 450],
        "Lower quartile": [900, 1100, 800],
        "Median": [1150, 1500, 1010],
        "Upper quartile": [1500, 2100, 1250],
        "Highest": [2900, 3900, 2200],
    }
    ratio = {"Revenue per order": [900, 854], "Revenue": [9e6, 11.5e6], "Orders": [10_000, 13_466]}
    return [
        _chart(ChartKind.HEAT, quarters, changes, units=[PERCENT], focus=[0]),
        _chart(ChartKind.DISTRIBUTION, ["Kreuzberg", "Mitte", "Pankow"], boxes, highlight=[1]),
        _chart(
            ChartKind.TREE,
            _YEARS[-2:],
            ratio,
            units=[DOLLARS, DOLLARS, COUNT],
            category_unit=YEAR,
        ),
    ]


def _answers() -> list[Chart]:
    steps = {"Sessions": [184_000, 71_200, 18_400], "Of the step before": [None, 0.387, 0.258]}
    answers = {"Disagree": [0.1, 0.5], "Neither": [0.3, 0.3], "Agree": [0.6, 0.2]}
    return [
        _chart(
            ChartKind.FUNNEL,
            ["Visits", "Product pages", "Basket"],
            steps,
            units=[COUNT, PERCENT],
            roles=[SeriesRole.ACTUAL, SeriesRole.REACHED],
            highlight=[2],
        ),
        _chart(ChartKind.SCALE, ["My manager helps me", "Pay is fair"], answers, units=[PERCENT]),
    ]
