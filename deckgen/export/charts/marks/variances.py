"""Bars of what was reached over pale ones of what was planned."""

from deckgen.export.charts import against
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import LABEL_GAP, Spec, as_is, layer
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    plan, actual = against.plan_of(view.chart), against.actual_of(view.chart)
    thick = {"band": against.THICK / room.band}  # of what the axis leaves for a bar
    layers = []
    for number, colour in ((plan, colours.line), (actual, colours.accent)):
        rows = [
            {"index": index, "value": value, "text": view.said(number, index)}
            for index, value in enumerate(view.series[number or 0].values)
            if value is not None and number is not None
        ]
        layers.append(layer(rows, {"type": "bar", "fill": f"#{colour}", "height": thick}))
    inside = [{**row, "value": 0} for row in rows if row["index"] in room.labelled[actual]]
    looks = {"fontWeight": "bold", "fill": f"#{colours.paper}", "align": "left"}
    text = {"type": "text", "baseline": "middle", "dx": LABEL_GAP, **looks}
    return [*layers, layer(inside, text, text=as_is("text"))]
