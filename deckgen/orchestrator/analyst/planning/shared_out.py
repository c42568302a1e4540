"""What can be shared out: amounts that add up, the rows, and amounts that an order has once."""

from deckgen.domain.plans import Cell, Group, Rows, Total
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting


def whole_of(question: Question, table: Table) -> Offered:
    """Returns what is shared out: the named measure that adds up, else the main one, else the rows."""
    counted = [each for each in table.offered if isinstance(each.measured.measure, Rows)]
    named = [
        each
        for _, each in question.measures
        if _is_whole(each) or _is_whole_of_parents(each) or each in counted
    ]
    if named:
        return min(named, key=lambda each: each in counted)
    return max(filter(_is_whole, table.offered), key=lambda each: each.weight, default=counted[0])


def _is_whole(offered: Offered) -> bool:
    return offered.measured.adds_up and isinstance(offered.measured.measure, Total)


def _is_whole_of_parents(offered: Offered) -> bool:
    """True for the amounts of orders and the like, which stand on each row of theirs."""
    return _parent_of(offered) is not None and offered.concept is Concept.COLUMN


def _parent_of(offered: Offered) -> str | None:
    measure = offered.measured.measure
    return measure.of.once_per if isinstance(measure, Total) and isinstance(measure.of, Cell) else None


def _is_split(whole: Offered, group: Group, table: Table) -> bool:
    """True if rows of one order are in several groups, so that none of them has its amount."""
    parent = _parent_of(whole)
    if parent is None or whole.measured.adds_up:
        return False
    name, of = quoting.name(group.column), quoting.name(parent)
    several = f"SELECT 1 AS n FROM data GROUP BY {of} HAVING count(DISTINCT {name}) > 1 LIMIT 1"
    return bool(table.data.all(several))


def _is_counted_once(whole: Offered, group: Group, table: Table) -> bool:
    """True if each group has as many rows as any other by the making of the table: one for each date,
    or one only, so that shares of rows say nothing.
    """
    key = table.model.grain.key if table.model.grain else []
    others = {column for column in key if column != group.column}
    axis = table.model.time.axis if table.model.time else None
    return isinstance(whole.measured.measure, Rows) and group.column in key and others <= {axis}


def can_share(whole: Offered, group: Group, table: Table) -> bool:
    """True if the groups have parts of their own that say something."""
    return not _is_counted_once(whole, group, table) and not _is_split(whole, group, table)
