"""Dimensions: the columns whose values form groups."""

from dataclasses import dataclass

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst.facts.references import at_start, column_noun
from deckgen.orchestrator.analyst.ingestion.table import Table
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.sql import quoting

FIRST_ROWS, MAX_COMPARED = 1_000, 30
_CODES = frozenset({"id", "code", "key", "number", "iso"})


@dataclass(frozen=True)
class Dimension:
    """A column whose values form groups."""

    index: int
    sql: str
    label: str
    groups: int

    @property
    def noun(self) -> Text:
        return column_noun(self.index)

    @property
    def subject(self) -> Text:
        """The noun at the start of a sentence."""
        return at_start(self.noun)

    @property
    def text(self) -> str:
        """SQL: the name of a row's group."""
        return f"CAST({self.sql} AS VARCHAR)"

    def known(self) -> str:
        """SQL condition: the row has a group."""
        return f"{self.sql} IS NOT NULL"

    def equals(self, value: object) -> str:
        """SQL condition for one group. Groups are compared as text, so that any type works."""
        return f"{self.text} = {quoting.literal(str(value))}"


def dimensions_of(table: Table, source: Source, timeline: Timeline | None) -> list[Dimension]:
    """Those with more than one group, in the order of the table; the axis of time is none.

    Of columns that tell the same groups apart (a product and its number) one is enough.
    """
    used = (timeline.column, timeline.month) if timeline else ()
    found = [
        Dimension(index, quoting.name(column.name), column.label, column.distinct)
        for index, column in enumerate(source.columns)
        if column.role.forms_groups and column.distinct > 1 and index not in used
    ]
    kept: list[Dimension] = []
    for dimension in sorted(found, key=lambda one: (not _is_readable(source, one), one.index)):
        if not any(_are_twins(table, dimension, other) for other in kept[:MAX_COMPARED]):
            kept.append(dimension)
    return sorted(kept, key=lambda one: one.index)


def _is_readable(source: Source, dimension: Dimension) -> bool:
    """Whether its groups have names that say something: no numbers and no codes."""
    column = source.columns[dimension.index]
    return column.type == "VARCHAR" and not _CODES & set(column.label.lower().split())


def _are_twins(table: Table, one: Dimension, other: Dimension) -> bool:
    """Whether each group of one is a group of the other; the first rows rule most pairs out."""
    if one.groups != other.groups:
        return False
    known = f"WHERE {one.known()} OR {other.known()}"
    return all(
        table.one(f"SELECT count(*) FROM (SELECT DISTINCT {one.sql}, {other.sql} FROM {rows} {known})")[
            0
        ]
        <= one.groups
        for rows in (f"(SELECT * FROM data LIMIT {FIRST_ROWS})", "data")
    )
