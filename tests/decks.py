"""Sample decks that use every layout, block and kind of chart, for the tests of exports and pages."""

from math import sin

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.decks import (
    Bullets,
    Callout,
    Chart,
    ChartKind,
    Check,
    Deck,
    Kpi,
    Kpis,
    Layout,
    Series,
    Slide,
    Storyline,
    Table,
    TableColumn,
    Usage,
)
from deckgen.domain.display import COUNT, PERCENT, TEXT, Format, Unit, Value, display
from deckgen.domain.facts import Fact, Statistics

DOLLARS = Unit(format=Format.CURRENCY, symbol="USD")
MONTH = Unit(format=Format.PERIOD, symbol="month")
YEAR = Unit(format=Format.PERIOD, symbol="year")
CELSIUS = Unit(format=Format.NUMBER, symbol="°C")
SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    '=HYPERLINK("http://x.invalid","y")',
    "+1",
    "-2",
    "@SUM(A1)",
    SCRIPT,
    "]]>",
    "a\x0bb\x1fc",
    "{{f1}}",
    "if",
]
MONTHS = [f"{2014 + month // 12}-{month % 12 + 1:02}-01" for month in range(24)]
CITIES = [
    "Amsterdam",
    "Łódź",
    "東京",
    "São Paulo",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
]


def fact(number: int, value: Value, unit: Unit, label: str) -> Fact:
    return Fact(
        id=f"f{number}",
        label=label,
        value=value,
        unit=unit,
        display=display(value, unit),
        sql=f"SELECT sum(\"revenue\") FROM data WHERE region <> '{number} & <b>'",
        rows=49_574,
        statistics=Statistics(test="Mann-Kendall", statistic=0.42, p_value=0.001, q_value=0.004, n=24)
        if number == 3
        else None,
    )


def chart(
    kind: ChartKind,
    categories: list[Value],
    *values: list[float | int | None],
    unit: Unit = DOLLARS,
    category_unit: Unit = TEXT,
    highlight: list[int] | None = None,
    partial: list[int] | None = None,
    title: str = "Revenue by region",
) -> Chart:
    names = ["Revenue", "Plan", "Last year", "Forecast of the regional sales directors"]
    return Chart(
        kind=kind,
        title=title,
        sql='SELECT region, sum("revenue") FROM data GROUP BY ALL ORDER BY ALL',
        category_label="Region",
        category_unit=category_unit,
        categories=categories,
        series=[
            Series(label=name, unit=unit, values=each)
            for name, each in zip(names, values, strict=False)
        ],
        highlight=highlight or [],
        partial=partial or [],
        alt=f"A {kind} chart of {{{{f1}}}} by region.",
    )


def slide(layout: Layout, title: str, *blocks: object, number: int = 0, **more: str) -> Slide:
    return Slide.model_validate(
        {
            "id": f"s{number}",
            "layout": layout,
            "title": title,
            "blocks": blocks,
            "notes": more.get("notes", "Say that {{f1}} is the sum over all regions."),
            "source_line": more.get("source_line", "Source: {{source}}, all rows"),
        }
    )


def points(count: int = 3, words: int = 1) -> Bullets:
    text = (
        "Revenue reached {{f1}}, of which {{c0}} brought {{f2}}" + " and kept growing steadily" * words
    )
    return Bullets(items=[f"{text} {'abcdefghijklmnop'[index]}" for index in range(count)])


def kpis(count: int = 4) -> Kpis:
    items = [
        Kpi(label="Revenue", value="{{f1}}", change="{{f4}} more than the year before"),
        Kpi(label="Share of the largest region", value="{{f2}}"),
        Kpi(label="Orders", value="{{f3}}", change="unchanged"),
        Kpi(label="Average price of an order, taxes and delivery included", value="{{f5}}"),
        Kpi(label="Best month", value="{{f6}}"),
        Kpi(label="Coldest day", value="{{f7}}", change="{{f4}} below the mean"),
    ]
    return Kpis(items=items[:count])


def table(rows: int = 6, columns: int = 4) -> Table:
    heads = [TableColumn(label="{{c0}}", unit=TEXT)]
    heads += [
        TableColumn(label=f"Revenue {'abcdefghijklmnopqrstuvwxyz'[n]}", unit=DOLLARS)
        for n in range(columns - 1)
    ]
    body: list[list[Value]] = [
        [
            f"Region {row}" if row else "Łódź & <b>co</b>",
            *(1234.5 * (row + n) for n in range(columns - 1)),
        ]
        for row in range(rows)
    ]
    return Table(title="Revenue by region", sql="SELECT * FROM data", columns=heads, rows=body)


def roles() -> Table:
    reason = "Numbers that are not whole and have a currency sign, so they add up over everything"
    return Table(
        title="How the columns were read",
        columns=[TableColumn(label=label, unit=TEXT) for label in ("Column", "Role", "Reason")],
        rows=[[f"column_{index}", "measure", reason * (1 + index % 3)] for index in range(7)],
    )


_SEASONS: list[float | int | None] = [900_000 + 12_000 * n + 150_000 * sin(n / 2) for n in range(24)]
_TEMPERATURES: list[float | int | None] = [11.2 + 9 * sin(n / 1.9) for n in range(24)]


