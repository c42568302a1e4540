"""The inside of a chart: how much room axes, labels and legend take, in points."""

from dataclasses import dataclass, replace
from itertools import pairwise

from deckgen.domain.decks import ChartKind
from deckgen.domain.facts import words as words_of
from deckgen.export.charts.view import View, last_values, reached, short_categories, ticks_every
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.text_metrics import POINTS_PER_INCH, height, width, wrap

_LEGEND = 20  # one line of it
LEGEND_KEY = 16
_TOP = 8
LABEL_GAP = 10  # between labels and marks
_PAD = LABEL_GAP


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
    labelled: list[list[int]]  # for each series, the points that say their value
    tick_every: int
    categories: list[str]

    @property
    def plot_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def slot(self) -> float:
        """What each category has, where categories stand side by side."""
        return self.plot_width / max(1, len(self.categories))

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
        axis=True,
        legend=[],
        named_ends=False,
        labelled=[_present(series.values) for series in view.series],
        tick_every=1,
        categories=view.categories,
    )
    return _BY_KIND[view.kind](bare, view, size)


def _across(view: View) -> list[float]:
    return [float(x) for x in view.chart.categories if isinstance(x, float | int)]


def _axis_width(view: View, size: float) -> float:
    return (
        max(width(label, size) for label in tick_labels(view.scale.ticks, view.unit, view.formatter))
        + _PAD
    )


def _present(values: list[float | int | None]) -> list[int]:
    return [index for index, value in enumerate(values) if value is not None]


def _bars(bare: Frame, view: View, size: float) -> Frame:
    framed = replace(bare, bottom=_TOP, axis=False)
    framed = _with_legend(framed, view, size) if len(view.series) > 1 else framed
    slot = framed.plot_height / max(1, len(view.categories))
    lines = 2 if slot > height(2, size) * POINTS_PER_INCH + 2 else 1
    most = bare.width * 0.36
    categories = short_categories(view, size, most, lines)
    left = max(
        (width(line, size) for label in categories for line in wrap(label, size, most)), default=0
    )
    framed = replace(framed, left=left + _PAD, categories=categories)
    return replace(framed, scale=_with_room(view, framed.plot_width, _widest_label(view, size) + _PAD))


def _columns(bare: Frame, view: View, size: float) -> Frame:
    """Each column says its value if there is room for that; otherwise there is an axis."""
    framed = _with_legend(bare, view, size) if len(view.series) > 1 else bare
    if len(view.series) == 1 and _widest_label(view, size) + 4 <= framed.slot:
        framed = _with_category_labels(replace(framed, axis=False), view, size)
        label = height(1, size) * POINTS_PER_INCH + 4
        return replace(framed, scale=_with_room(view, framed.plot_height, label))
    framed = replace(framed, left=_axis_width(view, size))
    framed = replace(
        framed, labelled=[_peaks(view, number, framed, size) for number in range(len(view.series))]
    )
    return _with_category_labels(framed, view, size)


def _peaks(view: View, number: int, framed: Frame, size: float) -> list[int]:
    """The columns that the slide is about, where no neighbour stands in the way of a label."""
    if len(view.series) > 1:
        return []
    values = [value or 0 for value in view.series[number].values]
    clear = [
        index
        for index in view.chart.highlight
        if index < len(values)
        and abs(values[index]) >= max(map(abs, values[max(0, index - 1) : index + 2]))
    ]
    return _apart(clear, view, framed, size)


def _apart(indexes: list[int], view: View, framed: Frame, size: float) -> list[int]:
    """Of these points, the last ones whose labels do not touch."""
    kept: list[int] = []
    for index in sorted(set(indexes), reverse=True):
        if not kept or (kept[-1] - index) * framed.slot >= _widest_label(view, size) + 4:
            kept.append(index)
    return kept[::-1]


