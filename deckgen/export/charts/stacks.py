"""Parts over one another: where each begins and ends, its colour, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from deckgen.domain.charts import SeriesRole
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View
from deckgen.export.colours import HALF, pale
from deckgen.export.scene.setting import Plain

_TINTS = ("accent", "ramp2", "ramp1", "rest", "line")


@dataclass(frozen=True)
class Piece:
    """What a series adds to a category, between two heights."""

    series: int
    index: int
    low: float
    high: float


def pieces(view: View) -> list[Piece]:
    """Returns the pieces from the bottom up; what is missing or negative has none."""
    found = []
    reached = [0.0] * len(view.categories)
    for number, series in enumerate(view.series):
        for index, value in enumerate(series.values):
            if value is not None and value > 0:
                found.append(Piece(number, index, reached[index], reached[index] + value))
                reached[index] += value
    return found


def reached(view: View) -> list[float]:
    """Returns how high each category is."""
    tops = [0.0] * len(view.categories)
    for piece in pieces(view):
        tops[piece.index] = piece.high
    return tops


def tint(view: View, number: int, index: int | None = None) -> str:
    """Returns the role of a part's colour: of a slide about one, that wears the accent and the others
    grey; in a period that is not complete it is pale."""
    tint = _tint(view, number)
    return pale(tint, HALF) if index in view.chart.partial else tint


def _tint(view: View, number: int) -> str:
    if view.series[number].role is SeriesRole.OTHER:
        return "line"
    if not view.chart.focus:
        return _TINTS[min(number, len(_TINTS) - 1)]
    return view.tint(number)


def has_room(piece: Piece, view: View, room: Frame) -> bool:
    """True if a piece can hold its value."""
    high = room.at(piece.low) - room.at(piece.high)
    wide = view.face.width(view.said(piece.series, piece.index), room.size)
    return high >= room.size * 1.3 and wide + 4 <= room.slot * room.band


def ends(view: View, names: Sequence[str]) -> list[End]:
    """Returns the names of the parts, each beside its piece of the last category."""
    last = [piece for piece in pieces(view) if piece.index == len(view.categories) - 1]
    return [
        End(
            (piece.low + piece.high) / 2,
            Plain(names[piece.series]),
            "ink" if piece.series in view.chart.focus else "muted",
            bold=piece.series in view.chart.focus,
        )
        for piece in last
    ]
