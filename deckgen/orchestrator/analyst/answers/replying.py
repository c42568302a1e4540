"""Answers to somebody who asks about a table: texts with their references filled in, and the facts."""

import time
from collections.abc import Callable

from deckgen.domain.answers import Answer
from deckgen.domain.asking import Replies, Reply
from deckgen.domain.charts import Chart
from deckgen.domain.decks import reference_values
from deckgen.domain.errors import UnreadableData
from deckgen.domain.facts import Fact, Text, render
from deckgen.domain.language.choosing import choose, not_written
from deckgen.domain.previews import LATE_CODES
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.answers.answering import sharing_chance
from deckgen.orchestrator.analyst.answers.overview import answer_of
from deckgen.orchestrator.analyst.answers.understanding import labels_of
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.planning.describing import described
from deckgen.orchestrator.analyst.questions.reading import Question, read
from deckgen.orchestrator.analyst.questions.table import Table


def replies_of(table: Table, ends_at: float) -> Replies:
    """Returns one answer for each question of the brief, in its order.

    `ends_at`, by the monotonic clock, is when no further question is begun: the rest is told as not
    done. UnreadableData if time is up before the questions are read.
    """
    brief, book = table.brief, FactBook(table.data, table.brief.locale, table.language)
    questions = read(brief.business_context, brief.locale, table)
    execute = Executor(table.data, table.source, table.model, table.timeline, book)
    execute = sharing_chance(execute, questions)
    wanted = choose(brief).wanted
    answers = [_in_time(each, table, execute, ends_at) for each in questions]
    return Replies(
        name=table.source.name,
        rows=table.source.rows,
        locale=brief.locale,
        language=table.language.code,
        answers=[_reply(answer, table, book.facts) for answer in answers],
        warnings=[
            *([not_written(wanted)] if wanted else []),
            *map(table.language.reading.of, table.model.warnings),
        ],
        unfinished=table.model.unfinished,
    )


def _in_time(question: Question, table: Table, execute: Executor, ends_at: float) -> Answer:
    late = Answer(question=question.text, end=End.NOT_DONE, reason=table.language.say("reason.time_up"))
    if time.monotonic() >= ends_at:
        return late
    try:
        return answer_of(question, table, execute)
    except UnreadableData as error:
        if error.code not in LATE_CODES:
            raise
        return late


def _reply(answer: Answer, table: Table, facts: list[Fact]) -> Reply:
    values = reference_values(table.brief, table.source, facts, table.language.code)

    def filled(text: Text) -> str:
        return render(text, values)

    return Reply(
        question=answer.question,
        end=answer.end,
        reason=answer.reason,
        plan=answer.plan,
        understood=described(answer.plan, labels_of(table), table.language) if answer.plan else "",
        text=filled(answer.headline),
        points=[filled(point) for point in answer.points],
        method=filled(answer.method),
        facts=[fact for fact in facts if fact.id in answer.fact_ids],
        chart=_filled(answer.chart, filled) if answer.chart else None,
    )


def _filled(chart: Chart, filled: Callable[[Text], str]) -> Chart:
    return chart.model_copy(
        update={
            "title": filled(chart.title),
            "alt": filled(chart.alt),
            "category_label": filled(chart.category_label),
            "series": [each.model_copy(update={"label": filled(each.label)}) for each in chart.series],
            "annotations": [
                each.model_copy(update={"text": filled(each.text)}) for each in chart.annotations
            ],
        }
    )
