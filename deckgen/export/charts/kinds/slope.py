"""Two periods, a line for each series, named at both ends."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.export.charts.ends import spread
from deckgen.export.charts.frame import Frame, with_category_labels
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import lines
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.scales import Scale
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Element, Rule, TextBox
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.themes.theme import Theme

_AWAY = 9  # a name from the end of its line


def _reached(view: View) -> Scale:
    """A scale from the lowest end to the highest: slopes need no zero."""
    low, high = min(view.reached), max(view.reached)
    spare = (high - low) / 20 or abs(high) / 10 or 1.0
    return Scale(low - spare, high + spare, high - low or 1.0)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """The names stand in the halves of the categories that lie outside of the lines; where these are
    too narrow, there is a margin to the right, and values alone stand to the left."""
    half, quarter = height(1, size) / 2, bare.plot_width / 4
    said = (_said(view, number, 1) for number in range(len(view.series)))
    needed = max(view.face.width(text, size, bold=True) for text in said) + _AWAY + 2
    margin = min(max(0.0, (needed - quarter) * 4 / 3), bare.plot_width / 4)
    bare = replace(bare, right=bare.right + margin)
    framed = replace(bare, axis=False, top=bare.top + half, labelled=[[] for _ in view.series])
    return with_category_labels(framed, view, size)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    for index in (0, 1):
        at = room.along(index)
        yield Rule((at, room.top), (at, room.plot_bottom), "line", 1)
        yield from _names(view, room, index)


def _named(view: View, room: Frame) -> list[int]:
    """Returns the series that there is room to name: those in focus, and the largest."""
    most = int((room.plot_height + room.size) / height(1, room.size))
    known = [n for n, series in enumerate(view.series) if None not in series.values]
    order = sorted(known, key=lambda n: (n not in view.chart.focus, -(view.series[n].values[1] or 0)))
    return order[:most]


def _names(view: View, room: Frame, index: int) -> Iterator[Element]:
    """Yields the names at one end, moved apart where they touch."""
    named, edge = _named(view, room), room.along(index)
    limit = (room.width - room.beside - edge if index else edge - room.left) - _AWAY
    texts = [_said(view, number, index) for number in named]
    if any(view.face.width(text, room.size, bold=True) > limit for text in texts) and not index:
        texts = [view.said(number, 0) for number in named]
    align: Align = "left" if index else "right"
    made = [
        view.set.paragraph(
            Plain(text),
            room.size,
            limit,
            most=1,
            bold=number in view.chart.focus,
            colour=_ink(view, number),
            align=align,
        )
        for number, text in zip(named, texts, strict=True)
    ]
    wanted = [room.at(view.series[number].values[index] or 0) for number in named]
    heights = [tall([each]) for each in made]
    middles = spread(wanted, heights, room.plot_bottom + height(1, room.size) / 2)
    left = edge + _AWAY if index else edge - _AWAY - limit
    for paragraph, middle, high in zip(made, middles, heights, strict=True):
        yield TextBox("end", Box(left, middle - high / 2, limit, high), (paragraph,), "middle")


def _said(view: View, number: int, index: int) -> str:
    """Returns name and value, the value next to the line."""
    name, value = view.labels[number], view.said(number, index)
    return f"{value} {name}" if index else f"{name} {value}"


def _ink(view: View, number: int) -> str:
    tint = view.tint(number)
    return "muted" if tint == "rest" else tint


def _lacks(chart: Chart) -> str:
    return "" if len(chart.categories) == 2 else "A slope has two periods."


KIND = Kind(
    frame=_frame,
    marks=lines.marks,
    native="lines",
    shapes=_shapes,
    scale=_reached,
    lacks=_lacks,
    has_points=True,
    tells_each=True,
    partial="dashed",
)
