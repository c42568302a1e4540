"""How a whole is made up, and how that has changed between two periods."""

from dataclasses import dataclass
from typing import Any

from scipy.stats import mannwhitneyu

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import PERCENT
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Condition, Group, Measured, Plan, Ratio, Relation, Rows, Span, Total
from deckgen.orchestrator.analyst.execution import grouped, pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS

FEW = 4  # months or weeks of a period, below which nothing is tested
MOST_GROUPS, MOST_BARS = 30, 12


@dataclass(frozen=True)
class Moved:
    """A group whose share has changed: the share, and by how much."""

    name: Any
    share: Measured
    change: float


def share_of(language: Language, whole: Measured, part: Condition) -> Measured:
    """Returns a part of a measure as a share of the whole."""
    measure = whole.measure
    assert isinstance(measure, Total | Rows), measure
    over = measure.model_copy(update={"where": [*measure.where, part]})
    named = language.listed([str(value) for value in part.values])
    return Measured(
        measure=Ratio(over=over, per=measure),
        label=language.say("label.share_in", measure=named, other=whole.label),
        noun=whole.noun,
        unit=PERCENT,
        columns=[*whole.columns, part.column],
        adds_up=False,
        over_time=False,
    )


def moved(plan: Plan, execute: Executor, measured: Measured, group: Group) -> list[Moved]:
    """Returns the groups whose share has changed from the base period, the greatest gain first."""
    found = execute.groups(measured, group, Scope(tuple(plan.filters)))[:MOST_GROUPS]
    shares = [
        (
            each.name,
            share_of(
                execute.language,
                measured,
                Condition(column=group.column, relation=Relation.IS, values=[each.name]),
            ),
        )
        for each in found
    ]
    changes = [
        Moved(
            name, share, _at(plan, execute, share, plan.period) - _at(plan, execute, share, plan.base)
        )
        for name, share in shares
    ]
    return sorted(
        (each for each in changes if each.change), key=lambda each: (-each.change, str(each.name))
    )


def _at(plan: Plan, execute: Executor, share: Measured, period: Span | None) -> float:
    """Returns a share in a period; a group without rows has none of the whole."""
    return execute.number(share, Scope(tuple(plan.filters)).within(period)) or 0.0


def told(plan: Plan, execute: Executor, group: Group, moved: Moved, says: str) -> Statement:
    """Returns a share in both periods; a group that was not there, or is not, is told to be that."""
    whole = Scope(tuple(plan.filters))
    assert plan.base is not None
    assert plan.period is not None
    old, new = (execute.value(moved.share, whole.within(each)) for each in (plan.base, plan.period))
    if old.value is None or new.value is None:
        says = "share.new" if old.value is None else "share.gone"
    return state(
        says, name=execute.name(group, moved.name), old=old, new=new, measure=moved.share.noun,
        base=pairs.name(execute, plan.base), period=pairs.name(execute, plan.period),
    )  # fmt: skip


def is_beyond_usual(plan: Plan, execute: Executor, moved: Moved) -> bool:
    """True if the shares in the months (or weeks) of both periods differ by more than chance.

    True as well where the periods have too few of them to say.
    """
    assert plan.base is not None
    assert plan.period is not None
    whole = Scope(tuple(plan.filters))
    finer = GRAINS[GRAINS.index(execute.axis.grain) : GRAINS.index(plan.period.grain)]
    for grain in reversed(finer):
        old, new = (
            [value for _, value in execute.course(moved.share, grain, whole.within(each))]
            for each in (plan.base, plan.period)
        )
        if min(len(old), len(new)) >= FEW:
            return float(mannwhitneyu(old, new).pvalue) < execute.level
    return True


def bars(execute: Executor, measured: Measured, group: Group, scope: Scope, first: Fact) -> Chart:
    """Returns the groups with their parts of the whole, the largest first."""
    title = execute.says("chart.share_by", measure=measured.noun, group=execute.noun(group.column))
    query = execute.by_group([measured.measure], group, scope)
    whole = execute.sql(measured.measure, scope)
    chart = execute.book.chart(
        ChartKind.BAR,
        title,
        f"SELECT g, v1 / ({whole}) AS share FROM ({query}) WHERE v1 IS NOT NULL "
        f"ORDER BY v1 DESC, g LIMIT {MOST_BARS}",
        (execute.noun(group.column), grouped.unit_of(group)),
        [(execute.says("label.share"), PERCENT)],
        title,
    )
    marked = [place for place, name in enumerate(chart.categories) if name == first.value]
    return chart.model_copy(update={"highlight": marked})
