"""Native bridges as stacked columns: an invisible base carries each change to its height."""

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels
from deckgen.export.charts.native.dressing import by_category
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.steps import Step, waterfall_steps
from deckgen.export.charts.view import View
from deckgen.export.charts.waterfall import colour, said, says_below, text_colour
from deckgen.export.layout.number_formats import label_format
from deckgen.export.themes.theme import Theme

Columns = dict[str, list[float | None]]
_KINDS = ("total", "increase", "decrease")


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.COLUMN_STACKED


def data(view: View, room: Frame) -> CategoryData:
    """Returns the stacks that make a bridge."""
    found: Any = CategoryData()  # type: ignore[no-untyped-call]  # no types in python-pptx
    found.categories = room.categories
    number_format = escape(label_format(room.scale.high, view.unit, view.formatter))
    for name, values in columns(view, room).items():
        found.add_series(name, values, number_format)
    stacks: CategoryData = found
    return stacks


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
    by_category(chart, room)
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
    _label(plot, view, room, theme)


def _label(plot: Any, view: View, room: Frame, theme: Theme) -> None:
    """Stacked columns have no labels outside of them: an empty part on top of the stack has those
    above, and the base those below. The texts are fixed: these parts' own values are nothing.
    """
    steps = waterfall_steps(view.chart)
    for series, below, position in (
        (plot.series[-1], False, "inBase"),
        (plot.series[0], True, "inEnd"),
    ):
        said_here = {
            index: labels.Label(
                "General",
                position=position,
                bold=True,
                text=said(steps[index], view),
                colour=text_colour(steps[index].kind, theme.light),
            )
            for index in room.labelled[0]
            if says_below(steps[index], room) is below
        }
        labels.label_points(series, said_here)
