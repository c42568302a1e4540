"""What is counted: the rows, under their business name, and the things that columns identify."""

from collections.abc import Iterator

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Distinct, Measured, Rows
from deckgen.domain.table_models import ColumnModel, TableModel
from deckgen.orchestrator.analyst.lexicon import row_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named

IDENTIFYING = frozenset({"id", "number", "no", "nr", "key", "code", "nummer"})
UNTOLD = frozenset({"rows", "days", "months", "weeks", "quarters", "years"})


def of_rows(model: TableModel, language: Language) -> Iterator[Offered]:
    """Yields the number of rows, and of the things that columns tell apart."""
    noun = model.grain.noun if model.grain else "rows"
    said = language.nouns.of(noun)
    yield Offered(
        Measured(
            measure=Rows(), label=said, noun=said, unit=COUNT, columns=[], adds_up=True, over_time=True
        ),
        Concept.COUNT,
        (named(noun, also=(said,)),),
        0.3 if noun in UNTOLD else 1.2,
        counts=noun,
    )
    for column in model.columns:
        if column.role in (Role.ID, Role.DIMENSION, Role.GEOGRAPHY, Role.TEXT) and column.distinct > 1:
            yield _things(column, language)


def _things(column: ColumnModel, language: Language) -> Offered:
    said = [word for word in read_name(column.name).words if plain(word) not in IDENTIFYING]
    words = [row_words.of_compound(word) or word for word in said]
    thing = " ".join(words) or column.label
    many = row_words.plural_of(thing)
    plural = language.nouns.of(many)
    return Offered(
        Measured(
            measure=Distinct(column=column.name),
            label=plural,
            noun=plural,
            unit=COUNT,
            columns=[column.name],
            adds_up=False,
            over_time=False,
        ),
        Concept.COUNT,
        (named(thing),),
        0.2,
        counts=many,
    )
