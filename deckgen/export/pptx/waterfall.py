"""Native waterfalls as stacked columns: an invisible base carries each change to its height."""

from collections.abc import Callable
from typing import Any

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import Step, View, waterfall_steps
from deckgen.export.charts.waterfall import colour, said
from deckgen.export.pptx import chart_labels
from deckgen.export.pptx.ooxml import NativeChart, paint
from deckgen.export.themes import Theme

Columns = dict[str, list[float | None]]
_KINDS = ("total", "increase", "decrease")


def columns(view: View, room: Frame) -> Columns:
    """The workbook's columns. A change that crosses zero is cut there: a stack grows from zero
    up and from zero down."""
    found = waterfall_steps(view.chart)
    says = view.formatter.language.say
    stacked: Columns = {says("waterfall.base"): [_base(step) for step in found]}
    for kind in _KINDS:
        stacked |= _halves(*_names(view, kind), kind, found)
    above = room.scale.high - max(step.high for step in found)
    stacked[says("waterfall.labels")] = [above for _ in found]
    return stacked


def _base(step: Step) -> float:
    return step.low if step.low > 0 else min(step.high, 0.0)


def _names(view: View, kind: str) -> tuple[str, str]:
    """Returns what the parts above and below zero are called."""
    says = view.formatter.language.say
    name = says(f"waterfall.{kind}")
    return name, says("waterfall.below", name=name)


def _halves(above: str, below: str, kind: str, found: list[Step]) -> Columns:
    halves: tuple[tuple[str, Callable[[Step], float]], ...] = (
        (above, lambda step: max(step.high, 0.0) - max(step.low, 0.0)),
        (below, lambda step: min(step.low, 0.0) - min(step.high, 0.0)),
    )
    cut: Columns = {
        label: [_tidy(part(step)) if step.kind == kind else None for step in found]
        for label, part in halves
    }
    return {label: values for label, values in cut.items() if any(values)}


def _tidy(value: float) -> float | None:
    return float(f"{value:.12g}") or None


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    kinds = {name: kind for kind in _KINDS for name in _names(view, kind)}
    for series in plot.series:
        kind = kinds.get(series.name)
        if kind is None:
            series.format.fill.background()
            continue
        series.invert_if_negative = False
        paint(series.format.fill, colour(kind, theme.light))
    _label(plot.series[-1], view)


def _label(series: Any, view: View) -> None:
    """Stacked columns have no labels outside of them, so an empty part on top of the stack has one.

    The text is fixed: the part's own value is nothing.
    """
    found = {
        index: chart_labels.Label("General", position="inBase", bold=True, text=said(step, view))
        for index, step in enumerate(waterfall_steps(view.chart))
    }
    chart_labels.label_points(series, found)
