"""Lines, with dots and labels at the points that say their value."""

from deckgen.domain.charts import SeriesRole
from deckgen.export.charts.frame import Frame, present
from deckgen.export.charts.inked import side
from deckgen.export.charts.marks.layers import Spec, as_is, layer, zero
from deckgen.export.charts.view import Side, View
from deckgen.export.themes.theme import Palette, Theme

_SIDES: dict[Side, Spec] = {
    "t": {"dy": -12, "align": "center"},
    "b": {"dy": 14, "align": "center"},
    "l": {"dx": -9, "align": "right"},
    "r": {"dx": 9, "align": "left"},
}


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    """Returns the lines, what the slide is about over its context."""
    colours = theme.light
    layers: list[Spec] = []
    for number in in_order(view):
        rows = [
            {"index": index, "value": value, "text": view.said(number, index)}
            for index, value in enumerate(view.series[number].values)
        ]
        layers += _strokes(rows, view, number, colours)
        layers += _dots(rows, view, room, number, colours)
    return [*zero(room, colours), *layers]


def in_order(view: View) -> list[int]:
    """Returns the series from the lowest to the topmost."""
    return sorted(range(len(view.series)), key=lambda number: number in view.focus)


def _strokes(rows: list[Spec], view: View, number: int, colours: Palette) -> list[Spec]:
    """The line, and dashed the parts that lead to or from a period that is not complete."""
    mark = {
        "type": "line",
        "stroke": f"#{getattr(colours, view.tint(number))}",
        "strokeWidth": 2.75 if number in view.focus else 1.75,
        "strokeJoin": "round",
    }
    dashed = mark | {"strokeDash": [4, 3]}
    whole = [row | ({"value": None} if row["index"] in view.chart.partial else {}) for row in rows]
    layers = [layer(whole, dashed if view.series[number].role is SeriesRole.PLAN else mark)]
    parts = (rows[max(0, index - 1) : index + 1] for index in view.chart.partial)
    return [*layers, *(layer(part, dashed) for part in parts)]


def _dots(rows: list[Spec], view: View, room: Frame, number: int, colours: Palette) -> list[Spec]:
    colour = f"#{getattr(colours, view.tint(number))}"
    layers = []
    for index in dotted(view, room, number):
        fill = f"#{colours.paper}" if index in view.chart.partial else colour
        mark = {"type": "point", "size": 40, "fill": fill, "stroke": colour, "strokeWidth": 2}
        layers.append(layer([rows[index]], mark | {"opacity": 1}))
        if index in room.labelled[number]:
            layers.append(
                layer([rows[index]], _text(view, room, number, index, colour), text=as_is("text"))
            )
    return layers


def dotted(view: View, room: Frame, number: int) -> list[int]:
    """Returns the points of a line that are marked: those that say their value, and its end."""
    known = present(view.series[number].values)
    if view.kind.tells_each:
        return known
    if number not in view.focus:
        return room.labelled[number]
    return sorted({*room.labelled[number], *known[-1:], *(set(view.chart.partial) & set(known))})


def _text(view: View, room: Frame, number: int, index: int, colour: str) -> Spec:
    stressed = view.picked(index) or len(view.series) > 1
    looks = {"fill": colour} if len(view.series) > 1 else {}
    place = _SIDES[side(view, room, number, index)]
    weight = "bold" if stressed else "normal"
    return {"type": "text", "baseline": "middle", "fontWeight": weight, **looks, **place}
