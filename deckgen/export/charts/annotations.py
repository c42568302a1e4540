"""What a chart points at: differences, lines at a value, bands and events, kept clear of its marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deckgen.domain.charts import Annotation
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View, is_fall
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Panel, Paragraph, Rule, TextBox
from deckgen.export.scene.setting import tall

_PILL = (11, 4)  # around the words of a difference, across and down
_GAP = 5
_TICK = 7  # the ends of a bracket
_MOST = 0.4  # of the chart's width, for the words of an event


@dataclass(frozen=True)
class Head:
    """Words over the plot, and how far they and what belongs to them reach."""

    annotation: Annotation
    paragraph: Paragraph
    left: float
    right: float
    row: int  # counted from the plot upwards


def of_kind(view: View, *kinds: str) -> list[Annotation]:
    """Returns the annotations of these kinds, but those of other axes."""
    return [each for each in view.pointed(*kinds) if not each.across]


def names_of_lines(view: View) -> list[End]:
    """Returns the words at the ends of lines that lie at the value of a fact."""
    return [End(view.level(each), each.text, "muted") for each in of_kind(view, "line")]


def beside(view: View, size: float, *, is_sideways: bool) -> float:
    """Returns the room for differences beside the plot, where categories stand under one another."""
    found = of_kind(view, "difference") if is_sideways else []
    return sum(_pill_width(_words(each, view, size, 1e6), view) + 2 * _GAP for each in found)


def above(view: View, room: Frame) -> float:
    """Returns the room for words over the plot."""
    return sum(_row_heights(heads(view, room)))


def heads(view: View, room: Frame) -> list[Head]:
    """Returns the words over the plot, in as few rows as keep them apart."""
    kinds = ("line",) if room.is_sideways else ("event", "band", "difference")
    found: list[Head] = []
    for annotation in sorted(of_kind(view, *kinds), key=lambda each: kinds.index(each.kind)):
        made = _words(annotation, view, room.size, room.width * _MOST)
        left, right = _reach(annotation, made, view, room)
        taken = {each.row for each in found if each.left < right + _GAP and left < each.right + _GAP}
        is_bracket = annotation.kind == "difference"
        lowest = 1 + max((h.row for h in found if h.annotation.kind != "difference"), default=-1)
        row = lowest if is_bracket else 0
        while row in taken:
            row += 1
        found.append(Head(annotation, made, left, right, row))
    return found


def _words(annotation: Annotation, view: View, size: float, limit: float) -> Paragraph:
    is_pill = annotation.kind == "difference"
    return view.set.paragraph(
        annotation.text,
        size,
        limit,
        most=1 if is_pill else 2,
        bold=is_pill,
        colour="paper" if is_pill else "muted",
        align="center" if is_pill else "left",
    )


def _width(paragraph: Paragraph, view: View) -> float:
    lines = ("".join(span.text for span in line) for line in paragraph.lines)
    return max(view.face.width(line, paragraph.size, bold=paragraph.bold) for line in lines) + 1


def _pill_width(paragraph: Paragraph, view: View) -> float:
    return _width(paragraph, view) + 2 * _PILL[0]


def _reach(annotation: Annotation, made: Paragraph, view: View, room: Frame) -> tuple[float, float]:
    """Returns from where to where words over the plot and their bracket go, within the chart."""
    if annotation.kind == "difference":
        ends = [room.along(index) for index in annotation.at]
        middle = (min(ends) + max(ends)) / 2
        left, right = _inside(middle, _pill_width(made, view), room)
        return min(left, *ends), max(right, *ends)
    if annotation.kind == "line":
        return _inside(room.at(view.level(annotation)), _width(made, view), room)
    if annotation.kind == "band":
        start, end = _span(annotation, room)
        return _inside((start + end) / 2, _width(made, view), room)
    at = event_at(annotation, room)
    wide = _width(made, view)
    return (at, at + wide) if at + wide <= room.width else (max(0.0, at - wide), at)


def _inside(middle: float, wide: float, room: Frame) -> tuple[float, float]:
    left = max(0.0, min(middle - wide / 2, room.width - wide))
    return left, left + wide


def event_at(annotation: Annotation, room: Frame) -> float:
    """Returns where an event stands: at its point, or before its column."""
    return room.along(annotation.at[0] - (0 if room.has_points else 0.5))


def _span(annotation: Annotation, room: Frame) -> tuple[float, float]:
    first, last = min(annotation.at), max(annotation.at)
    return room.along(first - 0.5), room.along(last + 0.5)


def _row_heights(found: list[Head]) -> list[float]:
    rows: dict[int, float] = {}
    for head in found:
        around = 2 * _PILL[1] if head.annotation.kind == "difference" else 0
        rows[head.row] = max(rows.get(head.row, 0), tall([head.paragraph]) + around + _GAP)
    return [rows.get(row, 0.0) for row in range(max(rows, default=-1) + 1)]


def bands(view: View, room: Frame) -> Iterator[Element]:
    """Yields the shades of ranges of categories, which stand behind the marks."""
    for each in of_kind(view, "band"):
        start, end = _span(each, room)
        yield Panel(Box(start, room.top - _GAP, end - start, room.plot_height + _GAP), "ramp0")


def shapes(view: View, room: Frame, labels: Sequence[Box]) -> Iterator[Element]:
    """Yields lines, brackets and the words at them, the lines not through `labels`."""
    for each in of_kind(view, "line"):
        yield from _level(room.at(view.level(each)), room, labels)
    if room.is_sideways:
        yield from _brackets_beside(view, room)
    found = heads(view, room)
    rows = _row_heights(found)
    for head in found:
        bottom = room.top - _GAP - sum(rows[: head.row])
        if head.annotation.kind == "difference":
            yield from _bracket(head, view, room, bottom)
        else:
            yield from _headed(head, room, bottom)


def _level(at: float, room: Frame, labels: Sequence[Box]) -> Iterator[Element]:
    """Yields the parts of a line at a value: it is broken where a label stands."""
    if room.is_sideways:
        hit = sorted((b.top, b.bottom) for b in labels if b.left - 2 < at < b.right + 2)
        free, last = room.top - 2, room.plot_bottom
    else:
        hit = sorted((b.left, b.right) for b in labels if b.top < at < b.bottom)
        free, last = room.left, room.width - room.beside + _GAP
    for start, end in [*hit, (last, last)]:
        if min(start - 2, last) > free:
            ends = (free, min(start - 2, last))
            one, other = [(at, end) if room.is_sideways else (end, at) for end in ends]
            yield Rule(one, other, "muted", 1, dashed=True)
        free = max(free, end + 2)


def _headed(head: Head, room: Frame, bottom: float) -> Iterator[Element]:
    high = tall([head.paragraph])
    left = head.left
    if head.annotation.kind == "event":
        at = event_at(head.annotation, room)
        yield Rule((at, bottom - high), (at, room.plot_bottom), "muted", 1, dashed=True)
        left += _GAP if head.left >= at else -_GAP
    box = Box(left, bottom - high, head.right - head.left, high)
    yield TextBox("annotation", box, (head.paragraph,))


def tone(annotation: Annotation, view: View) -> str:
    """Returns the colour of a difference: contrast where the later of two values is the smaller."""
    return "contrast" if is_fall(view.chart, annotation) else "accent"


def _bracket(head: Head, view: View, room: Frame, bottom: float) -> Iterator[Element]:
    ends = sorted((room.along(head.annotation.at[0]), room.along(head.annotation.at[-1])))
    wide, high = _pill_width(head.paragraph, view), tall([head.paragraph]) + 2 * _PILL[1]
    left, right = _inside(sum(ends) / 2, wide, room)
    level = bottom - high / 2
    for end, edge in ((ends[0], left), (ends[1], right)):
        yield Rule((end, level), (end, level + _TICK), "muted", 1)
        yield Rule((end, level), (edge, level), "muted", 1)
    yield from _pill(head.annotation, head.paragraph, Box(left, bottom - high, wide, high), view)


def _brackets_beside(view: View, room: Frame) -> Iterator[Element]:
    left = room.width - beside(view, room.size, is_sideways=True)
    for each in of_kind(view, "difference"):
        made = _words(each, view, room.size, 1e6)
        wide, high = _pill_width(made, view), tall([made]) + 2 * _PILL[1]
        start, end = sorted((room.along(each.at[0]), room.along(each.at[-1])))
        at = left + _GAP + wide / 2
        for height in (start, end):
            yield Rule((at - _TICK, height), (at, height), "muted", 1)
        yield Rule((at, start), (at, end), "muted", 1)
        box = Box(left + _GAP, (start + end - high) / 2, wide, high)
        yield from _pill(each, made, box, view)
        left += wide + 2 * _GAP


def _pill(annotation: Annotation, made: Paragraph, box: Box, view: View) -> Iterator[Element]:
    yield Panel(box, tone(annotation, view), is_round=True)
    yield TextBox("annotation", box, (made,), "middle")
