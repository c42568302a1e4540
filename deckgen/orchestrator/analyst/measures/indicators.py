"""Measures of long tables: each indicator is one, made of the rows that name it."""

from collections.abc import Iterator

from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.plans import Cell, Condition, Mean, Measured, Relation
from deckgen.domain.table_models import LongTable
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named


def of_long_table(long_table: LongTable) -> Iterator[Offered]:
    """Yields the mean of each indicator: nothing says that its values may be summed."""
    for indicator in long_table.indicators:
        only = Condition(column=long_table.indicator, relation=Relation.IS, values=[indicator.name])
        yield Offered(
            Measured(
                measure=Mean(of=Cell(column=long_table.value), where=[only]),
                label=indicator.name,
                noun=indicator.name,
                unit=Unit(format=ValueFormat.NUMBER),
                columns=[long_table.indicator, long_table.value],
                adds_up=False,
                over_time=False,
            ),
            Concept.COLUMN,
            (named(indicator.name),),
            1.0,
        )
