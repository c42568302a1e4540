"""A line, and beyond its last value a range that opens from there, with what is expected in it."""

from dataclasses import replace

from deckgen.export.charts.frame import Frame, present
from deckgen.export.charts.marks import lines
from deckgen.export.charts.marks.layers import Spec, layer
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme


def last(view: View) -> int:
    """Returns the last period with a value of its own."""
    return present(view.series[0].values)[-1]


def opening(view: View, number: int) -> list[float | int | None]:
    """Returns an end of the range by period: up to the last value it lies on the line."""
    known = last(view) + 1
    return [*view.series[0].values[:known], *view.series[number].values[known:]]


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    low, high = opening(view, 2), opening(view, 3)
    band = [
        {"index": index, "value": low[index], "end": high[index]}
        for index in range(last(view), len(low))
        if low[index] is not None and high[index] is not None
    ]
    expected = [
        {"index": index, "value": value}
        for index, value in enumerate(view.series[1].values)
        if value is not None
    ]
    stroke = {"stroke": f"#{colours.accent}", "strokeWidth": 2, "strokeDash": [4, 3]}
    actual = lines.marks(view.only(0), replace(room, labelled=room.labelled[:1]), theme)
    return [
        layer(band, {"type": "area", "fill": f"#{colours.soft}"}, y2={"field": "end"}),
        layer(expected, {"type": "line", **stroke}),
        *actual,
    ]
