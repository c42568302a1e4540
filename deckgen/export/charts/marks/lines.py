"""Lines, with dots and labels at the points that say their value."""

from collections.abc import Iterator

from deckgen.domain.charts import SeriesRole
from deckgen.export.charts.frame import Frame, present
from deckgen.export.charts.inked import side
from deckgen.export.charts.marks.layers import Spec, as_is, layer, zero
from deckgen.export.charts.view import Side, View
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Panel
from deckgen.export.themes.theme import Palette, Theme

_RING, _HOLE = 4.5, 2.5  # half of a mark that is not filled
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
    """The line, and dashed the pieces that lead to or from a period that is not complete."""
    mark = {
        "type": "line",
        "stroke": f"#{getattr(colours, view.tint(number))}",
        "strokeWidth": 2.75 if number in view.focus else 1.75,
        "strokeJoin": "round",
    }
    dashed = mark | {"strokeDash": [4, 3]}
    whole = [row | ({"value": None} if row["index"] in view.chart.partial else {}) for row in rows]
    layers = [layer(whole, dashed if view.series[number].role is SeriesRole.PLAN else mark)]
    pieces = (rows[index - 1 : index + 1] for index in unfinished(view))
    return [*layers, *(layer(piece, dashed) for piece in pieces)]


def unfinished(view: View) -> list[int]:
    """Returns the points to which a line leads from or in a period that is not complete."""
    partial = view.chart.partial
    return [n for n in range(1, len(view.categories)) if n in partial or n - 1 in partial]


def _dots(rows: list[Spec], view: View, room: Frame, number: int, colours: Palette) -> list[Spec]:
    colour = f"#{getattr(colours, view.tint(number))}"
    layers = []
    mark = {"type": "point", "size": 40, "fill": colour, "stroke": colour, "strokeWidth": 2}
    for index in dotted(view, room, number):
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


def rings(view: View, room: Frame) -> Iterator[Panel]:
    """Yields what lies over the marks of points that are not complete: LibreOffice has no native mark
    that is not filled."""
    for number in in_order(view):
        for index in sorted({*dotted(view, room, number)} & {*view.chart.partial}):
            point = room.along(index), room.at(view.series[number].values[index] or 0)
            for half, fill in ((_RING, view.tint(number)), (_HOLE, "paper")):
                yield Panel(Box.around([point], half), fill, is_round=True)


def _text(view: View, room: Frame, number: int, index: int, colour: str) -> Spec:
    stressed = view.picked(index) or len(view.series) > 1
    looks = {"fill": colour} if len(view.series) > 1 else {}
    place = _SIDES[side(view, room, number, index)]
    weight = "bold" if stressed else "normal"
    return {"type": "text", "baseline": "middle", "fontWeight": weight, **looks, **place}
