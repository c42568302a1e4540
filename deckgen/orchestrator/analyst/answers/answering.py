"""Answers the questions of a brief: the operation that fits best, its plan, and its sentences."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.domain.answers import Answer, Move
from deckgen.domain.charts import Chart
from deckgen.domain.decks import reference_values
from deckgen.domain.facts import Fact, Text, render, words
from deckgen.domain.language.phrasebook import Language, at_start
from deckgen.domain.plans import Plan
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.answers import large_figures, missing, summary_rows
from deckgen.orchestrator.analyst.execution import parts, pointing, results
from deckgen.orchestrator.analyst.execution.dated import with_period
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.limited import with_groups
from deckgen.orchestrator.analyst.execution.results import Lacking, Result
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import facts_in, say
from deckgen.orchestrator.analyst.facts.relations import stated
from deckgen.orchestrator.analyst.facts.statements import (
    Statement,
    ends_in_caution,
    gist,
    in_short,
    phrase,
    sentence,
)
from deckgen.orchestrator.analyst.operations import operations
from deckgen.orchestrator.analyst.planning import common_meanings, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, WORDS
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.stats.result import LEVEL

LEAST_SAID = 3  # words: fewer are a name alone
MIN_TITLE_WORDS, MAX_TITLE_WORDS = 5, 15
FIGURE = "level"
NOT_UNDERSTOOD = "reason.not_understood"


def sharing_chance(execute: Executor, questions: list[Question]) -> Executor:
    """Returns an executor for several questions: each has its part of the chance that something is told
    as found which is none (Bonferroni's correction).
    """
    return replace(execute, level=LEVEL / max(1, len(questions)))


def operation_for(question: Question, table: Table) -> str | None:
    """Returns the operation that fits a question best; None if none does, or if it asks for a figure
    and names none.
    """
    fits = {name: operation.asks(question, table) for name, operation in operations().items()}
    best = max(fits, key=lambda name: (fits[name], name))
    if fits[best] == NOT:
        return None
    says_nothing = _is_form_only(question, table, best) and missing.unknown_of(question, table) is None
    return None if best == FIGURE and says_nothing else best


def answer_of(question: Question, table: Table, execute: Executor) -> Answer:
    """Returns the answer to one question, or why there is none."""
    name = operation_for(question, table)
    if name is None:
        return _not_understood(question, table)
    plan, still_open = planned(question, table, name)
    if isinstance(plan, Lacking):
        return _lacking(question, plan, None, table.language)
    result = operations()[name].run(plan, execute)
    if isinstance(result, Lacking):
        return _lacking(question, result, plan, table.language)
    if still_open and result.end is End.ANSWERED:
        result = replace(result, end=End.IN_PART, reason=still_open)
    return told(question, plan, result, table, execute)


def _not_understood(question: Question, table: Table) -> Answer:
    if topic := missing.topic_of(question, table):
        missed = missing.nothing_named([topic], table.language)
        return _lacking(question, Lacking(missed, is_said=True), None, table.language)
    return Answer(question=question.text, end=End.NOT_DONE, reason=table.language.say(NOT_UNDERSTOOD))


def planned(question: Question, table: Table, name: str) -> tuple[Plan | Lacking, str]:
    """Returns the plan of a question, with what stays open of it; or what the table lacks for all."""
    if (amount := slots.missing_amount(question, table)) is not None:
        return Lacking(missing.nothing_named([amount], table.language), is_said=True), ""
    if (unknown := missing.unknown_of(question, table)) and _is_form_only(question, table, name):
        return Lacking(missing.nothing_named([unknown], table.language), is_said=True), ""
    plan = operations()[name].plan(question, table)
    found = missing.open_of(question, table, name, plan if isinstance(plan, Plan) else None)
    return (Lacking(found.whole, is_said=True), "") if found.whole else (plan, found.part)


def _is_form_only(question: Question, table: Table, name: str) -> bool:
    """True if nothing of a question is in the table, and only its form is known."""
    is_known = question.measures or question.groups or question.filters or question.before
    if not is_known and common_meanings.meant(question, table) is not None:
        return False
    return not is_known and operations()[name].asks(question, table) < WORDS


def _lacking(question: Question, lacking: Lacking, plan: Plan | None, language: Language) -> Answer:
    reason = lacks(lacking, language)
    return Answer(question=question.text, end=End.LACKS, reason=reason, plan=plan)


def lacks(lacking: Lacking, language: Language) -> str:
    """Returns what the table lacks, in words."""
    what = lacking.what
    said = phrase(what, language) if isinstance(what, Statement) else what
    return said if lacking.is_said else language.say("reason.lacks", what=said)


def _length(text: Text, table: Table, book: FactBook) -> int:
    """Returns the number of words of a text with its references filled in."""
    values = reference_values(table.brief, table.source, book.facts, table.language.code)
    return len(words(render(text, values)))


def _as_title(text: Text, cautious: Sequence[Text], table: Table, book: FactBook) -> Text:
    """Returns a sentence that is too long for a title up to the first colon before which it says
    enough; as it is without one. Of what has a caution, its other wordings, which keep it, are taken.
    """
    if _length(text, table, book) <= MAX_TITLE_WORDS:
        return text
    if cautious:
        return next((each for each in cautious if _is_title(each, table, book)), text)
    pieces = text.split(": ")
    parts = (": ".join(pieces[:count]) for count in range(1, len(pieces)))
    return next((part for part in parts if _length(part, table, book) >= LEAST_SAID), text)


def _is_title(text: Text, table: Table, book: FactBook) -> bool:
    return MIN_TITLE_WORDS <= _length(text, table, book) <= MAX_TITLE_WORDS


def told(question: Question, plan: Plan, result: Result, table: Table, execute: Executor) -> Answer:
    """Returns a result as the answer to a question: its statements as sentences."""
    result = with_period(with_groups(result, plan, question.filters, execute), plan, execute)
    statements, language = [*result.statements], execute.language
    counted = [*parts.counted_once(plan, execute, statements[0]), *parts.turned(plan, execute)]
    statements[result.summed : result.summed] = counted
    said = [sentence(statement, language) for statement in statements]
    _tell_apart(said, result, execute.book)
    states = [stated(*each) for each in zip(statements, said, strict=True)]
    headline, *points = said
    short, core = in_short(statements[0], language), gist(result.core or statements[0], language)
    cautious = [short, at_start(core)] if ends_in_caution(statements[0], language) else []
    if (title := _as_title(headline, cautious, table, execute.book)) != headline:
        headline, points = title, [headline, *points]
    kpis = large_figures.of(result, plan, execute)
    rows = summary_rows.of(statements, said, headline, kpis, execute)
    chart = pointing.argued(result.chart, plan.measures, execute) if result.chart else None
    method = sentence(result.method, language) if result.method else ""
    moves = [_move(each, language) for each in result.moves]
    texts: list[Text] = [headline, short, core, *points, method]
    texts += [text for kpi in kpis for text in (kpi.label, kpi.value, kpi.change)]
    texts += [text for row in rows for text in (row.figure, row.label, row.text)]
    texts += [move.evidence for move in moves]
    texts += _texts(chart) if chart else []
    fact_ids = facts_in(texts)
    execute.book.count_rows(fact_ids)
    return Answer(
        question=question.text,
        end=result.end,
        reason=result.reason,
        plan=plan,
        headline=headline,
        short=short,
        gist=core,
        points=points,
        rows=rows,
        summed=result.summed,
        kpis=kpis,
        chart=chart,
        method=method,
        states=[each for each in states if each is not None],
        moves=moves,
        fact_ids=fact_ids,
    )


def _move(move: results.Move, language: Language) -> Move:
    return Move(
        text=sentence(move.says, language),
        evidence=sentence(move.evidence, language),
        first=sentence(move.first, language),
        name=say(move.name),
        size=move.size.id,
        worth=move.worth,
    )


def _tell_apart(sentences: list[Text], result: Result, book: FactBook) -> None:
    """Let facts that are compared read differently: those of one sentence, and those of one measure."""
    facts = {fact.id: fact for fact in book.facts}
    figures = [fact for each in result.figures for fact in (each.value, each.change) if fact]
    own = [[facts[name] for name in facts_in([each])] for each in sentences]
    by_measure: dict[tuple[str, str], list[Fact]] = {}
    for fact in (*figures, *(fact for each in own for fact in each)):
        if fact.about is not None:
            by_measure.setdefault((fact.about.measure, fact.about.aggregate), []).append(fact)
    for compared in (*own, figures, *by_measure.values()):
        book.tell_apart(fact.id for fact in compared)


def _texts(chart: Chart) -> list[Text]:
    named = [*(each.label for each in chart.series), *(each.text for each in chart.annotations)]
    return [chart.title, chart.alt, chart.category_label, *named]
