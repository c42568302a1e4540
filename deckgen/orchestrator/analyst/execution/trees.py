"""A ratio over time with the two values that make it: what moved it."""

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import Cell, Measure, Measured, Ratio, Total
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.profiling import timeline as time

FEWEST = 2  # complete periods


def tree(execute: Executor, measured: Measured, grain: Grain, scope: Scope) -> Chart | None:
    """Returns the chart over the complete periods; None of a ratio whose sides are no columns."""
    ratio = measured.measure
    spans = execute.spans(grain, scope)
    if not isinstance(ratio, Ratio) or len(spans) < FEWEST:
        return None
    nouns = [_noun(execute, side) for side in (ratio.over, ratio.per)]
    if not all(nouns) or nouns[0] == nouns[1]:
        return None
    whole = scope.within(spans[0].model_copy(update={"end": spans[-1].end}))
    query = execute.by_group([ratio, ratio.over, ratio.per], execute.periods(grain), whole)
    title = execute.says("chart.by", measure=measured.noun, group=execute.grain(grain))
    units = [measured.unit, execute.unit_of(ratio.over), execute.unit_of(ratio.per)]
    chart = execute.book.chart(
        ChartKind.TREE,
        title,
        f"SELECT g, v1, v2, v3 FROM ({query}) ORDER BY g",
        (execute.noun(execute.periods(grain).column), time.unit_of(grain)),
        list(zip([measured.noun, *nouns], units, strict=True)),
        title,
    )
    is_known = all(value is not None for each in chart.series for value in each.values)
    return chart if is_known else None


def _noun(execute: Executor, side: Measure) -> Text:
    """Returns what a side is called: the column that it adds up; nothing of others."""
    if isinstance(side, Total) and isinstance(side.of, Cell) and not side.where:
        return execute.noun(side.of.column)
    return ""
