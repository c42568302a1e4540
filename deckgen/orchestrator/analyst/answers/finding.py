"""The step `facts`: the answers to what the brief asks, and what a scan finds where it asks nothing."""

from dataclasses import replace
from pathlib import Path

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.facts import Text, references
from deckgen.domain.findings import Findings
from deckgen.orchestrator.analyst.answers import advising, answering, overview, scanning
from deckgen.orchestrator.analyst.answers.limits import limits_of
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.questions.reading import read_one
from deckgen.orchestrator.analyst.questions.splitting import is_task
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.table_model import model_of


def find(path: Path, source: Source, brief: Brief) -> Findings:
    """Returns the answers to the brief and the facts that they are made of. Raises UnreadableData."""
    with open_table(path, brief.table) as data:
        table = Table(data, source, model_of(data, source, source.name, brief=brief), brief)
        book = FactBook(data, brief.locale, table.language)
        execute = Executor(data, source, table.model, table.timeline, book)
        asked = bool(brief.business_context) and not is_task(brief.business_context)
        told = overview.answers_of(table, execute) if asked else overview.Told()
        answers = told.answers
        open_ = advising.without_moves([*answers, *told.beside])
        leads = [lead for each in open_ for lead in _leads(each, table, execute)]
        if not leads and not any(answer.headline for answer in answers):
            told = replace(overview.without_questions(table, execute), answers=answers)
        of_all = [*answers, *told.beside, *leads]
        advice = advising.advice_of(of_all if answers else [], table, book)
        found = Findings(
            facts=[],
            based_on=_based_on(execute),
            answers=advising.settled(answers, advice),
            scan=[*told.beside, *leads],
            advice=advice,
            remarks=[table.language.say("scan.nothing")] if not asked and len(told.beside) == 1 else [],
            limits=limits_of(table, book),
            tests=told.tests,
        )
        used = _used(found)
        book.count_rows(used)
        return found.model_copy(update={"facts": [fact for fact in book.facts if fact.id in used]})


def _leads(advice: Answer, table: Table, execute: Executor) -> list[Answer]:
    """Returns what the moves rest on that a question asks for, if there are such."""
    assert advice.plan is not None
    task = read_one(advice.question, table.brief.locale, table)
    found = scanning.leads(task, table, execute, worth=advice.plan.measures[0].noun)
    return [answering.told(task, *each, table, execute) for each in found]


def _based_on(execute: Executor) -> Text:
    """Returns the table and the time that it covers."""
    if execute.timeline is None:
        return execute.says("based_on", name="{{source}}")
    first, last = parts.ends(execute, Scope())
    span = execute.says("span", first=first, last=last)
    period = say(first) if first.value == last.value else span
    return execute.says("based_on.period", name="{{source}}", period=period)


def _used(found: Findings) -> set[str]:
    """Returns the ids of the facts that something refers to, not of what was looked at and not told."""
    texts = [found.based_on, *found.limits]
    names = {name for text in texts for name in references(text)}
    told = [*found.told, *([found.advice] if found.advice else [])]
    return names | {name for answer in told for name in answer.fact_ids}
