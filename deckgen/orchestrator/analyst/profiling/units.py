"""The unit in which the values of a column are told."""

from deckgen.domain.datasets import Column
from deckgen.domain.formatting.display import COUNT, PERCENT, Unit, ValueFormat
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES


def unit_of(column: Column) -> Unit:
    """Returns the unit that a column's symbol and type come to."""
    if column.symbol == "%":
        return PERCENT
    if column.symbol in CURRENCY_CODES:
        return Unit(format=ValueFormat.CURRENCY, symbol=column.symbol)
    if column.type == "BIGINT" and not column.symbol:
        return COUNT
    return Unit(format=ValueFormat.NUMBER, symbol=column.symbol)
