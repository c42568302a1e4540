"""Parts that drivers, relations and differences share: nouns, and groups with their values."""

from typing import Any

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Text
from deckgen.domain.language.languages import AVERAGE, without
from deckgen.domain.plans import Group, Measured
from deckgen.orchestrator.analyst.execution import pointing
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.row_values import is_outcome
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.lexicon.outcome_words import RATE_NOUNS
from deckgen.orchestrator.analyst.stats.association import ENOUGH

YES = frozenset({"yes", "y", "true", "t", "ja", "wahr", "1"})
NO = frozenset({"no", "n", "false", "f", "nein", "falsch", "0"})
MOST_POINTS = 250
MOST_TOLD = 3


def noun_of(execute: Executor, measured: Measured, article: bool = True) -> Text:
    """Returns what a measure is called; an outcome by what happened: the churn rate."""
    if not is_outcome(measured):
        return measured.noun
    column = next(each for each in execute.model.columns if each.name == measured.columns[0])
    known = RATE_NOUNS.get(execute.language.code, {})
    name = known.get(column.label.lower()) or execute.noun(column.name)
    if column.outcome and column.outcome.counts.lower() not in {*YES, "(a date)"}:
        value = execute.name(Group(column=column.name), column.outcome.counts)
        name = known.get(column.outcome.counts.lower()) or say(value)
    elif column.label.lower().endswith(("rate", "quote")):
        return execute.says("rate.named" if article else "rate.named_bare", name=name)
    return execute.says("rate.the" if article else "rate.bare", name=name)


def column_of(factor: Group | Measured) -> str:
    """Returns the column of a factor; of a number made of several the first."""
    return factor.column if isinstance(factor, Group) else factor.columns[0]


def compared(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[GroupValue]:
    """Returns the groups with enough rows, the highest value first."""
    return [each for each in execute.groups(measured, group, scope) if each.rows >= ENOUGH]


def too_small(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[Fact]:
    """Returns the names of the groups that have too few rows."""
    found = execute.groups(measured, group, scope)
    return [execute.name(group, each.name) for each in found if each.rows < ENOUGH][:MOST_TOLD]


def valued(execute: Executor, measured: Measured, group: Group, name: Any, scope: Scope) -> Text:
    """Returns the value of a group and its name: "12% for Poster", "33% with phone service"."""
    value = say(execute.value(measured, scope.of_group(group, name)))
    return f"{value} {called(execute, group, name)}"


def called(execute: Executor, group: Group, name: Any) -> Text:
    """Returns a group as it follows a value: a flag is there or not, other groups have names."""
    if _is_yes_or_no(name) and _is_flag(execute, group):
        word = "group.with" if _is_yes(name) else "group.without"
        return execute.says(word, group=execute.noun(group.column))
    return execute.says("group.for", name=say(execute.name(group, name)))


def _is_flag(execute: Executor, group: Group) -> bool:
    return next(each.distinct for each in execute.model.columns if each.name == group.column) == 2


def _is_yes_or_no(name: Any) -> bool:
    return str(name).lower() in YES | NO


def _is_yes(name: Any) -> bool:
    return str(name).lower() in YES


def all_or_ends(
    execute: Executor, measured: Measured, group: Group, found: list[GroupValue], scope: Scope
) -> Text:
    """Returns each of a few groups with its value, else the highest and the lowest of them."""
    told = found if len(found) <= MOST_TOLD else [found[0], found[-1]]
    return pairs_said(
        execute,
        group,
        [(each.name, execute.value(measured, scope.of_group(group, each.name))) for each in told],
    )


def pairs_said(execute: Executor, group: Group, told: list[tuple[Any, Fact]]) -> Text:
    """Returns groups with their values: 9 for Good, 7 for Bad; 33% with phone service, 0% without."""
    if len(told) == 2 and _is_flag(execute, group) and all(_is_yes_or_no(name) for name, _ in told):
        says = "group.with_first" if _is_yes(told[0][0]) else "group.without_first"
        noun = execute.noun(group.column)
        return execute.says(says, first=told[0][1], group=noun, second=told[1][1])
    if len(told) == 2:
        first, last = (f"{say(value)} {called(execute, group, name)}" for name, value in told)
        return f"{first}, {last}"
    return ", ".join(f"{say(execute.name(group, name))} ({say(value)})" for name, value in told)


def bars(execute: Executor, measured: Measured, group: Group, scope: Scope) -> Chart:
    """Returns a chart of the groups, the highest first."""
    title = execute.says(
        "chart.by", measure=at_start(noun_of(execute, measured)), group=execute.noun(group.column)
    )
    first = compared(execute, measured, group, scope)[:1]
    chart = execute.bars(
        [measured], group, scope, title=title, alt=title, highlight=tuple(each.name for each in first)
    )
    return pointing.beside_all(chart, execute, measured, scope)


def plain_noun(measured: Measured) -> Text:
    """Returns the name of a number of rows, without the word for the mean of them."""
    return without(measured.noun, AVERAGE)
