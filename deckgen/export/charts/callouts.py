"""Words at a point of a chart, where they are clear of its marks, with a short line to it."""

from collections.abc import Iterator, Sequence
from math import dist

from deckgen.domain.charts import Annotation
from deckgen.export.charts import inked
from deckgen.export.charts.annotations import of_kind
from deckgen.export.charts.frame import Frame, across
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Rule, TextBox
from deckgen.export.scene.setting import tall

_MOST = 0.32  # of the chart's width
_AWAY = (16, 28, 44, 64)  # points from the mark to the words
_NEAR = (5, 12, 22, 36, 56)  # from a point of a scatter, which has room around it
_SIDES = ((0, -1), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, 1), (1, 0), (-1, 0))
_CLEAR = 3
_LED = 13  # points from words to what they name, beyond which a line leads there


def shapes(view: View, room: Frame, kind: Kind, labels: Sequence[Box]) -> Iterator[Element]:
    """Yields the words of callouts, each in the first place around its point that is free."""
    found = of_kind(view, "callout")
    marks = inked.marks(view, room) if found else []
    taken = [*marks, *labels]
    for each in found:
        bold = kind.is_measured and view.picked(each.at[0])
        made = view.set.paragraph(
            each.text, room.size, room.plot_width * _MOST, most=3, align="center", bold=bold
        )
        lines = ("".join(span.text for span in line) for line in made.lines)
        wide = max(view.face.width(line, room.size, bold=bold) for line in lines) + 2
        point = _point(each, view, room, kind, labels)
        if point is None:
            continue
        box, start = _place(
            point, wide, tall([made]), taken, room, _NEAR if kind.is_measured else _AWAY
        )
        taken.append(box)
        if dist(start, point) > _LED:
            yield Rule(start, _toward(start, point), "muted", 0.75)
        yield TextBox("annotation", box, (made,), "middle")


def _point(
    each: Annotation, view: View, room: Frame, kind: Kind, labels: Sequence[Box]
) -> tuple[float, float] | None:
    """Returns where a mark ends, or the value that is written beyond it; of a stack the top, since on
    its parts no words can be read."""
    index, value = each.at[0], view.series[each.series].values[each.at[0]]
    if value is None:
        return None
    if kind.is_measured:
        x = view.chart.categories[index]
        return (across(room, x), room.at(value)) if isinstance(x, float | int) else None
    if kind.has_points:
        return room.along(index), room.at(value)
    if kind.is_stacked:
        return _over_stack(inked.bar(view, room, len(view.series) - 1, index), labels)
    bar = inked.bar(view, room, each.series, index)
    if index in room.labelled[each.series]:
        bar = inked.beyond(view, room, each.series, index)
    if room.is_sideways:
        return bar.right, room.along(index)
    return room.along(index), bar.top


def _over_stack(topmost: Box, labels: Sequence[Box]) -> tuple[float, float]:
    """Returns the top of a stack, or that of its sum, which stands over it."""
    x = topmost.left + topmost.width / 2
    near = (box for box in labels if box.left < x < box.right)
    return x, min(
        (box.top for box in near if 0 <= topmost.top - box.bottom < _LED), default=topmost.top
    )


def _place(
    point: tuple[float, float],
    wide: float,
    high: float,
    taken: list[Box],
    room: Frame,
    aways: Sequence[int],
) -> tuple[Box, tuple[float, float]]:
    """Returns the box of the words, and where the line to the point begins at it."""
    tried = [
        _beside(point, wide, high, away, across, down) for away in aways for across, down in _SIDES
    ]
    within = [box for box in tried if _is_within(box, room)] or [_pushed(tried[0], room)]
    best = min(within, key=lambda box: sum(_shared(box, each) for each in taken))
    x = min(max(point[0], best.left + 6), best.right - 6)
    y = min(max(point[1], best.top), best.bottom)
    return best, (x, y)


def _beside(
    point: tuple[float, float], wide: float, high: float, away: float, across: int, down: int
) -> Box:
    x = point[0] + across * (away * 0.6 + wide / 2)
    y = point[1] + down * (away + high / 2)
    return Box(x - wide / 2, y - high / 2, wide, high)


def _is_within(box: Box, room: Frame) -> bool:
    return (
        box.left >= room.left
        and box.right <= room.width
        and box.top >= room.top - room.size
        and box.bottom <= room.plot_bottom - 2
    )


def _pushed(box: Box, room: Frame) -> Box:
    left = max(0.0, min(box.left, room.width - box.width))
    top = max(0.0, min(box.top, room.plot_bottom - box.height))
    return Box(left, top, box.width, box.height)


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left) + 2 * _CLEAR
    high = min(one.bottom, other.bottom) - max(one.top, other.top) + 2 * _CLEAR
    return wide * high if wide > 0 and high > 0 else 0.0


def _toward(start: tuple[float, float], point: tuple[float, float]) -> tuple[float, float]:
    """Returns where the line ends: just before the mark."""
    (x, y), (to_x, to_y) = start, point
    far = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    share = max(0.0, (far - 5) / far) if far else 0.0
    return x + share * (to_x - x), y + share * (to_y - y)
