"""Shares of statuses that set rows apart: the share of orders that were returned."""

from collections.abc import Iterator

from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.language.languages import ENGLISH
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Condition, Measured, Ratio, Relation, Rows
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named


def of_filters(model: TableModel, language: Language) -> Iterator[Offered]:
    """Yields the share of rows with each value that is set apart."""
    for column in model.filters:
        for each in column.apart:
            only = [Condition(column=column.column, relation=Relation.IS, values=[each.value])]
            known = [Condition(column=column.column, relation=Relation.KNOWN)]
            value = each.value if language.code != ENGLISH else each.value.lower()
            said = language.say("label.share_of_column", column=value)
            yield Offered(
                Measured(
                    measure=Ratio(over=Rows(where=only), per=Rows(where=known)),
                    label=said,
                    noun=said,
                    unit=PERCENT,
                    columns=[column.column],
                    adds_up=False,
                    over_time=False,
                ),
                Concept.OUTCOME,
                (named(each.value),),
                0.8,
            )
