"""Bars: groups, largest first, each with its value."""

from dataclasses import replace
from math import ceil

from deckgen.export.charts.frame import (
    LABEL_GAP,
    TOP,
    Frame,
    no_thicker,
    widest_label,
    with_legend,
    with_room,
)
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import bars
from deckgen.export.charts.view import View, short_categories
from deckgen.export.layout.typefaces import height

MOST_OF_WIDTH = 0.36  # for the names


def _frame(bare: Frame, view: View, size: float) -> Frame:
    framed = replace(bare, bottom=TOP, axis=False)
    framed = with_legend(framed, view, size) if len(view.series) > 1 else framed
    framed = with_names(framed, view, size)
    framed = no_thicker(framed, view)
    room = framed.plot_width
    return replace(framed, scale=with_room(view, room, widest_label(view, size) + LABEL_GAP))


def with_names(framed: Frame, view: View, size: float) -> Frame:
    """Returns room to the left for the names of the groups."""
    lines = 2 if framed.slot > height(2, size) + 2 else 1
    most = framed.width * MOST_OF_WIDTH
    categories = short_categories(view, size, most, lines)
    face = view.face
    wrapped = (line for label in categories for line in face.wrap(label, size, most, bold=True))
    left = max((face.width(line, size, bold=True) for line in wrapped), default=0)
    every = max(1, ceil(height(1, size) / framed.slot))
    return replace(framed, left=left + LABEL_GAP, categories=categories, tick_every=every)


KIND = Kind(frame=_frame, marks=bars.marks, native="bars", is_sideways=True, partial="lighter")
