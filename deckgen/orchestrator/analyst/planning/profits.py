"""Where a table holds a profit: a column of its own, income beside costs, or amounts with a sign."""

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.plans import Condition, Measured, Relation, Total
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.measures import ledgers
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

PROFIT = frozenset({"profit", "profits", "earnings", "gewinn", "ergebnis", "surplus", "ebit", "ebitda"})

SIDES = (Relation.MORE, Relation.LESS)


def profit_of(table: Table) -> list[Measured] | None:
    """Returns the profit: with the margin where there is one, or with both sides of amounts that have a
    sign or are a ledger's; None if the table has no profit.
    """
    if table.model.ledger is not None:
        return [
            each.measured for each in ledgers.of_ledger(table.model, table.model.ledger, table.language)
        ][:3]
    margin = [each.measured for each in table.offered if each.concept is Concept.MARGIN][:1]
    for each in table.offered:
        if each.concept is Concept.COLUMN and _is_profit(each.measured):
            return [each.measured]
    for each in table.offered:
        if each.concept is Concept.PROFIT:
            return [each.measured, *margin]
    return _signed(table)


def _is_profit(measured: Measured) -> bool:
    words = {word.lower() for name in measured.columns for word in read_name(name).words}
    return isinstance(measured.measure, Total) and bool(words & PROFIT)


def _signed(table: Table) -> list[Measured] | None:
    """Returns what is left of a column of amounts in which costs stand below zero, and both sides."""
    columns = [column for column in table.model.columns if column.role is Role.MEASURE]
    fitting = [column for column in columns if _has_both_signs(table, column)]
    for column in sorted(fitting, key=lambda each: each.additivity is not Additivity.FLOW):
        return [_of(table, column, None), *(_of(table, column, side) for side in SIDES)]
    return None


def _has_both_signs(table: Table, column: ColumnModel) -> bool:
    if column.symbol == "%" or column.additivity is Additivity.STOCK:
        return False
    name = quoting.name(column.name)
    low, high = table.data.one(f"SELECT min({name}), max({name}) FROM data")
    return low is not None and low < 0 < high


def _of(table: Table, column: ColumnModel, side: Relation | None) -> Measured:
    """Returns the total of a column, or of its amounts on one side of zero."""
    only = [Condition(column=column.name, relation=side, values=[0])] if side else []
    place, label = table.model.columns.index(column), column.label
    if side:
        label = table.language.say(f"label.{side}_than_zero", column=label)
    return Measured(
        measure=Total(of=cell_of(table.model, column), where=only),
        label=label,
        noun=f"{{{{c{place}}}}}", unit=unit_of(column), columns=[column.name], adds_up=True,
        over_time=True, better="higher",
    )  # fmt: skip
