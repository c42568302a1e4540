"""An overview: what is told to those who ask for nothing particular, and beside what others ask."""

from dataclasses import dataclass, field

from deckgen.domain.answers import Answer
from deckgen.domain.findings import Tested
from deckgen.domain.plans import Plan
from deckgen.orchestrator.analyst.answers import answering, scanning, views
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Result
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.operations import operations
from deckgen.orchestrator.analyst.planning.operation import Looks
from deckgen.orchestrator.analyst.questions.reading import Question, read, read_one
from deckgen.orchestrator.analyst.questions.table import Table

NEWS = 3  # that stand before the views of what a task does not name


@dataclass(frozen=True)
class Told:
    """The answers to questions, what is told beside them, and the tests that were made for that."""

    answers: list[Answer] = field(default_factory=list)
    beside: list[Answer] = field(default_factory=list)
    tests: list[Tested] = field(default_factory=list)


def asks(question: Question) -> bool:
    """What does the data say, how are we doing: True if nothing of the table is named."""
    return question.has(Cue.OVERVIEW) and not _names(question)


def answers_of(table: Table, execute: Executor) -> Told:
    """Returns one answer for each question of the brief, in its order; one that asks for an overview
    gets the first of it, and the rest stands beside.
    """
    questions = read(table.brief.business_context, table.brief.locale, table)
    execute = answering.sharing_chance(execute, questions)
    asked = next((each for each in questions if asks(each)), None)
    whole, tests = _of(asked, table, execute) if asked else ([], [])

    def answer(question: Question) -> Answer:
        if asks(question):
            return whole[0].model_copy(update={"question": question.text})
        return answering.answer_of(question, table, execute)

    return Told([answer(each) for each in questions], whole[1:], tests)


def answer_of(question: Question, table: Table, execute: Executor) -> Answer:
    """Returns the answer to one question; to one that asks for an overview the first of it."""
    if not asks(question):
        return answering.answer_of(question, table, execute)
    return _of(question, table, execute)[0][0]


def without_questions(table: Table, execute: Executor) -> Told:
    """Returns what is told for a brief that asks nothing, or of which nothing has an answer."""
    task = read_one(table.brief.business_context, table.brief.locale, table)
    return Told([], *_of(task, table, execute))


def _names(task: Question) -> bool:
    return bool(task.measures or task.groups or task.filters)


def _of(task: Question, table: Table, execute: Executor) -> tuple[list[Answer], list[Tested]]:
    """Returns the views of what a task names, and then what stands out and what else there is to see;
    of a task that names nothing the most telling first, and the level of what matters most after it,
    but before what is told of its groups.
    """
    news, tests = scanning.scan(task, table, execute)
    found = [(each.plan, each.result) for each in news]

    def viewed(*plans: Plan) -> list[tuple[Plan, Result]]:
        missing = [plan for plan in plans if not any(_tells(each.plan, plan) for each in news)]
        run = [(plan, operations()[plan.operation].run(plan, execute)) for plan in missing]
        return [(plan, result) for plan, result in run if isinstance(result, Result)]

    if _names(task):
        first, after = views.plans_of(task, table)
        told = [*viewed(*first), *found[:NEWS], *viewed(*after), *found[NEWS:]]
    else:
        leads = bool(news) and _looks_at(news[0].plan) is not Looks.GROUPS
        told = [*found[:leads], *viewed(views.level(task, table)), *found[leads:]]
    return [answering.told(task, *each, table, execute) for each in told], tests


def _looks_at(plan: Plan) -> Looks:
    return operations()[plan.operation].looks


def _tells(found: Plan, view: Plan) -> bool:
    """True if the development of a measure is told, which its level adds nothing to."""
    levels = view.operation == "level" and found.operation == "development"
    return levels and found.measures[0] == view.measures[0]
