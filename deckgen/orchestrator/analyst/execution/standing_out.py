"""Which group stands out from the others, and which rows from the usual size."""

import math
import statistics

from scipy.stats import kruskal

from deckgen.domain.datasets import Role
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.domain.plans import Cell, Group, Measured, Plan
from deckgen.orchestrator.analyst.execution import cycles, links, parts, series
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Slot, Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.execution.series import Series
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats import unusual
from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

APART = 3.0  # times the usual distance of the others from their middle
FEWEST = 6  # periods in which groups are compared
LARGE = 5.0  # times the median, from which a row is large
MOST_COPIES = 0.5  # of the rows
FEWEST_ROWS = 30
MOST_LARGE = 0.005  # of the rows: more are no exception
FEW = 2


def result(
    execute: Executor, plan: Plan, measured: Measured, group: Group, scope: Scope
) -> Result | Lacking:
    """Returns the group that stands out, if one does; else that none does, with the range of all."""
    found = execute.groups(measured, group, scope)
    if len(found) < 2:
        return Lacking(state("lacks.two_groups_value"))
    lone = _lone(execute, measured, group, scope, found)
    high, low = (_slots(execute, measured, group, scope, each) for each in (found[0], found[-1]))
    both: dict[str, Slot] = {
        "groups": execute.noun(group.column), "measure": measured.noun,
        "high": high[0], "high_value": high[1], "low": low[0], "low_value": low[1],
    }  # fmt: skip
    if lone:
        name, value = _slots(execute, measured, group, scope, lone)
        end = "high" if lone is found[0] else "low"
        statements = [
            state(f"outliers.group.{end}", name=name, value=value, measure=measured.noun),
            state("outliers.group.range", **both),
        ]
    else:
        p_value = _p_value(execute, measured, group, scope)
        says = "none" if p_value >= execute.level else "spread"
        statements = [state(f"outliers.group.{says}", **both), state("outliers.group.ends", **both)]
    statements += parts.left_out(plan, execute)
    noun = execute.noun(group.column)
    chart = execute.bars(
        [measured],
        group,
        scope,
        title=execute.says("chart.by", measure=measured.noun, group=noun),
        alt=execute.says("chart.by", measure=measured.noun, group=noun),
        highlight=(lone.name,) if lone else (),
    )
    return Result(statements, chart, [], parts.method(measured, execute, scope))


def _slots(
    execute: Executor, measured: Measured, group: Group, scope: Scope, each: GroupValue
) -> tuple[Fact, Fact]:
    return execute.name(group, each.name), execute.value(measured, scope.of_group(group, each.name))


def _lone(
    execute: Executor, measured: Measured, group: Group, scope: Scope, found: list[GroupValue]
) -> GroupValue | None:
    """Returns the highest or lowest group if it is far from all others, and a test says so."""
    if _p_value(execute, measured, group, scope) >= execute.level:
        return None
    ends = [(found[0], found[1]), (found[-1], found[-2])]
    apart = [(end, next_one) for end, next_one in ends if _is_apart(end, found)]
    for end, next_one in sorted(apart, key=lambda each: -abs(each[0].value - each[1].value)):
        if _differ(execute, measured, group, scope, end, next_one):
            return end
    return None


def _is_apart(end: GroupValue, found: list[GroupValue]) -> bool:
    others = [each.value for each in found if each is not end]
    middle = statistics.median(others)
    usual = statistics.median(abs(value - middle) for value in others)
    return abs(end.value - middle) > APART * usual


def _p_value(execute: Executor, measured: Measured, group: Group, scope: Scope) -> float:
    """Returns the chance of such differences between the groups if there are none."""
    courses = _courses(execute, measured, group, scope)
    if not courses:
        return cycles.p_value(execute, measured, group, scope)
    values = [each.values for each in courses]
    if len({value for each in values for value in each}) < 2:
        return 1.0
    return float(kruskal(*values).pvalue)


def _courses(execute: Executor, measured: Measured, group: Group, scope: Scope) -> list[Series]:
    """Returns the series of groups, if their values add up: then only periods can be compared."""
    if execute.timeline is None or not measured.adds_up:
        return []
    grain = execute.timeline.chart_grain()
    found = series.of_groups(execute, measured, group, grain, scope)
    enough = [each for each in found if len(each) >= FEWEST]
    return enough if len(enough) > 1 else []


def _differ(
    execute: Executor,
    measured: Measured,
    group: Group,
    scope: Scope,
    one: GroupValue,
    other: GroupValue,
) -> bool:
    """True if two groups differ beyond chance, period by period where their values add up."""
    by_name = {each.group: each for each in _courses(execute, measured, group, scope)}
    if one.name not in by_name or other.name not in by_name:
        return True  # the test of all groups has said that they differ
    first, second = (
        dict(zip(by_name[each.name].starts, by_name[each.name].values, strict=True))
        for each in (one, other)
    )
    steps = [first[start] - second[start] for start in first if start in second]
    if len(steps) < FEWEST or not any(steps):
        return False
    return signed_ranks(steps).p_value < execute.level / 2


