"""Dimensions: the columns whose values form groups."""

from dataclasses import dataclass

from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst.facts.references import at_start, column_noun
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.lexicon.role_words import GROUP_WORDS
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
        """SQL for the name of a row's group."""
        return f"CAST({self.sql} AS VARCHAR)"

    def known(self) -> str:
        """Returns the SQL condition that a row has a group."""
        return f"{self.sql} IS NOT NULL"


def dimensions_of(table: DataTable, source: Source, timeline: Timeline | None) -> list[Dimension]:
    """Returns the columns with more than one group, in the order of the table, without the time axis.

    Of columns that form the same groups (a product and its number) only one is kept.
    """
    used = (timeline.column, timeline.month) if timeline else ()
    candidates = [
        Dimension(index, quoting.name(column.name), column.label, column.distinct)
        for index, column in enumerate(source.columns)
        if column.role.forms_groups and column.distinct > 1 and index not in used
    ]
    dimensions: list[Dimension] = []
    for dimension in sorted(
        candidates,
        key=lambda each: (not _is_readable(source, each), not _names_groups(source, each), each.index),
    ):
        if not any(_are_twins(table, dimension, twin) for twin in dimensions[:MAX_COMPARED]):
            dimensions.append(dimension)
    return sorted(dimensions, key=lambda candidate: candidate.index)


def _is_readable(source: Source, dimension: Dimension) -> bool:
    """True if its groups have meaningful names: neither numbers nor codes."""
    column = source.columns[dimension.index]
    return column.type == "VARCHAR" and not _CODES & set(column.label.lower().split())


def _names_groups(source: Source, dimension: Dimension) -> bool:
    """True if its name is one of groups: a category, and no description of the same."""
    return bool(GROUP_WORDS & set(source.columns[dimension.index].label.lower().split()))


def _are_twins(table: DataTable, first: Dimension, second: Dimension) -> bool:
    """True if both form the same groups; the first rows rule most pairs out."""
    if first.groups != second.groups:
        return False
    has_group = f"WHERE {first.known()} OR {second.known()}"
    return all(
        table.one(
            f"SELECT count(*) FROM (SELECT DISTINCT {first.sql}, {second.sql} FROM {rows} {has_group})"
        )[0]
        <= first.groups
        for rows in (f"(SELECT * FROM data LIMIT {FIRST_ROWS})", "data")
    )
