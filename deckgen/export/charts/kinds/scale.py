"""Scales: answers from bad to good in per cent, around the middle."""

from collections.abc import Iterable
from dataclasses import replace

from deckgen.domain.charts import Chart
from deckgen.domain.formatting.display import ValueFormat
from deckgen.export.charts import scales
from deckgen.export.charts.frame import LABEL_GAP, TOP, Frame, with_legend
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.bar import with_names
from deckgen.export.charts.marks import answers
from deckgen.export.charts.view import View
from deckgen.export.colours import MOST_ANSWERS
from deckgen.export.layout.scales import Scale
from deckgen.export.scene.elements import Element, Rule
from deckgen.export.themes.theme import Theme

_TOLERANCE = 0.02  # shares are rounded
_SPARE = 6.0  # points around a label


def _scale(view: View) -> Scale:
    end = max(part.end for part in scales.parts(view))
    return Scale(0, end, end)


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Answers say their share where it is as wide as its label."""
    framed = with_legend(replace(bare, bottom=TOP, right=LABEL_GAP, axis=False), view, size)
    framed = with_names(framed, view, size)
    labelled: list[list[int]] = [[] for _ in view.series]
    for part in scales.parts(view):
        wide = framed.at(part.end) - framed.at(part.start)
        if wide >= view.face.width(view.said(part.series, part.index), size) + _SPARE:
            labelled[part.series].append(part.index)
    return replace(framed, labelled=labelled)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields, between the bars, the line from which answers are bad to the left, good to the right."""
    at, half = room.at(scales.middle(view)), room.slot * room.band / 2
    ends = [room.top]
    for index in range(len(view.categories)):
        ends += [room.along(index) - half, room.along(index) + half]
    ends.append(room.height - room.bottom)
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        yield Rule((at, start), (at, end), "muted", 1)


def _lacks(chart: Chart) -> str:
    """What a scale needs: two to seven answers in per cent, which are all of them."""
    if not 2 <= len(chart.series) <= MOST_ANSWERS:
        return "A scale has two to seven answers."
    if any(series.unit.format is not ValueFormat.PERCENT for series in chart.series):
        return "The answers of a scale are shares in per cent."
    for values in zip(*(series.values for series in chart.series), strict=True):
        shares = [value or 0 for value in values]
        if min(shares) < 0 or abs(sum(shares) - 1) > _TOLERANCE:
            return "The answers of a scale make 100 per cent."
    return ""


KIND = Kind(
    frame=_frame,
    marks=answers.marks,
    native="answers",
    shapes=_shapes,
    scale=_scale,
    lacks=_lacks,
    is_sideways=True,
    is_based=False,
)
