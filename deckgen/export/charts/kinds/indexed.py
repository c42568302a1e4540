"""Several courses from a common start of 100: how far each has come, whatever its size."""

from collections.abc import Iterable

from deckgen.domain.charts import ChartKind
from deckgen.export.charts.derived import indexed, lacks_start
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.line import ends, frame
from deckgen.export.charts.marks import lines
from deckgen.export.charts.view import View
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.scene.elements import Element, Rule
from deckgen.export.themes.theme import Theme

_START = 100.0


def _around(view: View) -> Scale:
    return nice([_START, *view.reached], zero=False, ticks=6)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the level of the start: above it is growth."""
    level = room.at(_START)
    yield Rule((room.left, level), (room.plot_right, level), "muted", 1)


KIND = Kind(
    frame=frame,
    marks=lines.marks,
    native="lines",
    shapes=_shapes,
    ends=ends,
    scale=_around,
    lacks=lacks_start,
    fallback=ChartKind.LINE,
    derived=indexed,
    has_points=True,
    partial="dashed",
    points_at=("difference", "band", "callout", "event"),  # the deck's values lie elsewhere
)
