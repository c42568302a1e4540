"""The inside of a chart: how much room axes, labels and legend take, in points."""

from dataclasses import dataclass, replace

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import display
from deckgen.export import charts
from deckgen.export.charts import View
from deckgen.export.formats import tick_labels
from deckgen.export.measure import height, width, wrap, POINTS_PER_INCH
from deckgen.export.scales import Scale, nice

_LEGEND = 20  # one line of it
LEGEND_KEY = 16
_TOP = 8
_PAD = 10  # between labels and marks


@dataclass(frozen=True)
class Frame:
    """A chart of `width` by `height`, whose plot area is inset by the four margins."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    scale: Scale  # of the values
    across: Scale  # of a scatter's x values
    axis: bool  # whether the value axis is drawn
    legend: list[tuple[float, float]]  # where each series' entry begins; empty without a legend
    named_ends: bool  # whether lines are named where they end
    tick_every: int
    categories: list[str]

    def labelled(self, view: View, series: int) -> list[int]:
        """Which points say their value: none where the ends of several lines would collide."""
        crowded = view.kind is ChartKind.LINE and len(view.series) > 1 and not self.named_ends
        return [] if crowded else view.labelled_points(series)

    @property
    def plot_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        return self.height - self.top - self.bottom


def frame(view: View, size: float, chart_width: float, chart_height: float) -> Frame:
    """The frame for a chart whose text is `size` points; all lengths in points."""
    bare = Frame(
        width=chart_width,
        height=chart_height,
        left=_PAD,
        right=_PAD,
        top=_TOP,
        bottom=height(1, size) * POINTS_PER_INCH + _PAD,
        scale=view.scale,
        across=nice(_across(view), zero=False),
        axis=not view.labels_every_value,
        legend=[],
        named_ends=False,
        tick_every=1,
        categories=view.categories,
    )
    return _BY_KIND.get(view.kind, _over_time)(bare, view, size)


def _across(view: View) -> list[float]:
    return [float(x) for x in view.chart.categories if isinstance(x, float | int)]


def _axis_width(view: View, size: float) -> float:
    return max(width(label, size) for label in tick_labels(view.scale.ticks, view.unit)) + _PAD


def _bars(bare: Frame, view: View, size: float) -> Frame:
    most = bare.width * 0.34
    categories = charts.short_categories(view, size, most)
    left = max(width(line, size) for label in categories for line in wrap(label, size, most)) + _PAD
    framed = replace(bare, left=left, bottom=_TOP, axis=False, categories=categories)
    framed = _with_legend(framed, view, size) if len(view.series) > 1 else framed
    return replace(framed, scale=_with_room(view, framed.plot_width, _widest_label(view, size) + _PAD))


def _over_time(bare: Frame, view: View, size: float) -> Frame:
    named = view.kind is ChartKind.LINE and len(view.series) > 1
    named = named and charts.ends_apart(view, bare.height - bare.bottom, size)
    framed = replace(
        bare,
        left=_axis_width(view, size) if bare.axis else _PAD,
        right=_end_width(view, size, bare.width) if named else _PAD,
        named_ends=named,
    )
    if len(view.series) > 1 and not named:
        framed = _with_legend(framed, view, size)
    elif view.kind is ChartKind.LINE and not named:
        framed = replace(framed, right=_widest_label(view, size) / 2 + _PAD)
    framed = replace(framed, tick_every=charts.tick_every(view, framed.plot_width, size))
    if framed.axis:
        return framed
    label = height(1, size) * POINTS_PER_INCH + 4
    return replace(framed, scale=_with_room(view, framed.plot_height, label))


def _with_legend(framed: Frame, view: View, size: float) -> Frame:
    """Entries from left to right above the plot, in as many lines as they need."""
    left, line, entries = _PAD, 0, []
    for label in view.labels:
        wide = LEGEND_KEY + width(label, size) + 2 * _PAD
        if left > _PAD and left + wide > framed.width:
            left, line = _PAD, line + 1
        entries.append((left, (line + 0.5) * _LEGEND))
        left += wide
    return replace(framed, legend=entries, top=(line + 1) * _LEGEND + _TOP)


def _waterfall(bare: Frame, view: View, size: float) -> Frame:
    slot = bare.width / max(1, len(view.categories))
    categories = charts.short_categories(view, size, slot - 6)
    lines = max(len(wrap(label, size, slot - 6)) for label in categories)
    framed = replace(bare, categories=categories, axis=False)
    framed = replace(framed, bottom=height(lines, size) * POINTS_PER_INCH + _PAD)
    label = height(1, size) * POINTS_PER_INCH + 6
    return replace(framed, scale=_with_room(view, framed.plot_height, label))


def _scatter(bare: Frame, view: View, size: float) -> Frame:
    line = height(1, size) * POINTS_PER_INCH
    return replace(
        bare, axis=True, left=_axis_width(view, size) + line, bottom=2 * line + _PAD, right=2 * _PAD
    )


_BY_KIND = {
    ChartKind.BAR: _bars,
    ChartKind.WATERFALL: _waterfall,
    ChartKind.SCATTER: _scatter,
}


def _widest_label(view: View, size: float) -> float:
    said = (display(value, series.unit) for series in view.series for value in series.values)
    return max((width(text, size, bold=True) for text in said), default=0)


def _end_width(view: View, size: float, chart_width: float) -> float:
    longest = max(width(f"{label} ", size, bold=True) for label in view.labels)
    return min(longest + _widest_label(view, size), chart_width * 0.4) + _PAD


def _with_room(view: View, room: float, label: float) -> Scale:
    """A scale that ends where the marks do, but for labels outside of them."""
    values = charts.reached(view.chart)
    low, high = min(0.0, *values), max(0.0, *values)
    sides = (low < 0) + (high > 0)
    span = (high - low) or 1.0
    spare = span * label / max(room - sides * label, room / 4)
    return Scale(low - spare if low < 0 else low, high + spare if high > 0 or not low else high, span)
