"""Net promoter score: the share of the highest marks less that of the low ones, in points of 100."""

from collections.abc import Iterator

from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.plans import Condition, Difference, Measured, Ratio, Relation, Rows
from deckgen.domain.table_models import ColumnModel, TableModel
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named

ASKING = frozenset({"nps", "recommend", "recommendation", "promoter", "weiterempfehlung", "likelihood"})
PROMOTERS, DETRACTORS = 9, 6  # from this mark on, and up to this one


def of_model(model: TableModel) -> Iterator[Offered]:
    """Yields the score of columns of whole marks from 0 to 10 that ask for a recommendation."""
    for column in model.columns:
        words = set(read_name(column.name).words)
        if column.type == "BIGINT" and words & ASKING and 5 < column.distinct <= 11:
            yield _score(column)


def _score(column: ColumnModel) -> Offered:
    known = [Condition(column=column.name, relation=Relation.KNOWN)]
    high, low = (
        Ratio(
            over=Rows(where=[Condition(column=column.name, relation=relation, values=[mark])]),
            per=Rows(where=known),
            factor=100,
        )
        for relation, mark in ((Relation.AT_LEAST, PROMOTERS), (Relation.AT_MOST, DETRACTORS))
    )
    return Offered(
        Measured(
            measure=Difference(of=high, less=low),
            label="NPS",
            noun="NPS",
            unit=Unit(format=ValueFormat.NUMBER),
            columns=[column.name],
            adds_up=False,
            over_time=False,
            better="higher",
        ),
        Concept.COLUMN,
        (named("NPS"), named("net promoter"), named(column.label)),
        1.5,
    )
