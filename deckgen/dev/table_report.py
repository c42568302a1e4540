"""The words with which `deckgen inspect` tells what a table means."""

from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text

from deckgen.dev.screen import Screen
from deckgen.domain.questions import Understood
from deckgen.domain.table_models import (
    ColumnModel,
    Confidence,
    DerivedKind,
    DerivedMeasure,
    GrainModel,
    TableModel,
    TimeModel,
)
from deckgen.domain.visible import visible

SIGNS = {
    DerivedKind.DIFFERENCE: " − ",
    DerivedKind.VARIANCE: " − ",
    DerivedKind.PRODUCT: " × ",
    DerivedKind.RATIO: " ÷ ",
    DerivedKind.ATTAINMENT: " ÷ ",
    DerivedKind.DURATION: " to ",
}


def show(screen: Screen, model: TableModel) -> None:
    """Print the table's line, its columns, and what was decided beside them."""
    screen.print(_headline(model))
    screen.print(_columns(model.columns))
    for title, lines in (
        ("Derived measures", [_derived(each) for each in model.derived]),
        ("Planned and actual", _scenarios(model)),
        ("Dates", _dates(model)),
        ("Set apart", _filters(model)),
        ("Questions", [_question(each) for each in model.questions]),
        ("Warnings", model.warnings),
        ("Not decided, because time was up", model.unfinished),
    ):
        _show_part(screen, title, lines)


def _show_part(screen: Screen, title: str, lines: list[str]) -> None:
    if lines:
        screen.print()
        screen.print(title, style="bold")
    for line in lines:
        screen.print(f"  {visible(line)}", soft_wrap=True)


def _headline(model: TableModel) -> str:
    grain = model.grain
    if grain is None:
        return f"{model.rows:,} rows"
    parts = [f"{model.rows:,} {_things(grain)}", f"key {_and(grain.key)}" if grain.key else "no key"]
    if grain.duplicates:
        parts.append(f"{grain.duplicates:,} exact duplicates")
    return "; ".join(parts) + _doubt(grain.confidence)


def _things(grain: GrainModel) -> str:
    if grain.noun == "rows":
        return f"rows, one for each {_and(grain.key)}" if grain.key else "rows"
    return f"rows of {grain.noun}" if grain.duplicates else f"{grain.noun}, one row each"


def _columns(columns: Iterable[ColumnModel]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("column", "taken for", "unit", "why"):
        table.add_column(title, overflow="fold")
    for column in columns:
        cells = (column.name, _taken_for(column), column.symbol, "; ".join(_reasons(column)))
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def _taken_for(column: ColumnModel) -> str:
    kind = column.measure.kind.value if column.measure else column.role.value
    return f"outcome: {column.outcome.counts}" if column.outcome else kind


def _reasons(column: ColumnModel) -> Iterator[str]:
    yield column.reason + _doubt(column.measure.confidence if column.measure else column.confidence)
    if column.rate:
        yield column.rate.reason
    for sentinel in column.sentinels:
        yield f"{sentinel.value:g} stands for no value{_doubt(sentinel.confidence)}: {sentinel.reason}"
    if column.outcome:
        good = {True: ", which is good", False: ", which is bad", None: ""}[column.outcome.good]
        yield f"{column.outcome.share:.1%} {column.outcome.counts}{good}: {column.outcome.reason}"
    if column.order:
        yield f"in the order {', '.join(column.order.values)}"
    if column.direction and not column.outcome:
        yield column.direction.reason


def _derived(measure: DerivedMeasure) -> str:
    columns = measure.columns
    made = SIGNS.get(measure.kind, ", ").join(columns)
    if measure.kind is DerivedKind.RATIO and len(columns) > 2:
        made = f"({columns[0]} − {columns[1]}) ÷ {columns[2]}"
    if measure.kind is DerivedKind.DIFFERENCE and len(columns) > 2:
        made = f"{columns[0]} − {columns[1]} × {columns[2]}"
    if measure.kind is DerivedKind.PER_ROW:
        made = f"{columns[0]} ÷ rows"
    return f"{measure.label}: {made}{_doubt(measure.confidence)}; {measure.reason}"


def _scenarios(model: TableModel) -> list[str]:
    return [
        ", ".join(f"{each.name} is {each.kind.value}" for each in scenario.members)
        + (f" (in {scenario.column})" if scenario.column else "")
        + _doubt(scenario.confidence)
        for scenario in model.scenarios
    ]


def _dates(model: TableModel) -> list[str]:
    axis = [_axis(model.time)] if model.time else []
    return axis + [f"{each.column} dates {_dated(each.dates)}" for each in model.dates]


def _dated(dates: str) -> str:
    return dates if dates == "the row" else f"“{dates}”"


def _axis(time: TimeModel) -> str:
    doubt = _doubt(time.confidence)
    return f"the axis is {time.axis}: {time.grain}s from {time.first} to {time.last}{doubt}"


def _filters(model: TableModel) -> list[str]:
    return [
        f"{each.column}: {', '.join(f'{value.value} ({value.rows:,})' for value in each.apart)}"
        f"{_doubt(each.confidence)}; {each.reason}"
        for each in model.filters
    ]


def _question(question: Understood) -> str:
    return f"{question.question} → {question.understood or question.reason}"


def _doubt(confidence: Confidence) -> str:
    return "" if confidence is Confidence.SURE else f" ({confidence.value})"


def _and(words: list[str]) -> str:
    return " and ".join(words)
