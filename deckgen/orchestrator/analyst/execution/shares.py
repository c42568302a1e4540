"""Shares of rows: what happens, in how many rows of how many."""

from typing import Any

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Condition, Group, Measured, Ratio, Relation, Rows
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.outcome_words import YES_NO

# Values that say that something happened, and not what.
FLAGS = frozenset(word for pair in YES_NO for word in pair) | {"0", "1"}


def thing(execute: Executor, measured: Measured) -> Fact | Text:
    """Returns what happens: the value that counts if it is a word for it, else the measure's name."""
    match measured.measure:
        case Ratio(over=Rows(where=[Condition(column=column, relation=Relation.IS, values=[value])])):
            if str(value).lower() not in FLAGS:
                return execute.name(Group(column=column), value)
    return measured.noun


def hits(execute: Executor, measured: Measured) -> Measured:
    """Returns the number of rows that count."""
    assert isinstance(measured.measure, Ratio)
    return _counted(
        measured, measured.measure.over, execute.says("label.rows_of", measure=measured.label)
    )


def base(execute: Executor, measured: Measured) -> Measured:
    """Returns the number of rows that they are a share of."""
    assert isinstance(measured.measure, Ratio)
    return _counted(
        measured, measured.measure.per, execute.says("label.all_rows", measure=measured.label)
    )


def _counted(measured: Measured, part: Any, label: str) -> Measured:
    update = {"measure": part, "label": label, "unit": COUNT, "adds_up": True, "over_time": True}
    return measured.model_copy(update=update)


def of(execute: Executor, measured: Measured, scope: Scope) -> tuple[Fact, Fact]:
    """Returns the rows that count, and all of them."""
    return execute.value(hits(execute, measured), scope), execute.value(base(execute, measured), scope)


def by_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope
) -> list[tuple[Any, int, int]]:
    """Returns each group with its rows that count and all of its rows."""
    found = {each.name: each.value for each in execute.groups(hits(execute, measured), group, scope)}
    every = execute.groups(base(execute, measured), group, scope)
    return [(each.name, int(found.get(each.name, 0)), int(each.value)) for each in every if each.value]
