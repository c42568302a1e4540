"""Bridges: totals, and the changes between them at the height that was reached."""

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import LABEL_GAP, Spec, as_is, layer, zero
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.charts.view import View
from deckgen.export.charts.waterfall import colour, said, says_below, text_colour
from deckgen.export.themes.theme import Theme


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    rows = [
        {
            "index": index,
            "value": max(step.low, room.scale.low),
            "end": step.high,
            "fill": f"#{colour(step.kind, colours)}",
            "ink": f"#{text_colour(step.kind, colours)}",
            "text": said(step, view),
            "below": says_below(step, room),
        }
        for index, step in enumerate(waterfall_steps(view.chart))
    ]
    bars = layer(rows, {"type": "bar"}, fill=as_is("fill"), y2={"field": "end"})
    written = [rows[index] for index in room.labelled[0]]
    above = [row | {"value": row["end"]} for row in written if not row["below"]]
    below = [row for row in written if row["below"]]
    return [
        bars,
        _texts(above, {"dy": -LABEL_GAP, "baseline": "bottom"}),
        _texts(below, {"dy": LABEL_GAP, "baseline": "top"}),
        *zero(room, colours),
    ]


def _texts(rows: list[Spec], place: Spec) -> Spec:
    mark = {"type": "text", "fontWeight": "bold", **place}
    return layer(rows, mark, text=as_is("text"), fill=as_is("ink"))
