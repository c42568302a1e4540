"""Bars, and over them the line of what they reach together, in per cent along an axis of its own."""

from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import LABEL_GAP, Spec, as_is, layer
from deckgen.export.charts.view import View
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.themes.theme import Theme

TICKS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
_MOST = 0.8


def is_vital(view: View, index: int) -> bool:
    """True of the groups that the slide is about: those that make most of it, if it names none."""
    if view.chart.highlight:
        return view.picked(index)
    before = view.series[1].values[index - 1] if index else 0
    return (before or 0) < _MOST


def inside(view: View, room: Frame, index: int) -> bool:
    """True if a bar says its value inside, where the line begins at its top."""
    high = room.at(0) - room.at(view.series[0].values[index] or 0)
    return index == 0 and high > 2 * room.size


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours, whole = theme.light, room.scale.high
    rows: list[Spec] = [
        {
            "index": index,
            "value": value,
            "fill": f"#{colours.accent if is_vital(view, index) else colours.rest}",
            "text": view.said(0, index),
        }
        for index, value in enumerate(view.series[0].values)
    ]
    line = [
        {"index": index, "value": None if share is None else share * whole}
        for index, share in enumerate(view.series[1].values)
    ]
    stroke = {"type": "line", "stroke": f"#{colours.muted}", "strokeWidth": 2}
    grey = f"#{colours.muted}"
    dots = {"type": "point", "fill": grey, "stroke": grey, "strokeWidth": 0, "size": 22, "opacity": 1}
    within = [rows[index] for index in room.labelled[0] if inside(view, room, index)]
    over = [rows[index] for index in room.labelled[0] if not inside(view, room, index)]
    white = {"baseline": "top", "dy": LABEL_GAP, "fill": f"#{colours.paper}"}
    return [
        layer(rows, {"type": "bar"}, fill=as_is("fill")),
        layer(over, {"type": "text", "baseline": "bottom", "dy": -3}, text=as_is("text")),
        layer(within, {"type": "text", **white}, text=as_is("text")),
        layer(line, stroke),
        layer(line, dots),
        _axis(view, room),
    ]


def _axis(view: View, room: Frame) -> Spec:
    labels = zip(TICKS, tick_labels(TICKS, PERCENT, view.formatter), strict=True)
    rows = [{"value": tick * room.scale.high, "text": label} for tick, label in labels]
    text = {"type": "text", "align": "left", "baseline": "middle"}
    return layer(rows, text, text=as_is("text"), x={"value": room.plot_width + 5})
