"""What facts are about, in parts."""

from typing import Literal

from deckgen.domain.facts import About, Fact, FactRelation
from deckgen.domain.plans import (
    Cell,
    Condition,
    Distinct,
    Measured,
    Ratio,
    Relation,
    Rows,
    Total,
)
from deckgen.orchestrator.analyst.execution.scopes import Scope

End = Literal["highest", "lowest"]


def about(measured: Measured, scope: Scope, relation: FactRelation = FactRelation.VALUE) -> About:
    """Returns what the value of a measure over a scope is about."""
    return About(
        measure=measured.label,
        aggregate=measured.measure.kind,
        relation=relation,
        groups={scope.group.column: str(scope.value)} if scope.group else {},
        filters=list(scope.filters),
        period=scope.period,
        per=_per(measured),
    )


def part_of(measured: Measured) -> Condition | None:
    """Returns the group whose part of an amount a measure is, if it is of one.

    A share of rows is a rate, such as that of those who left.
    """
    match measured.measure:
        case Ratio(over=Total(where=[*before, part]) as over, per=Total(where=where) as per):
            is_part = before == where and over.of == per.of and part.relation is Relation.IS
            return part if is_part and len(part.values) == 1 else None
    return None


def about_part(measured: Measured, scope: Scope, part: Condition, whole: str) -> About:
    """Returns what the part of a group in a whole is about; `whole` is the name of that."""
    own = about(measured, scope, FactRelation.SHARE)
    groups = own.groups | {part.column: str(part.values[0])}
    return own.model_copy(update={"measure": whole or own.measure, "groups": groups})


def about_rank(measured: Measured, scope: Scope, end: End | None) -> About:
    """Returns what a value or a name in an order is about; at an end of it, which one."""
    return about(measured, scope, FactRelation.RANK).model_copy(update={"end": end})


def about_two(first: Fact, second: Fact, relation: FactRelation) -> About | None:
    """Returns what a value made of two others is about: of the first, seen from the second.

    Two values of one period, such as revenue and its budget, make no change over time.
    """
    if first.about is None:
        return None
    base = second.about.period if second.about else None
    over_time = base if base != first.about.period else None
    return first.about.model_copy(update={"relation": relation, "base": over_time})


def _per(measured: Measured) -> str:
    """Returns the column of what a ratio is computed for each of; empty if it is no such ratio."""
    if not isinstance(measured.measure, Ratio):
        return ""
    match measured.measure.per:
        case Total(of=Cell(column=column)) | Distinct(column=column):
            return column
        case Rows():
            return "rows"
    return ""
