"""The smallest difference that so many rows would have shown, where a test was undecided."""

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution import parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.row_values import row_value, unit_of_change
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.sql import quoting

USUAL = 2.8  # standard errors: found four times in five at five percent


def noticeable(
    execute: Executor,
    measured: Measured,
    group: Group,
    compared: list[GroupValue],
    scope: Scope,
    *,
    clear: bool,
) -> list[Statement]:
    """Returns how large a difference of two groups would have shown; nothing where one is clear."""
    if clear or len(compared) != 2:
        return []
    size = _size(execute, measured, group, compared, scope)
    return [state("difference.noticeable", things=parts.things(execute), size=say(size))]


def _size(
    execute: Executor, measured: Measured, group: Group, compared: list[GroupValue], scope: Scope
) -> Fact:
    value = row_value(execute.compiler, measured.measure)
    own = [f"({execute.one_group(group, each.name)})" for each in compared]
    where = [f"({value}) IS NOT NULL", *execute.conditions(scope), " OR ".join(own)]
    spread = f"SELECT var_samp({value}) AS s, count(*) AS n FROM data{quoting.where(*where)} "
    each = f"{spread}GROUP BY {execute.compiler.group(group)}"
    unit = unit_of_change(measured)
    return execute.book.query(
        execute.says("label.noticeable", measure=measured.label),
        f"SELECT {USUAL!r} * sqrt(sum(s / n)) FROM ({each})", unit, *where,
    )  # fmt: skip
