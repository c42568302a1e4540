"""The limits of findings: dimensions some of whose groups have few rows."""

from collections.abc import Iterator
from itertools import islice

from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import COUNT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.table import Table

MAX_LIMITS = 3
FEW_ROWS = 5  # a group with fewer says little


def limits_of(table: Table, book: FactBook) -> list[Text]:
    """Returns a sentence for each dimension with small groups."""
    if table.timeline is not None and table.timeline.rows_per_date == 1:
        return []
    return list(islice(_small(table, book), MAX_LIMITS))


def _small(table: Table, book: FactBook) -> Iterator[Text]:
    for dimension in table.dimensions:
        sizes = f"SELECT count(*) AS n FROM data WHERE {dimension.known()} GROUP BY {dimension.sql}"
        small, groups = table.data.one(
            f"SELECT count(*) FILTER (n < {FEW_ROWS}), count(*) FROM ({sizes})"
        )
        # Where nearly all groups are small, rows are what the groups are named after.
        if small and small <= groups / 2:
            yield _told(dimension, sizes, book)


def _told(dimension: Dimension, sizes: str, book: FactBook) -> Text:
    few = book.query(
        book.language.say("limits.small.fact", group=dimension.label),
        f"SELECT count(*) FROM ({sizes}) WHERE n < {FEW_ROWS}",
        COUNT,
        dimension.known(),
    )
    total = book.query(
        book.language.say("limits.groups.fact", group=dimension.label),
        f"SELECT count(*) FROM ({sizes})",
        COUNT,
        dimension.known(),
    )
    return book.language.say("limits.small", subject=dimension.subject, few=say(few), total=say(total))
