"""Charts in Vega-Lite, drawn to SVG without a browser; text is measured and placed beforehand."""

from typing import Any
from xml.etree import ElementTree as Tree

import vl_convert

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks.axis_texts import axis_texts
from deckgen.export.charts.marks.layers import Spec
from deckgen.export.charts.view import View
from deckgen.export.layout.scales import Scale
from deckgen.export.layout.typefaces import LINE_SPACING
from deckgen.export.text import writable
from deckgen.export.themes.theme import Theme

_VERSION = "6.4"
_GEOMETRY = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dy", "width", "height", "viewBox")
_PAINT = ("opacity", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray")
_LETTERS = ("text-anchor", "font-size", "font-weight")
_KEPT = frozenset([*_GEOMETRY, *_PAINT, *_LETTERS])
_TAGS = frozenset(["svg", "g", "path", "line", "rect", "text", "tspan"])


def marks_of(view: View, room: Frame, theme: Theme, size: float) -> Tree.Element:
    """Returns the marks of a chart and its axes as an <svg> element as large as its frame, without
    script, style, identifier or reference in it; it is empty for a kind that is all shapes."""
    if view.kind.is_shapes:
        sides = {"width": f"{room.width:g}", "height": f"{room.height:g}"}
        return Tree.Element("svg", {"viewBox": f"0 0 {room.width:g} {room.height:g}", **sides})
    specified = _writable(specification(view, room, theme, size))
    return _cleaned(vl_convert.vegalite_to_svg(specified, vl_version=_VERSION, allowed_base_urls=[]))


def start_engine() -> None:
    """Start what draws charts, which takes longer than any of them, before one is asked for."""
    vl_convert.vegalite_to_svg({"data": {"values": []}, "mark": "bar"}, vl_version=_VERSION)


def _writable(part: Any) -> Any:
    """Without the characters that XML can't hold: one of them in a text that Vega measures ends the
    whole process (vl-convert 1.9 panics where it can't unwind)."""
    match part:
        case str():
            return writable(part)
        case list():
            return [_writable(each) for each in part]
        case dict():
            return {name: _writable(each) for name, each in part.items()}
    return part


def specification(view: View, room: Frame, theme: Theme, size: float) -> Spec:
    """Returns the chart in Vega-Lite.

    Text of the deck stands in data only, never in an axis, a title or an expression: Vega reads those
    as code (a label "if" is a syntax error there).
    """
    kind = view.kind
    marks = kind.marks(view, room, theme) if kind.marks else []
    texts = axis_texts(view, room, size, is_measured=kind.is_measured)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": room.plot_width,
        "height": room.plot_height,
        "padding": {"left": room.left, "right": room.right, "top": room.top, "bottom": room.bottom},
        "autosize": {"type": "none"},
        "encoding": _axes(room, kind),
        "layer": [*marks, *texts],
        "config": _config(theme, size),
    }


def _axes(room: Frame, kind: Kind) -> Spec:
    value = {"field": "value", **_quantitative(room.scale, grid=True)}
    if not room.axis:
        value["axis"] = None
    if kind.is_measured:
        return {"x": {"field": "x", **_quantitative(room.across)}, "y": value}
    scale: Spec = {"domain": list(range(len(room.categories)))}
    if kind.has_points:
        scale |= {"type": "point", "padding": 0 if room.is_edged else 0.5}
    else:
        scale |= {"paddingInner": 1 - room.band, "paddingOuter": (1 - room.band) / 2}
    axis = {"domain": kind.is_based and room.scale.low >= 0, "grid": False}
    category = {"field": "index", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}
    return {"y": category, "x": value} if room.is_sideways else {"x": category, "y": value}


def _quantitative(scale: Scale, *, grid: bool = False) -> Spec:
    kind: Spec = {"type": "log"} if scale.is_log else {"zero": False}
    return {
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False, **kind},
        "axis": {"values": scale.ticks, "grid": grid, "domain": not grid},
    }


def _config(theme: Theme, size: float) -> Spec:
    return {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "text": {
            "font": theme.font,
            "fontSize": size,
            "lineHeight": size * LINE_SPACING,
            "fill": f"#{theme.light.ink}",
        },
        "axis": {
            "labels": False,
            "title": None,
            "ticks": False,
            "domainColor": f"#{theme.light.rest}",
            "gridColor": f"#{theme.light.line}",
        },
    }


def _cleaned(drawn: str) -> Tree.Element:
    """Returns only shapes, text and how they look: several charts share one page."""
    root = Tree.fromstring(drawn)  # noqa: S314 - written by Vega a moment ago, not by a user
    _keep(root)
    return root


def _keep(element: Tree.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.attrib = {name: value for name, value in element.attrib.items() if name in _KEPT}
    for child in list(element):
        _keep(child)
        empty = child.tag == "path" and (
            not child.get("d") or not {"fill", "stroke"} & set(child.keys())
        )
        if child.tag not in _TAGS or empty:
            element.remove(child)
