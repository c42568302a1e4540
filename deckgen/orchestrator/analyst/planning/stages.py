"""Steps of a way: the column that holds them, or the columns that each count one."""

from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Condition, Measured, Relation, Rows
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.step_words import COURSES, STEP_NAMES
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

MOST_STEPS = 20
COUNTED = (MeasureKind.COUNT, MeasureKind.STOCK, MeasureKind.FLOW)


def column_of(table: Table) -> ColumnModel | None:
    """Returns the column of steps: the request orders them, its name says so, or they are numbered."""
    if asked := next((each for each in table.model.columns if requested(each)), None):
        return asked
    for column in table.model.columns:
        is_text = column.type == "VARCHAR" and 3 <= column.distinct <= MOST_STEPS
        if is_text and columns.says(column, STEP_NAMES):
            return column
    ordered = (each for each in table.model.columns if each.order and each.order.scale == "numbered")
    return next((each for each in ordered if 3 <= each.distinct <= MOST_STEPS), None)


def requested(column: ColumnModel) -> list[str]:
    """Returns the order that the request gives to a column's values; empty if it gives none."""
    return column.order.values if column.order and column.order.scale == "requested" else []


def counted_at(question: Question, table: Table, steps: ColumnModel) -> tuple[Measured, bool]:
    """Returns how many are at a step, and whether they went through the steps before it as well."""
    counted = columns.kinds(table, *COUNTED) or _whole_numbers(table)
    person = columns.who(question, table)
    if counted and person is None:
        named = [each for each in counted if question.words.fit(table.words_of(each.name))]
        return columns.total_of(table, (named or counted)[0], COUNT), False
    if person is not None and person is not steps and person.distinct < 0.95 * table.model.rows:
        return columns.different(person), False
    return columns.row_count(table), True


def measures_of(question: Question, table: Table) -> list[Measured]:
    """Returns the steps that are columns: of numbers, or of yes and no for each row."""
    counted = _whole_numbers(table)
    course = max((_of_course(counted, steps) for steps in COURSES), key=len)
    named = [each for each in counted if question.words.fit(table.words_of(each.name))]
    chosen = course if len(course) > 1 else named if len(named) > 2 else []
    if chosen:
        return [columns.total_of(table, column, COUNT) for column in chosen]
    flags = [each for each in table.model.columns if each.outcome and each.outcome.counts != "(a date)"]
    if len(flags) < 2:
        return []
    return [columns.row_count(table), *(_flag(table, each) for each in flags)]


def _whole_numbers(table: Table) -> list[ColumnModel]:
    return [each for each in columns.numbers(table) if each.type == "BIGINT" and not each.symbol]


def _of_course(counted: list[ColumnModel], steps: tuple[frozenset[str], ...]) -> list[ColumnModel]:
    """Returns the columns that are steps of a usual course, in its order."""
    found = [(place, each) for each in counted if (place := place_of(each.name, steps)) is not None]
    return [each for _, each in sorted(found, key=lambda step: step[0])]


def place_of(name: str, steps: tuple[frozenset[str], ...]) -> int | None:
    """Returns the last of the usual steps that a name has a word of."""
    own = set(read_name(name).words)
    return max((place for place, step in enumerate(steps) if own & step), default=None)


def _flag(table: Table, column: ColumnModel) -> Measured:
    assert column.outcome is not None
    only = Condition(column=column.name, relation=Relation.IS, values=[column.outcome.counts])
    return Measured(
        measure=Rows(where=[only]), label=column.label,
        noun=columns.noun_of(table, column), unit=COUNT, columns=[column.name],
        adds_up=True, over_time=True,
    )  # fmt: skip
