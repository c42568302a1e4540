"""Balances: a stock of money whose name does not say that it is one, at its end and not on average."""

from deckgen.domain.language.languages import AVERAGE, without
from deckgen.domain.plans import Cell, Level, Mean, Measured
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.questions.table import Table

WORDS = frozenset({"saldo", "kontostand", "balance", "solde", "level", "stand"})


def at_its_end(measured: Measured, table: Table) -> Measured:
    """Returns a balance as a stock if the table has one row for each date; else the measure itself."""
    measure, key = measured.measure, table.model.grain.key if table.model.grain else []
    if not isinstance(measure, Mean) or not isinstance(measure.of, Cell) or measure.where:
        return measured
    axis = table.model.time.axis if table.model.time else None
    words = {word.lower() for word in read_name(measure.of.column).words}
    if key != [axis] or not words & WORDS:
        return measured
    return measured.model_copy(
        update={
            "measure": Level(of=measure.of),
            "label": without(measured.label, AVERAGE),
            "noun": without(measured.noun, AVERAGE),
        }
    )
