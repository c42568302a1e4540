"""Points: two measures of each group or row, and a trend where the deck has one.

A series of context is the trend: what is usual at each x value. Callouts name points.
"""

from collections.abc import Iterable
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import LABEL_GAP, Frame, across, axis_width, with_legend
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import points
from deckgen.export.charts.texts import label
from deckgen.export.charts.view import View, pairs
from deckgen.export.layout.scales import Scale, decades, is_skewed, nice
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Rule
from deckgen.export.scene.setting import Plain
from deckgen.export.themes.theme import Theme

_AWAY = 7.0  # points between an axis and its text


def _scale(view: View) -> Scale:
    return _fitting([y for number in _all(view) for _, _, y in pairs(view, number)], view.levels)


def _across(view: View) -> Scale:
    values = [x for number in _all(view) for _, x, _ in pairs(view, number)]
    return _fitting(values, [value for value, _ in view.uprights])


def _all(view: View) -> range:
    return range(len(view.series))


def _fitting(values: list[float], lines: list[float]) -> Scale:
    """Returns a scale around values and lines: a logarithmic one where most values are tiny beside the
    largest."""
    every = [*values, *lines]
    return decades(every) if is_skewed(values) and min(every) > 0 else nice(every, zero=False)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Room for two axes, what the upper end of each is called, and words at upright lines."""
    line = height(1, size)
    framed = replace(bare, axis=True, left=axis_width(view, bare, size), bottom=2 * line + LABEL_GAP)
    groups = points.groups(view)
    if len(groups) > 1:
        framed = with_legend(framed, view.only(*groups), size)
    top = framed.top + 1.5 * line + (line if view.uprights else 0)
    ticks = view.ticks(_across(view), view.chart.category_unit)
    right = max(framed.right, view.face.width(ticks[-1], size) / 2)
    return replace(
        framed, top=top, right=right, across=_across(view), labelled=[[] for _ in view.series]
    )


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the name of the upright axis, texts that no axis writes, and upright lines."""
    size, line = room.size, height(1, room.size)
    shown = points.groups(view)
    if len(shown) == 1:
        name = view.name_of_axis(view.labels[shown[0]], room.scale)
        above = room.top - (line if view.uprights else 0) - line
        yield label(name, (0, above), size, view.face.width(name, size) + 2, colour="muted")
    yield from _ticks(view, room)
    for value, text in view.uprights:
        at = across(room, value)
        yield Rule((at, room.top), (at, room.plot_bottom), "muted", 1, dashed=True)
        said = view.words.line(text)
        wide = view.face.width(said, size) + 2
        left = min(max(at - wide / 2, 0), room.width - wide)
        yield label(said, (left, room.top - line / 2), size, wide, colour="muted")


def _ticks(view: View, room: Frame) -> Iterable[Element]:
    """Yields what is written at logarithmic axes."""
    size, wide = room.size, room.left - _AWAY
    if room.scale.is_log:
        for tick, text in zip(room.scale.ticks, view.ticks(room.scale, view.unit), strict=True):
            yield label(text, (wide, room.at(tick)), size, wide, align="right")
    if room.across.is_log:
        name = view.name_of_axis(view.category_label, room.across)
        at = (room.left + room.plot_width / 2, room.plot_bottom + _AWAY + height(1.5, size))
        yield label(name, at, size, view.face.width(name, size) + 2, align="center")
        texts = view.ticks(room.across, view.chart.category_unit)
        below = room.plot_bottom + _AWAY + height(0.5, size)
        for tick, text in zip(room.across.ticks, texts, strict=True):
            wide = view.face.width(text, size) + 2
            yield label(text, (across(room, tick), below), size, wide, align="center")


def _ends(view: View) -> list[End]:
    """Returns the names of trends, where they end."""
    found = []
    for number in points.trends(view):
        _, _, last = max(pairs(view, number), key=lambda point: point[1])
        found.append(End(last, Plain(view.labels[number]), "muted"))
    return found


def _lacks(chart: Chart) -> str:
    """What points need: two numbers each, in a series that is no context."""
    if not any(isinstance(x, float | int) for x in chart.categories):
        return "The points of a scatter need a number along the axis."
    if all(points.is_trend(series) for series in chart.series):
        return "A scatter needs points beside its trend."
    return ""


KIND = Kind(
    frame=_frame,
    marks=points.marks,
    native="points",
    shapes=_shapes,
    ends=_ends,
    scale=_scale,
    lacks=_lacks,
    has_points=True,
    is_measured=True,
    points_at=("line", "callout"),
)
