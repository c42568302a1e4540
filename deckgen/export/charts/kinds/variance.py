"""Actual against plan by group: bars, the plan as a tick, and beside them the differences."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.export.charts import against
from deckgen.export.charts.frame import LABEL_GAP, TOP, Frame, with_room
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.bar import with_names
from deckgen.export.charts.marks import variances
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Element, Panel, Paragraph, Rule, TextBox
from deckgen.export.scene.setting import Plain
from deckgen.export.themes.theme import Theme

_TICK, _TICK_SHARE = 3.0, 0.74  # its width, and its share of the room of a group
_BAR_SHARE = 0.34  # of a difference
_KEY = 10  # the square that stands for a series
_AWAY = 6


def _frame(bare: Frame, view: View, size: float) -> Frame:
    framed = replace(bare, bottom=TOP, axis=False, top=height(1, size) + 2 * TOP)
    framed = with_names(framed, view, size)
    framed = replace(framed, right=against.room_for(view, size, bare.width))
    plan, actual = against.plan_of(view.chart), against.actual_of(view.chart)
    said = [view.said(number, index) for number in (plan or 0, actual) for index in _groups(view)]
    widest = max(view.face.width(text, size, bold=True) for text in said)
    framed = replace(framed, scale=with_room(view, framed.plot_width, widest + 2 * LABEL_GAP))
    inside = [index for index in _groups(view) if _has_room_inside(view, framed, index)]
    return replace(framed, labelled=[inside if n == actual else [] for n in range(len(view.series))])


def _groups(view: View) -> range:
    return range(len(view.categories))


def _has_room_inside(view: View, framed: Frame, index: int) -> bool:
    """True if a bar can hold its value before it meets the tick of the plan."""
    actual, plan = against.actual_of(view.chart), against.plan_of(view.chart) or 0
    ends = [view.series[number].values[index] for number in (actual, plan)]
    known = [framed.at(end) for end in ends if end is not None]
    wide = view.face.width(view.said(actual, index), framed.size, bold=True)
    return ends[0] is not None and min(known) - framed.at(0) > wide + 2 * _AWAY


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    yield from _heads(view, room)
    plan, actual = against.plan_of(view.chart), against.actual_of(view.chart)
    if plan is None:
        return
    for index in _groups(view):
        yield from _plan(view, room, index, plan, actual)
    yield from _differences(view, room)


def _heads(view: View, room: Frame) -> Iterator[Element]:
    """Yields what bar, tick and differences are."""
    actual, plan = against.actual_of(view.chart), against.plan_of(view.chart) or 0
    left, high = room.left, height(1, room.size)
    middle = TOP / 2 + high / 2
    for number, is_plan in ((actual, False), (plan, True)):
        text = _text(
            view, view.labels[number], room.size, bold=True, colour="muted" if is_plan else "ink"
        )
        wide = view.face.width(view.labels[number], room.size, bold=True) + 1
        if is_plan:
            tick = Box(left, middle - _KEY * 0.7, _TICK, _KEY * 1.4)
            yield Panel(tick, "ink")
        else:
            yield Panel(Box(left, middle - _KEY / 2, _KEY, _KEY), "accent")
        left += (_TICK if is_plan else _KEY) + _AWAY
        yield TextBox("legend", Box(left, TOP / 2, wide, high), (text,), "middle")
        left += wide + 2 * LABEL_GAP
    column = against.column(view, room)
    said = view.formatter.language.say("chart.difference")
    wide = view.face.width(said, room.size, bold=True) + 1
    start = max(left, min(column.axis - wide / 2, column.right - wide))
    text = _text(view, said, room.size, bold=True)
    yield TextBox("legend", Box(start, TOP / 2, wide, high), (text,), "middle")


def _plan(view: View, room: Frame, index: int, plan: int, actual: int) -> Iterator[Element]:
    """Yields the tick of a plan, and beyond it the values that have no room elsewhere."""
    planned, reached = view.series[plan].values[index], view.series[actual].values[index]
    middle, high = room.along(index), room.slot * _TICK_SHARE
    far = max(room.at(value) for value in (planned, reached, 0.0) if value is not None) + _AWAY
    if planned is not None:
        at = room.at(planned)
        yield Panel(Box(at - _TICK / 2 - 1, middle - high / 2, _TICK + 2, high), "paper")
        yield Panel(Box(at - _TICK / 2, middle - high / 2, _TICK, high), "ink")
    if reached is not None and index not in room.labelled[actual]:
        text = view.said(actual, index)
        yield _beside(view, room, text, far, middle, bold=True, colour="ink")
        far += view.face.width(text, room.size, bold=True) + _AWAY
    if planned is not None:
        yield _beside(view, room, view.said(plan, index), far, middle, bold=False, colour="muted")


def _differences(view: View, room: Frame) -> Iterator[Element]:
    column, found = against.column(view, room), against.differences(view)
    if not column.bars:
        for each in found:
            middle = room.along(each.index)
            yield _beside(
                view, room, each.said, column.axis, middle, bold=True, colour=each.tone, to_left=True
            )
        return
    largest = max((abs(each.value) for each in found), default=0) or 1
    yield Rule((column.axis, room.top), (column.axis, room.plot_bottom), "rest", 0.75)
    high = room.slot * _BAR_SHARE
    for each in found:
        middle, long = room.along(each.index), column.bars * abs(each.value) / largest
        left = column.axis - long if each.value < 0 else column.axis
        yield Panel(Box(left, middle - high / 2, long, high), each.tone)
        edge = left - _AWAY if each.value < 0 else left + long + _AWAY
        yield _beside(
            view, room, each.said, edge, middle, bold=True, colour=each.tone, to_left=each.value < 0
        )
        if each.share:
            yield _beside(
                view, room, each.share, column.right, middle, bold=False, colour="ink", to_left=True
            )


def _beside(
    view: View,
    room: Frame,
    text: str,
    edge: float,
    middle: float,
    *,
    bold: bool,
    colour: str,
    to_left: bool = False,
) -> TextBox:
    """Returns a text that begins, or ends, at an edge."""
    wide, high = view.face.width(text, room.size, bold=bold) + 1, height(1, room.size)
    made = _text(view, text, room.size, bold=bold, colour=colour, align="right" if to_left else "left")
    box = Box(edge - wide if to_left else edge, middle - high / 2, wide, high)
    return TextBox("value", box, (made,), "middle")


def _text(
    view: View, text: str, size: float, *, bold: bool, colour: str = "ink", align: Align = "left"
) -> Paragraph:
    return view.set.paragraph(Plain(text), size, 1e6, bold=bold, colour=colour, align=align)


def _lacks(chart: Chart) -> str:
    if against.plan_of(chart) is None or len(chart.series) != 2:
        return "A variance needs two series, of which one is the plan or the period before."
    if any((value or 0) < 0 for series in chart.series for value in series.values):
        return "The bars of a variance can't be negative."
    return ""


KIND = Kind(
    frame=_frame,
    marks=variances.marks,
    native="variances",
    shapes=_shapes,
    lacks=_lacks,
    is_sideways=True,
)