def large_rows(execute: Executor, measured: Measured, cell: Cell, scope: Scope) -> list[Statement]:
    """Returns how many rows are far above the usual size, with the largest of them."""
    value = execute.compiler.row_value(cell)
    conditions = (*execute.conditions(scope), f"({value}) > 0")
    rows, middle, log_middle, log_spread = execute.table.one(
        f"SELECT count(*), median({value}), median(ln({value})), mad(ln({value})) "
        f"FROM data{quoting.where(*conditions)}"
    )
    if rows < FEWEST_ROWS or not log_spread:
        return []
    score = unusual.row_limit(rows) * unusual.CONSISTENT * log_spread
    least = _rounded(max(math.exp(min(log_middle + score, 700.0)), LARGE * float(middle)))
    large = f"({value}) >= {quoting.literal(least)}"
    count = execute.book.value(
        execute.says("label.rows_at_least", group=execute.column_label(cell.column), least=str(least)),
        "count(*)",
        COUNT,
        *conditions,
        large,
    )
    if not count.value or float(count.value) > max(FEW, MOST_LARGE * rows):
        return []
    largest = execute.book.value(
        execute.says("label.largest", group=execute.column_label(cell.column)),
        f"max({value})",
        measured.unit,
        *conditions,
    )
    usual = execute.book.value(
        execute.says("label.median_of", measure=execute.column_label(cell.column)),
        f"median({value})",
        measured.unit,
        *conditions,
    )
    says = "one" if count.value == 1 else "several"
    key = [
        each.name
        for each in execute.model.columns
        if each.role is Role.ID and each.distinct == execute.model.rows
    ]
    slots: dict[str, Slot] = {
        "count": count, "value": largest, "usual": usual, "things": parts.things(execute),
        "measure": execute.noun(cell.column),
    }  # fmt: skip
    if key:
        of_key = f"arg_max(CAST({quoting.name(key[0])} AS VARCHAR), {value})"
        slots["name"] = execute.book.value(
            execute.says(
                "label.key_of_largest",
                column=execute.column_label(key[0]),
                group=execute.column_label(cell.column),
            ),
            of_key,
            TEXT,
            *conditions,
        )
        return [state(f"outliers.rows.{says}.named", **slots)]
    if execute.timeline is not None:
        of_date = f"arg_max({execute.axis.bucket('day')}, {value})"
        slots["date"] = execute.book.value(
            execute.says("label.date_of_largest", group=execute.column_label(cell.column)),
            of_date,
            time.unit_of("day"),
            *conditions,
        )
        return [state(f"outliers.rows.{says}.dated", **slots)]
    return [state(f"outliers.rows.{says}", **slots)]


def copies(execute: Executor) -> list[Statement]:
    """Returns how many rows are exact copies, if the table model counted any.

    Where most rows are, they are alike by nature: few columns have few values.
    """
    grain = execute.model.grain
    if grain is None or not 0 < (grain.duplicates or 0) <= MOST_COPIES * execute.rows(Scope()):
        return []
    query = "SELECT (SELECT count(*) FROM data) - (SELECT count(*) FROM (SELECT DISTINCT * FROM data))"
    copies = execute.book.query(execute.says("label.copies"), query, COUNT)
    rows = parts.rows(execute, Scope())
    return [state("outliers.copies", copies=copies, rows=rows, things=parts.things(execute))]


def usual_rows(execute: Executor, plan: Plan, scope: Scope) -> Statement | None:
    """Returns that no row is of an unusual size; None without enough rows to know it."""
    for measured in plan.measures:
        number = links.number_of(execute, measured)
        if number is None:
            continue
        conditions = (*execute.conditions(scope), f"({number}) IS NOT NULL")
        rows = execute.table.one(f"SELECT count(*) FROM data{quoting.where(*conditions)}")[0]
        if rows >= FEWEST_ROWS:
            noun = execute.noun(measured.columns[0])
            middle, high = (
                execute.book.value(
                    execute.says(f"label.{word}_of", measure=measured.label),
                    f"{word}({number})",
                    measured.unit,
                    *conditions,
                )
                for word in ("median", "max")
            )
            return state("outliers.none.rows", measure=noun, usual=middle, high=high)
    return None


def _rounded(number: float) -> float:
    """Returns a number to two digits, as a limit is said."""
    digits = 1 - math.floor(math.log10(number))
    return round(number, digits)
