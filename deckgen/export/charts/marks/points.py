"""Points of two measures, those that the slide is about on top, and trends behind them."""

from deckgen.domain.charts import Series, SeriesRole
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.marks.layers import Spec, layer, legend
from deckgen.export.charts.view import View, pairs
from deckgen.export.colours import of_role, of_series
from deckgen.export.themes.theme import Theme

SIZE, LARGE = 7, 10  # points across, of a mark and of one that is pointed at
_CROWD = 100  # points, of which each is smaller
_SMALL = 5


def is_trend(series: Series) -> bool:
    return series.role is SeriesRole.OTHER


def groups(view: View) -> list[int]:
    """Returns the series whose values are points."""
    return [number for number, series in enumerate(view.series) if not is_trend(series)]


def trends(view: View) -> list[int]:
    found = [number for number, series in enumerate(view.series) if is_trend(series)]
    return [number for number in found if pairs(view, number)]


def size(view: View) -> int:
    return SIZE if len(view.categories) < _CROWD else _SMALL


def marks(view: View, room: Frame, theme: Theme) -> list[Spec]:
    colours = theme.light
    layers = [_trend(view, number, f"#{colours.muted}") for number in trends(view)]
    shown = groups(view)
    for place, number in enumerate(shown):
        plain = "rest" if view.chart.highlight else of_series(place)
        found = pairs(view, number)
        for picked, colour in ((False, plain), (True, "accent")):
            rows = [{"x": x, "value": y} for index, x, y in found if view.picked(index) is picked]
            wide = LARGE if picked else size(view)
            mark: Spec = {
                "type": "point",
                "fill": f"#{of_role(colour, colours)}",
                "stroke": f"#{colours.paper}",
            }
            mark |= {"size": wide**2, "strokeWidth": 0.75, "opacity": 0.9}
            layers.append(layer(rows, mark))
    return [*layers, *legend(view.only(*shown), room, colours)]


def _trend(view: View, number: int, colour: str) -> Spec:
    rows = [{"x": x, "value": y} for _, x, y in sorted(pairs(view, number), key=lambda each: each[1])]
    return layer(rows, {"type": "line", "stroke": colour, "strokeWidth": 1.5, "strokeDash": [4, 3]})
