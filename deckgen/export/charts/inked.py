"""Where marks and their labels stand in a chart, so that what is added keeps clear of them."""

from collections.abc import Iterator
from itertools import pairwise

from deckgen.export.charts import waterfall
from deckgen.export.charts.frame import Frame, across
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.charts.view import Side, View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height

_SAMPLES = 12  # of a line between two points
_DOT = 4  # half of a point's mark
_AWAY = 5  # a label from its mark


def marks(view: View, room: Frame) -> list[Box]:
    """Returns boxes that cover the marks."""
    if room.has_points:
        return [
            Box(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT)
            for number in range(len(view.series))
            for x, y in course(view, room, number)
        ]
    return [box for number in range(len(view.series)) for box in _bars(view, room, number)]


def labels(view: View, room: Frame) -> list[Box]:
    """Returns the boxes of the values that are written at marks."""
    if view.kind.is_stacked:
        return []  # they stand inside of their pieces
    found = []
    for number, indexes in enumerate(room.labelled[: len(view.series)]):
        for index in indexes:
            if room.has_points:
                found.append(_at_point(view, room, number, index))
            else:
                found.append(beyond(view, room, number, index))
    return found


def course(view: View, room: Frame, number: int) -> Iterator[tuple[float, float]]:
    """Yields points along a line, or those of a scatter."""
    values = view.series[number].values
    if view.kind.is_measured:
        for x, value in zip(view.chart.categories, values, strict=True):
            if isinstance(x, float | int) and value is not None:
                yield across(room, x), room.at(value)
        return
    for (index, one), (_, other) in pairwise(enumerate(values)):
        if one is not None and other is not None:
            for step in range(_SAMPLES + 1):
                share = step / _SAMPLES
                yield room.along(index + share), room.at(one + share * (other - one))


def _bars(view: View, room: Frame, number: int) -> Iterator[Box]:
    for index in range(len(view.categories)):
        yield bar(view, room, number, index)


def bar(view: View, room: Frame, number: int, index: int) -> Box:
    """Returns the room of a bar, from end to end; those of several series share that of a group."""
    low, high = _reach(view, number, index)
    if not room.is_sideways:
        return _upright(room, index, low, high)
    start, end = sorted((room.at(low), room.at(high)))
    thick = room.slot * room.band
    return Box(start, room.along(index) - thick / 2, end - start, thick)


def _reach(view: View, number: int, index: int) -> tuple[float, float]:
    """Returns from which value to which a bar reaches."""
    if view.kind.is_bridge:
        step = waterfall_steps(view.chart)[index]
        return step.low, step.high
    if view.kind.is_stacked:
        below = sum(series.values[index] or 0 for series in view.series[:number])
        return below, below + (view.series[number].values[index] or 0)
    return 0.0, float(view.series[number].values[index] or 0)


def _upright(room: Frame, index: int, low: float, high: float) -> Box:
    start, end = sorted((room.at(low), room.at(high)))
    thick = room.slot * room.band
    return Box(room.along(index) - thick / 2, start, thick, end - start)


def beyond(view: View, room: Frame, number: int, index: int) -> Box:
    """Returns the box of the value that is written beyond the end of a bar."""
    drawn, text = bar(view, room, number, index), view.said(number, index)
    is_below = (view.series[number].values[index] or 0) < 0
    if view.kind.is_bridge:
        step = waterfall_steps(view.chart)[index]
        text, is_below = waterfall.said(step, view), waterfall.says_below(step, room)
    wide, high = view.face.width(text, room.size, bold=True), height(1, room.size)
    if room.is_sideways:
        left = drawn.left - _AWAY - wide if is_below else drawn.right + _AWAY
        return Box(left, room.along(index) - high / 2, wide, high)
    top = drawn.bottom + _AWAY if is_below else drawn.top - _AWAY - high
    return Box(room.along(index) - wide / 2, top, wide, high)


def _at_point(view: View, room: Frame, number: int, index: int) -> Box:
    return _on_side(side(view, room, number, index), view, room, number, index)


def side(view: View, room: Frame, number: int, index: int) -> Side:
    """Returns on which side of a point of a line its value is clear of all lines."""
    values = view.series[number].values
    if index == max(each for each, value in enumerate(values) if value is not None):
        return "r"
    wanted = label_side(values, index)
    near = [
        point
        for each in range(len(view.series))
        for point in course(view, room, each)
        if abs(point[0] - room.along(index)) < 2 * room.slot + 40
    ]

    order: tuple[Side, ...] = ("b", "t", "r", "l") if _falls(values) else ("t", "b", "r", "l")

    def hits(where: Side) -> tuple[int, bool]:
        box = _on_side(where, view, room, number, index)
        inside = room.left <= box.left and box.bottom <= room.plot_bottom
        struck = sum(
            box.left - 2 < x < box.right + 2 and box.top - 1 < y < box.bottom + 1 for x, y in near
        )
        return struck + (0 if inside else 100), where != wanted

    return min(order, key=hits)


def _falls(values: list[float | int | None]) -> bool:
    known = [value for value in values if value is not None]
    return known[-1] < known[0]


def _on_side(where: Side, view: View, room: Frame, number: int, index: int) -> Box:
    wide = view.face.width(view.said(number, index), room.size, bold=True)
    high, away = height(1, room.size), 2 * _DOT
    x, y = room.along(index), room.at(view.series[number].values[index] or 0)
    left, top = {
        "t": (x - wide / 2, y - away + 1 - high),
        "b": (x - wide / 2, y + away - 1),
        "l": (x - away - wide, y - high / 2),
        "r": (x + away, y - high / 2),
    }[where]
    return Box(left, top, wide, high)


def label_side(values: list[float | int | None], index: int) -> Side:
    """On which side of a point of a line its label is clear of the line: top, bottom, left, right."""
    value = values[index] or 0
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    if after is None:
        return "r"
    if before is None:
        return "b" if after > value else "t"
    if before < value < after:
        return "l"
    if before > value > after:
        return "r"
    return "b" if before > value else "t"
