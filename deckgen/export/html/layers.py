"""The marks of each kind of chart, as layers of Vega-Lite over the axes `index` or `x` and `value`."""

from collections.abc import Callable
from typing import Any

from deckgen.domain.decks import ChartKind
from deckgen.export.charts import waterfall
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View, label_side, pairs, waterfall_steps
from deckgen.export.themes import Palette, Theme, paler, series_colour

Spec = dict[str, Any]
_LABEL_GAP = 5  # CSS pixels between a mark and its label


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    return [*_BY_KIND[view.kind](view, room, theme.light), *_zero(view, room, theme.light)]


def layer(rows: list[Spec], mark: Spec, **encoding: Spec) -> Spec:
    """Marks over their own rows; `encoding` adds to, or takes the place of, that of all layers."""
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _as_is(field: str) -> Spec:
    """The field holds the colour or text itself."""
    return {"field": field, "type": "nominal", "scale": None}


def _bars(view: View, room: Frame, colours: Palette) -> list[Spec]:
    rows = [
        _bar(view, number, index, float(value), colours)
        for number, series in enumerate(view.series)
        for index, value in enumerate(series.values)
        if value is not None
    ]
    across = "y" if view.kind is ChartKind.BAR else "x"
    offset: Spec = {}
    if len(view.series) > 1:
        offset = {
            f"{across}Offset": {"field": "series", "type": "ordinal", "scale": {"paddingInner": 0.1}}
        }
    bars = layer(
        rows,
        {"type": "bar", "strokeWidth": 1.25},
        fill=_as_is("fill"),
        stroke=_as_is("stroke"),
        strokeDash={"field": "dash", "type": "nominal", "scale": None},
        **offset,
    )
    labelled = [row for row in rows if row["index"] in room.labelled[row["series"]]]
    return [bars, *_value_labels(labelled, view, offset), *_legend(view, room, colours)]


def _bar(view: View, number: int, index: int, value: float, colours: Palette) -> Spec:
    colour = series_colour(number, colours)
    if len(view.series) == 1 and not view.emphasised(index):
        colour = colours.rest
    partial = index in view.chart.partial
    fill = paler(colour, colours.paper) if partial else colour
    return {
        "index": index,
        "series": number,
        "value": value,
        "fill": f"#{fill}",
        "stroke": f"#{colour}" if partial else None,
        "dash": [4, 3] if partial else [1, 0],
        "text": view.said(number, index),
        "weight": "bold" if view.picked(index) else "normal",
    }


def _value_labels(rows: list[Spec], view: View, offset: Spec) -> list[Spec]:
    """Beyond the end of each bar; one layer for either side of zero, and for each weight."""
    found = []
    for below in (False, True):
        for weight in ("normal", "bold"):
            chosen = [row for row in rows if (row["value"] < 0) is below and row["weight"] == weight]
            if chosen:
                mark = {"type": "text", "fontWeight": weight, **_beyond(view.kind, below)}
                found.append(layer(chosen, mark, text=_as_is("text"), **offset))
    return found


def _beyond(kind: ChartKind, below: bool) -> Spec:
    if kind is ChartKind.BAR:
        return {
            "align": "right" if below else "left",
            "dx": -_LABEL_GAP if below else _LABEL_GAP,
            "baseline": "middle",
        }
    return {
        "align": "center",
        "baseline": "top" if below else "bottom",
        "dy": _LABEL_GAP if below else -_LABEL_GAP,
    }


def _lines(view: View, room: Frame, colours: Palette) -> list[Spec]:
    layers: list[Spec] = []
    for number, series in enumerate(view.series):
        colour = f"#{series_colour(number, colours)}"
        rows = [
            {"index": index, "value": value, "text": _line_label(view, number, index, room)}
            for index, value in enumerate(series.values)
        ]
        layers += _strokes(rows, view, colour, 2.5 if number == 0 else 2)
        layers += _dots(rows, view, room, number, colours)
    return [*reversed(layers), *_legend(view, room, colours)]


def _strokes(rows: list[Spec], view: View, colour: str, width: float) -> list[Spec]:
    """The line, and dashed the parts that lead to or from a period that is not complete."""
    mark = {"type": "line", "stroke": colour, "strokeWidth": width, "strokeJoin": "round"}
    whole = [row | ({"value": None} if row["index"] in view.chart.partial else {}) for row in rows]
    layers = [layer(whole, mark)]
    dashed = mark | {"strokeDash": [4, 3]}
    parts = (rows[max(0, index - 1) : index + 1] for index in view.chart.partial)
    return [*layers, *(layer(part, dashed) for part in parts)]


