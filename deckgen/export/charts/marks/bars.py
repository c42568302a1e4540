"""Bars and columns, with a label beyond the end of each."""

from deckgen.domain.charts import SeriesRole
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import LABEL_GAP, Spec, as_is, layer, legend, zero
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role, of_series, pale
from deckgen.export.themes.theme import Palette, Theme


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    fills = colours_of(view)
    rows = [
        _bar(view, number, index, float(value), fills[number], colours)
        for number, series in enumerate(view.series)
        for index, value in enumerate(series.values)
        if value is not None
    ]
    across = "y" if room.is_sideways else "x"
    offset: Spec = {}
    if len(view.series) > 1:
        offset = {
            f"{across}Offset": {"field": "series", "type": "ordinal", "scale": {"paddingInner": 0.1}}
        }
    bars = layer(
        rows,
        {"type": "bar", "strokeWidth": 1.25},
        fill=as_is("fill"),
        stroke=as_is("stroke"),
        strokeDash={"field": "dash", "type": "nominal", "scale": None},
        **offset,
    )
    labelled = [row for row in rows if row["index"] in room.labelled[row["series"]]]
    return [
        bars,
        *_value_labels(labelled, room, offset),
        *legend(view, room, colours, [_filled(view, n, fill) for n, fill in enumerate(fills)]),
        *zero(room, colours),
    ]


def colours_of(view: View) -> list[str]:
    """Returns the colour of each series: what it is about, and grey for what it is compared with."""
    numbers = range(len(view.series))
    if len(view.series) <= 2 or any(series.role is not SeriesRole.ACTUAL for series in view.series):
        return [view.tint(number) for number in numbers]
    return [of_series(number) for number in numbers]


def is_hollow(view: View, number: int) -> bool:
    """Whether bars are outlines: what was planned has not happened."""
    return len(view.series) > 1 and view.series[number].role is SeriesRole.PLAN


def _filled(view: View, number: int, colour: str) -> str:
    return pale(colour) if is_hollow(view, number) else colour


def _bar(view: View, number: int, index: int, value: float, colour: str, colours: Palette) -> Spec:
    if len(view.series) == 1:
        colour = "accent" if view.emphasised(index) else "rest"
    partial = index in view.chart.partial
    is_outline = partial or is_hollow(view, number)
    fill = pale(colour) if is_outline else colour
    return {
        "index": index,
        "series": number,
        "value": value,
        "fill": f"#{of_role(fill, colours)}",
        "stroke": f"#{of_role(colour, colours)}" if is_outline else None,
        "dash": [4, 3] if partial else [1, 0],
        "text": view.said(number, index),
        "weight": "bold" if view.picked(index) else "normal",
    }


def _value_labels(rows: list[Spec], room: Frame, offset: Spec) -> list[Spec]:
    """Beyond the end of each bar; one layer for either side of zero, and for each weight."""
    found = []
    for below in (False, True):
        for weight in ("normal", "bold"):
            chosen = [row for row in rows if (row["value"] < 0) is below and row["weight"] == weight]
            if chosen:
                mark = {"type": "text", "fontWeight": weight, **_beyond(room, below)}
                found.append(layer(chosen, mark, text=as_is("text"), **offset))
    return found


def _beyond(room: Frame, below: bool) -> Spec:
    if room.is_sideways:
        return {
            "align": "right" if below else "left",
            "dx": -LABEL_GAP if below else LABEL_GAP,
            "baseline": "middle",
        }
    return {
        "align": "center",
        "baseline": "top" if below else "bottom",
        "dy": LABEL_GAP if below else -LABEL_GAP,
    }
