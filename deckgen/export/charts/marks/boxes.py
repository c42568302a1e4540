"""The middle halves of distributions, from the lower quartile to the upper one."""

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import Spec, as_is, layer
from deckgen.export.charts.view import View
from deckgen.export.themes.theme import Theme

BAND = 0.45  # of the room of a group


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    lower, upper = view.series[1].values, view.series[3].values
    rows = [
        {
            "index": index,
            "value": lower[index],
            "end": upper[index],
            "fill": f"#{colours.accent if view.emphasised(index) else colours.rest}",
        }
        for index in range(len(view.categories))
    ]
    mark = {"type": "bar", "height": room.slot * BAND}
    return [layer(rows, mark, fill=as_is("fill"), x2={"field": "end"})]
