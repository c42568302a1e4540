"""Columns: few periods, or a few groups in an order of their own."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from deckgen.export.charts.frame import (
    Frame,
    axis_width,
    no_thicker,
    present,
    widest_label,
    with_category_labels,
    with_legend,
    with_room,
)
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import bars
from deckgen.export.charts.texts import label
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Rule
from deckgen.export.themes.theme import Theme

_APART = 4.0  # points between texts
_LEVELS = 4  # of names over one another
_MOST_LINES = 2  # over the plot, for names
_LED = 8.0  # points between a column and its name, beyond which a line leads there


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Each column says its value if there is room for that; otherwise there is an axis, and those
    that the slide is about are named over the others."""
    count = len(view.series)
    framed = with_legend(bare, view, size) if count > 1 else bare
    framed = no_thicker(framed, view)
    own = framed.slot if count == 1 else framed.slot * framed.band / count
    if widest_label(view, size) + 4 <= own:
        framed = with_category_labels(replace(framed, axis=False), view, size)
        return replace(framed, scale=with_room(view, framed.plot_height, height(1, size) + 4))
    framed = replace(framed, left=axis_width(view, framed, size), labelled=[[] for _ in view.series])
    lines = min(_MOST_LINES, len(_named(view)))
    framed = replace(framed, top=framed.top + lines * height(1, size))
    return with_category_labels(framed, view, size)


def _named(view: View) -> list[int]:
    """Returns the columns that are named over the others; one between two of them comes last."""
    if len(view.series) > 1:
        return []
    known = set(present(view.series[0].values)) & set(view.chart.highlight)
    return sorted(known, key=lambda index: ({index - 1, index + 1} <= known, index))


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the name and the value of each column that the slide is about, where there is an axis."""
    taken: list[Box] = []
    for index in _named(view) if room.axis else []:
        text = f"{view.categories[index]}: {view.said(0, index)}"
        found = _free(text, view, room, index, taken)
        if found is None:
            continue
        box, lead = found
        taken += found
        if lead.height > _LED:
            yield Rule((lead.left, lead.top + 1), (lead.left, lead.bottom - 2), "muted", 0.75)
        at = (box.left, box.top + box.height / 2)
        yield label(text, at, room.size, box.width, bold=True, colour="accent")


def _free(text: str, view: View, room: Frame, index: int, taken: list[Box]) -> tuple[Box, Box] | None:
    """Returns the lowest place over the columns, and what leads there, that are clear of all taken."""
    wide, high = view.face.width(text, room.size, bold=True) + 2, height(1, room.size)
    middle, half = room.along(index), room.slot / 2
    lefts = {"over": middle - wide / 2, "before": middle + half - wide, "after": middle - half}
    for side, level in product(_sides(view, index), range(_LEVELS)):
        left = min(max(lefts[side], room.left), room.plot_right - wide)
        top = _over(view, room, left, wide) - _APART - (level + 1) * high
        box = Box(left, top, wide, high)
        lead = Box(middle, box.bottom, 0, _top(view, room, index) - box.bottom)
        clear = not any(_touch(mine, other) for mine in (box, lead) for other in taken)
        if clear and top >= 0:
            return box, lead
    return None


def _sides(view: View, index: int) -> tuple[str, ...]:
    """Returns where the name of a column may stand, away from one beside it that is named too."""
    before, after = view.picked(index - 1), view.picked(index + 1)
    if before == after:
        return ("over", "before", "after")
    return ("before", "over", "after") if after else ("after", "over", "before")


def _over(view: View, room: Frame, left: float, wide: float) -> float:
    """Returns the top of the highest column between two places."""
    return min(
        _top(view, room, index)
        for index in range(len(view.categories))
        if abs(room.along(index) - left - wide / 2) < (wide + room.slot) / 2
    )


def _top(view: View, room: Frame, index: int) -> float:
    return room.at(max(view.series[0].values[index] or 0, 0))


def _touch(one: Box, other: Box) -> bool:
    apart = _APART if one.width and other.width else 0
    beside = one.left < other.right + apart and other.left < one.right + apart
    return beside and one.top < other.bottom and other.top < one.bottom


KIND = Kind(frame=_frame, marks=bars.marks, native="bars", shapes=_shapes, partial="lighter")
