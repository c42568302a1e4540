"""A small chart for each series, on common axes, the largest first; each with its last value."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart, ChartKind, SeriesRole
from deckgen.export.charts.frame import LABEL_GAP, Frame, axis_width, bare, present
from deckgen.export.charts.kind import Kind, Part
from deckgen.export.charts.kinds import line
from deckgen.export.charts.marks import lines
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Element, TextBox
from deckgen.export.scene.setting import Plain
from deckgen.export.themes.theme import Theme

_GAP = (18.0, 10.0)  # between charts, across and down
_ASPECT = 1.9  # the width of a chart to its height that is wanted
_LEAST = (84.0, 56.0)  # points: below that a chart shows nothing
_EDGE = 5.0  # around a line, for its dot


def _around(view: View) -> Scale:
    return nice(view.reached, zero=False, ticks=4)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Room for common axes, and over the charts for a word about those that have no room."""
    left, below = axis_width(view, bare, size), height(1, size) + LABEL_GAP
    labelled: list[list[int]] = [[] for _ in view.series]
    framed = replace(bare, left=left, right=2, top=0, bottom=below, labelled=labelled)
    return replace(framed, top=height(1, size) + 2) if _hidden(view, framed) else framed


def _inner(room: Frame) -> Box:
    return Box(room.left, room.top, room.plot_width, room.plot_height)


def _hidden(view: View, room: Frame) -> int:
    return len(_known(view)) - len(_shown(view, room))


def _shown(view: View, room: Frame) -> list[int]:
    """Returns the series that have room, the largest first: those in focus, and the largest others."""
    inner, last = _inner(room), _known(view)
    most = max(1, int(inner.width / _LEAST[0])) * max(1, int(inner.height / _LEAST[1]))
    kept = sorted(last, key=lambda number: (number not in view.chart.focus, -last[number]))[:most]
    return sorted(kept, key=lambda number: -last[number])


def _known(view: View) -> dict[int, float]:
    """Returns the last value of each series that has any."""
    found = {}
    for number, series in enumerate(view.series):
        if known := [value for value in series.values if value is not None]:
            found[number] = float(known[-1])
    return found


