"""How the questions of a brief are understood: their plans in words, of which nothing is run."""

from deckgen.domain.questions import Understood
from deckgen.orchestrator.analyst.answers.answering import NOT_UNDERSTOOD, lacks, operation_for, planned
from deckgen.orchestrator.analyst.execution.results import Lacking
from deckgen.orchestrator.analyst.planning import describing
from deckgen.orchestrator.analyst.questions.reading import Question, read
from deckgen.orchestrator.analyst.questions.splitting import is_task
from deckgen.orchestrator.analyst.questions.table import Table


def understood_of(table: Table) -> list[Understood]:
    """Returns one entry for each question of the brief; none of a brief that gives a task."""
    brief = table.brief
    if is_task(brief.business_context):
        return []
    return [_understood(each, table) for each in read(brief.business_context, brief.locale, table)]


def _understood(question: Question, table: Table) -> Understood:
    name = operation_for(question, table)
    if name is None:
        return Understood(question=question.text, reason=table.language.say(NOT_UNDERSTOOD))
    plan, still_open = planned(question, table, name)
    if isinstance(plan, Lacking):
        return Understood(question=question.text, operation=name, reason=lacks(plan, table.language))
    labels = labels_of(table)
    return Understood(
        question=question.text,
        operation=plan.operation,
        understood=describing.described(plan, labels, table.language),
        measures=[measured.label for measured in plan.measures],
        groups=describing.groups(plan, labels, table.language),
        filters=describing.filters(plan, labels, table.language),
        periods=describing.periods(plan, table.language),
        reason=still_open,
    )


def labels_of(table: Table) -> dict[str, str]:
    """Returns the names of the columns for people, by those of the table `data`."""
    return {column.name: column.label for column in table.source.columns}
