"""Parts of a sum, over time or by group, each named beside its piece of the last column."""

from collections.abc import Iterable
from dataclasses import replace

from deckgen.export.charts import stacks
from deckgen.export.charts.derived import in_few_parts, lacks_parts
from deckgen.export.charts.frame import Frame, axis_width, with_category_labels, with_room
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import stacked
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, TextBox
from deckgen.export.scene.setting import Plain
from deckgen.export.themes.theme import Theme


def _scale(view: View) -> Scale:
    return nice([*stacks.reached(view), *view.levels], zero=True)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Each column says its sum if there is room for that; otherwise there is an axis."""
    sums = [view.say(total, view.unit) for total in stacks.reached(view)]
    widest = max(view.face.width(text, size, bold=True) for text in sums)
    nothing: list[list[int]] = [[] for _ in view.series]
    framed = replace(bare, labelled=nothing)
    if widest + 4 > framed.slot:
        framed = replace(framed, left=axis_width(view, framed, size))
        return with_category_labels(framed, view, size)
    framed = with_category_labels(replace(framed, axis=False), view, size)
    return within(replace(framed, scale=with_room(view, framed.plot_height, height(1, size) + 4)), view)


def within(framed: Frame, view: View) -> Frame:
    """Returns the frame with the pieces that hold their values."""
    fitting = [piece for piece in stacks.pieces(view) if stacks.has_room(piece, view, framed)]
    labelled = [
        [piece.index for piece in fitting if piece.series == number]
        for number in range(len(view.series))
    ]
    return replace(framed, labelled=labelled)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the sums over the columns."""
    if room.axis:
        return
    high = height(1, room.size)
    for index, total in enumerate(stacks.reached(view)):
        text = view.set.paragraph(
            Plain(view.say(total, view.unit)), room.size, 1e6, bold=True, align="center"
        )
        left = room.along(index) - room.slot / 2
        box = Box(left, room.at(total) - high - 3, room.slot, high)
        yield TextBox("value", box, (text,), "bottom")


KIND = Kind(
    frame=_frame,
    marks=stacked.marks,
    native="stacked",
    shapes=_shapes,
    ends=lambda view: stacks.ends(view, view.labels),
    scale=_scale,
    lacks=lacks_parts,
    derived=in_few_parts,
    is_stacked=True,
    partial="lighter",
)