def _with_category_labels(framed: Frame, view: View, size: float) -> Frame:
    """Labels on two lines where all of them fit so, otherwise on one line, and not all."""
    slot = framed.slot - 6
    lines = max((len(wrap(label, size, slot)) for label in view.categories), default=1)
    words = max((width(word, size) for label in view.categories for word in words_of(label)), default=0)
    if lines <= 2 and words <= slot:
        return replace(framed, bottom=height(lines, size) * POINTS_PER_INCH + _PAD)
    return replace(framed, tick_every=ticks_every(view, framed.plot_width, size))


def _lines(bare: Frame, view: View, size: float) -> Frame:
    framed = replace(bare, left=_axis_width(view, size))
    if len(view.series) > 1 and _ends_apart(view, bare.plot_height, size):
        ends = [_present(series.values)[-1:] for series in view.series]
        framed = replace(
            framed, right=_end_width(view, size, bare.width), named_ends=True, labelled=ends
        )
    elif len(view.series) > 1:
        framed = replace(_with_legend(framed, view, size), labelled=[[] for _ in view.series])
    else:
        framed = replace(framed, right=_widest_label(view, size) + _PAD)
        present = _present(view.series[0].values)
        chosen = [index for index in present if view.picked(index)] + present[-1:]
        framed = replace(framed, labelled=[_apart(chosen, view, framed, size)])
    return replace(framed, tick_every=ticks_every(view, framed.plot_width, size))


def _ends_apart(view: View, room: float, size: float) -> bool:
    """Whether the lines end far enough from one another to be named there, without a legend."""
    span = (view.scale.high - view.scale.low) or 1
    ends = sorted(last_values(view))
    return all((high - low) / span * room >= size * 1.3 for low, high in pairwise(ends))


def _with_legend(framed: Frame, view: View, size: float) -> Frame:
    """Entries from left to right above the plot, in as many lines as they need."""
    left, line = float(_PAD), 0
    entries: list[tuple[float, float]] = []
    for label in view.labels:
        wide = LEGEND_KEY + width(label, size) + 2 * _PAD
        if left > _PAD and left + wide > framed.width:
            left, line = _PAD, line + 1
        entries.append((left, (line + 0.5) * _LEGEND))
        left += wide
    return replace(framed, legend=entries, top=(line + 1) * _LEGEND + _TOP)


def _waterfall(bare: Frame, view: View, size: float) -> Frame:
    slot = bare.width / max(1, len(view.categories))
    categories = short_categories(view, size, slot - 6)
    lines = max((len(wrap(label, size, slot - 6)) for label in categories), default=1)
    framed = replace(bare, categories=categories, axis=False)
    framed = replace(framed, bottom=height(lines, size) * POINTS_PER_INCH + _PAD)
    label = height(1, size) * POINTS_PER_INCH + 6
    return replace(framed, scale=_with_room(view, framed.plot_height, label))


def _scatter(bare: Frame, view: View, size: float) -> Frame:
    line = height(1, size) * POINTS_PER_INCH
    return replace(
        bare,
        axis=True,
        left=_axis_width(view, size) + 1.5 * line,
        bottom=2 * line + _PAD,
        right=2 * _PAD,
    )


_BY_KIND = {
    ChartKind.LINE: _lines,
    ChartKind.COLUMN: _columns,
    ChartKind.BAR: _bars,
    ChartKind.WATERFALL: _waterfall,
    ChartKind.SCATTER: _scatter,
}


def _widest_label(view: View, size: float) -> float:
    said = (view.say(value, series.unit) for series in view.series for value in series.values)
    return max((width(text, size, bold=True) for text in said), default=0)


def _end_width(view: View, size: float, chart_width: float) -> float:
    longest = max(width(f"{label} ", size, bold=True) for label in view.labels)
    return min(longest + _widest_label(view, size), chart_width * 0.4) + _PAD


def _with_room(view: View, room: float, label: float) -> Scale:
    """A scale that ends where the marks do, but for labels outside of them."""
    values = reached(view.chart)
    low, high = min([0.0, *values]), max([0.0, *values])
    sides = (low < 0) + (high > 0)
    span = (high - low) or 1.0
    spare = span * label / max(room - sides * label, room / 4)
    return Scale(low - spare if low < 0 else low, high + spare if high > 0 or not low else high, span)
