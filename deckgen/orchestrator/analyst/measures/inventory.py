"""The inventory of measures: columns, derived measures and counts, out of a table model."""

from collections.abc import Iterator

from deckgen.domain.language.phrasebook import Language
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.analyst.measures import (
    columns,
    counts,
    derived,
    indicators,
    ledgers,
    scores,
    statuses,
)
from deckgen.orchestrator.analyst.measures.offered import Offered
from deckgen.orchestrator.analyst.profiling.timeline import Timeline


def measures_of(model: TableModel, timeline: Timeline | None, language: Language) -> list[Offered]:
    """Returns all measures that a table offers, columns first; equal models give equal lists."""
    return list(_each(model, timeline, language))


def _each(model: TableModel, timeline: Timeline | None, language: Language) -> Iterator[Offered]:
    if model.long_table:
        yield from indicators.of_long_table(model.long_table)
    else:
        if model.ledger:
            yield from ledgers.of_ledger(model, model.ledger, language)
        yield from _columns(model, timeline, language)
        yield from derived.of_model(model, timeline, language)
        yield from scores.of_model(model)
        yield from statuses.of_filters(model, language)
    yield from counts.of_rows(model, language)


def _columns(model: TableModel, timeline: Timeline | None, language: Language) -> Iterator[Offered]:
    """Yields the columns, without those whose rows a ledger adds up by what they are."""
    booked = {model.ledger.debit, model.ledger.credit} if model.ledger else set()
    for each in columns.of_columns(model, timeline, language):
        if booked.isdisjoint(each.columns):
            yield each
