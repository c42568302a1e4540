"""The inside of a chart: how much room axes, labels and legend take, in points."""

from dataclasses import dataclass, replace

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import display
from deckgen.export import charts
from deckgen.export.charts import View
from deckgen.export.formats import tick_labels
from deckgen.export.measure import height, width, wrap, POINTS_PER_INCH
from deckgen.export.scales import Scale, nice

_LEGEND = 26
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
    legend: bool
    named_ends: bool  # whether lines are named where they end
    tick_every: int
    categories: list[str]

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
        legend=False,
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
    legend = len(view.series) > 1
    framed = replace(bare, left=left, bottom=_TOP, axis=False, categories=categories, legend=legend)
    framed = replace(framed, top=_LEGEND if legend else _TOP)
    return replace(framed, scale=_with_room(view, framed.plot_width, _widest_label(view, size) + _PAD))


def _over_time(bare: Frame, view: View, size: float) -> Frame:
    named = view.kind is ChartKind.LINE and len(view.series) > 1
    named = named and charts.ends_apart(view, bare.height - bare.bottom, size)
    legend = len(view.series) > 1 and not named
    framed = replace(
        bare,
        left=_axis_width(view, size) if bare.axis else _PAD,
        right=_end_width(view, size, bare.width) if named else _PAD,
        top=_LEGEND if legend else _TOP,
        legend=legend,
        named_ends=named,
    )
    if view.kind is ChartKind.LINE and not named:
        framed = replace(framed, right=_widest_label(view, size) / 2 + _PAD)
    framed = replace(framed, tick_every=charts.tick_every(view, framed.plot_width, size))
    if framed.axis:
        return framed
    label = height(1, size) * POINTS_PER_INCH + 4
    return replace(framed, scale=_with_room(view, framed.plot_height, label))


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
