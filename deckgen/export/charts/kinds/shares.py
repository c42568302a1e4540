"""Parts of a whole in per cent, each named beside its piece of the last column."""

from dataclasses import replace

from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.export.charts import stacks
from deckgen.export.charts.derived import as_shares, lacks_parts
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import Frame, with_category_labels
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.stacked import within
from deckgen.export.charts.marks import stacked
from deckgen.export.charts.view import View
from deckgen.export.layout.scales import Scale

_POINTS = Unit(format=ValueFormat.POINTS)


def _whole(view: View) -> Scale:
    top = max(1.0, *stacks.reached(view))
    return Scale(0.0, top, top / 4)  # shares of more than a whole would have ticks without end


def _frame(bare: Frame, view: View, size: float) -> Frame:
    framed = with_category_labels(replace(bare, axis=False), view, size)
    return within(framed, view)


def _ends(view: View) -> list[End]:
    """Returns the names of the parts; those over time say how far they have moved since the first."""
    return stacks.ends(view, [f"{label}{_moved(view, n)}" for n, label in enumerate(view.labels)])


def _moved(view: View, number: int) -> str:
    values = view.series[number].values
    first, last = values[0], values[-1]
    is_over_time = view.chart.category_unit.format is ValueFormat.PERIOD
    if not is_over_time or len(values) < 2 or first is None or last is None:
        return ""
    return f" {view.say(last - first, _POINTS, signed=True)}"


KIND = Kind(
    frame=_frame,
    marks=stacked.marks,
    native="stacked",
    ends=_ends,
    scale=_whole,
    lacks=lacks_parts,
    derived=as_shares,
    is_stacked=True,
    partial="lighter",
    points_at=("difference", "band", "callout", "event"),  # the deck's values lie elsewhere
)
