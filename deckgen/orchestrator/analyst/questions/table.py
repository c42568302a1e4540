"""What questions are read against: an open table with its model, its measures and its groups."""

from dataclasses import dataclass
from functools import cached_property

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Role, Source
from deckgen.domain.language.choosing import language_of
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Group, Rows
from deckgen.domain.table_models import ColumnModel, TableModel
from deckgen.orchestrator.analyst.brief.mentions import Mentions, mentions_of
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.measures.inventory import measures_of
from deckgen.orchestrator.analyst.measures.offered import Offered, named
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension, dimensions_of
from deckgen.orchestrator.analyst.profiling.timeline import Timeline, timeline_of

PLACES = ("region", "place")  # what people call places, whatever the column is called


@dataclass(frozen=True)
class Table:
    """One table, for one brief. What costs queries is looked up once."""

    data: DataTable
    source: Source
    model: TableModel
    brief: Brief

    @cached_property
    def language(self) -> Language:
        """The language of the answers."""
        labels = [column.label for column in self.source.columns]
        return language_of(self.brief).of_columns(labels)

    @cached_property
    def timeline(self) -> Timeline | None:
        """The time axis, if there is one."""
        return timeline_of(self.data, self.source)

    @cached_property
    def dimensions(self) -> list[Dimension]:
        """The columns that form groups."""
        return dimensions_of(self.data, self.source, self.timeline)

    @cached_property
    def offered(self) -> list[Offered]:
        """The measures that questions can be about."""
        return measures_of(self.model, self.timeline, self.language)

    @cached_property
    def rows(self) -> Offered:
        """The number of rows, as a measure."""
        return next(each for each in self.offered if isinstance(each.measured.measure, Rows))

    @cached_property
    def mentions(self) -> Mentions:
        """What the brief names of the table."""
        return mentions_of(self.brief, self.source, self.data, self.dimensions)

    def column(self, name: str) -> ColumnModel:
        """Returns the column of a name."""
        return next(column for column in self.model.columns if column.name == name)

    def words_of(self, name: str) -> frozenset[str]:
        """Returns the stems by which people call a column."""
        column = self.column(name)
        also = PLACES if column.role is Role.GEOGRAPHY else ()
        return named(column.label, also=also)

    def group(self, dimension: Dimension) -> Group:
        """Returns the grouping by the values of a dimension."""
        return Group(column=self.model.columns[dimension.index].name)
