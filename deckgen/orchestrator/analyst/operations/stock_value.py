"""Stock value: how much money is tied up in what lies in stock."""

from deckgen.domain.plans import Measured, Plan, Product, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

QUANTITIES = frozenset({
    "hand", "stock", "quantity", "qty", "units", "inventory", "bestand", "menge", "anzahl", "lager",
})  # fmt: skip
VALUES = frozenset({"value", "worth", "wert", "warenwert", "lagerwert", "bestandswert"})
PRICES = frozenset({"price", "preis", "einkaufspreis", "einstandspreis", "stuckpreis"})
COSTS = frozenset({"cost", "costs", "einkaufspreis", "einstandspreis", "kosten", "purchase"})


def asks(question: Question, table: Table) -> float:
    """How much money is tied up in stock."""
    return PHRASE + 0.1 if question.has(Cue.TIED_UP) else NOT


def plan(question: Question, table: Table) -> Plan | Lacking:
    measured = _of_value(table) or _of_product(table)
    if measured is None:
        return Lacking(state("lacks.how_much_stock_piece_costs"))
    offered = Offered(measured, Concept.COLUMN, ())
    return Plan(
        operation="stock_value",
        measures=[measured],
        groups=slots.groups_of(question, table, offered),
        filters=slots.filters_of(question, table, offered),
    )


def _of_value(table: Table) -> Measured | None:
    """Returns the total of a column of values of stock, if there is one."""
    held = [
        each
        for each in columns.numbers(table)
        if columns.says(each, VALUES) and columns.says(each, QUANTITIES)
    ]
    if not held:
        return None
    column = held[0]
    return _measured(table, Total(of=cell_of(table.model, column)), column, [column.name])


def _of_product(table: Table) -> Measured | None:
    """Returns quantity times cost, item by item, summed."""
    quantity, cost = _quantity(table), _cost(table)
    if quantity is None or cost is None:
        return None
    measure = Total(of=Product(first=quantity.name, second=cost.name))
    return _measured(table, measure, cost, [quantity.name, cost.name])


def _measured(table: Table, total: Total, money: ColumnModel, names: list[str]) -> Measured:
    return Measured(
        measure=total,
        label=table.language.say("label.stock_value"), noun=table.language.say("label.stock_value"),
        unit=unit_of(money), columns=names,
        adds_up=True, over_time=False,
    )  # fmt: skip


def _quantity(table: Table) -> ColumnModel | None:
    """Returns how much is there: a stock before other numbers of such a name."""
    named = [each for each in columns.numbers(table) if columns.says(each, QUANTITIES)]
    stocks = [each for each in columns.kinds(table, MeasureKind.STOCK) if each in named]
    return next(iter([*stocks, *(each for each in named if not columns.says(each, COSTS))]), None)


def _cost(table: Table) -> ColumnModel | None:
    """Returns the price of one piece: what it cost before what it sells for."""
    prices = columns.kinds(table, MeasureKind.PRICE)
    prices += [each for each in columns.numbers(table) if columns.says(each, PRICES)]
    return next((each for each in prices if columns.says(each, COSTS)), next(iter(prices), None))


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (measured, *_), scope = plan.measures, Scope.of(plan)
    value = execute.value(measured, scope)
    if not value.value:
        return Lacking(state("lacks.anything_stock"))
    rows, things = parts.rows(execute, scope), parts.things(execute)
    head = state("stock.value", value=value, rows=rows, things=things)
    chart, told = (
        parts.breakdown(execute, measured, plan.groups[0], scope) if plan.groups else (None, [])
    )

    how = [
        state(
            "stock.product",
            columns=execute.language.listed([*map(execute.noun, measured.columns)], "list.times"),
        )
    ]
    figures = figures_of(head, value=execute.says("label.tied_up"), rows=things)
    return Result([head, *told, *how], chart, figures, parts.method(measured, execute, scope))


OPERATION = Operation(asks, plan, run)
