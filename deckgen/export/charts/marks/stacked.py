"""Columns of pieces, each with its value where that has room."""

from deckgen.export.charts import stacks
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import Spec, as_is, layer
from deckgen.export.charts.view import View
from deckgen.export.colours import of_role, readable_on
from deckgen.export.themes.theme import Theme


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    rows: list[Spec] = []
    for piece in stacks.pieces(view):
        tint = stacks.tint(view, piece.series, piece.index)
        rows.append(
            {
                "index": piece.index,
                "value": piece.low,
                "end": piece.high,
                "middle": (piece.low + piece.high) / 2,
                "fill": f"#{of_role(tint, colours)}",
                "ink": f"#{of_role(readable_on(tint, colours), colours)}",
                "text": view.said(piece.series, piece.index),
                "labelled": piece.index in room.labelled[piece.series],
            }
        )
    bar = {"type": "bar", "stroke": f"#{colours.paper}", "strokeWidth": 1}
    texts = [{**row, "value": row["middle"]} for row in rows if row["labelled"]]
    return [
        layer(rows, bar, fill=as_is("fill"), y2={"field": "end"}),
        layer(texts, {"type": "text", "baseline": "middle"}, text=as_is("text"), fill=as_is("ink")),
    ]
