"""The last complete years of a business: its margin, and how its growth has changed."""

from itertools import pairwise

from deckgen.domain.facts import Fact, Sign
from deckgen.domain.plans import Difference, Measured, Span
from deckgen.orchestrator.analyst.execution import pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Slots, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope

HALF = (0.4, 0.6)  # of the growth before: what is told as half of it
SLOWER, FASTER = 0.8, 1.25
STEADY = 0.001  # of a margin: a change that is none
GROWS = 0.02  # a year: less is no growth to speak of


def of_profit(
    execute: Executor, profit: Measured, margin: list[Measured], scope: Scope
) -> list[Statement]:
    """Returns the margin of the last year against the first one, and its growth against that of the
    year before; nothing of a table without two complete years.
    """
    if execute.timeline is None or not isinstance(profit.measure, Difference):
        return []
    income = profit.model_copy(
        update={
            "measure": profit.measure.of,
            "label": execute.column_label(profit.columns[0]),
            "noun": execute.noun(profit.columns[0]),
        }
    )
    years = [span for span, _ in execute.course(income, "year", scope)]
    if len(years) < 2:
        return []
    return [*_growth(execute, income, scope, years), *_margins(execute, margin, scope, years)]


def news_of(statements: list[Statement]) -> Statement | None:
    """Returns what of it is worth a title: a growth that has changed."""
    told = ("yearly.halved", "yearly.slowed", "yearly.turned", "yearly.faster")
    return next((each for each in statements if each.says in told), None)


def _growth(execute: Executor, income: Measured, scope: Scope, years: list[Span]) -> list[Statement]:
    values = [execute.value(income, scope.within(year)) for year in years[-3:]]
    if any(not each.value or float(each.value) <= 0 for each in values):
        return []
    grown = [
        execute.growth(new, old, execute.says("label.growth_of", measure=income.label), sign=Sign.PLAIN)
        for old, new in pairwise(values)
    ]
    said: Slots = {
        "measure": income.noun, "new": grown[-1], "period": pairs.name(execute, years[-1]),
        "value": values[-1],
    }  # fmt: skip
    if len(grown) < 2:
        return [state("yearly.growth", **said)]
    said |= {"old": grown[0], "base": pairs.name(execute, years[-2])}
    return [state(f"yearly.{_course(*map(_number, grown))}", **said)]


def _course(old: float, new: float) -> str:
    """Returns what became of a growth."""
    if old < GROWS:
        return "went"
    part = new / old
    if part < 0:
        return "turned"
    if HALF[0] <= part <= HALF[1]:
        return "halved"
    return "slowed" if part < SLOWER else "faster" if part > FASTER else "went"


def _margins(
    execute: Executor, margin: list[Measured], scope: Scope, years: list[Span]
) -> list[Statement]:
    found = []
    for each in margin[:1]:
        old, new = (execute.value(each, scope.within(year)) for year in (years[0], years[-1]))
        moved = _number(new) - _number(old)
        way = "steady" if abs(moved) < STEADY else "rose" if moved > 0 else "fell"
        by = execute.difference(
            each, new, old, execute.says("label.change", measure=each.label), sign=Sign.SIZE
        )
        found.append(
            state(
                f"yearly.margin.{way}",
                measure=each.noun,
                old=old,
                new=new,
                by=by,
                base=pairs.name(execute, years[0]),
                period=pairs.name(execute, years[-1]),
            )
        )
    return found


def _number(fact: Fact) -> float:
    return float(fact.value or 0)
