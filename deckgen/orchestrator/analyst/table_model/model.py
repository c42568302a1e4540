"""The table model, put together: decisions in the order of their worth, while there is time."""

from collections.abc import Callable

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Role, Source
from deckgen.domain.errors import UnreadableData
from deckgen.domain.table_models import ColumnModel, Confidence, TableModel
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.profiling.settings import Settings, settings_of
from deckgen.orchestrator.analyst.table_model import (
    components,
    currencies,
    dates,
    derived,
    directions,
    filters,
    grain,
    kinds,
    ledgers,
    long_tables,
    order,
    outcomes,
    rates,
    repeated,
    scenario,
    sentinels,
)
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look
from deckgen.orchestrator.analyst.table_model.settings import columns, rows, tables, values

# What is decided in each room, in words that end “… was not decided”. Later rooms use the ones before.
ROOMS: tuple[tuple[str, Callable[[Look, Decisions], None]], ...] = (
    ("what one row is, and which rows are there twice", grain.decide),
    ("what the request says of rows", rows.decide),
    ("which kind each measure is of", kinds.decide),
    ("the time axis, its gaps and its end", dates.decide),
    ("which rows a status sets apart", filters.decide),
    ("which columns say whether something happened", outcomes.decide),
    ("which numbers stand for no value", sentinels.decide),
    ("which amounts of a whole stand on its parts", repeated.decide),
    ("in which currencies amounts are", currencies.decide),
    ("what was planned, expected or came before", scenario.decide),
    ("which accounts are revenue and which are costs", ledgers.decide),
    ("which measures share one column", long_tables.decide),
    ("what rates are made of", rates.decide),
    ("which columns add up to another", components.decide),
    ("what the request says of columns", columns.decide),
    ("what the request says of the table", tables.decide),
    ("which measures can be derived", derived.decide),
    ("which values have an order", order.decide),
    ("in which order the request puts values", values.order),
    ("which way is good", directions.decide),
    ("which way the request calls good", values.direction),
)


def model_of(
    table: DataTable,
    source: Source,
    file_name: str,
    ends_at: float | None = None,
    brief: Brief | None = None,
) -> TableModel:
    """Returns what a table means. `ends_at`, by the monotonic clock, ends it with what is decided then.

    What `brief` says wins over all that is concluded. The same table, profile, name and brief give the
    same model, unless time runs out.
    """
    settings = settings_of(table, brief) if brief else Settings()
    look, made = Look(table, source, file_name, ends_at, settings), Decisions()
    unfinished = _decide_all(look, made)
    return TableModel(
        name=source.name,
        rows=source.rows,
        grain=made.grain,
        columns=[_column(known, made) for known in look.columns],
        derived=made.derived,
        scenarios=made.scenarios,
        long_table=made.long_table,
        ledger=made.ledger,
        time=made.time,
        dates=made.dates,
        filters=made.filters,
        currencies=made.currencies,
        components=made.components,
        warnings=[*source.warnings, *made.warnings],
        unfinished=unfinished,
    )


def _decide_all(look: Look, made: Decisions) -> list[str]:
    """Add what each room decides; returns what there was no time for."""
    unfinished = []
    for what, decide in ROOMS:
        if look.is_late:
            unfinished.append(what)
            continue
        try:
            decide(look, made)
        except UnreadableData:  # a query beyond its limits ends one decision, and no other
            unfinished.append(what)
    return unfinished


def _column(known: Known, made: Decisions) -> ColumnModel:
    name = known.name
    return ColumnModel(
        **known.column.model_dump(),
        confidence=_confidence_of_role(known),
        measure=made.measures.get(name),
        rate=made.rates.get(name),
        weight=made.weights.get(name),
        sentinels=made.sentinels.get(name, []),
        outcome=made.outcomes.get(name),
        order=made.orders.get(name),
        direction=made.directions.get(name),
    )


def _confidence_of_role(known: Known) -> Confidence:
    """Returns how sure the role is: dates and requests are, numbers without a telling name are not."""
    column = known.column
    if known.is_date or "the request says so" in column.reason:
        return Confidence.SURE
    if column.role is Role.MEASURE and not known.says_measure:
        return Confidence.GUESS if column.type == "BIGINT" else Confidence.LIKELY
    if column.role is Role.DIMENSION and column.type == "BIGINT" and "its name" not in column.reason:
        return Confidence.GUESS
    return Confidence.SURE if "its name" in column.reason else Confidence.LIKELY
