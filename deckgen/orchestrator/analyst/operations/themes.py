"""Themes: which words come up most in the texts of a column, counted in rows."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Plan, Relation
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.listing import listed
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Slots, figures_of, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.wording import Theme, themes
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import columns, comparing, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, Operation
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

MOST = 6
LEAST_WORDS = 2.5  # of a text on average
NAMES = frozenset({
    "comment", "comments", "feedback", "review", "text", "description", "complaint", "complaints",
    "reason", "note", "notes", "message", "remark", "remarks", "answer", "beschwerde", "kommentar",
    "bemerkung", "anmerkung", "beschreibung", "nachricht", "freitext", "title", "subject",
})  # fmt: skip


def asks(question: Question, table: Table) -> float:
    """What people say, complain or write about, in a table with texts."""
    return PHRASE if question.has(Cue.THEMES) and _texts(table) else NOT


def _texts(table: Table) -> ColumnModel | None:
    """Returns the column of texts: of several words each, and the one whose name says so."""
    found = [
        (not columns.says(column, NAMES), -words, place)
        for place, column in enumerate(table.model.columns)
        if column.type == "VARCHAR" and column.distinct > 10
        if (words := _words(table, column.name)) >= LEAST_WORDS
    ]
    return table.model.columns[min(found)[2]] if found else None


def _words(table: Table, column: str) -> float:
    """Returns how many words a text has about: words are some six letters apart."""
    (letters,) = table.data.one(
        f"SELECT avg(length({quoting.name(column)})) FROM data "
        f"WHERE contains(trim({quoting.name(column)}), ' ')"
    )
    return float(letters or 0) / 6


def plan(question: Question, table: Table) -> Plan | Lacking:
    column = _texts(table)
    if column is None:
        return Lacking(state("lacks.column_texts"))
    counted = columns.row_count(table)
    return Plan(
        operation="themes",
        measures=[counted],
        groups=[Group(column=column.name)],
        filters=slots.filters_of(question, table, Offered(counted, Concept.COUNT, ())),
        period=comparing.period_of(question),
        top=MOST,
    )


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    (counted, *_), (group, *_) = plan.measures, plan.groups
    scope = Scope.of(plan).also(Condition(column=group.column, relation=Relation.KNOWN))
    every = execute.value(counted, scope)
    if not every.value:
        return Lacking(state("lacks.texts"))
    found = themes(execute, group.column, scope, plan.top or MOST)
    method, column = parts.method(counted, execute, scope), execute.noun(group.column)
    if not found:
        head = state("themes.none", every=every, things=counted.noun, column=column)
        return Result([head], None, figures_of(head, every=counted.noun), method)
    counts = [(each.word, _count(plan, execute, scope, each)) for each in found]
    told: list[Slots] = [
        {
            "word": word,
            "count": count,
            "every": every,
            "share": execute.share(count, every, execute.says("label.part_of_texts", word=word)),
            "things": counted.noun,
            "column": column,
        }
        for word, count in counts
    ]
    head = state("themes.first", **told[0])
    others = [state("themes.next", **each) for each in told[1:4]]
    chart = listed(
        execute,
        counts,
        title=execute.says("chart.by_word", measure=counted.noun),
        category=execute.says("label.word"),
        series=counted.noun,
    )
    figures = figures_of(
        head,
        count=execute.says("label.with_word", word=found[0].word),
        every=execute.says("label.texts"),
        share=execute.says("label.of_all"),
    )
    return Result([head, *others, state("themes.counted")], chart, figures, method, summed=3)


def _count(plan: Plan, execute: Executor, scope: Scope, theme: Theme) -> Fact:
    """Returns in how many rows a word comes up, in any of its forms."""
    (counted, *_), (group, *_) = plan.measures, plan.groups
    only = Condition(column=group.column, relation=Relation.CONTAINS, values=[theme.beginning])
    named = counted.model_copy(
        update={"label": execute.says("label.things_with_word", things=counted.label, word=theme.word)}
    )
    return execute.value(named, scope.also(only))


OPERATION = Operation(asks, plan, run)