def content() -> list[Slide]:
    """One slide or more for each layout and each kind of chart."""
    months: list[Value] = list(MONTHS)
    cities: list[Value] = list(CITIES)
    many: list[Value] = [f"A fairly long name of category number {index}" for index in range(12)]
    years: list[Value] = [f"{year}-01-01" for year in range(1956, 2021)]
    falling: list[float | int | None] = [round(2e9 - 2.5e7 * n + 1e8 * sin(n), 2) for n in range(65)]
    changes: list[Value] = ["2014", "Volume", "Price", "Mix", "Currency effects and other", "2015"]
    scatter: list[Value] = [float(n % 37) + n / 40 for n in range(120)]
    long_title = (
        "Revenue grew to {{f1}} although the largest region fell by {{f2}}, because every other region "
        "made up for it in the second half of the year and prices held"
    )
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
        slide(
            Layout.CHART,
            "Revenue rose in most months of the year",
            chart(
                ChartKind.LINE,
                months,
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
            long_title,
            chart(ChartKind.BAR, cities, [812_345, 400_000, 250_000, 90_500, 12], highlight=[0]),
            points(3, 3),
        ),
        slide(
            Layout.CHART,
            "Newspapers lost most of their revenue",
            chart(ChartKind.LINE, years, falling, category_unit=YEAR, title="Revenue by year"),
            Callout(text="Nothing suggests a recovery"),
        ),
        slide(
            Layout.CHART,
            "Summer is {{f7}} warmer than winter",
            chart(
                ChartKind.COLUMN,
                months[:12],
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
                months,
                _TEMPERATURES,
                unit=CELSIUS,
                category_unit=MONTH,
                title="Mean temperature by month",
            ),
        ),
        slide(
            Layout.CHART,
            "Volume brought most of the growth",
            chart(
                ChartKind.WATERFALL,
                changes,
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
                changes,
                [-300_000, 250_000, 120_000, -180_000, 400_000, 290_000],
                title="Profit from one year to the next",
            ),
        ),
        slide(
            Layout.CHART,
            "Warm days are dry days",
            chart(
                ChartKind.SCATTER,
                scatter,
                [(n * 7919 % 101) / 3 + n / 12 for n in range(120)],
                unit=CELSIUS,
                category_unit=CELSIUS,
                highlight=[5, 50],
                title="Temperature and rain",
            ),
            points(2),
        ),
        slide(
            Layout.COMPARISON,
            "Revenue and its share tell two stories",
            chart(
                ChartKind.BAR,
                many,
                [float(1000 - 70 * n) for n in range(12)],
                unit=COUNT,
                highlight=[0, 1],
            ),
            chart(
                ChartKind.COLUMN,
                years[-8:],
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
                months,
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
            "Lines that end together have a legend",
            chart(
                ChartKind.LINE,
                months,
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
            chart(ChartKind.BAR, cities[:4], [5.5, 4.0, 3.0, -2.0], [4.0, 4.5, 2.0, 1.0], unit=CELSIUS),
            points(2),
        ),
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


def sample_deck() -> Deck:
    """A deck of every layout, block and kind of chart."""
    facts = [
        fact(1, 1_250_000, DOLLARS, "Revenue"),
        fact(2, 0.38, PERCENT, f"Share of the largest region {SCRIPT}"),
        fact(3, 49_574, COUNT, "Orders"),
        fact(4, 0.053, PERCENT, "Change"),
        fact(5, 16.44, DOLLARS, "Mean price"),
        fact(6, "2015-12-01", MONTH, "Best month"),
        fact(7, -12.4, CELSIUS, "Lowest temperature"),
    ]
    return Deck(
        title="{{brief}}",
        brief=Brief(
            business_context="Where did the revenue of 2015 come from, and what should we do next?"
        ),
        source=Source(
            name="regions & revenue.csv",
            sha256="0" * 64,
            bytes=1_000_000,
            rows=49_574,
            columns=[_column("region", "Region"), _column("evil", SCRIPT)],
            warnings=["Two columns had no name"],
        ),
        facts=facts,
        storyline=Storyline(question="{{brief}}", answer="It grew to {{f1}}", arguments=["Volume"]),
        slides=[each.model_copy(update={"id": f"s{n}"}) for n, each in enumerate(content(), start=1)],
        quality=[
            Check(name="Every number is bound to a fact", passed=True),
            Check(name="Titles are statements", passed=False, problems=["s2: too short <b>"]),
        ],
        usage=Usage(),
    )


def _column(name: str, label: str) -> Column:
    return Column(
        name=name,
        label=label,
        type="VARCHAR",
        role=Role.DIMENSION,
        additivity=None,
        reason="Few different values",
        missing=0,
        distinct=5,
    )


def brief_deck() -> Deck:
    """A deck out of a brief alone: no source, no fact, no number."""
    question = Table(
        title="What would settle it",
        columns=[TableColumn(label=label, unit=TEXT) for label in ("Question", "Data that answers it")],
        rows=[["Where does demand grow?", "Orders by region and month"], ["What does it cost?", None]],
    )
    return Deck(
        title="{{brief}}",
        brief=Brief(business_context="Q4 Revenue Analysis"),
        source=None,
        facts=[],
        storyline=Storyline(question="{{brief}}", answer="Data will tell", arguments=[]),
        slides=[
            Slide(id="s1", layout=Layout.TITLE, title="{{brief}}", source_line="From the brief alone"),
            Slide(
                id="s2",
                layout=Layout.SUMMARY,
                title="The brief asks what data must answer",
                blocks=[
                    Bullets(items=["No data was given, so no number is shown"]),
                    Callout(text="Add a table to get findings"),
                ],
            ),
            Slide(id="s3", layout=Layout.TABLE, title="Two questions need data", blocks=[question]),
            Slide(id="s4", layout=Layout.RECOMMENDATION, title="Collect the data first"),
        ],
        quality=[],
        usage=Usage(),
    )
