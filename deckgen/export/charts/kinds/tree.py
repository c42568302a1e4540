"""Driver trees: a ratio and the two values that make it, each with its change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.export.charts.annotations import tone
from deckgen.export.charts.frame import Frame, present
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.texts import block, label, paragraph
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Curve, Element, Panel, Paragraph, Rule
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.themes.theme import Theme

_SHARES = (1.0, 1.0)  # of the width: the ratio, and what makes it
_GAP = 0.16  # of the width, between them
_TALLEST = {True: 132.0, False: 96.0}  # points of a box, with and without a course
_BETWEEN = 30.0  # points between the values: room for the sign
_PADDING = 12.0
_LARGER = (2.0, 1.6, 1.2)  # a value than its label
_FEW = 3  # periods that make no course
_DIVIDED = "÷"


def _frame(bare: Frame, view: View, size: float) -> Frame:
    return replace(
        bare, left=0, right=0, top=0, bottom=0, axis=False, labelled=[[] for _ in view.series]
    )


def _has_course(view: View) -> bool:
    return len(view.categories) > _FEW


def _boxes(view: View, room: Frame) -> list[Box]:
    """Returns the box of the ratio and, to its right, those of its values."""
    whole = Box(0, 0, room.width, room.height)
    left, right = whole.columns(*_SHARES, gap=room.width * _GAP)
    high = min(_TALLEST[_has_course(view)], (room.height - _BETWEEN) / 2)
    top = (room.height - 2 * high - _BETWEEN) / 2
    upper = replace(right, top=top, height=high)
    lower = replace(right, top=top + high + _BETWEEN, height=high)
    return [replace(left, top=(room.height - high) / 2, height=high), upper, lower]


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    boxes = _boxes(view, room)
    yield from _connectors(*boxes)
    for number, box in enumerate(boxes):
        yield from _box(view, room, number, box)
    upper, lower = boxes[1:]
    middle = (upper.left + upper.width / 2, (upper.bottom + lower.top) / 2)
    yield label(_DIVIDED, middle, room.size * 1.4, 30, align="center", bold=True, colour="muted")


def _connectors(ratio: Box, upper: Box, lower: Box) -> Iterator[Element]:
    bend = (ratio.right + upper.left) / 2
    middles = [each.top + each.height / 2 for each in (ratio, upper, lower)]
    yield Rule((ratio.right, middles[0]), (bend, middles[0]), "rest", 1.25)
    yield Rule((bend, middles[1]), (bend, middles[2]), "rest", 1.25)
    for middle in middles[1:]:
        yield Rule((bend, middle), (upper.left, middle), "rest", 1.25)


def _box(view: View, room: Frame, number: int, box: Box) -> Iterator[Element]:
    """Yields a panel with a value, what it is, its change, and its course where there are periods."""
    yield Panel(box, "wash", "accent" if number in view.focus else "")
    inner, size = box.inset(_PADDING, min(_PADDING, box.height * 0.1)), room.size
    name = view.face.shorten(view.labels[number], size, inner.width, bold=True)
    now = present(view.series[number].values)[-1]
    value = view.said(number, now)
    texts = [
        paragraph([name], size, bold=True, colour="muted"),
        paragraph([value], _largest(value, view, size, inner), bold=True),
        *_change(view, number, size, inner.width),
    ]
    while len(texts) > 2 and tall(texts) > inner.height:
        texts.pop()
    course = inner.below(tall(texts) + 6)
    if _has_course(view) and course.height >= height(1.5, size):
        yield _course(view, number, course)
        inner = replace(inner, height=tall(texts))
    yield block(texts, inner)


def _largest(value: str, view: View, size: float, box: Box) -> float:
    """Returns the size at which a value fits into a box under its name."""
    room = box.height - height(1, size)
    for each in (size * share for share in _LARGER):
        if height(1, each) <= room and view.face.width(value, each, bold=True) <= box.width:
            return each
    return size


def _change(view: View, number: int, size: float, limit: float) -> list[Paragraph]:
    """Returns the difference that the chart points at; without one, the value before."""
    for each in view.pointed("difference"):
        if each.series == number:
            colour = tone(each, view)
            return [view.set.paragraph(each.text, size, limit, most=2, bold=True, colour=colour)]
    known = present(view.series[number].values)
    if len(known) < 2:
        return []
    text = Plain(f"{view.categories[known[0]]}: {view.said(number, known[0])}")
    return [view.set.paragraph(text, size, limit, most=1, colour="muted")]


def _course(view: View, number: int, box: Box) -> Element:
    values = view.series[number].values
    known = [float(value) for value in values if value is not None]
    low, span = min(known), (max(known) - min(known)) or 1
    points = tuple(
        (
            box.left + index / (len(values) - 1) * (box.width - 6),
            box.bottom - 3 - (value - low) / span * (box.height - 6),
        )
        for index, value in enumerate(values)
        if value is not None
    )
    return Curve(points, "soft", 2, ends_in_dot=True)


def _lacks(chart: Chart) -> str:
    """What a driver tree needs: a ratio and the two values that make it, all of them known."""
    if len(chart.series) != 3:
        return "A driver tree needs three series: a ratio and the two values that make it."
    if any(not present(series.values) for series in chart.series):
        return "A driver tree needs a value in each of its boxes."
    return ""


KIND = Kind(frame=_frame, shapes=_shapes, lacks=_lacks, points_at=("difference",))
