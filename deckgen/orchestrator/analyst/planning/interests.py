"""What a scan looks at: what a brief names, then what matters most."""

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Condition, Rows
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import shares, slots
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

FEW, MANY = 2, 15  # groups that can be seen at once


def measures_of(task: Question, table: Table) -> list[Offered]:
    """Returns the measures of a scan: those that the task names, the number of rows where rows are
    things, and durations and outcomes beside it; else what matters most.
    """
    named = [offered for fit, offered in task.measures if fit >= shares.SURE]
    rows = (
        []
        if _is_even(table)
        else [each for each in table.offered if isinstance(each.measured.measure, Rows)]
    )
    amounts = [each for each in table.offered if each.concept is Concept.COLUMN and each.weight >= 2]
    beside = [each for each in table.offered if each.concept in (Concept.DURATION, Concept.OUTCOME)]
    amounts = sorted(amounts, key=lambda each: -each.weight)
    others = amounts or [*rows, *beside] or _weightiest(table)
    return list({id(each): each for each in [*named, *others]}.values())


def all_measures(task: Question, table: Table) -> list[Offered]:
    """Returns the measures of a scan, and then the other columns, the weightiest first."""
    first = measures_of(task, table)
    return list({id(each): each for each in [*first, *_weightiest(table)]}.values())


def _is_even(table: Table) -> bool:
    """True if each date has one row, or one of each group: their number is no news."""
    axis, grain = table.timeline, table.model.grain
    if axis is None:
        return False
    is_keyed = grain is not None and table.model.columns[axis.column].name in grain.key
    return axis.is_panel or axis.rows_per_date == 1 or is_keyed


def _weightiest(table: Table) -> list[Offered]:
    columns = [each for each in table.offered if each.concept is Concept.COLUMN]
    return sorted(columns, key=lambda each: -each.weight) or [slots.main_of(table)]


def dimensions_of(task: Question, table: Table) -> list[Dimension]:
    """Returns the dimensions of a scan: those that the task names, then those that are seen at once."""
    seen = [
        dimension
        for dimension in table.dimensions
        if FEW <= dimension.groups <= MANY
        and table.model.columns[dimension.index].role in (Role.DIMENSION, Role.GEOGRAPHY)
    ]
    return list(dict.fromkeys([*named_dimensions(task, table), *seen]))


def named_dimensions(task: Question, table: Table) -> list[Dimension]:
    """Returns the dimensions that a task names, or of which it names a group."""
    mentioned = {each.column for each in task.filters}
    columns = [dimension for _, dimension in task.groups]
    groups = [each for each in table.dimensions if table.model.columns[each.index].name in mentioned]
    return list(dict.fromkeys([*columns, *groups]))


def filters_of(task: Question, table: Table, measure: Offered) -> list[Condition]:
    """Returns what does not count; a group that the task names is seen among the others."""
    named = {each.column for each in task.filters}
    return [each for each in slots.filters_of(task, table, measure) if each.column not in named]
