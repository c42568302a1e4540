"""Parts of a whole in per cent, each named beside its piece of the last column."""

from dataclasses import replace

from deckgen.export.charts import stacks
from deckgen.export.charts.derived import as_shares, lacks_parts
from deckgen.export.charts.frame import Frame, with_category_labels
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds.stacked import within
from deckgen.export.charts.marks import stacked
from deckgen.export.charts.view import View
from deckgen.export.layout.scales import Scale


def _whole(view: View) -> Scale:
    top = max(1.0, *stacks.reached(view))
    return Scale(0.0, top, top / 4)  # shares of more than a whole would have ticks without end


def _frame(bare: Frame, view: View, size: float) -> Frame:
    framed = with_category_labels(replace(bare, axis=False), view, size)
    return within(framed, view)


KIND = Kind(
    frame=_frame,
    marks=stacked.marks,
    native="stacked",
    ends=stacks.ends,
    scale=_whole,
    lacks=lacks_parts,
    derived=as_shares,
    partial="lighter",
    points_at=("difference", "band", "callout", "event"),  # the deck's values lie elsewhere
)
