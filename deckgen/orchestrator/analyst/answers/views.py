"""Views for briefs that give a task and no question: what they name, by the groups that matter."""

from collections.abc import Iterator

from deckgen.domain.plans import By, Group, Plan
from deckgen.orchestrator.analyst.measures.offered import Offered
from deckgen.orchestrator.analyst.planning import interests
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MAX_MEASURES, MAX_GROUPS, MAX_PLANS = 3, 4, 8


def plans_of(task: Question, table: Table) -> tuple[list[Plan], list[Plan]]:
    """Returns the plans of the views: what the task names, and what there is beside it."""
    named, (main, *others) = interests.named_dimensions(task, table), interests.measures_of(task, table)
    beside = [each for each in interests.dimensions_of(task, table) if each not in named]
    first = [level(task, table), *_rankings(task, table, named[:MAX_GROUPS], [main])]
    after = [
        *_rankings(task, table, named[:MAX_GROUPS], others[: MAX_MEASURES - 1]),
        *_rankings(task, table, beside[: MAX_GROUPS - len(named)], [main]),
    ]
    return first, after[: max(0, MAX_PLANS - len(first))]


def level(task: Question, table: Table) -> Plan:
    """Returns the level of what the task is about, with its course over time."""
    measure = interests.measures_of(task, table)[0]
    return Plan(
        operation="level",
        measures=[measure.measured],
        groups=[table.group(each) for each in interests.dimensions_of(task, table)[:1]],
        filters=interests.filters_of(task, table, measure),
    )


def _rankings(
    task: Question, table: Table, dimensions: list[Dimension], measures: list[Offered]
) -> Iterator[Plan]:
    """Yields each measure by each group."""
    for dimension in dimensions:
        column = table.model.columns[dimension.index].name
        for measure in measures:
            if column not in measure.columns:
                yield Plan(
                    operation="ranking",
                    measures=[measure.measured],
                    groups=[Group(column=column, by=By.VALUE)],
                    filters=interests.filters_of(task, table, measure),
                )
