"""Forecasts: a line so far, where it is expected to go, and the range in which it will likely be."""

from collections.abc import Iterable
from dataclasses import replace

from deckgen.domain.charts import Chart, SeriesRole
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import Frame, present
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds import line
from deckgen.export.charts.kinds.line import around, named
from deckgen.export.charts.marks import ranges
from deckgen.export.charts.texts import label
from deckgen.export.charts.view import View
from deckgen.export.scene.elements import Element, Rule
from deckgen.export.themes.theme import Theme

ROLES = (SeriesRole.ACTUAL, SeriesRole.PLAN, SeriesRole.LOW, SeriesRole.HIGH)
_AWAY = 13.0  # points from the last value to what it says


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """As that of a line, but from edge to edge."""
    framed = line.frame(bare, view.only(0), size)
    last = ranges.last(view)
    picked = [index for index in framed.labelled[0] if view.picked(index) and index != last]
    right = max(view.face.width(name, size) for name in view.categories) / 2
    return replace(framed, right=right, labelled=[picked, [], [], []], is_edged=True)


def _ends(view: View) -> list[End]:
    """Returns what is expected at the end, and the ends of the range around it."""
    found = []
    for number in (1, 2, 3):
        value = view.series[number].values[present(view.series[number].values)[-1]]
        end = named(view, number, float(value or 0))
        found.append(End(end.value, end.text, "accent", bold=True) if number == 1 else end)
    return found


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields what leads from the last value to what is expected, and says that value."""
    index = ranges.last(view)
    values, after = view.series[0].values, view.series[1].values[index + 1]
    value = values[index] or 0
    x, y = room.along(index), room.at(value)
    if after is not None:
        yield Rule((x, y), (room.along(index + 1), room.at(after)), "accent", 2, dashed=True)
    before = values[index - 1] if index else None
    away = -_AWAY if before is None or before <= value else _AWAY
    text = view.said(0, index)
    wide = view.face.width(text, room.size, bold=True) + 2
    at = (max(x - 2, room.left + wide), y + away)
    yield label(text, at, room.size, wide, align="right", bold=True, colour="accent")


def _lacks(chart: Chart) -> str:
    """What a forecast needs: four series by their roles, and periods beyond the last value."""
    if tuple(series.role for series in chart.series) != ROLES:
        return "A forecast needs four series: actual, plan, low and high."
    actual, *beyond = (present(series.values) for series in chart.series)
    if not actual or any(not each or each[0] != actual[-1] + 1 for each in beyond):
        return "A forecast begins in the period after the last value."
    return ""


KIND = Kind(
    frame=_frame,
    marks=ranges.marks,
    native="ranges",
    shapes=_shapes,
    ends=_ends,
    scale=around,
    lacks=_lacks,
    has_points=True,
    partial="dashed",
)
