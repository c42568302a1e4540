"""The archetypes of one exhibit: each for its kinds of charts, on so many columns of the slide."""

from deckgen.domain.charts import ChartKind
from deckgen.export.charts.kinds import fitting
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import SLOTS, beneath, beside, few, has_exhibit
from deckgen.export.slides.content import Content

_ALL = 12  # columns: what the exhibit means stands under it


def _row(*kinds: ChartKind, columns: int = 8, order: int = 2) -> Archetype:
    def suits(content: Content) -> bool:
        return (
            has_exhibit(content)
            and any(fitting(chart) in kinds for chart in content.charts)
            and (columns < _ALL or few(content))
        )

    return Archetype(SLOTS, order, beside(columns) if columns < _ALL else beneath, suits)


EXHIBITS = {
    "bridge": _row(ChartKind.WATERFALL),
    "courses": _row(ChartKind.INDEXED, ChartKind.LINE, order=3),
    "distribution": _row(ChartKind.DISTRIBUTION),
    "funnel": _row(ChartKind.FUNNEL, columns=7),
    "heat": _row(ChartKind.HEAT, columns=_ALL),
    "mix": _row(ChartKind.SHARES, ChartKind.STACKED),
    "multiples": _row(ChartKind.MULTIPLES, columns=_ALL),
    "pareto": _row(ChartKind.PARETO),
    "phases": _row(ChartKind.FORECAST, columns=_ALL),
    "plan": _row(ChartKind.VARIANCE),
    "scale": _row(ChartKind.SCALE),
    "scatter": _row(ChartKind.SCATTER),
    "slope": _row(ChartKind.SLOPE, columns=7),
    "tree": _row(ChartKind.TREE, columns=_ALL),
}
