"""Slides of sample decks: one or more for each layout and each kind of chart."""

from math import sin

from deckgen.domain.blocks import Bullets, Callout, Table, TableColumn
from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT, Value
from tests.deck_parts import (
    CELSIUS,
    CITIES,
    HOSTILE,
    MONTH,
    MONTHS,
    YEAR,
    chart,
    kpis,
    points,
    roles,
    slide,
    table,
)
from tests.sample_chart_slides import every_kind

_SEASONS: list[float | int | None] = [900_000 + 12_000 * n + 150_000 * sin(n / 2) for n in range(24)]
_TEMPERATURES: list[float | int | None] = [11.2 + 9 * sin(n / 1.9) for n in range(24)]
_MONTHS: list[Value] = list(MONTHS)
_CITIES: list[Value] = list(CITIES)
_MANY: list[Value] = [f"A fairly long name of category number {index}" for index in range(12)]
_YEARS: list[Value] = [f"{year}-01-01" for year in range(1956, 2021)]
_FALLING: list[float | int | None] = [round(2e9 - 2.5e7 * n + 1e8 * sin(n), 2) for n in range(65)]
_CHANGES: list[Value] = ["2014", "Volume", "Price", "Mix", "Currency effects and other", "2015"]
_SCATTER: list[Value] = [float(n % 37) + n / 40 for n in range(120)]
_LONG_TITLE = (
    "Revenue grew to {{f1}} although the largest region fell by {{f2}}, because every other region "
    "made up for it in the second half of the year and prices held"
)


def content() -> list[Slide]:
    """One slide or more for each layout and each kind of chart."""
    return [
        *_opening(),
        *_courses(),
        *_changes(),
        *_comparisons(),
        *every_kind(),
        *_closing(),
    ]


def _opening() -> list[Slide]:
    return [
        slide(Layout.TITLE, "{{brief}}", Bullets(items=["What {{source}} says about it"])),
        slide(
            Layout.SUMMARY,
            "Revenue grew to {{f1}} and can grow further",
            points(4),
            Callout(text="Put the budget where the growth is: in the {{f2}} that grows"),
        ),
        slide(Layout.KPI, "Four figures say how the year went", kpis(4), points(2)),
        slide(Layout.KPI, "Six figures say how the year went", kpis(6)),
    ]


def _courses() -> list[Slide]:
    return [
        slide(
            Layout.CHART,
            "Revenue rose in most months of the year",
            chart(
                ChartKind.LINE,
                _MONTHS,
                _SEASONS,
                category_unit=MONTH,
                highlight=[12],
                partial=[23],
                title="Revenue by month",
            ),
            points(3),
        ),
        slide(
            Layout.CHART,
            _LONG_TITLE,
            chart(ChartKind.BAR, _CITIES, [812_345, 400_000, 250_000, 90_500, 12], highlight=[0]),
            points(3, 3),
        ),
        slide(
            Layout.CHART,
            "Newspapers lost most of their revenue",
            chart(ChartKind.LINE, _YEARS, _FALLING, category_unit=YEAR, title="Revenue by year"),
            Callout(text="Nothing suggests a recovery"),
        ),
        slide(
            Layout.CHART,
            "Summer is {{f7}} warmer than winter",
            chart(
                ChartKind.COLUMN,
                _MONTHS[:12],
                _TEMPERATURES[:12],
                unit=CELSIUS,
                category_unit=MONTH,
                highlight=[2, 3],
                partial=[11],
                title="Mean temperature by month",
            ),
            points(2),
        ),
        slide(
            Layout.CHART,
            "Columns that are many have an axis",
            chart(
                ChartKind.COLUMN,
                _MONTHS,
                _TEMPERATURES,
                unit=CELSIUS,
                category_unit=MONTH,
                title="Mean temperature by month",
            ),
        ),
    ]


def _changes() -> list[Slide]:
    return [
        slide(
            Layout.CHART,
            "Volume brought most of the growth",
            chart(
                ChartKind.WATERFALL,
                _CHANGES,
                [1_000_000, 250_000, 120_000, -80_000, -40_000, 1_250_000],
                title="From one year to the next",
            ),
            points(2),
        ),
        slide(
            Layout.CHART,
            "A loss became a profit",
            chart(
                ChartKind.WATERFALL,
                _CHANGES,
                [-300_000, 250_000, 120_000, -180_000, 400_000, 290_000],
                title="Profit from one year to the next",
            ),
        ),
        slide(
            Layout.CHART,
            "Warm days are dry days",
            chart(
                ChartKind.SCATTER,
                _SCATTER,
                [(n * 7919 % 101) / 3 + n / 12 for n in range(120)],
                unit=CELSIUS,
                category_unit=CELSIUS,
                highlight=[5, 50],
                title="Temperature and rain",
            ),
            points(2),
        ),
    ]


def _comparisons() -> list[Slide]:
    return [
        slide(
            Layout.COMPARISON,
            "Revenue and its share tell two stories",
            chart(
                ChartKind.BAR,
                _MANY,
                [float(1000 - 70 * n) for n in range(12)],
                unit=COUNT,
                highlight=[0, 1],
            ),
            chart(
                ChartKind.COLUMN,
                _YEARS[-8:],
                [0.1, 0.12, 0.15, 0.11, -0.05, 0.2, 0.22, 0.25],
                unit=PERCENT,
                category_unit=YEAR,
                partial=[7],
                title="Growth",
            ),
            points(2),
        ),
        slide(
            Layout.COMPARISON,
            "Three lines end far from one another",
            chart(
                ChartKind.LINE,
                _MONTHS,
                _SEASONS,
                [700_000.0] * 24,
                [None, *[400_000.0 + n * 5000 for n in range(23)]],
                category_unit=MONTH,
                title="Revenue, plan and last year",
            ),
            points(2),
        ),
        slide(
            Layout.COMPARISON,
            "Lines that end together are named apart",
            chart(
                ChartKind.LINE,
                _MONTHS,
                _SEASONS,
                [value and value * 1.01 for value in _SEASONS],
                [value and value * 0.99 for value in _SEASONS],
                [value and value * 0.98 for value in _SEASONS],
                category_unit=MONTH,
            ),
            points(2),
        ),
        slide(
            Layout.COMPARISON,
            "Grouped bars compare two years",
            chart(
                ChartKind.BAR, _CITIES[:4], [5.5, 4.0, 3.0, -2.0], [4.0, 4.5, 2.0, 1.0], unit=CELSIUS
            ),
            points(2),
        ),
    ]


def _closing() -> list[Slide]:
    return [
        slide(Layout.TABLE, "Four regions make the revenue", table(), points(2)),
        slide(Layout.TABLE, "A long table is cut with a word about it", table(40, 9)),
        slide(
            Layout.RECOMMENDATION,
            "Three steps come next",
            points(3, 2),
            Callout(text="Decide on the first by {{f6}}"),
        ),
        slide(Layout.RECOMMENDATION, "Too many words are cut and kept in the notes", points(14, 9)),
        slide(Layout.APPENDIX, "How the data was read", roles(), points(2)),
        slide(
            Layout.CHART,
            "Labels are data, whatever they look like",
            chart(
                ChartKind.BAR,
                list(HOSTILE),
                [9, 8, 7, 6, 5, 4, 3, 2, 1],
                unit=COUNT,
                title="Hostile labels of {{c1}}",
            ),
            Table(
                title="As cells",
                columns=[TableColumn(label="{{c1}}", unit=TEXT)],
                rows=[[text] for text in HOSTILE],
            ),
        ),
    ]
