"""Facts and blocks of sample decks, as many and as long as a test wants them."""

from deckgen.domain.blocks import Bullets, Kpi, Kpis, Table, TableColumn
from deckgen.domain.charts import Chart, ChartKind, Series
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import Fact, Statistics
from deckgen.domain.formatting.display import TEXT, Unit, Value, ValueFormat, formatter

DOLLARS = Unit(format=ValueFormat.CURRENCY, symbol="USD")
MONTH = Unit(format=ValueFormat.PERIOD, symbol="month")
YEAR = Unit(format=ValueFormat.PERIOD, symbol="year")
CELSIUS = Unit(format=ValueFormat.NUMBER, symbol="°C")
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
        display=formatter("en_US").display(value, unit),
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
