"""What happens, and where: “errors” where a column says ERROR, and groups in which it may happen."""

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Condition, Group, Measured, Ratio, Relation, Rows
from deckgen.orchestrator.analyst.lexicon import calendar_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

TOLD = 2  # dimensions by which it is told where something happens
ROWS_PER_GROUP = 5
MOST_GROUPS = 60
SAME = 0.95  # of the rows with the event in one group that has hardly others: it says the same


def share_of(question: Question, table: Table) -> Measured | None:
    """Returns the share of rows with the one group that a question names, if it names no amount."""
    named = [each for each in question.filters if len(each.values) == 1]
    if len(named) != 1 or any(each.concept is not Concept.COUNT for _, each in question.measures):
        return None
    (event,) = named
    value, says = str(event.values[0]), table.language.say
    place = next(n for n, each in enumerate(table.model.columns) if each.name == event.column)
    return Measured(
        measure=Ratio(over=Rows(where=[event]), per=Rows()),
        label=says("label.share_of", measure=value),
        noun=says("label.share_of", measure=value)
        if value.isalpha()
        else says("label.share_of_this", measure=f"{{{{c{place}}}}}"),
        unit=PERCENT,
        columns=[event.column],
        adds_up=False,
        over_time=False,
    )


def filters_of(question: Question, table: Table, measured: Measured) -> list[Condition]:
    """Returns which other rows count: without those that a status sets apart."""
    named = [each for each in question.filters if each.column not in measured.columns]
    apart = [
        Condition(
            column=each.column, relation=Relation.IS_NOT, values=[value.value for value in each.apart]
        )
        for each in table.model.filters
        if each.column not in {*measured.columns, *(each.column for each in named)}
    ]
    return [*named, *apart]


def where_of(question: Question, table: Table, measured: Measured) -> list[Group]:
    """Returns the groups in which something may happen: those that are named, else kinds of places."""
    own = set(measured.columns)
    usable = [each for each in table.dimensions if table.model.columns[each.index].name not in own]
    named = [each for _, each in question.groups if each in usable]
    places = [each for each in usable if _is_place(each, table)]
    others = [each for each in usable if _is_readable(each, table)]
    chosen = (named or places or others)[:TOLD]
    return [table.group(each) for each in chosen if named or not _says_the_same(each, table, measured)]


def _is_place(dimension: Dimension, table: Table) -> bool:
    column = table.model.columns[dimension.index]
    words = {plain(word) for word in read_name(column.name).words}
    few = dimension.groups <= max(MOST_GROUPS, table.model.rows // ROWS_PER_GROUP)
    return few and (column.role is Role.GEOGRAPHY or bool(words & calendar_words.WHERE))


def _is_readable(dimension: Dimension, table: Table) -> bool:
    column = table.model.columns[dimension.index]
    few = dimension.groups <= min(MOST_GROUPS, table.model.rows // ROWS_PER_GROUP)
    return few and column.type == "VARCHAR"


def _says_the_same(dimension: Dimension, table: Table, measured: Measured) -> bool:
    """True of a column that only repeats what happens, as the status 500 repeats ERROR."""
    match measured.measure:
        case Ratio(over=Rows(where=[Condition(column=column, values=[value])])):
            event = f"CAST({quoting.name(column)} AS VARCHAR) = {quoting.literal(str(value))}"
        case _:
            return False
    hits = f"count(*) FILTER (WHERE {event})"
    rows = table.data.all(f"SELECT {hits}, count(*) FROM data GROUP BY {dimension.sql}")
    pure = sum(hit for hit, every in rows if hit >= SAME * every)
    return bool(pure >= SAME * sum(hit for hit, _ in rows))
