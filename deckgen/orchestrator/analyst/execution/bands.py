"""Bands of numbers: where they begin and end, and how they are told."""

from deckgen.domain.facts import Fact, Text
from deckgen.domain.plans import By, Group
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling.units import unit_of


def ends(execute: Executor, group: Group, scope: Scope) -> tuple[Fact, Fact]:
    """Returns the lowest and the highest value of one band, whose scope it is."""
    column = next(each for each in execute.source.columns if each.name == group.column)
    number, where = execute.compiler.number(group.column), execute.conditions(scope)
    low, high = (
        execute.book.value(
            execute.says(f"label.{way}_of_band", group=column.label),
            f"{way}({number})",
            unit_of(column),
            *where,
        )
        for way in ("min", "max")
    )
    return low, high


def said(execute: Executor, group: Group, scope: Scope) -> Statement:
    """Returns the name of one group: its own, or the values between which a band lies."""
    if group.by is not By.BAND:
        return state("band.name", name=execute.name(group, scope.value))
    low, high = ends(execute, group, scope)
    noun: Text = execute.noun(group.column)
    if low.value == high.value:
        return state("band.one", column=noun, low=low)
    return state("band.some", column=noun, low=low, high=high)


def label(execute: Executor, group: Group, scope: Scope) -> str:
    """Returns a band as the axis of a chart has it."""
    low, high = ends(execute, group, scope)
    return (
        low.display
        if low.value == high.value
        else execute.says("span", first=low.display, last=high.display)
    )
