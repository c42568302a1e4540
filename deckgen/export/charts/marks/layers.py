"""What the marks of all charts share: layers of Vega-Lite, the legend, the line at zero."""

from collections.abc import Sequence
from typing import Any

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role, of_series
from deckgen.export.themes.theme import Palette

Spec = dict[str, Any]
LABEL_GAP = 5  # CSS pixels between a mark and its label


def layer(rows: list[Spec], mark: Spec, **encoding: Spec) -> Spec:
    """Marks over their own rows; `encoding` adds to, or takes the place of, that of all layers."""
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def as_is(field: str) -> Spec:
    """Returns the encoding of a field that holds the colour or text itself."""
    return {"field": field, "type": "nominal", "scale": None}


def zero(room: Frame, colours: Palette) -> list[Spec]:
    """A line at zero where marks stand on both sides of it."""
    if not room.scale.low < 0 < room.scale.high:
        return []
    along = "x" if room.is_sideways else "y"
    mark = {"type": "rule", "stroke": f"#{colours.rest}"}
    rule = layer([{"zero": 0}], mark, **{along: {"field": "zero", "type": "quantitative"}})
    rule["encoding"]["y" if along == "x" else "x"] = None
    return [rule]


def legend(view: View, room: Frame, colours: Palette, fills: Sequence[str] | None = None) -> list[Spec]:
    """One line above the plot; Vega's own legend would take room that was not measured."""
    if not room.legend:
        return []
    fills = fills or [of_series(number) for number in range(len(view.series))]
    layers = []
    for number, ((left, top), label) in enumerate(zip(room.legend, view.labels, strict=True)):
        place = {"x": {"value": left - room.left}, "y": {"value": top - room.top}}
        mark = {
            "type": "square",
            "size": 90,
            "fill": f"#{of_role(fills[number], colours)}",
            "opacity": 1,
        }
        layers.append(layer([{}], mark | {"stroke": None}, **place))
        text = {"type": "text", "align": "left", "dx": 10}
        layers.append(layer([{"text": label}], text, text=as_is("text"), **place))
    return layers
