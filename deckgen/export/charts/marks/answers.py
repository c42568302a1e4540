"""Answers of a scale, side by side, each with its share."""

from deckgen.export.charts import scales
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import Spec, as_is, layer, legend
from deckgen.export.charts.view import View
from deckgen.export.colours import from_bad_to_good, of_role, readable_on
from deckgen.export.themes.theme import Theme


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    fills = from_bad_to_good(len(view.series))
    bars, texts = [], []
    for part in scales.parts(view):
        place = {"index": part.index, "value": part.start, "end": part.end}
        bars.append(place | {"fill": f"#{of_role(fills[part.series], colours)}"})
        if part.index in room.labelled[part.series]:
            text = of_role(readable_on(fills[part.series], colours), colours)
            middle = {"index": part.index, "value": (part.start + part.end) / 2}
            said = view.said(part.series, part.index)
            texts.append(middle | {"text": said, "fill": f"#{text}"})
    return [
        layer(bars, {"type": "bar"}, fill=as_is("fill"), x2={"field": "end"}),
        layer(
            texts,
            {"type": "text", "align": "center", "baseline": "middle"},
            text=as_is("text"),
            fill=as_is("fill"),
        ),
        *legend(view, room, colours, fills),
    ]
