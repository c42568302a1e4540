"""Native bridges as stacked columns: an invisible base carries each change to its height."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native import labels, stacks
from deckgen.export.charts.native.bridge_workbook import LABELS, BridgeData
from deckgen.export.charts.native.dressing import by_category
from deckgen.export.charts.native.ooxml import NativeChart, paint
from deckgen.export.charts.native.workbook import CategoryData
from deckgen.export.charts.steps import Step, waterfall_steps
from deckgen.export.charts.view import View
from deckgen.export.charts.waterfall import colour, said, says_below, text_colour
from deckgen.export.layout.number_formats import change_format, label_format
from deckgen.export.themes.theme import Theme

_KINDS = ("total", "increase", "decrease")


@dataclass(frozen=True)
class _Part:
    """The steps of a kind, on one side of zero."""

    kind: str
    name: str
    values: list[float | None]
    is_above: bool


def chart_type(room: Frame) -> XL_CHART_TYPE:
    return XL_CHART_TYPE.COLUMN_STACKED


def data(view: View, room: Frame) -> CategoryData:
    """Returns the workbook's columns, which follow from the deck's values by formulas."""
    found: Any = stacks.data(view, room, columns(view, room), BridgeData)
    unit, says = view.unit, view.formatter.language.say
    found.steps = waterfall_steps(view.chart)
    found.kinds = [(part.kind, part.is_above) for part in _parts(view)]
    found.formats = [
        (label_format if step.kind == "total" else change_format)(step.value, unit, view.formatter)
        for step in found.steps
    ]
    found.names = (view.labels[0], says("waterfall.reached"))
    bridge: CategoryData = found
    return bridge


def columns(view: View, room: Frame) -> stacks.Columns:
    """The workbook's columns: the base, the parts that are seen, and one that has the labels."""
    found, says = waterfall_steps(view.chart), view.formatter.language.say
    above = room.scale.high - max(step.high for step in found)
    return [
        (says("waterfall.base"), [_base(step) for step in found]),
        *((part.name, part.values) for part in _parts(view)),
        (says("waterfall.labels"), [above for _ in found]),
    ]


def _base(step: Step) -> float:
    return step.low if step.low > 0 else min(step.high, 0.0)


def _parts(view: View) -> Iterator[_Part]:
    """Yields the parts that are seen: those above zero, and of those below it what there is."""
    steps, says = waterfall_steps(view.chart), view.formatter.language.say
    for kind in _KINDS:
        name = says(f"waterfall.{kind}")
        below = says("waterfall.below", name=name)
        for label, side in ((name, stacks.above), (below, stacks.below)):
            cut = [side(step.low, step.high) if step.kind == kind else 0.0 for step in steps]
            if any(cut) or side is stacks.above:
                has_part = [(step.kind == "total") == (kind == "total") for step in steps]
                values = [value if own else None for value, own in zip(cut, has_part, strict=True)]
                yield _Part(kind, label, values, is_above=side is stacks.above)


def style(chart: NativeChart, view: View, room: Frame, theme: Theme) -> None:
    by_category(chart, room)
    *seen, empty = stacks.on_base(chart, room)
    empty.format.fill.background()
    for series, part in zip(seen, _parts(view), strict=True):
        series.invert_if_negative = False
        paint(series.format.fill, colour(part.kind, theme.light))
    _label(chart.plots[0], view, room, theme)


def _label(plot: Any, view: View, room: Frame, theme: Theme) -> None:
    """Stacked columns have no labels outside of them: an empty part on top of the stack has those
    above, and the base those below. Their texts are the cells of the values, since these parts' own
    values are nothing.
    """
    steps = waterfall_steps(view.chart)
    texts = [said(step, view) for step in steps]
    cells = labels.Cells(LABELS.format(last=len(steps) + 1), texts)
    for series, below, position in (
        (plot.series[-1], False, "inBase"),
        (plot.series[0], True, "inEnd"),
    ):
        said_here = {
            index: labels.Label(
                "General",
                position=position,
                bold=True,
                text=texts[index],
                colour=text_colour(steps[index].kind, theme.light),
            )
            for index in room.labelled[0]
            if says_below(steps[index], room) is below
        }
        labels.label_points(series, said_here, cells)