def _dots(rows: list[Spec], view: View, room: Frame, number: int, colours: Palette) -> list[Spec]:
    colour = f"#{series_colour(number, colours)}"
    marked = room.labelled[number]
    layers = []
    for index in sorted({*marked, *view.chart.partial}):
        if rows[index]["value"] is None:
            continue
        fill = f"#{colours.paper}" if index in view.chart.partial else colour
        mark = {
            "type": "point",
            "size": 45,
            "fill": fill,
            "stroke": colour,
            "strokeWidth": 2,
            "opacity": 1,
        }
        layers.append(layer([rows[index]], mark))
        if index in marked:
            layers.append(layer([rows[index]], _line_text(view, number, index), text=_as_is("text")))
    return layers


def _line_label(view: View, number: int, index: int, room: Frame) -> str:
    said = view.said(number, index)
    return f"{view.labels[number]}  {said}" if room.named_ends else said


def _line_text(view: View, number: int, index: int) -> Spec:
    sides = {
        "t": {"dy": -12, "align": "center"},
        "b": {"dy": 14, "align": "center"},
        "l": {"dx": -9, "align": "right"},
        "r": {"dx": 9, "align": "left"},
    }
    weight = "bold" if view.picked(index) else "normal"
    side = sides[label_side(view.series[number].values, index)]
    return {"type": "text", "baseline": "middle", "fontWeight": weight, **side}


def _zero(view: View, room: Frame, colours: Palette) -> list[Spec]:
    """A line at zero where marks stand on both sides of it."""
    if view.kind is ChartKind.SCATTER or not room.scale.low < 0 < room.scale.high:
        return []
    along = "x" if view.kind is ChartKind.BAR else "y"
    mark = {"type": "rule", "stroke": f"#{colours.rest}"}
    rule = layer([{"zero": 0}], mark, **{along: {"field": "zero", "type": "quantitative"}})
    rule["encoding"]["y" if along == "x" else "x"] = None
    return [rule]


def _waterfall(view: View, room: Frame, colours: Palette) -> list[Spec]:
    rows = [
        {
            "index": index,
            "value": step.low,
            "end": step.high,
            "fill": f"#{waterfall.colour(step.kind, colours)}",
            "text": waterfall.said(step, view),
        }
        for index, step in enumerate(waterfall_steps(view.chart))
    ]
    bars = layer(rows, {"type": "bar"}, fill=_as_is("fill"), y2={"field": "end"})
    tops = [row | {"value": row["end"]} for row in rows]
    mark = {"type": "text", "dy": -_LABEL_GAP, "baseline": "bottom", "fontWeight": "bold"}
    return [bars, layer(tops, mark, text=_as_is("text"))]


def _points(view: View, room: Frame, colours: Palette) -> list[Spec]:
    layers = []
    for number in range(len(view.series)):
        plain = colours.rest if view.chart.highlight else series_colour(number, colours)
        found = pairs(view, number)
        for picked, colour in ((False, plain), (True, colours.accent)):
            rows = [{"x": x, "value": y} for index, x, y in found if view.picked(index) is picked]
            mark = {"type": "point", "fill": f"#{colour}", "stroke": f"#{colours.paper}", "size": 55}
            layers.append(layer(rows, mark | {"strokeWidth": 0.75, "opacity": 0.9}))
    return [*layers, *_legend(view, room, colours)]


def _legend(view: View, room: Frame, colours: Palette) -> list[Spec]:
    """One line above the plot; Vega's own legend would take room that was not measured."""
    if not room.legend:
        return []
    layers = []
    for number, ((left, top), label) in enumerate(zip(room.legend, view.labels, strict=True)):
        place = {"x": {"value": left - room.left}, "y": {"value": top - room.top}}
        mark = {
            "type": "square",
            "size": 90,
            "fill": f"#{series_colour(number, colours)}",
            "opacity": 1,
        }
        layers.append(layer([{}], mark | {"stroke": None}, **place))
        text = {"type": "text", "align": "left", "dx": 10}
        layers.append(layer([{"text": label}], text, text=_as_is("text"), **place))
    return layers


_BY_KIND: dict[ChartKind, Callable[[View, Frame, Palette], list[Spec]]] = {
    ChartKind.LINE: _lines,
    ChartKind.COLUMN: _bars,
    ChartKind.BAR: _bars,
    ChartKind.WATERFALL: _waterfall,
    ChartKind.SCATTER: _points,
}