def _cells(view: View, room: Frame) -> list[tuple[int, Box]]:
    """Returns the number of each series and the room of its chart with its name, in rows."""
    inner, shown = _inner(room), _shown(view, room)
    across = min(range(1, len(shown) + 1), key=lambda count: _misfit(count, len(shown), inner))
    down = -(-len(shown) // across)
    columns = [
        column
        for row in inner.rows(*[1] * down, gap=_GAP[1])
        for column in row.columns(*[1] * across, gap=_GAP[0])
    ]
    return list(zip(shown, columns, strict=False))


def _misfit(across: int, count: int, inner: Box) -> float:
    """Returns how far charts are from the shape that is wanted, and how much room stays empty."""
    down = -(-count // across)
    wide, tall = inner.width / across, inner.height / down
    shape = wide / tall / _ASPECT
    too_small = wide < _LEAST[0] or tall < _LEAST[1]
    return max(shape, 1 / shape) * (across * down / count) + (100 if too_small else 0)


def _parts(view: View, room: Frame) -> list[Part]:
    return [_part(number, cell, view, room) for number, cell in _cells(view, room)]


def _part(number: int, cell: Box, view: View, room: Frame) -> Part:
    """Returns a chart of one line, as grey as context where the slide is about another."""
    series = view.series[number]
    if view.chart.focus and number not in view.chart.focus:
        series = series.model_copy(update={"role": SeriesRole.OTHER})
    own = {"kind": ChartKind.LINE, "series": [series], "focus": []}
    one = replace(
        view, chart=view.chart.model_copy(update=own), kind=line.KIND, labels=[view.labels[number]]
    )
    place = cell.below(height(1, room.size) + 2)
    start = bare(one, room.size, place.width, place.height, room.scale, has_points=True)
    framed = replace(start, left=0, right=0, top=_EDGE, bottom=_EDGE, labelled=[[]], is_written=False)
    return Part(place, one, framed)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields name and last value over each chart, what is written along the common axes, and how many
    charts have no room."""
    if count := _hidden(view, room):
        yield _more(count, view, room)
    parts = list(zip(_cells(view, room), _parts(view, room), strict=True))
    lowest = {part.box.left: part for _, part in parts}
    for (number, cell), part in parts:
        yield from _head(number, cell, view, room)
        if part.box.left == room.left:
            yield from _values(part, view, room)
        if lowest[part.box.left] is part:
            yield from _periods(part, view, room)


def _more(count: int, view: View, room: Frame) -> TextBox:
    said = view.words.says("chart.one_more" if count == 1 else "chart.more", count=str(count))
    return _written(view, said, Box(room.left, 0, room.plot_width, height(1, room.size)), room, "left")


def _head(number: int, cell: Box, view: View, room: Frame) -> Iterator[Element]:
    in_focus = number in view.chart.focus
    colour = "accent" if in_focus else "ink"
    said = view.said(number, present(view.series[number].values)[-1])
    wide, high = view.face.width(said, room.size, bold=True) + 1, height(1, room.size)
    left = cell.width - wide - LABEL_GAP / 2
    if left < room.size:
        return
    name = view.set.paragraph(
        Plain(view.labels[number]), room.size, left, most=1, bold=True, colour=colour
    )
    yield TextBox("legend", Box(cell.left, cell.top, left, high), (name,))
    value = view.set.paragraph(
        Plain(said), room.size, wide, bold=in_focus, colour=colour, align="right"
    )
    yield TextBox("value", Box(cell.right - wide, cell.top, wide, high), (value,))


def _values(part: Part, view: View, room: Frame) -> Iterator[Element]:
    """Yields the values along the axis, zero and as many others as do not touch."""
    ticks, high = room.scale.ticks, height(1, room.size)
    apart = part.room.at(ticks[0]) - part.room.at(ticks[1])
    every = next(count for count in range(1, 99) if count * apart >= high)
    start = ticks.index(0) if 0 in ticks else 0
    labels = tick_labels(ticks, view.unit, view.formatter)
    for number, (tick, label) in enumerate(zip(ticks, labels, strict=True)):
        if (number - start) % every == 0:
            at = part.box.top + part.room.at(tick)
            yield _written(view, label, Box(0, at - high / 2, room.left - 7, high), room, "right")


def _periods(part: Part, view: View, room: Frame) -> Iterator[Element]:
    """Yields the first and the last category under a chart, or the first where both have no room."""
    high, top = height(1, room.size), part.box.bottom + 1
    first, last = view.categories[0], view.categories[-1]
    wide = [view.face.width(each, room.size) + 1 for each in (first, last)]
    if wide[0] + wide[1] + LABEL_GAP > part.box.width:
        wide = [min(wide[0], part.box.width)]
    yield _written(view, first, Box(part.box.left, top, wide[0], high), room, "left")
    if len(wide) > 1:
        yield _written(view, last, Box(part.box.right - wide[1], top, wide[1], high), room, "right")


def _written(view: View, text: str, box: Box, room: Frame, align: Align) -> TextBox:
    made = view.set.paragraph(
        Plain(text), room.size, box.width + 1, most=1, colour="muted", align=align
    )
    return TextBox("axis", box, (made,), "middle")


def _lacks(chart: Chart) -> str:
    known = [series for series in chart.series if present(series.values)]
    return "" if len(known) > 1 else "Small multiples are two charts at least."


KIND = Kind(
    frame=_frame,
    marks=lines.marks,
    native="lines",
    shapes=_shapes,
    parts=_parts,
    scale=_around,
    lacks=_lacks,
    has_points=True,
    partial="dashed",
    points_at=(),
)
