"""Groups by which something may be changed: columns of groups, and bands of numbers."""

from deckgen.domain.plans import By, Group
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

MOST_GROUPS, MOST_LEVERS = 30, 8
FEW = 8  # different numbers, each of which is a band of its own
QUARTERS = (0.25, 0.5, 0.75)


def of(table: Table, own: list[str]) -> list[Group]:
    """Returns what groups a measure may be compared by, without the columns that it is made of."""
    grouping = [
        table.group(each)
        for each in table.dimensions
        if each.groups <= MOST_GROUPS and table.model.columns[each.index].name not in own
    ]
    rates = [each for each in columns.numbers(table) if _is_lever(each) and each.name not in own]
    bands = [band for column in rates if (band := bands_of(table, column))]
    return [*grouping, *bands][:MOST_LEVERS]


def _is_lever(column: ColumnModel) -> bool:
    """True for a price, a discount, a duration: what is no sum of what happened."""
    return column.role == "measure" and column.measure is not None and column.measure.kind in (
        "rate", "price", "duration", "score",
    )  # fmt: skip


def bands_of(table: Table, column: ColumnModel) -> Group | None:
    """Returns bands of a number: one for each of few values, else quarters of the rows."""
    name = quoting.name(column.name)
    if column.distinct <= FEW:
        values = table.data.all(
            f"SELECT DISTINCT {name} FROM data WHERE {name} IS NOT NULL ORDER BY {name}"
        )
        edges = [float(value) for (value,) in values[1:]]
    else:
        quantiles = ", ".join(f"quantile_cont({name}, {part})" for part in QUARTERS)
        row = table.data.one(f"SELECT {quantiles} FROM data")
        edges = sorted({float(value) for value in row if value is not None})
    scaled = [edge * column.scale for edge in edges]
    return Group(column=column.name, by=By.BAND, edges=scaled) if scaled else None


def halves_of(table: Table, column: ColumnModel) -> Group | None:
    """Returns two bands of a number, below its median and from it on."""
    name = quoting.name(column.name)
    low, middle = table.data.one(f"SELECT min({name}), median({name}) FROM data")
    if middle is None or low == middle:
        return None
    return Group(column=column.name, by=By.BAND, edges=[float(middle) * column.scale])
