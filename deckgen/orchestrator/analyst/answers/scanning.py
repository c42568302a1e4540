"""A scan for briefs that give a task and no question: what they name, by the groups that matter."""

from collections.abc import Iterator

from deckgen.domain.datasets import Role
from deckgen.domain.plans import By, Condition, Group, Plan, Rows
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MAX_MEASURES, MAX_GROUPS, MAX_PLANS = 3, 4, 8
FEW, MANY = 2, 15  # groups that can be seen at once


def plans_of(task: Question, table: Table) -> list[Plan]:
    """Returns the plans of a scan, what the task names first."""
    plans = [*_courses(task, table), *_rankings(task, table)]
    return plans[:MAX_PLANS]


def _courses(task: Question, table: Table) -> Iterator[Plan]:
    """Yields the level of what the task is about, with its course over time."""
    measure = measures(task, table)[0]
    yield Plan(
        operation="level",
        measures=[measure.measured],
        groups=[table.group(each) for each in _groups(task, table)[:1]],
        filters=_filters(task, table, measure),
    )


def _rankings(task: Question, table: Table) -> Iterator[Plan]:
    """Yields each measure by each group, the named ones first."""
    for dimension in _groups(task, table)[:MAX_GROUPS]:
        for measure in measures(task, table)[:MAX_MEASURES]:
            column = table.model.columns[dimension.index].name
            if column not in measure.columns:
                yield Plan(
                    operation="ranking",
                    measures=[measure.measured],
                    groups=[Group(column=column, by=By.VALUE)],
                    filters=_filters(task, table, measure),
                )


def _filters(task: Question, table: Table, measure: Offered) -> list[Condition]:
    """Returns what does not count; a group that the task names is seen among the others."""
    named = {each.column for each in task.filters}
    return [each for each in slots.filters_of(task, table, measure) if each.column not in named]


def measures(task: Question, table: Table) -> list[Offered]:
    """Returns the measures of a scan: those that the task names, the number of rows where rows are
    things, and durations and outcomes beside it; else what matters most.
    """
    named = [offered for fit, offered in task.measures if fit >= slots.SURE]
    rows = [each for each in table.offered if isinstance(each.measured.measure, Rows)]
    amounts = [each for each in table.offered if each.concept is Concept.COLUMN and each.weight >= 2]
    beside = [each for each in table.offered if each.concept in (Concept.DURATION, Concept.OUTCOME)]
    others = amounts or [*rows, *beside] or [slots.main_of(table)]
    return list({id(each): each for each in [*named, *others]}.values())


def _groups(task: Question, table: Table) -> list[Dimension]:
    """Returns the dimensions of a scan: those that the task names, then those that are seen at once."""
    mentioned = {each.column for each in task.filters}
    named = [dimension for _, dimension in task.groups]
    named += [each for each in table.dimensions if table.model.columns[each.index].name in mentioned]
    seen = [
        dimension
        for dimension in table.dimensions
        if FEW <= dimension.groups <= MANY
        and table.model.columns[dimension.index].role in (Role.DIMENSION, Role.GEOGRAPHY)
    ]
    return list(dict.fromkeys([*named, *seen]))
