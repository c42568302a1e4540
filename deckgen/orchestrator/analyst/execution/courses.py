"""Courses over time: their charts, and their highest and lowest periods."""

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.plans import Measured
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import name, own_grain
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time

ENOUGH = 6  # periods, from which on an extreme is worth a sentence


def line(execute: Executor, measured: list[Measured], scope: Scope) -> Chart | None:
    """Returns the course of measures of one unit."""
    grain = own_grain(execute)
    if len(execute.course(measured[0], grain, scope)) < 2:
        return None
    title = execute.says(
        "chart.by",
        measure=execute.language.listed([each.noun for each in measured]),
        group=execute.grain(grain),
    )
    return execute.line(measured, grain, scope, title=title, alt=title)


def extremes(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns the highest and the lowest of the complete periods."""
    grain = own_grain(execute)
    course = execute.course(measured, grain, scope)
    if len(course) < ENOUGH:
        return []
    high, low = (end(course, key=lambda each: each[1]) for end in (max, min))
    if high[1] == low[1]:
        return []
    (top, _), (bottom, _) = high, low
    best, worst = (execute.value(measured, scope.within(span)) for span in (top, bottom))
    execute.book.note_end(best.id, "highest")
    execute.book.note_end(worst.id, "lowest")
    return [
        state(
            "courses.extremes", grain=execute.grain(grain), high=best, best=name(execute, top),
            low=worst, worst=name(execute, bottom),
        )
    ]  # fmt: skip


def best_years(execute: Executor, measured: Measured, scope: Scope) -> list[Statement]:
    """Returns the year with the highest and the one with the lowest growth."""
    years = execute.course(measured, "year", scope)
    if len(years) < ENOUGH or min(value for _, value in years) <= 0:
        return []
    within = scope.within(years[0][0].model_copy(update={"end": years[-1][0].end}))
    query = execute.by_group([measured.measure], execute.periods("year"), within)
    steps = (
        "SELECT g, v1 / before - 1 AS growth FROM "
        f"(SELECT g, v1, lag(v1) OVER (ORDER BY g) AS before FROM ({query})) WHERE before > 0"
    )
    found: dict[str, Fact] = {}
    for word, order in (("highest", "DESC"), ("lowest", "ASC")):
        end = f"FROM ({steps}) ORDER BY growth {order}, g LIMIT 1"
        label, where = (
            execute.says(f"label.{word}_growth", measure=measured.label),
            execute.conditions(within),
        )
        found[word] = execute.book.query(label, f"SELECT growth {end}", PERCENT, *where)
        found[f"{word}_year"] = execute.book.query(
            execute.says("label.year_with", what=label), f"SELECT g {end}", time.unit_of("year"), *where
        )
    if found["highest"].display == found["lowest"].display:
        return []
    return [state("courses.years", **found)]
