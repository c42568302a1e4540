"""Views for briefs that give a task and no question: what they name, by the groups that matter."""

from collections.abc import Iterator

from deckgen.domain.plans import By, Group, Plan
from deckgen.orchestrator.analyst.planning import interests
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MAX_MEASURES, MAX_GROUPS, MAX_PLANS = 3, 4, 8


def plans_of(task: Question, table: Table) -> list[Plan]:
    """Returns the plans of the views, what the task names first."""
    return [level(task, table), *_rankings(task, table)][:MAX_PLANS]


def level(task: Question, table: Table) -> Plan:
    """Returns the level of what the task is about, with its course over time."""
    measure = interests.measures_of(task, table)[0]
    return Plan(
        operation="level",
        measures=[measure.measured],
        groups=[table.group(each) for each in interests.dimensions_of(task, table)[:1]],
        filters=interests.filters_of(task, table, measure),
    )


def _rankings(task: Question, table: Table) -> Iterator[Plan]:
    """Yields each measure by each group, the named ones first."""
    for dimension in interests.dimensions_of(task, table)[:MAX_GROUPS]:
        for measure in interests.measures_of(task, table)[:MAX_MEASURES]:
            column = table.model.columns[dimension.index].name
            if column not in measure.columns:
                yield Plan(
                    operation="ranking",
                    measures=[measure.measured],
                    groups=[Group(column=column, by=By.VALUE)],
                    filters=interests.filters_of(task, table, measure),
                )
