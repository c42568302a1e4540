"""Answers the questions of a brief: the operation that fits best, its plan, and its sentences."""

from deckgen.domain.answers import Answer
from deckgen.domain.decks import Kpi, reference_values
from deckgen.domain.facts import Text, references, render, words
from deckgen.domain.plans import Plan
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.answers import scanning
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.operations import operations
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.planning.operation import NOT, WORDS
from deckgen.orchestrator.analyst.questions.reading import Question, read, read_one
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sentences import label, sentence

MAX_TITLE_WORDS = 15
NOT_UNDERSTOOD = "deckgen does not know what is asked"


def answers_of(table: Table, book: FactBook) -> list[Answer]:
    """Returns one answer for each question of the brief, in its order."""
    brief = table.brief
    execute = Executor(table.data, table.source, table.model, table.timeline, book)
    return [
        answer_of(each, table, execute) for each in read(brief.business_context, brief.locale, table)
    ]


def scan_of(table: Table, book: FactBook) -> list[Answer]:
    """Returns what a scan finds about the task of a brief, each as the answer to the brief."""
    brief = table.brief
    execute = Executor(table.data, table.source, table.model, table.timeline, book)
    task = read_one(brief.business_context, brief.locale, table)
    answers = []
    for plan in scanning.plans_of(task, table):
        result = operations()[plan.operation].run(plan, execute)
        if isinstance(result, Result):
            answers.append(_told(task, plan, result, table, execute))
    return answers


def operation_for(question: Question, table: Table) -> str | None:
    """Returns the operation that fits a question best; None if none does."""
    fits = {name: operation.asks(question, table) for name, operation in operations().items()}
    best = max(fits, key=lambda name: (fits[name], name))
    return best if fits[best] > NOT else None


def answer_of(question: Question, table: Table, execute: Executor) -> Answer:
    """Returns the answer to one question, or why there is none."""
    name = operation_for(question, table)
    if name is None:
        return Answer(question=question.text, end=End.NOT_DONE, reason=NOT_UNDERSTOOD)
    if unknown := _unknown(question, table, name):
        return _lacking(question, Lacking(f"anything called “{unknown}”"), None)
    operation = operations()[name]
    plan = operation.plan(question, table)
    if isinstance(plan, Lacking):
        return _lacking(question, plan, None)
    result = operation.run(plan, execute)
    if isinstance(result, Lacking):
        return _lacking(question, result, plan)
    return _told(question, plan, result, table, execute)


def _unknown(question: Question, table: Table, name: str) -> str | None:
    """Returns what a question is about if nothing of it is in the table, and only its form is known."""
    if (amount := slots.missing_amount(question, table)) is not None:
        return amount
    is_known = question.measures or question.groups or question.filters or question.before
    if is_known or operations()[name].asks(question, table) >= WORDS:
        return None
    return question.words.subject


def _lacking(question: Question, lacking: Lacking, plan: Plan | None) -> Answer:
    return Answer(question=question.text, end=End.LACKS, reason=lacks(lacking), plan=plan)


def lacks(lacking: Lacking) -> str:
    """Returns what the table lacks, in words."""
    return f"the table lacks {lacking.what}"


def _length(text: Text, table: Table, book: FactBook) -> int:
    """Returns the number of words of a text with its references filled in."""
    values = reference_values(table.brief, table.source, book.facts)
    return len(words(render(text, values)))


def _told(question: Question, plan: Plan, result: Result, table: Table, execute: Executor) -> Answer:
    headline, *points = [sentence(statement) for statement in result.statements]
    if _length(headline, table, execute.book) > MAX_TITLE_WORDS and ": " in headline:
        headline, points = headline.partition(": ")[0], [headline, *points]
    kpis = [
        Kpi(
            label=label(each.label),
            value=say(each.value),
            change=say(each.change) if each.change else "",
        )
        for each in result.figures
    ]
    chart = result.chart
    method = sentence(result.method) if result.method else ""
    texts: list[Text] = [headline, *points, method]
    texts += [text for kpi in kpis for text in (kpi.label, kpi.value, kpi.change)]
    texts += [chart.title, chart.alt] if chart else []
    used = dict.fromkeys(name for text in texts for name in references(text) if name.startswith("f"))
    return Answer(
        question=question.text,
        end=result.end,
        reason=result.reason,
        plan=plan,
        headline=headline,
        points=points,
        summed=result.summed,
        kpis=kpis,
        chart=chart,
        method=method,
        fact_ids=list(used),
    )
