"""Charts of the page: Vega-Lite, rendered to SVG without a browser.

Text is measured and placed by the same rules as in PowerPoint. Colours are the light theme's; the
page's style sheet turns them into the dark theme's by their values.
"""

from typing import Any
from xml.etree import ElementTree as Tree

import vl_convert

from deckgen.domain.decks import ChartKind
from deckgen.export.charts.frame import Frame, frame
from deckgen.export.charts.view import View
from deckgen.export.html.axis_texts import SIZE, axis_texts
from deckgen.export.html.layers import marks
from deckgen.export.layout.scales import Scale
from deckgen.export.text import writable
from deckgen.export.themes import Theme

Spec = dict[str, Any]
_VERSION = "6.4"
_GEOMETRY = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dy", "width", "height", "viewBox")
_PAINT = ("opacity", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray")
_LETTERS = ("text-anchor", "font-family", "font-size", "font-weight")
_KEPT = frozenset([*_GEOMETRY, *_PAINT, *_LETTERS])
_TAGS = frozenset(["svg", "g", "path", "line", "rect", "text", "tspan"])


def svg(view: View, theme: Theme, width: float, height: float) -> str:
    """The chart as an <svg> element of `width` by `height` CSS pixels, without script, style,
    identifier or reference in it; its alternative text is the caller's to give."""
    room = frame(view, SIZE, width, height)
    specified = _writable(specification(view, room, theme))
    return _cleaned(vl_convert.vegalite_to_svg(specified, vl_version=_VERSION, allowed_base_urls=[]))


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


def specification(view: View, room: Frame, theme: Theme) -> Spec:
    """The chart in Vega-Lite. Text of the deck stands in data only, never in an axis, a title or an
    expression: Vega reads those as code (a label "if" is a syntax error there)."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": room.plot_width,
        "height": room.plot_height,
        "padding": {"left": room.left, "right": room.right, "top": room.top, "bottom": room.bottom},
        "autosize": {"type": "none"},
        "encoding": _axes(view, room),
        "layer": [*marks(view, room, theme), *axis_texts(view, room)],
        "config": _config(theme),
    }


def _axes(view: View, room: Frame) -> Spec:
    value = {"field": "value", **_quantitative(room.scale, grid=True)}
    if not room.axis:
        value["axis"] = None
    if view.kind is ChartKind.SCATTER:
        return {"x": {"field": "x", **_quantitative(room.across)}, "y": value}
    scale: Spec = {"domain": list(range(len(room.categories)))}
    if view.kind is ChartKind.LINE:
        scale |= {"type": "point", "padding": 0.5}
    else:
        scale |= {"paddingInner": 0.3, "paddingOuter": 0.15}
    axis = {"domain": view.scale.low >= 0, "grid": False}
    category = {"field": "index", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}
    return {"y": category, "x": value} if view.kind is ChartKind.BAR else {"x": category, "y": value}


def _quantitative(scale: Scale, *, grid: bool = False) -> Spec:
    return {
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
        "axis": {"values": scale.ticks, "grid": grid, "domain": not grid},
    }


def _config(theme: Theme) -> Spec:
    return {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "text": {"font": theme.font, "fontSize": SIZE, "fill": f"#{theme.light.ink}"},
        "axis": {
            "labels": False,
            "title": None,
            "ticks": False,
            "domainColor": f"#{theme.light.rest}",
            "gridColor": f"#{theme.light.line}",
        },
    }


def _cleaned(drawn: str) -> str:
    """Only shapes, text and how they look: several charts share one page."""
    root = Tree.fromstring(drawn)  # noqa: S314 - written by Vega a moment ago, not by a user
    _keep(root)
    root.attrib.pop("width")
    root.attrib.pop("height")
    root.set("aria-hidden", "true")
    return Tree.tostring(root, encoding="unicode")


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
