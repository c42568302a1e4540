"""Actual against plan: which series is which, the differences, and where these stand."""

from dataclasses import dataclass

from deckgen.domain.charts import Chart, SeriesRole
from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts.frame import LABEL_GAP, Frame
from deckgen.export.charts.view import View

THICK = 0.5  # of the room of a group: its bar
_BEFORE = 22  # between the plot and the differences
_BARS = (40.0, 110.0)  # the width of the longest difference, within bounds
_SHARE = 0.17  # of the chart's width
_NARROW = 420  # points: a chart that says the differences, and draws no bars for them


@dataclass(frozen=True)
class Difference:
    index: int
    value: float
    said: str
    share: str  # of the plan, in per cent; empty where the plan is nothing

    @property
    def tone(self) -> str:
        return "contrast" if self.value < 0 else "accent"


@dataclass(frozen=True)
class Column:
    """Where the differences stand, in points from the chart's left edge."""

    axis: float
    bars: float  # the length of the largest difference
    right: float  # where the per cent ends


def plan_of(chart: Chart) -> int | None:
    """Returns the number of the series that the others are held against."""
    roles = [series.role for series in chart.series]
    found = (roles.index(role) for role in (SeriesRole.PLAN, SeriesRole.PRIOR) if role in roles)
    return next(found, None)


def actual_of(chart: Chart) -> int:
    return next((n for n, series in enumerate(chart.series) if series.role is SeriesRole.ACTUAL), 0)


def differences(view: View) -> list[Difference]:
    """Returns how far each group is from its plan, where both are known."""
    plan = plan_of(view.chart)
    if plan is None:
        return []
    actual = actual_of(view.chart)
    both = zip(view.series[actual].values, view.series[plan].values, strict=True)
    return [
        Difference(
            index,
            one - other,
            view.say(one - other, view.unit, signed=True),
            view.say((one - other) / other, PERCENT, signed=True) if other else "",
        )
        for index, (one, other) in enumerate(both)
        if one is not None and other is not None
    ]


@dataclass(frozen=True)
class _Room:
    """What the differences take: the largest bar, all to the left and to the right of their axis with
    their words, and the per cent."""

    bars: float
    below: float
    above: float
    share: float


def _room(view: View, size: float, chart_width: float) -> _Room:
    found = differences(view)
    wide = {each.index: view.face.width(each.said, size, bold=True) for each in found}
    if chart_width < _NARROW:
        return _Room(0.0, max(wide.values(), default=0), 0.0, 0.0)
    share = max((view.face.width(each.share, size) for each in found), default=0)
    low = max((-each.value for each in found), default=0)
    high = max((each.value for each in found), default=0)
    largest = max(low, high) or 1
    bars = min(max(chart_width * _SHARE, _BARS[0]), _BARS[1])
    bars *= largest / (max(low, 0) + max(high, 0) or 1)
    reach = {
        is_below: max(
            (
                bars * abs(each.value) / largest + LABEL_GAP + wide[each.index]
                for each in found
                if (each.value < 0) is is_below
            ),
            default=0.0,
        )
        for is_below in (True, False)
    }
    return _Room(bars, reach[True], reach[False], LABEL_GAP + share)


def room_for(view: View, size: float, chart_width: float) -> float:
    """Returns the width of the differences, with the gap before them."""
    room = _room(view, size, chart_width)
    return _BEFORE + room.below + room.above + room.share + 2


def column(view: View, framed: Frame) -> Column:
    room = _room(view, framed.size, framed.width - framed.beside)
    axis = framed.plot_right + _BEFORE + room.below
    return Column(axis, room.bars, axis + room.above + room.share)
