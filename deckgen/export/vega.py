"""Charts of the page: Vega-Lite, rendered to SVG without a browser.

Text is measured and placed by the same rules as in PowerPoint. Colours are the light theme's; the
page's style sheet turns them into the dark theme's by their values.
"""

import json
from typing import Any
from xml.etree import ElementTree as Tree

import vl_convert

from deckgen.domain.decks import ChartKind
from deckgen.export.charts import View
from deckgen.export.formats import tick_labels
from deckgen.export.measure import wrap
from deckgen.export.plots import LABEL_GAP, Frame, frame
from deckgen.export.scales import Scale
from deckgen.export.themes import Theme
from deckgen.export.vega_marks import marks

Spec = dict[str, Any]
SIZE = 13  # of text, in CSS pixels
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
    drawn = vl_convert.vegalite_to_svg(
        specification(view, room, theme), vl_version=_VERSION, allowed_base_urls=[]
    )
    return _cleaned(drawn)


def specification(view: View, room: Frame, theme: Theme) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": room.plot_width,
        "height": room.plot_height,
        "padding": {"left": room.left, "right": room.right, "top": room.top, "bottom": room.bottom},
        "autosize": {"type": "none"},
        "encoding": _axes(view, room),
        "layer": marks(view, room, theme),
        "config": _config(theme),
    }


def _axes(view: View, room: Frame) -> Spec:
    value = _value_axis(view, room)
    if view.kind is ChartKind.SCATTER:
        across = _quantitative(room.across, tick_labels(room.across.ticks, view.chart.category_unit))
        across["axis"].update(title=view.category_label, grid=False)
        value["axis"].update(title=view.labels[0], titleX=1.5 * SIZE - room.left)
        return {"x": {"field": "x", **across}, "y": {"field": "value", **value}}
    scale: Spec = {"domain": list(range(len(room.categories)))}
    if view.kind is ChartKind.LINE:
        scale |= {"type": "point", "padding": 0.5}
    else:
        scale |= {"paddingInner": 0.3, "paddingOuter": 0.15}
    axis = _category_axis(view, room)
    category = {"field": "index", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}
    along, across_ = ("y", "x") if view.kind is ChartKind.BAR else ("x", "y")
    return {along: category, across_: {"field": "value", **value}}


def _value_axis(view: View, room: Frame) -> Spec:
    if not room.axis:
        return {"type": "quantitative", "scale": _domain(room.scale), "axis": None}
    return _quantitative(room.scale, tick_labels(room.scale.ticks, view.unit))


def _quantitative(scale: Scale, texts: list[str]) -> Spec:
    axis = {
        "values": scale.ticks,
        "labelExpr": _chosen(texts, f"round((datum.value - {scale.low}) / {scale.step})"),
        "domain": False,
        "title": None,
    }
    return {"type": "quantitative", "scale": _domain(scale), "axis": axis}


def _domain(scale: Scale) -> Spec:
    return {"domain": [scale.low, scale.high], "nice": False, "zero": False}


def _category_axis(view: View, room: Frame) -> Spec:
    slot = room.left - LABEL_GAP + 0.1 if view.kind is ChartKind.BAR else room.slot - 4
    texts = [wrap(label, SIZE, slot) if room.tick_every == 1 else label for label in room.categories]
    return {
        "values": list(range(0, len(texts), room.tick_every)),
        "labelExpr": _chosen(texts, "datum.value"),
        "labelAngle": 0,
        "labelBaseline": "middle" if view.kind is ChartKind.BAR else "top",
        "labelOverlap": False,
        "title": None,
        "domain": view.scale.low >= 0,
        "grid": False,
    }


def _chosen(texts: list[Any], index: str) -> str:
    """A Vega expression for the text at `index`. JSON is within Vega's expressions; texts hold data."""
    return f"{json.dumps(texts)}[{index}]"


def _config(theme: Theme) -> Spec:
    ink, text = f"#{theme.light.ink}", {"Font": theme.font, "FontSize": SIZE}
    return {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "text": {"font": theme.font, "fontSize": SIZE, "fill": ink},
        "axis": {
            **{f"{part}{name}": value for part in ("label", "title") for name, value in text.items()},
            "labelColor": ink,
            "titleColor": ink,
            "titleFontWeight": "normal",
            "labelLimit": 0,
            "labelPadding": 6,
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
