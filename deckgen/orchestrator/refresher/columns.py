"""The columns of a table that a deck needs: without them it is another kind of table."""

from collections.abc import Iterable, Iterator

from deckgen.domain.blocks import Kpis, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.facts import references
from deckgen.orchestrator.analyst.proof.checks.texts import deck_texts

MOST_NAMED = 30


def check(deck: Deck, present: Iterable[str]) -> None:
    """Raises InvalidRequest with the names of the columns that the deck needs and a table lacks."""
    known = {name.casefold() for name in present}
    missing = [name for name in needed(deck) if name.casefold() not in known]
    if missing:
        raise InvalidRequest(
            "The table is another kind than the one that the deck was made of. It has no "
            f"{', '.join(f'“{name}”' for name in missing[:MOST_NAMED])}. Its columns are: "
            f"{', '.join(f'“{name}”' for name in list(present)[:MOST_NAMED])}.",
            code="columns_missing",
        )


def needed(deck: Deck) -> list[str]:
    """Returns the columns that queries or texts of a deck name, in the table's order."""
    columns = deck.source.columns if deck.source else []
    sql = "\n".join(queries(deck))
    cited = {name for _, text in deck_texts(deck) for name in references(text)}
    return [
        column.name
        for number, column in enumerate(columns)
        if f'"{column.name.replace(chr(34), chr(34) * 2)}"' in sql
        or cited & {f"c{number}", f"C{number}"}
    ]


def queries(deck: Deck) -> Iterator[str]:
    """Yields the SQL of facts, charts, tables and courses."""
    yield from (fact.sql for fact in deck.facts)
    for block in (block for slide in deck.slides for block in slide.blocks):
        match block:
            case Chart() | Table():
                yield block.sql
            case Kpis():
                yield from (kpi.trend.sql for kpi in block.items if kpi.trend)
